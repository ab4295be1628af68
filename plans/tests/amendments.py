"""An amendment on its way, each step by the move that people make."""

from datetime import date, datetime

from accounts.cast import Cast
from plans.department import versions
from plans.models import Plan
from plans.registers import register
from plans.tests.factories import ISSUED_AT, issued_plan
from plans.workflow import PLAN

REASON = "Dời hạn do dịch bệnh."
BASIS = "Công văn số 15/SNV-CCHC ngày 10/02/2022"
RECALLING = "Quyết định số 31/QĐ-SLĐTBXH ngày 01/3/2022"


def registered_plan(cast: Cast, *, year: int = 2022, now: datetime = ISSUED_AT) -> Plan:
    """The factory's plan with what its issue leaves behind: its edition and its line in the register."""
    plan = issued_plan(cast, year=year, now=now)
    versions.freeze(plan, "issued", by=cast.clerk, now=now)
    register.enter_plan(plan, object_id=plan.pk)
    return plan


def begun(plan: Plan, cast: Cast, now: datetime) -> Plan:
    """The amendment that the chief of office begins."""
    PLAN.move(plan, "amend", by=cast.chief, now=now, reason=REASON, basis=BASIS)
    return plan.amendments.get(state="draft")


def approved_amendment(plan: Plan, cast: Cast, now: datetime, **due) -> Plan:
    """Begun and approved; `due` changes the duty by which units hand in a plan, before it is sent up."""
    amendment = begun(plan, cast, now)
    if due:
        amendment.duties.filter(kind="unit_plan").update(**due)
    return sent_up(amendment, cast, now)


def sent_up(amendment: Plan, cast: Cast, now: datetime) -> Plan:
    PLAN.move(amendment, "send_to_office", by=cast.office_staff, now=now)
    PLAN.move(amendment, "send_to_director", by=cast.chief, now=now)
    return PLAN.move(amendment, "approve", by=cast.director, now=now)


def issue(amendment: Plan, cast: Cast, now: datetime, number: str = "200") -> Plan:
    """Issue it; gives the plan in force as it then stands."""
    on = date(now.year, now.month, now.day)
    PLAN.move(amendment, "issue_amendment", by=cast.clerk, now=now, number=number, on=on)
    return Plan.objects.get(pk=amendment.amends_id)


def recalled(plan: Plan, cast: Cast, now: datetime) -> Plan:
    return PLAN.move(plan, "recall", by=cast.chief, now=now, reason="Ban hành trái thẩm quyền.", document=RECALLING)
