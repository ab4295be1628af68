"""The tree of a plan's parts: moving, indenting, adding, deleting, numbering. Pure.

`sections` is that of plans.department.content: dicts with id, parent, level, label, mark, title, text, area, cells,
in the order of the document, each part followed by what stands below it. Every operation names a part by its id and
gives a new list; parts it does not touch keep their order. Raises CannotEdit with what to do instead.
"""

from collections.abc import Callable
from itertools import count

from django.utils.translation import gettext as _

from documents.vietnamese import enumerator, enumerator_position, fold, from_roman, roman

TABLE = ("header", "group", "row")
LADDER = ("article", "roman", "number", "letter", "dash", "plus")
NUMBERED = LADDER[:4]
CHANGEABLE = (*LADDER, "paragraph")
BELOW = {
    "": "roman", "article": "number", "roman": "number", "number": "letter", "letter": "dash", "dash": "plus",
    "plus": "plus", "paragraph": "dash",
}  # fmt: skip
UP, DOWN = -1, 1
APPENDIX = "phu luc"

Sections = list[dict]


class CannotEdit(Exception):
    """The operation makes no sense there; the message says why."""


# Finding


def place_of(sections: Sections, number: int) -> int:
    """Where the part with that id stands; raises CannotEdit when it is gone."""
    for place, row in enumerate(sections):
        if row["id"] == number:
            return place
    raise CannotEdit(_("Mục này không còn trong kế hoạch: có người vừa xóa nó."))


def end_of(sections: Sections, place: int) -> int:
    """The place after the part and everything below it."""
    below = {sections[place]["id"]}
    end = place + 1
    while end < len(sections) and sections[end]["parent"] in below:
        below.add(sections[end]["id"])
        end += 1
    return end


def children_of(sections: Sections, parent: int | None) -> list[int]:
    """The places of the parts right below `parent`."""
    return [place for place, row in enumerate(sections) if row["parent"] == parent]


def next_id(sections: Sections) -> int:
    """An id that no part has; below 0, as no stored row."""
    return min([0, *(row["id"] for row in sections)]) - 1


def _copy(sections: Sections) -> Sections:
    return [dict(row) for row in sections]


def _blocks(sections: Sections, parent: int | None) -> list[tuple[int, int]]:
    """(first, after) of what stands right below `parent`, the rows of one table as one block."""
    blocks: list[tuple[int, int]] = []
    for place in children_of(sections, parent):
        end = end_of(sections, place)
        joined = blocks and blocks[-1][1] == place and _in_table(sections[blocks[-1][0]]) and _in_table(sections[place])
        if joined:
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((place, end))
    return blocks


def _in_table(row: dict) -> bool:
    return row["level"] in TABLE


# Moving


def move(sections: Sections, number: int, step: int) -> Sections:
    """The part with what is below it one place up (-1) or down (1) among its siblings."""
    sections = _copy(sections)
    place = place_of(sections, number)
    row = sections[place]
    if _in_table(row):
        return _move_row(sections, place, step)
    blocks = _blocks(sections, row["parent"])
    at = next(n for n, (first, _end) in enumerate(blocks) if first == place)
    if not 0 <= at + step < len(blocks):
        raise CannotEdit(_("Mục đã ở đầu.") if step < 0 else _("Mục đã ở cuối."))
    (first, middle), (_second, end) = sorted((blocks[at], blocks[at + step]))
    sections[first:end] = sections[middle:end] + sections[first:middle]
    return sections


def _move_row(sections: Sections, place: int, step: int) -> Sections:
    other = place + step
    if sections[place]["level"] == "header":
        raise CannotEdit(_("Dòng đầu bảng đứng yên."))
    if (
        not 0 <= other < len(sections)
        or sections[other]["level"] not in ("group", "row")
        or sections[other]["parent"] != sections[place]["parent"]
    ):
        raise CannotEdit(_("Dòng đã ở đầu bảng.") if step < 0 else _("Dòng đã ở cuối bảng."))
    sections[place], sections[other] = sections[other], sections[place]
    return sections


