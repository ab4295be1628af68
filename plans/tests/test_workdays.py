"""Working days in Vietnam: Bộ luật Lao động 2019, Điều 111–112, and what the Government announces."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.deadlines.workdays import VIETNAM, add_workdays, is_workday, last_working_moment, workdays_between

DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 1))


@pytest.mark.parametrize("day", [(1, 31), (2, 1), (2, 2), (2, 3), (2, 4)])
def test_offices_are_closed_over_tet_2022(day):
    assert not is_workday(date(2022, *day))


def test_offices_open_before_and_after_tet_2022():
    assert is_workday(date(2022, 1, 28))
    assert is_workday(date(2022, 2, 7))
    assert add_workdays(date(2022, 1, 28), 1) == date(2022, 2, 7)
    assert workdays_between(date(2022, 1, 28), date(2022, 2, 7)) == 1


@pytest.mark.parametrize(
    "day",
    [
        date(2022, 9, 2), date(2022, 9, 1), date(2023, 5, 1), date(2021, 4, 30), date(2021, 4, 21),
        date(2024, 1, 1), date(2025, 1, 28), date(2026, 2, 17),
    ],
)  # fmt: skip
def test_public_holidays_are_days_off(day):
    assert not is_workday(day)


@pytest.mark.parametrize("day", [date(2022, 4, 11), date(2022, 5, 2), date(2022, 5, 3), date(2022, 1, 3)])
def test_a_holiday_on_a_weekend_is_made_up_on_the_next_working_day(day):
    # Điều 111 khoản 3: 10/4, 30/4, 1/5 and 1/1 of 2022 fell on Saturdays and Sundays.
    assert not is_workday(day)


def test_a_swap_day_of_the_government_wins_over_the_calendar():
    saturday, monday = date(2022, 9, 10), date(2022, 9, 12)
    assert not is_workday(saturday)
    assert is_workday(saturday, {saturday: True})
    assert not is_workday(monday, {monday: False})
    assert add_workdays(date(2022, 9, 9), 1, {saturday: True}) == saturday


def test_no_days_added_is_the_day_itself_even_on_a_sunday():
    assert add_workdays(date(2022, 2, 27), 0) == date(2022, 2, 27)


@given(DAYS, st.integers(1, 30))
def test_counting_back_what_was_added_gives_the_number(day, count):
    end = add_workdays(day, count)
    assert is_workday(end)
    assert workdays_between(day, end) == count


@given(DAYS, st.integers(0, 60))
def test_there_are_never_more_working_days_than_weekdays(day, span):
    end = day + timedelta(days=span)
    weekdays = sum((day + timedelta(days=n)).weekday() < 5 for n in range(1, span + 1))
    assert 0 <= workdays_between(day, end) <= weekdays
    assert workdays_between(end, day) == 0


@pytest.mark.parametrize(
    ("due", "moment"),
    [
        # "trước 27/02/2022", a Sunday: the last Friday before it.
        (datetime(2022, 2, 26, 23, 59, 59, 999999), datetime(2022, 2, 25, 17)),
        # A Tuesday: the office closes at 17:00 of that very day.
        (datetime(2022, 3, 15, 23, 59, 59, 999999), datetime(2022, 3, 15, 17)),
        (datetime(2022, 3, 15, 17), datetime(2022, 3, 15, 17)),
        (datetime(2022, 3, 15, 16, 59), datetime(2022, 3, 14, 17)),
        # The last day of Tết: the Friday before it.
        (datetime(2022, 2, 4, 23, 59), datetime(2022, 1, 28, 17)),
    ],
)
def test_the_last_working_moment_is_1700_of_a_working_day_not_after_the_deadline(due, moment):
    assert last_working_moment(due.replace(tzinfo=VIETNAM)) == moment.replace(tzinfo=VIETNAM)


@given(st.datetimes(datetime(2015, 2, 1), datetime(2030, 12, 1)))
def test_the_advice_is_never_after_the_deadline_nor_on_a_day_off(due):
    due = due.replace(tzinfo=VIETNAM)
    moment = last_working_moment(due)
    assert moment <= due
    assert is_workday(moment.date())
    assert due - moment < timedelta(days=16)
