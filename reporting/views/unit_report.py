"""A unit's report of a period: the list of them, its page, the words the unit adds, its document."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Event
from accounts.page_cache import until_changed
from accounts.workflow import StaleState
from plans import printing
from plans.deadlines.workdays import last_working_moment
from plans.forms.paper import PaperForm
from plans.models import Holiday
from reporting import differences, perms
from reporting.actions import save_report
from reporting.forms import ReopenForm, UnitReportForm, initial_of
from reporting.models import UnitReport
from reporting.models import UnitReportState as State
from reporting.report_list import overview
from reporting.report_page import content_of
from reporting.snapshots import unit_report_snapshot
from reporting.workflow import UNIT_REPORT

ELSEWHERE = frozenset({"start", "send_to_head", "submit", "submit_paper", "take_up", "accept", "send_back", "reopen"})
LOCKED = {
    State.HEAD_REVIEW: gettext_lazy("Báo cáo đang chờ trưởng đơn vị nên tạm khóa. Bấm “Lấy lại để sửa” để mở."),
    State.SUBMITTED: gettext_lazy(
        "Báo cáo đã nộp nên được khóa. Trưởng đơn vị rút lại được khi còn hạn; sau đó Văn phòng Sở trả lại."
    ),
    State.IN_REVIEW: gettext_lazy("Văn phòng Sở đang xem nên báo cáo được khóa; Văn phòng Sở trả lại thì sửa được."),
    State.ACCEPTED: gettext_lazy("Báo cáo đã được tiếp nhận. Chánh Văn phòng mở lại thì sửa được."),
    State.LOCKED: gettext_lazy("Số liệu của kỳ đã chốt nên báo cáo được khóa. Chánh Văn phòng mở lại thì sửa được."),
    State.EXEMPT: gettext_lazy("Đơn vị được miễn báo cáo kỳ này."),
    State.TRANSFERRED: gettext_lazy("Báo cáo đã bàn giao cho đơn vị khác."),
}
SHOWN_RETURN = (State.RETURNED, State.DRAFTING, State.HEAD_REVIEW)


def fetch(request: HttpRequest, pk: int) -> UnitReport:
    """The report, or 404 when this person does not see it."""
    rows = UnitReport.objects.visible_to(request.user, on=request.today)
    related = ("unit", "period", "agency", "obligation__plan__scheme", "updated_by")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def fetch_to_edit(request: HttpRequest, pk: int) -> UnitReport:
    """The report for its own people; 403 for others who see it."""
    report = fetch(request, pk)
    if perms.may_edit_report(request.user, report, request.today) is None:
        raise PermissionDenied
    return report


@require_safe
@until_changed
def unit_report_list(request: HttpRequest) -> HttpResponse:
    """Units see their own reports; who sees the whole, all units of a period and the roll-ups of the year."""
    context = overview(request.user, request.GET, now=request.now)
    return render(request, "reporting/unit_report_list.html", context)


@require_safe
@until_changed
def unit_report(request: HttpRequest, pk: int) -> HttpResponse:
    """A report as it stands: figures, words, deadline, receipts, history, what may be done next."""
    return show(request, fetch(request, pk))


def show(
    request: HttpRequest, report: UnitReport, *, errors=(), reason: str = "", reopen=None, paper=None
) -> HttpResponse:
    """Render the page; `errors`, `reason`, `reopen` and `paper` are those of a move that was refused."""
    obligation, user, on = report.obligation, request.user, request.today
    moves = UNIT_REPORT.open_to(user, report, on=on)
    names = {move.name for move in moves}
    context = content_of(report, unit_report_snapshot(report)) | {
        "editable": report.is_editable and perms.may_edit_report(user, report, on),
        "may_check": bool(names & {"submit", "send_to_head"}),
        "may_submit": "submit" in names,
        "may_review": bool(perms.may_open_report_review(user, report, on)),
        "reopen": (reopen or ReopenForm()) if "reopen" in names else None,
        "paper": paper or (PaperForm() if "submit_paper" in names else None),
        "locked": LOCKED.get(report.state),
        "moves": [move for move in moves if move.name not in ELSEWHERE],
        "errors": errors,
        "reason": reason,
        "show_return": report.return_reason and report.state in SHOWN_RETURN,
        "timeliness": obligation.timeliness(request.now),
        "advice": last_working_moment(obligation.effective_due_at, Holiday.objects.as_rules()),
        "receipts": obligation.receipts.select_related("submitted_by").order_by("-pk"),
        "events": Event.objects.about(report),
    }
    return render(request, "reporting/unit_report_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_report_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the unit's words; what someone else saved in between is shown beside them, never overwritten unseen."""
    report = fetch_to_edit(request, pk)
    areas = list(report.obligation.plan.scheme.areas.all())
    if request.method != "POST":
        if not report.is_editable:
            messages.warning(request, LOCKED[report.state])
            return redirect("unit_report", pk)
        return _edit_page(request, report, UnitReportForm(areas=areas, initial=initial_of(report)))
    form = UnitReportForm(request.POST, areas=areas)
    if not form.is_valid():
        return _edit_page(request, report, form)
    try:
        saved = save_report(
            report, by=request.user, now=request.now, version=form.cleaned_data["version"],
            texts=form.texts, assessments=form.assessments,
        )  # fmt: skip
    except StaleState as stale:
        return _conflict(request, fetch(request, pk), form, stale)
    messages.success(request, _("Đã lưu báo cáo lúc %s.") % f"{saved.updated_at.astimezone(request.now.tzinfo):%H:%M}")
    return redirect("unit_report_check" if "check" in request.POST else "unit_report", pk)


