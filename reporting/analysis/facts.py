"""The figures of an analysis: two grouped queries over what counts (reporting.figures), however many cells.

One more for stocks and codes, three more for tasks of plans, when an indicator asks for them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import product

from django.db.models import Count, F, IntegerField, QuerySet, Sum, Value

from plans.indicators.kinds import Figure, Recorded, add, add_tallies, last_of_units, ratio, tally
from plans.models import Indicator
from plans.models.catalogue import IndicatorKind, IndicatorSource
from propaganda.models import Result
from reporting import figures
from reporting.analysis.choice import DIMENSIONS, Choice, refusal
from reporting.models import Period, UnitReport
from reporting.models.summary import MonthOf
from reporting.roll_ups.content import own_window
from reporting.roll_ups.indicator_rows import OF_TASKS, adds

Key = tuple[int, ...]  # an id for each of row and column that is not the indicator


class Facts:
    """What is known by key and indicator (id); figures of any part of the keys are made from it."""

    def __init__(self):
        self.counts: dict[int, dict[Key, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.recorded: dict[int, dict[Key, list[Recorded]]] = defaultdict(lambda: defaultdict(list))

    def figure(self, indicator: Indicator, keys: Iterable[Key]) -> Figure:
        """The figure over `keys`, by the rule of its kind (plans.indicators.kinds); None where nothing is known."""
        keys = list(keys)
        if indicator.kind == IndicatorKind.RATIO:
            return ratio(self._sum(indicator.numerator_id, keys), self._sum(indicator.denominator_id, keys))
        if indicator.kind == IndicatorKind.CODE:
            return add_tallies(tally(self.recorded[indicator.pk].get(key, ())) for key in keys)
        if indicator.kind == IndicatorKind.STOCK:
            rows = [row for key in keys for row in self.recorded[indicator.pk].get(key, ())]
            return add(row.value for row in last_of_units(rows).values())
        return self._sum(indicator.pk, keys)

    def _sum(self, indicator: int, keys: list[Key]) -> int | None:
        known = self.counts.get(indicator, {})
        return add(value for key in keys for value in known.get(key, ()))

    @cached_property
    def keys(self) -> set[Key]:
        return {key for of in (self.counts, self.recorded) for found in of.values() for key in found}

    @cached_property
    def _matching(self) -> dict[tuple, list[Key]]:
        found: dict[tuple, list[Key]] = defaultdict(list)
        for key in self.keys:
            for wanted in product(*((each, None) for each in key)):
                found[wanted].append(key)
        return found

    def matching(self, wanted: Iterable[int | None]) -> list[Key]:
        """The keys that have these ids; None stands for any."""
        return self._matching.get(tuple(wanted), [])


def gather(choice: Choice, indicators: list[Indicator]) -> Facts:
    """What the chosen dimensions need of `indicators` (parts of ratios are added to them)."""
    found, wanted = Facts(), _with_parts(indicators)
    if summed := [row for row in wanted if adds(row)]:
        _add_counts(found, choice, summed)
    if single := [row for row in wanted if row.kind in (IndicatorKind.STOCK, IndicatorKind.CODE)]:
        _add_recorded(found, choice, [row.pk for row in single])
    if tasks := [row for row in wanted if row.source in OF_TASKS and not refusal(row, choice)]:
        _add_tasks(found, choice, tasks)
    return found


def _with_parts(indicators: list[Indicator]) -> list[Indicator]:
    rows = {row.pk: row for row in indicators}
    for row in indicators:
        if row.numerator_id:
            rows |= {part.pk: part for part in (row.numerator, row.denominator)}
    return list(rows.values())


def _fields(choice: Choice) -> list[str]:
    return [name for name in choice.dimensions if name != "chi-tieu"]


def _results(choice: Choice, number: int, period: Period) -> QuerySet[Result]:
    """What counts in one period, narrowed; `part` is its number, `month` the reporting month."""
    results = figures.counted_results(period.agency_id, own_window(period), cumulative=period.cumulative)
    narrowed = {DIMENSIONS[name].field: row for name, row in choice.filters.items()}
    return (
        results.filter(**narrowed).order_by().annotate(part=Value(number, IntegerField()), month=MonthOf("happened_on"))
    )


def _place(name: str) -> str:
    return "part" if name == "ky" else DIMENSIONS[name].field


def _union(queries: list[QuerySet]) -> QuerySet:
    return queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]


def _add_counts(found: Facts, choice: Choice, indicators: list[Indicator]) -> None:
    by_source: dict[str, list[int]] = defaultdict(list)
    for row in indicators:
        by_source[row.source].append(row.pk)
    places, parts = [_place(name) for name in _fields(choice)], list(enumerate(choice.periods))
    named = {f"key_{number}": F(place) for number, place in enumerate(places)}
    if quantities := by_source.pop(IndicatorSource.QUANTITY, None):
        rows = _union(
            [
                _results(choice, *part)
                .filter(quantities__indicator__in=quantities)
                .annotate(**named, of=F("quantities__indicator"))
                .values_list("part", *named, "of")
                .annotate(total=Sum("quantities__value"))
                for part in parts
            ]
        )
        for _part, *key, indicator, total in rows:
            found.counts[indicator][tuple(key)].append(total)
    if not by_source:
        return
    said = {source: figures.SUMS[source] for source in by_source}
    sums = {f"sum_{number}": function(field) for number, (function, field) in enumerate(said.values())}
    rows = _union(
        [
            _results(choice, *part).annotate(**named).values_list("part", *named).annotate(many=Count("pk"), **sums)
            for part in parts
        ]
    )
    for _part, *row in rows:
        key, (many, *totals) = tuple(row[: len(named)]), row[len(named) :]
        for source, total in zip(said, totals, strict=True):
            if many and total is not None:
                for indicator in by_source[source]:
                    found.counts[indicator][key].append(total)


def _add_recorded(found: Facts, choice: Choice, indicators: list[int]) -> None:
    places = [_place(name) for name in _fields(choice)]
    rows = _union(
        [
            _results(choice, *part)
            .filter(quantities__indicator__in=indicators)
            .values_list(
                *places, "quantities__indicator", "unit_id", "happened_on", "pk", "quantities__value"
            )
            for part in enumerate(choice.periods)
        ]
    )  # fmt: skip
    for *key, indicator, unit, day, order, value in rows:
        found.recorded[indicator][tuple(key)].append(Recorded(unit, day, order, value))


def _add_tasks(found: Facts, choice: Choice, indicators: list[Indicator]) -> None:
    """Tasks due in the period and those done, of units whose report was received (as task_figures counts them)."""
    period = choice.period
    planned = figures.planned(period.agency_id, period.year, own_window(period))
    received = set(
        UnitReport.objects.received()
        .filter(agency=period.agency_id, period__regime="quarterly")
        .filter(period__year=period.year, period__starts__gte=period.starts, period__ends__lte=period.ends)
        .values_list("unit", flat=True)
    )
    wanted = {DIMENSIONS[name].field: row.pk for name, row in choice.filters.items()}
    names = {IndicatorSource.TASKS: "due_in", IndicatorSource.TASKS_DONE: "due_in_done"}
    fields = [DIMENSIONS[name].field for name in _fields(choice)]
    rows = [row for row in planned if row.unit in received and _matches(row, wanted)]
    for row in rows if sum(row.due_in for row in rows) else ():
        for indicator in indicators:
            key = tuple(getattr(row, field) for field in fields)
            found.counts[indicator.pk][key].append(getattr(row, names[indicator.source]))


def _matches(row, wanted: Mapping[str, int]) -> bool:
    return all(getattr(row, field) == value for field, value in wanted.items())
