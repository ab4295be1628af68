"""Difficulties of units: raised, answered, going up after five working days; every move × state × role."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts import clock
from accounts.models import Event, Notice
from accounts.workflow import MoveRefused, StaleState
from plans.deadlines.periods import end_of
from plans.difficulties.acts import DIFFICULTY, escalate, raise_difficulty, raised_in, say
from plans.difficulties.listing import clocks
from plans.models import Difficulty, DifficultyState

OFFICE = {"office_staff", "chief"}
UNIT = {"editor", "head"}
TABLE = {
    ("receive", "new"): ("received", OFFICE),
    ("take", "received"): ("in_hand", OFFICE),
    ("ask_unit", "received"): ("waiting_for_unit", OFFICE),
    ("ask_unit", "in_hand"): ("waiting_for_unit", OFFICE),
    ("reply", "waiting_for_unit"): ("in_hand", UNIT),
    ("resolve", "received"): ("resolved", OFFICE),
    ("resolve", "in_hand"): ("resolved", OFFICE),
    ("resolve", "waiting_for_unit"): ("resolved", OFFICE),
}


@pytest.fixture
def now(at, settings):
    """Thursday 17/3/2022; the fifth working day after it is Thursday 24/3/2022."""
    settings.DEMO = True
    clock.set_demo(at(2022, 3, 17, 10))
    return at(2022, 3, 17, 10)


@pytest.fixture
def people(cast):
    return {
        "editor": cast.editor("ldvl"), "head": cast.head("ldvl"), "other_editor": cast.editor("btxh"),
        "other_head": cast.head("btxh"), "office_staff": cast.office_staff, "chief": cast.chief,
        "director": cast.director, "clerk": cast.clerk, "inspector": cast.people["huy"],
        "administrator": cast.people["nam"],
    }  # fmt: skip


def raised(cast, now, code="ldvl", **values) -> Difficulty:
    by = values.pop("by", cast.editor(code))
    facts = {"title": "Máy quét hỏng", "key": uuid.uuid4()} | values
    return raise_difficulty(unit=cast.units[code], by=by, now=now, **facts)


def in_state(cast, now, state: str) -> Difficulty:
    row = raised(cast, now)
    more = {"solution": "Đã thay máy.", "resolved_at": now} if state == "resolved" else {}
    Difficulty.objects.filter(pk=row.pk).update(state=state, **more)
    return Difficulty.objects.select_related("unit").get(pk=row.pk)


def outcome(row, name, person, now):
    try:
        with transaction.atomic():
            obj = Difficulty.objects.select_related("unit").get(pk=row.pk)
            DIFFICULTY.move(obj, name, by=person, now=now, reason="Có lý do.")
            transaction.set_rollback(True)
            return obj.state
    except PermissionDenied:
        return "forbidden"
    except StaleState:
        return "stale"


@pytest.mark.parametrize("state", DifficultyState.values)
def test_each_move_is_open_to_its_people_in_its_states_only(state, cast, people, now):
    row = in_state(cast, now, state)
    for name in {name for name, _state in TABLE}:
        target, allowed = TABLE.get((name, state), (None, set()))
        for who, person in people.items():
            expected = "stale" if target is None else target if who in allowed else "forbidden"
            assert outcome(row, name, person, now) == expected, (state, name, who)


@pytest.mark.parametrize("state", DifficultyState.values)
def test_the_buttons_shown_are_the_moves_that_are_open(state, cast, people, now):
    row = in_state(cast, now, state)
    for who, person in people.items():
        shown = {move.name for move in DIFFICULTY.open_to(person, row, on=now.date())}
        assert shown == {name for (name, source), (_to, allowed) in TABLE.items() if source == state and who in allowed}


def test_the_offices_own_difficulty_is_the_directors(cast, people, now):
    row = raised(cast, now, "van-phong")
    assert {who for who, person in people.items() if outcome(row, "receive", person, now) == "received"} == {"director"}


def test_only_the_units_own_people_raise_in_its_name(cast, people, now):
    for who, person in people.items():
        if who in UNIT:
            assert raised(cast, now, by=person).unit == cast.units["ldvl"]
        else:
            with pytest.raises(PermissionDenied):
                raised(cast, now, by=person)


def test_sent_twice_it_is_raised_once_and_the_office_is_told_once(cast, now):
    key = uuid.uuid4()
    assert raised(cast, now, key=key) == raised(cast, now, key=key)
    told = Notice.objects.filter(title__contains="nêu vướng mắc").values_list("recipient__username", flat=True)
    assert sorted(told) == ["binh", "hoa"]
    with pytest.raises(PermissionDenied):
        raised(cast, now, key=key, by=cast.head("ldvl"))


def test_the_first_answer_that_the_unit_reads_stops_the_first_clock(cast, now):
    row = raised(cast, now)
    say(row, by=cast.office_staff, now=now, key=uuid.uuid4(), text="Hỏi kế toán đã.", internal=True)
    row.refresh_from_db()
    assert row.first_answered_at is None
    for hours in (1, 2):
        say(row, by=cast.office_staff, now=now + timedelta(hours=hours), key=uuid.uuid4(), text="Đang xem.")
    row.refresh_from_db()
    assert row.first_answered_at == now + timedelta(hours=1)
    told = Notice.objects.filter(title__startswith="Trả lời").values_list("recipient__username", flat=True)
    assert set(told) == {"ldvl.soan", "ldvl.truong"}
    assert not Notice.objects.filter(body__contains="kế toán").exists()


@pytest.mark.parametrize("who", ["other_editor", "director", "clerk", "inspector"])
def test_who_neither_handles_it_nor_raised_it_writes_nothing(who, cast, people, now):
    with pytest.raises(PermissionDenied):
        say(raised(cast, now), by=people[who], now=now, key=uuid.uuid4(), text="Chen vào.")


def test_the_unit_writes_no_internal_note(cast, now):
    with pytest.raises(PermissionDenied):
        say(raised(cast, now), by=cast.head("ldvl"), now=now, key=uuid.uuid4(), text="x", internal=True)


def test_what_is_solved_is_written_no_more(cast, now):
    with pytest.raises(MoveRefused, match="hãy nêu vướng mắc mới"):
        say(in_state(cast, now, "resolved"), by=cast.office_staff, now=now, key=uuid.uuid4(), text="Thêm.")


def test_a_solution_is_kept_told_and_found(cast, now):
    row = in_state(cast, now, "in_hand")
    DIFFICULTY.move(row, "resolve", by=cast.chief, now=now + timedelta(days=1), reason="Mượn máy của Thanh tra.")
    row.refresh_from_db()
    assert (row.solution, row.resolved_at) == ("Mượn máy của Thanh tra.", now + timedelta(days=1))
    assert list(Difficulty.objects.matching("muon may")) == list(Difficulty.objects.matching("quét hỏng")) == [row]


def test_it_goes_up_to_the_director_once_when_the_fifth_working_day_is_over(cast, now, at):
    row = raised(cast, now)
    assert row.due_at == end_of(at(2022, 3, 24).date())
    escalate(row.due_at)
    assert not Event.objects.filter(action="escalate").exists()
    for _time in range(2):
        escalate(row.due_at + timedelta(microseconds=1))
    row.refresh_from_db()
    assert Event.objects.get(action="escalate").object_id == str(row.pk)
    assert Notice.objects.get(title__contains="quá 5 ngày làm việc").recipient == cast.director
    assert outcome(row, "receive", cast.director, at(2022, 3, 25)) == "received"


@pytest.mark.parametrize("state", ["waiting_for_unit", "resolved"])
def test_what_waits_for_the_unit_or_is_solved_does_not_go_up(state, cast, now):
    row = in_state(cast, now, state)
    escalate(row.due_at + timedelta(days=30))
    assert not Event.objects.filter(action="escalate").exists()


def test_the_clocks_count_working_days(cast, now, at):
    row = raised(cast, now)
    told = clocks(row, at(2022, 3, 22, 8), {})  # Thursday to Tuesday: Friday, Monday, Tuesday
    assert (told.to_answer, told.answered, told.to_solution, told.solved, told.late) == (3, False, 3, False, False)


@pytest.mark.parametrize(("day", "counted"), [((2022, 3, 14, 23), True), ((2022, 3, 15, 0), False)])
def test_what_was_raised_in_a_window_is_found_by_its_days_in_vietnam(day, counted, cast, at):
    row = raised(cast, at(*day))
    window = (at(2021, 12, 15).date(), at(2022, 3, 14).date())
    assert list(raised_in(row.unit_id, *window)) == ([row] if counted else [])


# The pages


@pytest.fixture
def browse(client, cast, now):
    def as_(username: str):
        client.force_login(cast.people[username])
        return client

    return as_


def test_it_is_raised_from_any_page_and_says_from_which(browse, cast, now):
    first = raised(cast, now)
    page = browse("ldvl.soan").get(reverse("difficulty_detail", args=[first.pk])).content.decode()
    assert f"{reverse('difficulty_add')}?tu=/vuong-mac/{first.pk}/" in page
    data = {"unit": cast.units["ldvl"].pk, "title": "Hết mực in", "key": str(uuid.uuid4())}
    address = browse("ldvl.soan").post(f"{reverse('difficulty_add')}?tu=https://evil.example/", data).url
    made = Difficulty.objects.get(title="Hết mực in")
    assert (address, made.about_url) == (reverse("difficulty_detail", args=[made.pk]), "")


@pytest.mark.parametrize(
    "tu", ["//evil.example/x", "javascript:alert(1)", "/khong-co/", "/\\evil", "/vuong-mac/9" * 90]
)
def test_a_page_that_is_not_ours_is_not_kept(browse, tu):
    page = browse("ldvl.soan").get(reverse("difficulty_add"), {"tu": tu})
    assert page.status_code == 200 and page.context["path"] == ""


def test_an_empty_form_names_its_box_and_keeps_the_rest(browse, cast):
    data = {"unit": cast.units["ldvl"].pk, "title": " ", "text": "Đã gọi thợ.", "key": str(uuid.uuid4())}
    page = browse("ldvl.soan").post(reverse("difficulty_add"), data).content.decode()
    assert 'href="#id_title"' in page and "Đã gọi thợ." in page and not Difficulty.objects.exists()


def test_another_units_difficulty_cannot_be_raised(browse, cast):
    data = {"unit": cast.units["btxh"].pk, "title": "x", "key": str(uuid.uuid4())}
    assert browse("ldvl.soan").post(reverse("difficulty_add"), data).status_code == 200
    assert not Difficulty.objects.exists()


def test_the_unit_reads_answers_and_never_internal_notes(browse, cast, now):
    row = raised(cast, now)
    for text, internal in (("Hỏi kế toán đã.", {"internal": "1"}), ("Mai có máy mới.", {})):
        data = {"text": text, "key": str(uuid.uuid4())} | internal
        assert browse("hoa").post(reverse("difficulty_say", args=[row.pk]), data).status_code == 302
    address = reverse("difficulty_detail", args=[row.pk])
    unit, office = (browse(who).get(address).content.decode() for who in ("ldvl.truong", "hoa"))
    assert "Mai có máy mới." in unit and "kế toán" not in unit
    assert "Mai có máy mới." in office and "kế toán" in office


def test_a_move_from_an_old_page_changes_nothing_and_keeps_what_was_typed(browse, cast, now):
    row = in_state(cast, now, "received")
    data = {"move": "resolve", "version": "99", "reason": "Đã thay máy."}
    page = browse("hoa").post(reverse("difficulty_move", args=[row.pk]), data)
    assert page.status_code == 409 and "Đã thay máy." in page.content.decode()
    refused = browse("hoa").post(
        reverse("difficulty_move", args=[row.pk]), data | {"version": row.version, "reason": " "}
    )
    assert "Nhập lý do." in refused.content.decode()


def test_the_register_is_searched_sorted_and_given_as_excel(browse, cast, now):
    raised(cast, now)
    raised(cast, now, "btxh", title="Mạng chậm")
    page = browse("hoa").get("/vuong-mac/?q=MANG+cham").content.decode()
    assert "Mạng chậm" in page and "Máy quét hỏng" not in page
    file = browse("hoa").get("/vuong-mac/excel/?q=may+quet").content
    rows = CalamineWorkbook.from_filelike(BytesIO(file)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows if row[0] == 1] == ["Máy quét hỏng"]


@pytest.mark.parametrize(
    "query", ["q=%00", "trang-thai=x", "don-vi=9999", "order=password", "page=0", "q=" + "a" * 9999]
)
def test_an_address_typed_wrongly_shows_the_list(browse, query):
    assert browse("hoa").get(f"/vuong-mac/?{query}").status_code in (200, 404)


def test_it_waits_on_the_first_page_of_who_must_answer(browse, cast, now):
    row = raised(cast, now)
    assert reverse("difficulty_detail", args=[row.pk]) in browse("hoa").get("/").content.decode()
    Difficulty.objects.filter(pk=row.pk).update(state="waiting_for_unit")
    assert "Bổ sung để giải quyết vướng mắc" in browse("ldvl.soan").get("/").content.decode()


def test_the_register_takes_the_same_queries_for_1_and_30(browse, cast, now):
    browser = browse("hoa")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get("/vuong-mac/").status_code == 200
        return len(captured)

    raised(cast, now)
    browser.get("/vuong-mac/")
    few = queries()
    for _time in range(29):
        raised(cast, now)
    assert queries() == few <= 20
