"""Directives: given about anything, carried out, answered with proof, judged; every move × state × role."""

import uuid
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts import clock
from accounts.models import Event, Notice, Role
from accounts.workflow import MoveRefused, StaleState
from documents import uploads
from documents.tests.files import png
from plans.deadlines.periods import end_of
from plans.difficulties.acts import raise_difficulty
from plans.directives.about import About, about
from plans.directives.acts import DIRECTIVE, answer, give
from plans.directives.reminding import remind
from plans.models import Directive, DirectiveFile, DirectiveState

UNIT, DIRECTOR = {"editor", "head"}, {"director"}
TABLE = {
    ("take_up", "given"): ("taken_up", UNIT),
    **{("answer", state): ("answered", UNIT) for state in ("given", "taken_up", "returned")},
    ("accept", "answered"): ("accepted", DIRECTOR),
    ("send_back", "answered"): ("returned", DIRECTOR),
    **{("withdraw", state): ("withdrawn", DIRECTOR) for state in ("given", "taken_up", "returned")},
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


@pytest.fixture
def browse(client, cast, now):
    def as_(username: str):
        client.force_login(cast.people[username])
        return client

    return as_


def given(cast, now, code="ldvl", *, owner=None, by=None, day=None, key=None, about=None, text="Phát lại tờ gấp."):
    return give(
        agency_id=cast.agency.pk, by=by or cast.director, now=now, key=key or uuid.uuid4().hex, text=text,
        owner=owner or cast.units[code], day=day or date(2022, 3, 24), about=about or About(),
    )  # fmt: skip


def in_state(cast, now, state: str, **more) -> Directive:
    row = given(cast, now, **more)
    stamps = {"answered_at": now} if state in ("answered", "accepted", "returned") else {}
    stamps |= {"closed_at": now} if state in ("accepted", "withdrawn") else {}
    Directive.objects.filter(pk=row.pk).update(state=state, **stamps)
    return Directive.objects.select_related("unit").get(pk=row.pk)


def outcome(row, name, person, now):
    said = {"text": "Đã phát.", "key": uuid.uuid4().hex, "stored": []} if name == "answer" else {}
    try:
        with transaction.atomic():
            obj = Directive.objects.select_related("unit").get(pk=row.pk)
            DIRECTIVE.move(obj, name, by=person, now=now, reason="Có lý do.", **said)
            transaction.set_rollback(True)
            return obj.state
    except PermissionDenied:
        return "forbidden"
    except StaleState:
        return "stale"


@pytest.mark.parametrize("state", DirectiveState.values)
def test_each_move_is_open_to_its_people_in_its_states_only(state, cast, people, now):
    row = in_state(cast, now, state)
    for name in {name for name, _state in TABLE}:
        target, allowed = TABLE.get((name, state), (None, set()))
        for who, person in people.items():
            expected = "stale" if target is None else target if who in allowed else "forbidden"
            assert outcome(row, name, person, now) == expected, (state, name, who)


@pytest.mark.parametrize("state", DirectiveState.values)
def test_the_buttons_shown_are_the_moves_that_are_open(state, cast, people, now):
    row = in_state(cast, now, state)
    for who, person in people.items():
        shown = {move.name for move in DIRECTIVE.open_to(person, row, on=now.date())}
        assert shown == {name for (name, source), (_to, allowed) in TABLE.items() if source == state and who in allowed}


def test_only_the_director_and_the_chief_in_the_directors_name_give(cast, people, now):
    for who, person in people.items():
        if who in ("director", "chief"):
            assert given(cast, now, by=person).for_director == (who == "chief")
        else:
            with pytest.raises(PermissionDenied):
                given(cast, now, by=person)
    assert Event.objects.get(action="give", actor="Trần Văn Bình").on_behalf_of == "Giám đốc Sở"


def test_what_the_chief_gave_in_the_directors_name_both_may_judge(cast, people, now):
    row = in_state(cast, now, "answered", by=cast.chief)
    assert {who for who, person in people.items() if outcome(row, "accept", person, now) == "accepted"} == {
        "chief", "director",
    }  # fmt: skip


def test_a_post_carries_out_and_never_judges_itself(cast, people, now):
    row = in_state(cast, now, "given", owner=Role.CHIEF_OF_OFFICE, by=cast.chief)
    assert {who for who, person in people.items() if outcome(row, "take_up", person, now) == "taken_up"} == {"chief"}
    Directive.objects.filter(pk=row.pk).update(state="answered", answered_at=now)
    assert {who for who, person in people.items() if outcome(row, "accept", person, now) == "accepted"} == {"director"}


@pytest.mark.parametrize("day", [date(2022, 3, 16), date(2023, 3, 19)])
def test_a_day_that_is_past_or_beyond_a_year_is_refused(day, cast, now):
    with pytest.raises(MoveRefused):
        given(cast, now, day=day)
    assert not Directive.objects.exists()


def test_given_twice_it_is_one_and_the_unit_is_told_once(cast, now):
    assert given(cast, now, key="k") == given(cast, now, key="k")
    told = Notice.objects.filter(title__contains="Ý kiến chỉ đạo, hạn 24/3/2022")
    assert sorted(told.values_list("recipient__username", flat=True)) == ["ldvl.soan", "ldvl.truong"]
    assert Directive.objects.get().due_at == end_of(date(2022, 3, 24))


def test_it_is_on_time_by_its_last_answer_and_by_the_day_given_with_a_return(cast, now, at):
    row = given(cast, now)
    assert not row.is_late(end_of(date(2022, 3, 24))) and row.is_late(at(2022, 3, 25))
    answer(row, by=cast.head("ldvl"), now=at(2022, 3, 24, 16), key="1", text="Đã phát.")
    assert not row.is_late(at(2022, 5, 1))
    DIRECTIVE.move(row, "send_back", by=cast.director, now=at(2022, 3, 25), reason="Thiếu ảnh.", day=date(2022, 3, 30))
    assert not row.is_late(at(2022, 3, 30)) and row.is_late(at(2022, 3, 31))
    answer(row, by=cast.head("ldvl"), now=at(2022, 3, 31, 9), key="2", text="Đã có ảnh.")
    DIRECTIVE.move(row, "accept", by=cast.director, now=at(2022, 4, 1))
    row.refresh_from_db()
    assert row.is_late(at(2022, 4, 1)) and row.due_at == end_of(date(2022, 3, 24))
    assert row.closed_at == at(2022, 4, 1)


def test_an_answer_keeps_its_files_and_sent_twice_is_one(cast, now):
    row, file = given(cast, now), uploads.check(png(), "ảnh phát tờ gấp.png")
    for _time in range(2):
        answer(row, by=cast.editor("ldvl"), now=now, key="k", text="Đã phát.", links="https://a.vn/1", files=[file])
    kept = DirectiveFile.objects.get()
    assert (kept.name, kept.answer.text, kept.answer.addresses) == (
        "ảnh phát tờ gấp.png", "Đã phát.", ["https://a.vn/1"],
    )  # fmt: skip
    assert kept.file.storage.exists(kept.file.name)
    assert Notice.objects.get(title__contains="trả lời ý kiến chỉ đạo").recipient == cast.director


def test_a_refused_answer_leaves_no_file_behind(cast, now):
    row, file = in_state(cast, now, "accepted"), uploads.check(png(), "a.png")
    with pytest.raises(StaleState):
        answer(row, by=cast.editor("ldvl"), now=now, key="k", text="Đã phát.", files=[file])
    assert not DirectiveFile.objects.exists()


def test_reminders_come_once_each_and_the_giver_hears_when_it_is_late(cast, now, at):
    given(cast, now, day=date(2022, 3, 24))
    for moment in (at(2022, 3, 21, 7), at(2022, 3, 21, 8), at(2022, 3, 21, 9), at(2022, 3, 23, 8), at(2022, 3, 24, 8)):
        remind(moment)
    said = Notice.objects.filter(recipient=cast.head("ldvl")).exclude(title__startswith="Ý kiến").order_by("pk")
    assert [notice.title.partition(":")[0] for notice in said] == [
        "Hạn thực hiện ý kiến chỉ đạo 24/3/2022", "Hạn thực hiện ý kiến chỉ đạo 24/3/2022",
        "Hôm nay là hạn thực hiện ý kiến chỉ đạo",
    ]  # fmt: skip
    assert not Notice.objects.filter(recipient=cast.director).exists()
    for _time in range(2):
        remind(at(2022, 3, 25, 8))
    late = Notice.objects.filter(title__startswith="Quá hạn 24/3/2022")
    assert sorted(late.values_list("recipient__username", flat=True)) == ["duc", "ldvl.soan", "ldvl.truong"]


def test_what_was_answered_is_not_reminded_of(cast, now, at):
    in_state(cast, now, "answered")
    remind(at(2022, 3, 25, 8))
    assert not Notice.objects.filter(title__startswith="Quá hạn").exists()


def test_late_ones_stand_first_then_by_their_day_then_what_is_over(cast, now, at):
    later, sooner = given(cast, now, day=date(2022, 4, 8)), given(cast, now, day=date(2022, 4, 1))
    over, late = in_state(cast, now, "accepted"), given(cast, now, day=date(2022, 3, 18))
    found = list(Directive.objects.most_urgent_first(at(2022, 3, 21)))
    assert found == [late, sooner, later, over]
    assert list(Directive.objects.late(at(2022, 3, 21))) == [late]


# About what


def test_it_says_about_what_it_was_given_with_the_words_of_that_time(cast, now):
    row = raise_difficulty(
        unit=cast.units["ldvl"], by=cast.editor("ldvl"), now=now, key=uuid.uuid4(), title="Máy quét hỏng"
    )
    found = about(f"/vuong-mac/{row.pk}/", cast.director, now.date())
    assert (found.kind, found.id, found.unit_id) == ("plans.difficulty", str(row.pk), cast.units["ldvl"].pk)
    assert found.words == "Khó khăn, vướng mắc: Máy quét hỏng"
    assert about(f"/vuong-mac/{row.pk}/", cast.editor("btxh"), now.date()) == About()  # not theirs to see


@pytest.mark.parametrize("path", ["//evil.example/", "javascript:alert(1)", "/khong-co/", "/vuong-mac/" + "9" * 400])
def test_an_address_that_is_not_ours_is_about_nothing(path, cast, now):
    assert about(path, cast.director, now.date()) == About()


# The pages


def form(cast, **more) -> dict:
    return {
        "owner": f"don-vi:{cast.units['ldvl'].pk}", "text": "Phát lại tờ gấp.", "day": "24/03/2022",
        "key": str(uuid.uuid4()),
    } | more  # fmt: skip


def test_the_director_gives_the_unit_answers_the_director_accepts(browse, cast):
    at = browse("duc").post(reverse("directive_add"), form(cast)).url
    row = Directive.objects.get()
    data = {"text": "Đã phát 500 tờ.", "links": "sldtbxh.vn/bai-1", "key": str(uuid.uuid4())}
    data["evidence"] = png("anh.png")
    assert browse("ldvl.soan").post(reverse("directive_answer", args=[row.pk]), data).url == at
    page = browse("duc").get(at).content.decode()
    assert "Đã phát 500 tờ." in page and "https://sldtbxh.vn/bai-1" in page and "anh.png" in page
    browse("duc").post(reverse("directive_move", args=[row.pk]), {"move": "accept", "version": "2"})
    row.refresh_from_db()
    assert row.state == "accepted"
    assert [event.label for event in Event.objects.about(row)] == [
        "Giao ý kiến chỉ đạo", "Trả lời kết quả", "Chấp nhận kết quả",
    ]  # fmt: skip


def test_a_day_off_is_warned_of_and_taken_when_sent_again(browse, cast):
    data = form(cast, day="26/03/2022")  # a Saturday
    page = browse("duc").post(reverse("directive_add"), data)
    assert "Thứ Bảy 26/03/2022 là ngày nghỉ" in page.content.decode() and not Directive.objects.exists()
    assert "Phát lại tờ gấp." in page.content.decode()
    assert browse("duc").post(reverse("directive_add"), data | {"confirmed": "2022-03-26"}).status_code == 302


def test_an_empty_form_names_its_boxes(browse, cast):
    page = browse("duc").post(reverse("directive_add"), {"key": str(uuid.uuid4())}).content.decode()
    for box in ("owner", "day", "text"):
        assert f'href="#id_{box}"' in page


def test_an_old_page_changes_nothing_and_keeps_what_was_typed(browse, cast, now):
    row = in_state(cast, now, "answered")
    data = {"move": "send_back", "version": "99", "reason": "Bổ sung ảnh."}
    page = browse("duc").post(reverse("directive_move", args=[row.pk]), data)
    assert page.status_code == 409 and "Bổ sung ảnh." in page.content.decode()


def test_the_list_is_narrowed_and_given_as_excel_in_a_constant_number_of_queries(browse, cast, now):
    given(cast, now)
    address = f"{reverse('directive_list')}?q=TO+gap&don-vi={cast.units['ldvl'].pk}"
    office = browse("hoa")
    assert "Phát lại tờ gấp." in office.get(address).content.decode()
    with CaptureQueriesContext(connection) as one:
        office.get(address)
    for number in range(29):
        given(cast, now, text=f"Phát tờ gấp lần {number}.")
    given(cast, now, "btxh", text="Việc khác.")
    with CaptureQueriesContext(connection) as many:
        page = office.get(address).content.decode()
    assert len(many) == len(one) and "Việc khác." not in page
    content = browse("hoa").get(f"{reverse('directive_excel')}?trang-thai=tat-ca").content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert sum("tờ gấp" in str(row) for row in rows) == 30


def test_it_stands_in_the_work_lists_of_who_acts(browse, cast, now):
    row = given(cast, now)
    assert "Thực hiện ý kiến chỉ đạo" in browse("ldvl.soan").get("/").content.decode()
    assert "Phát lại tờ gấp." not in browse("btxh.soan").get("/").content.decode()
    answer(row, by=cast.head("ldvl"), now=now + timedelta(hours=1), key="k", text="Đã phát.")
    assert "Xem kết quả thực hiện ý kiến chỉ đạo" in browse("duc").get("/").content.decode()
