"""The figures of date windows: two grouped queries, one a fact table, so that no join multiplies a sum.

A figure counts a result when its date lies in the window (both ends included) and the unit's report
covering that date has been received. A supplement (recorded after that report was handed in) counts
only in cumulative windows. Everything else is addition over the facts given here.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from plans.deadlines.periods import Window
from plans.deadlines.periods import window as year_window
from plans.models import Activity, Indicator, UnitPlanState
from plans.models.catalogue import IndicatorSource
from propaganda.models import Result
from reporting.models import UnitReport
from reporting.sums.triggers import ALL_QUANTITIES, ALL_RESULTS, is_covered

PLANNED_STATES = (UnitPlanState.ACCEPTED, UnitPlanState.AMENDING)
KEYS = ("unit", "area", "channel")
# What the results themselves say, by the source of the indicators it is a figure of.
SUMS = {
    IndicatorSource.RESULTS: (Count, "pk"),
    IndicatorSource.PARTICIPANTS: (Sum, "participants"),
    IndicatorSource.REACH: (Sum, "reach"),
    IndicatorSource.MONEY: (Sum, "money"),
}
SAID = {
    IndicatorSource.RESULTS: "COUNT(*)",
    IndicatorSource.PARTICIPANTS: "SUM(r.participants)",
    IndicatorSource.REACH: "SUM(r.reach)",
    IndicatorSource.MONEY: "SUM(r.money)",
}


@dataclass(frozen=True)
class Fact:
    """A sum: so many of an indicator by a unit in an area through a channel (ids)."""

    unit: int
    area: int
    channel: int
    indicator: int
    value: int


# What a unit did in an area of an indicator: their ids and the sum. Tens of thousands at a time, so plain tuples.
Cell = tuple[int, int, int, int]


class Table(NamedTuple):
    """The facts of a window, and how many of its results went through each channel (id)."""

    facts: list[Fact]
    by_channel: dict[int, int]


def counts_in(window: Window, *, cumulative: bool) -> Q:
    """Which results a window counts: those dated in it, supplements only where it is cumulative."""
    dated = Q(happened_on__range=(window.starts, window.ends))
    return dated if cumulative else dated & Q(supplement=False)


def received_results(agency_id: int) -> QuerySet[Result]:
    """The results whose day a received report of their unit covers."""
    received = UnitReport.objects.received().filter(
        unit=OuterRef("unit"),
        period__starts__lte=OuterRef("happened_on"),
        period__ends__gte=OuterRef("happened_on"),
    )
    return Result.objects.filter(Exists(received), agency_id=agency_id)


def counted_results(agency_id: int, window: Window, *, cumulative: bool) -> QuerySet[Result]:
    """The results behind the figures of a window; every list behind a figure starts from here."""
    return received_results(agency_id).filter(counts_in(window, cumulative=cumulative))


def cells(
    agency_id: int, window: Window, indicators: Iterable[Indicator], *, cumulative: bool,
    units: Collection[int] | None = None,
) -> list[Cell]:  # fmt: skip
    """Sums by unit × area × indicator, in two queries whatever their number; of `units` (ids) alone, if given.

    Bare SQL, since this is what a roll-up waits for; what counts is said as the triggers of the sums say it.
    """
    counted = ["r.agency_id = %s", "r.happened_on BETWEEN %s AND %s", is_covered()]
    counted += [] if cumulative else ["NOT r.supplement"]
    counted += [] if units is None else [f"r.unit_id IN {_among(units)}"]
    params = [agency_id, window.starts.isoformat(), window.ends.isoformat()]
    by_source = _by_source(indicators)
    recorded = [*counted, f"q.indicator_id IN {_among(by_source[IndicatorSource.QUANTITY])}"]
    found = _rows("r.unit_id, r.area_id, q.indicator_id", ["SUM(q.value)"], ALL_QUANTITIES, recorded, params)
    said = {sums: by_source[source] for source, sums in SAID.items() if by_source[source]}
    if said:
        for unit, area, *totals in _rows("r.unit_id, r.area_id", list(said), ALL_RESULTS, counted, params):
            for of_source, total in zip(said.values(), totals, strict=True):
                if total is not None:
                    found.extend((unit, area, indicator, total) for indicator in of_source)
    return found


def _among(keys: Iterable[int]) -> str:
    return f"({', '.join(map(str, keys)) or 'NULL'})"


def _rows(keys: str, sums: list[str], rows: str, where: list[str], params: list) -> list[tuple]:
    """Whole numbers: what PostgreSQL adds up would be a decimal one."""
    whole = ", ".join(f"CAST({each} AS bigint)" for each in sums)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {keys}, {whole} FROM {rows} WHERE {' AND '.join(where)} GROUP BY {keys}", params)  # noqa: S608
        return cursor.fetchall()


def _by_source(indicators: Iterable[Indicator]) -> dict[str, list[int]]:
    by_source = defaultdict(list)
    for indicator in indicators:
        by_source[indicator.source].append(indicator.pk)
    return by_source


def facts(results: QuerySet[Result], indicators: Iterable[Indicator]) -> list[Fact]:
    """Sums by unit × area × channel × indicator over `results`, in two queries whatever their number."""
    return tables(results, indicators, {"all": Q()})["all"].facts


def tables(results: QuerySet[Result], indicators: Iterable[Indicator], windows: Mapping[str, Q]) -> dict[str, Table]:
    """The same for several windows in the same two queries; `windows`: name → which of `results` it counts."""
    by_source = _by_source(indicators)
    found = {name: Table([], defaultdict(int)) for name in windows}
    results = results.filter(reduce(or_, windows.values())).order_by()
    quantities = results.filter(quantities__indicator__in=by_source[IndicatorSource.QUANTITY])
    grouped = quantities.values_list(*KEYS, "quantities__indicator")
    for name, key, (total,) in _summed(grouped, windows, [(Sum, "quantities__value")]):
        if total is not None:
            found[name].facts.append(Fact(*key, total))
    for name, (unit, area, channel), totals in _summed(results.values_list(*KEYS), windows, SUMS.values()):
        table, count = found[name], totals[0]
        if not count:
            continue
        table.by_channel[channel] += count
        for source, total in zip(SUMS, totals, strict=True):
            if total is not None:
                table.facts.extend(Fact(unit, area, channel, indicator, total) for indicator in by_source[source])
    return found


def _summed(grouped: QuerySet, windows: Mapping[str, Q], sums: Collection) -> Iterator[tuple]:
    """(window, key, its sums) for each group and window; a sum over no row is None, a count 0."""
    wanted = {
        f"{name}_{number}": function(field, filter=counts)
        for name, counts in windows.items()
        for number, (function, field) in enumerate(sums)
    }
    for row in grouped.annotate(**wanted):
        start = len(row) - len(wanted)
        key = row[:start]
        for name in windows:
            yield name, key, row[start : start + len(sums)]
            start += len(sums)


def total_by(found: Iterable, key: Callable, value: str = "value") -> dict:
    """Add `value` of the rows that share a key; a key of which nothing is known is absent (not zero)."""
    totals: dict = defaultdict(int)
    for row in found:
        if (known := getattr(row, value)) is not None:
            totals[key(row)] += known
    return dict(totals)


@dataclass(frozen=True)
class Planned:
    """What a unit's accepted plan has in an area for an indicator (ids; None: for none), as of a window's end.

    Tasks in all, due by then, due in the window itself, begun or done by then, both of these.
    Quantity and money (đồng) of the year, None if not said.
    """

    unit: int
    area: int
    indicator: int | None
    tasks: int
    due: int
    due_in: int
    done: int
    due_done: int
    due_in_done: int
    quantity: int | None
    money: int | None


def planned(agency_id: int, year: int, window: Window, *, unit: int | None = None) -> list[Planned]:
    """Plan against done, in two queries; a task is done when a result counts for it by the window's end.

    Of one `unit` (id) alone, if given: its own pages do not read the plans of all.
    """
    plans = {"unit_plan__agency": agency_id, "unit_plan__plan__year": year, "unit_plan__state__in": PLANNED_STATES}
    if unit:
        plans["unit_plan__unit"] = unit
    rows = (
        Activity.objects.filter(**plans)
        .values_list("unit_plan__unit", "area", "indicator")
        .annotate(
            tasks=Count("pk"),
            due=Count("pk", filter=Q(ends__lte=window.ends)),
            due_in=Count("pk", filter=Q(ends__range=(window.starts, window.ends))),
            known_quantity=Sum("quantity"),
            known_money=Sum("money"),
        )
        .order_by()
    )
    done = _done(plans, agency_id, year, window)
    return [
        Planned(*key, tasks, due, due_in, *done.get(tuple(key), (0, 0, 0)), quantity, money)
        for *key, tasks, due, due_in, quantity, money in rows
    ]


def _done(plans: dict, agency_id: int, year: int, window: Window) -> dict[tuple, tuple[int, int, int]]:
    """(unit, area, indicator) → tasks that a result counts for by the window's end; of them those due, due in it."""
    so_far = Window(year_window("Y", year).starts, window.ends)
    of_plans = {f"activity__{name}": value for name, value in plans.items()}
    rows = (
        counted_results(agency_id, so_far, cumulative=True)
        .filter(**of_plans)
        .values_list("activity__unit_plan__unit", "activity__area", "activity__indicator")
        .annotate(
            done=Count("activity", distinct=True),
            due_done=Count("activity", distinct=True, filter=Q(activity__ends__lte=window.ends)),
            due_in_done=Count("activity", distinct=True, filter=Q(activity__ends__range=(window.starts, window.ends))),
        )
        .order_by()
    )
    return {tuple(row[:3]): tuple(row[3:]) for row in rows}
