"""The register as it is read: one year, narrowed and ordered, on the screen, on paper, in Excel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.ordering import chosen_order
from accounts.search_text import begins
from documents.vietnamese import fold
from plans.models import RegisterEntry, RegisterState
from plans.registers.register import PLAN, RESERVED, ROLL_UP, gaps, whole_number

MOST = 2_000  # lines that one request prints or exports
ORDERS = {
    "number": ("series", "number_order", "number"),
    "date": ("signed_on", "pk"),
    "subject": ("type", "subject"),
    "signer": ("signer",),
    "sent": ("sent_on",),
}


@dataclass(frozen=True)
class Listed:
    """What was asked for and what there is of it; `missing` are (series, "4, 7–9") of the whole year."""

    rows: QuerySet
    year: int
    years: list[int]
    series: str
    all_series: list[str]
    state: str
    words: str
    order: str
    missing: list[tuple[str, str]]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.series or self.state or self.words)


def listed(rows: QuerySet, query: Mapping[str, str], *, today: date, order: str = "-date") -> Listed:
    """The lines of `rows` (those a person sees) that the address asks for; what it asks in vain is left out.

    `order` is that of a list which asks for none.
    """
    years = sorted({today.year, *rows.order_by().values_list("year", flat=True).distinct()}, reverse=True)
    asked = query.get("nam", "")
    year = int(asked) if asked in map(str, years) else today.year
    of_year = rows.filter(year=year)
    numbers: dict[str, list[int]] = {}
    for series, number in of_year.order_by("series").values_list("series", "number"):
        numbers.setdefault(series, []).append(whole_number(number))
    series = query.get("ky-hieu", "") if query.get("ky-hieu") in numbers else ""
    state = query.get("tinh-trang", "") if query.get("tinh-trang") in (*RegisterState.values, RESERVED) else ""
    words = query.get("q", "").replace("\x00", "").strip()[:200]
    order = chosen_order(query, ORDERS, order)
    found = of_year.filter(_narrowed(series, state, words)).select_related("replaced_by", "agency")
    return Listed(
        rows=found.in_order_of(*_columns(order)),
        year=year,
        years=years,
        series=series,
        all_series=list(numbers),
        state=state,
        words=words,
        order=order,
        missing=[(name, ", ".join(found)) for name, given in numbers.items() if (found := gaps(given))],
    )


def _narrowed(series: str, state: str, words: str) -> Q:
    found = Q(series=series) if series else Q()
    if state == RESERVED:
        found &= Q(kind=RESERVED)
    elif state:
        found &= Q(state=state) & ~Q(kind=RESERVED)
    for word in fold(words).split():
        found &= begins("search_text", word)
    return found


def _columns(order: str) -> list[str]:
    sign = "-" if order.startswith("-") else ""
    return [f"{sign}{name}" for name in ORDERS[order.removeprefix("-")]]


def state_tags(entry: RegisterEntry) -> list[tuple[str, str]]:
    """(state for the tag, words) of what a reader must know about a line; a document in force has none."""
    if entry.kind == RESERVED:
        return [("reserved", _("Giữ số, chưa ký"))]
    return [] if entry.state == RegisterState.ISSUED else [(entry.state, entry.get_state_display())]


def origin(entry: RegisterEntry) -> tuple[str, int] | None:
    """(kind, id) of what was issued in the portal, or None for what was registered by hand."""
    return (entry.kind, entry.object_id) if entry.kind in (PLAN, ROLL_UP) else None


COLUMNS = (  # Nghị định 30/2020/NĐ-CP, Phụ lục IV
    (gettext_lazy("Số, ký hiệu văn bản"), 18),
    (gettext_lazy("Ngày tháng văn bản"), 12),
    (gettext_lazy("Tên loại và trích yếu nội dung văn bản"), 48),
    (gettext_lazy("Người ký"), 18),
    (gettext_lazy("Nơi nhận văn bản"), 32),
    (gettext_lazy("Đơn vị, người nhận bản lưu"), 18),
    (gettext_lazy("Số lượng bản"), 9),
    (gettext_lazy("Ngày chuyển"), 12),
    (gettext_lazy("Ký nhận"), 14),
    (gettext_lazy("Ghi chú"), 24),
)


def cells(entry: RegisterEntry) -> tuple:
    """The ten columns of a line."""
    notes = [words for _state, words in state_tags(entry)]
    if entry.replaced_by:
        notes.append(_("theo %s") % entry.replaced_by.full_number)
    return (
        entry.full_number,
        None if entry.kind == RESERVED else entry.signed_on,
        f"{entry.type}: {entry.subject}",
        entry.signer,
        entry.recipients,
        entry.keeper,
        entry.copies,
        entry.sent_on,
        entry.received_by,
        "; ".join(filter(None, (" ".join(notes), entry.note))),
    )


def as_excel(found: Listed, agency_name: str) -> bytes:
    """The lines as the decree's ten-column register."""
    from documents.excel import Column, Sheet, workbook

    titles = [_("SỔ ĐĂNG KÝ VĂN BẢN ĐI"), agency_name, _("Năm %d") % found.year]
    if found.series:
        titles.append(_("Ký hiệu %s") % found.series)
    columns = tuple(Column(str(title), width, f"({place})") for place, (title, width) in enumerate(COLUMNS, 1))
    rows = (cells(entry) for entry in found.rows)
    return workbook([Sheet(_("Văn bản đi %d") % found.year, tuple(titles), columns, rows)])
