"""The rows of a content's indicators, each kind by its own rule (plans.indicators.kinds).

A row `adds` when its figure is a plain sum of what results say: it alone is told by unit, area, channel, audience and
month. A ratio names its `parts` (codes) and is divided last; a code's values stand in `words` and are never summed.
"""

from collections.abc import Iterable, Mapping, Set

from plans.indicators.kinds import Figure, Recorded, in_json, in_words, ratios_of, roll_up
from plans.models import Indicator
from plans.models.catalogue import IndicatorKind, IndicatorSource
from propaganda.models import ResultQuantity
from reporting import figures
from reporting.models import Period, UnitReport
from reporting.sums.totals import Asked, Totals

COLUMNS = ("value", "year", "last_year", "last_period")
SINGLE = (IndicatorKind.STOCK, IndicatorKind.CODE)
OF_TASKS = (IndicatorSource.TASKS, IndicatorSource.TASKS_DONE)


def adds(indicator: Indicator) -> bool:
    """What Indicator.objects.summed() asks of a row, of one that is at hand."""
    return indicator.kind == IndicatorKind.COUNT and indicator.source not in OF_TASKS


def single_values(
    agency_id: int, indicators: Iterable[Indicator], asked: Mapping[str, Asked]
) -> dict[str, dict[int, Figure]]:
    """What is asked → stocks and codes (ids) with their figure; in one query, in none without such an indicator."""
    kinds = {row.pk: row.kind for row in indicators if row.kind in SINGLE}
    if not kinds:
        return {}
    days = [each.window for each in asked.values()]
    results = figures.received_results(agency_id).filter(
        happened_on__range=(min(each.starts for each in days), max(each.ends for each in days))
    )
    rows = list(
        ResultQuantity.objects.filter(result__in=results, indicator__in=kinds).values_list(
            "indicator", "result__unit", "result__happened_on", "result", "value", "result__supplement"
        )
    )
    found: dict[str, dict[int, Figure]] = {}
    for name, each in asked.items():
        given: dict[int, list[Recorded]] = {}
        for indicator, unit, day, result, value, supplement in rows:
            if each.window.starts <= day <= each.window.ends and (each.cumulative or not supplement):
                given.setdefault(indicator, []).append(Recorded(unit, day, result, value))
        found[name] = {indicator: roll_up(kinds[indicator], recorded) for indicator, recorded in given.items()}
    return found


def task_figures(
    indicators: Iterable[Indicator], period: Period, planned: Iterable[figures.Planned], reports: Iterable[UnitReport]
) -> dict[str, dict[int, Figure]]:
    """Tasks due in the period and in the year so far, and those of them that are done; of received units alone."""
    received = {
        "value": {report.unit_id for report in reports if report.period.starts >= period.starts},
        "year": {report.unit_id for report in reports},
    }
    names = {"value": ("due_in", "due_in_done"), "year": ("due", "due_done")}
    found = {}
    for column, units in received.items():
        due, done = (_sum(planned, name, units) for name in names[column])
        counts = {IndicatorSource.TASKS: due, IndicatorSource.TASKS_DONE: done}
        found[column] = {row.pk: counts[row.source] for row in indicators if due and row.source in counts}
    return found


def _sum(planned: Iterable[figures.Planned], name: str, units: Set[int]) -> int:
    return sum(getattr(row, name) for row in planned if row.unit in units)


def planned_by_indicator(indicators: Iterable[Indicator], planned: Iterable[figures.Planned]) -> dict[int, int]:
    """What the accepted plans have for the year; money and tasks stand at their indicator."""
    of_year = figures.total_by(planned, lambda row: row.indicator, "quantity")
    totals = {
        IndicatorSource.MONEY: sum(figures.total_by(planned, lambda row: row.area, "money").values()) or None,
        IndicatorSource.TASKS: sum(row.tasks for row in planned) or None,
    }
    return of_year | {row.pk: totals[row.source] for row in indicators if totals.get(row.source) is not None}


def indicator_rows(
    indicators: list[Indicator], planned: Mapping[int, int], tables: Mapping[str, Mapping[str, Totals]],
    *others: Mapping[str, Mapping[int, Figure]],
) -> list[dict]:  # fmt: skip
    """Planned for the year, done in the period, in the year so far, in the same period last year, in the last one.

    `tables` has what adds; `others` what does not, by the same names of columns.
    """
    found: dict[str, dict[int, Figure]] = {}
    for column in COLUMNS:
        here: dict[int, Figure] = dict(tables[column]["area"].by_indicator()) if column in tables else {}
        for other in others:
            here |= other.get(column, {})
        found[column] = here | ratios_of(indicators, here)
    codes = {row.pk: row.code for row in indicators}
    return [_row(row, planned.get(row.pk), {name: found[name].get(row.pk) for name in COLUMNS}, codes)
            for row in indicators]  # fmt: skip


def _row(indicator: Indicator, planned: int | None, told: dict[str, Figure], codes: dict[int, str]) -> dict:
    parts = (indicator.numerator_id, indicator.denominator_id)
    return {
        "code": indicator.code,
        "name": indicator.name,
        "measure": indicator.unit_of_measure,
        "kind": str(indicator.kind),
        "adds": adds(indicator),
        "parts": [codes[part] for part in parts] if all(part in codes for part in parts) else [],
        "planned": planned,
        **{name: in_json(indicator, figure) for name, figure in told.items()},
        "words": {name: in_words(indicator, figure) for name, figure in told.items() if isinstance(figure, Mapping)},
    }
