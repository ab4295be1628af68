"""The lists behind the drop-downs of the file: what a cell may name."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.db.models import F, Value

from documents.name_list import NameList
from documents.vietnamese import compare_key
from plans.models import Activity, Audience, Channel, ContentArea, FundSource, Indicator, UnitPlan
from plans.receipts import sha256
from plans.units.asked import Asked, asked_of
from plans.units.unit_plan_excel.columns import LISTED

# The field of a line, the list behind it, and what its entries have beside their names.
LISTS = {
    "channel": (Channel, ""),
    "audience": (Audience, ""),
    "indicator": (Indicator, "unit_of_measure"),
    "funds": (FundSource, "short"),
}


def entries_on(on: date) -> dict[str, list]:
    """The lists of channels, audiences, indicators of plans and sources in force on a day, by name alone; one query."""
    parts = []
    for field, (model, more) in LISTS.items():
        rows = model.objects.on(on).plannable() if model is Indicator else model.objects.on(on)
        named = rows.order_by().annotate(field=Value(field), more=F(more) if more else Value(""))
        parts.append(named.values_list("field", "position", "pk", "name", "more"))
    found: dict[str, list] = {field: [] for field in LISTS}
    for field, position, pk, name, more in sorted(parts[0].union(*parts[1:], all=True)):
        model, attribute = LISTS[field]
        entry = model(pk=pk, name=name, position=position, **({attribute: more} if attribute else {}))
        found[field].append(entry)
    return found


class Catalogue:
    """The lists a line of this plan may choose from on a day, in two queries; labels are unique within a list.

    `asked` are the items of the department's plan (plans.units.asked). What `lines` hold already is found as well;
    who has read the areas gives them.
    """

    def __init__(self, unit_plan: UnitPlan, on: date, lines: Iterable[Activity] = (), areas: list | None = None):
        self.unit_plan = unit_plan
        self.lists = {"area": areas or list(unit_plan.plan.scheme.areas.all())} | entries_on(on)
        self.lines = list(lines)

    @cached_property
    def _names(self) -> dict[str, NameList]:
        found = {}
        for field, entries in self.lists.items():
            kept = {getattr(line, field) for line in self.lines} - {None} if field in LISTED else ()
            found[field] = NameList(self._spelled(entries), self._spelled(kept))
        return found

    @staticmethod
    def label(entry) -> str:
        """How an entry stands in the file: "a) Chỉ đạo, điều hành", "Tờ rơi, tờ gấp (tờ)"."""
        return f"{entry.name} ({entry.unit_of_measure})" if isinstance(entry, Indicator) else str(entry)

    def labels(self, field: str) -> list[str]:
        return [self.label(entry) for entry in self.lists[field]]

    def _spelled(self, entries: Iterable) -> list[tuple]:
        return [(entry, self._spellings(entry)) for entry in entries]

    def _spellings(self, entry) -> tuple[str, ...]:
        if isinstance(entry, ContentArea):
            return (self.label(entry), entry.name, entry.letter, f"{entry.letter})")
        return (self.label(entry), entry.name, *([entry.short] if isinstance(entry, FundSource) else []))

    @cached_property
    def asked(self) -> dict[str, Asked]:
        """The items that the department asks of this unit, by their codes."""
        return {item.code: item for item in asked_of(self.unit_plan)}

    def asked_by(self, line: Activity) -> tuple[Asked, ...]:
        """What a stored line answers, as far as it is still asked."""
        return tuple(item for item in self.asked.values() if item.key in line.asked)

    @property
    def version(self) -> str:
        """A short mark that changes with any of the lists."""
        return sha256([self.labels(field) for field in LISTED])[:16]

    def find(self, field: str, text: str, kept=None):
        """The entry of that name, or `kept`, the one that the line has already. Raises UnknownName."""
        if kept is not None and compare_key(text) in {compare_key(words) for words in self._spellings(kept)}:
            return kept
        return self._names[field].find(text)
