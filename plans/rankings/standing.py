"""Where the agency stands on each index: its targets against what was published, the trend, in words.

    standings(agency, 2022, on=today)  →  [Standing, …] in the order of the indices, in three queries

A page shows the list by `{% include "plans/_index_standings.html" with standings=standings only %}`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Agency
from documents.numbers import format_number
from plans.department.targets import target_words
from plans.models import IndexScheme, IndexTarget, IndexValue, Plan, RankingIndex
from plans.rankings.comparing import RANK, SCORE, Comparison, Figure, Outcome, Scale, Why, compare, runs

# outcome → icon, tone, word
OUTCOMES = {
    Outcome.REACHED: ("check-circle", "green", gettext_lazy("Đạt")),
    Outcome.MISSED: ("x-circle", "red", gettext_lazy("Chưa đạt")),
    Outcome.AHEAD: ("clock", "blue", gettext_lazy("Chưa đến hạn")),
    Outcome.UNPUBLISHED: ("hourglass-split", "grey", gettext_lazy("Chưa công bố")),
    Outcome.NO_BASELINE: ("dash-circle", "grey", gettext_lazy("Chưa tính được")),
    Outcome.NOT_COMPARABLE: ("slash-circle", "amber", gettext_lazy("Không so được")),
}
WHY = {
    Why.SERIES: gettext_lazy("bộ chỉ số đã đổi"),
    Why.ENTITY: gettext_lazy("đối tượng xếp hạng đã đổi"),
    Why.FIELD: gettext_lazy("số đối tượng được xếp hạng đã đổi nhiều"),
    Why.UNIT: gettext_lazy("chỉ tiêu ghi %, chỉ số tính bằng điểm"),
    Why.BEYOND_SCALE: gettext_lazy("chỉ tiêu vượt thang điểm"),
}


@dataclass(frozen=True)
class Goal:
    """A target of the plan: what it asks (`words`), what that comes to (`aim`), how it stands."""

    target: IndexTarget
    comparison: Comparison
    scheme: IndexScheme

    @property
    def words(self) -> str:
        return target_words(self.target)

    @property
    def outcome(self) -> str:
        return self.comparison.outcome.value

    @property
    def icon(self) -> str:
        return OUTCOMES[self.comparison.outcome][0]

    @property
    def tone(self) -> str:
        return OUTCOMES[self.comparison.outcome][1]

    @property
    def label(self) -> str:
        return str(OUTCOMES[self.comparison.outcome][2])

    @property
    def baseline(self) -> str:
        """What a change counts from: "năm 2021: hạng 44", "năm 2021: chưa công bố"; "" for what is no change."""
        found = self.comparison
        if found.baseline_year is None:
            return ""
        value = found.baseline.of(found.measure) if found.baseline else None
        if value is None:
            words = _("chưa công bố") if found.baseline is None else _("không công bố")
        else:
            words = self.told(value)
        return _("năm %(year)d: %(words)s") % {"year": found.baseline_year, "words": words}

    def told(self, *values) -> str:
        """A value of the measure, or a range: "hạng 28", "62,7–63,2 điểm"."""
        number = "–".join(format_number(value) for value in values)
        return _("hạng %s") % number if self.comparison.measure == RANK else with_unit(number, self.scheme.unit)

    @property
    def aim(self) -> str:
        """ "hạng 28 năm 2022", "62,7–63,2 điểm năm 2022"; "" while it cannot be computed."""
        least, most, year = self.comparison.least, self.comparison.most, self.comparison.year
        if least is None:
            return ""
        ends = (least,) if most is None else (least, most)
        return _("%(aim)s năm %(year)d") % {"aim": self.told(*ends), "year": year}

    @property
    def detail(self) -> str:
        """What the outcome rests on: "còn thiếu 3 bậc", "năm 2021 còn cách 10 bậc", why it cannot be told."""
        found = self.comparison
        if found.why in WHY:
            return str(WHY[found.why])
        if found.outcome in (Outcome.NO_BASELINE, Outcome.REACHED):
            return ""
        gap = self._gap_words()
        if found.outcome == Outcome.MISSED:
            return _("còn thiếu %s") % gap
        when = now = ""
        if found.gap is not None and found.latest:
            still = _("còn cách %s") % gap if found.gap else _("đã ở mức này")
            now = _("năm %(year)d %(still)s") % {"year": found.latest.year, "still": still}
        if found.outcome == Outcome.UNPUBLISHED:
            when = _("năm %d") % found.year if found.found is None else self._unranked(found.year)
        return "; ".join(filter(None, (when, now)))

    def _unranked(self, year: int) -> str:
        words = _("năm %d không xếp hạng") if self.comparison.measure == RANK else _("năm %d không có điểm")
        return words % year

    def _gap_words(self) -> str:
        """ "3 bậc", "0,5 điểm", of an index in % percentage points."""
        gap = format_number(self.comparison.gap)
        if self.comparison.measure == RANK:
            return _("%s bậc") % gap
        return f"{gap} {_('điểm %') if self.scheme.unit == '%' else self.scheme.unit or _('điểm')}"

    @property
    def percent(self) -> int | None:
        """How far the bar goes: the score of its maximum, or those ranked at or below one of all."""
        return self._share(self.comparison.shown and self.comparison.shown.of(self.comparison.measure))

    @property
    def aim_percent(self) -> int | None:
        """Where on the bar the aim stands."""
        return self._share(self.comparison.least)

    def _share(self, value) -> int | None:
        shown = self.comparison.shown
        if value is None or shown is None:
            return None
        if self.comparison.measure == RANK:
            return round(100 * (shown.number_ranked + 1 - value) / shown.number_ranked) if shown.number_ranked else None
        return round(100 * Decimal(value) / self.scheme.maximum)


@dataclass(frozen=True)
class Standing:
    """An index: the goals of the year's plan, what was published so far (`values`, the earliest first)."""

    index: RankingIndex
    scheme: IndexScheme
    year: int
    goals: list[Goal] = field(default_factory=list)
    values: list[IndexValue] = field(default_factory=list)

    @property
    def url(self) -> str:
        return reverse("ranking_index", args=[self.index.code])

    @property
    def as_list(self) -> list["Standing"]:
        """For the part that shows a list of them."""
        return [self]

    @property
    def latest(self) -> IndexValue | None:
        return self.values[-1] if self.values else None

    @property
    def baseline(self) -> IndexValue | None:
        """The value of the year that the first goal counts from, or of the year before."""
        year = (self.goals[0].comparison.baseline_year if self.goals else None) or self.year - 1
        return next((value for value in reversed(self.values) if value.year == year), None)

    @property
    def score_text(self) -> str:
        """ "87,23%", "643 trên 1.000", "không công bố điểm"; "" without a value."""
        return score_words(self.latest) if self.latest else ""

    @property
    def rank_text(self) -> str:
        return rank_words(self.latest) if self.latest else ""

    @property
    def bullet(self) -> Goal | None:
        """The goal drawn as a bar: the first whose figure is known."""
        return next((goal for goal in self.goals if goal.percent is not None), None)

    @property
    def bullet_text(self) -> str:
        """ "hạng 38, đích hạng 28"."""
        goal = self.bullet
        shown, least = goal.comparison.shown, goal.comparison.least
        words = goal.told(shown.of(goal.comparison.measure))
        return words if least is None else _("%(now)s, đích %(aim)s") % {"now": words, "aim": goal.told(least)}

    @property
    def _measure(self) -> str:
        """The trend is told in scores where there are any, else in ranks."""
        return SCORE if any(value.score is not None for value in self.values) else RANK

    @property
    def _runs(self) -> list[list[Figure]]:
        return runs([value.figure for value in self.values], self._measure)

    @property
    def trend_values(self) -> list[Decimal | int | None]:
        """What the sparkline draws: up is better, None where the series breaks."""
        sign, drawn = (-1 if self._measure == RANK else 1), []
        for run in self._runs:
            drawn += [None] * bool(drawn) + [sign * figure.of(self._measure) for figure in run]
        return drawn

    @property
    def trend_text(self) -> str:
        """ "điểm 2019: 61,2; 2020: 62,4 | 2021: 40,1", "|" being a break; "" while there is but one figure."""
        told = [
            "; ".join(f"{figure.year}: {format_number(figure.of(self._measure))}" for figure in run)
            for run in self._runs
        ]
        if len(told) < 2 and not (self._runs and len(self._runs[0]) > 1):
            return ""
        return f"{_('hạng') if self._measure == RANK else _('điểm')} {' | '.join(told)}"


