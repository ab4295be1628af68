"""A page full of rows, painted into WeasyPrint's own PDF: the same fonts, the same heading, the same foot."""

from collections.abc import Sequence
from dataclasses import dataclass

from weasyprint.draw.text import draw_text
from weasyprint.formatting_structure.boxes import MarginBox, TextBox
from weasyprint.text.line_break import split_first_line

from documents.letters import printable
from documents.long_table.lines import Line, broken
from documents.long_table.words import Face
from documents.official import Column, Row


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: where it stands in its row, in pixels from the left of the page, and its lines."""

    left: float
    width: float
    align: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row with its lines broken."""

    cells: tuple[Cell, ...]
    bold: bool
    height: float


class Pattern:
    """What a page that WeasyPrint made of the table says about every further one: boxes, distances, edges."""

    def __init__(self, page, table, columns: Sequence[Column]) -> None:
        self.aligns = [column.align for column in columns]
        self._rows: dict[int, tuple[Row, SetRow]] = {}
        self._cells: dict[tuple[str, int, int, bool], Cell] = {}
        self.page, self.box, self.table = page, page._page_box, table
        head, body = table.children[0], table.children[1]
        self.head_cells = [cell for row in head.children for cell in row.children]
        self.head_words = [each for cell in self.head_cells for each in _words_of(cell)]
        row = body.children[0]
        self.top = row.position_y
        self.edges = [*table.column_positions, table.column_positions[-1] + table.column_widths[-1]]
        cell = row.children[0]
        self.rule = 2 * cell.border_left_width
        self.room = self.box.content_box_y() + self.box.height - self.top - self.rule / 2
        self.inset = cell.border_left_width + cell.padding_left
        self.over = row.height - max(cell.height for cell in row.children)
        style = next(each.style for each in self.head_words)
        self.bold = Face(style)
        self.line, self.baseline = next(
            (line.height, line.baseline) for cell in self.head_cells for line in cell.children
        )
        plain = style.copy()
        plain["font_weight"] = 400
        self.plain = Face(plain)
        margins = [child for child in self.box.children if isinstance(child, MarginBox)]
        upper, lower = (
            [box for box in margins if box.at_keyword == name] for name in ("@top-center", "@bottom-center")
        )
        (self.number,) = _words_of(upper[0])
        self.foot_words = [words for box in lower for words in _words_of(box)]

    def set(self, row: Row) -> SetRow:
        """The row with its lines broken."""
        if id(row) not in self._rows:
            self._rows[id(row)] = row, self._set(row)
        return self._rows[id(row)][1]

    def _set(self, row: Row) -> SetRow:
        last, bold = len(row.cells) - 1, row.kind != "data"
        cells = tuple(
            self._cell(text, column, len(self.aligns) - last if column == last else 1, bold)
            for column, text in enumerate(row.cells)
        )
        height = max(len(cell.lines) for cell in cells) * self.line + self.over
        return SetRow(cells, bold, height)

    def _cell(self, text: str, column: int, span: int, bold: bool) -> Cell:
        """A cell with its lines broken; the same words in the same column are broken once."""
        key = (text, column, span, bold)
        if key not in self._cells:
            left, width = self.place(column, span)
            align = self.aligns[column] if span == 1 else "left"
            lines = broken(printable(text), self.bold if bold else self.plain, width)
            self._cells[key] = Cell(left, width, align, tuple(lines))
        return self._cells[key]

    def place(self, column: int, span: int) -> tuple[float, float]:
        """The left end and the width of what stands in ``span`` columns from ``column`` on."""
        left, right = self.edges[column], self.edges[column + span]
        return left + self.inset, right - left - 2 * self.inset


class RowsPage:
    """A page of rows as WeasyPrint's PDF takes it."""

    def __init__(self, pattern: Pattern, rows: Sequence[SetRow], number: int) -> None:
        self.pattern, self.rows, self.page_number = pattern, rows, number
        self.width, self.height, self.bleed = pattern.page.width, pattern.page.height, pattern.page.bleed
        self.bookmarks, self.links, self.anchors, self.forms = [], [], {}, {None: []}

    def paint(self, stream, scale: float = 1) -> None:
        with stream.stacked():
            stream.transform(a=scale, d=scale)
            for words in self.pattern.head_words:
                draw_text(stream, words, 0, "clip", "none")
            self._text(stream)
            self._rules(stream)
            self._number(stream)
            for words in self.pattern.foot_words:
                draw_text(stream, words, 0, "clip", "none")

    def _number(self, stream) -> None:
        """The page's number, its middle where the pattern's number has its own."""
        shown, pattern = self.pattern.number.copy(), self.pattern.number
        text = str(self.page_number)
        layout, _, _, width, _, _ = split_first_line(text, shown.style, None, None, 0)
        shown.text, shown.pango_layout, shown.width = text, layout, width
        shown.position_x = pattern.position_x + (pattern.width - width) / 2
        draw_text(stream, shown, 0, "clip", "none")

    def _text(self, stream) -> None:
        """The lines of the rows as they are read: row after row, cell after cell."""
        pattern, top = self.pattern, self.pattern.top
        stream.begin_text()
        for row in self.rows:
            face = pattern.bold if row.bold else pattern.plain
            font, size = stream.add_font(face.pango_font)
            face.told(font)
            stream.set_font_size(font.hash, size)
            for cell in row.cells:
                y = top + (row.height - len(cell.lines) * pattern.line) / 2 + pattern.baseline
                for line in cell.lines:
                    x = cell.left + (cell.width - line.width) * _SHARE[cell.align]
                    stream.stream.append(f"1 0 0 -1 {x:.3f} {y:.3f} Tm [{''.join(line.shown)}] TJ".encode())
                    y += pattern.line
            top += row.height
        stream.end_text()

    def _rules(self, stream) -> None:
        """Lines around every cell, each drawn once."""
        pattern = self.pattern
        rules = set()
        for cell in pattern.head_cells:
            left, top = cell.position_x, cell.position_y
            right, bottom = left + cell.border_width(), top + cell.border_height()
            rules |= {(left, top, right, top), (left, bottom, right, bottom)}
            rules |= {(left, top, left, bottom), (right, top, right, bottom)}
        left, right, y = pattern.edges[0], pattern.edges[-1], pattern.top
        open_edges: dict[float, float] = {}
        for row in self.rows:
            ends = {left, *(cell.left + cell.width + pattern.inset for cell in row.cells)}
            rules |= {(x, start, x, y) for x, start in open_edges.items() if x not in ends}
            open_edges = {x: open_edges.get(x, y) for x in ends}
            y += row.height
            rules.add((left, y, right, y))
        rules |= {(x, start, x, y) for x, start in open_edges.items()}
        stream.set_line_width(round(pattern.rule, 3))
        stream.set_line_cap(2)  # reaching as far beyond its end as it is thick
        for x1, y1, x2, y2 in sorted(rules):
            stream.stream.append(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S".encode())


_SHARE = {"left": 0.0, "center": 0.5, "right": 1.0}


def _words_of(box) -> list[TextBox]:
    return [each for each in box.descendants() if isinstance(each, TextBox)]
