"""What was handed in as paper, from the receipt alone: the receipt itself, and the unit's plan as it then was."""

from collections.abc import Callable, Iterator
from datetime import date

from django.urls import reverse

from documents.dates import TZ, WEEKDAYS, document_date
from documents.numbers import format_money, format_number
from documents.official import Appendix, Column, Heading, Item, OfficialDocument, Paragraph, Row, Table
from plans.models import Plan, Receipt
from plans.papers import demo_mark, signature
from plans.receipts import signed
from plans.snapshots import Content, Line, read_snapshot

FACTS = (Column("Mục", "left", 30), Column("Nội dung", "left", 70))
TASKS = (
    Column("TT", "center", 4), Column("Nội dung, nhiệm vụ", "left", 24), Column("Hình thức", "left", 11),
    Column("Đối tượng", "left", 11), Column("Thời gian", "center", 10), Column("Người thực hiện", "left", 10),
    Column("Sản phẩm", "left", 11), Column("Kinh phí (đồng)", "right", 9), Column("Nguồn kinh phí", "left", 10),
)  # fmt: skip
NEXT = "Văn phòng Sở xem và tiếp nhận, hoặc trả lại kèm ý kiến; đơn vị được báo trong cổng và qua thư điện tử."


def address_of(url_name: str) -> Callable[[int], str]:
    """From a receipt's id to its address of that name, which carries its number."""

    def address(receipt_id: int) -> str:
        number = Receipt.objects.values_list("number", flat=True).get(pk=receipt_id)
        return reverse(url_name, args=[number])

    return address


def _fetch(receipt_id: int) -> Receipt:
    rows = Receipt.objects.select_related("obligation__unit", "obligation__plan", "obligation__agency", "submitted_by")
    return rows.get(pk=receipt_id)


def receipt_paper(receipt_id: int, on: date) -> OfficialDocument:
    """The receipt: number, what, who, when, whether in time, the hash; a withdrawn one says so."""
    receipt = _fetch(receipt_id)
    day = receipt.submitted_at.astimezone(TZ).date()
    names = receipt.obligation.agency.name_on(day)
    return OfficialDocument(
        parent_agency=names.name,
        agency="Văn phòng Sở",
        number=None,
        symbol="BN-VP",
        place=names.place,
        date_text=document_date(day),
        type_name="Biên nhận",
        subject=f"Số {receipt.number}",
        blocks=(
            Table(FACTS, tuple(Row(fact) for fact in receipt_facts(receipt))),
            Paragraph("Biên nhận này không còn giá trị: lần nộp đã được rút lại." if receipt.voided_at else NEXT),
        ),
        mark=demo_mark(),
        verify=(f"Biên nhận {receipt.number}, SHA-256: {receipt.sha256}",),
    )


def receipt_facts(receipt: Receipt) -> Iterator[tuple[str, str]]:
    """The lines of a receipt, label and words; whether in time is told by the submission of this receipt itself."""
    obligation, at = receipt.obligation, receipt.submitted_at.astimezone(TZ)
    yield "Văn bản nộp", obligation.what
    yield "Đơn vị", obligation.unit.name_on(at.date())
    yield "Người nộp", _who(receipt)
    yield "Thời điểm nộp", f"{at:%H:%M:%S} {WEEKDAYS[at.weekday()]} {at:%d/%m/%Y}"
    due = obligation.effective_due_at.astimezone(TZ)
    yield "Hạn nộp", f"{due:%H:%M:%S} {WEEKDAYS[due.weekday()]} {due:%d/%m/%Y}"
    if not receipt.voided_at:
        yield "Đúng hạn", obligation.timeliness(receipt.submitted_at).label
    if receipt.on_behalf_of:
        yield "Bản giấy", receipt.paper_note
    yield "Mã SHA-256", receipt.sha256


def _who(receipt: Receipt) -> str:
    if receipt.on_behalf_of:
        return f"{receipt.submitted_by} (Văn phòng Sở) nhập thay {receipt.on_behalf_of} từ bản giấy"
    by = signed(receipt)
    if by is None or not by.in_place_of:
        return str(receipt.submitted_by)
    basis = f", theo văn bản {by.basis}" if by.basis else ""
    return f"{by.name}, {by.authority} (thay {by.in_place_of}{basis})"


