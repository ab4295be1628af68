"""Who is asked, in sentences where the unit stands elsewhere than at their beginning, or several units stand."""

import pytest

from documents.reading import read_plan, to_json

PLAN = "KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2023\nIII. TỔ CHỨC THỰC HIỆN\n"


def duties(text):
    return [(duty.who, duty.what) for duty in read_plan(PLAN + text).duties]


def only(text):
    (duty,) = read_plan(PLAN + text).duties
    return duty


@pytest.mark.parametrize(
    ("sentence", "who", "what"),
    [
        (
            "Kinh phí in tờ gấp do Phòng Tài vụ chi trả.",
            "Phòng Tài vụ",
            "Kinh phí in tờ gấp chi trả",
        ),
        (
            "Việc treo pa nô tại bến phà được Ban quản lý bến hướng dẫn.",
            "Ban quản lý bến",
            "Việc treo pa nô tại bến phà được hướng dẫn",
        ),
        (
            "Nội dung phát thanh giao Đài Truyền thanh huyện biên tập.",
            "Đài Truyền thanh huyện",
            "Nội dung phát thanh biên tập",
        ),
        (
            "Giám đốc Sở giao Thanh tra Sở kiểm tra đột xuất.",
            "Thanh tra Sở",
            "kiểm tra đột xuất",
        ),
        (
            "Căn cứ nội dung Kế hoạch, Trưởng các khoa phổ biến đến viên chức.",
            "Trưởng các khoa",
            "Căn cứ nội dung Kế hoạch, phổ biến đến viên chức",
        ),
        (
            "Công ty đầu tư hạ tầng khu kinh tế treo băng rôn ở cổng.",
            "Công ty đầu tư hạ tầng khu kinh tế",
            "treo băng rôn ở cổng",
        ),
        (
            "Trung tâm Đào tạo nghề mở lớp cho hội viên.",
            "Trung tâm Đào tạo nghề",
            "mở lớp cho hội viên",
        ),
        (
            "Văn phòng Đăng ký đất đai cử người trực tại bộ phận một cửa.",
            "Văn phòng Đăng ký đất đai",
            "cử người trực tại bộ phận một cửa",
        ),
        (
            "Trung tâm Quy hoạch xây dựng phát hành tờ gấp.",
            "Trung tâm Quy hoạch xây dựng",
            "phát hành tờ gấp",
        ),
        (
            "UBMTTQ tỉnh vận động hội viên tham gia.",
            "UBMTTQ tỉnh",
            "vận động hội viên tham gia",
        ),
        (
            "Tổ Kế toán lo phần kinh phí của cả đợt.",
            "Tổ Kế toán",
            "lo phần kinh phí của cả đợt",
        ),
    ],
)
def test_the_unit_is_found_wherever_it_stands(sentence, who, what):
    assert duties(f"1. {sentence}") == [(who, what)]


def test_a_unit_below_its_own_heading_is_named_once():
    text = "1. Phòng Tài vụ\n- Dự toán do Phòng Tài vụ lập, trình Giám đốc trước ngày 15/3.\n- Mỗi tổ viết một bài."
    assert duties(text) == [
        ("Phòng Tài vụ", "Dự toán lập, trình Giám đốc trước ngày 15/3"),
        ("Phòng Tài vụ", "Mỗi tổ viết một bài"),
    ]


def test_clauses_with_a_unit_of_their_own_are_duties_of_their_own():
    text = "1. Văn phòng Sở soạn kế hoạch, tổng hợp kết quả; Thanh tra Sở kiểm tra việc thực hiện; báo cáo Giám đốc."
    assert duties(text) == [
        ("Văn phòng Sở", "soạn kế hoạch, tổng hợp kết quả"),
        ("Thanh tra Sở", "kiểm tra việc thực hiện; báo cáo Giám đốc"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1. Các phòng; các đơn vị trực thuộc xây dựng kế hoạch riêng.",
        "1. Đài Truyền hình phối hợp với Phòng Văn hóa; Phòng Giáo dục mở chuyên mục mới.",
    ],
)
def test_a_list_of_units_is_one_duty(text):
    assert len(duties(text)) == 1


def test_numbered_items_in_a_line_are_one_duty_each():
    text = "1. Chi cục có trách nhiệm: (1) rà soát thủ tục; (2) niêm yết tại trụ sở; (3) gửi báo cáo về Sở."
    assert duties(text) == [
        ("Chi cục", "rà soát thủ tục"),
        ("Chi cục", "niêm yết tại trụ sở"),
        ("Chi cục", "gửi báo cáo về Sở"),
    ]


def test_a_closing_sentence_without_a_unit_asks_nobody_by_name():
    text = "1. Văn phòng Sở theo dõi.\nMọi vướng mắc xin phản ánh về Văn phòng Sở để được hướng dẫn."
    plan = read_plan(PLAN + text)
    assert [(duty["who"], duty["to"]) for duty in to_json(plan)["duties"]] == [
        ("Văn phòng Sở", None),
        (None, "Văn phòng Sở"),
    ]


