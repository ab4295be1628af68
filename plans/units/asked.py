"""What the department's plan asks of a unit, item by item, and how the unit's plan answers each.

An item is known by its words: an amendment writes the parts of the plan anew, so their rows cannot be pointed to, and
an item whose words it changed is to be answered anew. The mark of the words is what lines and refusals keep.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, Value

from accounts.models import Unit
from documents.vietnamese import fold
from plans.models import Duty, PlanSection, UnitPlan
from plans.models.plan import SectionLevel
from plans.receipts import sha256

ENTRIES = (SectionLevel.DASH, SectionLevel.PLUS, SectionLevel.NUMBER, SectionLevel.LETTER, SectionLevel.ROW)
DUTIES = "nv"  # stands for the area in the code of a duty: nv1, nv2 …


@dataclass(frozen=True)
class Asked:
    """One thing asked: `key` is the mark of its words, `code` how a person names it ("c2"), `area` an area's code.

    A duty ("nhiệm vụ giao") has no area. `wanted` items must be answered before the plan is handed in.
    """

    key: str
    code: str
    area: str
    text: str
    wanted: bool


@dataclass(frozen=True)
class Answer:
    """An item with the lines that answer it, or the reason why it is none of the unit's; `by_area` says that
    "không có" was declared for its whole area."""

    asked: Asked
    lines: tuple
    reason: str = ""
    by_area: bool = False

    @property
    def is_given(self) -> bool:
        return bool(self.lines or self.reason or self.by_area)


def asked_of(unit_plan: UnitPlan) -> list[Asked]:
    """The items in the order of the plan, area by area, then the duties; two queries."""
    sections = unit_plan.plan.sections.filter(Q(area__isnull=False) | Q(parent__area__isnull=False))
    rows = list(sections.select_related("area").only(
        "plan", "parent", "position", "level", "title", "text", "cells", "area__code", "area__position"
    ))  # fmt: skip
    below: dict[int, list[PlanSection]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    found: list[Asked] = []
    numbers: dict[str, int] = {}
    for heading in sorted((row for row in rows if row.area_id), key=lambda row: row.area.position):
        for text in _items(heading, below.get(heading.pk, ())):
            _add(found, numbers, heading.area.letter, heading.area.code, text, True)
    for duty in unit_plan.plan.duties.current().filter(kind=""):
        if _concerns(duty, unit_plan.unit):
            _add(found, numbers, DUTIES, "", duty.what, False)
    return found


def decline_reasons(unit_plan: UnitPlan) -> dict[str, str]:
    """Why items are none of the unit's, by the mark of the item."""
    return dict(unit_plan.declined.values_list("item", "reason"))


def refusals(unit_plan: UnitPlan) -> tuple[dict[str, str], set[str]]:
    """Why items are none of the unit's, by their marks, and the codes of the areas with "không có"; one query."""
    item, area = Value("item"), Value("area")
    declined = unit_plan.declined.order_by().values_list(item, "item", "reason")
    absences = unit_plan.absences.order_by().values_list(area, "area__code", "reason")
    rows = list(declined.union(absences, all=True))
    return {key: reason for kind, key, reason in rows if kind == "item"}, {k for kind, k, _r in rows if kind == "area"}


def _items(heading: PlanSection, below: Iterable[PlanSection]) -> list[str]:
    """The heading's own text and the list entries right below it; its paragraphs when it has no list."""
    entries = [_words(row) for row in below if row.level in ENTRIES and not row.area_id]
    paragraphs = [row.text for row in below if row.level == SectionLevel.PARAGRAPH]
    own = [heading.text] if heading.title and (heading.text and not entries) else []
    texts = own + (entries or paragraphs) or [heading.text or heading.title]
    return [text.strip() for text in texts if text.strip()]


def _words(row: PlanSection) -> str:
    if row.level == SectionLevel.ROW:
        return " – ".join(filter(None, row.cells))
    return f"{row.title} {row.text}".strip()


def _concerns(duty: Duty, unit: Unit) -> bool:
    who = fold(duty.who)
    return duty.every_unit or fold(unit.name) in who or (unit.is_office and "van phong" in who)


def _add(found: list[Asked], numbers: dict[str, int], letter: str, area: str, text: str, wanted: bool) -> None:
    key = mark_of(area, text)
    if any(row.key == key for row in found):
        return
    numbers[letter] = numbers.get(letter, 0) + 1
    found.append(Asked(key, f"{letter}{numbers[letter]}", area, text, wanted))


def mark_of(area: str, text: str) -> str:
    """The mark of an item: that of its words, marks, case and spaces aside."""
    return sha256([area, fold(text)])[:16]


def answers(asked: Iterable[Asked], lines: Iterable, reasons: dict[str, str], absent: Iterable[str]) -> list[Answer]:
    """How each item is answered. `lines` have `asked` (marks) and `area_code`; `reasons` by mark; `absent` area codes.

    Where an area asks one thing only, every line in it answers that.
    """
    asked, lines, absent = list(asked), list(lines), set(absent)
    count: dict[str, int] = {}
    for item in asked:
        count[item.area] = count.get(item.area, 0) + 1
    found = []
    for item in asked:
        alone = item.area and count[item.area] == 1
        own = tuple(row for row in lines if item.key in row.asked or (alone and row.area_code == item.area))
        found.append(Answer(item, own, reasons.get(item.key, ""), item.area in absent and not own))
    return found
