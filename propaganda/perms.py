"""Who may write results: named predicates, called by views, templates' data and actions."""

from datetime import date

from accounts.models import Post, Role, Unit, User


def recording_post(user: User, unit: Unit, on: date) -> Post | None:
    """The post that lets a person record, change and remove results of `unit` on that day.

    Passes: the unit's editor and the unit's head. Nobody else, whatever they may read: the
    Department Office records its own results through its own editor and head.
    """
    if not user.is_active:
        return None
    return user.post_as(Role.UNIT_EDITOR, Role.UNIT_HEAD, on=on, agency_id=unit.agency_id, unit_id=unit.pk)


def may_record(user: User, unit: Unit, on: date) -> bool:
    """Who passes: see recording_post."""
    return recording_post(user, unit, on) is not None


def units_to_record_for(user: User, on: date) -> list[Unit]:
    """The units for which the person may record results on that day, each once."""
    units = [post.unit for post in user.posts_on(on) if post.unit_id]
    return list({unit.pk: unit for unit in units if may_record(user, unit, on)}.values())
