"""The days off of a year: what the calendar computes (Bộ luật Lao động 2019, Điều 112; Tết by the moon), and the
rows by which the Office follows what the Government announces: other days off, swapped days to work.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Event, User
from documents.dates import UnreadableDate, parse_date
from documents.numbers import format_number
from documents.vietnamese import InvalidCharacters, clean, fold
from plans import perms
from plans.deadlines.workdays import VIETNAM, is_workday
from plans.models import Holiday, Obligation

MOST_LINES, MOST_DAYS, NAME_MAX = 400, 31, 150
RANGE = re.compile(r"\s+(?:-|–|đến|tới)\s+|\s*–\s*", re.IGNORECASE)
WORK = ("lam", "di lam", "lam bu", "lam viec", "ngay lam viec")
OFF = ("", "nghi", "nghi bu", "ngay nghi", "nghi le")


@dataclass(frozen=True)
class DayOff:
    """A day of the list: off or worked, by the calendar or by a row of the Office (`row`)."""

    day: date
    name: str
    works: bool
    row: Holiday | None = None

    @property
    def changes_nothing(self) -> bool:
        """The Office's row says what the calendar says anyway."""
        return self.row is not None and is_workday(self.day) == self.works


def days_of(year: int) -> list[DayOff]:
    """The public holidays of a year and the days that differ by the Office's rows, in order."""
    import holidays

    computed = holidays.country_holidays("VN", years=year, language="vi")
    found = {day: DayOff(day, name, works=False) for day, name in computed.items() if day.year == year}
    for row in Holiday.objects.filter(day__year=year):
        found[row.day] = DayOff(row.day, row.name, row.works, row)
    return [found[day] for day in sorted(found)]


def deadlines_on_days_off(agency_ids: Iterable[int], overrides: Mapping[date, bool]) -> list[tuple[date, str, int]]:
    """(day, what, number of units) of what is still to be handed in and falls on a day off; never shifted."""
    counted: dict[tuple[date, str], int] = {}
    for row in Obligation.objects.outstanding().filter(agency__in=agency_ids).order_by("effective_due_at", "pk"):
        day = row.effective_due_at.astimezone(VIETNAM).date()
        if not is_workday(day, overrides):
            counted[day, row.what] = counted.get((day, row.what), 0) + 1
    return [(day, what, count) for (day, what), count in counted.items()]


# One row


def save_day(*, day: date, name: str, works: bool, by: User, now, row: Holiday | None = None) -> Holiday:
    """Add a day, or change `row`; one row a day. Raises PermissionDenied."""
    post = _post(by, now)
    with transaction.atomic():
        asked = {"pk": row.pk} if row else {"day": day}
        saved, _made = Holiday.objects.update_or_create(**asked, defaults={"day": day, "name": name, "works": works})
        _record(saved, by, now, post, _("Ghi ngày %s") % _said(saved))
    return saved


def remove_day(row: Holiday, *, by: User, now) -> None:
    """The calendar alone decides about the day again. Raises PermissionDenied."""
    post = _post(by, now)
    with transaction.atomic():
        _record(row, by, now, post, _("Bỏ ngày %s") % _said(row))
        row.delete()


def _said(row: Holiday) -> str:
    return f"{row.day:%d/%m/%Y}, {_('làm việc') if row.works else _('nghỉ')}: {row.name}"


def _post(by: User, now):
    post = perms.may_run_deadlines(by, now.date())
    if post is None:
        raise PermissionDenied
    return post


def _record(row: Holiday, by: User, now, post, label: str) -> None:
    Event.record(row, at=now, by=by, post=post, action="holiday", label=label, agency_id=post.agency_id)


# A year at once


@dataclass
class Line:
    """A line of a list: its number from 1, the days it names, and what is wrong with it."""

    number: int
    text: str
    days: list[date] = field(default_factory=list)
    name: str = ""
    works: bool = False
    problem: str = ""
    state: str = ""  # new, changed, same


