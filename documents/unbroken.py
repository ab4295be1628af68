"""Which words of a line stay together: numbers, symbols, dates. Pure.

"421/KH-UBND" and "ngày 28/01/2022" are read as one; a line never ends inside them.
"""

import re

LONGEST = 48  # number (11) and symbol (30) of the decree's data set with "số " and signs around; longer runs may break
_CANDIDATE = re.compile(
    r"""(?<![^\s(“"])(?:ngày|số|[Đđ]iều|[Kk]hoản|[Qq]uý)[ ](?=\d|[IVX]+\b)\S+  # ngày 28/01/2022, Điều 5, quý I
    |   \S*\w[/-]\w\S*                                                      # 421/KH-UBND, VT-VP, 0,5-1""",
    re.VERBOSE,
)


def pieces(text: str) -> list[tuple[str, bool]]:
    """Give ``text`` in parts, each with whether a line may not break inside it; joined they are ``text``.

    A part that stays together is bounded by spaces, so that its commas and brackets stay with it.
    """
    parts, end = [], 0
    for found in _CANDIDATE.finditer(text):
        if _stays(found.group()):
            parts += [(text[end : found.start()], False), (found.group(), True)]
            end = found.end()
    return [part for part in [*parts, (text[end:], False)] if part[0]]


def _stays(words: str) -> bool:
    if len(words) > LONGEST or "://" in words:
        return False
    return words == words.upper() or any(sign.isdigit() for sign in words) or " " in words
