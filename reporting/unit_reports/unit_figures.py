"""A unit's own results and figures in the windows of its report."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from plans.deadlines.periods import Window
from plans.indicators.kinds import Figure, Recorded, in_json, in_words, ratios_of, roll_up
from plans.models import Activity, Indicator
from plans.models.catalogue import IndicatorKind, IndicatorSource
from propaganda.models import Result, ResultQuantity
from reporting import figures
from reporting.models import Period, UnitReport

WINDOWS = ("value", "year", "last_year", "before")


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


def a_year_earlier(window: Window) -> Window:
    """Windows begin on the 15th and end on the 14th, so that every day has its twin a year earlier."""
    return Window(*(day.replace(year=day.year - 1) for day in (window.starts, window.ends)))


def windows_of(report: UnitReport, previous: UnitReport | None) -> dict[str, Window]:
    """The days of each column of a report's figures, by its name (WINDOWS)."""
    own = Window(report.period.starts, report.period.ends)
    windows = {"value": own, "year": a_year_so_far(report.period), "last_year": a_year_earlier(own)}
    return windows | ({"before": Window(previous.period.starts, previous.period.ends)} if previous else {})


def results_in(report: UnitReport, column: str, days: Window) -> QuerySet[Result]:
    """The unit's results that a column counts: supplements in the year so far alone."""
    rows = Result.objects.filter(unit=report.unit_id, agency=report.agency_id)
    return rows.filter(figures.counts_in(days, cumulative=column == "year"))


def unit_figures(report: UnitReport, previous: UnitReport | None) -> list[dict]:
    """One row an indicator, each kind by its own rule; None where nothing is known.

    planned: for the year; value: in the period; year: in the year so far; last_year: in the same period a year
    ago; before: in the period of the `previous` report. `words` tells what is no number (the values of a code).
    """
    windows = windows_of(report, previous)
    indicators = list(Indicator.objects.on(report.period.ends))
    found = _by_window(report, indicators, windows)
    planned = _planned(report, windows["year"], indicators)
    return [_row(indicator, planned, found) for indicator in indicators]


def _row(indicator: Indicator, planned: dict[int, int], found: dict[str, dict[int, Figure]]) -> dict:
    told = {name: found.get(name, {}).get(indicator.pk) for name in WINDOWS}
    words = {name: in_words(indicator, figure) for name, figure in told.items() if isinstance(figure, dict)}
    return {
        "code": indicator.code,
        "name": indicator.name,
        "measure": indicator.unit_of_measure,
        "source": indicator.source,
        "kind": indicator.kind,
        "planned": planned.get(indicator.pk),
        **{name: in_json(indicator, figure) for name, figure in told.items()},
        **({"words": words} if words else {}),
    }


def _by_window(
    report: UnitReport, indicators: list[Indicator], windows: dict[str, Window]
) -> dict[str, dict[int, Figure]]:
    """Window → indicator → figure, in a constant number of queries."""
    results = Result.objects.filter(unit=report.unit_id, agency=report.agency_id)
    counted = {name: figures.counts_in(days, cumulative=name == "year") for name, days in windows.items()}
    summed = [row for row in indicators if row.kind == IndicatorKind.COUNT]
    tables = figures.tables(results, summed, counted)
    single, tasks = _single_values(results, windows), list(own_tasks(report).values_list("ends", "has_result"))
    found: dict[str, dict[int, Figure]] = {}
    for name, days in windows.items():
        here: dict[int, Figure] = dict(figures.total_by(tables[name].facts, lambda fact: fact.indicator))
        for indicator, rows in single.items():
            here[indicator.pk] = roll_up(indicator.kind, (row for row in rows if days.starts <= row.day <= days.ends))
        if name in ("value", "year"):
            due = [has_result for ends, has_result in tasks if days.starts <= ends <= days.ends]
            counts = {IndicatorSource.TASKS: len(due), IndicatorSource.TASKS_DONE: sum(due)}
            here |= {row.pk: counts[row.source] for row in indicators if due and row.source in counts}
        found[name] = here | ratios_of(indicators, here)
    return found


def _single_values(results: QuerySet[Result], windows: dict[str, Window]) -> dict[Indicator, list[Recorded]]:
    """What was recorded of stocks and codes, which do not add."""
    days = Window(min(days.starts for days in windows.values()), max(days.ends for days in windows.values()))
    rows = ResultQuantity.objects.filter(
        result__in=results.within(days.starts, days.ends), indicator__kind__in=(IndicatorKind.STOCK, IndicatorKind.CODE)
    ).select_related("indicator", "result")  # fmt: skip
    found: dict[Indicator, list[Recorded]] = {}
    for row in rows:
        recorded = Recorded(row.result.unit_id, row.result.happened_on, row.result_id, row.value)
        found.setdefault(row.indicator, []).append(recorded)
    return found


def _planned(report: UnitReport, year: Window, indicators: list[Indicator]) -> dict[int, int]:
    """What the unit's accepted plan has for the year, by indicator; its money stands at the indicator of money."""
    mine = figures.planned(report.agency_id, report.period.year, year, unit=report.unit_id)
    planned = figures.total_by(mine, lambda row: row.indicator, "quantity")
    if money := figures.total_by(mine, lambda row: row.unit, "money"):
        at = (indicator.pk for indicator in indicators if indicator.source == IndicatorSource.MONEY)
        planned |= dict.fromkeys(at, money[report.unit_id])
    if tasks := sum(row.tasks for row in mine):
        at = (row.pk for row in indicators if row.source == IndicatorSource.TASKS)
        planned |= dict.fromkeys(at, tasks)
    return planned


def own_tasks(report: UnitReport) -> QuerySet[Activity]:
    """The tasks of the unit's accepted plan, each with `has_result`: whether one was recorded by the period's end."""
    by_then = Result.objects.filter(activity=OuterRef("pk"), happened_on__lte=report.period.ends)
    return Activity.objects.filter(
        unit_plan__unit=report.unit_id, unit_plan__agency=report.agency_id,
        unit_plan__plan__year=report.period.year, unit_plan__state__in=figures.PLANNED_STATES,
    ).annotate(has_result=Exists(by_then))  # fmt: skip


def task_counts(report: UnitReport) -> dict[str, int]:
    """Tasks planned for the year, those due by the period's end, those with a result by then."""
    return own_tasks(report).aggregate(
        planned=Count("pk"),
        due=Count("pk", filter=Q(ends__lte=report.period.ends)),
        done=Count("pk", filter=Q(has_result=True)),
    )
