"""What a reminder says: by the moment at which it is read, so that what is late is never called due."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.templatetags.portal import deadline
from documents.dates import WEEKDAYS
from plans.deadlines.workdays import last_working_moment
from plans.models import Obligation

NOTE_ENDS = "\n\n"


def is_late(obligation: Obligation, now: datetime) -> bool:
    return now > obligation.work_due_at


def title(rows: list[Obligation], now: datetime) -> str:
    """ "Nhắc hạn: Báo cáo của đơn vị, Quý I/2022 – còn 3 ngày", or how many things and how many are late."""
    if len(rows) == 1:
        return _("Nhắc hạn: %(what)s – %(how)s") % {"what": rows[0].task, "how": rows[0].time_left(now).label}
    late = sum(is_late(row, now) for row in rows)
    if late:
        return _("Nhắc hạn: %(all)d việc phải nộp, %(late)d việc đã quá hạn") % {"all": len(rows), "late": late}
    return _("Nhắc hạn: %d việc phải nộp") % len(rows)


def body(rows: Iterable[Obligation], now: datetime, overrides: Mapping[date, bool], note: str = "") -> str:
    """One line an obligation, the most urgent first; `note` is what the Office adds by hand."""
    lines = [line(row, now, overrides) for row in sorted(rows, key=lambda row: (row.work_due_at, row.pk))]
    return "\n".join(lines) if not note else f"{note}{NOTE_ENDS}" + "\n".join(lines)


def note_of(body: str) -> str:
    """What the Office had added to a body; a line of ours holds no empty line."""
    return body.rpartition(NOTE_ENDS)[0]


def line(row: Obligation, now: datetime, overrides: Mapping[date, bool]) -> str:
    """How one obligation stands and what is to be done."""
    what = _("%(what)s – %(unit)s") % {"what": row.task, "unit": row.unit}
    if is_late(row, now):
        asks = (
            _("%(what)s: đã %(late)s (hạn %(due)s). Đề nghị sửa theo ý kiến của Văn phòng Sở và nộp lại ngay.")
            if row.return_due_at
            else _("%(what)s: đã %(late)s (hạn %(due)s). Nộp muộn vẫn được nhận; đề nghị nộp ngay.")
        )
        return asks % {"what": what, "late": row.time_left(now).label, "due": deadline(row.work_due_at)}
    words = _("%(what)s: %(left)s, hạn %(due)s%(extended)s.") % {
        "what": what,
        "left": row.time_left(now).label,
        "due": deadline(row.work_due_at),
        "extended": _(" (đã gia hạn)") if row.extended_due_at and not row.return_due_at else "",
    }
    moment = last_working_moment(row.work_due_at, overrides)
    if now < moment:
        day = f"{WEEKDAYS[moment.weekday()]} {moment:%d/%m/%Y}"
        words += _(" Nên nộp trước 17:00 %s.") % day
    return words


def text_to_paste(rows: list[Obligation], now: datetime, link: str) -> str:
    """One message for a group of Zalo: what is missing, of whom, by when, and where it is handed in."""
    groups: dict[tuple, list[Obligation]] = {}
    for row in sorted(rows, key=lambda row: (row.work_due_at, row.task, row.unit.position, row.unit_id)):
        groups.setdefault((row.task, row.work_due_at), []).append(row)
    parts = []
    for (what, due), members in groups.items():
        late = is_late(members[0], now)
        head = (
            _("%(what)s đã quá hạn (%(due)s), còn %(count)d đơn vị chưa nộp:")
            if late
            else _("%(what)s, hạn %(due)s, còn %(count)d đơn vị chưa nộp:")
        )
        names = [f"{number}. {row.unit}" for number, row in enumerate(members, 1)]
        parts.append("\n".join([head % {"what": what, "due": deadline(due), "count": len(members)}, *names]))
    parts.append(_("Đề nghị các đơn vị nộp trên Cổng: %s") % link)
    return _("Văn phòng Sở nhắc:\n") + "\n\n".join(parts)
