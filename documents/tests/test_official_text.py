"""What the decree adds to the words of a document: letters, signs, numbers."""

from dataclasses import replace

import pytest
from django.utils.safestring import mark_safe
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.charts import bars
from documents.official import (
    Appendix,
    Column,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
    balanced,
    closed,
    listed,
    number_line,
    roman,
)
from documents.tests.official_samples import PLAN, REPORT, figures


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (5, "Số: 05/BC-SLĐTBXH"),
        ("5", "Số: 05/BC-SLĐTBXH"),
        ("05", "Số: 05/BC-SLĐTBXH"),
        (10, "Số: 10/BC-SLĐTBXH"),
        (421, "Số: 421/BC-SLĐTBXH"),
        ("36a", "Số: 36a/BC-SLĐTBXH"),
        (None, "Số:      /BC-SLĐTBXH"),
        ("", "Số:      /BC-SLĐTBXH"),
    ],
)
def test_a_number_below_ten_is_padded_and_a_blank_one_is_an_open_gap(number, printed):
    assert number_line(number, "BC-SLĐTBXH") == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("để kịp thời giải quyết", "để kịp thời giải quyết./."),
        ("để kịp thời giải quyết.", "để kịp thời giải quyết./."),
        ("để kịp thời giải quyết;", "để kịp thời giải quyết./."),
        ("để kịp thời giải quyết./.", "để kịp thời giải quyết./."),
        ("báo, tạp chí...", "báo, tạp chí.../."),
    ],
)
def test_the_last_paragraph_closes_with_dot_stroke_dot(text, printed):
    assert closed(text) == printed


def test_only_the_last_paragraph_is_closed():
    report = REPORT.closed_blocks
    assert report == (Paragraph("Kết quả như sau./."),)
    assert [block.text.endswith("./.") for block in PLAN.closed_blocks].count(True) == 1


def test_behind_a_table_the_closing_stands_on_its_own_line():
    table = figures(3)
    document = replace(REPORT, blocks=(table,))
    assert document.closed_blocks == (table, Paragraph("./."))


def test_lines_of_a_list_end_with_semicolons_and_the_last_with_a_full_stop():
    assert listed(("UBND tỉnh;", "Sở Nội vụ", "Lưu: VT, VP.")) == (
        "UBND tỉnh;",
        "Sở Nội vụ;",
        "Lưu: VT, VP.",
    )
    assert listed(()) == ()


def test_recipients_stand_behind_dashes():
    assert PLAN.recipient_lines == ("- UBND tỉnh (b/c);", "- Sở Nội vụ (p/h);", "- Lưu: VT, VP.")


def test_one_addressee_stands_alone_and_several_are_listed():
    assert REPORT.addressee_lines == ("Ủy ban nhân dân tỉnh Ninh Thuận",)
    two = replace(REPORT, addressees=("UBND tỉnh", "Sở Nội vụ"))
    assert two.addressee_lines == ("- UBND tỉnh;", "- Sở Nội vụ.")


@pytest.mark.parametrize(
    ("heading", "printed"),
    [
        (Heading("roman", "I", "Mục đích, yêu cầu"), "I. MỤC ĐÍCH, YÊU CẦU"),
        (Heading("number", "1", "Mục đích"), "1. Mục đích"),
        (Heading("letter", "đ", "Cải cách chế độ công vụ"), "đ) Cải cách chế độ công vụ"),
        (Heading("article", "2", "Tổ chức thực hiện"), "Điều 2. Tổ chức thực hiện"),
        (Heading("number", "", "Phần mở đầu"), "Phần mở đầu"),
    ],
)
def test_a_heading_carries_its_sign(heading, printed):
    assert heading.text == printed


def test_a_long_agency_name_breaks_into_two_lines_of_like_length():
    assert PLAN.agency_lines == ("SỞ LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI")
    assert PLAN.parent_lines == ("UBND TỈNH NINH THUẬN",)
    assert balanced("ỦY BAN NHÂN DÂN TỈNH NINH THUẬN", 23) == ("ỦY BAN NHÂN DÂN", "TỈNH NINH THUẬN")
    assert balanced("SỞ LAO ĐỘNG\nTHƯƠNG BINH", 40) == ("SỞ LAO ĐỘNG", "THƯƠNG BINH")


@settings(max_examples=100)
@given(st.lists(st.text("abđê-,v", min_size=1, max_size=12), min_size=1, max_size=40), st.integers(12, 60))
def test_balancing_loses_no_word_and_passes_no_limit(words, limit):
    lines = balanced(" ".join(words), limit)
    assert " ".join(lines).split() == words
    assert all(len(line) <= limit for line in lines)


def test_the_subject_of_a_letter_stands_behind_v_v():
    letter = replace(REPORT, type_name="", subject="gửi kế hoạch năm 2022")
    assert letter.subject_lines == ("V/v gửi kế hoạch năm 2022",)
    assert letter.type_line == ""


def test_appendices_are_numbered_only_from_two_on():
    first, second = Appendix("Số liệu", ()), Appendix("Danh sách", ())
    one = replace(REPORT, appendices=(first,))
    two = replace(REPORT, appendices=(first, second))
    assert one.numbered_appendices == (("Phụ lục", first),)
    assert two.numbered_appendices == (("Phụ lục I", first), ("Phụ lục II", second))
    assert [roman(n) for n in (4, 9, 14, 40)] == ["IV", "IX", "XIV", "XL"]


def test_neighbouring_columns_of_a_group_share_a_heading():
    upper, lower = figures(1).head
    assert [(cell.text, cell.span, cell.rows) for cell in upper] == [
        ("STT", 1, 2),
        ("Đơn vị", 1, 2),
        ("Số tin, bài", 2, 1),
        ("Ghi chú", 1, 2),
    ]
    assert [cell.text for cell in lower] == ["Kế hoạch", "Thực hiện"]


def test_the_last_cell_of_a_short_row_runs_over_the_rest():
    (_, group), *_ = figures(1).body
    assert [(cell.text, cell.span) for cell in group] == [("", 1), ("Nhóm 1", 4)]


def test_a_row_with_more_cells_than_columns_is_refused():
    with pytest.raises(ValueError, match="more cells"):
        Table((Column("STT"),), (Row(("1", "2")),))


def test_a_drawing_that_no_chart_made_is_refused():
    with pytest.raises(TypeError):
        Figure(mark_safe("<svg></svg>"))
    assert Figure(bars("Tin, bài", [("Quý I", 1)])).caption == ""
