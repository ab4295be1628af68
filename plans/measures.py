"""Three measures side by side, since "on time" alone rewards empty papers (domain: reporting-periods, Deadlines).

đúng hạn: handed in by the deadline in force, of what was due · đạt ngay lần đầu: accepted without a return, of what
was judged · đầy đủ: nothing missing in it, of what was handed in. An exempt unit counts in none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from plans.models import Activity, AreaAbsence, ContentArea, Obligation, ObligationKind


@dataclass(frozen=True)
class Share:
    """`good` of `all`; without any there is nothing to say."""

    good: int = 0
    all: int = 0

    def __str__(self) -> str:
        return f"{self.good}/{self.all}" if self.all else "–"

    def __add__(self, other: "Share") -> "Share":
        return Share(self.good + other.good, self.all + other.all)


@dataclass(frozen=True)
class Measures:
    """`extended` are those on time only thanks to an extension; they count as on time."""

    on_time: Share = Share()
    extended: int = 0
    first_time: Share = Share()
    complete: Share = Share()

    def __add__(self, other: "Measures") -> "Measures":
        return Measures(
            self.on_time + other.on_time,
            self.extended + other.extended,
            self.first_time + other.first_time,
            self.complete + other.complete,
        )


# By kind of obligation: which of those handed in are complete (the ids); a higher floor registers its own.
COMPLETE: dict[str, Callable[[list[Obligation]], set[int]]] = {}


def complete_ids(rows: Iterable[Obligation]) -> set[int]:
    """The ids of what was handed in and lacks nothing; a constant number of queries."""
    found: set[int] = set()
    handed_in = [row for row in rows if row.first_submitted_at and row.exempt_from is None]
    for kind, judge in COMPLETE.items():
        mine = [row for row in handed_in if row.kind == kind]
        if mine:
            found |= judge(mine)
    return found


def measure(rows: Iterable[Obligation], complete: set[int], now: datetime) -> Measures:
    """The three measures of some obligations; asks the database nothing."""
    return sum((_of_one(row, complete, now) for row in rows if row.exempt_from is None), Measures())


def _of_one(row: Obligation, complete: set[int], now: datetime) -> Measures:
    timeliness = row.timeliness(now)
    due = timeliness.code != "waiting"
    judged = row.accepted_at is not None or row.returns > 0
    return Measures(
        on_time=Share(int(timeliness.on_time_extended is True), int(due)),
        extended=int(timeliness.code == "extended"),
        first_time=Share(int(row.accepted_at is not None and row.returns == 0), int(judged)),
        complete=Share(int(row.pk in complete), int(row.kind in COMPLETE)) if row.first_submitted_at else Share(),
    )


def _complete_unit_plans(rows: list[Obligation]) -> set[int]:
    """Those with a line, or "không có" and its reason, in every content area of the plan."""
    pks = [row.pk for row in rows]
    plans = {row.pk: row.plan for row in rows}
    areas: dict[int, set[int]] = {}
    for scheme, area in ContentArea.objects.filter(scheme__in={plan.scheme_id for plan in plans.values()}).values_list(
        "scheme", "pk"
    ):
        areas.setdefault(scheme, set()).add(area)
    filled: dict[int, set[int]] = {}
    for model in (Activity, AreaAbsence):
        pairs = model.objects.filter(unit_plan__obligation__in=pks).order_by()
        for obligation, area in pairs.values_list("unit_plan__obligation", "area").distinct():
            filled.setdefault(obligation, set()).add(area)
    return {pk for pk, plan in plans.items() if areas.get(plan.scheme_id, set()) <= filled.get(pk, set())}


COMPLETE[ObligationKind.UNIT_PLAN] = _complete_unit_plans
