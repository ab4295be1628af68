"""Whom a plan asks for what, by when and for whom, in the many ways in which offices write it."""

import pytest

from documents.reading import read_plan

PLAN = "KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2024\nV. TỔ CHỨC THỰC HIỆN\n"


def duties(text):
    return [(d.who, d.what, d.instant and d.instant.date().isoformat()) for d in read_plan(PLAN + text).duties]


def only(text):
    (duty,) = read_plan(PLAN + text).duties
    return duty


@pytest.mark.parametrize(
    ("line", "whos", "whats"),
    [
        (
            "1. Văn phòng Sở: - Tham mưu kế hoạch; - Tổng hợp kết quả; - Đăng tin bài.",
            ["Văn phòng Sở"],
            ["Tham mưu kế hoạch", "Tổng hợp kết quả", "Đăng tin bài"],
        ),
        (
            "- Phòng Kinh tế: a) Bố trí kinh phí; b) Thẩm định dự toán.",
            ["Phòng Kinh tế"],
            ["Bố trí kinh phí", "Thẩm định dự toán"],
        ),
        (
            "Trạm Y tế: + Niêm yết thủ tục. + Hướng dẫn người dân.",
            ["Trạm Y tế"],
            ["Niêm yết thủ tục", "Hướng dẫn người dân"],
        ),
        (
            "- Văn phòng Đảng ủy: tham mưu; - Phòng Văn hóa: phát thanh.",
            ["Văn phòng Đảng ủy", "Phòng Văn hóa"],
            ["tham mưu", "phát thanh"],
        ),
    ],
)
def test_items_behind_each_other_in_a_line_are_one_duty_each(line, whos, whats):
    found = duties(line)
    assert list(dict.fromkeys(who for who, _, _ in found)) == whos
    assert [what for _, what, _ in found] == whats


@pytest.mark.parametrize(
    "who",
    [
        "Công chức Văn hóa - Xã hội",
        "Trạm Y tế",
        "Công an xã",
        "Đài truyền thanh",
        "Trưởng thôn",
        "Bí thư Đoàn xã",
        "Chủ tịch Hội Nông dân",
        "Kế toán",
        "Ban Chỉ huy quân sự",
        "Hiệu trưởng các trường học",
        "Thư viện huyện",
        "Tổ trưởng tổ dân phố",
    ],
)
def test_a_post_or_an_office_before_a_colon_is_the_unit(who):
    assert only(f"- {who}: họp, phổ biến nội dung kế hoạch.").who == who


@pytest.mark.parametrize(
    "verb",
    [
        "công bố",
        "báo cáo",
        "rà soát",
        "cập nhật",
        "đăng tải",
        "quán triệt",
        "dàn dựng",
        "nhân rộng",
        "bình xét",
        "kiện toàn",
    ],
)
def test_the_unit_ends_before_the_verb(verb):
    duty = only(f"1. Phòng Tài chính - Kế hoạch {verb} các nội dung của kế hoạch.")
    assert (duty.who, duty.what) == ("Phòng Tài chính - Kế hoạch", f"{verb} các nội dung của kế hoạch")


@pytest.mark.parametrize(
    ("text", "phrase", "day"),
    [
        ("1. Văn phòng\n- Tổ chức hội thi. Thời gian: Quý II.", "Quý II", "2024-06-30"),
        ("1. Văn phòng\n- Tổ chức hội thi; thời gian thực hiện: tháng 3.", "tháng 3", "2024-03-31"),
        ("1. Văn phòng\n- Tổ chức hội thi, hoàn thành: Quý III.", "Quý III", "2024-09-30"),
        ("1. Văn phòng\n- Tổ chức hội thi, quý IV.", "quý IV", "2024-12-31"),
        ("1. Văn phòng\n- Tổ chức hội thi (tháng 10).", "tháng 10", "2024-10-31"),
        ("1. Văn phòng\n- Tổ chức hội thi. Hoàn thành trước ngày 30/6.", "trước ngày 30/6", "2024-06-29"),
        ("1. Văn phòng\n- Tổ chức hội thi.\n+ Thời hạn hoàn thành: 15/11", "15/11", "2024-11-15"),
        ("1. Văn phòng\n- Tổ chức hội thi trong 6 tháng đầu năm.", "trong 6 tháng đầu năm", "2024-06-30"),
    ],
)
def test_a_trailer_is_the_deadline_of_its_duty(text, phrase, day):
    duty = only(text)
    assert (duty.phrase, duty.instant.date().isoformat()) == (phrase, day)


