"""The look-up code: at the foot of the last page, never on a page of its own."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from documents.official import Appendix, Paragraph
from documents.pdf import render_pdf
from documents.tests.measure import sheets
from documents.tests.official_samples import CHARTED, REPORT, figures

CODE = CHARTED.verification


@pytest.mark.parametrize("lines", range(14, 20))
def test_the_look_up_line_stands_at_the_foot_of_the_page_with_the_signature(lines):
    blocks = tuple(Paragraph(f"Ý thứ {number}.") for number in range(lines))
    pages = sheets(render_pdf(replace(REPORT, blocks=blocks, verification=CODE)))
    line = pages[-1].find("Mã tra cứu A7F3-K2Q9 tại https://")
    assert pages[-1].find("Hà Anh Quang").baseline < line.baseline - 5
    assert 262 < line.baseline < 277
    assert all("Mã tra cứu" not in page.content for page in pages[:-1])


def test_behind_appendices_it_stands_on_the_last_of_their_pages():
    pages = sheets(render_pdf(replace(REPORT, appendices=(Appendix("Số liệu", (figures(40),)),), verification=CODE)))
    assert [number for number, page in enumerate(pages) if "Mã tra cứu" in page.content] == [len(pages) - 1]
    assert "Tổng cộng" in pages[-1].content


def test_the_code_is_14_mm_wide_and_the_same_squares_on_paper_and_as_picture():
    (page,) = sheets(render_pdf(replace(REPORT, verification=CODE)))
    squares = [area for area in page.areas if area.height == pytest.approx(14, abs=0.05)]
    assert [round(area.width, 1) for area in squares] == [14.0]
    picture = Image.open(BytesIO(CODE.png())).convert("1")
    across = int(CODE.svg.partition('viewBox="0 0 ')[2].split()[0])
    dark = sum(not picture.getpixel((8 * x + 4, 8 * y + 4)) for x in range(across) for y in range(across))
    assert dark == CODE.svg.count("h1v1h-1z")
    assert picture.width == 8 * across
