"""The roll-up and a unit's report as official documents: who writes to whom, and the content's own figures."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from documents.excel import workbook
from documents.numbers import format_number
from documents.official import Heading, Item, Paragraph
from documents.pdf import render_pdf
from plans.handing_in import submit
from plans.models import ContentArea
from plans.tests.factories import filled_unit_plan
from reporting.actions import hand_in
from reporting.models import AreaAssessment, RollUp, UnitReport
from reporting.roll_ups.papers import roll_up_paper
from reporting.tests.factories import (
    built,
    cells_of,
    cut,
    everything_taken,
    ready_year,
    report_of,
    result_of,
    roll_up_of,
)
from reporting.unit_reports.report_paper import unit_report_paper, unit_report_sheets
from reporting.unit_reports.snapshots import unit_report_snapshot
from reporting.workflow import UNIT_REPORT


@pytest.fixture
def plan(cast):
    """Two units received (one late), one only handed in, the rest missing; figures by hand below."""
    plan = ready_year(cast)
    for code in ("ldvl", "btxh", "ncc"):
        filled_unit_plan(plan, code, state="accepted")  # 12.000 leaflets and 30.000.000 đồng each
    line = plan.unit_plans.get(unit__code="ldvl").activities.filter(area__code="procedures").get()
    result_of(
        plan, "ldvl", date(2022, 3, 1), participants=30, money=1_500_000, quantities={"leaflets": 1500}, activity=line
    )
    result_of(
        plan, "btxh", date(2022, 3, 2), area="leadership", channel="zalo", quantities={"leaflets": 500, "posts": 7}
    )
    result_of(plan, "ncc", date(2022, 3, 2), quantities={"leaflets": 9999})
    return plan


@pytest.fixture
def reports(plan, at):
    area = ContentArea.objects.get(code="procedures")
    ldvl = report_of(plan, "ldvl", state="accepted", highlights="Phát 1.500 tờ gấp.", difficulties="Thiếu kinh phí.")
    AreaAssessment.objects.create(report=ldvl, area=area, text="Hồ sơ trực tuyến\ntăng.")
    report_of(plan, "btxh", state="accepted", at=at(2022, 3, 17), proposals="Tập huấn thêm.")
    report_of(plan, "ncc", state="submitted")


@pytest.fixture
def now(at):
    return at(2022, 3, 18, 9)


@pytest.fixture
def roll_up(plan, reports, cast, now):
    roll_up = roll_up_of(plan)
    built(roll_up, now=now)
    everything_taken(roll_up, cast, now=now)
    return roll_up


def words(paper, *kinds) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, kinds or (Paragraph, Item, Heading))]


def cells(paper, number: int) -> list[tuple[str, ...]]:
    """The rows of an appendix's table."""
    return [row.cells for row in paper.appendices[number].blocks[0].rows]


def test_a_quarterly_roll_up_is_the_offices_report_to_the_director(roll_up):
    paper = roll_up_paper(roll_up.pk, date(2022, 3, 18))
    assert (paper.parent_agency, paper.agency) == ("Sở Lao động - Thương binh và Xã hội", "Văn phòng Sở")
    assert (paper.number, paper.symbol, paper.addressees) == (None, "BC-VP", ("Giám đốc Sở",))
    assert (paper.signer_title, paper.signer_name) == ("Chánh Văn phòng", "Trần Văn Bình")
    assert (paper.type_name, paper.subject) == (
        "Báo cáo", "Công tác tuyên truyền cải cách hành chính Quý I năm 2022",
    )  # fmt: skip
    assert (paper.place, paper.date_text.split()) == ("Ninh Thuận", ["ngày", "tháng", "3", "năm", "2022"])
    assert words(paper, Paragraph)[0] == (
        "Văn phòng Sở tổng hợp kết quả công tác tuyên truyền cải cách hành chính Quý I năm 2022 "
        "(số liệu từ ngày 15/12/2021 đến hết ngày 14/3/2022) như sau:"
    )


