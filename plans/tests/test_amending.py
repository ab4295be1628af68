"""Amending a plan in force: untouched until the amendment is issued; then only what changed is touched."""

from datetime import datetime

import pytest

from accounts.models import Event, Notice, Unit
from accounts.workflow import MoveRefused
from plans.deadlines.workdays import VIETNAM
from plans.department.amending import consequences
from plans.department.content import content_of_plan
from plans.department.issuing import create_obligations, oblige_new_units
from plans.models import Duty, Obligation, ObligationKind, Plan, PlanSection, RegisterEntry, UnitPlan
from plans.tests.amendments import (
    BASIS,
    REASON,
    RECALLING,
    approved_amendment,
    begun,
    issue,
    recalled,
    registered_plan,
    sent_up,
)
from plans.tests.factories import DUE_AT, filled_unit_plan, issued_plan
from plans.workflow import PLAN

pytestmark = pytest.mark.usefixtures("reference")
K = ObligationKind
NEW_DUE = datetime(2022, 3, 15, 23, 59, 59, 999_999, tzinfo=VIETNAM)


@pytest.fixture
def plan(cast):
    return registered_plan(cast)


def stored(plan: Plan) -> Plan:
    return Plan.objects.get(pk=plan.pk)


def unit_plan_due(plan: Plan, code: str) -> Obligation:
    return plan.obligations.get(kind=K.UNIT_PLAN, unit__code=code)


def hand_in(plan: Plan, code: str, at: datetime) -> None:
    unit_plan_due(plan, code).stamp_submission(at)


def test_an_amendment_begins_as_a_copy_and_leaves_the_plan_in_force_untouched(plan, cast, at):
    before = content_of_plan(plan)
    amendment = begun(plan, cast, at(2022, 2, 14, 9))
    assert content_of_plan(stored(plan)) == before
    assert stored(plan).state == "issued"
    assert (amendment.amends_id, amendment.state, amendment.number, amendment.date) == (plan.pk, "draft", "", None)
    assert (amendment.amending_reason, amendment.amending_basis) == (REASON, BASIS)
    assert amendment.title == (
        "Điều chỉnh, bổ sung Kế hoạch số 123/KH-SLĐTBXH ngày 14 tháng 01 năm 2022 về "
        "tuyên truyền cải cách hành chính năm 2022"
    )
    copy = content_of_plan(amendment)
    assert [row["text"] for row in copy["sections"]] == [row["text"] for row in before["sections"]]
    assert [row["origin"] for row in copy["duties"]] == [row["id"] for row in before["duties"]]
    event = Event.objects.about(plan).last()
    assert (event.action, event.reason, event.actor) == ("amend", REASON, "Trần Văn Bình")


def test_only_one_amendment_is_open_at_a_time_and_a_cancelled_one_makes_room(plan, cast, at):
    first = begun(plan, cast, at(2022, 2, 14))
    with pytest.raises(MoveRefused, match="chưa ban hành"):
        begun(stored(plan), cast, at(2022, 2, 15))
    PLAN.move(first, "cancel", by=cast.chief, now=at(2022, 2, 15), reason="Không cần nữa.")
    assert begun(stored(plan), cast, at(2022, 2, 16)).pk != first.pk


def test_a_unit_never_sees_an_amendment(plan, cast, at):
    amendment = approved_amendment(plan, cast, at(2022, 2, 14), due_at=NEW_DUE)
    seen = Plan.objects.visible_to(cast.editor("ldvl"), on=at(2022, 2, 14).date())
    assert list(seen) == [plan]
    issue(amendment, cast, at(2022, 2, 15))
    assert list(seen.all()) == [plan]


