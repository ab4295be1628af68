"""The deadline of a duty's occasion is changed after the issue: what follows is shown first, then done once.

Only what nobody has handed in moves. What was handed in keeps its deadline and its stamp, so that whether it
was on time is judged by the deadline in force at that moment; who is exempt stays exempt.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Event, User
from accounts.notices import notify
from accounts.templatetags.portal import deadline
from accounts.workflow import MoveRefused
from plans import perms
from plans.deadlines.milestones import Moment, moments
from plans.deadlines.periods import KINDS, Deadlines, chain_warnings, deadlines, window
from plans.deadlines.reminders import recipients
from plans.deadlines.workdays import VIETNAM, day_off_warning
from plans.models import DeadlineChange, Duty, Holiday, Obligation, ObligationKind, PlanState

# A higher floor moves what it keeps beside the obligations: (plan, kind, occasion, due_at), in the transaction.
FOLLOWERS: list[Callable] = []


@dataclass(frozen=True)
class Moved:
    """A unit whose deadline moves: `old` and `new` are what is in force before and after, extensions included."""

    obligation: Obligation
    old: datetime
    new: datetime

    @property
    def extension_is_spent(self) -> bool:
        """It had an extension that the new deadline reaches."""
        extended = self.obligation.extended_due_at
        return extended is not None and self.new > self.old


@dataclass(frozen=True)
class Consequences:
    """What changing a deadline would do, as it stands now."""

    moved: list[Moved]
    handed_in: list[Obligation]
    exempt: list[Obligation]
    people: int
    reminders: list[Moment]
    warnings: list[str]

    @property
    def fingerprint(self) -> str:
        """Changes when who is concerned changes: what was confirmed is what is done."""
        parts = [f"{row.obligation.pk}:{row.old.isoformat()}:{row.new.isoformat()}" for row in self.moved]
        parts += [str(row.pk) for row in (*self.handed_in, *self.exempt)]
        return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:32]


def in_force(duty: Duty, occasion: str) -> datetime | None:
    """The deadline of the occasion for who has not handed in (without extensions), else for all; None without any."""
    rows = duty.obligations.filter(occasion=occasion).order_by(F("first_submitted_at").desc(nulls_first=True), "pk")
    return rows.values_list("due_at", flat=True).first()


def wrong_change(duty: Duty, occasion: str, due_at: datetime, now: datetime) -> list[str]:
    """What keeps the deadline from being changed to `due_at` at all."""
    if duty.plan.state != PlanState.ISSUED:
        return [_("Chỉ đổi được hạn của kế hoạch đang thực hiện.")]
    if due_at < now:
        return [_("Hạn mới đã qua; chọn một ngày từ hôm nay trở đi.")]
    if due_at == in_force(duty, occasion):
        return [_("Hạn mới trùng hạn đang áp dụng.")]
    if due_at.astimezone(VIETNAM).year not in (duty.plan.year, duty.plan.year + 1):
        return [_("Hạn mới phải trong năm %(year)d hoặc năm sau.") % {"year": duty.plan.year}]
    return []


def consequences(duty: Duty, occasion: str, due_at: datetime, *, now: datetime) -> Consequences:
    """What would follow: whose deadline moves and whose does not, who is told, when people are reminded."""
    overrides = Holiday.objects.as_rules()
    asked = duty.obligations.filter(occasion=occasion).select_related("unit", "plan")
    rows = list(asked.order_by("unit__position", "pk"))
    moving = [row for row in rows if row.exempt_from is None and row.first_submitted_at is None]
    moved = [Moved(row, row.effective_due_at, _new_due(row, due_at)) for row in moving]
    people = {person.pk for some in recipients(moving, now.date()).values() for person in some}
    return Consequences(
        moved=moved,
        handed_in=[row for row in rows if row.exempt_from is None and row.first_submitted_at],
        exempt=[row for row in rows if row.exempt_from],
        people=len(people),
        reminders=[moment for moment in moments(due_at, overrides) if moment.at > now],
        warnings=_warnings(duty, occasion, due_at, overrides),
    )


def _warnings(duty: Duty, occasion: str, due_at: datetime, overrides: Mapping[date, bool]) -> list[str]:
    """A day off is said once, with the advice; then what is doubtful about the chain."""
    day_off = day_off_warning(due_at, overrides)
    same = f"({due_at.astimezone(VIETNAM):%d/%m/%Y}) là ngày nghỉ."
    chain = [words for words in conflicts(duty, occasion, due_at, overrides) if not words.endswith(same)]
    return [day_off, *chain] if day_off else chain


def _new_due(row: Obligation, due_at: datetime) -> datetime:
    """An extension that goes further than the new deadline stays in force."""
    return max(due_at, row.extended_due_at) if row.extended_due_at else due_at


def conflicts(duty: Duty, occasion: str, due_at: datetime, overrides: Mapping[date, bool]) -> list[str]:
    """What is doubtful about the chain unit → Office → Director → upward once this link is due at `due_at`.

    The links are the obligations of the same occasion in the plan, else the usual days after the window's end.
    """
    year, _sign, kind = occasion.partition("-")
    if kind not in KINDS:
        return []
    usual = deadlines(kind, int(year), overrides)
    links = {ObligationKind.UNIT_REPORT: usual.unit, ObligationKind.ROLL_UP: usual.office}
    stored = Obligation.objects.filter(plan=duty.plan_id, occasion=occasion).order_by("pk")
    links |= dict(stored.values_list("kind", "due_at"))
    links[duty.kind] = due_at
    chain = Deadlines(links[ObligationKind.UNIT_REPORT], links[ObligationKind.ROLL_UP], usual.director, usual.upward)
    return chain_warnings(chain, window(kind, int(year)).ends, overrides)


def write_due(rows: Iterable[tuple[Obligation, datetime]]) -> None:
    """Give obligations their new deadlines: the one place that writes `due_at` after the issue.

    An extension that the new deadline reaches is spent, one that goes further stays. Which rows may move is
    the caller's: never what was handed in.
    """
    moved = []
    for row, due_at in rows:
        row.due_at = due_at
        if row.extended_due_at and row.extended_due_at <= due_at:
            row.extended_due_at = None
        moved.append(row)
    Obligation.objects.bulk_update(moved, ["due_at", "extended_due_at"], batch_size=500)


def move_due(
    obligations: Iterable[Obligation], due_at: datetime, *, by: User, now: datetime, reason: str
) -> list[Obligation]:
    """Let what nobody has handed in be due at `due_at`; gives the rows that moved, in the caller's transaction.

    Skips what was handed in or exempted, under the lock of the rows, and writes them by `write_due`. One Event
    about the plan keeps the old and new instants. Whether `by` may do it, and whom to tell, is the caller's.
    """
    asked = [row.pk for row in obligations]
    locked = Obligation.objects.outstanding().filter(pk__in=asked).select_for_update(of=("self",)).order_by("pk")
    moved = [row for row in locked.select_related("plan", "unit") if row.due_at != due_at]
    if not moved:
        return []
    was = {row.pk: row.due_at.isoformat() for row in moved}
    write_due((row, due_at) for row in moved)
    first = moved[0]
    Event.record(
        first.plan, at=now, by=by, action="move_due", agency_id=first.agency_id, reason=reason,
        post=perms.may_change_deadline(by, first.plan, now.date()) or "",
        label=_("Đổi hạn %(what)s thành %(due)s (%(count)d đơn vị)")
        % {"what": first.what, "due": deadline(due_at), "count": len(moved)},
        data={"due_at": due_at.isoformat(), "was": {str(pk): at for pk, at in was.items()}},
    )  # fmt: skip
    return moved


def change(
    duty: Duty, occasion: str, due_at: datetime, *, by: User, now: datetime, reason: str, key: UUID, seen: str
) -> DeadlineChange:
    """Change the deadline as confirmed: `seen` is the fingerprint of the consequences that were shown.

    The same `key` changes once. Raises PermissionDenied, or MoveRefused when something has changed since.
    """
    now = now.astimezone(VIETNAM)
    if perms.may_change_deadline(by, duty.plan, now.date()) is None:
        raise PermissionDenied
    with transaction.atomic():
        duty = Duty.objects.select_for_update(of=("self",)).select_related("plan").get(pk=duty.pk)
        if earlier := DeadlineChange.objects.filter(key=key).first():
            return earlier
        if problems := wrong_change(duty, occasion, due_at, now):
            raise MoveRefused(problems)
        found = consequences(duty, occasion, due_at, now=now)
        if found.fingerprint != seen:
            raise MoveRefused([_("Có đơn vị vừa nộp hoặc được gia hạn. Hãy xem lại các hệ quả rồi xác nhận.")])
        old = in_force(duty, occasion)
        moved = move_due([row.obligation for row in found.moved], due_at, by=by, now=now, reason=reason)
        made = DeadlineChange.objects.create(
            duty=duty, occasion=occasion, key=key, from_due_at=old, due_at=due_at, reason=reason, moved=len(moved),
            at=now, by=by,
        )  # fmt: skip
        for follow in FOLLOWERS:
            follow(duty.plan, duty.kind, occasion, due_at)
        _tell(made, moved, now)
    return made


def _tell(made: DeadlineChange, moved: list[Obligation], now: datetime) -> None:
    people = {person.pk: person for some in recipients(moved, now.date()).values() for person in some}
    if not moved:
        return
    title = _("Đổi hạn %(what)s: %(due)s") % {"what": moved[0].what, "due": deadline(made.due_at)}
    body = _("Hạn cũ: %(old)s. Lý do: %(reason)s") % {"old": deadline(made.from_due_at), "reason": made.reason}
    notify(
        people.values(), key=f"deadline:{made.pk}", title=title, body=body, now=now, url=reverse("deadline_board"),
        due_at=made.due_at,
    )  # fmt: skip
