"""A unit's plan leaves as an Excel file and comes back: new, changed, same, conflict, in error; taken in once."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Event
from accounts.workflow import StaleState
from documents.excel_table import KEY_TITLE
from plans.actions import save_activity
from plans.models import Activity, Channel, Plan, SheetRow, UnitPlanUpload
from plans.tests.excel_sheets import GOOD, TITLE, keys_of, row_of, send, sheet, template_table
from plans.tests.factories import filled_unit_plan, issued_plan, line_of, unit_plan_of
from plans.units.asked import asked_of
from plans.units.unit_plan_excel.catalogue import Catalogue
from plans.units.unit_plan_excel.columns import COLUMNS
from plans.units.unit_plan_excel.comparing import compare
from plans.units.unit_plan_excel.storing import AlreadyStored, SeenOtherwise, store_upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(at):
    return at(2022, 2, 10, 9)


@pytest.fixture
def editor(cast):
    return cast.editor("ldvl")


@pytest.fixture
def unit_plan(cast):
    return filled_unit_plan(issued_plan(cast))


@pytest.fixture
def empty(cast):
    return unit_plan_of(issued_plan(cast), "ldvl")


@pytest.fixture
def read(editor, now):
    """`read(unit_plan, row, …)` is the comparison of a file with these rows and the unit's keys."""

    def compared(unit_plan, *rows, heads=None, keys=None):
        keys = keys_of(unit_plan, *unit_plan.activities.all()) if keys is None else keys
        upload = send(unit_plan, sheet(*rows, heads=heads, keys=keys), by=editor, now=now)
        found = compare(upload, unit_plan, on=now.date())
        found.upload = upload
        return found

    return compared


@pytest.fixture
def store(editor, now):
    """`store(unit_plan, comparison)` takes everything that is offered unless told otherwise."""

    def stored(unit_plan, found, *, take=None, remove=(), seen=None):
        take = [row.number for row in found.rows] if take is None else take
        return store_upload(
            found.upload, unit_plan, take=take, remove=remove, seen=found.mark if seen is None else seen,
            by=editor, now=now,
        )  # fmt: skip

    return stored


def statuses(found) -> list[str]:
    return [row.status for row in found.rows]


def sentences(found) -> list[str]:
    return [fault.sentence for row in found.rows for fault in row.faults]


# Out and back -------------------------------------------------------------------------------------------------------


def test_a_template_sent_back_untouched_is_the_same_in_every_line(unit_plan, editor, now):
    table = template_table(unit_plan, now)
    upload = UnitPlanUpload(unit_plan=unit_plan, table=table)
    found = compare(upload, unit_plan, on=now.date())
    assert statuses(found) == ["same"] * unit_plan.activities.count() == ["same"] * 6
    assert found.absent == []
    assert found.notices == []
    assert not found.offered


SIGNS = st.sampled_from("=+-@\"'“”;,#\n\t<>&{}%_đỆộ😀")
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Cn"))
TEXTS = st.text(SIGNS | LETTERS, min_size=1, max_size=120).filter(lambda text: text.strip())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=TEXTS, person=TEXTS, product=st.one_of(st.just(""), TEXTS), money=st.one_of(st.none(), st.integers(0, 10**14))
)
def test_whatever_a_line_says_comes_back_the_same(cast, now, title, person, product, money):
    unit_plan = unit_plan_of(_plan_once(cast), "gdnn")
    unit_plan.activities.all().delete()
    line_of(unit_plan, title=title, person=person[:150], product=product, money=money)
    found = compare(UnitPlanUpload(unit_plan=unit_plan, table=template_table(unit_plan, now)), unit_plan, on=now.date())
    assert statuses(found) == ["same"], sentences(found)


def _plan_once(cast):
    return Plan.objects.filter(year=2022).first() or issued_plan(cast)


def test_comparing_asks_the_database_as_often_for_thirty_lines_as_for_one(empty, now):
    counts = []
    for number in (1, 30):
        while empty.activities.count() < number:
            line_of(empty, title=f"Dòng {empty.activities.count()}")
        upload = UnitPlanUpload(unit_plan=empty, table=template_table(empty, now))
        with CaptureQueriesContext(connection) as queries:
            compare(upload, empty, on=now.date())
        counts.append(len(queries))
    assert counts[0] == counts[1]


