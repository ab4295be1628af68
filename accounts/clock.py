"""The one place where the portal reads the time: views, tasks and commands call `now()` or `today()`."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from accounts.models import DemoClock
from documents.dates import TZ as VIETNAM


def now() -> datetime:
    """The present instant (aware, Asia/Ho_Chi_Minh); in a demo, the instant at which its calendar stands."""
    return (settings.DEMO and stands_at()) or timezone.now().astimezone(VIETNAM)


def stands_at() -> datetime | None:
    """Where the calendar of a demo stands; None while it goes."""
    at = DemoClock.objects.values_list("at", flat=True).first()
    return at and at.astimezone(VIETNAM)


def today() -> date:
    """The day of `now()` in Vietnam."""
    return now().date()


def set_demo(at: datetime) -> None:
    """Let the demo's calendar stand at `at`."""
    if not DemoClock.objects.update(at=at):
        DemoClock.objects.create(at=at)
