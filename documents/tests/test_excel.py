"""Excel files: typed cells that run nothing, as an office prints them."""

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

from documents.excel import CELL_MAX, Column, Sheet, fitted, workbook
from documents.numbers import format_number


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def sheet(*rows, **values) -> bytes:
    columns = (Column("Số", 8, "(1)"), Column("Nội dung", 40, "(2)"))
    return workbook([Sheet(**{"name": "Sổ", "titles": ("SỔ", "Năm 2022"), "columns": columns, "rows": rows} | values)])


def test_a_text_that_looks_like_a_formula_stays_a_text():
    found = parts(sheet(("=1+1", "@SUM(A1)"), ("+84", "https://example.vn")))
    page = found["xl/worksheets/sheet1.xml"]
    assert "<f>" not in page
    assert "hyperlink" not in page
    assert "<t>=1+1</t>" in found["xl/sharedStrings.xml"]


def test_numbers_and_days_are_numbers_and_days():
    page = parts(sheet((7, date(2022, 1, 4)), (Decimal("2.5"), None)))["xl/worksheets/sheet1.xml"]
    # 04/01/2022 is day 44565 of Excel's calendar.
    assert "<v>7</v>" in page
    assert "<v>44565</v>" in page
    assert "<v>2.5</v>" in page


def test_the_sheet_prints_on_a4_landscape_with_its_head_on_every_page():
    found = parts(sheet(("01", "Kế hoạch")))
    page = found["xl/worksheets/sheet1.xml"]
    assert 'paperSize="9" fitToHeight="0" orientation="landscape"' in page
    assert "$4:$5" in found["xl/workbook.xml"]
    assert 'state="frozen"' in page


def test_a_text_longer_than_a_cell_says_how_much_is_missing():
    text = fitted("ă" * 40_000)
    assert len(text) <= CELL_MAX
    kept = text.count("ă")
    assert text.endswith(f" … (còn {format_number(40_000 - kept)} ký tự, xem đủ trên cổng)")
    assert fitted("ă" * CELL_MAX) == "ă" * CELL_MAX


def test_a_sheet_may_be_called_anything():
    assert 'name="BC SLĐTBXH 2022 hết"' in parts(sheet(name="BC/SLĐTBXH: [2022]* hết?"))["xl/workbook.xml"]


def test_an_empty_list_is_a_table_with_a_head():
    assert "<t>Nội dung</t>" in parts(sheet())["xl/sharedStrings.xml"]
