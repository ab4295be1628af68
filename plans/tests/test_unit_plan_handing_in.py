"""Handing in and reviewing as people do it in the browser."""

import uuid

import pytest
from django.urls import reverse

from accounts import clock
from accounts.models import Event
from plans.models import Obligation, Receipt, UnitPlan
from plans.tests.factories import filled_unit_plan, issued_plan, line_of, unit_plan_of


@pytest.fixture
def plan(cast, settings, at):
    settings.DEMO = True
    clock.set_demo(at(2022, 2, 22, 9))
    return issued_plan(cast)


@pytest.fixture
def browse(client):
    def as_(person):
        client.force_login(person)
        return client

    return as_


def _check(browser, unit_plan):
    return browser.get(reverse("unit_plan_check", args=[unit_plan.pk]))


def _button(page) -> dict:
    """What the one button of the check page sends."""
    return {"key": str(page.context["key"]), "version": page.context["unit_plan"].version}


def _hand_in(browser, unit_plan):
    return browser.post(reverse("unit_plan_submit", args=[unit_plan.pk]), _button(_check(browser, unit_plan)))


def _move(browser, unit_plan, name, reason="", **data):
    data = {"version": unit_plan_of(unit_plan.plan, unit_plan.unit.code).version} | data
    return browser.post(
        reverse("unit_plan_move", args=[unit_plan.pk]), {"move": name, "reason": reason, "key": uuid.uuid4(), **data}
    )


def test_the_check_page_says_that_nothing_is_sent_and_what_time_it_is(plan, cast, browse):
    text = _check(browse(cast.head("ldvl")), filled_unit_plan(plan)).content.decode()
    assert "Chưa có gì được gửi đi." in text
    assert "09:00:00 thứ Ba 22/02/2022" in text
    assert "Nộp lúc này là <strong>đúng hạn</strong>" in text
    assert "Nộp kế hoạch cho Văn phòng Sở" in text
    assert not Receipt.objects.exists()


def test_the_check_page_after_the_deadline_says_how_late(plan, cast, browse, at):
    clock.set_demo(at(2022, 3, 1, 8))
    text = _check(browse(cast.head("ldvl")), filled_unit_plan(plan)).content.decode()
    assert "muộn 3 ngày" in text  # 27/02, 28/02, 01/3
    assert "Nộp kế hoạch cho Văn phòng Sở" in text


def test_the_editor_sends_to_the_head_from_the_check_page(plan, cast, browse):
    unit_plan = filled_unit_plan(plan)
    browser = browse(cast.editor("ldvl"))
    page = _check(browser, unit_plan)
    assert "Trình trưởng đơn vị" in page.content.decode()
    assert "Nộp kế hoạch cho Văn phòng Sở" not in page.content.decode()
    assert _move(browser, unit_plan, "send_to_head").status_code == 302
    assert unit_plan_of(plan, "ldvl").state == "head_review"


def test_gaps_lead_to_their_place_and_there_is_no_button(plan, cast, browse):
    unit_plan = filled_unit_plan(plan)
    unit_plan.activities.filter(area__code="procedures").delete()
    wrong = unit_plan.activities.first()
    unit_plan.activities.filter(pk=wrong.pk).update(starts="2021-12-01")
    browser = browse(cast.head("ldvl"))
    page = _check(browser, unit_plan)
    text = page.content.decode()
    assert f"{reverse('unit_plan', args=[unit_plan.pk])}#noi-dung-procedures" in text
    assert reverse("activity_edit", args=[unit_plan.pk, wrong.pk]) in text
    assert "Nộp kế hoạch cho Văn phòng Sở" not in text
    refused = browser.post(reverse("unit_plan_submit", args=[unit_plan.pk]), _button(page))
    assert refused.status_code == 200
    assert "Chưa nộp được, còn thiếu" in refused.content.decode()
    assert not Receipt.objects.exists()


def test_handing_in_shows_the_receipt_and_what_happens_next(plan, cast, browse):
    unit_plan = filled_unit_plan(plan)
    response = _hand_in(browse(cast.head("ldvl")), unit_plan)
    receipt = Receipt.objects.get()
    assert response.url == reverse("receipt", args=[receipt.number])
    text = browse(cast.head("ldvl")).get(response.url).content.decode()
    for words in (
        receipt.number, receipt.sha256, "09:00:00 thứ Ba 22/02/2022", "đúng hạn", "Hồ Quốc Hùng", "khớp mã",
        "Văn phòng Sở xem và tiếp nhận", "Phát tờ gấp về nội dung procedures",
    ):  # fmt: skip
        assert words in text


