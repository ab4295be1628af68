"""A PDF as lines of text, laid out as printed: columns stay apart by spaces, paragraphs keep their indent."""

import re
from io import BytesIO

from django.utils.translation import gettext as _

from documents.reading.model import Source
from documents.reading.sources import Unreadable, aside
from documents.vietnamese import clean

MAX_PAGES = 600
MAX_PAGE = 60_000  # characters; a printed page has about 3,000
_PAGE_NUMBER = re.compile(r"\s*(?:[-–—]\s*)?(?:trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*[-–—])?\s*", re.IGNORECASE)
_LEAST = 20  # letters a page that make it a page of text


def read_pdf(content: bytes) -> Source:
    """The text of a PDF, page by page. Raises Unreadable for a scan, a password or a broken file."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(BytesIO(content))
        encrypted, pages = reader.is_encrypted, 0 if reader.is_encrypted else len(reader.pages)
    except Exception:  # noqa: BLE001  pypdf raises many kinds for a damaged file
        raise _broken() from None
    if encrypted:
        raise Unreadable(_("Tệp PDF có mật khẩu. Hãy lưu lại không có mật khẩu."))
    if pages > MAX_PAGES:
        raise Unreadable(_("Tệp PDF quá dài (trên %d trang). Hãy tách riêng phần kế hoạch.") % MAX_PAGES)
    texts = [_page_text(reader, number) for number in range(pages)]
    if sum(map(_letters, texts)) < _LEAST * max(1, min(pages, 5)):
        raise Unreadable(
            _("Tệp PDF là bản quét, không có chữ. Hãy nhận dạng chữ (OCR) hoặc dùng tệp .docx; "
              "bản quét vẫn đính kèm được.")
        )  # fmt: skip
    return _source(texts)


def _page_text(reader, number: int) -> str:
    try:
        page = reader.pages[number]
        text = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False)
    except Exception:  # noqa: BLE001
        raise _broken() from None
    return clean(text.replace("\x00", ""))[:MAX_PAGE]


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text)


def _source(texts: list[str]) -> Source:
    lines, unread = [], []
    for number, text in enumerate(texts, 1):
        page = [_unjustified(line.rstrip()) for line in text.split("\n") if line.strip()]
        if not _letters(text):
            unread.append(aside(len(lines) + 1, _("Trang %d không có chữ.") % number, "picture"))
        for edge in (0, -1):
            if page and _PAGE_NUMBER.fullmatch(page[edge]):
                unread.append(aside(len(lines) + 1, page.pop(edge), "page_number"))
        lines += page
    return Source("pdf", "\n".join(lines), tuple(unread))


def _unjustified(line: str) -> str:
    """The line with single spaces when it was stretched to the margin: every gap about as wide as the others."""
    gaps = [len(gap) for gap in re.findall(r"(?<=\S) +(?=\S)", line)]
    if len(gaps) >= 5 and 2 <= max(gaps) <= 7 and max(gaps) - min(gaps) <= 2 and min(gaps) > 1:
        indent = len(line) - len(line.lstrip())
        return " " * indent + " ".join(line.split())
    return line


def _broken() -> Unreadable:
    return Unreadable(_("Tệp PDF bị hỏng hoặc không đầy đủ. Hãy xuất lại PDF hoặc dùng tệp .docx."))
