"""Measures reading and printing for bin/bench: scores over the corpus, seconds of a plan; see print_bench.py too."""

import sys
from dataclasses import replace
from itertools import cycle, islice
from statistics import median

import django

from cchc_portal.tests.browser import print_bench
from cchc_portal.tests.browser.print_bench import seconds, verdict

ROUNDS = 3
READ_SECONDS, PAGES = 0.5, 10
ENOUGH = 0.97
JUDGED = ("headings", "areas", "citations", "duties", "tasks", "recipients")


def print_scores() -> None:
    """Precision and recall of every field over each folder of the corpus."""
    from documents.tests.scores import CORPUS, FOLDERS, scores

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


def print_all() -> None:
    print_scores()
    print_plan()
    print_bench.print_tables()


if __name__ == "__main__":
    django.setup()
    sys.stdout.reconfigure(line_buffering=True)
    print_all()
