"""A PDF as lines of text, laid out as printed: columns stay apart by spaces, paragraphs keep their indent."""

import re
from collections import Counter
from io import BytesIO

from django.utils.translation import gettext as _

from documents.reading.lines import find_mark
from documents.reading.model import Source
from documents.reading.sources import Unreadable, aside
from documents.vietnamese import clean

MAX_PAGES = 600
MAX_PAGE = 60_000  # characters; a printed page has about 3,000
_PAGE_NUMBER = re.compile(r"\s*(?:[-–—]\s*)?(?:trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*[-–—])?\s*", re.IGNORECASE)
_SHOWN = re.compile(rb"\[([^\[\]]*)\]\s?TJ")
# A piece of text placed anew is one of its own: two cells in one text object would else be moved together.
_PLACED = re.compile(rb"(?<=\s)(?:-?\d{0,9}(?:\.\d{0,9})?\s{1,3}){6}Tm\b")
_KERN = re.compile(rb">\s?-?\d{1,2}(?:\.\d{1,6})?\s?<|(?<!\\)\)\s?-?\d{1,2}(?:\.\d{1,6})?\s?\(")
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
        _without_kerning(page)
        text = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False)
    except Exception:  # noqa: BLE001
        raise _broken() from None
    return clean(text.replace("\x00", ""))[:MAX_PAGE]


def _without_kerning(page) -> None:
    """Joins the pieces that small moves between letters cut a word into: reading them one by one takes most time."""
    from pypdf.generic import DecodedStreamObject, NameObject

    contents = page.get_contents()
    if contents is None:
        return
    joined = DecodedStreamObject()
    data = _SHOWN.sub(lambda shown: _KERN.sub(b"", shown.group()), contents.get_data())
    joined.set_data(_PLACED.sub(rb"ET BT \g<0>", data))
    page[NameObject("/Contents")] = joined


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text)


def _source(texts: list[str]) -> Source:
    lines, unread = [], []
    pages = [[_unjustified(line.rstrip()) for line in text.split("\n") if line.strip()] for text in texts]
    running = _running(pages)
    for number, (text, page) in enumerate(zip(texts, pages, strict=True), 1):
        if not _letters(text):
            unread.append(aside(len(lines) + 1, _("Trang %d không có chữ.") % number, "picture"))
        for edge in (0, -1) * _EDGE:
            if page and _PAGE_NUMBER.fullmatch(page[edge]):
                unread.append(aside(len(lines) + 1, page.pop(edge), "page_number"))
            elif page and _alike(page[edge]) in running[edge]:
                unread.append(aside(len(lines) + 1, page.pop(edge), "footer" if edge else "header"))
        lines += page
    return Source("pdf", "\n".join(lines), tuple(unread))


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
