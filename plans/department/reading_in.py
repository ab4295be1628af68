"""A plan on its way in: what was sent is kept, the worker reads it, people correct it, then it becomes a draft.

The rows are PlanImport. What is corrected is in plans.department.corrections; this file is what happens to a row.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import PurePosixPath
from typing import BinaryIO

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import clock, jobs
from accounts.models import Agency, Event, Job, User
from accounts.notices import notify
from accounts.workflow import StaleState
from documents.uploads import DOCX, MAX_BYTES, PDF, CheckedFile, UploadRefused, clean_label
from plans import perms
from plans.department.content import content_of_reading
from plans.department.corrections import derive, judge
from plans.department.importing import CannotImport, store_draft
from plans.models import ImportState, Plan, PlanImport

READ = "read_plan"
PATIENCE = timedelta(seconds=20)
TYPES = {
    "txt": "text/plain",
    "docx": DOCX.content_type,
    "docm": "application/vnd.ms-word.document.macroEnabled.12",
    "doc": "application/msword",
    "rtf": "application/rtf",
    "pdf": PDF.content_type,
}


# What comes in


def check_source(file: BinaryIO, name: str) -> CheckedFile:
    """The file as it is kept, judged by content: text, Word of any age, RTF or PDF; the worker says if it can read it.

    Raises UploadRefused for what is none of these, is empty or larger than 20 MB; reads no more than that.
    """
    label, content = clean_label(name), file.read(MAX_BYTES + 1)
    if not content:
        raise UploadRefused(_("Tệp “%s” rỗng (0 byte). Hãy chọn lại tệp.") % label)
    if len(content) > MAX_BYTES:
        raise UploadRefused(
            _("Tệp “%(name)s” lớn quá %(size)d MB. Hãy bỏ bớt ảnh trong tệp rồi lưu lại.")
            % {"name": label, "size": MAX_BYTES // 1024 // 1024}
        )
    extension = _extension(content, label)
    stem = PurePosixPath(label).stem if "." in label else label
    return CheckedFile(f"{stem[:140]}.{extension}", extension, TYPES[extension], content)


def _extension(content: bytes, label: str) -> str:
    from documents.reading import Unreadable, read_source

    for start, extension in ((b"\xd0\xcf\x11\xe0", "doc"), (b"{\\rtf", "rtf"), (b"PK\x03\x04", "")):
        if content.startswith(start):
            return extension or _word_extension(content, label)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    try:
        read_source(content)
    except Unreadable as refusal:
        raise UploadRefused(f"“{label}”: {refusal}") from None
    return "txt"


def _word_extension(content: bytes, label: str) -> str:
    """Names of a zip's members stand in it in the clear, also when it is cut off: nothing need be unpacked."""
    named_word = PurePosixPath(label).suffix.casefold() in (".docx", ".docm")
    if b"xl/workbook" in content or b"ppt/presentation" in content or not (b"word/" in content or named_word):
        raise UploadRefused(
            _("“%s” là tệp nén hoặc tệp Excel, PowerPoint, không phải văn bản. Hãy lưu kế hoạch thành .docx, PDF "
              "có chữ hoặc .txt.") % label
        )  # fmt: skip
    return "docm" if b"word/vbaProject.bin" in content else "docx"


def begin_import(
    *, agency: Agency, by: User, now: datetime, key, text: str = "", file: CheckedFile | None = None
) -> PlanImport:
    """Keep what was sent and ask the worker to read it; the same `key` sent twice gives the same row.

    Raises PermissionDenied, also for a key that somebody else has used.
    """
    post = perms.agency_to_plan_for(by, now.date())
    if post is None or post.pk != agency.pk:
        raise PermissionDenied
    if sent := PlanImport.objects.filter(key=key).first():
        return _own(sent, by)
    row = PlanImport(agency=agency, key=key, created_by=by, created_at=now, updated_at=now, source_text=text)
    row.sha256 = file.sha256 if file else hashlib.sha256(text.encode()).hexdigest()
    if file:
        row.name, row.extension = file.name, f".{file.extension}"
        row.file.save(file.name, ContentFile(file.content), save=False)
    try:
        with transaction.atomic():
            row.save()
            row.job = jobs.enqueue(READ, str(row.pk), plan_import=row.pk)
            row.save(update_fields=["job"])
            _record(row, by, now, "import_begin", _("Gửi vào để đọc: %s") % row)
    except IntegrityError:
        # The second press of a double click: the first has stored it in this moment.
        _forget_file(row)
        return _own(PlanImport.objects.get(key=key), by)
    except BaseException:
        _forget_file(row)
        raise
    return row


def _forget_file(row: PlanImport) -> None:
    if row.file:
        row.file.storage.delete(row.file.name)


def _own(row: PlanImport, by: User) -> PlanImport:
    if row.created_by_id != by.pk:
        raise PermissionDenied
    return row


def _record(row: PlanImport, by: User | None, now: datetime, action: str, label: str, **more) -> None:
    Event.record(row, at=now, by=by, action=action, label=label, agency_id=row.agency_id, to_state=row.state, **more)


# The worker


def read_now(row: PlanImport) -> dict:
    """What the row shall hold after reading: content and text, or the reason why it cannot be read."""
    from documents.reading import Unreadable, read_file, read_plan
    from documents.vietnamese import InvalidCharacters

    try:
        if row.file:
            with row.file.open("rb") as file:
                reading = read_file(file.read())
        else:
            reading = read_plan(row.source_text)
    except (Unreadable, InvalidCharacters) as refusal:
        return {"state": ImportState.REFUSED, "refusal": str(refusal)}
    except FileNotFoundError:
        return {"state": ImportState.REFUSED, "refusal": _("Tệp không còn trong kho. Hãy gửi lại tệp.")}
    content = content_of_reading(reading)
    content["letterhead"] = {"parent": reading.parent_agency or "", "agency": reading.agency or ""}
    derive(content)
    judge(content)
    text = reading.source.text if reading.source else row.source_text
    return {"state": ImportState.READY, "content": content, "source_text": text.replace("\x00", "")}


