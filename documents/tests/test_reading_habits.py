"""Habits of drafting: headings, heads, recipients, targets, issuers and tables as other offices set them."""

import pytest

from documents.reading import read_plan
from documents.references import find_references

PLAN = "KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2024\n"


def headings(text):
    return [(n.level, n.label, n.name) for n in read_plan(PLAN + text).headings]


def test_parts_with_a_letter_or_an_ordinal_are_headings():
    text = "PHẦN A: MỤC ĐÍCH\n1. Yêu cầu\n- Một.\nPhần thứ hai\nNỘI DUNG\nPHẦN THỨ BA: KINH PHÍ\nI. Nguồn\n"
    assert headings(text) == [
        ("roman", "A", "MỤC ĐÍCH"),
        ("number", "1", "Yêu cầu"),
        ("roman", "thứ hai", "NỘI DUNG"),
        ("roman", "THỨ BA", "KINH PHÍ"),
        ("roman", "I", "Nguồn"),
    ]


def test_sections_called_muc_are_the_top_level():
    plan = read_plan(PLAN + "Mục 1. Mục đích\n1. Chung\nMục 2. Tổ chức thực hiện\n1. Văn phòng\n- Tham mưu.\n")
    tops = [n.name for n in plan.outline if n.level == "roman" and n.parent is None]
    assert tops == ["Mục đích", "Tổ chức thực hiện"]
    assert [duty.who for duty in plan.duties] == ["Văn phòng"]


def recipients(tail):
    plan = read_plan(PLAN + "I. MỤC ĐÍCH\n- Một việc.\n\n" + tail)
    return [(one.name, one.purpose) for one in plan.recipients]


def test_recipients_on_the_line_of_noi_nhan():
    expected = [("UBND tỉnh", "b/c"), ("Sở Nội vụ", "để p/h"), ("Các phòng", None), ("Lưu: VT, VP", None)]
    assert recipients("Nơi nhận: UBND tỉnh (b/c); Sở Nội vụ (để p/h); Các phòng; Lưu: VT, VP.") == expected
    assert recipients("Nơi nhận: - UBND tỉnh (b/c); - Sở Nội vụ (để p/h);\n- Các phòng;\n- Lưu: VT, VP.") == expected


@pytest.mark.parametrize("purpose", ["để chỉ đạo", "để b/c", "b/cáo", "t/hiện", "để biết và thực hiện", "b/c, chỉ đạo"])
def test_a_purpose_in_brackets(purpose):
    assert recipients(f"Nơi nhận:\n- Sở Nội vụ ({purpose});\n- Lưu: VT.")[0] == ("Sở Nội vụ", purpose)


def test_a_purpose_broken_over_two_lines():
    assert recipients("Nơi nhận:\n- UBND tỉnh (để b/\nc);\n- Lưu: VT.")[0] == ("UBND tỉnh", "để b/c")


def targets(text):
    found = read_plan(f"{PLAN}I. MỤC TIÊU\n- {text}").targets
    return [(t.index, t.kind, int(t.value), t.by_year, t.basis) for t in found]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Đến năm 2025, Chỉ số PAPI xếp trong TOP 20.", [("PAPI", "position", 20, 2025, None)]),
        ("Chỉ số PAPI xếp thứ 15 cả nước vào năm 2026.", [("PAPI", "position", 15, 2026, None)]),
        ("SIPAS đạt trên 90% (Quyết định số 5/QĐ-UBND ngày 1/2/2024).", [("SIPAS", "level", 90, None, "05/QĐ-UBND")]),
        ("SIPAS đạt 90%; tỷ lệ hồ sơ trực tuyến đạt 80%.", [("SIPAS", "level", 90, None, None)]),
        (
            "PAPI tăng 3 bậc; phấn đấu xếp thứ 20.",
            [("PAPI", "rank_change", 3, None, None), ("PAPI", "position", 20, None, None)],
        ),
    ],
)
def test_years_bases_and_other_measures_beside_an_index(text, read):
    assert targets(text) == read


