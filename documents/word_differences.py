"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST = 4_000_000  # pairs of words looked at; beyond that the whole text counts as replaced


@dataclass(frozen=True)
class Piece:
    """A run of text that stayed, went or came."""

    kind: Literal["same", "removed", "added"]
    text: str


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts as one: joined without the removed pieces they give `after`, without the added ones `before`."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) * len(new) > MOST:
        return tuple(_pieces("replace", before, after))
    found: list[Piece] = []
    for act, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        found += _pieces(act, "".join(old[a:b]), "".join(new[c:d]))
    return tuple(found)


def _pieces(act: str, old: str, new: str) -> list[Piece]:
    if act == "equal":
        return [Piece("same", old)]
    return [Piece(kind, text) for kind, text in (("removed", old), ("added", new)) if text]
