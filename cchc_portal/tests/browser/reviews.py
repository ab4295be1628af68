"""What the page harness shows of reviews: a unit plan returned with remarks, one that waits in its second round."""

from accounts.cast import Cast
from accounts.delegations import delegate
from accounts.models import Delegation
from plans import remarks
from plans.handing_in import submit
from plans.models import Remark, UnitPlan
from plans.workflow import UNIT_PLAN

RETURNED, WAITING = "btxh", "gdnn"  # units whose accepted plans are amended


def _unit_plan(code: str) -> UnitPlan:
    rows = UnitPlan.objects.select_related("unit", "plan", "obligation")
    return rows.get(plan__year=2022, plan__amends=None, unit__code=code)


def add(cast: Cast, now) -> None:
    """Both are amended and handed in again; one is returned with two remarks, one of them answered."""
    for code in (RETURNED, WAITING):
        unit_plan, head = _unit_plan(code), cast.head(code)
        UNIT_PLAN.move(unit_plan, "amend", by=head, now=now, reason="Bổ sung hoạt động quý IV.")
        unit_plan.activities.filter(pk=unit_plan.activities.first().pk).update(product="Tờ gấp khổ A4", money=7_500_000)
        submit(UNIT_PLAN, unit_plan, by=head, now=now, key=f"page harness {code}")
    unit_plan, staff = _unit_plan(RETURNED), cast.office_staff
    line = unit_plan.activities.first()
    remarks.make(unit_plan, part="text:purpose", text="Nêu rõ chỉ tiêu của đơn vị.", by=staff, now=now, key="1")
    answered = remarks.make(
        unit_plan, part=f"line:{line.pk}", text="Ghi rõ số lượng và nơi phát.", by=staff, now=now, key="2"
    )
    UNIT_PLAN.move(_unit_plan(RETURNED), "send_back", by=staff, now=now)
    row = Delegation(
        unit=unit_plan.unit, head=cast.head(RETURNED), delegate=cast.editor(RETURNED), form="KT.",
        title="Phó Trưởng phòng", starts=now.date(), ends=now.date(), document="12/GUQ-BTXH", document_date=now.date(),
    )  # fmt: skip
    delegate(row, by=cast.head(RETURNED), now=now)
    remarks.answer(answered, text="Đã ghi nơi phát: 7 huyện, thành phố.", by=cast.editor(RETURNED), now=now)


def addresses() -> dict:
    """What pages.py names, with the unit's code where the row's role is one of the unit's own people."""
    returned, waiting = _unit_plan(RETURNED).pk, _unit_plan(WAITING).pk
    return {
        "returned": [returned],
        "to_come_back": [_unit_plan(RETURNED).obligation_id],
        "waiting": [waiting],
        "remarked": ["ke-hoach-don-vi", returned],
        "remarkable": ["ke-hoach-don-vi", waiting],
        "remark": [Remark.objects.filter(object_id=returned).order_by("pk").first().pk],
    }


OWNERS = dict.fromkeys(("returned", "remarked", "remark"), RETURNED)
