"""What was handed in as paper, from the receipt alone: the receipt itself, and the unit's plan as it then was."""

from collections.abc import Callable, Iterator
from datetime import date

from django.urls import reverse

from documents.dates import TZ, WEEKDAYS, document_date
from documents.official import Column, OfficialDocument, Paragraph, Row, Table
from plans.models import Receipt
from plans.papers import demo_mark, signature
from plans.receipts import signed
from plans.snapshots import read_snapshot
from plans.units.unit_plan_layout import laid_out

FACTS = (Column("Mục", "left", 30), Column("Nội dung", "left", 70))
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
    """The unit's plan in the words of that receipt, signed as it then was (layout: unit_plan_layout)."""
    receipt = _fetch(receipt_id)
    unit, day = receipt.obligation.unit, receipt.submitted_at.astimezone(TZ).date()
    return laid_out(
        read_snapshot(receipt.snapshot), receipt.obligation.plan, unit, day=day, date_text=document_date(day),
        signer=signature(receipt, unit, day), mark=demo_mark(),
        verify=(f"Biên nhận {receipt.number}, SHA-256: {receipt.sha256}",),
    )  # fmt: skip
