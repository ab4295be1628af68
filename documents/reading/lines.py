"""From text to lines: what a line shows without Markdown marks, and which list mark it begins with."""

import re
from dataclasses import dataclass

from documents.reading.model import Hint
from documents.vietnamese import DASHES, ENUMERATORS, UPPER

_BULLETS = "•·▪●■◦○*❖➢✓\uf02d\uf076\uf0a7\uf0b7\uf0d8\uf0fc"  # the last ones: Word's symbol fonts
_QUOTES = "\"“«‘'("
_STRONG = re.compile(r"\*\*|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)")
_EMPHASIS = re.compile(r"(?<!\*)\*(?=[^\s*])([^*\n]{1,2000}?)(?<=\S)\*")
_LINK = re.compile(r"<((?:https?://|mailto:|www\.)[^\s<>]+|[^\s<>@]+@[^\s<>@]+)>")
_CODE = re.compile(r"`([^\s`]{1,200}[./@][^\s`]{1,200})`")
_HASHES = re.compile(r"^\s{0,3}#{1,6}\s+")
_PAGE = re.compile(r"^[\s\-–—.\[\]|]*(?:(?:trang|page)\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[\s\-–—.\[\]|]*$", re.IGNORECASE)
_RULE = re.compile(r"^[\s\-–—_=*~.…|:+⸺─]{3,}$")


@dataclass(frozen=True)
class Line:
    """A line of the source: number from 1, raw, shown (trimmed, without marks), whether a blank came before.

    hint: what the file says of it beside its text.
    """

    number: int
    raw: str
    shown: str
    blank_before: bool
    hint: Hint = Hint()

    @property
    def gap(self):
        """True when the line before belongs to another paragraph, or a blank line parts them."""
        return self.blank_before or self.hint.paragraph


@dataclass(frozen=True)
class Mark:
    """The list mark that opens a line: level, label, mark as printed, what follows."""

    level: str
    label: str
    mark: str
    rest: str


def plain(text):
    """The text without Markdown emphasis, heading signs and the marks around links and addresses."""
    if "*" in text or "__" in text or "<" in text or "#" in text:
        text = _EMPHASIS.sub(r"\1", _STRONG.sub("", _HASHES.sub("", text)))
        text = _LINK.sub(r"\1", text)
    if "`" in text:
        text = _CODE.sub(r"\1", text)
    return text


def split_lines(text, hints=None):
    """The lines of a cleaned text that show something; hints by line number."""
    lines, blank, hints, no_hint = [], True, hints or {}, Hint()
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw.strip():
            blank = True
            continue
        lines.append(Line(number, raw, plain(raw.strip()).strip(), blank, hints.get(number, no_hint)))
        blank = False
    return lines


def why_set_aside(line):
    """Why a line is no part of the plan's text ("page_number", "rule"), or None."""
    if _PAGE.match(line.shown):
        return "page_number"
    return "rule" if _RULE.match(line.raw) else None


