"""Charts of a report: bars by area or by unit, a trend over periods. Pure.

Each gives a :class:`documents.drawing.Drawing`, the same for page, PDF and Word. Every figure stands beside its mark,
so that nothing is read off an axis; what is missing is a gap with "–", never a zero.

    chart = bars("Tin, bài theo nội dung", [("Cải cách thể chế", 12), ("Tài chính công", None)], unit="tin, bài")
    Figure(chart, "Hình 1. Tin, bài theo nội dung", table)      # in an OfficialDocument
    {{ chart.svg }}                                             # in a page
"""

import textwrap
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from documents.drawing import GROUND, INK, QUIET, TONE, Box, Dot, Drawing, Line, Words, sentence
from documents.letters import width as letters_width
from documents.numbers import MISSING, format_number

Number = int | float | Decimal
WIDTH = 620  # 164 mm: the text of an upright page
NARROW = 440  # below it a bar stands under its name, as on a telephone
SIZE, LINE = 15, 18
WIDER = 1.15  # letters of a page may be wider than those of paper
BAR, GAP = 16, 12
TREND_HEIGHT, TREND_ABOVE, TREND_BELOW = 150, 26, 12


class Bar(NamedTuple):
    """A bar: its name, its length (None: not known), what it is measured against, what is written behind it.

    ``of`` is drawn as a pale bar behind it, such as what was planned; ``label`` is written instead of the figure
    ("12/15").
    """

    name: str
    value: Number | None
    of: Number | None = None
    label: str = ""

    @property
    def shown(self) -> str:
        return MISSING if self.value is None else self.label or format_number(self.value)


def bars(title: str, rows: Iterable[Bar | tuple], *, unit: str = "", width: float = WIDTH) -> Drawing:
    """Lying bars, one for each of ``rows`` (Bar, or a tuple of its parts) in their order, by area or by unit.

    ``unit`` ("tin, bài") goes into the words for who hears the chart. Raises ValueError for a negative figure.
    """
    found = [Bar(*row) for row in rows]
    longest = _longest(figure for bar in found for figure in (bar.value, bar.of))
    behind = max((_width(bar.shown) for bar in found), default=0) + 8
    narrow = width < NARROW
    names = width if narrow else min(max((_width(bar.name) for bar in found), default=0) + 10, 0.45 * width)
    left = 0 if narrow else names
    room = width - left - behind
    marks, y = [], 0.0
    for bar in found:
        lines = _wrapped(bar.name, names - 10)
        height = LINE * len(lines)
        if narrow:
            top, foot = y + height + 2, y + height + 2 + BAR
            marks += _lines(lines, 0, y, "start")
        else:
            block = max(height, BAR)
            top, foot = y + (block - BAR) / 2, y + block
            marks += _lines(lines, names - 10, y + (block - height) / 2, "end")
        marks += _bar(bar, left, top, room / longest)
        y = foot + GAP
    axis = [Line(((left, 0), (left, max(y - GAP, 0))), QUIET, 1)] if found and not narrow else []
    said = sentence(f"{bar.name}: {_said(bar, unit)}" for bar in found) if found else ""
    return Drawing(title, said, width, max(y - GAP, LINE), (*marks, *axis))


def trend(title: str, points: Sequence[tuple[str, Number | None]], *, unit: str = "", width: float = WIDTH) -> Drawing:
    """A line through the figures of ``points`` (name of the period, figure or None), from the earliest on.

    It starts at zero, is broken where a figure is missing, and names every figure and every period.
    Raises ValueError for a negative figure.
    """
    points = [(name, value) for name, value in points]
    longest = _longest(value for _, value in points)
    step = width / max(len(points), 1)
    base = TREND_ABOVE + TREND_HEIGHT
    places = [
        (step * (index + 0.5), None if value is None else base - float(value) / longest * TREND_HEIGHT)
        for index, (_, value) in enumerate(points)
    ]
    marks: list = [Line(((0, base), (width, base)), QUIET, 1)]
    for known, run in groupby(places, key=lambda place: place[1] is not None):
        run = tuple(run)
        marks += [Line(run)] * (known and len(run) > 1)
    tallest = 0
    for index, ((name, value), (x, y)) in enumerate(zip(points, places, strict=True)):
        lines = _wrapped(name, step - 6)
        tallest = max(tallest, len(lines))
        marks += _lines(lines, x, base + TREND_BELOW / 2, "middle", QUIET)
        if y is None:
            marks.append(Words(x, base - 8, MISSING, SIZE, "middle", color=QUIET))
        else:
            marks += [Dot(x, y), _figure_at(format_number(value), places, index, base)]
    said = sentence(f"{name}: {_said(Bar(name, value), unit)}" for name, value in points) if points else ""
    return Drawing(title, said, width, base + TREND_BELOW / 2 + LINE * max(tallest, 1), tuple(marks))


def _bar(bar: Bar, left: float, top: float, scale: float) -> list:
    """The bar with its ground and its figure; a zero is a thin stroke, what is missing only its sign."""
    drawn, end = [], left
    if bar.of is not None:
        drawn.append(Box(left, top, float(bar.of) * scale, BAR, GROUND))
        end = left + float(bar.of) * scale
    if bar.value is not None:
        length = max(float(bar.value) * scale, 1)
        drawn.append(Box(left, top + (3 if bar.of is not None else 0), length, BAR - 6 * (bar.of is not None), TONE))
        end = max(end, left + length)
    return [*drawn, Words(end + 6, top + BAR - 3, bar.shown, SIZE, bold=True, color=INK if drawn else QUIET)]


def _figure_at(text: str, places: Sequence[tuple], index: int, base: float) -> Words:
    """The figure of a point where the line does not run through it: above, beside a steep rise, in a valley below."""
    x, y = places[index]
    before, after = (
        place[1] is not None and y - place[1] > abs(place[0] - x) / 2
        for place in (places[max(index - 1, 0)], places[min(index + 1, len(places) - 1)])
    )
    if before and after and y + SIZE + 8 < base:
        return Words(x, y + SIZE + 5, text, SIZE, "middle", bold=True)
    if before != after:
        return Words(x - 4 if before else x + 4, y - 9, text, SIZE, "start" if before else "end", bold=True)
    return Words(x, y - 9, text, SIZE, "middle", bold=True)


def _lines(lines: Sequence[str], x: float, top: float, anchor: str, color: str = INK) -> list[Words]:
    return [
        Words(x, top + LINE * index + SIZE - 1, text, SIZE, anchor, color=color) for index, text in enumerate(lines)
    ]


def _wrapped(text: str, room: float) -> list[str]:
    """``text`` in lines that fit into ``room``; a word longer than it is broken."""
    letters = max(int(room / (SIZE * 0.3)), 1)
    while letters > 1:
        lines = textwrap.wrap(text, letters) or [""]
        if max(map(_width, lines)) <= room:
            return lines
        letters -= 1
    return textwrap.wrap(text, 1) or [""]


def _width(text: str) -> float:
    return WIDER * letters_width(text, SIZE, "Bold")


def _longest(figures: Iterable[Number | None]) -> float:
    known = [float(figure) for figure in figures if figure is not None]
    if any(figure < 0 for figure in known):
        raise ValueError("a chart of this kind has no place for a figure below zero")
    return max(known, default=0) or 1


def _said(bar: Bar, unit: str) -> str:
    if bar.value is None:
        return "chưa có số liệu"
    planned = f" trên {format_number(bar.of)}" if bar.of is not None and not bar.label else ""
    return f"{bar.shown}{planned} {unit}".strip()
