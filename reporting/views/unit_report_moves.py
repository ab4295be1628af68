"""Handing a unit report in and reviewing it: check page, submission, other moves, the Office's review."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.forms import KeyField
from accounts.workflow import MoveRefused, StaleState
from plans import remarks
from plans.deadlines.workdays import last_working_moment
from plans.forms.cautions import CautionsForm
from plans.forms.paper import PaperForm
from plans.forms.returning import ReturnForm
from plans.handing_in import submit_paper
from plans.models import Holiday
from plans.perms import may_submit_paper
from reporting import differences, perms, rules
from reporting.actions import hand_in, send_to_head
from reporting.forms import ReopenForm
from reporting.models import UnitReport
from reporting.models import UnitReportState as State
from reporting.models.unit_report import HANDED_IN
from reporting.unit_reports.report_page import content_of
from reporting.unit_reports.snapshots import results_behind, unit_report_snapshot
from reporting.unit_reports.words import NOTE
from reporting.views.unit_report import fetch, fetch_to_edit, show
from reporting.workflow import UNIT_REPORT

REVIEW_MOVES = frozenset({"take_up", "accept", "send_back"})
DONE = {
    "send_to_head": gettext_lazy("Đã trình trưởng đơn vị."),
    "pull_back": gettext_lazy("Đã lấy lại; báo cáo mở để sửa."),
    "withdraw": gettext_lazy("Đã rút lại; biên nhận của lần nộp này hết giá trị."),
    "reopen": gettext_lazy("Đã mở lại báo cáo cho đơn vị sửa."),
    "exempt": gettext_lazy("Đã miễn báo cáo cho đơn vị."),
    "transfer": gettext_lazy("Đã ghi bàn giao; đơn vị không còn phải nộp báo cáo này."),
    "take_up": gettext_lazy("Đã nhận xem xét."),
    "accept": gettext_lazy("Đã tiếp nhận báo cáo."),
    "send_back": gettext_lazy("Đã trả lại báo cáo cho đơn vị."),
}


@require_safe
def unit_report_check(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole report as it will be handed in, what is missing, and the one button."""
    report = fetch_to_edit(request, pk)
    if not _next_move(request, report):
        return redirect("unit_report", pk)
    return _check_page(request, report)


def _next_move(request: HttpRequest, report: UnitReport) -> str:
    """What the check page leads to for this person: submit (head), send_to_head (editor), or nothing."""
    names = {move.name for move in UNIT_REPORT.open_to(request.user, report, on=request.today)}
    return next((name for name in ("submit", "send_to_head") if name in names), "")


