"""The lists: what was planned against what was done, and everything recorded."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Unit
from accounts.ordering import chosen_order
from accounts.page_cache import until_changed
from documents.numbers import format_number
from plans.deadlines.periods import KINDS, window, year_of
from plans.models import Activity
from propaganda import perms, planned
from propaganda.forms import ResultFilter
from propaganda.models import Result

PAGE_SIZE = 50
ORDERS = ("happened_on", "recorded_at", "unit__position", "area__position", "files")
SHORTCUTS = ("Q1", "Q2", "Q3", "Q4", "Y")


@require_safe
@until_changed
def result_list(request: HttpRequest) -> HttpResponse:
    """Results the person sees, narrowed and sorted as asked."""
    units = Unit.objects.visible_to(request.user, on=request.today)
    form = ResultFilter(request.GET, units=units)
    order = chosen_order(request.GET, ORDERS, "-happened_on")
    results = (
        form.narrow(Result.objects.visible_to(request.user, on=request.today))
        .select_related("unit", "area", "channel", "activity")
        .prefetch_related("quantities__indicator")
        .annotate(files=Count("evidence"))
        .order_by(order, "-pk")
    )
    context = {
        "page": Paginator(results, PAGE_SIZE).get_page(request.GET.get("page")),
        "form": form,
        "order": order,
        "periods": _periods(year_of(request.today)),
        "may_record": bool(perms.units_to_record_for(request.user, request.today)),
        "narrowed": any(request.GET.get(name) for name in form.fields),
        "several_units": "unit" in form.fields,
    }
    return render(request, "propaganda/result_list.html", context)


def _periods(year: int) -> list[dict]:
    """The reporting windows of the year, as links that fill in the two days."""
    return [{"label": KINDS[kind].label.format(year=year), "window": window(kind, year)} for kind in SHORTCUTS]


@dataclass(frozen=True)
class PlannedRow:
    """One activity with its figures and whether this person may record for it."""

    activity: Activity
    done: int | None
    may_record: bool
    today: date

    @property
    def percent(self) -> int | None:
        if not self.activity.quantity or self.done is None:
            return None
        return 100 * self.done // self.activity.quantity

    @property
    def words(self) -> str:
        """ "500/2.000 tờ"; "" without an indicator."""
        indicator = self.activity.indicator
        if indicator is None:
            return ""
        figures = f"{format_number(self.done)}/{format_number(self.activity.quantity)}"
        return f"{figures} {indicator.unit_of_measure}"

    @property
    def is_late(self) -> bool:
        """Its time is over, and what was planned is not reached, or nothing at all was recorded."""
        reached = self.is_reached if self.activity.quantity else self.activity.results_recorded > 0
        return self.activity.ends < self.today and not reached

    @property
    def is_reached(self) -> bool:
        return self.percent is not None and self.percent >= 100


@require_safe
@until_changed
def activity_list(request: HttpRequest) -> HttpResponse:
    """The accepted activities of a year with what has been done of each."""
    years = planned.years(request.user, on=request.today)
    year = planned.year_to_show(request.GET.get("year", ""), years, request.today)
    units = Unit.objects.visible_to(request.user, on=request.today)
    chosen = _chosen(units, request.GET.get("unit", ""))
    activities = Activity.objects.visible_to(request.user, on=request.today).filter(unit_plan__plan__year=year)
    if chosen:
        activities = activities.filter(unit_plan__unit=chosen)
    activities = planned.with_done(planned.accepted(activities)).order_by(
        "unit_plan__unit__position", "area__position", "starts", "pk"
    )
    page = Paginator(activities, PAGE_SIZE).get_page(request.GET.get("page"))
    own = {unit.pk for unit in perms.units_to_record_for(request.user, request.today)}
    context = {
        "page": page,
        "rows": [PlannedRow(row, planned.done(row), row.unit_plan.unit_id in own, request.today) for row in page],
        "year": year,
        "years": years,
        "units": units if len(units) > 1 else [],
        "chosen": chosen,
        "may_record": bool(own),
    }
    return render(request, "propaganda/activity_list.html", context)


def _chosen(units, asked: str) -> Unit | None:
    """The unit asked for among those seen; anything else is no choice."""
    return next((unit for unit in units if str(unit.pk) == asked), None)
