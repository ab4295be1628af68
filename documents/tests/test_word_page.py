"""The Word document: pages, styles, places and what Word is told, read from the file (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

from dataclasses import replace

import pytest
from docx.oxml.ns import qn

from documents.letters import width
from documents.official import Appendix, Column, Heading, Paragraph, Row, Table
from documents.tests.measure_word import Word
from documents.tests.official_samples import AREA_CHART, CHARTED, PLAN, REPORT, TREND_CHART, figures
from documents.word import render_docx

MM_A_POINT = 25.4 / 72
BODY = 210 - 30 - 15


@pytest.fixture(scope="module")
def plan():
    return Word(render_docx(PLAN))


@pytest.fixture(scope="module")
def report():
    return Word(render_docx(REPORT))


@pytest.fixture(scope="module")
def appendices():
    return Word(
        render_docx(
            replace(
                PLAN,
                appendices=(
                    Appendix("Số liệu theo đơn vị", (figures(9),), landscape=True),
                    Appendix("Danh mục", (figures(60),)),
                ),
            )
        )
    )


def text_width(text: str, size: float, style: str = "Regular") -> float:
    """In mm."""
    return width(text, size, style) * MM_A_POINT


def test_the_paper_is_a4_with_margins_of_20_15_20_30_mm(plan):
    (pages,) = plan.sections
    assert (round(pages.width), round(pages.height)) == (210, 297)
    assert pages.margins == pytest.approx((20, 15, 20, 30), abs=0.05)


def test_a_wide_appendix_lies_landscape_with_the_same_margins(appendices):
    sizes = [(round(pages.width), round(pages.height)) for pages in appendices.sections]
    assert sizes == [(210, 297), (297, 210), (210, 297)]
    assert all(pages.margins == pytest.approx((20, 15, 20, 30), abs=0.05) for pages in appendices.sections)


def test_page_numbers_stand_in_the_top_margin_but_on_no_first_page_and_restart_in_each_appendix(appendices):
    assert [pages.start for pages in appendices.sections] == [None, 1, 1]
    for pages in appendices.sections:
        assert (pages.header, pages.first_header, pages.first_differs) == ("{PAGE}", "", True)
    (number,) = appendices.document.sections[0].header.paragraphs
    assert (number.style.font.size.pt, number.style.font.bold, number.style.font.italic) == (13, None, None)
    assert str(number.style.paragraph_format.alignment).startswith("CENTER")


def test_the_mark_stands_at_every_foot_and_the_contact_at_the_first_only(appendices):
    first, *others = appendices.sections
    assert first.first_footer == f"{PLAN.footer_contact}\n{PLAN.mark}"
    assert {first.footer, *(foot for pages in others for foot in (pages.footer, pages.first_footer))} == {PLAN.mark}


def test_the_body_is_justified_14_points_indented_by_1_27_cm_6_points_apart(plan):
    for start in ("Đoạn 3", "- Nâng cao", "+ Chỉ số", "I. MỤC ĐÍCH", "1. Mục đích", "a) Tuyên truyền", "Căn cứ"):
        line = plan.find(start)
        assert (line.size, line.align, line.before) == (14, "justify", 6), start
        assert line.first_line == pytest.approx(12.7, abs=0.05), start
        assert 1 <= line.line <= 1.5, start


def test_headings_are_words_own_of_three_levels_and_stay_with_what_follows(plan):
    document = Word(render_docx(replace(PLAN, blocks=(Heading("article", "1", "Ban hành"), *PLAN.blocks))))
    found = {line.text: (line.style, line.outline) for line in document.lines if line.style.startswith("Heading")}
    assert found == {
        "Điều 1. Ban hành": ("Heading 1", 0),
        "I. MỤC ĐÍCH, YÊU CẦU": ("Heading 1", 0),
        "1. Mục đích": ("Heading 2", 1),
        "a) Tuyên truyền công tác chỉ đạo, điều hành": ("Heading 3", 2),
    }
    assert all(line.keep_next for line in plan.lines if line.style.startswith("Heading"))


def test_letters_are_black_times_new_roman_and_vietnamese_without_a_theme(plan):
    styles = plan.part("word/styles.xml")
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        assert {fonts.get(qn(f"w:{kind}")) for fonts in styles.iter(qn("w:rFonts"))} == {"Times New Roman"}
    assert {language.get(qn("w:val")) for language in styles.iter(qn("w:lang"))} == {"vi-VN"}
    assert {line.color for line in plan.lines} == {"000000"}
    for part in ("word/document.xml", "word/styles.xml"):
        assert not [name for each in plan.part(part).iter() for name in each.attrib if "theme" in name.lower()]


def test_word_breaks_no_word_by_hyphens_and_opens_the_file_as_its_own(plan):
    settings = plan.part("word/settings.xml")
    assert settings.find(qn("w:autoHyphenation")).get(qn("w:val")) == "0"
    (mode,) = settings.iter(qn("w:compatSetting"))
    assert (mode.get(qn("w:name")), mode.get(qn("w:val"))) == ("compatibilityMode", "15")


def test_the_file_says_its_title_author_and_language(plan):
    core = plan.document.core_properties
    assert core.title == "KẾ HOẠCH Về việc tuyên truyền cải cách hành chính năm 2022"
    assert (core.author, core.language) == ("Sở Lao động - Thương binh và Xã hội", "vi-VN")


def test_issuer_and_national_name_stand_beside_each_other_over_number_and_date(plan):
    head = plan.tables[0]
    assert [[cell.text.replace("\n", "|").strip("|") for cell in row.cells] for row in head.rows] == [
        [
            "UBND TỈNH NINH THUẬN|SỞ LAO ĐỘNG -|THƯƠNG BINH VÀ XÃ HỘI",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc",
        ],
        ["Số:      /KH-SLĐTBXH", "Ninh Thuận, ngày     tháng 02 năm 2022"],
    ]
    assert [column.width.mm for column in head.columns] == pytest.approx([68, 97], abs=0.1)
    assert text_width(PLAN.country, 13, "Bold") < 97
    assert head._tbl.tblPr.find(qn("w:tblBorders")) is None
    for start in ("UBND TỈNH", "CỘNG HÒA", "Số:", "Ninh Thuận, ngày"):
        assert plan.find(start).align == "center"


@pytest.mark.parametrize(
    ("above", "space", "lines", "share"),
    [
        ("Độc lập", 97, ("Độc lập - Tự do - Hạnh phúc",), (1, 1)),
        ("THƯƠNG BINH", 68, ("THƯƠNG BINH VÀ XÃ HỘI",), (1 / 3, 1 / 2)),
        ("Về việc tuyên truyền", BODY, (PLAN.subject,), (1 / 3, 1 / 2)),
    ],
)
def test_the_rule_below_a_line_has_its_length_and_stands_in_the_middle(plan, above, space, lines, share):
    rule, line = plan.after(above), plan.find(above)
    assert (rule.text, rule.borders) == ("", {"top"})
    assert rule.left == pytest.approx(rule.right, abs=0.05)
    least, most = (part * max(text_width(each, line.size, "Bold") for each in lines) for part in share)
    assert least - 0.2 <= space - rule.left - rule.right <= most + 0.2


@pytest.mark.parametrize(("urgency", "across"), [("KHẨN", 20), ("THƯỢNG KHẨN", 40), ("HỎA TỐC", 30)])
def test_the_urgency_stamp_is_boxed_and_red_with_the_size_of_its_degree(urgency, across):
    stamp = Word(render_docx(replace(REPORT, urgency=urgency))).find(urgency)
    assert (stamp.borders, stamp.color) == ({"top", "left", "bottom", "right"}, "CC0000")
    assert 68 - stamp.left - stamp.right == pytest.approx(across, abs=0.1)
    assert text_width(urgency, 13, "Bold") < across


def test_a_draft_is_stamped_below_its_number(plan):
    stamp = Word(render_docx(replace(PLAN, draft=True))).after("Số:")
    assert (stamp.text, stamp.color, stamp.borders) == ("DỰ THẢO", "000000", {"top", "left", "bottom", "right"})


def test_one_addressee_stands_on_the_line_of_kinh_gui_and_several_below_each_other(report):
    line = report.find("Kính gửi:")
    assert line.text == "Kính gửi: Ủy ban nhân dân tỉnh Ninh Thuận"
    start = line.left - text_width("Kính gửi: ", 14)
    assert start + text_width(line.text, 14) / 2 == pytest.approx(BODY / 2, abs=0.3)
    two = Word(render_docx(replace(REPORT, addressees=("UBND tỉnh", "Sở Nội vụ"))))
    first, second = two.find("Kính gửi:"), two.after("Kính gửi:")
    assert (first.text, second.text) == ("Kính gửi:\t- UBND tỉnh;", "\t- Sở Nội vụ.")
    assert first.left == second.left


def test_noi_nhan_and_signer_stand_beside_each_other_in_one_row_that_is_not_split(report):
    table = report.tables[-1]
    ((left, right),) = [row.cells for row in table.rows]
    assert left.text == "Nơi nhận:\n- Như trên;\n- Lưu: VT, VP."
    assert right.text == "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nHà Anh Quang"
    assert table._tbl.tr_lst[0].trPr.find(qn("w:cantSplit")) is not None
    assert report.find("Hà Anh Quang").before == pytest.approx(26 / MM_A_POINT, abs=0.5)
    assert report.find("KT. GIÁM").align == "center"


def test_the_last_words_go_over_the_page_with_the_signature(report):
    last = report.find("Kết quả như sau./.")
    gap = report.after("Kết quả như sau./.")
    assert (last.keep_next, gap.keep_next, gap.text) == (True, True, "")
    assert all(report.find(start).keep_next for start in ("Nơi nhận:", "- Như trên;", "KT. GIÁM ĐỐC"))


def test_a_document_without_signer_and_recipients_has_no_block_for_them():
    word = Word(render_docx(replace(REPORT, recipients=(), authority="", signer_title="", signer_name="")))
    assert len(word.tables) == 1


def test_the_heading_of_a_table_is_repeated_and_no_row_is_split(appendices):
    table = appendices.tables[-1]
    rows = table._tbl.tr_lst
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True, True] + [False] * 70
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    joined = [[join.get(qn("w:val")) for join in row.iter(qn("w:vMerge"))] for row in rows[:2]]
    assert joined == [["restart"] * 3, [None] * 3]
    assert [cell.text for cell in table.rows[1].cells] == ["STT", "Đơn vị", "Kế hoạch", "Thực hiện", "Ghi chú"]


def test_a_group_stays_with_its_first_row_and_a_total_with_the_row_above(appendices):
    lines = appendices.lines
    kept = {line.text for line in lines if line.style == "Ô bảng" and line.keep_next}
    assert {"Nhóm 1", "Nhóm 8", "Đơn vị 60"} <= kept
    assert not {"Đơn vị 1", "Tổng cộng"} & kept


@pytest.mark.parametrize(("landscape", "space"), [(False, BODY), (True, 297 - 45)])
def test_columns_have_their_share_and_fill_the_page(landscape, space):
    word = Word(render_docx(replace(REPORT, appendices=(Appendix("Một", (figures(3),), landscape=landscape),))))
    widths = [column.width.mm for column in word.tables[-1].columns]
    assert widths == pytest.approx([space * share / 100 for share in (8, 36.5, 15.5, 15.5, 24.5)], abs=0.1)
    assert word.find("1.234").align == "right"


def test_columns_that_ask_for_too_much_still_stay_on_the_page():
    table = Table((Column("A", width_percent=80), Column("B", width_percent=60), Column("C")), (Row(("1", "2", "3")),))
    word = Word(render_docx(replace(REPORT, blocks=(table,))))
    widths = [column.width.mm for column in word.tables[1].columns]
    assert sum(widths) == pytest.approx(BODY, abs=0.1)
    assert min(widths) > 5


def test_a_table_of_many_columns_takes_letters_of_11_points():
    wide = Table(tuple(Column(f"Cột {n}") for n in range(12)), (Row(tuple(f"ô {n}" for n in range(12))),))
    word = Word(render_docx(replace(REPORT, blocks=(wide,))))
    assert (word.find("Cột 1").size, word.find("ô 1").size) == (11, 11)


def test_tables_that_follow_each_other_stay_two():
    word = Word(render_docx(replace(REPORT, blocks=(figures(1), figures(1), Paragraph("Hết.")))))
    assert len(word.tables) == 4


def test_lines_of_a_cell_stay_lines():
    word = Word(render_docx(replace(REPORT, blocks=(Table((Column("A"),), (Row(("một\nhai",)),)),))))
    assert word.tables[1].rows[1].cells[0].text == "một\nhai"


@pytest.fixture(scope="module")
def charted():
    return Word(render_docx(CHARTED))


def test_a_chart_is_a_picture_with_words_for_who_does_not_see_it_and_its_figures_behind_it(charted):
    first, second, code = charted.document.inline_shapes
    assert first._inline.docPr.get("descr") == AREA_CHART.description
    assert first.width.mm == pytest.approx(AREA_CHART.width * 25.4 / 96, abs=0.1)
    assert second._inline.docPr.get("descr") == TREND_CHART.description
    numbers = [shape._inline.docPr.get("id") for shape in (first, second, code)]
    assert len(set(numbers)) == 3
    after = charted.text.partition("Hình 2. Tin, bài qua các quý")[2]
    assert "Tổng cộng" in after


def test_a_picture_has_a_vector_and_a_raster_of_the_same_drawing(charted):
    parts = {str(part.partname): part.blob for part in charted.document.part.package.iter_parts()}
    for drawing in (AREA_CHART, TREND_CHART):
        assert parts[f"/word/media/p{drawing.key}.png"] == drawing.png()
        assert parts[f"/word/media/p{drawing.key}.svg"] == drawing.svg("Times New Roman").encode()


def test_the_look_up_code_floats_at_the_foot_of_the_last_page(charted):
    (line,) = [each for each in charted.document.paragraphs if each.text.endswith(CHARTED.verification.line)]
    frame = line._p.pPr.find(qn("w:framePr"))
    assert (frame.get(qn("w:vAnchor")), frame.get(qn("w:yAlign"))) == ("margin", "bottom")
    assert charted.document.inline_shapes[2].width.mm == pytest.approx(14, abs=0.1)


def test_the_title_of_an_appendix_shows_in_the_outline(appendices):
    labels = [line.text for line in appendices.lines if line.outline == 0 and line.text.startswith("Phụ lục")]
    assert labels == ["Phụ lục I", "Phụ lục II"]
    assert {appendices.find(label).align for label in labels} == {"center"}


def test_every_style_that_a_paragraph_names_is_there(appendices):
    known = {style.get(qn("w:styleId")) for style in appendices.part("word/styles.xml").iter(qn("w:style"))}
    named = {style.get(qn("w:val")) for style in appendices.part("word/document.xml").iter(qn("w:pStyle"))}
    assert named <= known


# The order in which ISO/IEC 29500-1 wants what a paragraph, a run, a cell and a section say; Word refuses another.
ORDER = {
    "pPr": "pStyle keepNext keepLines framePr widowControl pBdr tabs spacing ind jc textAlignment outlineLvl sectPr",
    "rPr": "rFonts b i color sz szCs lang",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar",
    "sectPr": "headerReference footerReference pgSz pgMar pgNumType cols titlePg",
    "style": "name basedOn next qFormat pPr rPr tblPr",
    "settings": "zoom defaultTabStop autoHyphenation characterSpacingControl compat themeFontLang decimalSymbol "
    "listSeparator",
}


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/settings.xml"])
def test_the_parts_of_an_element_stand_in_the_order_of_the_standard(appendices, charted, part):
    for element in (*appendices.part(part).iter(), *charted.part(part).iter()):
        order = ORDER.get(element.tag.partition("}")[2], "").split()
        places = [order.index(child.tag.partition("}")[2]) for child in element] if order else []
        assert places == sorted(places), element.tag
