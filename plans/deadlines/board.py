"""The deadline board as data: units × what they owe, narrowed as asked; the same queries for one unit and a hundred."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from accounts.ordering import chosen_order, in_order
from plans.deadlines.measures import Measures, completeness, measure
from plans.deadlines.milestones import moments
from plans.deadlines.periods import occasion_label
from plans.deadlines.timeliness import URGENCY, Timeliness
from plans.models import Holiday, Obligation, ObligationKind, PlanState
from plans.models.deadline import times_reminded
from plans.models.obligation import came_on_paper

KINDS = {
    ObligationKind.UNIT_PLAN: (gettext_lazy("Kế hoạch"), gettext_lazy("kế hoạch")),
    ObligationKind.UNIT_REPORT: ("%s", gettext_lazy("báo cáo %s")),
    ObligationKind.ROLL_UP: (gettext_lazy("Tổng hợp %s"), gettext_lazy("báo cáo tổng hợp %s")),
}
ORDER = list(KINDS)
DEFAULT = (ObligationKind.UNIT_PLAN, ObligationKind.UNIT_REPORT)
WORST_FIRST = ("overdue", "late")
TIMELINESS = {
    "overdue": gettext_lazy("Quá hạn, chưa nộp"),
    "waiting": gettext_lazy("Còn hạn, chưa nộp"),
    "late": gettext_lazy("Nộp muộn"),
    "extended": gettext_lazy("Đúng hạn đã gia hạn"),
    "on_time": gettext_lazy("Đúng hạn"),
    "exempt": gettext_lazy("Miễn"),
}


@dataclass(frozen=True)
class Column:
    """One occasion of one duty. `sentence` counts its units."""

    key: tuple
    label: str
    due_at: datetime
    sentence: str
    kind: str
    occasion: str
    duty_id: int


@dataclass(frozen=True)
class Told:
    """How often a unit was reminded of something, and when next (None: no more)."""

    times: int = 0
    next: datetime | None = None


@dataclass(frozen=True)
class Cell:
    """A cell of the board; empty where the unit owes nothing."""

    label: str
    due_at: datetime
    obligation: Obligation | None = None
    timeliness: Timeliness | None = None
    unit_plan: int | None = None
    told: Told = Told()
    on_paper: bool = False


@dataclass(frozen=True)
class UnitRow:
    unit: Unit
    cells: list[Cell]
    measures: Measures

    @property
    def rank(self) -> int:
        codes = {cell.timeliness.code for cell in self.cells if cell.timeliness}
        return next((n for n, code in enumerate(WORST_FIRST) if code in codes), len(WORST_FIRST))


def board(visible, query: Mapping[str, str], *, now: datetime) -> dict:
    """The context of the page from visible obligations and the address's query; unknown values mean everything."""
    visible = visible.exclude(plan__state=PlanState.RECALLED)
    years = sorted(visible.order_by().values_list("plan__year", flat=True).distinct(), reverse=True)
    year = _chosen(query.get("nam"), [str(year) for year in years], str(years[0]) if years else "")
    kind = _chosen(query.get("loai"), ObligationKind.values, "")
    of_year = list(
        visible.filter(plan__year=int(year or 0), kind__in=[kind] if kind else DEFAULT)
        .select_related("unit", "unit_plan")
        .annotate(on_paper=came_on_paper(), times_reminded=times_reminded(), is_complete=completeness())
        .order_by("due_at", "unit__position", "pk")
    )
    chosen = _narrowing(query, of_year)
    rows = [row for row in of_year if _matches(row, chosen, now)]
    columns = _columns(rows, of_year, now)
    units = _units(rows, columns, now)
    orders = {"unit": lambda row: row.unit.position} | {
        str(number): partial(_urgency, number - 1) for number in range(1, len(columns) + 1)
    }
    order = chosen_order(query, orders, "")
    return {
        "years": years,
        "year": year,
        "kind": kind,
        "kinds": ObligationKind.choices,
        "all_units": _distinct(row.unit for row in of_year),
        "occasions": [(each, occasion_label(each)) for each in _distinct(row.occasion for row in of_year)],
        "timeliness_choices": TIMELINESS.items(),
        "chosen": chosen,
        "narrowed": any(chosen.values()),
        "columns": columns,
        "order": order,
        "units": in_order(units, orders, order) if order else units,
        "measures": sum((row.measures for row in units), Measures()),
        # A count over units says nothing to who sees only one, nor over some that were picked.
        "sentences": _sentences(columns, now) if len(units) > 1 and not any(chosen.values()) else [],
    }


