"""When people are reminded: −14 −7 −3 −1 0 +1 +3 days, at 8:00, on working days."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.deadlines.milestones import CATCH_UP, DAYS, REACH_AHEAD, REACH_BACK, due_milestone, moments, sends_at
from plans.deadlines.workdays import VIETNAM, is_workday

# The unit plans of 2022: "trước 27/02/2022", so the end of Saturday 26/02.
DUE = datetime(2022, 2, 26, 23, 59, 59, 999_999, tzinfo=VIETNAM)
DUES = st.datetimes(datetime(2016, 3, 1), datetime(2030, 11, 1)).map(lambda due: due.replace(tzinfo=VIETNAM))
ENDS = st.dates(date(2016, 3, 1), date(2030, 11, 1)).map(lambda day: datetime.combine(day, time.max, VIETNAM))
# Days off and swapped days as a Government might announce them: at most nine days off in a row beside Tết.
OVERRIDES = st.dictionaries(st.dates(date(2021, 12, 1), date(2022, 5, 1)), st.booleans(), max_size=6)


def at(month, day, hour=8, minute=0):
    return datetime(2022, month, day, hour, minute, tzinfo=VIETNAM)


def test_the_milestones_of_the_unit_plans_of_2022():
    # −14: Saturday 12/02 → Friday 11/02; −7: Saturday 19/02 → Friday 18/02; −1 and 0 both fall on Friday 25/02,
    # where the day itself remains; +1 is Sunday 27/02 → Monday 28/02; +3 is Tuesday 01/03.
    assert [(row.days, row.at) for row in moments(DUE)] == [
        (-14, at(2, 11)), (-7, at(2, 18)), (-3, at(2, 23)), (0, at(2, 25)), (1, at(2, 28)), (3, at(3, 1)),
    ]  # fmt: skip


def test_milestones_in_tet_move_to_the_last_day_before_it():
    # Tết 2022: 31/01 – 04/02; 28/01 was the last Friday. Due Monday 07/02: −7 (31/01) and −3 (04/02) meet there.
    due = datetime(2022, 2, 7, 23, 59, 59, tzinfo=VIETNAM)
    assert [(row.days, row.at) for row in moments(due)] == [
        (-14, at(1, 24)), (-1, at(1, 28)), (0, at(2, 7)), (1, at(2, 8)), (3, at(2, 10)),
    ]  # fmt: skip


def test_a_swap_day_is_a_day_on_which_people_are_reminded():
    saturday = date(2022, 2, 26)
    assert (0, at(2, 26)) in [(row.days, row.at) for row in moments(DUE, {saturday: True})]


def test_a_deadline_before_eight_in_the_morning_is_told_of_the_day_before():
    due = datetime(2022, 3, 9, 7, 30, tzinfo=VIETNAM)
    assert (0, at(3, 8)) in [(row.days, row.at) for row in moments(due)]


@given(DUES, OVERRIDES)
@settings(max_examples=60)
def test_every_moment_is_at_eight_on_a_working_day_and_on_its_side_of_the_deadline(due, overrides):
    found = moments(due, overrides)
    assert {row.days for row in found} <= set(DAYS)
    assert [row.days for row in found] == sorted(row.days for row in found)
    assert all(earlier.at < later.at for earlier, later in zip(found, found[1:], strict=False))
    assert len({row.at.date() for row in found}) == len(found)
    for row in found:
        assert row.at.astimezone(VIETNAM).time() == time(8)
        assert is_workday(row.at.date(), overrides)
        assert (row.at > due) == (row.days > 0)
        assert -REACH_AHEAD < row.at - due < REACH_BACK - CATCH_UP
    assert any(row.days <= 0 for row in found) and found[-1].days == 3


@given(ENDS)
@settings(max_examples=60)
def test_a_milestone_never_comes_late_before_the_deadline_nor_early_after_it(due):
    for row in moments(due):
        wanted = due.date() + timedelta(days=row.days)
        assert row.at.date() <= wanted if row.days <= 0 else row.at.date() >= wanted


@given(DUES, st.integers(-40 * 24 * 60, 40 * 24 * 60))
@settings(max_examples=60)
def test_what_is_told_at_a_moment_is_the_latest_that_has_come_and_never_called_due_when_late(due, minutes):
    now = due + timedelta(minutes=minutes)
    found = due_milestone(due, now)
    come = [row for row in moments(due) if row.at <= now]
    if found is None:
        assert not come or now - come[-1].at > CATCH_UP or (come[-1].days <= 0 and now > due)
    else:
        assert found == come[-1].days
        assert (found > 0) == (now > due)


@pytest.mark.parametrize(
    ("now", "milestone"),
    [
        (at(2, 11, 7, 59), None),
        (at(2, 11), -14),
        (at(2, 17, 23, 59), -14),
        (at(2, 18, 8, 0), -7),
        (at(2, 25, 7, 59), -3),
        (at(2, 25, 8, 0), 0),
        (at(2, 26, 23, 59), 0),
        (at(2, 27, 0, 0), None),  # missed and late: the next milestone tells
        (at(2, 28, 7, 59), None),
        (at(2, 28, 8, 0), 1),
        (at(3, 1, 8, 0), 3),
        (at(3, 8, 8, 0), 3),
        (at(3, 8, 8, 1), None),
    ],
)
def test_the_milestone_of_an_instant(now, milestone):
    assert due_milestone(DUE, now) == milestone


@pytest.mark.parametrize(
    ("now", "sends"),
    [
        (at(2, 25, 7, 59), False), (at(2, 25, 8, 0), True), (at(2, 25, 23, 0), True), (at(2, 26, 9), False),
        (at(2, 27, 9), False), (at(2, 1, 9), False), (at(2, 28, 8, 0).astimezone(), True),
    ],
)  # fmt: skip
def test_nobody_is_reminded_at_night_or_on_a_day_off(now, sends):
    assert sends_at(now) is sends
