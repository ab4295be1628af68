"""An analysis as a table with a link behind each figure, as charts, and as an Excel sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from documents.charts import Bar, bars, trend
from documents.drawing import Drawing
from documents.excel import Column, Sheet
from documents.numbers import MISSING
from plans.indicators.kinds import Figure, in_json, in_words
from plans.models import Indicator
from plans.models.catalogue import IndicatorKind
from reporting.analysis.choice import DIMENSIONS, Choice, Lists, refusal
from reporting.analysis.facts import Facts
from reporting.models.summary import month_of
from reporting.roll_ups.indicator_rows import adds

CHARTS = 6  # one a column, at most
WIDTH = 620
TOTAL = None  # the key of a total


@dataclass(frozen=True)
class Cell:
    """A figure in words; as a number for Excel and charts (None: not known, or no number); the address behind it."""

    words: str
    number: int | float | None
    url: str = ""


@dataclass(frozen=True)
class Head:
    """A row or column: its name, what it is called in addresses; a total has neither key nor code."""

    key: int | None
    name: str
    code: str = ""


@dataclass(frozen=True)
class Table:
    rows: list[Head]
    columns: list[Head]
    cells: list[list[Cell]]
    notes: list[str]

    @property
    def lines(self) -> list[tuple[Head, list[Cell]]]:
        return list(zip(self.rows, self.cells, strict=True))

    @property
    def is_empty(self) -> bool:
        return all(cell.words == MISSING for row in self.cells for cell in row)


def table(choice: Choice, lists: Lists, facts: Facts) -> Table:
    """Rows × columns with totals where figures of one indicator add up over them (not over periods)."""
    columns = _heads(choice.columns, choice, lists, facts) if choice.columns else [Head(TOTAL, _("Giá trị"))]
    rows = _heads(choice.rows, choice, lists, facts)
    shown = [
        indicator
        for indicator in (lists.indicators if choice.by_indicator else [choice.indicator])
        if not refusal(indicator, choice)
    ]
    told = {row.pk for row in shown}
    notes = [refusal(row, choice) for row in lists.indicators if choice.by_indicator and row.pk not in told]
    cells = [[_cell(choice, lists, facts, row, column, told) for column in columns] for row in rows]
    return Table(rows, columns, cells, notes)


def _heads(name: str, choice: Choice, lists: Lists, facts: Facts) -> list[Head]:
    if name == "chi-tieu":
        return [Head(row.pk, f"{row} ({row.unit_of_measure})", row.code) for row in lists.indicators]
    if name == "ky":
        return [Head(number, row.full_label, row.code) for number, row in enumerate(choice.periods)]
    if name == "thang":
        heads = [
            Head(month, f"{month % 12 + 1}/{month // 12}", f"{month // 12}-{month % 12 + 1:02}")
            for month in range(month_of(choice.period.starts), month_of(choice.period.ends) + 1)
        ]
    else:
        heads = _listed(name, choice, lists, facts)
    return [*heads, Head(TOTAL, _("Tổng cộng"))]


def _listed(name: str, choice: Choice, lists: Lists, facts: Facts) -> list[Head]:
    """The units that report and the areas of the plan; others as far as anything is known of them."""
    place = [each for each in choice.dimensions if each != "chi-tieu"].index(name)
    shown = {key[place] for key in facts.keys} | lists.always.get(name, set())
    wanted, on = choice.filters.get(name), choice.period.ends
    return [
        Head(key, row.name_on(on) if name == "don-vi" else str(row), row.code)
        for key, row in lists.of[name].items()
        if (wanted is None or row == wanted) and key in shown
    ]


def _cell(choice: Choice, lists: Lists, facts: Facts, row: Head, column: Head, told: set[int]) -> Cell:
    at = {choice.rows: row} | ({choice.columns: column} if choice.columns else {})
    indicator = choice.indicator
    if choice.by_indicator:
        indicator = next(each for each in lists.indicators if each.pk == at["chi-tieu"].key)
    if indicator.pk not in told:
        return Cell(MISSING, None)
    wanted = [at[name].key for name in choice.dimensions if name != "chi-tieu"]
    figure = facts.figure(indicator, facts.matching(wanted))
    return Cell(in_words(indicator, figure), in_json(indicator, figure), _behind(choice, indicator, at, figure))


def _behind(choice: Choice, indicator: Indicator, at: Mapping[str, Head], figure: Figure) -> str:
    """The page of the results behind a figure that is a sum of them."""
    if figure is None or not adds(indicator):
        return ""
    period = at["ky"].code if "ky" in at else choice.period.code
    query = {DIMENSIONS[name].parameter: row.code for name, row in choice.filters.items()}
    query |= {DIMENSIONS[name].parameter: head.code for name, head in at.items() if name != "ky" and head.code}
    query["chi_tieu"] = indicator.code
    return f"{reverse('figure_rows', args=[period])}?{urlencode(query)}"


def no_chart(choice: Choice) -> str:
    """Why there is no chart of it, with the way out; "" when there is."""
    if choice.rows == "chi-tieu":
        return _("Các chỉ tiêu có đơn vị tính khác nhau, không vẽ chung một biểu đồ. Chọn hàng khác, hoặc xem bảng.")
    if not choice.by_indicator and choice.indicator.kind == IndicatorKind.CODE:
        return _("“%s” ghi theo mức, không có độ lớn để vẽ. Hãy xem bảng.") % choice.indicator
    return ""


def charts(choice: Choice, found: Table, width: float = WIDTH) -> list[tuple[str, Drawing]]:
    """A chart a column: a line over periods and months, bars otherwise; (caption, drawing). Totals are not drawn."""
    drawn = []
    places = [place for place, head in enumerate(found.columns) if head.key is not TOTAL or not choice.columns]
    for place in places[:CHARTS]:
        named = found.columns[place].name if choice.columns else ""
        title = f"{choice.title}: {named}" if named else choice.title
        points = [
            (head.name, cells[place].number, cells[place].words)
            for head, cells in found.lines
            if head.key is not TOTAL
        ]  # fmt: skip
        if choice.rows in ("ky", "thang"):
            drawing = trend(title, [point[:2] for point in points], width=width)
        else:
            drawing = bars(title, [Bar(name, number, None, words) for name, number, words in points], width=width)
        drawn.append((title, drawing))
    return drawn


def sheet(choice: Choice, found: Table, agency: str) -> Sheet:
    """The table as an Excel sheet: numbers as numbers, what is not known blank, codes in words."""
    columns = [Column(str(DIMENSIONS[choice.rows].label), 40), *(Column(head.name, 16) for head in found.columns)]
    rows = [
        [head.name, *(cell.words if cell.number is None and cell.words != MISSING else cell.number for cell in cells)]
        for head, cells in found.lines
    ]
    return Sheet(_("Phân tích"), (choice.title, agency), tuple(columns), rows)