def handed_in_paper(receipt_id: int, on: date) -> OfficialDocument:
    """The unit's plan in the words of that receipt, signed as it then was."""
    receipt = _fetch(receipt_id)
    obligation, content = receipt.obligation, read_snapshot(receipt.snapshot)
    unit, day = obligation.unit, receipt.submitted_at.astimezone(TZ).date()
    names, signer = obligation.agency.name_on(day), signature(receipt, unit, day)
    note = f"(Kèm theo Kế hoạch tuyên truyền cải cách hành chính năm {content.year} của {content.unit})"
    return OfficialDocument(
        parent_agency=names.name,
        agency=unit.name_on(day),
        number=None,
        symbol=f"KH-{unit.symbol}",
        place=names.place,
        date_text=document_date(day),
        type_name="Kế hoạch",
        subject=f"Tuyên truyền cải cách hành chính năm {content.year}",
        blocks=tuple(_body(content, obligation.plan)),
        authority=signer.authority,
        signer_title=signer.title,
        signer_name=signer.name,
        recipients=("Văn phòng Sở (tổng hợp)", f"Lưu: VT, {content.unit}"),
        appendices=(
            Appendix(
                title="Danh mục nhiệm vụ tuyên truyền cải cách hành chính",
                blocks=(Table(TASKS, tuple(_rows(content))),),
                note=note,
                landscape=True,
            ),
        ),
        mark=demo_mark(),
        verify=(f"Biên nhận {receipt.number}, SHA-256: {receipt.sha256}",),
    )


def _body(content: Content, plan: Plan) -> Iterator:
    dated = document_date(plan.date, day=plan.date_day, month=plan.date_month, year=plan.date_year)
    yield Paragraph(
        f"Thực hiện Kế hoạch số {plan.number or '…'}/{plan.symbol} {dated} của "
        f"{plan.agency.name_on(plan.date or date(plan.year, 1, 1)).name} về tuyên truyền cải cách hành chính năm "
        f"{content.year}, {content.unit} xây dựng kế hoạch như sau:"
    )
    yield Heading("roman", "I", "Mục đích, yêu cầu")
    yield from _paragraphs(content.purpose or "Thực hiện mục đích, yêu cầu nêu tại Kế hoạch của Sở.")
    yield Heading("roman", "II", "Nhiệm vụ")
    yield Paragraph(
        f"Trong năm {content.year}, đơn vị thực hiện {format_number(len(content.lines))} nhiệm vụ, tổng kinh phí "
        f"{format_money(content.money)}, chi tiết tại Phụ lục kèm theo."
    )
    for area in content.areas:
        if area.absence:
            yield Item("-", f"Nội dung {area.title}: không có nhiệm vụ; lý do: {area.absence}")
    for answer in content.declined:
        yield Item("-", f"Không thuộc chức năng: {answer.asked.text.rstrip('.;')}; lý do: {answer.reason}")
    yield Heading("roman", "III", "Tổ chức thực hiện")
    yield from _paragraphs(
        content.organisation or "Các cá nhân được phân công chịu trách nhiệm thực hiện đúng tiến độ và chất lượng."
    )
    if content.contact:
        yield Paragraph(f"Người theo dõi: {content.contact}.")


def _paragraphs(text: str) -> Iterator[Paragraph]:
    return (Paragraph(line.strip()) for line in text.splitlines() if line.strip())


def _rows(content: Content) -> Iterator[Row]:
    number = 0
    for area in content.areas:
        if area.lines:
            yield Row((area.title,), "group")
        for line in area.lines:
            number += 1
            yield Row(_cells(number, line))
    yield Row(("", "Tổng cộng", "", "", "", "", "", format_number(content.money), ""), "total")


def _cells(number: int, line: Line) -> tuple[str, ...]:
    product = f"{line.product} ({line.amount})" if line.product and line.amount else line.product or line.amount
    return (
        str(number), line.title, line.channel, line.audience, line.when, line.person, product,
        format_number(line.money), line.sources,
    )  # fmt: skip
