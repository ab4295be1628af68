"""Plans as other programs write them: Markdown, printed pages, Word's text with its appendix."""

from datetime import date
from pathlib import Path

import pytest

from documents.reading import read_plan

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


class TestMarkdownWithStrokedFrames:
    @pytest.fixture
    def plan(self):
        return read("markdown")

    def test_head_and_tail_stand_in_table_cells(self, plan):
        assert (plan.agency, plan.parent_agency) == ("SỞ Y TẾ", "ỦY BAN NHÂN DÂN TỈNH X")
        assert (plan.number, plan.symbol, plan.place, plan.day, plan.month, plan.year) == (
            None,
            "KH-SYT",
            "Thành phố X",
            None,
            1,
            2026,
        )
        assert [(r.name, r.purpose) for r in plan.recipients] == [
            ("UBND tỉnh", "báo cáo"),
            ("Sở Nội vụ", "theo dõi"),
            ("Các phòng, đơn vị", None),
            ("Lưu: VT, TCHC", None),
        ]
        assert (plan.signer.title, plan.signer.name) == ("GIÁM ĐỐC", "Nguyễn Văn Ba")

    def test_headings_are_shown_without_marks(self, plan):
        assert headings(plan)[:4] == [
            ("roman", "I", "MỤC ĐÍCH - YÊU CẦU"),
            ("number", "1", "Mục đích"),
            ("number", "2", "Yêu cầu"),
            ("roman", "II", "NỘI DUNG TUYÊN TRUYỀN"),
        ]
        assert len(headings(plan)) == 17

    def test_areas_and_channels(self, plan):
        assert [area.code for area in plan.areas] == [
            "leadership",
            "institutions",
            "procedures",
            "apparatus",
            "civil-service",
            "public-finance",
            "e-government",
        ]
        assert plan.channels == ["Qua Cổng thông tin điện tử;", "Qua mạng xã hội Zalo, Facebook;", "Tờ rơi."]

    def test_citations(self, plan):
        assert [(c.key, c.date, c.issuer) for c in plan.citations] == [
            ("76/NQ-CP", date(2021, 7, 15), "Chính phủ"),
            ("12/QĐ-UBND", date(2026, 1, 5), "Chủ tịch UBND tỉnh X"),
        ]

    def test_duties(self, plan):
        units = "Các phòng chuyên môn, đơn vị trực thuộc"
        assert duties(plan) == [
            ("Văn phòng Sở", "trước ngày 15 của tháng cuối quý", None, "quarterly", "Sở Nội vụ"),
            ("Văn phòng Sở", "trong Quý II/2026", "2026-06-30T23:59:59.999999+07:00", None, None),
            (units, "trước ngày 15/02/2026", "2026-02-14T23:59:59.999999+07:00", None, "Văn phòng Sở"),
            (
                units,
                "định kỳ hằng quý; chậm nhất ngày 10 của tháng cuối quý; 6 tháng và năm",
                None,
                "quarterly",
                "Văn phòng Sở",
            ),
            ("Trung tâm Kiểm soát bệnh tật", None, None, None, None),
        ]


