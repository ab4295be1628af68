"""The rows of a content's indicators, each kind by its own rule (plans.indicators.kinds).

A row `adds` when its figure is a plain sum of what results say: it alone is told by unit, area, channel, audience and
month. A ratio names its `parts` (codes) and is divided last; a code's values stand in `words` and are never summed.
"""

from collections.abc import Iterable, Mapping, Set

from plans.indicators.kinds import Figure, in_json, in_words, ratios_of
from plans.models import Indicator
from plans.models.catalogue import IndicatorKind, IndicatorSource
from reporting import figures
from reporting.sums.totals import Totals

COLUMNS = ("value", "year", "last_year", "last_period")
SINGLE = (IndicatorKind.STOCK, IndicatorKind.CODE)
OWN = ("value", "year")  # the columns of which the plans know something
OF_TASKS = (IndicatorSource.TASKS, IndicatorSource.TASKS_DONE)


def adds(indicator: Indicator) -> bool:
    """What Indicator.objects.summed() asks of a row, of one that is at hand."""
    return indicator.kind == IndicatorKind.COUNT and indicator.source not in OF_TASKS


class PlanSums:
    """What the plans of all units have together; tasks by column of units whose report was `received` (ids) alone."""

    def __init__(self, received: Mapping[str, Set[int]]):
        self.received = received
        self.quantity: dict[int | None, int] = {}  # by indicator
        self.money: dict[int, int] = {}  # by area
        self.tasks = 0
        self.due, self.due_done = dict.fromkeys(OWN, 0), dict.fromkeys(OWN, 0)

    def add(self, unit: int, rows: Iterable[figures.Planned]) -> None:
        for row in rows:
            self.tasks += row.tasks
            if row.quantity is not None:
                self.quantity[row.indicator] = self.quantity.get(row.indicator, 0) + row.quantity
            if row.money is not None:
                self.money[row.area] = self.money.get(row.area, 0) + row.money
            if unit in self.received["value"]:
                self.due["value"] += row.due_in
                self.due_done["value"] += row.due_in_done
            if unit in self.received["year"]:
                self.due["year"] += row.due
                self.due_done["year"] += row.due_done


def task_figures(indicators: Iterable[Indicator], sums: PlanSums) -> dict[str, dict[int, Figure]]:
    """Tasks due in the period and in the year so far, and those of them that are done; of received units alone."""
    found = {}
    for column, due in sums.due.items():
        counts = {IndicatorSource.TASKS: due, IndicatorSource.TASKS_DONE: sums.due_done[column]}
        found[column] = {row.pk: counts[row.source] for row in indicators if due and row.source in counts}
    return found


def planned_by_indicator(indicators: Iterable[Indicator], sums: PlanSums) -> dict[int | None, int]:
    """What the accepted plans have for the year; money and tasks stand at their indicator."""
    totals = {
        IndicatorSource.MONEY: sum(sums.money.values()) or None,
        IndicatorSource.TASKS: sums.tasks or None,
    }
    return sums.quantity | {row.pk: totals[row.source] for row in indicators if totals.get(row.source) is not None}


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
