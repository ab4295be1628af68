"""Content areas, known by what their heading means and not by its letter."""

import re
from collections import defaultdict

from documents.reading.model import LISTS, Area
from documents.reading.vocabulary import AREA_LEADS
from documents.vietnamese import fold

_CANDIDATES = ("article", "roman", "number", "letter", "group", "dash", "plus")
_LONGEST_HEADING = 160
_LONGEST_TITLE = 110
_UNIT = re.compile(
    r"(?:giao |de nghi |cac )*(?:phong|van phong|so|trung tam|thanh tra|chi cuc|ban(?! hanh)|ubnd|uy ban|"
    r"bo phan|don vi|cong chuc|truong|cong an|thu truong|chanh|lanh dao|mat tran|kinh phi|muc tieu|"
    r"muc dich|chi so|chi tieu|to chuc thuc)\b"
)


def words(text):
    """The text folded to words and spaces only."""
    return " ".join(re.findall(r"\w+", fold(text)))


_LEADS = re.compile(rf"(?:{'|'.join(sorted(map(words, AREA_LEADS), key=len, reverse=True))})\b\s*")
_LATEST = 60  # where the words of an area begin in its heading, at the latest


def area_matcher(areas):
    """A function that gives (code, whether the name is matched in full) of a heading, or None.

    A heading means an area when, after words such as "tuyên truyền về", it begins with one of the area's names;
    else when the area's words stand in it, the earliest ones counting.
    """
    names = sorted(
        ((words(alias), area.code) for area in areas for alias in (area.name, *area.aliases)),
        key=lambda pair: -len(pair[0]),
    )
    meanings = [(area.code, re.compile(rf"\b(?:{area.words})\b")) for area in areas if area.words]

    def match(heading):
        rest = said = words(heading)
        while True:
            for alias, code in names:
                if rest == alias or rest.startswith(f"{alias} "):
                    return code, len(rest) - len(alias) < 25
            lead = _LEADS.match(rest)
            if not lead or not lead.end():
                break
            rest = rest[lead.end() :]
        found = [(hit.start(), code) for code, pattern in meanings if (hit := pattern.search(said, 0, 200))]
        early = [hit for hit in found if hit[0] <= _LATEST]
        return (min(early)[1], False) if early and not _UNIT.match(said) else None

    return match


def children_map(nodes):
    """Position → the nodes right below it."""
    children = defaultdict(list)
    for node in nodes:
        if node.parent is not None:
            children[node.parent].append(node)
    return children


def mark_areas(reading, areas):
    """Sets node.area on the headings that open a content area.

    Areas come as a family: at least two different ones side by side. One alone counts only when the
    heading is its name and no more. A row of a table that names an area is one only beside another such row.
    """
    match, children = area_matcher(areas), children_map(reading.outline)
    families = defaultdict(list)
    for node in reading.outline:
        if node.part in ("head", "tail") or node.level not in _CANDIDATES:
            continue
        heading = _heading(node, children)
        if heading and (found := match(heading)):
            families[node.parent, node.level].append((node, *found))
    family_found = any(_is_family(family) for family in families.values())
    for (_parent, level), family in families.items():
        is_family = _is_family(family)
        for node, _code, _in_full in family:
            node.area = None
        for node, code, in_full in family:
            if is_family or (in_full and not family_found and level not in ("dash", "plus")):
                node.area = code


def _is_family(family):
    """Two different areas side by side, one of them by its very name."""
    codes = {code for _node, code, _in_full in family}
    named = sum(in_full for _node, _code, in_full in family)
    return len(codes) > 1 and (named > 0 or len(codes) > 2)


def _heading(node, children):
    if node.level in ("dash", "plus"):
        title, colon, _rest = node.text.partition(":")
        below = any(child.level == "plus" for child in children[node.position])
        return title if (colon or below) and len(title) <= _LONGEST_TITLE else ""
    heading = node.name or node.text
    return heading if len(heading) <= _LONGEST_HEADING else ""


def read_areas(reading):
    """The content areas with their items: the list entries right below each, or its own text."""
    children, areas = children_map(reading.outline), []
    for node in reading.outline:
        if node.area is None:
            continue
        below = children[node.position]
        items = [child.content for child in below if child.level in (*LISTS, "number", "row")]
        title, own = node.name or node.text.rstrip(" :;."), node.text if node.title else ""
        if node.level in ("dash", "plus"):
            title, _colon, own = (part.strip() for part in node.text.partition(":"))
        below = [child.text for child in below if child.level == "paragraph"]
        items = [own] * bool(own) + (items or below)
        areas.append(Area(node.label, node.area, title.rstrip(" :;."), tuple(items), node.position))
    return areas