def _compute(claim: jobs.Claim) -> dict | None:
    row = PlanImport.objects.filter(pk=claim.job.payload["plan_import"], state=ImportState.READING).first()
    if row is None:
        return None
    claim.progress(20, "Đang đọc văn bản")
    values = read_now(row)
    claim.progress(90, "Đang lưu điều đọc được")
    return values


def _store(claim: jobs.Claim, values: dict | None) -> None:
    """Only a row that still waits takes the outcome: one that was dropped or read meanwhile stays as it is."""
    if values is None:
        return
    pk, now = claim.job.payload["plan_import"], clock.now()
    waiting = PlanImport.objects.filter(pk=pk, state=ImportState.READING)
    if waiting.update(updated_at=now, version=F("version") + 1, **values):
        _tell_who_has_left(claim.job, PlanImport.objects.select_related("created_by").defer("content").get(pk=pk), now)


def _tell_who_has_left(job: Job, row: PlanImport, now: datetime) -> None:
    """A notice when the reading took so long that nobody waits before the page any more."""
    if timezone.now() - job.created_at < PATIENCE:
        return
    outcome = _("đọc xong, chờ xác nhận") if row.state == ImportState.READY else _("không đọc được")
    notify(
        [row.created_by], key=f"plan import {row.pk}", title=_("Kế hoạch “%(name)s”: %(outcome)s.")
        % {"name": row, "outcome": outcome}, now=now, url=reverse("plan_import_detail", args=[row.pk]),
    )  # fmt: skip


def _followed_by(job: Job, user: User, on: date) -> bool:
    return PlanImport.objects.visible_to(user, on=on).filter(job=job).exists()


jobs.register(READ, compute=_compute, store=_store, followed_by=_followed_by)


# What people do with it


def _locked(row: PlanImport, by: User, now: datetime, *states: str) -> PlanImport:
    """The row as it is stored now, held until the transaction ends. Raises PermissionDenied or StaleState."""
    if perms.may_work_on_import(by, row, now.date()) is None:
        raise PermissionDenied
    stored = PlanImport.objects.select_for_update(of=("self",)).select_related("agency", "plan").get(pk=row.pk)
    if stored.state not in states:
        raise StaleState(_("Bản nhập này đã ở trạng thái “%s” nên không sửa được nữa.") % stored.get_state_display())
    return stored


def mark_of(shown) -> str:
    """A short name for what a person was shown, by which a change made meanwhile is noticed."""
    return hashlib.sha256(json.dumps(shown, sort_keys=True, default=str).encode()).hexdigest()[:16]


@transaction.atomic
def correct(
    row: PlanImport,
    change: Callable[[dict], str],
    *,
    by: User,
    now: datetime,
    shown: Callable[[dict], object] | None = None,
    seen: str = "",
) -> PlanImport:
    """Change the content that was read; `change` alters it in place and says for the log what it did.

    `shown(content)` is what the person was shown and `seen` its mark then: when somebody has changed that very
    part meanwhile, nothing is changed and StaleState is raised. LookupError of `change` passes through.
    """
    stored = _locked(row, by, now, ImportState.READY)
    if shown is not None and mark_of(shown(stored.content)) != seen:
        raise StaleState(_("Có người vừa sửa phần này."))
    label = change(stored.content)
    derive(stored.content)
    judge(stored.content)
    stored.version += 1
    stored.updated_at = now
    stored.save(update_fields=["content", "version", "updated_at"])
    _record(stored, by, now, "import_correct", label)
    return stored


@transaction.atomic
def drop_import(row: PlanImport, *, by: User, now: datetime) -> None:
    """Give up what was read; the file stays. Safe to repeat."""
    stored = _locked(row, by, now, *ImportState.values)
    if stored.state == ImportState.STORED:
        raise StaleState(_("Bản nhập này đã lưu thành bản thảo nên không bỏ được; hãy hủy bản thảo nếu cần."))
    if stored.state != ImportState.DROPPED:
        stored.state, stored.updated_at = ImportState.DROPPED, now
        stored.save(update_fields=["state", "updated_at"])
        _record(stored, by, now, "import_drop", _("Bỏ bản nhập"))


@transaction.atomic
def store_import(row: PlanImport, *, by: User, now: datetime) -> Plan:
    """Make the draft plan of what was read and corrected; pressed twice it gives the same plan.

    Raises CannotImport as `store_draft` does, PermissionDenied, StaleState.
    """
    stored = _locked(row, by, now, ImportState.READY, ImportState.STORED)
    if stored.plan is not None:
        return stored.plan
    if not stored.content["year"]:
        raise CannotImport(_("Chưa có năm của kế hoạch. Bấm “Sửa” ở phần “Số, ngày, tên, người ký” để ghi năm."))
    if not stored.content["sections"]:
        raise CannotImport(_("Không thấy phần nội dung của kế hoạch nên chưa có gì để lưu."))
    stored.plan = store_draft(stored.content, agency=stored.agency, by=by, now=now, source_text=stored.source_text)
    stored.state, stored.updated_at = ImportState.STORED, now
    stored.save(update_fields=["plan", "state", "updated_at"])
    _record(stored, by, now, "import_store", _("Lưu thành bản thảo năm %d") % stored.plan.year)
    return stored.plan
