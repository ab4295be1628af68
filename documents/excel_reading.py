"""Values out of an .xlsx file that anyone may have sent: bounded in time and memory, nothing guessed. Pure.

The zip's directory is looked at first (documents.uploads), every part is unpacked within a limit and looked
through for what a reader must not meet: a document type (entities), cells far away, too many of them, one long
text in very many cells. Only then the library reads a copy that holds the checked parts alone.
"""

import struct
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO
from xml.etree import ElementTree
from xml.parsers import expat

from django.utils.translation import gettext as _

from documents.uploads import UploadRefused, check, clean_label

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 16 * 1024 * 1024
MAX_CELLS = 60_000  # with a value
MAX_TEXT = 4_000_000  # characters of all cells together
MAX_ELEMENTS = 300_000
LAST_ROW, LAST_COLUMN = 20_000, 200
MAX_SHEETS = 20
MAX_MERGED = 5_000  # ranges of a sheet
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SAVE_AS = "Hãy mở bằng Excel, chọn Tệp › Lưu thành (Save As) › Excel Workbook (.xlsx)."


@dataclass(frozen=True)
class Unreadable:
    """A cell that holds no value to rely on; `shown` is what a person sees there, `why` what to do about it."""

    shown: str
    why: str


@dataclass(frozen=True)
class Grid:
    """A sheet's cells by (row, column), both from 1; empty cells are absent.

    A value is a str, float, int, bool, date, datetime, time, timedelta or Unreadable.
    """

    name: str
    visible: bool
    cells: dict[tuple[int, int], object]
    hidden_rows: frozenset[int] = frozenset()

    def rows(self) -> Iterator[tuple[int, dict[int, object]]]:
        """The rows that hold something: their number and their cells by column."""
        found: dict[int, dict[int, object]] = {}
        for (row, column), value in self.cells.items():
            found.setdefault(row, {})[column] = value
        yield from sorted(found.items())


def read_workbook(file: BinaryIO, name: str) -> list[Grid]:
    """The sheets of an .xlsx file. Raises UploadRefused with one sentence for whatever cannot be read."""
    content = file.read(MAX_BYTES + 1)
    label = clean_label(name)
    _refuse_other_kinds(content, label)
    check(BytesIO(content), name, max_bytes=MAX_BYTES, only=("xlsx",))
    parts = _unpack(content, label)
    try:
        sheets = [(sheet, _Sheet(parts, sheet.path)) for sheet in _sheets(parts)[:MAX_SHEETS]]
    except _Abnormal:
        raise UploadRefused(_abnormal(label)) from None
    except (expat.ExpatError, ElementTree.ParseError, KeyError, ValueError):
        raise UploadRefused(_broken(label)) from None
    return _read(parts, sheets, label)


def column_name(column: int) -> str:
    """The letters above a column: 1 → A, 27 → AA."""
    column, last = divmod(column - 1, 26)
    return (column_name(column) if column else "") + chr(65 + last)


def _broken(label: str) -> str:
    return _("Tệp “%s” bị hỏng hoặc không đầy đủ. Hãy mở bằng Excel, lưu lại rồi gửi lại.") % label


def _abnormal(label: str) -> str:
    return _("Tệp bất thường, không nhận: “%s” quá lớn hoặc có ô nằm quá xa bảng. Hãy chép bảng sang mẫu mới.") % label


def _refuse_other_kinds(content: bytes, label: str) -> None:
    """What people send in the place of an .xlsx, each with its way out; the rest is judged by documents.uploads."""
    suffix = PurePosixPath(label).suffix.casefold()
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith(OLD_OFFICE):
        if ENCRYPTED in content:
            raise UploadRefused(_("Tệp “%s” có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu rồi lưu lại.") % label)
        raise UploadRefused(_("“%s” là tệp Excel kiểu cũ (.xls).") % label + f" {SAVE_AS}")
    if content.startswith(b"PK\x03\x04") and suffix in (".xlsm", ".xltm", ".xlam"):
        raise UploadRefused(_("Tệp “%s” có macro nên không nhận.") % label + f" {SAVE_AS}")
    if content.startswith(b"PK\x03\x04") and suffix in (".xlsb", ".ods", ".xltx"):
        raise UploadRefused(_("Không đọc được loại tệp của “%s”.") % label + f" {SAVE_AS}")
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")):
        raise UploadRefused(_("“%s” là trang web (HTML) mang đuôi Excel.") % label + f" {SAVE_AS}")
    if content and suffix in (".csv", ".txt"):
        raise UploadRefused(_("“%s” là tệp văn bản, không phải Excel.") % label + f" {SAVE_AS}")
    if content and not content.startswith(b"PK"):
        raise UploadRefused(_("“%s” không phải tệp Excel. Hãy gửi tệp .xlsx tải từ trang này.") % label)


