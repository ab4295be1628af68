"""From lines to outline: what opens a block, what goes on with the block before, what lies under what."""

import re
from dataclasses import dataclass, field

from documents.reading.duty_words import UNIT
from documents.reading.lines import Mark, cells_of, is_row, is_upper, mark_of, plain, why_set_aside
from documents.reading.model import LISTS, Node, SetAside
from documents.reading.shape import indent_of, shape_of
from documents.reading.tables import read_columns
from documents.vietnamese import fold

_DONE = tuple(".;:!?…/")
_CLOSERS = "\"”»'’)]*_ "
_UNFINISHED = re.compile(
    r"(?:,|[-–]|\b(?:các|những|và|hoặc|của|về|cho|với|trong|tại|từ|đến|là|theo|do|bởi|để|một|như|trên|thuộc|nhằm"
    r"|khoản|[đĐ]iều|điểm|[qQ]uý|ngày|tháng|bằng|qua|giữa|cùng))$"
)
# A label after these words belongs to the sentence: "khoản 2", "Quý I", "điểm a".
_COUNTED = {
    "number": re.compile(
        r"(?:khoản|điều|mục|quý|tháng|ngày|từ|kỳ|tập|phần|chương|khóa|loại|hạng|cấp|bậc|lần|"
        r"thứ|lớp|mức độ|giai đoạn|đến|và|[-–,/(]"
        r"|(?<!chuyển đổi )(?<!chính phủ )(?<!chính quyền )(?<!công nghệ )(?<!kinh tế )(?<!xã hội )(?<!kỹ thuật )số)$",
        re.IGNORECASE,
    ),
    "roman": re.compile(r"(?:quý|phần|mục|chương|khóa|loại|hạng|lần thứ|đến|và|,)$", re.IGNORECASE),
    "letter": re.compile(r"(?:điểm|khoản|và|,)$", re.IGNORECASE),
}
_SPLIT_WORD = re.compile(r"(?<=\w[-/])\n(?=\w)")  # "76/NQ-" at the end of a line, "CP" on the next
_COMPOUND_DASH = re.compile(r"(?:thương binh|xã hội|khen thưởng|bài\b)", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:(?:trong )?quá trình|trên đây|kế hoạch này|căn cứ kế hoạch|căn cứ nội dung|đề nghị các|"
    r"yêu cầu các|quyết định này|nhận được)",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"(?:Nghị quyết|Quyết định|Kế hoạch|Nghị định|Thông tư|Chỉ thị|Công văn|Luật|Chương trình) số\b")
_RANKS = {"article": 0, "row": 5.5, "letter": 6, "dash": 9, "plus": 10}
_SHORT_TITLE, _LONG_TITLE = 90, 320
_CAPITALS = ("A", "B", "C", "D", "Đ", "E", "G", "H")


_UNITS = re.compile(UNIT)
_SENDS = re.compile(r"\s(?:gửi|nộp)\s")


@dataclass
class Block:
    """Lines that make one node."""

    lines: list
    mark: Mark | None = None
    row: bool = False
    joined: int = 0
    part: str = "body"
    shown: list = field(default_factory=list)

    @property
    def last(self):
        return self.lines[-1].shown


def build_blocks(lines, part="body"):
    """(blocks, what was set aside) of the lines of a part; linear in the text."""
    blocks, aside, labels, broken = [], [], {}, False
    shape = shape_of(lines)
    for order, line in enumerate(lines):
        if (reason := why_set_aside(line)) and not (blocks and _ends_sentence(line, blocks[-1])):
            aside.append(SetAside(line.number, line.raw, reason))
            broken = broken or reason == "page_number"
            continue
        if is_row(line, after_row=bool(blocks) and blocks[-1].row):
            blocks.append(Block([line], row=True, part=part))
            continue
        if blocks and blocks[-1].row and _is_group(lines, order):
            blocks.append(Block([line], row=True, part=part))
            continue
        before = blocks[-1] if blocks and not blocks[-1].row else None
        cut, broken = broken, False
        gap = line.gap or cut
        mark = None if reason else mark_of(line)
        if mark and not line.hint.label and not _follows(mark, labels):
            mark = None
        if mark and before and not (line.hint.label or line.hint.style):
            mark = mark if _opens(mark, line, before, labels) and not _hangs(line, before, shape, order) else None
        if mark:
            labels["capital" if mark.label in _CAPITALS else (mark.level, mark.label.count("."))] = mark.label
            blocks.append(Block([line], mark, part=part))
        elif before and (reason or _goes_on(line, before, gap, shape, order, cut)):
            before.joined += gap and not _bare(before)
            before.lines.append(line)
        else:
            blocks.append(Block([line], part=part))
    return blocks, aside


