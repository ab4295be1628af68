"""Every move of the department's plan × state × role, against the table of design/workflows.md."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Event, Notice, Post, Role, User
from accounts.workflow import MoveRefused, StaleState
from plans.actions import settle_defect
from plans.department import versions
from plans.department.amending import begin
from plans.models import Obligation, Plan, PlanState
from plans.models.plan import IN_FORCE
from plans.tests.factories import draft_plan, issued_plan
from plans.tests.real_plan import approved, issued, settled, stored
from plans.workflow import PLAN

pytestmark = pytest.mark.usefixtures("reference")

OS, OH, DI, VT = Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE, Role.DIRECTOR, Role.CLERK
S = PlanState

# (move, from): (to, who, whether a reason is asked for). Everything that is not here is refused.
TABLE = {
    ("send_to_office", S.DRAFT): (S.OFFICE_REVIEW, {OS}, False),
    ("send_to_director", S.OFFICE_REVIEW): (S.DIRECTOR_REVIEW, {OH}, False),
    ("send_back", S.OFFICE_REVIEW): (S.DRAFT, {OH}, True),
    ("approve", S.DIRECTOR_REVIEW): (S.APPROVED, {DI}, False),
    ("send_back", S.DIRECTOR_REVIEW): (S.DRAFT, {DI}, True),
    ("reopen", S.APPROVED): (S.DIRECTOR_REVIEW, {DI, OH}, True),
    ("issue", S.APPROVED): (S.ISSUED, {VT, OS}, False),
    ("amend", S.ISSUED): (S.ISSUED, {OH}, True),
    ("recall", S.ISSUED): (S.RECALLED, {DI, OH}, True),
    ("close", S.ISSUED): (S.CLOSED, {OH}, False),
    ("cancel", S.DRAFT): (S.CANCELLED, {OH}, True),
    ("cancel", S.OFFICE_REVIEW): (S.CANCELLED, {OH}, True),
}
# An amendment goes the same way, is issued by a move of its own and never comes into force beside its plan.
AMENDMENT_TABLE = {key: row for key, row in TABLE.items() if key[1] != S.ISSUED and key[0] != "issue"} | {
    ("issue_amendment", S.APPROVED): (S.APPLIED, {VT, OS}, False)
}
MOVES = (
    "send_to_office", "send_to_director", "send_back", "approve", "reopen", "issue", "issue_amendment", "amend",
    "recall", "close", "cancel",
)  # fmt: skip
PEOPLE = {
    OS: "hoa", OH: "binh", DI: "duc", VT: "lan", Role.INSPECTOR: "huy", Role.ADMINISTRATOR: "nam",
    Role.UNIT_EDITOR: "ldvl.soan", Role.UNIT_HEAD: "ldvl.truong",
}  # fmt: skip
DATA = {
    "number": "200", "on": date(2022, 2, 10), "basis": "Công văn số 15/SNV-CCHC",
    "document": "Công văn số 16/SLĐTBXH-VP ngày 01/02/2023",
}  # fmt: skip


@pytest.fixture
def plan(cast, at) -> Plan:
    return settled(stored(cast, at(2022, 1, 20)), cast, at(2022, 1, 20))


def put(plan: Plan, state: str, by: User, now) -> Plan:
    """The plan as it would stand in a state, without the way there."""
    stamps = {"number": "123", "date_day": 10, "issued_at": now, "issued_by": by}
    Plan.objects.filter(pk=plan.pk).update(state=state, **(stamps if state in IN_FORCE else {}))
    plan.refresh_from_db()
    plan.versions.all().delete()
    if state == S.APPROVED:
        versions.freeze(plan, "approved", by=by, now=now)
    return plan


def amendment_of(plan: Plan, cast, now) -> Plan:
    return begin(plan, by=cast.chief, now=now, reason="Dời hạn.", basis="Công văn số 15/SNV-CCHC")


KINDS = {
    "a plan": (TABLE, draft_plan),
    "an amendment": (AMENDMENT_TABLE, lambda cast, now: amendment_of(issued_plan(cast), cast, now)),
}


STATES = {"a plan": list(S), "an amendment": [state for state in S if state not in (*IN_FORCE, S.RECALLED)]}


@pytest.mark.parametrize(("kind", "state"), [(kind, state.value) for kind in KINDS for state in STATES[kind]])
def test_a_move_is_open_exactly_to_whom_the_table_names(cast, at, state, kind):
    now, (table, make) = at(2023, 2, 1, 9), KINDS[kind]
    plan = make(cast, now=now)
    for role, name in PEOPLE.items():
        person = cast.people[name]
        expected = [move for move in MOVES if (move, state) in table and role in table[move, state][1]]
        offered = PLAN.open_to(person, put(plan, state, cast.clerk, now), on=now.date())
        assert sorted(move.name for move in offered) == sorted(expected), role
        for move in MOVES:
            seen = put(plan, state, cast.clerk, now)
            with transaction.atomic():
                if move in expected:
                    PLAN.move(seen, move, by=person, now=now, reason="Lý do", **DATA)
                    assert Plan.objects.get(pk=plan.pk).state == table[move, state][0]
                else:
                    # Nobody's move from here; "issue" and "issue_amendment" are each other's refusal.
                    known = PLAN.find(move, state) is not None
                    with pytest.raises(PermissionDenied if known else StaleState):
                        PLAN.move(seen, move, by=person, now=now, reason="Lý do", **DATA)
                    assert Plan.objects.get(pk=plan.pk).state == state
                transaction.set_rollback(True)  # the next move begins where this one did


def test_the_table_and_the_code_name_the_same_moves():
    assert set(PLAN.moves) == set(TABLE) | set(AMENDMENT_TABLE)


@pytest.mark.parametrize(("move", "state"), [key for key, row in TABLE.items() if row[2]])
def test_a_move_that_gives_back_or_ends_needs_a_reason(plan, cast, at, move, state):
    person = next(cast.people[PEOPLE[role]] for role in TABLE[move, state][1])
    plan = put(plan, state, cast.clerk, at(2022, 2, 1))
    for reason in ("", "   ", "\u200b", "\u00a0"):
        with pytest.raises(MoveRefused, match="Nhập lý do"):
            PLAN.move(plan, move, by=person, now=at(2022, 2, 1), reason=reason, **DATA)
    assert Plan.objects.get(pk=plan.pk).state == state


@pytest.mark.parametrize(
    ("reason", "words"), [("a\x00b", "ký tự không hợp lệ"), ("x" * 2001, "tối đa 2.000 ký tự, hiện có 2001")]
)
def test_a_reason_that_no_page_can_show_is_refused_in_words(plan, cast, at, reason, words):
    plan = put(plan, S.OFFICE_REVIEW, cast.clerk, at(2022, 2, 1))
    with pytest.raises(MoveRefused, match=words):
        PLAN.move(plan, "send_back", by=cast.chief, now=at(2022, 2, 1), reason=reason)


def test_the_history_says_who_in_which_post_when_from_to_and_why(plan, cast, at):
    plan = put(plan, S.OFFICE_REVIEW, cast.clerk, at(2022, 2, 1))
    PLAN.move(plan, "send_back", by=cast.chief, now=at(2022, 2, 3, 8, 30), reason="Ghi rõ mục II.")
    event = Event.objects.about(plan).last()
    assert (event.actor, event.post, event.at) == ("Trần Văn Bình", "Chánh Văn phòng", at(2022, 2, 3, 8, 30))
    assert (event.from_state, event.to_state, event.reason) == ("office_review", "draft", "Ghi rõ mục II.")


def test_a_post_that_has_ended_moves_nothing(plan, cast, at):
    Post.objects.filter(user=cast.chief).update(ends=date(2022, 1, 31))
    plan = put(plan, S.OFFICE_REVIEW, cast.clerk, at(2022, 2, 1))
    with pytest.raises(PermissionDenied):
        PLAN.move(plan, "send_to_director", by=User.objects.get(pk=cast.chief.pk), now=at(2022, 2, 1))


def test_of_two_people_who_see_one_version_only_the_first_moves_it(plan, cast, at):
    put(plan, S.OFFICE_REVIEW, cast.clerk, at(2022, 2, 1))
    first, second = Plan.objects.get(pk=plan.pk), Plan.objects.get(pk=plan.pk)
    PLAN.move(first, "send_to_director", by=cast.chief, now=at(2022, 2, 1))
    with pytest.raises(StaleState):
        PLAN.move(second, "send_back", by=cast.chief, now=at(2022, 2, 1), reason="Lý do")
    assert Plan.objects.get(pk=plan.pk).state == S.DIRECTOR_REVIEW


def test_a_draft_with_doubtful_places_stays_until_each_was_looked_at(cast, at):
    plan = stored(cast, at(2022, 1, 20))
    count = plan.defects.count()
    with pytest.raises(MoveRefused, match=f"Còn {count} điểm cần xem lại"):
        PLAN.move(plan, "send_to_office", by=cast.office_staff, now=at(2022, 1, 21))
    assert (plan.state, plan.version) == (S.DRAFT, 1)
    assert not Event.objects.about(plan).filter(action="send_to_office").exists()
    settled(plan, cast, at(2022, 1, 21))
    assert Event.objects.about(plan).filter(action="settle_defect").count() == count
    PLAN.move(plan, "send_to_office", by=cast.office_staff, now=at(2022, 1, 21))


def test_a_content_area_that_the_plan_forgets_is_named(plan, cast, at):
    plan.sections.filter(area__code="apparatus").update(area=None)
    with pytest.raises(MoveRefused, match=r"d\) Cải cách tổ chức bộ máy"):
        PLAN.move(plan, "send_to_office", by=cast.office_staff, now=at(2022, 1, 21))


def test_a_duty_without_a_date_is_named(plan, cast, at):
    plan.duties.filter(kind="unit_plan").update(due_at=None)
    with pytest.raises(MoveRefused, match="chưa có thời hạn"):
        PLAN.move(plan, "send_to_office", by=cast.office_staff, now=at(2022, 1, 21))


@pytest.mark.parametrize(
    ("number", "on", "words"),
    [
        ("", date(2022, 2, 10), "Nhập số của văn bản"),
        ("abc", date(2022, 2, 10), "bắt đầu bằng chữ số"),
        ("123456789012", date(2022, 2, 10), "tối đa 11 ký tự"),
        ("123", None, "Nhập ngày ban hành"),
        ("123", date(2019, 2, 10), "năm 2022 hoặc năm trước"),
    ],
)
def test_what_is_issued_has_a_number_and_a_date(cast, at, number, on, words):
    plan = approved(cast, at(2022, 2, 1))
    with pytest.raises(MoveRefused, match=words):
        PLAN.move(plan, "issue", by=cast.clerk, now=at(2022, 2, 10), number=number, on=on)
    assert Plan.objects.get(pk=plan.pk).state == S.APPROVED
    assert not Obligation.objects.exists()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda plan: Plan.objects.filter(pk=plan.pk).update(signer_name=""), "chưa có người ký"),
        (lambda plan: plan.recipients.all().delete(), "chưa có nơi nhận"),
        (lambda plan: plan.duties.all().delete(), "chưa giao nhiệm vụ"),
    ],
)
def test_what_is_issued_has_a_signer_recipients_and_duties(cast, at, spoil, words):
    plan = approved(cast, at(2022, 2, 1))
    spoil(plan)
    with pytest.raises(MoveRefused, match=words):
        PLAN.move(Plan.objects.get(pk=plan.pk), "issue", by=cast.clerk, now=at(2022, 2, 10), **DATA)


def test_a_plan_closes_from_31_january_of_the_next_year(cast, at):
    plan = issued(cast, at(2022, 2, 10))
    with pytest.raises(MoveRefused, match="31/01"):
        PLAN.move(plan, "close", by=cast.chief, now=at(2023, 1, 30, 23, 59))
    assert PLAN.move(plan, "close", by=cast.chief, now=at(2023, 1, 31)).state == S.CLOSED


@pytest.mark.parametrize(
    ("move", "state", "who", "waits"),
    [
        ("send_to_office", S.DRAFT, "hoa", ["binh"]),
        ("send_to_director", S.OFFICE_REVIEW, "binh", ["duc"]),
        ("approve", S.DIRECTOR_REVIEW, "duc", ["hoa", "lan"]),
        ("send_back", S.DIRECTOR_REVIEW, "duc", ["hoa"]),
    ],
)
def test_the_next_person_is_told(plan, cast, at, move, state, who, waits):
    plan = put(plan, state, cast.clerk, at(2022, 2, 1))
    PLAN.move(plan, move, by=cast.people[who], now=at(2022, 2, 1), reason="Xem lại mục IV")
    assert sorted(Notice.objects.values_list("recipient__username", flat=True)) == waits


def test_only_the_office_settles_a_defect_and_only_in_a_draft(cast, at):
    plan = stored(cast, at(2022, 1, 20))
    defect = plan.defects.first()
    for stranger in (cast.director, cast.clerk, cast.editor("ldvl")):
        with pytest.raises(PermissionDenied):
            settle_defect(defect, by=stranger, now=at(2022, 1, 21))
    settle_defect(defect, by=cast.chief, now=at(2022, 1, 21))
    settle_defect(defect, by=cast.office_staff, now=at(2022, 1, 22))
    defect.refresh_from_db()
    assert (defect.settled_by, defect.settled_at) == (cast.chief, at(2022, 1, 21))
    put(plan, S.OFFICE_REVIEW, cast.clerk, at(2022, 2, 1))
    with pytest.raises(StaleState):
        settle_defect(plan.defects.select_related("plan").last(), by=cast.chief, now=at(2022, 2, 1))


def test_a_number_is_given_once_a_year(cast, at):
    other = issued(cast, at(2022, 2, 10), number="12", on=date(2022, 2, 10))
    Plan.objects.filter(pk=other.pk).update(year=2021)
    plan = approved(cast, at(2022, 2, 11))
    with pytest.raises(MoveRefused, match="Số 12/KH-SLĐTBXH đã dùng trong năm 2022"):
        PLAN.move(plan, "issue", by=cast.clerk, now=at(2022, 2, 12), number="12", on=date(2022, 2, 12))
