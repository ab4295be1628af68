"""What an administrative document says, before it becomes paper.

Frozen descriptions without models: the caller gives strings already composed,
the properties here add what Nghị định 30/2020/NĐ-CP (Phụ lục I) fixes about
letters and signs: capitals, leading numbers, closing marks. How it looks stands
in ``templates/documents/`` and ``static/documents/official.css``.
"""

import re
import textwrap
from dataclasses import dataclass, replace
from itertools import groupby
from typing import ClassVar, Literal

from django.utils.safestring import SafeString

from documents.drawing import Drawing
from documents.verification import Verification

CLOSING = "./."
BLANK_NUMBER = " " * 6
AGENCY_LINE = 23  # capitals of 13 pt that stand beside the national name
SUBJECT_LINE = 62  # letters of 14 pt bold in a centred line
ISSUE_LINE = 32  # letters of 13 pt under the number of a công văn
DENSE_FROM = 10  # columns from which a table takes smaller letters

STAMP_MM = {"KHẨN": 20, "THƯỢNG KHẨN": 40, "HỎA TỐC": 30}  # each 8 mm high
LABELS = {"roman": "{}.", "number": "{}.", "letter": "{})", "article": "Điều {}."}

Align = Literal["left", "center", "right"]
Level = Literal["roman", "number", "letter", "article"]
Urgency = Literal["", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"]


def number_line(number: int | str | None, symbol: str) -> str:
    """Give the "Số:" line; a number below 10 is padded, a blank one is an open gap.

    ``symbol`` is what follows the stroke, such as "BC-SLĐTBXH" (NĐ 30/2020/NĐ-CP, Phụ lục I, phần II).
    """
    printed = "" if number is None else str(number).strip()
    if not printed:
        return f"Số:{BLANK_NUMBER}/{symbol}"
    return f"Số: {padded(printed)}/{symbol}"


def padded(number: str) -> str:
    """A document's number as it is printed: "05", "05a", "36"; "" stays ""."""
    return re.sub(r"^(?=[1-9](?![0-9]))", "0", number)


def closed(text: str) -> str:
    """Give the last paragraph of a document with its closing "./."."""
    text = text.rstrip()
    if text.endswith(CLOSING):
        return text
    if text.endswith("."):
        return text + CLOSING.removeprefix(".")
    return re.sub(r"\s*[;,:]$", "", text) + CLOSING


def listed(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Close every line of a list with ";" and the last one with "."."""
    bare = [re.sub(r"[\s;.,]+$", "", line) for line in lines]
    return (*(f"{line};" for line in bare[:-1]), *(f"{line}." for line in bare[-1:]))


def balanced(text: str, limit: int) -> tuple[str, ...]:
    """Break a centred line longer than ``limit`` letters into lines of like length.

    A line breaks after a dash or a comma or before "và" where that leaves two lines within the limit.
    Lines the caller broke himself with a newline stay as they are.
    """
    if "\n" in text:
        return tuple(line.strip() for line in text.splitlines() if line.strip())
    text = " ".join(text.split())
    if len(text) <= limit:
        return (text,)
    places = [found.start() for found in re.finditer(r"(?<= -) |(?<=,) | (?=và )", text, re.IGNORECASE)]
    halves = [(text[:place], text[place + 1 :]) for place in places]
    best = min(halves, key=lambda pair: max(map(len, pair)), default=None)
    if best and max(map(len, best)) <= limit:
        return best
    count = -(-len(text) // limit)
    for width in range(-(-len(text) // count), limit):
        lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        if len(lines) <= count:
            return tuple(lines)
    return tuple(textwrap.wrap(text, limit, break_long_words=False, break_on_hyphens=False))


@dataclass(frozen=True)
class Heading:
    """A titled mục ("I"), khoản ("1"), điểm ("a") or Điều ("1"); ``label`` comes without its sign."""

    level: Level
    label: str
    title: str

    template: ClassVar[str] = "documents/_heading.html"

    @property
    def text(self) -> str:
        """The heading as printed: "I. MỤC ĐÍCH", "1. Mục đích", "a) …", "Điều 1. …"."""
        title = self.title.upper() if self.level == "roman" else self.title
        return f"{LABELS[self.level].format(self.label)} {title}".strip() if self.label else title


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body; ``indent`` moves its first line in by 1.27 cm."""

    text: str
    indent: bool = True

    template: ClassVar[str] = "documents/_paragraph.html"


@dataclass(frozen=True)
class Item:
    """A paragraph behind a mark: "-", "+", "a)", "1."."""

    mark: str
    text: str

    template: ClassVar[str] = "documents/_item.html"


@dataclass(frozen=True)
class Column:
    """A column of a table; neighbours with the same ``group`` stand under one common heading.

    ``width_percent`` is the share of the table's width; columns without one share what is left.
    """

    title: str
    align: Align = "left"
    width_percent: float | None = None
    group: str = ""

    @property
    def width(self) -> str:
        """The width as CSS writes it, with a point whatever the language."""
        return f"{self.width_percent:g}%" if self.width_percent else "auto"


@dataclass(frozen=True)
class Row:
    """A row of a table; the last cell of a short row runs over the columns that are left."""

    cells: tuple[str, ...]
    kind: Literal["data", "group", "total"] = "data"


@dataclass(frozen=True)
class Cell:
    """A cell as the template prints it."""

    text: str
    align: Align
    span: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Table:
    """A table with a heading repeated on every page.

    ``caption`` stands centred above it, ``unit`` (such as "Đơn vị tính: lượt") at the right below that.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    unit: str = ""

    template: ClassVar[str] = "documents/_table.html"

    def __post_init__(self) -> None:
        if any(not 0 < len(row.cells) <= len(self.columns) for row in self.rows):
            raise ValueError("a row has no cell, or more cells than the table has columns")

    @property
    def dense(self) -> bool:
        """Whether the columns are so many that letters of 11 pt are needed."""
        return len(self.columns) > DENSE_FROM

    @property
    def head(self) -> tuple[tuple[Cell, ...], ...]:
        """The heading: one line, or two where columns are grouped."""
        if not any(column.group for column in self.columns):
            return (tuple(Cell(column.title, "center") for column in self.columns),)
        upper: list[Cell] = []
        for group, columns in groupby(self.columns, key=lambda column: column.group):
            members = tuple(columns)
            if group:
                upper.append(Cell(group, "center", span=len(members)))
            else:
                upper.extend(Cell(column.title, "center", rows=2) for column in members)
        return (tuple(upper), tuple(Cell(column.title, "center") for column in self.columns if column.group))

    @property
    def body(self) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
        """Each row as its kind and its cells."""
        return tuple((row.kind, self._cells(row)) for row in self.rows)

    def _cells(self, row: Row) -> tuple[Cell, ...]:
        rest = len(self.columns) - len(row.cells)
        cells = [Cell(text, column.align) for text, column in zip(row.cells, self.columns, strict=False)]
        if rest:
            cells[-1] = Cell(row.cells[-1], "left", span=rest + 1)
        return tuple(cells)


@dataclass(frozen=True)
class Figure:
    """A chart of ``documents.charts`` with a caption below and, below that, the figures it was drawn from."""

    drawing: Drawing
    caption: str = ""
    table: Table | None = None

    template: ClassVar[str] = "documents/_figure.html"

    def __post_init__(self) -> None:
        if not isinstance(self.drawing, Drawing):
            raise TypeError("a figure is drawn by documents.charts, never by a user")

    @property
    def svg(self) -> SafeString:
        """The drawing in the letters of the paper."""
        return self.drawing.svg("Tinos")


@dataclass(frozen=True)
class Cut:
    """The place of a table that is printed page for page (``documents.long_table``)."""

    mark: ClassVar[SafeString] = SafeString("<!--cut-->")
    template: ClassVar[str] = "documents/_cut.html"


Block = Heading | Paragraph | Item | Table | Figure


@dataclass(frozen=True)
class Appendix:
    """An appendix with its own page numbers; ``note`` is the "(Kèm theo …)" line."""

    title: str
    blocks: tuple[Block, ...]
    note: str = ""
    landscape: bool = False


@dataclass(frozen=True)
class OfficialDocument:
    """A document in the layout of Nghị định 30/2020/NĐ-CP.

    ``type_name`` is empty in a công văn, whose ``subject`` then stands under the number.
    ``authority`` is what stands above the signer's title ("KT. GIÁM ĐỐC"), empty for the head himself; several
    lines ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH") are parted by a newline. A ``draft`` says "DỰ THẢO" under its number.
    ``recipients`` come without dash and sign. ``mark`` is printed at the foot of each page,
    ``footer_contact`` at the foot of the first, ``verify`` (such as the SHA-256 of the figures) after
    the signature, ``verification`` (look-up code with its QR) at the foot of the last page.
    Without a ``cover`` only the appendices are printed: they go with a document issued before them.
    """

    agency: str
    number: int | str | None
    symbol: str
    place: str
    date_text: str
    subject: str
    blocks: tuple[Block, ...]
    parent_agency: str = ""
    type_name: str = ""
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    authority: str = ""
    signer_title: str = ""
    signer_name: str = ""
    recipients: tuple[str, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    urgency: Urgency = ""
    draft: bool = False
    mark: str = ""
    footer_contact: str = ""
    verify: tuple[str, ...] = ()
    verification: Verification | None = None
    cover: bool = True

    country: ClassVar[str] = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    motto: ClassVar[str] = "Độc lập - Tự do - Hạnh phúc"
    draft_words: ClassVar[str] = "DỰ THẢO"

    @property
    def title(self) -> str:
        """What the file is called: "KẾ HOẠCH Về việc …"."""
        return " ".join(f"{self.type_name.upper()} {self.subject}".split())

    @property
    def number_line(self) -> str:
        return number_line(self.number, self.symbol)

    @property
    def place_and_date(self) -> str:
        return ", ".join(filter(None, (self.place, self.date_text)))

    @property
    def parent_lines(self) -> tuple[str, ...]:
        return balanced(self.parent_agency.upper(), AGENCY_LINE) if self.parent_agency else ()

    @property
    def agency_lines(self) -> tuple[str, ...]:
        return balanced(self.agency.upper(), AGENCY_LINE)

    @property
    def type_line(self) -> str:
        return self.type_name.upper()

    @property
    def subject_lines(self) -> tuple[str, ...]:
        """The trích yếu under the type name, or "V/v …" of a công văn under its number."""
        if self.type_name:
            return balanced(self.subject, SUBJECT_LINE)
        return balanced(self.subject if self.subject.startswith("V/v") else f"V/v {self.subject}", ISSUE_LINE)

    @property
    def stamp_width(self) -> int | None:
        """The width of the urgency stamp in mm."""
        return STAMP_MM.get(self.urgency)

    @property
    def addressee_lines(self) -> tuple[str, ...]:
        """One addressee stands behind "Kính gửi:", several on lines of their own."""
        if len(self.addressees) < 2:
            return self.addressees
        return tuple(f"- {line}" for line in listed(self.addressees))

    @property
    def base_lines(self) -> tuple[str, ...]:
        return listed(self.bases)

    @property
    def closed_blocks(self) -> tuple[Block, ...]:
        """The body with "./." behind its last words; behind a table it stands on a line of its own."""
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Paragraph | Item):
            return (*self.blocks[:-1], replace(last, text=closed(last.text)))
        return (*self.blocks, Paragraph(CLOSING))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of body and appendices."""
        parts = (self.blocks, *(appendix.blocks for appendix in self.appendices))
        return tuple(block for blocks in parts for block in blocks if isinstance(block, Figure))

    @property
    def signature_lines(self) -> tuple[str, ...]:
        lines = f"{self.authority}\n{self.signer_title}".upper().splitlines()
        return tuple(line.strip() for line in lines if line.strip())

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        return tuple(f"- {line}" for line in listed(self.recipients))

    @property
    def numbered_appendices(self) -> tuple[tuple[str, Appendix], ...]:
        """Each appendix with its heading: "Phụ lục", or "Phụ lục I" where there are two or more."""
        if len(self.appendices) < 2:
            return tuple(("Phụ lục", appendix) for appendix in self.appendices)
        return tuple((f"Phụ lục {roman(index)}", each) for index, each in enumerate(self.appendices, start=1))


def roman(number: int) -> str:
    """Give the Roman number of an appendix, from 1 up."""
    signs = [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    printed = ""
    for value, sign in signs:
        count, number = divmod(number, value)
        printed += sign * count
    return printed
