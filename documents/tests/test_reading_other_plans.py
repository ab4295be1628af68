"""Plans with the quirks of other offices; what each holds was written down by hand from its text."""

from datetime import date
from pathlib import Path

import pytest

from documents.reading import AreaName, read_plan

PLANS = Path(__file__).parent / "data" / "plans"


def read(name):
    return read_plan((PLANS / f"{name}.txt").read_text(encoding="utf-8"))


def headings(plan):
    return [(node.level, node.label, node.name) for node in plan.headings]


def duties(plan):
    return [
        (duty.who, duty.phrase, duty.instant and duty.instant.isoformat(), duty.recurrence, duty.to)
        for duty in plan.duties
    ]


class TestAPlanInsideADecision:
    @pytest.fixture
    def plan(self):
        return read("quyet-dinh-dieu-1")

    def test_the_printed_columns_of_the_head_are_told_apart(self, plan):
        assert (plan.document_type, plan.agency, plan.parent_agency) == (
            "Quyết định",
            "SỞ NỘI VỤ",
            "ỦY BAN NHÂN DÂN TỈNH AN PHÚ",
        )
        assert (plan.number, plan.symbol, plan.place, plan.date, plan.year) == (
            "45",
            "QĐ-SNV",
            "An Phú",
            date(2023, 3, 14),
            2023,
        )

    def test_articles_hold_the_sections_of_the_plan(self, plan):
        articles = [node for node in plan.outline if node.level == "article"]
        assert [node.label for node in articles] == ["1", "2", "3"]
        romans = [node for node in plan.outline if node.level == "roman"]
        assert [(node.label, node.title, node.parent) for node in romans] == [
            ("I", "Mục TIÊU", articles[0].position),
            ("II", "NỘI DUNG", articles[0].position),
            ("III", "TỔ CHỨC THỰC HIỆN", articles[0].position),
        ]

    def test_references_broken_over_lines_are_whole(self, plan):
        assert [(c.key, c.date) for c in plan.citations] == [
            ("58/2014/NĐ-CP", date(2014, 6, 16)),
            ("76/NQ-CP", date(2021, 7, 15)),
            ("667/KH-SKHDT", date(2023, 2, 2)),
        ]

    def test_sentences_broken_over_lines_are_whole(self, plan):
        assert [node.text for node in plan.outline if node.level == "number"][0] == (
            "Nâng cao nhận thức của cán bộ, công chức về cải cách hành chính; phấn đấu Chỉ số PAPI tăng 3 bậc "
            "so với năm 2022 và "
            "Chỉ số SIPAS đạt từ 88% trở lên."
        )

    def test_areas_have_numbers_for_letters_and_long_dashes_for_items(self, plan):
        assert [(area.letter, area.code, len(area.items)) for area in plan.areas] == [
            ("1", "leadership", 2),
            ("2", "institutions", 1),
            ("3", "procedures", 1),
            ("4", "e-government", 1),
        ]

    def test_targets(self, plan):
        assert [(t.index, t.kind, t.value, t.baseline_year) for t in plan.targets] == [
            ("PAPI", "rank_change", 3, 2022),
            ("SIPAS", "level", 88, None),
        ]

    def test_duties(self, plan):
        assert duties(plan) == [
            ("Văn phòng Sở", "định kỳ 6 tháng", None, "half_yearly", "Giám đốc Sở"),
            (
                "Các phòng, đơn vị thuộc Sở",
                "chậm nhất là ngày 31/3/2023",
                "2023-03-31T23:59:59.999999+07:00",
                None,
                "Văn phòng Sở",
            ),
        ]

    def test_recipients_and_signer_stand_side_by_side(self, plan):
        assert [(r.name, r.purpose) for r in plan.recipients] == [
            ("Như Điều 3", None),
            ("UBND tỉnh", "b/c"),
            ("Trang thông tin điện tử Sở", "đăng tải"),
            ("Lưu: VT, VP", None),
        ]
        assert (plan.signer.authority, plan.signer.title, plan.signer.name) == (
            "KT. GIÁM ĐỐC",
            "PHÓ GIÁM ĐỐC",
            "Trần Thị Ánh",
        )

    def test_a_page_number_is_set_aside(self, plan):
        assert [(item.text, item.reason) for item in plan.set_aside] == [("- 2 -", "page_number")]


