"""Corrections of what was read from a plan, on the plain content of plans.department.content. Pure: no row is touched.

Besides the keys there, a content on its way in has `letterhead` (parent, agency), `tasks` (of tables), and in
`set_aside` the blocks that a person took out, each with its `row` and the id of the block it stood `after`.
A defect is `settled` when it needs no more attention, and `fixed` when that is because of a correction.
"""

import re

from django.utils.translation import gettext_lazy

from documents.reading.model import Node, PlanReading
from documents.reading.tables import read_tables
from documents.reading.vocabulary import DEFAULT_AREAS
from plans.department.content import cite
from plans.models.plan import SectionLevel

TABLE_LEVELS = (SectionLevel.HEADER.value, SectionLevel.GROUP.value, SectionLevel.ROW.value)
LIST_LEVELS = (SectionLevel.DASH.value, SectionLevel.PLUS.value, SectionLevel.PARAGRAPH.value)
TASK = ("area", "label", "title", "product", "lead", "support", "time", "money", "note")
REMOVED = gettext_lazy("bỏ khỏi văn bản khi nhập")
_RANKS = {"article": 0, "roman": 1, "letter": 6, "dash": 9, "plus": 10}
_DEADLINES = ("deadline",)  # beginnings of the codes that speak of a duty's date

# Defect of the frame → (whether it still holds, where, what it says). Their rows come and go with the facts.
FRAME_DEFECTS = {
    "year_missing": (
        lambda content: not content["year"],
        gettext_lazy("Năm"),
        gettext_lazy("Không thấy năm của kế hoạch; phải có năm mới lưu được thành bản thảo."),
    ),
    "number_blank": (
        lambda content: content["frame"]["symbol"] and not content["frame"]["number"],
        gettext_lazy("Số, ký hiệu"),
        gettext_lazy("Chưa ghi số văn bản."),
    ),
    "symbol_missing": (
        lambda content: not content["frame"]["symbol"],
        gettext_lazy("Số, ký hiệu"),
        gettext_lazy("Không thấy số, ký hiệu văn bản."),
    ),
    "day_blank": (
        lambda content: content["frame"]["place"] and not content["frame"]["date_day"],
        gettext_lazy("Địa danh, ngày tháng"),
        gettext_lazy("Chưa ghi ngày ban hành."),
    ),
    "date_unreadable": (lambda content: not content["frame"]["date_day"], "", ""),
    "date_missing": (
        lambda content: not content["frame"]["place"],
        gettext_lazy("Địa danh, ngày tháng"),
        gettext_lazy("Không thấy địa danh, ngày tháng năm ban hành."),
    ),
    "parent_agency_missing": (lambda content: not content["letterhead"]["parent"], "", ""),
    "title_missing": (
        lambda content: not content["frame"]["title"],
        gettext_lazy("Tên kế hoạch"),
        gettext_lazy("Không thấy tên kế hoạch."),
    ),
    "recipients_missing": (
        lambda content: not content["recipients"],
        gettext_lazy("Nơi nhận"),
        gettext_lazy("Không thấy phần Nơi nhận."),
    ),
    "signer_missing": (
        lambda content: not (content["frame"]["signer_title"] and content["frame"]["signer_name"]),
        gettext_lazy("Chữ ký"),
        gettext_lazy("Không thấy chức vụ, họ tên người ký."),
    ),
}


# What follows from the blocks


def derive(content: dict) -> dict:
    """Read anew what hangs on the words of the blocks: documents cited, tasks of tables."""
    cite(content)
    content["tasks"] = _tasks(content["sections"])
    return content


def _tasks(sections: list[dict]) -> list[dict]:
    """One entry a row of a task table; `section` is the block's id."""
    if not any(row["level"] in TABLE_LEVELS for row in sections):
        return []
    places = {row["id"]: position for position, row in enumerate(sections)}
    nodes = [
        Node(
            "row" if row["level"] in TABLE_LEVELS else row["level"], row["text"], position=position, title=row["title"],
            label=row["label"], mark=row["mark"], cells=tuple(row["cells"]), parent=places.get(row["parent"]),
        )
        for position, row in enumerate(sections)
    ]  # fmt: skip
    reading = PlanReading(outline=nodes)
    read_tables(reading, DEFAULT_AREAS)
    return [
        {name: getattr(task, name) for name in TASK} | {"section": sections[task.node]["id"]} for task in reading.tasks
    ]


