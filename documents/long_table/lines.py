"""A cell's text in lines, broken where WeasyPrint breaks them. Pure but for the widths of words."""

import re
from dataclasses import dataclass, field

from documents.long_table.words import Face, Word
from documents.unbroken import pieces

_SPACES = re.compile(r"[ \t\r]+")
HAIR = 0.001  # px: what rounding may add to a line that is just full


@dataclass(slots=True)
class Line:
    """A line: what it shows (operands of TJ), how wide it is in pixels, its letters."""

    shown: list[str] = field(default_factory=list)
    width: float = 0
    text: str = ""


def broken(text: str, face: Face, room: float) -> list[Line]:
    """``text`` in lines no wider than ``room`` pixels; its own line ends are kept."""
    lines: list[Line] = []
    for paragraph in text.removesuffix("\n").split("\n"):
        lines += _Paragraph(face, room).set(_SPACES.sub(" ", paragraph).strip(" "))
    return lines if any(line.text for line in lines) else []


class _Paragraph:
    """Fills lines one after the other.

    WeasyPrint sets what stays together, what flows between and a space before what stays together as boxes of their
    own: letters are drawn nearer to each other (kerning) inside a box alone.
    """

    def __init__(self, face: Face, room: float) -> None:
        self.face, self.room = face, room + HAIR
        self.lines, self.line = [], Line()
        self.space, self.before = False, ""  # whether a space waits, and the word before it in the same box

    def set(self, text: str) -> list[Line]:
        glued = ""
        for part, stays in pieces(text) if " " in text else [(text, False)]:
            if stays:
                self._held(part, glued)
                glued = ""
            else:
                before, gap, glued = part.rpartition(" ")
                self._flowing(before, goes_on=bool(glued))
                self.space = self.space or bool(gap)
        if glued:
            self._flowing(glued)
        if self.line.text or not self.lines:
            self._end()
        return self.lines

    def _flowing(self, text: str, goes_on: bool = False) -> None:
        """Words that part at spaces; with ``goes_on`` a space of the same box follows."""
        words = text.split(" ")
        for place, word in enumerate(words):
            self.space = self.space or place > 0
            followed = goes_on or place < len(words) - 1
            if word:
                *parts, last = self.face.parts(word)
                for part in parts:
                    self._add(part, part.text)
                self._add(last, last.text, self.face.closer(last.text, "") if followed else 0.0)
                self.before = word if followed else ""

    def _held(self, text: str, glued: str = "") -> None:
        """What no line may end in, ``glued`` to the signs before it; broken only where a whole line is too narrow."""
        whole = self.face.shaped(glued + text)
        if whole.width > self.room and glued:
            self._flowing(glued)
            whole = self.face.shaped(text)
        self.before = ""
        if whole.width <= self.room:
            self._add(whole)
            return
        if self.line.text:
            self._end()
        self._flowing(text)
        self._end()

    def _add(self, word: Word, after: str = "", nearer: float = 0.0) -> None:
        """Put ``word`` into the line or the next one; ``nearer`` is how far a space behind it moves into it."""
        gap = 0.0
        if self.space and self.line.text:
            gap = self.face.space.width + self.face.closer(self.before, after)
            if self.line.width + gap + word.width + nearer > self.room:
                self._end()
                gap = 0.0
        elif self.line.text and self.line.width + word.width + nearer > self.room:
            self._end()
        if word.width + nearer > self.room:
            self._letters(word)
            return
        if gap:
            self._gap(gap)
        self.line.shown.append(word.shown)
        self.line.width += word.width
        self.line.text += word.text
        self.space = False

    def _gap(self, gap: float) -> None:
        tighter = round((self.face.space.width - gap) * 1000 / self.face.size)
        self.line.shown += [self.face.space.shown, f"{tighter}"] if tighter else [self.face.space.shown]
        self.line.width += gap
        self.line.text += " "

    def _letters(self, word: Word) -> None:
        """A word wider than its column is broken anywhere."""
        self.space = False
        for sign in word.text:
            letter = self.face.shaped(sign)
            if self.line.text and self.line.width + letter.width > self.room:
                self._end()
            self.line.shown.append(letter.shown)
            self.line.width += letter.width
            self.line.text += sign

    def _end(self) -> None:
        self.lines.append(self.line)
        self.line, self.space = Line(), False
