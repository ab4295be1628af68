"""What a reviewer of a unit plan has before them: the queue, the rounds, what changed, last year's plan."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from accounts.models import User
from plans import perms
from plans.differences import Change, differences
from plans.models import Receipt, Remark, UnitPlan
from plans.models.unit_plan import WAITING
from plans.snapshots import Content, read_snapshot


@dataclass(frozen=True)
class Round:
    """One submission: its receipt, its place (the first is 1; a withdrawn one has none), its remarks."""

    receipt: Receipt
    number: int | None
    remarks: list[Remark]


def standing_receipts(unit_plan: UnitPlan) -> list[Receipt]:
    """The receipts that were not withdrawn, newest first."""
    rows = unit_plan.obligation.receipts.filter(voided_at=None)
    return list(rows.select_related("submitted_by").order_by("-pk"))


def rounds(unit_plan: UnitPlan, remarks: list[Remark]) -> list[Round]:
    """Every submission with the remarks made on it, newest first; two queries beside those of the remarks."""
    found, count = [], 0
    for receipt in unit_plan.obligation.receipts.select_related("submitted_by").order_by("pk"):
        count += receipt.voided_at is None
        mine = [remark for remark in remarks if remark.round == receipt.number]
        found.append(Round(receipt, None if receipt.voided_at else count, mine))
    return found[::-1]


def changes_by_part(unit_plan: UnitPlan) -> dict[str, list[Change]]:
    """What the last submission changed against the one before, by the part's key; nothing when there is one only."""
    last, previous = [*standing_receipts(unit_plan), None, None][:2]
    by_part: dict[str, list[Change]] = {}
    if previous:
        for change in differences(read_snapshot(previous.snapshot), read_snapshot(last.snapshot)):
            by_part.setdefault(change.part, []).append(change)
    return by_part


def last_years(unit_plan: UnitPlan) -> Content | None:
    """What the same unit handed in last for the year before; None when it did not."""
    rows = Receipt.objects.filter(
        voided_at=None, obligation__unit_plan__unit=unit_plan.unit_id,
        obligation__unit_plan__plan__year=unit_plan.plan.year - 1, obligation__agency=unit_plan.agency_id,
    )  # fmt: skip
    last = rows.order_by("-pk").first()
    return read_snapshot(last.snapshot) if last else None


def queue(user: User, *, on: date) -> list[UnitPlan]:
    """The unit plans that wait for this person's review, the one that has waited longest first; one query."""
    last = Receipt.objects.filter(obligation=OuterRef("obligation"), voided_at=None).order_by("-pk")
    rows = (
        UnitPlan.objects.visible_to(user, on=on)
        .filter(state__in=WAITING)
        .annotate(since=Subquery(last.values("submitted_at")[:1]), last_by=Subquery(last.values("submitted_by")[:1]))
        .select_related("unit", "plan", "obligation")
        .order_by("since", "pk")
    )
    return [row for row in rows if row.last_by != user.pk and perms.reviews_unit(user, row, on)]
