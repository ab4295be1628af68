"""A file is what it contains, whatever it is called."""

import struct
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from documents.tests.files import huge_png, jpeg_from_a_phone, office, pdf, picture
from documents.uploads import MAX_BYTES, UploadRefused, check, clean_label, content_type_of


def checked(content: bytes, name: str):
    return check(BytesIO(content), name)


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (picture("JPEG"), "a.jpg", "image/jpeg"),
        (picture("JPEG"), "a.JPEG", "image/jpeg"),
        (picture("PNG"), "a.png", "image/png"),
        (picture("WEBP"), "a.webp", "image/webp"),
        (pdf(), "a.pdf", "application/pdf"),
        (office("docx"), "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (office("xlsx"), "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (office("pptx"), "a.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ],
    ids=lambda value: value if isinstance(value, str) else "content",
)
def test_what_offices_use_is_taken(content, name, content_type):
    file = checked(content, name)
    assert (file.name, file.content_type) == (name, content_type)
    assert content_type_of(file.name) == content_type


@pytest.mark.parametrize("label", ["", "tệp", "a.exe", "pdf", "<script>.html"])
def test_a_label_of_no_kind_is_mere_bytes(label):
    assert content_type_of(label) == "application/octet-stream"


def test_half_a_picture_is_refused_also_after_something_was_printed():
    import weasyprint  # noqa: F401  tells Pillow to take half pictures

    with pytest.raises(UploadRefused, match="ảnh bị hỏng"):
        checked(picture()[:-30], "a.png")


def test_a_photo_is_turned_upright_and_tells_no_place():
    file = checked(jpeg_from_a_phone(), "IMG_0001.jpg")
    with Image.open(BytesIO(file.content)) as photo:
        assert photo.size == (30, 40)
        assert not photo.getexif()
        assert "comment" not in photo.info
    assert b"Exif" not in file.content


def test_what_hides_behind_a_picture_is_left_behind():
    file = checked(picture("PNG") + b"<script>alert(1)</script>", "a.png")
    assert b"script" not in file.content


def test_a_picture_named_as_another_picture_gets_its_own_ending():
    assert checked(picture("JPEG"), "ảnh hội nghị.png").name == "ảnh hội nghị.jpg"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.pdf", "rỗng"),
        (b"MZ\x90\x00" + b"\0" * 100, "bang.xlsx", "Không nhận tệp “bang.xlsx”"),
        (b"MZ\x90\x00" + b"\0" * 100, "baocao.pdf.exe", "Không nhận tệp “baocao.pdf.exe”"),
        (pdf(), "baocao.pdf.exe", "mang đuôi khác"),
        (picture("PNG"), "a.pdf", "nội dung là png"),
        (office("docx"), "a.xlsx", "nội dung là docx"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "Không nhận"),
        (b"<html><script>1</script></html>", "a.jpg", "Không nhận"),
        (picture("GIF"), "a.gif", "Không nhận"),
        (picture("PNG")[:60], "a.png", "ảnh bị hỏng"),
        (pdf()[:40], "a.pdf", "PDF bị hỏng"),
        (pdf(pages=0), "a.pdf", "không có trang"),
        (pdf(password="123"), "a.pdf", "có mật khẩu"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "kiểu cũ"),
        (office("docx")[:50], "a.docx", "bị hỏng"),
        (office("docx", {"word/vbaProject.bin": b"x"}), "a.docx", "có macro"),
        (office("xlsx", {"xl/macrosheets/sheet1.xml": b"x"}), "a.xlsx", "có macro"),
        (huge_png(), "a.png", "quá lớn"),
        (huge_png(10_000, 6_000), "a.png", "quá lớn"),
    ],
    ids=lambda value: value if isinstance(value, str) else "content",
)
def test_everything_else_is_refused_with_what_to_do(content, name, words):
    with pytest.raises(UploadRefused, match=words):
        checked(content, name)


def test_the_refusal_names_what_is_allowed():
    with pytest.raises(UploadRefused, match="ảnh JPG, PNG, WebP; PDF; Word"):
        checked(b"MZ", "a.exe")


def test_a_zip_that_is_no_office_file_is_refused():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("virus.exe", "MZ")
    with pytest.raises(UploadRefused, match="Không nhận"):
        checked(buffer.getvalue(), "a.docx")


def test_twenty_megabytes_are_taken_and_one_byte_more_is_not():
    filled = pdf() + b"\n%"
    assert checked(filled + b"x" * (MAX_BYTES - len(filled)), "a.pdf")
    with pytest.raises(UploadRefused, match="lớn quá 20 MB"):
        checked(filled + b"x" * (MAX_BYTES - len(filled) + 1), "a.pdf")


def test_a_zip_bomb_is_refused_by_its_directory():
    bomb = office("xlsx", {"xl/sheet.xml": b"0" * 210_000_000})
    tracemalloc.start()
    with pytest.raises(UploadRefused, match="bất thường"):
        checked(bomb, "a.xlsx")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


def test_a_directory_of_many_members_is_not_even_read():
    content = bytearray(office("docx"))
    end = content.rfind(b"PK\x05\x06")
    struct.pack_into("<I", content, end + 12, 2_000_000)
    with pytest.raises(UploadRefused, match="bất thường"):
        checked(bytes(content), "a.docx")


def test_a_huge_webp_is_refused_before_memory_is_reserved():
    head = b"RIFF" + (22).to_bytes(4, "little") + b"WEBPVP8X" + (10).to_bytes(4, "little") + b"\0" * 4
    content = head + (16_382).to_bytes(3, "little") + (16_382).to_bytes(3, "little")
    with pytest.raises(UploadRefused, match="quá lớn"):
        checked(content, "a.webp")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\Hoa\báo cáo.pdf", "báo cáo.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie: x=1.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("", "tệp"),
        ("...", "tệp"),
        ("ho\u0300a.pdf", "hòa.pdf"),
    ],
)
def test_a_file_name_becomes_a_harmless_label(name, label):
    assert clean_label(name) == label


def test_a_label_has_at_most_150_characters_and_keeps_its_ending():
    assert clean_label("ả" * 300 + ".docx") == "ả" * 145 + ".docx"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_every_name_gives_a_label_without_folders_and_line_ends(name):
    label = clean_label(name)
    assert label and len(label) <= 150
    assert not set(label) & set("/\\\r\n\x00")


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"\xff\xd8\xff", b"PK\x03\x04", b"%PDF-1.7\n", b"RIFF\0\0\0\0WEBP"])
)
def test_damaged_bytes_are_refused_in_words_never_by_a_crash(noise, head):
    with pytest.raises(UploadRefused):
        checked(head + noise, "a.bin")
