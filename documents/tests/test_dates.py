from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.dates import TZ, UnreadableDate, document_date, end_of_day, parse_date, parse_long_date, short_date


@pytest.mark.parametrize(
    "value, shown",
    [
        (date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        (date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
        (date(2022, 2, 10), "ngày 10 tháng 02 năm 2022"),
        (date(2022, 3, 1), "ngày 01 tháng 3 năm 2022"),
        (date(2022, 12, 31), "ngày 31 tháng 12 năm 2022"),
    ],
)
def test_a_month_from_3_to_9_is_not_padded(value, shown):
    assert document_date(value) == shown


def test_what_is_not_known_prints_as_an_open_gap():
    assert document_date(None, month=2, year=2022) == "ngày     tháng 02 năm 2022"
    assert document_date(None, year=2022) == "ngày     tháng     năm 2022"


def test_the_short_form_follows_the_same_rule():
    assert [short_date(date(2020, 6, 1)), short_date(date(2022, 1, 4)), short_date(None)] == [
        "01/6/2020",
        "04/01/2022",
        "",
    ]


@pytest.mark.parametrize(
    "text, value",
    [
        ("27/02/2026", date(2026, 2, 27)),
        ("03/02/2026", date(2026, 2, 3)),
        ("27-02-2026", date(2026, 2, 27)),
        ("27.2.26", date(2026, 2, 27)),
        ("2026-02-27", date(2026, 2, 27)),
        (" 1/6/2020 ", date(2020, 6, 1)),
        ("27.02.2022", date(2022, 2, 27)),
        ("ngày 14 tháng 02 năm 2008", date(2008, 2, 14)),
        ("29/02/2024", date(2024, 2, 29)),
    ],
)
def test_the_day_comes_first(text, value):
    assert parse_date(text) == value


@pytest.mark.parametrize(
    "text, message",
    [
        ("31/02/2026", "Không có ngày"),
        ("29/02/2026", "Không có ngày"),
        ("00/01/2026", "Không có ngày"),
        ("12/27/2026", "Không có ngày"),
        ("27/02/20226", "Năm"),
        ("01/01/0001", "Năm"),
        ("27/02", "ngày/tháng/năm"),
        ("", "ngày/tháng/năm"),
        ("mai", "ngày/tháng/năm"),
        ("27/02-2026", "ngày/tháng/năm"),
        ("２７/02/2026", "ngày/tháng/năm"),
        ("1/1/202", "Năm"),
    ],
)
def test_other_dates_are_refused_with_the_way_out(text, message):
    with pytest.raises(UnreadableDate, match=message):
        parse_date(text)


def test_the_long_form():
    assert parse_long_date("ngày 14 tháng 02 năm 2008") == date(2008, 2, 14)
    assert parse_long_date("ngày  01\ntháng 6 năm 2020") == date(2020, 6, 1)
    with pytest.raises(UnreadableDate):
        parse_long_date("14/02/2008")


def test_a_day_ends_a_microsecond_before_midnight_in_vietnam():
    assert end_of_day(date(2022, 2, 26)).isoformat() == "2022-02-26T23:59:59.999999+07:00"


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
@settings(max_examples=80)
def test_a_printed_date_reads_back(value):
    assert parse_date(short_date(value)) == parse_long_date(document_date(value)) == value
    next_midnight = datetime.combine(value + timedelta(days=1), time.min, tzinfo=TZ)
    assert end_of_day(value) + timedelta(microseconds=1) == next_midnight
