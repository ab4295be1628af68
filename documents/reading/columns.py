"""Tables whose columns are kept apart by spaces only, as a printed page gives them: put back into rows and cells."""

import re
from dataclasses import dataclass, replace

from documents.reading.lines import Line, is_row, is_upper, plain, why_set_aside
from documents.reading.model import Hint
from documents.reading.tables import read_columns
from documents.reading.vocabulary import HEADING_WORDS
from documents.vietnamese import UPPER, fold

_CHUNK = re.compile(r"\S+(?: \S+)*")
_LABEL = re.compile(r"(?:\d{1,4}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-ZĐ]|[a-zđ])[.)]?")
_HEADING_START = re.compile(
    r"(?<=\S) (?=(?:Đơn vị|Cơ quan|Thời gian|Thời hạn|Sản phẩm|Nội dung|Ghi chú|Kinh phí|Kết quả|Chủ trì|Phối hợp|"
    r"Người|Bộ phận|Dự toán|Tiến độ|Hình thức)\b)"
)
_LABELLED = re.compile(r"(\d{1,4}(?:\.\d{1,2}){0,3}[.)]?|[IVX]{1,5}[.)]?|[A-ZĐ][.)]|[a-zđ][.)])\s+(?=\S)")
_END = re.compile(
    rf"nơi\s+nhận|phụ\s+lục\b|\(?\s*kèm\s+theo|(?-i:(?:[IVX]{{1,5}}|[A-ZĐ])\.\s+[{UPPER}])|điều\s+\d", re.IGNORECASE
)
_HEADING = re.compile(rf"(?:[IVX]{{1,5}}|[A-ZĐ]|\d{{1,2}}(?:\.\d{{1,2}})*|[a-zđ])[.)/]\s+[{UPPER}]")
_OPEN_END = re.compile(
    r"(?:[,;/–-]|\b(?:và|của|các|thuộc|với|trong|về|cho|hoặc|văn phòng|thanh tra|lãnh đạo|giám đốc|phòng|trung tâm|ban|"
    r"ủy|sở|chánh|trưởng|cục|đoàn|hội|viện|quỹ|bộ phận))$",
    re.IGNORECASE,
)
UNIT_START = re.compile(
    rf"(?:Các|Phòng|Văn phòng|Trung tâm|Thanh tra|Sở|Ban|Chi cục|Công an|Công đoàn|Đoàn|Đài|Đội|Viện|Khoa|"
    rf"Hội(?! nghị| thi)|Tổ(?! chức)|Bệnh viện|Tỉnh đoàn|Huyện đoàn|"
    rf"Kho bạc|Bảo hiểm|Liên đoàn|Hạt|Trạm|Công ty|Bưu điện|Ngân hàng|Mặt trận|Cục|UBND|Ủy ban|"
    rf"Trường|[{UPPER}]{{3,}})\b(?=.)"
)
_LONGEST_HEADING = 5
_TALLEST = 40  # lines of a row above its label
_SAMPLE = 400  # lines that tell where the columns part


@dataclass(frozen=True)
class _Chunk:
    start: int
    end: int
    text: str


def _chunks(line: Line) -> list[_Chunk]:
    """The pieces of a line that two or more spaces part."""
    raw = line.raw.replace("\u00a0", " ")
    return [_Chunk(found.start(), found.end(), found.group()) for found in _CHUNK.finditer(raw)]


def join_aligned_rows(lines: list[Line]) -> list[Line]:
    """The lines with each row of a space-aligned table as one line with cells; all others as they are."""
    joined, index = [], 0
    while index < len(lines):
        heading = _heading_at(lines, index)
        if heading is None:
            joined.append(lines[index])
            index += 1
            continue
        rows, index = _Table(lines, index, heading).rows()
        joined += rows
    return joined


