"""A document as PDF: the official layout printed by WeasyPrint, from bundled files only."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from documents.letters import printable
from documents.official import OfficialDocument

BUNDLED = ("fonts", "documents")
LONG_FROM = 100  # rows; below it little is won


def render_pdf(document: OfficialDocument, *, long_from: int = LONG_FROM) -> bytes:
    """Print ``document`` as PDF; the same document gives the same bytes.

    Text is printed in NFC. WeasyPrint is imported here, because loading it takes
    most of a second that no page and no command should pay. A table of ``long_from`` rows or more
    is set page for page (``documents.long_table``), which looks the same and takes a tenth of the time.
    """
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from documents.long_table.joining import joined

    fetcher, fonts = _bundled_fetcher(), FontConfiguration()
    official = CSS(filename=_static() / "documents" / "official.css", url_fetcher=fetcher, font_config=fonts)

    def laid_out(html: str, style: str = ""):
        sheets = [official, CSS(string=style, url_fetcher=fetcher, font_config=fonts)] if style else [official]
        return HTML(string=printable(html), url_fetcher=fetcher).render(stylesheets=sheets, font_config=fonts)

    with _garbage_left_alone():
        return joined(document, laid_out, long_from).write_pdf()


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(pdf)).pages)


def bundled_file(url: str) -> Path:
    """Give the bundled file behind a file URL.

    Raises ValueError for every other address: another scheme, another machine,
    a file outside ``static/fonts`` and ``static/documents``.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc:
        path = Path(unquote(parts.path)).resolve()
        if any(path.is_relative_to(_static() / folder) for folder in BUNDLED):
            return path
    raise ValueError("only bundled files are printed")


def _static() -> Path:
    return (settings.BASE_DIR / "static").resolve()


def _bundled_fetcher():
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class BundledFetcher(URLFetcher):
        """Hands WeasyPrint bundled files; opens no connection and no other file."""

        def fetch(self, url, headers=None):
            return URLFetcherResponse(url, bundled_file(url).read_bytes())

    return BundledFetcher(allowed_protocols=("file",), allow_redirects=False)


@contextmanager
def _garbage_left_alone() -> Iterator[None]:
    """Keep the collector from walking the many living boxes of a layout again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
