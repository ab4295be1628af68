"""Long tables set page for page: the same paper as WeasyPrint's own, page by page and line by line."""

import re
import subprocess
from dataclasses import replace
from io import BytesIO
from random import Random

import pytest
from pypdf import PdfReader

from documents.official import Appendix, Column, Paragraph, Row, Table
from documents.pdf import render_pdf
from documents.tests.measure import sheets
from documents.tests.official_samples import REPORT, figures

COLUMNS = (
    Column("STT", "center", 6),
    Column("Nội dung", "left", 40),
    Column("Kế hoạch", "right", 14, "Số tin, bài"),
    Column("Thực hiện", "right", 14, "Số tin, bài"),
    Column("Đơn vị"),
)
TEXT = (
    "Tuyên truyền trên cổng thông tin điện tử về cải cách thủ tục hành chính, AV To Ty VA P, T. Y. tin/bài pháp-luật "
    "421/KH-UBND ngày 28/01/2022; Kế hoạch số 05/KH-SLĐTBXH, quý IV Điều 5 100% https://ninhthuan.gov.vn/tin-tuc/a "
    "“Hỏi – đáp” Văn phòng Sở"
)
WORDS = TEXT.split(" ")


def varied(count: int) -> Table:
    """Rows of some lines with words that kern, numbers that stay together, words too long, labels and a total."""
    chance, rows = Random(7), []
    for number in range(1, count + 1):
        if number % 9 == 1:
            rows.append(Row(("", f"Nhóm {number}: {' '.join(chance.choices(WORDS, k=6))}"), "group"))
        text, unit = (" ".join(chance.choices(WORDS, k=chance.randint(0, most))) for most in (40, 9))
        rows.append(Row((str(number), text, f"{number}.500", "–", unit or "x" * number)))
    return Table(COLUMNS, (*rows, Row(("", "Tổng cộng", "1", "2", ""), "total")))


def lines(page) -> dict[float, str]:
    """What stands at each height of a page, from left to right."""
    found: dict[float, list] = {}
    for piece in page.texts:
        found.setdefault(round(piece.baseline, 1), []).append((piece.left, piece.text))
    return {height: " ".join(" ".join(text for _, text in sorted(texts)).split()) for height, texts in found.items()}


def is_rule(area, horizontal: bool) -> bool:
    across, along = (area.height, area.width) if horizontal else (area.width, area.height)
    return across < 0.3 < 4 < along


def said(pdf: bytes) -> str:
    command = ["pdftotext", "-raw", "-", "-"]
    return " ".join(subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode().split())


LONG = replace(
    REPORT,
    blocks=(Paragraph("Một."), replace(varied(110), caption="Bảng 1. Tin, bài"), Paragraph("Đề nghị thực hiện. " * 30)),
    appendices=(
        Appendix("Số liệu", (figures(110), Paragraph("Ghi chú.")), "(Kèm theo)", landscape=True),
        Appendix("Danh mục", (figures(20),)),
    ),
)


@pytest.fixture(scope="module")
def both():
    return render_pdf(LONG), render_pdf(LONG, long_from=10**6)


@pytest.fixture(scope="module")
def papers(both):
    return [sheets(pdf) for pdf in both]


def test_every_line_stands_where_weasyprint_puts_it(papers):
    ours, theirs = papers
    assert [lines(page) for page in ours] == [lines(page) for page in theirs]


def test_columns_and_numbers_stand_where_weasyprint_puts_them(papers):
    for ours, theirs in zip(*papers, strict=True):
        for mine, its in zip(
            *(sorted(page.texts, key=lambda each: (round(each.baseline, 1), each.left)) for page in (ours, theirs)),
            strict=False,
        ):
            assert (mine.left, mine.size) == pytest.approx((its.left, its.size), abs=0.15)
            assert mine.font == its.font


def test_the_rules_of_a_page_are_those_of_weasyprint(papers):
    for ours, theirs in zip(*papers, strict=True):
        for horizontal in (True, False):
            mine, its = (
                sorted(
                    {round(area.top if horizontal else area.left) for area in page.areas if is_rule(area, horizontal)}
                )
                for page in (ours, theirs)
            )
            assert mine == pytest.approx(its, abs=1)


def test_it_is_read_back_as_composed_vietnamese(both):
    ours, theirs = map(said, both)
    assert ours == theirs


def test_each_font_is_embedded_once(both):
    reader = PdfReader(BytesIO(both[0]))
    files = {
        font["/DescendantFonts"][0]["/FontDescriptor"].raw_get("/FontFile2").idnum
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert len(files) == 4


def test_the_same_document_gives_the_same_bytes():
    document = replace(REPORT, blocks=(figures(100), Paragraph("Hết.")))
    assert render_pdf(document) == render_pdf(replace(document))


@pytest.mark.parametrize("place", [3, 109])
def test_a_row_taller_than_a_page_loses_nothing_and_keeps_the_heading(place):
    words = [f"từ{number}" for number in range(1200)]
    rows = [Row((str(number), f"Việc {number}.", "1", "2", "")) for number in range(1, 111)]
    rows[place] = Row(("", " ".join(words), "1", "2", ""))
    pages = sheets(render_pdf(replace(REPORT, blocks=(Table(COLUMNS, tuple(rows)), Paragraph("Hết.")))))
    assert [word for page in pages for word in page.content.split() if word.startswith("từ")] == words
    assert all("Nội dung" in page.content for page in pages[:-1])
    numbers = [int(found) for page in pages for found in re.findall(r"Việc (\d+)\.", page.content)]
    assert numbers == [number for number in range(1, 111) if number != place + 1]
    assert "Hết./." in pages[-1].content


def test_appendices_alone_are_printed_without_the_tables_of_the_document():
    pages = sheets(render_pdf(replace(REPORT, blocks=(figures(100),), cover=False, appendices=LONG.appendices[:1])))
    assert all(page.width > page.height for page in pages)
    assert pages[0].find("SỐ LIỆU")
    assert [piece.text for piece in pages[1].texts if piece.baseline < 20] == ["2"]
