"""Who else has a place open to write: said to the others, locks nothing."""

from datetime import datetime, timedelta

from accounts.models import User
from plans.models import Presence

HERE = timedelta(seconds=75)  # autosave.js tells it every 30 seconds
GONE = timedelta(days=1)


def others(place: str, user: User, *, now: datetime) -> list[str]:
    """The names of those who had that place open a moment ago, without this person."""
    rows = Presence.objects.filter(place=place, at__gt=now - HERE).exclude(user=user).order_by("user__full_name")
    return list(rows.values_list("user__full_name", flat=True))


def touch(place: str, user: User, *, now: datetime) -> list[str]:
    """This person has it open now; gives the names of the others."""
    _row, made = Presence.objects.update_or_create(place=place, user=user, defaults={"at": now})
    if made:
        Presence.objects.filter(at__lt=now - GONE).delete()
    return others(place, user, now=now)
