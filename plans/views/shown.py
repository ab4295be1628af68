"""What the plan's pages show of a plan, alike before it is stored (a reading) and after (its rows)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from documents.dates import short_date
from documents.reading.model import PlanReading
from plans.importing import STORED_PARTS, duty_kind
from plans.issuing import occasions
from plans.models import Citation, Duty, Holiday, Plan
from plans.models.plan import SectionLevel
from plans.periods import occasion_label
from plans.targets import target_words
from plans.workdays import VIETNAM, is_workday, last_working_moment

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


def outline_of_reading(reading: PlanReading, areas: Mapping[str, str]) -> list[Line]:
    """The lines of a text that was read; `areas` names the content areas by code."""
    doubtful = {defect.node for defect in reading.defects}
    depth: dict[int, int] = {}
    lines: list[Line] = []
    for node in reading.outline:
        if node.part not in STORED_PARTS:
            continue
        depth[node.position] = depth.get(node.parent, -1) + 1 if node.parent is not None else 0
        _append(lines, node, depth[node.position], areas.get(node.area, ""), node.position in doubtful)
    return lines


def outline_of_plan(plan: Plan) -> list[Line]:
    """The lines of a stored plan (its `sections` with their areas)."""
    lines: list[Line] = []
    for section in plan.sections.all():
        _append(lines, section, section.depth, str(section.area or ""), False)
    return lines


def _append(lines: list[Line], node, depth: int, area: str, doubtful: bool) -> None:
    if node.level in TABLE_LEVELS:
        if not lines or not lines[-1].rows:
            lines.append(Line(node.position, "table"))
        lines[-1].rows.append((node.level, list(node.cells) or [node.text], node.position))
        return
    mark = node.mark or (f"{node.label}." if node.label else "")
    lines.append(Line(node.position, node.level, min(depth, 5), mark, node.title, node.text, area, doubtful))


def structure_of_reading(reading: PlanReading) -> Structure:
    overrides = Holiday.objects.as_rules()
    names = {citation.key: citation.written[0] for citation in reading.citations}
    duties = (
        Duty(
            kind=duty_kind(row), who=row.who, what=row.what, phrase=row.phrase or "", due_at=row.instant,
            recurrence=row.recurrence or "", to=row.to or "",
        )
        for row in reading.duties
    )  # fmt: skip
    return Structure(
        areas=[(f"{row.letter}) {row.title}".rstrip(" :"), len(row.items), row.node) for row in reading.areas],
        documents=[
            Cited(f"{row.type} số {row.written[0]}", row.date, row.issuer or "", row.mentions, _distinct(row.nodes))
            for row in reading.citations
        ],
        targets=[(row.index, target_words(row), names.get(row.basis, "")) for row in reading.targets],
        duties=[show_duty(duty, reading.year, overrides) for duty in duties],
        channels=reading.channels,
        audiences=reading.audiences,
        recipients=[(row.name, row.purpose or "") for row in reading.recipients],
    )


def structure_of_plan(plan: Plan) -> Structure:
    overrides = Holiday.objects.as_rules()
    sections = list(plan.sections.all())
    items: dict[int, int] = {}
    for section in sections:
        items[section.parent_id] = items.get(section.parent_id, 0) + 1
    return Structure(
        areas=[
            (f"{row.label}) {row.title}".rstrip(" :"), items.get(row.pk, 0), row.position)
            for row in sections
            if row.area_id
        ],
        documents=_cited(plan.citations.select_related("document", "section")),
        targets=[
            (row.index, target_words(row), row.basis.symbol if row.basis else "")
            for row in plan.targets.select_related("basis")
        ],
        duties=[show_duty(duty, plan.year, overrides) for duty in plan.duties.all()],
        channels=[row.text for row in plan.channels.all()],
        audiences=[row.text for row in plan.audiences.all()],
        recipients=[(row.name, row.purpose) for row in plan.recipients.all()],
    )


def _cited(citations: Iterable[Citation]) -> list[Cited]:
    """One entry a document, in the order of its first mention."""
    mentions: dict = {}
    for citation in citations:
        mentions.setdefault(citation.document, []).append(citation)
    return [
        Cited(
            str(document), document.date, document.issuer, len(rows),
            _distinct(row.section.position for row in rows if row.section),
        )
        for document, rows in mentions.items()
    ]  # fmt: skip


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
