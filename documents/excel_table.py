"""A table that people fill in and send back as an .xlsx: what was read kept as plain JSON, its columns found by their
heads, its rows by field. Pure.

`{"sheet", "rows": [[number, {column: value}], …], "hidden": [number, …], "keys": {…}}`; columns and row numbers
count from 1. A value is a text, a number, a boolean, {"day": ISO} or {"unread": shown, "why": sentence}.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import isfinite

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.excel_reading import Grid, Unreadable, column_name
from documents.numbers import format_number
from documents.uploads import UploadRefused
from documents.vietnamese import InvalidCharacters, clean, fold

KEY = "key"
KEYS_SHEET = "_khoa"
KEY_TITLE = gettext_lazy("Mã dòng (không sửa)")
NOTE_TITLE = gettext_lazy("Lỗi cần sửa")
SERIALS = range(18_264, 73_051)  # days of 1950 to 2099 as Excel counts them
SERIAL_ZERO = date(1899, 12, 30)
DAY, NUMBER = "day", "number"  # kinds of columns; any other is text
HEAD_WITHIN = 40  # the head is looked for in so many rows
SHOWN_HEADS = 60
FRAME_ROWS = 20  # titles and heads above and notes below the rows that count


@dataclass(frozen=True)
class Column:
    """A column of the table: the field of a line, its head, width in characters; `other` heads that mean the same;
    `kind` is DAY, NUMBER or text."""

    field: str
    title: str
    width: float
    required: bool = False
    other: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class Shape:
    """What a file of one kind looks like: its `format` by name, its columns, how many rows it may have."""

    format: str
    columns: tuple[Column, ...]
    most: int

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(column.field for column in self.columns)

    def heads(self) -> dict[str, str]:
        """The field of each known head by its key."""
        known = {head_key(words): column.field for column in self.columns for words in (column.title, *column.other)}
        return known | {head_key(KEY_TITLE): KEY}


def head_key(text: str) -> str:
    """A head as it is compared: no marks, no "*", nothing in brackets."""
    return fold(re.sub(r"\(.*?\)|\*", " ", str(text)[:200]))


@dataclass(frozen=True)
class Layout:
    """Where the table stands: the row of its heads, the column of each field; what no field answers to."""

    head: int
    columns: dict[str, int]
    twice: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    required: tuple[str, ...] = ()

    @property
    def missing(self) -> list[str]:
        return [name for name in self.required if name not in self.columns]

    @property
    def is_sure(self) -> bool:
        return bool(self.columns) and not self.missing and not self.twice


@dataclass(frozen=True)
class FileRow:
    """A row with something in it: its number in the file, the template's key of it, its cells by field."""

    number: int
    key: str
    cells: dict[str, object] = field(default_factory=dict)
    hidden: bool = False


def table_of(grids: Iterable[Grid], shape: Shape) -> dict:
    """The sheet that holds the table, as plain JSON. Raises UploadRefused when there is none or too much."""
    grids = list(grids)
    candidates = [grid for grid in grids if grid.visible and grid.cells]
    if not candidates:
        raise UploadRefused(_("Tệp không có dòng nào. Hãy điền vào tệp mẫu tải từ trang này rồi gửi lại."))
    tables = [_plain_table(grid) for grid in candidates]
    chosen = max(tables, key=lambda table: len(layout_of(table, shape).columns))  # the first of equals
    filled = sum(len(cells) > 1 for _number, cells in chosen["rows"])
    if filled > shape.most + FRAME_ROWS:
        raise UploadRefused(
            _("Bảng có %(now)s dòng; mỗi tệp nhận tối đa %(most)s dòng. Hãy chia thành nhiều tệp.")
            % {"now": format_number(filled), "most": format_number(shape.most)}
        )
    keys = next((_keys(grid) for grid in grids if grid.name == KEYS_SHEET), {})
    return chosen | {"keys": keys if keys.get("format") == shape.format else {}}


def _plain_table(grid: Grid) -> dict:
    rows = [[number, {str(column): _plain(value) for column, value in cells.items()}] for number, cells in grid.rows()]
    return {"sheet": _text(grid.name), "rows": rows, "hidden": sorted(grid.hidden_rows & {row[0] for row in rows})}


def _keys(grid: Grid) -> dict[str, str]:
    pairs = ((cells.get(1), cells.get(2)) for _number, cells in grid.rows())
    return {_text(name): _text(value) for name, value in pairs if isinstance(name, str) and isinstance(value, str)}


def _plain(value):
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float) and not isfinite(value):
        return {"unread": str(value), "why": _("ô chứa số quá lớn. Hãy gõ lại giá trị.")}
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return {"day": (value.date() if isinstance(value, datetime) else value).isoformat()}
    if isinstance(value, Unreadable):
        return {"unread": _text(value.shown), "why": value.why}
    return {"unread": str(value), "why": _("ô chứa giờ. Hãy gõ lại giá trị.")}


def _text(value: str) -> str:
    try:
        return clean(value)
    except InvalidCharacters:
        return clean(value.replace("\0", ""))