def test_a_report_of_the_reform_regime_goes_upward_in_the_departments_name(plan, reports, at):
    roll_up = roll_up_of(plan, "CCHC-H1")
    built(roll_up, now=at(2022, 6, 18))
    paper = roll_up_paper(roll_up.pk, date(2022, 6, 18))
    assert (paper.parent_agency, paper.agency) == (
        "Ủy ban nhân dân tỉnh Ninh Thuận", "Sở Lao động - Thương binh và Xã hội",
    )  # fmt: skip
    assert (paper.symbol, paper.addressees) == ("BC-SLĐTBXH", ("Ủy ban nhân dân tỉnh", "Sở Nội vụ"))
    assert (paper.signer_title, paper.signer_name) == ("Giám đốc", "Lê Minh Đức")
    assert paper.subject == "Công tác tuyên truyền cải cách hành chính 6 tháng đầu năm 2022"
    assert words(paper, Paragraph)[0] == (
        "Sở Lao động - Thương binh và Xã hội báo cáo kết quả công tác tuyên truyền cải cách hành chính "
        "6 tháng đầu năm 2022 (số liệu từ ngày 15/12/2021 đến hết ngày 14/6/2022) như sau:"
    )


def test_an_issued_roll_up_bears_its_number_and_day(roll_up, cast, now):
    cut(roll_up, cast, now=now)
    RollUp.objects.update(
        state="issued", number="28", issued_on=date(2022, 3, 18), approved_at=now, approved_by=cast.director
    )
    paper = roll_up_paper(roll_up.pk, date(2022, 5, 1))
    assert (paper.number_line, paper.date_text) == ("Số: 28/BC-VP", "ngày 18 tháng 3 năm 2022")
    assert paper.verify == (f"Bản chốt số liệu, SHA-256: {RollUp.objects.get().sha256}",)


def test_once_cut_the_paper_is_that_of_the_snapshot(roll_up, plan, cast, now):
    cut(roll_up, cast, now=now)
    before = roll_up_paper(roll_up.pk, now.date())
    UnitReport.objects.update(highlights="Viết lại sau khi chốt.")
    result_of(plan, "ldvl", date(2022, 3, 3), quantities={"leaflets": 1})
    assert roll_up_paper(roll_up.pk, now.date()) == before


def test_the_outline_is_that_of_the_reform_report(roll_up):
    headings = [
        block.text for block in roll_up_paper(roll_up.pk, date(2022, 3, 18)).blocks if isinstance(block, Heading)
    ]
    assert [text for text in headings if text.isupper()] == [
        "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
        "II. KẾT QUẢ THỰC HIỆN THEO NỘI DUNG",
        "III. ĐÁNH GIÁ CHUNG",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI",
        "V. KHÓ KHĂN, KIẾN NGHỊ, ĐỀ XUẤT",
    ]
    assert "3. Cải cách thủ tục hành chính" in headings


def test_units_are_named_with_their_words_and_how_they_stand(roll_up):
    roll_up.paragraphs.create(part="assessment", position=1, text="Các đơn vị nghiêm túc.\n\nCần sớm hơn.")
    text = words(roll_up_paper(roll_up.pk, date(2022, 3, 18)))
    assert "Nộp muộn: Phòng Bảo trợ xã hội (muộn 2 ngày)." in text
    assert "Đã nộp nhưng chưa được tiếp nhận: Phòng Người có công." in text
    assert next(line for line in text if line.startswith("Chưa báo cáo:")).count(",") >= 10
    assert "Phòng Lao động - Việc làm: Hồ sơ trực tuyến tăng." in text
    assert "Phòng Lao động - Việc làm: Phát 1.500 tờ gấp." in text
    assert "Phòng Bảo trợ xã hội: Tập huấn thêm." in text
    assert "Các đơn vị nghiêm túc." in text and "Cần sớm hơn." in text
    assert text[text.index("IV. PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI") + 1] == "Không có."


def test_the_first_appendix_is_the_indicators_planned_done_and_so_far(roll_up):
    rows = {row[1]: row[2:] for row in cells(roll_up_paper(roll_up.pk, date(2022, 3, 18)), 0)}
    assert rows["Tờ rơi, tờ gấp"] == ("tờ", "36.000", "2.000", "2.000", "–", "")
    assert rows["Kinh phí"] == ("đồng", "90.000.000", "1.500.000", "1.500.000", "–", "")
    assert rows["Lượt người dự"] == ("lượt người", "–", "30", "30", "–", "")
    assert rows["Sáng kiến"] == ("sáng kiến", "–", "–", "–", "–", "")