def test_issuing_it_makes_the_next_edition_of_the_plan_in_force(plan, cast, at):
    amendment = begun(plan, cast, at(2022, 2, 14))
    amendment.sections.filter(position=0).update(text="Nội dung đã điều chỉnh.")
    amendment.recipients.create(position=1, name="Sở Nội vụ", purpose="p/h")
    sent_up(amendment, cast, at(2022, 2, 14))
    now = at(2022, 2, 15, 9)
    plan = issue(amendment, cast, now)
    assert (plan.state, plan.edition, plan.number, str(plan.date)) == ("issued", 2, "200", "2022-02-15")
    assert (plan.issued_at, plan.issued_by) == (now, cast.clerk)
    assert plan.sections.get(position=0).text == "Nội dung đã điều chỉnh."
    assert list(plan.recipients.values_list("name", flat=True)) == ["Các phòng, đơn vị thuộc Sở", "Sở Nội vụ"]
    amendment.refresh_from_db()
    assert amendment.state == "applied"
    assert list(plan.versions.values_list("number", "kind", "edition")) == [(2, "issued", 2), (1, "issued", 1)]
    assert plan.versions.first().reason == f"{REASON}\n{BASIS}"
    assert list(amendment.versions.values_list("kind", flat=True)) == ["approved"]


def test_the_old_edition_stays_as_it_was_issued(plan, cast, at):
    before = plan.versions.get().content
    plan = issue(approved_amendment(plan, cast, at(2022, 2, 14), due_at=NEW_DUE), cast, at(2022, 2, 15))
    assert plan.versions.get(edition=1).content == before
    old, new = RegisterEntry.objects.order_by("pk")
    assert (old.full_number, old.state, old.replaced_by) == ("123/KH-SLĐTBXH", "superseded", new)
    assert (new.full_number, new.state, new.object_id) == ("200/KH-SLĐTBXH", "issued", plan.pk)


def test_an_edition_issued_before_editions_were_kept_is_kept_before_it_is_amended(cast, at):
    plan = issued_plan(cast)
    old = content_of_plan(plan)["sections"]
    amendment = begun(plan, cast, at(2022, 2, 14))
    amendment.sections.filter(position=0).update(text="Mới.")
    plan = issue(sent_up(amendment, cast, at(2022, 2, 14)), cast, at(2022, 2, 15))
    assert plan.versions.get(edition=1).content["sections"] == old


def test_a_changed_date_moves_what_is_not_handed_in_and_nothing_else(plan, cast, at):
    on_time = at(2022, 2, 10, 8)
    hand_in(plan, "ldvl", on_time)
    reports = list(plan.obligations.filter(kind=K.UNIT_REPORT).order_by("pk").values())
    issue(approved_amendment(plan, cast, at(2022, 2, 14), due_at=NEW_DUE), cast, at(2022, 2, 15))
    handed_in, open_one = unit_plan_due(plan, "ldvl"), unit_plan_due(plan, "gdnn")
    assert (handed_in.due_at, handed_in.first_submitted_at) == (DUE_AT, on_time)
    assert (open_one.due_at, open_one.effective_due_at) == (NEW_DUE, NEW_DUE)
    assert list(plan.obligations.filter(kind=K.UNIT_REPORT).order_by("pk").values()) == reports
    assert plan.obligations.count() == 14 * 5


def test_what_was_late_stays_late_by_the_deadline_of_then(plan, cast, at):
    hand_in(plan, "ldvl", at(2022, 3, 1, 8))  # the deadline was 26/02
    issue(approved_amendment(plan, cast, at(2022, 3, 2), due_at=NEW_DUE), cast, at(2022, 3, 3))
    assert unit_plan_due(plan, "ldvl").timeliness(at(2022, 3, 20)).code == "late"
    assert unit_plan_due(plan, "gdnn").timeliness(at(2022, 3, 10)).code == "waiting"