def _is_group(lines, order):
    """True for "A. Tuyên truyền trực quan" alone on a line between two rows of a table."""
    line, below = lines[order], next((other for other in lines[order + 1 : order + 3] if is_row(other)), None)
    if below is None or below.hint.cells is not None or line.hint.paragraph or len(line.shown) > _SHORT_TITLE:
        return False
    first = next((char for char in line.shown if char.isalpha()), "")
    return first.isupper() and not line.shown.endswith((":", ".")) and not read_columns(cells_of(below))


def _ended(text):
    return text.rstrip(_CLOSERS).endswith(_DONE)


def _opens(mark, line, before, labels):
    """Whether a list mark really opens a block, and is not the middle of a sentence broken there."""
    if mark.level == "number" and before.mark and mark.label.rpartition(".")[0] == before.mark.label:
        return True  # "7.1" below "7."
    if line.gap or _ended(before.last):
        return _ended(before.last) or not _counts_on(mark, before)
    if mark.level == "dash":
        lower = mark.rest[:1].islower() or _COMPOUND_DASH.match(mark.rest)
        return not (lower and (before.mark is None or len(before.last) > 50 or _COMPOUND_DASH.match(mark.rest)))
    if mark.level in ("plus", "article"):
        return True
    if _counts_on(mark, before):
        return False
    if mark.level == "number" and mark.rest[:1].islower():
        return _expected(mark, labels)
    return mark.level != "number" or _expected(mark, labels) or before.mark is not None and len(before.last) < 60


def _follows(mark, labels):
    """False for "C. Mác": a capital letter before a title in small letters opens a section only in its turn."""
    if not re.fullmatch("[A-HĐ][.)]", mark.mark.replace(" ", "")) or mark.rest[:2].isupper():
        return True
    last = labels.get("capital")
    return mark.label == "A" or last is not None and mark.label in _CAPITALS[_CAPITALS.index(last) + 1 :][:2]


def _counts_on(mark, before):
    pattern = _COUNTED.get(mark.level)
    return bool(pattern and pattern.search(before.last))


def _expected(mark, labels):
    """True when a number is the first of its list or follows the one before."""
    parts = mark.label.split(".")
    if parts[-1] == "1":
        return True
    last = labels.get((mark.level, len(parts) - 1))
    return last is not None and 0 < int(parts[-1]) - int(last.split(".")[-1]) <= 3


def _bare(block):
    """True for "PHẦN I" alone on its line: the title is on the next."""
    return block.mark is not None and not block.mark.rest and len(block.lines) == 1


def _hangs(line, before, shape, order):
    """A mark at the margin, where paragraphs begin further right, is the middle of a sentence broken there."""
    if shape.margin is None or line.blank_before or indent_of(line) > shape.margin + 1:
        return False
    full = len(before.lines[-1].raw) >= 0.75 * shape.width(order)
    return full and not _ended(before.last) and indent_of(before.lines[0]) > shape.margin + 1


def _ends_sentence(line, before):
    """True for "12." below "… trong tháng": the end of the sentence and no page number."""
    return (
        not before.row
        and bool(re.fullmatch(r"\d{1,4}[.;,]/?\.?", line.shown))
        and bool(_COUNTED["number"].search(before.last))
    )


