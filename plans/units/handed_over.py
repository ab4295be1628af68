"""What a unit that ends still owes, its open difficulties and directives: handed over to the units that take over."""

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Event, Unit
from accounts.succession.handing_over import Act, Item, Kind, register
from accounts.templatetags.portal import deadline
from accounts.workflow import Workflow
from plans.department.issuing import start_unit_plans
from plans.models import Difficulty, Directive, Obligation, ObligationKind
from plans.models.plan import IN_FORCE
from plans.workflow import UNIT_PLAN

# By kind of obligation: what answers it and its moves, or None while nothing does. A higher floor adds its own.
ANSWERS: dict[str, Callable[[Obligation], tuple[Workflow, object] | None]] = {
    ObligationKind.UNIT_PLAN: lambda obligation: (UNIT_PLAN, obligation.unit_plan)
}


def _owed(unit: Unit, now: datetime) -> list[Item]:
    """Everything that waits for the unit, and what lies with the Office."""
    rows = Obligation.objects.to_hand_in().filter(unit=unit, plan__state__in=IN_FORCE)
    rows = rows.exclude(kind=ObligationKind.ROLL_UP).select_related("unit", "plan", "duty").order_by("due_at", "pk")
    return [
        Item(
            f"obligation:{row.pk}", unit, row.what, _("hạn %s") % deadline(row.effective_due_at),
            url=reverse("obligation_detail", args=[row.pk]),
            stays=_("Đã nộp và đang bị trả lại: sửa, nộp lại tại đơn vị cũ.") if row.first_submitted_at else "",
        )
        for row in rows
    ]  # fmt: skip


def _hand_over_owed(item: Item, to: Unit | None, act: Act) -> None:
    """The unit no longer owes it; who takes over owes the same by the same day, unless it does already."""
    row = Obligation.objects.select_related("plan", "duty", "unit").get(pk=item.key.partition(":")[2])
    answer = ANSWERS[row.kind](row)
    if answer:
        workflow, obj = answer
        workflow.move(obj, "transfer", by=act.by, now=act.now, reason=act.words(to))
    else:
        reason = f"{_('Bàn giao')}: {act.words(to)}"[:500]
        Obligation.objects.filter(pk=row.pk).update(exempt_from=act.now.date(), exempt_reason=reason)
    if to:
        Obligation.objects.bulk_create(
            [
                Obligation(
                    agency_id=row.agency_id, plan=row.plan, duty=row.duty, unit=to, kind=row.kind,
                    occasion=row.occasion, due_at=row.due_at, extended_due_at=row.extended_due_at,
                )
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        start_unit_plans(row.plan)


def _open_rows(model, page: str) -> Callable:
    """`find` for what a unit has open of a model with a title, a state and a page."""

    def find(unit: Unit, now: datetime) -> list[Item]:
        pages = {row: reverse(page, args=[row.pk]) for row in model.objects.filter(unit=unit).open().order_by("pk")}
        name = model._meta.model_name
        return [Item(f"{name}:{row.pk}", unit, str(row), row.get_state_display(), url) for row, url in pages.items()]

    return find


def _give(model) -> Callable:
    """`hand_over` for the same: it goes on with another unit, and its history says so."""

    def hand_over(item: Item, to: Unit | None, act: Act) -> None:
        row = model.objects.get(pk=item.key.partition(":")[2])
        model.objects.filter(pk=row.pk).update(unit=to)
        Event.record(
            row, at=act.now, by=act.by, action="hand_over", agency_id=row.agency_id, reason=act.succession.document,
            label=_("Bàn giao từ %(old)s cho %(new)s") % {"old": item.unit, "new": to},
        )  # fmt: skip

    return hand_over


def register_all() -> None:
    """Called once at start."""
    register(
        "owed", Kind(gettext_lazy("Kế hoạch, báo cáo phải nộp"), _owed, _hand_over_owed, gettext_lazy("thôi phải nộp"))
    )
    for model, page, label in (
        (Difficulty, "difficulty_detail", gettext_lazy("Khó khăn, vướng mắc")),
        (Directive, "directive_detail", gettext_lazy("Ý kiến chỉ đạo của Giám đốc")),
    ):
        register(model._meta.model_name, Kind(label, _open_rows(model, page), _give(model)))
