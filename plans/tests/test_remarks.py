"""Remarks on what was handed in: pinned to a part, kept until given, answered, withdrawn, settled; who may what."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import clock
from accounts.models import Event
from accounts.workflow import MoveRefused, StaleState
from plans import remarks
from plans.models import Remark, RemarkAnswer
from plans.tests.factories import DUE_AT, filled_unit_plan, issued_plan, unit_plan_of
from plans.workflow import UNIT_PLAN

NOW = DUE_AT - timedelta(days=4)


@pytest.fixture
def plan(cast, settings):
    settings.DEMO = True
    clock.set_demo(NOW)
    return issued_plan(cast)


@pytest.fixture
def handed_in(plan, cast):
    unit_plan = filled_unit_plan(plan)
    UNIT_PLAN.move(unit_plan, "submit", by=cast.head("ldvl"), now=NOW, key="khoa-1")
    return unit_plan


def _line(unit_plan) -> str:
    return f"line:{unit_plan.activities.get(area__code='procedures').pk}"


def _remark(unit_plan, cast, text="Ghi rõ số lượng tờ gấp.", key="k1", part=None):
    part = _line(unit_plan) if part is None else part
    return remarks.make(unit_plan, part=part, text=text, by=cast.office_staff, now=NOW, key=key)


def _returned(unit_plan, cast, reason=""):
    fresh = unit_plan_of(unit_plan.plan, unit_plan.unit.code)
    return UNIT_PLAN.move(fresh, "send_back", by=cast.office_staff, now=NOW, reason=reason)


def test_a_remark_holds_the_part_as_it_then_was_its_round_and_who(handed_in, cast):
    remark = _remark(handed_in, cast)
    assert (remark.round, remark.part_label, remark.made_by) == (
        handed_in.obligation.receipts.get().number, "Hoạt động: Phát tờ gấp về nội dung procedures", cast.office_staff,
    )  # fmt: skip
    assert "Số lượng: 2.000 tờ" in remark.part_text.splitlines()
    assert unit_plan_of(handed_in.plan, "ldvl").state == "in_review"  # the first remark takes it up


def test_the_same_press_writes_one_remark_and_another_part_of_the_same_page_another(handed_in, cast):
    assert _remark(handed_in, cast) == _remark(handed_in, cast)
    _remark(handed_in, cast, part="text:purpose")
    assert Remark.objects.count() == 2


def test_a_part_that_was_not_handed_in_takes_no_remark(handed_in, cast):
    with pytest.raises(StaleState):
        _remark(handed_in, cast, part="line:999999")
    assert not Remark.objects.exists()


@pytest.mark.parametrize("who", ["ldvl.soan", "ldvl.truong", "btxh.truong", "duc", "lan", "huy", "nam"])
def test_only_the_reviewers_remark(who, handed_in, cast):
    with pytest.raises(PermissionDenied):
        remarks.make(handed_in, part="", text="Sửa.", by=cast.people[who], now=NOW, key="k1")


def test_nothing_waits_nothing_is_remarked_on(plan, cast):
    with pytest.raises(PermissionDenied):
        remarks.make(filled_unit_plan(plan), part="", text="Sửa.", by=cast.office_staff, now=NOW, key="k1")


def test_a_return_needs_a_remark_or_a_reason(handed_in, cast):
    with pytest.raises(MoveRefused, match="Nhập lý do, hoặc ghi ý kiến tại ít nhất một phần"):
        _returned(handed_in, cast)
    _remark(handed_in, cast)
    assert _returned(handed_in, cast).return_reason == "Có 1 ý kiến ghi tại từng phần."


def test_a_withdrawn_remark_is_no_reason_and_is_not_given(handed_in, cast):
    remark = _remark(handed_in, cast)
    remarks.withdraw(remark, by=cast.chief, now=NOW)
    with pytest.raises(MoveRefused):
        _returned(handed_in, cast)
    _returned(handed_in, cast, "Thiếu phụ lục.")
    assert Remark.objects.get().given_at is None


def test_the_unit_sees_a_remark_only_once_it_is_given(handed_in, cast):
    remark, editor = _remark(handed_in, cast), cast.editor("ldvl")
    assert remarks.desk(handed_in, editor, NOW.date()).remarks == []
    with pytest.raises(PermissionDenied):
        remarks.answer(remark, text="Đã sửa.", by=editor, now=NOW)
    unit_plan = _returned(handed_in, cast)
    desk = remarks.desk(unit_plan, editor, NOW.date())
    assert (desk.remarks, desk.open, desk.may_answer, desk.add_url) == ([remark], [remark], True, "")


def test_each_remark_is_answered_before_it_is_handed_in_again(handed_in, cast):
    first, second = _remark(handed_in, cast), _remark(handed_in, cast, "Nêu rõ mục đích.", part="text:purpose")
    unit_plan = _returned(handed_in, cast)
    remarks.answer(first, text="Đã ghi 3.000 tờ.", by=cast.editor("ldvl"), now=NOW)
    with pytest.raises(MoveRefused) as refused:
        UNIT_PLAN.move(unit_plan, "submit", by=cast.head("ldvl"), now=NOW, key="khoa-2")
    assert refused.value.messages == ["Ý kiến về “Mục đích, yêu cầu” chưa được trả lời."]
    remarks.answer(second, text="Đã nêu.", by=cast.head("ldvl"), now=NOW)
    UNIT_PLAN.move(unit_plan, "submit", by=cast.head("ldvl"), now=NOW, key="khoa-2")
    assert [row.state for row in Remark.objects.all()] == ["answered", "answered"]


def test_an_answer_is_added_never_changed_and_the_same_is_written_once(handed_in, cast):
    remark = _remark(handed_in, cast)
    _returned(handed_in, cast)
    for text in ("Đã sửa.", "Đã sửa.", "Đã sửa lại cho rõ."):
        remarks.answer(remark, text=text, by=cast.editor("ldvl"), now=NOW)
    assert list(remark.answers.values_list("text", flat=True)) == ["Đã sửa.", "Đã sửa lại cho rõ."]
    assert Event.objects.about(handed_in).filter(action="answer_remark").count() == 2
    with pytest.raises(TypeError):
        remark.answers.first().save()


@pytest.mark.parametrize("who", ["btxh.soan", "btxh.truong", "hoa", "binh", "duc"])
def test_only_the_unit_answers(who, handed_in, cast):
    remark = _remark(handed_in, cast)
    _returned(handed_in, cast)
    with pytest.raises(PermissionDenied):
        remarks.answer(remark, text="Đã sửa.", by=cast.people[who], now=NOW)


def test_accepting_gives_and_settles_what_stands(handed_in, cast):
    _remark(handed_in, cast)
    UNIT_PLAN.move(unit_plan_of(handed_in.plan, "ldvl"), "accept", by=cast.chief, now=NOW)
    remark = Remark.objects.get()
    assert (remark.state, remark.settled_by, remark.given_at) == ("settled", cast.chief, NOW)


def test_a_settled_remark_takes_no_answer(handed_in, cast):
    remark = _remark(handed_in, cast)
    unit_plan = _returned(handed_in, cast)
    remarks.answer(remark, text="Đã sửa.", by=cast.editor("ldvl"), now=NOW)
    UNIT_PLAN.move(unit_plan, "submit", by=cast.head("ldvl"), now=NOW, key="khoa-2")
    remarks.settle(remark, by=cast.office_staff, now=NOW)
    remarks.settle(remark, by=cast.chief, now=NOW)  # again changes nothing
    assert (remark.state, remark.settled_by) == ("settled", cast.office_staff)
    _returned(handed_in, cast, "Còn thiếu chữ ký.")
    with pytest.raises(StaleState):
        remarks.answer(remark, text="Nữa.", by=cast.editor("ldvl"), now=NOW)


def test_the_rows_refuse_to_be_changed_deleted_or_half_written(handed_in, cast):
    remark = _remark(handed_in, cast)
    for forbidden in (remark.save, remark.delete):
        with pytest.raises(TypeError):
            forbidden()
    for half in ({"withdrawn_at": NOW}, {"settled_at": NOW}, {"text": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Remark.objects.filter(pk=remark.pk).update(**half)


@pytest.fixture
def browse(client):
    def as_(person):
        client.force_login(person)
        return client

    return as_


def _add(browser, unit_plan, text, **more):
    page = browser.get(reverse("unit_plan_review", args=[unit_plan.pk]))
    data = {"part": _line(unit_plan), "text": text, "key": str(page.context["desk"].key)}
    return browser.post(reverse("remark_add", args=["ke-hoach-don-vi", unit_plan.pk]), data, **more)


def test_a_remark_is_written_beside_its_line_and_answered_there(handed_in, cast, browse):
    added = _add(browse(cast.office_staff), handed_in, "Ghi rõ số lượng.")
    remark = Remark.objects.get()
    assert added.url == f"{reverse('unit_plan_review', args=[handed_in.pk])}#y-kien-{remark.pk}"
    assert "Ghi rõ số lượng." in browse(cast.office_staff).get(added.url).content.decode()
    page = reverse("unit_plan", args=[handed_in.pk])
    assert "Ghi rõ số lượng." not in browse(cast.editor("ldvl")).get(page).content.decode()
    _returned(handed_in, cast)
    text = browse(cast.editor("ldvl")).get(page).content.decode()
    assert "Ghi rõ số lượng." in text
    assert "<strong>1 chưa trả lời</strong>" in text
    check = browse(cast.editor("ldvl")).get(reverse("unit_plan_check", args=[handed_in.pk])).content.decode()
    assert f"/y-kien/ke-hoach-don-vi/{handed_in.pk}/#y-kien-{remark.pk}" in check
    answered = browse(cast.editor("ldvl")).post(reverse("remark_answer", args=[remark.pk]), {"text": "Đã ghi."})
    assert answered.status_code == 302
    assert "Đã ghi." in browse(cast.office_staff).get(
        reverse("remark_list", args=["ke-hoach-don-vi", handed_in.pk])
    ).content.decode()  # fmt: skip


@pytest.mark.parametrize("text", ["", "  ", "thiếu\x00chữ", "dài " * 600])
def test_a_wrong_text_is_shown_again_with_its_part_and_nothing_is_stored(text, handed_in, cast, browse):
    response = _add(browse(cast.office_staff), handed_in, text)
    assert response.status_code == 200
    assert "Chưa ghi được, cần sửa" in response.content.decode()
    assert "Phát tờ gấp về nội dung procedures" in response.content.decode()
    assert not Remark.objects.exists()


def test_in_place_the_part_alone_is_sent_back_unless_the_state_moved(handed_in, cast, browse):
    browser = browse(cast.office_staff)
    page = browser.get(reverse("unit_plan_review", args=[handed_in.pk]))
    data = {"part": "text:purpose", "text": "Nêu rõ.", "key": str(page.context["desk"].key), "state": "submitted"}
    url = reverse("remark_add", args=["ke-hoach-don-vi", handed_in.pk])
    moved = browser.post(url, data, headers={"HX-Request": "true"})
    assert (moved.status_code, moved["HX-Refresh"]) == (204, "true")
    data |= {"part": _line(handed_in), "state": "in_review"}
    part = browser.post(url, data, headers={"HX-Request": "true"}).content.decode()
    assert "Nêu rõ." in part
    assert "<html" not in part
    assert browser.post(url, data | {"text": ""}, headers={"HX-Request": "true"}).status_code == 422


def test_what_reviewers_keep_is_not_found_by_others(handed_in, cast, browse):
    url = reverse("remark_answer", args=[_remark(handed_in, cast).pk])
    assert browse(cast.editor("ldvl")).get(url).status_code == 404
    _returned(handed_in, cast)
    assert browse(cast.editor("ldvl")).get(url).status_code == 200
    assert browse(cast.office_staff).get(url).status_code == 403
    assert browse(cast.editor("btxh")).get(url).status_code == 404


def test_as_many_queries_for_one_remark_as_for_thirty(handed_in, cast, browse, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = reverse("remark_list", args=["ke-hoach-don-vi", handed_in.pk])
    counts = []
    for upto in (1, 30):
        for number in range(upto):
            _remark(handed_in, cast, f"Ý {number}", key=f"k{upto}-{number}")
        browser = browse(cast.office_staff)
        browser.get(url)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            browser.get(url)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert RemarkAnswer.objects.count() == 0
