"""Word files: what is printed is read, and what is not read is listed."""

import pytest

from documents.reading import read_file, read_source
from documents.tests.word_files import cell, docx, level, listed, numbering, paragraph, run, table

HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/></w:style>' for n in (1, 2, 3)
)
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Hòa An, ngày     tháng 02 năm 2024")
SIGNATURE = ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "Lê Thị Ánh")
TASKS = ["TT", "Nội dung", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian"]


def shown(content):
    return [line for line in read_source(content).text.split("\n") if line]


def marks(reading):
    return [(node.level, node.mark, node.content) for node in reading.outline]


def aside(content):
    return [(item.reason, item.text) for item in read_source(content).set_aside]


def test_words_own_numbers_are_read_as_printed_on_every_level():
    lists = numbering(
        level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "decimal", "%2.%3.")
        + level(3, "lowerLetter", "%4)") + level(4, "bullet", "-") + level(5, "bullet", "+")
    )  # fmt: skip
    content = docx(
        listed("MỤC ĐÍCH", 1), listed("Mục tiêu", 1, 1), listed("Việc một", 1, 2), listed("Việc hai", 1, 2),
        listed("Điểm", 1, 3), listed("Ý", 1, 4), listed("Ý nhỏ", 1, 5), listed("Yêu cầu", 1, 1),
        listed("Việc ba", 1, 2), listed("NỘI DUNG", 1),
        parts={"numbering": lists},
    )  # fmt: skip
    assert shown(content) == [
        "I. MỤC ĐÍCH", "1. Mục tiêu", "1.1. Việc một", "1.2. Việc hai", "a) Điểm", "- Ý", "+ Ý nhỏ", "2. Yêu cầu",
        "2.1. Việc ba", "II. NỘI DUNG",
    ]  # fmt: skip
    assert [(node.level, node.label) for node in read_file(content).outline] == [
        ("roman", "I"), ("number", "1"), ("number", "1.1"), ("number", "1.2"), ("letter", "a"), ("dash", ""),
        ("plus", ""), ("number", "2"), ("number", "2.1"), ("roman", "II"),
    ]  # fmt: skip


def test_vietnamese_letters_are_those_of_the_list():
    letters = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="custom" w:format="a, b, c, d, đ, e, g"/>'
        '<w:lvlText w:val="%1)"/></w:lvl>'
    )
    content = docx(*(listed("Điểm", 1) for _ in range(7)), parts={"numbering": numbering(letters)})
    assert [line[0] for line in shown(content)] == list("abcdđeg")


def test_english_letters_and_fixed_labels_are_kept_as_word_prints_them():
    content = docx(
        *(listed("Điểm", 1) for _ in range(6)), listed("Riêng", 2),
        parts={"numbering": numbering(level(0, "lowerLetter", "%1)"), level(0, "none", "đ)"))},
    )  # fmt: skip
    assert [line.split(")")[0] for line in shown(content)] == ["a", "b", "c", "d", "e", "f", "đ"]
    assert [node.label for node in read_file(content).outline][-2:] == ["f", "đ"]


def test_a_list_can_start_anew_or_go_on():
    again = (
        '<w:num w:numId="8"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="9"><w:abstractNumId w:val="1"/></w:num>'
    )
    content = docx(
        listed("A", 1), listed("B", 1), listed("C", 8), listed("D", 8), listed("E", 9),
        parts={"numbering": numbering(level(0, "decimal", "%1."), nums=again)},
    )  # fmt: skip
    assert [line[0] for line in shown(content)] == ["1", "2", "1", "2", "3"]


def test_numbers_can_come_from_the_style():
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="Mục"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="MucCon"><w:basedOn w:val="Muc"/></w:style>'
    )
    lists = numbering(level(0, "upperRoman", "%1.", '<w:pStyle w:val="Muc"/>'))
    content = docx(
        paragraph("MỤC ĐÍCH", properties='<w:pStyle w:val="Muc"/>'),
        paragraph("NỘI DUNG", properties='<w:pStyle w:val="MucCon"/>'),
        parts={"styles": styles, "numbering": lists},
    )
    assert shown(content) == ["I. MỤC ĐÍCH", "II. NỘI DUNG"]


