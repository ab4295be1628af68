"""Every move of a unit plan × every state × everyone (the cells stand in unit_plan_cells.py), and what moves do."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.delegations import delegate
from accounts.models import Delegation, Event, Notice, Post, Role, User
from accounts.workflow import MoveRefused, StaleState
from plans.models import Obligation, UnitPlan, UnitPlanState
from plans.scans import Scan
from plans.tests.factories import DUE_AT, filled_unit_plan, issued_plan, unit_plan_of
from plans.tests.unit_plan_cells import OF_A_UNIT, OF_THE_OFFICE, WHO
from plans.workflow import UNIT_PLAN

NOW = DUE_AT - timedelta(days=4)
SCAN = Scan("paper/ab/abc.pdf", "Kế hoạch 05.pdf")


@pytest.fixture
def plan(cast):
    return issued_plan(cast)


@pytest.fixture
def people(cast):
    """Everyone who could try, for a unit's plan and for the Office's: code of the unit → column → person."""
    return {code: _people(cast, code) for code in ("ldvl", "van-phong")}


def _people(cast, code: str) -> dict[str, User]:
    unit = cast.units[code]

    def person(name: str, **post) -> User:
        user = User.objects.create(username=f"{code}.{name}", full_name=name, email=f"{name}@cchc.example.vn")
        Post.objects.create(**{"user": user, "agency": cast.agency, "unit": unit, "starts": date(2016, 1, 1)} | post)
        return user

    standing_in = person("thay", role=Role.UNIT_EDITOR)
    member = person("kiem", role=Role.UNIT_EDITOR)
    Post.objects.create(user=member, agency=cast.agency, role=Role.OFFICE_STAFF, starts=date(2016, 1, 1))
    former = person("cu", role=Role.UNIT_HEAD, ends=NOW.date() - timedelta(days=1))
    disabled = person("khoa", role=Role.UNIT_HEAD)
    User.objects.filter(pk=disabled.pk).update(is_active=False)
    row = Delegation(
        unit=unit, head=cast.head(code), delegate=standing_in, form="KT.", title="Phó Trưởng phòng",
        starts=NOW.date(), ends=NOW.date(),
    )  # fmt: skip
    delegate(row, by=cast.head(code), now=NOW)
    column = (
        cast.editor(code), cast.head(code), standing_in, cast.editor("btxh"), cast.head("btxh"), cast.office_staff,
        cast.chief, cast.director, cast.clerk, cast.people["huy"], cast.people["nam"], member, former, disabled,
    )  # fmt: skip
    return dict(zip(WHO, (User.objects.get(pk=user.pk) for user in column), strict=True))


def _outcome(unit_plan, name, person):
    """What comes of the attempt, undone afterwards: the new state, "forbidden" or "stale"."""
    obj = unit_plan_of(unit_plan.plan, unit_plan.unit.code)
    try:
        with transaction.atomic():
            UNIT_PLAN.move(obj, name, by=person, now=NOW, reason="Có lý do.", key=f"{name}-{person.pk}", scan=SCAN)
            stored = UnitPlan.objects.get(pk=obj.pk).state
            assert stored == obj.state
            transaction.set_rollback(True)
            return stored
    except PermissionDenied:
        return "forbidden"
    except StaleState:
        return "stale"


def _submitted(plan, cast, code="ldvl", key="khoa-1", now=NOW):
    unit_plan = filled_unit_plan(plan, code)
    UNIT_PLAN.move(unit_plan, "submit", by=cast.head(code), now=now, key=key)
    return unit_plan


def _in_state(plan, cast, state, code="ldvl"):
    unit_plan = filled_unit_plan(plan, code, state=state)
    if state == "submitted":  # with the receipt that a submission leaves
        unit_plan.state = "drafting"
        unit_plan.save()
        UNIT_PLAN.move(unit_plan, "submit", by=cast.head(code), now=NOW, key="khoa-0")
    return unit_plan


WORDS = {"x": None, ".": "forbidden", "-": "stale"}  # of a cell; None: the state that the move leads to


@pytest.mark.parametrize(("code", "cells"), [("ldvl", OF_A_UNIT), ("van-phong", OF_THE_OFFICE)])
@pytest.mark.parametrize("state", UnitPlanState.values)
def test_each_cell_is_as_the_table_says(state, code, cells, plan, cast, people):
    unit_plan = _in_state(plan, cast, state, code)
    shown = {
        who: {move.name for move in UNIT_PLAN.open_to(person, unit_plan, on=NOW.date())}
        for who, person in people[code].items()
    }
    for (of_state, name), (target, marks) in cells.items():
        if of_state == state:
            for who, mark in marks.items():
                outcome = _outcome(unit_plan, name, people[code][who])
                assert outcome == (WORDS[mark] or target), (state, name, who)
                assert (name in shown[who]) == (mark == "x"), (state, name, who, "nút")


def test_the_table_leaves_no_cell_out():
    moves = {name for name, _source in UNIT_PLAN.moves}
    assert set(OF_A_UNIT) == set(OF_THE_OFFICE) == set(product(UnitPlanState.values, moves))
    for (state, name), (target, _marks) in OF_A_UNIT.items():
        move = UNIT_PLAN.find(name, state)
        assert target == (move.target if move else "-"), (state, name)


def test_who_handed_in_may_not_accept_even_as_office_staff(plan, cast):
    head = cast.head("ldvl")
    Post.objects.create(user=head, agency=cast.agency, role=Role.OFFICE_STAFF, starts=date(2016, 1, 1))
    unit_plan = _submitted(plan, cast)
    assert _outcome(unit_plan, "accept", head) == "forbidden"
    assert _outcome(unit_plan, "accept", cast.office_staff) == "accepted"


@pytest.mark.parametrize(
    ("name", "state", "who"),
    [("withdraw", "submitted", "ldvl.truong"), ("amend", "accepted", "ldvl.truong"),
     ("exempt", "drafting", "binh"), ("transfer", "drafting", "binh"), ("submit_paper", "drafting", "hoa")],
)  # fmt: skip
@pytest.mark.parametrize("reason", ["", "   ", "\u200b", "\xa0\n"])
def test_a_move_that_needs_a_reason_is_refused_without_one(name, state, who, reason, plan, cast):
    unit_plan = _in_state(plan, cast, state)
    with pytest.raises(MoveRefused) as refused:
        UNIT_PLAN.move(unit_plan, name, by=cast.people[who], now=NOW, reason=reason)
    assert refused.value.messages == ["Nhập lý do."]
    assert unit_plan_of(plan, "ldvl").state == unit_plan.state == state


def test_a_reason_with_nul_is_refused_in_words(plan, cast):
    unit_plan = _submitted(plan, cast)
    with pytest.raises(MoveRefused, match="ký tự không hợp lệ"):
        UNIT_PLAN.move(unit_plan, "send_back", by=cast.office_staff, now=NOW, reason="thiếu\x00mục")


def test_a_post_that_ends_today_still_counts_whatever_zone_the_caller_has(plan, cast, at):
    from datetime import UTC

    cast.head("ldvl").posts.update(ends=date(2022, 2, 26))
    unit_plan = filled_unit_plan(plan)
    just_after_midnight = at(2022, 2, 27, 0, 30).astimezone(UTC)  # still 26/02 in UTC
    with pytest.raises(PermissionDenied):
        UNIT_PLAN.move(unit_plan, "submit", by=cast.head("ldvl"), now=just_after_midnight, key="khoa-1")


@pytest.mark.parametrize("name", ["send_to_head", "submit"])
def test_a_gap_keeps_the_plan_in_the_unit_and_names_the_area(name, plan, cast):
    unit_plan = filled_unit_plan(plan)
    unit_plan.activities.filter(area__code="procedures").delete()
    who = cast.editor("ldvl") if name == "send_to_head" else cast.head("ldvl")
    with pytest.raises(MoveRefused) as refused:
        UNIT_PLAN.move(unit_plan, name, by=who, now=NOW, key="khoa-1")
    assert refused.value.messages == [
        "Nội dung c) Cải cách thủ tục hành chính: thêm ít nhất một hoạt động, hoặc ghi “không có” kèm lý do."
    ]
    assert unit_plan_of(plan, "ldvl").state == "drafting"


def test_a_return_keeps_its_reason_counts_and_tells_the_unit(plan, cast):
    unit_plan = _submitted(plan, cast)
    UNIT_PLAN.move(unit_plan, "send_back", by=cast.office_staff, now=NOW, reason="  Bổ sung sản phẩm mục c.  ")
    stored = unit_plan_of(plan, "ldvl")
    assert (stored.state, stored.return_reason) == ("returned", "Bổ sung sản phẩm mục c.")
    assert stored.obligation.returns == 1
    assert Event.objects.about(stored).last().reason == "Bổ sung sản phẩm mục c."
    told = Notice.objects.filter(title__contains="được trả lại").values_list("recipient__username", flat=True)
    assert set(told) == {"ldvl.soan", "ldvl.truong"}


def test_withdrawing_in_time_voids_the_receipt_and_its_stamp(plan, cast):
    unit_plan = _submitted(plan, cast)
    UNIT_PLAN.move(unit_plan, "withdraw", by=cast.head("ldvl"), now=DUE_AT, reason="Thiếu phụ lục.")
    obligation = Obligation.objects.get(pk=unit_plan.obligation_id)
    assert obligation.first_submitted_at is None
    assert obligation.receipts.get().voided_at == DUE_AT


def test_withdrawing_after_the_deadline_is_refused_and_the_stamp_stays(plan, cast):
    unit_plan = _submitted(plan, cast)
    with pytest.raises(MoveRefused, match="Đã quá hạn nộp nên không rút lại được"):
        UNIT_PLAN.move(
            unit_plan, "withdraw", by=cast.head("ldvl"), now=DUE_AT + timedelta(microseconds=1), reason="Muộn."
        )
    obligation = Obligation.objects.get(pk=unit_plan.obligation_id)
    assert obligation.first_submitted_at == NOW
    assert obligation.receipts.get().voided_at is None


def test_withdrawing_a_resubmission_leaves_the_first_submission_as_it_was(plan, cast):
    unit_plan = _submitted(plan, cast)
    UNIT_PLAN.move(unit_plan, "send_back", by=cast.office_staff, now=NOW, reason="Sửa.")
    UNIT_PLAN.move(unit_plan, "submit", by=cast.head("ldvl"), now=NOW + timedelta(days=1), key="khoa-2")
    UNIT_PLAN.move(unit_plan, "withdraw", by=cast.head("ldvl"), now=NOW + timedelta(days=2), reason="Còn thiếu.")
    obligation = Obligation.objects.get(pk=unit_plan.obligation_id)
    assert obligation.first_submitted_at == NOW
    assert [receipt.voided_at is None for receipt in obligation.receipts.all()] == [True, False]


def test_an_exempt_unit_leaves_the_denominator_from_that_day(plan, cast):
    unit_plan = unit_plan_of(plan, "ldvl")
    UNIT_PLAN.move(unit_plan, "exempt", by=cast.chief, now=NOW, reason="Đơn vị đang sáp nhập.")
    obligation = Obligation.objects.get(pk=unit_plan.obligation_id)
    assert (obligation.exempt_from, obligation.exempt_reason) == (NOW.date(), "Đơn vị đang sáp nhập.")
    assert obligation.timeliness(NOW).code == "exempt"


def test_a_duty_handed_over_leaves_the_denominator_as_an_exempt_one_does(plan, cast):
    unit_plan = unit_plan_of(plan, "ldvl")
    reason = "Phòng Người có công tiếp nhận theo Quyết định số 12/QĐ-SLĐTBXH."
    UNIT_PLAN.move(unit_plan, "transfer", by=cast.chief, now=NOW, reason=reason)
    obligation = Obligation.objects.get(pk=unit_plan.obligation_id)
    assert (obligation.exempt_from, obligation.exempt_reason) == (NOW.date(), f"Bàn giao: {reason}")
    assert obligation.timeliness(NOW).code == "exempt"
    assert not Obligation.objects.expected().filter(pk=obligation.pk).exists()


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("exempt", "Đơn vị đã nộp nên không miễn được."), ("transfer", "Đơn vị đã nộp nên không bàn giao được.")],
)
def test_what_was_handed_in_once_stays_in_the_denominator(name, refusal, plan, cast):
    unit_plan = _submitted(plan, cast)
    UnitPlan.objects.filter(pk=unit_plan.pk).update(state="drafting")
    with pytest.raises(MoveRefused) as refused:
        UNIT_PLAN.move(unit_plan_of(plan, "ldvl"), name, by=cast.chief, now=NOW, reason="Sáp nhập.")
    assert refused.value.messages == [refusal]
    assert Obligation.objects.get(pk=unit_plan.obligation_id).exempt_from is None


@pytest.mark.parametrize("role", [Role.UNIT_EDITOR, Role.UNIT_HEAD])
def test_office_staff_do_not_enter_paper_for_a_unit_they_belong_to(role, plan, cast):
    Post.objects.create(
        user=cast.office_staff, agency=cast.agency, unit=cast.units["ldvl"], role=role, starts=date(2016, 1, 1)
    )
    assert _outcome(filled_unit_plan(plan, "ldvl"), "submit_paper", cast.office_staff) == "forbidden"
    assert _outcome(unit_plan_of(plan, "btxh"), "submit_paper", cast.office_staff) == "submitted"


def test_nobody_enters_paper_for_the_offices_own_plan(plan, cast, people):
    unit_plan = filled_unit_plan(plan, "van-phong")
    assert {_outcome(unit_plan, "submit_paper", person) for person in people["van-phong"].values()} == {"forbidden"}


def test_paper_without_its_scan_is_refused(plan, cast):
    unit_plan = filled_unit_plan(plan)
    with pytest.raises(MoveRefused) as refused:
        UNIT_PLAN.move(unit_plan, "submit_paper", by=cast.office_staff, now=NOW, reason="Số 05.", key="khoa-1")
    assert refused.value.messages == ["Chọn tệp bản quét của bản giấy."]
    assert unit_plan_of(plan, "ldvl").state == "drafting"


def test_two_people_who_move_at_once_one_is_told_so(plan, cast):
    first, second = _submitted(plan, cast), unit_plan_of(plan, "ldvl")
    UNIT_PLAN.move(first, "accept", by=cast.office_staff, now=NOW)
    with pytest.raises(StaleState):
        UNIT_PLAN.move(second, "send_back", by=cast.chief, now=NOW, reason="Sửa.")
    assert unit_plan_of(plan, "ldvl").state == "accepted"
