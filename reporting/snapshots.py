"""A unit's figures in a window, and what is frozen when its report is handed in."""

from plans.deadlines.periods import Window
from plans.models import Indicator
from propaganda.models import Result
from reporting import figures
from reporting.models import Period, UnitReport


def own_results(report: UnitReport):
    """The results that a unit report is about: dated in its window, supplements left out."""
    return (
        Result.objects.filter(unit=report.unit_id, agency=report.agency_id)
        .within(report.period.starts, report.period.ends)
        .without_supplements()
    )


def a_year_so_far(period: Period) -> Window:
    """From the first day of the period's reporting year (15/12 before) to the period's end."""
    return Window(period.starts.replace(year=period.year - 1, month=12, day=15), period.ends)


def unit_figures(report: UnitReport) -> list[dict]:
    """One row an indicator: planned for the year, in the period, in the year so far; None where nothing is known."""
    period = report.period
    indicators = list(Indicator.objects.on(period.ends).summed())
    in_period = figures.total_by(figures.facts(own_results(report), indicators), lambda fact: fact.indicator)
    year = a_year_so_far(period)
    so_far = Result.objects.filter(unit=report.unit_id, agency=report.agency_id).within(year.starts, year.ends)
    in_year = figures.total_by(figures.facts(so_far, indicators), lambda fact: fact.indicator)
    mine = (row for row in figures.planned(report.agency_id, period.year, year) if row.unit == report.unit_id)
    planned = figures.total_by(mine, lambda row: row.indicator, "quantity")
    return [
        {
            "code": indicator.code,
            "name": indicator.name,
            "measure": indicator.unit_of_measure,
            "planned": planned.get(indicator.pk),
            "value": in_period.get(indicator.pk),
            "year": in_year.get(indicator.pk),
        }
        for indicator in indicators
    ]


def unit_report_snapshot(report: UnitReport) -> dict:
    """The report as handed in: figures, texts, and the results behind the figures."""
    return {
        "unit": report.unit.name,
        "period": report.period.code,
        "nil": report.nil,
        "nil_reason": report.nil_reason,
        "figures": unit_figures(report),
        "assessments": [{"area": row.area.code, "text": row.text} for row in report.assessments.select_related("area")],
        **{
            name: getattr(report, name)
            for name in ("highlights", "shortcomings", "causes", "difficulties", "proposals", "next_steps")
        },
        "results": list(own_results(report).order_by("happened_on", "pk").values("id", "title", "happened_on")),
    }
