"""Storing what was read from a plan's text (documents.reading) as a draft plan: all of it, or nothing."""

from datetime import datetime

from django.db import IntegrityError, transaction
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


def store_reading(reading: PlanReading, *, agency: Agency, by: User, now: datetime, source_text: str) -> Plan:
    """Make the draft plan of the reading's year; raises CannotImport when the year has a plan already.

    What is longer than its column is cut and pointed out as a defect; the source text keeps all of it.
    """
    if not reading.year:
        raise CannotImport(_("Không thấy năm của kế hoạch; ghi rõ “năm 20…” trong tên kế hoạch rồi đọc lại."))
    if not any(node.part in STORED_PARTS for node in reading.outline):
        raise CannotImport(_("Không thấy phần nội dung của kế hoạch; hãy dán toàn bộ văn bản rồi đọc lại."))
    if _live_plans(agency, reading.year).exists():
        raise _year_is_taken(reading.year)
    try:
        with transaction.atomic():
            return _store(reading, agency, by, now, source_text)
    except IntegrityError:
        # Someone stored a plan of that year in the same moment.
        if _live_plans(agency, reading.year).exists():
            raise _year_is_taken(reading.year) from None
        raise


def _live_plans(agency: Agency, year: int):
    return Plan.objects.filter(agency=agency, year=year).exclude(state=PlanState.CANCELLED)


def _year_is_taken(year: int) -> CannotImport:
    return CannotImport(_("Năm %d đã có kế hoạch. Mỗi năm chỉ một kế hoạch; hãy hủy bản thảo cũ trước.") % year)


def _store(reading: PlanReading, agency: Agency, by: User, now: datetime, source_text: str) -> Plan:
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
    signer = reading.signer
    facts = {
        "title": reading.title or _("Tuyên truyền cải cách hành chính năm %d") % reading.year,
        "number": reading.number or "",
        "symbol": reading.symbol or f"KH-{names.symbol}",
        "place": reading.place or names.place,
        "motto": reading.motto or "",
        "signer_title": " ".join(f"{signer.authority} {signer.title}".split()) if signer else "",
        "signer_name": signer.name if signer else "",
    }
    plan = Plan.objects.create(
        agency=agency,
        year=reading.year,
        scheme=_scheme(reading.year),
        date_day=reading.day,
        date_month=reading.month,
        date_year=reading.date_year or reading.year,
        source_text=source_text,
        created_by=by,
        created_at=now,
        **{name: _fit(Plan, name, value) for name, value in facts.items()},
    )
    PlanDefect.objects.bulk_create(
        PlanDefect(
            plan=plan,
            position=len(reading.defects) + n,
            code="too_long",
            severity="warning",
            where=str(Plan._meta.get_field(name).verbose_name),
            text=_("Dài hơn %(most)d ký tự nên đã cắt: “%(start)s…”.")
            % {"most": Plan._meta.get_field(name).max_length, "start": str(value)[:60]},
        )
        for n, (name, value) in enumerate(facts.items())
        if len(str(value)) > Plan._meta.get_field(name).max_length
    )
    return plan


def _scheme(year: int) -> AreaScheme:
    """The areas in force at some time of the year, the newest first."""
    scheme = AreaScheme.objects.on(datetime(year, 12, 31).date()).order_by("-starts").first()
    if scheme is None:
        raise CannotImport(_("Chưa có bộ nội dung cải cách hành chính cho năm %d.") % year)
    return scheme


def _fit(model, field: str, value) -> str:
    """The text as far as its column holds it."""
    return str(value or "")[: model._meta.get_field(field).max_length]


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
            label=_fit(PlanSection, "label", node.label),
            mark=_fit(PlanSection, "mark", node.mark),
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
            key=_fit(LegalDocument, "key", citation.key),
            defaults={
                "type": _fit(LegalDocument, "type", citation.type),
                "symbol": _fit(LegalDocument, "symbol", citation.written[0]),
                "date": citation.date,
                "issuer": _fit(LegalDocument, "issuer", citation.issuer),
            },
        )
        if (not row.date and citation.date) or (not row.issuer and citation.issuer):
            row.date = row.date or citation.date
            row.issuer = row.issuer or _fit(LegalDocument, "issuer", citation.issuer)
            row.save(update_fields=["date", "issuer", "search_text"])
        rows[citation.key] = row
    return rows


def _citations(plan: Plan, reading: PlanReading, documents: dict, sections: dict) -> None:
    mentions = sorted(
        (node, citation.key, index) for citation in reading.citations for index, node in enumerate(citation.nodes)
    )
    written = {citation.key: citation.as_written for citation in reading.citations}
    Citation.objects.bulk_create(
        Citation(
            plan=plan,
            document=documents[key],
            section=sections.get(node),
            as_written=_fit(Citation, "as_written", written[key][index]),
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
            who=_fit(Duty, "who", duty.who),
            every_unit=asks_every_unit(duty.who),
            what=duty.what,
            phrase=_fit(Duty, "phrase", duty.phrase),
            due_at=duty.instant,
            recurrence=duty.recurrence or "",
            to=_fit(Duty, "to", duty.to),
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
        Recipient(
            plan=plan,
            position=n,
            name=_fit(Recipient, "name", row.name),
            purpose=_fit(Recipient, "purpose", row.purpose),
        )
        for n, row in enumerate(reading.recipients)
    )
    PlanDefect.objects.bulk_create(
        PlanDefect(
            plan=plan,
            position=n,
            code=row.code,
            severity=row.severity,
            where=_fit(PlanDefect, "where", row.where),
            text=row.text,
        )
        for n, row in enumerate(reading.defects)
    )
