"""A target on a ranking index against what was published: baseline, aim, gap, outcome. Pure.

Nothing is guessed: what is not published gives no aim and no outcome, and a break of the series (another scheme,
another entity, another field of those ranked) makes figures before and after it incomparable.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

RANK, SCORE = "rank", "score"
# Some entities are without a score in a year; a field that changes by more than this share is another field (63 → 34).
FIELD_MAY_DIFFER = Decimal("0.1")


class Figure(NamedTuple):
    """What was published of a year: `score` on the scale of its series, `rank` among `number_ranked`."""

    year: int
    score: Decimal | None = None
    rank: int | None = None
    number_ranked: int | None = None
    series: str = ""
    entity: str = ""

    def of(self, measure: str) -> Decimal | int | None:
        return self.rank if measure == RANK else self.score


class Scale(NamedTuple):
    """The scale of a series: its unit ("%", "điểm", ""), its maximum, another maximum it is also told by."""

    unit: str
    maximum: int
    other_maximum: int | None = None
    series: str = ""


class Outcome(StrEnum):
    REACHED = "reached"
    MISSED = "missed"
    AHEAD = "ahead"  # the target's year has not come
    UNPUBLISHED = "unpublished"
    NO_BASELINE = "no_baseline"
    NOT_COMPARABLE = "not_comparable"


class Why(StrEnum):
    """Why figures are not comparable, or what is missing."""

    SERIES = "series"
    ENTITY = "entity"
    FIELD = "field"
    UNIT = "unit"
    BEYOND_SCALE = "beyond_scale"
    NO_FIGURE = "no_figure"  # nothing published of the year
    NO_MEASURE = "no_measure"  # published, but without the score or rank that the target is about


class Comparison(NamedTuple):
    """`least` is what must be reached, `most` the far end of a range; a rank is reached by a number as low or lower.

    `found` is the figure of the target's year, `latest` the last one up to it that tells the measure. `gap` is what
    `found`, or else `latest`, still lacks: bậc, or the unit of the scale; None when not comparable or not known.
    """

    measure: str
    year: int
    baseline_year: int | None
    baseline: Figure | None
    least: Decimal | None
    most: Decimal | None
    found: Figure | None
    latest: Figure | None
    gap: Decimal | None
    outcome: Outcome
    why: Why | None = None

    @property
    def shown(self) -> Figure | None:
        return self.found or self.latest


def breaks(one: Figure, other: Figure) -> Why | None:
    """Why two figures stand on the two sides of a break of the series, or None."""
    if one.series != other.series:
        return Why.SERIES
    if one.entity and other.entity and one.entity.casefold() != other.entity.casefold():
        return Why.ENTITY
    return None


def field_breaks(one: Figure, other: Figure) -> Why | None:
    """The same for ranks: also when the number of those ranked has changed much."""
    if found := breaks(one, other):
        return found
    if one.number_ranked and other.number_ranked:
        more, fewer = sorted((one.number_ranked, other.number_ranked), reverse=True)
        if more - fewer > FIELD_MAY_DIFFER * more:
            return Why.FIELD
    return None


def compare(target, figures: Iterable[Figure], *, plan_year: int, on_year: int, scale: Scale) -> Comparison:
    """The target (kind, value, value_max, unit, baseline_year, by_year) against figures ordered by year.

    A change counts from its baseline year, else from the year before the plan's; what names no year is due in the
    plan's year. "+1%" of an index in % is a percentage point. `scale` is that of the plan's year.
    """
    figures = [figure for figure in figures if figure.year <= on_year]
    measure = RANK if target.kind in ("rank_change", "position") else SCORE
    is_change = target.kind in ("rank_change", "score_change")
    year = target.by_year or plan_year
    baseline_year = target.baseline_year or (plan_year - 1 if is_change else None)
    baseline = _of_year(figures, baseline_year) if baseline_year else None
    before = baseline or _last([figure for figure in figures if figure.year <= plan_year])
    before = before or Figure(plan_year, series=scale.series)
    found = _of_year(figures, year, before)
    known = [figure for figure in figures if figure.year <= year and figure.of(measure) is not None]
    latest = _last(known)
    least, most, why = _aim(target, baseline, measure, scale)
    given = Comparison(measure, year, baseline_year, baseline, least, most, found, latest, None, Outcome.UNPUBLISHED)
    if least is None:
        unknown = why in (Why.NO_FIGURE, Why.NO_MEASURE)
        return given._replace(outcome=Outcome.NO_BASELINE if unknown else Outcome.NOT_COMPARABLE, why=why)
    shown = found if found and found.of(measure) is not None else latest
    if shown is None or (found and shown is not found):
        return given._replace(outcome=_open(year, on_year, found), why=Why.NO_MEASURE if found else Why.NO_FIGURE)
    if broken := (field_breaks if measure == RANK else breaks)(before, shown):
        return given._replace(outcome=Outcome.NOT_COMPARABLE, why=broken)
    gap = _gap(measure, least, shown)
    if shown is not found:
        return given._replace(outcome=_open(year, on_year, None), why=Why.NO_FIGURE, gap=gap)
    return given._replace(outcome=Outcome.MISSED if gap else Outcome.REACHED, gap=gap)


def runs(figures: Sequence[Figure], measure: str) -> list[list[Figure]]:
    """The figures that tell the measure in runs between breaks; a year without one breaks a run, too."""
    cut: list[list[Figure]] = []
    for figure in figures:
        if figure.of(measure) is None:
            continue
        last = cut[-1][-1] if cut else None
        judge = field_breaks if measure == RANK else breaks
        if last and figure.year - last.year <= 1 and judge(last, figure) is None:
            cut[-1].append(figure)
        else:
            cut.append([figure])
    return cut


def _open(year: int, on_year: int, found: Figure | None) -> Outcome:
    return Outcome.AHEAD if year > on_year and found is None else Outcome.UNPUBLISHED


def _last(figures: list[Figure]) -> Figure | None:
    return figures[-1] if figures else None


def _of_year(figures: list[Figure], year: int, like: Figure | None = None) -> Figure | None:
    """The figure of a year: of several that of the same entity as `like`, and of those the last."""
    found = [figure for figure in figures if figure.year == year]
    same = [figure for figure in found if like and breaks(like, figure) is None]
    return _last(same or found)


def _aim(target, baseline: Figure | None, measure: str, scale: Scale):
    """(what must be reached, the far end of a range, why it is not known)."""
    ends = [target.value, target.value_max]
    if measure == SCORE:
        if "%" in target.unit and scale.unit != "%":
            return None, None, Why.UNIT
        ends = [_on_scale(end, scale) for end in ends]
        if ends[0] > scale.maximum:
            return None, None, Why.BEYOND_SCALE
    if target.kind in ("level", "position"):
        return ends[0], ends[1], None
    if baseline is None:
        return None, None, Why.NO_FIGURE
    start = baseline.of(measure)
    if start is None:
        return None, None, Why.NO_MEASURE
    if measure == RANK:
        least, most = (None if end is None else max(Decimal(1), start - end) for end in ends)
    else:
        least, most = (None if end is None else min(Decimal(scale.maximum), start + end) for end in ends)
    return least, most, None


def _on_scale(value: Decimal | None, scale: Scale) -> Decimal | None:
    """650 points are 0,65 of an index told on 0–1 and on 1.000."""
    if value is not None and scale.other_maximum and scale.maximum < value <= scale.other_maximum:
        return value * scale.maximum / scale.other_maximum
    return value


def _gap(measure: str, least: Decimal, shown: Figure) -> Decimal:
    value = Decimal(shown.of(measure))
    return max(Decimal(0), value - least if measure == RANK else least - value)