def _heading_at(lines: list[Line], index: int) -> list[list[_Chunk]] | None:
    """The columns of a table's heading that begins at that line, each with its chunks, or None."""
    if is_row(lines[index]) or "  " not in lines[index].raw.strip() or not _heading_words(lines[index]):
        return None
    best, columns = None, []
    for line in lines[index : index + _LONGEST_HEADING]:
        if is_row(line) or not _heading_words(line):
            break
        for chunk in _heading_chunks(line):
            _place(columns, chunk)
        columns.sort(key=lambda column: column[0].start)
        texts = tuple(" ".join(chunk.text for chunk in column) for column in columns)
        if len(columns) >= 3 and read_columns(texts):
            best = [list(column) for column in columns]
    return best


def _heading_chunks(line: Line):
    """The pieces of a heading line; two headings one space apart are two: "Đơn vị chủ trì Đơn vị phối hợp"."""
    for chunk in _chunks(line):
        start = 0
        for found in _HEADING_START.finditer(chunk.text):
            yield _Chunk(chunk.start + start, chunk.start + found.start(), chunk.text[start : found.start()].strip())
            start = found.end()
        yield _Chunk(chunk.start + start, chunk.end, chunk.text[start:])


def _heading_words(line: Line) -> bool:
    words = re.findall(r"\w+", fold(line.raw))
    return 0 < len(words) <= 30 and all(word in HEADING_WORDS or word.isdigit() for word in words)


def _place(columns: list[list[_Chunk]], chunk: _Chunk) -> None:
    """Puts a chunk below the column that it overlaps, or opens a column."""
    for column in columns:
        if any(chunk.start < other.end and other.start < chunk.end for other in column):
            column.append(chunk)
            return
    columns.append([chunk])


