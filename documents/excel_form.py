"""An .xlsx file that people fill in and send back: drop-downs, hidden keys, instructions, the copy with errors. Pure.

What is read of it is the matter of documents.excel_table, with the same `Shape`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from django.utils.translation import gettext as _

from documents.excel import fitted
from documents.excel_table import DAY, KEY_TITLE, KEYS_SHEET, NOTE_TITLE, NUMBER, Shape

HEAD = 3  # rows above the first line: title, hint, heads


@dataclass(frozen=True)
class FormRow:
    """A row to be written: its key, its cells by field (as typed), and what is wrong by field."""

    key: str
    cells: dict
    faults: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ExcelForm:
    """The file: `lists` are the drop-downs by field, `keys` what the hidden sheet says, `blank` the least rows.

    `pages` are further sheets: (name, what writes it). `tips` are shown beside a cell of a column, `offered` what may
    be chosen there or typed otherwise. An `example` row stands first. `marked` adds the column of what is wrong and
    colours the cells.
    """

    shape: Shape
    sheet: str
    title: str
    hint: str
    rows: Sequence[FormRow]
    lists: Mapping[str, Sequence[str]]
    keys: Mapping[str, str]
    blank: int
    example: FormRow | None = None
    tips: Mapping[str, str] = field(default_factory=dict)
    offered: Mapping[str, Sequence[str]] = field(default_factory=dict)
    pages: Sequence[tuple[str, Callable]] = ()
    marked: bool = False


def write_form(form: ExcelForm) -> bytes:
    """The whole file."""
    from xlsxwriter import Workbook

    file = BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    with Workbook(file, options) as book:
        formats = _formats(book)
        _write_lines(book.add_worksheet(form.sheet), form, formats)
        for name, write in form.pages:
            page = book.add_worksheet(name)
            write(page, formats)
            _paper(page)
        _write_lists(book.add_worksheet(_("Danh mục")), form, formats)
        hidden = book.add_worksheet(KEYS_SHEET)
        for number, (name, value) in enumerate(form.keys.items()):
            hidden.write_string(number, 0, name)
            hidden.write_string(number, 1, value)
        hidden.very_hidden()
    return file.getvalue()


def write_instructions(title: str, lines: Sequence[str]) -> Callable:
    """What writes a page of numbered sentences."""

    def write(page, formats: dict) -> None:
        page.set_column(0, 0, 5)
        page.set_column(1, 1, 110)
        page.write_string(0, 0, title, formats["title"])
        for number, words in enumerate(lines, 1):
            page.write_string(number, 0, f"{number}.", formats["plain"])
            page.write_string(number, 1, str(words), formats["plain"])

    return write


def _formats(book) -> dict:
    letters = {"font_name": "Times New Roman", "font_size": 11}
    cell = letters | {"border": 1, "border_color": "#999999", "valign": "top", "text_wrap": True}
    kinds = {
        "text": {"num_format": "@"},
        DAY: {"num_format": "dd/mm/yyyy", "align": "center"},
        NUMBER: {"num_format": "#,##0"},
    }
    wrong = {"bg_color": "#F8D7DA", "border_color": "#B02A37"}
    example = {"italic": True, "font_color": "#666666", "bg_color": "#F2F2F2"}
    formats = {
        "title": book.add_format(letters | {"bold": True, "font_size": 13}),
        "under": book.add_format(letters | {"font_color": "#444444"}),
        "head": book.add_format(
            cell | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#DCE6F1", "num_format": "@"}
        ),
        "plain": book.add_format(letters | {"text_wrap": True, "valign": "top"}),
        "strong": book.add_format(letters | {"bold": True, "text_wrap": True, "valign": "top"}),
    }
    for name, kind in kinds.items():
        formats[name] = book.add_format(cell | kind)
        formats[f"{name} wrong"] = book.add_format(cell | kind | wrong)
        formats[f"{name} example"] = book.add_format(cell | kind | example)
    return formats


def _write_lines(page, form: ExcelForm, formats: dict) -> None:
    columns = form.shape.columns
    page.write_string(0, 1, form.title, formats["title"])
    page.write_string(1, 1, form.hint, formats["under"])
    page.set_column(0, 0, 12, None, {"hidden": True})
    page.write_string(2, 0, str(KEY_TITLE), formats["head"])
    for place, column in enumerate(columns, 1):
        page.set_column(place, place, column.width)
        page.write_string(2, place, f"{column.title}{' *' if column.required else ''}", formats["head"])
    if form.marked:
        page.set_column(len(columns) + 1, len(columns) + 1, 50)
        page.write_string(2, len(columns) + 1, str(NOTE_TITLE), formats["head"])
    page.set_row(2, 34)
    first = HEAD
    if form.example and not form.marked:
        _write_row(page, first, form, form.example, formats, " example")
        first += 1
    for number, row in enumerate(form.rows, first):
        _write_row(page, number, form, row, formats, "")
    _add_choices(page, form, first, first + max(len(form.rows), form.blank) - 1)
    page.freeze_panes(HEAD, 3)
    page.repeat_rows(2)
    _paper(page)


def _write_row(page, number: int, form: ExcelForm, row: FormRow, formats: dict, tone: str) -> None:
    page.write_string(number, 0, row.key, formats["text"])
    for place, column in enumerate(form.shape.columns, 1):
        style = formats[(column.kind or "text") + (" wrong" if column.field in row.faults else tone)]
        value = row.cells.get(column.field)
        if value in (None, ""):
            page.write_blank(number, place, None, style)
        elif isinstance(value, date):
            page.write_datetime(number, place, value, style)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            page.write_number(number, place, value, style)
        else:
            page.write_string(number, place, fitted(str(value)), style)
    if form.marked:
        words = "\n".join(row.faults.values())
        page.write_string(number, len(form.shape.columns) + 1, words, formats["text wrong" if words else "text"])


def _add_choices(page, form: ExcelForm, first: int, last: int) -> None:
    for place, column in enumerate(form.shape.columns, 1):
        name = column.field
        if name in form.lists:
            letter, count = "ABCDEFGH"[list(form.lists).index(name)], max(len(form.lists[name]), 1)
            rule = {
                "validate": "list", "source": f"='{_('Danh mục')}'!${letter}$2:${letter}${count + 1}",
                "error_title": _("Chọn trong danh sách"),
                "error_message": _("Hãy chọn một mục trong danh sách của ô này."),
            }  # fmt: skip
        elif form.offered.get(name):
            rule = {"validate": "list", "source": list(form.offered[name]), "error_type": "information"}
        elif column.kind == NUMBER and name != "money":
            rule = {
                "validate": "integer", "criteria": ">=", "value": 0, "error_title": str(column.title)[:32],
                "error_message": _("Hãy gõ số nguyên từ 0, hoặc để trống."),
            }  # fmt: skip
        elif name in form.tips:
            rule = {"validate": "any", "input_title": str(column.title)[:32], "input_message": form.tips[name]}
        else:
            continue
        page.data_validation(first, place, last, place, rule)


def _write_lists(page, form: ExcelForm, formats: dict) -> None:
    titles = {column.field: str(column.title) for column in form.shape.columns}
    for place, (name, labels) in enumerate(form.lists.items()):
        page.set_column(place, place, 42)
        page.write_string(0, place, titles[name], formats["head"])
        for number, label in enumerate(labels, 1):
            page.write_string(number, place, fitted(label), formats["plain"])
    page.freeze_panes(1, 0)
    _paper(page)


def _paper(page) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P/&N")
