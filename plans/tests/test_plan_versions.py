"""From approval to issue: frozen editions, the signed file, the pages that show them."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files import storage
from django.urls import reverse

from accounts import clock
from accounts.models import Event
from documents.tests.files import pdf, png, upload
from plans.department import versions
from plans.department.content import content_of_plan
from plans.models import Plan, PlanSection, PlanVersion, RegisterEntry
from plans.papers import plan_paper
from plans.registers.signed_files import Comparison, compare, kept_signed
from plans.tests.amendments import approved_amendment, begun, issue, recalled, registered_plan, sent_up
from plans.tests.factories import draft_plan
from plans.tests.real_plan import approved
from plans.workflow import PLAN

pytestmark = pytest.mark.usefixtures("reference")


@pytest.fixture
def plan(cast, at) -> Plan:
    """Approved on 09/02/2022."""
    return sent_up(draft_plan(cast), cast, at(2022, 2, 9, 9))


@pytest.fixture
def enter(client):
    def signed_in(person):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def text_of(response) -> str:
    return response.content.decode()


# Freezing


def test_approval_freezes_the_plan_and_a_second_approval_freezes_it_again(plan, cast, at):
    first = plan.versions.get()
    assert (first.number, first.kind, first.at, first.by) == (1, "approved", at(2022, 2, 9, 9), cast.director)
    assert versions.is_intact(first)
    PLAN.move(plan, "reopen", by=cast.director, now=at(2022, 2, 9, 10), reason="Sửa mục I.")
    plan.sections.filter(position=0).update(text="Sửa lại.")
    PLAN.move(plan, "approve", by=cast.director, now=at(2022, 2, 9, 11))
    again = plan.versions.first()
    assert (again.number, again.content["sections"][0]["text"]) == (2, "Sửa lại.")
    assert first.content["sections"][0]["text"] != "Sửa lại."


def test_issuing_changes_number_and_day_alone(plan, cast, at):
    PLAN.move(plan, "issue", by=cast.clerk, now=at(2022, 2, 10), number="07", on=date(2022, 2, 10))
    issued, before = plan.versions.all()
    assert (issued.kind, issued.content["frame"]["number"], issued.content["frame"]["date_day"]) == ("issued", "7", 10)
    assert versions.binding(issued.content) == versions.binding(before.content)


def test_a_text_changed_after_the_approval_is_not_issued(plan, cast, at):
    PlanSection.objects.filter(plan=plan, position=2).update(text="Chèn thêm.")
    assert not versions.is_as_approved(plan)


def test_what_the_register_learns_of_a_cited_document_does_not_undo_an_approval(cast, at):
    plan = approved(cast, at(2022, 2, 9))
    document = plan.citations.first().document
    document.issuer = "Cơ quan đã ghi lại cho đúng"
    document.save()
    assert versions.is_as_approved(plan)


def test_a_changed_version_is_seen_by_its_hash(plan):
    version = plan.versions.get()
    version.content["frame"]["title"] = "Tên khác"
    assert not versions.is_intact(version)


# The signed file


@pytest.fixture(scope="module")
def rendered():
    """`rendered(plan)` is the plan as the portal prints it."""
    from documents.pdf import render_pdf

    return lambda plan: render_pdf(plan_paper(plan.pk, date(2022, 2, 10)))


def test_the_printed_plan_holds_its_own_text(cast, at, rendered):
    plan = approved(cast, at(2022, 2, 9))
    assert compare(rendered(plan), content_of_plan(plan)) == Comparison(True)


def test_a_changed_word_and_an_added_part_are_quoted(plan, rendered):
    pdf_of_approved = rendered(plan)
    changed = content_of_plan(plan)
    changed["sections"][1]["text"] = "Tuyên truyền về thể chế, sửa một chữ."
    assert compare(pdf_of_approved, changed).missing == ("Tuyên truyền về thể chế, sửa một chữ.",)
    shorter = content_of_plan(plan)
    gone = shorter["sections"].pop(2)
    found = compare(pdf_of_approved, shorter)
    assert found.missing == ()
    assert len(found.added) == 1
    assert not found.holds
    assert gone["text"]


def test_a_scan_has_no_text():
    assert compare(pdf(), {"frame": {"title": "Kế hoạch"}}) == Comparison(False)


def send(browser, plan, **data):
    given = {"number": "7", "on": "10/02/2022", "minded": "on", "version": str(plan.version), **data}
    return browser.post(reverse("plan_issue", args=[plan.pk]), given)


def test_a_signed_file_that_holds_the_text_is_kept_with_the_entry(plan, cast, enter, rendered):
    answer = send(enter(cast.clerk), plan, signed=upload(rendered(plan), "Kế hoạch đã ký.pdf"))
    assert answer.status_code == 302
    entry = RegisterEntry.objects.get()
    assert entry.signed_file.name.startswith("signed/")
    for address in (reverse("register_file", args=[entry.pk]), reverse("plan_signed_file", args=[plan.pk])):
        found = enter(cast.clerk).get(address)
        assert b"".join(found.streaming_content) == storage.default_storage.open(entry.signed_file.name).read()
    assert enter(cast.editor("ldvl")).get(reverse("plan_signed_file", args=[plan.pk])).status_code == 200


def test_a_signed_file_with_another_text_is_refused_and_not_kept(plan, cast, enter, rendered):
    other = rendered(plan)
    plan.sections.filter(position=0).update(text="Nội dung khác hẳn.")
    PLAN.move(plan, "reopen", by=cast.director, now=clock.now(), reason="Sửa.")
    PLAN.move(plan, "approve", by=cast.director, now=clock.now())
    answer = send(enter(cast.clerk), plan, signed=upload(other, "cũ.pdf"))
    assert answer.status_code == 200
    assert "Tệp đã ký không có đúng đoạn đã duyệt: “Nội dung khác hẳn.”" in text_of(answer)
    assert Plan.objects.get().state == "approved"
    assert not RegisterEntry.objects.exists()


def test_a_scan_without_text_needs_the_clerks_word(plan, cast, enter):
    browser = enter(cast.clerk)
    answer = send(browser, plan, signed=upload(pdf(), "quét.pdf"))
    assert "bản quét không có chữ" in text_of(answer)
    assert Plan.objects.get().state == "approved"
    assert send(browser, plan, signed=upload(pdf(), "quét.pdf"), unread="on").status_code == 302


@pytest.mark.parametrize("file", [png(), upload(b"%PDF-1.7 broken", "hỏng.pdf")])
def test_only_a_sound_pdf_is_taken(plan, cast, enter, file):
    assert send(enter(cast.clerk), plan, signed=file).status_code == 200
    assert Plan.objects.get().state == "approved"


def test_a_file_that_came_to_nothing_leaves_the_store(plan):
    from plans.registers.signed_files import check_signed

    with kept_signed(check_signed(BytesIO(pdf()), "a.pdf"), content_of_plan(plan)) as signed:
        assert storage.default_storage.exists(signed.path)
    assert not storage.default_storage.exists(signed.path)


# Issuing by its page


def test_the_form_proposes_the_next_number_and_today(plan, cast, enter, at):
    RegisterEntry.objects.create(
        agency=cast.agency, year=clock.today().year, series="KH-SLĐTBXH", number="41", signed_on=clock.today(),
        type="Kế hoạch", subject="Khác", signer="Lê Minh Đức", kind="other", object_id=0,
    )  # fmt: skip
    shown = text_of(enter(cast.clerk).get(reverse("plan_issue", args=[plan.pk])))
    assert 'value="42"' in shown
    assert f'value="{clock.today():%d/%m/%Y}"' in shown
    assert "Lê Minh Đức" in shown


def test_a_late_date_is_minded_before_it_is_issued(plan, cast, enter):
    browser = enter(cast.clerk)
    answer = send(browser, plan, minded="")
    assert "chậm nhất ngày làm việc tiếp theo (11/02/2022)" in text_of(answer)
    assert Plan.objects.get().state == "approved"
    assert send(browser, plan).status_code == 302


def test_two_presses_issue_once(plan, cast, enter):
    browser = enter(cast.clerk)
    assert send(browser, plan).status_code == 302
    assert send(browser, plan).status_code == 409
    assert RegisterEntry.objects.count() == 1
    assert PlanVersion.objects.filter(kind="issued").count() == 1


def test_only_who_gives_numbers_gets_the_page(plan, cast, enter):
    address = reverse("plan_issue", args=[plan.pk])
    answers = {name: enter(cast.people[name]).get(address).status_code for name in ("lan", "hoa", "duc", "ldvl.soan")}
    assert answers == {"lan": 200, "hoa": 200, "duc": 403, "ldvl.soan": 404}


# Amending and recalling by their pages


def test_the_chief_begins_an_amendment_and_is_led_to_it(cast, enter):
    plan = registered_plan(cast)
    browser = enter(cast.chief)
    address = reverse("plan_amend", args=[plan.pk])
    assert "Nhập lý do điều chỉnh" in text_of(browser.post(address, {"version": plan.version}))
    given = {"reason": "Dời hạn.", "basis": "Công văn số 15/SNV-CCHC", "version": plan.version}
    answer = browser.post(address, given)
    amendment = Plan.objects.get(amends=plan)
    assert answer.url == reverse("plan_detail", args=[amendment.pk])
    shown = text_of(browser.get(answer.url))
    assert "Bản điều chỉnh của" in shown
    assert "Công văn số 15/SNV-CCHC" in shown
    assert browser.post(address, given).status_code == 409
    assert "Đang có" in text_of(browser.get(reverse("plan_detail", args=[plan.pk])))


def test_the_consequences_are_shown_before_issuing(cast, enter, at):
    plan = registered_plan(cast)
    amendment = approved_amendment(plan, cast, clock.now(), due_at=at(2099, 3, 15))
    for name, address in (("lan", "plan_issue"), ("binh", "plan_consequences")):
        shown = text_of(enter(cast.people[name]).get(reverse(address, args=[amendment.pk])))
        assert "hạn 26/02/2022 đổi thành 15/3/2099" in shown
        assert "Phòng Giáo dục nghề nghiệp" in shown


def test_a_plan_of_its_own_has_no_consequences_page(plan, cast, enter):
    assert enter(cast.chief).get(reverse("plan_consequences", args=[plan.pk])).status_code == 404


def test_a_recall_by_its_page(cast, enter):
    plan = registered_plan(cast)
    browser, address = enter(cast.director), reverse("plan_recall", args=[plan.pk])
    given = {
        "reason": "Trái thẩm quyền.", "document": "Quyết định số 31/QĐ-SLĐTBXH", "on": "01/03/2022",
        "version": plan.version,
    }  # fmt: skip
    assert browser.post(address, given).status_code == 302
    assert Plan.objects.get().state == "recalled"
    shown = text_of(enter(cast.editor("ldvl")).get(reverse("plan_detail", args=[plan.pk])))
    assert "đã thu hồi" in shown
    assert "Quyết định số 31/QĐ-SLĐTBXH ngày 01/03/2022" in shown
    assert Event.objects.about(plan).last().reason == "Trái thẩm quyền."


# Editions


def test_the_editions_are_listed_and_shown_with_what_changed(cast, enter, at):
    plan = registered_plan(cast)
    amendment = begun(plan, cast, at(2022, 2, 14))
    amendment.sections.filter(position=0).update(text="Nội dung đã điều chỉnh.")
    issue(sent_up(amendment, cast, at(2022, 2, 14)), cast, at(2022, 2, 15))
    browser = enter(cast.editor("ldvl"))
    listed = text_of(browser.get(reverse("plan_versions", args=[plan.pk])))
    assert listed.index("Đang có hiệu lực") < listed.index("Đã được thay thế")
    assert "điều chỉnh lần 1" in listed
    shown = text_of(browser.get(reverse("plan_version", args=[plan.pk, 2])))
    assert "Nội dung đã điều chỉnh." in shown
    assert "Nguyên vẹn" in shown
    assert "So với bản 1" in shown
    old = text_of(browser.get(reverse("plan_version", args=[plan.pk, 1])))
    assert "Nội dung đã điều chỉnh." not in old
    assert "Số: 123/KH-SLĐTBXH" in old


def test_a_unit_sees_issued_editions_but_not_approved_ones(plan, cast, enter, at):
    PLAN.move(plan, "issue", by=cast.clerk, now=at(2022, 2, 10), number="7", on=date(2022, 2, 10))
    browser = enter(cast.editor("ldvl"))
    assert browser.get(reverse("plan_version", args=[plan.pk, 1])).status_code == 404
    assert browser.get(reverse("plan_version", args=[plan.pk, 2])).status_code == 200
    assert enter(cast.director).get(reverse("plan_version", args=[plan.pk, 1])).status_code == 200


def test_a_recalled_plan_says_so_on_its_editions(cast, enter):
    plan = recalled(registered_plan(cast), cast, clock.now())
    assert "Đã thu hồi" in text_of(enter(cast.editor("ldvl")).get(reverse("plan_versions", args=[plan.pk])))
