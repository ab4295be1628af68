"""Small files of every kind, made here so that no binary lies in the tree."""

import struct
import zipfile
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter

PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(kind: str = "PNG", *, size=(40, 30), **save) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, (200, 30, 40)).save(buffer, kind, **save)
    return buffer.getvalue()


def png(name: str = "ảnh tờ gấp.png") -> SimpleUploadedFile:
    return upload(picture(), name)


def jpeg_from_a_phone() -> bytes:
    """Taken on its side, with the place in it: 40 × 30 to be turned by 90 degrees."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Hãng máy"
    exif.get_ifd(0x8825)[2] = (11.0, 34.0, 5.0)
    return picture("JPEG", exif=exif, comment=b"secret")


def pdf(*, password: str = "", pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def office(kind: str, extra: dict[str, bytes] | None = None) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(PARTS[kind], "<x/>")
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def huge_png(width: int = 30_000, height: int = 30_000) -> bytes:
    """A head that promises 900 million points, in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )
