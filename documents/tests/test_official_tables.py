"""Tables and appendices, measured on the produced PDF."""

from dataclasses import replace

import pytest

from documents.drawing import Box, Drawing
from documents.official import Appendix, Column, Figure, Paragraph, Row, Table
from documents.pdf import render_pdf
from documents.tests.measure import sheets
from documents.tests.official_samples import COLUMNS, REPORT, figures

WIDE = Table(
    (Column("STT", "center", 4), Column("Đơn vị", "left", 24), *(Column(f"Cột {n}", "right") for n in range(12))),
    tuple(Row((str(n), f"Đơn vị {n}", *(str(n * k) for k in range(12)))) for n in range(1, 71)),
)


WRITERS = pytest.mark.parametrize("long_from", [10**6, 45], ids=["WeasyPrint", "page for page"])


def printed(long_from=10**6, **changes):
    return sheets(render_pdf(replace(REPORT, **changes), long_from=long_from))


@pytest.fixture(scope="module", params=[10**6, 45], ids=["WeasyPrint", "page for page"])
def long_table(request):
    return printed(request.param, blocks=(figures(90), Paragraph("Hết.")))


@pytest.fixture(scope="module", params=[10**6, 45], ids=["WeasyPrint", "page for page"])
def appendices(request):
    return printed(
        request.param,
        appendices=(
            Appendix("Số liệu theo đơn vị", (WIDE,), "(Kèm theo Báo cáo số 05/BC-SLĐTBXH)", landscape=True),
            Appendix("Danh sách minh chứng", (figures(90),)),
            Appendix("Số liệu theo kênh", (WIDE,), landscape=True),
        ),
    )


def test_the_heading_of_a_table_is_repeated_on_every_page(long_table):
    with_rows = [sheet for sheet in long_table if "\nĐơn vị " in sheet.content]
    assert len(with_rows) >= 2
    for sheet in with_rows:
        for title in ("STT", "Số tin, bài", "Kế hoạch", "Thực hiện", "Ghi chú"):
            assert [piece.text for piece in sheet.texts].count(title) == 1


def test_every_row_is_printed_once(long_table):
    texts = [piece.text for sheet in long_table for piece in sheet.texts]
    assert [text for text in texts if text.startswith("Đơn vị ")] == [f"Đơn vị {n}" for n in range(1, 91)]


def test_numbers_end_at_the_right_edge_of_their_column(long_table):
    edge = 30 + 165 * (8 + 36.5 + 15.5) / 100 - 3 * 25.4 / 72
    numbers = [piece for sheet in long_table for piece in sheet.texts if piece.text in ("1.234", "74.040")]
    assert len(numbers) == 91
    assert all(number.right == pytest.approx(edge, abs=0.3) for number in numbers)


def test_the_letters_of_a_table_are_12_points_and_of_a_wide_one_11(long_table, appendices):
    assert round(long_table[0].find("Đơn vị 1").size, 1) == 12
    assert round(appendices[1].find("Đơn vị 1").size, 1) == 11


def test_heading_groups_and_total_are_bold(long_table):
    texts = [piece for sheet in long_table for piece in sheet.texts]
    for text in ("Số tin, bài", "Nhóm 8", "Tổng cộng", "74.040"):
        assert next(piece for piece in texts if piece.text == text).font == "Tinos-Bold"


@pytest.mark.parametrize(
    ("long_from", "before", "count"),
    [(10**6, 0, count) for count in range(20, 30)]
    + [(10**6, before, 60) for before in range(6)]
    + [(45, before, 60) for before in (0, 2, 4)]
    + [(45, 0, count) for count in range(56, 66, 3)],
)
def test_a_group_label_never_closes_a_page_and_a_total_never_opens_one(long_from, before, count):
    lead = [Paragraph(f"Ý {n}.") for n in range(before)]
    pages = printed(long_from, blocks=(*lead, figures(count), Paragraph("Hết.")))
    for sheet in pages:
        cells = [piece for piece in sheet.texts if round(piece.size, 1) == 12 and piece.baseline > 20]
        rows = [piece.text for piece in cells if piece.text.startswith(("Đơn vị ", "Nhóm", "Tổng"))]
        if rows:
            assert not rows[-1].startswith("Nhóm")
            assert not rows[0].startswith("Tổng")


