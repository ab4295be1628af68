"""Motto, documents cited, channels and audiences."""

import re
from collections import defaultdict

from documents.reading.areas import children_map
from documents.reading.model import LISTS, Citation
from documents.reading.outline import folded
from documents.references import find_references
from documents.vietnamese import fold

_MOTTO = re.compile(r"phương\s+châm(?:\s+hành\s+động)?[^“\"«.;]{0,60}[“\"«]([^”\"»]{3,300})[”\"»]", re.IGNORECASE)
_CHANNEL = re.compile(
    r"(?:ve )?(?:cac )?(?:(?:bien phap|phuong phap|phuong tien)(?:,| va|, va)? )?"
    r"(?:hinh thuc|kenh|phuong thuc|cach thuc|phuong tien)\b"
)
_NOT_CHANNEL = re.compile(r"giai phap|noi dung|doi tuong|xu ly|khen thuong")
_AUDIENCE = re.compile(r"(?:cac )?doi tuong\b")
_NOT_AUDIENCE = re.compile(r"hinh thuc|noi dung|muc dich")
_ENCLOSED = re.compile(r"\(?\s*(?:ban hành\s+)?kèm\s+theo\b", re.IGNORECASE)
_TOWARDS = re.compile(r"đối\s+với\s+", re.IGNORECASE)
_PEOPLE = re.compile(
    r"nguoi dan|doanh nghiep|can bo|cong chuc|vien chuc|nhan dan|nguoi lao dong|hoc sinh|sinh vien|hoi vien|cong dong"
)


def read_motto(nodes):
    """The words in quotation marks after "phương châm", or None."""
    return next((match.group(1).strip() for node in nodes if (match := _MOTTO.search(node.content))), None)


def read_citations(nodes):
    """One Citation per document, in the order of first mention; the plan's own number is none."""
    found = defaultdict(list)
    for node in nodes:
        if node.part in ("head", "tail") or _ENCLOSED.match(node.content):
            continue
        for reference in find_references(node.content):
            found[reference.key].append((reference, node.position))
    return [_citation(key, mentions) for key, mentions in found.items()]


def _citation(key, mentions):
    references = [reference for reference, _ in mentions]
    first = references[0]
    return Citation(
        key,
        next((r.type for r in references if r.type), ""),
        first.type_code,
        first.number,
        first.symbol,
        next((r.date for r in references if r.date), None),
        next((r.issuer for r in references if r.issuer), None),
        tuple(r.as_written for r in references),
        tuple(position for _, position in mentions),
    )


def _entries(node, children):
    """What a heading lists: the entries below it, else its own text, else the paragraphs below."""
    below = children[node.position]
    listed = [child.content for child in below if child.level in (*LISTS, "number")]
    return (
        listed
        or ([node.text] if node.title and node.text else [])
        or [child.text for child in below if child.level == "paragraph"]
    )


def read_channels(reading):
    """The entries of the section "Hình thức tuyên truyền"; a section of solutions is none."""
    children = children_map(reading.outline)
    sections = [
        node
        for node in reading.outline
        if node.level in ("roman", "number", "letter") and _CHANNEL.match(folded(node)) and node.title
    ]
    # "Phương thức" with "Hình thức" and "Đối tượng" below it lists neither; with kinds of "Hình thức" it lists them
    above = {
        node.parent
        for node in sections
        if any(child.title and not _CHANNEL.match(folded(child)) for child in children.get(node.parent, ()))
    }
    clear = [node for node in sections if not _NOT_CHANNEL.search(folded(node)) and node.position not in above]
    for node in sorted(clear, key=lambda node: "tuyen truyen" not in folded(node)):
        if entries := _entries(node, children):
            return entries
    return _listed_under_a_dash(reading, children)


def _listed_under_a_dash(reading, children):
    """The entries of "- Hình thức tuyên truyền: …", where no heading names the channels."""
    for node in reading.outline:
        name, colon, rest = node.text.partition(":")
        if node.level != "dash" or not colon or not _CHANNEL.match(fold(name)) or _NOT_CHANNEL.search(fold(name)):
            continue
        if entries := [child.content for child in children[node.position]] or [rest.strip()] * bool(rest.strip()):
            return entries
    return []


def read_audiences(reading):
    """Who is to be reached: the section "Đối tượng" and headings "Đối với người dân …"."""
    children, audiences = children_map(reading.outline), []
    for node in reading.outline:
        if node.part in ("head", "tail") or node.level not in ("roman", "number", "letter") or not node.title:
            continue
        if _AUDIENCE.match(folded(node)) and not _NOT_AUDIENCE.search(folded(node)):
            audiences += [entry.rstrip(" .;") for entry in _entries(node, children)]
        elif (match := _TOWARDS.match(node.title)) and _PEOPLE.search(folded(node)):
            audiences.append(node.name[match.end() :])
    return audiences