def layout_of(table: dict, shape: Shape, chosen: dict | None = None) -> Layout:
    """Where the columns stand: as a person has `chosen` them, or as the heads say."""
    required = tuple(column.field for column in shape.columns if column.required)
    if chosen:
        columns = {name: int(column) for name, column in chosen["columns"].items()}
        return Layout(int(chosen["head"]), columns | _key_column(table, shape, int(chosen["head"])), required=required)
    best = Layout(table["rows"][0][0] if table["rows"] else 1, {}, required=required)
    for number, cells in table["rows"][:HEAD_WITHIN]:
        found = _layout_of_row(number, cells, shape)
        if len(found.columns) > len(best.columns):
            best = found
    return best


def _layout_of_row(number: int, cells: dict, shape: Shape) -> Layout:
    known = shape.heads()
    columns: dict[str, int] = {}
    twice, unknown = [], []
    for column, value in sorted(cells.items(), key=lambda pair: int(pair[0])):
        name = known.get(head_key(value)) if isinstance(value, str) else None
        if name is None:
            unknown.append(f"{column_name(int(column))}: {shown(value)[:60]}")
        elif name in columns:
            twice.append(name)
        else:
            columns[name] = int(column)
    required = tuple(column.field for column in shape.columns if column.required)
    return Layout(number, columns, tuple(twice), tuple(unknown), required)


def _key_column(table: dict, shape: Shape, head: int) -> dict[str, int]:
    cells = dict(map(tuple, table["rows"])).get(head, {})
    found = _layout_of_row(head, cells, shape).columns
    return {KEY: found[KEY]} if KEY in found else {}


def rows_of(table: dict, layout: Layout) -> list[FileRow]:
    """The rows beneath the heads that have something in a column of ours."""
    hidden, rows = set(table["hidden"]), []
    for number, cells in table["rows"]:
        if number <= layout.head:
            continue
        found = {name: cells[str(column)] for name, column in layout.columns.items() if str(column) in cells}
        key = found.pop(KEY, "")
        if any(_says_something(value) for value in found.values()):
            rows.append(FileRow(number, key if isinstance(key, str) else "", found, number in hidden))
    return rows


def _says_something(value) -> bool:
    if isinstance(value, dict):
        return bool(value.get("day") or value.get("unread"))
    return value is not False if isinstance(value, bool) else bool(str(value).strip())


def head_choices(table: dict) -> list[tuple[str, str]]:
    """Rows that may be the heads: (number, "Dòng 3: Nội dung | Tên hoạt động …")."""
    return [
        (str(number), f"{_('Dòng')} {number}: {' | '.join(shown(value)[:30] for value in cells.values())[:120]}")
        for number, cells in table["rows"][:HEAD_WITHIN]
    ]


def column_choices(table: dict, head: int) -> list[tuple[str, str]]:
    """The columns of the table: (number, "Cột C: Tên hoạt động")."""
    titles = dict(map(tuple, table["rows"])).get(head, {})
    numbers = sorted({int(column) for _number, cells in table["rows"] for column in cells})[:SHOWN_HEADS]
    return [
        (str(number), f"{_('Cột')} {column_name(number)}: {shown(titles.get(str(number), ''))[:60]}".rstrip(": "))
        for number in numbers
    ]


def shown(value) -> str:
    """A kept value as a person sees it in the cell."""
    if isinstance(value, dict):
        return f"{date.fromisoformat(value['day']):%d/%m/%Y}" if "day" in value else value["unread"]
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return format_number(int(value) if value.is_integer() and abs(value) < 1e15 else value)
    return str(value)


def fields_shown(row: FileRow, shape: Shape) -> dict[str, str]:
    """All cells of a row as they are seen, by field."""
    return {name: shown(row.cells[name]) if name in row.cells else "" for name in shape.fields}


class UnreadableCell(ValueError):
    """The cell holds what its column cannot take; the message says what to type."""


def typed(kind: str, value) -> str:
    """A kept cell as if it had been typed into the form's box. Raises UnreadableCell."""
    if isinstance(value, dict) and "why" in value:
        raise UnreadableCell(value["why"])
    if isinstance(value, bool):
        raise UnreadableCell(_("ô chứa giá trị đúng/sai (%s). Hãy gõ lại.") % shown(value))
    if kind == DAY:
        return _typed_day(value)
    if kind == NUMBER:
        return _typed_number(value)
    if isinstance(value, float | int) and float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return shown(value)


def _typed_day(value) -> str:
    if isinstance(value, float | int):
        if float(value).is_integer() and int(value) in SERIALS:
            return f"{SERIAL_ZERO + timedelta(days=int(value)):%d/%m/%Y}"
        raise UnreadableCell(_("ô chứa số %s, không phải ngày. Hãy gõ ngày/tháng/năm.") % shown(value))
    return shown(value)


def _typed_number(value) -> str:
    if isinstance(value, dict):
        raise UnreadableCell(_("ô chứa ngày %s, không phải số. Hãy gõ lại số.") % shown(value))
    if isinstance(value, float | int):
        return format_number(Decimal(repr(value))) if abs(value) < 1e15 else str(value)
    return value