_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
_AMOUNT = r"\d{1,3}(?:[.,]\d{1,3})*(?:/\d{1,3})?(?:\s*%|\s+[^\W\d_]{2,})"
_MARKS = (
    ("article", re.compile(r"(?P<mark>(?P<label>Điều\s+\d{1,3})\s*[.:])\s*(?P<rest>.*)")),
    (
        "roman",
        re.compile(
            rf"(?P<mark>(?:(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)\s+)?(?P<label>{_ROMAN})\s*(?:[.):]|[-–/](?=\s)))\s*(?P<rest>[{UPPER}{_QUOTES}].*)"
        ),
    ),
    (
        "roman",
        re.compile(
            rf"(?P<mark>(?:PHẦN|Phần|CHƯƠNG|Chương)\s+(?P<label>{_ROMAN}|[Tt]hứ\s+\w+|THỨ\s+\w+|\d)\s*[.:]?)\s*(?P<rest>.*)"
        ),
    ),
    (
        "roman",
        re.compile(
            rf"(?P<mark>(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)\s+(?P<label>{_ROMAN}|[A-ZĐ]|\d{{1,2}})"
            rf"(?:\s*[.):]|\s+[{DASHES}](?=\s)|(?=\s*$)|(?=\s+[{UPPER}{_QUOTES}]{{2}})))\s*(?P<rest>(?:[{UPPER}{_QUOTES}].*)?)"
        ),
    ),
    (
        "number",
        re.compile(
            rf"(?P<mark>(?P<label>{_ROMAN}(?:\.\d{{1,2}}){{1,3}})\s*[.)/:{DASHES}]?)\s+(?P<rest>[{UPPER}{_QUOTES}].*)"
        ),
    ),
    ("roman", re.compile(rf"(?P<mark>(?P<label>[A-EĐGH])\s*[.)])\s+(?P<rest>[{UPPER}].*)")),
    (
        "number",
        re.compile(
            rf"(?P<mark>(?P<label>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})\s*[.)/:{DASHES}]?)\s+(?P<rest>[{UPPER}{_QUOTES}].*)"
        ),
    ),
    # "1.1. 100% tổ dân phố", "2. 05 lớp": an amount behind the full stop of the label
    ("number", re.compile(rf"(?P<mark>(?P<label>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})[.)])\s+(?P<rest>{_AMOUNT}.*)")),
    (
        "number",
        re.compile(r"(?P<mark>(?P<label>\d{1,2})\s*(?:[.)](?!\d)|/(?=\s)|\.?[-–](?=\s)))\s*(?P<rest>[^\s\d/].*)"),
    ),
    ("letter", re.compile(rf"(?P<mark>(?P<label>[{ENUMERATORS}])\s*(?:\)|\.(?=\s)|/(?=\s)))\s*(?P<rest>\S.*)")),
    ("plus", re.compile(rf"(?P<label>)(?P<mark>(?:[{DASHES}]\s*)?\+)\s*(?P<rest>[^\s\d+].*|(?<=\s)\d.*)")),
    (
        "dash",
        re.compile(rf"(?P<label>)(?P<mark>[{DASHES}{_BULLETS}]+)\s+(?P<rest>\S.*)"),
    ),
    ("dash", re.compile(rf"(?P<label>)(?P<mark>[{DASHES}•·▪●■◦○])(?P<rest>[{UPPER}{_QUOTES}].*)")),
)


_PRINTED = (
    ("roman", re.compile(rf"(?:{_ROMAN}|[A-ZĐ])[.):]?")),
    ("number", re.compile(r"\d{1,3}(?:\.\d{1,3}){0,4}[.):/]?")),
    ("letter", re.compile(r"[a-zđ]{1,2}[.):]?|\([a-zđ\d]{1,2}\)")),
    ("plus", re.compile(r"\+")),
)


def mark_of(line):
    """The list mark of a line: as Word printed it, else as typed, else that of its heading style; or None."""
    hint, typed = line.hint, find_mark(line.shown)
    if hint.label and not (typed and typed.mark.startswith(hint.label.rstrip())):
        level = next((name for name, pattern in _PRINTED if pattern.fullmatch(hint.label)), "")
        if not level:
            level = "number" if hint.label[-1:].isdigit() or len(hint.label) > 3 else "dash"
        label = "" if level in ("plus", "dash") else hint.label.strip("().:/")
        return Mark(level, label, hint.label, line.shown.removeprefix(hint.label).strip())
    if typed is None and hint.style and len(line.shown) <= 320:
        return Mark("roman" if hint.style == 1 else "number", "", "", line.shown)
    return typed


def find_mark(shown):
    """The list mark that a shown line begins with, or None."""
    for level, pattern in _MARKS:
        if match := pattern.fullmatch(shown):
            label = re.sub(r"^Điều\s+", "", match.group("label")) if level == "article" else match.group("label")
            return Mark(level, label, match.group("mark"), match.group("rest"))
    return None


def is_row(line, after_row=False):
    """True for a line of a table: cells between tabs or strokes; right after a row one is enough."""
    if line.hint.cells is not None:
        return True
    if line.hint.paragraph and "|" not in line.raw:
        return False
    if line.raw.count("|") >= 2:
        return True
    inside = line.raw.strip()
    listed = re.match(r"\S{1,6}[.)]\t|[-+•]\t", inside)
    return (inside.count("\t") >= 2 and not listed) or (after_row and ("\t" in line.raw or "|" in line.raw))


def cells_of(line):
    """The cells of a table line, trimmed, without the outer strokes."""
    if line.hint.cells is not None:
        return line.hint.cells
    strokes = "|" in line.raw
    cells = line.raw.strip().removeprefix("|").removesuffix("|").split("|") if strokes else line.raw.split("\t")
    return tuple(plain(re.sub(r"<br\s*/?>", "\n", cell).strip()) for cell in cells)


def is_upper(text):
    """True when the text has letters and at least nine of ten are capitals (scans break case)."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 1 and sum(char.isupper() for char in letters) >= 0.9 * len(letters)