def test_a_paragraph_right_below_the_name_of_a_unit_is_its_duty():
    text = (
        "1. Trưởng các thôn\nCăn cứ kế hoạch này họp dân phổ biến.\n2. Công an xã\nQuá trình cấp thẻ tuyên truyền thêm."
    )
    assert [who for who, _what in duties(text)] == ["Trưởng các thôn", "Công an xã"]


def test_who_is_watched_over_is_not_who_is_asked():
    text = "1. Phòng Tổ chức\n- Theo dõi, đôn đốc các khoa, phòng thực hiện Kế hoạch này."
    assert duties(text) == [("Phòng Tổ chức", "Theo dõi, đôn đốc các khoa, phòng thực hiện Kế hoạch này")]


def test_the_articles_of_a_decision_are_no_duties():
    text = (
        "QUYẾT ĐỊNH\nBan hành Kế hoạch tuyên truyền năm 2023\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch.\n"
        "Điều 2. Văn phòng theo dõi việc thực hiện Quyết định này."
    )
    assert read_plan(text).duties == []


@pytest.mark.parametrize(
    ("sentence", "to"),
    [
        ("trình Giám đốc ký, gửi Sở Nội vụ trước ngày 05/12", "Sở Nội vụ"),
        ("trình Giám đốc ký ban hành", "Giám đốc"),
        ("gửi Phòng Nội vụ không muộn hơn ngày 10/4", "Phòng Nội vụ"),
        ("gửi Thanh tra các huyện, thành phố trước ngày 10/4", "Thanh tra các huyện, thành phố"),
        ("soạn bài tuyên truyền về phòng cháy, chữa cháy", None),
        ("chịu trách nhiệm trước Giám đốc về tiến độ", None),
    ],
)
def test_whom_it_goes_to(sentence, to):
    assert only(f"1. Phòng Pháp chế {sentence}.").to == to


def test_a_unit_with_a_comma_in_its_name_is_named_in_full():
    text = "1. Phòng Hành chính, Quản trị\n- Theo dõi.\n2. Các trạm\n"
    text += "- Gửi số liệu về Phòng Hành chính, Quản trị hằng tháng."
    assert read_plan(PLAN + text).duties[-1].to == "Phòng Hành chính, Quản trị"


def test_sections_may_have_capital_letters_and_titles_in_small_ones():
    text = "A. Công chức Văn phòng\n- Tổng hợp.\nB. Trưởng các ấp\n- Họp dân.\n- Trích lời\nC. Mác: đọc cho dân nghe."
    plan = read_plan(PLAN.replace("III.", "PHẦN III.") + text)
    assert [(node.label, node.title) for node in plan.headings][1:3] == [
        ("A", "Công chức Văn phòng"),
        ("B", "Trưởng các ấp"),
    ]
    assert [duty.who for duty in plan.duties][:2] == ["Công chức Văn phòng", "Trưởng các ấp"]


def test_units_listed_below_a_title_that_speaks_of_tasks_are_asked():
    text = (
        "1. Bộ phận Văn thư\nSao gửi văn bản.\n2. Già làng, người có uy tín\n- Nhắc con cháu.\n3. Trạm Y tế: niêm yết."
    )
    plan = read_plan(f"{PLAN}IV. LỘ TRÌNH VÀ GIAO VIỆC\n{text}")
    assert [(duty.who, duty.what) for duty in plan.duties] == [
        ("Bộ phận Văn thư", "Sao gửi văn bản"),
        ("Già làng, người có uy tín", "Nhắc con cháu"),
        ("Trạm Y tế", "niêm yết"),
    ]


def test_audiences_are_no_units_that_are_asked():
    text = "1. Cán bộ, công chức: toàn cơ quan.\n2. Các đơn vị sự nghiệp\n- Viên chức."
    assert read_plan(PLAN.replace("III. TỔ CHỨC THỰC HIỆN", "II. ĐỐI TƯỢNG TUYÊN TRUYỀN") + text).duties == []


def test_a_clause_that_asks_no_unit_stays_with_its_sentence():
    assert duties("1. Công đoàn ngành giám sát; đề nghị khen thưởng người làm tốt.") == [
        ("Công đoàn ngành", "giám sát; đề nghị khen thưởng người làm tốt")
    ]


def test_a_trailer_may_say_of_what_it_is_the_time():
    duty = only("1. Phòng Pháp chế\n- Kiểm tra chéo các trạm. Thời gian kiểm tra từ tháng 4 đến tháng 8.")
    assert (duty.what, duty.instant.date().isoformat()) == ("Kiểm tra chéo các trạm", "2023-08-31")


def test_a_line_that_leads_into_the_list_is_no_unit():
    text = "Giám đốc Sở giao:\n1. Văn phòng Sở\n- Theo dõi.\nTrên đây là Kế hoạch tuyên truyền của Sở."
    assert duties(text) == [("Văn phòng Sở", "Theo dõi")]


def test_a_unit_may_be_counted():
    assert duties("1. Phân công\n- 12 ông (bà) Trưởng xóm: họp dân.") == [("12 ông (bà) Trưởng xóm", "họp dân")]
