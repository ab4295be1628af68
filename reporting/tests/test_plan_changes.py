"""What an amendment or a recall of the plan means for reports that are being written."""

import pytest

from accounts.models import Event
from plans.models import ObligationKind, Plan
from plans.tests.amendments import begun, issue, recalled, sent_up
from plans.tests.factories import issued_plan
from reporting.models import UnitReport
from reporting.opening import lapse_reports, look, open_reports
from reporting.search import search
from reporting.tests.factories import ready_year

pytestmark = pytest.mark.usefixtures("reference")


@pytest.fixture
def plan(cast, at):
    plan = ready_year(cast)
    open_reports(at(2022, 3, 6))
    return plan


def states(plan: Plan) -> dict[str, str]:
    return dict(UnitReport.objects.values_list("unit__code", "state"))


def test_a_report_that_is_no_longer_asked_for_is_closed_and_a_handed_in_one_stays(plan, cast, at):
    UnitReport.objects.filter(unit__code="ldvl").update(state="submitted")
    plan.obligations.filter(kind=ObligationKind.UNIT_REPORT, occasion="2022-Q1", unit__code="ldvl").update(
        first_submitted_at=at(2022, 3, 14)
    )
    UnitReport.objects.filter(unit__code="gdnn").update(state="drafting")
    amendment = begun(plan, cast, at(2022, 3, 15))
    amendment.duties.filter(kind=ObligationKind.UNIT_REPORT).delete()
    issue(sent_up(amendment, cast, at(2022, 3, 15)), cast, at(2022, 3, 15))
    lapse_reports(at(2022, 3, 15, 10))
    found = states(plan)
    assert found.pop("ldvl") == "submitted"
    assert set(found.values()) == {"exempt"}
    assert Event.objects.filter(action="lapse", actor="Hệ thống (theo lịch)").count() == 13


def test_the_plan_that_follows_a_recalled_one_asks_for_the_open_periods_again(plan, cast, at):
    UnitReport.objects.filter(unit__code="ldvl").update(state="accepted")
    plan.obligations.filter(kind=ObligationKind.UNIT_REPORT, occasion="2022-Q1", unit__code="ldvl").update(
        first_submitted_at=at(2022, 3, 10)
    )
    recalled(plan, cast, at(2022, 3, 11))
    look(at(2022, 3, 11, 9))
    assert states(plan)["gdnn"] == "exempt"
    second = issued_plan(cast, now=at(2022, 3, 12))
    look(at(2022, 3, 12, 9))
    look(at(2022, 3, 12, 10))
    assert states(plan)["ldvl"] == "accepted"
    again = UnitReport.objects.select_related("obligation").get(unit__code="gdnn")
    assert (again.state, again.obligation.plan_id) == ("open", second.pk)
    assert UnitReport.objects.filter(period__code="2022-Q1").count() == 14


def test_a_search_finds_a_text_once_though_an_amendment_brought_it(plan, cast, at):
    amendment = begun(plan, cast, at(2022, 2, 14))
    amendment.sections.filter(position=0).update(
        text="Tuyên truyền qua loa truyền thanh.", search_text="tuyen truyen qua loa truyen thanh."
    )
    issue(sent_up(amendment, cast, at(2022, 2, 14)), cast, at(2022, 2, 15))
    assert plan.sections.filter(search_text__contains="loa truyen thanh").exists()
    found = search(cast.office_staff, ["loa", "truyen", "thanh"], on=at(2022, 2, 16).date())
    assert [len(group.hits) for group in found] == [1]