class TestNumbersWithoutRomans:
    @pytest.fixture
    def plan(self):
        return read("khong-la-ma")

    def test_head(self, plan):
        assert (plan.agency, plan.parent_agency) == ("PHÒNG VĂN HÓA VÀ THÔNG TIN", "UBND HUYỆN TÂN HÒA")
        assert (plan.number, plan.symbol, plan.date) == ("07", "KH-PVHTT", date(2024, 1, 5))

    def test_headings(self, plan):
        assert [label for _, label, _ in headings(plan)] == [
            "1",
            "1.1",
            "1.2",
            "2",
            "3",
            "3.1",
            "3.2",
            "4",
            "4.1",
            "4.2",
            "4.3",
            "5",
            "5.1",
            "5.2",
        ]
        assert headings(plan)[6] == ("number", "3.2", "Tuyên truyền về chuyển đổi số")
        assert plan.outline[[n for n in plan.outline if n.label == "1.2"][0].parent].label == "1"

    def test_areas(self, plan):
        assert [(area.letter, area.code, area.items) for area in plan.areas] == [
            ("3.1", "procedures", ("Các thủ tục mới công bố.", "Việc nộp hồ sơ qua dịch vụ bưu chính.")),
            ("3.2", "e-government", ("Dịch vụ công trực tuyến.", "Ứng dụng định danh điện tử.")),
        ]

    def test_channels_and_audiences(self, plan):
        assert plan.channels == [
            "Trên hệ thống truyền thanh cơ sở.",
            "Trên Zalo, fanpage của huyện.",
            "Phát tờ rơi tại bộ phận một cửa.",
        ]
        assert plan.audiences == ["Cán bộ, công chức cấp huyện, cấp xã", "Người dân, doanh nghiệp trên địa bàn"]

    def test_duties_take_their_unit_from_the_heading(self, plan):
        assert duties(plan) == [
            ("Phòng Văn hóa và Thông tin", None, None, None, None),
            (
                "Phòng Văn hóa và Thông tin",
                "trước ngày 15/12/2024",
                "2024-12-14T23:59:59.999999+07:00",
                None,
                "UBND huyện",
            ),
            ("Ủy ban nhân dân các xã, thị trấn", "Định kỳ hằng tháng", None, "monthly", "Phòng Văn hóa và Thông tin"),
        ]

    def test_letters_missing_between_a_and_d_are_pointed_out(self, plan):
        assert [defect.text for defect in plan.defects if defect.code == "numbering_gap"] == [
            "Thiếu mục b, c trước mục d."
        ]

    def test_recipients(self, plan):
        assert [(r.name, r.purpose) for r in plan.recipients] == [
            ("UBND huyện", "để báo cáo"),
            ("Các xã, thị trấn", "thực hiện"),
            ("Lưu: VT", None),
        ]


class TestATableOfTasks:
    @pytest.fixture
    def plan(self):
        return read("phu-luc-bang")

    def test_tasks(self, plan):
        assert [(t.area, t.title, t.product, t.lead, t.time, t.money, t.note) for t in plan.tasks] == [
            ("leadership", "Ban hành kế hoạch tuyên truyền", "Kế hoạch", "Văn phòng Sở", "Quý I/2025", "0", ""),
            ("leadership", "Tổ chức hội nghị tập huấn", "Hội nghị", "Văn phòng Sở", "Quý II, III", "25 triệu", ""),
            (
                "public-finance",
                "Viết tin, bài về quản lý ngân sách",
                "Tin, bài",
                "Phòng Quản lý giá, công sản",
                "Thường xuyên",
                "",
                "12 bài",
            ),
        ]

    def test_several_units_in_one_cell(self, plan):
        assert [t.support for t in plan.tasks] == [
            ["Các phòng, đơn vị"],
            ["Phòng Ngân sách", "Thanh tra Sở", "Trung tâm Tin học"],
            ["Văn phòng Sở", "Thanh tra Sở"],
        ]

    def test_group_rows_are_areas(self, plan):
        assert [(a.letter, a.code, a.items) for a in plan.areas] == [
            ("I", "leadership", ("Ban hành kế hoạch tuyên truyền", "Tổ chức hội nghị tập huấn")),
            ("II", "public-finance", ("Viết tin, bài về quản lý ngân sách",)),
        ]

    def test_a_day_of_the_last_month_has_no_instant(self, plan):
        assert duties(plan) == [
            ("Chánh Văn phòng Sở", "trước ngày 10 của tháng cuối quý", None, "quarterly", "Giám đốc Sở")
        ]

    def test_the_same_table_with_tabs(self, plan):
        text = (PLANS / "phu-luc-bang.txt").read_text(encoding="utf-8")
        tabbed = "\n".join(
            "\t".join(cell.strip() for cell in line.strip("|").split("|")) if line.startswith("|") else line
            for line in text.split("\n")
        )
        assert [(t.title, t.lead, t.support) for t in read_plan(tabbed).tasks] == [
            (t.title, t.lead, t.support) for t in plan.tasks
        ]


