"""How a text was wrapped by hand: the width of its lines, and the margin where lines go on."""

from dataclasses import dataclass

from documents.reading.lines import is_row

_NEAR = 12


@dataclass(frozen=True)
class Shape:
    """How a text was wrapped: width of its lines near each line, 0 when paragraphs are whole lines; margin: the
    indent of lines that go on, where only the first line of a paragraph is indented, else None."""

    widths: tuple = ()
    margin: int | None = None

    def width(self, order):
        return self.widths[order] if self.widths else 0


def shape_of(lines):
    """The Shape of the lines of a part."""
    plain_lines = [line for line in lines if not is_row(line)]
    if any(line.hint.paragraph for line in lines) or len(plain_lines) < 5:
        return Shape()
    lengths = sorted(len(line.raw) for line in plain_lines)
    widest = lengths[len(lengths) * 98 // 100]
    if widest > 140:
        return Shape()
    return Shape(_widths(lines, int(widest * 0.6)), _margin(plain_lines, widest))


def _widths(lines, least):
    """For each line the length of the longest near it: a page across is wider than one upright."""
    blocks = [
        max((len(line.raw) for line in lines[start : start + _NEAR] if line.hint.cells is None), default=0)
        for start in range(0, len(lines), _NEAR)
    ]
    near = [max(least, *blocks[max(0, index - 1) : index + 2]) for index in range(len(blocks))]
    return tuple(near[order // _NEAR] for order in range(len(lines)))


def _margin(lines, widest):
    """The indent of lines that go on: that of most full lines, when others begin further right."""
    indents = [(indent_of(line), len(line.raw) >= 0.75 * widest) for line in lines]
    full = [indent for indent, is_full in indents if is_full]
    if len(full) < 5:
        return None
    margin = min(full)
    further = sum(margin + 2 <= indent <= margin + 16 for indent, _full in indents)
    at = sum(indent <= margin + 1 for indent, _full in indents)
    return margin if further >= max(3, len(lines) // 10) and at >= max(3, len(lines) // 10) else None


def indent_of(line):
    """The spaces before a line."""
    return len(line.raw) - len(line.raw.lstrip())
