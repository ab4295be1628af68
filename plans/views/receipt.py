"""Receipts: what was handed in, when, in which words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.serving import file_response
from documents.uploads import content_type_of
from plans import printing
from plans.models import ObligationKind, Receipt
from plans.receipts import SHOWN, sha256, signed
from plans.snapshots import read_snapshot


@require_GET
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """One receipt with its frozen content; its hash is counted anew each time it is shown."""
    rows = Receipt.objects.visible_to(request.user, on=request.today)
    row = get_object_or_404(rows.select_related("obligation__unit", "obligation__plan", "submitted_by"), number=number)
    obligation = row.obligation
    of_plan = obligation.kind == ObligationKind.UNIT_PLAN
    context = {
        "receipt": row,
        "obligation": obligation,
        "round": obligation.receipts.filter(pk__lte=row.pk).count(),
        "timeliness": obligation.timeliness(request.now),
        "signature": signed(row),
        "intact": sha256(row.snapshot) == row.sha256,
        "content": read_snapshot(row.snapshot) if of_plan else None,
        "unit_plan": obligation.unit_plan if of_plan else None,
    }
    if shown := SHOWN.get(obligation.kind):
        context |= {"part": shown.template, "page": shown.page(obligation), **shown.context(row)}
    return render(request, "plans/receipt.html", context)


@require_safe
def receipt_scan(request: HttpRequest, number: str) -> HttpResponse:
    """The scan of what came on paper, for those who see its receipt."""
    rows = Receipt.objects.visible_to(request.user, on=request.today).exclude(scan="")
    row = get_object_or_404(rows, number=number)
    return file_response(row.scan, name=row.scan_name, content_type=content_type_of(row.scan_name))


@require_POST
def print_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Have the receipt printed."""
    return _print(request, "receipt", number, _("Biên nhận %s"))


@require_POST
def print_handed_in(request: HttpRequest, number: str) -> HttpResponse:
    """Have the unit's plan printed in the words of that receipt."""
    return _print(request, "handed_in", number, _("Kế hoạch như đã nộp, biên nhận %s"), obligation__kind="unit_plan")


def _print(request: HttpRequest, kind: str, number: str, title: str, **only) -> HttpResponse:
    rows = Receipt.objects.visible_to(request.user, on=request.today).select_related("obligation__unit")
    row = get_object_or_404(rows, number=number, **only)
    due, voided = row.obligation.effective_due_at, row.voided_at
    made = printing.ask_for(
        kind, row, content_key=printing.content_key([row.sha256, due, voided]), title=title % row.number,
        unit=row.obligation.unit, format=printing.chosen_format(request.POST),
    )  # fmt: skip
    return redirect("printout", made.pk)
