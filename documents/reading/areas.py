"""Content areas, known by what their heading means and not by its letter."""

import re
from collections import defaultdict

from documents.reading.model import LISTS, Area
from documents.reading.vocabulary import AREA_LEADS
from documents.vietnamese import fold

_CANDIDATES = ("article", "roman", "number", "letter", "group", "dash")
_LONGEST_HEADING = 160


def words(text):
    """The text folded to words and spaces only."""
    return " ".join(re.findall(r"\w+", fold(text)))


_LEADS = re.compile(rf"(?:{'|'.join(sorted(map(words, AREA_LEADS), key=len, reverse=True))})\b\s*")


def area_matcher(areas):
    """A function that gives (code, whether the name is matched in full) of a heading, or None."""
    names = sorted(
        ((words(alias), area.code) for area in areas for alias in (area.name, *area.aliases)),
        key=lambda pair: -len(pair[0]),
    )

    def match(heading):
        rest = words(heading)
        while True:
            for alias, code in names:
                if rest == alias or rest.startswith(f"{alias} "):
                    return code, len(rest) - len(alias) < 25
            lead = _LEADS.match(rest)
            if not lead or not lead.end():
                return None
            rest = rest[lead.end() :]

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
    heading is its name and no more.
    """
    match, children = area_matcher(areas), children_map(reading.outline)
    families = defaultdict(list)
    for node in reading.outline:
        if node.part in ("head", "tail") or node.level not in _CANDIDATES:
            continue
        heading = _heading(node, children)
        if heading and (found := match(heading)):
            families[node.parent, node.level].append((node, *found))
    family_found = any(len({code for _, code, _ in family}) > 1 for family in families.values())
    for family in families.values():
        is_family = len({code for _, code, _ in family}) > 1
        for node, code, in_full in family:
            if is_family or (in_full and not family_found):
                node.area = code


def _heading(node, children):
    if node.level == "dash":
        below = any(child.level == "plus" for child in children[node.position])
        return node.text if below and len(node.text) <= _LONGEST_HEADING else ""
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
        own = [node.text] if node.title and node.text else []
        items = items or own + [child.text for child in below if child.level == "paragraph"]
        areas.append(Area(node.label, node.area, node.name or node.text.rstrip(" :;."), tuple(items), node.position))
    return areas
