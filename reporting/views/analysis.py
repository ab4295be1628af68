"""Phân tích: any figure by rows and columns of one's choice; the address says all; table, charts, Excel, picture."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.page_cache import until_changed
from accounts.workflow import MoveRefused
from reporting import perms
from reporting.analysis import saving
from reporting.analysis import table as tables
from reporting.analysis.choice import CHART, DIMENSIONS, FILTERS, TABLE, Choice, Lists, chosen, lists_of, problem
from reporting.analysis.facts import gather
from reporting.forms import SaveAnalysisForm
from reporting.models import Period, SavedAnalysis
from reporting.roll_ups.roll_up_charts import ON_PAGE

MOST_PERIODS = 60
FONT = "Liberation Serif"


@require_safe
@until_changed
def analysis(request: HttpRequest) -> HttpResponse:
    """The page: what is asked for, its table or charts, the saved ones."""
    return _page(request)


def _page(request: HttpRequest, form: SaveAnalysisForm | None = None) -> HttpResponse:
    periods = _periods(request)
    if not periods:
        return render(request, "reporting/dashboard_empty.html")
    choice, lists = _asked(request, periods)
    context = {
        "choice": choice,
        "periods": periods,
        "dimensions": [(name, each.label) for name, each in DIMENSIONS.items()],
        "filters": [
            (name, DIMENSIONS[name], list(lists.of[name].values()), choice.filters.get(name)) for name in FILTERS
        ],
        "indicators": lists.indicators,
        "shapes": [(TABLE, _("Bảng")), (CHART, _("Biểu đồ và bảng"))],
        "problem": problem(choice),
        "query": saving.tidy(request.META.get("QUERY_STRING", "")),
        "saved": SavedAnalysis.objects.visible_to(request.user, on=request.today).select_related("owner"),
        "form": form or SaveAnalysisForm(),
    }
    if not context["problem"]:
        found = tables.table(choice, lists, gather(choice, _indicators(choice, lists)))
        context |= {"table": found, "no_chart": choice.shape == CHART and tables.no_chart(choice)}
        if choice.shape == CHART and not context["no_chart"]:
            context["charts"] = tables.charts(choice, found, ON_PAGE)
    return render(request, "reporting/analysis.html", context)


@require_safe
def analysis_excel(request: HttpRequest) -> HttpResponse:
    """The table as Excel."""
    from documents.excel import CONTENT_TYPE, workbook

    choice, found = _table(request)
    agency = choice.period.agency.name_on(request.today).name
    return _file(workbook([tables.sheet(choice, found, agency)]), CONTENT_TYPE, "phan-tich.xlsx")


@require_safe
def analysis_picture(request: HttpRequest, format: str) -> HttpResponse:
    """One chart as a picture; `?hinh=` is its number, from 1."""
    choice, found = _table(request)
    if tables.no_chart(choice):
        raise Http404
    drawn, number = tables.charts(choice, found), request.GET.get("hinh", "1")
    if not (number.isascii() and number.isdecimal() and len(number) < 3 and 0 < int(number) <= len(drawn)):
        raise Http404
    _caption, drawing = drawn[int(number) - 1]
    if format == "png":
        return _file(drawing.png(), "image/png", "bieu-do.png")
    return _file(drawing.svg(FONT).encode(), "image/svg+xml", "bieu-do.svg")


@require_POST
def analysis_save(request: HttpRequest) -> HttpResponse:
    """Keep the choices of the address under a name."""
    if perms.analysis_post(request.user, request.today) is None:
        raise PermissionDenied
    query, form = saving.tidy(request.META.get("QUERY_STRING", "")), SaveAnalysisForm(request.POST)
    if form.is_valid():
        try:
            saving.save(query=query, by=request.user, now=request.now, **form.cleaned_data)
        except MoveRefused as refusal:
            form.add_error("name", refusal.messages)
        else:
            messages.success(request, _("Đã lưu “%s”.") % form.cleaned_data["name"])
            return redirect(f"{reverse('analysis')}?{query}")
    return _page(request, form)


@require_POST
def analysis_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one's own saved analysis."""
    row = get_object_or_404(SavedAnalysis.objects.visible_to(request.user, on=request.today), pk=pk)
    saving.remove(row, by=request.user)
    messages.success(request, _("Đã bỏ “%s”.") % row)
    return redirect("analysis")


def _periods(request: HttpRequest) -> list[Period]:
    """The periods that have begun, newest first, of both regimes."""
    if perms.analysis_post(request.user, request.today) is None:
        raise PermissionDenied
    agencies = request.user.scope(request.today).agency_ids
    rows = Period.objects.filter(agency__in=agencies, starts__lte=request.today).select_related("agency")
    return list(rows.order_by("-ends", "cumulative", "-pk")[:MOST_PERIODS])


def _asked(request: HttpRequest, periods: list[Period]) -> tuple[Choice, Lists]:
    usual = next((row for row in periods if not row.cumulative), periods[0])
    period = next((row for row in periods if row.code == request.GET.get("ky")), usual)
    lists = lists_of(period)
    return chosen(request.GET, periods, lists, period), lists


def _indicators(choice: Choice, lists: Lists) -> list:
    return lists.indicators if choice.by_indicator else [choice.indicator]


def _table(request: HttpRequest) -> tuple[Choice, tables.Table]:
    periods = _periods(request)
    if not periods:
        raise Http404
    choice, lists = _asked(request, periods)
    if problem(choice):
        raise Http404
    return choice, tables.table(choice, lists, gather(choice, _indicators(choice, lists)))


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