class _Table:
    """One table: its heading, where its columns part, and its rows."""

    def __init__(self, lines: list[Line], start: int, heading: list[list[_Chunk]]) -> None:
        self.lines, self.start, self.heading = lines, start, heading
        self.height = max(len(column) for column in heading)
        names = read_columns(tuple(" ".join(chunk.text for chunk in column) for column in heading))
        self.label, self.title = names.get("label"), names["title"]
        self.height = self._heading_height()
        self.end = self._far_end()
        self.cuts = self._cuts()

    def _heading_height(self) -> int:
        used = {chunk for column in self.heading for chunk in column}
        height = 0
        while self.start + height < len(self.lines) and set(_heading_chunks(self.lines[self.start + height])) <= used:
            height += 1
        return height

    def _far_end(self) -> int:
        """The line after which the table is surely over, or its heading is printed again."""
        for index in range(self.start + self.height, len(self.lines)):
            if _END.match(self.lines[index].shown) and not self._is_group_start(index):
                return index
            if _heading_at(self.lines, index):
                return index
        return len(self.lines)

    def _is_group_start(self, index: int) -> bool:
        """ "I.  CHỈ ĐẠO" inside a table goes on with lines of several cells."""
        following = self.lines[index + 1 : index + 4]
        return any(len(_chunks(line)) >= 3 for line in following) and not _END.match(following[0].shown)

    def _cuts(self) -> list[int]:
        """For each column but the first the place where it begins: the emptiest place between two headings."""
        lines = [
            line for line in self.lines[self.start : min(self.end, self.start + _SAMPLE)] if len(_chunks(line)) >= 2
        ]
        body = [word for line in lines for word in re.finditer(r"\S+", line.raw)]
        width = max((word.end() for word in body), default=0) + 2
        edges = [0] * (width + 1)
        for word in body:
            edges[word.start()] += 1
            edges[word.end()] -= 1
        filled, total = [], 0
        for change in edges:
            total += change
            filled.append(total)
        middles = [
            (min(chunk.start for chunk in column) + max(chunk.end for chunk in column)) // 2 for column in self.heading
        ]
        return [_emptiest(filled, left, right) for left, right in zip(middles, middles[1:], strict=False)]

    def _cells(self, line: Line) -> list[str]:
        cells = [""] * len(self.heading)
        chunks = self._without_label(_chunks(line))
        texts = [chunk for chunk in chunks if not _LABEL.fullmatch(chunk.text)]
        if len(texts) == 1 and len(chunks) <= 2 and any(texts[0].start < cut < texts[0].end - 1 for cut in self.cuts):
            cells[self.title if len(chunks) == 2 else self._column(texts[0].start, texts[0].end)] = texts[0].text
            if len(chunks) == 2:
                cells[self.label or 0] = chunks[0].text
            return cells
        for chunk in chunks:
            for start, text in self._parted(chunk):
                column = self._column(start, start + len(text))
                if start == chunk.start and cells[column] and column + 1 < len(cells) and not cells[column + 1]:
                    column += start + len(text) > self.cuts[column] - 4  # parted from its neighbour: the next cell
                cells[column] = f"{cells[column]} {text}".strip()
        return cells

    def _without_label(self, chunks: list[_Chunk]) -> list[_Chunk]:
        """The chunks with the label parted from a text that follows it after one space."""
        found = _LABELLED.match(chunks[0].text) if chunks and self.label == 0 else None
        if not found or chunks[0].start >= self.cuts[0]:
            return chunks
        first, at = chunks[0], found.end()
        label = _Chunk(first.start, first.start + len(found[1]), found[1])
        return [label, _Chunk(first.start + at, first.end, first.text[at:]), *chunks[1:]]

    def _column(self, start: int, end: int) -> int:
        """The column in which most of a piece lies."""
        edges = [0, *self.cuts, 10**6]
        return max(range(len(self.heading)), key=lambda n: min(end, edges[n + 1]) - max(start, edges[n]))

    def _parted(self, chunk: _Chunk):
        """A chunk in the parts that lie in different columns: where two cells are one space apart."""
        start, text = chunk.start, chunk.text
        for cut in self.cuts:
            if start + 2 < cut < start + len(text) - 2:
                near = [at for at in range(cut - 4, cut + 3) if 0 < at - start < len(text) and text[at - start] == " "]
                if near:
                    space = min(near, key=lambda at: abs(at - cut + 1))
                    yield start, text[: space - start]
                    start, text = space + 1, text[space - start + 1 :]
        yield start, text

    def rows(self) -> tuple[list[Line], int]:
        """(the rows as lines with cells, the index of the first line after the table)."""
        top = self.start + self.height
        heads = [" ".join(chunk.text for chunk in column) for column in self.heading]
        found = [_row(self.lines[self.start : top], heads)]
        parsed, index = [], top
        while index < self.end:
            line = self.lines[index]
            if is_row(line) or self._is_over(index):
                break
            if why_set_aside(line):
                found.append(line)
            else:
                parsed.append((line, self._cells(line)))
            index += 1
        for group in self._grouped(parsed) if parsed else ():
            texts = [_joined([cells[column] for _line, cells in group]) for column in range(len(self.heading))]
            found.append(_row([line for line, _cells in group], texts))
        return found, index

    def _is_over(self, index: int) -> bool:
        """A line of running text across the columns, with no row of the table soon after it."""
        line = self.lines[index]
        chunks = _chunks(line)
        if self._is_heading(index, chunks):
            return True
        across = [chunk for chunk in chunks if sum(chunk.start < cut < chunk.end - 1 for cut in self.cuts) >= 2]
        if not across or len(chunks) > 2:
            return False
        if len(chunks) == 2 and _LABEL.fullmatch(chunks[0].text):
            return False
        soon = self.lines[index + 1 : min(index + 4, self.end)]
        return not any(len(_chunks(other)) >= 3 for other in soon)

    def _is_heading(self, index: int, chunks: list[_Chunk]) -> bool:
        """ "5. Tổ chức thực hiện" behind the table: one piece with a mark, and no row below it."""
        if len(chunks) != 1 or not _HEADING.match(chunks[0].text):
            return False
        below = self.lines[index + 1 : min(index + 5, self.end)]
        return not any(is_row(other) or len(_chunks(other)) >= 3 for other in below)

    def _grouped(self, parsed):
        """The printed lines of each row together."""
        starts = [n for n, (line, cells) in enumerate(parsed) if self._opens(n, line, cells, parsed)]
        if not starts or starts[0] > 0 or self._is_centred(starts, parsed):
            starts = [0, *self._centred(starts, parsed)]
        return [parsed[start:end] for start, end in zip(starts, [*starts[1:], len(parsed)], strict=True)]

    def _opens(self, n: int, line: Line, cells: list[str], parsed) -> bool:
        if self.label is not None and cells[self.label]:
            return bool(_LABEL.fullmatch(cells[self.label])) or self._spans(line)
        if self._spans(line) and (is_upper(line.shown) or line.blank_before):
            return True
        title = cells[self.title]
        if self.label is None:
            return title[:1].isupper() and sum(map(bool, cells)) >= 2 and self._ended(n, parsed)
        return False

    def _ended(self, n: int, parsed) -> bool:
        line = parsed[n][0]
        return n == 0 or line.blank_before or sum(map(bool, parsed[n][1])) >= len(self.heading) - 2

    def _spans(self, line: Line) -> bool:
        return any(sum(chunk.start < cut < chunk.end - 1 for cut in self.cuts) >= 2 for chunk in _chunks(line))

    def _is_centred(self, starts: list[int], parsed) -> bool:
        """True when a label stands beside the middle of its text: what is beside it goes on with the line above."""
        return self.label is not None and any(
            cells[self.title][:1].islower() and not parsed[n - 1][1][self.label]
            for n in starts
            if n and (cells := parsed[n][1])[self.label]
        )

    def _centred(self, labels: list[int], parsed) -> list[int]:
        """Where rows begin when their label stands in the middle of the row's height: what fits all rows best."""
        paths = {0: (0.0, [])}  # where a row may begin → what it costs at the least, the beginnings before it
        for before, label in zip(labels, labels[1:], strict=False):
            options = [n for n in range(before + 1, label + 1) if self._may_open(parsed[n][1])][-_TALLEST:] or [label]
            paths = {
                n: min(
                    (cost + _off_centre(start, before, n) - self._evidence(n, parsed), [*starts, n])
                    for start, (cost, starts) in paths.items()
                )
                for n in options
            }
        last = labels[-1] if labels else 0
        costs = [(cost + _off_centre(start, last, len(parsed)), starts) for start, (cost, starts) in paths.items()]
        return min(costs)[1]

    def _evidence(self, n: int, parsed) -> float:
        """Whether cells seem to begin at a line: two are enough; less those that go on there."""
        cells = [cell for cell in parsed[n][1] if cell]
        return min(1, sum(cell[0].isupper() for cell in cells) / 2) - sum(cell[0].islower() for cell in cells)

    def _may_open(self, cells: list[str]) -> bool:
        title = cells[self.title]
        return title[:1].isupper() or not title and any(cell[:1].isupper() for cell in cells)


