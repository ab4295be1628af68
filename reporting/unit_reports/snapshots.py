"""What is frozen when a unit's report is handed in."""

from plans.difficulties.acts import raised_in
from plans.models import Receipt
from propaganda.models import Result
from reporting.models import UnitReport
from reporting.models.unit_report import AREA_TEXTS, HANDED_IN, TEXTS
from reporting.unit_reports.cautions import cautions
from reporting.unit_reports.unit_figures import own_results, task_counts, unit_figures


def unit_report_snapshot(report: UnitReport) -> dict:
    """The report as handed in: figures, texts, notes, what stood out and why, the results behind the figures."""
    previous = report.previous()
    notes = {note.key: note.text for note in report.notes.all()}
    content = {
        "unit": report.unit.name,
        "period": report.period.code,
        "nil": report.nil,
        "nil_reason": report.nil_reason,
        "figures": unit_figures(report, previous),
        "assessments": [
            {"area": row.area.code, **{name: getattr(row, name) for name in AREA_TEXTS}}
            for row in report.assessments.select_related("area")
        ],
        **{name: getattr(report, name) for name in TEXTS},
        "notes": notes,
        "tasks": task_counts(report),
        "raised": [
            {"id": row.pk, "title": row.title, "state": row.state, "solution": row.solution}
            for row in raised_in(report.unit_id, report.period.starts, report.period.ends)
        ],
        "results": list(own_results(report).order_by("happened_on", "pk").values("id", "title", "happened_on")),
    }
    found = cautions(report, content["figures"], previous)
    content["cautions"] = [
        {"key": row.key, "words": row.words, "url": row.url, "why": notes.get(row.key, "")} for row in found
    ]
    return content


def as_it_stands(report: UnitReport) -> tuple[dict, Receipt | None]:
    """What the report says now: as its receipt froze it while it is handed in, else live and without a receipt."""
    if report.state in HANDED_IN and (receipt := report.obligation.receipts.filter(voided_at=None).last()):
        return receipt.snapshot, receipt
    return unit_report_snapshot(report), None


def results_behind(snapshot: dict) -> list[Result]:
    """The results that the snapshot names, with what proves them; those removed since are absent."""
    rows = Result.objects.filter(pk__in=[row["id"] for row in snapshot["results"]])
    return list(
        rows.select_related("area", "channel")
        .prefetch_related("quantities__indicator", "evidence")
        .order_by("happened_on", "pk")
    )
