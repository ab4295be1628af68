"""Entries found by what people write: whatever the case, and without marks where that leaves no doubt. Pure."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches

from django.utils.translation import gettext as _

from documents.vietnamese import compare_key, fold


class UnknownName(ValueError):
    """No entry of the list has that name; the message says which are near it."""


class NameList:
    """(entry, its spellings) pairs; the first spelling of each is how it stands in a file.

    `kept` are entries that are found by their exact name while no other has it. Part of a name is enough where
    one entry alone has it.
    """

    def __init__(self, entries: Iterable[tuple], kept: Iterable[tuple] = ()):
        entries = list(entries)
        self._labels = [(spellings[0], entry) for entry, spellings in entries]
        self._exact, self._kept = _by(compare_key, entries), _by(compare_key, kept)
        self._folded = _by(fold, entries)

    def find(self, text: str):
        """The entry of that name. Raises UnknownName."""
        key, words = compare_key(text), fold(text)
        for found in (self._exact.get(key), self._kept.get(key), self._folded.get(words) or self._holding(words)):
            if found and len(found) == 1:
                return next(iter(found))
        if len(self._exact.get(key, ())) > 1:
            raise UnknownName(_("Danh mục có nhiều mục tên “%s”. Hãy chọn đúng mục.") % text[:60])
        raise UnknownName(self._missing(text))

    def _holding(self, words: str) -> set:
        return {entry for label, entry in self._labels if len(words) > 2 and words in fold(label)}

    def _missing(self, text: str) -> str:
        known = {fold(label): label for label, _entry in self._labels}
        near = [known[words] for words in get_close_matches(fold(text)[:200], known, n=3, cutoff=0.5)]
        said = _("“%s” không có trong danh mục.") % (text if len(text) <= 60 else f"{text[:60]}…")
        if near:
            return f"{said} {_('Gần giống:')} {'; '.join(f'“{words}”' for words in near)}. {_('Hãy chọn trong ô.')}"
        return f"{said} {_('Hãy chọn trong ô, hoặc xem trang “Danh mục” của tệp mẫu.')}"


def _by(key: Callable[[str], str], entries: Iterable[tuple]) -> dict[str, set]:
    found: dict[str, set] = {}
    for entry, spellings in entries:
        for words in spellings:
            found.setdefault(key(words), set()).add(entry)
    return found
