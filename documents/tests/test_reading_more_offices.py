"""Wordings of further offices: whoever is asked, days of one report, closing sentences, tables of other headings."""

import pytest

from documents.reading import read_plan

PLAN = "KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2024\n\nI. MỤC TIÊU\n- Một.\nII. TỔ CHỨC THỰC HIỆN\n"


def duties(text):
    return read_plan(PLAN + text).duties


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Đề nghị Hiệp hội Du lịch tỉnh vận động hội viên tham gia.", "Hiệp hội Du lịch tỉnh"),
        ("Mời Liên hiệp các Hội Khoa học tỉnh phản biện dự thảo.", "Liên hiệp các Hội Khoa học tỉnh"),
        ("Đề nghị Nghệ nhân ưu tú Hoàng Văn Sinh biểu diễn hát then.", "Nghệ nhân ưu tú Hoàng Văn Sinh"),
        ("Học viện Chính trị khu vực mở lớp bồi dưỡng.", "Học viện Chính trị khu vực"),
        ("Chi cục Thuế gửi danh sách hộ kinh doanh cho Phòng Kinh tế.", "Chi cục Thuế"),
        ("Phòng Nội vụ được ủy quyền ký hợp đồng với Đài Phát thanh.", "Phòng Nội vụ"),
    ],
)
def test_who_is_asked(sentence, who):
    assert [duty.who for duty in duties(f"1. {sentence}")] == [who]


def test_what_is_assigned_without_a_unit_has_none():
    assert not duties("1. Phân công nhiệm vụ cụ thể tại Phụ lục ban hành kèm theo Kế hoạch này.")


@pytest.mark.parametrize(
    ("sentence", "rhythm", "first"),
    [
        ("Gửi báo cáo sơ kết trước ngày 18/6 và báo cáo tổng kết trước ngày 12/12.", "half_yearly", (6, 17)),
        ("Tổng hợp kết quả 6 tháng (gửi trước ngày 12/6) và năm (gửi trước ngày 10/12).", "half_yearly", (6, 11)),
        ("Gửi báo cáo trước các ngày 15/3, 15/6, 15/9 và 15/12.", "quarterly", (3, 14)),
        ("Mở 01 hội nghị trong quý I và 01 hội nghị trong quý III.", None, (9, 30)),
        ("Xây dựng báo cáo trước ngày 10/3, in xong trước ngày 05/4.", None, (3, 9)),
    ],
)
def test_several_times_in_a_sentence(sentence, rhythm, first):
    (duty,) = duties(f"1. Văn phòng:\n- {sentence}")
    assert (duty.recurrence, duty.instant.month, duty.instant.day) == (rhythm, *first)


@pytest.mark.parametrize(
    "trailer", ["Thời điểm kết thúc: 15/4/2024.", "Hạn giao hàng: 15/4/2024.", "Dự kiến xong: 15/4/2024."]
)
def test_a_sentence_that_is_only_a_deadline(trailer):
    (duty,) = duties(f"1. Văn phòng:\n- In tờ gấp. {trailer}")
    assert (duty.what, duty.instant.day) == ("In tờ gấp", 15)


def test_a_clause_in_which_another_unit_does_something_to_a_thing():
    found = duties("1. Phòng Nội vụ chủ trì; kết quả kiểm tra do Thanh tra huyện tổng hợp, gửi Phòng Nội vụ.")
    assert [(duty.who, duty.what) for duty in found] == [
        ("Phòng Nội vụ", "chủ trì"),
        ("Thanh tra huyện", "kết quả kiểm tra tổng hợp, gửi Phòng Nội vụ"),
    ]


@pytest.mark.parametrize(
    "formula", ["tổ chức thực hiện nghiêm túc, hiệu quả Kế hoạch này", "triển khai nghiêm Kế hoạch"]
)
def test_a_closing_formula_asks_nothing(formula):
    assert not duties(f"1. Văn phòng\nYêu cầu các đơn vị {formula}.")


def test_whom_to_turn_to_with_difficulties():
    ending = "Yêu cầu các xã thực hiện nghiêm Kế hoạch. Khó khăn phát sinh phản ánh về Sở Nội vụ (qua Phòng CCHC)."
    assert [(duty.who, duty.to) for duty in duties(ending)] == [("", "Sở Nội vụ (qua Phòng CCHC)")]


