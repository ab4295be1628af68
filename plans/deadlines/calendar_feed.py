"""A person's deadlines as a calendar that Google, Outlook or a phone subscribes to (RFC 5545).

Read-only, without a session: who has the link has the calendar. Each obligation keeps its UID; what was handed
in or exempted stays, as cancelled, so that programs take it away. Stamps come from the rows, never from the
clock: what has not changed is sent byte for byte the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.models.post import UNIT_ROLES
from accounts.templatetags.portal import deadline
from documents.dates import WEEKDAYS
from plans.deadlines.reminders import OFFICE_ROLES
from plans.deadlines.workdays import DAY, VIETNAM, last_working_moment
from plans.models import DeadlineChange, Extension, Holiday, Obligation, ObligationKind, Receipt, ReturnDayChange
from plans.models.plan import IN_FORCE

BACK, MOST = timedelta(days=400), 600


@dataclass(frozen=True)
class Entry:
    """One day in the calendar. `changed_at` and `revision` move only when a row behind it does."""

    uid: str
    due_at: datetime
    summary: str
    notes: str
    url: str
    is_over: bool
    changed_at: datetime
    revision: int


def calendar_of(user: User, *, now: datetime) -> bytes:
    """The person's calendar as text/calendar in UTF-8; the same number of queries for one obligation and hundreds."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//CCHC//Hạn nộp//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Hạn nộp – Cổng tuyên truyền cải cách hành chính"))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for entry in entries(user, now=now):
        calendar.add_component(_event(entry))
    return calendar.to_ical()


