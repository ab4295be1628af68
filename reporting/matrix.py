"""Units × areas: tasks done of those planned, as the component `matrix` shows them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from reporting.roll_ups import narrative
from reporting.roll_ups.by_unit import Tasks, tasks_over_all, walk


@dataclass(frozen=True)
class Cell:
    """Tasks done of those planned; `done` is None where it is not known, `url` leads to the results behind."""

    planned: int
    done: int | None
    url: str = ""

    @property
    def words(self) -> str:
        """ "3/5"; "–" where nothing is planned, "–/5" where what was done is not known."""
        return narrative.done_words(self.done, self.planned)

    @property
    def tone(self) -> str:
        if not self.planned or self.done is None:
            return "blank"
        if self.done >= self.planned:
            return "full"
        if not self.done:
            return "none"
        return "most" if 2 * self.done >= self.planned else "some"


@dataclass(frozen=True)
class Words:
    """A cell that is not a count."""

    words: str
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[Cell | Words]
    url: str = ""


@dataclass(frozen=True)
class Matrix:
    columns: list[dict]
    rows: list[Row]
    foot: Row
    total: Cell  # all tasks of all units


def matrix(content: dict, *, url: str = "", with_reports: bool = False) -> Matrix:
    """The table of a roll-up's content.

    `url` is the page of the rows behind a figure; `with_reports` adds how each unit's reports stand.
    """
    columns = [{"short": f"{area['letter']})", "name": area["name"]} for area in content["areas"]]
    columns.append({"short": "Cộng"})
    if with_reports:
        columns.append({"short": "Báo cáo"})
    rows = []
    for unit, found in walk(content):
        reports = [Words(narrative.report_words(unit))] if with_reports else []
        leads_to = f"{url}?{urlencode({'don_vi': unit['code']})}" if url else ""
        rows.append(Row(unit["name"], _cells(content, found.tasks, unit["code"], url) + reports, leads_to))
    sums = _cells(content, tasks_over_all(content), "", "")
    foot = Row("Tổng cộng", sums + ([Words("")] if with_reports else []))
    return Matrix(columns, rows, foot, total=sums[-1])


def _cells(content: dict, tasks: Sequence[Tasks], unit: str, url: str) -> list[Cell]:
    """The cells of a unit (of all without one): its areas and their sum."""
    cells = []
    for area in content["areas"]:
        done, planned = narrative.tasks_done(tasks, area["code"])
        query = urlencode({"don_vi": unit, "noi_dung": area["code"], "pham_vi": "nam"})
        cells.append(Cell(planned, done, f"{url}?{query}" if url and planned and done is not None else ""))
    done, planned = narrative.tasks_done(tasks)
    return [*cells, Cell(planned, done)]
