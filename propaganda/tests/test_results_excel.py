"""Results by Excel: template, preview, cell-exact errors, nothing twice, conflicts shown."""

import re
import uuid
from io import BytesIO

import pytest

from documents.excel_reading import read_workbook
from documents.excel_table import KEYS_SHEET, NOTE_TITLE, layout_of, rows_of, table_of
from documents.name_list import NameList, UnknownName
from documents.tests.excel_files import written
from documents.tests.files import upload
from plans.models import ClosedWindow
from propaganda.actions import change_result
from propaganda.models import Result
from propaganda.results_excel import FORMAT, SHAPE

MANY, TEMPLATE, SEND = "/ket-qua/nhieu/", "/ket-qua/nhieu/mau/", "/ket-qua/nhieu/excel/"
MARK = uuid.UUID(int=5).hex
GOOD = {
    "happened_on": "01/03/2022", "title": "Phát tờ gấp", "area": "Cải cách thủ tục hành chính",
    "channel": "to roi, to gap", "audience": "Người dân", "indicator": "Tờ rơi, tờ gấp", "quantity": 1200,
}  # fmt: skip


@pytest.fixture
def person(sign_in, lists):
    return sign_in("ldvl.soan")


def table(content: bytes) -> list:
    kept = table_of(read_workbook(BytesIO(content), "mẫu.xlsx"), SHAPE)
    return rows_of(kept, layout_of(kept, SHAPE))


def sheet(*rows: dict, unit=None, without=()) -> bytes:
    """A file with a row for each of `rows`; with `unit` it is a copy of that unit's template; columns `without`."""

    def write(book, page):
        columns = [column for column in SHAPE.columns if column.field not in without]
        page.write_row(0, 0, ["Mã dòng (không sửa)", *(str(column.title) for column in columns)])
        for number, row in enumerate(rows, 1):
            for place, name in enumerate(("key", *(column.field for column in columns))):
                if (value := row.get(name)) is not None:
                    page.write(number, place, value)
        if unit:
            hidden = book.add_worksheet(KEYS_SHEET)
            pairs = {"format": FORMAT, "template": MARK, "unit": str(unit.pk), "name": unit.name}
            for number, pair in enumerate(pairs.items()):
                hidden.write_row(number, 0, pair)

    return written(write)


def send(person, *rows: dict, unit=None, name="ket-qua.xlsx", without=()):
    return person.post(SEND, {"file": upload(sheet(*rows, unit=unit, without=without), name)})


def tags(page) -> list[str]:
    return [str(row.tag[1]) for row in page.context["rows"].rows]


def confirm(person, page, **more):
    """Press the button of the preview: what the page's boxes hold is sent."""
    data = {"key": str(uuid.uuid4())} | more
    for shown in page.context["rows"].shown:
        data |= {f"{shown.prefix}-id": shown.row.id, f"{shown.prefix}-version": shown.row.version}
        data |= {f"{shown.prefix}-{name}": value for name, value in shown.row.carried.items()}
        data |= {f"{shown.prefix}-{name}": shown.row.form[name].value() or "" for name in shown.row.form.fields}
        if shown.row.is_removed:
            data[f"{shown.prefix}-xoa"] = "on"
    return person.post(MANY, data)


def test_the_template_lists_what_may_still_be_changed_and_the_choices(person, result_of, lists, cast, at):
    kept = result_of(quantities={lists.leaflets: 5}, links="https://a.vn")
    ClosedWindow.objects.create(
        unit=cast.units["ldvl"], starts="2021-12-15", ends="2022-02-28", closed_at=at(2022, 3, 1)
    )
    result_of(happened_on=kept.happened_on.replace(month=2))
    result_of("khtc")
    answer = person.get(TEMPLATE)
    assert answer["Content-Type"].endswith("sheet")
    (row,) = table(answer.content)
    assert row.key == f"R{kept.pk}.1"
    assert row.cells["indicator"] == "Tờ rơi, tờ gấp (tờ)"
    assert (row.cells["quantity"], row.cells["happened_on"], row.cells["links"]) == (
        5,
        {"day": "2022-03-01"},
        "https://a.vn",
    )
    grids = {grid.name: grid for grid in read_workbook(BytesIO(answer.content), "mẫu.xlsx")}
    assert "Zalo" in grids["Danh mục"].cells.values()