@pytest.mark.parametrize(
    ("head", "read"),
    [
        (
            "BẢO HIỂM XÃ HỘI VIỆT NAM CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "BẢO HIỂM XÃ HỘI TỈNH HÀ NAM   Độc lập - Tự do - Hạnh phúc\n"
            "Số: 12/KH-BHXH    Hà Nam, ngày 02 tháng 3 năm 2024\n"
            "CHƯƠNG TRÌNH HÀNH ĐỘNG\nCải cách hành chính năm 2024\n",
            ("Chương trình hành động", "BẢO HIỂM XÃ HỘI TỈNH HÀ NAM", "BẢO HIỂM XÃ HỘI VIỆT NAM"),
        ),
        (
            "TỈNH ỦY HÀ NAM\nBAN TUYÊN GIÁO\nSố 12-KH/BTG\nHà Nam, ngày 02 tháng 3 năm 2024\n\n"
            "KẾ HOẠCH HÀNH ĐỘNG\nCải cách hành chính năm 2024\n",
            ("Kế hoạch hành động", "BAN TUYÊN GIÁO", "TỈNH ỦY HÀ NAM"),
        ),
    ],
)
def test_types_of_several_words_and_superiors_of_every_kind(head, read):
    plan = read_plan(f"{head}I. MỤC ĐÍCH\n- Một việc.\n")
    assert (plan.document_type, plan.agency, plan.parent_agency) == read
    assert plan.title == "Cải cách hành chính năm 2024"


def test_the_opening_right_below_the_title_is_no_part_of_it():
    plan = read_plan(f"{PLAN}Phòng Nội vụ ban hành Kế hoạch tuyên truyền cải cách hành chính.\nI. MỤC ĐÍCH\n- Một.\n")
    assert plan.title == "Tuyên truyền cải cách hành chính năm 2024"


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        (
            "Kế hoạch số 5/KH-SNV ngày 1/3/2024 của Sở Nội vụ, Kế hoạch số 6/KH-STC ngày 2/3/2024 của Sở Tài chính",
            ["Sở Nội vụ", "Sở Tài chính"],
        ),
        ("Quyết định số 8/QĐ-BHXH của Tổng Giám đốc BHXH Việt Nam", ["Tổng Giám đốc BHXH Việt Nam"]),
        ("Nghị quyết số 3-NQ/ĐU của Ban Chấp hành Đảng bộ xã Yên Bình", ["Ban Chấp hành Đảng bộ xã Yên Bình"]),
        ("Thông báo số 4/TB-HĐND của Thường trực HĐND tỉnh Hà Nam về việc", ["Thường trực HĐND tỉnh Hà Nam"]),
        ("Quyết định số 1/QĐ-UBDT của Bộ trưởng, Chủ nhiệm Ủy ban Dân tộc", ["Bộ trưởng, Chủ nhiệm Ủy ban Dân tộc"]),
    ],
)
def test_an_issuer_ends_where_its_name_ends(text, issuers):
    assert [reference.issuer for reference in find_references(text)] == issuers


def test_a_markdown_table_with_short_headings():
    rows = "| Số TT | Việc | Đơn vị | Phối hợp | Hạn |\n|---|---|---|---|---|\n"
    (task,) = read_plan(f"{PLAN}I. NHIỆM VỤ\n{rows}| 1 | Viết tin | Phòng Đào tạo | Khoa Y, Thư viện | Quý I |\n").tasks
    assert (task.lead, task.support, task.time) == ("Phòng Đào tạo", ["Khoa Y", "Thư viện"], "Quý I")


def test_a_running_header_between_the_halves_of_a_sentence_is_set_aside():
    halves = "- Nâng cao nhận thức của cán bộ, công chức về\n2\n", "cải cách.\n"
    text = f"{PLAN}I. MỤC ĐÍCH\n{halves[0]}Tuyên truyền cải cách hành chính năm 2024\n{halves[1]}"
    plan = read_plan(text)
    assert [node.text for node in plan.outline if node.level == "dash"] == [
        "Nâng cao nhận thức của cán bộ, công chức về cải cách."
    ]
    assert [item.reason for item in plan.set_aside] == ["page_number", "header"]
