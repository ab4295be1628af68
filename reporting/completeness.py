"""Which unit reports are complete: they have results and evidence, or say why there was nothing to do."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from plans.models import Obligation
from propaganda.models import Evidence, Result
from reporting.models import UnitReport


def complete_reports(rows: list[Obligation]) -> set[int]:
    """The ids of the obligations whose report has results in its window and a proof; two queries."""
    reports = list(UnitReport.objects.filter(obligation__in=[row.pk for row in rows]).select_related("period"))
    if not reports:
        return set()
    results = Result.objects.filter(unit__in={report.unit_id for report in reports}).within(
        min(report.period.starts for report in reports), max(report.period.ends for report in reports)
    )
    proved = Q(Exists(Evidence.objects.filter(result=OuterRef("pk")))) | ~Q(link="")
    by_unit: dict[int, list[tuple[date, bool]]] = {}
    for unit, day, is_proved in results.annotate(proved=proved).order_by().values_list("unit", "happened_on", "proved"):
        by_unit.setdefault(unit, []).append((day, is_proved))
    return {report.obligation_id for report in reports if report.nil or _is_proved(report, by_unit)}


def _is_proved(report: UnitReport, by_unit: dict[int, list[tuple[date, bool]]]) -> bool:
    period = report.period
    proofs = [proved for day, proved in by_unit.get(report.unit_id, ()) if period.starts <= day <= period.ends]
    return any(proofs)
