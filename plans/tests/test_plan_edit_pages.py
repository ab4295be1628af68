"""The editor's pages: what a drafter sees and does, what nobody loses, who is kept out and told why."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from plans.models import Plan, PlanState, Presence
from plans.tests.factories import draft_plan
from plans.tests.plan_editor import frame, part, send, shown, url
from plans.tests.real_plan import stored

pytestmark = pytest.mark.django_db
PAGES = (
    "", "the-thuc/", "noi-dung/", "chi-tieu/", "hinh-thuc/", "doi-tuong/", "nhiem-vu/", "can-cu/", "noi-nhan/",
    "thay-doi/",
)  # fmt: skip


@pytest.fixture
def now(settings, at):
    settings.DEMO = True
    clock.set_demo(at(2022, 1, 21, 9, 41))
    return at(2022, 1, 21, 9, 41)


@pytest.fixture
def plan(cast, reference, now) -> Plan:
    return stored(cast, now)


@pytest.fixture
def office(client, cast):
    client.force_login(cast.office_staff)
    return client


@pytest.mark.parametrize("where", PAGES)
def test_each_page_shows_the_draft_and_what_is_missing(office, plan, where):
    text = shown(office, url(plan, where))
    assert 'aria-current="page"' in text
    assert where == "thay-doi/" or "Còn 20 điểm cần xem lại" in text


def test_the_text_is_shown_as_printed_and_one_part_opens(office, plan):
    section = part(plan, "Sự hài lòng")
    page = shown(office, url(plan))
    assert page.count('<li id="muc-') == 88
    assert "edit-part" not in page
    page = shown(office, f"{url(plan)}?muc={section.pk}")
    assert page.count("<textarea") == 1
    assert page.count("<") < 3_000  # 1,500 nodes, each with its end


def test_the_editor_asks_the_database_little(office, plan):
    section = part(plan, "Sự hài lòng")
    office.get(url(plan))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        office.get(f"{url(plan)}?muc={section.pk}")
    assert len(asked) <= 25


@pytest.mark.parametrize("where", PAGES)
def test_a_long_plan_asks_no_more_than_a_short_one(office, cast, reference, now, where):
    short = draft_plan(cast, now=now)
    counts = []
    for lengthen in (lambda plan: None, _lengthen):
        lengthen(short)
        office.get(url(short, where))
        with CaptureQueriesContext(connection) as asked:
            office.get(url(short, where))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def _lengthen(plan: Plan) -> None:
    """Thirty rows more of everything."""
    for n in range(30):
        plan.sections.create(position=100 + n, level="dash", text=f"Theo Quyết định số {n + 1}/QĐ-UBND.")
        plan.channels.create(position=100 + n, text="Zalo")
        plan.audiences.create(position=100 + n, text="Người dân")
        plan.recipients.create(position=100 + n, name="Sở Nội vụ")
        plan.duties.create(position=100 + n, who="Văn phòng Sở", what="Theo dõi")
        plan.targets.create(position=100 + n, index="PCI", kind="level", value=n + 1, unit="điểm")


def test_saving_says_nothing_was_lost_and_keeps_the_part_open(office, plan):
    section = part(plan, "Sự hài lòng")
    answer = send(office, plan, section, text="Nâng cao chất lượng phục vụ.")
    assert answer.url == f"{url(plan)}?muc={section.pk}#muc-{section.pk}"
    section.refresh_from_db()
    assert section.text == "Nâng cao chất lượng phục vụ."


def test_every_button_saves_first(office, plan):
    section = part(plan, "Kiện toàn")
    send(office, plan, section, act="up", text="Sửa rồi chuyển.")
    section.refresh_from_db()
    assert section.text == "Sửa rồi chuyển."
    before = plan.sections.get(position=section.position - 1)
    assert before.level == "roman"


@pytest.mark.parametrize(("act", "level"), [("after", "number"), ("below", "letter")])
def test_a_new_part_opens_at_once(office, plan, act, level):
    section = part(plan, "Kiện toàn")
    answer = send(office, plan, section, act=act)
    new = plan.sections.get(pk=re.search(r"muc=(\d+)", answer.url)[1])
    assert (new.level, new.text) == (level, "")
    assert "còn trống" in shown(office, url(plan))


def test_deleting_is_taken_back_by_one_button(office, plan):
    section = part(plan, "HÌNH THỨC, GIẢI PHÁP")
    send(office, plan, section, act="delete")
    assert plan.sections.count() == 88 - 8  # the heading, its five numbers, two dashes
    page = shown(office, url(plan))
    step = re.search(r'name="step" value="(\d+)"', page)[1]
    office.post(url(plan, "hoan-tac/"), {"step": step})
    assert plan.sections.count() == 88


def test_the_last_step_of_a_colleague_is_called_by_name(office, plan, client, cast):
    send(office, plan, part(plan, "Kiện toàn"), act="up")
    client.force_login(cast.chief)
    assert str(cast.office_staff) in shown(client, url(plan))


def test_what_makes_no_sense_is_said_and_changes_nothing(office, plan):
    section = part(plan, "MỤC ĐÍCH")
    answer = office.post(
        url(plan, f"muc/{section.pk}/"),
        {"title": section.title, "text": "", "level": "roman", "version": 1, "act": "out"},
        follow=True,
    )
    assert "Mục đã ở cấp ngoài cùng." in answer.content.decode()


def test_another_kind_and_another_numbering(office, plan):
    section = part(plan, "Kiện toàn")
    send(office, plan, section, level="dash")
    section.refresh_from_db()
    assert (section.level, section.mark) == ("dash", "-")
    office.post(url(plan, "viec/"), {"act": "number"})
    romans = plan.sections.filter(level="roman").values_list("label", flat=True)
    assert list(romans) == ["I", "II", "III", "IV"]


def test_two_people_in_one_part_see_both_texts(office, plan):
    section = part(plan, "Sự hài lòng")
    send(office, plan, section, text="Bản của chị Hoa.")
    answer = send(office, plan, section, text="Bản của anh Bình.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Bản của chị Hoa." in page
    assert "Bản của anh Bình." in page
    version = re.search(r'name="version"[^>]*>\s*(\d+)', page)[1]
    send(office, plan, section, text="Bản của anh Bình.", version=int(version))
    section.refresh_from_db()
    assert section.text == "Bản của anh Bình."


def test_a_part_deleted_meanwhile_gives_the_words_back(office, plan):
    section = part(plan, "Sự hài lòng")
    plan.sections.filter(pk=section.pk).delete()
    answer = send(office, plan, section, text="Chữ vừa gõ.")
    assert answer.status_code == 409
    assert "Chữ vừa gõ." in answer.content.decode()


def test_a_draft_sent_on_meanwhile_gives_the_words_back(office, plan):
    section = part(plan, "Sự hài lòng")
    Plan.objects.update(state=PlanState.OFFICE_REVIEW)
    answer = send(office, plan, section, text="Chữ vừa gõ.")
    page = answer.content.decode()
    assert (answer.status_code, "Chữ vừa gõ." in page) == (409, True)
    assert "đang chờ Chánh Văn phòng" in page


def test_a_doubtful_place_is_confirmed_where_it_stands(office, plan):
    defect = plan.defects.exclude(section=None).first()
    page = shown(office, f"{url(plan)}?muc={defect.section_id}")
    assert "Đã xem" in page
    office.post(url(plan, "viec/"), {"act": "settle", "defect": defect.pk, "muc": defect.section_id})
    defect.refresh_from_db()
    assert defect.settled_at


def test_the_address_of_a_part_shows_it_open(office, plan):
    section = part(plan, "Sự hài lòng")
    assert "edit-part" in shown(office, url(plan, f"muc/{section.pk}/"))
    assert office.get(url(plan, "muc/999999/")).status_code == 404


# Autosave


def test_autosave_answers_with_the_new_version_and_the_time(office, plan):
    section = part(plan, "Sự hài lòng")
    answer = send(office, plan, section, act="autosave", text="Tự lưu.")
    assert answer.json() == {"version": section.version + 1, "at": "09:41"}


def test_autosave_never_overwrites_and_shows_the_other_text(office, plan):
    section = part(plan, "Sự hài lòng")
    send(office, plan, section, text="Bản của chị Hoa.")
    answer = send(office, plan, section, act="autosave", text="Bản của anh Bình.")
    assert (answer.status_code, answer.json()["stored"]) == (409, "Bản của chị Hoa.")


def test_autosave_of_what_cannot_be_stored_says_why(office, plan):
    answer = send(office, plan, part(plan, "Sự hài lòng"), act="autosave", text="ă" * 20_001)
    assert answer.status_code == 422
    assert "Tối đa 20.000 ký tự" in answer.json()["faults"][0]


def test_the_frame_saves_itself_too(office, plan):
    page = shown(office, url(plan, "the-thuc/"))
    version = re.search(r'name="version" value="(\w+)"', page)[1]
    data = frame(plan) | {"signer_name": "Lê Minh Đức", "act": "autosave", "version": version}
    answer = office.post(url(plan, "the-thuc/"), data)
    assert answer.status_code == 200
    plan.refresh_from_db()
    assert plan.signer_name == "Lê Minh Đức"
    again = office.post(url(plan, "the-thuc/"), data | {"signer_name": "Hà Anh Quang"})
    assert again.status_code == 409
    assert office.post(url(plan, "the-thuc/"), data | {"version": answer.json()["version"]}).status_code == 200


def test_who_else_has_the_part_open_is_said(client, plan, cast):
    section = part(plan, "Sự hài lòng")
    for person, expected in ((cast.chief, []), (cast.office_staff, [str(cast.chief)])):
        client.force_login(person)
        answer = client.post(url(plan, f"muc/{section.pk}/"), {"act": "here"})
        assert answer.json() == {"others": expected}
    assert f"{cast.chief} đang sửa mục này." in shown(client, f"{url(plan)}?muc={section.pk}")
    assert Presence.objects.count() == 2


# Who, and when


@pytest.mark.parametrize("where", PAGES)
@pytest.mark.parametrize("state", [PlanState.OFFICE_REVIEW, PlanState.APPROVED, PlanState.CANCELLED])
def test_a_locked_plan_says_why_and_leads_back(office, plan, where, state):
    Plan.objects.update(state=state)
    answer = office.get(url(plan, where), follow=True)
    assert answer.redirect_chain == [(f"/ke-hoach/{plan.pk}/", 302)]
    assert "không sửa được" in answer.content.decode() or "được khóa" in answer.content.decode()


@pytest.mark.parametrize("where", PAGES)
def test_colleagues_without_the_power_are_refused_and_units_see_no_draft(client, cast, plan, where):
    for person, status in ((cast.director, 403), (cast.clerk, 403), (cast.editor("ldvl"), 404)):
        client.force_login(person)
        assert client.get(url(plan, where)).status_code == status


@pytest.mark.parametrize("value", ["0", "-1", "abc", "9" * 30, "１２", "1.0", "'; DROP"])
def test_a_part_that_cannot_be_is_no_error(office, plan, value):
    assert office.get(url(plan), {"muc": value}).status_code == 200
    assert office.post(url(plan, "hoan-tac/"), {"step": value}).status_code == 302
    assert office.post(url(plan, "viec/"), {"act": "settle", "defect": value}).status_code == 404
