"""The Director's screen and the tables behind it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.page_cache import until_changed
from documents.excel import CONTENT_TYPE, workbook
from documents.vietnamese import without_marks
from reporting import perms
from reporting.director.screen import default_period, periods_of, screen
from reporting.director.showing import behind, shown
from reporting.director.tables import TABLES
from reporting.models import Period, StockTake


def chosen_period(request: HttpRequest) -> tuple[Period | None, list[Period]]:
    """The period of `?ky=`, else the one that waits, else the newest; and all. 403 for who sees not the whole."""
    if not perms.sees_the_whole(request.user, request.today):
        raise PermissionDenied
    periods = periods_of(request.user.scope(request.today).agency_ids, request.today)
    chosen = next((period for period in periods if period.code == request.GET.get("ky")), None)
    return chosen or (default_period(periods) if periods else None), periods


def seen_now(request: HttpRequest, period: Period) -> dict:
    """The screen as this person sees it now."""
    decides = perms.decides(request.user, period.agency_id, request.today) is not None
    return screen(period, now=request.now, decides=decides)


@require_safe
@until_changed
def dashboard(request: HttpRequest) -> HttpResponse:
    """Điều hành: one period on one screen."""
    period, periods = chosen_period(request)
    if period is None:
        return render(request, "reporting/dashboard_empty.html")
    context = shown(seen_now(request, period), query={"ky": period.code})
    return render(request, "reporting/dashboard.html", context | {"period": period, **_beside(period, periods)})


def _beside(period: Period, periods: list[Period]) -> dict:
    """The periods before and after, and all of them by year."""
    place = periods.index(period)
    years: dict[int, list[Period]] = {}
    for each in periods:
        years.setdefault(each.year, []).append(each)
    later, earlier = periods[place - 1] if place else None, next(iter(periods[place + 1 :]), None)
    return {"later": later, "earlier": earlier, "years": list(years.items())}


@require_safe
@until_changed
def director_table(request: HttpRequest, name: str) -> HttpResponse:
    """The table behind a part of the screen, or with `?ban=` of a stock-take; `?dang=xlsx` gives it as Excel."""
    period, _periods = chosen_period(request)
    if name not in TABLES or period is None:
        raise Http404
    taken = request.GET.get("ban", "")
    if taken:
        known = StockTake.objects.visible_to(request.user, on=request.today)
        row = get_object_or_404(known, pk=taken) if taken.isascii() and taken.isdecimal() and len(taken) < 19 else None
        if row is None:
            raise Http404
        above = {"up_url": reverse("stock_take", args=[row.pk]), "up_label": str(row)}
        return _table_page(request, name, row.content, query={"ban": row.pk}, above=above)
    seen = seen_now(request, period)
    above = {"up_url": f"{reverse('dashboard')}?ky={period.code}", "up_label": _("Điều hành")}
    return _table_page(request, name, seen, query={"ky": period.code}, above=above)


def _table_page(request: HttpRequest, name: str, seen: dict, *, query: dict, above: dict) -> HttpResponse:
    """The table as a page or as Excel, of now or of a stock-take; `above` names the page that leads to it."""
    title, make = TABLES[name]
    table = make(seen)
    if request.GET.get("dang") == "xlsx":
        under = _("%(period)s; xem lúc %(at)s") % {"period": seen["period"]["label"], "at": seen["seen_at"][:16]}
        response = HttpResponse(workbook([table.sheet(str(title), under)]), content_type=CONTENT_TYPE)
        response["Content-Disposition"] = (
            f'attachment; filename="{without_marks(str(title))} {seen["period"]["code"]}.xlsx"'
        )
        return response
    others = behind(query)
    tabs = [(label, others[each.replace("-", "_")], each == name) for each, (label, _make) in TABLES.items()]
    context = {
        "table": table,
        "seen": seen,
        "tabs": tabs,
        **above,
        "excel": f"{others[name.replace('-', '_')]}&dang=xlsx",
    }
    return render(request, "reporting/director_table.html", context)
