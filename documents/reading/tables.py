"""Tables of tasks: TT | Nội dung | Sản phẩm | Chủ trì | Phối hợp | Thời gian | Kinh phí | Ghi chú."""

import re

from documents.reading.areas import area_matcher
from documents.reading.lines import is_upper, plain
from documents.reading.model import Task
from documents.reading.vocabulary import COLUMNS
from documents.vietnamese import UPPER, fold

_GROUP_LABEL = re.compile(r"(?:[IVX]+|[A-ZĐ]|[a-zđ])[.)]?")
_LABELLED = re.compile(r"(?:[IVX]+|[A-ZĐ]|[a-zđ]|\d+)[.)]\s")
_UNIT = (
    r"(?:các|phòng|văn phòng|trung tâm|thanh tra|sở|bộ(?= )|ban|ubnd|uỷ ban|ủy ban|hđnd|chi cục|cục|đơn vị|trường|hội|"
    r"đoàn|liên đoàn|tỉnh đoàn|huyện đoàn|thành đoàn|chi đoàn|công đoàn|cơ quan|bộ phận|công an|báo|đài|bưu điện|"
    r"kho bạc|ngân hàng|bảo hiểm|bệnh viện|viện|tòa án|mặt trận|hạt|tổ|công ty|quỹ|cổng|lãnh đạo|thủ trưởng|trưởng|"
    rf"công chức|địa phương|khoa|trạm|thôn|xóm|ấp|khu phố|đảng ủy|đảng uỷ|đảng bộ|thường trực|kế toán|thư viện|nhà|"
    rf"bí thư|chủ tịch|giám đốc|hiệu trưởng|chánh|cán bộ|bộ môn|nhóm|đội|đồn|thuế|điện lực|hợp tác xã|doanh nghiệp|"
    rf"hiệp hội|câu lạc bộ|tập đoàn|học viện|liên hiệp|quận đoàn|thị đoàn|xã đoàn|chi nhánh|già làng|người có uy tín|"
    rf"viettel|vnpost|\w+(?:fone|phone|bank)|xã(?! hội)|"
    rf"văn thư|phường|đ/c|đồng chí|y tế|tư pháp|địa chính|(?-i:[{UPPER}]{{2,}}))\b"
)
_PARTS = re.compile(
    rf"\s*[;\n]+\s*|\s*,\s+(?=(?-i:[{UPPER}]){{1}})(?={_UNIT})|\s*,\s+(?=(?:các|ông|bà|đồng\s+chí|đ/c)\s)|(?<!HĐND)(?<!\bBáo)\s+và\s+(?={_UNIT})|\s*,\s*và\s+|"
    rf"\s*,\s+(?=(?-i:[{UPPER}]))",
    re.IGNORECASE,
)

_BEGINS = re.compile(rf"[-–+•\s]*(?:{_UNIT}|ông\b|bà\b|đồng\s+chí\b|đ/c\b)", re.IGNORECASE)
# "Phòng Kê khai và Kế toán thuế": of a department's name, though alone the word names a post.
_DEPARTMENT = re.compile(r"[-–+•\s]*(?:phòng|ban|khoa|sở|bộ môn|tổ|trung tâm|cục|chi cục)\s", re.IGNORECASE)
_FIELD = re.compile(r"(?:kế toán|y tế|tư pháp|địa chính|thư viện|thuế|văn thư)\b", re.IGNORECASE)


def split_units(text):
    """The units of one cell, each once; "các phòng, đơn vị" stays one entry, as do commas inside a name."""
    parts = [re.sub(r"\s+", " ", re.sub(r"^[-–+•]\s*", "", part)).strip(" .,;") for part in _parts(text)]
    return list(dict.fromkeys(part for part in parts if part))


def _parts(text):
    start = 0
    for cut in _PARTS.finditer(text):
        if cut.group().strip() == "và" and _FIELD.match(text, cut.end()) and _DEPARTMENT.match(text, start):
            continue
        bare = cut.group().strip() == "," and not _BEGINS.match(text, cut.end())
        if bare and _BEGINS.match(text, start):
            continue  # "Sở Văn hóa, Thể thao và Du lịch"; not "Thời sự, Kỹ thuật", of which none says what it is
        yield text[start : cut.start()]
        start = cut.end()
    yield text[start:]