def indent(sections: Sections, number: int) -> Sections:
    """The part becomes the last one below its previous sibling."""
    sections = _copy(sections)
    place = place_of(sections, number)
    row = sections[place]
    _refuse_table(row)
    siblings = [sibling for sibling in children_of(sections, row["parent"]) if sibling < place]
    if not siblings:
        raise CannotEdit(_("Không có mục nào phía trên để đưa vào."))
    above = sections[siblings[-1]]
    if _in_table(above) or above["level"] == "paragraph" and row["level"] in NUMBERED:
        raise CannotEdit(_("Phía trên là bảng hoặc đoạn văn, không đưa mục vào trong được."))
    lasts = [sections[child]["level"] for child in children_of(sections, above["id"])]
    listed = [level for level in lasts if level in LADDER]
    row["parent"] = above["id"]
    if not _ranks_below(row, above):
        _set_level(row, listed[-1] if listed else BELOW[above["level"]])
    _settle_below(sections, place)
    return sections


def outdent(sections: Sections, number: int) -> Sections:
    """The part stands beside the one it was below; what followed it there now stands below it.

    The text keeps its order: nothing but the depth changes.
    """
    sections = _copy(sections)
    place = place_of(sections, number)
    row = sections[place]
    _refuse_table(row)
    if row["parent"] is None:
        raise CannotEdit(_("Mục đã ở cấp ngoài cùng."))
    above = sections[place_of(sections, row["parent"])]
    followers = [child for child in children_of(sections, row["parent"]) if child > place]
    row["parent"] = above["parent"]
    if row["level"] in LADDER:
        _set_level(row, above["level"] if above["level"] in LADDER else row["level"])
    for follower in followers:
        sections[follower]["parent"] = row["id"]
    _settle_below(sections, place)
    return sections


def _refuse_table(row: dict) -> None:
    if _in_table(row):
        raise CannotEdit(_("Dòng của bảng chỉ chuyển lên, xuống hoặc xóa."))


def _settle_below(sections: Sections, place: int) -> None:
    """What is listed below a part ranks below it: a letter under a letter becomes a dash."""
    rows = {row["id"]: row for row in sections[place : end_of(sections, place)]}
    for row in list(rows.values())[1:]:
        above = rows[row["parent"]]
        nested = row["level"] == above["level"] == "number"  # 1. and below it 1.1.
        if not nested and not _ranks_below(row, above):
            _set_level(row, BELOW[above["level"]])


def _ranks_below(row: dict, above: dict) -> bool:
    if row["level"] not in LADDER or above["level"] not in LADDER:
        return True
    return LADDER.index(row["level"]) > LADDER.index(above["level"])


# Adding, deleting, splitting, joining


def add_after(sections: Sections, number: int) -> tuple[Sections, int]:
    """An empty part of the same kind after the part and what is below it; gives the list and the new id."""
    sections = _copy(sections)
    place = place_of(sections, number)
    row = sections[place]
    level = row["level"] if row["level"] != "header" else "row"
    new = blank(next_id(sections), row["parent"], level, len(row["cells"]))
    sections.insert(end_of(sections, place), new)
    return sections, new["id"]


def add_below(sections: Sections, number: int | None) -> tuple[Sections, int]:
    """An empty part as the last one below the part (None: of the whole plan); gives the list and the new id."""
    sections = _copy(sections)
    place = place_of(sections, number) if number is not None else None
    if place is not None:
        _refuse_table(sections[place])
    listed = [sections[child]["level"] for child in children_of(sections, number)]
    listed = [level for level in listed if level not in TABLE]
    level = listed[-1] if listed else BELOW[sections[place]["level"] if place is not None else ""]
    new = blank(next_id(sections), number, level)
    sections.insert(end_of(sections, place) if place is not None else len(sections), new)
    return sections, new["id"]


def blank(number: int, parent: int | None, level: str, cells: int = 0) -> dict:
    """A part in which nothing is written yet."""
    return {
        "id": number, "parent": parent, "level": level, "label": "", "mark": "", "title": "", "text": "", "area": "",
        "cells": [""] * cells,
    }  # fmt: skip


def delete(sections: Sections, number: int) -> Sections:
    """Without the part and everything below it."""
    place = place_of(sections, number)
    return _copy(sections[:place] + sections[end_of(sections, place) :])


def split(sections: Sections, number: int) -> Sections:
    """One part a line of its text; what is below it goes below the last one."""
    sections = _copy(sections)
    place = place_of(sections, number)
    row = sections[place]
    _refuse_table(row)
    lines = [line.strip() for line in row["text"].splitlines() if line.strip()]
    if len(lines) < 2:
        raise CannotEdit(_("Mục chỉ có một dòng. Xuống dòng ở chỗ muốn tách rồi bấm lại."))
    below = [sections[child] for child in children_of(sections, number)]
    row["text"] = lines[0]
    new = [
        blank(first, row["parent"], row["level"]) | {"text": line}
        for first, line in zip(count(next_id(sections), -1), lines[1:], strict=False)
    ]
    for child in below:
        child["parent"] = new[-1]["id"]
    sections[place + 1 : place + 1] = new
    return sections


