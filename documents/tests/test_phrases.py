from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.phrase_search import find_deadlines
from documents.phrases import read_deadline

ALL_YEAR = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)


def on(day):
    return datetime.fromisoformat(f"{day}T23:59:59.999999+07:00")


@pytest.mark.parametrize(
    "phrase",
    [
        "trước 27/02/2022",
        "trước ngày 27/02/2022",
        "Trước ngày 27 tháng 02 năm 2022",
        "trước 27/02",
        "trước ngày 27.02.2022",
        "trước\nngày 27/2/22",
    ],
)
def test_before_a_day_ends_with_the_day_before(phrase):
    read = read_deadline(phrase, 2022)
    assert (read.phrase, read.instant, read.inclusive, read.recurrence) == (phrase, on("2022-02-26"), False, None)


def test_an_office_may_read_before_as_inclusive():
    read = read_deadline("trước 27/02/2022", 2022, strict_before=False)
    assert (read.instant, read.inclusive) == (on("2022-02-27"), True)


@pytest.mark.parametrize(
    "phrase",
    [
        "chậm nhất là ngày 20/6/2022",
        "chậm nhất ngày 20/6",
        "đến hết ngày 20/6/2022",
        "đến ngày 20/6/2022",
        "20/6/2022",
        "ngày 20/6/2022",
        "từ ngày 01/3/2022 đến ngày 20/6/2022",
        "01/3/2022 - 20/6/2022",
        "Hoàn thành xong ngày 20 tháng 6",
    ],
)
def test_the_day_named_counts_in_full(phrase):
    read = read_deadline(phrase, 2022)
    assert (read.instant, read.inclusive) == (on("2022-06-20"), True)


def test_an_hour_is_kept():
    assert (
        read_deadline("trước 17 giờ 00 ngày 25/02/2022", 2022).instant.isoformat() == "2022-02-25T16:59:59.999999+07:00"
    )
    assert read_deadline("chậm nhất 17h ngày 25/02/2022", 2022).instant.isoformat() == "2022-02-25T17:00:00+07:00"


def test_a_day_of_the_period_has_no_instant_of_its_own():
    read = read_deadline("chậm nhất là ngày 20 của tháng cuối kỳ báo cáo", 2022)
    assert (read.instant, read.day, read.inclusive, read.recurrence) == (None, 20, True, None)
    read = read_deadline("trước ngày 15 của tháng cuối quý", 2022)
    assert (read.day, read.inclusive, read.recurrence) == (15, False, "quarterly")
    assert read_deadline("trước ngày 25 hằng tháng", 2022).recurrence == "monthly"


@pytest.mark.parametrize(
    "phrase, months, end",
    [
        ("Quý I", (1, 2, 3), "2022-03-31"),
        ("Quý I/2022", (1, 2, 3), "2022-03-31"),
        ("quý IV năm 2022", (10, 11, 12), "2022-12-31"),
        ("Quý II, III", (4, 5, 6, 7, 8, 9), "2022-09-30"),
        ("Quý II và quý III/2022", (4, 5, 6, 7, 8, 9), "2022-09-30"),
        ("Quý I - III", (1, 2, 3, 4, 5, 6, 7, 8, 9), "2022-09-30"),
        ("Tháng 3/2022", (3,), "2022-03-31"),
        ("Tháng 02", (2,), "2022-02-28"),
        ("từ tháng 3 đến tháng 6", (3, 4, 5, 6), "2022-06-30"),
        ("Tháng 3, 5", (3, 5), "2022-05-31"),
        ("6 tháng đầu năm", (1, 2, 3, 4, 5, 6), "2022-06-30"),
        ("6 tháng cuối năm 2022", (7, 8, 9, 10, 11, 12), "2022-12-31"),
        ("Cả năm", ALL_YEAR, "2022-12-31"),
        ("Trong năm", ALL_YEAR, "2022-12-31"),
        ("Trong năm 2022", ALL_YEAR, "2022-12-31"),
        ("Năm 2022", ALL_YEAR, "2022-12-31"),
    ],
)
def test_a_part_of_the_year_ends_with_its_last_day(phrase, months, end):
    read = read_deadline(phrase, 2022)
    assert (read.months, read.instant, read.recurrence) == (months, on(end), None)


def test_the_last_day_of_february_in_a_leap_year():
    assert read_deadline("Tháng 2", 2024).instant == on("2024-02-29")


def test_before_a_month_ends_with_the_month_before():
    read = read_deadline("trước tháng 5/2022", 2022)
    assert (read.instant, read.inclusive) == (on("2022-04-30"), False)


@pytest.mark.parametrize(
    "phrase, recurrence",
    [
        ("hằng quý", "quarterly"),
        ("hàng quý", "quarterly"),
        ("định kỳ hàng quý", "quarterly"),
        ("Định kỳ hằng tháng", "monthly"),
        ("hàng năm", "yearly"),
        ("định kỳ 6 tháng", "half_yearly"),
        ("6 tháng một lần", "half_yearly"),
        ("Thường xuyên", "continuous"),
        ("Thường xuyên trong năm", "continuous"),
        ("khi có yêu cầu", "on_request"),
        ("ngay sau khi Kế hoạch được ban hành", "on_request"),
        ("đột xuất", "on_request"),
    ],
)
def test_what_recurs_has_no_instant(phrase, recurrence):
    read = read_deadline(phrase, 2022)
    assert (read.recurrence, read.instant) == (recurrence, None)


@pytest.mark.parametrize(
    "phrase",
    ["", "trước 31/02/2022", "trước 27/02/20226", "sớm", "quý vị", "tháng 13", "ngày 99", "trước 25 giờ ngày 45/99"],
)
def test_what_is_not_understood_stays_a_phrase(phrase):
    read = read_deadline(phrase, 2022)
    assert (read.phrase, read.instant, read.recurrence, read.months) == (phrase, None, None, None)


def test_phrases_are_found_inside_sentences():
    assert find_deadlines("xây dựng kế hoạch của phòng, đơn vị trước 27/02/2022 để tổng hợp") == ["trước 27/02/2022"]
    assert find_deadlines("Định kỳ hàng quý tổng hợp báo cáo") == ["Định kỳ hàng quý"]
    assert find_deadlines("gửi về Văn phòng Sở chậm nhất là ngày 20 của tháng cuối kỳ báo cáo.") == [
        "chậm nhất là ngày 20 của tháng cuối kỳ báo cáo"
    ]
    assert find_deadlines("báo cáo trước ngày 15/12/2022; và trước ngày 10 hằng tháng") == [
        "trước ngày 15/12/2022",
        "trước ngày 10 hằng tháng",
    ]
    assert find_deadlines("Nghị quyết số 05-NQ/TU ngày 28/9/2021 đến năm 2025") == []


@given(st.text(alphabet="trướcngàyquýthánăm 0123456789/.-IVX,", max_size=60))
@settings(max_examples=100)
def test_no_phrase_breaks_the_reading(phrase):
    assert read_deadline(phrase, 2022).phrase == phrase
    find_deadlines(phrase)
