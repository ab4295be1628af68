"""Reads a Word document back as what stands in it, each paragraph with what its style and itself say."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

TWIPS_A_MM = 1440 / 25.4


@dataclass(frozen=True)
class Line:
    """A paragraph: its letters in points, its indents in mm, the space before it in points."""

    text: str
    style: str
    size: float
    bold: bool
    italic: bool
    align: str
    first_line: float
    left: float
    right: float
    before: float
    line: float
    keep_next: bool
    outline: int | None
    borders: frozenset[str]
    color: str


@dataclass(frozen=True)
class Pages:
    """The pages of a section, in mm, with what stands above and below the text."""

    width: float
    height: float
    margins: tuple[float, float, float, float]
    header: str
    first_header: str
    footer: str
    first_footer: str
    first_differs: bool
    start: int | None


class Word:
    """A .docx as read by python-docx; `lines` are all paragraphs as they follow each other, cell by cell."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.document = docx.Document(BytesIO(content))

    def part(self, name: str) -> etree._Element:
        with ZipFile(BytesIO(self.content)) as file:
            return etree.fromstring(file.read(name))

    @cached_property
    def lines(self) -> list[Line]:
        body = self.document.element.body
        return [self._line(Paragraph(element, self.document._body)) for element in body.iter(qn("w:p"))]

    def find(self, start: str) -> Line:
        """Give the first paragraph that starts so."""
        return next(line for line in self.lines if line.text.startswith(start))

    def after(self, start: str) -> Line:
        """Give the paragraph behind the first one that starts so."""
        return self.lines[self.lines.index(self.find(start)) + 1]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def tables(self) -> list[Table]:
        return self.document.tables

    @cached_property
    def sections(self) -> list[Pages]:
        return [self._pages(section) for section in self.document.sections]

    def _line(self, paragraph: Paragraph) -> Line:
        style, properties = paragraph.style, paragraph._p.pPr
        form, run = style.paragraph_format, next(iter(paragraph.runs), None)
        own = {child.tag for child in properties}
        indent = properties.find(qn("w:ind"))
        borders = style.element.pPr.find(qn("w:pBdr"))
        color = style.element.rPr.find(qn("w:color"))
        return Line(
            text=paragraph.text.replace("\u00a0", " "),
            style=style.name,
            size=style.font.size.pt,
            bold=bool(style.font.bold or (run is not None and run.bold)),
            italic=bool(style.font.italic),
            align=str(paragraph.alignment if paragraph.alignment is not None else form.alignment).split(" ")[0].lower(),
            first_line=form.first_line_indent.mm if form.first_line_indent else 0,
            left=_mm(indent, "left"),
            right=_mm(indent, "right"),
            before=form.space_before.pt,
            line=form.line_spacing if isinstance(form.line_spacing, float) else form.line_spacing.pt,
            keep_next=bool(form.keep_with_next or qn("w:keepNext") in own),
            outline=next((int(level.get(qn("w:val"))) for level in style.element.iter(qn("w:outlineLvl"))), None),
            borders=frozenset(etree.QName(side).localname for side in (borders if borders is not None else ())),
            color=color.get(qn("w:val")),
        )

    def _pages(self, section) -> Pages:
        numbering = section._sectPr.find(qn("w:pgNumType"))
        return Pages(
            width=section.page_width.mm,
            height=section.page_height.mm,
            margins=tuple(
                side.mm
                for side in (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
            ),
            header=_field_and_text(section.header),
            first_header=_field_and_text(section.first_page_header),
            footer=_field_and_text(section.footer),
            first_footer=_field_and_text(section.first_page_footer),
            first_differs=section.different_first_page_header_footer,
            start=None if numbering is None else int(numbering.get(qn("w:start"))),
        )


def _mm(indent, side: str) -> float:
    return 0 if indent is None else int(indent.get(qn(f"w:{side}"), 0)) / TWIPS_A_MM


def _field_and_text(part) -> str:
    """The text of a header or footer, a field by its name in braces."""
    return "\n".join("".join(_words(paragraph._p)) for paragraph in part.paragraphs)


def _words(element) -> Iterator[str]:
    inside = False
    for piece in element.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        if piece.tag == qn("w:fldChar"):
            inside = piece.get(qn("w:fldCharType")) != "end"
        elif piece.tag == qn("w:instrText"):
            yield f"{{{piece.text.strip()}}}"
        elif not inside:
            yield piece.text