class TestHardLineBreaks:
    @pytest.fixture
    def plan(self):
        return read("ngat-dong")

    def test_only_real_letters_open_a_block(self, plan):
        assert [(node.level, node.label) for node in plan.outline] == [
            ("letter", "b"),
            ("letter", "c"),
            ("letter", "đ"),
        ]

    def test_text_is_whole_again(self, plan):
        assert plan.outline[0].text.endswith(
            "thực hiện Điều 5, khoản 2 Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ; "
            "ngành Lao động - Thương binh và Xã hội phối hợp "
            "trong Quý I. Các đơn vị báo cáo đúng hạn và chịu trách nhiệm về kết quả kinh tế - xã hội của mình."
        )
        assert (
            plan.outline[1].text == "Đăng tin trên cổng thông tin của Sở Nội vụ và trang thông tin "
            "của các đơn vị trực thuộc trong toàn tỉnh."
        )

    def test_page_numbers_are_set_aside(self, plan):
        assert [item.text.strip() for item in plan.set_aside] == ["3", "4"]


class TestAreasInTheWordsOfAnotherProgramme:
    @pytest.fixture
    def plan(self):
        return read("nhiem-vu-khac")

    def test_headings_with_capital_letters(self, plan):
        assert [(n.label, n.title) for n in plan.outline if n.level == "roman"] == [
            ("A", "MỤC TIÊU"),
            ("B", "NỘI DUNG"),
            ("C", "TỔ CHỨC THỰC HIỆN"),
        ]
        assert not [defect for defect in plan.defects if defect.code == "numbering_gap"]

    def test_areas(self, plan):
        assert [(a.letter, a.code) for a in plan.areas] == [
            ("1", "institutions"),
            ("2", "procedures"),
            ("3", "apparatus"),
            ("4", "civil-service"),
            ("5", "public-finance"),
            ("6", "e-government"),
        ]
        assert plan.areas[0].items == ("Rà soát, hệ thống hóa văn bản.",)

    def test_a_date_without_a_year_takes_that_of_the_plan(self, plan):
        assert duties(plan) == [
            ("Thủ trưởng các cơ quan, đơn vị", "trước 27/02", "2020-02-26T23:59:59.999999+07:00", None, None),
            ("Thủ trưởng các cơ quan, đơn vị", "Hằng năm", None, "yearly", "Sở Nội vụ"),
            ("Báo Tân Hòa", None, None, None, None),
            ("các cơ quan, đơn vị", None, None, None, "Sở Nội vụ"),
        ]

    def test_targets_of_two_indices_in_one_sentence(self, plan):
        assert [(t.index, t.kind, t.value, t.value_max, t.baseline_year) for t in plan.targets] == [
            ("PAR INDEX", "level", 85, None, None),
            ("PAR INDEX", "position", 20, None, None),
            ("PCI", "rank_change", 1, 2, 2019),
        ]

    def test_who_signs_for_whom(self, plan):
        assert (plan.signer.authority, plan.signer.title, plan.signer.name) == (
            "TUQ. CHỦ TỊCH",
            "GIÁM ĐỐC SỞ NỘI VỤ",
            "Lê Thị Ánh",
        )


def test_a_scheme_of_its_own_can_be_given():
    scheme = (AreaName("water", "Cấp nước"), AreaName("light", "Chiếu sáng", ("đèn đường",)))
    plan = read_plan(
        "I. NỘI DUNG\na) Tuyên truyền về cấp nước:\n- Một.\nb) Công tác đèn đường:\n- Hai.\n- Ba.", areas=scheme
    )
    assert [(area.letter, area.code, len(area.items)) for area in plan.areas] == [("a", "water", 1), ("b", "light", 2)]


def test_steering_inside_another_heading_is_no_area():
    plan = read_plan(
        "I. GIẢI PHÁP\n1. Nâng cao trách nhiệm trong chỉ đạo, điều hành:\n- Một.\n2. Tăng cường phối hợp:\n- Hai."
    )
    assert plan.areas == []
