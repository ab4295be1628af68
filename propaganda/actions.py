"""Writing results: each function is one transaction with its event, made by a person at an instant."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.clock import VIETNAM
from accounts.models import Event, Post, Unit, User
from accounts.proof import MAX_FILES, files_follow_the_transaction
from accounts.workflow import REASON_MAX, MoveRefused, StaleState
from documents import uploads
from documents.dates import short_date
from documents.numbers import format_number
from documents.vietnamese import InvalidCharacters, clean, is_blank
from plans.models import Activity, Audience, Channel, ClosedWindow, ContentArea, Indicator
from propaganda import rules
from propaganda.models import Evidence, Result, ResultQuantity
from propaganda.perms import recording_post

FIELDS = (
    "activity", "title", "happened_on", "area", "channel", "audience",
    "participants", "reach", "money", "links", "note",
)  # fmt: skip


class ResultConflict(StaleState):
    """Someone saved the result first: `stored` is theirs, `typed` and `quantities` what was about to be written."""

    def __init__(self, stored: Result, typed: dict, quantities: dict[Indicator, int]):
        self.stored, self.typed, self.quantities = stored, typed, quantities
        super().__init__(_("Có người vừa sửa kết quả này. Hãy so hai bản rồi lưu lại."))


def record_result(
    *,
    unit: Unit,
    by: User,
    now: datetime,
    key: str,
    title: str,
    happened_on: date,
    area: ContentArea,
    channel: Channel,
    audience: Audience,
    activity: Activity | None = None,
    quantities: dict[Indicator, int] | None = None,
    participants: int | None = None,
    reach: int | None = None,
    money: int | None = None,
    links: str = "",
    note: str = "",
    evidence: Iterable[BinaryIO | uploads.CheckedFile] = (),
) -> Result:
    """Record what was done; the same key by the same person gives the result recorded first.

    A day about which the unit has handed in its report gives a supplement (bổ sung). Raises
    PermissionDenied, MoveRefused or uploads.UploadRefused; then nothing is stored, no file either.
    """
    post = _post(by, unit, now)
    if known := Result.objects.filter(key=key).first():
        return _own(known, unit, by)
    quantities = quantities or {}
    values = {
        "activity": activity, "title": _text(title), "happened_on": happened_on, "area": area, "channel": channel,
        "audience": audience, "participants": participants, "reach": reach, "money": money,
        "links": links, "note": clean(note).strip(),
    }  # fmt: skip
    _check(unit, values, quantities, now)
    _check_places(values, quantities, ())
    checked = _all_checked(evidence)
    with files_follow_the_transaction() as stored:
        _hold(unit)
        result, created = Result.objects.get_or_create(
            key=key,
            defaults=values
            | {
                "agency_id": unit.agency_id,
                "unit": unit,
                "supplement": _closed(unit, happened_on),
                "recorded_at": now,
                "recorded_by": by,
            },
        )
        if not created:
            return _own(result, unit, by)
        _write_quantities(result, quantities)
        _event(result, by, post, now, "record", _("Ghi nhận kết quả"), data={"after": as_text(result)})
        for file in checked:
            _store(result, file, by, post, now, stored)
    return result


def change_result(
    result: Result, *, by: User, now: datetime, version: int, quantities: dict[Indicator, int], **values
) -> Result:
    """Write new values (names as in FIELDS) over the version the person saw.

    Raises ResultConflict with both texts when someone saved in between; MoveRefused when the day
    lies in a window already reported. A new day in such a window makes it a supplement.
    """
    post = _post(by, result.unit, now)
    values = {name: getattr(result, name) for name in FIELDS} | values
    values |= {"title": _text(values["title"]), "note": clean(values["note"]).strip()}
    moved = (values["activity"], values["happened_on"]) != (result.activity, result.happened_on)
    _check(result.unit, values, quantities, now, check_activity=moved)
    with transaction.atomic():
        _hold(result.unit)
        stored = _locked(result)
        if stored.version != version:
            raise ResultConflict(stored, values, quantities)
        _refuse_closed(stored, _("sửa"))
        _check_places(values, quantities, {row.indicator for row in stored.quantities.select_related("indicator")})
        before = as_text(stored)
        for name in FIELDS:
            setattr(stored, name, values[name])
        stored.supplement = _closed(stored.unit, stored.happened_on)
        stored.version += 1
        stored.save()
        _write_quantities(stored, quantities)
        changes = {"before": before, "after": as_text(stored)}
        _event(stored, by, post, now, "change", _("Sửa kết quả"), data=changes)
    return stored


def remove_result(result: Result, *, by: User, now: datetime, reason: str) -> None:
    """Take a result away with its files; the event keeps what it said.

    Raises MoveRefused without a reason, or when its day lies in a window already reported.
    """
    post = _post(by, result.unit, now)
    reason = _reason(reason)
    with transaction.atomic():
        _hold(result.unit)
        stored = _locked(result)
        _refuse_closed(stored, _("xóa"))
        data = {"before": as_text(stored)}
        _event(stored, by, post, now, "remove", _("Xóa kết quả"), reason=reason, data=data)
        files = [evidence.file for evidence in stored.evidence.all()]
        stored.delete()
        transaction.on_commit(lambda: [file.storage.delete(file.name) for file in files])


def add_evidence(result: Result, *, file: BinaryIO | uploads.CheckedFile, by: User, now: datetime) -> Evidence:
    """Keep a file as proof; see add_files."""
    return add_files(result, files=[file], by=by, now=now)[0]


def add_files(result: Result, *, files: Iterable, by: User, now: datetime) -> list[Evidence]:
    """Keep files as proof, all or none; the same content sent again gives the row there is.

    Allowed in a reported window too: proof changes no figure. Raises uploads.UploadRefused,
    MoveRefused (too many files) or PermissionDenied; then neither row nor file is stored.
    """
    post = _post(by, result.unit, now)
    checked = _all_checked(files)
    with files_follow_the_transaction() as stored:
        _hold(result.unit)
        known = {evidence.sha256: evidence for evidence in _locked(result).evidence.all()}
        if len(known.keys() | {file.sha256 for file in checked}) > MAX_FILES:
            raise MoveRefused([_too_many_files()])
        return [known.get(file.sha256) or _store(result, file, by, post, now, stored) for file in checked]


def is_closed(result: Result) -> bool:
    """Whether the unit has handed in the report of the result's day: it may be read, not changed."""
    return _closed(result.unit, result.happened_on)


