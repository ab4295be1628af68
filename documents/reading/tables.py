"""Tables of tasks: TT | Nội dung | Sản phẩm | Chủ trì | Phối hợp | Thời gian | Kinh phí | Ghi chú."""

import re

from documents.reading.areas import area_matcher
from documents.reading.lines import is_upper
from documents.reading.model import Task
from documents.reading.vocabulary import COLUMNS
from documents.vietnamese import UPPER, fold

_GROUP_LABEL = re.compile(r"(?:[IVX]+|[A-ZĐ]|[a-zđ])[.)]?")
_UNIT = (
    r"(?:các|phòng|văn phòng|trung tâm|thanh tra|sở|ban|ubnd|uỷ ban|ủy ban|chi cục|đơn vị|trường|hội|"
    rf"đoàn|công đoàn|cơ quan|bộ phận|công an|báo|đài|(?-i:[{UPPER}]{{2,}}))\b"
)
_PARTS = re.compile(
    rf"\s*[;\n]+\s*|\s*,\s+(?=(?-i:[{UPPER}]){{1}})(?={_UNIT})|\s*,\s+(?=các\s)|\s+và\s+(?={_UNIT})|\s*,\s*và\s+",
    re.IGNORECASE,
)


def split_units(text):
    """The units of one cell, each once; "các phòng, đơn vị" stays one entry, as do commas inside a name."""
    parts = [re.sub(r"\s+", " ", re.sub(r"^[-–+•]\s*", "", part)).strip(" .,;") for part in _PARTS.split(text)]
    return list(dict.fromkeys(part for part in parts if part))


def read_tables(reading, areas):
    """Turns table rows into group nodes and tasks; rows that a page end split are put together."""
    match, columns, group, task = area_matcher(areas), None, None, None
    for node in reading.outline:
        if node.level != "row":
            if node.level in ("article", "roman", "number"):
                columns, group, task = None, None, None
            continue
        if found := read_columns(node.cells):
            columns, group, task = found, None, None
            node.level = "header"
            continue
        if columns is None:
            continue
        cells = _named(node.cells, columns)
        if heading := _group_heading(node, cells, task, match):
            _open_group(node, cells, heading, match)
            group, task = node, None
        elif task and _continues(cells):
            _extend(task, cells)
            node.parent = task.node
            reading.outline[task.node].text = task.title
        else:
            node.parent = group.position if group else node.parent
            node.label = cells["label"].rstrip(".)")
            task = _task(node, cells, group)
            reading.tasks.append(task)
            node.text = task.title or node.text
    for task in reading.tasks:
        task.support = split_units("\n".join(task.support))


def read_columns(cells):
    """Column name → index when the cells are the heading of a task table, else None."""
    found = {}
    for index, cell in enumerate(cells):
        text = fold(cell)
        for name, aliases in COLUMNS.items():
            hit = any(
                text == fold(alias) or text.startswith(f"{fold(alias)} ") or text.startswith(f"{fold(alias)}/")
                for alias in aliases
            )
            if name not in found and hit:
                found[name] = index
                break
    return found if "title" in found and len(found) >= 3 else None


def _named(cells, columns):
    return {
        name: cells[columns[name]].strip() if name in columns and columns[name] < len(cells) else "" for name in COLUMNS
    }


def _group_heading(node, cells, task, match):
    """The heading of a row that spans all columns, or ""."""
    filled = [cell for cell in node.cells if cell]
    if not filled:
        return ""
    different = list(dict.fromkeys(filled))
    label, text = cells["label"], cells["title"]
    if len(different) == 1 and (len(filled) > 1 or len(node.cells) == 1):
        return different[0]
    if len(different) == 2 and different[0] == label and len(filled) == len(node.cells) > 3:
        return different[1]
    if len(filled) == 1 or (len(filled) == 2 and label):
        heading = text or filled[0]
        if label and label != heading and _GROUP_LABEL.fullmatch(label):
            return heading
        if not label or label == heading:
            return heading if is_upper(heading) or match(heading) or task is None else ""
    return ""


def _open_group(node, cells, heading, match):
    node.level, found = "group", match(_without_label(heading))
    label = cells["label"] if cells["label"] != heading else ""
    node.label = (label or (re.match(r"([IVX]+|[a-zđ]|\d+)[.)]\s", heading) or ["", ""])[1]).rstrip(".)")
    node.title, node.text = heading, ""
    node.area = found[0] if found else None


def _without_label(heading):
    return re.sub(r"^(?:[IVX]+|[A-Za-zđĐ]|\d+)[.)]\s+", "", heading)


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
