"""What Word's styles say of a paragraph or a run: heading level, list, alignment, font, capitals."""

import re
from dataclasses import dataclass

from documents.reading.word_xml import child, is_on, number, value, xpath

_HEADING = re.compile(r"(?:heading|tiêu đề|đầu đề)\s*([1-9])$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|mục lục)\s*\d$|table of figures$", re.IGNORECASE)


@dataclass(frozen=True)
class Style:
    """A style with what it takes from the style it is based on. heading: its level, 0 for none."""

    heading: int = 0
    num_id: str = ""
    level: int | None = None
    align: str = ""
    font: str = ""
    caps: bool = False
    hidden: bool = False
    contents: bool = False


class Styles:
    """The styles of a document by id; an unknown id is the default style."""

    def __init__(self, root) -> None:
        self._elements = {}
        self._made: dict[str, Style] = {}
        self.default = ""
        base = None
        if root is not None:
            base = root.find("{*}docDefaults/{*}rPrDefault/{*}rPr")
            for element in xpath(root, "w:style"):
                self._elements[value(element, "styleId", own=True)] = element
                if value(element, "type", own=True) == "paragraph" and value(element, "default", own=True) in (
                    "1",
                    "true",
                ):
                    self.default = value(element, "styleId", own=True)
        self._base = Style(font=font_of(base))

    def lists(self) -> dict[str, str]:
        """Numbering style → the list it names."""
        return {
            name: value(child(child(element, "pPr"), "numPr"), "numId")
            for name, element in self._elements.items()
            if value(element, "type", own=True) == "numbering"
        }

    def get(self, name: str, depth: int = 0) -> Style:
        """The style with that id."""
        if name not in self._elements or depth > 20:
            return self._base
        if name not in self._made:
            element = self._elements[name]
            below = self.get(value(element, "basedOn"), depth + 1)
            self._made[name] = self._style(element, below)
        return self._made[name]

    @staticmethod
    def _style(element, below: Style) -> Style:
        title = value(element, "name")
        paragraph, run = child(element, "pPr"), child(element, "rPr")
        listed = child(paragraph, "numPr")
        heading = heading_of(paragraph)
        if heading is None:
            named = _HEADING.match(title)
            heading = int(named[1]) if named else below.heading
        caps, hidden = is_on_or(run, "caps", below.caps), is_on_or(run, "vanish", below.hidden)
        return Style(
            heading,
            value(listed, "numId") or below.num_id,
            number(child(listed, "ilvl"), "val", 0) if child(listed, "ilvl") is not None else below.level,
            value(paragraph, "jc") or below.align,
            font_of(run) or below.font,
            caps,
            hidden,
            below.contents or bool(_CONTENTS.match(title)),
        )


def is_on_or(properties, name: str, default: bool) -> bool:
    """A switch of the properties, or the default when they do not say."""
    said = is_on(properties, name) if properties is not None else None
    return default if said is None else said


def heading_of(properties) -> int | None:
    """The outline level from 1 that paragraph properties state, 0 for body text, None when they do not say."""
    outline = child(properties, "outlineLvl")
    if outline is None:
        return None
    level = number(outline, "val", 9)
    return level + 1 if level < 9 else 0


def font_of(properties) -> str:
    """The font for Latin letters that run properties name, or ""."""
    fonts = child(properties, "rFonts")
    return (value(fonts, "ascii", own=True) or value(fonts, "hAnsi", own=True)) if fonts is not None else ""
