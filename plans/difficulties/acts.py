"""Difficulties of units: raised anywhere, answered by the Office, going up to the director after five working days.

new → received → in_hand → waiting_for_unit → resolved. What the Office writes is an answer that the unit reads or a
note that it does not. Two clocks run: to the first answer and to the solution.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import Event, Role, Unit, User
from accounts.notices import holders, notify
from accounts.search_text import folded
from accounts.workflow import Context, Move, MoveRefused, Workflow
from plans import perms
from plans.deadlines.periods import end_of
from plans.deadlines.workdays import VIETNAM, add_workdays
from plans.models import Difficulty, DifficultyMessage, DifficultyState, Holiday

S = DifficultyState
OPEN = (S.NEW, S.RECEIVED, S.IN_HAND, S.WAITING_FOR_UNIT)
WORKDAYS = 5


@transaction.atomic
def raise_difficulty(
    *, unit: Unit, by: User, now: datetime, key: UUID, title: str, text: str = "", about: str = "", about_url: str = ""
) -> Difficulty:
    """Raise a difficulty in the name of a unit; the same `key` gives what was raised first. Raises PermissionDenied."""
    now = now.astimezone(VIETNAM)
    if unit not in perms.units_to_raise_for(by, now.date()):
        raise PermissionDenied
    due = end_of(add_workdays(now.date(), WORKDAYS, Holiday.objects.as_rules()))
    difficulty, made = Difficulty.objects.get_or_create(
        key=key,
        defaults={
            "agency_id": unit.agency_id, "unit": unit, "title": title, "text": text, "about": about,
            "about_url": about_url, "raised_at": now, "raised_by": by, "due_at": due,
        },
    )  # fmt: skip
    if not made:
        if difficulty.unit_id != unit.pk or difficulty.raised_by_id != by.pk:
            raise PermissionDenied
        return difficulty
    Event.record(
        difficulty, at=now, by=by, action="raise", label=_g("Nêu vướng mắc"), agency_id=unit.agency_id,
        to_state=difficulty.state, on_behalf_of=str(unit),
    )  # fmt: skip
    _tell(difficulty, _handlers(difficulty, now), _g("%s nêu vướng mắc: %s") % (unit, title), now, text)
    return difficulty


@transaction.atomic
def say(difficulty: Difficulty, *, by: User, now: datetime, key: UUID, text: str, internal: bool = False) -> None:
    """Write about an open difficulty: the Office an answer or an internal note, the unit more about it; once a `key`.

    The first answer that the unit can read stops the first clock. Raises PermissionDenied or MoveRefused.
    """
    now = now.astimezone(VIETNAM)
    handles = perms.may_handle_difficulty(by, difficulty, now.date())
    post = handles or perms.may_write_for_unit(by, difficulty, now.date())
    if post is None or (internal and not handles):
        raise PermissionDenied
    if DifficultyMessage.objects.filter(key=key).exists():
        return
    row = Difficulty.objects.select_for_update().get(pk=difficulty.pk)
    if row.state == S.RESOLVED:
        raise MoveRefused([_g("Vướng mắc đã được giải quyết. Nếu còn vướng, hãy nêu vướng mắc mới.")])
    _write(row, by, now, text, key=key, internal=internal)
    label = _g("Ghi chú nội bộ") if internal else _g("Trả lời") if handles else _g("Bổ sung")
    Event.record(row, at=now, by=by, post=post, action="say", label=label, agency_id=row.agency_id)
    if not internal:
        people = _unit_people(row, now) if handles else _handlers(row, now)
        _tell(row, people, _g("%s: %s") % (label, row), now, text, more=str(key))
        if handles:
            _stop_first_clock(row, now)


def _write(difficulty: Difficulty, by: User, now: datetime, text: str, *, key=None, internal: bool = False) -> None:
    DifficultyMessage.objects.create(difficulty=difficulty, by=by, at=now, text=text, internal=internal, key=key)


def _stop_first_clock(difficulty: Difficulty, now: datetime) -> None:
    Difficulty.objects.filter(pk=difficulty.pk, first_answered_at__isnull=True).update(first_answered_at=now)


def _received(difficulty: Difficulty, context: Context) -> None:
    _tell_unit(difficulty, context, _g("Văn phòng Sở đã nhận vướng mắc: %s"))


def _asked_unit(difficulty: Difficulty, context: Context) -> None:
    _write(difficulty, context.by, context.now, context.reason)
    _stop_first_clock(difficulty, context.now)
    _tell_unit(difficulty, context, _g("Cần đơn vị bổ sung: %s"))


def _replied(difficulty: Difficulty, context: Context) -> None:
    _write(difficulty, context.by, context.now, context.reason)
    _tell(difficulty, _handlers(difficulty, context.now), _g("Đơn vị đã bổ sung: %s") % difficulty,
          context.now, context.reason)  # fmt: skip


def _resolution(difficulty: Difficulty, context: Context) -> dict:
    words = {"title": difficulty.title, "text": difficulty.text, "solution": context.reason}
    return {
        "solution": context.reason, "resolved_at": context.now, "search_text": folded(Difficulty, words),
        "first_answered_at": difficulty.first_answered_at or context.now,
    }  # fmt: skip


def _resolved(difficulty: Difficulty, context: Context) -> None:
    _write(difficulty, context.by, context.now, context.reason)
    _tell_unit(difficulty, context, _g("Đã giải quyết vướng mắc: %s"))


def _handlers(difficulty: Difficulty, now: datetime):
    roles = (Role.DIRECTOR,) if difficulty.unit.is_office else (Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE)
    people = holders(*roles, agency_id=difficulty.agency_id, on=now.date())
    return people.exclude(pk=difficulty.raised_by_id)


def _unit_people(difficulty: Difficulty, now: datetime):
    return holders(
        Role.UNIT_EDITOR, Role.UNIT_HEAD, agency_id=difficulty.agency_id, unit_id=difficulty.unit_id, on=now.date()
    )


def _tell_unit(difficulty: Difficulty, context: Context, title: str) -> None:
    _tell(difficulty, _unit_people(difficulty, context.now), title % difficulty, context.now, context.reason)


def _tell(difficulty: Difficulty, people, title: str, now: datetime, body: str, more: str = "") -> None:
    notify(
        people, key=f"difficulty:{difficulty.pk}:{more or difficulty.version}", title=title, body=body, now=now,
        url=reverse("difficulty_detail", args=[difficulty.pk]),
    )  # fmt: skip


DIFFICULTY = Workflow(
    Move("receive", _("Nhận"), (S.NEW,), S.RECEIVED, perms.may_handle_difficulty, effect=_received),
    Move("take", _("Bắt đầu xử lý"), (S.RECEIVED,), S.IN_HAND, perms.may_handle_difficulty),
    Move(
        "ask_unit", _("Hỏi lại đơn vị"), (S.RECEIVED, S.IN_HAND), S.WAITING_FOR_UNIT, perms.may_handle_difficulty,
        effect=_asked_unit, needs_reason=True, asks=_("Cần đơn vị bổ sung gì (đơn vị sẽ đọc)"),
    ),
    Move(
        "reply", _("Bổ sung theo yêu cầu"), (S.WAITING_FOR_UNIT,), S.IN_HAND, perms.may_write_for_unit,
        effect=_replied, needs_reason=True, asks=_("Nội dung bổ sung (Văn phòng Sở sẽ đọc)"),
    ),
    Move(
        "resolve", _("Giải quyết xong"), (S.RECEIVED, S.IN_HAND, S.WAITING_FOR_UNIT), S.RESOLVED,
        perms.may_handle_difficulty, stamps=_resolution, effect=_resolved, needs_reason=True,
        asks=_("Cách giải quyết (đơn vị sẽ đọc)"),
    ),
)  # fmt: skip


def escalate(now: datetime) -> None:
    """One look of the sweep: what was not solved in five working days goes up to the director, once."""
    over = Difficulty.objects.filter(
        state__in=(S.NEW, S.RECEIVED, S.IN_HAND), due_at__lt=now, escalated_at__isnull=True
    ).select_related("unit")  # fmt: skip
    for difficulty in over:
        label = _g("Báo Giám đốc: quá %d ngày làm việc") % WORKDAYS
        with transaction.atomic():
            if not Difficulty.objects.filter(pk=difficulty.pk, escalated_at__isnull=True).update(escalated_at=now):
                continue
            Event.record(
                difficulty, at=now, by=None, action="escalate", label=label, agency_id=difficulty.agency_id
            )  # fmt: skip
            people = holders(Role.DIRECTOR, agency_id=difficulty.agency_id, on=now.astimezone(VIETNAM).date())
            title = _g("Vướng mắc quá %(days)d ngày làm việc chưa giải quyết: %(what)s")
            words = {"days": WORKDAYS, "what": difficulty}
            _tell(difficulty, people, title % words, now, f"{difficulty.unit}", more="escalated")


def raised_in(unit_id: int, starts, ends):
    """The difficulties that a unit raised in a date window, both days included, the oldest first."""
    after = end_of(starts - timedelta(days=1))
    return Difficulty.objects.filter(unit=unit_id, raised_at__gt=after, raised_at__lte=end_of(ends)).order_by(
        "raised_at", "pk"
    )
