"""Printing by the worker: what is asked for once is printed once and kept.

A kind of document is one registered function that turns an object into an OfficialDocument.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from accounts import clock, jobs
from accounts.models import Job, Unit, User
from accounts.models.job import JobState
from documents.excel import Sheet, workbook
from documents.official import OfficialDocument
from documents.verification import Verification
from plans.models import Printout
from plans.models.printout import PrintFormat, printout_path
from plans.receipts import sha256

PRINT = "print"


@dataclass(frozen=True)
class About:
    """How a printed thing stands now: its state with its word, and facts as (label, words)."""

    state: str
    label: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of document: what describes it, the page of such an object, where a printout is asked for; its Excel."""

    build: Callable[[int, date], OfficialDocument]
    page: str | Callable[[int], str]
    press: str | Callable[[int], str]
    sheets: Callable[[int, date], list[Sheet]] | None = None
    about: Callable[[int], About] | None = None


KINDS: dict[str, Kind] = {}


def register(
    kind: str,
    build: Callable[[int, date], OfficialDocument],
    page: str | Callable[[int], str] = "",
    press: str | Callable[[int], str] = "",
    sheets: Callable[[int, date], list[Sheet]] | None = None,
    about: Callable[[int], About] | None = None,
) -> None:
    """Let `build(object_id, on)` describe the documents of a kind; `on` is the day of printing.

    `page` is the url name of the page of such an object, or a function from its id to the address; to it
    the printout leads back. `press` says in the same way where its printing is asked for.
    `sheets` gives the figures of one as Excel, for kinds that have any. `about` says to who looks a printed code up
    how the thing stands now (`state_of` does for a model with states).
    """
    KINDS[kind] = Kind(build, page, press, sheets, about)


def state_of(model: type[Model]) -> Callable[[int], About]:
    """For `about`: the state of the row."""

    def about(pk: int) -> About:
        row = model._default_manager.get(pk=pk)
        return About(row.state, row.get_state_display())

    return about


def verification_of(printout: Printout) -> Verification:
    """The code and the QR that lead from the paper back to the portal."""
    return Verification(printout.code, settings.PORTAL_URL + reverse("lookup", args=[printout.code]))


def chosen_format(data: Mapping, kind: str = "") -> PrintFormat:
    """The format that a print button sends as `format`; PDF when it says nothing of use for that kind."""
    wanted = data.get("format")
    if wanted == PrintFormat.XLSX and kind in KINDS and KINDS[kind].sheets:
        return PrintFormat.XLSX
    return PrintFormat.DOCX if wanted == PrintFormat.DOCX else PrintFormat.PDF


@transaction.atomic
def ask_for(
    kind: str, obj, *, content_key: str, title: str, unit: Unit | None = None, open_to_all: bool = False,
    format: str = PrintFormat.PDF,
) -> Printout:  # fmt: skip
    """The printout of `obj` in the state that `content_key` names, asked of the worker if it is not there yet.

    `unit` and `open_to_all` say who sees it (Printout.visible_to).
    """
    key = f"{obj.pk}:{content_key}"
    printout, created = Printout.objects.get_or_create(
        kind=kind,
        key=key,
        format=format,
        defaults={
            "agency_id": obj.agency_id,
            "unit": unit,
            "open_to_all": open_to_all,
            "object_id": obj.pk,
            "title": title[:300],
        },
    )
    if created or (printout.job and printout.job.state == JobState.FAILED):
        printout.job = jobs.enqueue(PRINT, f"{kind}:{key}:{format}", printout=printout.pk)
        printout.save(update_fields=["job"])
    return printout


def content_key(content) -> str:
    """A short name for the state of a content: printed anew when the content has changed."""
    return sha256(content)[:16]


def render(document: OfficialDocument, format: str) -> bytes:
    """`document` as PDF or Word."""
    if format == PrintFormat.DOCX:
        from documents.word import render_docx

        return render_docx(document)
    from documents.pdf import render_pdf

    return render_pdf(document)


def _print(claim: jobs.Claim) -> bytes | None:
    printout = Printout.objects.filter(pk=claim.job.payload["printout"]).first()
    if printout is None:
        return None
    claim.progress(20, "Đang dàn trang")
    kind = KINDS[printout.kind]
    if printout.format == PrintFormat.XLSX:
        return workbook(kind.sheets(printout.object_id, clock.today()))
    document = kind.build(printout.object_id, clock.today())
    return render(replace(document, verification=verification_of(printout)), printout.format)


def _keep(claim: jobs.Claim, content: bytes | None) -> None:
    from documents.pdf import page_count

    if content is None:
        return
    printout = Printout.objects.select_for_update().get(pk=claim.job.payload["printout"])
    printout.sha256 = hashlib.sha256(content).hexdigest()
    printout.pages = page_count(content) if printout.format == PrintFormat.PDF else None
    printout.printed_at = timezone.now()
    printout.file.name = _stored(printout_path(printout, ""), content)
    printout.save()


def _stored(path: str, content: bytes) -> str:
    """Put the file at `path`; a worker that died before its commit may have left it there, whole or torn."""
    if default_storage.exists(path):
        with default_storage.open(path) as file:
            if file.read() == content:
                return path
        default_storage.delete(path)
    return default_storage.save(path, ContentFile(content))


def _followed_by(job: Job, user: User, on: date) -> bool:
    return Printout.objects.visible_to(user, on=on).filter(job=job).exists()


jobs.register(PRINT, compute=_print, store=_keep, followed_by=_followed_by)


def waiting(printout: Printout) -> Job | None:
    """The job that is still printing it, or None."""
    return printout.job if printout.job and not printout.job.is_over else None
