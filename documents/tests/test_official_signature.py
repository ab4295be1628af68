"""The end of a document: "Nơi nhận", the signer, the closing sign."""

from dataclasses import replace

import pytest

from documents.official import Paragraph
from documents.pdf import render_pdf
from documents.tests.measure import sheets
from documents.tests.official_samples import PLAN, REPORT


@pytest.fixture(scope="module")
def report():
    (page,) = sheets(render_pdf(REPORT))
    return page


@pytest.fixture(scope="module")
def last():
    return sheets(render_pdf(PLAN))[-1]


def test_noi_nhan_stands_left_level_with_the_first_line_of_the_signer(report, last):
    for page, authority in ((report, "KT. GIÁM ĐỐC"), (last, "GIÁM ĐỐC")):
        label, line = page.find("Nơi nhận:"), page.find(authority)
        assert label.baseline == pytest.approx(line.baseline, abs=0.1)
        assert label.left == pytest.approx(30, abs=0.4)
        assert line.left > 105


def test_the_signer_is_centred_under_title_and_authority(report):
    authority, title, name = (report.find(text) for text in ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Hà Anh Quang"))
    assert authority.middle == pytest.approx(title.middle, abs=0.2)
    assert name.middle == pytest.approx(title.middle, abs=0.2)
    assert authority.baseline < title.baseline < name.baseline - 20


def test_each_recipient_has_a_line(last):
    lines = [last.find(text) for text in ("- UBND tỉnh (b/c);", "- Sở Nội vụ (p/h);", "- Lưu: VT, VP.")]
    assert [line.baseline for line in lines] == sorted({line.baseline for line in lines})


def test_the_printed_body_closes_with_dot_stroke_dot(report, last):
    assert report.find("Kết quả như sau").text == "Kết quả như sau./."
    body = [piece.text for piece in last.texts if round(piece.size, 1) == 14 and piece.font == "Tinos"]
    assert body[-1].endswith("Sở./.")


@pytest.mark.parametrize("lines", range(17, 31))
def test_a_signature_never_stands_alone_on_a_page(lines):
    blocks = (*[Paragraph(f"Ý thứ {n}.") for n in range(lines)], Paragraph("Đề nghị các đơn vị thực hiện. " * 12))
    pages = sheets(render_pdf(replace(REPORT, blocks=blocks)))
    last = pages[-1]
    label, name = last.find("Nơi nhận:"), last.find("Hà Anh Quang")
    above = [
        piece
        for piece in last.texts
        if piece.font == "Tinos" and round(piece.size, 1) == 14 and 20 < piece.baseline < label.baseline
    ]
    assert len(above) >= 2
    assert name.baseline < 277
    assert len(pages) <= 2


def test_the_look_up_lines_stand_after_the_signature():
    (page,) = sheets(render_pdf(replace(REPORT, verify=("Mã tra cứu: A7F3", "SHA-256: 9f86d081"))))
    name = page.find("Hà Anh Quang")
    assert name.baseline < page.find("Mã tra cứu: A7F3").baseline < page.find("SHA-256: 9f86d081").baseline


def test_a_document_without_signer_and_recipients_has_no_block_for_them():
    (page,) = sheets(render_pdf(replace(REPORT, recipients=(), authority="", signer_title="", signer_name="")))
    assert "Nơi nhận" not in page.content
