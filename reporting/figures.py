"""The figures of a date window: two grouped queries, one a fact table, so that no join multiplies a sum.

A figure counts a result when its date lies in the window (both ends included) and the unit's report
covering that date has been received. A supplement (recorded after that report was handed in) counts
only in cumulative windows. Everything else is addition over the facts given here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from plans.models import Activity, Indicator, UnitPlanState
from plans.models.catalogue import IndicatorSource
from plans.periods import Window
from plans.periods import window as year_window
from propaganda.models import Result, ResultQuantity
from reporting.models import UnitReport

PLANNED_STATES = (UnitPlanState.ACCEPTED, UnitPlanState.AMENDING)


@dataclass(frozen=True)
class Fact:
    """A sum: so many of an indicator by a unit in an area through a channel (ids)."""

    unit: int
    area: int
    channel: int
    indicator: int
    value: int


def counted_results(agency_id: int, window: Window, *, cumulative: bool) -> QuerySet[Result]:
    """The results behind the figures of a window; every list behind a figure starts from here."""
    received = UnitReport.objects.received().filter(
        unit=OuterRef("unit"),
        period__starts__lte=OuterRef("happened_on"),
        period__ends__gte=OuterRef("happened_on"),
    )
    results = Result.objects.filter(agency_id=agency_id).within(window.starts, window.ends)
    if not cumulative:
        results = results.without_supplements()
    return results.filter(Exists(received))


def facts(results: QuerySet[Result], indicators: Iterable[Indicator]) -> list[Fact]:
    """Sums by unit × area × channel × indicator over `results`, in two queries whatever their number."""
    by_source = defaultdict(list)
    for indicator in indicators:
        by_source[indicator.source].append(indicator.pk)
    quantities = (
        ResultQuantity.objects.filter(result__in=results, indicator__in=by_source[IndicatorSource.QUANTITY])
        .values_list("result__unit", "result__area", "result__channel", "indicator")
        .annotate(total=Sum("value"))
        .order_by()
    )
    found = [Fact(*row) for row in quantities]
    sums = (
        results.values_list("unit", "area", "channel")
        .annotate(n=Count("pk"), people=Sum("participants"), reach=Sum("reach"), spent=Sum("money"))
        .order_by()
    )
    sources = (IndicatorSource.RESULTS, IndicatorSource.PARTICIPANTS, IndicatorSource.REACH, IndicatorSource.MONEY)
    for unit, area, channel, *totals in sums:
        for source, total in zip(sources, totals, strict=True):
            if total is not None:
                found.extend(Fact(unit, area, channel, indicator, total) for indicator in by_source[source])
    return found


def results_by_channel(results: QuerySet[Result]) -> dict[int, int]:
    """Channel id → how many of `results` went through it, in one query."""
    return dict(results.values_list("channel").annotate(n=Count("pk")).order_by())


def total_by(found: Iterable[Fact], key: Callable[[Fact], object]) -> dict:
    """Add facts that share a key; a key without facts is absent (not zero)."""
    totals: dict = defaultdict(int)
    for fact in found:
        totals[key(fact)] += fact.value
    return dict(totals)


def planned_quantities(agency_id: int, year: int) -> dict[tuple[int, int, int], int]:
    """(unit, area, indicator) → quantity planned for the year in accepted unit plans."""
    rows = (
        _planned_activities(agency_id, year)
        .filter(indicator__isnull=False, quantity__isnull=False)
        .values_list("unit_plan__unit", "area", "indicator")
        .annotate(total=Sum("quantity"))
        .order_by()
    )
    return {tuple(key): total for *key, total in rows}


def planned_money(agency_id: int, year: int) -> dict[tuple[int, int], int]:
    """(unit, area) → đồng planned for the year in accepted unit plans."""
    rows = (
        _planned_activities(agency_id, year)
        .filter(money__isnull=False)
        .values_list("unit_plan__unit", "area")
        .annotate(total=Sum("money"))
        .order_by()
    )
    return {(unit, area): total for unit, area, total in rows}


@dataclass(frozen=True)
class Progress:
    """Tasks of a unit in an area: planned for the year, due by the window's end, begun or done by then."""

    unit: int
    area: int
    planned: int
    due: int
    done: int
    due_done: int


def task_progress(agency_id: int, year: int, window: Window) -> list[Progress]:
    """Plan against done, by unit × area, in one query; a task is done when a result counts for it by then."""
    so_far = Window(year_window("Y", year).starts, window.ends)
    results = counted_results(agency_id, so_far, cumulative=True).filter(activity=OuterRef("pk"))
    due = Q(ends__lte=window.ends)
    rows = (
        _planned_activities(agency_id, year)
        .annotate(is_done=Exists(results))
        .values_list("unit_plan__unit", "area")
        .annotate(
            planned=Count("pk"),
            due=Count("pk", filter=due),
            done=Count("pk", filter=Q(is_done=True)),
            due_done=Count("pk", filter=due & Q(is_done=True)),
        )
        .order_by()
    )
    return [Progress(*row) for row in rows]


def _planned_activities(agency_id: int, year: int) -> QuerySet[Activity]:
    return Activity.objects.filter(
        unit_plan__agency=agency_id, unit_plan__plan__year=year, unit_plan__state__in=PLANNED_STATES
    )