# What a row may say -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (date(2022, 3, 1), date(2022, 3, 31), (date(2022, 3, 1), date(2022, 3, 31))),
        ("03/02/2022", "27-2-22", (date(2022, 2, 3), date(2022, 2, 27))),
        (44621, None, (date(2022, 3, 1), date(2022, 3, 1))),
        ("Quý I", None, (date(2022, 1, 1), date(2022, 3, 31))),
        ("Quý II, III", None, (date(2022, 4, 1), date(2022, 9, 30))),
        ("Tháng 3/2022", None, (date(2022, 3, 1), date(2022, 3, 31))),
        ("Tháng 3", "Quý II", (date(2022, 3, 1), date(2022, 6, 30))),
        ("6 tháng đầu năm", None, (date(2022, 1, 1), date(2022, 6, 30))),
        ("Cả năm", None, (date(2022, 1, 1), date(2022, 12, 31))),
        ("Thường xuyên", None, (date(2022, 1, 1), date(2022, 12, 31))),
        ("3–5", None, (date(2022, 3, 1), date(2022, 5, 31))),
        (3, None, (date(2022, 3, 1), date(2022, 3, 31))),
        ("ngày 05 tháng 3 năm 2022", None, (date(2022, 3, 5), date(2022, 3, 5))),
    ],
)
def test_days_are_read_as_people_and_excel_write_them(empty, read, starts, ends, expected):
    (row,) = read(empty, GOOD | {"starts": starts, "ends": ends}).rows
    assert (row.values["starts"], row.values["ends"]) == expected


