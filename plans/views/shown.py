"""What the plan's pages show of a plan, alike before it is stored (a reading) and after (its rows)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace

from django.utils.translation import gettext as _

from documents.dates import short_date
from plans.deadlines.periods import occasion_label
from plans.deadlines.workdays import VIETNAM, is_workday, last_working_moment
from plans.department.content import DUTY
from plans.department.issuing import occasions
from plans.department.targets import target_words
from plans.models import Duty, Holiday
from plans.models.plan import SectionLevel

TABLE_LEVELS = (SectionLevel.HEADER, SectionLevel.GROUP, SectionLevel.ROW)


@dataclass
class Line:
    """A block of the outline; `rows` are (level, cells, position) when it is a table."""

    position: int
    level: str
    depth: int = 0
    mark: str = ""
    title: str = ""
    text: str = ""
    area: str = ""
    doubtful: bool = False
    rows: list = field(default_factory=list)

    @property
    def heading(self) -> str:
        return f"{self.mark} {self.title}".strip()

    @property
    def printed(self) -> str:
        """The line with one mark: a list typed twice over ("- +") is indented by its level already."""
        mark = self.mark.split()[-1] if self.level == "plus" and self.mark else self.mark
        return " ".join(filter(None, (mark, self.title, self.text)))


@dataclass(frozen=True)
class Due:
    """A date of a duty: the last instant on time, 17:00 of the last working day, and what to mind about it."""

    label: str
    at: datetime
    advice: datetime | None
    warning: str


@dataclass(frozen=True)
class DutyShown:
    who: str
    what: str
    phrase: str
    to: str
    kind: str
    recurrence: str
    dues: tuple[Due, ...]


@dataclass(frozen=True)
class Cited:
    """A document of the register: where it is cited (positions of sections) and how often."""

    name: str
    date: date | None
    issuer: str
    mentions: int
    places: tuple[int, ...]


@dataclass
class Structure:
    """What was read from a plan, ready to be shown."""

    areas: list
    documents: list[Cited]
    targets: list
    duties: list[DutyShown]
    channels: list[str]
    audiences: list[str]
    recipients: list


def outline_of_content(content: dict, areas: Mapping[str, str]) -> list[Line]:
    """The lines of a content; `areas` names the content areas by code. Doubtful is what has an open defect."""
    doubtful = {row["section"] for row in content.get("defects", ()) if not row["settled"]}
    depths: dict[int, int] = {}
    lines: list[Line] = []
    for row in content["sections"]:
        depths[row["id"]] = depths[row["parent"]] + 1 if row["parent"] in depths else 0
        _append(lines, row, depths[row["id"]], areas.get(row["area"], ""), row["id"] in doubtful)
    return lines


def _append(lines: list[Line], row: dict, depth: int, area: str, doubtful: bool) -> None:
    if row["level"] in TABLE_LEVELS:
        if not lines or not lines[-1].rows:
            lines.append(Line(row["id"], "table"))
        lines[-1].rows.append((row["level"], list(row["cells"]) or [row["text"]], row["id"]))
        return
    mark = row["mark"] or (f"{row['label']}." if row["label"] else "")
    lines.append(Line(row["id"], row["level"], min(depth, 5), mark, row["title"], row["text"], area, doubtful))


def structure_of_content(content: dict) -> Structure:
    """What was read from a plan, whether it is stored or not."""
    overrides = Holiday.objects.as_rules()
    items = Counter(row["parent"] for row in content["sections"])
    symbols = {key: facts["symbol"] for key, facts in content["documents"].items()}
    return Structure(
        areas=[
            (f"{row['label']}) {row['title']}".rstrip(" :"), items[row["id"]], row["id"])
            for row in content["sections"]
            if row["area"]
        ],
        documents=cited(content),
        targets=[
            (row["index"], target_words(SimpleNamespace(**_numbers(row))), symbols.get(row["basis"], ""))
            for row in content["targets"]
        ],
        duties=[show_duty(duty_of(row), content["year"], overrides) for row in content["duties"]],
        channels=content["channels"],
        audiences=content["audiences"],
        recipients=[(row["name"], row["purpose"]) for row in content["recipients"]],
    )


def _numbers(target: dict) -> dict:
    return target | {
        name: Decimal(target[name]) if target[name] is not None else None for name in ("value", "value_max")
    }


def duty_of(row: dict) -> Duty:
    """A duty of a content as an unsaved row."""
    due_at = datetime.fromisoformat(row["due_at"]) if row["due_at"] else None
    return Duty(due_at=due_at, **{name: row[name] for name in DUTY})


def cited(content: dict) -> list[Cited]:
    """One entry a document, in the order of its first mention."""
    places: dict[str, list] = {}
    for row in content["citations"]:
        places.setdefault(row["key"], []).append(row["section"])
    facts = content["documents"]
    return [
        Cited(
            f"{facts[key]['type']} số {facts[key]['symbol']}",
            date.fromisoformat(facts[key]["date"]) if facts[key]["date"] else None,
            facts[key]["issuer"],
            len(rows),
            _distinct(section for section in rows if section is not None),
        )
        for key, rows in places.items()
    ]


def _distinct(places: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(places))


def show_duty(duty: Duty, year: int | None, overrides: Mapping[date, bool]) -> DutyShown:
    """A duty with its dates and what to mind about each."""
    dates = occasions(duty, year, overrides) if year and (duty.kind or duty.due_at) else ()
    return DutyShown(
        who=duty.who,
        what=duty.what,
        phrase=duty.phrase,
        to=duty.to,
        kind=duty.get_kind_display() if duty.kind else "",
        recurrence=duty.get_recurrence_display() if duty.recurrence else "",
        dues=tuple(_due(occasion_label(code), due, overrides) for code, due, _day in dates),
    )


def _due(label: str, due: datetime, overrides: Mapping[date, bool]) -> Due:
    day = due.astimezone(VIETNAM).date()
    advice = last_working_moment(due, overrides)
    off = not is_workday(day, overrides)
    warning = _("Ngày cuối cùng còn đúng hạn (%s) là ngày nghỉ.") % short_date(day) if off else ""
    return Due(label, due, advice if advice.date() != day else None, warning)
