"""Showing remarks beside the parts they are pinned to."""

from django import template

from plans.models import Remark
from plans.remarks import Desk

register = template.Library()


@register.filter
def on_part(desk: Desk, part: str) -> list[Remark]:
    """The remarks of a desk on one part, oldest first."""
    return desk.of(part)