def read_tables(reading, areas):
    """Turns table rows into group nodes and tasks; rows that a page end split are put together."""
    table, match = None, area_matcher(areas)
    rows = [node for node in reading.outline if node.level == "row"]
    following = dict(zip((node.position for node in rows), rows[1:], strict=False))
    for node in reading.outline:
        if node.level != "row":
            if node.level in ("article", "roman", "number"):
                table = None
            continue
        if found := read_columns(node.cells):
            node.level = "header"
            if table is None or table.columns != found:
                table = _Table(found, len(node.cells), match, reading)
        elif table is not None:
            table.read(node, following.get(node.position))
    for task in reading.tasks:
        task.support = split_units("\n".join(task.support))


class _Table:
    """One task table while its rows are read; a heading printed again on the next page changes nothing."""

    def __init__(self, columns, width, match, reading):
        self.columns, self.match, self.reading = columns, match, reading
        self.group = self.task = None
        self.above, self.begun, self.width = {}, False, width

    def read(self, node, following):
        """Makes a row a second line of the heading, a group, a task, or the rest of the task above."""
        node.cells = _fitted(node, self.width)
        if not self.begun and (found := self._second_heading(node)):
            self.columns, node.level = found, "header"
            return
        if _is_count(node.cells):
            node.level = "header"
            return
        self.begun = True
        cells = self._cells(node)
        if cells["title"] and not cells["area"]:
            cells["area"] = self.above.get("area", "")  # said once for the rows below it
        if heading := self._group_heading(node, cells, following):
            _open_group(node, cells, heading, self.match)
            self.group, self.task, cells["area"] = node, None, ""
        elif self.task and _continues(cells):
            _extend(self.task, cells)
            node.parent = self.task.node
            self.reading.outline[self.task.node].text = self.task.title
        else:
            self._open_task(node, cells)
        self.above = cells

    def _open_task(self, node, cells):
        node.parent = self.group.position if self.group else node.parent
        node.label = cells["label"].rstrip(".)")
        self.task = _task(node, cells, self.group)
        if cells["area"]:
            area = _flat(cells["area"])
            found = self.match(_without_label(area))
            self.task.group, self.task.area = _without_label(area), found[0] if found else None
        self.reading.tasks.append(self.task)
        node.text = self.task.title or node.text

    def _second_heading(self, node):
        """The columns when a second line of the heading parts "Đơn vị thực hiện" in "Chủ trì" and "Phối hợp"."""
        own = {index: cell for index, cell in enumerate(node.cells) if cell and index not in node.merged}
        found = {name: index for index, cell in own.items() if (name := _column_name(cell))}
        if not found or len(found) < len(own) or not set(found) & {"lead", "support", "time", "product", "money"}:
            return None
        taken = set(found.values())
        return {name: index for name, index in self.columns.items() if index not in taken} | found

    def _cells(self, node):
        """The cells by column name; what a merged cell goes on to say of this row counts for it, too."""
        cells = _named(node.cells, self.columns)
        merged = {name for name, index in self.columns.items() if index in node.merged}
        whole = {"label", "title"} & set(self.columns) <= merged
        for name in merged:
            cells[name] = "" if whole or name in ("label", "title") else self.above.get(name, cells[name])
        return cells

    def _group_heading(self, node, cells, following):
        """The heading of a row that spans all columns, or ""."""
        heading = _spanning_heading(node, cells)
        if not heading:
            return ""
        label = cells["label"]
        below = _named(following.cells, self.columns)["label"] if following else ""
        restarts = bool(re.fullmatch(r"(?:0?1|a|-|\+|I)[.)]?", below))
        if label == heading and "label" in self.columns:
            return heading  # words in the column of numbers: the cell spans the row
        if not label:
            filled = len([cell for cell in node.cells if cell])
            sure = self.task is None or filled > 1 or is_upper(heading) or self.match(_without_label(heading))
            return heading if sure or heading[0].isupper() and (restarts or _LABELLED.match(heading)) else ""
        if _GROUP_LABEL.fullmatch(label):
            return heading
        starts = below.startswith(f"{label.rstrip('.)')}.") or restarts
        return heading if starts or self.match(heading) or is_upper(heading) else ""


def _fitted(node, width):
    """The cells of a row; strokes are counted again where the row was printed without the outer ones."""
    if len(node.cells) in (width, 1) or "|" not in node.source or "\n" in node.source:
        return node.cells
    cells = tuple(plain(re.sub(r"<br\s*/?>", "\n", cell)).strip() for cell in node.source.split("|"))
    return cells if len(cells) == width else node.cells