def test_a_deadline_may_come_earlier_but_not_before_the_day_of_issue(plan, cast, at):
    earlier = datetime(2022, 2, 20, 23, 59, 59, tzinfo=VIETNAM)
    amendment = approved_amendment(plan, cast, at(2022, 2, 14), due_at=earlier)
    with pytest.raises(MoveRefused, match="Hạn mới 20/02/2022 đã qua"):
        issue(amendment, cast, at(2022, 2, 21))
    issue(Plan.objects.get(pk=amendment.pk), cast, at(2022, 2, 20))
    assert unit_plan_due(plan, "gdnn").due_at == earlier


@pytest.mark.parametrize(("until", "kept"), [((2022, 3, 20), True), ((2022, 3, 15), False), ((2022, 3, 1), False)])
def test_an_extension_that_the_new_deadline_reaches_is_spent(plan, cast, at, until, kept):
    extended = datetime(*until, 23, 59, 59, 999_999, tzinfo=VIETNAM)
    Obligation.objects.filter(pk=unit_plan_due(plan, "gdnn").pk).update(extended_due_at=extended)
    issue(approved_amendment(plan, cast, at(2022, 2, 14), due_at=NEW_DUE), cast, at(2022, 2, 15))
    row = unit_plan_due(plan, "gdnn")
    assert (row.extended_due_at, row.effective_due_at) == ((extended, extended) if kept else (None, NEW_DUE))


def test_a_new_duty_is_owed_as_far_as_it_falls_due_afterwards(plan, cast, at):
    amendment = begun(plan, cast, at(2022, 8, 1))
    Duty.objects.create(
        plan=amendment, position=9, kind=K.ROLL_UP, who="Văn phòng Sở", what="Báo cáo Giám đốc", recurrence="quarterly"
    )
    plan = issue(sent_up(amendment, cast, at(2022, 8, 1)), cast, at(2022, 8, 2))
    owed = plan.obligations.filter(kind=K.ROLL_UP)
    assert list(owed.values_list("occasion", "unit__code")) == [("2022-Q3", "van-phong"), ("2022-Q4", "van-phong")]
    create_obligations(plan, now=at(2022, 8, 3))
    assert owed.count() == 2


def test_a_dropped_duty_leaves_the_denominator_but_what_was_handed_in_stays(plan, cast, at):
    Obligation.objects.filter(kind=K.UNIT_REPORT, occasion="2022-Q1", unit__code="ldvl").update(
        first_submitted_at=at(2022, 3, 14)
    )
    amendment = begun(plan, cast, at(2022, 4, 1))
    amendment.duties.filter(kind=K.UNIT_REPORT).delete()
    plan = issue(sent_up(amendment, cast, at(2022, 4, 1)), cast, at(2022, 4, 4))
    reports = plan.obligations.filter(kind=K.UNIT_REPORT)
    assert [row.unit.code for row in reports.expected()] == ["ldvl"]
    gone = reports.filter(unit__code="gdnn").first()
    assert (str(gone.exempt_from), gone.exempt_reason) == ("2022-04-04", "Kế hoạch điều chỉnh số 200/KH-SLĐTBXH")
    assert plan.duties.get(kind=K.UNIT_REPORT).dropped_at == at(2022, 4, 4)
    assert plan.duties.current().count() == 1


def test_a_dropped_duty_obliges_no_unit_that_is_founded_later(plan, cast, at):
    amendment = begun(plan, cast, at(2022, 4, 1))
    amendment.duties.filter(kind=K.UNIT_REPORT).delete()
    amendment.duties.update(due_at=datetime(2022, 12, 1, tzinfo=VIETNAM))
    issue(sent_up(amendment, cast, at(2022, 4, 1)), cast, at(2022, 4, 4))
    new = Unit.objects.create(
        agency=cast.agency, code="moi", kind="division", name="Phòng mới", position=20, starts=at(2022, 7, 1).date()
    )
    oblige_new_units(at(2022, 7, 1))
    assert [row.kind for row in new.obligations.all()] == [K.UNIT_PLAN]


