"""When people are reminded of a deadline: days from it, at 8:00 on working days. Pure.

A milestone before the deadline that falls on a day off moves to the working day before; one after it to the
next working day. Of several on one day only the last remains, so nobody is told twice on a day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from plans.deadlines.workdays import DAY, NO_OVERRIDES, VIETNAM, is_workday, workday_after, workday_before

DAYS = (-14, -7, -3, -1, 0, 1, 3)
AT = time(8, 0)
# A milestone that was missed (the schedule stood still, the unit was paused) is made up for this long.
CATCH_UP = timedelta(days=7)
# Where the deadlines lie that have a milestone due or to be made up: Tết moves one by up to ten days.
REACH_AHEAD, REACH_BACK = timedelta(days=30), timedelta(days=24)


@dataclass(frozen=True)
class Moment:
    """`days` from the deadline (negative before it), and the instant (aware) at which people are told."""

    days: int
    at: datetime

    @property
    def label(self) -> str:
        if self.days < 0:
            return _("trước hạn %d ngày") % -self.days
        return _("quá hạn %d ngày") % self.days if self.days else _("ngày đến hạn")


def moments(due: datetime, overrides: Mapping[date, bool] = NO_OVERRIDES) -> list[Moment]:
    """The milestones of a deadline, oldest first, at most one a day."""
    due = due.astimezone(VIETNAM)
    by_day: dict[date, Moment] = {}
    for days in DAYS:
        moment = _moment(due, days, overrides)
        by_day[moment.at.date()] = moment
    return list(by_day.values())


def _moment(due: datetime, days: int, overrides) -> Moment:
    day = due.date() + days * DAY
    if days > 0:
        return Moment(days, _at(workday_after(day, overrides)))
    day = workday_before(day, overrides)
    if _at(day) > due:  # a deadline before 8:00 in the morning
        day = workday_before(day - DAY, overrides)
    return Moment(days, _at(day))


def _at(day: date) -> datetime:
    return datetime.combine(day, AT, VIETNAM)


def sends_at(now: datetime, overrides: Mapping[date, bool] = NO_OVERRIDES) -> bool:
    """Whether people are reminded at all at `now`: from 8:00 on a working day."""
    now = now.astimezone(VIETNAM)
    return now.time() >= AT and is_workday(now.date(), overrides)


def due_milestone(
    due: datetime, now: datetime, overrides: Mapping[date, bool] = NO_OVERRIDES, *, since: datetime | None = None
) -> int | None:
    """The milestone to be told of at `now`: the latest that has come, or None.

    None too when it is one before a deadline that has passed meanwhile, or came too long ago: then
    the next one tells. `since` is when people were told of the deadline itself: what came before needs no reminder.
    """
    come = [moment for moment in moments(due, overrides) if moment.at <= now and (since is None or moment.at > since)]
    if not come or now - come[-1].at > CATCH_UP or (come[-1].days <= 0 and now > due):
        return None
    return come[-1].days
