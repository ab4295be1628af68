"""Three measures side by side, since "on time" alone rewards empty papers (domain: reporting-periods, Deadlines).

đúng hạn: handed in by the deadline in force, of what was due · đạt ngay lần đầu: accepted without a return, of what
was judged · đầy đủ: nothing missing in it, of what was handed in. An exempt unit counts in none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When

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


# By kind of obligation: when what was handed in lacks nothing; a higher floor registers its own.
COMPLETE: dict[str, Q] = {}


def completeness() -> Case:
    """For `annotate(is_complete=…)`: whether what an obligation asks was handed in and lacks nothing."""
    handed_in = Q(first_submitted_at__isnull=False, exempt_from__isnull=True)
    known = (When(handed_in & Q(kind=kind) & lacks_nothing, then=True) for kind, lacks_nothing in COMPLETE.items())
    return Case(*known, default=Value(False), output_field=BooleanField())


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


def _unit_plan_lacks_nothing() -> Q:
    """A line, or "không có" and its reason, in every content area of the plan."""
    of_area = {"unit_plan": OuterRef(OuterRef("unit_plan")), "area": OuterRef("pk")}
    lines, absences = (Exists(model.objects.filter(**of_area)) for model in (Activity, AreaAbsence))
    empty = ContentArea.objects.filter(~lines, ~absences, scheme=OuterRef("plan__scheme"))
    return Q(~Exists(empty))


COMPLETE[ObligationKind.UNIT_PLAN] = _unit_plan_lacks_nothing()
