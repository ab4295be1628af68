"""What the schedule does: periods, reports ten days before they are due, the first build at the cut-off."""

from datetime import date, timedelta

import pytest

from accounts import jobs
from accounts.models import Event, Job, Notice
from accounts.models.job import JobState
from plans.models import ClosedWindow, Obligation
from reporting.models import Period, RollUp, RollUpVersion, UnitReport
from reporting.opening import look, make_periods
from reporting.tests.factories import built, obligation_of, period_of, ready_year, report_of
from reporting.workflow import UNIT_REPORT

# Nghị định 09/2019/NĐ-CP, Điều 12: code → (first day, last day, how many days, cumulative).
WINDOWS = {
    "2022-Q1": (date(2021, 12, 15), date(2022, 3, 14), 90, False),
    "2022-Q2": (date(2022, 3, 15), date(2022, 6, 14), 92, False),
    "2022-Q3": (date(2022, 6, 15), date(2022, 9, 14), 92, False),
    "2022-Q4": (date(2022, 9, 15), date(2022, 12, 14), 91, False),
    "2022-CCHC-Q1": (date(2021, 12, 15), date(2022, 3, 14), 90, False),
    "2022-CCHC-H1": (date(2021, 12, 15), date(2022, 6, 14), 182, True),
    "2022-CCHC-Q3": (date(2022, 6, 15), date(2022, 9, 14), 92, False),
    "2022-CCHC-Y": (date(2021, 12, 15), date(2022, 12, 14), 365, True),
}


@pytest.fixture
def plan(cast):
    return ready_year(cast)


def everything():
    """All that the schedule could have written."""
    return {
        model: list(model.objects.order_by("pk").values())
        for model in (Period, UnitReport, RollUp, RollUpVersion, Job, Notice, Event, Obligation)
    }


def test_the_periods_of_both_regimes_have_the_windows_of_the_decree(plan):
    found = {
        row.code: (row.starts, row.ends, (row.ends - row.starts).days + 1, row.cumulative)
        for row in Period.objects.all()
    }
    assert found == WINDOWS


def test_leap_years_have_a_day_more(cast):
    ready_year(cast, year=2024)
    days = {row.code: (row.ends - row.starts).days + 1 for row in Period.objects.all()}
    assert (days["2024-Q1"], days["2024-CCHC-Y"]) == (91, 366)


def test_the_chain_of_deadlines_follows_the_window_in_working_days(plan, at):
    last = (23, 59, 59, 999_999)
    period = period_of(plan)
    assert (period.unit_due_at, period.office_due_at, period.director_due_at, period.upward_due_at) == (
        at(2022, 3, 15, *last), at(2022, 3, 17, *last), at(2022, 3, 18, *last), at(2022, 3, 20, *last),
    )  # fmt: skip


def test_periods_made_again_keep_what_the_office_has_edited(plan, cast, at):
    Period.objects.filter(code="2022-Q1").update(unit_due_at=at(2022, 3, 16, 17))
    make_periods(cast.agency, 2022)
    assert Period.objects.count() == 8
    assert period_of(plan).unit_due_at == at(2022, 3, 16, 17)


def test_a_plan_in_force_without_periods_gets_them(plan, at):
    Period.objects.all().delete()
    look(at(2022, 1, 15))
    assert set(Period.objects.values_list("code", flat=True)) == set(WINDOWS)


def test_reports_open_exactly_ten_days_before_they_are_due(plan):
    opens = obligation_of(plan, "ldvl").due_at - timedelta(days=10)
    look(opens - timedelta(microseconds=1))
    assert not UnitReport.objects.exists()
    assert not RollUp.objects.exists()
    look(opens)
    assert UnitReport.objects.filter(period__code="2022-Q1", state="open").count() == UnitReport.objects.count() == 14
    assert set(RollUp.objects.values_list("period__code", "state")) == {
        ("2022-Q1", "collecting"), ("2022-CCHC-Q1", "collecting"),
    }  # fmt: skip