def test_a_file_is_shown_first_and_stored_when_confirmed(person, cast):
    page = send(person, GOOD | {"key": "N1"}, GOOD | {"key": "N2", "title": "Phát tại chợ"}, unit=cast.units["ldvl"])
    assert tags(page) == ["Mới", "Mới"]
    assert not Result.objects.exists()
    assert confirm(person, page).status_code == 302
    assert Result.objects.count() == 2
    assert Result.objects.first().quantities.get().value == 1200


def test_the_same_file_again_changes_nothing(person, cast):
    rows = (GOOD | {"key": "N1"}, GOOD | {"key": "N2", "title": "Phát tại chợ"})
    confirm(person, send(person, *rows, unit=cast.units["ldvl"]))
    page = send(person, *rows, unit=cast.units["ldvl"])
    assert tags(page) == ["Giống", "Giống"]
    confirm(person, page)
    assert Result.objects.count() == 2
    assert set(Result.objects.values_list("version", flat=True)) == {1}


def test_a_changed_row_changes_its_result(person, cast):
    unit = cast.units["ldvl"]
    confirm(person, send(person, GOOD | {"key": "N1"}, unit=unit))
    page = send(person, GOOD | {"key": "N1", "quantity": 1300}, unit=unit)
    assert tags(page) == ["Sửa"]
    confirm(person, page)
    result = Result.objects.get()
    assert (result.version, result.quantities.get().value) == (2, 1300)


def test_what_a_file_has_no_column_for_stays_as_it_was(person, cast):
    unit = cast.units["ldvl"]
    confirm(person, send(person, GOOD | {"key": "N1", "reach": 1500, "note": "Chợ phiên."}, unit=unit))
    fewer = ("reach", "note", "audience")
    page = send(person, GOOD | {"key": "N1"}, unit=unit, without=fewer)
    assert tags(page) == ["Giống"]
    page = send(person, GOOD | {"key": "N1", "quantity": 1300}, unit=unit, without=fewer)
    assert tags(page) == ["Sửa"]
    confirm(person, page)
    result = Result.objects.get()
    assert (result.reach, result.note, result.quantities.get().value) == (1500, "Chợ phiên.", 1300)


def test_what_the_portal_changed_meanwhile_is_a_conflict_with_both_texts(person, result_of, cast, at, lists):
    result = result_of(title="Phát tờ gấp", quantities={lists.leaflets: 1200})
    key = f"R{result.pk}.1"
    change_result(
        result,
        by=cast.head("ldvl"),
        now=at(2022, 3, 10),
        version=1,
        quantities={lists.leaflets: 1250},
        title="Phát tại xã",
    )
    page = send(person, GOOD | {"key": key, "title": "Phát tại phường"}, unit=cast.units["ldvl"])
    assert tags(page) == ["Xung đột"]
    assert page.status_code == 409
    assert "Bản đang lưu: Phát tại xã" in page.content.decode()
    confirm(person, page)
    result.refresh_from_db()
    assert (result.title, result.version) == ("Phát tại phường", 3)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ({"quantity": "nhiều"}, "Dòng 2 (ô I3 của tệp)"),
        ({"happened_on": "31/02/2022"}, "ô B3 của tệp): Không có ngày 31/02/2022"),
        ({"channel": "Zalô nhóm"}, "“Zalô nhóm” không có trong danh mục"),
        ({"channel": "Zaloo"}, "Gần giống: “Zalo”"),
        ({"area": True}, "đúng/sai"),
        ({"happened_on": 12}, "không phải ngày"),
        ({"title": None}, "Nhập việc đã làm"),
        ({"links": "javascript:alert(1)"}, "Địa chỉ chưa đúng"),
    ],
)
def test_a_wrong_cell_is_named_by_its_address_and_the_rest_is_kept(person, cast, cell, words):
    page = send(person, GOOD | {"key": "N1"}, GOOD | {"key": "N2"} | cell, unit=cast.units["ldvl"])
    assert tags(page) == ["Mới", "Lỗi"]
    assert words in page.content.decode()
    confirm(person, page)
    assert not Result.objects.exists()


