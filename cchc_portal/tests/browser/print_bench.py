"""Measures printed tables for bin/bench against the same printed by others: floor, ours, ratio, target.

A ratio is the median of alternating rounds in one warm process; see quality/performance.md for the targets.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from statistics import median

from django.conf import settings
from django.contrib.staticfiles.finders import find

ROUNDS = 5
COLUMNS = 8
WORD_TO_PLAIN, PDF_TO_NAIVE, PDF_TO_REPORTLAB, PDF_TO_LIBREOFFICE = 2, 0.12, 0.7, 0.4
GROWTH, MEGABYTES = 5.5, 150  # five times the rows, with a tenth for what is noise
# Run alone, so that the greatest memory is that of this work: its seconds for 1,000 and 5,000 rows, its megabytes.
ALONE = """
import resource, time, django
django.setup()
from cchc_portal.tests.browser.print_bench import table_paper
from documents.pdf import render_pdf
for count in (200, 1000, 5000):
    paper, started = table_paper(count), time.perf_counter()
    render_pdf(paper)
    print(time.perf_counter() - started)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def verdict(holds: bool) -> str:
    return "đạt" if holds else "CHƯA ĐẠT"


def table_paper(count: int):
    """Some pages of prose, a table of 20 rows × 10 cells, a long one of `count` rows × 8 cells."""
    from documents.official import Column, Row, Table
    from documents.tests.official_samples import PLAN

    columns = tuple(Column(f"Cột {number}", width_percent=100 / COLUMNS) for number in range(1, COLUMNS + 1))
    small = Table(
        tuple(Column(f"Cột {number}") for number in range(10)),
        tuple(Row(tuple(str(row * column) for column in range(10))) for row in range(20)),
    )
    return replace(PLAN, blocks=(*PLAN.blocks, small, Table(columns, tuple(Row(cells) for cells in _rows(count)))))


def _rows(count: int) -> list[tuple[str, ...]]:
    words = ("Tuyên truyền trên cổng thông tin", "Văn phòng Sở", "Quý I", "2.000", "tờ gấp", "Các phòng", "5 triệu")
    return [(str(number), *words) for number in range(1, count + 1)]


def plain_word(count: int) -> bytes:
    """The long table by python-docx as its manual shows it."""
    from docx import Document

    document, rows, out = Document(), _rows(count), BytesIO()
    table = document.add_table(rows=0, cols=COLUMNS)
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(out)
    return out.getvalue()


def naive_pdf(paper) -> bytes:
    """The very paper as one HTML given to WeasyPrint: columns found by the browser's own way, nothing tuned."""
    from django.template.loader import render_to_string
    from weasyprint import CSS, HTML

    styles = find("documents/official.css")
    free = Path(styles).read_text(encoding="utf-8").replace("table-layout: fixed;", "")
    html = render_to_string("documents/official.html", {"document": paper})
    return HTML(string=html, base_url=styles).write_pdf(stylesheets=[CSS(string=free, base_url=styles)])


def reportlab_pdf(paper) -> bytes:
    """Prose and tables of the paper by ReportLab: a paragraph a cell, so that words wrap, the heading repeated."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(TTFont("Tinos", str(settings.BASE_DIR / "static/fonts/tinos/Tinos-Regular.ttf")))
    prose, cell = ParagraphStyle("prose", None, fontName="Tinos", fontSize=14, leading=17.5), ParagraphStyle(
        "cell", None, fontName="Tinos", fontSize=12, leading=14.4
    )  # fmt: skip
    lines = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    story = []
    for block in paper.blocks:
        if hasattr(block, "rows"):
            rows = [[column.title for column in block.columns], *(row.cells for row in block.rows)]
            cells = [[Paragraph(text, cell) for text in row] for row in rows]
            story.append(
                LongTable(cells, [165 * mm / len(block.columns)] * len(block.columns), repeatRows=1, style=lines)
            )
        else:
            story.append(Paragraph(block.text, prose))
    out = BytesIO()
    margins = {"leftMargin": 30 * mm, "rightMargin": 15 * mm, "topMargin": 20 * mm, "bottomMargin": 20 * mm}
    SimpleDocTemplate(out, pagesize=A4, **margins).build(story)
    return out.getvalue()


def libreoffice_pdf(word: bytes) -> None:
    """Our own .docx of the same content converted by LibreOffice, as an office would do it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bang.docx"
        source.write_bytes(word)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, source], check=True, capture_output=True)


def print_ratio(what: str, floor_name: str, floor: Callable, ours: Callable, bound: float) -> None:
    """Compare in alternating rounds, after one of each, and print floor, ours, ratio and target."""
    ours(), floor()
    pairs = [(seconds(floor), seconds(ours)) for _ in range(ROUNDS)]
    its, mine = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(mine / its for its, mine in pairs)
    print(f"  {what}: {floor_name} {its:.2f} s, của ta {mine:.2f} s, tỷ lệ {ratio:.2f}{_judged(ratio, bound)}")


def _judged(value: float, bound: float) -> str:
    return f" (≤ {bound})  {verdict(value <= bound)}"


def print_tables() -> None:
    """Long tables as Word and as PDF, to the same printed by others."""
    from documents.pdf import render_pdf
    from documents.word import render_docx

    print(f"In bảng dài × {COLUMNS} ô, sau ba trang chữ; trung vị {ROUNDS} lượt xen kẽ")
    small, long = table_paper(200), table_paper(1000)
    if shutil.which("soffice"):
        word = render_docx(small)
        print_ratio("PDF 200 dòng", "LibreOffice", lambda: libreoffice_pdf(word), lambda: render_pdf(small),
                    PDF_TO_LIBREOFFICE)  # fmt: skip
    else:
        print(f"  PDF 200 dòng so với LibreOffice (≤ {PDF_TO_LIBREOFFICE}): không đo, máy không có soffice")
    for name, floor, bound in (
        ("WeasyPrint viết thường", naive_pdf, PDF_TO_NAIVE),
        ("ReportLab", reportlab_pdf, PDF_TO_REPORTLAB),
    ):
        print_ratio("PDF 1.000 dòng", name, lambda floor=floor: floor(long), lambda: render_pdf(long), bound)
    print_ratio("Word 1.000 dòng", "python-docx", lambda: plain_word(1000), lambda: render_docx(long), WORD_TO_PLAIN)
    done = subprocess.run([sys.executable, "-c", ALONE], check=True, capture_output=True, text=True)
    _, thousand, five, megabytes = map(float, done.stdout.split())
    growth = five / thousand
    print(
        f"  PDF 5.000 dòng: {five:.2f} s, 1.000 dòng {thousand:.2f} s, gấp {growth:.1f}{_judged(growth, GROWTH)}; "
        f"{megabytes:.0f} MB{_judged(round(megabytes), MEGABYTES)}"
    )
