"""Remarks on a roll-up: pinned to its paragraphs, made by who reviews it, answered by the Office."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.remarks import WHOLE, Kind, Part
from reporting import perms
from reporting.models import RollUp
from reporting.roll_ups.narrating import by_part

SLUG = "bao-cao-tong-hop"


def part_of(paragraph) -> str:
    """The key of a paragraph's part."""
    return f"doan:{paragraph.pk}"


def rounds(roll_up: RollUp) -> dict[str, str]:
    """Its builds up to the cut one, newest first: number → "Bản chốt 2"."""
    cut = roll_up.snapshot["version"] if roll_up.snapshot else 0
    return {str(number): _("Bản chốt %d") % number for number in range(cut, 0, -1)}


def parts(roll_up: RollUp) -> dict[str, Part]:
    """The whole, and each paragraph that is printed; nothing before the cut."""
    if not roll_up.snapshot:
        return {}
    found = {WHOLE: Part(_("Toàn bộ báo cáo"))}
    for part, rows in by_part(roll_up, roll_up.snapshot["content"]):
        kept = [row for row in rows if row.pk and not row.dropped]
        for number, row in enumerate(kept, start=1):
            words = {"part": part.name, "number": number}
            found[part_of(row)] = Part(_("%(part)s, đoạn %(number)d") % words, row.text)
    return found


KIND = Kind(
    slug=SLUG,
    model=RollUp,
    name=gettext_lazy("báo cáo tổng hợp"),
    whose=gettext_lazy("Ý kiến của lãnh đạo"),
    visible=lambda user, on: RollUp.objects.visible_to(user, on=on).select_related("period__agency"),
    rounds=rounds,
    parts=parts,
    may_remark=perms.may_remark_roll_up,
    may_answer=perms.may_answer_roll_up,
    page=lambda roll_up, reviewing: reverse("roll_up_narrative", args=[roll_up.code]),
)