class TestAPagePrintedToTextInTwoColumns:
    @pytest.fixture
    def plan(self):
        return read("hai-cot")

    def test_head_with_an_agency_on_two_lines(self, plan):
        assert (plan.agency, plan.parent_agency) == ("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "UBND TỈNH BÌNH MINH")
        assert (plan.number, plan.symbol, plan.place, plan.date) == (
            "1234",
            "KH-SLĐTBXH",
            "Bình Minh",
            date(2022, 2, 7),
        )
        assert plan.title == "Tuyên truyền cải cách hành chính năm 2022 của Sở Lao động - Thương binh và Xã hội"

    def test_indented_and_wrapped_lines(self, plan):
        assert [label for _, label, _ in headings(plan)] == [
            "I",
            "1",
            "2",
            "II",
            "1",
            "2",
            "III",
            "1",
            "2",
            "IV",
            "1",
            "2",
        ]
        assert headings(plan)[5] == ("number", "2", "Tuyên truyền về cải cách thủ tục hành chính")
        assert [node.text for node in plan.outline if node.level == "dash"][0] == (
            "Nâng cao nhận thức của cán bộ, công chức, viên chức và người lao động trong toàn ngành "
            "về công tác cải cách hành chính. "
            "Tạo sự chuyển biến mạnh mẽ về kỷ luật, kỷ cương."
        )

    def test_targets(self, plan):
        assert [(t.index, t.kind, t.value, t.by_year) for t in plan.targets] == [
            ("DDCI", "position", 5, 2025),
            ("SIPAS", "level", 90, 2025),
        ]

    def test_duties(self, plan):
        assert duties(plan) == [
            (
                "Văn phòng Sở",
                "trước ngày 05/12/2022",
                "2022-12-04T23:59:59.999999+07:00",
                None,
                "UBND tỉnh (qua Sở Nội vụ)",
            ),
            ("Các phòng, đơn vị trực thuộc Sở", "trong tháng 02/2022", "2022-02-28T23:59:59.999999+07:00", None, None),
            (
                "Các phòng, đơn vị trực thuộc Sở",
                "Định kỳ hàng quý, 6 tháng, năm; trước ngày 10 của tháng cuối quý",
                None,
                "quarterly",
                "Văn phòng Sở",
            ),
            ("các phòng, đơn vị", None, None, None, "Văn phòng Sở"),
        ]

    def test_a_recipient_on_two_lines_is_one(self, plan):
        assert [(r.name, r.purpose) for r in plan.recipients] == [
            ("UBND tỉnh", "b/c"),
            ("Giám đốc, các PGĐ Sở", None),
            ("Các phòng, đơn vị thuộc Sở", "t/h"),
            ("Lưu: VT, VP", None),
        ]
        assert (plan.signer.authority, plan.signer.title, plan.signer.name) == (
            "KT. GIÁM ĐỐC",
            "PHÓ GIÁM ĐỐC",
            "Phạm Văn Đức",
        )


class TestTextCopiedFromWordWithAnAppendix:
    @pytest.fixture
    def plan(self):
        return read("word-va-phu-luc")

    def test_head_without_blank_lines(self, plan):
        assert (plan.agency, plan.parent_agency) == ("BAN DÂN TỘC", "UBND TỈNH HÒA AN")
        assert (plan.number, plan.symbol, plan.date) == ("88", "KH-BDT", date(2021, 2, 3))
        assert plan.title == "THÔNG TIN, TUYÊN TRUYỀN CẢI CÁCH HÀNH CHÍNH NHÀ NƯỚC NĂM 2021"

    def test_a_tab_after_the_label_is_no_table(self, plan):
        assert len([node for node in plan.outline if node.level == "roman"]) == 5
        assert [node.text for node in plan.outline if node.level == "letter"] == [
            "Nâng cao nhận thức của đội ngũ cán bộ, công chức.",
            "Tạo sự đồng thuận của xã hội",
        ]

    def test_areas_of_the_text_and_of_the_appendix(self, plan):
        assert [(area.letter, area.code, len(area.items)) for area in plan.areas] == [
            ("1", "leadership", 0),
            ("2", "institutions", 1),
            ("3", "civil-service", 0),
            ("4", "e-government", 0),
            ("I", "leadership", 2),
            ("II", "procedures", 1),
        ]

    def test_the_plan_does_not_cite_itself(self, plan):
        assert [citation.key for citation in plan.citations] == ["12/KH-UBND", "63/2020/QH14"]

    def test_audience_and_channels_below_a_common_heading(self, plan):
        assert plan.audiences == ["Cán bộ, công chức, người lao động; đồng bào dân tộc thiểu số"]
        assert plan.channels == [
            "Qua Trang thông tin điện tử của Ban.",
            "Qua các hội nghị, cuộc họp giao ban;",
            "Lồng ghép vào các lớp tập huấn",
        ]

    def test_duties(self, plan):
        assert duties(plan) == [
            ("Các phòng, Thanh tra Ban", "mỗi quý", None, "quarterly", "Văn phòng"),
            (
                "Các phòng, Thanh tra Ban",
                "Trước ngày 10/11/2021",
                "2021-11-09T23:59:59.999999+07:00",
                None,
                "Văn phòng Ban",
            ),
            ("Văn phòng Ban", None, None, None, None),
            ("Văn phòng Ban", "Hằng quý", None, "quarterly", "Sở Nội vụ"),
        ]

    def test_tasks_of_the_appendix(self, plan):
        assert [(t.area, t.title, t.lead, t.support, t.time, t.money) for t in plan.tasks] == [
            ("leadership", "Xây dựng kế hoạch", "Văn phòng", [], "Tháng 02/2021", ""),
            (
                "leadership",
                "Kiểm tra công tác tuyên truyền",
                "Thanh tra",
                ["Văn phòng", "các phòng"],
                "Quý III",
                "2.000.000",
            ),
            (
                "procedures",
                "Niêm yết công khai TTHC",
                "Văn phòng",
                ["Phòng Chính sách", "Phòng Kế hoạch"],
                "Thường xuyên",
                "",
            ),
        ]

    def test_recipients_end_where_the_signature_begins(self, plan):
        assert [(r.name, r.purpose) for r in plan.recipients] == [
            ("Sở Nội vụ", None),
            ("Lãnh đạo Ban", None),
            ("Lưu: VT, VP(3b)", None),
        ]
        assert (plan.signer.authority, plan.signer.title, plan.signer.name) == (
            "KT. TRƯỞNG BAN",
            "PHÓ TRƯỞNG BAN",
            "Lê Văn Oanh",
        )


class TestASignatureReadBeforeTheRecipients:
    @pytest.fixture
    def plan(self):
        return read("chu-ky-truoc-noi-nhan")

    def test_head_with_a_blank_number(self, plan):
        assert (plan.agency, plan.number, plan.symbol, plan.place) == ("SỞ XÂY DỰNG", None, "KH-SXD", None)
        assert (plan.title, plan.year) == ("Triển khai công tác tuyên truyền CCHC năm 2024", 2024)

    def test_signer_and_recipients(self, plan):
        assert (plan.signer.title, plan.signer.name) == ("GIÁM ĐỐC", "Nguyễn Thị Dung")
        assert [(r.name, r.purpose) for r in plan.recipients] == [
            ("Như mục 4", None),
            ("Giám đốc", "để b/c"),
            ("Website Sở", "đưa tin"),
            ("Lưu VT", None),
        ]

    def test_a_date_broken_over_lines(self, plan):
        assert [(c.key, c.date) for c in plan.citations] == [
            ("27/2023/QH15", None),
            ("63/2010/NĐ-CP", None),
            ("61/2018/NĐ-CP", date(2018, 4, 23)),
        ]

    def test_only_the_headings_that_name_an_area_are_areas(self, plan):
        assert [(a.letter, a.code) for a in plan.areas] == [
            ("2.1", "institutions"),
            ("2.2", "procedures"),
            ("2.3", "apparatus"),
        ]

    def test_targets(self, plan):
        assert [(t.index, t.kind, t.value, t.value_max, t.baseline_year) for t in plan.targets] == [
            ("PAR INDEX", "rank_change", 2, None, None),
            ("SIPAS", "score_change", 2, 3, 2023),
            ("DTI", "position", 20, None, None),
        ]

    def test_duties(self, plan):
        assert [(who, phrase, recurrence, to) for who, phrase, _, recurrence, to in duties(plan)] == [
            ("Văn phòng Sở", None, None, None),
            ("Văn phòng Sở", "trước ngày 20/11", None, "Giám đốc Sở và UBND tỉnh"),
            ("Thanh tra Sở", "mỗi năm một lần", "yearly", None),
            ("Các phòng, đơn vị thuộc Sở", "định kỳ 6 tháng; trước 10/6; trước 10/12", "half_yearly", "Văn phòng Sở"),
            ("các phòng, đơn vị", None, None, "Giám đốc Sở (qua Văn phòng Sở)"),
        ]


class TestLabelsWithDashes:
    @pytest.fixture
    def plan(self):
        return read("gach-noi")

    def test_head_with_rules_and_a_blank_date(self, plan):
        assert (plan.agency, plan.number, plan.symbol) == ("UỶ BAN NHÂN DÂN THÀNH PHỐ PHAN RANG", "25", "KH-UBND")
        assert (plan.place, plan.date, plan.day, plan.month, plan.year) == ("Phan Rang", None, None, None, 2023)
        assert [item.reason for item in plan.set_aside] == ["rule", "rule", "rule"]

    def test_headings(self, plan):
        assert [label for _, label, _ in headings(plan)] == [
            *("I", "1", "2", "II", "1", "2", "III", "1", "2", "3", "IV", "V", "1", "2", "3", "4")
        ]

    def test_areas_with_stars_for_bullets(self, plan):
        assert [(area.code, area.items) for area in plan.areas] == [
            ("procedures", ("Rà soát thủ tục;", "Công khai thủ tục.")),
            ("public-finance", ("Tự chủ.",)),
        ]

    def test_channels(self, plan):
        assert plan.channels == [
            "Tuyên truyền trên Đài Truyền thanh: mỗi tuần 01 chuyên mục.",
            "Tuyên truyền trực quan: pano, áp phích",
            "Tổ chức hội thi",
        ]

    def test_duties(self, plan):
        assert duties(plan) == [
            (
                "Phòng Nội vụ thành phố",
                "định kỳ hàng quý, 6 tháng, năm",
                None,
                "quarterly",
                "UBND thành phố và Sở Nội vụ",
            ),
            ("Phòng Văn hóa và Thông tin", None, None, None, None),
            (
                "UBND các xã, phường",
                "chậm nhất ngày 15 tháng 3 năm 2023",
                "2023-03-15T23:59:59.999999+07:00",
                None,
                None,
            ),
            (
                "UBND các xã, phường",
                "trước ngày 05 tháng cuối quý",
                None,
                "quarterly",
                "UBND thành phố (qua Phòng Nội vụ)",
            ),
            ("Ủy ban MTTQ Việt Nam thành phố và các đoàn thể", None, None, None, None),
        ]

    def test_recipients_and_the_lines_of_authority(self, plan):
        assert [(r.name, r.purpose) for r in plan.recipients] == [
            ("UBND tỉnh, Sở Nội vụ", "để b/c"),
            ("TT. Thành ủy, HĐND TP", "để b/c"),
            ("Như trên", "để thực hiện"),
            ("Lưu: VT", None),
        ]
        assert plan.signer.authority == "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH"
        assert (plan.signer.title, plan.signer.name) == ("PHÓ CHỦ TỊCH", "Trần Đức Ân")


class TestPartsAndATableAfterAList:
    @pytest.fixture
    def plan(self):
        return read("phan-chuong")

    def test_the_title_of_a_part_is_on_the_next_line(self, plan):
        assert [(n.label, n.mark, n.title) for n in plan.outline if n.level == "roman"] == [
            ("I", "PHẦN I", "MỤC ĐÍCH, YÊU CẦU"),
            ("II", "PHẦN II", "NỘI DUNG"),
            ("III", "PHẦN III", "TỔ CHỨC THỰC HIỆN"),
        ]
        assert plan.joined == 0

    def test_labels_inside_a_sentence_open_nothing(self, plan):
        assert [(a.letter, a.code) for a in plan.areas] == [
            ("a", "leadership"),
            ("b", "institutions"),
            ("c", "procedures"),
            ("d", "apparatus"),
            ("e", "civil-service"),
        ]
        assert plan.areas[2].items == (
            "công khai tại bộ phận một cửa theo khoản 1 Điều 6 Nghị định số 61/2018/NĐ-CP; "
            "niêm yết theo điểm a) khoản 2 Điều này.",
        )

    def test_a_letter_left_out_is_pointed_out(self, plan):
        assert [d.text for d in plan.defects if d.code == "numbering_gap"] == ["Thiếu mục đ trước mục e."]

    def test_a_table_belongs_to_the_heading_and_not_to_the_last_entry(self, plan):
        assert [(t.area, t.label, t.title, t.lead, t.time) for t in plan.tasks] == [
            (None, "1", "Đăng tin, bài", "Văn phòng Sở và các phòng", "Hằng tháng"),
            (None, "2", "Tổ chức hội thi", "Công đoàn ngành phối hợp với Văn phòng Sở", "Trước 20/11/2022"),
            (None, "2.1", "Ra thể lệ", "Văn phòng Sở", "Quý II"),
        ]
        assert plan.areas[4].items == ("thi tuyển.",)

    def test_duties_of_one_paragraph(self, plan):
        assert duties(plan) == [
            ("Các phòng, đơn vị trực thuộc", "trước ngày 25 hằng tháng", None, "monthly", "Văn phòng Sở"),
            ("Văn phòng Sở", "trước ngày 15/12", "2022-12-14T23:59:59.999999+07:00", None, "UBND tỉnh"),
        ]

    def test_a_signature_without_recipients(self, plan):
        assert (plan.signer.title, plan.signer.name) == ("PHÓ GIÁM ĐỐC", "Nguyễn Thị Thanh Hoa")
        assert [d.code for d in plan.defects if d.code == "recipients_missing"] == ["recipients_missing"]


class TestGroupRowsOfOneCellAndRecipientsOnTheRight:
    @pytest.fixture
    def plan(self):
        return read("nhom-mot-o")

    def test_the_nearest_superior_is_the_parent(self, plan):
        assert (plan.agency, plan.parent_agency) == ("CỤC THUẾ TỈNH K", "TỔNG CỤC THUẾ")
        assert (plan.date, plan.year) == (date(2022, 12, 28), 2023)

    def test_targets(self, plan):
        assert [(t.index, t.kind, t.value, t.by_year, t.basis) for t in plan.targets] == [
            ("PAR INDEX", "level", 90, None, "15/QĐ-UBND"),
            ("SIPAS", "level", 90, None, "15/QĐ-UBND"),
            ("PAR INDEX", "position", 5, None, "15/QĐ-UBND"),
            ("SIPAS", "position", 5, None, "15/QĐ-UBND"),
            ("PAPI", "position", 15, 2025, "15/QĐ-UBND"),
        ]

    def test_tasks_under_their_groups(self, plan):
        assert [(t.area, t.title, t.lead, t.support, t.time) for t in plan.tasks] == [
            (
                "institutions",
                "Rà soát văn bản",
                "Phòng Nghiệp vụ",
                ["Các phòng", "các Chi cục Thuế"],
                "6 tháng đầu năm",
            ),
            ("institutions", "Góp ý dự thảo", "Phòng Pháp chế", [], "Khi có yêu cầu"),
            (
                "procedures",
                "Tuyên truyền hóa đơn điện tử",
                "Phòng Tuyên truyền",
                ["Văn phòng", "Phòng Kê khai"],
                "Cả năm",
            ),
        ]
        assert [(a.letter, a.code) for a in plan.areas] == [("A", "institutions"), ("B", "procedures")]

    def test_duties(self, plan):
        assert duties(plan) == [
            (
                "Trưởng các phòng, Chi cục trưởng các Chi cục Thuế",
                "chậm nhất là ngày 20 của tháng cuối kỳ báo cáo",
                None,
                None,
                "Cục Thuế (qua Văn phòng)",
            ),
            ("Văn phòng", None, None, None, None),
        ]

    def test_recipients_and_signer(self, plan):
        assert [(r.name, r.purpose) for r in plan.recipients] == [
            ("Tổng cục Thuế", "để b/c"),
            ("Như phần IV", None),
            ("Lưu: VT, VP", None),
        ]
        assert (plan.signer.title, plan.signer.name) == ("CỤC TRƯỞNG", "Nguyễn Văn K")
