"""The deadline board: units × what they owe, each cell on time, late or waiting."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import Unit
from accounts.ordering import chosen_order, in_order
from accounts.page_cache import until_changed
from plans.models import Obligation, ObligationKind
from plans.periods import occasion_label
from plans.timeliness import URGENCY, Timeliness

KINDS = {
    ObligationKind.UNIT_PLAN: (gettext_lazy("Kế hoạch"), gettext_lazy("kế hoạch")),
    ObligationKind.UNIT_REPORT: ("%s", gettext_lazy("báo cáo %s")),
    ObligationKind.ROLL_UP: (gettext_lazy("Tổng hợp %s"), gettext_lazy("báo cáo tổng hợp %s")),
}
ORDER = list(KINDS)
DEFAULT = (ObligationKind.UNIT_PLAN, ObligationKind.UNIT_REPORT)
WORST_FIRST = ("overdue", "late")


@dataclass(frozen=True)
class Column:
    key: tuple
    label: str
    due_at: datetime
    sentence: str


@dataclass(frozen=True)
class Cell:
    """A cell of the board; empty where the unit owes nothing."""

    label: str
    due_at: datetime
    obligation: Obligation | None = None
    timeliness: Timeliness | None = None
    unit_plan: int | None = None


@dataclass(frozen=True)
class UnitRow:
    unit: Unit
    cells: list[Cell]

    @property
    def rank(self) -> int:
        codes = {cell.timeliness.code for cell in self.cells if cell.timeliness}
        return next((n for n, code in enumerate(WORST_FIRST) if code in codes), len(WORST_FIRST))


@require_safe
@until_changed
def deadline_board(request: HttpRequest) -> HttpResponse:
    """Who has handed in what; an agency-wide post sees all units, the others their own."""
    visible = Obligation.objects.visible_to(request.user, on=request.today)
    years = sorted(visible.order_by().values_list("plan__year", flat=True).distinct(), reverse=True)
    year = _chosen(request.GET.get("nam"), [str(year) for year in years], str(years[0]) if years else "")
    kind = _chosen(request.GET.get("loai"), list(ObligationKind.values), "")
    rows = list(
        visible.filter(plan__year=int(year or 0), kind__in=[kind] if kind else DEFAULT)
        .select_related("unit", "unit_plan")
        .order_by("due_at", "unit__position", "pk")
    )
    columns = _columns(rows, request.now)
    units = _units(rows, columns, request.now)
    orders = {"unit": lambda row: row.unit.position} | {
        str(number): partial(_urgency, number - 1) for number in range(1, len(columns) + 1)
    }
    order = chosen_order(request.GET, orders, "")
    units = in_order(units, orders, order) if order else units
    context = {
        "years": years,
        "year": year,
        "kind": kind,
        "kinds": ObligationKind.choices,
        "columns": columns,
        "order": order,
        "units": units,
        # A count over units says nothing to who sees only one.
        "sentences": _sentences(columns, request.now) if len(units) > 1 else [],
    }
    return render(request, "plans/deadline_board.html", context)


def _chosen(value: str | None, allowed: list[str], default: str) -> str:
    return value if value in allowed else default


def _key(row: Obligation) -> tuple:
    return (ORDER.index(row.kind), row.occasion, row.duty_id)


def _columns(rows: list[Obligation], now: datetime) -> list[Column]:
    groups: dict[tuple, list[Obligation]] = {}
    for row in rows:
        groups.setdefault(_key(row), []).append(row)
    columns = []
    for key, members in sorted(groups.items(), key=lambda group: (group[1][0].due_at, group[0])):
        head, words = (_filled(text, members[0].occasion) for text in KINDS[members[0].kind])
        columns.append(Column(key, head, members[0].due_at, sentence(members, words, now)))
    return columns


def _filled(text, occasion: str) -> str:
    return str(text) % occasion_label(occasion) if "%s" in str(text) else str(text)


def _units(rows: list[Obligation], columns: list[Column], now: datetime) -> list[UnitRow]:
    """The units in their order, those with something overdue or late first."""
    owed: dict[Unit, dict[tuple, Obligation]] = {}
    for row in rows:
        owed.setdefault(row.unit, {})[_key(row)] = row
    units = [
        UnitRow(unit, [_cell(column, mine.get(column.key), now) for column in columns]) for unit, mine in owed.items()
    ]
    return sorted(units, key=lambda row: (row.rank, row.unit.position, row.unit.pk))


def _urgency(number: int, row: UnitRow) -> tuple:
    """How pressing the cell of a column is, the worst first; nothing owed comes last."""
    found = row.cells[number].timeliness
    return (URGENCY.index(found.code), -found.days) if found else (len(URGENCY), 0)


def _cell(column: Column, row: Obligation | None, now: datetime) -> Cell:
    if row is None:
        return Cell(column.label, column.due_at)
    unit_plan = getattr(row, "unit_plan", None)
    return Cell(column.label, row.effective_due_at, row, row.timeliness(now), unit_plan and unit_plan.pk)


def _sentences(columns: list[Column], now: datetime) -> list[str]:
    """What is past, and the next deadline ahead."""
    past = [column.sentence for column in columns if column.due_at < now]
    ahead = [column.sentence for column in columns if column.due_at >= now]
    return [words for words in (*past, *ahead[:1]) if words]


def sentence(rows: list[Obligation], what: str, now: datetime) -> str:
    """ "9/14 đơn vị đã nộp kế hoạch; 2 muộn; 5 chưa nộp"; an exempt unit is not counted."""
    judged = [row.timeliness(now) for row in rows if row.exempt_from is None]
    if not judged:
        return ""
    handed_in = [each for each in judged if each.on_time_originally is not None]
    late = sum(each.code == "late" for each in handed_in)
    parts = [_("%(done)d/%(all)d đơn vị đã nộp %(what)s") % {"done": len(handed_in), "all": len(judged), "what": what}]
    if late:
        parts.append(_("%d muộn") % late)
    if missing := len(judged) - len(handed_in):
        overdue = sum(each.code == "overdue" for each in judged)
        parts.append(
            _("%(n)d chưa nộp, đã quá hạn") % {"n": missing} if overdue == missing else _("%d chưa nộp") % missing
        )
    return "; ".join(parts)
