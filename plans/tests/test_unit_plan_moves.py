"""Every move of a unit plan × every state × everyone of the cast, from design/workflows.md by hand."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Event, Notice, Post, Role, User
from accounts.workflow import MoveRefused, StaleState
from plans.models import Obligation, UnitPlan, UnitPlanState
from plans.scans import Scan
from plans.tests.factories import DUE_AT, filled_unit_plan, issued_plan, unit_plan_of
from plans.workflow import UNIT_PLAN

# (move, from) → (to, who may). Everybody else may not, from every other state the move does not exist.
TABLE = {
    ("start", "not_started"): ("drafting", {"editor", "head"}),
    ("send_to_head", "drafting"): ("head_review", {"editor"}),
    ("send_to_head", "returned"): ("head_review", {"editor"}),
    ("submit", "drafting"): ("submitted", {"head"}),
    ("submit", "head_review"): ("submitted", {"head"}),
    ("submit", "returned"): ("submitted", {"head"}),
    ("submit", "amending"): ("submitted", {"head"}),
    ("submit_paper", "not_started"): ("submitted", {"office_staff"}),
    ("submit_paper", "drafting"): ("submitted", {"office_staff"}),
    ("submit_paper", "head_review"): ("submitted", {"office_staff"}),
    ("submit_paper", "returned"): ("submitted", {"office_staff"}),
    ("pull_back", "head_review"): ("drafting", {"editor", "head"}),
    ("withdraw", "submitted"): ("drafting", {"head"}),
    ("take_up", "submitted"): ("in_review", {"office_staff", "chief"}),
    ("accept", "submitted"): ("accepted", {"office_staff", "chief"}),
    ("accept", "in_review"): ("accepted", {"office_staff", "chief"}),
    ("send_back", "submitted"): ("returned", {"office_staff", "chief"}),
    ("send_back", "in_review"): ("returned", {"office_staff", "chief"}),
    ("amend", "accepted"): ("amending", {"head"}),
    ("exempt", "not_started"): ("exempt", {"chief"}),
    ("exempt", "drafting"): ("exempt", {"chief"}),
    ("transfer", "not_started"): ("transferred", {"chief"}),
    ("transfer", "drafting"): ("transferred", {"chief"}),
}
MOVES = sorted({name for name, _state in TABLE})
NOW = DUE_AT - timedelta(days=4)
SCAN = Scan("paper/ab/abc.pdf", "Kế hoạch 05.pdf")


@pytest.fixture
def plan(cast):
    return issued_plan(cast)


@pytest.fixture
def people(cast):
    """Everyone who could try, also who held the post until yesterday and who is disabled."""
    former, disabled = (
        User.objects.create(username=name, full_name=name, email=f"{name}@cchc.example.vn")
        for name in ("cu.truong", "khoa.truong")
    )
    Post.objects.create(
        user=former, agency=cast.agency, unit=cast.units["ldvl"], role=Role.UNIT_HEAD,
        starts=date(2016, 1, 1), ends=NOW.date() - timedelta(days=1),
    )  # fmt: skip
    Post.objects.create(
        user=disabled, agency=cast.agency, unit=cast.units["ldvl"], role=Role.UNIT_HEAD, starts=date(2016, 1, 1)
    )
    User.objects.filter(pk=disabled.pk).update(is_active=False)
    return {
        "editor": cast.editor("ldvl"), "head": cast.head("ldvl"), "other_editor": cast.editor("btxh"),
        "other_head": cast.head("btxh"), "office_editor": cast.editor("van-phong"),
        "office_head": cast.head("van-phong"), "office_staff": cast.office_staff, "chief": cast.chief,
        "director": cast.director, "clerk": cast.clerk, "inspector": cast.people["huy"],
        "administrator": cast.people["nam"], "former_head": former, "disabled_head": User.objects.get(pk=disabled.pk),
    }  # fmt: skip


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


def _in_state(plan, cast, state):
    unit_plan = filled_unit_plan(plan, "ldvl", state=state)
    if state == "submitted":  # with the receipt that a submission leaves
        unit_plan.state = "drafting"
        unit_plan.save()
        UNIT_PLAN.move(unit_plan, "submit", by=cast.head("ldvl"), now=NOW, key="khoa-0")
    return unit_plan


@pytest.mark.parametrize("state", UnitPlanState.values)
def test_each_move_is_open_to_its_people_in_its_states_only(state, plan, cast, people):
    unit_plan = _in_state(plan, cast, state)
    for name in MOVES:
        target, allowed = TABLE.get((name, state), (None, set()))
        for who, person in people.items():
            expected = "stale" if target is None else target if who in allowed else "forbidden"
            assert _outcome(unit_plan, name, person) == expected, (state, name, who)


@pytest.mark.parametrize("state", UnitPlanState.values)
def test_the_buttons_shown_are_the_moves_that_are_open(state, plan, cast, people):
    unit_plan = _in_state(plan, cast, state)
    for who, person in people.items():
        shown = {move.name for move in UNIT_PLAN.open_to(person, unit_plan, on=NOW.date())}
        assert shown == {name for (name, source), (_to, allowed) in TABLE.items() if source == state and who in allowed}


@pytest.mark.parametrize("name", ["take_up", "accept", "send_back"])
def test_the_office_does_not_review_its_own_plan_the_director_does(name, plan, cast, people):
    unit_plan = _submitted(plan, cast, "van-phong")
    passes = {who for who, person in people.items() if _outcome(unit_plan, name, person) not in ("forbidden", "stale")}
    assert passes == {"director"}


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
    assert {_outcome(unit_plan, "submit_paper", person) for person in people.values()} == {"forbidden"}


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
