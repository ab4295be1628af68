"""The register of difficulties as it is read: narrowed, ordered, with its two clocks; on the screen and in Excel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.ordering import chosen_order
from plans.deadlines.workdays import VIETNAM, workdays_between
from plans.models import Difficulty, DifficultyState

MOST = 10_000  # lines of one Excel file
ORDERS = ("due_at", "raised_at", "unit__position", "state")
OPEN, ALL = "con-mo", "tat-ca"


@dataclass(frozen=True)
class Clocks:
    """Working days to the first answer and to the solution; those that still run are counted up to now."""

    to_answer: int
    answered: bool
    to_solution: int
    solved: bool
    late: bool


def clocks(difficulty: Difficulty, now: datetime, overrides: Mapping[date, bool]) -> Clocks:
    """How long a difficulty has waited, in working days after the day it was raised. Pure."""

    def days(until: datetime | None) -> int:
        start, end = (moment.astimezone(VIETNAM).date() for moment in (difficulty.raised_at, until or now))
        return workdays_between(start, end, overrides)

    return Clocks(
        to_answer=days(difficulty.first_answered_at),
        answered=difficulty.first_answered_at is not None,
        to_solution=days(difficulty.resolved_at),
        solved=difficulty.resolved_at is not None,
        late=(difficulty.resolved_at or now) > difficulty.due_at,
    )


@dataclass(frozen=True)
class Asked:
    """What the list was asked for; what is no choice counts as none."""

    state: str
    unit: int | None
    words: str
    order: str


def asked(query: Mapping, units: Iterable) -> Asked:
    """The choices of a list's address; open ones are shown unless told otherwise."""
    state, unit = query.get("trang-thai", OPEN), query.get("don-vi", "")
    ids = {str(row.pk): row.pk for row in units}
    return Asked(
        state=state if state in (*DifficultyState.values, ALL) else OPEN,
        unit=ids.get(unit),
        words=query.get("q", "")[:200].replace("\x00", ""),
        order=chosen_order(query, ORDERS, "due_at"),
    )


def narrowed(rows: QuerySet[Difficulty], choice: Asked) -> QuerySet[Difficulty]:
    """The rows that were asked for, in their order."""
    if choice.state == OPEN:
        rows = rows.open()
    elif choice.state != ALL:
        rows = rows.filter(state=choice.state)
    if choice.unit:
        rows = rows.filter(unit=choice.unit)
    return rows.matching(choice.words).select_related("unit", "raised_by").order_by(choice.order, "pk")


def as_excel(rows: Iterable[Difficulty], agency_name: str, now: datetime, overrides: Mapping[date, bool]) -> bytes:
    """The rows with both clocks."""
    from documents.excel import Column, Sheet, workbook

    columns = (
        Column(_("STT"), 6), Column(_("Đơn vị"), 26), Column(_("Vướng mắc"), 40), Column(_("Nội dung, đề nghị"), 40),
        Column(_("Nêu lúc"), 16), Column(_("Trạng thái"), 18), Column(_("Ngày làm việc đến trả lời"), 12),
        Column(_("Ngày làm việc đến giải quyết"), 12), Column(_("Cách giải quyết"), 40),
    )  # fmt: skip
    cells = []
    for number, row in enumerate(rows, start=1):
        told = clocks(row, now, overrides)
        cells.append(
            (
                number, str(row.unit), row.title, row.text, row.raised_at.astimezone(VIETNAM),
                str(row.get_state_display()), told.to_answer if told.answered else None,
                told.to_solution if told.solved else None, row.solution,
            )
        )  # fmt: skip
    titles = (_("KHÓ KHĂN, VƯỚNG MẮC CỦA CÁC ĐƠN VỊ"), agency_name)
    return workbook([Sheet(_("Vướng mắc"), titles, columns, cells)])
