"""Tables of a PDF by the lines drawn around their cells: which text lies in which cell, and what is merged.

A table without drawn lines, or with text across them, is left to the spaces between its columns (columns.py).
"""

import re
from dataclasses import dataclass, field

from documents.reading.columns import UNIT_START, ends_open

_THICK = 3.0  # points: a drawn box thinner than this is a line
_NEAR = 2.5  # points: lines nearer than this are one
_SHORT = 4.0
_MOST = 20_000  # lines of a page; more is a drawing
_STROKES = (b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*")


@dataclass
class Grid:
    """A table as drawn: the x of its columns, the y of its rows from the top; which sides of a cell are drawn."""

    xs: list
    ys: list
    upright: list  # (x, lower y, upper y)
    level: list  # (y, left x, right x)
    texts: dict = field(default_factory=dict)

    def holds(self, piece) -> bool:
        """Whether a piece of text lies within the table."""
        middle = piece["tx"] + min(piece["displaced_tx"] - piece["tx"], 8) / 2
        base = piece["ty"] + piece["font_height"] / 4
        return self.xs[0] - _NEAR <= middle <= self.xs[-1] + _NEAR and self.ys[-1] <= base <= self.ys[0]

    def wall(self, x, row) -> bool:
        """Whether the side between two columns is drawn beside a row."""
        middle = (self.ys[row] + self.ys[row + 1]) / 2
        return any(abs(at - x) <= _NEAR and low <= middle <= high for at, low, high in self.upright)

    def floor(self, y, column) -> bool:
        """Whether the side between two rows is drawn below a column."""
        middle = (self.xs[column] + self.xs[column + 1]) / 2
        return any(abs(at - y) <= _NEAR and left <= middle <= right for at, left, right in self.level)

    def rows(self) -> list:
        """(cells, columns that go on from the row above) of each row; a merged cell says its text in each."""
        anchors: dict = {}
        for row in range(len(self.ys) - 1):
            start = 0
            for column in range(len(self.xs) - 1):
                start = column if not column or self.wall(self.xs[column], row) else start
                goes_on = start == column and row and not self.floor(self.ys[row], column)
                above = anchors.get((row - 1, column)) if goes_on else None
                anchors[row, column] = above if above and above[1] == column else (row, start)
        gathered: dict = {}
        for place_, pieces in self.texts.items():
            gathered.setdefault(anchors[place_], []).extend(pieces)
        texts = {anchor: self._cell_text(pieces, anchor[1]) for anchor, pieces in gathered.items()}
        rows = []
        for row in range(len(self.ys) - 1):
            mine = [(column, anchors[row, column]) for column in range(len(self.xs) - 1)]
            cells = [texts.get(anchor, "") if anchor[1] == column else "" for column, anchor in mine]
            rows.append((cells, [column for column, anchor in mine if anchor[0] != row]))
        return rows

    def _cell_text(self, pieces, column) -> str:
        right = next((x for x in self.xs[column + 1 :]), self.xs[-1])
        lines: dict = {}
        for piece in sorted(pieces, key=lambda one: (-one["ty"], one["tx"])):
            near = next((y for y in lines if abs(y - piece["ty"]) < piece["font_height"] * 0.6), piece["ty"])
            lines.setdefault(near, []).append(piece)
        printed = [sorted(line, key=lambda one: one["tx"]) for line in lines.values()]
        said = [_line_text(line) for line in printed]
        text, room = "", 0.0
        for order, line in enumerate(printed):
            first = said[order].split(" ", 1)[0]
            width = (line[-1]["displaced_tx"] - line[0]["tx"]) / max(1, len(said[order]))
            fits = room > (len(first) + 1.5) * width + _SHORT  # it would have stood on the line above
            own = text and (fits or UNIT_START.match(" ".join(said[order:]))) and not ends_open(text)
            cut = text.endswith("/") and first[:1].isdigit()
            text += ("\n" if own else "" if cut or not text else " ") + said[order]
            room = right - line[-1]["displaced_tx"]
        return text.strip()


def _line_text(line) -> str:
    text, end = "", None
    for piece in line:
        gap = end is not None and piece["tx"] - end > piece["font_height"] * 0.12
        text += (" " if gap else "") + piece["text"]
        end = piece["displaced_tx"]
    return re.sub(r"\s+", " ", text).strip()


def find_grids(operations) -> list[Grid]:
    """The tables whose cells are drawn on a page, the highest first."""
    upright, level = _drawn(operations)
    grids = []
    for lines, others in _connected(upright, level):
        xs = _distinct(line[0] for line in lines)
        ends = [end for _x, low, high in lines for end in (low, high)]  # a row that the page end cuts may have no floor
        ys = sorted(_distinct([*(line[0] for line in others), min(ends), max(ends)]), reverse=True)
        if len(xs) >= 4 and len(ys) >= 2:
            grids.append(Grid(xs, ys, lines, others))
    return sorted(grids, key=lambda grid: -grid.ys[0])


def place(grids: list[Grid], pieces: list) -> list:
    """Puts the pieces of text into the cells where they lie; gives those that lie in none.

    A grid with a piece that crosses a drawn side is dropped from the list.
    """
    for grid in list(grids):
        inside = [piece for piece in pieces if grid.holds(piece) and piece["text"].strip()]
        if any(not _put(grid, piece) for piece in inside):
            grids.remove(grid)
            continue
        held = {id(piece) for piece in inside}
        pieces = [piece for piece in pieces if id(piece) not in held]
    return pieces


def _put(grid: Grid, piece) -> bool:
    base = piece["ty"] + piece["font_height"] / 4
    row = next(n for n in range(len(grid.ys) - 1) if grid.ys[n + 1] <= base)
    column = max(n for n in range(len(grid.xs) - 1) if n == 0 or grid.xs[n] - _NEAR <= piece["tx"])
    end = piece["tx"] + (piece["displaced_tx"] - piece["tx"]) * 0.95
    crossed = [x for x in grid.xs[column + 1 : -1] if x + _NEAR < end]
    grid.texts.setdefault((row, column), []).append(piece)
    return not any(grid.wall(x, row) for x in crossed)


def _drawn(operations):
    """(upright lines, level lines) of a page: strokes and thin boxes."""
    upright, level, path, at = [], [], [], (0.0, 0.0)
    matrix, stack = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), []
    for operands, name in operations:
        if name == b"q":
            stack.append(matrix)
        elif name == b"Q":
            matrix = stack.pop() if stack else matrix
        elif name not in (b"cm", b"m", b"l", b"re", b"h", b"n", *_STROKES):
            continue
        elif name in _STROKES or name == b"n":
            if name != b"n" and len(upright) + len(level) < _MOST:
                _sort(path, upright, level)
            path = []
        elif name != b"h":
            values = [float(value) for value in operands]
            if name == b"cm" and len(values) == 6:
                matrix = _times(values, matrix)
            elif name == b"re" and len(values) == 4:
                x, y, width, height = values
                path.append((_moved((x, y), matrix), _moved((x + width, y + height), matrix), True))
            elif len(values) == 2:
                point = _moved(values, matrix)
                path += [(at, point, False)] * (name == b"l")
                at = point
    return upright, level


def _sort(path, upright, level):
    for (x1, y1), (x2, y2), is_box in path:
        left, right, low, high = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
        wide, tall = right - left, high - low
        if wide <= _THICK and tall > _SHORT:
            upright.append(((left + right) / 2, low, high))
        elif tall <= _THICK and wide > _SHORT:
            level.append(((low + high) / 2, left, right))
        elif is_box and wide > _SHORT and tall > _SHORT:
            upright += [(left, low, high), (right, low, high)]
            level += [(low, left, right), (high, left, right)]


def _times(one, other):
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(point, matrix):
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _connected(upright, level):
    """The lines of each table: those that touch one another, from top to bottom without a gap."""
    spans = sorted(((low, high) for _x, low, high in upright), key=lambda span: -span[1])
    bands: list[list[float]] = []
    for low, high in spans:
        if bands and high >= bands[-1][0] - _NEAR:
            bands[-1][0] = min(bands[-1][0], low)
        else:
            bands.append([low, high])
    for low, high in bands:
        lines = [line for line in upright if low - _NEAR <= line[1] and line[2] <= high + _NEAR]
        yield lines, [line for line in level if low - _NEAR <= line[0] <= high + _NEAR]


def _distinct(values) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found
