"""A move is one transaction: allowed on that day, guarded, claimed, written down, or nothing at all."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.test.utils import isolate_apps

from accounts.models import Event, Notice, Post, Role
from accounts.notices import notify
from accounts.workflow import Move, MoveRefused, StaleState, Workflow

with isolate_apps("accounts"):

    class Paper(models.Model):
        """A thing with states, in a table of this test only."""

        id = models.IntegerField(primary_key=True)
        state = models.CharField(max_length=20)
        version = models.IntegerField()
        agency_id = models.IntegerField()
        unit_id = models.IntegerField()
        text = models.CharField(max_length=50)
        submitted_at = models.DateTimeField(null=True)

        class Meta:
            app_label = "accounts"
            managed = False

        def __str__(self) -> str:
            return "Giấy thử"


def head_of_unit(user, paper, on):
    return user.post_as(Role.UNIT_HEAD, on=on, agency_id=paper.agency_id, unit_id=paper.unit_id)


def office(user, paper, on):
    return user.post_as(Role.OFFICE_STAFF, on=on, agency_id=paper.agency_id)


def has_text(paper, context):
    if not paper.text:
        yield "Giấy còn trống."
    if context.data.get("strict"):
        yield "Thiếu dấu."


def tell(paper, context):
    notify([context.by], key=f"giấy {paper.pk}", title="Đã nộp", now=context.now)
    if paper.text == "hỏng":
        raise RuntimeError("effect")


FLOW = Workflow(
    Move("submit", "Nộp giấy", ("draft", "returned"), "submitted", head_of_unit, has_text,
         stamps=lambda paper, context: {"submitted_at": context.now}, effect=tell),
    Move("send_back", "Trả lại", ("submitted",), "returned", office, needs_reason=True),
    Move("close", "Khóa theo lịch", ("submitted",), "locked", None),
)  # fmt: skip


@pytest.fixture
def paper(cast):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE accounts_paper (id integer PRIMARY KEY, state varchar(20), version integer, "
            "agency_id integer, unit_id integer, text varchar(50), submitted_at timestamp with time zone)"
        )
    return Paper.objects.create(
        id=7, state="draft", version=1, agency_id=cast.agency.pk, unit_id=cast.units["ldvl"].pk, text="Nội dung"
    )


def stored() -> tuple:
    return Paper.objects.values_list("state", "version").get(pk=7)


@pytest.fixture
def now(at):
    return at(2022, 2, 26, 23, 59)


def test_a_move_changes_state_version_and_stamps_together_and_writes_it_down(paper, cast, now):
    FLOW.move(paper, "submit", by=cast.head("ldvl"), now=now)
    assert stored() == (paper.state, paper.version) == ("submitted", 2)
    assert Paper.objects.get().submitted_at == paper.submitted_at == now
    event = Event.objects.about(paper).get()
    assert (event.at, event.actor, event.actor_id) == (now, "Hồ Quốc Hùng", cast.head("ldvl").pk)
    assert (event.post, event.action, event.label) == ("Trưởng phòng", "submit", "Nộp giấy")
    assert (event.from_state, event.to_state, event.reason) == ("draft", "submitted", "")
    assert (event.object_type, event.object_id, event.object_label) == ("accounts.paper", "7", "Giấy thử")
    assert event.agency_id == cast.agency.pk
    assert Notice.objects.get().title == "Đã nộp"


@pytest.mark.parametrize("username", ["ldvl.soan", "khtc.truong", "hoa", "binh", "duc", "lan", "huy", "nam"])
def test_who_lacks_the_post_moves_nothing(paper, cast, now, username):
    with pytest.raises(PermissionDenied):
        FLOW.move(paper, "submit", by=cast.people[username], now=now)
    assert stored() == ("draft", 1)
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("starts", "ends", "allowed"),
    [
        (date(2016, 1, 1), date(2022, 2, 25), False),
        (date(2016, 1, 1), date(2022, 2, 26), True),
        (date(2022, 2, 26), None, True),
        (date(2022, 2, 27), None, False),
    ],
)
def test_the_post_counts_on_the_day_of_the_move_only(paper, cast, now, starts, ends, allowed):
    Post.objects.filter(user=cast.head("ldvl")).update(starts=starts, ends=ends)
    if allowed:
        FLOW.move(paper, "submit", by=cast.head("ldvl"), now=now)
    else:
        with pytest.raises(PermissionDenied):
            FLOW.move(paper, "submit", by=cast.head("ldvl"), now=now)
    assert stored()[0] == ("submitted" if allowed else "draft")


def test_the_day_is_the_day_in_vietnam(paper, cast):
    """17:00 UTC on the 26th is midnight of the 27th in Vietnam, when the new head begins."""
    Post.objects.filter(user=cast.head("ldvl")).update(starts=date(2022, 2, 27))
    with pytest.raises(PermissionDenied):
        FLOW.move(paper, "submit", by=cast.head("ldvl"), now=datetime(2022, 2, 26, 16, 59, 59, tzinfo=UTC))
    FLOW.move(paper, "submit", by=cast.head("ldvl"), now=datetime(2022, 2, 26, 17, tzinfo=UTC))
    assert stored()[0] == "submitted"


def test_a_guard_that_refuses_leaves_nothing_behind(paper, cast, now):
    Paper.objects.update(text="")
    paper.refresh_from_db()
    with pytest.raises(MoveRefused) as refusal:
        FLOW.move(paper, "submit", by=cast.head("ldvl"), now=now, strict=True)
    assert refusal.value.messages == ["Giấy còn trống.", "Thiếu dấu."]
    assert stored() == (paper.state, paper.version) == ("draft", 1)
    assert not Event.objects.exists() and not Notice.objects.exists()


def test_an_effect_that_fails_takes_state_event_and_notices_with_it(paper, cast, now):
    Paper.objects.update(text="hỏng")
    paper.refresh_from_db()
    with pytest.raises(RuntimeError):
        FLOW.move(paper, "submit", by=cast.head("ldvl"), now=now)
    assert stored() == ("draft", 1)
    assert Paper.objects.get().submitted_at is None
    assert not Event.objects.exists() and not Notice.objects.exists()


@pytest.mark.parametrize(
    ("reason", "words"),
    [("", "Nhập lý do."), ("\u200b \u00a0\n", "Nhập lý do."), ("a" * 2001, "2.000 ký tự"), ("a\x00", "không hợp lệ")],
)
def test_a_return_needs_a_reason_that_says_something(paper, cast, now, reason, words):
    FLOW.move(paper, "submit", by=cast.head("ldvl"), now=now)
    with pytest.raises(MoveRefused, match=words):
        FLOW.move(paper, "send_back", by=cast.office_staff, now=now, reason=reason)
    assert stored() == ("submitted", 2)
    assert Event.objects.about(paper).count() == 1


def test_the_reason_is_kept_cleaned_up_to_2000_characters(paper, cast, now):
    FLOW.move(paper, "submit", by=cast.head("ldvl"), now=now)
    FLOW.move(paper, "send_back", by=cast.office_staff, now=now, reason=" Thiếu mục ho\u0300a\u200b giải " + "a" * 1980)
    assert Event.objects.about(paper).last().reason == "Thiếu mục hòa giải " + "a" * 1980
    FLOW.move(paper, "submit", by=cast.head("ldvl"), now=now)
    assert stored() == ("submitted", 4)


def test_a_page_left_open_does_not_move_what_another_has_moved(paper, cast, now):
    left_open = Paper.objects.get()
    FLOW.move(paper, "submit", by=cast.head("ldvl"), now=now)
    with pytest.raises(StaleState):
        FLOW.move(left_open, "submit", by=cast.head("ldvl"), now=now)
    assert (left_open.state, left_open.version) == ("draft", 1)
    assert stored() == ("submitted", 2)
    assert Event.objects.about(paper).count() == 1


def test_an_edit_in_between_is_not_moved_unseen(paper, cast, now):
    Paper.objects.update(version=2, text="Đã sửa")
    with pytest.raises(StaleState):
        FLOW.move(paper, "submit", by=cast.head("ldvl"), now=now)
    assert stored() == ("draft", 2)


def test_a_double_click_moves_once(paper, cast, now):
    FLOW.move(paper, "submit", by=cast.head("ldvl"), now=now)
    with pytest.raises(StaleState):
        FLOW.move(paper, "submit", by=cast.head("ldvl"), now=now)
    assert Event.objects.about(paper).count() == 1


def test_a_move_that_does_not_exist_is_stale_not_a_crash(paper, cast, now):
    with pytest.raises(StaleState):
        FLOW.move(paper, "explode", by=cast.head("ldvl"), now=now)


@pytest.mark.parametrize("username", ["ldvl.truong", "hoa", "binh", "duc", "nam"])
def test_what_the_schedule_does_nobody_does_by_hand(paper, cast, now, username):
    FLOW.move(paper, "submit", by=cast.head("ldvl"), now=now)
    with pytest.raises(PermissionDenied):
        FLOW.move(paper, "close", by=cast.people[username], now=now)
    FLOW.move(paper, "close", by=None, now=now)
    assert stored()[0] == "locked"
    event = Event.objects.about(paper).last()
    assert (event.actor, event.actor_id, event.post) == ("Hệ thống (theo lịch)", None, "")


def test_only_the_moves_a_person_may_make_are_offered(paper, cast, now):
    def offered(person):
        return [move.name for move in FLOW.open_to(person, paper, on=now.date())]

    assert offered(cast.head("ldvl")) == ["submit"]
    assert offered(cast.office_staff) == offered(cast.head("khtc")) == []
    FLOW.move(paper, "submit", by=cast.head("ldvl"), now=now)
    assert offered(cast.office_staff) == ["send_back"]
    assert offered(cast.head("ldvl")) == []


def test_the_history_is_only_added_to(paper, cast, now):
    FLOW.move(paper, "submit", by=cast.head("ldvl"), now=now)
    event = Event.objects.about(paper).get()
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
