"""The ranking indices: their standing against the plan, and what was published of each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Agency, Event
from documents.excel import CONTENT_TYPE, workbook
from plans import perms
from plans.models import IndexTarget, IndexValue, Plan, RankingIndex
from plans.rankings import showing, standing


@require_safe
def index_list(request: HttpRequest) -> HttpResponse:
    """Every index with the targets of a year's plan, aims, latest values and trends; `?nam=` chooses the year."""
    agency = agency_of(request)
    years = list(Plan.objects.in_force().filter(agency=agency).order_by("-year").values_list("year", flat=True))
    asked = request.GET.get("nam", "")
    year = next((year for year in years if str(year) == asked), years[0] if years else request.today.year)
    context = {
        "year": str(year),
        "years": [str(year) for year in years],
        "standings": standing.standings(agency, year, on=request.today),
        "may_keep": perms.may_keep_index_values(request.user, request.today) is not None,
    }
    return render(request, "plans/index_list.html", context)


@require_safe
def ranking_index(request: HttpRequest, code: str) -> HttpResponse:
    """One index: its series, charts, and the table of what was published, the newest first."""
    agency, index = agency_of(request), get_object_or_404(RankingIndex, code=code)
    values = _values(request, agency, index)
    plan = Plan.objects.in_force().filter(agency=agency).order_by("-year").first()
    targets = IndexTarget.objects.filter(plan=plan, index=index.short).select_related("basis") if plan else ()
    schemes, year = list(index.schemes.all()), plan.year if plan else request.today.year
    context = {
        "index": index,
        "schemes": schemes,
        "standing": standing.standing(index, schemes, values, targets, year=year, on=request.today),
        "rows": [(value, standing.score_words(value), standing.rank_words(value)) for value in reversed(values)],
        "charts": showing.charts(index.short, values),
        "events": Event.objects.about(index).visible_to(request.user, on=request.today),
        "may_keep": perms.may_keep_index_values(request.user, request.today) is not None,
    }
    return render(request, "plans/ranking_index.html", context)


@require_safe
def ranking_index_excel(request: HttpRequest, code: str) -> HttpResponse:
    """All that was published of an index, as a workbook."""
    agency, index = agency_of(request), get_object_or_404(RankingIndex, code=code)
    content = workbook([showing.sheet(index.short, _values(request, agency, index))])
    return excel(content, f"chi-so-{index.code}.xlsx")


def _values(request: HttpRequest, agency: Agency, index: RankingIndex) -> list[IndexValue]:
    shown = IndexValue.objects.visible_to(request.user, on=request.today)
    return list(shown.filter(agency=agency, scheme__index=index, published_on__lte=request.today).in_order())


def agency_of(request: HttpRequest) -> Agency:
    """The agency of the person's first post."""
    posts = request.user.posts_on(request.today)
    if not posts:
        raise Http404(_("Tài khoản chưa có vị trí công tác."))
    return posts[0].agency


def excel(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