def _check_page(
    request: HttpRequest, report: UnitReport, *, form: CautionsForm | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    """`form` holds the sentences as they were typed; what it lacks is told once it was sent."""
    obligation, snapshot = report.obligation, unit_report_snapshot(report)
    form = form or CautionsForm(cautions=snapshot["cautions"])
    missing = [row for row in snapshot["cautions"] if not form.data.get(NOTE + row["key"], "").strip()]
    context = content_of(report, snapshot) | {
        "gaps": list(rules.report_gaps(report, on=request.today)),
        "form": form,
        "cautions": [row | {"field": NOTE + row["key"]} for row in snapshot["cautions"]],
        "missing": missing if form.is_bound else [],
        "problem": problem,
        "next_move": _next_move(request, report),
        "key": uuid.uuid4(),
        "on_time": request.now <= obligation.effective_due_at,
        "first_time": obligation.first_submitted_at is None,
        "timeliness": obligation.timeliness(request.now),
        "advice": last_working_moment(obligation.effective_due_at, Holiday.objects.as_rules()),
    }
    return render(request, "reporting/unit_report_check.html", context, status=status)


def _sentences(request: HttpRequest, report: UnitReport) -> CautionsForm:
    """The sentences that were sent with the button."""
    return CautionsForm(request.POST, cautions=unit_report_snapshot(report)["cautions"])


@require_POST
def unit_report_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the report in and show the receipt; pressed twice, the same receipt."""
    report = fetch(request, pk)
    try:
        key = str(KeyField().clean(request.POST.get("key")))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("unit_report_check", pk)
    report.version, form = number(request.POST.get("version")), _sentences(request, report)
    if not form.is_valid():
        return _check_page(request, report, form=form)
    try:
        receipt = hand_in(report, by=request.user, now=request.now, key=key, notes=form.notes)
    except MoveRefused:
        return _check_page(request, fetch(request, pk), form=form)
    except StaleState as stale:
        return _stale_submission(request, pk, form, stale)
    return redirect("receipt", receipt.number)


def _stale_submission(request: HttpRequest, pk: int, form: CautionsForm, stale: StaleState) -> HttpResponse:
    """Handed in from another window: its receipt. Changed since it was checked: check it once more (409)."""
    report = fetch(request, pk)
    receipt = report.obligation.receipts.filter(voided_at=None).last()
    if report.state in HANDED_IN and receipt:
        messages.info(request, _("Báo cáo đã được nộp trước đó; đây là biên nhận của lần nộp ấy."))
        return redirect("receipt", receipt.number)
    if not _next_move(request, report):
        return _stale_page(request, report, stale)
    problem = _("Báo cáo vừa được sửa sau khi mở trang này nên chưa nộp. Hãy xem lại bản mới dưới đây rồi bấm nộp.")
    return _check_page(request, report, form=form, problem=problem, status=409)


def _stale_page(request: HttpRequest, report: UnitReport, stale: StaleState, reason: str = "") -> HttpResponse:
    context = {"report": report, "message": stale, "reason": reason}
    return render(request, "reporting/unit_report_stale.html", context, status=409)


def number(text) -> int:
    """A whole number of a hidden field; anything else is 0, which no row has as its version."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


@require_POST
def unit_report_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what the unit brought on paper and show the receipt; pressed twice, the same receipt."""
    report = fetch(request, pk)
    if may_submit_paper(request.user, report, request.today) is None:
        raise PermissionDenied
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, report, paper=form)
    try:
        receipt = submit_paper(UNIT_REPORT, report, by=request.user, now=request.now, **form.submission)
    except MoveRefused as refused:
        form.add_error(None, refused.messages)
        return show(request, fetch(request, pk), paper=form)
    except StaleState as stale:
        return _stale_page(request, fetch(request, pk), stale, form.cleaned_data["reason"])
    return redirect("receipt", receipt.number)


@require_POST
def unit_report_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Every other move of a unit report, with its reason; reopening takes `until`."""
    report, name, reason = fetch(request, pk), request.POST.get("move", ""), request.POST.get("reason", "")
    if name not in DONE:
        raise Http404
    page, data, more = (_review_page if name in REVIEW_MOVES else show), {}, {}
    if name == "reopen":
        if perms.may_reopen_report(request.user, report, request.today) is None:
            raise PermissionDenied
        more["reopen"] = form = ReopenForm(request.POST)
        if not form.is_valid():
            return show(request, report, reason=reason, **more)
        data = {"until": form.cleaned_data["until"]}
    elif name == ReturnForm.move:
        more["returning"] = ReturnForm(request.POST, today=request.today)
        data = more["returning"].answer
    report.version = number(request.POST.get("version"))
    if name == "send_to_head":
        return _send_to_head(request, report)
    try:
        UNIT_REPORT.move(report, name, by=request.user, now=request.now, reason=reason, **data)
    except MoveRefused as refused:
        return page(request, fetch(request, pk), errors=refused.messages, reason=reason, **more)
    except StaleState as stale:
        return _stale_page(request, fetch(request, pk), stale, reason)
    messages.success(request, DONE[name])
    return redirect("unit_report_review" if name in REVIEW_MOVES else "unit_report", pk)


def _send_to_head(request: HttpRequest, report: UnitReport) -> HttpResponse:
    """From the check page, with the sentences that explain what stands out."""
    form = _sentences(request, report)
    if not form.is_valid():
        return _check_page(request, report, form=form)
    try:
        send_to_head(report, by=request.user, now=request.now, notes=form.notes)
    except MoveRefused:
        return _check_page(request, fetch(request, report.pk), form=form)
    except StaleState as stale:
        return _stale_page(request, fetch(request, report.pk), stale, request.POST.get("reason", ""))
    messages.success(request, DONE["send_to_head"])
    return redirect("unit_report", report.pk)


@require_safe
def unit_report_review(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed in beside the results behind it; accept, return, go on to the next."""
    report = fetch(request, pk)
    if perms.may_open_report_review(request.user, report, request.today) is None:
        raise PermissionDenied
    return _review_page(request, report)


def _review_page(
    request: HttpRequest, report: UnitReport, *, errors=(), reason: str = "", returning=None
) -> HttpResponse:
    receipts = list(report.obligation.receipts.filter(voided_at=None).select_related("submitted_by").order_by("-pk"))
    receipt, previous = [*receipts, None, None][:2]
    moves = UNIT_REPORT.open_to(request.user, report, on=request.today)
    context = (content_of(report, receipt.snapshot) if receipt else {"report": report}) | {
        "receipt": receipt,
        "previous": previous,
        "results": results_behind(receipt.snapshot) if receipt else [],
        "moves": [move for move in moves if move.name in REVIEW_MOVES],
        "waits": report.waits,
        "desk": remarks.desk(report, request.user, request.today),
        "errors": errors,
        "reason": reason,
        "returning": returning or ReturnForm(today=request.today),
        "timeliness": report.obligation.timeliness(request.now),
        "next_one": _next_to_review(request, report),
    }
    if previous:
        before, after = previous.snapshot, receipt.snapshot
        context["figure_changes"] = differences.figure_changes(before["figures"], after["figures"])
        names = {area.code: str(area) for area in report.obligation.plan.scheme.areas.all()}
        context["text_changes"] = list(differences.text_changes(before, after, names))
    return render(request, "reporting/unit_report_review.html", context)


def _next_to_review(request: HttpRequest, report: UnitReport) -> UnitReport | None:
    """The report that has waited longest and that this person may review."""
    waiting = (
        UnitReport.objects.visible_to(request.user, on=request.today)
        .filter(state__in=(State.SUBMITTED, State.IN_REVIEW))
        .exclude(pk=report.pk)
        .select_related("unit", "period", "obligation")
        .order_by("obligation__first_submitted_at")
    )
    return next((row for row in waiting if perms.may_review_report(request.user, row, request.today)), None)
