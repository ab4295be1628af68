"""One page of a PDF as lines: running text laid out as printed, the rows of a drawn task table with their cells."""

import re
from dataclasses import dataclass

from documents.reading.pdf_tables import Grid, find_grids, place
from documents.reading.tables import read_columns
from documents.vietnamese import clean

MAX_PAGE = 60_000  # characters; a printed page has about 3,000
MAX_DRAWING, MAX_DRAWINGS = 6_000_000, 30_000_000  # bytes of drawing of a page, of a document; a second a million
MAX_FORMS = 2_000  # drawings that a page draws within each other
_SHOWN = re.compile(rb"\[([^\[\]]*)\]\s?TJ")
# A piece of text placed anew is one of its own: two cells in one text object would else be moved together.
_PLACED = re.compile(rb"(?<=\s)(?:-?\d{0,9}(?:\.\d{0,9})?\s{1,3}){6}Tm\b")
_KERN = re.compile(rb">\s?-?\d{1,2}(?:\.\d{1,6})?\s?<|(?<!\\)\)\s?-?\d{1,2}(?:\.\d{1,6})?\s?\(")
_HEADING_ROWS = 4


@dataclass(frozen=True)
class PageLine:
    """A printed line, or a row of a table: its cells and those that go on from the row above."""

    text: str
    cells: tuple | None = None
    merged: tuple = ()


class TooMuchDrawn(Exception):
    """Pages that no office prints: reading them would take minutes and all memory."""


def refuse_much_drawing(pages) -> None:
    """Raise TooMuchDrawn when these pypdf pages hold more than any honest document."""
    total = 0
    for page in pages:
        contents = page.get_contents()
        size = len(contents.get_data()) if contents is not None else 0
        total += size
        if size > MAX_DRAWING or total > MAX_DRAWINGS or _forms(page) > MAX_FORMS:
            raise TooMuchDrawn


def _forms(page) -> int:
    """How many drawings a page draws, those within drawings counted each time; stops counting beyond the limit."""
    count, waiting = 0, [page]
    while waiting and count <= MAX_FORMS:
        resources = waiting.pop().get("/Resources")
        drawn = (resources.get_object() if resources is not None else {}).get("/XObject")
        for drawing in (drawn.get_object() if drawn is not None else {}).values():
            drawing = drawing.get_object()
            if drawing.get("/Subtype") == "/Form":
                count += 1
                waiting.append(drawing)
    return count


def page_lines(page, above: list | None = None) -> tuple[list[PageLine], list | None]:
    """(the lines of a pypdf page, where the columns part in the table that its end is in).

    above: where they part in the table that the page before ended in, which may go on here without a heading.
    """
    from pypdf._text_extraction._layout_mode import _fixed_width_page as layout

    operations = _operations(page)
    pieces = _pieces(operations, page._layout_mode_fonts(), layout)
    if not pieces:
        return [], None
    width = layout.fixed_char_width(pieces)
    edge = min(piece["tx"] for piece in pieces)
    tables, loose = [], pieces
    for grid in find_grids(operations):
        placed = [grid]
        rest = place(placed, loose)
        rows = _rows(grid) if placed else []
        if rows and (_is_task_table(rows) or above and _alike(grid.xs, above)):
            tables.append((grid, rows))
            loose, above = rest, grid.xs
    lines: list[PageLine] = []
    for grid, rows in tables:
        lines += _laid_out([piece for piece in loose if piece["ty"] > grid.ys[0]], edge, width, layout)
        loose = [piece for piece in loose if piece["ty"] <= grid.ys[0]]
        lines += rows
    lines += _laid_out(loose, edge, width, layout)
    return _limited(lines), tables[-1][0].xs if tables else None


def _operations(page) -> list:
    """The drawing of a page, with the pieces joined that small moves between letters cut a word into."""
    from pypdf.generic import ContentStream, DecodedStreamObject

    contents = page.get_contents()
    if contents is None:
        return []
    joined = DecodedStreamObject()
    data = _SHOWN.sub(lambda shown: _KERN.sub(b"", shown.group()), contents.get_data())
    joined.set_data(_PLACED.sub(rb"ET BT \g<0>", data))
    return ContentStream(joined, page.pdf, "bytes").operations


def _pieces(operations, fonts, layout) -> list:
    """The pieces of text of a page at the place where they are printed, from the top.

    pypdf's own walk leaves out how the page as a whole is placed, without which text and drawn lines do not meet.
    """
    from pypdf._text_extraction._layout_mode._text_state_manager import TextStateManager

    state, found, walk = TextStateManager(), [], iter(operations)
    for operands, name in walk:
        if name in (b"BT", b"q"):
            found += layout.recurse_to_target_op(walk, state, b"ET" if name == b"BT" else b"Q", fonts)[0]
        elif name == b"Tf":
            layout.set_font_operation(state, fonts, operands)
        elif name == b"cm":
            state.add_cm(*operands)
        else:
            state.set_state_param(name, operands)
    return sorted(found, key=lambda piece: (piece["ty"] * piece["flip_sort"], -piece["tx"]), reverse=True)


def _rows(grid: Grid) -> list[PageLine]:
    rows = []
    for cells, merged in grid.rows():
        cells = [clean(cell.replace("\x00", "")) for cell in cells]
        said = [cell for column, cell in enumerate(cells) if cell and column not in merged]
        if said:
            rows.append(PageLine(" | ".join(" ".join(cell.split()) for cell in said), tuple(cells), tuple(merged)))
    return rows


def _is_task_table(rows: list[PageLine]) -> bool:
    return any(read_columns(tuple(" ".join(cell.split()) for cell in row.cells)) for row in rows[:_HEADING_ROWS])


def _alike(xs: list, others: list) -> bool:
    return len(xs) == len(others) and all(abs(x - other) < 6 for x, other in zip(xs, others, strict=True))


def _laid_out(pieces, edge, width, layout) -> list[PageLine]:
    if not pieces:
        return []
    moved = [dict(piece, tx=piece["tx"] - edge, displaced_tx=piece["displaced_tx"] - edge) for piece in pieces]
    text = layout.fixed_width_page(layout.y_coordinate_groups(moved), width, False, 1)
    return [PageLine(line) for line in clean(text.replace("\x00", "")).split("\n") if line.strip()]


def _limited(lines: list[PageLine]) -> list[PageLine]:
    kept, length = [], 0
    for line in lines:
        length += len(line.text)
        if length > MAX_PAGE:
            break
        kept.append(line)
    return kept