def test_the_second_appendix_is_tasks_by_unit_and_area_and_its_total_adds_up(roll_up):
    paper = roll_up_paper(roll_up.pk, date(2022, 3, 18))
    rows = {row[1]: row[2:] for row in cells(paper, 1)}
    # a b c d đ e g, together; each plan has a line in every area but d, whose reason is given.
    done = ("0/1", "0/1", "1/1", "–", "0/1", "0/1", "0/1", "1/6")
    assert rows["Phòng Lao động - Việc làm"] == ("đúng hạn", *done)
    assert rows["Phòng Bảo trợ xã hội"] == ("muộn 2 ngày", *["0/1"] * 3, "–", *["0/1"] * 3, "0/6")
    assert rows["Phòng Người có công"] == (
        "đúng hạn, chưa được tiếp nhận", *["–/1"] * 3, "–", *["–/1"] * 3, "–/6",
    )  # fmt: skip
    assert rows["Thanh tra Sở"] == ("chưa báo cáo", *["–"] * 8)
    assert rows["Tổng cộng"] == ("", "0/3", "0/3", "1/3", "–", "0/3", "0/3", "0/3", "1/18")
    assert len(rows) == 15


def test_the_third_appendix_is_every_figure_of_the_content_and_no_other(roll_up):
    content = roll_up.versions.get().content
    names = {unit["code"]: unit["name"] for unit in content["units"]}
    rows = cells(roll_up_paper(roll_up.pk, date(2022, 3, 18)), 2)
    printed = sorted((row[1], row[3]) for row in rows if len(row) == 4 and not row[0])
    assert printed == sorted(
        (names[unit], format_number(value)) for (unit, _area, _code), value in cells_of(content).items()
    )
    assert ("Tờ rơi, tờ gấp", "Cộng", "tờ", "1.500") in rows
    assert ("Tờ rơi, tờ gấp", "Cộng", "tờ", "500") in rows
    assert not [row for row in rows if "Người có công" in " ".join(row)]  # not received


def test_the_fourth_appendix_is_the_channels(roll_up):
    assert cells(roll_up_paper(roll_up.pk, date(2022, 3, 18)), 3) == [
        ("Zalo",),
        ("Tờ rơi, tờ gấp", "tờ", "500"),
        ("Bài đăng Zalo, fanpage, trang thông tin", "bài", "7"),
        ("Tờ rơi, tờ gấp",),
        ("Lượt người dự", "lượt người", "30"),
        ("Tờ rơi, tờ gấp", "tờ", "1.500"),
        ("Kinh phí", "đồng", "1.500.000"),
    ]


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_the_printed_roll_up_names_every_unit_and_its_figures(roll_up, cast, now):
    cut(roll_up, cast, now=now)
    text = text_of(render_pdf(roll_up_paper(roll_up.pk, now.date())))
    for unit in cast.units.values():
        assert unit.name in text, unit
    for figure in ("36.000", "2.000", "1.500.000", "90.000.000", "1/18", "–/6", "BC-VP"):
        assert figure in text, figure
    assert "9.999" not in text


def test_a_roll_up_without_anything_is_still_a_document(cast, at):
    empty = roll_up_of(ready_year(cast), "CCHC-Y")
    built(empty, now=at(2022, 12, 16))
    text = text_of(render_pdf(roll_up_paper(empty.pk, date(2022, 12, 16))))
    assert "Chưa ghi nhận kết quả" in text
    assert "Chưa có số liệu về kinh phí" in text


def test_a_units_report_goes_to_the_office_and_is_signed_by_its_head(plan, reports):
    report = UnitReport.objects.get(unit__code="ldvl")
    UnitReport.objects.filter(pk=report.pk).update(state="drafting")
    paper = unit_report_paper(report.pk, date(2022, 3, 15))
    assert (paper.parent_agency, paper.agency) == ("Sở Lao động - Thương binh và Xã hội", "Phòng Lao động - Việc làm")
    assert (paper.symbol, paper.addressees) == ("BC-LĐVL", ("Văn phòng Sở",))
    assert (paper.signer_title, paper.signer_name) == ("Trưởng phòng", "Hồ Quốc Hùng")
    assert paper.recipients == ("Như trên", "Lưu: VT, Phòng Lao động - Việc làm")
    assert "Trong kỳ đơn vị ghi nhận 1 kết quả; số liệu chi tiết tại Phụ lục." in words(paper)
    assert [line for line in words(paper) if line in ("Hồ sơ trực tuyến", "tăng.")] == ["Hồ sơ trực tuyến", "tăng."]
    rows = {row[1]: row[2:] for row in cells(paper, 0)}
    assert rows["Tờ rơi, tờ gấp"] == ("tờ", "12.000", "1.500", "1.500", "–", "–", "")
    assert rows["Lượt người dự"] == ("lượt người", "–", "30", "30", "–", "–", "")


