"""Who may delegate, who keeps the units. Each predicate gives the post that allows it on that day, or None."""

from datetime import date

from accounts.models import Delegation, Post, Role, Succession, Unit, User


def may_delegate(user: User, unit: Unit, on: date) -> Post | None:
    """The unit's head, or the chief of office for a head who is away; what was delegated is not passed on
    (Nghị định 30/2020/NĐ-CP, Điều 13 khoản 4)."""
    for post in user.posts_on(on):
        if post.role == Role.UNIT_HEAD and post.unit_id == unit.pk and post.delegation is None:
            return post
    return user.post_as(Role.CHIEF_OF_OFFICE, on=on, agency_id=unit.agency_id)


def may_end_delegation(user: User, delegation: Delegation, on: date) -> Post | None:
    """Whoever may make one in that unit."""
    return may_delegate(user, delegation.unit, on)


def delegating_units(user: User, on: date) -> list[Unit]:
    """The units in which this person may delegate: their own, or all of the chief's agency."""
    posts = user.posts_on(on)
    wide = {post.agency_id for post in posts if post.role == Role.CHIEF_OF_OFFICE}
    own = {post.unit_id for post in posts if post.role == Role.UNIT_HEAD and post.delegation is None}
    units = Unit.objects.filter(agency__in=wide) | Unit.objects.filter(pk__in=own)
    return [unit for unit in units.distinct() if unit.holds_on(on)]


def may_keep_units(user: User, on: date) -> Post | None:
    """The administrator and the chief of office record what becomes of units."""
    roles = (Role.ADMINISTRATOR, Role.CHIEF_OF_OFFICE)
    return next((post for post in user.posts_on(on) if post.role in roles), None)


def may_hand_over(user: User, succession: Succession, on: date) -> Post | None:
    """The chief of office, who also exempts."""
    return user.post_as(Role.CHIEF_OF_OFFICE, on=on, agency_id=succession.agency_id)
