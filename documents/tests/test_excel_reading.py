"""What is read of an Excel file, and the sentence with which another file is refused."""

from datetime import date, datetime
from io import BytesIO

import pytest

from documents.excel_reading import OLD_OFFICE, Unreadable, column_name, read_workbook
from documents.tests.excel_files import by_hand, table, written
from documents.tests.files import office, pdf
from documents.uploads import UploadRefused


def read(content: bytes, name: str = "mẫu.xlsx"):
    return read_workbook(BytesIO(content), name)


def refusal(content: bytes, name: str = "mẫu.xlsx") -> str:
    with pytest.raises(UploadRefused) as refused:
        read(content, name)
    return str(refused.value)


def test_values_keep_their_kind_and_their_place():
    def write(book, sheet):
        sheet.write_string(2, 1, "=1+1")
        sheet.write_number(2, 2, 5.5)
        sheet.write_datetime(2, 3, datetime(2022, 3, 1), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_boolean(2, 4, True)

    (grid,) = read(written(write))
    assert grid.name == "Kế hoạch"
    assert grid.cells == {(3, 2): "=1+1", (3, 3): 5.5, (3, 4): date(2022, 3, 1), (3, 5): True}
    assert list(grid.rows()) == [(3, {2: "=1+1", 3: 5.5, 4: date(2022, 3, 1), 5: True})]


def test_texts_come_back_as_they_were_written():
    texts = [
        "dòng một\ndòng hai",
        "“ngoặc” \"kép\" 'đơn'",
        "+84 68 3822",
        "-5%",
        "@SUM(1)",
        "a & b < c",
        "_x000D_",
        "😀",
    ]
    (grid,) = read(table(texts))
    assert [grid.cells[1, column] for column in range(1, len(texts) + 1)] == texts


def test_an_error_and_a_formula_without_a_value_are_named():
    def write(_book, sheet):
        sheet.write_formula(0, 0, "=1/0", None, "#REF!")
        sheet.write_formula(0, 1, "=1+1", None, "")
        sheet.write_formula(0, 2, "=1+1", None, 2)

    (grid,) = read(written(write))
    assert isinstance(grid.cells[1, 1], Unreadable)
    assert grid.cells[1, 1].shown == "#REF!"
    assert "công thức chưa có kết quả" in grid.cells[1, 2].why
    assert grid.cells[1, 3] == 2


def test_merged_cells_say_which_cell_covers_them_and_hidden_rows_are_told():
    def write(_book, sheet):
        sheet.merge_range(0, 0, 1, 0, "chung")
        sheet.write(1, 1, "riêng")
        sheet.set_row(1, None, None, {"hidden": True})

    (grid,) = read(written(write))
    assert grid.cells[1, 1] == "chung"
    assert "ô A1" in grid.cells[2, 1].why
    assert grid.hidden_rows == {2}


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "mẫu.xlsx", "rỗng"),
        (OLD_OFFICE + b"\0" * 600, "mẫu.xls", "kiểu cũ (.xls)"),
        (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "mẫu.xlsx", "có mật khẩu"),
        (table(["a"])[:900], "mẫu.xlsx", "hỏng"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "mẫu.xlsx", "trang web (HTML)"),
        (office("xlsx", {"xl/vbaProject.bin": b"x"}), "mẫu.xlsm", "macro"),
        (office("xlsx", {"xl/vbaProject.bin": b"x"}), "mẫu.xlsx", "macro"),
        (b"a;b;c\n1;2;3\n", "mẫu.csv", "tệp văn bản"),
        (pdf(), "mẫu.pdf", "không phải tệp Excel"),
        (office("docx"), "mẫu.docx", "Các loại nhận được: Excel (.xlsx)"),
        (office("xlsx"), "mẫu.xlsx", "hỏng"),
    ],
    ids=["empty", "xls", "password", "truncated", "html", "xlsm", "macro", "csv", "pdf", "docx", "no parts"],
)
def test_each_other_kind_of_file_gets_one_clear_sentence(content, name, words):
    assert words in refusal(content, name)


CELLS_FAR_APART = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
TEXT_REPEATED = "".join(
    f'<row r="{row}">' + "".join(f'<c t="s" r="{column_name(column)}{row}"><v>0</v></c>' for column in range(1, 51))
    + "</row>"
    for row in range(1, 101)
)  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        by_hand("<row/>" * 3_000_000),
        by_hand(CELLS_FAR_APART),
        by_hand("<row/>", head='<!DOCTYPE x [<!ENTITY a "b">]>'),
        by_hand(TEXT_REPEATED, shared=f"<si><t>{'x' * 30_000}</t></si>"),
        by_hand('<row r="1"><c r="A1"><v>1</v></c></row>' * 60_001),
        by_hand("<a/>" * 300_001),
    ],
    ids=["18 MB unpacked", "17 billion cells", "entities", "one text in many cells", "many cells", "many elements"],
)
def test_a_file_that_asks_for_too_much_is_refused(content):
    assert "bất thường" in refusal(content)


def test_a_part_that_is_no_xml_and_addresses_that_are_none_are_a_broken_file():
    assert "hỏng" in refusal(by_hand("<row"))
    assert "hỏng" in refusal(by_hand('<row r="x"><c r="A1"><v>1</v></c></row>'))


def test_columns_have_the_names_that_excel_shows():
    assert [column_name(number) for number in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]
