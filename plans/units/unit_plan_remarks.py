"""Remarks on a unit plan: its rounds are its receipts, its parts the texts, areas and lines handed in."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.dates import TZ
from plans import perms
from plans.differences import LINE_FIELDS, TEXTS
from plans.models import UnitPlan
from plans.models import UnitPlanState as State
from plans.remarks import WHOLE, Kind, Part
from plans.snapshots import Content, Line, read_snapshot
from plans.units.review import changes_by_part
from plans.workflow import UNIT_PLAN


def parts_of(content: Content) -> dict[str, Part]:
    """Everything in a unit plan that can be remarked on, in its order."""
    parts = {WHOLE: Part(_("Toàn bộ kế hoạch"))}
    parts |= {f"text:{name}": Part(str(label), getattr(content, name)) for name, label in TEXTS}
    for area in content.areas:
        parts[area.part] = Part(area.title, area.absence)
        parts |= {line.part: Part(_("Hoạt động: %s") % line.title, _words(line)) for line in area.lines}
    return parts


def _words(line: Line) -> str:
    """A line as text, one field a line."""
    said = ((label, getattr(line, name)) for name, label in LINE_FIELDS)
    return "\n".join(f"{label}: {value}" for label, value in said if value)


def rounds(unit_plan: UnitPlan) -> dict[str, str]:
    """Its receipts that stand, newest first: number → "Lần nộp 2, 09:00 22/02/2022 (biên nhận …)"."""
    receipts = enumerate(unit_plan.obligation.receipts.filter(voided_at=None).order_by("pk"), start=1)
    return {
        receipt.number: _("Lần nộp %(count)d, %(at)s (biên nhận %(number)s)")
        % {"count": count, "at": f"{receipt.submitted_at.astimezone(TZ):%H:%M %d/%m/%Y}", "number": receipt.number}
        for count, receipt in reversed(list(receipts))
    }


def parts(unit_plan: UnitPlan) -> dict[str, Part]:
    """The parts of what was handed in last; none before that."""
    last = unit_plan.obligation.receipts.filter(voided_at=None).order_by("-pk").first()
    return parts_of(read_snapshot(last.snapshot)) if last else {}


def _take_up(unit_plan: UnitPlan, by, now) -> None:
    if unit_plan.state == State.SUBMITTED:
        UNIT_PLAN.move(unit_plan, "take_up", by=by, now=now)


KIND = Kind(
    slug="ke-hoach-don-vi",
    model=UnitPlan,
    name=gettext_lazy("kế hoạch đơn vị"),
    whose=gettext_lazy("Ý kiến của Văn phòng Sở"),
    visible=lambda user, on: UnitPlan.objects.visible_to(user, on=on).select_related("plan", "unit", "obligation"),
    rounds=rounds,
    parts=parts,
    may_remark=perms.may_remark_unit_plan,
    may_answer=perms.may_answer_remarks,
    page=lambda unit_plan, reviewing: (
        reverse("unit_plan_review", args=[unit_plan.pk])
        if reviewing
        else reverse("remark_list", args=["ke-hoach-don-vi", unit_plan.pk])
    ),
    begin=_take_up,
    changes=changes_by_part,
)