def test_a_report_belongs_to_its_unit_its_period_and_its_obligation(plan, cast, at):
    look(at(2022, 3, 10))
    report = UnitReport.objects.get(unit=cast.units["ldvl"])
    assert report.obligation == obligation_of(plan, "ldvl")
    assert (report.period.code, report.agency) == ("2022-Q1", cast.agency)


def test_the_people_of_the_units_are_told_once(plan, at):
    for day in (10, 11, 12):
        look(at(2022, 3, day))
    told = Notice.objects.filter(title="Đã mở báo cáo Quý I/2022")
    assert told.count() == 28  # an editor and a head in each of fourteen units


@pytest.mark.parametrize("day", [(2022, 3, 10), (2022, 3, 16), (2022, 12, 31)])
def test_a_second_look_changes_nothing(plan, at, day):
    look(at(*day))
    before = everything()
    look(at(*day))
    look(at(*day, 0, 1))
    assert everything() == before


def test_an_exempt_unit_gets_no_report(plan, at):
    Obligation.objects.filter(pk=obligation_of(plan, "ldvl").pk).update(
        exempt_from=date(2022, 2, 1), exempt_reason="Đơn vị sáp nhập."
    )
    look(at(2022, 3, 10))
    assert UnitReport.objects.count() == 13
    assert not UnitReport.objects.filter(unit__code="ldvl").exists()


def test_a_schedule_that_slept_for_months_catches_up(plan, at):
    look(at(2022, 12, 31))
    assert UnitReport.objects.count() == 4 * 14
    assert RollUp.objects.count() == 8


def test_a_roll_up_is_asked_for_after_the_units_last_instant_and_built_once(plan):
    due = period_of(plan).unit_due_at
    report_of(plan, state="accepted")
    look(due)
    assert not Job.objects.filter(kind="roll_up").exists()
    for minutes in (1, 2, 3):
        look(due + timedelta(minutes=minutes))
    found = Job.objects.filter(kind="roll_up")
    assert sorted(found.values_list("payload__number", flat=True)) == [1, 1]  # one of each regime
    for job in found:
        assert jobs.run(job.pk)
        assert not jobs.run(job.pk)
    for minutes in (4, 5):
        look(due + timedelta(minutes=minutes))
    assert Job.objects.filter(kind="roll_up").count() == 2
    assert set(RollUpVersion.objects.values_list("roll_up__period__code", "number")) == {
        ("2022-Q1", 1), ("2022-CCHC-Q1", 1),
    }  # fmt: skip
    assert set(RollUp.objects.values_list("state", flat=True)) == {"compiling"}


def test_a_version_built_on_demand_before_the_cut_off_is_not_built_again(plan):
    due = period_of(plan).unit_due_at
    look(due)
    built(RollUp.objects.get(period__code="2022-Q1"), now=due)
    look(due + timedelta(minutes=1))
    assert RollUpVersion.objects.count() == 1
    assert Job.objects.filter(kind="roll_up", state=JobState.QUEUED).get().payload["number"] == 1  # the other regime


def test_a_build_that_was_given_up_waits_for_a_person(plan):
    due = period_of(plan).unit_due_at
    look(due + timedelta(minutes=1))
    Job.objects.filter(kind="roll_up").update(state=JobState.FAILED, attempts=5)
    look(due + timedelta(minutes=2))
    assert set(Job.objects.filter(kind="roll_up").values_list("state", "attempts")) == {(JobState.FAILED, 5)}


def test_a_reopened_report_goes_back_to_the_office_when_its_time_is_over(cast, at):
    plan = ready_year(cast)
    report = report_of(plan, "ldvl", state="locked", at=at(2022, 3, 15, 9))
    UNIT_REPORT.move(
        report, "reopen", by=cast.chief, now=at(2022, 4, 1, 9), reason="Bổ sung số liệu.", until=date(2022, 4, 5)
    )
    look(at(2022, 4, 5, 23, 59))
    assert UnitReport.objects.get(pk=report.pk).state == "reopened"
    look(at(2022, 4, 6, 0, 0))
    assert UnitReport.objects.get(pk=report.pk).state == "in_review"
    assert ClosedWindow.objects.covering(report.unit, date(2022, 3, 14)).exists()