def _post(by: User, unit: Unit, now: datetime) -> Post:
    post = recording_post(by, unit, now.astimezone(VIETNAM).date())
    if post is None:
        raise PermissionDenied
    return post


def _own(result: Result, unit: Unit, by: User) -> Result:
    """A key is a person's own: another's key opens nothing."""
    if result.unit_id != unit.pk or result.recorded_by_id != by.pk:
        raise PermissionDenied
    return result


def _text(title: str) -> str:
    return " ".join(clean(title).split())


def _reason(typed: str) -> str:
    try:
        reason = clean(typed).strip()
    except InvalidCharacters:
        raise MoveRefused([_("Lý do có ký tự không hợp lệ. Hãy xóa phần đó hoặc gõ lại.")]) from None
    if is_blank(reason):
        raise MoveRefused([_("Nhập lý do xóa.")])
    if len(reason) > REASON_MAX:
        raise MoveRefused([_("Lý do tối đa 2.000 ký tự, hiện có %s.") % format_number(len(reason))])
    return reason


def _check(unit: Unit, values: dict, quantities: dict, now: datetime, check_activity: bool = True) -> None:
    day, activity = values["happened_on"], values["activity"]
    problems = [
        _("Nhập việc đã làm.") if is_blank(values["title"]) else "",
        rules.date_problem(day, now.astimezone(VIETNAM).date()),
        rules.activity_problem(activity, unit, day) if activity and check_activity else "",
        *rules.figure_problems(values["participants"], values["reach"], values["money"], quantities),
    ]
    if found := [problem for problem in problems if problem]:
        raise MoveRefused(found)


