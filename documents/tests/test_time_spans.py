"""When an activity runs, as people write it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.time_spans import Span, UnreadableSpan, read_span, span_words


def span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


YEAR = span("2022-01-01", "2022-12-31")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tháng 3", span("2022-03-01", "2022-03-31")),
        ("Tháng 02/2022", span("2022-02-01", "2022-02-28")),
        ("T3", span("2022-03-01", "2022-03-31")),
        ("3", span("2022-03-01", "2022-03-31")),
        ("3/2022", span("2022-03-01", "2022-03-31")),
        ("3–5", span("2022-03-01", "2022-05-31")),
        ("3 - 5", span("2022-03-01", "2022-05-31")),
        ("từ tháng 3 đến tháng 5", span("2022-03-01", "2022-05-31")),
        ("tháng 3, 6", span("2022-03-01", "2022-06-30")),
        ("tháng 3 và tháng 9", span("2022-03-01", "2022-09-30")),
        ("quý II", span("2022-04-01", "2022-06-30")),
        ("Quý 2/2022", span("2022-04-01", "2022-06-30")),
        ("Q3", span("2022-07-01", "2022-09-30")),
        ("quý II, III", span("2022-04-01", "2022-09-30")),
        ("6 tháng đầu năm", span("2022-01-01", "2022-06-30")),
        ("Thường xuyên", YEAR),
        ("cả năm", YEAR),
        ("Cả năm 2022", YEAR),
        ("hằng quý", YEAR),
        ("Hàng tháng", YEAR),
        ("khi có yêu cầu", YEAR),
        ("15/3/2022", span("2022-03-15", "2022-03-15")),
        ("15/3", span("2022-03-15", "2022-03-15")),
        ("ngày 15 tháng 3", span("2022-03-15", "2022-03-15")),
        ("01/3 – 15/4/2022", span("2022-03-01", "2022-04-15")),
        ("từ ngày 01/3/2022 đến ngày 15/4/2022", span("2022-03-01", "2022-04-15")),
        ("trước 30/6", span("2022-01-01", "2022-06-29")),
        ("đến 30/6/2022", span("2022-01-01", "2022-06-30")),
        ("từ 01/9", span("2022-09-01", "2022-12-31")),
        ("28/02/2024 - 29/02/2024", span("2024-02-28", "2024-02-29")),
    ],
)
def test_what_people_write_becomes_a_first_and_a_last_day(written, meant):
    assert read_span(written, 2022) == meant


@pytest.mark.parametrize(
    "written", ["", "sớm", "13", "5-3", "31/02/2022", "31/2", "0", "tháng 13", "2022", "1/3/22222"]
)
def test_what_tells_no_time_is_refused_with_a_sentence(written):
    with pytest.raises(UnreadableSpan, match="“|năm|lịch"):
        read_span(written, 2022)


@given(st.text(max_size=60))
def test_no_text_breaks_it_and_every_span_ends_after_it_starts(text):
    try:
        found = read_span(text, 2022)
    except ValueError:
        return
    assert found.starts <= found.ends


@given(st.dates(date(2000, 1, 1), date(2050, 12, 31)), st.integers(0, 400))
def test_a_time_in_words_reads_back_as_the_same_days(first, days):
    meant = Span(first, first + timedelta(days=days))
    assert read_span(span_words(meant), 1999) == meant
