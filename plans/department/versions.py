"""Editions of a plan: its content frozen when it is approved and again when it is issued.

What is approved is what is issued: between the two only number and day are written into the document.
"""

import json
from datetime import datetime

from accounts.models import User
from plans.department.content import content_of_plan
from plans.models import Plan, PlanVersion, VersionKind
from plans.receipts import canonical, sha256

WRITTEN_AT_ISSUE = ("number", "date_day", "date_month", "date_year")


def freeze(plan: Plan, kind: str, *, by: User | None, now: datetime, reason: str = "") -> PlanVersion:
    """Keep the plan as it stands as its next version. Part of a transaction that holds the plan's row."""
    content = content_of_plan(plan)
    last = plan.versions.order_by("-number").values_list("number", flat=True).first()
    return PlanVersion.objects.create(
        plan=plan,
        number=(last or 0) + 1,
        edition=plan.edition,
        kind=kind,
        content=json.loads(canonical(content)),
        sha256=sha256(content),
        at=now,
        by=by,
        reason=reason,
    )


def freeze_edition(plan: Plan) -> None:
    """Keep the edition in force if nobody has yet: it was issued before editions were kept."""
    if not plan.versions.filter(kind=VersionKind.ISSUED, edition=plan.edition).exists():
        freeze(plan, VersionKind.ISSUED, by=plan.issued_by, now=plan.issued_at)


def is_as_approved(plan: Plan) -> bool:
    """Whether the plan still holds, but for number and day, what was approved last."""
    approved = plan.versions.filter(kind=VersionKind.APPROVED).first()
    return approved is not None and sha256(binding(approved.content)) == sha256(binding(content_of_plan(plan)))


def binding(content: dict) -> dict:
    """What an approval binds: all of the document but number and day.

    Facts about cited documents are those of their register, which goes on being put right.
    """
    frame = {name: value for name, value in content["frame"].items() if name not in WRITTEN_AT_ISSUE}
    targets = [{name: value for name, value in row.items() if name != "basis"} for row in content["targets"]]
    kept = {name: value for name, value in content.items() if name not in ("documents", "citations")}
    return kept | {"frame": frame, "targets": targets}


def is_intact(version: PlanVersion) -> bool:
    """Whether the frozen content still has the hash that was written beside it."""
    return sha256(version.content) == version.sha256
