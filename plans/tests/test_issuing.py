"""Issuing the real plan: who owes what by when."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Notice, Unit, User
from plans.deadlines.workdays import VIETNAM
from plans.department.issuing import create_obligations, oblige_new_units
from plans.models import Holiday, Obligation, ObligationKind, UnitPlan, UnitPlanState
from plans.tests.factories import issued_plan
from plans.tests.real_plan import issued

pytestmark = pytest.mark.usefixtures("reference")
K = ObligationKind


@pytest.fixture
def plan(cast, at):
    return issued(cast, at(2022, 2, 10, 9))


def last_instant(*day: int) -> datetime:
    return datetime(*day, 23, 59, 59, 999999, VIETNAM)


def test_each_of_fourteen_units_owes_a_plan_and_four_reports_and_the_office_four_roll_ups(plan, cast):
    kinds = Counter(plan.obligations.values_list("kind", flat=True))
    assert kinds == {K.UNIT_PLAN: 14, K.UNIT_REPORT: 56, K.ROLL_UP: 4}
    per_unit = Counter(plan.obligations.exclude(kind=K.ROLL_UP).values_list("unit__code", flat=True))
    assert set(per_unit) == set(cast.units)
    assert set(per_unit.values()) == {5}
    assert set(plan.obligations.filter(kind=K.ROLL_UP).values_list("unit__code", flat=True)) == {"van-phong"}


def test_the_stamps_are_the_last_instants_of_the_plan_and_of_the_chain(plan):
    found = plan.obligations.values_list("kind", "occasion", "due_at").distinct().order_by("kind", "occasion")
    assert [(kind, occasion, due.astimezone(VIETNAM)) for kind, occasion, due in found] == [
        (K.ROLL_UP, "2022-Q1", last_instant(2022, 3, 17)),
        (K.ROLL_UP, "2022-Q2", last_instant(2022, 6, 17)),
        (K.ROLL_UP, "2022-Q3", last_instant(2022, 9, 19)),
        (K.ROLL_UP, "2022-Q4", last_instant(2022, 12, 19)),
        (K.UNIT_PLAN, "2022", last_instant(2022, 2, 26)),
        (K.UNIT_REPORT, "2022-Q1", last_instant(2022, 3, 15)),
        (K.UNIT_REPORT, "2022-Q2", last_instant(2022, 6, 15)),
        (K.UNIT_REPORT, "2022-Q3", last_instant(2022, 9, 15)),
        (K.UNIT_REPORT, "2022-Q4", last_instant(2022, 12, 15)),
    ]


def test_before_27_02_2022_is_stored_strictly(plan):
    due = plan.obligations.filter(kind=K.UNIT_PLAN).first()
    due.stamp_submission(last_instant(2022, 2, 26))
    assert due.timeliness(datetime(2022, 3, 1, tzinfo=UTC)).code == "on_time"
    late = plan.obligations.filter(kind=K.UNIT_PLAN).last()
    late.stamp_submission(last_instant(2022, 2, 26) + timedelta(microseconds=1))
    assert late.timeliness(datetime(2022, 3, 1, tzinfo=UTC)).code == "late"


def test_the_first_submission_is_stamped_once(plan, at):
    row = plan.obligations.filter(kind=K.UNIT_PLAN).first()
    row.stamp_submission(at(2022, 2, 20))
    row.stamp_submission(at(2022, 3, 20))
    assert Obligation.objects.get(pk=row.pk).first_submitted_at == at(2022, 2, 20)


def test_every_unit_has_an_empty_plan_to_start(plan):
    assert UnitPlan.objects.filter(plan=plan, state=UnitPlanState.NOT_STARTED).count() == 14
    assert all(row.obligation.unit_id == row.unit_id for row in UnitPlan.objects.select_related("obligation"))


def test_every_editor_and_head_is_told_once(plan, at):
    people = User.objects.filter(posts__role__in=["unit_editor", "unit_head"])
    told = Notice.objects.filter(key=f"issued:{plan.pk}")
    assert told.count() == people.count() == 28
    assert "hết ngày 26/02/2022" in told.first().body
    create_obligations(plan, now=at(2022, 2, 11))
    assert told.count() == 28


def test_doing_it_again_changes_nothing(plan, at):
    before = list(plan.obligations.order_by("pk").values()), list(plan.unit_plans.order_by("pk").values())
    create_obligations(plan, now=at(2022, 2, 11))
    create_obligations(plan, now=at(2022, 8, 1))
    assert (list(plan.obligations.order_by("pk").values()), list(plan.unit_plans.order_by("pk").values())) == before


def test_a_later_holiday_does_not_rewrite_a_stamp(plan, at):
    Holiday.objects.create(day=date(2022, 3, 15), name="Nghỉ đột xuất")
    create_obligations(plan, now=at(2022, 2, 11))
    due = plan.obligations.filter(kind=K.UNIT_REPORT, occasion="2022-Q1").values_list("due_at", flat=True)
    assert set(due) == {last_instant(2022, 3, 15)}


def owed(plan, code: str) -> list[str]:
    return sorted(plan.obligations.filter(unit__code=code).values_list("occasion", flat=True))


def test_a_unit_that_ends_within_the_year_owes_only_what_falls_into_its_time(cast, at):
    # 14/6 is the last day of Quý II.
    Unit.objects.filter(code="ddncc").update(ends=date(2022, 6, 14))
    Unit.objects.filter(code="cnmt").update(ends=date(2022, 6, 13))
    plan = issued(cast, at(2022, 2, 10))
    assert owed(plan, "ddncc") == ["2022", "2022-Q1", "2022-Q2"]
    assert owed(plan, "cnmt") == ["2022", "2022-Q1"]


def test_a_unit_that_begins_within_the_year_owes_nothing_of_before(cast, at):
    Unit.objects.filter(code="ddncc").update(starts=date(2022, 6, 15))
    plan = issued(cast, at(2022, 2, 10))
    assert owed(plan, "ddncc") == ["2022-Q3", "2022-Q4"]
    assert not UnitPlan.objects.filter(unit__code="ddncc").exists()


def test_a_unit_founded_after_the_issue_gets_its_share_when_it_is_done_again(plan, cast, at):
    Unit.objects.create(
        agency=cast.agency, code="moi", kind="division", name="Phòng mới", position=20, starts=date(2022, 7, 1)
    )
    create_obligations(plan, now=at(2022, 7, 1))
    assert owed(plan, "moi") == ["2022-Q3", "2022-Q4"]
    assert plan.obligations.count() == 74 + 2


def test_a_unit_that_was_gone_before_the_issue_owes_nothing(cast, at):
    Unit.objects.filter(code="ddncc").update(ends=date(2022, 4, 1))
    plan = issued(cast, at(2022, 5, 10))
    assert owed(plan, "ddncc") == []


def test_an_agency_of_no_units_can_issue(cast, at):
    Unit.objects.update(ends=date(2021, 12, 31))
    plan = issued(cast, at(2022, 2, 10))
    assert plan.obligations.count() == 0


def test_a_unit_founded_after_the_issue_owes_the_rest_of_the_year(cast, reference, at):
    plan = issued_plan(cast, now=at(2022, 2, 10, 8))
    new = Unit.objects.create(
        agency=cast.agency, code="moi", kind="centre", name="Trung tâm mới lập", starts=date(2022, 7, 1), position=99
    )
    oblige_new_units(at(2022, 6, 30, 8))
    assert not new.obligations.exists()
    oblige_new_units(at(2022, 7, 1, 8))
    oblige_new_units(at(2022, 7, 2, 8))
    assert sorted(new.obligations.values_list("occasion", flat=True)) == ["2022-Q3", "2022-Q4"]
    assert plan.obligations.filter(unit__code="ldvl").count() == 5
