"""Totals of a window by area, channel, audience and month: two queries, whatever the number of units and results.

They come from the kept sums; a window that is not made of whole reporting months (from the 15th to the 14th) is
counted from the results instead. Both give the same to the last digit.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db.models import Count, F, IntegerField, QuerySet, Sum, Value

from plans.deadlines.periods import Window
from plans.models import Indicator
from plans.models.catalogue import IndicatorSource
from reporting.figures import counted_results
from reporting.models import QuantitySum, ResultSum
from reporting.models.summary import MonthOf, months_of

DIMENSIONS = ("area", "channel", "audience", "month")
# What the results say themselves: its sum and how many say it, among the kept sums and among the results.
OF_RESULTS = {
    IndicatorSource.RESULTS: (Sum("results"), Sum("results")),
    IndicatorSource.PARTICIPANTS: (Sum("participants"), Sum("participants_known")),
    IndicatorSource.REACH: (Sum("reach"), Sum("reach_known")),
    IndicatorSource.MONEY: (Sum("money"), Sum("money_known")),
}
COUNTED = {
    IndicatorSource.RESULTS: (Count("pk"), Count("pk")),
    IndicatorSource.PARTICIPANTS: (Sum("participants"), Count("participants")),
    IndicatorSource.REACH: (Sum("reach"), Count("reach")),
    IndicatorSource.MONEY: (Sum("money"), Count("money")),
}


class Totals(NamedTuple):
    """By one dimension: sums by (key, indicator), and by key the results behind them.

    A key is an id, that of a month its number (`month_of`). What nobody recorded is absent, not zero.
    """

    values: dict[tuple[int, int], int]
    results: dict[int, int]


def totals(
    agency_id: int, window: Window, indicators: Iterable[Indicator], *, cumulative: bool,
    by: Sequence[str] = DIMENSIONS,
) -> dict[str, Totals]:  # fmt: skip
    """Dimension → its totals over all received units; supplements count only where the window is `cumulative`.

    `indicators`: such as add up (counts, and the parts of ratios).
    """
    found = {name: Totals({}, {}) for name in by}
    of_source: dict[str, list[int]] = {}
    for indicator in indicators:
        of_source.setdefault(indicator.source, []).append(indicator.pk)
    results, said, quantities, total, known = _rows(agency_id, window, cumulative)
    quantities = quantities.filter(indicator__in=of_source.get(IndicatorSource.QUANTITY, ()))
    for name, key, indicator, value, times in _grouped(quantities, by, ("indicator",), (total, known)):
        if times:
            found[name].values[key, indicator] = value
    for name, key, *sums in _grouped(results, by, (), [each for pair in said.values() for each in pair]):
        if not sums[0]:
            continue
        found[name].results[key] = sums[0]
        for source, value, times in zip(said, sums[::2], sums[1::2], strict=True):
            if times:
                found[name].values.update(((key, indicator), value) for indicator in of_source.get(source, ()))
    return found


def _rows(agency_id: int, window: Window, cumulative: bool) -> tuple[QuerySet, dict, QuerySet, Sum, Sum | Count]:
    """The rows of results with what they say, the rows of quantities with their sum and number."""
    months = months_of(window.starts, window.ends)
    if months is None:
        results = counted_results(agency_id, window, cumulative=cumulative).annotate(month=MonthOf("happened_on"))
        quantities = results.annotate(indicator=F("quantities__indicator"))
        return results, COUNTED, quantities, Sum("quantities__value"), Count("quantities")
    kept = {"agency": agency_id, "month__gte": months[0], "month__lte": months[-1]}
    if not cumulative:
        kept["supplement"] = False
    quantities = QuantitySum.objects.filter(**kept)
    return ResultSum.objects.filter(**kept), OF_RESULTS, quantities, Sum("total"), Sum("known")


def _grouped(rows: QuerySet, by: Sequence[str], keys: tuple[str, ...], sums: Sequence) -> Iterator[tuple]:
    """(dimension, key, further keys, sums) of every dimension, in one query."""
    wanted = {f"sum_{number}": each for number, each in enumerate(sums)}
    parts = [
        rows.order_by()
        .annotate(dimension=Value(number, IntegerField()), of=F(name))
        .values_list("dimension", "of", *keys)
        .annotate(**wanted)
        for number, name in enumerate(by)
    ]
    for number, *row in parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]:
        yield by[number], *row