def join(sections: Sections, number: int) -> Sections:
    """The part's text goes to the end of the sibling before it, and what was below it goes below that one."""
    sections = _copy(sections)
    place = place_of(sections, number)
    row = sections[place]
    _refuse_table(row)
    siblings = [sibling for sibling in children_of(sections, row["parent"]) if sibling < place]
    above = sections[siblings[-1]] if siblings else None
    if above is None or above["level"] != row["level"] or row["title"] or row["area"]:
        raise CannotEdit(_("Chỉ ghép được với mục liền trên cùng loại, và mục này không có tiêu đề."))
    if end_of(sections, siblings[-1]) != siblings[-1] + 1:
        raise CannotEdit(_("Mục liền trên có mục con, ghép vào thì lẫn thứ tự. Hãy chuyển mục con trước."))
    above["text"] = " ".join(filter(None, (above["text"], row["text"])))
    for child in children_of(sections, number):
        sections[child]["parent"] = above["id"]
    del sections[place]
    return sections


# Kind, area, labels


def set_level(sections: Sections, number: int, level: str) -> Sections:
    """Another kind of part (mục, khoản, điểm, gạch đầu dòng, đoạn …) at the same place."""
    sections = _copy(sections)
    row = sections[place_of(sections, number)]
    _refuse_table(row)
    if level not in CHANGEABLE:
        raise CannotEdit(_("Không có loại mục này."))
    _set_level(row, level)
    return sections


def _set_level(row: dict, level: str) -> None:
    if row["level"] != level:
        row["level"], row["label"], row["mark"] = level, "", ""


def set_area(sections: Sections, number: int | None, area: str) -> Sections:
    """The part opens the content area from now on; no other part does. None: no part does."""
    sections = _copy(sections)
    for row in sections:
        if row["area"] == area:
            row["area"] = ""
    if number is not None:
        row = sections[place_of(sections, number)]
        _refuse_table(row)
        row["area"] = area
    return sections


def relabel(sections: Sections, *, keep: bool) -> Sections:
    """With the labels as they belong: I II III, 1 1.1, a b c d đ e g, - and +.

    `keep` leaves what is printed and gives labels only to parts that have none yet: the one that follows the
    label of the sibling before.
    """
    sections = _copy(sections)
    above = {row["id"]: row for row in sections}
    last: dict[tuple, str] = {}
    for row in sections:
        if row["parent"] is None and fold(row["title"] or row["text"]).startswith(APPENDIX):
            last = {key: label for key, label in last.items() if key[0] is not None}  # an appendix begins anew
        if row["level"] not in LABELS:
            if row["level"] == "paragraph" and not keep:
                row["label"] = row["mark"] = ""
            continue
        following, mark = LABELS[row["level"]]
        key = (row["parent"], row["level"])
        if not (keep and (row["label"] or row["mark"])):
            parent = above.get(row["parent"])
            row["label"] = following(last.get(key, ""), parent)
            row["mark"] = mark.format(row["label"])
        last[key] = row["label"]
    return sections


def _next_roman(label: str, parent: dict | None) -> str:
    try:
        return roman(from_roman(label) + 1) if label else roman(1)
    except ValueError:
        return roman(1)


def _next_number(label: str, parent: dict | None) -> str:
    head = f"{parent['label']}." if parent and parent["level"] == "number" and parent["label"] else ""
    tail = label.rpartition(".")[2]
    return f"{head}{int(tail) + 1 if tail.isascii() and tail.isdigit() and len(tail) < 5 else 1}"


def _next_letter(label: str, parent: dict | None) -> str:
    try:
        return enumerator(enumerator_position(label) + 1) if label else enumerator(0)
    except ValueError:
        return enumerator(0)


def _no_label(label: str, parent: dict | None) -> str:
    return ""


def _next_article(label: str, parent: dict | None) -> str:
    return _next_number(label, None)


# What follows a label under which parent, and how it is printed.
LABELS: dict[str, tuple[Callable[[str, dict | None], str], str]] = {
    "article": (_next_article, "Điều {}."),
    "roman": (_next_roman, "{}."),
    "number": (_next_number, "{}."),
    "letter": (_next_letter, "{})"),
    "dash": (_no_label, "-"),
    "plus": (_no_label, "+"),
}
