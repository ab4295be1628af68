"""Who will be reminded of what in the days to come, if nothing is handed in until then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from accounts.models import Unit, User
from plans.deadlines.milestones import AT, REACH_AHEAD, REACH_BACK, moments
from plans.deadlines.reminders import outstanding, recipients
from plans.deadlines.workdays import VIETNAM
from plans.models import Obligation, ReminderPause
from plans.models.obligation import work_due

AHEAD = timedelta(days=30)


@dataclass
class Group:
    """The units that are reminded of the same thing on a day; `without` are those nobody of whom can be told."""

    what: str
    how: str
    units: list[Unit] = field(default_factory=list)
    paused: list[Unit] = field(default_factory=list)
    without: list[Unit] = field(default_factory=list)


@dataclass
class Day:
    """One morning: what is told, to how many people (each gets one digest)."""

    at: datetime
    groups: list[Group]
    people: int


def coming(agency_ids: Iterable[int], now: datetime, overrides: Mapping[date, bool]) -> list[Day]:
    """The mornings of the next thirty days on which somebody is reminded; four queries."""
    now = now.astimezone(VIETNAM)
    until = now + AHEAD
    rows = list(
        outstanding()
        .filter(agency__in=agency_ids)
        .work_due_between(now - REACH_BACK, until + REACH_AHEAD)
        .order_by(work_due(), "unit__position", "pk")
    )
    people = recipients(rows, now.date())
    pauses = list(ReminderPause.objects.filter(ends__gte=now.date(), starts__lte=until.date()))
    days: dict[date, dict[tuple, Group]] = {}
    told: dict[date, set[int]] = {}
    for row in rows:
        for moment in moments(row.work_due_at, overrides):
            if now < moment.at <= until:
                day = moment.at.date()
                group = days.setdefault(day, {}).setdefault((row.task, moment.days), Group(row.task, moment.label))
                _place(row, group, people[row.pk], told.setdefault(day, set()), pauses, day)
    return [Day(datetime.combine(day, AT, VIETNAM), list(days[day].values()), len(told[day])) for day in sorted(days)]


def _place(row: Obligation, group: Group, people: list[User], told: set[int], pauses, day: date) -> None:
    if any(pause.unit_id == row.unit_id and pause.holds_on(day) for pause in pauses):
        group.paused.append(row.unit)
    elif not people:
        group.without.append(row.unit)
    else:
        group.units.append(row.unit)
        told.update(person.pk for person in people)
