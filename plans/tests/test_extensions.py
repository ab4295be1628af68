"""Extensions: who asks, who answers, what becomes of them, and how on time is judged afterwards."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Event, Notice, Post, Role, User
from accounts.workflow import MoveRefused, StaleState
from plans.deadlines.extensions import EXTENSION, ask, judge
from plans.deadlines.workdays import VIETNAM
from plans.models import Extension, Obligation
from plans.tests.factories import DUE_AT, issued_plan

# (move, from) → (to, who may answer for a division, who for the Office itself); None is the schedule alone.
TABLE = {
    ("grant", "requested"): ("granted", {"chief"}, {"director"}),
    ("refuse", "requested"): ("refused", {"chief"}, {"director"}),
    ("lapse", "requested"): ("expired", set(), set()),
    ("use", "granted"): ("used", set(), set()),
    ("expire", "granted"): ("expired", set(), set()),
}
MOVES = ("grant", "refuse", "lapse", "use", "expire")
STATES = ("requested", "granted", "refused", "used", "expired")
NOW = DUE_AT - timedelta(days=2)
WANTED = date(2022, 3, 4)
UNTIL = DUE_AT + timedelta(days=6)  # 26/02 + 6 = 04/3
REASON = "Hai cán bộ soạn thảo đang cách ly."


@pytest.fixture
def plan(cast):
    return issued_plan(cast)


@pytest.fixture
def people(cast):
    """Everyone who could try, also who held the post until yesterday."""
    former = User.objects.create(username="cu.chanh", full_name="Chánh cũ", email="cu@cchc.example.vn")
    Post.objects.create(
        user=former, agency=cast.agency, role=Role.CHIEF_OF_OFFICE, starts=date(2016, 1, 1),
        ends=NOW.date() - timedelta(days=1),
    )  # fmt: skip
    return {
        "editor": cast.editor("ldvl"), "head": cast.head("ldvl"), "other_head": cast.head("btxh"),
        "office_editor": cast.editor("van-phong"), "office_head": cast.head("van-phong"),
        "office_staff": cast.office_staff, "chief": cast.chief, "director": cast.director, "clerk": cast.clerk,
        "inspector": cast.people["huy"], "administrator": cast.people["nam"], "former_chief": former,
    }  # fmt: skip


def owed(unit="ldvl") -> Obligation:
    return Obligation.objects.select_related("unit", "plan").get(unit__code=unit, kind="unit_plan")


def asked(cast, unit="ldvl", *, now=NOW, day=WANTED) -> Extension:
    return ask(owed(unit), by=cast.head(unit), now=now, reason=REASON, day=day, key=uuid4())


def in_state(extension: Extension, state: str, cast) -> Extension:
    decided = {"decided_at": NOW, "decided_by": cast.chief} if state not in ("requested", "expired") else {}
    decided |= {"granted_due_at": UNTIL} if state in ("granted", "used") else {}
    decided |= {"answer": "Không có lý do."} if state == "refused" else {}
    Extension.objects.filter(pk=extension.pk).update(state=state, **decided)
    return Extension.objects.select_related("unit", "obligation").get(pk=extension.pk)


def outcome(extension: Extension, name: str, person) -> str:
    try:
        with transaction.atomic():
            EXTENSION.move(extension, name, by=person, now=NOW, reason="Đã xem.", day=WANTED)
            transaction.set_rollback(True)
    except PermissionDenied:
        return "forbidden"
    except StaleState:
        return "stale"
    return extension.state


@pytest.mark.parametrize("unit", ["ldvl", "van-phong"])
@pytest.mark.parametrize("state", STATES)
def test_each_move_is_made_by_whom_it_belongs_to_and_by_nobody_else(cast, plan, people, state, unit):
    extension = in_state(asked(cast, unit), state, cast)
    for name in MOVES:
        row = TABLE.get((name, state))
        for who, person in people.items():
            may = row and who in row[1 if unit == "ldvl" else 2]
            expected = "stale" if row is None else row[0] if may else "forbidden"
            found = outcome(Extension.objects.select_related("unit").get(pk=extension.pk), name, person)
            assert found == expected, (state, name, who)


@pytest.mark.parametrize("who", ["editor", "other_head", "office_staff", "chief", "director", "administrator"])
def test_only_the_head_of_the_unit_asks(plan, people, who):
    with pytest.raises(PermissionDenied):
        ask(owed(), by=people[who], now=NOW, reason=REASON, day=WANTED, key=uuid4())
    assert not Extension.objects.exists()


def test_asking_tells_the_chief_and_is_written_down(cast, plan):
    extension = asked(cast)
    assert (extension.state, extension.old_due_at, extension.proposed_due_at) == ("requested", DUE_AT, UNTIL)
    assert [row.recipient for row in Notice.objects.filter(key__startswith="extension:")] == [cast.chief]
    event = Event.objects.about(extension).get()
    assert (event.action, event.reason, event.actor) == ("ask", REASON, "Hồ Quốc Hùng")
    assert owed().extended_due_at is None


def test_what_the_office_asks_for_itself_waits_for_the_director(cast, plan):
    asked(cast, "van-phong")
    assert [row.recipient for row in Notice.objects.filter(key__startswith="extension:")] == [cast.director]


def test_who_asked_does_not_answer_even_when_they_hold_both_posts(cast, plan):
    Post.objects.create(
        user=cast.chief, agency=cast.agency, unit=cast.units["ldvl"], role=Role.UNIT_HEAD, starts=date(2016, 1, 1)
    )
    extension = ask(owed(), by=cast.chief, now=NOW, reason=REASON, day=WANTED, key=uuid4())
    with pytest.raises(PermissionDenied):
        EXTENSION.move(extension, "grant", by=cast.chief, now=NOW, day=WANTED)


def test_the_same_key_asks_once(cast, plan):
    key = uuid4()
    first, second = (
        ask(owed(), by=cast.head("ldvl"), now=NOW, reason=REASON, day=WANTED, key=key) for _press in range(2)
    )
    assert first == second
    assert Notice.objects.filter(key__startswith="extension:").count() == 1


def test_a_second_request_waits_for_the_first_answer(cast, plan):
    asked(cast)
    with pytest.raises(MoveRefused, match="đang chờ trả lời"):
        asked(cast)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 2, 26), "phải sau hạn đang áp dụng"),
        (date(2022, 2, 20), "phải sau hạn đang áp dụng"),
        (date(2023, 2, 27), "tối đa sáu tháng"),
    ],
)
def test_a_day_that_gives_no_time_or_too_much_is_refused(cast, plan, day, words):
    with pytest.raises(MoveRefused, match=words):
        asked(cast, day=day)


def test_after_the_deadline_one_may_ask_but_not_for_a_day_that_is_over(cast, plan):
    late = DUE_AT + timedelta(days=3)
    with pytest.raises(MoveRefused, match="đã qua"):
        asked(cast, now=late, day=date(2022, 2, 28))
    assert asked(cast, now=late, day=date(2022, 3, 1)).state == "requested"


@pytest.mark.parametrize(
    ("stamps", "words"),
    [
        ({"first_submitted_at": NOW}, "đã nộp"),
        ({"exempt_from": NOW.date(), "exempt_reason": "Giải thể"}, "được miễn"),
    ],
)
def test_who_owes_nothing_needs_no_extension(cast, plan, stamps, words):
    Obligation.objects.filter(pk=owed().pk).update(**stamps)
    with pytest.raises(MoveRefused, match=words):
        asked(cast)


def test_a_grant_moves_the_deadline_and_tells_the_unit(cast, plan):
    extension = asked(cast)
    EXTENSION.move(extension, "grant", by=cast.chief, now=NOW, day=date(2022, 3, 3), reason="Chỉ đến thứ Năm.")
    obligation = owed()
    assert obligation.extended_due_at == UNTIL - timedelta(days=1) == extension.granted_due_at
    assert obligation.due_at == DUE_AT
    told = Notice.objects.filter(key=f"extension:{extension.pk}:granted")
    assert {row.recipient.username for row in told} == {"ldvl.soan", "ldvl.truong"}
    assert "thứ Năm 03/03/2022" in told[0].title
    assert told[0].due_at == extension.granted_due_at


def test_a_refusal_needs_its_reason_and_leaves_the_deadline(cast, plan):
    extension = asked(cast)
    with pytest.raises(MoveRefused, match="Nhập lý do"):
        EXTENSION.move(extension, "refuse", by=cast.chief, now=NOW, reason=" ")
    EXTENSION.move(extension, "refuse", by=cast.chief, now=NOW, reason="Còn đủ thời gian.")
    assert owed().extended_due_at is None
    assert Extension.objects.get().answer == "Còn đủ thời gian."


@pytest.mark.parametrize(
    ("handed_in", "code", "originally", "extended", "state"),
    [
        (DUE_AT, "on_time", True, True, "used"),
        (DUE_AT + timedelta(microseconds=1), "extended", False, True, "used"),
        (UNTIL, "extended", False, True, "used"),
        (UNTIL + timedelta(microseconds=1), "late", False, False, "expired"),
        (None, "overdue", None, None, "expired"),
    ],
)
def test_on_time_is_judged_against_both_deadlines(cast, plan, handed_in, code, originally, extended, state):
    extension = asked(cast)
    EXTENSION.move(extension, "grant", by=cast.chief, now=NOW, day=WANTED)
    Obligation.objects.filter(pk=owed().pk).update(first_submitted_at=handed_in)
    after = UNTIL + timedelta(hours=2)
    found = owed().timeliness(after)
    assert (found.code, found.on_time_originally, found.on_time_extended) == (code, originally, extended)
    judge(UNTIL)
    assert Extension.objects.get().state == "granted"  # its day is not over
    judge(after)
    judge(after)
    assert Extension.objects.get().state == state
    assert Event.objects.about(extension).filter(to_state=state).count() == 1


def test_a_grant_after_the_deadline_makes_the_unit_wait_again(cast, plan):
    late = DUE_AT + timedelta(days=2)
    assert owed().timeliness(late).code == "overdue"
    extension = asked(cast, now=late)
    EXTENSION.move(extension, "grant", by=cast.chief, now=late, day=WANTED)
    assert owed().timeliness(late).code == "waiting"


def test_who_handed_in_late_while_the_request_lay_unanswered_may_still_be_granted_it(cast, plan):
    extension = asked(cast)
    Obligation.objects.filter(pk=owed().pk).update(first_submitted_at=DUE_AT + timedelta(days=1))
    EXTENSION.move(extension, "grant", by=cast.chief, now=DUE_AT + timedelta(days=3), day=date(2022, 2, 28))
    assert owed().timeliness(DUE_AT + timedelta(days=3)).code == "extended"


def test_a_request_nobody_needs_any_more_lapses(cast, plan):
    asked(cast)
    judge(NOW)
    assert Extension.objects.get().state == "requested"
    Obligation.objects.filter(pk=owed().pk).update(first_submitted_at=DUE_AT - timedelta(hours=1))
    with pytest.raises(MoveRefused, match="nộp đúng hạn"):
        EXTENSION.move(Extension.objects.get(), "grant", by=cast.chief, now=NOW, day=WANTED)
    judge(NOW)
    assert Extension.objects.get().state == "expired"


def test_a_second_extension_goes_beyond_the_first(cast, plan):
    EXTENSION.move(asked(cast), "grant", by=cast.chief, now=NOW, day=WANTED)
    with pytest.raises(MoveRefused, match="04/03/2022"):
        asked(cast, day=WANTED)
    second = asked(cast, day=date(2022, 3, 10))
    EXTENSION.move(second, "grant", by=cast.chief, now=NOW, day=date(2022, 3, 10))
    assert owed().extended_due_at.astimezone(VIETNAM).date() == date(2022, 3, 10)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "granted"},
        {"state": "used"},
        {"state": "refused", "decided_at": NOW},
        {"proposed_due_at": DUE_AT},
        {"reason": ""},
    ],
)
def test_the_database_refuses_half_states(cast, plan, values):
    extension = asked(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.filter(pk=extension.pk).update(**values)


def test_a_person_sees_the_requests_of_their_unit_and_the_office_all(cast, plan):
    asked(cast)
    seen = {
        person.username: Extension.objects.visible_to(person, on=NOW.date()).count()
        for person in (cast.editor("ldvl"), cast.head("btxh"), cast.office_staff, cast.director)
    }
    assert seen == {"ldvl.soan": 1, "btxh.truong": 0, "hoa": 1, "duc": 1}
