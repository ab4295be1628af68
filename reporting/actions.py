"""What people do with reports beyond moving their state; each is one transaction."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.search_text import folded
from accounts.workflow import StaleState, Workflow
from documents.dates import TZ
from plans.handing_in import submit
from plans.models import Obligation, Receipt
from reporting import perms
from reporting.models import AreaAssessment, ReportNote, UnitReport, UnitReportState
from reporting.models.unit_report import AREA_TEXTS
from reporting.unit_reports.words import (
    AREA_NAME,
    NOTE,
    TEXT_FIELDS,
    Words,
    WordsConflict,
    area_field,
    mark,
    read_marks,
    words_of,
)
from reporting.workflow import UNIT_REPORT


def answer_of(obligation: Obligation) -> tuple[Workflow, UnitReport] | None:
    """The report that answers an obligation, with its moves; None before it is opened."""
    report = UnitReport.objects.filter(obligation=obligation).select_related("unit", "period", "obligation").first()
    return (UNIT_REPORT, report) if report else None


@transaction.atomic
def save_words(
    report: UnitReport, *, by: User, now: datetime, words: Mapping[str, str | bool], seen: str | None = None
) -> UnitReport:
    """Store `words` and begin the report if need be; a text that the page was shown and left alone is not touched.

    `seen`: the marks of what the page showed; None writes everything. Gives the report as stored.
    Raises PermissionDenied, WordsConflict, or StaleState when the report is closed; then nothing is stored.
    """
    if perms.may_edit_report(by, report, now.date()) is None:
        raise PermissionDenied
    row = (
        UnitReport.objects.select_for_update(of=("self",))
        .select_related("period", "unit", "updated_by")
        .get(pk=report.pk)
    )
    if not row.is_editable:
        raise StaleState(_("Báo cáo đang ở bước “%s” nên không sửa được.") % row.get_state_display())
    stored = words_of(row)
    changed = {name: text for name, text in words.items() if (stored.get(name) or "") != (text or "")}
    if seen is not None:
        shown, blank = read_marks(seen), mark("")
        changed = {name: text for name, text in changed.items() if shown.get(name, blank) != mark(text)}
        if met := [name for name in changed if shown.get(name, blank) != mark(stored.get(name, ""))]:
            who = _("Bạn (ở cửa sổ khác)") if row.updated_by == by else str(row.updated_by or _("Người khác"))
            raise WordsConflict(met, who, f"{(row.updated_at or now).astimezone(TZ):%H:%M}")
    if row.state == UnitReportState.OPEN:
        UNIT_REPORT.move(row, "start", by=by, now=now)
    if changed:
        _write(row, stored | changed, changed, by, now)
    report.refresh_from_db()
    return report


def _write(row: UnitReport, words: Words, changed: Words, by: User, now: datetime) -> None:
    UnitReport.objects.filter(pk=row.pk).update(
        version=models.F("version") + 1,
        updated_at=now,
        updated_by=by,
        search_text=folded(UnitReport, words),
        **{name: changed[name] for name in TEXT_FIELDS if name in changed},
    )
    areas = {int(found[1]) for name in changed if (found := AREA_NAME.fullmatch(name))}
    _write_areas(row, areas, words)
    write_notes(row, {name.removeprefix(NOTE): str(text) for name, text in changed.items() if name.startswith(NOTE)})


def _write_areas(row: UnitReport, areas: set[int], words: Words) -> None:
    texts = {area: {name: words.get(area_field(area, name), "") for name in AREA_TEXTS} for area in areas}
    row.assessments.filter(area__in=[area for area in areas if not any(texts[area].values())]).delete()
    AreaAssessment.objects.bulk_create(
        (AreaAssessment(report=row, area_id=area, **texts[area]) for area in areas if any(texts[area].values())),
        update_conflicts=True,
        unique_fields=["report", "area"],
        update_fields=[*AREA_TEXTS, "search_text"],
    )


def write_notes(row: UnitReport, notes: Mapping[str, str]) -> None:
    """Store notes by key, part of another act that has checked the permission; a blank text removes one."""
    row.notes.filter(key__in=[key for key, text in notes.items() if not text]).delete()
    ReportNote.objects.bulk_create(
        (ReportNote(report=row, key=key, text=text) for key, text in notes.items() if text),
        update_conflicts=True,
        unique_fields=["report", "key"],
        update_fields=["text"],
    )


@transaction.atomic
def hand_in(report: UnitReport, *, by: User, now: datetime, key: str, notes: Mapping[str, str]) -> Receipt:
    """Hand a unit report in with what explains its cautions; the same `key` again gives the same receipt.

    Raises as plans.handing_in.submit does; then no note is stored either.
    """
    if not Receipt.objects.filter(key=key).exists():
        write_notes(report, notes)
    return submit(UNIT_REPORT, report, by=by, now=now, key=key)


@transaction.atomic
def send_to_head(report: UnitReport, *, by: User, now: datetime, notes: Mapping[str, str]) -> None:
    """Pass a unit report to its head with what explains its cautions; raises as a move does."""
    write_notes(report, notes)
    UNIT_REPORT.move(report, "send_to_head", by=by, now=now)
