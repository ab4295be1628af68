"""A document as Word (.docx): the official layout as styled paragraphs and tables that can be edited.

Written as WordprocessingML (ISO/IEC 29500) without a library between: a thousand rows are one string,
and the same document gives the same bytes. Sizes stand in ``documents.word_styles``.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from xml.sax.saxutils import escape

from documents.drawing import Drawing
from documents.letters import printable, width
from documents.official import (
    Appendix,
    Block,
    Cell,
    Figure,
    Heading,
    Item,
    OfficialDocument,
    Paragraph,
    Table,
)
from documents.unbroken import pieces
from documents.verification import MM as QR_MM
from documents.verification import Verification
from documents.word_package import package, section
from documents.word_pictures import numbered, picture, pictures

MM = 1440 / 25.4  # twentieths of a point, in which Word counts
UPRIGHT, LANDSCAPE = 9355, 14287  # the width of the text: A4 less margins of 30 and 15 mm
ISSUER, NATION = 3855, 5500  # 68 and 97 mm
RECIPIENTS, SIGNER = 4989, 4366  # 88 and 77 mm
RULE_SHARE = 0.4  # of the line above it
DRAFT_MM = 28
PIXEL = 1440 / 96  # of a drawing
HEADINGS = {"roman": "Heading1", "article": "Heading1", "number": "Heading2", "letter": "Heading3"}
_SPACES = re.compile(r"[ \t\r\n]+")


def render_docx(document: OfficialDocument) -> bytes:
    """Print ``document`` as .docx in NFC; the same document gives the same bytes."""
    parts, layout = [], []
    if document.cover:
        parts.append("".join(_cover(document)))
        layout.append(section(contact=bool(document.footer_contact)))
    for heading, appendix in document.numbered_appendices:
        parts.append("".join(_appendix(heading, appendix)))
        layout.append(section(landscape=appendix.landscape, restart=True))
    if document.verification:
        parts[-1] += _verification(document.verification)
    ends = [*(_paragraph("Small", section=each) for each in layout[:-1]), _paragraph("Small") + layout[-1]]
    return package(
        numbered(printable("".join(part + end for part, end in zip(parts, ends, strict=True)))),
        pictures=pictures(document),
        title=printable(document.title),
        author=printable(document.agency),
        mark=printable(_paragraph("Mark", _run(document.mark))),
        contact=printable("".join(_lines("Contact", document.footer_contact.splitlines()))),
    )


def _cover(document: OfficialDocument) -> Iterator[str]:
    """The document itself, from its head to the last line before its appendices."""
    yield from _head(document)
    yield from _title(document)
    yield from _blocks(document.closed_blocks, UPRIGHT, closing=True)
    yield from _signature(document)
    if document.verify:
        yield _paragraph("Gap")
    yield from _lines("Verify", document.verify)


def _head(document: OfficialDocument) -> Iterator[str]:
    """The issuer at the left, the national name at the right, number and date on one line below."""
    issuer = [*_lines("Parent", document.parent_lines), *_lines("Agency", document.agency_lines)]
    issuer.append(_rule("Rule", ISSUER, RULE_SHARE * _longest(document.agency_lines, 13)))
    nation = [_paragraph("Country", _run(document.country)), _paragraph("Motto", _run(document.motto))]
    nation.append(_rule("Rule", NATION, _longest((document.motto,), 14)))
    number = [_paragraph("Number", _run(document.number_line))]
    if not document.type_line:
        number += _lines("Issue", document.subject_lines)
    if document.urgency:
        number.append(_boxed("Urgency", document.urgency, document.stamp_width))
    if document.draft:
        number.append(_boxed("Draft", document.draft_words, DRAFT_MM))
    date = [_paragraph("Date", _run(document.place_and_date))]
    yield _plain_table((ISSUER, NATION), (issuer, nation), (number, date))


def _title(document: OfficialDocument) -> Iterator[str]:
    if document.type_line:
        yield _paragraph("Title", _run(document.type_line))
        yield from _lines("Subtitle", document.subject_lines)
        yield _rule("SubjectRule", UPRIGHT, RULE_SHARE * _longest(document.subject_lines, 14))
    else:
        yield _paragraph("EndGap")
    yield from _addressees(document.addressee_lines)
    yield from (_paragraph("Basis", _text(line)) for line in document.base_lines)


def _addressees(lines: tuple[str, ...]) -> Iterator[str]:
    """ "Kính gửi:" and its addressees as a block in the middle, each addressee below the other."""
    if not lines:
        return
    label = round(20 * width("Kính gửi: ", 14))
    block = label + max(20 * width(line, 14) for line in lines)
    left = max(0, round((UPRIGHT - block) / 2)) + label
    indent = f'<w:ind w:left="{left}" w:hanging="{label}"/>'
    tab = f'<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs>'
    for number, line in enumerate(lines):
        lead = _run("Kính gửi: ") if len(lines) == 1 else _run("" if number else "Kính gửi:") + "<w:r><w:tab/></w:r>"
        yield _paragraph("Addressee", lead + _text(line), tabs=tab, indent=indent)
    yield _paragraph("Gap")


def _blocks(blocks: Iterable[Block], space: int, closing: bool = False) -> Iterator[str]:
    """The blocks in a width of ``space``; where the document closes with them, the last stays with the signature."""
    *others, last = blocks if closing else (*blocks, None)
    for block in others:
        yield from _block(block, space)
    if last is not None:
        yield from _block(last, space, keep=True)


def _block(block: Block, space: int, keep: bool = False) -> Iterator[str]:
    match block:
        case Heading():
            yield _paragraph(HEADINGS[block.level], _text(block.text))
        case Paragraph():
            yield _paragraph("Body" if block.indent else "Flush", _text(block.text), keep=keep)
        case Item():
            yield _paragraph("Item", _text(f"{block.mark} {block.text}"), keep=keep)
        case Table():
            yield from _table(block, space)
        case Figure():
            yield _paragraph("Figure", _drawing(block.drawing, space), keep=bool(block.caption or block.table))
            if block.caption:
                yield _paragraph("FigureCaption", _text(block.caption), keep=bool(block.table))
            if block.table:
                yield from _table(block.table, space)


def _table(table: Table, space: int) -> Iterator[str]:
    """A table with its caption; its heading is repeated on each page and its rows are not split."""
    if table.caption:
        yield _paragraph("Caption", _text(table.caption))
    yield _paragraph("Unit", _text(table.unit)) if table.unit else _paragraph("Gap")
    widths = _widths(table, space)
    dense = "Dense" * table.dense
    rows = [_row(cells, widths, f"{dense}Head", head=True) for cells in _head_rows(table)]
    body = table.body
    for place, (kind, cells) in enumerate(body, start=1):
        following = body[place][0] if place < len(body) else ""
        keep = kind == "group" or following == "total" or place == len(body) - 1
        rows.append(_row(cells, widths, f"{dense}Cell", bold=kind != "data", keep=keep))
    yield (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{space}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"</w:tblPr>{_grid(widths)}{''.join(rows)}</w:tbl>"
    )


def _widths(table: Table, space: int) -> list[int]:
    """The widths of the columns; those without one share what is left, at least 8 mm each."""
    given = [column.width_percent for column in table.columns]
    free = given.count(None)
    rest = max(100 - sum(filter(None, given)), 100 * 8 * MM * free / space)
    shares = [rest / free if share is None else share for share in given]
    edges = [round(space * sum(shares[:count]) / sum(shares)) for count in range(len(shares) + 1)]
    return [right - left for left, right in pairwise(edges)]


def _head_rows(table: Table) -> Iterator[list[tuple[Cell, str]]]:
    """The rows of the heading, each cell with how it goes on over two rows."""
    upper, *lower = table.head
    yield [(cell, '<w:vMerge w:val="restart"/>' if cell.rows > 1 else "") for cell in upper]
    if lower:
        titles = iter(lower[0])
        yield [(next(titles), "") if column.group else (Cell("", "center"), "<w:vMerge/>") for column in table.columns]


def _row(cells: Iterable, widths: list[int], style: str, *, head=False, bold=False, keep=False) -> str:
    """A row; ``cells`` are cells, those of a heading with their vertical joining."""
    printed, column = [], 0
    for each in cells:
        cell, joined = each if head else (each, "")
        across = sum(widths[column : column + cell.span])
        column += cell.span
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        align = "" if head or cell.align == "left" else f'<w:jc w:val="{cell.align}"/>'
        printed.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{across}" w:type="dxa"/>{span}{joined}<w:vAlign w:val="center"/></w:tcPr>'
            f"{_paragraph(style, _cell_text(cell.text, bold), keep=keep, align=align)}</w:tc>"
        )
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(printed)}</w:tr>"


def _signature(document: OfficialDocument) -> Iterator[str]:
    """ "Nơi nhận" at the left, the signer at the right, in a row that no page end splits."""
    if not (document.recipients or document.signer_name or document.signature_lines):
        return
    recipients = _lines("Recipient", document.recipient_lines)
    left = [_paragraph("Recipients", _run("Nơi nhận:")), *recipients] if document.recipients else []
    right = [*_lines("Authority", document.signature_lines), _paragraph("Signer", _run(document.signer_name))]
    yield _paragraph("EndGap")
    yield _plain_table((RECIPIENTS, SIGNER), (left or [_paragraph("Recipient")], right))


def _drawing(drawing: Drawing, space: int) -> str:
    """The drawing as a picture, not wider than ``space``."""
    shown = min(1, space / (drawing.width * PIXEL))
    return picture(
        drawing.key, drawing.width * PIXEL * shown, drawing.height * PIXEL * shown, drawing.title, drawing.description
    )


def _verification(verification: Verification) -> str:
    """The QR and its line in a frame at the foot of the page on which the document ends."""
    side = QR_MM * MM
    code = picture(verification.key, side, side, "Mã QR", verification.words, vector=False)
    frame = (
        f'<w:framePr w:w="{UPRIGHT}" w:hAnchor="margin" w:vAnchor="margin" w:wrap="around" w:x="1" w:yAlign="bottom"/>'
    )
    level = '<w:textAlignment w:val="center"/>'
    return _paragraph("Verification", code + _run(f"  {verification.line}"), frame=frame, align=level)


def _appendix(heading: str, appendix: Appendix) -> Iterator[str]:
    yield _paragraph("AppendixLabel", _run(heading))
    yield _paragraph("AppendixTitle", _text(appendix.title.upper()))
    if appendix.note:
        yield _paragraph("AppendixNote", _text(appendix.note))
    yield from _blocks(appendix.blocks, LANDSCAPE if appendix.landscape else UPRIGHT)


def _plain_table(widths: tuple[int, ...], *rows: tuple[list[str], ...]) -> str:
    """A table without lines, whose cells hold paragraphs beside each other."""
    printed = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{across}" w:type="dxa"/></w:tcPr>{"".join(cell)}</w:tc>'
            for across, cell in zip(widths, row, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"{_grid(widths)}{printed}</w:tbl>"
    )


def _grid(widths: Iterable[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def _rule(style: str, space: int, length: float) -> str:
    """A line of ``length`` in the middle of ``space``, as the upper border of an empty paragraph."""
    return _paragraph(style, indent=_middle(space, length))


def _boxed(style: str, text: str, millimetres: int) -> str:
    return _paragraph(style, _run(text), indent=_middle(ISSUER, millimetres * MM))


def _middle(space: int, length: float) -> str:
    side = max(0, round((space - length) / 2))
    return f'<w:ind w:left="{side}" w:right="{side}"/>'


def _longest(lines: Iterable[str], size: float) -> float:
    return max((20 * width(line, size, "Bold") for line in lines), default=0)


def _lines(style: str, lines: Iterable[str]) -> list[str]:
    return [_paragraph(style, _run(line)) for line in lines]


def _paragraph(
    style: str, content: str = "", *, keep: bool = False, frame: str = "", tabs: str = "", indent: str = "",
    align: str = "", section: str = "",
) -> str:  # fmt: skip
    """A paragraph; what it adds to its style comes in the order that the standard fixes."""
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{frame}{tabs}{indent}{align}{section}</w:pPr>{content}</w:p>'


def _run(text: str, bold: bool = False) -> str:
    """``text`` with its spaces as they are."""
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{_letters(text)}</w:r>" if text else ""


def _text(text: str) -> str:
    """``text`` with single spaces, numbers and symbols held together."""
    return _held(_SPACES.sub(" ", text).strip(), bold=False)


def _cell_text(text: str, bold: bool) -> str:
    return _held(text, bold) if " " in text else _run(text, bold)


def _held(text: str, bold: bool) -> str:
    """A run in which Word breaks no line inside a number or symbol: with its own hyphen and space for that."""
    printed = "".join(_letters(part, stays) for part, stays in pieces(text))
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{printed}</w:r>" if printed else ""


def _letters(text: str, stays: bool = False) -> str:
    if stays:
        return "<w:noBreakHyphen/>".join(map(_letters, text.replace(" ", "\u00a0").split("-")))
    return "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in text.split("\n")
    )
