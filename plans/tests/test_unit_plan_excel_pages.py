"""The pages of a unit's Excel file: template, sending, preview, columns, the copy with errors."""

import uuid
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from documents.excel import CONTENT_TYPE
from documents.excel_reading import read_workbook
from documents.excel_table import NOTE_TITLE, layout_of, rows_of, table_of
from documents.tests.files import upload
from plans.models import Activity, UnitPlan, UnitPlanUpload
from plans.tests.excel_sheets import GOOD, TITLE, keys_of, row_of, send, sheet
from plans.tests.factories import filled_unit_plan, issued_plan, line_of, unit_plan_of
from plans.units.unit_plan_excel.columns import COLUMNS, SHAPE


@pytest.fixture
def now(at):
    return at(2022, 2, 10, 9)


@pytest.fixture
def unit_plan(cast, settings, now):
    settings.DEMO = True
    clock.set_demo(now)
    return filled_unit_plan(issued_plan(cast))


@pytest.fixture
def web(client, cast):
    client.force_login(cast.editor("ldvl"))
    return client


@pytest.fixture
def sent(cast, now):
    """`sent(unit_plan, row, …)` is the upload of a file with these rows."""

    def begin(unit_plan, *rows, heads=None):
        keys = keys_of(unit_plan, *unit_plan.activities.all())
        return send(unit_plan, sheet(*rows, heads=heads, keys=keys), by=cast.editor("ldvl"), now=now)

    return begin


def at_url(name, *parts):
    return reverse(name, args=[getattr(part, "pk", part) for part in parts])


def post_file(web, unit_plan, content, name="Kế hoạch.xlsx", key=None, **more):
    fields = {"file": upload(content, name), "key": key or uuid.uuid4()}
    return web.post(at_url("unit_plan_excel", unit_plan), fields, **more)


def test_the_template_is_an_excel_file_under_a_plain_name(web, unit_plan):
    answer = web.get(at_url("unit_plan_excel_template", unit_plan))
    assert answer["Content-Type"] == CONTENT_TYPE
    assert "ke-hoach-2022-phong-lao-dong-viec-lam.xlsx" in answer["Content-Disposition"]
    names = [grid.name for grid in read_workbook(BytesIO(answer.content), "mẫu.xlsx")]
    assert names == ["Kế hoạch", "Hướng dẫn", "Sở yêu cầu", "Danh mục", "_khoa"]


def test_the_template_tells_what_the_department_asks_and_the_units_of_measure(web, unit_plan):
    content = web.get(at_url("unit_plan_excel_template", unit_plan)).content
    grids = {grid.name: grid for grid in read_workbook(BytesIO(content), "mẫu.xlsx")}
    assert any("dịch vụ công trực tuyến mức độ 3" in str(value) for value in grids["Sở yêu cầu"].cells.values())
    assert "Tờ rơi, tờ gấp (tờ)" in grids["Danh mục"].cells.values()


def test_a_file_is_shown_before_anything_is_stored_and_then_taken_in(web, unit_plan, now):
    line = unit_plan.activities.first()
    rows = (row_of(line, now, money=7_000_000), GOOD, GOOD | {"quantity": "không"})
    before = list(Activity.objects.values())
    shown = post_file(web, unit_plan, sheet(*rows, keys=keys_of(unit_plan, line)), follow=True)
    page = shown.content.decode()
    assert "5.000.000" in page
    assert "7.000.000" in page
    assert "Dòng 4, cột K (Số lượng)" in page
    assert list(Activity.objects.values()) == before
    address, seen = shown.request["PATH_INFO"], shown.context["comparison"].mark
    stored = web.post(address, {"take": ["2", "3", "4"], "seen": seen}, follow=True)
    assert [str(message) for message in stored.context["messages"]] == [
        "Đã ghi vào kế hoạch: 1 dòng mới, 1 dòng sửa, 0 dòng bỏ."
    ]
    assert unit_plan.activities.get(title=TITLE).version == 1
    again = web.post(address, {"take": ["2", "3"], "seen": seen}, follow=True)
    assert "đã được ghi vào kế hoạch" in again.content.decode()
    assert unit_plan.activities.filter(title=TITLE).count() == 1


def test_a_plan_that_changed_since_the_preview_is_shown_anew_with_what_was_chosen(web, unit_plan, sent, now):
    file = sent(unit_plan, GOOD, GOOD | {"title": "Việc khác"})
    address = at_url("unit_plan_excel_preview", unit_plan, file)
    seen = web.get(address).context["comparison"].mark
    line_of(unit_plan, title="Thêm trên cổng")
    answer = web.post(address, {"take": ["3"], "seen": seen})
    assert answer.status_code == 409
    assert [row.ticked for row in answer.context["comparison"].rows] == [False, True]
    assert not unit_plan.activities.filter(title="Việc khác").exists()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.xlsx", "rỗng (0 byte)"),
        (b"<html></html>", "a.xlsx", "trang web (HTML)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "kiểu cũ (.xls)"),
        (sheet(), "a.xlsx", ""),
        (sheet(*[GOOD] * 1021), "a.xlsx", "mỗi tệp nhận tối đa 1.000 dòng"),
    ],
    ids=["nothing", "html", "xls", "heads only", "too many rows"],
)
def test_a_file_that_cannot_be_read_is_refused_on_the_page(web, unit_plan, content, name, words):
    answer = post_file(web, unit_plan, content, name, follow=True)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert UnitPlanUpload.objects.count() == (0 if words else 1)


