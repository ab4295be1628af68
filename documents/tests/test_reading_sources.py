"""Files are judged by content; what cannot be read is refused with what to save it as; nothing is lost on the way."""

import unicodedata
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from documents.legacy import convert, detect
from documents.reading import Unreadable, read_file, read_plan, read_source, to_json
from documents.tests.files import office, pdf, picture
from documents.tests.word_files import cell, docx, listed, paragraph, table
from documents.vietnamese import clean, nfc

SAMPLE = Path(__file__).parents[1] / "samples" / "ke-hoach-tuyen-truyen-cchc-2022.txt"
SEEN = Path(__file__).parent / "corpus" / "seen"
TEXT = SAMPLE.read_text(encoding="utf-8")
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def windows_1258(text):
    """Vietnamese as Windows wrote it: the tone behind its letter."""
    written = []
    for char in nfc(text):
        parts = unicodedata.normalize("NFD", char)
        tones = [mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323"]
        written.append(nfc("".join(mark for mark in parts if mark not in tones)) + "".join(tones))
    return "".join(written).encode("cp1258", errors="replace")


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.replace("\n", "\r\n").encode("utf-16"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        unicodedata.normalize("NFD", TEXT).encode(),
    ],
    ids=["utf-8", "with a mark", "utf-16", "utf-16 without a mark", "utf-32", "decomposed"],
)
def test_a_text_file_in_any_encoding_gives_the_same_reading(content):
    assert to_json(read_file(content)) == to_json(read_plan(TEXT))


def test_windows_1258_is_read():
    assert nfc(read_source(windows_1258("Kế hoạch cải cách hành chính của Sở Nội vụ")).text) == (
        "Kế hoạch cải cách hành chính của Sở Nội vụ"
    )


def zipped(members):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


TYPES = {"[Content_Types].xml": "<Types/>"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "rỗng"),
        (b"\xef\xbb\xbf  \r\n", "rỗng"),
        (OLD_WORD, "(.doc)"),
        (OLD_WORD + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"{\\rtf1\\ansi Ke hoach}", ".rtf"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), ".odt"),
        (office("docx", {"word/vbaProject.bin": b"x"}), "macro"),
        (zipped({"[Content_Types].xml": "macroEnabled.main+xml", "word/document.xml": "<x/>"}), "macro"),
        (office("xlsx"), "Excel"),
        (zipped({"ke-hoach.txt": "x"}), "nén"),
        (docx(paragraph("Kế hoạch"))[:-40], "hỏng"),
        (zipped(TYPES | {"word/document.xml": "<w:document"}), "hỏng"),
        (docx(), "không có chữ"),
        (docx(paragraph("\u200b")), "không có chữ"),
        (zipped(TYPES | {"word/document.xml": b" " * 50_000_000}), "bất thường"),
        (zipped(TYPES | {"word/document.xml": '<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'}), "bất thường"),
        (docx(paragraph("Một đoạn.") * 30_000), "quá dài"),
        (docx("<w:sdt><w:sdtContent>" * 2000 + "</w:sdtContent></w:sdt>" * 2000), "hỏng"),
        (pdf(), "bản quét"),
        (pdf(password="x"), "mật khẩu"),
        (pdf(pages=700), "quá dài"),
        (b"%PDF-1.4 khong phai", "hỏng"),
        (picture(), "ảnh"),
        (b"<html><body>Ke hoach</body></html>", "trang web"),
        (bytes(range(256)) * 20, "không phải văn bản"),
        (b"KE HOACH\x00", "không phải văn bản"),
    ],
    ids=range(26),
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_to_do(content, words):
    with pytest.raises(Unreadable) as refused:
        read_file(content)
    message = str(refused.value)
    assert words in message and message.endswith(".") and ("Hãy" in message or "bản quét" in message)


def printed(html):
    from weasyprint import HTML

    style = "@page { size: A4; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page) } }"
    style += "@page:first { @top-center { content: none } }"
    style += "body { font: 14pt 'Liberation Serif' } p { text-indent: 12.7mm; margin: 6pt 0; text-align: justify }"
    style += "table { width: 100%; border-collapse: collapse } td { vertical-align: top; padding: 0 2mm }"
    return HTML(string=f"<style>{style}</style>{html}").write_pdf()


def table_html(rows):
    return "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows) + "</table>"


