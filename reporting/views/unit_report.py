"""A unit's report of a period: the list of them, its page, its document. Writing it: unit_report_edit."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Event
from accounts.page_cache import until_changed
from documents.dates import short_date
from plans import printing, remarks
from plans.deadlines.workdays import last_working_moment
from plans.forms.paper import PaperForm
from plans.models import Holiday, Indicator
from reporting import perms
from reporting.behind import with_values
from reporting.forms import ReopenForm
from reporting.models import UnitReport
from reporting.models import UnitReportState as State
from reporting.unit_reports.report_list import overview
from reporting.unit_reports.report_page import content_of
from reporting.unit_reports.snapshots import as_it_stands
from reporting.unit_reports.unit_figures import results_in, windows_of
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
PAGE = 50
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
    context = content_of(report, as_it_stands(report)[0]) | {
        "desk": remarks.desk(report, user, on),
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


@require_safe
def unit_report_figure(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The unit's results behind one figure of its report; `?cot=` is the column (unit_figures.WINDOWS)."""
    report, indicator = fetch(request, pk), get_object_or_404(Indicator, code=code)
    column = request.GET.get("cot", "value")
    days = windows_of(report, report.previous()).get(column)
    if days is None:
        raise Http404
    rows, total = with_values(results_in(report, column, days), indicator)
    rows = rows.select_related("unit", "area", "channel").order_by("happened_on", "pk")
    context = {
        "report": report,
        "period": report.period,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "indicator": indicator,
        "total": total,
        "heading": str(indicator),
        "lead": _("Các kết quả %(unit)s đã ghi từ ngày %(starts)s đến hết ngày %(ends)s.")
        % {"unit": report.unit, "starts": short_date(days.starts), "ends": short_date(days.ends)},
    }
    return render(request, "reporting/figure_rows.html", context)


@require_POST
def print_unit_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the worker for the document of the report as it stands, or as it was last handed in."""
    report = fetch(request, pk)
    snapshot, receipt = as_it_stands(report)
    content = [receipt.number, receipt.sha256] if receipt else snapshot
    printout = printing.ask_for(
        "unit_report", report, content_key=printing.content_key(content), title=str(report), unit=report.unit,
        format=printing.chosen_format(request.POST, "unit_report"),
    )  # fmt: skip
    return redirect("printout", printout.pk)
