"""Which lines of two lists are the same line, changed or not. Pure."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

ALIKE = 0.5  # share of words that two wordings of one line have in common
NEAR = 40  # lines of a gap among which the other wording is looked for


def pair(
    before: Sequence[str], after: Sequence[str], before_keys: Sequence = (), after_keys: Sequence = ()
) -> dict[int, int]:
    """Places in `after` → places in `before` of the same line: equal texts, then equal keys, then alike wordings.

    Keys (ids) count only where the wordings still have something in common: in two copies of a plan the same
    number may stand for different lines.
    """
    found = _equal(before, after)
    words_before, words_after = [Counter(text.split()) for text in before], [Counter(text.split()) for text in after]
    places = {key: place for place, key in enumerate(before_keys)}
    taken = set(found.values())
    for place, key in enumerate(after_keys):
        other = places.get(key)
        if place in found or other is None or other in taken:
            continue
        if likeness(words_before[other], words_after[place]) >= ALIKE / 2:
            found[place] = other
            taken.add(other)
    for olds, news in _gaps(found, len(before), len(after)):
        _pair_alike(found, olds, news, words_before, words_after)
    return found


def likeness(one: Counter, other: Counter) -> float:
    """The share of words in common: 1 for the same words, 0 for none."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _equal(before: Sequence[Hashable], after: Sequence[Hashable]) -> dict[int, int]:
    """Equal texts in their order of appearance."""
    places: dict[Hashable, list[int]] = {}
    for place in range(len(before) - 1, -1, -1):
        places.setdefault(before[place], []).append(place)
    return {place: places[text].pop() for place, text in enumerate(after) if places.get(text)}


def _gaps(found: dict[int, int], before: int, after: int) -> Iterator[tuple[list[int], list[int]]]:
    """The runs of unpaired lines between neighbours that are paired in order."""
    kept = [(place, found[place]) for place in in_order(found)]
    taken = set(found.values())
    start_new = start_old = 0
    for end_new, end_old in [*kept, (after, before)]:
        olds = [place for place in range(start_old, end_old) if place not in taken]
        news = [place for place in range(start_new, end_new) if place not in found]
        if olds and news:
            yield olds, news
        start_new, start_old = end_new + 1, end_old + 1


def _pair_alike(found: dict[int, int], olds: list[int], news: list[int], words_before, words_after) -> None:
    for number, place in enumerate(news):
        middle = number * len(olds) // len(news)
        near = olds[max(0, middle - NEAR) : middle + NEAR]
        best = max(near, key=lambda old: likeness(words_before[old], words_after[place]), default=None)
        if best is not None and likeness(words_before[best], words_after[place]) >= ALIKE:
            found[place] = best
            olds.remove(best)


def in_order(found: dict[int, int]) -> list[int]:
    """The places of `found` whose other places rise: the longest run of lines that kept their order."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for place in sorted(found):
        at = bisect_left(tails, found[place])
        before[place] = ends[at - 1] if at else None
        tails[at : at + 1] = [found[place]]
        ends[at : at + 1] = [place]
    kept, place = [], ends[-1] if ends else None
    while place is not None:
        kept.append(place)
        place = before[place]
    return kept[::-1]