def _unpack(content: bytes, label: str) -> dict[str, bytes]:
    """The XML parts by name; what the header of a part declares is held to while unpacking."""
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for member in archive.infolist():
                if not member.filename.endswith((".xml", ".rels")) or _is_beside(member.filename):
                    continue
                if member.file_size > left or member.filename in parts:
                    raise UploadRefused(_abnormal(label))
                with archive.open(member) as part:  # read() alone would unpack whatever is there
                    parts[member.filename] = part.read(member.file_size)
                left -= member.file_size
                _refuse_entities(parts[member.filename])
    except _Abnormal:
        raise UploadRefused(_abnormal(label)) from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, struct.error, expat.ExpatError):
        raise UploadRefused(_broken(label)) from None
    except RuntimeError:  # the zip's own password
        raise UploadRefused(_("Tệp “%s” có mật khẩu. Hãy lưu lại không có mật khẩu.") % label) from None
    return parts


def _is_beside(name: str) -> bool:
    """Pictures, charts and the like: no value of a cell stands there."""
    return name.startswith(("xl/drawings/", "xl/charts/", "xl/media/", "xl/externalLinks/", "docProps/", "customXml/"))


class _Abnormal(Exception):
    """The file asks for more than any honest table."""


def _refuse_entities(xml: bytes) -> None:
    def doctype(*_arguments):
        raise _Abnormal

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(xml, True)


@dataclass(frozen=True)
class _Place:
    name: str
    path: str
    visible: bool


def _sheets(parts: dict[str, bytes]) -> list[_Place]:
    """The worksheets in their order, with the part that holds each."""
    relations = {
        node.get("Id"): node.get("Target", "")
        for node in ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])  # noqa: S314  entities are refused
        if node.get("Type", "").endswith("/worksheet")
    }
    found = []
    for node in ElementTree.fromstring(parts["xl/workbook.xml"]).iter():  # noqa: S314  entities are refused
        if not node.tag.endswith("}sheet"):
            continue
        relation = next((value for key, value in node.attrib.items() if key.endswith("}id")), "")
        target = relations.get(relation)
        if target:
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found.append(_Place(node.get("name", ""), path, node.get("state", "visible") == "visible"))
    return found


class _Counter:
    """Handlers of one part that stop at more elements than any honest table has."""

    def __init__(self, xml: bytes):
        self.elements, self.text = 0, None
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._shut
        parser.CharacterDataHandler = self._say
        parser.Parse(xml, True)

    def _open(self, name: str, attributes: dict) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise _Abnormal
        self.opened(name[name.rfind(" ") + 1 :], attributes)

    def _shut(self, name: str) -> None:
        self.shut(name[name.rfind(" ") + 1 :])

    def _say(self, text: str) -> None:
        if self.text is not None:
            self.text += text


class _Lengths(_Counter):
    """How long each shared text is."""

    def __init__(self, xml: bytes):
        self.of: list[int] = []
        super().__init__(xml)

    def opened(self, name: str, attributes: dict) -> None:
        if name == "si":
            self.text = ""

    def shut(self, name: str) -> None:
        if name == "si":
            self.of.append(len(self.text or ""))
            self.text = None


@dataclass
class _Cell:
    row: int
    column: int
    kind: str
    formula: str | None = None
    value: str | None = None


