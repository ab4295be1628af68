"""What the Office is shown when a unit plan comes back changed."""

from dataclasses import replace
from datetime import date

from plans.differences import differences
from plans.snapshots import AreaContent, Content, Line

LINE = Line(
    id=1, title="Phát tờ gấp", channel="Tờ rơi, tờ gấp", audience="Người dân", starts=date(2022, 3, 1),
    ends=date(2022, 3, 31), person="Nguyễn Thị Thu Hà", product="", indicator="Tờ rơi, tờ gấp", measure="tờ",
    quantity=2000, money=None,
)  # fmt: skip
OTHER = replace(LINE, id=2, title="Đăng bài Zalo")
A = AreaContent("leadership", "a) Chỉ đạo, điều hành", (LINE,))
B = AreaContent("institutions", "b) Cải cách thể chế", (), "Không thuộc chức năng")
PLAN = Content("Phòng Lao động - Việc làm", 2022, "Mục đích", "Tổ chức", "Hà", (A, B))


def _with_lines(*lines: Line) -> Content:
    return replace(PLAN, areas=(replace(A, lines=lines), B))


def test_the_same_plan_has_no_differences():
    assert differences(PLAN, replace(PLAN)) == []


def test_an_added_and_a_removed_line_are_named_with_their_area():
    changes = differences(PLAN, _with_lines(OTHER))
    assert [(change.word, change.where, change.title) for change in changes] == [
        ("Bỏ", "a) Chỉ đạo, điều hành", "Phát tờ gấp"),
        ("Thêm", "a) Chỉ đạo, điều hành", "Đăng bài Zalo"),
    ]


def test_a_changed_line_shows_each_field_before_and_after():
    (change,) = differences(PLAN, _with_lines(replace(LINE, quantity=3000, money=5_000_000, ends=date(2022, 4, 30))))
    assert (change.word, change.title) == ("Sửa", "Phát tờ gấp")
    assert [(field.label, field.before, field.after) for field in change.fields] == [
        ("Thời gian", "01/3/2022 – 31/3/2022", "01/3/2022 – 30/4/2022"),
        ("Số lượng", "2.000 tờ", "3.000 tờ"),
        ("Kinh phí", "", "5.000.000 đồng"),
    ]


def test_nothing_and_zero_are_different_amounts_of_money():
    (change,) = differences(PLAN, _with_lines(replace(LINE, money=0)))
    assert [(field.before, field.after) for field in change.fields] == [("", "0 đồng")]


def test_a_line_moved_to_another_area_is_one_change():
    moved = replace(PLAN, areas=(replace(A, lines=()), replace(B, lines=(LINE,))))
    (change,) = differences(PLAN, moved)
    assert [(field.label, field.before, field.after) for field in change.fields] == [
        ("Nội dung", "a) Chỉ đạo, điều hành", "b) Cải cách thể chế")
    ]


def test_texts_and_reasons_of_absence_are_compared():
    changed = replace(PLAN, purpose="Mục đích mới", areas=(A, replace(B, absence="")))
    assert [
        (change.title, change.fields[0].before, change.fields[0].after) for change in differences(PLAN, changed)
    ] == [
        ("Mục đích, yêu cầu", "Mục đích", "Mục đích mới"),
        ("Ghi “không có”", "Không thuộc chức năng", ""),
    ]
