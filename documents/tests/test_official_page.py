"""The page and its elements, measured on the produced PDF (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from documents.official import Heading, Paragraph
from documents.pdf import page_count, render_pdf
from documents.tests.measure import sheets
from documents.tests.official_samples import PLAN, REPORT

SLACK = 0.4  # mm: letters may reach over the edge of a justified line by a hair


@pytest.fixture(scope="module")
def plan_pdf():
    return render_pdf(PLAN)


@pytest.fixture(scope="module")
def plan(plan_pdf):
    return sheets(plan_pdf)


@pytest.fixture(scope="module")
def report():
    return sheets(render_pdf(REPORT))


def test_the_paper_is_a4_portrait(plan):
    assert {(round(sheet.width, 1), round(sheet.height, 1)) for sheet in plan} == {(210.0, 297.0)}


def test_the_margins_are_20_15_20_30_mm(plan):
    for sheet in plan:
        body = [piece for piece in sheet.texts if piece.size > 13.5]
        assert min(piece.left for piece in body) == pytest.approx(30, abs=SLACK)
        assert max(piece.right for piece in body) <= 210 - 15 + SLACK
        assert min(piece.baseline for piece in body) > 20
        assert max(piece.baseline for piece in body) < 297 - 20


def test_justified_lines_reach_the_right_margin(plan):
    long_lines = [piece for piece in plan[1].texts if piece.right - piece.left > 155]
    assert len(long_lines) > 10
    assert all(piece.right == pytest.approx(195, abs=SLACK) for piece in long_lines)


def test_the_first_line_of_a_paragraph_is_indented_by_1_27_cm(plan):
    assert plan[0].find("I. MỤC ĐÍCH").left == pytest.approx(42.7, abs=SLACK)
    assert plan[0].find("- Nâng cao").left == pytest.approx(42.7, abs=SLACK)


def test_paragraphs_stand_6_points_further_apart_than_lines(plan):
    heading, item = plan[0].find("1. Mục đích"), plan[0].find("a) Tuyên truyền")
    lines = [piece.baseline for piece in plan[1].texts if piece.left < 31][:20]
    line = min(below - above for above, below in zip(lines, lines[1:], strict=False))
    assert item.baseline - heading.baseline == pytest.approx(line + 6 * 25.4 / 72, abs=0.1)


def test_only_the_bundled_font_is_embedded(plan_pdf, plan):
    names = {piece.font for sheet in plan for piece in sheet.texts}
    assert names == {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"}
    for page in PdfReader(BytesIO(plan_pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert descriptor["/FontFile2"].get_object().get_data()


def test_the_issuer_stands_left_and_the_national_name_right(plan):
    page = plan[0]
    parent, country = page.find("UBND TỈNH"), page.find("CỘNG HÒA")
    assert parent.baseline == pytest.approx(country.baseline, abs=0.1)
    assert parent.baseline < 26
    assert parent.right < country.left
    column = (country.left + country.right) / 2
    assert page.find("Độc lập").middle == pytest.approx(column, abs=SLACK)
    assert page.find("Ninh Thuận, ngày").middle == pytest.approx(column, abs=SLACK)
    for start in ("SỞ LAO ĐỘNG", "THƯƠNG BINH", "Số:"):
        assert page.find(start).middle == pytest.approx(parent.middle, abs=SLACK)


def test_number_and_date_stand_on_one_line(plan):
    number, date = plan[0].find("Số:"), plan[0].find("Ninh Thuận, ngày")
    assert number.baseline == pytest.approx(date.baseline, abs=0.05)


def test_the_rule_under_the_motto_is_as_long_as_its_text(plan):
    motto = plan[0].find("Độc lập")
    (rule,) = plan[0].rules_below(motto)
    assert rule.width == pytest.approx(motto.right - motto.left, abs=0.1)
    assert rule.left == pytest.approx(motto.left, abs=0.1)


@pytest.mark.parametrize("start", ["THƯƠNG BINH", "Về việc tuyên truyền"])
def test_the_rule_under_agency_and_subject_is_a_third_to_half_of_the_line(plan, start):
    line = plan[0].find(start)
    (rule,) = plan[0].rules_below(line)
    assert 1 / 3 <= rule.width / (line.right - line.left) <= 1 / 2
    assert rule.middle == pytest.approx(line.middle, abs=0.2)


def test_type_and_subject_are_centred(plan):
    for start in ("KẾ HOẠCH", "Về việc tuyên truyền"):
        assert plan[0].find(start).middle == pytest.approx(30 + 165 / 2, abs=SLACK)


def test_the_page_number_stands_in_the_top_margin_from_the_second_page_on(plan):
    assert len(plan) >= 3
    assert not [piece for piece in plan[0].texts if piece.baseline < 20]
    for number, sheet in enumerate(plan[1:], start=2):
        (piece,) = [piece for piece in sheet.texts if piece.baseline < 20]
        assert (piece.text, round(piece.size, 1), piece.font) == (str(number), 13, "Tinos")
        assert piece.middle == pytest.approx(30 + 165 / 2, abs=SLACK)


def test_the_mark_stands_at_the_foot_of_every_page_and_the_contact_on_the_first_only(plan):
    for sheet in plan:
        mark = sheet.find("DỮ LIỆU MINH HỌA")
        assert mark.baseline > 297 - 20
        assert mark.size < 10
    contacts = ["Số 01 đường" in sheet.content for sheet in plan]
    assert contacts == [True] + [False] * (len(plan) - 1)
    contact = plan[0].find("Số 01 đường")
    (rule,) = [area for area in plan[0].areas if 277 <= area.top < contact.baseline and area.height < 1]
    assert rule.width == pytest.approx(165, abs=SLACK)


def test_the_legal_bases_end_with_semicolons_and_a_full_stop(plan):
    assert "28/01/2022 của UBND tỉnh;" in plan[0].content.replace("\n", " ")
    assert "Chánh Văn phòng Sở." in plan[0].content.replace("\n", " ")


def test_one_addressee_stands_on_the_line_of_kinh_gui(report):
    label, name = report[0].find("Kính gửi:"), report[0].find("Ủy ban nhân dân")
    assert label.baseline == pytest.approx(name.baseline, abs=0.05)
    assert (round(label.size, 1), label.font) == (14, "Tinos")
    assert (label.left + name.right) / 2 == pytest.approx(30 + 165 / 2, abs=1)
    assert label.baseline > report[0].find("Kết quả tuyên truyền").baseline


def test_several_addressees_stand_one_a_line():
    (page,) = sheets(render_pdf(replace(REPORT, addressees=("Ủy ban nhân dân tỉnh", "Sở Nội vụ"))))
    first, second = page.find("- Ủy ban nhân dân tỉnh;"), page.find("- Sở Nội vụ.")
    assert first.baseline == pytest.approx(page.find("Kính gửi:").baseline, abs=0.05)
    assert second.baseline > first.baseline
    assert second.left == pytest.approx(first.left, abs=0.05)


def test_the_subject_of_a_letter_stands_under_its_number():
    (page,) = sheets(render_pdf(replace(REPORT, type_name="", subject="gửi kế hoạch")))
    subject, number = page.find("V/v gửi kế hoạch"), page.find("Số:")
    assert number.baseline < subject.baseline < number.baseline + 7
    assert subject.middle == pytest.approx(number.middle, abs=SLACK)
    assert (round(subject.size, 1), subject.font) == (13, "Tinos")
    assert "BÁO CÁO" not in page.content


@pytest.mark.parametrize(("urgency", "width"), [("KHẨN", 20), ("THƯỢNG KHẨN", 40), ("HỎA TỐC", 30)])
def test_the_urgency_stamp_has_the_size_of_its_degree(urgency, width):
    (page,) = sheets(render_pdf(replace(REPORT, urgency=urgency)))
    stamp = page.find(urgency)
    assert (round(stamp.size, 1), stamp.font) == (13, "Tinos-Bold")
    around = [area for area in page.areas if area.left < stamp.middle < area.right and area.width < 60]
    box = [area for area in around if abs(area.top - stamp.baseline) < 10]
    assert max(area.right for area in box) - min(area.left for area in box) == pytest.approx(width, abs=0.2)
    assert max(area.bottom for area in box) - min(area.top for area in box) == pytest.approx(8, abs=0.2)


def test_the_text_extracts_as_composed_vietnamese():
    decomposed = unicodedata.normalize("NFD", "Tuyên truyền về cải cách chế độ công vụ")
    pdf = render_pdf(replace(REPORT, blocks=(Heading("number", "1", decomposed), Paragraph("Hết."))))
    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert text == unicodedata.normalize("NFC", text)
    assert "Tuyên truyền về cải cách chế độ công vụ" in text


def test_the_file_says_its_title_language_and_author(plan_pdf):
    reader = PdfReader(BytesIO(plan_pdf))
    assert reader.metadata.title == "KẾ HOẠCH Về việc tuyên truyền cải cách hành chính năm 2022"
    assert reader.metadata.author == "Sở Lao động - Thương binh và Xã hội"
    assert reader.trailer["/Root"]["/Lang"] == "vi"


def test_pages_are_counted(plan_pdf, plan):
    assert page_count(plan_pdf) == len(plan)


def test_the_longest_names_the_decree_allows_stay_between_the_margins():
    longest = replace(
        REPORT,
        agency="Sở Lao động - Thương binh và Xã hội, " * 5,
        parent_agency="Ủy ban nhân dân tỉnh " * 9,
        number="1" * 11,
        symbol="SLĐTBXH-" * 4,
        subject="kết quả tuyên truyền cải cách hành chính " * 12,
        signer_title="Phó Giám đốc phụ trách Sở " * 4,
    )
    for subject in (longest.subject, "x" * 500):
        pages = sheets(render_pdf(replace(longest, subject=subject)))
        pieces = [piece for sheet in pages for piece in sheet.texts]
        assert min(piece.left for piece in pieces) >= 30 - SLACK
        assert max(piece.right for piece in pieces) <= 195 + SLACK
        country = pages[0].find("CỘNG HÒA")
        beside = [piece for piece in pieces if piece.left < 90 and piece.baseline < country.baseline + 40]
        assert all(piece.right < country.left for piece in beside)