def test_whom_to_turn_to_is_read_behind_a_later_part():
    closing = "Nếu có vướng mắc, các xã phản ánh về Sở Nội vụ để xem xét."
    text = f"1. Văn phòng: Chủ trì.\nIII. KINH PHÍ\n1. Ngân sách.\n{closing}\n"
    assert [(duty.who, duty.what) for duty in duties(text)][1:] == [("các xã", "phản ánh về Sở Nội vụ để xem xét")]


def test_a_newspaper_with_which_something_is_booked_is_no_addressee():
    assert duties("1. Văn phòng đăng ký chuyên trang với Báo Hà Nam trước ngày 05 hằng tháng.")[0].to is None


def tasks(table):
    return read_plan(f"{PLAN}{table}\nIII. KINH PHÍ\n- Ngân sách.\n").tasks


def test_a_group_alone_on_its_line_and_headings_in_other_words():
    found = tasks(
        "Stt | Hạng mục | Phụ trách chính | Cùng làm | Hạn xong | Minh chứng\n"
        "A. Phát thanh\n1 | Bài phát thanh | Ban Văn hóa | Đoàn xã | 30/3 | 04 bài\n"
        "B. Trực quan\n2 | Pa nô | Địa chính | | Tháng 5 | 02 pa nô"
    )
    assert [(one.group, one.title, one.lead, one.support, one.time, one.product) for one in found] == [
        ("Phát thanh", "Bài phát thanh", "Ban Văn hóa", ["Đoàn xã"], "30/3", "04 bài"),
        ("Trực quan", "Pa nô", "Địa chính", [], "Tháng 5", "02 pa nô"),
    ]


def test_a_group_without_a_column_of_numbers_and_companies():
    found = tasks(
        "| Công tác | Phụ trách | Hỗ trợ | Lịch |\n| Băng rôn | Công an xã | VNPT Hà Nam và Viettel Hà Nam | Quý II |\n"
        "| II | Chuyển đổi số | | |\n| Tập huấn | Đoàn xã | | Tháng 9 |"
    )
    assert [(one.group, one.title, one.support) for one in found] == [
        ("", "Băng rôn", ["VNPT Hà Nam", "Viettel Hà Nam"]),
        ("Chuyển đổi số", "Tập huấn", []),
    ]


def test_what_a_column_of_groups_says_once_holds_for_the_rows_below():
    found = tasks(
        "TT | Nhóm | Việc cụ thể | Chủ trì | Hạn\n1 | Thể chế | Rà soát | Phòng Tư pháp | 30/6\n"
        "2 | | Đăng tải | Văn phòng | 15/7\n3 | Bộ máy | Thông tin | Phòng Nội vụ | 30/9"
    )
    assert [one.group for one in found] == ["Thể chế", "Thể chế", "Bộ máy"]


def test_entries_that_begin_with_an_amount():
    plan = read_plan(
        "KẾ HOẠCH\nnăm 2024\nI. MỤC TIÊU\n1. 100% xã có loa.\n2. 05 lớp được mở.\n2.1. 80% hồ sơ qua mạng.\n"
    )
    assert [one.label for one in plan.headings] == ["I", "1", "2", "2.1"]


def test_names_with_an_apostrophe_sign():
    tail = "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nK'Brông Hải\n\nNơi nhận:\n- UBND tỉnh;\n- Lưu: VT.\n"
    assert read_plan(f"KẾ HOẠCH\nnăm 2024\nI. MỤC TIÊU\n- Một.\n\n{tail}").signer.name == "K'Brông Hải"


@pytest.mark.parametrize(
    ("when", "rhythm"),
    [
        ("trước ngày 18 của tháng đầu quý", "quarterly"),
        ("vào ngày làm việc cuối cùng của quý", "quarterly"),
        ("vào tuần thứ nhất và tuần thứ ba của tháng", "monthly"),
    ],
)
def test_days_of_a_period(when, rhythm):
    assert duties(f"1. Văn phòng tổng hợp số liệu, gửi Giám đốc {when}.")[0].recurrence == rhythm


def test_a_post_with_what_it_is_about():
    found = duties("1. Viên chức phụ trách truyền thông của các khoa có trách nhiệm gửi bài về Tổ truyền thông.")
    assert [(duty.who, duty.what) for duty in found] == [
        ("Viên chức phụ trách truyền thông của các khoa", "gửi bài về Tổ truyền thông")
    ]
