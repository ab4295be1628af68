"""How the units stand in a period: who handed in, when, and whether the Office has taken it over.

A period that no unit reports on itself (six months, a year) is covered by the quarters inside it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from accounts.models import Unit
from plans.deadlines.measures import Measures, completeness, measure
from plans.deadlines.timeliness import Timeliness
from plans.models import Obligation, ObligationKind
from plans.models.obligation import came_on_paper
from reporting.models import Period
from reporting.models.unit_report import RECEIVED


@dataclass(frozen=True)
class Standing:
    """One unit's report of one quarter: its obligation's timeliness, and its state (None = not opened)."""

    obligation: Obligation
    unit: Unit
    period: Period
    timeliness: Timeliness
    state: str | None
    report_id: int | None
    on_paper: bool
    is_complete: bool

    @property
    def returns(self) -> int:
        return self.obligation.returns

    @property
    def is_received(self) -> bool:
        return self.state in RECEIVED

    @property
    def is_exempt(self) -> bool:
        return self.timeliness.code == "exempt"

    @property
    def was_handed_in(self) -> bool:
        return self.timeliness.on_time_originally is not None

    @property
    def group(self) -> str:
        """on_time, extended, late, missing or exempt: exactly one for each."""
        return "missing" if self.timeliness.code in ("waiting", "overdue") else self.timeliness.code


def quarters_of(period: Period) -> list[Period]:
    """The periods whose unit reports cover this one, oldest first."""
    return list(
        Period.objects.asked_of_units().filter(
            agency_id=period.agency_id, starts__gte=period.starts, ends__lte=period.ends
        )
    )


def standings(period: Period, *, now: datetime) -> list[Standing]:
    """One row a unit and quarter, in the order of the units; two queries whatever their number."""
    quarters = {quarter.code: quarter for quarter in quarters_of(period)}
    obligations = (
        Obligation.objects.filter(
            agency_id=period.agency_id, kind=ObligationKind.UNIT_REPORT, occasion__in=list(quarters)
        )
        .annotate(
            is_complete=completeness(),
            on_paper=came_on_paper(),
            report_id=F("unit_report"),
            report_state=F("unit_report__state"),
        )
        .select_related("unit")
        .order_by("unit__position", "unit__pk", "due_at")
    )
    return [
        Standing(
            obligation=row,
            unit=row.unit,
            period=quarters[row.occasion],
            timeliness=row.timeliness(now),
            state=row.report_state,
            report_id=row.report_id,
            on_paper=row.on_paper,
            is_complete=row.is_complete,
        )
        for row in obligations
    ]


def measures(rows: list[Standing], *, now: datetime) -> Measures:
    """Đúng hạn, đạt ngay lần đầu, đầy đủ over some standings; asks the database nothing."""
    return measure([row.obligation for row in rows], {row.obligation.pk for row in rows if row.is_complete}, now)