def test_double_click_back_and_a_second_window_give_the_same_receipt(plan, cast, browse):
    unit_plan = filled_unit_plan(plan)
    browser = browse(cast.head("ldvl"))
    first, second = _button(_check(browser, unit_plan)), _button(_check(browser, unit_plan))
    url = reverse("unit_plan_submit", args=[unit_plan.pk])
    addresses = {browser.post(url, data).url for data in (first, first, second)}
    assert addresses == {reverse("receipt", args=[Receipt.objects.get().number])}


def test_a_tampered_receipt_is_told(plan, cast, browse):
    response = _hand_in(browse(cast.head("ldvl")), filled_unit_plan(plan))
    receipt = Receipt.objects.get()
    Receipt.objects.update(snapshot=receipt.snapshot | {"purpose": "Sửa lén"})
    assert "Nội dung không khớp mã" in browse(cast.head("ldvl")).get(response.url).content.decode()


def test_a_line_added_after_checking_is_shown_before_handing_in(plan, cast, browse, client):
    unit_plan = filled_unit_plan(plan)
    browser = browse(cast.head("ldvl"))
    button = _button(_check(browser, unit_plan))
    line_of(unit_plan, title="Dòng thêm sau khi kiểm tra")
    UnitPlan.objects.filter(pk=unit_plan.pk).update(version=button["version"] + 1)
    response = browser.post(reverse("unit_plan_submit", args=[unit_plan.pk]), button)
    assert response.status_code == 409
    assert "Kế hoạch vừa được sửa sau khi mở trang này" in response.content.decode()
    assert "Dòng thêm sau khi kiểm tra" in response.content.decode()
    assert not Receipt.objects.exists()
    assert browser.post(reverse("unit_plan_submit", args=[unit_plan.pk]), _button(response)).status_code == 302


