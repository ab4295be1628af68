"""What holds on paper and in Word alike: one table of rules, measured on both files."""

import re
import subprocess
import unicodedata
from dataclasses import dataclass, replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.official import Appendix, Column, Heading, Item, OfficialDocument, Paragraph, Row, Table
from documents.pdf import render_pdf
from documents.tests.measure import sheets
from documents.tests.measure_word import Word
from documents.tests.official_samples import PLAN, REPORT, figures
from documents.unbroken import pieces
from documents.word import render_docx

FORMATS = ("pdf", "docx")
WRITERS = (*FORMATS, "long")  # the PDF with its longer tables set page for page
LONG = {"pdf": 10**6, "long": 45}  # rows
DRAFT = replace(
    PLAN,
    draft=True,
    urgency="THƯỢNG KHẨN",
    authority="TM. Ủy ban nhân dân\nKT. Chủ tịch",
    signer_title="Phó Chủ tịch",
    verify=("Mã tra cứu: A7F3",),
    appendices=(
        Appendix("Số liệu theo đơn vị", (figures(9),), "(Kèm theo Kế hoạch số 421/KH-UBND)", landscape=True),
        Appendix("Danh mục nhiệm vụ", (replace(figures(60), caption="Bảng 1. Tin, bài", unit="Đơn vị tính: tin"),)),
    ),
)
LETTER = replace(REPORT, type_name="", subject="gửi kế hoạch năm 2022")
SAMPLES = {"plan": PLAN, "report": REPORT, "draft": DRAFT, "letter": LETTER}


@dataclass(frozen=True)
class Look:
    size: float
    bold: bool
    italic: bool


@cache
def printed(sample: str, format: str):
    """The sample read back from the file: a list of pages, or the Word document."""
    document = SAMPLES[sample]
    return Word(render_docx(document)) if format == "docx" else sheets(render_pdf(document, long_from=LONG[format]))


def look(sample: str, format: str, start: str) -> Look:
    """The letters of the first line that starts so."""
    if format == "docx":
        line = printed(sample, format).find(start)
        return Look(line.size, line.bold, line.italic)
    piece = next(piece for sheet in printed(sample, format) for piece in sheet.texts if piece.text.startswith(start))
    return Look(round(piece.size, 1), "Bold" in piece.font, "Italic" in piece.font)


def words(document: OfficialDocument, format: str) -> str:
    """All that the file says, in order, with single spaces; of a PDF as pdftotext reads it."""
    if format == "docx":
        text = Word(render_docx(document)).text
    else:
        command = ["pdftotext", "-raw", "-", "-"]
        pdf = render_pdf(document, long_from=LONG[format])
        text = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return " ".join(text.split())


UPRIGHT, BOLD, ITALIC, BOTH = (False, False), (True, False), (False, True), (True, True)


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize(
    ("sample", "start", "size", "style"),
    [
        ("plan", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, BOLD),
        ("plan", "Độc lập - Tự do - Hạnh phúc", 14, BOLD),
        ("plan", "UBND TỈNH NINH THUẬN", 13, UPRIGHT),
        ("plan", "SỞ LAO ĐỘNG -", 13, BOLD),
        ("plan", "Số:      /KH-SLĐTBXH", 13, UPRIGHT),
        ("plan", "Ninh Thuận, ngày     tháng 02 năm 2022", 14, ITALIC),
        ("plan", "KẾ HOẠCH", 14, BOLD),
        ("plan", "Về việc tuyên truyền", 14, BOLD),
        ("plan", "Căn cứ Kế hoạch", 14, ITALIC),
        ("plan", "I. MỤC ĐÍCH, YÊU CẦU", 14, BOLD),
        ("plan", "1. Mục đích", 14, BOLD),
        ("plan", "a) Tuyên truyền", 14, UPRIGHT),
        ("plan", "- Nâng cao", 14, UPRIGHT),
        ("plan", "Nơi nhận:", 12, BOTH),
        ("plan", "- UBND tỉnh (b/c);", 11, UPRIGHT),
        ("plan", "- Lưu: VT, VP.", 11, UPRIGHT),
        ("plan", "GIÁM ĐỐC", 14, BOLD),
        ("plan", "Hà Anh Quang", 14, BOLD),
        ("report", "Kính gửi:", 14, UPRIGHT),
        ("letter", "V/v gửi kế hoạch năm 2022", 13, UPRIGHT),
        ("draft", "THƯỢNG KHẨN", 13, BOLD),
        ("draft", "DỰ THẢO", 13, BOLD),
        ("draft", "TM. ỦY BAN NHÂN DÂN", 14, BOLD),
        ("draft", "KT. CHỦ TỊCH", 14, BOLD),
        ("draft", "PHÓ CHỦ TỊCH", 14, BOLD),
        ("draft", "Mã tra cứu: A7F3", 11, UPRIGHT),
        ("draft", "Phụ lục I", 14, BOLD),
        ("draft", "SỐ LIỆU THEO ĐƠN VỊ", 14, BOLD),
        ("draft", "(Kèm theo Kế hoạch số 421/KH-UBND)", 14, ITALIC),
        ("draft", "Bảng 1. Tin, bài", 14, BOLD),
        ("draft", "Đơn vị tính: tin", 12, ITALIC),
        ("draft", "Ghi chú", 12, BOLD),
        ("draft", "Đơn vị 1", 12, UPRIGHT),
        ("draft", "Nhóm 1", 12, BOLD),
        ("draft", "Tổng cộng", 12, BOLD),
    ],
)
def test_each_element_has_its_size_and_style(format, sample, start, size, style):
    assert look(sample, format, start) == Look(size, *style)