def test_a_wrong_row_may_be_left_out(person, cast):
    page = send(person, GOOD | {"key": "N1"}, GOOD | {"key": "N2", "quantity": "x"}, unit=cast.units["ldvl"])
    confirm(person, page, **{"rows-1-xoa": "on"})
    assert Result.objects.count() == 1


def test_the_copy_with_errors_says_them_beside_the_rows_and_can_be_sent_again(person, cast):
    page = send(person, GOOD | {"key": "N1"}, GOOD | {"key": "N2", "quantity": "nhiều"}, unit=cast.units["ldvl"])
    answer = confirm(person, page, **{"danh-dau": "1"})
    assert "danh-dau-loi.xlsx" in answer["Content-Disposition"]
    (grid, *_others) = read_workbook(BytesIO(answer.content), "lỗi.xlsx")
    cells = [str(value) for value in grid.cells.values()]
    assert str(NOTE_TITLE) in cells
    assert any(re.match(r"Số lượng: .*nhiều", cell) for cell in cells)
    assert [row.key for row in table(answer.content)] == ["N1", "N2"]
    again = person.post(SEND, {"file": upload(answer.content, "lỗi.xlsx")})
    assert tags(again) == ["Mới", "Lỗi"]


def test_a_file_without_keys_makes_no_twin_of_what_is_there(person):
    confirm(person, send(person, GOOD))
    page = send(person, GOOD, GOOD | {"title": "Phát tại chợ"})
    assert tags(page) == ["Đã có", "Mới"]
    assert "không có mã dòng" in page.content.decode()
    confirm(person, page)
    assert Result.objects.count() == 2


def test_another_units_template_names_no_result_of_ones_own(person, result_of, cast):
    other = result_of("khtc")
    page = send(person, GOOD | {"key": f"R{other.pk}.1"}, unit=cast.units["khtc"])
    assert tags(page) == ["Mới"]
    assert "mẫu của đơn vị khác" in page.content.decode()
    page = send(person, GOOD | {"key": f"R{other.pk}.1"}, unit=cast.units["ldvl"])
    assert "Có người vừa xóa dòng này" in page.content.decode()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.xlsx", "rỗng"),
        (b"<html><table></table></html>", "a.xlsx", "trang web"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", ".xls"),
        (b"PK\x03\x04" + b"\0" * 90, "a.xlsx", "hỏng"),
    ],
)
def test_what_is_no_such_file_is_refused_in_one_sentence(person, content, name, words):
    page = person.post(SEND, {"file": upload(content, name)})
    assert page.status_code == 200
    assert words in page.content.decode()


def test_too_many_rows_are_a_clear_limit(person, cast):
    page = send(
        person, *(GOOD | {"key": f"N{n}", "title": f"Việc {n}"} for n in range(1, 225)), unit=cast.units["ldvl"]
    )
    assert "tối đa 200 dòng" in page.content.decode()


def test_columns_that_stand_elsewhere_are_found_by_their_heads_and_missing_ones_named(person):
    content = written(
        lambda book, page: (page.write_row(0, 0, ["Số lượng", "Kênh"]), page.write_row(1, 0, [5, "Zalo"]))
    )
    page = person.post(SEND, {"file": upload(content, "a.xlsx")}).content.decode()
    assert "Tệp thiếu cột: Ngày" in page
    assert "ô A2" not in page


def test_names_are_found_without_marks_only_where_no_doubt_is_left():
    names = NameList([("a", ("Tổ dân phố",)), ("b", ("Tờ dân phố",)), ("c", ("Zalo",)), ("d", ("Zalo",))])
    assert names.find("TỔ DÂN PHỐ") == "a"
    with pytest.raises(UnknownName, match="Gần giống"):
        names.find("to dan pho")
    with pytest.raises(UnknownName, match="nhiều mục"):
        names.find("Zalo")
