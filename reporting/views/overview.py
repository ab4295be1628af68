"""The first page of everyone, and the rows behind a figure."""

import re

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts import recent
from accounts.page_cache import until_changed
from documents.dates import short_date
from plans.deadlines.periods import Window, window
from plans.models import Audience, Channel, ContentArea, Indicator, Plan
from plans.perms import may_run_deadlines
from plans.reference import AUDIENCE_PARTS
from propaganda.models import Result
from reporting import figures, perms, work
from reporting.behind import with_values
from reporting.director.screen import year_start
from reporting.models import Period

PAGE = 50


@until_changed
def home(request: HttpRequest) -> HttpResponse:
    """Việc của tôi: what waits, what is new, which deadlines are ahead."""
    on = request.today
    plan = Plan.objects.visible_to(request.user, on=on).in_force().first()
    context = {
        "waiting": work.waiting_for(request.user, now=request.now),
        "notices": request.user.notices.unread()[:5],
        "deadlines": work.deadlines_ahead(request.user, now=request.now),
        "plan": plan,
        "collections": work.collections(request.user, now=request.now),
        "recent": recent.items(request),
        "may_remind": may_run_deadlines(request.user, on),
    }
    return render(request, "reporting/home.html", context)


def figure_rows(request: HttpRequest, code: str) -> HttpResponse:
    """The results behind a figure; pham_vi=nam for the year so far.

    Filters: don_vi, noi_dung, chi_tieu, hinh_thuc, doi_tuong, thang ("2022-03"); toi: an audience, whoever is for
    everybody included.
    """
    period = get_object_or_404(Period.objects.visible_to(request.user, on=request.today), code=code)
    to_year = request.GET.get("pham_vi") == "nam"
    starts = year_start(period) if to_year else period.starts
    days = Window(starts, period.ends)
    results = figures.counted_results(period.agency_id, days, cumulative=to_year or period.cumulative)
    results = results.filter(pk__in=Result.objects.visible_to(request.user, on=request.today).values("pk"))
    results, words = _narrowed(results, request, period)
    indicator = _indicator(request)
    results, total = with_values(results, indicator)
    page = Paginator(results.order_by("happened_on", "pk"), PAGE).get_page(request.GET.get("page"))
    context = {
        "period": period,
        "page": page,
        "indicator": indicator,
        "total": total,
        "heading": " – ".join([str(indicator) if indicator else _("Kết quả"), *words]),
        "lead": _("Các kết quả đã được tiếp nhận từ ngày %(starts)s đến hết ngày %(ends)s.")
        % {"starts": short_date(days.starts), "ends": short_date(days.ends)},
        "seen_whole": perms.sees_the_whole(request.user, request.today),
    }
    return render(request, "reporting/figure_rows.html", context)


def _narrowed(results, request: HttpRequest, period: Period):
    """Filter by unit, area and channel codes; gives the words of the filters too. An unknown code is a 404."""
    words = []
    for parameter, lookup, options in (
        ("don_vi", "unit", period.agency.units.all()),
        ("noi_dung", "area", ContentArea.objects.select_related("scheme")),
        ("hinh_thuc", "channel", Channel.objects.all()),
        ("doi_tuong", "audience", Audience.objects.all()),
    ):
        if code := request.GET.get(parameter):
            option = options.filter(code=code).first()
            if option is None:
                raise Http404
            words.append(str(option))
            results = results.filter(**{f"{lookup}__code": code})
    if reached := request.GET.get("toi"):
        audience = get_object_or_404(Audience, code=reached)
        words.append(_("tới %s") % audience)
        wider = [code for code, parts in AUDIENCE_PARTS.items() if reached in parts]
        results = results.filter(audience__code__in=[reached, *wider])
    if month := request.GET.get("thang"):
        days = _days_of(month)
        words.append(_("tháng %(month)d/%(year)d") % {"month": int(month[5:]), "year": int(month[:4])})
        results = results.filter(happened_on__range=(days.starts, days.ends))
    return results.select_related("unit", "area", "channel"), words


def _days_of(month: str) -> Window:
    """The days of a reporting month, "2022-03" (15/02 – 14/3/2022); 404 for what is none."""
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month, re.ASCII):
        raise Http404
    return window(f"M{month[5:]}", int(month[:4]))


def _indicator(request: HttpRequest) -> Indicator | None:
    code = request.GET.get("chi_tieu")
    return get_object_or_404(Indicator, code=code) if code else None