@pytest.mark.parametrize("format", WRITERS)
def test_the_parts_of_a_document_follow_each_other(format):
    text, place = words(DRAFT, format), 0
    for part in (
        "UBND TỈNH NINH THUẬN", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "/KH-SLĐTBXH", "THƯỢNG KHẨN", "DỰ THẢO",
        "KẾ HOẠCH Về việc tuyên truyền cải cách hành chính năm 2022",
        "Căn cứ Kế hoạch số 421/KH-UBND ngày 28/01/2022 của UBND tỉnh;", "Theo đề nghị của Chánh Văn phòng Sở.",
        "I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "a) Tuyên truyền công tác chỉ đạo, điều hành", "- Nâng cao nhận thức",
        "+ Chỉ số PCI phấn đấu tăng 0,5-1 điểm so với năm 2021.", "Đoạn 0:", "Đoạn 24:", "về Văn phòng Sở./.",
        "Hà Anh Quang", "Mã tra cứu: A7F3", "Phụ lục I SỐ LIỆU THEO ĐƠN VỊ (Kèm theo Kế hoạch số 421/KH-UBND)",
        "Đơn vị 9", "Phụ lục II DANH MỤC NHIỆM VỤ", "Bảng 1. Tin, bài", "Đơn vị tính: tin", "Đơn vị 60", "Tổng cộng",
    ):  # fmt: skip
        found = text.find(part, place)
        assert found >= 0, part
        place = found + len(part)
    assert text.count("./.") == 1
    assert text.count("Đơn vị 33 ") == 1


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("sample", ["plan", "report", "letter"])
def test_only_a_draft_says_that_it_is_one(format, sample):
    assert "DỰ THẢO" not in words(SAMPLES[sample], format)


# Each stands at another place of its line, so that without care the line would end inside it.
SYMBOLS = [
    Paragraph(
        f"{'x' * count} theo Kế hoạch số 421/KH-UBND ngày 28/01/2022, Nghị quyết 05-NQ/TU (số 20/2008/NĐ-CP), "
        "Quyết định số 36a/QĐ-TTg ngày 05/3/2020; mức 0,5-1 điểm, Lưu VT-VP, Điều 5 và quý IV."
    )
    for count in range(1, 61)
]


def test_no_line_of_the_pdf_ends_inside_a_number_or_a_symbol():
    lines = [
        piece.text.rstrip()
        for sheet in sheets(render_pdf(replace(PLAN, blocks=tuple(SYMBOLS))))
        for piece in sheet.texts
    ]
    broken = re.compile(r"([/-]|ngày|số|Điều|quý|\()$")
    assert [line for line in lines if broken.search(line)] == ["SỞ LAO ĐỘNG -"]