def _check_places(values: dict, quantities: dict[Indicator, int], kept: Iterable[Indicator]) -> None:
    """Numbers belong where their indicator is recorded and to its time; the activity's own and those kept stay."""
    own = {*kept, values["activity"].indicator if values["activity"] else None}
    new = [row for row in quantities if row not in own]
    prefetch_related_objects(new, "channels", "areas")
    problems = [rules.place_problem(row, values["area"], values["channel"]) for row in new]
    problems += [
        _("Chỉ tiêu “%s” không dùng vào ngày này.") % row.name for row in new if not row.holds_on(values["happened_on"])
    ]
    if found := [problem for problem in problems if problem]:
        raise MoveRefused(found)


def _checked(file: BinaryIO | uploads.CheckedFile) -> uploads.CheckedFile:
    if isinstance(file, uploads.CheckedFile):
        return file
    return uploads.check(file, file.name or "", max_bytes=settings.UPLOAD_MAX_BYTES)


def _all_checked(files: Iterable) -> list[uploads.CheckedFile]:
    """Each content once, in the order sent."""
    checked = list({file.sha256: file for file in map(_checked, files)}.values())
    if len(checked) > MAX_FILES:
        raise MoveRefused([_too_many_files()])
    return checked


def _too_many_files() -> str:
    return _("Mỗi kết quả tối đa %d tệp minh chứng.") % MAX_FILES


def _hold(unit: Unit) -> None:
    """Results of a unit and the handing in of its report wait for each other."""
    Unit.objects.select_for_update().get(pk=unit.pk)


def _locked(result: Result) -> Result:
    stored = Result.objects.select_for_update().select_related("unit").filter(pk=result.pk).first()
    if stored is None:
        raise StaleState(_("Kết quả này vừa được xóa."))
    return stored


def _closed(unit: Unit, day: date) -> bool:
    return ClosedWindow.objects.covering(unit, day).exists()


def _refuse_closed(result: Result, what: str) -> None:
    window = ClosedWindow.objects.covering(result.unit, result.happened_on).first()
    if window is None:
        return
    raise MoveRefused(
        [
            _(
                "Không %(what)s được: đơn vị đã nộp báo cáo của thời gian từ %(starts)s đến %(ends)s, trong đó có "
                "kết quả này. Chánh Văn phòng Sở trả lại hoặc mở lại báo cáo thì mới %(what)s được."
            )
            % {"what": what, "starts": short_date(window.starts), "ends": short_date(window.ends)}
        ]
    )


def _write_quantities(result: Result, quantities: dict[Indicator, int]) -> None:
    result.quantities.all().delete()
    ResultQuantity.objects.bulk_create(
        ResultQuantity(result=result, indicator=indicator, value=value) for indicator, value in quantities.items()
    )


def as_text(result: Result) -> dict[str, str]:
    """The result in words, label → value, as the history shows it."""
    rows = result.quantities.select_related("indicator").order_by("indicator__position")
    return values_as_text({name: getattr(result, name) for name in FIELDS}, {row.indicator: row.value for row in rows})


def values_as_text(values: dict, quantities: dict[Indicator, int]) -> dict[str, str]:
    """What is about to be written, in the words of `as_text`."""
    words = {str(Result._meta.get_field(name).verbose_name): _in_words(values[name]) for name in FIELDS}
    return words | {indicator.name: indicator.value_in_words(value) for indicator, value in quantities.items()}


def _in_words(value) -> str:
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, int):
        return format_number(value)
    return "" if value is None else str(value)


def _event(result: Result, by: User, post: Post, now: datetime, action: str, label: str, **fields) -> None:
    Event.record(result, at=now, by=by, post=post, action=action, label=label, agency_id=result.agency_id, **fields)


def _store(result: Result, checked: uploads.CheckedFile, by: User, post: Post, now: datetime, stored: list) -> Evidence:
    evidence = Evidence(
        result=result, name=checked.name, extension=checked.extension, content_type=checked.content_type,
        size=len(checked.content), sha256=checked.sha256, added_at=now, added_by=by,
    )  # fmt: skip
    evidence.file.save(checked.name, ContentFile(checked.content), save=False)
    stored.append(evidence.file)
    evidence.save()
    _event(result, by, post, now, "evidence", _("Thêm minh chứng"), data={"after": {_("tệp"): checked.name}})
    return evidence