def _goes_on(line, before, gap, shape, order, cut=False):
    """Whether an unmarked line is the rest of the block before it."""
    width = shape.width(order)
    first = next((char for char in line.shown if char.isalnum()), "")
    last = before.last
    if _bare(before):
        return len(line.shown) <= _LONG_TITLE
    if last.rstrip(_CLOSERS).endswith(("./.", ":")):
        return not gap and last.rstrip().endswith(":") and first.islower() and len(last) > 0.75 * width > 0
    if shape.margin is not None and (cut or not line.blank_before):
        if indent_of(line) > shape.margin + 1:
            return first.islower() and not _ended(last)
        if not _ended(last) or len(before.lines[-1].raw) >= 0.75 * width:
            return True
    if _DOCUMENT.match(line.shown) and _breaks_at(line, before):
        return True
    if before.mark and _ended(last) and _indented_anew(line, before):
        return False
    if gap:
        return first.islower() or bool(_UNFINISHED.search(last)) and not is_upper(last)
    if (
        first.isdigit()
        and not _ended(last)
        and not is_upper(last)
        and (before.mark is None or before.mark.level != "roman")
    ):
        return True
    if first.islower() or _UNFINISHED.search(last) or last.endswith(" số") and line.shown[:1].isdigit():
        return True
    if before.mark and before.mark.level == "roman" and is_upper(before.mark.rest) and not _ended(last):
        return is_upper(line.shown)
    if width and len(before.lines[-1].raw) >= (0.9 if _ended(last) else 0.75) * width:
        return not last.endswith(";")
    return not _ended(last) and not first.isupper() and not (before.mark and len(last) < 60)


def _breaks_at(line, before):
    """True for "Nghị quyết số …" at the left margin, below a sentence that has not ended."""
    room = indent_of(line) < max(1, indent_of(before.lines[0]))
    return room and len(before.last) > 40 and not _ended(before.last) and not is_upper(before.last)


def _indented_anew(line, before):
    """True when a line begins further right than the lines that went on with the item before it."""
    further = before.lines[1:] or before.lines
    return indent_of(line) > 1 and indent_of(line) >= indent_of(further[0]) + (2 if len(before.lines) > 1 else 0)


def build_nodes(blocks, start=0):
    """The nodes of the blocks, each with its place under the others; positions count from start."""
    nodes, stack, bullets = [], [], []
    for offset, block in enumerate(blocks):
        node = _node(block)
        node.position = start + offset
        nodes.append(node)
        rank = _rank(node)
        if rank < _RANKS["dash"]:
            bullets = []
        elif node.level == "dash" and block.lines[0].hint.label:
            rank += _nesting(bullets, block.lines[0])
        if node.level == "paragraph":
            node.parent = _paragraph_parent(node, stack, nodes, start)
            continue
        while stack and stack[-1][0] >= rank:
            stack.pop()
        node.parent = stack[-1][1] if stack else None
        stack.append((rank, node.position))
    _settle_titles(nodes, start)
    return nodes


def _rank(node):
    if node.style and not node.label:
        return node.style
    if node.level == "roman":
        return _roman_rank(node)
    if node.level == "number":
        return 2 + node.label.count(".")
    return _RANKS.get(node.level, 12)


def _nesting(bullets, line):
    """How deep a bullet of Word stands: another bullet than the first one of its list lies below it."""
    bullet = (line.hint.label, line.hint.depth)
    deeper = bullet not in bullets
    if deeper and not (bullets and bullet[1] < bullets[0][1]):
        bullets.append(bullet)
    return 0.1 * min(bullets.index(bullet) if bullet in bullets else 0, 9)


def _roman_rank(node):
    """ "PHẦN I" stands above "Chương I", that above "Mục 1", that above "A.", and all of them above "I."."""
    word = node.mark[:3].lower()
    if word in ("phầ", "chư", "mục"):
        return {"phầ": 0.3, "chư": 0.4, "mục": 0.6}[word]
    return 1 if re.fullmatch("[IVX]+", node.label) else 0.8


def _paragraph_parent(node, stack, nodes, start):
    """A paragraph lies under the heading it follows; a closing sentence under the section itself."""
    sections = [position for rank, position in stack if rank <= 1] or [
        position for rank, position in stack if rank == 2
    ]
    above = nodes[-2] if len(nodes) > 1 else None
    opens = above is not None and above.level in ("number", "letter") and above.title and not above.text
    if _CLOSING.match(node.text) and not opens:
        return sections[-1] if sections else None
    headings = [position for rank, position in stack if rank < _RANKS["dash"]]
    titled = [position for position in headings if nodes[position - start].title]
    if titled:
        return titled[-1]
    return headings[-1] if headings else None