def test_heading_styles_without_a_number_are_headings():
    content = docx(
        paragraph("Mục đích", properties='<w:pStyle w:val="H1"/>'),
        paragraph("Tuyên truyền về cải cách thể chế", properties='<w:pStyle w:val="H2"/>'),
        paragraph("Rà soát văn bản."),
        parts={"styles": HEADINGS},
    )
    outline = read_file(content).outline
    assert [(n.level, n.label, n.title, n.style, n.parent) for n in outline] == [
        ("roman", "", "Mục đích", 1, None),
        ("number", "", "Tuyên truyền về cải cách thể chế", 2, 0),
        ("paragraph", "", "", 0, 1),
    ]


def test_tracked_changes_are_read_as_accepted():
    content = docx(
        paragraph("Báo cáo trước ngày ", '<w:del><w:r><w:delText>10</w:delText></w:r></w:del>',
                  f"<w:ins>{run('15')}</w:ins>", "/6."),
        f"<w:del>{paragraph('Đoạn đã xóa.')}</w:del>",
        paragraph("Đầu câu ", properties="<w:rPr><w:del/></w:rPr>"),
        paragraph("cuối câu."),
    )  # fmt: skip
    assert shown(content) == ["Báo cáo trước ngày 15/6.", "Đầu câu cuối câu."]
    assert aside(content) == [("deleted", "10"), ("deleted", "Đoạn đã xóa.")]


def test_what_is_not_read_is_listed():
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:wsp><wps:txbx><w:txbxContent>"
        f"{paragraph('Trong khung')}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        f"{paragraph('Trong khung')}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    picture = '<w:r><w:drawing><wp:docPr id="1" descr="Biểu đồ"/><a:blip/></w:drawing></w:r>'
    content = docx(
        paragraph("Thân", box, picture, run("ẩn", "<w:vanish/>")),
        parts={
            "footnotes": '<w:footnote w:type="separator"><w:p/></w:footnote>'
            f"<w:footnote>{paragraph('Chú thích.')}</w:footnote>",
            "comments": f"<w:comment>{paragraph('Ý kiến.')}</w:comment>",
            "header1": paragraph("2"),
        },
    )
    assert shown(content) == ["Thân"]
    assert sorted(aside(content)) == [
        ("comment", "Ý kiến."), ("footnote", "Chú thích."), ("header", "2"), ("hidden", "ẩn"), ("picture", "Biểu đồ"),
        ("text_box", "Trong khung"),
    ]  # fmt: skip
    assert sorted(item.reason for item in read_file(content).set_aside) == [
        "comment", "footnote", "header", "hidden", "picture", "text_box",
    ]  # fmt: skip


def test_a_table_of_contents_is_set_aside():
    styles = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    content = docx(
        paragraph("I. MỤC ĐÍCH\t1", properties='<w:pStyle w:val="T1"/>'), paragraph("I. MỤC ĐÍCH"),
        parts={"styles": styles},
    )  # fmt: skip
    assert len(read_file(content).headings) == 1
    assert aside(content)[0][0] == "contents"


def test_head_and_signature_in_tables_without_lines():
    content = docx(
        table([cell("UBND TỈNH HÒA AN", "SỞ Y TẾ", "Số:      /KH-SYT"), cell(*NATION)], borders=False),
        paragraph("KẾ HOẠCH"),
        paragraph("Tuyên truyền cải cách hành chính năm 2024"),
        paragraph("I. MỤC ĐÍCH"),
        table([cell("Nơi nhận:", "- UBND tỉnh (b/c);", "- Lưu: VT."), cell(*SIGNATURE)], borders=False),
    )
    plan = read_file(content)
    assert (plan.agency, plan.parent_agency, plan.symbol, plan.number) == (
        "SỞ Y TẾ",
        "UBND TỈNH HÒA AN",
        "KH-SYT",
        None,
    )
    assert (plan.place, plan.day, plan.month, plan.date_year) == ("Hòa An", None, 2, 2024)
    assert [(one.name, one.purpose) for one in plan.recipients] == [("UBND tỉnh", "b/c"), ("Lưu: VT", None)]
    assert (plan.signer.authority, plan.signer.title, plan.signer.name) == tuple(filter(None, SIGNATURE))