def _off_centre(start: int, label: int, end: int) -> float:
    """How little a label stands in the middle of its row; one line more above or below it is next to nothing."""
    return (2 * label - start - end + 1) ** 2 / 4


def _emptiest(filled: list[int], left: int, right: int) -> int:
    """The middle of the longest stretch with the fewest letters between two places."""
    span = filled[left : right + 1] or [0]
    least, best, run = min(span), (0, left), 0
    for offset, count in enumerate([*span, least + 1]):
        if count == least:
            run += 1
            continue
        if run > best[0]:
            best = (run, left + offset - run + (run + 1) // 2)
        run = 0
    return best[1]


def ends_open(text: str) -> bool:
    """True when a printed line ends in the middle of a name: "… của", "Phòng"."""
    return bool(_OPEN_END.search(text))


def _joined(parts: list[str]) -> str:
    """The printed lines of one cell; a unit that begins on a line of its own stays on its own."""
    text: list[str] = []
    for part in filter(None, parts):
        own_line = text and UNIT_START.match(part) and part.count(" ") and not ends_open(text[-1])
        cut = text and text[-1].endswith("/") and part[0].isdigit()  # "Quý IV/" above "2023"
        text += ["\n" if own_line else "" if cut else " ", part] if text else [part]
    return "".join(text)


def _row(lines: list[Line], cells: list[str]) -> Line:
    first = lines[0]
    return replace(
        first,
        raw="\n".join(line.raw for line in lines),
        shown=" | ".join(filter(None, cells)),
        hint=Hint(cells=tuple(plain(cell) for cell in cells)),
    )
