"""A PDF as lines of text, laid out as printed: columns stay apart by spaces, paragraphs keep their indent."""

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO

from django.utils.translation import gettext as _

from documents.reading.lines import find_mark
from documents.reading.model import Hint, Source
from documents.reading.pdf_page import PageLine, TooMuchDrawn, page_lines, refuse_much_drawing
from documents.reading.sources import Unreadable, aside

MAX_PAGES = 600
_PAGE_NUMBER = re.compile(r"\s*(?:[-–—]\s*)?(?:trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*[-–—])?\s*", re.IGNORECASE)
_EDGE = 2  # lines of head and foot that may be printed on every page
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
    _refuse_much_drawing(reader)
    read, columns = [], None
    for number in range(pages):
        lines, columns = _read_page(reader, number, columns)
        read.append(lines)
    texts = ["\n".join(line.text for line in page) for page in read]
    if sum(map(_letters, texts)) < _LEAST * max(1, min(pages, 5)):
        raise Unreadable(
            _("Tệp PDF là bản quét, không có chữ. Hãy nhận dạng chữ (OCR) hoặc dùng tệp .docx; "
              "bản quét vẫn đính kèm được.")
        )  # fmt: skip
    return _source(read)


def _refuse_much_drawing(reader) -> None:
    try:
        refuse_much_drawing(reader.pages)
    except TooMuchDrawn:
        raise Unreadable(_("Tệp PDF bất thường (hình vẽ quá nhiều). Hãy lưu lại kế hoạch thành .docx.")) from None
    except Exception:  # noqa: BLE001  pypdf raises many kinds for a damaged page
        raise _broken() from None


def _read_page(reader, number: int, columns: list | None) -> tuple[list[PageLine], list | None]:
    try:
        return page_lines(reader.pages[number], columns)
    except Exception:  # noqa: BLE001  pypdf raises many kinds for a damaged page
        raise _broken() from None


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text)


def _source(read: list[list[PageLine]]) -> Source:
    lines, unread, hints = [], [], {}
    pages = [[replace(line, text=_unjustified(line.text.rstrip())) for line in page] for page in read]
    running = _running([[line.text for line in page if line.cells is None] for page in pages])
    for number, page in enumerate(pages, 1):
        if not _letters("".join(line.text for line in page)):
            unread.append(aside(len(lines) + 1, _("Trang %d không có chữ.") % number, "picture"))
        for edge in (0, -1) * _EDGE:
            if not page or page[edge].cells is not None:
                continue
            if _PAGE_NUMBER.fullmatch(page[edge].text):
                unread.append(aside(len(lines) + 1, page.pop(edge).text, "page_number"))
            elif _alike(page[edge].text) in running[edge]:
                unread.append(aside(len(lines) + 1, page.pop(edge).text, "footer" if edge else "header"))
        for line in page:
            lines.append(line.text)
            if line.cells is not None:
                hints[len(lines)] = Hint(cells=line.cells, merged=line.merged)
    return Source("pdf", "\n".join(lines), tuple(unread), hints)


def _running(pages: list[list[str]]) -> dict[int, set[str]]:
    """What is printed at the head (0) and at the foot (-1) of half of the pages or more; no heading of a table."""
    running: dict[int, set[str]] = {0: set(), -1: set()}
    for edge, found in running.items():
        ends = [page[:_EDGE] if edge == 0 else page[-_EDGE:] for page in pages]
        counted = Counter(alike for end in ends for alike in {_alike(line) for line in end if _may_run(line)})
        found.update(alike for alike, count in counted.items() if count >= max(2, (len(pages) + 1) // 2))
    return running


def _alike(line: str) -> str:
    """A line without its numbers: "Trang 2/9" and "Trang 3/9" are the same foot line."""
    return " ".join(re.sub(r"\d+", "#", line).split())


def _may_run(line: str) -> bool:
    return _letters(line) >= 4 and len(re.findall(r"\S {3,}\S", line)) < 2 and not find_mark(line.strip())


def _unjustified(line: str) -> str:
    """The line with single spaces when it was stretched to the margin: every gap about as wide as the others."""
    gaps = [len(gap) for gap in re.findall(r"(?<=\S) +(?=\S)", line)]
    if len(gaps) >= 5 and 2 <= max(gaps) <= 7 and max(gaps) - min(gaps) <= 2 and min(gaps) > 1:
        indent = len(line) - len(line.lstrip())
        return " " * indent + " ".join(line.split())
    return line


def _broken() -> Unreadable:
    return Unreadable(_("Tệp PDF bị hỏng hoặc không đầy đủ. Hãy xuất lại PDF hoặc dùng tệp .docx."))