def test_merged_cells_group_rows_and_tables_inside_cells():
    inner = table([cell("tờ rơi"), cell("500 tờ")])
    content = docx(
        paragraph("I. NHIỆM VỤ"),
        table(
            [cell("TT", merge="start"), cell("Nội dung", merge="start"), cell("Đơn vị thực hiện", span=2),
             cell("Thời gian", merge="start"), cell("Sản phẩm", merge="start")],
            [cell(merge="on"), cell(merge="on"), cell("Chủ trì"), cell("Phối hợp"), cell(merge="on"), cell(merge="on")],
            [cell("I"), cell("Tuyên truyền trực quan", span=5)],
            [cell("1"), cell("Treo băng rôn"), cell("Văn phòng", merge="start"), cell("Phòng A", "Phòng B"),
             cell("Quý I"), cell("Băng rôn")],
            [cell("2"), cell("In ấn"), cell(merge="on"), cell("Phòng A, Thanh tra"), cell("Quý II"), cell(inner)],
        ),
    )  # fmt: skip
    assert [(t.group, t.title, t.lead, t.support, t.time, t.product) for t in read_file(content).tasks] == [
        ("Tuyên truyền trực quan", "Treo băng rôn", "Văn phòng", ["Phòng A", "Phòng B"], "Quý I", "Băng rôn"),
        ("Tuyên truyền trực quan", "In ấn", "Văn phòng", ["Phòng A", "Thanh tra"], "Quý II", "tờ rơi 500 tờ"),
    ]


def test_a_row_split_by_a_page_end_is_one_task():
    content = docx(
        table([cell(text) for text in TASKS],
              [cell(text) for text in ("1", "Tổ chức hội", "Hội nghị", "Văn phòng", "Phòng A,", "Quý")],
              [cell(text) for text in TASKS],
              [cell(text) for text in ("", "nghị tập huấn", "", "Sở", "Phòng B", "III")]),
    )  # fmt: skip
    assert [(t.title, t.lead, t.support, t.time) for t in read_file(content).tasks] == [
        ("Tổ chức hội nghị tập huấn", "Văn phòng Sở", ["Phòng A", "Phòng B"], "Quý III")
    ]


def test_soft_line_breaks_capitals_and_symbols():
    content = docx(
        paragraph(run("kế hoạch", "<w:caps/>")),
        paragraph('<w:r><w:t>Dòng một,</w:t><w:br/><w:t>dòng hai</w:t><w:noBreakHyphen/><w:t>x.</w:t></w:r>'),
        paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', " Xong"),
    )  # fmt: skip
    assert shown(content) == ["KẾ HOẠCH", "Dòng một,", "dòng hai-x.", "✓ Xong"]


@pytest.mark.parametrize(
    ("font", "typed", "read"),
    [
        (".VnTime", "Céng hßa x· héi, th­êng xuyªn", "Cộng hòa xã hội, thường xuyên"),
        (".VnTimeH", "kÕ ho¹ch", "KẾ HOẠCH"),
        ("VNI-Times", "Coäng hoøa xaõ hoäi, thöôøng xuyeân", "Cộng hòa xã hội, thường xuyên"),
    ],
)
def test_old_fonts_tell_the_encoding_of_their_runs(font, typed, read):
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    half = len(typed) // 2
    content = docx(paragraph("Kế hoạch: ", run(typed[:half], fonts), run(typed[half:], fonts)))
    assert shown(content) == [f"Kế hoạch: {read}"]
    found = [defect for defect in read_file(content).defects if defect.code == "legacy_encoding"]
    assert [defect.severity for defect in found] == ["info"] and "hãy xem lại" in found[0].text


def test_the_main_part_may_have_any_name():
    assert shown(docx(paragraph("Kế hoạch"), main="word/document2.xml")) == ["Kế hoạch"]
