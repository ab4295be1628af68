"""The register of outgoing documents (Nghị định 30/2020/NĐ-CP, Phụ lục IV): numbers given once, states, gaps.

Whoever gives a number holds the agency's row (`hold`) until the entry is stored, so that two clerks never
take one number; the table's constraint stands behind that.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import Agency, Event, User
from accounts.workflow import MoveRefused, StaleState
from plans import perms
from plans.deadlines.workdays import add_workdays
from plans.models import Plan, RegisterEntry, RegisterState

PLAN, ROLL_UP, OTHER, RESERVED = "plan", "roll_up", "other", "reserved"
NUMBER = re.compile(r"0*([1-9]\d{0,5})([^\W\d_]{0,2})")
EDITABLE = ("keeper", "copies", "sent_on", "received_by", "note")
ABOUT = ("signed_on", "type", "subject", "signer", "recipients")


def tidy_number(text: str) -> str:
    """The number as it is stored: "05" → "5", "36A" → "36a"; what is no number comes back as typed."""
    found = NUMBER.fullmatch(text.strip())
    return f"{int(found[1])}{found[2].lower()}" if found else text.strip()


def hold(agency_id: int) -> None:
    """Let nobody else give a number of this agency until the transaction ends."""
    Agency.objects.select_for_update().get(pk=agency_id)


def is_taken(agency_id: int, series: str, number: str, year: int) -> bool:
    """Whether the number was given, or is reserved, in the series that year."""
    rows = RegisterEntry.objects.filter(agency=agency_id, series=series, year=year)
    return rows.filter(number=tidy_number(number)).exists()


def next_number(agency_id: int, series: str, year: int) -> str:
    """The number after the highest of the series in the year; the first is 1."""
    return str(max(_whole_numbers(agency_id, series, year), default=0) + 1)


def _whole_numbers(agency_id: int, series: str, year: int) -> list[int]:
    rows = RegisterEntry.objects.filter(agency=agency_id, series=series, year=year)
    return [whole_number(number) for number in rows.values_list("number", flat=True)]


def whole_number(number: str) -> int:
    """The number without its letter: 36 of "36a"; 0 of what is no number."""
    found = re.match(r"\d+", number)
    return int(found[0]) if found else 0


def missing_numbers(agency_id: int, series: str, year: int) -> list[str]:
    """Numbers that the series leaves out below its highest, as "4" or "7–9"."""
    return gaps(_whole_numbers(agency_id, series, year))


def gaps(numbers: Iterable[int]) -> list[str]:
    """What is missing from 1 up to the highest of `numbers`: [1, 3, 7] → ["2", "4–6"]."""
    found, expected = [], 1
    for number in sorted(set(numbers) - {0}):
        if number > expected:
            found.append(str(expected) if number == expected + 1 else f"{expected}–{number - 1}")
        expected = max(expected, number + 1)
    return found


def order_words(agency_id: int, series: str, number: str, on: date) -> str:
    """A warning when a number and its day stand the other way round to one already given; "" when they do not.

    Numbers of a year run in the order of time (Nghị định 30/2020/NĐ-CP, Điều 15).
    """
    mine = whole_number(number)
    rows = RegisterEntry.objects.filter(agency=agency_id, series=series, year=on.year).order_by("signed_on", "pk")
    for row in rows if mine else ():
        other = whole_number(row.number)
        if other > mine and row.signed_on < on or 0 < other < mine and row.signed_on > on:
            return _("Số và ngày trái thứ tự với %(other)s ngày %(day)s đã có trong sổ.") % {
                "other": row.full_number,
                "day": f"{row.signed_on:%d/%m/%Y}",
            }
    return ""


def late_words(signed_on: date, issued_on: date, overrides) -> str:
    """A warning when a document is issued after the first working day that follows its signing.

    An electronic document is issued on the day it is signed, the next working day at the latest
    (Nghị định 30/2020/NĐ-CP, Điều 18).
    """
    if issued_on <= add_workdays(signed_on, 1, overrides):
        return ""
    return _("Văn bản điện tử phải ban hành trong ngày ký, chậm nhất ngày làm việc tiếp theo (%s).") % (
        f"{add_workdays(signed_on, 1, overrides):%d/%m/%Y}"
    )


def enter(
    *,
    agency_id: int,
    series: str,
    number: str,
    signed_on: date,
    type: str,  # noqa: A002  the decree's word for the kind of document
    subject: str,
    signer: str,
    recipients: Iterable[str] = (),
    kind: str = OTHER,
    object_id: int = 0,
    **more,
) -> RegisterEntry:
    """Write a line of the register; texts are cut to their columns, the document itself keeps all of them."""

    def fitted(name: str, text: str) -> str:
        return text[: RegisterEntry._meta.get_field(name).max_length]

    return RegisterEntry.objects.create(
        agency_id=agency_id,
        year=signed_on.year,
        series=fitted("series", series),
        number=tidy_number(number),
        signed_on=signed_on,
        type=fitted("type", type),
        subject=fitted("subject", subject),
        signer=fitted("signer", signer),
        recipients="; ".join(recipients),
        kind=kind,
        object_id=object_id,
        **more,
    )


def enter_plan(plan: Plan, *, object_id: int, signed_file: str = "") -> RegisterEntry:
    """The line of an issued plan; of an amendment `object_id` is the plan that it amends."""
    return enter(
        agency_id=plan.agency_id,
        series=plan.symbol,
        number=plan.number,
        signed_on=plan.date,
        type=_("Kế hoạch"),
        subject=plan.title,
        signer=plan.signer_name,
        recipients=plan.recipients.values_list("name", flat=True),
        kind=PLAN,
        object_id=object_id,
        signed_file=signed_file,
    )


def entry_of(kind: str, object_id: int) -> RegisterEntry | None:
    """The newest line of what was issued."""
    return RegisterEntry.objects.filter(kind=kind, object_id=object_id).order_by("pk").last()


def find(agency_id: int, words: str) -> RegisterEntry | None:
    """The line of the document named in `words` ("Công văn số 15/SLĐTBXH-VP ngày …"), when there is exactly one."""
    found = re.findall(r"(\d{1,6}[^\W\d_]{0,2})/([^\W\d_][^\s,;]*)", words)
    if len(found) != 1:
        return None
    number, series = found[0]
    rows = RegisterEntry.objects.filter(agency=agency_id, number=tidy_number(number), series=series)
    return rows.order_by("-signed_on").first()


def mark(entry: RegisterEntry, state: str, *, note: str = "", by_entry: RegisterEntry | None = None) -> None:
    """What became of an issued document: a state, a note, the document that says so. The entry itself stays."""
    entry.state, entry.replaced_by = state, by_entry or entry.replaced_by
    entry.note = "; ".join(filter(None, (entry.note, note)))[: RegisterEntry._meta.get_field("note").max_length]
    entry.version += 1
    entry.save(update_fields=["state", "replaced_by", "note", "version"])


# What the clerk does by hand


@transaction.atomic
def enter_by_hand(
    *, agency: Agency, by: User, now: datetime, key: str, number: str = "", is_reserved: bool = False, **facts
) -> RegisterEntry:
    """Register a document that was made elsewhere, or keep a number for one; the same `key` twice is one entry.

    Without a number it gets the next one. Raises PermissionDenied, or MoveRefused when the number is taken.
    """
    if (post := perms.may_register(by, agency.pk, now.date())) is None:
        raise PermissionDenied
    hold(agency.pk)
    sent = Event.objects.filter(object_type=RegisterEntry._meta.label_lower, action="register", data__key=key)
    if earlier := sent.values_list("object_id", flat=True).first():
        return RegisterEntry.objects.get(pk=earlier)
    series, year = facts["series"], facts["signed_on"].year
    number = tidy_number(number) or next_number(agency.pk, series, year)
    if is_taken(agency.pk, series, number, year):
        raise MoveRefused([_taken_words(number, series, year)])
    entry = enter(agency_id=agency.pk, number=number, kind=RESERVED if is_reserved else OTHER, **facts)
    label = _("Giữ số") if is_reserved else _("Đăng ký văn bản đi")
    Event.record(
        entry, at=now, by=by, post=post, action="register", label=label, agency_id=agency.pk, data={"key": key}
    )  # fmt: skip
    return entry


def _taken_words(number: str, series: str, year: int) -> str:
    return _("Số %(number)s/%(series)s đã dùng trong năm %(year)d.") % {
        "number": number,
        "series": series,
        "year": year,
    }


@transaction.atomic
def save_entry(entry: RegisterEntry, *, by: User, now: datetime, version: int, **facts) -> None:
    """Store what the clerk keeps of an entry; a reserved number becomes a document once it has a signer.

    Raises PermissionDenied, or StaleState when somebody else changed it since `version`.
    """
    if (post := perms.may_register(by, entry.agency_id, now.date())) is None:
        raise PermissionDenied
    names = (*EDITABLE, *(ABOUT if entry.kind in (OTHER, RESERVED) else ()))
    stored = RegisterEntry.objects.select_for_update().get(pk=entry.pk)
    if stored.version != version:
        raise StaleState(_("Có người vừa sửa dòng này của sổ."))
    changed = [name for name in names if name in facts and getattr(stored, name) != facts[name]]
    for name in changed:
        setattr(stored, name, facts[name])
    if stored.kind == RESERVED and stored.signer:
        stored.kind = OTHER
    stored.version += 1
    stored.save()
    words = ", ".join(str(RegisterEntry._meta.get_field(name).verbose_name) for name in changed)
    if changed:
        label = _("Sửa sổ: %s") % words
        Event.record(stored, at=now, by=by, post=post, action="edit", label=label, agency_id=entry.agency_id)


@transaction.atomic
def release(entry: RegisterEntry, *, by: User, now: datetime) -> None:
    """Give a reserved number back: nothing was issued under it. Raises PermissionDenied or StaleState."""
    if (post := perms.may_register(by, entry.agency_id, now.date())) is None:
        raise PermissionDenied
    reserved = RegisterEntry.objects.select_for_update().filter(pk=entry.pk, kind=RESERVED).first()
    if reserved is None:
        raise StaleState(_("Số này không còn là số giữ trước."))
    Event.record(reserved, at=now, by=by, post=post, action="release", label=_("Bỏ giữ số %s") % entry.full_number,
                 agency_id=entry.agency_id)  # fmt: skip
    reserved.delete()


@transaction.atomic
def mark_by_hand(
    entry: RegisterEntry, state: str, *, by_entry: RegisterEntry, reason: str, by: User, now: datetime, version: int
) -> None:
    """The clerk links an issued document with the one that corrects, replaces or recalls it.

    A plan and a roll-up are replaced and recalled by their own moves; only the correction of their layout
    (đính chính, by công văn) is written here. Raises PermissionDenied, MoveRefused or StaleState.
    """
    if (post := perms.may_register(by, entry.agency_id, now.date())) is None:
        raise PermissionDenied
    if state not in open_marks(entry):
        raise MoveRefused([_("Văn bản này không ghi được tình trạng đó ở sổ.")])
    if by_entry.pk == entry.pk or by_entry.signed_on < entry.signed_on:
        raise MoveRefused([_("Văn bản đính chính, thay thế, thu hồi phải là văn bản khác, không sớm hơn văn bản này.")])
    claimed = RegisterEntry.objects.filter(pk=entry.pk, version=version).update(version=models.F("version"))
    if not claimed:
        raise StaleState(_("Có người vừa sửa dòng này của sổ."))
    mark(entry, state, by_entry=by_entry)
    label = f"{RegisterState(state).label}: {by_entry}"
    Event.record(entry, at=now, by=by, post=post, action="mark", label=label, agency_id=entry.agency_id, reason=reason)


def open_marks(entry: RegisterEntry) -> tuple[str, ...]:
    """The states that may be written by hand of this entry now."""
    if entry.kind == RESERVED or entry.state in (RegisterState.SUPERSEDED, RegisterState.RECALLED):
        return ()
    if entry.kind in (PLAN, ROLL_UP):
        return (RegisterState.CORRECTED,)
    return (RegisterState.CORRECTED, RegisterState.SUPERSEDED, RegisterState.RECALLED)
