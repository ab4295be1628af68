"""What twelve later plans of other offices taught the reader: tables, names of units, duties and targets."""

import pytest

from documents.reading import read_plan
from documents.reading.tables import split_units

PLAN = "KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2024\n"
DUTIES = PLAN + "V. TỔ CHỨC THỰC HIỆN\n"


def only(text):
    (duty,) = read_plan(DUTIES + text).duties
    return duty


def targets(text):
    return [(t.index, t.kind, t.value, t.baseline_year, t.by_year) for t in read_plan(f"{PLAN}1. {text}").targets]


def test_cells_centred_in_their_row_stay_in_their_row():
    plan = read_plan(f"""{PLAN}III. LỊCH KIỂM TRA
STT   Nội dung           Đơn vị chủ trì    Đơn vị phối hợp      Thời gian
      Kiểm tra tại                                              Tuần 1
1     trụ sở xã          Đoàn kiểm         UBND xã Tân          tháng
      Tân                tra               Thành                5/2024
      Thành
      Kiểm tra tại       Đoàn kiểm                              Tuần 2
2     trụ sở             tra               UBND xã Phú An       tháng
      xã Phú An                                                 5/2024
                         Văn phòng         Phòng Tư pháp,
3     Công bố kết        Thanh tra         Phòng Nội            Quý IV/
      luận               huyện             vụ                   2024
""")
    assert [(t.title, t.lead, t.support, t.time) for t in plan.tasks] == [
        ("Kiểm tra tại trụ sở xã Tân Thành", "Đoàn kiểm tra", ["UBND xã Tân Thành"], "Tuần 1 tháng 5/2024"),
        ("Kiểm tra tại trụ sở xã Phú An", "Đoàn kiểm tra", ["UBND xã Phú An"], "Tuần 2 tháng 5/2024"),
        ("Công bố kết luận", "Văn phòng Thanh tra huyện", ["Phòng Tư pháp", "Phòng Nội vụ"], "Quý IV/2024"),
    ]


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("Phòng Tài chính và Kế toán; Văn phòng", ["Phòng Tài chính và Kế toán", "Văn phòng"]),
        ("Khoa Dược và Thư viện y học", ["Khoa Dược và Thư viện y học"]),
        ("Phòng Nội vụ và Văn phòng", ["Phòng Nội vụ", "Văn phòng"]),
        ("Văn phòng và kế toán", ["Văn phòng", "kế toán"]),
    ],
)
def test_an_and_within_a_departments_name_parts_nothing(cell, units):
    assert split_units(cell) == units


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("2. Địa chính - Xây dựng: niêm yết bản đồ.", "Địa chính - Xây dựng"),
        ("3. Văn hóa - Xã hội: viết tin bài.", "Văn hóa - Xã hội"),
        ("4. Tư pháp: lập sổ theo dõi.", "Tư pháp"),
        ("5. BHXH các huyện, thị xã: phổ biến kế hoạch.", "BHXH các huyện, thị xã"),
    ],
)
def test_posts_and_insurance_offices_are_asked(line, who):
    assert only(line).who == who


def test_who_tells_an_office_ends_before_the_telling():
    duty = only("Nếu có vướng mắc, các phòng báo về Văn phòng Sở để xem xét.")
    assert (duty.who, duty.what, duty.to) == ("các phòng", "báo về Văn phòng Sở để xem xét", "Văn phòng Sở")


def test_items_of_insurance_offices_in_one_line():
    plan = read_plan(f"{DUTIES}2. BHXH các huyện: - Phổ biến kế hoạch; - Báo cáo kết quả quý về BHXH tỉnh.")
    assert [(d.who, d.recurrence, d.to) for d in plan.duties] == [
        ("BHXH các huyện", None, None),
        ("BHXH các huyện", "quarterly", "BHXH tỉnh"),
    ]


@pytest.mark.parametrize(
    ("line", "to"),
    [
        ("- Văn phòng: lắp đặt máy tính cho Phòng Nội vụ.", None),
        ("- Văn phòng: lắp đặt máy tính cho Phòng Nội vụ; gửi kết quả cho Sở Tài chính.", "Sở Tài chính"),
        ("- Văn phòng: lập đề cương, gửi các cơ quan được thanh tra trước ngày 15/5.", "các cơ quan được thanh tra"),
    ],
)
def test_whom_a_result_is_laid_before(line, to):
    assert only(line).to == to


def test_a_year_that_opens_the_sentence_holds_for_a_rise_over_another():
    assert targets("Đến năm 2026, chỉ số PAPI tăng 3 điểm so với năm 2023.") == [
        ("PAPI", "score_change", 3, 2023, 2026)
    ]
    assert targets("Chỉ số PCI tăng 5 bậc so với năm 2023 vào năm 2027.") == [("PCI", "rank_change", 5, 2023, 2027)]


def test_satisfaction_with_something_else_is_no_target_of_the_index():
    text = "Chỉ số PAR INDEX đạt 85 điểm; mức độ hài lòng của học viên đạt trên 70%."
    assert targets(text) == [("PAR INDEX", "level", 85, None, None)]


def test_channels_below_a_heading_that_begins_with_about():
    plan = read_plan(f"{PLAN}IV. VỀ CÁC HÌNH THỨC TUYÊN TRUYỀN\n1. Pa nô.\n2. Loa truyền thanh.\n")
    assert plan.channels == ["Pa nô.", "Loa truyền thanh."]


def test_marks_of_code_around_an_address_are_not_shown():
    plan = read_plan(f"{PLAN}I. NỘI DUNG\n- Xem tại `dichvucong.gov.vn` và phím `a`.\n")
    assert "Xem tại dichvucong.gov.vn và phím `a`." in [node.text for node in plan.outline]