def read_lines(text: str) -> list[Line]:
    """Read "ngày; tên; nghỉ hoặc làm bù" line by line (also by tab, as copied from Excel, or by comma).

    A first cell may be a range, "14/02/2026 đến 22/02/2026". Each line is judged by itself; a head line
    is left out, blank ones too.
    """
    lines = [
        Line(number, words.strip()) for number, words in enumerate(text.splitlines(), 1) if words.strip(" \t;,\ufeff")
    ]
    if lines and "ngay" in fold(lines[0].text) and not any(sign.isdecimal() for sign in lines[0].text):
        lines = lines[1:]
    taken: dict[date, int] = {}
    for line in lines[:MOST_LINES]:
        _read(line)
        for day in line.days:
            if day in taken and not line.problem:
                line.problem = _("Ngày %(day)s đã có ở dòng %(line)d.") % {
                    "day": f"{day:%d/%m/%Y}", "line": taken[day],
                }  # fmt: skip
            taken.setdefault(day, line.number)
    if len(lines) > MOST_LINES:
        lines[MOST_LINES].problem = _("Tối đa %s dòng một lần. Hãy chia nhỏ.") % format_number(MOST_LINES)
    return lines[: MOST_LINES + 1]


def _read(line: Line) -> None:
    try:
        cells = [cell.strip() for cell in _cells(clean(line.text))] or [""]
        line.days = _days(cells[0])
    except InvalidCharacters:
        line.problem = _("Dòng có ký tự không hợp lệ.")
        return
    except (UnreadableDate, csv.Error) as error:
        line.problem = str(error)
        return
    line.name = cells[1] if len(cells) > 1 else ""
    kind = fold(cells[2]).strip() if len(cells) > 2 else ""
    line.works = kind in WORK
    if not line.name:
        line.problem = _("Thiếu tên ngày ở cột thứ hai.")
    elif len(line.name) > NAME_MAX:
        line.problem = _("Tên ngày tối đa %d ký tự.") % NAME_MAX
    elif kind not in WORK and kind not in OFF:
        line.problem = _("Cột thứ ba ghi “nghỉ” hoặc “làm bù”, không đọc được “%s”.") % cells[2][:30]


def _cells(text: str) -> list[str]:
    delimiter = next((sign for sign in "\t;" if sign in text), ",")
    return next(csv.reader([text], delimiter=delimiter))


def _days(text: str) -> list[date]:
    ends = [parse_date(part) for part in RANGE.split(text.strip(), maxsplit=1)]
    first, last = ends[0], ends[-1]
    if last < first or (last - first).days >= MOST_DAYS:
        raise UnreadableDate(_("Khoảng ngày phải từ ngày trước đến ngày sau, tối đa %d ngày.") % MOST_DAYS)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def compare(lines: list[Line]) -> list[Line]:
    """Say of each readable line whether it is new, changes what is stored, or is stored as it is; one query."""
    days = [day for line in lines for day in line.days]
    stored = {row.day: (row.name, row.works) for row in Holiday.objects.filter(day__in=days)}
    for line in lines:
        found = {stored.get(day) for day in line.days}
        line.state = "new" if found == {None} else "same" if found == {(line.name, line.works)} else "changed"
    return lines


def store_lines(lines: list[Line], *, by: User, now) -> int:
    """Store the days of readable lines; gives how many days are new or other than before. Safe to repeat."""
    post = _post(by, now)
    wanted = {day: (line.name, line.works) for line in lines if not line.problem for day in line.days}
    with transaction.atomic():
        stored = {row.day: row for row in Holiday.objects.select_for_update().filter(day__in=wanted)}
        changed = [
            Holiday(day=day, name=name, works=works)
            for day, (name, works) in sorted(wanted.items())
            if day not in stored or (stored[day].name, stored[day].works) != (name, works)
        ]
        Holiday.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["day"], update_fields=["name", "works"]
        )
        if changed:
            label = _("Nhập %d ngày nghỉ, ngày làm bù") % len(changed)
            Event.record(
                post.agency, at=now, by=by, post=post, action="import_holidays", label=label,
                agency_id=post.agency_id, data={"days": [_said(row) for row in changed]},
            )  # fmt: skip
    return len(changed)