def test_a_duty_written_anew_is_the_same_duty_changed(plan, cast, at):
    """The editor deleted the row and typed another: a unit still hands in one plan a year."""
    amendment = begun(plan, cast, at(2022, 2, 14))
    amendment.duties.filter(kind=K.UNIT_PLAN).delete()
    Duty.objects.create(
        plan=amendment, position=0, kind=K.UNIT_PLAN, who="các đơn vị", every_unit=True, what="Lập kế hoạch",
        due_at=NEW_DUE,
    )  # fmt: skip
    plan = issue(sent_up(amendment, cast, at(2022, 2, 14)), cast, at(2022, 2, 15))
    assert plan.obligations.filter(kind=K.UNIT_PLAN).count() == 14
    assert set(plan.obligations.filter(kind=K.UNIT_PLAN).values_list("due_at", flat=True)) == {NEW_DUE}
    assert plan.duties.count() == 2


def test_a_unit_plan_that_is_no_longer_asked_is_closed_and_one_handed_in_is_not(plan, cast, at):
    filled_unit_plan(plan, "ldvl", state="submitted")
    hand_in(plan, "ldvl", at(2022, 2, 10))
    amendment = begun(plan, cast, at(2022, 2, 14))
    amendment.duties.filter(kind=K.UNIT_PLAN).delete()
    issue(sent_up(amendment, cast, at(2022, 2, 14)), cast, at(2022, 2, 15))
    states = dict(UnitPlan.objects.values_list("unit__code", "state"))
    assert states.pop("ldvl") == "submitted"
    assert set(states.values()) == {"exempt"}


def test_exactly_the_units_concerned_are_told_what_changed(plan, cast, at):
    amendment = begun(plan, cast, at(2022, 2, 14))
    Duty.objects.create(
        plan=amendment, position=9, kind=K.ROLL_UP, who="Văn phòng Sở", what="Báo cáo", recurrence="yearly"
    )
    issue(sent_up(amendment, cast, at(2022, 2, 14)), cast, at(2022, 2, 15))
    told = Notice.objects.filter(key=f"amended:{amendment.pk}")
    assert set(told.values_list("recipient__username", flat=True)) == {"van-phong.soan", "van-phong.truong"}
    assert "Báo cáo tổng hợp trình Giám đốc, Năm 2022: thêm" in told.first().body


def test_a_change_of_words_alone_tells_no_unit(plan, cast, at):
    amendment = begun(plan, cast, at(2022, 2, 14))
    amendment.sections.update(text="Chữ khác.")
    issue(sent_up(amendment, cast, at(2022, 2, 14)), cast, at(2022, 2, 15))
    assert not Notice.objects.filter(key=f"amended:{amendment.pk}").exists()


def test_the_preview_says_what_issuing_then_does(plan, cast, at):
    hand_in(plan, "ldvl", at(2022, 2, 10))
    amendment = approved_amendment(plan, cast, at(2022, 2, 14), due_at=NEW_DUE)
    found = consequences(amendment, now=at(2022, 2, 15))
    by_unit = {row.unit.code: row for row in found}
    assert len(found) == 14
    assert (by_unit["ldvl"].kind, by_unit["ldvl"].sentence) == (
        "kept", "Kế hoạch của đơn vị, Năm 2022: đã nộp, giữ nguyên",
    )  # fmt: skip
    assert by_unit["gdnn"].sentence == "Kế hoạch của đơn vị, Năm 2022: hạn 26/02/2022 đổi thành 15/3/2022"


def test_a_draft_changed_behind_its_approval_is_not_issued(plan, cast, at):
    amendment = approved_amendment(plan, cast, at(2022, 2, 14))
    PlanSection.objects.filter(plan=amendment, position=0).update(text="Chèn thêm sau khi duyệt.")
    with pytest.raises(MoveRefused, match="không còn đúng bản đã duyệt"):
        issue(amendment, cast, at(2022, 2, 15))


