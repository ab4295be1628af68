"""The lists behind the drop-downs of the file: what a cell may name."""

from datetime import date
from difflib import get_close_matches

from django.utils.translation import gettext as _

from documents.vietnamese import compare_key, fold
from plans.models import Audience, Channel, Indicator, UnitPlan
from plans.receipts import sha256
from plans.units.unit_plan_excel.columns import LISTED


class UnknownName(ValueError):
    """No entry of the list has that name; the message says which are near it."""


class Catalogue:
    """The lists a line of this plan may choose from on a day, in four queries; labels are unique within a list."""

    def __init__(self, unit_plan: UnitPlan, on: date):
        self.lists = {
            "area": list(unit_plan.plan.scheme.areas.all()),
            "channel": list(Channel.objects.on(on)),
            "audience": list(Audience.objects.on(on)),
            "indicator": list(Indicator.objects.on(on).plannable()),
        }
        self._exact, self._folded = {}, {}
        for field, entries in self.lists.items():
            spellings = [(words, entry) for entry in entries for words in self._spellings(entry)]
            self._exact[field] = {compare_key(words): entry for words, entry in spellings}
            self._folded[field] = {}
            for words, entry in spellings:
                self._folded[field].setdefault(fold(words), set()).add(entry)

    @staticmethod
    def label(entry) -> str:
        """How an entry stands in the file: "a) Chỉ đạo, điều hành", "Tờ rơi, tờ gấp (tờ)"."""
        return f"{entry.name} ({entry.unit_of_measure})" if isinstance(entry, Indicator) else str(entry)

    def labels(self, field: str) -> list[str]:
        return [self.label(entry) for entry in self.lists[field]]

    def _spellings(self, entry) -> tuple[str, ...]:
        return (self.label(entry), entry.name)

    @property
    def version(self) -> str:
        """A short mark that changes with any of the lists."""
        return sha256([self.labels(field) for field in LISTED])[:16]

    def find(self, field: str, text: str, kept=None):
        """The entry of that name, or `kept`, the one that the line has already. Raises UnknownName."""
        if kept is not None and compare_key(text) in {compare_key(words) for words in self._spellings(kept)}:
            return kept
        if entry := self._exact[field].get(compare_key(text)):
            return entry
        near = self._folded[field].get(fold(text), set())
        if len(near) == 1:
            return next(iter(near))
        raise UnknownName(self._missing(field, text))

    def _missing(self, field: str, text: str) -> str:
        known = {fold(label): label for label in self.labels(field)}
        near = [known[words] for words in get_close_matches(fold(text)[:200], known, n=3, cutoff=0.5)]
        said = _("“%s” không có trong danh mục.") % (text if len(text) <= 60 else f"{text[:60]}…")
        if near:
            return f"{said} {_('Gần giống:')} {'; '.join(f'“{words}”' for words in near)}. {_('Hãy chọn trong ô.')}"
        return f"{said} {_('Hãy chọn trong ô, hoặc xem trang “Danh mục” của tệp mẫu.')}"
