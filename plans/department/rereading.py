"""Channels, audiences, targets and duties read anew from a draft's present text, beside what is stored of them.

Nothing is changed here unseen: `offers` says how both differ, `take` takes those that a person chose. Pure.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from django.utils.translation import gettext_lazy

from documents.reading.duties import read_duties
from documents.reading.facts import read_audiences, read_channels
from documents.reading.model import Node, PlanReading
from documents.reading.targets import read_targets
from documents.reading.vocabulary import INDICES
from plans.department.content import DUTY, duty_of_reading, target_of_reading
from plans.department.content_differences import duty_line, target_line
from plans.differences import ADDED, CHANGED, REMOVED, Change, FieldChange
from plans.pairing import pair

LISTS: tuple[tuple[str, object], ...] = (
    ("targets", gettext_lazy("Chỉ tiêu chỉ số")),
    ("channels", gettext_lazy("Hình thức")),
    ("audiences", gettext_lazy("Đối tượng")),
    ("duties", gettext_lazy("Nhiệm vụ và thời hạn")),
)
"""The lists that the text says, in the order of the editor's pages."""
NOT_IN_WORDS = ("kind", "every_unit")  # what a person decides about a duty, beside the words of the text


@dataclass(frozen=True)
class Offer:
    """One line that the text says otherwise than the draft's list `name`: taken, it stands as the text has it.

    `old` and `new` are its places in the stored and in the read list, None where it is in one of them only.
    `code` names the difference itself, so what changed meanwhile is not taken by mistake.
    """

    name: str
    old: int | None
    new: int | None
    change: Change

    @property
    def code(self) -> str:
        [field] = self.change.fields
        return sha256("\n".join((self.name, field.before, field.after)).encode()).hexdigest()[:16]


def read_anew(content: dict) -> dict:
    """The four lists as they are read from the present text of the content."""
    places = {row["id"]: place for place, row in enumerate(content["sections"])}
    nodes = [
        Node(
            row["level"], row["text"], position=place, label=row["label"], mark=row["mark"], title=row["title"],
            parent=places.get(row["parent"]), area=row["area"] or None, cells=tuple(row["cells"]),
        )
        for place, row in enumerate(content["sections"])
    ]  # fmt: skip
    reading = PlanReading(outline=nodes, year=content["year"])
    ids = [row["id"] for row in content["sections"]]
    duties = [duty_of_reading(-number, row, range(len(ids))) for number, row in enumerate(read_duties(reading), 1)]
    for row in duties:
        row["section"] = ids[row["section"]] if row["section"] is not None else None
    targets = [target_of_reading(row) for row in read_targets(nodes, INDICES)]
    for row in targets:
        row["basis"] = row["basis"] if row["basis"] in content["documents"] else ""
    return {
        "targets": targets,
        "channels": read_channels(reading),
        "audiences": read_audiences(reading),
        "duties": duties,
    }


def offers(content: dict, read: dict) -> list[Offer]:
    """What `read` says otherwise than the content, list by list, in the order of the text."""
    return [offer for name, label in LISTS for offer in _offers(name, str(label), content, read[name])]


def contradictions(content: dict) -> list[Change]:
    """The duties that the list gives otherwise than the sentence of the text: both would be issued."""
    read = read_anew(content)
    found = _offers("duties", str(dict(LISTS)["duties"]), content, read["duties"])
    return [offer.change for offer in found if offer.change.kind == CHANGED]


def _offers(name: str, label: str, content: dict, rows: list) -> Iterator[Offer]:
    line = _line(name, content)
    olds, news = [line(row) for row in content[name]], [line(row) for row in rows]
    found = pair(olds, news)
    for place, words in enumerate(news):
        old = found.get(place)
        if old is None:
            yield Offer(name, None, place, Change(ADDED, label, "", (FieldChange("", "", words),)))
        elif olds[old] != words:
            yield Offer(name, old, place, Change(CHANGED, label, "", (FieldChange("", olds[old], words),)))
    for place, words in enumerate(olds):
        if place not in found.values():
            yield Offer(name, place, None, Change(REMOVED, label, "", (FieldChange("", words, ""),)))


def _line(name: str, content: dict) -> Callable[[dict | str], str]:
    lines = {"targets": partial(target_line, content["documents"]), "duties": duty_line}
    return lines.get(name, str)


def take(content: dict, chosen: Collection[str]) -> int:
    """Take the offers whose codes are `chosen` into the content; how many of them there still were."""
    read = read_anew(content)
    taken = [offer for offer in offers(content, read) if offer.code in chosen]
    for name, _label in LISTS:
        mine = [offer for offer in taken if offer.name == name]
        if mine:
            content[name] = _taken(name, content, read[name], mine)
    return len(taken)


def _taken(name: str, content: dict, rows: list, mine: list[Offer]) -> list:
    """The list with the offers taken; a new line follows the one it follows in the text."""
    stored, line = content[name], _line(name, content)
    pairs = pair([line(row) for row in stored], [line(row) for row in rows])
    gone = {offer.old for offer in mine if offer.new is None}
    changed = {offer.old: offer.new for offer in mine if offer.old is not None and offer.new is not None}
    after: dict[int, list] = {}
    for offer in mine:
        if offer.old is None:
            before = [pairs[place] for place in range(offer.new) if place in pairs]
            after.setdefault(before[-1] if before else -1, []).append(rows[offer.new])
    result = list(after.get(-1, ()))
    for place, row in enumerate(stored):
        if place in changed:
            row = _changed(row, rows[changed[place]])
        result += [row] * (place not in gone) + after.get(place, [])
    return result


def _changed(old: dict | str, new: dict | str) -> dict | str:
    """The words of the text; a duty stays the same duty, and of the same kind while the same one does it."""
    if isinstance(old, str) or "due_at" not in old:
        return new
    kept = [name for name in NOT_IN_WORDS if old["who"] == new["who"]]
    words = {name: new[name] for name in (*DUTY, "due_at", "section") if name not in kept}
    return old | words
