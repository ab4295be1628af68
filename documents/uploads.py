"""What files may be kept: judged by content, never by name or by the browser's header. Pure.

Pictures are decoded and written anew, which takes away EXIF (place, device) and anything hidden
behind them; PDF and Office files are opened and looked through, never changed.
"""

import hashlib
import struct
import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _

from documents.vietnamese import clean

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000  # decoded, 50 million points take 200 MB
MAX_NAME = 150
MAX_MEMBERS = 3_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_DIRECTORY = 1024 * 1024

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, .xls, .ppt, and Office files with a password
_ZIP_END = b"PK\x05\x06"
_ZIP64_LOCATOR = b"PK\x06\x07"


class UploadRefused(Exception):
    """The file is not kept; the message says why and what may be sent instead."""


@dataclass(frozen=True)
class CheckedFile:
    """A file as it will be stored; `name` is a label with the extension of the content."""

    name: str
    extension: str
    content_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Kind:
    """One kind of file: how its content begins is told by `_kind_of`, `read` checks and gives what is stored."""

    extension: str
    content_type: str
    read: Callable[["Kind", bytes], bytes]
    spellings: frozenset[str]
    main_part: str = ""


def check(file: BinaryIO, name: str, *, max_bytes: int = MAX_BYTES, only: Collection[str] | None = None) -> CheckedFile:
    """The file as it may be stored; `only` names the extensions that are taken, all without it.

    Raises UploadRefused; reads `max_bytes` + 1 bytes at most.
    """
    content = file.read(max_bytes + 1)
    label = clean_label(name)
    if not content:
        raise UploadRefused(_("Tệp “%s” rỗng (0 byte). Hãy chọn lại tệp.") % label)
    if len(content) > max_bytes:
        raise UploadRefused(
            _("Tệp “%(name)s” lớn quá %(size)d MB. Hãy thu nhỏ ảnh hoặc chia tệp.")
            % {"name": label, "size": max_bytes // 1024 // 1024}
        )
    kind = _kind_of(content, label, only)
    if only is not None and kind.extension not in only:
        raise UploadRefused(_not_allowed(label, only))
    _refuse_other_extension(kind, label, only)
    try:
        content = kind.read(kind, content)
    except UploadRefused as refusal:
        raise UploadRefused(f"“{label}”: {refusal}") from None
    return CheckedFile(_with_extension(label, kind), kind.extension, kind.content_type, content)


def clean_label(name: str) -> str:
    """A file name as a label: no folders, no control characters, NFC, at most 150 characters."""
    words = clean(name.replace("\x00", "")).replace("\\", "/").rpartition("/")[2].split()
    label = " ".join(words).lstrip(".") or _("tệp")
    stem, dot, extension = label.rpartition(".")
    if dot and len(extension) <= 5:
        return f"{stem[: MAX_NAME - 1 - len(extension)]}.{extension}"
    return label[:MAX_NAME]


def allowed(only: Collection[str] | None = None) -> str:
    """What may be sent, in words."""
    told = {
        "ảnh JPG, PNG, WebP": {"jpg", "png", "webp"}, "PDF": {"pdf"}, "Word (.docx)": {"docx"},
        "Excel (.xlsx)": {"xlsx"}, "PowerPoint (.pptx)": {"pptx"},
    }  # fmt: skip
    if only is None:
        return _("ảnh JPG, PNG, WebP; PDF; Word (.docx), Excel (.xlsx), PowerPoint (.pptx)")
    return "; ".join(words for words, extensions in told.items() if extensions & set(only))


def _kind_of(content: bytes, label: str, only: Collection[str] | None) -> Kind:
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(content, label, only)
    if content.startswith(_OLD_OFFICE):
        raise UploadRefused(
            _("“%s” là tệp Office kiểu cũ (.doc, .xls, .ppt) hoặc có mật khẩu. Hãy lưu lại thành "
              ".docx, .xlsx, .pptx không mật khẩu, hoặc PDF.") % label
        )  # fmt: skip
    raise UploadRefused(_not_allowed(label, only))


def _not_allowed(label: str, only: Collection[str] | None) -> str:
    return _("Không nhận tệp “%(name)s”. Các loại nhận được: %(allowed)s.") % {"name": label, "allowed": allowed(only)}


def _refuse_other_extension(kind: Kind, label: str, only: Collection[str] | None) -> None:
    """A name that promises another kind misleads whoever opens it; a picture named as another picture does not."""
    suffix = PurePosixPath(label).suffix.casefold().lstrip(".")
    if suffix not in kind.spellings and (suffix or "." in label):
        raise UploadRefused(
            _("Tệp “%(name)s” có nội dung là %(kind)s nhưng mang đuôi khác. Hãy lưu lại đúng đuôi .%(kind)s. "
              "Các loại nhận được: %(allowed)s.")
            % {"name": label, "kind": kind.extension, "allowed": allowed(only)}
        )  # fmt: skip


def _with_extension(label: str, kind: Kind) -> str:
    path = PurePosixPath(label)
    if path.suffix.casefold().lstrip(".") in {kind.extension, "jpeg" if kind is JPEG else ""}:
        return label
    return f"{path.stem[: MAX_NAME - 1 - len(kind.extension)]}.{kind.extension}"


def _read_picture(kind: Kind, content: bytes) -> bytes:
    """The picture written anew: turned upright, first frame only, without EXIF, comments and profiles."""
    from PIL import Image, ImageFile, ImageOps

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for the whole process
    if kind is WEBP:
        _refuse_many_pixels(*_webp_size(content))
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as picture:
            _refuse_many_pixels(*picture.size)
            # In place, and turned into another mode only if it has another: a copy of 50 million points is 200 MB.
            ImageOps.exif_transpose(picture, in_place=True)
            mode = "RGBA" if kind is not JPEG and picture.has_transparency_data else "RGB"
            upright = picture if picture.mode == mode else picture.convert(mode)
            upright.load()
    except UploadRefused:
        raise
    except Image.DecompressionBombError:
        _refuse_many_pixels(MAX_PIXELS, 2)
    except Exception:  # noqa: BLE001  Pillow raises many kinds for a damaged picture
        raise UploadRefused(_("ảnh bị hỏng hoặc không đầy đủ. Hãy mở ảnh và lưu lại.")) from None
    upright.info.clear()
    written = BytesIO()
    upright.save(written, {"jpg": "JPEG"}.get(kind.extension, kind.extension.upper()), quality=88)
    return written.getvalue()


def _refuse_many_pixels(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise UploadRefused(_("ảnh quá lớn, tối đa 50 triệu điểm ảnh. Hãy thu nhỏ ảnh."))


def _webp_size(content: bytes) -> tuple[int, int]:
    """Width and height from the file's head: Pillow reserves memory for a WebP when it opens it."""
    chunk, head = content[12:16], content[:30].ljust(30, b"\0")
    if chunk == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if chunk == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def _read_pdf(kind: Kind, content: bytes) -> bytes:
    from pypdf import PdfReader

    try:
        reader = PdfReader(BytesIO(content))
        encrypted = reader.is_encrypted
        pages = 0 if encrypted else len(reader.pages)
    except Exception:  # noqa: BLE001  pypdf raises many kinds for a damaged file
        raise UploadRefused(_("tệp PDF bị hỏng hoặc không đầy đủ. Hãy xuất lại PDF.")) from None
    if encrypted:
        raise UploadRefused(_("tệp PDF có mật khẩu. Hãy lưu lại không có mật khẩu."))
    if not pages:
        raise UploadRefused(_("tệp PDF không có trang nào. Hãy xuất lại PDF."))
    return content


def _office_kind(content: bytes, label: str, only: Collection[str] | None) -> Kind:
    names = {member.filename for member in _members(content, label)}
    for kind in (DOCX, XLSX, PPTX):
        if kind.main_part in names and "[Content_Types].xml" in names:
            return kind
    raise UploadRefused(_not_allowed(label, only))


def _members(content: bytes, label: str) -> list[zipfile.ZipInfo]:
    """The zip's directory, read only after its declared size has been found sane."""
    end = content.rfind(_ZIP_END, max(0, len(content) - 65_557))
    broken = _("Tệp “%s” bị hỏng hoặc không đầy đủ. Hãy lưu lại tệp.") % label
    if end < 0 or len(content) < end + 22:
        raise UploadRefused(broken)
    (directory_size,) = struct.unpack_from("<I", content, end + 12)
    if directory_size > MAX_DIRECTORY or content[max(0, end - 20) : end].startswith(_ZIP64_LOCATOR):
        raise UploadRefused(_("Tệp “%s” bất thường (nội dung giải nén quá lớn). Hãy mở tệp rồi lưu lại.") % label)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
        raise UploadRefused(broken) from None


def _read_office(kind: Kind, content: bytes) -> bytes:
    """Look through the zip's directory; nothing is unpacked."""
    members = _members(content, f".{kind.extension}")
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise UploadRefused(_("tệp bất thường (nội dung giải nén quá lớn). Hãy mở tệp, bỏ bớt ảnh rồi lưu lại."))
    if any(member.flag_bits & 1 for member in members):
        raise UploadRefused(_("tệp có mật khẩu. Hãy lưu lại không có mật khẩu."))
    names = [member.filename.casefold() for member in members]
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise UploadRefused(_("tệp có macro. Hãy lưu lại thành .%s không có macro.") % kind.extension)
    return content


_PICTURES = frozenset({"jpg", "jpeg", "jfif", "png", "webp"})
JPEG = Kind("jpg", "image/jpeg", _read_picture, _PICTURES)
PNG = Kind("png", "image/png", _read_picture, _PICTURES)
WEBP = Kind("webp", "image/webp", _read_picture, _PICTURES)
PDF = Kind("pdf", "application/pdf", _read_pdf, frozenset({"pdf"}))
DOCX = Kind("docx", _OFFICE + "wordprocessingml.document", _read_office, frozenset({"docx"}), "word/document.xml")
XLSX = Kind("xlsx", _OFFICE + "spreadsheetml.sheet", _read_office, frozenset({"xlsx"}), "xl/workbook.xml")
PPTX = Kind("pptx", _OFFICE + "presentationml.presentation", _read_office, frozenset({"pptx"}), "ppt/presentation.xml")
KINDS = {kind.extension: kind for kind in (JPEG, PNG, WEBP, PDF, DOCX, XLSX, PPTX)}


def content_type_of(name: str) -> str:
    """The content type of a file that `check` has passed, from the label it gave."""
    kind = KINDS.get(PurePosixPath(name).suffix.casefold().lstrip(".").replace("jpeg", "jpg"))
    return kind.content_type if kind else "application/octet-stream"
