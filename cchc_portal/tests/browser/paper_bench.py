"""Measures reading and printing for bin/bench: scores over the corpus, seconds of a plan, ratios to the naive way.

Ratios are medians of alternating rounds in one warm process; see quality/performance.md for the targets.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import django
from django.contrib.staticfiles.finders import find

ROUNDS = 3
READ_SECONDS, PAGES = 0.5, 10
ENOUGH = 0.97
JUDGED = ("headings", "areas", "citations", "duties", "tasks", "recipients")
FOLDERS = ("seen", "aside", "fresh", "third", "third-aside")
WORD_TO_PLAIN, PDF_TO_NAIVE = 2, 0.4
COLUMNS = 8


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def compare(floor: Callable[[], object], ours: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """(median seconds of ours, median ratio of ours to the floor) of alternating rounds, after one of each."""
    ours()
    pairs = [(seconds(floor), seconds(ours)) for _ in range(rounds)]
    return median(mine for _, mine in pairs), median(mine / its for its, mine in pairs)


def verdict(holds: bool) -> str:
    return "đạt" if holds else "CHƯA ĐẠT"


def print_scores() -> None:
    """Precision and recall of every field over each folder of the corpus."""
    from documents.tests.scores import CORPUS, scores

    print(f"Đọc kế hoạch: độ chính xác / độ phủ; mục tiêu ≥ {ENOUGH}")
    print("  Mọi phần đã được xem; số đo lần đầu, khi chưa xem: documents/tests/corpus/README.md")
    for folder in FOLDERS:
        print(f"  {folder}: {len(list((CORPUS / folder).glob('*.json')))} văn bản")
        for field, found in scores(folder).items():
            shown = " / ".join("    –" if value is None else f"{value:.3f}" for value in found)
            judged = field in JUDGED
            said = verdict(all(value is None or value >= ENOUGH for value in found)) if judged else ""
            print(f"    {field:16} {shown}  {said}".rstrip())


def long_plan():
    """The real plan's body over and over until it fills ten pages, as an OfficialDocument."""
    from documents.official import Heading, Item, Paragraph
    from documents.pdf import page_count, render_pdf
    from documents.reading import read_plan
    from documents.tests.official_samples import PLAN
    from plans.tests.real_plan import real_text

    blocks = []
    for node in read_plan(real_text()).outline:
        if node.part == "body" and node.level in ("roman", "number", "letter") and node.title:
            blocks.append(Heading(node.level, node.label, node.name))
            if node.text:
                blocks.append(Paragraph(node.text))
        elif node.part == "body":
            blocks.append(Item(node.mark, node.content) if node.mark else Paragraph(node.content))
    paper = replace(PLAN, blocks=tuple(blocks))
    while page_count(render_pdf(paper)) < PAGES:
        paper = replace(paper, blocks=tuple(islice(cycle(blocks), len(paper.blocks) + len(blocks) // 4)))
    return paper


def print_plan() -> None:
    """Seconds to print a plan of ten pages and to read it back from each kind of file."""
    from documents.pdf import page_count, render_pdf
    from documents.reading import read_file
    from documents.reading.sources import read_source
    from documents.word import render_docx

    paper = long_plan()
    pdf, word = render_pdf(paper), render_docx(paper)
    files = {"txt": read_source(pdf).text.encode(), "docx": word, "pdf": pdf}
    print(f"Kế hoạch {page_count(pdf)} trang; mục tiêu đọc ≤ {READ_SECONDS} s")
    for kind, content in files.items():
        took = median(seconds(lambda content=content: read_file(content)) for _ in range(ROUNDS))
        print(f"  đọc {kind:5} {took:5.2f} s  {verdict(took <= READ_SECONDS)}")
    for kind, render in (("PDF", render_pdf), ("Word", render_docx)):
        took = median(seconds(lambda render=render: render(paper)) for _ in range(ROUNDS))
        print(f"  in {kind:5}  {took:5.2f} s")


def table_paper(count: int):
    """A document whose body is one table of `count` rows of eight cells."""
    from documents.official import Column, Row, Table
    from documents.tests.official_samples import PLAN

    columns = tuple(Column(f"Cột {number}", width_percent=100 / COLUMNS) for number in range(1, COLUMNS + 1))
    return replace(PLAN, blocks=(Table(columns, tuple(Row(cells) for cells in _rows(count))),))


def _rows(count: int) -> list[tuple[str, ...]]:
    words = ("Tuyên truyền trên cổng thông tin", "Văn phòng Sở", "Quý I", "2.000", "tờ gấp", "Các phòng", "5 triệu")
    return [(str(number), *words) for number in range(1, count + 1)]


def plain_word(count: int) -> bytes:
    """The table by python-docx as its manual shows it."""
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


def print_tables() -> None:
    """Long tables as Word and as PDF, to the same written plainly."""
    from documents.pdf import render_pdf
    from documents.word import render_docx

    paper = table_paper(1000)
    took, ratio = compare(lambda: plain_word(1000), lambda: render_docx(paper), 1)
    print(f"Word 1.000 dòng × {COLUMNS} ô: {took:.2f} s, so với python-docx {ratio:.2f} (≤ {WORD_TO_PLAIN})  "
          f"{verdict(ratio <= WORD_TO_PLAIN)}")  # fmt: skip
    for count in (200, 1000):
        paper = table_paper(count)
        took, ratio = compare(lambda paper=paper: naive_pdf(paper), lambda paper=paper: render_pdf(paper), 1)
        bound = f" (≤ {PDF_TO_NAIVE})  {verdict(ratio <= PDF_TO_NAIVE)}" if count == 1000 else ""
        print(f"PDF {count} dòng × {COLUMNS} ô: {took:.2f} s, so với WeasyPrint viết thường {ratio:.2f}{bound}")


def print_all() -> None:
    print_scores()
    print_plan()
    print_tables()


if __name__ == "__main__":
    django.setup()
    sys.stdout.reconfigure(line_buffering=True)
    print_all()