def _chosen(value: str | None, allowed: Iterable[str], default: str) -> str:
    return value if value in allowed else default


def _distinct(values: Iterable) -> list:
    return list(dict.fromkeys(values))


def _narrowing(query: Mapping[str, str], rows: list[Obligation]) -> dict[str, str]:
    return {
        "unit": _chosen(query.get("don-vi"), {row.unit.code for row in rows}, ""),
        "occasion": _chosen(query.get("ky"), {row.occasion for row in rows}, ""),
        "timeliness": _chosen(query.get("tinh-trang"), TIMELINESS, ""),
    }


def _matches(row: Obligation, chosen: dict[str, str], now: datetime) -> bool:
    return (
        chosen["unit"] in ("", row.unit.code)
        and chosen["occasion"] in ("", row.occasion)
        and chosen["timeliness"] in ("", row.timeliness(now).code)
    )


def _key(row: Obligation) -> tuple:
    return (ORDER.index(row.kind), row.occasion, row.duty_id)


def _columns(rows: list[Obligation], of_year: list[Obligation], now: datetime) -> list[Column]:
    """The occasions of the rows that are shown; what is said of them counts all units."""
    shown = {_key(row) for row in rows}
    groups: dict[tuple, list[Obligation]] = {}
    for row in of_year:
        if _key(row) in shown:
            groups.setdefault(_key(row), []).append(row)
    columns = []
    for key, members in sorted(groups.items(), key=lambda group: (group[1][0].due_at, group[0])):
        first = members[0]
        head, words = (_filled(text, first.occasion) for text in KINDS[first.kind])
        columns.append(
            Column(key, head, first.due_at, sentence(members, words, now), first.kind, first.occasion, first.duty_id)
        )
    return columns


def _filled(text, occasion: str) -> str:
    return str(text) % occasion_label(occasion) if "%s" in str(text) else str(text)


def _units(rows: list[Obligation], columns: list[Column], now: datetime) -> list[UnitRow]:
    """The units in their order, those with something overdue or late first."""
    complete = {row.pk for row in rows if row.is_complete}
    reminded_next = _reminded_next(rows, now)
    owed: dict[Unit, dict[tuple, Obligation]] = {}
    for row in rows:
        owed.setdefault(row.unit, {})[_key(row)] = row
    units = []
    for unit, mine in owed.items():
        cells = [_cell(column, mine.get(column.key), reminded_next, now) for column in columns]
        units.append(UnitRow(unit, cells, measure(mine.values(), complete, now)))
    return sorted(units, key=lambda row: (row.rank, row.unit.position, row.unit.pk))


def _reminded_next(rows: list[Obligation], now: datetime) -> dict[datetime, datetime | None]:
    """By deadline of what is still missing: the next moment when somebody will be reminded of it."""
    overrides = Holiday.objects.as_rules()
    waiting = {row.work_due_at for row in rows if row.waits_for_unit}
    return {due: next((moment.at for moment in moments(due, overrides) if moment.at > now), None) for due in waiting}


def _urgency(number: int, row: UnitRow) -> tuple:
    """How pressing the cell of a column is, the worst first; nothing owed comes last."""
    found = row.cells[number].timeliness
    return (URGENCY.index(found.code), -found.days) if found else (len(URGENCY), 0)


def _cell(column: Column, row: Obligation | None, reminded_next: Mapping, now: datetime) -> Cell:
    if row is None:
        return Cell(column.label, column.due_at)
    unit_plan = getattr(row, "unit_plan", None)
    return Cell(
        label=column.label,
        due_at=row.effective_due_at,
        obligation=row,
        timeliness=row.timeliness(now),
        unit_plan=unit_plan and unit_plan.pk,
        told=Told(row.times_reminded, reminded_next[row.work_due_at] if row.waits_for_unit else None),
        on_paper=row.on_paper,
    )


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
