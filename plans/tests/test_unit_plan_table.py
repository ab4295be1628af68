"""All lines of a unit's plan edited as one table."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from plans.models import Activity, ActivityFund, UnitPlan
from plans.tests.factories import filled_unit_plan, issued_plan, line_of, unit_plan_of
from plans.units.asked import asked_of
from plans.units.lines import woven

ROW = {
    "area": "c", "title": "Niêm yết thủ tục tại bộ phận một cửa", "channel": "pano", "audience": "người dân",
    "time": "quý II", "person": "Thu Hà", "product": "Pano", "indicator": "", "quantity": "", "money": "12 triệu",
    "funds": "tự chủ", "asked": "",
}  # fmt: skip


@pytest.fixture
def plan(cast, settings, at):
    settings.DEMO = True
    clock.set_demo(at(2022, 2, 22, 9))
    return issued_plan(cast)


@pytest.fixture
def unit_plan(plan):
    return unit_plan_of(plan, "ldvl")


@pytest.fixture
def web(client, cast):
    client.force_login(cast.editor("ldvl"))
    return client


def sent(*rows: dict, **more) -> dict:
    """What the table's form sends: the boxes of each row by its number."""
    return {f"rows-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()} | more


def boxes(page, number: int) -> dict:
    """The boxes of a row as the page shows them."""
    row = page.context["rows"].rows[number]
    return {box.name: "" if box.value() is None else box.value() for box in row.form} | {
        "id": row.id, "version": row.version,
    }  # fmt: skip


def address(unit_plan: UnitPlan, query: str = "") -> str:
    return reverse("unit_plan_table", args=[unit_plan.pk]) + query


def test_rows_are_typed_in_short_and_stored_together(web, unit_plan):
    other = ROW | {"title": "Đăng bài", "channel": "zalo", "time": "3–5", "money": "", "funds": ""}
    assert web.post(address(unit_plan), sent(ROW, other)).status_code == 302
    first, second = unit_plan.activities.all()
    assert (first.area.code, first.channel.code, first.audience.code) == ("procedures", "panel", "people")
    assert (str(first.starts), str(first.ends), first.phrase) == ("2022-04-01", "2022-06-30", "quý II")
    assert (str(second.starts), str(second.ends), second.phrase) == ("2022-03-01", "2022-05-31", "Tháng 3 – 5/2022")
    assert (first.money, second.money) == (12_000_000, None)
    assert [(fund.source.code, fund.amount) for fund in first.funds.all()] == [("autonomous", 12_000_000)]


def test_money_of_two_sources_is_one_sum_with_its_parts(web, unit_plan):
    row = ROW | {"money": "10 triệu; 2 triệu", "funds": "không tự chủ; xã hội hóa"}
    web.post(address(unit_plan), sent(row))
    line = unit_plan.activities.get()
    assert line.money == 12_000_000
    assert {fund.source.code: fund.amount for fund in line.funds.all()} == {
        "not-autonomous": 10_000_000, "social": 2_000_000,
    }  # fmt: skip
    shown = boxes(web.get(address(unit_plan)), 0)
    assert (shown["money"], shown["funds"]) == ("10.000.000; 2.000.000", "không tự chủ; xã hội hóa")
    assert web.post(address(unit_plan), sent(shown)).status_code == 302
    line.refresh_from_db()
    assert line.version == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"money": "10 triệu", "funds": "tự chủ; khác"}, "Có 1 số tiền và 2 nguồn"),
        ({"money": "", "funds": "tự chủ"}, "Nhập kinh phí của nguồn"),
        ({"funds": "quỹ đen"}, "không có trong danh mục"),
        ({"channel": "tờ"}, "không có trong danh mục"),
        ({"time": "khi rảnh"}, "Chưa hiểu"),
        ({"time": "tháng 3/2021"}, "của năm 2022"),
        ({"asked": "c9"}, "Không có yêu cầu"),
        ({"title": ""}, "Nhập tên nhiệm vụ"),
        ({"money": "1,234.5"}, "không rõ dấu nào"),
    ],
)
def test_a_wrong_box_is_named_and_all_that_was_typed_stays(web, unit_plan, typed, said):
    answer = web.post(address(unit_plan), sent(ROW | {"title": "Dòng đúng"}, ROW | typed))
    assert answer.status_code == 200
    assert not unit_plan.activities.exists()
    faults = [fault.words for fault in answer.context["rows"].faults]
    assert len(faults) == 1
    assert faults[0].startswith("Dòng 2")
    assert said in faults[0]
    assert "Dòng đúng" in answer.content.decode()


def test_what_two_people_changed_stands_side_by_side_and_the_other_rows_stay(web, unit_plan):
    line = line_of(unit_plan, title="Tên cũ")
    shown = boxes(web.get(address(unit_plan)), 0)
    Activity.objects.filter(pk=line.pk).update(title="Tên của đồng nghiệp", version=2)
    answer = web.post(address(unit_plan), sent(shown | {"title": "Tên của tôi"}, ROW | {"title": "Dòng mới của tôi"}))
    text = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Tên của đồng nghiệp", "Tên của tôi", "Dòng mới của tôi"):
        assert words in text
    assert "data-autosave=" not in text  # nothing is saved by itself before somebody has chosen
    again = sent(boxes(answer, 0), boxes(answer, 1))
    assert web.post(address(unit_plan), again).status_code == 302
    assert set(unit_plan.activities.values_list("title", flat=True)) == {"Tên của tôi", "Dòng mới của tôi"}


