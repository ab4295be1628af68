"""What was returned gets another day to come back by: with a reason, told to the unit, kept in the history."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Event, User
from accounts.notices import notify
from accounts.templatetags.portal import deadline
from accounts.workflow import MoveRefused
from plans import perms
from plans.deadlines.periods import end_of
from plans.deadlines.reminders import recipients
from plans.deadlines.returning import wrong_day
from plans.deadlines.workdays import VIETNAM
from plans.models import Obligation, ReturnDayChange


def change_return_day(
    obligation: Obligation, day: date, *, by: User, now: datetime, reason: str, key: UUID
) -> ReturnDayChange:
    """Let what was returned come back until the end of `day`; the same `key` changes once.

    Raises PermissionDenied, or MoveRefused when it has come back meanwhile or the day cannot be meant.
    """
    now = now.astimezone(VIETNAM)
    with transaction.atomic():
        row = Obligation.objects.select_for_update(of=("self",)).select_related("unit", "plan").get(pk=obligation.pk)
        if earlier := ReturnDayChange.objects.filter(key=key, obligation=row).first():
            return earlier
        if row.return_due_at is None:
            raise MoveRefused([_("Đơn vị vừa nộp lại nên không đổi ngày nữa.")])
        post = perms.may_change_return_day(by, row, now.date())
        if post is None:
            raise PermissionDenied
        if problems := list(_problems(row, day, now)):
            raise MoveRefused(problems)
        made = ReturnDayChange.objects.create(
            obligation=row, key=key, from_due_at=row.return_due_at, due_at=end_of(day), reason=reason, at=now, by=by
        )
        Obligation.objects.filter(pk=row.pk).update(return_due_at=made.due_at)
        Event.record(
            row, at=now, by=by, post=post, action="change_return_day", agency_id=row.agency_id, reason=reason,
            label=_("Đổi ngày nộp lại thành %s") % f"{day:%d/%m/%Y}",
        )  # fmt: skip
        notify(
            recipients([row], now.date())[row.pk], key=f"return-day:{made.pk}", now=now, due_at=made.due_at,
            title=_("Đổi ngày nộp lại %(what)s: %(due)s") % {"what": row.what, "due": deadline(made.due_at)},
            body=_("Ngày cũ: %(old)s. Lý do: %(reason)s") % {"old": deadline(made.from_due_at), "reason": reason},
            url=reverse("obligation_detail", args=[row.pk]),
        )  # fmt: skip
    return made


def _problems(row: Obligation, day: date, now: datetime) -> Iterator[str]:
    yield from wrong_day(day, now.date())
    if end_of(day) == row.return_due_at:
        yield _("Ngày mới trùng ngày nộp lại đang áp dụng.")
