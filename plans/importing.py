"""Storing what was read from a plan's text (documents.reading) as a draft plan: all of it, or nothing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Event, User
from documents.reading.model import PlanReading
from documents.vietnamese import fold
from plans.models import (
    AreaScheme,
    Citation,
    Duty,
    IndexTarget,
    LegalDocument,
    ObligationKind,
    Plan,
    PlanAudience,
    PlanChannel,
    PlanDefect,
    PlanSection,
    PlanState,
    Recipient,
)

STORED_PARTS = ("body", "appendix")
EVERY_UNIT = ("cac phong", "cac don vi", "phong chuyen mon", "don vi truc thuoc", "don vi thuoc so", "thu truong")
OFFICE = ("van phong so", "giao van phong")


class CannotImport(Exception):
    """The text cannot become a plan of this agency; the message says why and what to do."""


def read_text(text: str) -> PlanReading:
    """Read a plan's text; raises CannotImport when it holds characters no text has."""
    from documents.reading import read_plan
    from documents.vietnamese import InvalidCharacters

    try:
        return read_plan(text)
    except InvalidCharacters as error:
        raise CannotImport(str(error)) from error


@transaction.atomic
def store_reading(reading: PlanReading, *, agency: Agency, by: User, now: datetime, source_text: str) -> Plan:
    """Make the draft plan of the reading's year; raises CannotImport when the year has a plan already."""
    if not reading.year:
        raise CannotImport(_("Không thấy năm của kế hoạch; ghi rõ “năm 20…” trong tên kế hoạch rồi đọc lại."))
    if Plan.objects.filter(agency=agency, year=reading.year).exclude(state=PlanState.CANCELLED).exists():
        raise CannotImport(
            _("Năm %d đã có kế hoạch. Mỗi năm chỉ một kế hoạch; hãy hủy bản thảo cũ trước.") % reading.year
        )
    plan = _plan(reading, agency, by, now, source_text)
    sections = _sections(plan, reading)
    documents = _legal_documents(reading)
    _citations(plan, reading, documents, sections)
    _targets(plan, reading, documents)
    _duties(plan, reading, sections)
    _rows(plan, reading)
    Event.record(
        plan, at=now, by=by, action="import", label=_("Nhập kế hoạch từ văn bản"), agency_id=agency.pk,
        to_state=plan.state,
    )  # fmt: skip
    return plan


def _plan(reading: PlanReading, agency: Agency, by: User, now: datetime, source_text: str) -> Plan:
    names = agency.name_on(now.date())
    scheme = AreaScheme.objects.on(datetime(reading.year, 1, 1).date()).latest("starts")
    signer = reading.signer
    return Plan.objects.create(
        agency=agency,
        year=reading.year,
        scheme=scheme,
        title=reading.title or _("Tuyên truyền cải cách hành chính năm %d") % reading.year,
        number=reading.number or "",
        symbol=reading.symbol or f"KH-{names.symbol}",
        place=reading.place or names.place,
        date_day=reading.day,
        date_month=reading.month,
        date_year=reading.date.year if reading.date else reading.year,
        motto=reading.motto or "",
        signer_title=" ".join(filter(None, (signer.authority, signer.title))) if signer else "",
        signer_name=signer.name if signer else "",
        source_text=source_text,
        created_by=by,
        created_at=now,
    )


def _sections(plan: Plan, reading: PlanReading) -> dict[int, PlanSection]:
    """The stored sections by the position of their node."""
    areas = {area.code: area for area in plan.scheme.areas.all()}
    nodes = [node for node in reading.outline if node.part in STORED_PARTS]
    depth: dict[int, int] = {}
    sections = {}
    for node in nodes:
        depth[node.position] = depth.get(node.parent, -1) + 1 if node.parent is not None else 0
        sections[node.position] = PlanSection(
            plan=plan,
            position=node.position,
            depth=depth[node.position],
            level=node.level,
            label=node.label,
            mark=node.mark,
            title=node.title,
            text=node.text,
            area=areas.get(node.area),
            cells=list(node.cells),
        )
    PlanSection.objects.bulk_create(sections.values())
    for node in nodes:
        sections[node.position].parent = sections.get(node.parent)
    PlanSection.objects.bulk_update(sections.values(), ["parent"], batch_size=500)
    return sections