def _is_count(cells):
    """The row that counts the columns: (1) (2) (3), or A B 1 2 3."""
    filled = [cell for cell in cells if cell]
    if len(filled) < 3 or len(filled) < len(cells):
        return False
    numbers = [int(found[1]) for cell in filled if (found := re.fullmatch(r"\(?(\d{1,2})\)?", cell))]
    letters = len(filled) - len(numbers)
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and letters <= 2 if numbers else False


def read_columns(cells):
    """Column name → index when the cells are the heading of a task table, else None."""
    found = {}
    for index, cell in enumerate(cells):
        name = _column_name(cell)
        if name and name not in found:
            found[name] = index
    if "title" not in found and "area" in found:
        found["title"] = found.pop("area")
    if "title" not in found and "label" in found and found.keys() & {"lead", "time"}:
        found |= _what_column(cells, found)
    if "title" not in found or len(found) < 3:
        return None
    return found if found.keys() - {"label", "area", "title", "note", "money"} else None


def _what_column(cells, found):
    """The column that says what is done where its heading does not: the first of no other meaning, else the product."""
    unknown = next((index for index, cell in enumerate(cells) if cell and not _column_name(cell)), None)
    at = found.pop("product", None) if unknown is None else unknown
    return {} if at is None else {"title": at}


def _column_name(cell):
    """Which column a heading cell names, or None: the one whose words stand first."""
    text = fold(cell)
    if not text or len(text) > 60:
        return None
    found = [(match.start(), order) for order, (_name, words) in enumerate(COLUMNS) if (match := words.search(text))]
    return COLUMNS[min(found)[1]][0] if found else None


def _named(cells, columns):
    """The cells by column name; a column that the table has not is empty."""
    named = dict.fromkeys((name for name, _words in COLUMNS), "")
    return named | {name: cells[index].strip() for name, index in columns.items() if index < len(cells)}


def _spanning_heading(node, cells):
    """The text of a row that says one thing, beside its label, or ""."""
    filled = [cell for cell in node.cells if cell]
    different = list(dict.fromkeys(filled))
    label, text = cells["label"], cells["title"]
    if len(different) == 1:
        return "" if _is_number(different[0]) else different[0]
    if len(different) == 2 and not label and re.fullmatch(r"(?:[IVX]+|[A-ZĐ])[.)]?", different[0]):
        return different[1] if node.cells[0] == different[0] and len(filled) == 2 else ""
    if len(different) == 2 and different[0] == label and (len(filled) == len(node.cells) > 3 or len(filled) == 2):
        return different[1] if different[1] != label else text
    return ""


def _is_number(text):
    return bool(re.fullmatch(r"[\d.,()\s]+", text))


def _open_group(node, cells, heading, match):
    node.level, found = "group", match(_without_label(heading))
    label = cells["label"] if cells["label"] != heading else ""
    node.label = (label or (re.match(r"([IVX]+|[a-zđ]|\d+)[.)]\s", heading) or ["", ""])[1]).rstrip(".)")
    node.title, node.text = heading, ""
    node.area = found[0] if found else None


def _without_label(heading):
    return (
        re.sub(r"^(?:[IVX]+|[A-Za-zđĐ]|\d+(?:\.\d+)*)[.)]?\s+(?=\S)", "", heading)
        if _LABELLED.match(heading)
        else heading
    )


def _continues(cells):
    """A row without number and without a whole new content is the rest of the one above."""
    if cells["label"]:
        return False
    return not cells["title"] or cells["title"][:1].islower() or not (cells["lead"] or cells["time"])


def _extend(task, cells):
    for name in ("title", "product", "lead", "time", "money", "note"):
        setattr(task, name, f"{getattr(task, name)} {cells[name]}".strip())
    if cells["support"]:
        task.support = [f"{' '.join(task.support)} {cells['support']}".strip()]


def _task(node, cells, group):
    return Task(
        title=_flat(cells["title"]),
        area=group.area if group else None,
        group=_without_label(group.title) if group else "",
        label=node.label,
        product=_flat(cells["product"]),
        lead=_flat(cells["lead"]),
        support=[cells["support"]] if cells["support"] else [],
        time=_flat(cells["time"]),
        money=_flat(cells["money"]),
        note=_flat(cells["note"]),
        node=node.position,
    )


def _flat(text):
    return " ".join(text.split())