@pytest.mark.parametrize(
    ("said", "rhythm", "day"),
    [
        ("trước ngày 05 của tháng đầu quý sau", "quarterly", None),
        ("chậm nhất ngày 10 tháng đầu quý tiếp theo", "quarterly", None),
        ("trước ngày 03 của tháng sau", "monthly", None),
        ("trước ngày 15/6 và ngày 15/12 hằng năm", "half_yearly", "2024-06-14"),
        ("trước ngày 10/3, 10/6, 10/9 và 10/12 hằng năm", "quarterly", "2024-03-09"),
        ("trước ngày 30/11/2024", None, "2024-11-29"),
    ],
)
def test_the_rhythm_of_a_report(said, rhythm, day):
    duty = only(f"1. Văn phòng\n- Gửi báo cáo năm về Sở Nội vụ {said}.")
    assert (duty.recurrence, duty.instant and duty.instant.date().isoformat()) == (rhythm, day)
    assert duty.phrase == said


def test_when_something_begins_is_no_deadline():
    assert only("1. Văn phòng\n- Phát sóng từ tháng 4 năm 2024.").phrase is None


@pytest.mark.parametrize(
    ("what", "to"),
    [
        ("Báo cáo về Sở Nội vụ (qua Phòng CCHC) trước ngày 15/6", "Sở Nội vụ (qua Phòng CCHC)"),
        ("Gửi danh sách về Sở Nội vụ (Phòng CCHC) trước ngày 15/6", "Sở Nội vụ (Phòng CCHC)"),
        ("Trình UBND huyện phê duyệt dự toán", "UBND huyện"),
        ("Trình Giám đốc Sở ký ban hành", "Giám đốc Sở"),
        ("Gửi Phòng Nội vụ danh sách báo cáo viên", "Phòng Nội vụ"),
        ("Báo cáo Chủ tịch UBND xã tình hình thực hiện", "Chủ tịch UBND xã"),
        ("Tổng hợp báo cáo UBND tỉnh, Bộ Nội vụ", "UBND tỉnh, Bộ Nội vụ"),
        ("Báo cáo Trưởng ban qua Văn phòng Ban", "Trưởng ban qua Văn phòng Ban"),
        ("Đăng ký nội dung với Văn phòng Sở trước ngày 15/02", "Văn phòng Sở"),
        ("Cấp phát tờ rơi cho các xã", None),
    ],
)
def test_whom_it_is_laid_before(what, to):
    assert only(f"1. Phòng Văn hóa\n- {what}.").to == to


def test_an_addressee_holds_for_its_own_sentence_only():
    text = "1. Phòng Văn hóa báo cáo UBND huyện trước ngày 20/12. Cập nhật số liệu trước ngày 25/12."
    assert [duty.to for duty in read_plan(PLAN + text).duties] == ["UBND huyện", None]


def test_units_in_capitals_and_on_lines_of_their_own():
    text = "1. VĂN PHÒNG SỞ\n- Tham mưu.\n2. ĐÀI TRUYỀN THANH\n- Phát thanh."
    assert [who for who, _, _ in duties(text)] == ["VĂN PHÒNG SỞ", "ĐÀI TRUYỀN THANH"]
    text = "Văn phòng Sở:\n- Tham mưu.\nThanh tra Sở:\n- Kiểm tra."
    assert [who for who, _, _ in duties(text)] == ["Văn phòng Sở", "Thanh tra Sở"]
    text = "- Văn phòng Sở:\n+ Tham mưu.\n- Thanh tra Sở:\n+ Kiểm tra."
    assert [who for who, _, _ in duties(text)] == ["Văn phòng Sở", "Thanh tra Sở"]
