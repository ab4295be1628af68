"""The parts of a .docx as XML, opened without trust: sizes first, no entities, no document types."""

import posixpath
import re
import zipfile
import zlib
from io import BytesIO

from django.utils.translation import gettext as _

from documents.reading.sources import Unreadable
from documents.uploads import DOCX, UploadRefused

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = {
    "w": W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _NAMES["r"].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", _NAMES["a"].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", _NAMES["wp"].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", _NAMES["m"].encode()),
)
MAX_PARAGRAPHS = 20_000  # about 600 pages; each opens and closes once
MAX_PART = 12 * 1024 * 1024
MAX_PARTS = 16 * 1024 * 1024


def xpath(element, path: str) -> list:
    """The elements below at a path like "w:p/w:r"."""
    return element.findall(path, _NAMES)


def child(element, name: str):
    """The first child w:name, or None; None has no children."""
    return None if element is None else element.find(f"{{{W}}}{name}")


def value(element, name: str, *, own: bool = False) -> str:
    """w:val of the child w:name, with own=True the attribute w:name of the element itself; "" when missing."""
    if element is None:
        return ""
    if own:
        return element.get(f"{{{W}}}{name}") or ""
    found = child(element, name)
    return (found.get(f"{{{W}}}val") or "") if found is not None else ""


def number(element, name: str, default: int) -> int:
    """The attribute w:name as a number from 0 to 32,767, else the default."""
    said = value(element, name, own=True) if element is not None else ""
    return int(said) if re.fullmatch(r"\d{1,4}|[1-2]\d{4}|3[01]\d{3}", said) else default


def is_on(element, name: str) -> bool | None:
    """A switch such as w:caps: True, False, or None when it is not there."""
    found = child(element, name)
    if found is None:
        return None
    return value(found, "val", own=True) not in ("0", "false", "off", "none")


def local(element) -> str:
    """The element's name without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


class Package:
    """A .docx: `root(name)` gives a part's XML. Raises Unreadable on anything that is not a plain Word document."""

    def __init__(self, content: bytes) -> None:
        try:
            DOCX.read(DOCX, content)
            self._archive = zipfile.ZipFile(BytesIO(content))
        except UploadRefused as refusal:
            raise _refused(str(refusal)) from None
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            raise _broken() from None
        self.names = set(self._archive.namelist())
        self._left = MAX_PARTS
        self._refuse_other_packages()
        self.main = self._main_part()

    def _refuse_other_packages(self) -> None:
        if "mimetype" in self.names and b"opendocument" in self._bytes("mimetype"):
            raise Unreadable(_("Tệp OpenDocument (.odt). Hãy mở tệp và lưu lại thành .docx."))
        types = self._bytes("[Content_Types].xml") if "[Content_Types].xml" in self.names else b""
        if b"macroEnabled" in types:
            raise Unreadable(_("Tệp Word có macro (.docm). Hãy lưu lại thành .docx không có macro."))
        for folder, kind in (("xl/", "tệp Excel"), ("ppt/", "tệp PowerPoint")):
            if any(name.startswith(folder) for name in self.names) and "word/document.xml" not in self.names:
                raise Unreadable(_("Đây là %s, không phải kế hoạch. Hãy lưu kế hoạch thành .docx.") % kind)

    def _main_part(self) -> str:
        for kind, target in self.relations("").values():
            if kind.endswith("/officeDocument") and target in self.names:
                return target
        if "word/document.xml" in self.names:
            return "word/document.xml"
        if not any(name.startswith("word/") for name in self.names):
            raise Unreadable(_("Tệp nén, không phải văn bản Word. Hãy mở ra và lưu kế hoạch thành .docx."))
        raise _broken()

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id → (type, part it leads to) of a part; "" for the package."""
        folder, _slash, name = part.rpartition("/")
        root = self.root(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for one in [] if root is None else xpath(root, "rel:Relationship"):
            if one.get("TargetMode") != "External":
                path = posixpath.join("/", folder, one.get("Target") or "")
                found[one.get("Id")] = (one.get("Type") or "", posixpath.normpath(path).lstrip("/"))
        return found

    def root(self, name: str):
        """The XML of a part, or None when there is no such part."""
        if name not in self.names:
            return None
        from lxml import etree

        content = self._bytes(name)
        head = content[:4000].replace(b"\x00", b"")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise _suspicious()
        if name.endswith("document.xml") and content.count(b":p>") + content.count(b":p ") > 2 * MAX_PARAGRAPHS:
            raise Unreadable(_("Tệp Word quá dài (trên %d đoạn). Hãy tách riêng phần kế hoạch.") % MAX_PARAGRAPHS)
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                                 remove_comments=True, remove_pis=True)  # fmt: skip
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError:
            raise _broken() from None

    def _bytes(self, name: str) -> bytes:
        """A part unpacked, never more than allowed, whatever the directory promises."""
        limit = min(MAX_PART, self._left)
        if self._archive.getinfo(name).file_size > limit:
            raise _suspicious()
        try:
            with self._archive.open(name) as member:
                content = member.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
            raise _broken() from None
        if len(content) > limit:
            raise _suspicious()
        self._left -= len(content)
        return content


def _refused(message: str) -> Unreadable:
    if "macro" in message:
        return Unreadable(_("Tệp Word có macro (.docm). Hãy lưu lại thành .docx không có macro."))
    if "mật khẩu" in message:
        return Unreadable(_("Tệp có mật khẩu. Hãy mở bằng Word, bỏ mật khẩu rồi lưu lại thành .docx."))
    return _suspicious() if "bất thường" in message else _broken()


def _broken() -> Unreadable:
    return Unreadable(_("Tệp Word bị hỏng hoặc không đầy đủ. Hãy mở bằng Word và lưu lại thành .docx mới."))


def _suspicious() -> Unreadable:
    return Unreadable(_("Tệp bất thường (nội dung giải nén quá lớn). Hãy mở bằng Word và lưu lại thành .docx mới."))