def _legal_documents(reading: PlanReading) -> dict[str, LegalDocument]:
    """One row a normalised key; what is already known of a document stays, its blanks are filled."""
    rows = {}
    for citation in reading.citations:
        row, _created = LegalDocument.objects.get_or_create(
            key=citation.key,
            defaults={
                "type": citation.type,
                "symbol": citation.written[0],
                "date": citation.date,
                "issuer": citation.issuer or "",
            },
        )
        if (not row.date and citation.date) or (not row.issuer and citation.issuer):
            row.date, row.issuer = row.date or citation.date, row.issuer or citation.issuer or ""
            row.save(update_fields=["date", "issuer"])
        rows[citation.key] = row
    return rows


def _citations(plan: Plan, reading: PlanReading, documents: dict, sections: dict) -> None:
    mentions = sorted(
        (node, citation.key, index) for citation in reading.citations for index, node in enumerate(citation.nodes)
    )
    written = {citation.key: citation.written for citation in reading.citations}
    Citation.objects.bulk_create(
        Citation(
            plan=plan,
            document=documents[key],
            section=sections.get(node),
            as_written=written[key][min(index, len(written[key]) - 1)][:200],
            position=position,
        )
        for position, (node, key, index) in enumerate(mentions)
    )


def _targets(plan: Plan, reading: PlanReading, documents: dict) -> None:
    IndexTarget.objects.bulk_create(
        IndexTarget(
            plan=plan,
            position=position,
            index=target.index,
            kind=target.kind,
            value=target.value,
            value_max=target.value_max,
            unit=target.unit,
            baseline_year=target.baseline_year,
            by_year=target.by_year,
            basis=documents.get(target.basis),
        )
        for position, target in enumerate(reading.targets)
    )


def _duties(plan: Plan, reading: PlanReading, sections: dict) -> None:
    Duty.objects.bulk_create(
        Duty(
            plan=plan,
            position=position,
            section=sections.get(duty.node),
            kind=duty_kind(duty),
            who=duty.who[:200],
            every_unit=asks_every_unit(duty.who),
            what=duty.what,
            phrase=(duty.phrase or "")[:200],
            due_at=duty.instant,
            recurrence=duty.recurrence or "",
            to=(duty.to or "")[:200],
        )
        for position, duty in enumerate(reading.duties)
    )


def asks_every_unit(who: str) -> bool:
    """ "Các phòng chuyên môn, đơn vị trực thuộc", "các đơn vị liên quan": every unit is meant."""
    return any(words in fold(who) for words in EVERY_UNIT)


def duty_kind(duty) -> str:
    """What is handed in for a duty: a unit's plan, a unit's report, the Office's roll-up, or nothing."""
    if asks_every_unit(duty.who):
        if duty.recurrence:
            return ObligationKind.UNIT_REPORT
        return ObligationKind.UNIT_PLAN if duty.instant and "ke hoach" in fold(duty.what) else ""
    is_office = any(words in fold(duty.who) for words in OFFICE)
    return ObligationKind.ROLL_UP if is_office and duty.recurrence else ""


def _rows(plan: Plan, reading: PlanReading) -> None:
    PlanChannel.objects.bulk_create(
        PlanChannel(plan=plan, position=n, text=text) for n, text in enumerate(reading.channels)
    )
    PlanAudience.objects.bulk_create(
        PlanAudience(plan=plan, position=n, text=text) for n, text in enumerate(reading.audiences)
    )
    Recipient.objects.bulk_create(
        Recipient(plan=plan, position=n, name=row.name[:200], purpose=row.purpose or "")
        for n, row in enumerate(reading.recipients)
    )
    PlanDefect.objects.bulk_create(
        PlanDefect(plan=plan, position=n, code=row.code, severity=row.severity, where=row.where[:200], text=row.text)
        for n, row in enumerate(reading.defects)
    )
