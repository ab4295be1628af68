"""What is worth another look before a unit plan is handed in: it may go on, with a sentence that explains each.

The Office reads the caution and the sentence beside it. Pure, but for `unexplained`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.numbers import format_money, format_number
from plans.models import UnitPlan, UnitPlanNote
from plans.snapshots import Content, live_content
from plans.units.review import last_years


@dataclass(frozen=True)
class Caution:
    """`key` names it in notes, `words` say what is unusual, `why` is the unit's sentence ("" for none yet)."""

    key: str
    words: str
    why: str = ""


def cautions(content: Content, before: Content | None) -> Iterator[Caution]:
    """What stands out in a plan beside itself and the plan of the year `before` (None: nothing to compare with)."""
    lines = content.lines
    if lines and not content.money:
        yield Caution("no-money", _("Không hoạt động nào ghi kinh phí."))
    bare = sum(line.quantity is None for line in lines)
    if 2 * bare > len(lines):
        words = _("%(bare)s/%(all)s hoạt động chưa ghi số lượng nên cuối năm khó đo kết quả.")
        yield Caution("no-quantity", words % {"bare": format_number(bare), "all": format_number(len(lines))})
    absent = sum(bool(area.absence) for area in content.areas)
    if 2 * absent > len(content.areas):
        words = _("%(absent)s/%(all)s nội dung ghi “không có”.")
        yield Caution("absent", words % {"absent": format_number(absent), "all": format_number(len(content.areas))})
    if before:
        yield from _beside(content, before)


def _beside(content: Content, before: Content) -> Iterator[Caution]:
    now, then = len(content.lines), len(before.lines)
    if 2 * now < then:
        words = _("Chỉ %(now)s hoạt động; năm trước %(then)s.")
        yield Caution("fewer", words % {"now": format_number(now), "then": format_number(then)})
    if before.money and abs(content.money - before.money) * 2 > before.money:
        words = _("Tổng kinh phí %(now)s, năm trước %(then)s: chênh quá một nửa.")
        yield Caution("money", words % {"now": format_money(content.money), "then": format_money(before.money)})


def explained(unit_plan: UnitPlan, content: Content | None = None) -> list[Caution]:
    """The cautions of the plan as it stands, each with the unit's sentence."""
    notes = dict(unit_plan.notes.values_list("key", "text"))
    found = cautions(content or live_content(unit_plan), last_years(unit_plan))
    return [Caution(row.key, row.words, notes.get(row.key, "")) for row in found]


def unexplained(unit_plan: UnitPlan) -> Iterator[str]:
    """What keeps the plan from being handed in: each caution needs its sentence."""
    return (_("Cần một câu giải trình: %s") % row.words for row in explained(unit_plan) if not row.why)


def write_notes(unit_plan: UnitPlan, notes: Mapping[str, str]) -> None:
    """Store sentences by key, part of another act that has checked the permission; a blank one is taken away."""
    unit_plan.notes.filter(key__in=[key for key, text in notes.items() if not text]).delete()
    UnitPlanNote.objects.bulk_create(
        (UnitPlanNote(unit_plan=unit_plan, key=key, text=text) for key, text in notes.items() if text),
        update_conflicts=True, unique_fields=["unit_plan", "key"], update_fields=["text"],
    )  # fmt: skip
