"""One pass over the units of a roll-up: what each did and planned as a row, and meanwhile the sums over all of them.

Everything is read in the order of the units and let go again, so that only sums and packed parts are held.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from operator import itemgetter

from plans.deadlines.periods import Window
from plans.indicators.kinds import Figure, Recorded, add, add_tallies, in_words, roll_up
from plans.models import ContentArea, Indicator
from plans.models.catalogue import IndicatorKind
from propaganda.models import ResultQuantity
from reporting import figures
from reporting.models import Period
from reporting.roll_ups.by_unit import Cell, Tasks, UnitRow, UnitRows, in_parts
from reporting.roll_ups.indicator_rows import SINGLE, PlanSums, adds
from reporting.sums.totals import Asked


def joined(kind: str, one: Figure, other: Figure) -> Figure:
    """Two units' figures of a stock or a code, or two sums, as one."""
    if one is None or other is None:
        return other if one is None else one
    return add_tallies((one, other)) if kind == IndicatorKind.CODE else one + other


class UnitPass:
    """The pass over `units` (id → code) in their `order` (all of the agency, figures.unit_order).

    `run` walks through them once; after it the sums stand. Units that owe nothing in the year have no row, what
    they planned and recorded counts in `plans` and `singles` all the same.
    """

    def __init__(
        self, period: Period, units: Mapping[int, str], order: Mapping[int, int], areas: Iterable[ContentArea],
        indicators: Sequence[Indicator], asked: Mapping[str, Asked], received: Mapping[str, Set[int]],
    ):  # fmt: skip
        self.period, self.units, self.order, self.asked, self.received = period, units, order, asked, received
        self.areas = {area.pk: area.code for area in areas}
        self.indicators = {row.pk: row for row in indicators}
        self.single = {row.code for row in indicators if row.kind in SINGLE}
        self.plans = PlanSums(received)
        self.singles: dict[str, dict[int, Figure]] = {name: {} for name in asked}
        self.by_area: dict[tuple[str, int], Figure] = {}  # (area's code, indicator) → over all units with a row
        self.tasks: dict[str, Tasks] = {}

    def run(self) -> UnitRows:
        return in_parts(self._rows())

    def cells(self) -> list[dict]:
        """The figures of the period by area and indicator, over all units."""
        return [
            {"area": area, "indicator": self.indicators[key].code, "value": plain(self.indicators[key], figure)}
            for (area, key), figure in sorted(self.by_area.items(), key=itemgetter(0))
        ]

    def single_of_area(self, area: str) -> dict[str, int | str]:
        """The stocks and codes of an area over all units, by indicator (code)."""
        cells = (each for each in self.cells() if each["area"] == area)
        return {each["indicator"]: each["value"] for each in cells if each["indicator"] in self.single}

    def task_rows(self) -> list[dict]:
        return [row._asdict() for _area, row in sorted(self.tasks.items())]

    def _rows(self) -> Iterator[UnitRow]:
        agency, days = self.period.agency_id, Window(self.period.starts, self.period.ends)
        summed = [row for row in self.indicators.values() if adds(row)]
        streams = (
            figures.cells_by_unit(agency, days, summed, cumulative=self.period.cumulative, order=self.order),
            figures.planned_by_unit(agency, self.period.year, days, order=self.order),
            self._recorded(agency),
        )
        for unit, (cells, planned, recorded) in aligned(self.order, streams):
            self.plans.add(unit, planned)
            found = {(area, indicator): value for _unit, area, indicator, value in cells} | self._single(recorded)
            if code := self.units.get(unit):
                yield UnitRow(code, list(self._cells(found)), list(self._tasks(unit, planned)))

    def _recorded(self, agency: int) -> Iterable[tuple[int, list[tuple]]]:
        """What was recorded of stocks and codes; without such an indicator nothing is asked."""
        single = [key for key, row in self.indicators.items() if row.kind in SINGLE]
        if not single:
            return ()
        days = [each.window for each in self.asked.values()]
        all_days = min(each.starts for each in days), max(each.ends for each in days)
        results = figures.received_results(agency).filter(happened_on__range=all_days)
        rows = (
            ResultQuantity.objects.filter(result__in=results, indicator__in=single)
            .order_by("result__unit__position", "result__unit", "result__happened_on", "result", "indicator")
            .values_list("result__unit", "indicator", "result__area", "result__happened_on", "result", "value",
                         "result__supplement")
        )  # fmt: skip
        return figures.by_first([rows.iterator(chunk_size=figures.FETCHED)], self.order)

    def _single(self, rows: Iterable[tuple]) -> dict[tuple[int | None, int], Figure]:
        """A unit's stocks and codes in the period, by area and (None) in all; every column is added up."""
        found: dict[tuple[int | None, int], list[Recorded]] = {}
        for name, asked in self.asked.items():
            given: dict[tuple[int | None, int], list[Recorded]] = {}
            for unit, indicator, area, day, result, value, supplement in rows:
                if asked.window.starts <= day <= asked.window.ends and (asked.cumulative or not supplement):
                    for place in (None, area):
                        given.setdefault((place, indicator), []).append(Recorded(unit, day, result, value))
            for (place, indicator), recorded in given.items():
                if place is None:
                    kind, sums = self.indicators[indicator].kind, self.singles[name]
                    sums[indicator] = joined(kind, sums.get(indicator), roll_up(kind, recorded))
            found = given if name == "value" else found
        return {key: roll_up(self.indicators[key[1]].kind, recorded) for key, recorded in found.items()}

    def _cells(self, found: Mapping[tuple[int | None, int], Figure]) -> Iterator[Cell]:
        """A unit's figures in the order of areas and indicators, each added to its area."""
        for (area, indicator), value in sorted(found.items(), key=lambda pair: (pair[0][0] or 0, pair[0][1])):
            row, code = self.indicators[indicator], "" if area is None else self.areas.get(area)
            if code is not None:
                if code:
                    key = code, indicator
                    self.by_area[key] = joined(row.kind, self.by_area.get(key), value)
                yield Cell(code, row.code, plain(row, value))

    def _tasks(self, unit: int, planned: Iterable[figures.Planned]) -> Iterator[Tasks]:
        known = unit in self.received["year"]
        by_area: dict[int, list[int]] = {}
        for row in planned:
            sums = by_area.setdefault(row.area, [0, 0, 0, 0])
            for place, value in enumerate((row.tasks, row.due, row.done, row.due_done)):
                sums[place] += value
        for area, (tasks, due, done, due_done) in sorted(by_area.items()):
            if code := self.areas.get(area):
                row = Tasks(code, tasks, due, done if known else None, due_done if known else None)
                before = self.tasks.get(code, Tasks(code, 0, 0, None, None))
                self.tasks[code] = Tasks(code, *(add(pair) for pair in zip(before[1:], row[1:], strict=True)))
                yield row


def plain(indicator: Indicator, figure: Figure) -> int | str:
    """A figure as a cell keeps it: a number, or the words of a code."""
    return in_words(indicator, figure) if isinstance(figure, Mapping) else figure


def aligned(order: Iterable[int], streams: Iterable[Iterable[tuple[int, list]]]) -> Iterator[tuple[int, list[list]]]:
    """(unit, its rows in each stream) for every unit of `order`, which the streams follow."""
    nothing = (None, [])
    walks = [iter(stream) for stream in streams]
    heads = [next(walk, nothing) for walk in walks]
    for unit in order:
        found = []
        for place, walk in enumerate(walks):
            at, rows = heads[place]
            found.append(rows if at == unit else [])
            if at == unit:
                heads[place] = next(walk, nothing)
        yield unit, found
