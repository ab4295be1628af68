"""Pictures that no camera took."""

import struct
import zlib
from io import BytesIO

from PIL import Image

from cchc_portal.tests.hostile.parts import MEGABYTE, Hostile, zipped
from documents.tests.files import huge_png, jpeg_from_a_phone, picture

DAMAGED, HUGE, OTHER = "hỏng", "quá lớn", "Không nhận"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_with(*chunks: tuple[bytes, bytes]) -> bytes:
    """A small PNG with these chunks before its points."""
    content = picture("PNG")
    at = content.index(b"IDAT") - 4
    return content[:at] + b"".join(chunk(*each) for each in chunks) + content[at:]


def _blown(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b"a" * MEGABYTE) for _megabyte in range(megabytes)) + packer.flush()


def _points(width: int, height: int, mode: str = "1") -> bytes:
    """A real picture of so many points, all alike, so that it is small."""
    file = BytesIO()
    Image.new(mode, (width, height)).save(file, "PNG", compress_level=9)
    return file.getvalue()


def _frames(kind: str, count: int) -> bytes:
    file = BytesIO()
    frames = [Image.new("RGB", (200, 200), (number % 255, number // 255, 0)) for number in range(count)]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:])
    return file.getvalue()


def _exif(orientation: int = 99) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x9286] = b"x" * 60_000
    return picture("JPEG", exif=exif)


def _lying_exif() -> bytes:
    """EXIF whose counts and offsets lead out of the file."""
    content = jpeg_from_a_phone()
    at = content.index(b"Exif\0\0") + 6
    return content[: at + 8] + b"\xff" * 20 + content[at + 28 :]


def _gif() -> bytes:
    return picture("GIF")


def _bmp() -> bytes:
    return picture("BMP")


def _file(make, words: str = "", name: str = "Ảnh hội nghị.png") -> Hostile:
    return Hostile(name, make, words)


PICTURES = {
    "picture: 900 million points promised": _file(huge_png, HUGE),
    "picture: 100 million points": _file(lambda: _points(10_000, 10_000), HUGE),
    "picture: 49 million points": _file(lambda: _points(7_000, 7_000, "RGB")),
    "picture: one line of 60,000": _file(lambda: _points(60_000, 1)),
    "picture: no point": _file(lambda: huge_png(0, 0), DAMAGED),
    "picture: more points than a number holds": _file(lambda: huge_png(2**31 - 1, 2**31 - 1)),
    "picture: webp of 16,384": _file(
        lambda: b"RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xff\x3f\0" * 2 + b"VP8L\0\0\0\0", HUGE, "Ảnh.webp"
    ),
    "picture: a text of 500 MB": _file(lambda: png_with((b"zTXt", b"a\0\0" + _blown(500)))),
    "picture: a profile of 500 MB": _file(lambda: png_with((b"iCCP", b"a\0\0" + _blown(500)))),
    "picture: 100,000 notes": _file(lambda: png_with(*[(b"tEXt", b"a\0b")] * 100_000)),
    "picture: 2,000 frames": _file(lambda: _frames("PNG", 2_000)),
    "picture: 300 frames of webp": _file(lambda: _frames("WEBP", 300), "", "Ảnh.webp"),
    "picture: turned 99": _file(_exif, "", "Ảnh.jpg"),
    "picture: lying exif": _file(_lying_exif, "", "Ảnh.jpg"),
    "picture: cut off": _file(lambda: picture("PNG", size=(400, 300))[:-60], DAMAGED),
    "picture: jpeg cut off": _file(lambda: picture("JPEG", size=(400, 300))[:-400], DAMAGED, "Ảnh.jpg"),
    "picture: its head alone": _file(lambda: b"\xff\xd8\xff", DAMAGED, "Ảnh.jpg"),
    "picture: html behind": _file(lambda: picture("PNG") + b"<script>alert(1)</script>"),
    "picture: a zip behind": _file(lambda: picture("JPEG") + zipped({"virus.exe": "MZ"}), "", "Ảnh.jpg"),
    "picture: svg": _file(lambda: SVG, OTHER),
    "picture: svg by its name": _file(lambda: SVG, OTHER, "Ảnh.svg"),
    "picture: html": _file(lambda: b"<html><script>alert(1)</script></html>", OTHER, "Ảnh.jpg"),
    "picture: gif": _file(_gif, OTHER, "Ảnh.gif"),
    "picture: bmp": _file(_bmp, OTHER, "Ảnh.bmp"),
    "picture: gif by another name": _file(_gif, OTHER),
    "picture: tiff by another name": _file(lambda: picture("TIFF"), OTHER, "Ảnh.jpg"),
    "picture: in four inks": _file(lambda: _cmyk(), "", "Ảnh.jpg"),
    "picture: sixteen bits": _file(lambda: _points(40, 30, "I;16")),
    "picture: a name that climbs": _file(lambda: picture("PNG"), "", "../../etc/cron.d/ảnh.png"),
    "picture: a name of 300 letters": _file(lambda: picture("PNG"), "", "ả" * 300 + ".png"),
    "picture: a program": _file(lambda: b"MZ\x90" + b"\0" * 500, OTHER),
    "picture: nothing": _file(lambda: b"", "rỗng"),
    "picture: 21 MB": _file(lambda: picture("PNG") + b"\0" * 21 * MEGABYTE, "20 MB"),
}


def _cmyk() -> bytes:
    file = BytesIO()
    Image.new("CMYK", (40, 30)).save(file, "JPEG")
    return file.getvalue()
