"""On time or late: facts about stamps, apart from any workflow state. Pure."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from documents.dates import TZ as VIETNAM


@dataclass(frozen=True)
class Timeliness:
    """`code`: waiting, overdue, on_time, extended, late, exempt.

    `days` counts calendar days in Vietnam: days late, or days left while waiting.
    `on_time_originally` and `on_time_extended` are None until something was handed in.
    """

    code: str
    days: int
    on_time_originally: bool | None = None
    on_time_extended: bool | None = None

    @property
    def label(self) -> str:
        if self.code == "waiting" and self.days == 0:
            return str(DUE_TODAY)
        return str(LABELS[self.code]) % {"days": self.days}


# The worst first, as who reminds wants to see them.
URGENCY = ("overdue", "late", "waiting", "extended", "on_time", "exempt")
DUE_TODAY = _("hạn hôm nay")
LABELS = {
    "waiting": _("còn %(days)d ngày"),
    "overdue": _("quá hạn %(days)d ngày"),
    "on_time": _("đúng hạn"),
    "extended": _("đúng hạn đã gia hạn"),
    "late": _("muộn %(days)d ngày"),
    "exempt": _("miễn"),
}


def timeliness(
    *,
    due_at: datetime,
    extended_due_at: datetime | None,
    submitted_at: datetime | None,
    exempt: bool,
    now: datetime,
) -> Timeliness:
    """Judge stamps: what is handed in at the very last instant (`due_at`) is on time, one microsecond later is late."""
    if exempt:
        return Timeliness("exempt", 0)
    effective = extended_due_at or due_at
    if submitted_at is None:
        if now <= effective:
            return Timeliness("waiting", _days_between(now, effective))
        return Timeliness("overdue", _days_late(effective, now))
    originally, extended = submitted_at <= due_at, submitted_at <= effective
    if originally:
        return Timeliness("on_time", 0, True, True)
    if extended:
        return Timeliness("extended", 0, False, True)
    return Timeliness("late", _days_late(effective, submitted_at), False, False)


def _days_between(earlier: datetime, later: datetime) -> int:
    return (later.astimezone(VIETNAM).date() - earlier.astimezone(VIETNAM).date()).days


def _days_late(due: datetime, at: datetime) -> int:
    """Calendar days past the deadline; a deadline within the day counts its own day as one."""
    return max(1, _days_between(due, at))
