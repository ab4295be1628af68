"""Task tables in their many forms: a column for the group, headings in other words, cells drawn in a PDF."""

import pytest

from documents.reading import read_file, read_plan

PLAN = "KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2024\nII. PHÂN CÔNG\n"


def tasks(text):
    return [(task.group, task.title, task.lead, task.support, task.time) for task in read_plan(PLAN + text).tasks]


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("TT | Việc cần làm | Người phụ trách | Hạn", "1 | Họp dân | Trưởng thôn | Tháng 5"),
        ("STT | Tên hoạt động | Đơn vị thực hiện | Dự kiến thời gian", "1 | Họp dân | Trưởng thôn | Tháng 5"),
        ("Đơn vị | Nhiệm vụ được giao | Thời hạn", "Trưởng thôn | Họp dân | Tháng 5"),
        ("Khi nào | Ai làm | Đầu việc", "Tháng 5 | Trưởng thôn | Họp dân"),
    ],
)
def test_columns_in_any_order_and_wording(heading, row):
    assert tasks(f"{heading}\n{row}") == [("", "Họp dân", "Trưởng thôn", [], "Tháng 5")]


def test_a_column_that_names_the_group():
    text = (
        "TT | Nhóm nhiệm vụ | Nhiệm vụ cụ thể | Chủ trì | Thời gian\n"
        "1 | Thủ tục hành chính | Rà soát biểu mẫu | Tổ Một cửa | Quý I\n"
        "2 | Tài chính công | Công khai thu chi | Tổ Kế toán | Quý II"
    )
    assert [(task.group, task.area, task.title) for task in read_plan(PLAN + text).tasks] == [
        ("Thủ tục hành chính", "procedures", "Rà soát biểu mẫu"),
        ("Tài chính công", "public-finance", "Công khai thu chi"),
    ]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("Sở Lao động - Thương binh và Xã hội", ["Sở Lao động - Thương binh và Xã hội"]),
        ("Sở Nông nghiệp và Môi trường và Công an tỉnh", ["Sở Nông nghiệp và Môi trường", "Công an tỉnh"]),
        ("Báo và Đài Phát thanh, Truyền hình tỉnh", ["Báo và Đài Phát thanh, Truyền hình tỉnh"]),
        ("Đoàn Thanh niên; Hội Phụ nữ<br>Trạm Y tế", ["Đoàn Thanh niên", "Hội Phụ nữ", "Trạm Y tế"]),
    ],
)
def test_units_side_by_side(cell, units):
    text = f"| TT | Nội dung | Chủ trì | Phối hợp | Hạn |\n| 1 | Họp dân | Văn phòng | {cell} | Tháng 5 |"
    ((*_others, support, _time),) = tasks(text)
    assert support == units


def test_a_heading_behind_an_aligned_table_is_no_row_of_it():
    text = (
        "TT   Nội dung            Chủ trì          Thời gian\n"
        "1    Họp dân             Trưởng thôn      Tháng 5\n"
        "\n"
        "2    Treo khẩu hiệu      Đoàn xã          Tháng 6\n"
        "\n"
        "    3. Tổ chức thực hiện\n"
        "    a) Văn phòng\n"
        "    - Theo dõi việc thực hiện.\n"
    )
    plan = read_plan(PLAN + text)
    assert [task.title for task in plan.tasks] == ["Họp dân", "Treo khẩu hiệu"]
    assert [(duty.who, duty.what) for duty in plan.duties] == [("Văn phòng", "Theo dõi việc thực hiện")]


def test_a_number_that_ends_a_sentence_is_no_page_number():
    text = "III. TỔ CHỨC THỰC HIỆN\n1. Phòng Kinh tế thanh toán cho các ấp trong tháng\n12.\n2. Công an xã tuần tra."
    assert [(duty.who, duty.phrase) for duty in read_plan(PLAN + text).duties] == [
        ("Phòng Kinh tế", "trong tháng 12"),
        ("Công an xã", None),
    ]


STYLE = (
    "<style>@page {size: 400pt 260pt; margin: 20pt} table {border-collapse: collapse; width: 100%} "
    "td {border: 1px solid}</style>"
)
HEAD = "<tr><td>TT</td><td>Nội dung</td><td>Chủ trì</td><td>Phối hợp</td><td>Thời gian</td></tr>"


def pdf(rows, before=""):
    from weasyprint import HTML

    titles = "<p>KẾ HOẠCH</p><p>Tuyên truyền cải cách hành chính năm 2024</p><p>II. PHÂN CÔNG</p>"
    return HTML(string=f"{STYLE}{titles}{before}<table>{HEAD}{rows}</table><p>III. KINH PHÍ</p>").write_pdf()


def pdf_tasks(rows, before=""):
    plan = read_file(pdf(rows, before))
    return [(task.group, task.title, task.lead, task.support, task.time) for task in plan.tasks]


def test_cells_that_stand_close_are_parted_by_the_lines_between_them():
    rows = (
        "<tr><td colspan='5'>A. Truyền thông</td></tr>"
        "<tr><td>1</td><td>Phát bản tin trên 42 cụm loa thông minh của xã</td>"
        "<td>Phòng Văn hóa - Xã hội<br>Công an xã</td>"
        "<td>Đoàn Thanh niên<br>Hội Nông dân xã</td><td>Hằng tuần</td></tr>"
        "<tr><td>2</td><td>Hội thi dịch vụ công trực tuyến</td><td rowspan='2'>Trung tâm Phục vụ hành chính công</td>"
        "<td></td><td>Tháng 9</td></tr>"
        "<tr><td>3</td><td>Đo sự hài lòng</td><td>14 ấp</td><td>Quý IV</td></tr>"
    )
    centre = "Trung tâm Phục vụ hành chính công"
    assert pdf_tasks(rows) == [
        ("Truyền thông", "Phát bản tin trên 42 cụm loa thông minh của xã", "Phòng Văn hóa - Xã hội Công an xã",
         ["Đoàn Thanh niên", "Hội Nông dân xã"], "Hằng tuần"),
        ("Truyền thông", "Hội thi dịch vụ công trực tuyến", centre, [], "Tháng 9"),
        ("Truyền thông", "Đo sự hài lòng", centre, ["14 ấp"], "Quý IV"),
    ]  # fmt: skip


def test_a_row_that_the_page_end_cuts_is_one_row():
    long = "rà soát toàn bộ bảng niêm yết thủ tục, biểu mẫu, sơ đồ và số điện thoại đường dây nóng " * 3
    rows = "".join(
        f"<tr><td>{n}</td><td>Lần {n}: {long}</td><td>Văn phòng</td><td>Các tổ</td><td>Tháng {n}</td></tr>"
        for n in range(1, 5)
    )
    found = pdf_tasks(rows)
    assert [(title, lead, time) for _group, title, lead, _support, time in found] == [
        (f"Lần {n}: {long}".strip(), "Văn phòng", f"Tháng {n}") for n in range(1, 5)
    ]
    assert [node.title for node in read_file(pdf(rows)).headings] == ["PHÂN CÔNG", "KINH PHÍ"]