def test_a_printed_page_is_read_line_by_line_and_column_by_column():
    sentence = "Tuyên truyền rộng rãi nội dung cải cách hành chính đến cán bộ, công chức, viên chức và người dân. "
    head = [
        ("ỦY BAN NHÂN DÂN<br>TỈNH HÒA AN<br>SỞ Y TẾ<br>Số: 07/KH-SYT",
         "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc<br><br>Hòa An, ngày 05 tháng 02 năm 2024")
    ]  # fmt: skip
    tasks = [
        ("TT", "Nội dung", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian"),
        ("1", "Tập huấn nghiệp vụ cho công chức", "01 lớp tập huấn", "Văn phòng Sở", "Các phòng", "Quý II"),
        ("2", "Phát tờ rơi", "500 tờ rơi", "Thanh tra Sở", "Văn phòng Sở", "Quý III"),
    ]
    content = printed(
        table_html(head) + "<center>KẾ HOẠCH<br>Tuyên truyền cải cách hành chính năm 2024</center>"
        "<p>I. MỤC ĐÍCH</p>" + f"<p>1. Mục tiêu: {sentence * 40}</p><p>2. Yêu cầu</p><p>- {sentence}</p>"
        "<p>II. NHIỆM VỤ</p>" + table_html(tasks)
        + table_html([("Nơi nhận:<br>- UBND tỉnh (b/c);<br>- Lưu: VT.", "GIÁM ĐỐC<br><br><br>Lê Thị Ánh")])
    )  # fmt: skip
    plan = read_file(content)
    assert (plan.source.kind, plan.agency, plan.parent_agency) == ("pdf", "SỞ Y TẾ", "ỦY BAN NHÂN DÂN TỈNH HÒA AN")
    assert (plan.number, plan.symbol, plan.place, plan.day, plan.month) == ("07", "KH-SYT", "Hòa An", 5, 2)
    assert [node.label for node in plan.headings] == ["I", "1", "2", "II"]
    assert plan.headings[1].text == (sentence * 40).strip()
    assert [(t.title, t.product, t.lead, t.support, t.time) for t in plan.tasks] == [
        ("Tập huấn nghiệp vụ cho công chức", "01 lớp tập huấn", "Văn phòng Sở", ["Các phòng"], "Quý II"),
        ("Phát tờ rơi", "500 tờ rơi", "Thanh tra Sở", ["Văn phòng Sở"], "Quý III"),
    ]
    assert [(one.name, one.purpose) for one in plan.recipients] == [("UBND tỉnh", "b/c"), ("Lưu: VT", None)]
    assert (plan.signer.title, plan.signer.name) == ("GIÁM ĐỐC", "Lê Thị Ánh")
    assert {item.reason for item in plan.set_aside} == {"page_number"}
    assert not [defect for defect in plan.defects if defect.code == "paragraph_joined"]


def test_a_page_without_text_among_others_is_listed():
    content = printed(
        "<p>KẾ HOẠCH tuyên truyền cải cách hành chính năm 2024 của Sở Y tế</p>"
        "<div style='break-before: page'>&nbsp;</div>"
    )
    assert [item.reason for item in read_file(content).set_aside if item.reason != "page_number"] == ["picture"]


@pytest.mark.parametrize(
    ("encoding", "typed", "read"),
    [
        ("TCVN3", "ñY BAN NH¢N D¢N\nCHñ TÞCH\nSè: 06/KH-UBND", "ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nSố: 06/KH-UBND"),
        ("TCVN3", "Bé Tµi chÝnh, ®Çu t­, ¸p dông, ®Þa ph­¬ng", "Bộ Tài chính, đầu tư, áp dụng, địa phương"),
        ("VNI", "ÑÒNH KYØ HAÈNG QUYÙ; nghæ pheùp, kyõ thuaät", "ĐỊNH KỲ HẰNG QUÝ; nghỉ phép, kỹ thuật"),
        ("VNI", "Nguyeãn Vaên Ñöùc, Leâ Thò AÙnh", "Nguyễn Văn Đức, Lê Thị Ánh"),
    ],
    ids=range(4),
)  # fmt: skip
def test_old_encodings_are_turned_into_unicode(encoding, typed, read):
    assert convert(typed, encoding) == read
    assert detect(typed) == encoding
    assert convert(read) == read


VNI_TONES = {"a": "aøaûaõaùaï", "â": "aàaåaãaáaä", "ă": "aèaúaüaéaë", "e": "eøeûeõeùeï", "ê": "eàeåeãeáeä",
             "o": "oøoûoõoùoï", "ô": "oàoåoãoáoä", "ơ": "ôøôûôõôùôï", "u": "uøuûuõuùuï", "ư": "öøöûöõöùöï"}  # fmt: skip


@pytest.mark.parametrize("base", VNI_TONES)
def test_every_letter_of_vni_with_every_tone_in_both_cases(base):
    letters = "".join(nfc(base + tone) for tone in "\u0300\u0309\u0303\u0301\u0323")
    assert convert(VNI_TONES[base], "VNI") == letters
    assert convert(VNI_TONES[base].upper(), "VNI") == letters.upper()


def test_every_letter_of_tcvn3_stands_for_one_letter():
    codes = bytes([*range(0xB5, 0xBA), *range(0xBB, 0xBF), *range(0xC6, 0xCD), *range(0xCE, 0xD9), *range(0xDC, 0xE0),
                   *range(0xE1, 0xF0), *range(0xF1, 0xFF)])  # fmt: skip
    expected = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
    assert convert(codes.decode("cp1252"), "TCVN3") == expected


def solid(text):
    return Counter("".join(clean(text).split()))


def assert_kept(reading):
    """Every character of the text that was read is in the outline or set aside."""
    kept = "".join(node.source for node in reading.outline) + "".join(item.text for item in reading.set_aside)
    before = {id(item) for item in reading.source.set_aside}
    listed_before = "".join(item.text for item in reading.set_aside if id(item) in before)
    assert solid(kept) == solid(reading.source.text) + solid(listed_before)


def words_of(content):
    """All the words of a Word file's parts, each once: what its pages, notes and headers show."""
    words = []
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                root = etree.fromstring(archive.read(name))
                fallbacks = {id(t) for f in root.iter("{*}Fallback") for t in f.iter()}
                words += [t.text or "" for t in root.iter("{*}t", "{*}delText") if id(t) not in fallbacks]
    return "".join(words)


@pytest.mark.parametrize("path", sorted(SEEN.glob("*.[tdp][xod][tcf]*")), ids=lambda path: path.name)
def test_every_character_of_a_file_is_read_or_listed(path):
    content = path.read_bytes()
    reading = read_file(content)
    assert_kept(reading)
    if reading.source.kind == "word":
        kept = "".join(node.source for node in reading.outline) + "".join(item.text for item in reading.set_aside)
        assert not solid(words_of(content).casefold()) - solid(kept.casefold())


def test_a_table_in_word_keeps_every_character():
    heading, row = [cell("TT"), cell("Nội dung"), cell("Chủ trì")], [cell("1"), cell("A|B"), cell("C")]
    assert_kept(read_file(docx(listed("Việc", 1), table(heading, row))))
