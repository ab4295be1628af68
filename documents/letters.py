"""The letters of the bundled font: which it has and how wide they are, so that every machine prints the same."""

import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings

BOXES = {"☐": "[ ]", "☑": "[x]", "☒": "[x]", "✓": "[x]", "✔": "[x]"}
MISSING = "□"


def printable(text: str) -> str:
    """Give ``text`` in NFC and in letters of the bundled font, so that every machine prints the same.

    Control and invisible format characters are left out, ticked and empty boxes
    become "[x]" and "[ ]", any other sign the font lacks a "□".
    """
    composed = unicodedata.normalize("NFC", text)
    return composed.translate({ord(sign): _substitute(sign) for sign in set(composed)})


def width(text: str, size: float, style: str = "Regular") -> float:
    """How long ``text`` is on one line, in points; ``style`` is Regular, Bold, Italic or BoldItalic.

    Times New Roman, to which the bundled font is metric-compatible, gives the same.
    """
    advances, em = _advances(style)
    return sum(advances.get(ord(sign), em / 2) for sign in text) * size / em


def font_file(style: str) -> Path:
    """The bundled font; ``style`` is Regular, Bold, Italic or BoldItalic."""
    return Path(settings.BASE_DIR) / "static" / "fonts" / "tinos" / f"Tinos-{style}.ttf"


def _substitute(sign: str) -> str | None:
    if sign in "\n\t":
        return sign
    if unicodedata.category(sign) in ("Cc", "Cf", "Cs"):
        return None
    if ord(sign) in _advances("Regular")[0]:
        return sign
    return BOXES.get(sign, MISSING)


@cache
def _advances(style: str) -> tuple[dict[int, int], int]:
    """The advance of each code point and the size of the em in the font's units; the four styles have the same signs.

    fontTools takes a tenth of a second to import, which no page should pay.
    """
    from fontTools.ttLib import TTFont

    with TTFont(font_file(style), lazy=True) as font:
        metrics = font["hmtx"].metrics
        return {code: metrics[name][0] for code, name in font.getBestCmap().items()}, font["head"].unitsPerEm
