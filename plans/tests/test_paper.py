"""What a unit brings on paper: entered by the Office with its scan, on the unit's behalf, once."""

import re
import uuid
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts import clock
from accounts.models import Event, Notice, Post, Role
from accounts.workflow import MoveRefused, StaleState
from documents.tests.files import office, pdf, picture, upload
from documents.uploads import UploadRefused
from plans.handing_in import submit, submit_paper
from plans.models import Obligation, Receipt
from plans.scans import check_scan
from plans.tests.factories import filled_unit_plan, issued_plan, line_of, unit_plan_of
from plans.workflow import UNIT_PLAN

REASON = "Công văn số 05 ngày 20/02/2022; bà Hà giao."


@pytest.fixture
def now(at):
    return at(2022, 2, 22, 9)


@pytest.fixture
def kept_files(settings, tmp_path):
    """The folder of stored files, a private one for the test."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return lambda: sorted(path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


@pytest.fixture
def plan(cast, kept_files, settings, now):
    settings.DEMO = True
    clock.set_demo(now)
    return issued_plan(cast)


def scan(name: str = "Kế hoạch 05.pdf"):
    return check_scan(BytesIO(pdf()), name)


def enter(plan, cast, now, code="ldvl", *, key="giay-1", reason=REASON) -> Receipt:
    return submit_paper(
        UNIT_PLAN, unit_plan_of(plan, code), by=cast.office_staff, now=now, key=key, reason=reason, scan=scan()
    )


def send(browser, unit_plan, **fields):
    data = {"key": str(uuid.uuid4()), "reason": REASON, "scan": upload(pdf(), "Kế hoạch 05.pdf")} | fields
    return browser.post(reverse("unit_plan_paper", args=[unit_plan.pk]), data)


def test_the_receipt_tells_for_whom_from_which_paper_and_when_it_was_entered(plan, cast, now, kept_files):
    line = line_of(unit_plan_of(plan, "ldvl"))  # incomplete: one area of seven
    receipt = enter(plan, cast, now)
    receipt.refresh_from_db()
    assert (receipt.on_behalf_of, receipt.scan_name) == ("Phòng Lao động - Việc làm", "Kế hoạch 05.pdf")
    assert (receipt.paper_note, receipt.submitted_at, receipt.submitted_by) == (REASON, now, cast.office_staff)
    checked = scan()
    assert receipt.scan.name == f"paper/{checked.sha256[:2]}/{checked.sha256}.pdf"
    assert kept_files()[0].read_bytes() == pdf()
    assert line.title in str(receipt.snapshot)
    assert Obligation.objects.get(pk=receipt.obligation_id).first_submitted_at == now


def test_the_history_says_for_whom_the_office_acted_and_the_unit_is_told(plan, cast, now):
    enter(plan, cast, now)
    event = Event.objects.about(unit_plan_of(plan, "ldvl")).last()
    assert (event.action, event.on_behalf_of, event.reason) == ("submit_paper", "Phòng Lao động - Việc làm", REASON)
    told = Notice.objects.filter(title__contains="đã nhập thay từ bản giấy")
    assert set(told.values_list("recipient__username", flat=True)) == {"ldvl.soan", "ldvl.truong"}


def test_paper_entered_after_the_deadline_is_late_by_the_time_of_entry(plan, cast, at):
    receipt = enter(plan, cast, at(2022, 2, 28, 8))
    timeliness = Obligation.objects.get(pk=receipt.obligation_id).timeliness(at(2022, 3, 1))
    assert (timeliness.code, timeliness.days) == ("late", 2)  # 27/02 and 28/02


def test_who_entered_it_does_not_accept_it_a_colleague_does(plan, cast, now):
    enter(plan, cast, now)
    with pytest.raises(PermissionDenied):
        UNIT_PLAN.move(unit_plan_of(plan, "ldvl"), "accept", by=cast.office_staff, now=now)
    UNIT_PLAN.move(unit_plan_of(plan, "ldvl"), "accept", by=cast.chief, now=now)
    assert unit_plan_of(plan, "ldvl").state == "accepted"


def test_the_same_key_gives_the_same_receipt_and_keeps_one_file(plan, cast, now, kept_files):
    assert enter(plan, cast, now) == enter(plan, cast, now)
    assert Receipt.objects.count() == len(kept_files()) == 1


def test_units_that_bring_the_same_paper_each_keep_theirs(plan, cast, now, kept_files):
    first, second = enter(plan, cast, now), enter(plan, cast, now, "btxh", key="giay-2")
    assert first.scan.name != second.scan.name
    assert len(kept_files()) == 2


def test_what_the_unit_handed_in_itself_is_not_overwritten_and_no_file_is_left(plan, cast, now, kept_files):
    filled_unit_plan(plan)
    submit(UNIT_PLAN, unit_plan_of(plan, "ldvl"), by=cast.head("ldvl"), now=now, key="khoa-1")
    with pytest.raises(StaleState):
        enter(plan, cast, now)
    with pytest.raises(MoveRefused):
        enter(plan, cast, now, "btxh", reason=" ")
    assert Receipt.objects.get().on_behalf_of == ""
    assert not kept_files()


def test_a_withdrawn_paper_submission_is_void_like_any_other(plan, cast, now):
    receipt = enter(plan, cast, now)
    UNIT_PLAN.move(unit_plan_of(plan, "ldvl"), "withdraw", by=cast.head("ldvl"), now=now, reason="Nộp lại trên cổng.")
    receipt.refresh_from_db()
    assert receipt.voided_at == now
    assert Obligation.objects.get(pk=receipt.obligation_id).first_submitted_at is None


@pytest.mark.parametrize("field", ["on_behalf_of", "scan", "scan_name", "paper_note"])
def test_the_database_refuses_a_paper_receipt_that_lacks_a_part(field, plan, cast, now):
    enter(plan, cast, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.update(**{field: ""})


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [(office("docx"), "kh.docx", "không phải bản quét"), (b"", "kh.pdf", "rỗng"), (b"MZ" * 99, "kh.exe", "Không nhận")],
)
def test_a_scan_is_a_picture_or_a_pdf(content, name, words):
    with pytest.raises(UploadRefused, match=words):
        check_scan(BytesIO(content), name)


def test_office_staff_enter_paper_on_the_units_page_and_see_the_receipt(plan, cast, browse, now):
    unit_plan = unit_plan_of(plan, "ldvl")
    page = browse("hoa").get(reverse("unit_plan", args=[unit_plan.pk])).content.decode()
    assert "Giờ nộp là giờ nhập vào cổng" in page
    answer = send(browse("hoa"), unit_plan)
    receipt = Receipt.objects.get()
    assert answer.url == reverse("receipt", args=[receipt.number])
    text = browse("hoa").get(answer.url).content.decode()
    for words in (
        "nộp thay Phòng Lao động - Việc làm", REASON, reverse("receipt_scan", args=[receipt.number]),
        "Giờ nộp là giờ nhập vào cổng", "Nội dung trong cổng lúc nhập bản giấy",
    ):  # fmt: skip
        assert words in text


def test_the_form_carries_the_mark_that_the_portal_asks_of_every_form(plan, cast):
    client, unit_plan = Client(enforce_csrf_checks=True), unit_plan_of(plan, "ldvl")
    client.force_login(cast.office_staff)
    page = client.get(reverse("unit_plan", args=[unit_plan.pk])).content.decode()
    form = page[page.index('id="nop-thay"') :]
    [mark] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', form[: form.index("</form>")])
    assert send(client, unit_plan, csrfmiddlewaretoken=mark).status_code == 302


@pytest.mark.parametrize("name", ["unit_plan", "unit_plan_review"])
def test_the_pages_of_a_plan_that_came_on_paper_say_so(name, plan, cast, browse, now):
    receipt = enter(plan, cast, now)
    text = browse("binh").get(reverse(name, args=[unit_plan_of(plan, "ldvl").pk])).content.decode()
    assert "Nộp thay" in text
    assert reverse("receipt_scan", args=[receipt.number]) in text


@pytest.mark.parametrize("who", ["ldvl.soan", "ldvl.truong", "btxh.truong", "binh", "duc", "lan"])
def test_others_are_not_offered_to_enter_paper_and_may_not(who, plan, cast, browse):
    unit_plan = unit_plan_of(plan, "ldvl")
    page = browse(who).get(reverse("unit_plan", args=[unit_plan.pk]))
    assert "Nhập thay từ bản giấy" not in page.content.decode()
    assert send(browse(who), unit_plan).status_code == (404 if who == "btxh.truong" else 403)
    assert not Receipt.objects.exists()


def test_office_staff_with_a_post_in_the_unit_are_refused_whatever_they_send(plan, cast, browse, now, kept_files):
    Post.objects.create(
        user=cast.office_staff, agency=cast.agency, unit=cast.units["ldvl"], role=Role.UNIT_EDITOR, starts=now.date()
    )
    for fields in ({}, {"scan": ""}):
        assert send(browse("hoa"), unit_plan_of(plan, "ldvl"), **fields).status_code == 403
    assert not kept_files()


def test_a_double_click_gives_one_receipt(plan, cast, browse, kept_files):
    unit_plan, key = unit_plan_of(plan, "ldvl"), str(uuid.uuid4())
    addresses = {send(browse("hoa"), unit_plan, key=key).url for _press in range(2)}
    assert addresses == {reverse("receipt", args=[Receipt.objects.get().number])}
    assert len(kept_files()) == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"scan": ""}, "Chọn bản giấy đã quét."),
        ({"scan": upload(b"", "rỗng.pdf")}, "rỗng (0 byte)"),
        ({"scan": upload(office("docx"), "kế hoạch.docx")}, "không phải bản quét"),
        ({"scan": upload(picture(), "ảnh.pdf")}, "mang đuôi khác"),
        ({"scan": upload(pdf(password="bí mật"), "kh.pdf")}, "có mật khẩu"),
        ({"reason": " \u200b"}, "Nhập số, ngày của bản giấy; người giao."),
        ({"reason": "a\x00b"}, "ký tự không hợp lệ"),
        ({"reason": "ă" * 2001}, "Tối đa 2.000 ký tự"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words_and_the_reason_stays(fields, words, plan, cast, browse, kept_files):
    unit_plan = unit_plan_of(plan, "ldvl")
    answer = send(browse("hoa"), unit_plan, **fields)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert words in text
    if "scan" in fields:
        assert REASON in text
    assert unit_plan_of(plan, "ldvl").state == "not_started"
    assert not kept_files()


def test_paper_for_a_plan_that_was_just_handed_in_is_a_conflict_and_the_reason_stays(plan, cast, browse, now):
    filled_unit_plan(plan)
    submit(UNIT_PLAN, unit_plan_of(plan, "ldvl"), by=cast.head("ldvl"), now=now, key="khoa-1")
    answer = send(browse("hoa"), unit_plan_of(plan, "ldvl"))
    assert answer.status_code == 409
    assert REASON in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("ldvl.soan", 200), ("ldvl.truong", 200), ("hoa", 200), ("binh", 200), ("btxh.truong", 404), ("btxh.soan", 404)],
)
def test_the_scan_is_seen_by_who_sees_the_receipt(who, status, plan, cast, browse, now):
    receipt = enter(plan, cast, now)
    answer = browse(who).get(f"/bien-nhan/{receipt.number}/ban-giay/")
    assert answer.status_code == status
    if status == 200:
        assert b"".join(answer.streaming_content) == pdf()
        assert answer["Content-Type"] == "application/pdf"
        assert "sandbox" in answer["Content-Security-Policy"]


def test_a_receipt_without_paper_has_no_scan(plan, cast, browse, now):
    filled_unit_plan(plan)
    receipt = submit(UNIT_PLAN, unit_plan_of(plan, "ldvl"), by=cast.head("ldvl"), now=now, key="khoa-1")
    assert browse("hoa").get(reverse("receipt_scan", args=[receipt.number])).status_code == 404


def test_a_scan_that_the_store_has_lost_is_a_404(plan, cast, browse, now, kept_files):
    receipt = enter(plan, cast, now)
    kept_files()[0].unlink()
    assert browse("hoa").get(reverse("receipt_scan", args=[receipt.number])).status_code == 404


def test_the_chief_hands_a_duty_over_on_the_units_page(plan, cast, browse):
    unit_plan = unit_plan_of(plan, "ldvl")
    page = browse("binh").get(reverse("unit_plan", args=[unit_plan.pk])).content.decode()
    assert "Bàn giao cho đơn vị nào, theo văn bản nào" in page
    browse("binh").post(
        reverse("unit_plan_move", args=[unit_plan.pk]),
        {"move": "transfer", "reason": "Phòng Người có công, Quyết định số 12.", "version": unit_plan.version},
    )
    assert unit_plan_of(plan, "ldvl").state == "transferred"