def with_unit(number: str, unit: str) -> str:
    return f"{number}%" if unit == "%" else f"{number} {unit}".strip()


def score_words(value: IndexValue) -> str:
    """The score as it was published, with its grade: "91,2% (loại A)", "643 trên thang 1.000"."""
    if value.score is None:
        return _("không công bố điểm")
    words = with_unit(format_number(value.score), value.scheme.unit)
    if value.maximum != value.scheme.maximum:
        words = _("%(score)s trên thang %(most)s") % {"score": words, "most": format_number(value.maximum)}
    return f"{words} ({_('loại %s') % value.grade})" if value.grade else words


def rank_words(value: IndexValue) -> str:
    """ "hạng 34/63", the group where there is one, "không xếp hạng"."""
    rank = _("hạng %(rank)d/%(all)d") % {"rank": value.rank, "all": value.number_ranked} if value.rank else ""
    return ", ".join(filter(None, (rank, value.group))) or _("không công bố hạng")


def standings(agency: Agency | int, year: int, *, on: date) -> list[Standing]:
    """Every index with its standing against the plan in force of the year, by what was published until `on`.

    Three queries whatever the number of indices. A discontinued index without target or value is left out.
    """
    agency_id = getattr(agency, "pk", agency)
    series: dict[RankingIndex, list[IndexScheme]] = defaultdict(list)
    for scheme in IndexScheme.objects.select_related("index").order_by("index__position", "index", "first_year"):
        series[scheme.index].append(scheme)
    values: dict[int, list[IndexValue]] = defaultdict(list)
    for value in IndexValue.objects.filter(agency=agency_id, published_on__lte=on).in_order():
        values[value.scheme.index_id].append(value)
    plan = Plan.objects.in_force().filter(agency=agency_id, year=year)[:1]
    targets: dict[str, list[IndexTarget]] = defaultdict(list)
    for target in IndexTarget.objects.filter(plan__in=plan.values("pk")).select_related("basis"):
        targets[target.index].append(target)
    found = [
        standing(index, schemes, values[index.pk], targets[index.short], year=year, on=on)
        for index, schemes in series.items()
    ]
    return [row for row in found if row.goals or row.values or not row.index.is_discontinued]


def standing(
    index: RankingIndex,
    schemes: list[IndexScheme],
    values: list[IndexValue],
    targets: Iterable[IndexTarget],
    *,
    year: int,
    on: date,
) -> Standing:
    """One index, of what was fetched before; asks the database nothing."""
    scheme = next((scheme for scheme in schemes if scheme.covers(year)), schemes[-1])
    scale = Scale(scheme.unit, scheme.maximum, scheme.other_maximum, scheme.name)
    figures, goals = [value.figure for value in values], []
    for target in targets:
        comparison = compare(target, figures, plan_year=year, on_year=on.year, scale=scale)
        goals.append(Goal(target, comparison, scheme))
    return Standing(index, scheme, year, goals, values)
