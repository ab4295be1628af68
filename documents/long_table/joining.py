"""A document with long tables as pages: those WeasyPrint lays out, and between them those of rows alone.

WeasyPrint prints everything up to the first rows of a long table, and, as a document that goes on, its last rows with
all that follows. From what it made of the first rows are taken the widths, heights, letters and edges by which the
rows between are set, page for page. All pages are written into one PDF by WeasyPrint, each font in it once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from documents.long_table.page import Pattern, RowsPage
from documents.official import Cut, OfficialDocument, Row, Table

LEAD = 45  # rows that fill more than one page whatever stands in them: a page holds 41 of one line
GOES_ON = """@page :first {{ counter-reset: page {}; @top-center {{ content: counter(page) }}
@bottom-center {{ content: element(foot) }} }}"""

Render = Callable[[str, str], object]  # an HTML text and a further style sheet; gives WeasyPrint's document


def joined(document: OfficialDocument, render: Render, long_from: int):
    """``document`` as one WeasyPrint document, its tables of ``long_from`` (at least 45) rows set page for page."""
    least = max(long_from, LEAD)
    tables = [
        (block, appendix)
        for appendix, blocks in [(None, document.blocks), *((each, each.blocks) for each in document.appendices)]
        for block in blocks
        if _is_long(block, least) and (appendix or document.cover)
    ]
    html, *others = render_to_string("documents/official.html", {"document": _cut(document, least)}).split(Cut.mark)
    style, pages, first = "", [], None
    for (table, appendix), rest in zip(tables, others, strict=True):
        made, rows, printed, pattern = _begun(table, html, style, render)
        first = first or made
        *full, last = _by_page(rows, pattern, printed)
        number = int(pattern.number.text)
        pages += made.pages[: made.pages.index(pattern.page)]
        pages += [
            RowsPage(pattern, [pattern.set(row) for row in rows[start:end]], number + place)
            for place, (start, end) in enumerate(full)
        ]
        tail = replace(table, rows=tuple(rows[slice(*last)]), caption="", unit="")
        html = render_to_string(
            "documents/going_on.html",
            {"document": document, "appendix": appendix, "table": tail, "rest": SafeString(rest)},
        )
        style = GOES_ON.format(number + len(full))
    end = render(html, style)
    return (first or end).copy([*pages, *end.pages])


def _begun(table: Table, html: str, style: str, render: Render) -> tuple:
    """What precedes ``table`` with its first rows as WeasyPrint prints it.

    Gives that document, the rows (those taller than a page in parts), how many of them stand on the page where the
    table begins, and the pattern of the pages that follow.
    """
    rows = list(table.rows)
    while True:
        lead = replace(table, rows=tuple(rows[:LEAD]))
        made = render(html + render_to_string(Table.template, {"block": lead}), style)
        printed, pattern = _pattern(made, table)
        parts = [part for row in rows for part in _lower_than_a_page(row, pattern)]
        whole = parts[:LEAD] == rows[:LEAD]
        rows = parts
        if whole:
            return made, rows, printed, pattern


def _pattern(made, table: Table) -> tuple[int, Pattern]:
    """How many rows the last table has on its first page, and the pattern that its second page is."""
    grids = [
        (page, box)
        for page in made.pages
        for box in page._page_box.descendants()
        if box.element_tag == "table" and hasattr(box, "column_positions") and len(box.children) > 1
    ]
    element = grids[-1][1].element
    (_, first), (page, second), *_ = [(page, box) for page, box in grids if box.element is element]
    return len(first.children[1].children), Pattern(page, second, table.columns)


def _by_page(rows: Sequence[Row], pattern: Pattern, start: int) -> list[tuple[int, int]]:
    """From and to which row each page goes, from row ``start`` on: a label stays with what it names, a total too."""
    room, found = pattern.room, []
    while start < len(rows):
        end, height = start, 0.0
        while end < len(rows) and height + pattern.set(rows[end]).height <= room:
            height += pattern.set(rows[end]).height
            end += 1
        least = start + 1
        while least < end < len(rows) and not _may_end(rows, end):
            end -= 1
        found.append((start, end))
        start = end
    return found or [(start, start)]


def _may_end(rows: Sequence[Row], end: int) -> bool:
    return rows[end - 1].kind != "group" and rows[end].kind != "total" and end != len(rows) - 1


def _lower_than_a_page(row: Row, pattern: Pattern) -> Iterator[Row]:
    """The row, or where it is taller than a page its lines in parts of a page each."""
    most = int((pattern.room - pattern.over + 0.01) / pattern.line)
    lines = [[line.text for line in cell.lines] for cell in pattern.set(row).cells]
    tallest = max(map(len, lines))
    if tallest <= most:
        yield row
        return
    for start in range(0, tallest, most):
        yield replace(row, cells=tuple("\n".join(each[start : start + most]) for each in lines))


def _is_long(block, least: int) -> bool:
    return isinstance(block, Table) and len(block.rows) >= least


def _cut(document: OfficialDocument, least: int) -> OfficialDocument:
    """The document with a mark in the place of each long table."""

    def marked(blocks: tuple) -> tuple:
        return tuple(Cut() if _is_long(block, least) else block for block in blocks)

    appendices = tuple(replace(each, blocks=marked(each.blocks)) for each in document.appendices)
    return replace(document, blocks=marked(document.blocks), appendices=appendices)
