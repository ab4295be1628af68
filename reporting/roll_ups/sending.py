"""Sending an issued roll-up: to whom, by which way, when; from it follows whether it went upward in time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Event, User
from accounts.workflow import MoveRefused, StaleState
from documents.dates import TZ
from plans.deadlines.timeliness import Timeliness, timeliness
from reporting import perms, rules
from reporting.models import RollUp, RollUpSending, RollUpState, SendingChannel
from reporting.models.roll_up import ISSUED
from reporting.roll_ups.papers import outgoing
from reporting.workflow import ROLL_UP


@dataclass(frozen=True)
class Sending:
    """That it went to `recipient` by `channel` (SendingChannel) at an instant."""

    recipient: str
    channel: str
    sent_at: datetime


@transaction.atomic
def record_sendings(roll_up: RollUp, sendings: Iterable[Sending], *, by: User, now: datetime) -> None:
    """Write down what was sent; the report is sent once all it is addressed to have it. The same again changes nothing.

    Raises PermissionDenied, StaleState when it is not issued, MoveRefused for a day that cannot be.
    """
    if perms.may_send_roll_up(by, roll_up, now.date()) is None:
        raise PermissionDenied
    held = RollUp.objects.select_for_update(of=("self",)).select_related("period", "agency").get(pk=roll_up.pk)
    if held.state not in ISSUED:
        raise StaleState(_("Báo cáo ở bước “%s” nên chưa ghi việc gửi được.") % held.get_state_display())
    sendings, head = list(sendings), outgoing(held, held.issued_on)
    if faults := [fault for each in sendings for fault in _faults(each, held, now)]:
        raise MoveRefused(faults)
    for each in sendings:
        if each.recipient in head.everybody:
            _write(held, each, upward=each.recipient in head.addressees, by=by, now=now)
    if held.state == RollUpState.ISSUED and not list(rules.sending_gaps(held)):
        ROLL_UP.move(held, "send", by=by, now=now)


def _faults(sending: Sending, roll_up: RollUp, now: datetime) -> Iterable[str]:
    if sending.sent_at > now:
        yield _("%s: thời điểm gửi chưa đến.") % sending.recipient
    elif sending.sent_at.astimezone(TZ).date() < roll_up.issued_on:
        yield _("%s: gửi không thể trước ngày ban hành.") % sending.recipient


def _write(roll_up: RollUp, sending: Sending, *, upward: bool, by: User, now: datetime) -> None:
    facts = {"channel": sending.channel, "sent_at": sending.sent_at}
    stored = roll_up.sendings.filter(recipient=sending.recipient).first()
    if stored and {name: getattr(stored, name) for name in facts} == facts:
        return
    facts |= {"upward": upward, "recorded_at": now, "recorded_by": by}
    RollUpSending.objects.update_or_create(roll_up=roll_up, recipient=sending.recipient, defaults=facts)
    words = {"to": sending.recipient, "way": SendingChannel(sending.channel).label,
             "at": f"{sending.sent_at.astimezone(TZ):%H:%M %d/%m/%Y}"}  # fmt: skip
    Event.record(
        roll_up, at=now, by=by, action="record_sending", agency_id=roll_up.agency_id,
        label=(_("Gửi %(to)s: %(way)s, %(at)s") % words)[:200],
    )  # fmt: skip


@dataclass(frozen=True)
class Recipient:
    """A recipient as the page shows it; `timeliness` of those it is addressed to, None of the others."""

    name: str
    upward: bool
    sending: RollUpSending | None
    timeliness: Timeliness | None


def recipients(roll_up: RollUp, *, now: datetime) -> list[Recipient]:
    """Everybody an issued roll-up goes to, those it is addressed to first, judged by the day it is due upward."""
    head, sent = outgoing(roll_up, roll_up.issued_on), {row.recipient: row for row in roll_up.sendings.all()}
    return [
        Recipient(name, name in head.addressees, sent.get(name), _judged(roll_up, sent.get(name), now))
        if name in head.addressees
        else Recipient(name, False, sent.get(name), None)
        for name in head.everybody
    ]


def _judged(roll_up: RollUp, sending: RollUpSending | None, now: datetime) -> Timeliness:
    return timeliness(
        due_at=roll_up.period.upward_due_at, extended_due_at=None, submitted_at=sending and sending.sent_at,
        exempt=False, now=now,
    )  # fmt: skip
