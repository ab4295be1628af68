"""The place in a text where searched words stand, cut out and marked in the original spelling."""

import re
from functools import lru_cache
from itertools import pairwise

from documents.vietnamese import fold

CUT = "…"


@lru_cache(maxsize=4096)
def _letters_of(char: str) -> str:
    return fold(char) or (" " if char.isspace() else "")


def beginning(word: str) -> str:
    """The regular expression, as both databases read it, of a folded word at the start of a syllable.

    "an" stands so in "an ninh" and "kh-an", not in "ban"; a word that begins with a sign stands anywhere.
    """
    return f"(^|[^0-9a-z]){re.escape(word)}" if word[:1].isalnum() else re.escape(word)


def stands_in(plain: str, word: str) -> bool:
    """Whether a syllable of the folded text begins with the word."""
    return word in plain and re.search(beginning(word), plain) is not None


def found_spans(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where the folded `words` stand in the text as written: (start, end), in order, none overlapping."""
    letters, places = [], []
    for place, char in enumerate(text):
        for letter in _letters_of(char):
            letters.append(letter)
            places.append(place)
    places.append(len(text))
    plain, spans = "".join(letters), []
    for word in filter(None, words):
        for found in re.finditer(beginning(word), plain):
            spans.append((places[found.end() - len(word)], places[found.end()]))
    return _merged(sorted(spans))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def marked(text: str, words: list[str], most: int = 200) -> list[tuple[str, bool]]:
    """The text in pieces (piece, whether it is a found word), at most about `most` characters long.

    A longer text is cut around the first word found, at spaces; "…" stands for what is left out.
    """
    text = " ".join(text.split())
    spans = found_spans(text, words)
    first, last = _window(text, spans[0][0] if spans else 0, most)
    edges = [first, *(min(max(edge, first), last) for span in spans for edge in span), last]
    pieces = [(text[start:end], bool(index % 2)) for index, (start, end) in enumerate(pairwise(edges)) if start < end]
    head, tail = [(CUT, False)] * (first > 0), [(CUT, False)] * (last < len(text))
    return [*head, *pieces, *tail]


def _window(text: str, at: int, most: int) -> tuple[int, int]:
    """The first and last place of the cut that holds `at`, a third of it before."""
    if len(text) <= most:
        return 0, len(text)
    first = max(0, min(at - most // 3, len(text) - most))
    last = min(len(text), first + most)
    if first > 0:
        space = text.find(" ", first, at)
        first = space + 1 if space >= 0 else first
    if last < len(text):
        space = text.rfind(" ", at + 1, last)
        last = space if space > at else last
    return first, last
