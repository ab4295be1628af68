"""The figures of date windows: two grouped queries, one a fact table, so that no join multiplies a sum.

A figure counts a result when its date lies in the window (both ends included) and the unit's report
covering that date has been received. A supplement (recorded after that report was handed in) counts
only in cumulative windows. Everything else is addition over the facts given here.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from heapq import merge
from itertools import groupby
from operator import itemgetter, or_
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from accounts.models import Unit
from plans.deadlines.periods import Window
from plans.deadlines.periods import window as year_window
from plans.models import Activity, Indicator, UnitPlanState
from plans.models.catalogue import IndicatorSource
from propaganda.models import Result
from reporting.models import UnitReport
from reporting.sums.triggers import ALL_QUANTITIES, ALL_RESULTS, is_covered

PLANNED_STATES = (UnitPlanState.ACCEPTED, UnitPlanState.AMENDING)
KEYS = ("unit", "area", "channel")
FETCHED = 5_000  # rows of a stream that are held at a time
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
    found: list[Cell] = []
    for rows in _cell_rows(agency_id, window, indicators, cumulative=cumulative, units=units):
        found.extend(rows)
    return found


def cells_by_unit(
    agency_id: int, window: Window, indicators: Iterable[Indicator], *, cumulative: bool, order: Mapping[int, int]
) -> Iterator[tuple[int, list[Cell]]]:
    """The same unit by unit in their `order` (unit_order), read as they are asked for: never all of them are held."""
    return by_first(_cell_rows(agency_id, window, indicators, cumulative=cumulative, ordered=True), order)


def unit_order(agency_id: int) -> dict[int, int]:
    """Unit (id) → its place in the order in which the office lists its units."""
    units = Unit.objects.filter(agency=agency_id).order_by("position", "pk")
    return {unit: place for place, unit in enumerate(units.values_list("pk", flat=True))}


def by_first(streams: Iterable[Iterable[tuple]], order: Mapping[int, int]) -> Iterator[tuple[int, list]]:
    """Streams of rows that begin with a unit, each in `order`, as (unit, its rows of all streams)."""
    first = itemgetter(0)
    each = [((unit, list(rows)) for unit, rows in groupby(stream, first)) for stream in streams]
    for unit, found in groupby(merge(*each, key=lambda pair: order[pair[0]]), first):
        yield unit, [row for _unit, rows in found for row in rows]


def _cell_rows(
    agency_id: int, window: Window, indicators: Iterable[Indicator], *, cumulative: bool,
    units: Collection[int] | None = None, ordered: bool = False,
) -> Iterator[Iterable[Cell]]:  # fmt: skip
    """Two queries: what was counted by indicator, and what the results themselves say."""
    counted = ["r.agency_id = %s", "r.happened_on BETWEEN %s AND %s", is_covered()]
    counted += [] if cumulative else ["NOT r.supplement"]
    counted += [] if units is None else [f"r.unit_id IN {_among(units)}"]
    params = [agency_id, window.starts.isoformat(), window.ends.isoformat()]
    by_source = _by_source(indicators)
    recorded = [*counted, f"q.indicator_id IN {_among(by_source[IndicatorSource.QUANTITY])}"]
    rows = _ordered if ordered else _rows
    yield rows("r.unit_id, r.area_id, q.indicator_id", ["SUM(q.value)"], ALL_QUANTITIES, recorded, params)
    said = {sums: by_source[source] for source, sums in SAID.items() if by_source[source]}
    if said:
        yield _said(rows("r.unit_id, r.area_id", list(said), ALL_RESULTS, counted, params), list(said.values()))


def _said(rows: Iterable[tuple], of_sources: list[list[int]]) -> Iterator[Cell]:
    for unit, area, *totals in rows:
        for of_source, total in zip(of_sources, totals, strict=True):
            if total is not None:
                for indicator in of_source:
                    yield unit, area, indicator, total


def _among(keys: Iterable[int]) -> str:
    return f"({', '.join(map(str, keys)) or 'NULL'})"


def _rows(keys: str, sums: list[str], rows: str, where: list[str], params: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(_grouped(keys, sums, rows, where), params)
        return cursor.fetchall()


def _ordered(keys: str, sums: list[str], rows: str, where: list[str], params: list) -> Iterator[tuple]:
    """The rows in the units' order, fetched some thousands at a time."""
    grouped = _grouped(keys, sums, rows, where)
    ordered = f"SELECT g.* FROM ({grouped}) g JOIN accounts_unit u ON u.id = g.unit_id ORDER BY u.position, u.id"  # noqa: S608
    with connection.chunked_cursor() as cursor:
        cursor.execute(ordered, params)
        while found := cursor.fetchmany(FETCHED):
            yield from found


def _grouped(keys: str, sums: list[str], rows: str, where: list[str]) -> str:
    """Whole numbers: what PostgreSQL adds up would be a decimal one."""
    whole = ", ".join(f"CAST({each} AS bigint)" for each in sums)
    return f"SELECT {keys}, {whole} FROM {rows} WHERE {' AND '.join(where)} GROUP BY {keys}"  # noqa: S608


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
    rows, done = _planned(agency_id, year, window, unit), _done(agency_id, year, window, unit)
    return _joined([*rows, *done])


def planned_by_unit(
    agency_id: int, year: int, window: Window, *, order: Mapping[int, int]
) -> Iterator[tuple[int, list[Planned]]]:
    """The same unit by unit in their `order` (unit_order), read as they are asked for."""
    keys = ("unit_plan__unit__position", "unit_plan__unit")
    rows, done = _planned(agency_id, year, window).order_by(*keys), _done(agency_id, year, window)
    done = done.order_by(*(f"activity__{name}" for name in keys))
    for unit, found in by_first((each.iterator(chunk_size=FETCHED) for each in (rows, done)), order):
        yield unit, _joined(found)


def _of_plans(agency_id: int, year: int, unit: int | None) -> dict:
    plans = {"unit_plan__agency": agency_id, "unit_plan__plan__year": year, "unit_plan__state__in": PLANNED_STATES}
    return plans | ({"unit_plan__unit": unit} if unit else {})


def _planned(agency_id: int, year: int, window: Window, unit: int | None = None) -> QuerySet:
    return (
        Activity.objects.filter(**_of_plans(agency_id, year, unit))
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


def _done(agency_id: int, year: int, window: Window, unit: int | None = None) -> QuerySet:
    """Tasks that a result counts for by the window's end; of them those due, due in it."""
    so_far = Window(year_window("Y", year).starts, window.ends)
    return (
        counted_results(agency_id, so_far, cumulative=True)
        .filter(**{f"activity__{name}": value for name, value in _of_plans(agency_id, year, unit).items()})
        .values_list("activity__unit_plan__unit", "activity__area", "activity__indicator")
        .annotate(
            done=Count("activity", distinct=True),
            due_done=Count("activity", distinct=True, filter=Q(activity__ends__lte=window.ends)),
            due_in_done=Count("activity", distinct=True, filter=Q(activity__ends__range=(window.starts, window.ends))),
        )
        .order_by()
    )


def _joined(rows: Iterable[tuple]) -> list[Planned]:
    """Rows of what is planned and rows of what is done, told apart by their length, as one row for each key."""
    plans = {row[:3]: row[3:] for row in rows if len(row) == 8}
    done = {row[:3]: row[3:] for row in rows if len(row) == 6}
    return [
        Planned(*key, tasks, due, due_in, *done.get(key, (0, 0, 0)), quantity, money)
        for key, (tasks, due, due_in, quantity, money) in plans.items()
    ]