class _Sheet(_Counter):
    """What the library does not tell of a sheet: errors, formulas without a value, hidden rows; how much there is."""

    def __init__(self, parts: dict[str, bytes], path: str):
        self.errors: dict[tuple[int, int], str] = {}
        self.formulas: dict[tuple[int, int], str] = {}
        self.hidden: set[int] = set()
        self.row, self.column, self.cells, self.length, self.merged = 0, 0, 0, 0, 0
        self.cell: _Cell | None = None
        shared = next((parts[name] for name in parts if name.casefold() == "xl/sharedstrings.xml"), None)
        self.lengths = _Lengths(shared).of if shared else []
        super().__init__(parts[path])

    def opened(self, name: str, attributes: dict) -> None:
        if name == "row":
            self.row = int(attributes.get("r") or self.row + 1)
            self.column = 0
            if attributes.get("hidden") in ("1", "true"):
                self.hidden.add(self.row)
        elif name == "c":
            row, self.column = _place(attributes["r"]) if "r" in attributes else (self.row, self.column + 1)
            self.cell = _Cell(row, self.column, attributes.get("t", "n"))
        elif name in ("v", "f", "is") and self.cell:
            self.text = ""
        elif name == "mergeCell":
            self.merged += 1
            if self.merged > MAX_MERGED:
                raise _Abnormal

    def shut(self, name: str) -> None:
        if name == "c" and self.cell:
            self._count(self.cell)
            self.cell = None
        elif name in ("v", "f", "is") and self.cell:
            if name == "f":
                self.cell.formula = self.text
            else:
                self.cell.value = self.text
            self.text = None

    def _count(self, cell: _Cell) -> None:
        place = cell.row, cell.column
        if cell.value in (None, ""):
            if cell.formula is not None:
                self.formulas[place] = cell.formula
            elif cell.value is None:
                return
        if not (1 <= cell.row <= LAST_ROW and 1 <= cell.column <= LAST_COLUMN):
            raise _Abnormal
        if cell.kind == "e":
            self.errors[place] = cell.value or "#N/A"
        self.cells += 1
        self.length += self._length(cell)
        if self.cells > MAX_CELLS or self.length > MAX_TEXT:
            raise _Abnormal

    def _length(self, cell: _Cell) -> int:
        if cell.kind == "s" and cell.value and cell.value.isdigit() and len(cell.value) < 8:
            return self.lengths[int(cell.value)] if int(cell.value) < len(self.lengths) else 0
        return len(cell.value or "")


def _place(address: str) -> tuple[int, int]:
    """ "AB12" → (12, 28). Raises ValueError."""
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters[:4].upper():
        column = column * 26 + ord(letter) - 64
    return int(address[len(letters) :]), column


def _read(parts: dict[str, bytes], sheets: list[tuple[_Place, _Sheet]], label: str) -> list[Grid]:
    """The values as the library reads them, with what it does not tell put in."""
    from python_calamine import CalamineWorkbook

    copy = BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    copy.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(copy)
        return [_grid(book.get_sheet_by_name(place.name), place, scan) for place, scan in sheets]
    except BaseException as error:  # the library's own panics derive from BaseException
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise UploadRefused(_broken(label)) from None


def _grid(sheet, place: _Place, scan: _Sheet) -> Grid:
    cells: dict[tuple[int, int], object] = {}
    for row, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
        for column, value in enumerate(values, 1):
            if value != "" or isinstance(value, bool):
                cells[row, column] = value
    for spot, formula in scan.formulas.items():
        cells[spot] = Unreadable(
            f"={formula}"[:100],
            _("ô là công thức chưa có kết quả. Mở tệp bằng Excel rồi lưu lại, hoặc gõ thẳng giá trị."),
        )
    for spot, shown in scan.errors.items():
        cells[spot] = Unreadable(shown, _("ô có lỗi của Excel (%s). Hãy gõ lại giá trị.") % shown)
    _mark_merged(cells, sheet.merged_cell_ranges or [])
    return Grid(place.name, place.visible, cells, frozenset(scan.hidden))


def _mark_merged(cells: dict[tuple[int, int], object], ranges: list) -> None:
    """A cell that is covered by its neighbour holds no value of its own, in rows that hold something."""
    filled = sorted({row for row, _column in cells})
    for (top, left), (bottom, right) in ranges:
        first = f"{column_name(left + 1)}{top + 1}"
        covered = filled[bisect_left(filled, top + 1) : bisect_left(filled, bottom + 2)]
        for row in covered:
            for column in range(left + 1, min(right + 1, LAST_COLUMN) + 1):
                if (row, column) != (top + 1, left + 1) and (row, column) not in cells:
                    cells[row, column] = Unreadable(
                        "", _("ô bị gộp với ô %s. Hãy bỏ gộp ô rồi gõ giá trị cho từng dòng.") % first
                    )