def test_columns_under_other_heads_in_another_order_are_found_or_asked(web, unit_plan, sent):
    known = {"title": "NHIỆM VỤ", "area": "Lĩnh vực", "channel": "Kênh", "audience": "Đối tượng tuyên truyền",
             "person": "Phụ trách", "starts": "Thời gian thực hiện"}  # fmt: skip
    file = sent(unit_plan, GOOD, heads=known)
    assert web.get(at_url("unit_plan_excel_preview", unit_plan, file)).status_code == 200
    file = sent(unit_plan, GOOD, heads=known | {"person": "Cột lạ"})
    answer = web.get(at_url("unit_plan_excel_preview", unit_plan, file), follow=True)
    page = answer.content.decode()
    assert "Chưa thấy cột:" in page
    assert "Cột E: Cột lạ" in page
    columns = {"title": 1, "area": 2, "channel": 3, "audience": 4, "person": 5, "starts": 6}
    answer = web.post(at_url("unit_plan_excel_columns", unit_plan, file), {"head": "1", **columns}, follow=True)
    (row,) = answer.context["comparison"].of("new")
    assert row.values["person"] == GOOD["person"]


def test_one_column_cannot_be_two_things(web, unit_plan, sent):
    file = sent(unit_plan, GOOD, heads={"title": "A", "area": "B"})
    answer = web.post(at_url("unit_plan_excel_columns", unit_plan, file), {"head": "1", "title": 1, "area": 1})
    assert "Mỗi cột của tệp chỉ dùng một lần" in answer.content.decode()


def test_the_copy_with_errors_holds_every_row_says_what_is_wrong_and_can_be_sent_again(web, unit_plan, sent, now):
    line = unit_plan.activities.first()
    file = sent(unit_plan, row_of(line, now), GOOD | {"key": "N1", "quantity": "không"})
    answer = web.get(at_url("unit_plan_excel_marked", unit_plan, file))
    table = table_of(read_workbook(BytesIO(answer.content), "mẫu.xlsx"), SHAPE)
    layout = layout_of(table, SHAPE)
    assert layout.is_sure
    first, second = rows_of(table, layout)
    assert first.cells["title"] == line.title
    assert second.cells["quantity"] == "không"
    assert second.key == "N1"
    notes = {str(value) for _number, cells in table["rows"] for value in cells.values()}
    assert str(NOTE_TITLE) in notes
    assert any(note.startswith("Dòng 3, cột K (Số lượng)") for note in notes)
    shown = post_file(web, unit_plan, answer.content, follow=True)
    assert [row.status for row in shown.context["comparison"].rows] == ["same", "error"]
    assert not any("Cột không nhận" in notice for notice in shown.context["comparison"].notices)


def test_the_preview_asks_the_database_as_often_for_thirty_rows_as_for_one(web, unit_plan, sent):
    counts = []
    for number in (1, 30):
        file = sent(unit_plan, *(GOOD | {"title": f"Việc {n}"} for n in range(number)))
        address = at_url("unit_plan_excel_preview", unit_plan, file)
        web.get(address)
        with CaptureQueriesContext(connection) as queries:
            web.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_storing_asks_the_database_as_often_for_thirty_rows_as_for_one(web, unit_plan, sent):
    counts = []
    for number in (2, 30):
        rows = [GOOD | {"title": f"Việc {number} {n}", "key": f"N{number * 100 + n}"} for n in range(number)]
        file = sent(unit_plan, *rows)
        address = at_url("unit_plan_excel_preview", unit_plan, file)
        seen = web.get(address).context["comparison"].mark
        with CaptureQueriesContext(connection) as queries:
            web.post(address, {"take": [str(n + 2) for n in range(number)], "seen": seen})
        counts.append(len(queries))
    assert unit_plan.activities.filter(title__startswith="Việc 30").count() == 30
    assert counts[0] == counts[1]


def test_the_same_key_sent_twice_is_one_file_and_a_new_file_takes_the_place_of_the_waiting_one(web, unit_plan):
    key = uuid.uuid4()
    for _press in range(2):
        assert post_file(web, unit_plan, sheet(GOOD), key=key).status_code == 302
    assert UnitPlanUpload.objects.count() == 1
    post_file(web, unit_plan, sheet(GOOD))
    assert UnitPlanUpload.objects.exclude(key=key).count() == UnitPlanUpload.objects.count() == 1
    assert "Tệp đang chờ xác nhận" in web.get(at_url("unit_plan_excel", unit_plan)).content.decode()


def test_giving_a_file_up_leaves_the_plan_alone(web, unit_plan, sent):
    file = sent(unit_plan, GOOD)
    web.post(at_url("unit_plan_excel_drop", unit_plan, file))
    assert not UnitPlanUpload.objects.exists()
    assert not unit_plan.activities.filter(title=TITLE).exists()


def test_a_file_of_one_plan_is_not_found_under_another(web, cast, unit_plan, sent, now):
    file = sent(unit_plan, GOOD)
    other = unit_plan_of(issued_plan(cast, year=2023, now=now.replace(year=2023)), "ldvl")
    assert web.get(at_url("unit_plan_excel_preview", other, file)).status_code == 404


def test_while_the_plan_is_locked_there_is_nothing_to_send_or_store(web, unit_plan, sent):
    file = sent(unit_plan, GOOD)
    UnitPlan.objects.update(state="submitted")
    assert "Gửi tệp đã điền" not in web.get(at_url("unit_plan_excel", unit_plan)).content.decode()
    address = at_url("unit_plan_excel_preview", unit_plan, file)
    answer = web.get(address)
    assert "Ghi vào kế hoạch</button>" not in answer.content.decode()
    refused = web.post(address, {"take": "2", "seen": answer.context["comparison"].mark})
    assert refused.status_code == 409
    assert not unit_plan.activities.filter(title=TITLE).exists()


def test_every_column_has_a_head_of_its_own():
    titles = [str(column.title) for column in COLUMNS]
    assert len(set(titles)) == len(titles) == 13
