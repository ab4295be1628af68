"""What needs a decision or must be known: rows of registered sources, the gravest first.

    @register("late_directive", label="Chỉ đạo quá hạn", gravity=Gravity.OVERDUE)
    def late_directives(asked: Asked) -> Iterator[Decision]: ...

A source asks the database a constant number of questions, however many rows it gives; it may be of any package of
this floor, which registers it when the app is ready. Screen, A4 sheet, Excel and stock-takes take whatever is there.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import IntEnum
from functools import cached_property

from reporting.director.waiting import Waiting, waiting
from reporting.models import Period


class Gravity(IntEnum):
    """What comes first. Within one gravity the longest overdue comes first."""

    DECIDE = 4  # waits for the Director's own act
    OVERDUE = 3  # a promise was not kept
    AT_RISK = 2  # will not be kept unless something is done
    KNOW = 1  # no act is asked for


TONES = {Gravity.DECIDE: "blue", Gravity.OVERDUE: "red", Gravity.AT_RISK: "amber", Gravity.KNOW: "grey"}
ICONS = {
    Gravity.DECIDE: "pencil",
    Gravity.OVERDUE: "exclamation-triangle",
    Gravity.AT_RISK: "alarm",
    Gravity.KNOW: "info-circle",
}


@dataclass(frozen=True)
class Asked:
    """For whom rows are wanted: the agency, the instant, the period on the screen with its content and coverage.

    `content` is a roll-up's (reporting.roll_ups.content), `coverage` of reporting.director.coverage; `decides` tells
    whether the reader is the Director or a deputy, so that only they are offered what only they may do.
    """

    agency_id: int
    now: datetime
    period: Period
    content: dict
    coverage: dict
    decides: bool = True

    @cached_property
    def waiting(self) -> dict[str, list[Waiting]]:
        """What waits in the agency, by kind; the portal's own sources share this one query."""
        return waiting(self.agency_id, self.now)


@dataclass(frozen=True)
class Act:
    """A button: its words and the address of the page where the act is done."""

    label: str
    url: str


@dataclass(frozen=True)
class Decision:
    """One row. `key` names the same matter on every day ("obligation-12"), so that stock-takes can be compared.

    `late` says how late it is, `promised` what was promised (a deadline, an extension, a plan), both in words;
    `days` is by how many days it is late, negative while there is time. `kind`, `label` and `gravity` come from the
    source unless the row says otherwise.
    """

    key: str
    who: str
    what: str
    url: str
    late: str = ""
    promised: str = ""
    days: int = 0
    acts: tuple[Act, ...] = ()
    kind: str = ""
    label: str = ""
    gravity: int = 0

    @property
    def tone(self) -> str:
        return TONES[Gravity(self.gravity)]

    @property
    def icon(self) -> str:
        return ICONS[Gravity(self.gravity)]

    @property
    def plain(self) -> dict:
        """As a stock-take keeps it and a template shows it."""
        return asdict(self) | {"acts": [asdict(act) for act in self.acts], "tone": self.tone, "icon": self.icon}


@dataclass(frozen=True)
class Source:
    kind: str
    label: str
    gravity: Gravity
    rows: Callable[[Asked], Iterable[Decision]]


SOURCES: dict[str, Source] = {}


def register(kind: str, *, label: str, gravity: Gravity):
    """Let the decorated function's rows stand among the decisions. A kind that is registered again is replaced."""

    def add(rows: Callable[[Asked], Iterable[Decision]]):
        SOURCES[kind] = Source(kind, label, gravity, rows)
        return rows

    return add


def decisions(asked: Asked) -> list[Decision]:
    """The rows of all sources: by gravity, then the longest overdue, then by name."""
    found = [row for source in SOURCES.values() for row in _rows(source, asked)]
    return sorted(found, key=lambda row: (-row.gravity, -row.days, row.label, row.who, row.key))


def _rows(source: Source, asked: Asked) -> Iterator[Decision]:
    for row in source.rows(asked):
        label = row.label or str(source.label)
        yield replace(row, kind=row.kind or source.kind, label=label, gravity=row.gravity or source.gravity)
