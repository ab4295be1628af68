"""Signed PDFs: whether they hold the text that was approved; kept under their hash with the register's entry."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from documents.reading.pdf_page import refuse_much_drawing
from documents.uploads import CheckedFile, check
from documents.vietnamese import fold
from plans.models import RegisterEntry

BETWEEN = 20  # letters that may stand between two parts: their labels
NAMED = 3  # how many differences a refusal quotes
QUOTE = 90
LETTERS_OF_A_PAGE = 40  # fewer than so many a page are stamps, not text


@dataclass(frozen=True)
class Comparison:
    """What a signed file lacks of the approved text and what it holds besides; `has_text` is False for a mere scan."""

    has_text: bool
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return self.has_text and not self.missing and not self.added


@dataclass(frozen=True)
class SignedFile:
    """A signed PDF in the store, and how it compares with what was approved."""

    path: str
    comparison: Comparison


def check_signed(file, name: str) -> CheckedFile:
    """The file as it may be kept: a PDF. Raises UploadRefused with what to do."""
    return check(file, name, only=("pdf",))


def compare(pdf: bytes, content: dict) -> Comparison:
    """Whether the text of `pdf` is that of a plan's content: every part in its order, nothing between them.

    Compared by letters and digits alone, without marks, capitals, spaces and lines: fonts, labels and page
    numbers may differ. What stands before the title and after the last part (letterhead, seals, notes of the
    signing software) is free; signer and recipients may stand anywhere.
    """
    pages = _pages(pdf)
    if sum(map(len, pages)) < LETTERS_OF_A_PAGE * len(pages):
        return Comparison(False)
    stream = "".join(pages)
    missing, added = _in_order(stream, _parts(content))
    names = [content["frame"]["signer_name"], *(row["name"] for row in content["recipients"])]
    missing += [name for name in names if _letters(name) not in stream]
    return Comparison(True, tuple(missing[:NAMED]), tuple(added[:NAMED]))


def _parts(content: dict) -> Iterator[str]:
    yield content["frame"]["title"]
    for row in content["sections"]:
        if row["cells"]:
            yield from row["cells"]
        else:
            yield from filter(None, (row["title"], row["text"]))


def _in_order(stream: str, parts: Iterable[str]) -> tuple[list[str], list[str]]:
    missing, added, end = [], [], None
    for part in parts:
        letters = _letters(part)
        if not letters:
            continue
        start = stream.find(letters, end or 0)
        if start < 0:
            missing.append(_quote(part))
            continue
        if end is not None and start - end > BETWEEN and not missing:
            added.append(_quote(stream[end:start]))
        end = start + len(letters)
    return missing, added


def _quote(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= QUOTE else f"{text[:QUOTE]}…"


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))


def _pages(pdf: bytes) -> list[str]:
    """The letters of each page, without its number and what stands on every page."""
    from pypdf import PdfReader

    try:
        pages = PdfReader(BytesIO(pdf)).pages
        refuse_much_drawing(pages)
        texts = [page.extract_text() or "" for page in pages]
    except Exception:  # noqa: BLE001  pypdf raises many kinds for odd files; one that cannot be read is a scan to us
        return [""]
    pages = [[letters for line in text.splitlines() if (letters := _letters(line))] for text in texts]
    seen = Counter(line for page in pages for line in {*page[:1], *page[-2:]})
    furniture = {line for line, count in seen.items() if count == len(pages) > 1}
    return [
        "".join(
            line
            for place, line in enumerate(page)
            if not ((place in (0, len(page) - 1) and line == str(number)) or line in furniture)
        )
        for number, page in enumerate(pages, 1)
    ]


@contextmanager
def kept_signed(checked: CheckedFile, content: dict) -> Iterator[SignedFile]:
    """The file in the store; deleted again unless the block has made an entry of the register that holds it."""
    comparison = compare(checked.content, content)
    path = default_storage.save(f"signed/{checked.sha256[:2]}/{checked.sha256}.pdf", ContentFile(checked.content))
    try:
        yield SignedFile(path, comparison)
    finally:
        if not RegisterEntry.objects.filter(signed_file=path).exists():
            default_storage.delete(path)
