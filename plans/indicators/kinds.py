"""How the figures of each kind of indicator come together, over days, units, areas and channels. Pure.

    count   adds
    ratio   its two parts are rolled up first and divided last; never added, never averaged
    stock   the last value of each unit; what several units have adds, each having its own
    code    how often each value was given; 0, 1 and 2 are names and are never summed

Missing is not zero: of what nobody recorded nothing is known (None, printed "–"), and a ratio without a
denominator, or with a denominator of 0, is not known either.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from documents.numbers import MISSING, format_number
from plans.models.catalogue import Indicator, IndicatorKind

Figure = int | Fraction | dict[int, int] | None


@dataclass(frozen=True)
class Recorded:
    """A number that `unit` recorded for a day; `order` tells the later of two of one day."""

    unit: Hashable
    day: date
    order: int
    value: int


def add(values: Iterable[int | None]) -> int | None:
    """The sum of what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def count(recorded: Iterable[Recorded]) -> int | None:
    """A count adds."""
    return add(row.value for row in recorded)


def last_of_units(recorded: Iterable[Recorded]) -> dict[Hashable, Recorded]:
    """The last row of each unit; enough to go on with, so that windows can be joined."""
    last: dict[Hashable, Recorded] = {}
    for row in recorded:
        known = last.get(row.unit)
        if known is None or (known.day, known.order) <= (row.day, row.order):
            last[row.unit] = row
    return last


def stock(recorded: Iterable[Recorded]) -> int | None:
    """A stock is what each unit had at last, added over the units."""
    return add(row.value for row in last_of_units(recorded).values())


def tally(recorded: Iterable[Recorded]) -> dict[int, int] | None:
    """A code gives value → how many times it was recorded; None when never."""
    return dict(sorted(Counter(row.value for row in recorded).items())) or None


def add_tallies(tallies: Iterable[Mapping[int, int] | None]) -> dict[int, int] | None:
    """Several tallies as one."""
    total: Counter = Counter()
    for known in tallies:
        total.update(known or {})
    return dict(sorted(total.items())) or None


def ratio(numerator: int | None, denominator: int | None) -> Fraction | None:
    """Of two rolled up figures, exact; None when one is missing or there is nothing to divide by."""
    if numerator is None or not denominator:
        return None
    return Fraction(numerator, denominator)


ROLL_UP: dict[str, Callable[[Iterable[Recorded]], Figure]] = {
    IndicatorKind.COUNT: count,
    IndicatorKind.STOCK: stock,
    IndicatorKind.CODE: tally,
}


def roll_up(kind: str, recorded: Iterable[Recorded]) -> Figure:
    """The figure of what was recorded for one indicator that is not a ratio."""
    return ROLL_UP[kind](recorded)


def ratios_of(indicators: Iterable[Indicator], figures: Mapping[int, Figure]) -> dict[int, Fraction | None]:
    """Each ratio among `indicators` from the rolled up figures of its parts; both by primary key."""
    return {
        row.pk: ratio(figures.get(row.numerator_id), figures.get(row.denominator_id))
        for row in indicators
        if row.kind == IndicatorKind.RATIO
    }


def in_words(indicator: Indicator, figure: Figure) -> str:
    """A figure as it is printed: "1.234", "66,7" (of percent), "đang làm: 2; đã xong: 5", "–"."""
    if isinstance(figure, Mapping):
        names = dict(enumerate(indicator.levels))
        return "; ".join(f"{names.get(value, value)}: {format_number(times)}" for value, times in figure.items())
    if isinstance(figure, Fraction):
        told = figure * 100 if indicator.is_percent else figure
        return format_number(Decimal(told.numerator) / told.denominator, 1)
    return MISSING if figure is None else format_number(figure)


def in_json(indicator: Indicator, figure: Figure) -> int | float | None:
    """A figure as JSON keeps it: a ratio in its unit of measure with one decimal, half up; no number of a code."""
    if isinstance(figure, Fraction):
        return rounded(figure, percent=indicator.is_percent)
    return None if isinstance(figure, Mapping) else figure


def rounded(figure: Fraction, *, percent: bool) -> float:
    """A ratio with one decimal, half up; of a hundred where its unit of measure is percent."""
    told = figure * 100 if percent else figure
    return float((Decimal(told.numerator) / told.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP))