def test_a_report_handed_in_is_printed_from_its_receipt(plan, cast, now):
    report = report_of(plan, "ldvl", state="drafting", highlights="Phát 1.500 tờ gấp.")
    receipt = submit(UNIT_REPORT, report, by=cast.head("ldvl"), now=now, key="khoa-1")
    UnitReport.objects.update(highlights="Viết lại sau khi nộp.")
    result_of(plan, "ldvl", date(2022, 3, 3), quantities={"leaflets": 1})
    paper = unit_report_paper(report.pk, date(2022, 5, 1))
    assert "Phát 1.500 tờ gấp." in words(paper)
    assert paper.date_text == "ngày 18 tháng 3 năm 2022"
    assert paper.verify == (f"Biên nhận {receipt.number}, SHA-256: {receipt.sha256}",)
    text = text_of(render_pdf(paper))
    assert "Phòng Lao động - Việc làm" in text and "1.500" in text and receipt.sha256 in text.replace(" ", "")


def test_a_report_is_a_draft_until_it_is_handed_in(plan, cast, now):
    report = report_of(plan, "ldvl", state="drafting", highlights="Phát 1.500 tờ gấp.")
    assert unit_report_paper(report.pk, now.date()).draft
    submit(UNIT_REPORT, report, by=cast.head("ldvl"), now=now, key="khoa-1")
    assert not unit_report_paper(report.pk, now.date()).draft
    UnitReport.objects.filter(pk=report.pk).update(state="returned", return_reason="Thiếu số liệu.")
    assert unit_report_paper(report.pk, now.date()).draft


@pytest.mark.parametrize("state", ["cut", "office_review", "director_review", "approved", "issued", "sent"])
def test_a_roll_up_is_a_draft_until_it_is_issued(roll_up, cast, now, state):
    assert roll_up_paper(roll_up.pk, now.date()).draft
    stamps = {"approved_at": now, "approved_by": cast.director, "number": "45", "issued_on": now.date()}
    cut(roll_up, cast, now=now)
    type(roll_up).objects.filter(pk=roll_up.pk).update(state=state, **stamps)
    assert roll_up_paper(roll_up.pk, now.date()).draft == (state not in ("issued", "sent"))


def test_a_report_of_nothing_says_why(plan):
    report = report_of(plan, "gdnn", state="drafting", nil=True, nil_reason="đang chuyển trụ sở", highlights="")
    assert "Trong kỳ không phát sinh; lý do: đang chuyển trụ sở" in words(
        unit_report_paper(report.pk, date(2022, 3, 15))
    )


def test_a_units_report_is_an_excel_file_whose_sums_are_formulas(plan, cast, now):
    report = report_of(plan, "gdnn", state="drafting", causes="Thiếu người.")
    for day, number in ((1, 500), (2, 200)):
        result_of(plan, "gdnn", date(2022, 3, day), quantities={"leaflets": number}, money=1_000_000)
    result_of(plan, "gdnn", date(2021, 3, 1), quantities={"leaflets": 100})
    notes = {row["key"]: "Đợt cao điểm." for row in unit_report_snapshot(report)["cautions"]}
    hand_in(report, by=cast.head("gdnn"), now=now, key="khoa-1", notes=notes)
    book = CalamineWorkbook.from_filelike(BytesIO(workbook(unit_report_sheets(report.pk, now.date()))))
    figures, results, words = (book.get_sheet_by_name(name).to_python() for name in ("Số liệu", "Kết quả", "Đánh giá"))
    (leaflets,) = (row for row in figures if row[1] == "Tờ rơi, tờ gấp")
    assert leaflets[2:] == ["tờ", "", 700, 700, 100, 600, "–", "Đợt cao điểm."]
    assert results[-1][2] == "Cộng" and results[-1][5:] == [700, 2_000_000]
    assert ["Đánh giá chung", "Nguyên nhân", "Thiếu người."] in words
    with ZipFile(BytesIO(workbook(unit_report_sheets(report.pk, now.date())))) as file:
        sheet = file.read("xl/worksheets/sheet2.xml").decode()
    assert "SUM(F" in sheet
