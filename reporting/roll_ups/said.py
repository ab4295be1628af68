"""Sentences that know where each of their numbers comes from. Pure.

    say("Có ", Number("12", "#don-vi"), "/14 đơn vị") is the text "Có 12/14 đơn vị", and a link for "12".

A target begins with "?" (the rows behind a figure: the query of the page figure_rows) or "#" (a place on the
roll-up's own page).
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

CHUNK = re.compile(r"[\w/.,%-]*\d[\w/.,%-]*")
FIGURE = re.compile(r"\d+(?:[.,]\d+)*%?")
YEAR = re.compile(r"(?:19|20)\d\d")


class Number(NamedTuple):
    words: str
    target: str


class Said(str):
    """A text with `numbers`: each as (as written, target), in their order."""

    numbers: tuple[Number, ...]


def say(*pieces: "str | Number | Said") -> Said:
    """The pieces as one text that keeps the links of its parts."""
    said = Said("".join(piece.words if isinstance(piece, Number) else piece for piece in pieces))
    numbers: list[Number] = []
    for piece in pieces:
        if isinstance(piece, Number):
            numbers.append(piece)
        else:
            numbers.extend(getattr(piece, "numbers", ()))
    said.numbers = tuple(numbers)
    return said


def joined(between: str, parts: Iterable[str]) -> Said:
    """The parts with `between` in between, links kept."""
    pieces: list[str] = []
    for part in parts:
        pieces += [between, part] if pieces else [part]
    return say(*pieces)


def linked(text: str, numbers: Iterable[Iterable[str]]) -> list[tuple[str, str]]:
    """`text` in pieces (text, target), target "" where a piece leads nowhere.

    The numbers are looked for in their order; one that a person took out of the text is passed over.
    """
    pieces, at = [], 0
    for words, target in numbers:
        found = re.compile(rf"(?<![\d.,]){re.escape(words)}(?![\d%]|[.,]\d)").search(text, at)
        if found:
            pieces += [(text[at : found.start()], ""), (words, target)]
            at = found.end()
    pieces.append((text[at:], ""))
    return [piece for piece in pieces if piece[0]]


def typed_numbers(text: str, numbers: Iterable[Iterable[str]]) -> list[str]:
    """The numbers of `text` that come from no figure: a person typed them.

    Years, dates, names of periods and numbers of documents are no figures.
    """
    found: list[str] = []
    for piece, target in linked(text, numbers):
        if not target:
            for chunk in CHUNK.findall(piece):
                parts = chunk.strip(".,-/").split("/")
                if len(parts) < 3 and all(FIGURE.fullmatch(part) and not YEAR.fullmatch(part) for part in parts):
                    found += parts
    return found