@pytest.mark.parametrize(
    ("cells", "address", "words"),
    [
        ({"starts": "khi rảnh"}, "Dòng 2, cột F (Từ ngày)", "Không đọc được ngày"),
        ({"starts": "Quý V"}, "Dòng 2, cột F", "Không đọc được ngày"),
        ({"starts": "31/02/2022"}, "Dòng 2, cột F", "Không có ngày"),
        ({"starts": "Tháng 3/2021"}, "Dòng 2, cột F", "của năm 2022"),
        ({"starts": 5.5}, "Dòng 2, cột F", "không phải ngày"),
        ({"starts": None}, "Dòng 2, cột F", "nhập từ ngày"),
        ({"starts": "01/03/2022", "ends": "01/02/2022"}, "Dòng 2, cột G", "Đến ngày phải bằng hoặc sau"),
        ({"area": "Cải cách gì đó"}, "Dòng 2, cột B", "không có trong danh mục"),
        ({"channel": "Zallo"}, "Dòng 2, cột D", "Gần giống: “Zalo”"),
        ({"audience": None}, "Dòng 2, cột E", "Chọn"),
        ({"title": "x" * 501}, "Dòng 2, cột C", "Tối đa 500 ký tự"),
        ({"title": "\u200b"}, "Dòng 2, cột C", "Nhập"),
        ({"quantity": "không"}, "Dòng 2, cột K", "Không đọc được số"),
        ({"quantity": "x"}, "Dòng 2, cột K", "Không đọc được số"),
        ({"quantity": "–"}, "Dòng 2, cột K", "Không đọc được số"),
        ({"quantity": -3}, "Dòng 2, cột K", "Không nhận số âm"),
        ({"quantity": 2.5}, "Dòng 2, cột K", "phải là số nguyên"),
        ({"quantity": date(2022, 5, 1)}, "Dòng 2, cột K", "ô chứa ngày 01/05/2022"),
        ({"quantity": 10}, "Dòng 2, cột J", "Chọn chỉ tiêu"),
        ({"money": "1,234"}, "Dòng 2, cột L", "đọc được hai cách"),
        ({"money": True}, "Dòng 2, cột L", "đúng/sai"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_cell(empty, read, cells, address, words):
    found = read(empty, GOOD | cells)
    assert statuses(found) == ["error"]
    assert any(sentence.startswith(address) and words in sentence for sentence in sentences(found)), sentences(found)


def test_amounts_are_read_as_people_write_them(empty, read):
    cells = {"indicator": "Tờ rơi, tờ gấp", "quantity": "1.234", "money": "5 triệu"}
    (row,) = read(empty, GOOD | cells).rows
    assert (row.values["quantity"], row.values["money"]) == (1234, 5_000_000)
    (row,) = read(empty, GOOD | cells | {"quantity": 2000.0, "money": 1_500_000}).rows
    assert (row.values["quantity"], row.values["money"]) == (2000, 1_500_000)


def test_entries_are_found_by_label_by_name_and_without_marks(empty, read, now):
    area = Catalogue(empty, now.date()).labels("area")[2]
    for words in (area, "cai cach thu tuc hanh chinh", "CẢI CÁCH THỦ TỤC HÀNH CHÍNH"):
        (row,) = read(empty, GOOD | {"area": words}).rows
        assert row.values["area"].code == "procedures"


def test_a_line_keeps_an_entry_that_left_the_list(unit_plan, read, now):
    Channel.objects.filter(code="leaflet").update(ends=date(2022, 1, 31))
    line = unit_plan.activities.first()
    found = read(unit_plan, row_of(line, now), GOOD | {"channel": "Tờ rơi, tờ gấp"})
    assert statuses(found) == ["same", "error"]


# Against the plan ---------------------------------------------------------------------------------------------------


def test_a_changed_cell_is_shown_before_and_after(unit_plan, read, store, now):
    line = unit_plan.activities.first()
    found = read(unit_plan, row_of(line, now, money=7_000_000))
    assert statuses(found) == ["changed"]
    assert found.rows[0].differences == [("Kinh phí (đồng)", "5.000.000", "7.000.000")]
    assert store(unit_plan, found) == "0 dòng mới, 1 dòng sửa, 0 dòng bỏ"
    line.refresh_from_db()
    assert (line.money, line.version) == (7_000_000, 2)
    assert Event.objects.filter(action="import_excel").count() == 1


def test_a_line_changed_on_the_portal_meanwhile_is_a_conflict_and_stays_unless_chosen(
    unit_plan, read, store, now, editor
):
    line = unit_plan.activities.first()
    file_row = row_of(line, now, money=7_000_000)
    line.money = 6_000_000
    save_activity(line, by=editor, now=now, version=1)
    found = read(unit_plan, file_row, GOOD)
    assert statuses(found) == ["conflict", "new"]
    store(unit_plan, found, take=[3])
    line.refresh_from_db()
    assert line.money == 6_000_000
    found = read(unit_plan, file_row)
    store(unit_plan, found, take=[2])
    line.refresh_from_db()
    assert line.money == 7_000_000


def test_the_same_file_sent_twice_changes_nothing_the_second_time(unit_plan, read, store, now):
    line = unit_plan.activities.first()
    rows = (row_of(line, now, money=7_000_000), GOOD | {"key": "N1"}, GOOD | {"title": "Dòng không mã"})
    keys = keys_of(unit_plan, line)
    found = read(unit_plan, *rows, keys=keys)
    assert statuses(found) == ["changed", "new", "new"]
    store(unit_plan, found)
    count = Activity.objects.count()
    assert statuses(read(unit_plan, *rows, keys=keys)) == ["same", "same", "same"]
    assert Activity.objects.count() == count


def test_money_by_source_time_and_answers_come_in_by_excel_and_go_out_again(empty, read, store, now):
    (item,) = (item for item in asked_of(empty) if item.area == "procedures")
    row = GOOD | {
        "key": "N1", "starts": "quý II", "money": "10 triệu; 2 triệu", "funds": "tự chủ; xã hội hóa", "asked": "1",
    }  # fmt: skip
    keys = keys_of(empty)
    store(empty, read(empty, row, keys=keys))
    line = empty.activities.get()
    assert (line.money, line.phrase, line.asked) == (12_000_000, "quý II", [item.key])
    assert {fund.source.code: fund.amount for fund in line.funds.all()} == {
        "autonomous": 10_000_000, "social": 2_000_000,
    }  # fmt: skip
    assert statuses(read(empty, row, keys=keys)) == ["same"]
    assert statuses(read(empty, row_of(line, now))) == ["same"]
    unsaid = {name: value for name, value in row_of(line, now).items() if name not in ("funds", "asked")}
    heads = {"key": str(KEY_TITLE)} | {
        column.field: str(column.title) for column in COLUMNS if column.field not in ("funds", "asked")
    }  # fmt: skip
    assert statuses(read(empty, unsaid | {"money": 12_000_000}, heads=heads)) == ["same"]


def test_a_row_taken_in_and_then_changed_in_the_same_file_changes_its_line(unit_plan, read, store, now):
    line = unit_plan.activities.first()
    keys = keys_of(unit_plan, line)
    store(unit_plan, read(unit_plan, row_of(line, now, money=7_000_000), GOOD | {"key": "N1"}, keys=keys))
    found = read(unit_plan, row_of(line, now, money=8_000_000), GOOD | {"key": "N1", "money": "1 triệu"}, keys=keys)
    assert statuses(found) == ["changed", "changed"]
    store(unit_plan, found)
    assert unit_plan.activities.get(title=TITLE).money == 1_000_000


def test_a_copied_row_is_a_new_line_and_says_so(unit_plan, read, now):
    line = unit_plan.activities.first()
    found = read(unit_plan, row_of(line, now), row_of(line, now, title="Dòng chép"))
    assert statuses(found) == ["same", "new"]
    assert "trùng với dòng 2" in found.rows[1].note


def test_a_line_removed_on_the_portal_is_not_brought_back_unasked(unit_plan, read, store, now):
    line = unit_plan.activities.first()
    file_row, keys = row_of(line, now), keys_of(unit_plan, line)
    line.delete()
    found = read(unit_plan, file_row, keys=keys)
    assert statuses(found) == ["gone"]
    with pytest.raises(StaleState, match="Chưa chọn dòng nào"):
        store(unit_plan, found, take=())


def test_lines_that_the_file_lacks_stay_unless_their_removal_is_chosen(unit_plan, read, store, now):
    first, second, *others = unit_plan.activities.all()
    found = read(unit_plan, row_of(first, now, money=1), keys=keys_of(unit_plan, first, second))
    assert [line.pk for line in found.absent] == [line.pk for line in (second, *others)]
    assert [line.was_listed for line in found.absent] == [True] + [False] * len(others)
    store(unit_plan, found, remove=[second.pk])
    assert list(unit_plan.activities.all()) == [first, *others]


def test_a_new_row_ends_the_absence_of_its_area_and_stands_last(unit_plan, read, store):
    found = read(unit_plan, GOOD, GOOD | {"area": "Cải cách tổ chức bộ máy", "title": "Họp giao ban"})
    store(unit_plan, found)
    assert not unit_plan.absences.exists()
    lines = unit_plan.activities.filter(area__code="procedures")
    assert [line.title for line in lines][-1] == TITLE
    assert Activity.objects.filter(search_text__contains="tap huan mot cua").count() == 1


# What is refused ----------------------------------------------------------------------------------------------------


def test_nothing_is_written_when_the_plan_changed_since_the_preview(unit_plan, read, store, now, editor):
    line = unit_plan.activities.first()
    found = read(unit_plan, row_of(line, now, money=1), GOOD)
    line.money = 2
    save_activity(line, by=editor, now=now, version=1)
    with pytest.raises(SeenOtherwise):
        store(unit_plan, found)
    assert not unit_plan.activities.filter(title=TITLE).exists()


def test_a_file_is_stored_once(unit_plan, read, store):
    found = read(unit_plan, GOOD)
    store(unit_plan, found)
    with pytest.raises(AlreadyStored):
        store(unit_plan, found)
    assert unit_plan.activities.filter(title=TITLE).count() == 1
    found.upload.refresh_from_db()
    assert found.upload.table == {}


def test_a_locked_plan_takes_nothing_in(unit_plan, read, store, now, editor):
    found = read(unit_plan, GOOD)
    type(unit_plan).objects.filter(pk=unit_plan.pk).update(state="submitted")
    with pytest.raises(StaleState):
        store(unit_plan, found)
    unit_plan.refresh_from_db()
    with pytest.raises(StaleState):
        read(unit_plan, GOOD)


def test_another_unit_and_the_office_cannot_send_a_file(unit_plan, cast, now):
    for person in (cast.editor("gdnn"), cast.office_staff):
        with pytest.raises(PermissionDenied):
            send(unit_plan, sheet(GOOD), by=person, now=now)


def test_the_template_of_another_plan_gives_new_rows_only_and_says_whose_it_is(unit_plan, read, now):
    line = unit_plan.activities.first()
    keys = keys_of(unit_plan, line) | {"unit_plan": "999999", "unit": "Phòng Bảo trợ xã hội", "year": "2021"}
    found = read(unit_plan, row_of(line, now, title="Khác"), keys=keys)
    assert statuses(found) == ["new"]
    assert "Phòng Bảo trợ xã hội năm 2021" in found.notices[0]


def test_an_example_row_is_not_taken_in_unless_it_was_overwritten(unit_plan, now):
    table = template_table(unit_plan, now)
    numbers = [number for number, cells in table["rows"] if cells.get("1") == "vi-du"]
    assert len(numbers) == 1
    dict(map(tuple, table["rows"]))[numbers[0]]["3"] = "Việc thật"
    found = compare(UnitPlanUpload(unit_plan=unit_plan, table=table), unit_plan, on=now.date())
    assert [row.values["title"] for row in found.of("new")] == ["Việc thật"]


def test_what_a_line_became_goes_with_it(unit_plan, read, store):
    store(unit_plan, read(unit_plan, GOOD | {"key": "N7"}))
    assert SheetRow.objects.count() == 1
    unit_plan.activities.get(title=TITLE).delete()
    assert not SheetRow.objects.exists()
