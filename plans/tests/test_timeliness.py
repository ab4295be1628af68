"""On time and late: a fact about stamps, to the microsecond."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.phrases import read_deadline
from plans.deadlines.timeliness import timeliness
from plans.deadlines.workdays import VIETNAM

MOMENTS = st.datetimes(datetime(2021, 1, 1), datetime(2023, 12, 31)).map(lambda moment: moment.replace(tzinfo=VIETNAM))
DUE = datetime(2022, 2, 26, 23, 59, 59, 999999, VIETNAM)
LONG_AFTER = datetime(2022, 12, 1, tzinfo=VIETNAM)


def judged(submitted_at, *, due_at=DUE, extended=None, exempt=False, now=LONG_AFTER):
    return timeliness(due_at=due_at, extended_due_at=extended, submitted_at=submitted_at, exempt=exempt, now=now)


def test_before_27_02_2022_is_strict_to_the_microsecond():
    assert read_deadline("trước 27/02/2022", 2022).instant == DUE
    assert judged(DUE).code == "on_time"
    late = judged(DUE + timedelta(microseconds=1))
    assert (late.code, late.label) == ("late", "muộn 1 ngày")
    assert judged(datetime(2022, 2, 27, tzinfo=VIETNAM)).code == "late"


@pytest.mark.parametrize(
    ("submitted", "days"),
    [
        (datetime(2022, 2, 27, 0, 0), 1),
        (datetime(2022, 2, 27, 23, 59), 1),
        (datetime(2022, 2, 28, 8, 0), 2),
        (datetime(2022, 3, 26, 8, 0), 28),
    ],
)
def test_days_late_are_calendar_days_after_the_last_day_in_time(submitted, days):
    assert judged(submitted.replace(tzinfo=VIETNAM)).days == days


def test_late_against_a_deadline_within_the_day_counts_as_one_day():
    due = datetime(2022, 2, 25, 17, tzinfo=VIETNAM)
    assert judged(due + timedelta(minutes=1), due_at=due).days == 1


def test_an_extension_and_the_original_deadline_are_two_facts():
    extended = datetime(2022, 3, 4, 23, 59, 59, 999999, VIETNAM)
    inside = judged(datetime(2022, 3, 1, 9, tzinfo=VIETNAM), extended=extended)
    assert (inside.code, inside.on_time_originally, inside.on_time_extended) == ("extended", False, True)
    before = judged(datetime(2022, 2, 20, tzinfo=VIETNAM), extended=extended)
    assert (before.code, before.on_time_originally) == ("on_time", True)
    after = judged(datetime(2022, 3, 5, tzinfo=VIETNAM), extended=extended)
    assert (after.code, after.days) == ("late", 1)


def test_what_was_not_handed_in_waits_until_the_last_instant_and_is_overdue_after_it():
    waiting = judged(None, now=datetime(2022, 2, 22, 9, tzinfo=VIETNAM))
    assert (waiting.code, waiting.days, waiting.label) == ("waiting", 4, "còn 4 ngày")
    assert judged(None, now=DUE).code == "waiting"
    overdue = judged(None, now=DUE + timedelta(microseconds=1))
    assert (overdue.code, overdue.days) == ("overdue", 1)


def test_an_exempt_unit_is_neither_late_nor_waiting():
    assert judged(None, exempt=True).label == "miễn"
    assert judged(LONG_AFTER, exempt=True).code == "exempt"


def test_the_zone_of_the_server_does_not_move_the_days():
    # 17:30 UTC on 26/02 is 00:30 on 27/02 in Vietnam.
    from datetime import UTC

    assert judged(datetime(2022, 2, 26, 17, 30, tzinfo=UTC)).days == 1
    assert judged(datetime(2022, 2, 26, 16, 30, tzinfo=UTC)).code == "on_time"


@given(MOMENTS, MOMENTS)
def test_on_time_is_exactly_not_after_the_deadline(due, submitted):
    found = judged(submitted, due_at=due)
    assert found.on_time_originally == (submitted <= due)
    assert (found.code == "late") == (submitted > due)
    assert (found.days == 0) == (submitted <= due)


@given(MOMENTS, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_who_hands_in_later_is_never_judged_better(due, submitted, more):
    earlier, later = judged(submitted, due_at=due), judged(submitted + more, due_at=due)
    assert earlier.days <= later.days
    assert earlier.on_time_originally >= later.on_time_originally


@given(MOMENTS, MOMENTS, MOMENTS, st.timedeltas(timedelta(microseconds=1), timedelta(days=400)))
def test_an_extension_never_harms(due, submitted, now, more):
    plain, extended = judged(submitted, due_at=due), judged(submitted, due_at=due, extended=due + more)
    assert extended.days <= plain.days
    assert extended.on_time_originally == plain.on_time_originally


@given(st.dates(date(2022, 1, 2), date(2030, 1, 1)))
def test_before_a_day_ends_where_the_day_begins(day):
    found = read_deadline(f"trước {day:%d/%m/%Y}", day.year)
    assert found.instant + timedelta(microseconds=1) == datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