def _event(entry: Entry):
    from icalendar import Event

    day = entry.due_at.astimezone(VIETNAM).date()
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.revision)
    event.add("dtstart", day)
    event.add("dtend", day + DAY)
    event.add("summary", entry.summary)
    event.add("description", entry.notes)
    event.add("url", entry.url)
    event.add("status", "CANCELLED" if entry.is_over else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def entries(user: User, *, now: datetime) -> list[Entry]:
    """What the person is to hand in themselves, each by itself; for an agency-wide post, each occasion of all units."""
    on = now.astimezone(VIETNAM).date()
    posts = user.posts_on(on)
    units = {post.unit_id for post in posts if post.role in UNIT_ROLES}
    wide = {post.agency_id for post in posts if post.role not in UNIT_ROLES}
    offices = {post.agency_id for post in posts if post.role in OFFICE_ROLES}
    mine = Q(unit__in=units) & ~Q(kind=ObligationKind.ROLL_UP) | Q(agency__in=offices, kind=ObligationKind.ROLL_UP)
    rows = Obligation.objects.filter(mine | Q(agency__in=wide), plan__state__in=IN_FORCE)
    rows = list(
        rows.filter(effective_due_at__gte=now - BACK).select_related("unit", "plan").order_by("effective_due_at", "pk")
    )
    history = _History(rows)
    single = [row for row in rows if _is_mine(row, units, offices)]
    overrides = Holiday.objects.as_rules()
    found = [_of_one(row, history, overrides) for row in single[:MOST]]
    groups: dict[tuple, list[Obligation]] = {}
    for row in rows:
        if row.agency_id in wide and row.kind != ObligationKind.ROLL_UP:
            groups.setdefault((row.duty_id, row.occasion), []).append(row)
    return found + [_of_all(members, history) for members in list(groups.values())[:MOST]]


def _is_mine(row: Obligation, units: set[int], offices: set[int]) -> bool:
    return row.agency_id in offices if row.kind == ObligationKind.ROLL_UP else row.unit_id in units


class _History:
    """When and how often the deadlines of obligations and the days of what was returned were moved; four queries."""

    def __init__(self, rows: Iterable[Obligation]):
        rows = list(rows)
        grants = Extension.objects.filter(obligation__in=[row.pk for row in rows], granted_due_at__isnull=False)
        self.grants = _by_obligation(grants, "decided_at")
        days = ReturnDayChange.objects.filter(obligation__in=[row.pk for row in rows if row.returns])
        self.return_days = _by_obligation(days, "at")
        again = Receipt.objects.filter(obligation__in=[row.pk for row in rows if row.returns])
        self.again = dict(again.order_by().values_list("obligation").annotate(last=Max("submitted_at")))
        changes = DeadlineChange.objects.filter(duty__in={row.duty_id for row in rows})
        self.changes = {
            (duty, occasion): (at, times)
            for duty, occasion, at, times in changes.order_by()
            .values_list("duty", "occasion")
            .annotate(last=Max("at"), times=Count("pk"))
        }

    def of(self, row: Obligation) -> tuple[datetime, int]:
        """(last changed, how often): of the stamps of one obligation."""
        granted_at, grants = self.grants.get(row.pk, (None, 0))
        moved_at, moves = self.changes.get((row.duty_id, row.occasion), (None, 0))
        day_at, days = self.return_days.get(row.pk, (None, 0))
        exempt_at = row.exempt_from and datetime.combine(row.exempt_from, time(0), VIETNAM)
        stamps = (row.plan.issued_at, granted_at, moved_at, row.first_submitted_at, exempt_at)
        stamps += (row.returned_at, day_at, self.again.get(row.pk))
        # A return is one revision, what comes back after it another.
        returns = 2 * row.returns - int(row.return_due_at is not None)
        closed = row.first_submitted_at is not None or row.exempt_from is not None
        return max(filter(None, stamps), default=row.due_at), grants + moves + days + returns + int(closed)


def _by_obligation(rows, at: str) -> dict[int, tuple[datetime, int]]:
    """Obligation → (the last time, how often)."""
    counted = rows.order_by().values_list("obligation").annotate(last=Max(at), times=Count("pk"))
    return {pk: (last, times) for pk, last, times in counted}


def _is_over(row: Obligation) -> bool:
    """Nothing is to be done any more: exempt, or handed in and not returned."""
    return row.exempt_from is not None or (row.first_submitted_at is not None and row.return_due_at is None)


def _of_one(row: Obligation, history: _History, overrides) -> Entry:
    changed_at, revision = history.of(row)
    moment = last_working_moment(row.work_due_at, overrides)
    extended = row.extended_due_at and not row.return_due_at
    notes = [
        str(row.unit),
        _("Hạn: %s") % deadline(row.work_due_at) + (_(" (đã gia hạn)") if extended else ""),
        _("Nên nộp trước 17:00 %(weekday)s %(day)s") % {
            "weekday": WEEKDAYS[moment.weekday()], "day": f"{moment:%d/%m/%Y}"
        },
    ]  # fmt: skip
    return Entry(
        uid=f"obligation-{row.pk}@{_host()}",
        due_at=row.work_due_at,
        summary=(_("Hạn nộp lại: %s") if row.return_due_at else _("Hạn nộp: %s")) % row.what,
        notes="\n".join(notes),
        url=settings.PORTAL_URL + reverse("obligation_detail", args=[row.pk]),
        is_over=_is_over(row),
        changed_at=changed_at,
        revision=revision,
    )


def _of_all(members: list[Obligation], history: _History) -> Entry:
    """One occasion of all units, on the day it is due for those without an extension."""
    first = min(members, key=lambda row: (row.due_at, row.pk))
    expected = [row for row in members if row.exempt_from is None]
    handed_in = sum(row.first_submitted_at is not None for row in expected)
    marks = [history.of(row) for row in members]
    counted = {"done": handed_in, "all": len(expected)}
    return Entry(
        uid=f"duty-{first.duty_id}-{first.occasion}@{_host()}",
        due_at=first.due_at,
        summary=_("Hạn nộp của các đơn vị: %s") % first.what,
        notes=_("%(done)d/%(all)d đơn vị đã nộp.\nHạn: %(due)s") % {**counted, "due": deadline(first.due_at)},
        url=f"{settings.PORTAL_URL}{reverse('deadline_board')}?nam={first.plan.year}&ky={first.occasion}",
        is_over=handed_in == len(expected),
        changed_at=max(at for at, _times in marks),
        revision=sum(times for _at, times in marks),
    )


def _host() -> str:
    return urlsplit(settings.PORTAL_URL).hostname or "localhost"
