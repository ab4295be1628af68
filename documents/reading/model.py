"""What a reading of a plan gives: an outline in which every line has a place, and the facts read from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

LISTS = ("letter", "dash", "plus")
HEADINGS = ("article", "roman", "number")


@dataclass
class Node:
    """One block of the plan, in the order of the source.

    level: article ("Điều 1"), roman, number ("1", "1.1"), letter, dash, plus, paragraph, and for tables
    header, group and row. label: the number or letter as printed, without its punctuation; mark: with it.
    title: the heading part as printed (with its colon), text: the rest; both without Markdown emphasis.
    source: the lines it came from, untouched. parent: index of the node above, or None. area: the code of
    the content area that this heading opens. part: head, body, tail or appendix. line: from 1.
    joined: how often a paragraph cut by a page end was put together here. cells: of a row; merged: those of
    its columns that go on from the row above. style: the level of Word's heading style, 0 for none.
    """

    level: str
    text: str
    position: int = 0
    label: str = ""
    mark: str = ""
    title: str = ""
    parent: int | None = None
    area: str | None = None
    part: str = "body"
    line: int = 0
    source: str = ""
    joined: int = 0
    cells: tuple = ()
    merged: tuple = ()
    style: int = 0

    @property
    def name(self):
        """The title without the colon at its end."""
        return self.title.rstrip(" :")

    @property
    def content(self):
        """Title and text as one."""
        return f"{self.title} {self.text}".strip()


@dataclass(frozen=True)
class Citation:
    """One document of the register: key, where it is cited (node positions) and how it is written there.

    as_written goes with nodes, one entry a mention.
    """

    key: str
    type: str
    type_code: str
    number: str
    symbol: str
    date: date | None
    issuer: str | None
    as_written: tuple
    nodes: tuple

    @property
    def written(self):
        """Each way of writing it once, the first one first."""
        return tuple(dict.fromkeys(self.as_written))

    @property
    def mentions(self):
        """How often the plan names it."""
        return len(self.nodes)


@dataclass(frozen=True)
class Target:
    """What an index shall reach; by_year None: within the plan's own year. basis: a citation's key."""

    index: str
    kind: str
    value: Decimal
    value_max: Decimal | None
    unit: str
    baseline_year: int | None
    by_year: int | None
    basis: str | None
    node: int


@dataclass(frozen=True)
class Duty:
    """What the plan asks of whom ("" for nobody named). instant is aware (Asia/Ho_Chi_Minh); phrase is as written."""

    who: str
    what: str
    phrase: str | None
    instant: datetime | None
    inclusive: bool | None
    recurrence: str | None
    to: str | None
    node: int


@dataclass
class Task:
    """A row of a task table; group: the heading of its group as printed, area: the code of what that names.

    support: the units beside the lead, one each.
    """

    title: str
    area: str | None = None
    group: str = ""
    label: str = ""
    product: str = ""
    lead: str = ""
    support: list = field(default_factory=list)
    time: str = ""
    money: str = ""
    note: str = ""
    node: int = 0


@dataclass(frozen=True)
class Recipient:
    """A line of "Nơi nhận": who, and for what ("b/c", "thực hiện") or None."""

    name: str
    purpose: str | None
    node: int


@dataclass(frozen=True)
class Signer:
    """The signature block: authority (its lines, "KT. GIÁM ĐỐC", or ""), title and name as printed."""

    title: str
    name: str
    authority: str = ""


@dataclass(frozen=True)
class Area:
    """A content area as printed in the plan: its letter or number, code of the scheme, title, items."""

    letter: str
    code: str
    title: str
    items: tuple
    node: int


@dataclass(frozen=True)
class Defect:
    """Something doubtful, pointed out and never repaired. severity: error, warning or info."""

    code: str
    severity: str
    where: str
    text: str
    node: int | None = None


@dataclass(frozen=True)
class SetAside:
    """Something of the source that has no place in the outline (a page number, a footnote), and why.

    line: where it stands or stood near; 0 for what belongs to no line.
    """

    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class Hint:
    """What Word says of one line beside its text.

    paragraph: a paragraph begins here. label: the number or bullet that Word itself prints before it (part of the
    text, too); depth: how deep its list is nested. style: level of its heading style, 0 for none. centered: None
    when not said. cells: the line is a table row; merged: columns that go on from the row above.
    """

    paragraph: bool = False
    label: str = ""
    depth: int = 0
    style: int = 0
    centered: bool | None = None
    cells: tuple | None = None
    merged: tuple = ()


@dataclass(frozen=True)
class Source:
    """A file as text. kind: text, word or pdf. hints: by line number from 1. set_aside: what the text does
    not hold. legacy: the old encodings ("TCVN3", "VNI") that were turned into Unicode while reading."""

    kind: str
    text: str
    set_aside: tuple = ()
    hints: dict = field(default_factory=dict)
    legacy: tuple = ()


@dataclass
class PlanReading:
    """Everything read from one plan; what the plan does not say is None or empty, never guessed."""

    source: Source | None = None
    outline: list = field(default_factory=list)
    set_aside: list = field(default_factory=list)
    document_type: str | None = None
    agency: str | None = None
    parent_agency: str | None = None
    symbol: str | None = None
    number: str | None = None
    place: str | None = None
    date: date | None = None
    day: int | None = None
    month: int | None = None
    date_year: int | None = None
    year: int | None = None
    title: str | None = None
    motto: str | None = None
    signer: Signer | None = None
    areas: list = field(default_factory=list)
    citations: list = field(default_factory=list)
    targets: list = field(default_factory=list)
    indices: list = field(default_factory=list)
    channels: list = field(default_factory=list)
    audiences: list = field(default_factory=list)
    duties: list = field(default_factory=list)
    tasks: list = field(default_factory=list)
    recipients: list = field(default_factory=list)
    defects: list = field(default_factory=list)

    def children(self, position):
        """The nodes right below the one at that position, in order."""
        return [node for node in self.outline[position + 1 :] if node.parent == position]

    @property
    def headings(self):
        """The nodes with Roman or Arabic numbers (and articles), in order."""
        return [node for node in self.outline if node.level in HEADINGS and node.part in ("body", "appendix")]

    @property
    def joined(self):
        """How many paragraphs cut by a page end were put together."""
        return sum(node.joined for node in self.outline)