@pytest.mark.parametrize("before", range(20, 32))
def test_a_caption_stays_with_the_first_row_of_its_table(before):
    table = replace(figures(8), caption="Bảng 1. Tin, bài", unit="Đơn vị tính: tin, bài")
    lead = [Paragraph(f"Ý {n}.") for n in range(before)]
    for sheet in printed(blocks=(*lead, table, Paragraph("Hết."))):
        if "Bảng 1." in sheet.content:
            assert "Đơn vị tính" in sheet.content
            assert "\nĐơn vị 1\n" in sheet.content


@WRITERS
def test_a_row_is_not_split_between_pages(long_from):
    rows = tuple(Row((str(n), f"Đầu {n} " + "nội dung dài " * 20 + f"cuối {n}", "1", "2", "")) for n in range(50))
    for sheet in printed(long_from, blocks=(Table(COLUMNS, rows), Paragraph("Hết."))):
        words = sheet.content.split()
        assert words.count("Đầu") == words.count("cuối")


def test_a_row_taller_than_a_page_loses_nothing():
    words = [f"từ{n}" for n in range(3000)]
    pages = printed(blocks=(Table(COLUMNS, (Row(("1", " ".join(words), "1", "2", "")),)), Paragraph("Hết.")))
    found = [word for sheet in pages for word in sheet.content.split() if word.startswith("từ")]
    assert found == words


def test_a_word_longer_than_its_column_stays_inside_it():
    pages = printed(blocks=(Table(COLUMNS, (Row(("1", "x" * 400, "1", "2", "http://" + "y" * 90)),)),))
    assert max(piece.right for sheet in pages for piece in sheet.texts) <= 195.4
    (number,) = [piece for piece in pages[0].texts if piece.text == "2"]
    assert all(piece.right < number.left for piece in pages[0].texts if set(piece.text) == {"x"})


def test_a_wide_appendix_lies_landscape_between_upright_pages(appendices):
    wide = [sheet.width > sheet.height for sheet in appendices]
    lying = wide.count(True) // 2
    assert lying >= 2
    assert wide == [False, *[True] * lying, *[False] * wide[1:].count(False), *[True] * lying]
    assert (round(appendices[1].width), round(appendices[1].height)) == (297, 210)
    assert max(piece.right for piece in appendices[1].texts) <= 297 - 15


def test_page_numbers_restart_in_each_appendix(appendices):
    numbers = [[piece.text for piece in sheet.texts if piece.baseline < 20] for sheet in appendices]
    starts = [n for n, sheet in enumerate(appendices) if any(p.text.startswith("Phụ lục") for p in sheet.texts)]
    assert len(starts) == 3
    for start, following in zip(starts, [*starts[1:], len(appendices)], strict=True):
        shown = numbers[start:following]
        assert shown == [[], *[[str(n)] for n in range(2, following - start + 1)]]


def test_the_title_of_an_appendix_is_centred_in_three_lines(appendices):
    page, middle = appendices[1], 30 + (297 - 45) / 2
    lines = [
        ("Phụ lục I", "Tinos-Bold"),
        ("SỐ LIỆU THEO ĐƠN VỊ", "Tinos-Bold"),
        ("(Kèm theo Báo cáo số 05/BC-SLĐTBXH)", "Tinos-Italic"),
    ]
    for text, font in lines:
        piece = page.find(text)
        assert (piece.text, piece.font, round(piece.size, 1)) == (text, font, 14)
        assert piece.middle == pytest.approx(middle, abs=0.4)


def test_a_drawing_is_printed_with_its_caption_below():
    drawing = Drawing("Số tin", "", 200, 50, (Box(0, 0, 150, 30),))
    (page,) = printed(blocks=(Figure(drawing, "Hình 1. Số tin đã đăng"), Paragraph("Hết.")))
    caption = page.find("Hình 1.")
    bar = next(area for area in page.areas if area.height == pytest.approx(30 * 25.4 / 96, abs=0.1))
    assert bar.bottom < caption.baseline
    assert bar.width == pytest.approx(150 * 25.4 / 96, abs=0.1)