def judge(content: dict) -> dict:
    """Look again at what is missing in the frame: a defect that is mended is settled, a new gap is pointed out."""
    known = {row["code"]: row for row in content["defects"]}
    for code, (holds, where, text) in FRAME_DEFECTS.items():
        missing, row = bool(holds(content)), known.get(code)
        if row is None and missing and text and not _said_otherwise(code, known):
            content["defects"].append(
                {"code": code, "severity": "error" if code == "year_missing" else "warning", "where": str(where),
                 "text": str(text), "section": None, "settled": False}
            )  # fmt: skip
        elif row is not None and not missing and not row["settled"]:
            row["settled"] = row["fixed"] = True
        elif row is not None and missing and row.get("fixed"):
            row["settled"] = row["fixed"] = False
    return content


def _said_otherwise(code: str, known: dict) -> bool:
    """The reader says of one gap in the date one thing only."""
    dates = {"day_blank", "date_unreadable", "date_missing"}
    return code in dates and any(other in known and not known[other]["settled"] for other in dates - {code})


def settle(content: dict, section: int, *, dates: bool) -> None:
    """The open defects of a block are mended: those about its dates, or all others."""
    for row in content["defects"]:
        if row["section"] == section and not row["settled"] and is_about_date(row) == dates:
            row["settled"] = row["fixed"] = True


def is_about_date(defect: dict) -> bool:
    return defect["code"].startswith(_DEADLINES)


def is_about_people(defect: dict) -> bool:
    """Doubts about the words of "Nơi nhận"."""
    return defect["section"] is None and defect["where"].startswith("Nơi nhận")


# Blocks


def index_of(content: dict, block: int) -> int:
    """Where the block stands; raises LookupError when it is gone."""
    for position, row in enumerate(content["sections"]):
        if row["id"] == block:
            return position
    raise LookupError(block)


def printed(row: dict) -> str:
    """A block's words in one line, as they are printed."""
    return " ".join(filter(None, (row["mark"], row["title"], row["text"]))) if not row["cells"] else " | ".join(
        cell for cell in row["cells"] if cell
    )  # fmt: skip


def label_of(mark: str) -> str:
    """The letter or number in a mark: "1.1." → "1.1", "PHẦN I" → "I", "-" → ""."""
    found = re.findall(r"\w+(?:\.\w+)*", mark)
    return found[-1] if found else ""


def change_block(content: dict, block: int, values: dict) -> None:
    """Give a block other words, another kind or place among the areas; its defects are mended by that."""
    row = content["sections"][index_of(content, block)]
    moved = row["level"] != values.get("level", row["level"])
    if "mark" in values and values["mark"] != row["mark"]:
        row["label"] = label_of(values["mark"])
    row.update(values)
    if row["level"] in TABLE_LEVELS:
        row["text"] = " | ".join(cell for cell in row["cells"] if cell)
    elif row["cells"]:
        row["text"], row["cells"] = row["text"] or " | ".join(filter(None, row["cells"])), []
    if moved:
        place(content["sections"])
    settle(content, block, dates=False)


def may_merge(content: dict, block: int) -> bool:
    """Whether a block can go on the one before it: both are text, not rows of a table."""
    position = index_of(content, block)
    return position > 0 and all(
        row["level"] not in TABLE_LEVELS for row in content["sections"][position - 1 : position + 1]
    )