@pytest.mark.parametrize("letters", ["i", "l", "r", "t", "s", "a"])
def test_a_line_of_the_pdf_before_a_symbol_is_full_whatever_its_width(letters):
    """Words that fit only without the space behind them were once put on the next line, all but the first."""
    text = "Các phòng chuyên môn ứng dụng chữ ký số (đạt tỷ lệ 100%), bảo đảm tăn{} 0,5-1 điểm so với năm trước."
    items = tuple(Item("-", text.format(letters * count + more)) for count in range(4) for more in ("", "i", "g", "gi"))
    pages = sheets(render_pdf(replace(REPORT, blocks=items)))
    first = [piece.text for sheet in pages for piece in sheet.texts if piece.text.startswith("- C")]
    assert len(first) == len(items)
    assert all("bảo đảm" in line for line in first)


def test_word_is_told_not_to_break_inside_a_number_or_a_symbol():
    word = Word(render_docx(replace(REPORT, blocks=(SYMBOLS[0],))))
    (paragraph,) = [each for each in word.document.paragraphs if "421" in each.text]
    letters = "".join(text.text for text in paragraph._p.iter() if text.tag.endswith("}t"))
    assert "-" not in letters
    for held in ("số\u00a0421/KH", "ngày\u00a028/01/2022,", "ngày\u00a005/3/2020;", "Điều\u00a05", "quý\u00a0IV."):
        assert held in letters
    assert "theo Kế hoạch số 421/KH-UBND ngày 28/01/2022, Nghị quyết 05-NQ/TU" in word.text


@pytest.mark.parametrize("format", FORMATS)
def test_what_stays_together_is_read_back_as_it_was_written(format):
    sentence = SYMBOLS[7].text
    assert " ".join(sentence.split()) in words(replace(REPORT, blocks=(Paragraph(sentence), Paragraph("Hết."))), format)


@settings(max_examples=60)
@given(st.text("ab1/-– .,()Đ", max_size=60))
def test_what_stays_together_loses_no_letter_and_ends_at_spaces(text):
    parts = pieces(text)
    assert "".join(part for part, _ in parts) == text
    for (before, _), (after, stays) in zip(parts, parts[1:], strict=False):
        if stays:
            assert before[-1] in ' (“"'
        assert not (stays and " " in after and not re.match(r"\S+ \S+$", after))


@pytest.mark.parametrize("format", FORMATS)
def test_a_link_may_break(format):
    link = "https://dichvucong.ninhthuan.gov.vn/" + "a-1/" * 60
    text = words(replace(REPORT, blocks=(Paragraph(f"Xem {link} để biết."), Paragraph("Hết."))), format)
    assert link in text.replace(" ", "")


@pytest.mark.parametrize("format", FORMATS)
def test_text_is_composed_and_signs_nobody_sees_are_left_out(format):
    decomposed = unicodedata.normalize("NFD", "Tuyên truyền về cải cách chế độ công vụ")
    text = words(
        replace(REPORT, blocks=(Heading("number", "1", decomposed), Item("-", "a\x00b\x07c\u202ed\u200be"))), format
    )
    assert "Tuyên truyền về cải cách chế độ công vụ" in text
    assert "- abcde./." in text


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("hostile", ["<w:br/>]]>&amp;<script>", '"><iframe src="x">', "{{ settings.SECRET_KEY }}"])
def test_hostile_text_stands_literally(format, hostile):
    table = Table((Column(hostile), Column("Số", "right", 10, hostile)), (Row((hostile, hostile)),), hostile, hostile)
    document = replace(
        REPORT,
        place=hostile, date_text=hostile, subject=hostile, bases=(hostile,), recipients=(hostile,), verify=(hostile,),
        addressees=(hostile,), footer_contact=hostile, mark=hostile,
        blocks=(Heading("number", "1", hostile), Item("-", hostile), table, Paragraph("Hết.")),
        appendices=(Appendix("Một", (Paragraph(hostile),), hostile),),
    )  # fmt: skip
    text = "".join(words(document, format).split())
    assert text.count("".join(hostile.split())) >= 14


@pytest.mark.parametrize("render", [render_pdf, render_docx])
def test_the_same_document_gives_the_same_bytes(render):
    assert render(DRAFT) == render(replace(DRAFT))
