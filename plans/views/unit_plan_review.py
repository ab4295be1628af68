"""The Office's review of a unit plan: what was handed in beside what was asked, remarks, the next in the queue."""

import uuid
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from plans import perms, remarks
from plans.forms.returning import ReturnForm
from plans.models import UnitPlan
from plans.snapshots import Content, read_snapshot
from plans.units import review
from plans.units.unit_plan_remarks import parts_of
from plans.views.unit_plan import areas_with_what_is_asked, fetch
from plans.workflow import UNIT_PLAN

MOVES = ("accept", "send_back", "take_up")  # the first is the button that stands out


@require_GET
def unit_plan_review(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed in beside what was asked; accept, return, go on to the next."""
    unit_plan = fetch(request, pk)
    if perms.may_open_review(request.user, unit_plan, request.today) is None:
        raise PermissionDenied
    return review_page(request, unit_plan)


def review_page(
    request: HttpRequest, unit_plan: UnitPlan, *, errors=(), reason: str = "", returning=None
) -> HttpResponse:
    """Render the review; `errors`, `reason` and `returning` are those of a move that was refused."""
    desk = remarks.desk(unit_plan, request.user, request.today)
    if not desk.changes:  # whoever only looks sees them, too
        desk = replace(desk, changes=review.changes_by_part(unit_plan))
    moves = [move for move in UNIT_PLAN.open_to(request.user, unit_plan, on=request.today) if move.name in MOVES]
    waiting = [row for row in review.queue(request.user, on=request.today) if row.pk != unit_plan.pk]
    context = {
        "unit_plan": unit_plan,
        "desk": desk,
        "rounds": review.rounds(unit_plan, desk.remarks),
        "moves": sorted(moves, key=lambda move: MOVES.index(move.name)),
        "waits": unit_plan.waits,
        "key": uuid.uuid4(),
        "action": reverse("unit_plan_move", args=[unit_plan.pk]),
        "errors": errors,
        "reason": reason,
        "returning": returning or ReturnForm(today=request.today),
        "timeliness": unit_plan.obligation.timeliness(request.now),
        "next_one": waiting[0] if waiting else None,
        "waiting": len(waiting),
        "kept": sum(remark.state == "kept" for remark in desk.remarks),
    }
    return render(request, "plans/unit_plan_review.html", context | _handed_in(unit_plan, desk))


def _handed_in(unit_plan: UnitPlan, desk: remarks.Desk) -> dict:
    """What the left and the right column hold of the last submission, and of the one before."""
    receipt, previous = [*review.standing_receipts(unit_plan), None, None][:2]
    if receipt is None:
        return {"receipt": None}
    content, before = read_snapshot(receipt.snapshot), review.last_years(unit_plan)
    parts = parts_of(content)
    gone = {remark.part: remark.part_label for remark in desk.remarks if remark.part not in parts}
    return {
        "receipt": receipt,
        "previous": previous,
        "content": content,
        "parts": parts,
        "texts": [(key, part) for key, part in parts.items() if key.startswith("text:")],
        "duties": [answer for answer in content.answers if not answer.asked.area],
        "areas": _areas(unit_plan, content, before),
        "gone": gone.items(),
        "last_year": before,
    }


def _areas(unit_plan: UnitPlan, content: Content, before: Content | None) -> list[dict]:
    """Each area with what is asked there, how it is answered, and what the unit planned there a year before."""
    old = {area.code: area for area in before.areas} if before else {}
    rows = areas_with_what_is_asked(unit_plan, content)
    for row in rows:
        code = row["content"].code
        row["answers"] = [answer for answer in content.answers if answer.asked.area == code]
        row["last_year"] = old.get(code)
    return rows
