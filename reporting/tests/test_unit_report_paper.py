"""A report that came on paper, entered by the Office in the browser."""

import uuid

import pytest
from django.urls import reverse

from accounts import clock
from documents.tests.files import office, pdf, upload
from plans.models import Receipt
from reporting.tests.factories import ready_year, report_of

REASON = "Báo cáo số 12 ngày 14/3/2022; ông Hùng giao."


@pytest.fixture
def report(cast, settings, at, tmp_path):
    """Quý I/2022 of Phòng Lao động - Việc làm, nothing written yet, on the last day."""
    settings.DEMO, settings.MEDIA_ROOT = True, tmp_path
    clock.set_demo(at(2022, 3, 15, 9))
    return report_of(ready_year(cast), "ldvl", state="open")


def send(browser, report, **fields):
    data = {"key": str(uuid.uuid4()), "reason": REASON, "scan": upload(pdf(), "Báo cáo 12.pdf")} | fields
    return browser.post(reverse("unit_report_paper", args=[report.pk]), data)


def state(report) -> str:
    report.refresh_from_db()
    return report.state


def test_office_staff_enter_it_and_every_page_says_so(report, browse):
    page = browse("hoa").get(reverse("unit_report", args=[report.pk])).content.decode()
    assert "Giờ nộp là giờ nhập vào cổng" in page
    answer = send(browse("hoa"), report)
    receipt = Receipt.objects.get()
    assert (answer.url, state(report)) == (reverse("receipt", args=[receipt.number]), "submitted")
    for address in (
        answer.url,
        reverse("unit_report", args=[report.pk]),
        reverse("unit_report_review", args=[report.pk]),
    ):
        text = browse("hoa").get(address).content.decode()
        assert "Nộp thay" in text
        assert reverse("receipt_scan", args=[receipt.number]) in text


def test_a_double_click_gives_one_receipt(report, browse):
    key = str(uuid.uuid4())
    assert {send(browse("hoa"), report, key=key).url for _press in range(2)} == {
        reverse("receipt", args=[Receipt.objects.get().number])
    }


def test_a_wrong_file_is_refused_in_words_and_the_reason_stays(report, browse):
    answer = send(browse("hoa"), report, scan=upload(office("docx"), "báo cáo.docx"))
    text = answer.content.decode()
    assert (answer.status_code, state(report)) == (200, "open")
    assert "không phải bản quét" in text
    assert REASON in text


def test_before_the_period_is_over_the_page_says_from_when(report, browse, at):
    clock.set_demo(at(2022, 3, 10, 9))
    text = send(browse("hoa"), report).content.decode()
    assert "Kỳ báo cáo còn đến hết ngày" in text
    assert REASON in text
    assert state(report) == "open"


def test_a_report_that_was_just_locked_is_a_conflict(report, browse):
    type(report).objects.filter(pk=report.pk).update(state="locked")
    answer = send(browse("hoa"), report)
    assert answer.status_code == 409
    assert REASON in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("ldvl.soan", 403), ("ldvl.truong", 403), ("btxh.truong", 404), ("binh", 403), ("duc", 403)]
)
def test_nobody_else_enters_it(who, status, report, browse):
    assert send(browse(who), report).status_code == status
    assert state(report) == "open"


def test_the_chief_hands_the_duty_over_on_the_page(report, browse):
    fields = {"move": "transfer", "reason": "Trung tâm nhận, Quyết định số 12.", "version": report.version}
    assert browse("binh").post(reverse("unit_report_move", args=[report.pk]), fields).status_code == 302
    assert state(report) == "transferred"
    assert (
        "Báo cáo đã bàn giao cho đơn vị khác."
        in browse("binh").get(reverse("unit_report", args=[report.pk])).content.decode()
    )
