"""Reminders of deadlines: what the schedule sends each minute, what the Office sends by hand, what comes next.

A person gets one digest a day over all that they are to hand in. Everything is found from the rows: two
beats, two workers, a schedule that stood still or a clock that steps change nothing in who is told once
(plans.models.Reminder has the key). What was handed in or exempted is looked at under the lock of the
obligation, in the transaction that writes the notice, and once more right before its mail leaves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import webhooks
from accounts.models import Event, Notice, Post, Role, Unit, User
from accounts.models.post import UNIT_ROLES
from accounts.notices import write
from plans import perms
from plans.deadlines import reminder_words
from plans.deadlines.milestones import REACH_AHEAD, REACH_BACK, due_milestone, sends_at
from plans.deadlines.workdays import DAY, VIETNAM
from plans.models import Holiday, Obligation, ObligationKind, PlanState, Reminder, ReminderChannel, ReminderPause
from plans.models.deadline import return_day_set_at

KIND = "reminder"
OFFICE_ROLES = frozenset({Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE})
CHUNK, MOST_CHUNKS = 100, 20  # people a transaction, transactions a sweep: the next minute does the rest


@dataclass(frozen=True)
class Due:
    """One obligation of which one person is to be told; `milestone` is None when the Office reminds by hand."""

    obligation: Obligation
    person: User
    milestone: int | None


def outstanding() -> QuerySet[Obligation]:
    """What plans that are being carried out ask for and waits for its unit: not handed in, or returned."""
    return Obligation.objects.to_hand_in().filter(plan__state=PlanState.ISSUED).select_related("unit", "plan")


def paused_units(on: date) -> set[int]:
    """The units that are not reminded on that day."""
    return set(ReminderPause.objects.on(on).values_list("unit_id", flat=True))


def recipients(rows: Iterable[Obligation], on: date) -> dict[int, list[User]]:
    """Who is reminded of each obligation (by id): the unit's editors and head; the Office's people of a roll-up."""
    rows = list(rows)
    posts = Post.objects.on(on).filter(
        agency__in={row.agency_id for row in rows}, role__in=UNIT_ROLES | OFFICE_ROLES, user__is_active=True
    )
    units: dict[int, dict[int, User]] = {}
    offices: dict[int, dict[int, User]] = {}
    for post in posts.select_related("user").order_by("pk"):
        group = (
            units.setdefault(post.unit_id, {}) if post.role in UNIT_ROLES else offices.setdefault(post.agency_id, {})
        )
        group[post.user_id] = post.user
    of_roll_up = {row.pk: offices.get(row.agency_id, {}) for row in rows if row.kind == ObligationKind.ROLL_UP}
    return {row.pk: list(of_roll_up.get(row.pk, units.get(row.unit_id, {})).values()) for row in rows}


# What the schedule does


def remind(now: datetime) -> int:
    """One look of the sweep; gives how many people were told. Without anything due it writes nothing."""
    now = now.astimezone(VIETNAM)
    overrides = Holiday.objects.as_rules()
    if not sends_at(now, overrides):
        return 0
    waiting = due_now(now, overrides)
    people = iter(sorted(waiting))
    told = 0
    for _number in range(MOST_CHUNKS):
        chunk = list(islice(people, CHUNK))
        if not chunk:
            break
        told += _tell([due for person in chunk for due in waiting[person]], now, overrides)
    return told


def due_now(now: datetime, overrides: Mapping[date, bool]) -> dict[int, list[Due]]:
    """By person: the obligations whose milestone has come and of which they have not been told; four queries.

    Who has had the day's digest waits for the next one.
    """
    on = now.date()
    paused = paused_units(on)
    come = []
    near = outstanding().work_due_between(now - REACH_BACK, now + REACH_AHEAD)
    for row in near.annotate(return_day_set_at=return_day_set_at()).order_by("pk"):
        since = row.return_due_at and row.return_day_set_at
        milestone = None if row.unit_id in paused else due_milestone(row.work_due_at, now, overrides, since=since)
        if milestone is not None:
            come.append((row, milestone))
    if not come:
        return {}
    people = recipients([row for row, _milestone in come], on)
    had_digest = set(Notice.objects.filter(key=digest_key(on)).values_list("recipient_id", flat=True))
    had = _latest_told([row.pk for row, _milestone in come])
    waiting: dict[int, list[Due]] = {}
    for row, milestone in come:
        for person in people[row.pk]:
            told_of = had.get((row.pk, row.work_due_at, person.pk))
            if person.pk not in had_digest and (told_of is None or told_of < milestone):
                waiting.setdefault(person.pk, []).append(Due(row, person, milestone))
    return waiting


def _latest_told(pks: list[int]) -> dict[tuple, int]:
    """(obligation, deadline, person) → the latest milestone told of: a clock that steps back repeats none."""
    had: dict[tuple, int] = {}
    rows = Reminder.objects.filter(obligation__in=pks, milestone__isnull=False)
    for obligation, due_at, person, milestone in rows.values_list(
        "obligation_id", "due_at", "person_id", "milestone"
    ).distinct():
        key = (obligation, due_at, person)
        had[key] = max(milestone, had.get(key, milestone))
    return had


def digest_key(on: date) -> str:
    return f"remind:{on:%Y-%m-%d}"


def _tell(found: list[Due], now: datetime, overrides: Mapping[date, bool]) -> int:
    """Write the digests of some people; what another sweep has done or a unit handed in meanwhile is left out."""
    with transaction.atomic():
        fresh = _still_due(found)
        had_digest = set(
            Notice.objects.filter(
                key=digest_key(now.date()), recipient__in={due.person.pk for due in fresh}
            ).values_list("recipient_id", flat=True)
        )
        fresh = [due for due in fresh if due.person.pk not in had_digest]
        return _write(fresh, key=digest_key(now.date()), now=now, overrides=overrides)


def _still_due(found: list[Due]) -> list[Due]:
    """Those still outstanding with the same deadline, their obligations locked until the end of the transaction."""
    asked = {due.obligation.pk for due in found}
    locked = outstanding().filter(pk__in=asked).select_for_update(of=("self",)).order_by("pk")
    standing = {row.pk: row for row in locked}
    return [
        Due(standing[due.obligation.pk], due.person, due.milestone)
        for due in found
        if due.obligation.pk in standing and standing[due.obligation.pk].work_due_at == due.obligation.work_due_at
    ]


def _write(
    found: list[Due], *, key: str, now: datetime, overrides: Mapping[date, bool], by: User | None = None,
    sending: str = "", note: str = "",
) -> int:  # fmt: skip
    """One notice a person, a Reminder row for each thing and channel, and what webhooks are told; gives how many."""
    by_person: dict[int, list[Due]] = {}
    for due in found:
        by_person.setdefault(due.person.pk, []).append(due)
    notices = {
        notice.recipient_id: notice
        for notice in write(
            [_notice(mine, key=key, now=now, overrides=overrides, note=note) for mine in by_person.values()]
        )
    }
    told = [due for due in found if due.person.pk in notices]
    Reminder.objects.bulk_create(
        Reminder(
            obligation=due.obligation, due_at=due.obligation.work_due_at, milestone=due.milestone,
            sending=sending, channel=channel, person=due.person, notice=notices[due.person.pk], sent_at=now, sent_by=by,
        )
        for due in told
        for channel in ReminderChannel
        if channel == ReminderChannel.PORTAL or due.person.email
    )  # fmt: skip
    _tell_webhooks(told, key=key, now=now, overrides=overrides)
    return len(notices)


def _notice(mine: list[Due], *, key: str, now: datetime, overrides, note: str) -> Notice:
    rows = [due.obligation for due in mine]
    one = rows[0] if len(rows) == 1 else None
    return Notice(
        recipient=mine[0].person, key=key, kind=KIND, title=reminder_words.title(rows, now),
        body=reminder_words.body(rows, now, overrides, note), created_at=now,
        url=reverse("obligation_detail", args=[one.pk]) if one else reverse("deadline_board"),
        due_at=min(row.work_due_at for row in rows),
    )  # fmt: skip


def _tell_webhooks(told: list[Due], *, key: str, now: datetime, overrides) -> None:
    """One message a unit: what it is reminded of."""
    by_unit: dict[int, dict[int, Obligation]] = {}
    for due in told:
        by_unit.setdefault(due.obligation.unit_id, {})[due.obligation.pk] = due.obligation
    messages: dict[int, dict[str, dict]] = {}
    for unit, rows in by_unit.items():
        first = next(iter(rows.values()))
        messages.setdefault(first.agency_id, {})[f"{key}:{unit}"] = {
            "unit": first.unit.code,
            "unit_name": str(first.unit),
            "obligations": sorted(rows),
            "text": reminder_words.body(rows.values(), now, overrides),
        }
    for agency_id, contents in messages.items():
        webhooks.tell(agency_id, event=KIND, contents=contents, now=now)


# What the Office does


def remind_now(rows: Iterable[Obligation], *, by: User, now: datetime, key: UUID, note: str = "") -> int:
    """Remind of what is still missing, whatever was planned; gives how many people were told.

    The same `key` sends nothing twice. Raises PermissionDenied for who is not of the Office.
    """
    now = now.astimezone(VIETNAM)
    post = perms.may_run_deadlines(by, now.date())
    rows = list(rows)
    if post is None or any(row.agency_id != post.agency_id for row in rows):
        raise PermissionDenied
    people = recipients(rows, now.date())
    found = [Due(row, person, None) for row in rows for person in people[row.pk]]
    with transaction.atomic():
        fresh = _still_due(found)
        told = _write(
            fresh, key=f"remind-now:{key}", now=now, overrides=Holiday.objects.as_rules(), by=by, sending=str(key),
            note=note,
        )  # fmt: skip
        if told:
            plan = fresh[0].obligation.plan
            Event.record(
                plan, at=now, by=by, post=post, action="remind", agency_id=post.agency_id, reason=note,
                label=_("Nhắc ngay %(people)d người về %(rows)d việc chưa nộp")
                % {"people": told, "rows": len({due.obligation.pk for due in fresh})},
                data={"obligations": sorted({due.obligation.pk for due in fresh})},
            )  # fmt: skip
    return told


def pause(*, unit: Unit, starts: date, ends: date, reason: str, by: User, now: datetime) -> ReminderPause:
    """Remind a unit of nothing from a day to a day; what was missed meanwhile is made up once, if still near."""
    post = perms.may_run_deadlines(by, now.date())
    if post is None or unit.agency_id != post.agency_id:
        raise PermissionDenied
    with transaction.atomic():
        made = ReminderPause.objects.create(unit=unit, starts=starts, ends=ends, reason=reason, made_at=now, made_by=by)
        Event.record(
            unit, at=now, by=by, post=post, action="pause_reminders", agency_id=unit.agency_id, reason=reason,
            label=_("Tạm dừng nhắc hạn từ %(starts)s đến %(ends)s")
            % {"starts": f"{starts:%d/%m/%Y}", "ends": f"{ends:%d/%m/%Y}"},
        )  # fmt: skip
    return made


def end_pause(row: ReminderPause, *, by: User, now: datetime) -> None:
    """The pause ends yesterday; one that has not begun is taken back."""
    post = perms.may_run_deadlines(by, now.date())
    if post is None or row.unit.agency_id != post.agency_id:
        raise PermissionDenied
    yesterday = now.date() - DAY
    with transaction.atomic():
        if row.starts > yesterday:
            ReminderPause.objects.filter(pk=row.pk).delete()
        else:
            ReminderPause.objects.filter(pk=row.pk, ends__gt=yesterday).update(ends=yesterday)
        Event.record(
            row.unit, at=now, by=by, post=post, action="resume_reminders", label=_("Nhắc hạn trở lại"),
            agency_id=row.unit.agency_id,
        )  # fmt: skip


# Right before it leaves


def look_again(notice: Notice, now: datetime) -> bool:
    """Give a digest that is about to be mailed the words of this moment; False when all of it has been handed in."""
    rows = list(outstanding().filter(reminders__notice=notice).distinct())
    if not rows:
        return False
    notice.title = reminder_words.title(rows, now)
    notice.body = reminder_words.body(rows, now, Holiday.objects.as_rules(), reminder_words.note_of(notice.body))
    return True


def look_again_at_message(content: dict, now: datetime) -> dict | None:
    """The same for a webhook's message; None when there is nothing to tell any more."""
    rows = list(outstanding().filter(pk__in=content["obligations"]))
    if not rows:
        return None
    return content | {
        "obligations": sorted(row.pk for row in rows),
        "text": reminder_words.body(rows, now, Holiday.objects.as_rules()),
    }
