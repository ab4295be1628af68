"""The director's remarks on a roll-up are directives too: given to the chief of office when it is returned or approved.

What was returned is answered where it always is, beside the paragraph; sending the report up again answers the
directive with the same words, and approving it accepts them. What came with the approval is carried out afterwards.
"""

from django.urls import reverse

from accounts.models import Role
from accounts.notices import holders
from accounts.workflow import Context
from plans.deadlines import returning
from plans.directives import days
from plans.directives.about import About
from plans.directives.acts import DIRECTIVE, answer, give
from plans.models import Directive, DirectiveState, Holiday, Remark
from plans.models.directive import WITH_OWNER
from reporting.models import RollUp


def give_all(roll_up: RollUp, context: Context, *, returned: bool) -> None:
    """The remarks that the director is about to hand over become tasks of the chief of office; before remarks.give."""
    directors = holders(Role.DIRECTOR, agency_id=roll_up.agency_id, on=context.now.date())
    rows = Remark.objects.about(roll_up).standing().filter(given_at__isnull=True, made_by__in=directors)
    usual = returning.usual_day if returned else days.usual_day
    day = usual(context.now.date(), Holiday.objects.as_rules())
    for remark in rows:
        give(
            agency_id=roll_up.agency_id, by=context.by, now=context.now, key=_key(remark), text=remark.text, day=day,
            owner=Role.CHIEF_OF_OFFICE, about=_about(roll_up, remark),
        )  # fmt: skip


def answer_all(roll_up: RollUp, context: Context) -> None:
    """What the Office wrote to the returned remarks answers their directives; part of sending the report up again."""
    remarks = {_key(remark): remark for remark in Remark.objects.about(roll_up).given()}
    for directive in Directive.objects.filter(key__in=list(remarks), state__in=WITH_OWNER).select_related("unit"):
        if written := list(remarks[directive.key].answers.all()):
            said = written[-1]
            answer(directive, by=context.by, now=context.now, key=f"remark-answer:{said.pk}", text=said.text)


def accept_all(roll_up: RollUp, context: Context) -> None:
    """Approving the report accepts what its remarks were answered with."""
    keys = [_key(remark) for remark in Remark.objects.about(roll_up).given()]
    for directive in Directive.objects.filter(key__in=keys, state=DirectiveState.ANSWERED).select_related("unit"):
        DIRECTIVE.move(directive, "accept", by=context.by, now=context.now)


def _key(remark: Remark) -> str:
    return f"remark:{remark.pk}"


def _about(roll_up: RollUp, remark: Remark) -> About:
    place = f"#doan-{remark.part.partition(':')[2]}" if remark.part else ""
    words = f"{roll_up}, {remark.part_label}"[:300]
    url = f"{reverse('roll_up_narrative', args=[roll_up.code])}{place}"
    return About("paragraph", f"{roll_up.pk}:{remark.part}"[:200], words, url)