def merge_up(content: dict, block: int) -> int:
    """Put a block to the end of the one before it; gives that one's id."""
    if not may_merge(content, block):
        raise LookupError(block)
    position = index_of(content, block)
    above, row = content["sections"][position - 1 : position + 1]
    name = "text" if above["text"] or not above["title"] else "title"
    above[name] = f"{above[name]} {printed(row)}".strip()
    settle(content, block, dates=False)
    settle(content, above["id"], dates=False)
    _take(content, position, above["id"])
    return above["id"]


def split(content: dict, block: int, first: str, rest: str) -> int:
    """Make two blocks of one: its text becomes `first`, a new one below gets `rest`; gives the new one's id."""
    position = index_of(content, block)
    row = content["sections"][position]
    row["text"] = first
    alike = row["level"] in LIST_LEVELS and not row["title"]
    new = row | {
        "id": _new_id(content), "title": "", "text": rest, "area": "", "cells": [], "label": "",
        "level": row["level"] if alike else SectionLevel.PARAGRAPH.value, "mark": row["mark"] if alike else "",
        "parent": row["parent"] if alike else block,
    }  # fmt: skip
    content["sections"].insert(position + 1, new)
    place(content["sections"])
    settle(content, block, dates=False)
    return new["id"]


def _new_id(content: dict) -> int:
    rows = content["sections"] + [row["row"] for row in content["set_aside"] if "row" in row]
    return max((row["id"] for row in rows), default=0) + 1


def take_out(content: dict, block: int) -> None:
    """Take a block out of the text; it is kept among what was set aside and can be put back."""
    position = index_of(content, block)
    row = content["sections"][position]
    after = content["sections"][position - 1]["id"] if position else None
    content["set_aside"].append(
        {"line": 0, "text": printed(row), "reason": str(REMOVED), "row": dict(row), "after": after}
    )
    settle(content, block, dates=True)
    settle(content, block, dates=False)
    _take(content, position, None)


def put_back(content: dict, block: int) -> None:
    """Put back a block that was taken out, where it stood (at the end, when that place is gone). Safe to repeat."""
    kept = next((row for row in content["set_aside"] if row.get("row", {}).get("id") == block), None)
    if kept is None:
        index_of(content, block)
        return
    content["set_aside"].remove(kept)
    try:
        position = index_of(content, kept["after"]) + 1 if kept["after"] is not None else 0
    except LookupError:
        position = len(content["sections"])
    content["sections"].insert(position, kept["row"])
    place(content["sections"])


def _take(content: dict, position: int, heir: int | None) -> None:
    """Remove a block; what pointed at it points at `heir`, its children go to its parent."""
    gone = content["sections"].pop(position)
    for row in content["sections"]:
        if row["parent"] == gone["id"]:
            row["parent"] = gone["parent"]
    for row in (*content["defects"], *content["duties"]):
        if row["section"] == gone["id"]:
            row["section"] = heir
    place(content["sections"])


def place(sections: list[dict]) -> None:
    """Say anew what lies under what, after a block came, went or changed its kind.

    Paragraphs and rows of tables stay where the reader has put them as long as that place is still above them.
    """
    stack: list[tuple[float, dict]] = []
    seen: set[int | None] = {None}
    for row in sections:
        above = [each for rank, each in stack if rank < _RANKS["dash"]]
        if row["level"] in TABLE_LEVELS:
            if row["parent"] not in seen:
                row["parent"] = stack[-1][1]["id"] if stack else None
        elif row["level"] == SectionLevel.PARAGRAPH:
            if row["parent"] not in {None, *(each["id"] for each in above)}:
                titled = [each for each in above if each["title"]]
                row["parent"] = (titled or above or [{"id": None}])[-1]["id"]
        else:
            rank = _rank(row)
            while stack and stack[-1][0] >= rank:
                stack.pop()
            row["parent"] = stack[-1][1]["id"] if stack else None
            stack.append((rank, row))
        seen.add(row["id"])


def _rank(row: dict) -> float:
    if row["level"] == "number":
        return 2 + row["label"].count(".")
    if row["level"] == "roman" and not re.fullmatch("[IVX]+", row["label"]):
        return 0.5  # "A." stands above "I."
    return _RANKS[row["level"]]
