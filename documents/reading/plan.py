"""read_file and read_plan: the ways in."""

import re
from collections import Counter
from dataclasses import replace

from documents import legacy
from documents.reading.areas import mark_areas, read_areas
from documents.reading.columns import join_aligned_rows
from documents.reading.defects import find_defects
from documents.reading.duties import read_duties
from documents.reading.facts import read_audiences, read_channels, read_citations, read_motto
from documents.reading.frame import HEAD_LINES, agency_in_preamble, find_parts, part_nodes, read_head
from documents.reading.lines import find_mark, is_row, split_lines, why_set_aside
from documents.reading.model import PlanReading, SetAside, Source
from documents.reading.outline import build_blocks, build_nodes
from documents.reading.sources import Unreadable, read_source
from documents.reading.tables import read_tables
from documents.reading.tail import read_tail
from documents.reading.targets import named_indices, read_targets
from documents.reading.vocabulary import DEFAULT_AREAS, INDICES
from documents.vietnamese import InvalidCharacters, clean, fold

_YEAR = re.compile(r"năm\s+(20\d\d)", re.IGNORECASE)


def read_file(content, areas=DEFAULT_AREAS, indices=INDICES):
    """The PlanReading of a file's bytes (.txt, .docx, PDF with text), judged by content.

    Raises sources.Unreadable with what to save the file as.
    """
    try:
        return _read(read_source(content), areas, indices)
    except InvalidCharacters as error:
        raise Unreadable(str(error)) from None


def read_plan(text, areas=DEFAULT_AREAS, indices=INDICES):
    """The PlanReading of a plan's text, in time linear in its length.

    Never raises on any text except InvalidCharacters on NUL. Every line that shows something is in
    the outline or in set_aside; nothing is repaired, what is doubtful is in defects. Text in TCVN3 or VNI
    is turned into Unicode first, which is a defect.
    """
    return _read(Source("text", text), areas, indices)


def _read(source, areas, indices):
    encoding = legacy.detect(source.text)
    if encoding:
        text, encodings = legacy.convert(source.text, encoding), {*source.legacy, encoding}
        source = replace(source, text=text, legacy=tuple(sorted(encodings)))
    reading = PlanReading(source=source, set_aside=list(source.set_aside))
    cleaned = clean(source.text)
    lines = _without_running_headers(split_lines(cleaned, source.hints), reading)
    head, body, tail, appendix = find_parts(join_aligned_rows(lines))
    head, tail = _aside(head, reading), _aside(tail, reading)
    reading.outline += part_nodes(head, "head", 0)
    for lines, part in ((body, "body"), (None, "tail"), (appendix, "appendix")):
        start = len(reading.outline)
        if part == "tail":
            reading.outline += part_nodes(tail, part, start)
            continue
        blocks, aside = build_blocks(lines, part)
        reading.outline += build_nodes(blocks, start)
        reading.set_aside += aside
    reading.set_aside.sort(key=lambda item: item.line)
    read_tables(reading, areas)
    _read_facts(reading, head, areas, indices)
    reading.defects = find_defects(reading, cleaned)
    return reading


def _without_running_headers(lines, reading):
    """The lines without the titles that are printed beside page numbers between the halves of a sentence."""
    numbers = [order for order, line in enumerate(lines) if why_set_aside(line) == "page_number"]
    beside = {order for number in numbers for order in (number - 1, number + 1) if 0 < order < len(lines)}
    said = Counter(lines[order].shown for order in beside)
    opening = fold(" ".join(line.shown for line in lines[:HEAD_LINES] if line.number < HEAD_LINES))
    kept = []
    for order, line in enumerate(lines):
        if order in beside and _is_running(line, said[line.shown], opening, lines[order - 2 : order + 3]):
            reading.set_aside.append(SetAside(line.number, line.raw, "header"))
        else:
            kept.append(line)
    return kept


def _is_running(line, times, opening, around):
    """A short line said beside several page numbers, or the title of the head said once more inside a sentence."""
    if len(line.shown) > 110 or find_mark(line.shown) or is_row(line) or why_set_aside(line):
        return False
    if times > 1:
        return True
    again = opening.count(fold(line.shown)) > (line.number < HEAD_LINES)
    return again and len(line.shown) > 8 and any(other.shown[:1].islower() for other in around)


def _aside(lines, reading):
    kept = []
    for line in lines:
        if reason := why_set_aside(line):
            reading.set_aside.append(SetAside(line.number, line.raw, reason))
        else:
            kept.append(line)
    return kept


def _read_facts(reading, head, areas, indices):
    body = [node for node in reading.outline if node.part in ("body", "appendix")]
    read_head(head, reading)
    read_tail([node for node in reading.outline if node.part == "tail"], reading)
    reading.agency = reading.agency or agency_in_preamble(body)
    stated = _YEAR.search(reading.title or "")
    reading.year = int(stated.group(1)) if stated else reading.date_year
    reading.motto = read_motto(body)
    reading.citations = read_citations(reading.outline)
    mark_areas(reading, areas)
    reading.areas = read_areas(reading)
    reading.targets = read_targets(body, indices)
    reading.indices = named_indices(body, indices)
    reading.channels = read_channels(reading)
    reading.audiences = read_audiences(reading)
    reading.duties = read_duties(reading)
