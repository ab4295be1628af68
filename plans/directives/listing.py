"""The list of directives as it is read: narrowed, the most urgent first; on the screen and in Excel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.models import Unit
from documents.vietnamese import nfc
from plans.deadlines.workdays import VIETNAM
from plans.models import Directive, DirectiveAnswer, DirectiveState

MOST = 10_000  # lines of one Excel file
OPEN, LATE, ALL = "con-mo", "qua-han", "tat-ca"


@dataclass(frozen=True)
class Asked:
    """What the list was asked for; what is no choice counts as none."""

    state: str
    unit: int | None
    words: str


def asked(query: Mapping, units: Iterable[Unit]) -> Asked:
    """The choices of a list's address; open ones are shown unless told otherwise."""
    state, unit = query.get("trang-thai", OPEN), query.get("don-vi", "")
    ids = {str(row.pk): row.pk for row in units}
    return Asked(
        state=state if state in (*DirectiveState.values, LATE, ALL) else OPEN,
        unit=ids.get(unit),
        words=nfc(query.get("q", "")[:200]).replace("\x00", ""),
    )


def narrowed(rows: QuerySet[Directive], choice: Asked, now: datetime) -> QuerySet[Directive]:
    """The rows that were asked for, late ones first, each with the words of its last answer."""
    if choice.state == OPEN:
        rows = rows.open()
    elif choice.state == LATE:
        rows = rows.late(now)
    elif choice.state != ALL:
        rows = rows.filter(state=choice.state)
    if choice.unit:
        rows = rows.filter(unit=choice.unit)
    last = DirectiveAnswer.objects.filter(directive=OuterRef("pk")).order_by("-pk").values("text")[:1]
    found = rows.matching(choice.words).most_urgent_first(now).annotate(said=Subquery(last))
    return found.select_related("unit", "given_by")


def timeliness(row: Directive, now: datetime) -> str:
    """Whether it was carried out in time, in words."""
    if row.state == DirectiveState.WITHDRAWN:
        return ""
    late = row.is_late(now)
    if row.answered_at and row.state in (DirectiveState.ANSWERED, DirectiveState.ACCEPTED):
        return _("muộn") if late else _("đúng hạn")
    return _("quá hạn") if late else _("trong hạn")


def as_excel(rows: Iterable[Directive], agency_name: str, now: datetime) -> bytes:
    """The rows with who gave what to whom, by when, and what became of it."""
    from documents.excel import Column, Sheet, workbook

    columns = (
        Column(_("STT"), 6), Column(_("Ý kiến chỉ đạo"), 50), Column(_("Về"), 36), Column(_("Giao cho"), 28),
        Column(_("Người giao"), 22), Column(_("Giao lúc"), 16), Column(_("Hạn"), 16), Column(_("Trạng thái"), 20),
        Column(_("Tiến độ"), 12), Column(_("Trả lời lúc"), 16), Column(_("Kết quả thực hiện"), 50),
    )  # fmt: skip
    cells = [
        (
            number, row.text, row.about, row.owner, row.given_by.full_name, row.given_at.astimezone(VIETNAM),
            row.effective_due_at.astimezone(VIETNAM).date(), str(row.get_state_display()), timeliness(row, now),
            row.answered_at and row.answered_at.astimezone(VIETNAM), row.said or "",
        )
        for number, row in enumerate(rows, start=1)
    ]  # fmt: skip
    titles = (_("Ý KIẾN CHỈ ĐẠO VÀ KẾT QUẢ THỰC HIỆN"), agency_name)
    return workbook([Sheet(_("Ý kiến chỉ đạo"), titles, columns, cells)])