def test_a_refused_issue_of_an_amendment_changes_nothing(plan, cast, at):
    before = content_of_plan(plan), list(plan.obligations.order_by("pk").values())
    amendment = approved_amendment(plan, cast, at(2022, 2, 14), due_at=NEW_DUE)
    with pytest.raises(MoveRefused, match="Số 123/KH-SLĐTBXH đã dùng trong năm 2022"):
        issue(amendment, cast, at(2022, 2, 15), number="123")
    assert (content_of_plan(stored(plan)), list(plan.obligations.order_by("pk").values())) == before
    assert amendment.state == "approved"


def test_issuing_to_44_units_takes_a_bounded_number_of_queries(plan, cast, at, django_assert_max_num_queries):
    Unit.objects.bulk_create(
        Unit(agency=cast.agency, code=f"p{n}", kind="division", name=f"Phòng {n}", position=50 + n) for n in range(30)
    )
    create_obligations(plan, now=at(2022, 1, 20))
    amendment = approved_amendment(plan, cast, at(2022, 2, 14), due_at=NEW_DUE)
    with django_assert_max_num_queries(110):
        issue(amendment, cast, at(2022, 2, 15))
    assert plan.obligations.filter(kind=K.UNIT_PLAN, due_at=NEW_DUE).count() == 44


def test_a_recalled_plan_asks_nothing_more_and_says_why(plan, cast, at):
    hand_in(plan, "ldvl", at(2022, 2, 10))
    filled_unit_plan(plan, "gdnn")
    recalled(plan, cast, at(2022, 3, 1))
    assert stored(plan).state == "recalled"
    open_row = unit_plan_due(plan, "gdnn")
    assert (str(open_row.exempt_from), open_row.exempt_reason) == (
        "2022-03-01", f"Thu hồi theo {RECALLING}: Ban hành trái thẩm quyền.",
    )  # fmt: skip
    assert unit_plan_due(plan, "ldvl").exempt_from is None
    assert UnitPlan.objects.get(unit__code="gdnn").state == "exempt"
    entry = RegisterEntry.objects.get()
    assert (entry.state, entry.note) == ("recalled", f"Thu hồi theo {RECALLING}")
    assert Notice.objects.filter(key=f"recalled:{plan.pk}").count() == 28


def test_a_recalled_plan_stays_readable_for_its_units(plan, cast, at):
    recalled(plan, cast, at(2022, 3, 1))
    assert list(Plan.objects.visible_to(cast.editor("ldvl"), on=at(2022, 3, 1).date())) == [plan]


def test_after_a_recall_the_year_gets_another_plan(plan, cast, at):
    Obligation.objects.filter(kind=K.UNIT_REPORT, occasion="2022-Q1", unit__code="ldvl").update(
        first_submitted_at=at(2022, 3, 14)
    )
    recalled(plan, cast, at(2022, 3, 20))
    second = issued_plan(cast, now=at(2022, 3, 25))
    owed = second.obligations.filter(unit__code="ldvl")
    # The report of the first quarter was handed in and is not asked again; the unit's plan is.
    assert sorted(owed.values_list("occasion", flat=True)) == ["2022", "2022-Q2", "2022-Q3", "2022-Q4"]


def test_a_plan_with_an_open_amendment_is_neither_recalled_nor_closed(plan, cast, at):
    begun(plan, cast, at(2022, 2, 14))
    for move, now in (("recall", at(2022, 3, 1)), ("close", at(2023, 2, 1))):
        with pytest.raises(MoveRefused, match="bản điều chỉnh chưa ban hành"):
            PLAN.move(stored(plan), move, by=cast.chief, now=now, reason="Lý do", document=RECALLING)


def test_a_recall_names_its_document(plan, cast, at):
    with pytest.raises(MoveRefused, match="Nhập số, ký hiệu, ngày của văn bản thu hồi"):
        PLAN.move(plan, "recall", by=cast.chief, now=at(2022, 3, 1), reason="Sai thẩm quyền.")
