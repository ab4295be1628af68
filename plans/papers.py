"""The department's plan and a unit's plan as official documents (layout: documents.official)."""

from datetime import date

from django.conf import settings
from django.utils.text import Truncator

from accounts.delegations import Signature, head_signature
from accounts.models import Agency, AgencyName, Unit
from documents.dates import document_date, short_date
from documents.numbers import format_money, format_number
from documents.official import (
    Appendix,
    Column,
    Heading,
    Item,
    OfficialDocument,
    Paragraph,
    Row,
    Table,
)
from plans.deadlines.workdays import VIETNAM
from plans.models import Plan, PlanSection, Receipt, Recipient, UnitPlan, UnitPlanState
from plans.models.plan import IN_FORCE, SectionLevel
from plans.models.unit_plan import WAITING
from plans.receipts import signed
from plans.snapshots import live_content
from plans.units.funds import funds_of
from plans.units.lines import lines_of

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


TASK_COLUMNS = (
    Column("TT", "center", 4),
    Column("Nội dung, nhiệm vụ", "left", 24),
    Column("Hình thức", "left", 11),
    Column("Đối tượng", "left", 11),
    Column("Thời gian", "center", 10),
    Column("Người thực hiện", "left", 10),
    Column("Sản phẩm", "left", 11),
    Column("Kinh phí (đồng)", "right", 9),
    Column("Nguồn kinh phí", "left", 10),
)


def unit_plan_paper(unit_plan_id: int, on: date) -> OfficialDocument:
    """A unit's plan with its task table by area as a landscape appendix."""
    unit_plan = UnitPlan.objects.select_related("plan__agency", "plan__scheme", "unit", "agency").get(pk=unit_plan_id)
    plan = unit_plan.plan
    submitted = unit_plan.obligation.first_submitted_at
    written_on = submitted and submitted.astimezone(VIETNAM).date()
    names = unit_plan.agency.name_on(written_on or on)
    receipt = None if is_draft(unit_plan) else unit_plan.obligation.receipts.filter(voided_at=None).last()
    signer = signature(receipt, unit_plan.unit, written_on or on)
    total = sum(line.money or 0 for line in unit_plan.activities.all())
    return OfficialDocument(
        parent_agency=names.name,
        agency=unit_plan.unit.name_on(written_on or on),
        number=None,
        symbol=f"KH-{unit_plan.unit.symbol}",
        place=names.place,
        date_text=document_date(written_on) if written_on else document_date(year=plan.year),
        type_name="Kế hoạch",
        subject=f"Tuyên truyền cải cách hành chính năm {plan.year}",
        blocks=tuple(_unit_plan_body(unit_plan, total, on)),
        authority=signer.authority,
        signer_title=signer.title,
        signer_name=signer.name,
        recipients=("Văn phòng Sở (tổng hợp)", f"Lưu: VT, {unit_plan.unit.name}"),
        appendices=(
            Appendix(
                title="Danh mục nhiệm vụ tuyên truyền cải cách hành chính",
                blocks=(Table(TASK_COLUMNS, tuple(_task_rows(unit_plan, total))),),
                note=f"(Kèm theo Kế hoạch tuyên truyền cải cách hành chính năm {plan.year} của {unit_plan.unit.name})",
                landscape=True,
            ),
        ),
        draft=is_draft(unit_plan),
        mark=demo_mark(),
    )


def is_draft(unit_plan: UnitPlan) -> bool:
    """Whether it has not been handed in, or is being written anew."""
    return unit_plan.state not in (*WAITING, UnitPlanState.ACCEPTED)


def signature(receipt: Receipt | None, unit: Unit, day: date) -> Signature:
    """Whose name stands under a unit's paper: whoever handed it in, or of a draft the head of that day."""
    return (receipt and signed(receipt)) or head_signature(unit, day)


