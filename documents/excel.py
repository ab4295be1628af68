"""Tables as an Excel workbook: typed cells, print settings, nothing that a spreadsheet could run. Pure.

    workbook([Sheet("Sổ", ("SỔ ĐĂNG KÝ VĂN BẢN ĐI", "Năm 2022"),
                    (Column("Số", 8), Column("Ngày", 12)), [("01", date(2022, 1, 4))])])

A text is a text even when it begins with "=": the only formulas are Formula cells, which the portal makes. A text
longer than a cell holds ends with a note of how much is missing; it is never cut silently.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from django.utils.translation import gettext as _

from documents.numbers import MISSING, format_number

CELL_MAX = 32_767  # characters that a cell of .xlsx holds
NAME_MAX = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """`width` in characters; `number` is what the decree prints under the head ("(1)"), if anything."""

    title: str
    width: float = 12
    number: str = ""


@dataclass(frozen=True)
class Formula:
    """A live cell: `text` as Excel reads it, `value` what it gives, kept in the file for who does not compute.

    `value` None is shown as "–", as the formulas of `total` and `quotient` do; `percent` shows 0.5 as 50,0%.
    """

    text: str
    value: int | float | Decimal | None
    percent: bool = False


class Total(tuple):
    """A row in bold."""

    __slots__ = ()


@dataclass(frozen=True)
class Sheet:
    """`titles` stand above the table, the first in bold; cells may be text, numbers, days, instants, or None.

    A cell may be a Formula and a row a Total.
    """

    name: str
    titles: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Iterable[Sequence]
    landscape: bool = True

    @property
    def first(self) -> int:
        """The number that Excel gives the first of `rows`."""
        numbered = any(column.number for column in self.columns)
        return len(self.titles) + bool(self.titles) + 1 + numbered + 1

    def cell(self, row: int, place: int) -> str:
        """How another sheet calls a cell; `row` as Excel counts, `place` the column from 0."""
        return f"'{_sheet_name(self.name)}'!{letter(place)}{row}"


def letter(place: int) -> str:
    """The column from 0 as Excel calls it: 0 → "A", 26 → "AA"."""
    from xlsxwriter.utility import xl_col_to_name

    return xl_col_to_name(place)


def total(place: int, first: int, last: int, value: int | Decimal | None) -> Formula:
    """The sum of a column's rows; "–" where all of them are blank, for missing is not zero."""
    rows = f"{letter(place)}{first}:{letter(place)}{last}"
    return Formula(f'=IF(COUNT({rows})=0,"{MISSING}",SUM({rows}))', value)


def quotient(part: str, whole: str, value: float | None, *, percent: bool = True) -> Formula:
    """One cell divided by another; "–" where there is nothing to divide, or to divide by."""
    return Formula(f'=IF(OR(COUNT({part})=0,N({whole})=0),"{MISSING}",{part}/{whole})', value, percent)


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as an .xlsx file, A4, the head of each table repeated on every printed page."""
    from xlsxwriter import Workbook

    file = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
    }
    with Workbook(file, options) as book:
        formats = _formats(book)
        for sheet in sheets:
            _write(book.add_worksheet(_sheet_name(sheet.name)), sheet, formats)
    return file.getvalue()


def _sheet_name(name: str) -> str:
    """What Excel accepts as the name of a sheet."""
    return " ".join(name.translate(FORBIDDEN).split())[:NAME_MAX] or _("Bảng")


def _formats(book) -> dict:
    letters = {"font_name": "Times New Roman", "font_size": 11}
    cell = letters | {"border": 1, "valign": "top", "text_wrap": True}
    return {
        "title": book.add_format(letters | {"bold": True, "font_size": 13, "align": "center"}),
        "under": book.add_format(letters | {"align": "center"}),
        "head": book.add_format(cell | {"bold": True, "align": "center", "valign": "vcenter"}),
        "order": book.add_format(cell | {"italic": True, "align": "center"}),
        "text": book.add_format(cell | {"num_format": "@"}),
        "number": book.add_format(cell | {"num_format": "#,##0.###"}),
        "day": book.add_format(cell | {"num_format": "dd/mm/yyyy", "align": "center"}),
        "moment": book.add_format(cell | {"num_format": "dd/mm/yyyy hh:mm", "align": "center"}),
        "percent": book.add_format(cell | {"num_format": "0.0%", "align": "right"}),
        "bold text": book.add_format(cell | {"num_format": "@", "bold": True}),
        "bold number": book.add_format(cell | {"num_format": "#,##0.###", "bold": True, "align": "right"}),
        "bold percent": book.add_format(cell | {"num_format": "0.0%", "bold": True, "align": "right"}),
    }


def _write(page, sheet: Sheet, formats: dict) -> None:
    last = len(sheet.columns) - 1
    for row, title in enumerate(sheet.titles):
        style = formats["under" if row else "title"]
        if last:
            page.merge_range(row, 0, row, last, "", style)
        page.write_string(row, 0, title, style)
    head = len(sheet.titles) + bool(sheet.titles)  # counted from 0, as the library does
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(head, place, column.title, formats["head"])
    first = head + 1
    if any(column.number for column in sheet.columns):
        for place, column in enumerate(sheet.columns):
            page.write_string(first, place, column.number, formats["order"])
        first += 1
    for row, cells in enumerate(sheet.rows, first):
        bold = "bold " if isinstance(cells, Total) else ""
        for place, value in enumerate(cells):
            _write_cell(page, row, place, value, formats, bold)
    page.freeze_panes(first, 0)
    page.repeat_rows(head, first - 1)
    page.set_paper(9)  # A4
    if sheet.landscape:
        page.set_landscape()
    page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P/&N")


def _write_cell(page, row: int, place: int, value, formats: dict, bold: str = "") -> None:
    if value is None or value == "":
        page.write_blank(row, place, None, formats["text"])
    elif isinstance(value, Formula):
        style = formats[bold + ("percent" if value.percent else "number")]
        page.write_formula(row, place, value.text, style, MISSING if value.value is None else value.value)
    elif isinstance(value, datetime):
        page.write_datetime(row, place, value, formats["moment"])
    elif isinstance(value, date):
        page.write_datetime(row, place, value, formats["day"])
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        page.write_number(row, place, value, formats[f"{bold}number"])
    else:
        page.write_string(row, place, fitted(str(value)), formats[f"{bold}text"])


def fitted(text: str) -> str:
    """The text as far as a cell holds it, with a note of what is missing."""
    if len(text) <= CELL_MAX:
        return text
    note = _(" … (còn %s ký tự, xem đủ trên cổng)") % format_number(len(text))
    kept = CELL_MAX - len(note)
    return text[:kept] + _(" … (còn %s ký tự, xem đủ trên cổng)") % format_number(len(text) - kept)
