"""Showing remarks beside the parts they are pinned to."""

from django import template

from plans.models import Remark
from plans.remarks import Desk

register = template.Library()


@register.filter
def on_part(desk: Desk, part: str) -> list[Remark]:
    """The remarks of a desk on one part, oldest first."""
    return desk.of(part)


@register.filter
def standing_on(desk: Desk, part: str) -> list[Remark]:
    """The remarks on one part that still stand, for whoever edits it."""
    return desk.standing(part)


@register.filter
def changes_on(desk: Desk, part: str) -> list:
    """What the newest round changed in a part, for reviewers (plans.differences.Change)."""
    return desk.changes.get(part, [])