def test_it_saves_itself_what_is_in_order_and_tells_what_waits(web, unit_plan):
    answer = web.post(address(unit_plan), sent(ROW, ROW | {"title": "Dở dang", "time": ""}, act="autosave")).json()
    line = unit_plan.activities.get()
    assert answer["fields"] == {"rows-0-id": line.pk, "rows-0-version": 1}
    assert [words[:6] for words in answer["faults"]] == ["Dòng 2"]
    changed = ROW | {"title": "Đổi tên", "id": str(line.pk), "version": "1"}
    answer = web.post(address(unit_plan), sent(changed, act="autosave")).json()
    assert answer["fields"]["rows-0-version"] == 2
    answer = web.post(address(unit_plan), sent(changed | {"title": "Lần nữa"}, act="autosave"))
    assert answer.status_code == 409
    assert unit_plan.activities.get().title == "Đổi tên"


def test_a_table_sent_twice_is_stored_once(web, unit_plan):
    for _time in range(2):
        assert web.post(address(unit_plan), sent(ROW, ROW | {"title": "Hai"})).status_code == 302
    assert unit_plan.activities.count() == 2
    assert ActivityFund.objects.count() == 2


def test_the_same_typed_otherwise_is_no_change(web, unit_plan):
    line = line_of(unit_plan)
    shown = boxes(web.get(address(unit_plan)), 0)
    web.post(address(unit_plan), sent(shown | {"area": "c", "channel": "TỜ RƠI, tờ gấp", "money": "5 triệu"}))
    line.refresh_from_db()
    assert line.version == 1


def test_marked_rows_are_removed_and_told_in_the_history(web, unit_plan):
    line_of(unit_plan)
    shown = boxes(web.get(address(unit_plan)), 0)
    assert web.post(address(unit_plan), sent(shown | {"xoa": "on"})).status_code == 302
    assert not unit_plan.activities.exists()
    assert "Bỏ hoạt động" in web.get(reverse("unit_plan", args=[unit_plan.pk])).content.decode()


def test_a_line_ends_what_was_said_not_to_be_the_units(web, unit_plan):
    item = next(item for item in asked_of(unit_plan) if item.area == "procedures")
    unit_plan.declined.create(item=item.key, text=item.text, reason="Thuộc phòng khác.")
    unit_plan.absences.create(area=unit_plan.plan.scheme.areas.get(code="procedures"), reason="Không có.")
    web.post(address(unit_plan), sent(ROW | {"asked": "1"}))
    assert unit_plan.activities.get().asked == [item.key]
    assert not unit_plan.declined.exists()
    assert not unit_plan.absences.exists()


def test_a_locked_plan_shows_what_was_typed_and_stores_nothing(web, unit_plan):
    UnitPlan.objects.update(state="submitted")
    answer = web.post(address(unit_plan), sent(ROW))
    assert answer.status_code == 409
    assert ROW["title"] in answer.content.decode()
    assert web.post(address(unit_plan), sent(ROW, act="autosave")).status_code == 409
    assert not unit_plan.activities.exists()


def test_whoever_else_has_it_open_is_named(web, client, cast, unit_plan):
    assert web.post(address(unit_plan), {"act": "here"}).json() == {"others": []}
    client.force_login(cast.head("ldvl"))
    assert client.post(address(unit_plan), {"act": "here"}).json() == {"others": [str(cast.editor("ldvl"))]}


def _many(unit_plan, count: int) -> None:
    line = line_of(unit_plan)
    same = {field.attname: getattr(line, field.attname) for field in Activity._meta.fields if field.name != "id"}
    Activity.objects.bulk_create(
        Activity(**same | {"title": f"Dòng {number}", "position": number}) for number in range(1, count)
    )


def test_two_hundred_lines_take_no_more_questions_than_three_and_a_light_page(web, unit_plan):
    _many(unit_plan, 3)
    counts = []
    for _round in range(2):
        web.get(address(unit_plan))
        with CaptureQueriesContext(connection) as queries:
            page = web.get(address(unit_plan))
        counts.append(len(queries))
        _many(unit_plan, 197)
    assert counts == [18, 18]  # those of every page among them: clock, session, person, posts, menu
    assert len(re.findall(r"<[a-z]", page.content.decode())) <= 1500
    with CaptureQueriesContext(connection) as queries:
        web.post(address(unit_plan), sent(*(ROW | {"title": f"Dán {number}"} for number in range(100))))
    assert unit_plan.activities.filter(title__startswith="Dán").count() == 100
    assert len(queries) < 60


def test_lines_beyond_the_page_keep_their_places(web, plan):
    unit_plan = filled_unit_plan(plan)
    page = web.get(address(unit_plan, "?noi-dung=procedures"))
    assert len(page.context["rows"].rows) == 2  # one line, one blank
    shown = boxes(page, 0)
    answer = web.post(address(unit_plan, "?noi-dung=procedures"), sent(ROW | {"title": "Đứng trước"}, shown))
    assert answer.status_code == 302
    titles = list(unit_plan.activities.filter(area__code="procedures").values_list("title", flat=True))
    assert titles == ["Đứng trước", "Phát tờ gấp về nội dung procedures"]
    assert unit_plan.activities.count() == 7


@pytest.mark.parametrize(
    ("stood", "table", "order"),
    [
        ([1, 2, 3], [3, 2, 1], [3, 2, 1]),
        ([1, 2, 3, 4], [3, 2], [1, 3, 2, 4]),
        ([1, 2, 3], [1, 9, 2, 3], [1, 9, 2, 3]),
        ([1, 2, 3], [9, 2], [1, 9, 2, 3]),
        ([], [7, 8], [7, 8]),
        ([1], [9], [1, 9]),
    ],
)
def test_the_order_of_the_table_is_woven_into_that_of_the_plan(stood, table, order):
    assert woven(stood, table) == order
