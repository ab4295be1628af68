"""From a file's bytes to the text that is read: judged by content, never by name. Pure.

What a file shows but a plan's text does not hold (headers, footnotes, pictures …) is listed, not dropped.
"""

import re

from django.utils.translation import gettext as _

from documents.reading.model import SetAside, Source
from documents.vietnamese import is_blank, nfc

MAX_BYTES = 20 * 1024 * 1024
MAX_CHARACTERS = 4_000_000  # about 1,500 pages

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, and .docx with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TONED = re.compile("[\u1ea0-\u1ef9]")
_LATIN = [bytes((byte,)).decode("cp1252", errors="ignore") or chr(byte) for byte in range(256)]
_SIGNATURES = (
    (b"{\\rtf", "tệp .rtf"),
    (b"\x89PNG", "ảnh"),
    (b"\xff\xd8\xff", "ảnh"),
    (b"GIF8", "ảnh"),
    (b"II*\x00", "ảnh"),
    (b"MM\x00*", "ảnh"),
    (b"MZ", "tệp chương trình"),
    (b"Rar!", "tệp nén"),
    (b"7z\xbc\xaf", "tệp nén"),
    (b"\x1f\x8b", "tệp nén"),
)
_MARKUP = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|!--|svg|w:document)\b", re.IGNORECASE)


class Unreadable(Exception):
    """The file cannot be read as a plan; the message says why and what to save it as."""


def read_source(content: bytes) -> Source:
    """The text of a .txt, .docx or PDF file. Raises Unreadable with what to save the file as."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(_("Tệp rỗng, không có gì để đọc. Hãy chọn lại tệp."))
    if len(content) > MAX_BYTES:
        raise Unreadable(_("Tệp lớn quá %d MB. Hãy bỏ bớt ảnh hoặc lưu lại thành .docx.") % (MAX_BYTES // 1024**2))
    if content.startswith(b"PK\x03\x04"):
        from documents.reading.word import read_word

        source = read_word(content)
        if is_blank(source.text):
            raise Unreadable(
                _("Tệp Word không có chữ nào đọc được (có thể chỉ có ảnh). Hãy chọn tệp khác hoặc dán văn bản.")
            )
    elif b"%PDF-" in content[:1024]:
        from documents.reading.pdf import read_pdf

        source = read_pdf(content)
    else:
        _refuse_other_kinds(content)
        source = Source("text", decode(content))
    if len(source.text) > MAX_CHARACTERS:
        raise Unreadable(_("Văn bản quá dài (trên 4 triệu ký tự). Hãy tách riêng phần kế hoạch rồi đọc lại."))
    return source


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(_OLD_OFFICE):
        if _ENCRYPTED in content:
            raise Unreadable(_("Tệp có mật khẩu. Hãy mở bằng Word, bỏ mật khẩu rồi lưu lại thành .docx."))
        raise Unreadable(_("Tệp Word kiểu cũ (.doc). Hãy mở bằng Word, chọn Lưu thành (Save As) .docx rồi đọc lại."))
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            raise Unreadable(_not_a_plan(kind))
    if _MARKUP.match(content[:2000]):
        raise Unreadable(_not_a_plan("trang web hoặc tệp XML"))


def _not_a_plan(kind: str) -> str:
    return _("Đây là %s, chưa đọc được. Hãy mở tệp và lưu lại thành .docx, PDF có chữ hoặc .txt.") % kind


def decode(content: bytes) -> str:
    """The text of bytes in UTF-8, UTF-16, UTF-32, Windows-1258 or one byte a letter (TCVN3, VNI).

    Raises Unreadable when the bytes are no text.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return _decoded(content, encoding)
    if b"\x00" in content:
        return _decoded(content, _wide_encoding(content))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _one_byte(content)


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise _no_text() from None
    if "\x00" in text:
        raise _no_text()
    return text


def _wide_encoding(content: bytes) -> str:
    """UTF-16 without its mark: the zero bytes of spaces and line ends all stand on one side."""
    sample = content[: 4000 & ~1]
    low, high = sample[1::2].count(0), sample[0::2].count(0)
    if max(low, high) < len(sample) // 20 or min(low, high) > max(low, high) // 10:
        raise _no_text()
    return "utf-16-le" if low > high else "utf-16-be"


def _one_byte(content: bytes) -> str:
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x0b" for byte in content[:20_000])
    if controls > len(content[:20_000]) // 50:
        raise _no_text()
    windows = nfc(content.decode("cp1258", errors="replace"))
    # Windows-1258 writes the tone after its letter; put together they are letters no other encoding gives.
    if len(_TONED.findall(windows)) * 4 > len(windows.split()):
        return windows
    return "".join(_LATIN[byte] for byte in content)


def _no_text() -> Unreadable:
    return Unreadable(_("Tệp không phải văn bản đọc được. Hãy lưu lại thành .docx, PDF có chữ hoặc .txt (mã UTF-8)."))


def aside(line: int, text: str, reason: str) -> SetAside:
    """One thing that the text does not hold; line: the line of the text near which it stands, 0 for none."""
    return SetAside(line, text.strip(), reason)