@pytest.mark.parametrize("key", ["", "abc", "\x00", "1" * 500])
def test_a_broken_key_leads_back_to_the_check_page(key, plan, cast, browse):
    unit_plan = filled_unit_plan(plan)
    browser = browse(cast.head("ldvl"))
    response = browser.post(reverse("unit_plan_submit", args=[unit_plan.pk]), {"key": key, "version": "1"}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("unit_plan_check", args=[unit_plan.pk])
    assert "mã gửi" in response.content.decode().lower()
    assert not Receipt.objects.exists()


def test_only_the_head_hands_in(plan, cast, browse):
    unit_plan = filled_unit_plan(plan)
    url = reverse("unit_plan_submit", args=[unit_plan.pk])
    data = {"key": str(uuid.uuid4()), "version": unit_plan.version}
    for person in (cast.editor("ldvl"), cast.office_staff, cast.director):
        assert browse(person).post(url, data).status_code == 403
    assert browse(cast.head("btxh")).post(url, data).status_code == 404
    assert not Receipt.objects.exists()


def test_a_late_plan_is_received_and_marked(plan, cast, browse, at):
    clock.set_demo(at(2022, 2, 27, 0, 0))
    response = _hand_in(browse(cast.head("ldvl")), filled_unit_plan(plan))
    assert "muộn 1 ngày" in browse(cast.head("ldvl")).get(response.url).content.decode()


def test_the_review_shows_what_was_handed_in_beside_what_was_asked(plan, cast, browse):
    unit_plan = filled_unit_plan(plan)
    _hand_in(browse(cast.head("ldvl")), unit_plan)
    unit_plan.activities.update(title="Sửa sau khi nộp")
    page = browse(cast.office_staff).get(reverse("unit_plan_review", args=[unit_plan.pk]))
    text = page.content.decode()
    assert "Phát tờ gấp về nội dung procedures" in text
    assert "Sửa sau khi nộp" not in text
    assert "dịch vụ công trực tuyến mức độ 3, mức độ 4" in text
    assert [move.name for move in page.context["moves"]] == ["accept", "send_back", "take_up"]
    assert "Thay đổi so với lần nộp trước" not in text


def test_a_return_without_reason_is_refused_on_the_same_page(plan, cast, browse):
    unit_plan = filled_unit_plan(plan)
    _hand_in(browse(cast.head("ldvl")), unit_plan)
    response = _move(browse(cast.office_staff), unit_plan, "send_back", "  ")
    assert response.status_code == 200
    assert "Nhập lý do, hoặc ghi ý kiến tại ít nhất một phần." in response.content.decode()
    assert unit_plan_of(plan, "ldvl").state == "submitted"


@pytest.mark.parametrize("reason", ["Thiếu\x00mục", "dài " * 1_000])
def test_a_wrong_reason_is_kept_and_explained(reason, plan, cast, browse):
    unit_plan = filled_unit_plan(plan)
    _hand_in(browse(cast.head("ldvl")), unit_plan)
    response = _move(browse(cast.office_staff), unit_plan, "send_back", reason)
    assert response.status_code == 200
    assert response.context["reason"] == reason
    assert response.context["errors"]
    assert unit_plan_of(plan, "ldvl").state == "submitted"


def test_returned_and_handed_in_again_the_difference_is_shown(plan, cast, browse):
    unit_plan = filled_unit_plan(plan)
    _hand_in(browse(cast.head("ldvl")), unit_plan)
    assert _move(browse(cast.office_staff), unit_plan, "send_back", "Mục c thiếu số lượng.").status_code == 302
    unit_plan.activities.filter(area__code="procedures").update(quantity=3000)
    _hand_in(browse(cast.head("ldvl")), unit_plan)
    text = browse(cast.office_staff).get(reverse("unit_plan_review", args=[unit_plan.pk])).content.decode()
    assert "Thay đổi so với lần nộp trước" in text
    assert "Mục c thiếu số lượng." in text
    assert "2.000 tờ</del>" in text
    assert "3.000 tờ</ins>" in text


def test_accepting_leads_to_the_next_in_the_queue(plan, cast, browse):
    for code in ("ldvl", "btxh", "van-phong"):
        _hand_in(browse(cast.head(code)), filled_unit_plan(plan, code))
    unit_plan = unit_plan_of(plan, "ldvl")
    browser = browse(cast.office_staff)
    assert _move(browser, unit_plan, "accept").status_code == 302
    page = browser.get(reverse("unit_plan_review", args=[unit_plan.pk]))
    assert page.context["next_one"].unit.code == "btxh"  # the Office's own waits for the director
    assert Obligation.objects.get(pk=unit_plan.obligation_id).accepted_at == clock.now()


def test_the_office_sees_why_it_may_not_accept_its_own(plan, cast, browse):
    unit_plan = filled_unit_plan(plan, "van-phong")
    _hand_in(browse(cast.head("van-phong")), unit_plan)
    text = browse(cast.office_staff).get(reverse("unit_plan_review", args=[unit_plan.pk])).content.decode()
    assert "Văn phòng không tự tiếp nhận kế hoạch của mình" in text
    assert "Tiếp nhận</button>" not in text
    assert _move(browse(cast.office_staff), unit_plan, "accept").status_code == 403
    assert _move(browse(cast.director), unit_plan, "accept").status_code == 302


def test_a_move_on_a_page_that_is_out_of_date_changes_nothing_and_keeps_the_reason(plan, cast, browse):
    unit_plan = filled_unit_plan(plan)
    _hand_in(browse(cast.head("ldvl")), unit_plan)
    old = unit_plan_of(plan, "ldvl").version
    _move(browse(cast.chief), unit_plan, "take_up")
    response = _move(browse(cast.office_staff), unit_plan, "send_back", "Lý do đã gõ dài dòng", version=old)
    assert response.status_code == 409
    assert "Lý do đã gõ dài dòng" in response.content.decode()
    assert unit_plan_of(plan, "ldvl").state == "in_review"


@pytest.mark.parametrize("name", ["", "submit", "start", "delete", "accept;drop", "x" * 9000])
def test_a_move_that_is_not_one_of_this_page_is_not_found(name, plan, cast, browse):
    assert _move(browse(cast.head("ldvl")), filled_unit_plan(plan), name).status_code == 404
    assert unit_plan_of(plan, "ldvl").state == "drafting"


def test_withdrawing_too_late_is_explained_on_the_page(plan, cast, browse, at):
    unit_plan = filled_unit_plan(plan)
    _hand_in(browse(cast.head("ldvl")), unit_plan)
    clock.set_demo(at(2022, 2, 27, 8))
    page = browse(cast.head("ldvl")).get(reverse("unit_plan", args=[unit_plan.pk]))
    assert page.context["moves"] == []  # a button that cannot be pressed is not shown
    response = _move(browse(cast.head("ldvl")), unit_plan, "withdraw", "Còn thiếu phụ lục")
    text = response.content.decode()
    assert response.status_code == 200
    assert "Đã quá hạn nộp nên không rút lại được" in text
    assert "Còn thiếu phụ lục" in text


def test_the_whole_way_is_in_the_history(plan, cast, browse):
    unit_plan = filled_unit_plan(plan)
    _hand_in(browse(cast.head("ldvl")), unit_plan)
    for person, name, reason in (
        (cast.head("ldvl"), "withdraw", "Nhầm."), (cast.editor("ldvl"), "send_to_head", ""),
        (cast.head("ldvl"), "pull_back", ""),
    ):  # fmt: skip
        assert _move(browse(person), unit_plan, name, reason).status_code == 302
    _hand_in(browse(cast.head("ldvl")), unit_plan)
    for person, name, reason in (
        (cast.office_staff, "take_up", ""), (cast.office_staff, "accept", ""), (cast.head("ldvl"), "amend", "Bổ sung."),
    ):  # fmt: skip
        assert _move(browse(person), unit_plan, name, reason).status_code == 302
    assert list(Event.objects.about(unit_plan).values_list("action", flat=True)) == [
        "submit", "withdraw", "send_to_head", "pull_back", "submit", "take_up", "accept", "amend",
    ]  # fmt: skip


def _review(browser, unit_plan):
    return browser.get(reverse("unit_plan_review", args=[unit_plan.pk]))


def test_the_queue_counts_what_waits_for_this_person_the_longest_waiting_first(plan, cast, browse, at):
    for hour, code in enumerate(("btxh", "gdnn", "van-phong", "ldvl")):
        clock.set_demo(at(2022, 2, 22, 9 + hour))
        _hand_in(browse(cast.head(code)), filled_unit_plan(plan, code))
    _move(browse(cast.chief), unit_plan_of(plan, "btxh"), "send_back", "Bổ sung.")
    clock.set_demo(at(2022, 2, 22, 15))
    _hand_in(browse(cast.head("btxh")), unit_plan_of(plan, "btxh"))  # waits anew, behind the others
    page = _review(browse(cast.office_staff), unit_plan_of(plan, "ldvl"))
    assert (page.context["next_one"].unit.code, page.context["waiting"]) == ("gdnn", 2)
    assert "Còn 2 kế hoạch chờ xem xét." in page.content.decode()


def test_the_review_has_last_years_plan_beside_it_and_every_round_below(plan, cast, browse):
    from plans.handing_in import submit
    from plans.workflow import UNIT_PLAN

    before = filled_unit_plan(issued_plan(cast, year=2021, now=clock.now().replace(year=2021)))
    before.activities.filter(area__code="procedures").update(title="Tờ gấp của năm ngoái", quantity=1500)
    submit(UNIT_PLAN, before, by=cast.head("ldvl"), now=clock.now().replace(year=2021), key="nam-truoc")
    unit_plan = filled_unit_plan(plan)
    _hand_in(browse(cast.head("ldvl")), unit_plan)
    _move(browse(cast.office_staff), unit_plan, "send_back", "Bổ sung.")
    _hand_in(browse(cast.head("ldvl")), unit_plan)
    page = _review(browse(cast.office_staff), unit_plan)
    assert "Tờ gấp của năm ngoái" in page.content.decode()
    assert "Năm 2021 đơn vị đã lập (1 hoạt động)" in page.content.decode()
    assert [round.number for round in page.context["rounds"]] == [2, 1]


def test_a_line_taken_out_after_a_remark_is_still_told_with_its_answer(plan, cast, browse):
    from plans import remarks

    unit_plan = filled_unit_plan(plan)
    extra = line_of(unit_plan, title="Dòng sẽ bỏ")
    _hand_in(browse(cast.head("ldvl")), unit_plan)
    made = {"by": cast.office_staff, "now": clock.now(), "key": "k1"}
    remark = remarks.make(unit_plan, part=f"line:{extra.pk}", text="Trùng với dòng trên.", **made)
    _move(browse(cast.office_staff), unit_plan, "send_back")
    extra.delete()
    remarks.answer(remark, text="Đã bỏ dòng trùng.", by=cast.editor("ldvl"), now=clock.now())
    _hand_in(browse(cast.head("ldvl")), unit_plan)
    for person in (cast.office_staff, cast.director):  # who may review, who only looks
        text = _review(browse(person), unit_plan).content.decode()
        for words in ("Dòng sẽ bỏ", "không còn trong bản này", "Trùng với dòng trên.", "Đã bỏ dòng trùng.", "bỏ</p>"):
            assert words in text