def _node(block):
    source = "\n".join(line.raw for line in block.lines)
    line = block.lines[0].number
    if block.row:
        cells = cells_of(block.lines[0])
        return Node("row", " | ".join(filter(None, cells)), line=line, source=source, part=block.part, cells=cells,
                    merged=block.lines[0].hint.merged)  # fmt: skip
    shown = " ".join(plain(_SPLIT_WORD.sub("", "\n".join(line.raw.strip() for line in block.lines))).split())
    if block.mark is None:
        return Node("paragraph", shown, line=line, source=source, joined=block.joined, part=block.part)
    mark = block.mark
    content = shown[_mark_length(shown, mark.mark) :].strip()
    styled = block.lines[0].hint.style and not mark.mark
    title, text = (content, "") if styled else split_title(mark.level, content)
    return Node(
        mark.level,
        text,
        label=mark.label,
        mark=mark.mark,
        title=title,
        line=line,
        source=source,
        joined=block.joined,
        part=block.part,
        style=block.lines[0].hint.style,
    )


def _mark_length(shown, mark):
    """How many characters of shown the mark takes (its spaces may have been folded)."""
    wanted = len("".join(mark.split()))
    if not wanted:
        return 0
    for index, char in enumerate(shown):
        wanted -= not char.isspace()
        if wanted == 0:
            return index + 1
    return len(shown)


def split_title(level, content):
    """(title, text) of what follows a list mark; a long sentence is text without a title."""
    if level in ("dash", "plus", "paragraph"):
        return "", content
    if content.endswith(":") and len(content) <= _LONG_TITLE and ". " not in content:
        return content, ""
    head, colon, rest = content.partition(":")
    parts = r"\.\s" if _UNITS.match(head) else r"[.;]\s|\("
    said = _UNITS.match(head) and _SENDS.search(head)  # "Các đơn vị gửi báo cáo hai kỳ: …" is a sentence
    if colon and not said and rest.startswith(" ") and len(head) <= _SHORT_TITLE and not re.search(parts, head):
        return f"{head}:", rest.strip()
    if len(content) <= _LONG_TITLE and not _ended(content) and (level == "roman" or ", " not in content[120:]):
        return content, ""
    if level == "roman":
        return (content, "") if len(content) <= _LONG_TITLE else ("", content)
    return "", content


def _settle_titles(nodes, start):
    """A one-sentence number with a list below it is a title, though it ends with a full stop."""
    parents, above = (
        {node.parent for node in nodes if node.level in (*LISTS, "number")},
        {node.parent for node in nodes},
    )
    for node in nodes:
        one_sentence = (
            node.level in ("number", "letter") and not node.title and len(node.text) <= 200 and ". " not in node.text
        )
        if node.level == "letter" and not node.text and not node.title.endswith(":") and node.position not in above:
            node.title, node.text = "", node.title
        elif one_sentence and node.position in parents:
            node.title, node.text = node.text, ""


def path_of(node, nodes):
    """Where a node stands, for a person: "III.1.c, gạch đầu dòng thứ 4"."""
    labels, current = [], node
    while current is not None:
        dotted = labels and "." in labels[-1] and current.level == "number"
        if current.label and not dotted:
            labels.append(current.label)
        current = nodes[current.parent] if current.parent is not None else None
    place = ".".join(reversed(labels)) or {"tail": "Nơi nhận", "head": "Đầu văn bản"}.get(node.part, "")
    if node.level in ("dash", "plus"):
        return f"{place}, gạch đầu dòng thứ {_ordinal(node, nodes)}".lstrip(", ")
    if node.level == "paragraph":
        return f"{place}, đoạn ở dòng {node.line}".lstrip(", ")
    return place or f"dòng {node.line}"


def _ordinal(node, nodes):
    count, index = 1, node.position - 1
    while index >= 0 and (node.parent is None or index > node.parent) and nodes[index].part == node.part:
        count += nodes[index].parent == node.parent and nodes[index].level == node.level
        index -= 1
    return count


def folded(node):
    """The node's title, or its text when it has none, folded for comparison."""
    return fold(node.name or node.text)
