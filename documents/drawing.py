"""A drawing of bars, lines and words, given as SVG for page and PDF and as PNG for Word. Pure.

Lengths are CSS pixels (96 to the inch) from the top left. The SVG has neither style attribute nor script nor
reference, so that it stands under the strictest Content-Security-Policy, and tells in ``<title>`` and ``<desc>``
what it shows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from documents.letters import font_file, printable

INK, QUIET, GROUND, TONE = "#1a1a1a", "#595959", "#d9d9d9", "#1f4e79"
PNG_SCALE = 3  # pixels of the picture to one of the drawing: 288 to the inch


@dataclass(frozen=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    color: str = TONE

    @property
    def svg(self) -> SafeString:
        return format_html(
            '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>',
            *map(_short, (self.x, self.y, self.width, self.height)), self.color,
        )  # fmt: skip

    def paint(self, canvas, scale: int) -> None:
        right, bottom = self.x + self.width, self.y + self.height
        canvas.rectangle([round(self.x * scale), round(self.y * scale), round(right * scale) - 1,
                          round(bottom * scale) - 1], fill=self.color)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line through ``points``."""

    points: tuple[tuple[float, float], ...]
    color: str = TONE
    thick: float = 2

    @property
    def svg(self) -> SafeString:
        points = " ".join(f"{_short(x)},{_short(y)}" for x, y in self.points)
        return format_html(
            '<polyline points="{}" fill="none" stroke="{}" stroke-width="{}"/>', points, self.color, _short(self.thick)
        )

    def paint(self, canvas, scale: int) -> None:
        points = [(x * scale, y * scale) for x, y in self.points]
        canvas.line(points, fill=self.color, width=round(self.thick * scale), joint="curve")


@dataclass(frozen=True)
class Dot:
    """A filled circle around (x, y)."""

    x: float
    y: float
    radius: float = 4
    color: str = TONE

    @property
    def svg(self) -> SafeString:
        return format_html(
            '<circle cx="{}" cy="{}" r="{}" fill="{}"/>',
            _short(self.x),
            _short(self.y),
            _short(self.radius),
            self.color,
        )

    def paint(self, canvas, scale: int) -> None:
        canvas.circle((self.x * scale, self.y * scale), self.radius * scale, fill=self.color)


@dataclass(frozen=True)
class Words:
    """A line of text whose baseline runs through (x, y); ``anchor`` says which end of it (x, y) is."""

    x: float
    y: float
    text: str
    size: float
    anchor: str = "start"  # or "middle", "end", as SVG calls them
    bold: bool = False
    color: str = INK

    @property
    def svg(self) -> SafeString:
        weight = SafeString(' font-weight="bold"' if self.bold else "")
        return format_html(
            '<text x="{}" y="{}" font-size="{}" text-anchor="{}" fill="{}"{}>{}</text>',
            _short(self.x), _short(self.y), _short(self.size), self.anchor, self.color, weight, self.text,
        )  # fmt: skip

    def paint(self, canvas, scale: int) -> None:
        from PIL import ImageFont

        path = font_file("Bold" if self.bold else "Regular")
        font = ImageFont.truetype(path, round(self.size * scale), layout_engine=ImageFont.Layout.BASIC)
        anchor = {"start": "ls", "middle": "ms", "end": "rs"}[self.anchor]
        canvas.text((self.x * scale, self.y * scale), printable(self.text), fill=self.color, font=font, anchor=anchor)


@dataclass(frozen=True)
class Drawing:
    """What is drawn, ``title`` and ``description`` of it in words, and its size in CSS pixels."""

    title: str
    description: str
    width: float
    height: float
    marks: tuple[Box | Line | Dot | Words, ...]

    @property
    def key(self) -> str:
        """A name for this very drawing: equal drawings have equal keys."""
        return sha256(repr(self).encode()).hexdigest()[:12]

    def svg(self, font: str = "") -> SafeString:
        """The drawing as SVG; its letters are those around it, or of the family ``font``.

        Put into a page as ``{{ drawing.svg }}``, it scales with its ``viewBox`` where CSS gives it a width.
        """
        family = format_html(' font-family="{}"', font) if font else ""
        return format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="{0}-t {0}-d" '
            'width="{1}" height="{2}" viewBox="0 0 {1} {2}"{3}><title id="{0}-t">{4}</title>'
            '<desc id="{0}-d">{5}</desc>{6}</svg>',
            f"chart-{self.key}", _short(self.width), _short(self.height), family, self.title, self.description,
            format_html_join("", "{}", ((mark.svg,) for mark in self.marks)),
        )  # fmt: skip

    def png(self, scale: int = PNG_SCALE) -> bytes:
        """The drawing as a PNG picture in the bundled font; the same drawing gives the same bytes."""
        from PIL import Image, ImageDraw

        picture = Image.new("RGB", (round(self.width * scale), round(self.height * scale)), "white")
        canvas = ImageDraw.Draw(picture)
        for mark in self.marks:
            mark.paint(canvas, scale)
        out = BytesIO()
        picture.quantize(64).save(out, "PNG", optimize=True)
        return out.getvalue()


def sentence(parts: Iterable[str]) -> str:
    """The figures of a drawing as one sentence for who hears it."""
    return "; ".join(parts) + "."


def _short(value: float) -> str:
    """A length as SVG writes it, with at most two places."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
