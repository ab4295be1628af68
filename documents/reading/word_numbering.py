"""Word's own numbering as printed: "III.", "1.2.", "đ)", "-"; counters, restarts and styles as Word applies them."""

import re
from dataclasses import dataclass, field

from documents.reading.word_xml import child, number, value, xpath
from documents.vietnamese import roman

_BULLETS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf076": "❖", "\uf02d": "-", "\uf0be": "-",
    "\uf02b": "+", "\uf06f": "○", "\uf0a8": "◦", "\uf0e8": "➢", "\uf0f0": "➢", "\uf06e": "■", "\uf02a": "*",
    "\uf0ad": "-", "\uf06c": "●", "\uf0a1": "○", "\uf0d2": "•", "\uf0ae": "➢", "o": "○", "·": "•", "§": "▪", "Ø": "➢",
    "ü": "✓", "v": "❖", "": "",
}  # fmt: skip


@dataclass
class Level:
    """One level of a list: where it starts, how its number is written and what stands around it."""

    start: int = 1
    format: str = "decimal"
    letters: tuple = ()
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""

    def written(self, count: int) -> str:
        """The number in the level's own figures."""
        if self.letters:
            return self.letters[min(count, len(self.letters)) - 1]
        return _FORMATS.get(self.format, str)(max(count, 0))


def _roman(count: int) -> str:
    return roman(count) if 0 < count < 4000 else str(count)


def _letters(count: int) -> str:
    """a … z, aa, bb …: the English letters, which Word counts with."""
    return "abcdefghijklmnopqrstuvwxyz"[(count - 1) % 26] * min((count - 1) // 26 + 1, 50) if count > 0 else ""


_FORMATS = {
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerLetter": _letters,
    "decimalZero": lambda count: f"{count:02d}",
    "none": lambda count: "",
    "bullet": lambda count: "",
}


@dataclass
class _List:
    abstract: str
    levels: dict
    starts: dict = field(default_factory=dict)


class Numbering:
    """The lists of a document; `label` counts on with every call, in the order of the document."""

    def __init__(self, root, style_lists: dict[str, str]) -> None:
        """style_lists: numbering style → its list, for definitions that only point at a style."""
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        abstracts = {value(one, "abstractNumId", own=True): one for one in xpath(root, "w:abstractNum")}
        nums = {value(one, "numId", own=True): one for one in xpath(root, "w:num")}
        for name, element in nums.items():
            abstract = value(element, "abstractNumId")
            definition = abstracts.get(abstract)
            if definition is not None and (link := value(definition, "numStyleLink")):
                other = nums.get(style_lists.get(link))
                abstract = value(other, "abstractNumId") if other is not None else abstract
                definition = abstracts.get(abstract)
            if definition is None:
                continue
            levels = {int(number(one, "ilvl", 0)): _level(one) for one in xpath(definition, "w:lvl")}
            entry = _List(abstract, levels)
            for override in xpath(element, "w:lvlOverride"):
                index = number(override, "ilvl", 0)
                if (own := child(override, "lvl")) is not None:
                    entry.levels = {**entry.levels, index: _level(own)}
                if (start := child(override, "startOverride")) is not None:
                    entry.starts[index] = number(start, "val", 1)
            self._lists[name] = entry

    def level_of_style(self, num_id: str, style: str) -> int:
        """The level that a list keeps for a paragraph style, else 0."""
        entry = self._lists.get(num_id)
        return next((index for index, level in entry.levels.items() if level.style == style), 0) if entry else 0

    def label(self, num_id: str, index: int) -> str:
        """The label of the next paragraph of that list and level, as printed; "" when there is none."""
        entry = self._lists.get(num_id)
        level = entry.levels.get(index) if entry else None
        if level is None:
            return ""
        counts = self._counters.setdefault(entry.abstract, {})
        if index in entry.starts and (num_id, index) not in self._begun:
            counts[index] = entry.starts[index] - 1
            self._begun.add((num_id, index))
        counts[index] = counts.get(index, level.start - 1) + 1
        for deeper in [one for one in counts if one > index]:
            restart = entry.levels[deeper].restart if deeper in entry.levels else None
            if restart is None or 0 < index + 1 <= restart:
                del counts[deeper]
        if level.format == "bullet":
            return _BULLETS.get(level.text.strip(), level.text.strip()[:3])
        return re.sub(
            r"%([1-9])", lambda found: self._part(entry, level, counts, int(found[1]) - 1), level.text
        ).strip()

    def _part(self, entry: _List, level: Level, counts: dict, index: int) -> str:
        part = entry.levels.get(index, Level())
        count = counts.get(index, part.start)
        return str(count) if level.legal and part.format != "none" else part.written(count)


def _level(element) -> Level:
    written = child(element, "numFmt")
    custom = value(written, "format", own=True) if written is not None else ""
    restart = child(element, "lvlRestart")
    legal = child(element, "isLgl")
    return Level(
        start=number(child(element, "start"), "val", 1),
        format=value(written, "val", own=True) if written is not None else "decimal",
        letters=tuple(part.strip() for part in custom.rstrip(" .…").split(",")) if custom and "," in custom else (),
        text=value(element, "lvlText"),
        restart=number(restart, "val", 0) if restart is not None else None,
        legal=legal is not None and value(legal, "val", own=True) not in ("0", "false"),
        style=value(element, "pStyle"),
    )
