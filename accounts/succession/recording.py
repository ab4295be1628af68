"""Recording that units become others: what may be recorded, what it writes, what the schedule does on its day."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import perms
from accounts.models import Agency, Event, Role, Succession, SuccessionKind, Unit, UnitKind, UnitName, User
from accounts.notices import holders, notify
from accounts.workflow import MoveRefused
from documents.dates import short_date
from documents.vietnamese import without_marks

REACH = timedelta(days=366)
DAY = timedelta(days=1)
K = SuccessionKind


@dataclass(frozen=True)
class NewUnit:
    """A unit that begins with the succession; of a renamed one, its new name."""

    name: str
    symbol: str = ""
    kind: str = UnitKind.DIVISION


@dataclass(frozen=True)
class Change:
    """What a person asks to record: the units before, those that stay or take over, those that begin."""

    kind: str
    effective_on: date
    basis: str
    basis_date: date
    before: list[Unit]
    after: list[Unit] = field(default_factory=list)
    founded: list[NewUnit] = field(default_factory=list)

    @property
    def ending(self) -> list[Unit]:
        """The units that are no more from that day on."""
        return [] if self.kind == K.RENAMED else [unit for unit in self.before if unit not in self.after]


def gaps(change: Change, today: date) -> Iterator[tuple[str, str]]:
    """What keeps the change from being recorded, as (field, sentence)."""
    yield from _shape(change, len(change.after) + len(change.founded))
    yield from _founded(change)
    if change.kind != K.RENAMED and any(unit.is_office for unit in change.ending):
        yield "before", _("Văn phòng Sở là đầu mối nhận kế hoạch, báo cáo nên không sáp nhập, giải thể ở đây.")
    for unit in {*change.before, *change.after}:
        if unit.ends or (unit.starts and unit.starts >= change.effective_on):
            yield "before", _("%s không hoạt động vào ngày có hiệu lực.") % unit
    if abs(change.effective_on - today) > REACH:
        yield "effective_on", _("Ngày có hiệu lực cách hôm nay hơn một năm. Kiểm tra lại năm.")
    if change.basis_date > max(today, change.effective_on):
        yield "basis_date", _("Ngày quyết định phải không sau ngày có hiệu lực.")


def _shape(change: Change, after: int) -> Iterator[tuple[str, str]]:
    """How many units each kind has before and after."""
    if change.kind == K.MERGED and after != 1:
        yield "after", _("Sáp nhập, hợp nhất thành đúng một đơn vị: chọn đơn vị nhận, hoặc ghi một đơn vị mới.")
    elif change.kind == K.MERGED and not change.ending:
        yield "before", _("Chọn đơn vị được sáp nhập, khác đơn vị nhận.")
    elif change.kind == K.SPLIT and len(change.before) != 1:
        yield "before", _("Chia, tách từng đơn vị một: chọn đúng một đơn vị.")
    elif change.kind == K.SPLIT and after < 2:
        yield "after", _("Chia, tách thành ít nhất hai đơn vị, kể cả đơn vị cũ nếu còn hoạt động.")
    elif change.kind == K.RENAMED and (len(change.before) != 1 or change.after or len(change.founded) != 1):
        yield "before", _("Đổi tên từng đơn vị một: chọn một đơn vị và ghi tên mới ở đơn vị mới thứ nhất.")
    elif change.kind == K.DISSOLVED and (change.founded or not change.ending):
        yield "before", _("Giải thể: chọn đơn vị giải thể; đơn vị nhận việc (nếu có) là đơn vị đang hoạt động khác.")


def _founded(change: Change) -> Iterator[tuple[str, str]]:
    for number, new in enumerate(change.founded, 1):
        if not new.symbol and change.kind != K.RENAMED:
            yield f"symbol_{number}", _("Nhập ký hiệu trên văn bản của đơn vị mới.")
    if change.kind == K.RENAMED and [new.name for new in change.founded] == [unit.name for unit in change.before]:
        yield "name_1", _("Tên mới trùng tên đang dùng.")


@transaction.atomic
def record(change: Change, agency: Agency, *, by: User, now: datetime, key: UUID) -> Succession:
    """Write down what becomes of the units; the same `key` once. Open work stays where it is until it is handed over.

    Raises PermissionDenied, or MoveRefused with what is wrong.
    """
    post = perms.may_keep_units(by, now.date())
    if post is None or post.agency_id != agency.pk:
        raise PermissionDenied
    Agency.objects.select_for_update().get(pk=agency.pk)
    if earlier := Succession.objects.filter(key=key).first():
        return earlier
    if problems := [words for _field, words in gaps(change, now.date())]:
        raise MoveRefused(problems)
    row = Succession.objects.create(
        agency=agency, kind=change.kind, effective_on=change.effective_on, basis=change.basis,
        basis_date=change.basis_date, key=key, made_at=now, made_by=by,
    )  # fmt: skip
    row.predecessors.set(change.before)
    if change.kind == K.RENAMED:
        row.successors.set(change.before)
        _rename(change.before[0], change.founded[0].name, change.effective_on)
    else:
        row.successors.set([*change.after, *_found(change, agency)])
        Unit.objects.filter(pk__in=[unit.pk for unit in change.ending]).update(ends=change.effective_on - DAY)
    for about in (row, *change.before):
        Event.record(
            about, at=now, by=by, post=post, action=change.kind, agency_id=agency.pk, reason=row.document,
            label=_("%(kind)s từ ngày %(day)s") % {
                "kind": row.get_kind_display(), "day": short_date(change.effective_on)
            },
        )  # fmt: skip
    take_effect(now)
    return row


def _found(change: Change, agency: Agency) -> list[Unit]:
    last = agency.units.aggregate(last=Max("position"))["last"] or 0
    codes = set(agency.units.values_list("code", flat=True))
    made = []
    for number, new in enumerate(change.founded, 1):
        code = _code(new.symbol, codes)
        codes.add(code)
        made.append(
            Unit.objects.create(
                agency=agency, code=code, kind=new.kind, symbol=new.symbol, name=new.name, position=last + number,
                starts=change.effective_on,
            )
        )  # fmt: skip
    return made


def _code(symbol: str, taken: set[str]) -> str:
    """Letters of the symbol, with a number when another unit has them."""
    letters = "".join(sign for sign in without_marks(symbol).casefold() if sign.isascii() and sign.isalnum()) or "dv"
    return next(code for n in range(1, 1000) if (code := letters[:30] + (f"-{n}" if n > 1 else "")) not in taken)


def _rename(unit: Unit, name: str, day: date) -> None:
    """The old name holds until the day before; `Unit.name` follows on the day (`take_effect`)."""
    open_name = unit.names.filter(ends__isnull=True).order_by("-pk").first()
    if open_name:
        UnitName.objects.filter(pk=open_name.pk).update(ends=day - DAY)
    else:
        UnitName.objects.create(unit=unit, name=unit.name, starts=unit.starts, ends=day - DAY)
    UnitName.objects.create(unit=unit, name=name, starts=day)


def take_effect(now: datetime) -> None:
    """One look of the sweep: names in force become current, whoever hands over is told that the day has come."""
    today = now.date()
    for row in UnitName.objects.on(today).exclude(name=F("unit__name")).select_related("unit"):
        row.unit.name = row.name
        row.unit.save(update_fields=["name", "search_text"])
    due = Succession.objects.filter(effective_on__lte=today, handed_over_at__isnull=True).exclude(kind=K.RENAMED)
    for row in due:
        notify(
            holders(Role.CHIEF_OF_OFFICE, agency_id=row.agency_id, on=today), key=f"succession:{row.pk}", now=now,
            title=_("Bàn giao việc còn dở: %s") % row,
            body=_("Từ ngày %s. Xem từng việc còn dở rồi bàn giao.") % short_date(row.effective_on),
            url=reverse("succession_detail", args=[row.pk]),
        )  # fmt: skip
