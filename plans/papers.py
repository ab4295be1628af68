"""The department's plan and a unit's plan as official documents (layout: documents.official)."""

from datetime import date

from django.conf import settings
from django.db.models import prefetch_related_objects

from accounts.delegations import Signature, head_signature, signature_of
from accounts.models import Agency, AgencyName, Unit, User
from documents.dates import document_date
from documents.official import (
    Column,
    Heading,
    Item,
    OfficialDocument,
    Paragraph,
    Row,
    Table,
)
from plans.deadlines.workdays import VIETNAM
from plans.models import FundSource, Plan, PlanSection, Receipt, Recipient, UnitPlan, UnitPlanState
from plans.models.plan import IN_FORCE, SectionLevel
from plans.models.unit_plan import WAITING
from plans.perms import may_submit_unit_plan
from plans.receipts import signed
from plans.snapshots import Content, live_content
from plans.units.unit_plan_layout import laid_out

DEMO_MARK = "Dữ liệu minh họa – không có giá trị pháp lý"
HEADINGS = {
    SectionLevel.ARTICLE: "article",
    SectionLevel.ROMAN: "roman",
    SectionLevel.NUMBER: "number",
    SectionLevel.LETTER: "letter",
}
MARKS = {SectionLevel.DASH: "-", SectionLevel.PLUS: "+"}


def demo_mark() -> str:
    """What a demo prints at the foot of every page."""
    return DEMO_MARK if settings.DEMO else ""


def plan_paper(plan_id: int, on: date) -> OfficialDocument:
    """The plan as it stands; a blank number or day prints as an open gap."""
    plan = Plan.objects.select_related("agency__parent", "scheme").get(pk=plan_id)
    names, parent = agency_names(plan.agency, plan.date or on)
    return OfficialDocument(
        parent_agency=parent,
        agency=names.name,
        number=plan.number or None,
        symbol=plan.symbol,
        place=plan.place,
        date_text=document_date(plan.date, day=plan.date_day, month=plan.date_month, year=plan.date_year),
        type_name="Kế hoạch",
        subject=plan.title,
        blocks=tuple(_blocks(plan)),
        authority=plan.signer_authority,
        signer_title=plan.signer_title,
        signer_name=plan.signer_name,
        recipients=tuple(_recipient(row) for row in plan.recipients.all()),
        draft=plan.state not in IN_FORCE,
        mark=demo_mark(),
    )


def agency_names(agency: Agency, day: date) -> tuple[AgencyName, str]:
    """The agency's and its parent's printed names on the date of a document."""
    return agency.name_on(day), agency.parent.name_on(day).name if agency.parent else ""


def _recipient(row: Recipient) -> str:
    """ "UBND tỉnh (b/c)"."""
    return f"{row.name} ({row.purpose[:1].lower()}{row.purpose[1:]})" if row.purpose else row.name


def _blocks(plan: Plan):
    table: list[PlanSection] = []
    for section in plan.sections.all():
        if section.level in (SectionLevel.HEADER, SectionLevel.GROUP, SectionLevel.ROW):
            table.append(section)
            continue
        if table:
            yield _table(table)
            table = []
        yield from _section_blocks(section)
    if table:
        yield _table(table)


def _section_blocks(section: PlanSection):
    """A part as a clerk types it: a titled number on a line of its own, "- +" of a scan as "+"."""
    if section.level in HEADINGS and section.title:
        yield Heading(HEADINGS[section.level], section.label, section.title)
        if section.text:
            yield Paragraph(section.text)
    elif section.level == SectionLevel.PARAGRAPH:
        yield Paragraph(section.text)
    else:
        mark = MARKS.get(section.level) or section.mark or (f"{section.label}." if section.label else "-")
        yield Item(mark, f"{section.title} {section.text}".strip())


def _table(rows: list[PlanSection]) -> Table:
    width = max(len(row.cells) or 1 for row in rows)
    head = next((row.cells for row in rows if row.level == SectionLevel.HEADER), [""] * width)
    columns = tuple(Column(title) for title in [*head, *[""] * (width - len(head))])
    return Table(
        columns,
        tuple(
            Row(tuple(row.cells or [row.text]), "group" if row.level == SectionLevel.GROUP else "data")
            for row in rows
            if row.level != SectionLevel.HEADER
        ),
    )


def unit_plan_paper(unit_plan_id: int, on: date) -> OfficialDocument:
    """A unit's plan as it stands (layout: plans.units.unit_plan_layout)."""
    unit_plan = UnitPlan.objects.select_related("plan__agency", "plan__scheme", "unit", "agency").get(pk=unit_plan_id)
    submitted = unit_plan.obligation.first_submitted_at
    written_on = submitted and submitted.astimezone(VIETNAM).date()
    receipt = None if is_draft(unit_plan) else unit_plan.obligation.receipts.filter(voided_at=None).last()
    return laid_out(
        live_content(unit_plan), unit_plan.plan, unit_plan.unit, day=written_on or on,
        date_text=document_date(written_on) if written_on else document_date(year=unit_plan.plan.year),
        signer=signature(receipt, unit_plan.unit, written_on or on),
        shorts=dict(FundSource.objects.values_list("name", "short")), draft=is_draft(unit_plan), mark=demo_mark(),
    )  # fmt: skip


def unit_plan_to_hand_in(unit_plan: UnitPlan, content: Content, *, by: User, on: date) -> OfficialDocument:
    """The plan as it would print if `by` handed it in on that day; who may not sees it signed by the head."""
    post = may_submit_unit_plan(by, unit_plan, on)
    # Whose agency is the person's own: its names are read once, for the page's head too.
    unit_plan.plan.agency = next(row.agency for row in by.posts_on(on) if row.agency_id == unit_plan.agency_id)
    prefetch_related_objects([unit_plan.plan.agency], "names")
    return laid_out(
        content, unit_plan.plan, unit_plan.unit, day=on, date_text=document_date(on),
        signer=signature_of(post, by) if post else head_signature(unit_plan.unit, on),
        shorts=dict(FundSource.objects.values_list("name", "short")),
    )  # fmt: skip


def is_draft(unit_plan: UnitPlan) -> bool:
    """Whether it has not been handed in, or is being written anew."""
    return unit_plan.state not in (*WAITING, UnitPlanState.ACCEPTED)


def signature(receipt: Receipt | None, unit: Unit, day: date) -> Signature:
    """Whose name stands under a unit's paper: whoever handed it in, or of a draft the head of that day."""
    return (receipt and signed(receipt)) or head_signature(unit, day)
