"""Text that tries to make the printer read or fetch something."""

import os
import subprocess
import sys
from dataclasses import fields, replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.conf import settings
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from documents.charts import bars
from documents.drawing import Box, Drawing
from documents.letters import printable
from documents.official import Appendix, Column, Figure, Heading, Item, Paragraph, Row, Table
from documents.pdf import bundled_file, render_pdf
from documents.tests.measure import sheets
from documents.tests.official_samples import PLAN, REPORT, figures


@pytest.fixture
def trap():
    """A web server that notes every request; gives its address and the list of paths asked for."""
    asked: list[str] = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Noting)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<link rel=stylesheet href=file:///etc/passwd>",
        "<img src={trap}/a.png>",
        "<style>@import url({trap}/b.css)</style>",
        "<base href={trap}/>",
        "{{{{ settings.SECRET_KEY }}}}",
        '"><iframe src="{trap}/c">',
    ],
)
def test_hostile_text_is_printed_literally_and_fetches_nothing(hostile, trap):
    address, asked = trap
    text = hostile.format(trap=address)
    blocks = (
        Heading("number", "1", text),
        Item("-", text),
        Table((Column(text), Column("Số", "right", 10, text)), (Row((text, text)),), text, text),
        Figure(bars(text, [(text, 1)]), text),
        Paragraph(text),
    )
    words = {
        field.name: text
        for field in fields(PLAN)
        if isinstance(getattr(PLAN, field.name), str) and field.name != "urgency"
    }
    pages = sheets(
        render_pdf(
            replace(
                PLAN,
                **words,
                number=text,
                addressees=(text,),
                bases=(text,),
                recipients=(text,),
                verify=(text,),
                blocks=blocks,
                appendices=(Appendix(text, (Paragraph(text),), text),),
            )
        )
    )
    printed = "".join("".join(sheet.content for sheet in pages).split())
    # header, title, heading, item, six places of the table, figure, paragraph, end, appendix
    assert printed.casefold().count("".join(text.split()).casefold()) >= 15
    assert asked == []
    assert "root:" not in printed


@pytest.mark.parametrize("source", ["{trap}/a.png", "file:///etc/passwd", "data:image/png;base64,AAAA"])
def test_even_a_drawing_of_our_own_fetches_nothing(source, trap, caplog):
    address, asked = trap
    link = f'<image href="{source.format(trap=address)}" width="9" height="9"/>'

    class Linked(Box):
        svg = mark_safe(link)

    drawing = Drawing("", "", 9, 9, (Linked(0, 0, 9, 9),))
    pages = sheets(render_pdf(replace(REPORT, blocks=(Figure(drawing), Paragraph("Hết.")))))
    assert pages[0].find("Hết./.")
    assert asked == []
    assert "only bundled files are printed" in caplog.text


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/x",
        "https://localhost/x",
        "ftp://localhost/x",
        "data:text/css,p",
        "file:///etc/passwd",
        "file://server/static/documents/official.css",
        "file://{static}/documents/../css/portal.css",
        "file://{static}/documents/%2e%2e/%2e%2e/.env",
        "file://{static}/fontsx/a.ttf",
        "fonts/tinos/Tinos-Regular.ttf",
        "FILE:",
        "",
    ],
)
def test_every_address_but_a_bundled_file_is_refused(url):
    with pytest.raises(ValueError, match="only bundled files"):
        bundled_file(url.format(static=settings.BASE_DIR / "static"))


def test_a_bundled_font_is_served():
    font = settings.BASE_DIR / "static" / "fonts" / "tinos" / "Tinos-Bold.ttf"
    assert bundled_file(font.as_uri()) == font.resolve()


def test_control_characters_are_left_out_and_unknown_signs_become_boxes():
    assert printable("Ti\u1ebfng\x00 \x07Vi\u1ec7t\u202e\u200b") == "Tiếng Việt"
    assert printable("e\u0302\u0301") == "ế"
    assert printable("☐ chưa ☑ rồi \U0001f600") == "[ ] chưa [x] rồi □"
    assert printable("dòng\nmới\tthẻ") == "dòng\nmới\tthẻ"


@hypothesis_settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_prints_in_the_bundled_font(text):
    pages = sheets(render_pdf(replace(REPORT, subject=text, blocks=(Paragraph(text), Item("-", text)))))
    assert {piece.font.split("-")[0] for sheet in pages for piece in sheet.texts} == {"Tinos"}


def _elsewhere(code: str, seed: str) -> str:
    """Run ``code`` in a process of its own with another order of sets and give what it prints."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_same_document_gives_the_same_bytes_in_another_process():
    document = replace(REPORT, blocks=(figures(5), Paragraph("Hết.")))
    code = """
from dataclasses import replace
from hashlib import sha256
from documents.official import Paragraph
from documents.pdf import render_pdf
from documents.tests.official_samples import REPORT, figures
print(sha256(render_pdf(replace(REPORT, blocks=(figures(5), Paragraph("Hết."))))).hexdigest())
"""
    assert _elsewhere(code, seed="7") == sha256(render_pdf(document)).hexdigest()


def test_importing_the_printer_does_not_load_weasyprint():
    code = "import sys, documents.pdf; print('weasyprint' in sys.modules, 'fontTools' in sys.modules)"
    assert _elsewhere(code, seed="0") == "False False"
