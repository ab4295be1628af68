"""Reads a PDF back as what lies where on paper: pieces of text and filled areas, in mm from the top left."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ContentStream

MM = 25.4 / 72
WORD_SPACE = 4  # mm: a space of a justified line; no two columns stand so close


@dataclass(frozen=True)
class Text:
    """A piece of one line in one font; ``size`` in points, places in mm, ``baseline`` from the top."""

    text: str
    font: str
    size: float
    left: float
    right: float
    baseline: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def runs_on_in(self, other: "Text") -> bool:
        """Whether ``other`` goes on in the same line and font: what stays together is drawn by itself."""
        same = (self.font, self.size) == (other.font, other.size) and abs(self.baseline - other.baseline) < 0.01
        label = self.text.endswith(":")  # "Kính gửi:" stands in a cell of its own
        return same and not label and -0.1 < other.left - self.right < WORD_SPACE


@dataclass(frozen=True)
class Area:
    """A painted rectangle: a rule is one of little height."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Sheet:
    """A page: its size in mm and what stands on it."""

    width: float
    height: float
    texts: tuple[Text, ...]
    areas: tuple[Area, ...]

    @property
    def content(self) -> str:
        return "\n".join(piece.text for piece in self.texts)

    def find(self, start: str) -> Text:
        """Give the first piece of text that starts so."""
        return next(piece for piece in self.texts if piece.text.startswith(start))

    def rules_below(self, piece: Text, within: float = 4) -> list[Area]:
        """Give the horizontal rules at most ``within`` mm below a piece of text and crossing its middle."""
        return [
            area
            for area in self.areas
            if area.height < 1 and 0 < area.top - piece.baseline < within and area.left < piece.middle < area.right
        ]


def sheets(pdf: bytes) -> list[Sheet]:
    """Read every page of a PDF."""
    reader = PdfReader(BytesIO(pdf))
    return [_Reading(reader, page).sheet() for page in reader.pages]


class _Font:
    def __init__(self, font) -> None:
        inner = font["/DescendantFonts"][0].get_object()
        self.name = font["/BaseFont"].split("+")[-1]
        self.widths = dict(self._widths(inner["/W"]))
        self._cmap = font["/ToUnicode"].get_object().get_data().decode("ascii", "ignore")

    @staticmethod
    def _widths(entries) -> Iterator[tuple[int, float]]:
        for start, widths in zip(entries[::2], entries[1::2], strict=True):
            yield from enumerate(map(float, widths), start=int(start))

    @cached_property
    def signs(self) -> dict[int, str]:
        pairs = re.findall(r"^<(\w{4})> <(\w+)>$", self._cmap, re.MULTILINE)
        return {int(code, 16): bytes.fromhex(sign).decode("utf-16-be") for code, sign in pairs}


class _Reading:
    """Follows the drawing commands WeasyPrint writes."""

    def __init__(self, reader, page) -> None:
        self.page = page
        self.height = float(page.mediabox.height)
        self.operations = ContentStream(page.get_contents(), reader).operations
        fonts = page["/Resources"].get("/Font", {})
        self.fonts = {name: _Font(font.get_object()) for name, font in fonts.items()}
        self.matrix, self.clip, self.stack = (1, 0, 0, 1, 0, 0), None, []
        self.path, self.clipping, self.font, self.size = [], False, None, 0
        self.place = (1, 0, 0, 1, 0, 0)
        self.texts, self.areas = [], []

    def sheet(self) -> Sheet:
        for operands, operator in self.operations:
            self._step(operator.decode(), operands)
        width = float(self.page.mediabox.width)
        return Sheet(width * MM, self.height * MM, tuple(self.texts), tuple(self.areas))

    def _step(self, operator: str, operands) -> None:
        match operator:
            case "q":
                self.stack.append((self.matrix, self.clip, self.font, self.size))
            case "Q":
                self.matrix, self.clip, self.font, self.size = self.stack.pop()
            case "cm":
                self.matrix = _times(tuple(map(float, operands)), self.matrix)
            case "Tf":
                self.font, self.size = self.fonts[operands[0]], float(operands[1])
            case "Tm":
                self.place = _times(tuple(map(float, operands)), self.matrix)
            case "TJ":
                self._show(operands[0])
            case "m" | "l" | "c":
                self.path.append(self._point(*map(float, operands[-2:])))
            case "re":
                x, y, width, height = map(float, operands)
                self.path += [self._point(x, y), self._point(x + width, y + height)]
            case "W" | "W*":
                self.clipping = True
            case "n" | "f" | "f*" | "S" | "B" | "s":
                self._paint(operator)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self.matrix
        return (a * x + c * y + e) * MM, (self.height - (b * x + d * y + f)) * MM

    def _paint(self, operator: str) -> None:
        if self.path:
            xs, ys = zip(*self.path, strict=True)
            box = _common(self.clip, Area(min(xs), min(ys), max(xs), max(ys)))
            if self.clipping:
                self.clip = box
            elif operator != "n":
                self.areas.append(box)
        self.path, self.clipping = [], False

    def _show(self, pieces) -> None:
        a, _, _, _, x, y = self.place
        letters, advance, end = "", 0.0, 0.0
        for piece in pieces:
            if isinstance(piece, int | float):
                advance -= float(piece)
                continue
            codes = piece.original_bytes
            for code in (int.from_bytes(codes[i : i + 2]) for i in range(0, len(codes), 2)):
                letters += self.font.signs.get(code, "\ufffd")
                advance += self.font.widths.get(code, 0)
                end = end if letters[-1] == " " else advance
        size = self.size * abs(a)
        right = x + end * size / 1000
        shown = Text(letters, self.font.name, size, x * MM, right * MM, (self.height - y) * MM)
        before = self.texts[-1] if self.texts else None
        if before and before.runs_on_in(shown):
            gap = "" if before.text.endswith(" ") or shown.left - before.right < 0.3 else " "
            shown = replace(before, text=before.text + gap + letters, right=shown.right)
            self.texts.pop()
        self.texts.append(shown)


def _times(inner, outer) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def _common(clip: Area | None, box: Area) -> Area:
    if clip is None:
        return box
    return Area(
        max(clip.left, box.left),
        max(clip.top, box.top),
        min(clip.right, box.right),
        min(clip.bottom, box.bottom),
    )