def _unit_plan_body(unit_plan: UnitPlan, total: int, on: date):
    plan = unit_plan.plan
    yield Paragraph(
        f"Thực hiện Kế hoạch số {plan.number or '…'}/{plan.symbol} "
        f"{document_date(plan.date, day=plan.date_day, month=plan.date_month, year=plan.date_year)} của "
        f"{plan.agency.name_on(plan.date or on).name} về tuyên truyền cải cách hành chính năm {plan.year}, "
        f"{unit_plan.unit.name} xây dựng kế hoạch như sau:"
    )
    yield Heading("roman", "I", "Mục đích, yêu cầu")
    yield from _paragraphs(unit_plan.purpose or "Thực hiện mục đích, yêu cầu nêu tại Kế hoạch của Sở.")
    yield Heading("roman", "II", "Nhiệm vụ")
    content = live_content(unit_plan)
    lines = content.lines
    yield Paragraph(
        f"Trong năm {plan.year}, đơn vị thực hiện {format_number(len(lines))} nhiệm vụ, tổng kinh phí "
        f"{format_money(total)}, chi tiết tại Phụ lục kèm theo."
    )
    if content.funds and any(name for name, _amount in content.funds):
        parts = (f"{_lowered(name) or 'chưa ghi nguồn'} {format_money(amount)}" for name, amount in content.funds)
        yield Paragraph(f"Kinh phí theo nguồn: {'; '.join(parts)}.")
    for absence in unit_plan.absences.select_related("area").order_by("area__position"):
        yield Item("-", f"Nội dung {absence.area.name}: không có nhiệm vụ; lý do: {absence.reason}")
    if declined := content.declined:
        yield Paragraph("Những yêu cầu của Kế hoạch không thuộc chức năng, nhiệm vụ của đơn vị:")
        yield from (Item("-", f"{_ended(answer.asked.text)}; lý do: {answer.reason}") for answer in declined)
    yield Heading("roman", "III", "Tổ chức thực hiện")
    yield from _paragraphs(
        unit_plan.organisation or "Các cá nhân được phân công chịu trách nhiệm thực hiện đúng tiến độ và chất lượng."
    )
    if unit_plan.contact:
        yield Paragraph(f"Người theo dõi: {unit_plan.contact}.")


def _ended(text: str) -> str:
    """The beginning of what is asked as part of a sentence: in one line, without its full stop."""
    return Truncator(" ".join(text.split()).rstrip(".;")).chars(200)


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _paragraphs(text: str):
    return (Paragraph(line.strip()) for line in text.splitlines() if line.strip())


def _task_rows(unit_plan: UnitPlan, total: int):
    lines = list(lines_of(unit_plan))
    number = 0
    for area in unit_plan.plan.scheme.areas.all():
        of_area = [line for line in lines if line.area_id == area.pk]
        if of_area:
            yield Row((area.letter, str(area).partition(") ")[2]), "group")
        for line in of_area:
            number += 1
            yield Row(_task_cells(number, line))
    yield Row(("", "Tổng cộng", "", "", "", "", "", format_number(total), ""), "total")


def _task_cells(number: int, line) -> tuple[str, ...]:
    when = f"{line.phrase[:1].upper()}{line.phrase[1:]}" or short_date(line.starts)
    if not line.phrase and line.ends != line.starts:
        when = f"{when} – {short_date(line.ends)}"
    product = line.product
    if line.quantity is not None:
        amount = f"{format_number(line.quantity)} {line.indicator.unit_of_measure}"
        product = f"{product} ({amount})" if product else amount
    return (
        str(number), line.title, line.channel.name, line.audience.name, when, line.person, product,
        format_number(line.money), _sources(line),
    )  # fmt: skip


def _sources(line) -> str:
    """ "Xã hội hóa", or, of several, each with its amount."""
    funds = funds_of(line)
    if len(funds) == 1 and funds[0].amount == line.money:
        return funds[0].source.short.capitalize()
    return "; ".join(map(str, funds)).capitalize()
