"""How units stand in a period: one row a unit and quarter, in one group each."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reporting.models import UnitReportState
from reporting.standing import quarters_of, standings
from reporting.tests.factories import more_units, obligation_of, period_of, ready_year, report_of


@pytest.fixture
def plan(cast):
    return ready_year(cast)


def standing(plan, code, now, kind="Q1"):
    (row,) = [row for row in standings(period_of(plan, kind), now=now) if row.unit.code == code]
    return row


@pytest.mark.parametrize(
    ("kind", "quarters"),
    [("Q1", ["Q1"]), ("Q4", ["Q4"]), ("CCHC-Q1", ["Q1"]), ("CCHC-H1", ["Q1", "Q2"]), ("CCHC-Q3", ["Q3"]),
     ("CCHC-Y", ["Q1", "Q2", "Q3", "Q4"])],
)  # fmt: skip
def test_a_period_is_covered_by_the_quarters_inside_it(plan, kind, quarters):
    assert [row.code for row in quarters_of(period_of(plan, kind))] == [f"2022-{quarter}" for quarter in quarters]


def test_a_unit_whose_report_was_never_opened_is_missing(plan, at):
    row = standing(plan, "ldvl", at(2022, 3, 20))
    assert (row.group, row.state, row.report_id, row.was_handed_in, row.is_received) == (
        "missing", None, None, False, False,
    )  # fmt: skip


def test_before_the_deadline_who_has_not_handed_in_is_missing_too(plan, at):
    report_of(plan, state="drafting")
    assert standing(plan, "ldvl", at(2022, 3, 10)).group == "missing"


# state → (group, handed in, received); handed in at the very last instant.
STANDS = {
    "open": ("missing", False, False),
    "drafting": ("missing", False, False),
    "head_review": ("missing", False, False),
    "submitted": ("on_time", True, False),
    "in_review": ("on_time", True, False),
    "returned": ("on_time", True, False),
    "accepted": ("on_time", True, True),
    "locked": ("on_time", True, True),
    "reopened": ("on_time", True, False),
    "exempt": ("exempt", False, False),
}


@pytest.mark.parametrize("state", STANDS)
def test_each_state_has_its_place(plan, at, state):
    report_of(plan, state=state)
    row = standing(plan, "ldvl", at(2022, 3, 20))
    assert (row.group, row.was_handed_in, row.is_received) == STANDS[state]


def test_every_state_but_handed_over_was_judged():
    assert set(STANDS) | {"transferred"} == set(UnitReportState.values)


def test_one_microsecond_after_the_deadline_is_late_by_a_day(plan, at):
    due = obligation_of(plan, "ldvl").due_at
    assert due == at(2022, 3, 15, 23, 59, 59, 999_999)
    report_of(plan, state="accepted", at=due + timedelta(microseconds=1))
    row = standing(plan, "ldvl", at(2022, 3, 20))
    assert (row.group, row.timeliness.days) == ("late", 1)


def test_the_number_of_queries_does_not_grow_with_the_units(plan, at):
    period = period_of(plan)
    with CaptureQueriesContext(connection) as few:
        standings(period, now=at(2022, 3, 20))
    for code in more_units(plan, 16):
        report_of(plan, code, state="accepted")
    with CaptureQueriesContext(connection) as thirty:
        found = standings(period, now=at(2022, 3, 20))
    assert len(found) == 30
    assert len(few) == len(thirty) == 2
