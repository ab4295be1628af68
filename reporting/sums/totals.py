"""Totals of a window by area, channel, audience and month: two queries, whatever the number of units and results.

They come from the kept sums; a window that is not made of whole reporting months (from the 15th to the 14th) is
counted from the results instead. Both give the same to the last digit.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, F, IntegerField, QuerySet, Sum, Value

from plans.deadlines.periods import Window
from plans.models import Indicator
from plans.models.catalogue import IndicatorSource
from reporting.figures import counted_results
from reporting.models import QuantitySum, ResultSum
from reporting.models.summary import MonthOf, months_of
from reporting.models.summary import Sum as KeptSum

DIMENSIONS = ("area", "channel", "audience", "month")


class Totals(NamedTuple):
    """By one dimension: sums by (key, indicator), and by key the results behind them.

    A key is an id, that of a month its number (`month_of`). What nobody recorded is absent, not zero.
    """

    values: dict[tuple[int, int], int]
    results: dict[int, int]

    def by_indicator(self) -> dict[int, int]:
        """All keys together."""
        found: dict[int, int] = {}
        for (_key, indicator), value in self.values.items():
            found[indicator] = found.get(indicator, 0) + value
        return found


@dataclass(frozen=True)
class Asked:
    """Which totals: of which days, by which dimensions; supplements count only where it is `cumulative`."""

    window: Window
    cumulative: bool
    by: Sequence[str] = DIMENSIONS


def totals(agency_id: int, indicators: Iterable[Indicator], asked: Mapping[str, Asked]) -> dict[str, dict[str, Totals]]:
    """Name of what is asked → dimension → totals over all received units, in two queries; `indicators` must be such
    as add up (counts, and the parts of ratios). Two queries more for windows that are not made of whole months.
    """
    found = {name: {dimension: Totals({}, {}) for dimension in each.by} for name, each in asked.items()}
    of_source: dict[str, list[int]] = {}
    for indicator in indicators:
        of_source.setdefault(indicator.source, []).append(indicator.pk)
    for source in (_Kept, _Counted):
        parts = [
            (source, agency_id, name, dimension, each)
            for name, each in asked.items()
            for dimension in each.by
            if source.answers(each.window)
        ]
        if parts:
            _add_quantities(found, parts, of_source.get(IndicatorSource.QUANTITY, []))
            _add_results(found, parts, of_source)
    return found


class _Kept:
    """Totals from the kept sums."""

    said = {
        IndicatorSource.RESULTS: (Sum("results"), Sum("results")),
        IndicatorSource.PARTICIPANTS: (Sum("participants"), Sum("participants_known")),
        IndicatorSource.REACH: (Sum("reach"), Sum("reach_known")),
        IndicatorSource.MONEY: (Sum("money"), Sum("money_known")),
    }
    quantity, quantity_sums = "indicator", (Sum("total"), Sum("known"))

    @staticmethod
    def answers(window: Window) -> bool:
        return months_of(window.starts, window.ends) is not None

    @staticmethod
    def rows(model: type[KeptSum], agency_id: int, asked: Asked) -> QuerySet:
        months = months_of(asked.window.starts, asked.window.ends)
        rows = model.objects.filter(agency=agency_id, month__gte=months[0], month__lte=months[-1])
        return rows if asked.cumulative else rows.filter(supplement=False)


class _Counted:
    """The same counted from the results."""

    said = {
        IndicatorSource.RESULTS: (Count("pk"), Count("pk")),
        IndicatorSource.PARTICIPANTS: (Sum("participants"), Count("participants")),
        IndicatorSource.REACH: (Sum("reach"), Count("reach")),
        IndicatorSource.MONEY: (Sum("money"), Count("money")),
    }
    quantity, quantity_sums = "quantities__indicator", (Sum("quantities__value"), Count("quantities"))

    @staticmethod
    def answers(window: Window) -> bool:
        return not _Kept.answers(window)

    @staticmethod
    def rows(_model, agency_id: int, asked: Asked) -> QuerySet:
        results = counted_results(agency_id, asked.window, cumulative=asked.cumulative)
        return results.annotate(month=MonthOf("happened_on"))


def _add_quantities(found: dict, parts: list[tuple], indicators: list[int]) -> None:
    source = parts[0][0]
    wanted = {f"{source.quantity}__in": indicators}
    for (name, dimension), key, indicator, value, times in _grouped(
        parts, QuantitySum, (source.quantity,), source.quantity_sums, wanted
    ):
        if times:
            found[name][dimension].values[key, indicator] = value


def _add_results(found: dict, parts: list[tuple], of_source: dict[str, list[int]]) -> None:
    said = parts[0][0].said
    sums = [each for pair in said.values() for each in pair]
    for (name, dimension), key, *row in _grouped(parts, ResultSum, (), sums, {}):
        if not row[0]:
            continue
        here = found[name][dimension]
        here.results[key] = row[0]
        for kind, value, times in zip(said, row[::2], row[1::2], strict=True):
            if times:
                here.values.update(((key, indicator), value) for indicator in of_source.get(kind, ()))


def _grouped(parts: list[tuple], model, keys: Sequence[str], sums: Sequence, wanted: dict) -> Iterator[tuple]:
    """((name, dimension), key, further keys, sums) of every part, in one query."""
    named = {f"sum_{number}": each for number, each in enumerate(sums)}
    queries = [
        source.rows(model, agency_id, asked)
        .filter(**wanted)
        .order_by()
        .annotate(part=Value(number, IntegerField()), of=F(dimension))
        .values_list("part", "of", *keys)
        .annotate(**named)
        for number, (source, agency_id, _name, dimension, asked) in enumerate(parts)
    ]
    rows = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    for number, *row in rows:
        yield parts[number][2:4], *row
