"""The receipt and the plan as handed in, on paper, from the receipt alone."""

from datetime import timedelta

import pytest
from django.urls import reverse

from plans.models import Printout
from plans.tests.factories import DUE_AT, filled_unit_plan, issued_plan
from plans.tests.test_delegated import delegated
from plans.units.receipt_papers import handed_in_paper, receipt_facts, receipt_paper
from plans.workflow import UNIT_PLAN


@pytest.fixture
def handed_in(cast):
    """By the head at 23:59 of the last day in time."""
    unit_plan = filled_unit_plan(issued_plan(cast))
    at = DUE_AT.replace(second=0, microsecond=0)
    UNIT_PLAN.move(unit_plan, "submit", by=cast.head("ldvl"), now=at, key="khoa-1")
    return unit_plan


def test_the_receipt_tells_number_what_who_when_and_whether_in_time(handed_in):
    receipt = handed_in.obligation.receipts.get()
    facts = dict(receipt_facts(receipt))
    assert facts["Văn bản nộp"] == "Kế hoạch của đơn vị, Năm 2022"
    assert facts["Thời điểm nộp"] == "23:59:00 thứ Bảy 26/02/2022"
    assert facts["Hạn nộp"] == "23:59:59 thứ Bảy 26/02/2022"
    assert (facts["Người nộp"], facts["Đúng hạn"], facts["Mã SHA-256"]) == ("Hồ Quốc Hùng", "đúng hạn", receipt.sha256)
    assert receipt_paper(receipt.pk, DUE_AT.date()).subject == f"Số {receipt.number}"


def test_the_plan_as_handed_in_is_not_touched_by_what_was_changed_later(handed_in):
    handed_in.activities.filter(area__code="procedures").update(title="Sửa sau khi nộp", quantity=9)
    paper = handed_in_paper(handed_in.obligation.receipts.get().pk, DUE_AT.date())
    rows = [row.cells for row in paper.appendices[0].blocks[0].rows]
    assert [cells[1] for cells in rows if "procedures" in cells[min(1, len(cells) - 1)]] == [
        "Phát tờ gấp về nội dung procedures"
    ]
    assert rows[-1][7] == "30.000.000"  # six areas with a line of 5.000.000, one without
    assert paper.date_text == "ngày 26 tháng 02 năm 2022"


def test_handed_in_by_the_delegate_receipt_and_plan_say_so(cast):
    delegated(cast)
    unit_plan = filled_unit_plan(issued_plan(cast))
    UNIT_PLAN.move(unit_plan, "submit", by=cast.editor("ldvl"), now=DUE_AT - timedelta(days=4), key="khoa-1")
    receipt = unit_plan.obligation.receipts.get()
    name = cast.editor("ldvl").full_name
    assert dict(receipt_facts(receipt))["Người nộp"] == (
        f"{name}, KT. Trưởng phòng (thay Hồ Quốc Hùng, theo văn bản 12/GUQ-LĐVL ngày 18/02/2022)"
    )
    paper = handed_in_paper(receipt.pk, DUE_AT.date())
    assert (paper.signature_lines, paper.signer_name) == (("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"), name)


def test_both_are_asked_for_on_the_page_and_printed_once(handed_in, cast, client):
    receipt = handed_in.obligation.receipts.get()
    client.force_login(cast.head("ldvl"))
    for address in ("print_receipt", "print_handed_in", "print_receipt"):
        assert client.post(reverse(address, args=[receipt.number])).status_code == 302
    assert sorted(Printout.objects.values_list("kind", flat=True)) == ["handed_in", "receipt"]