def _edit_page(request: HttpRequest, report: UnitReport, form: UnitReportForm, *, status: int = 200, **more):
    previous = report.previous()
    earlier = initial_of(previous) if previous else {}
    context = {
        "report": report,
        "form": form,
        "previous": previous,
        "area_rows": [_beside(field, earlier) for field in form.area_fields],
        "common_rows": [_beside(field, earlier) for field in form.common_fields],
        **more,
    }
    return render(request, "reporting/unit_report_edit.html", context, status=status)


def _beside(field, earlier: dict) -> dict:
    """A field with the last period's text, and whether both say the same."""
    text = earlier.get(field.name, "")
    return {"field": field, "earlier": text, "alike": differences.is_alike(str(field.value() or ""), text)}


def _conflict(request: HttpRequest, stored: UnitReport, form: UnitReportForm, stale: StaleState) -> HttpResponse:
    """Both texts side by side (409); the form now carries the stored version, so saving again is a decision."""
    kept = initial_of(stored)
    typed = form.texts | {f"area_{area}": text for area, text in form.assessments.items()}
    words = {True: _("Có"), False: _("Không")}
    rows = [
        (form[name].label, words.get(kept.get(name, ""), kept.get(name, "")), words.get(text, text))
        for name, text in typed.items()
        if kept.get(name, "") != text
    ]
    form.data = form.data.copy()
    form.data["version"] = str(stored.version)
    more = {"conflict": rows, "message": str(stale), "locked": LOCKED.get(stored.state)}
    return _edit_page(request, stored, form, status=409, **more)


@require_POST
def print_unit_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the worker for the document of the report as it stands, or as it was last handed in."""
    report = fetch(request, pk)
    receipt = report.obligation.receipts.filter(voided_at=None).last()
    frozen = receipt is not None and not report.is_editable
    content = [receipt.number, receipt.sha256] if frozen else unit_report_snapshot(report)
    printout = printing.ask_for(
        "unit_report", report, content_key=printing.content_key(content), title=str(report), unit=report.unit,
        format=printing.chosen_format(request.POST),
    )  # fmt: skip
    return redirect("printout", printout.pk)
