"""Many lines of a unit plan at once: what a table holds is stored in one transaction; last year's lines taken over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.models import Event, Unit, User
from accounts.search_text import folded
from accounts.workflow import StaleState
from plans.actions import LINE_FIELDS, begin_edit, columns_of, end_refusals, store_funds
from plans.department.copying import move_text, same_day
from plans.models import Activity, ActivityFund, UnitPlan
from plans.units.funds import Fund, funds_of

LISTED = ("area", "channel", "audience", "indicator")
MOST_LINES = 1_000


@dataclass
class LineEdit:
    """A row of the table in its place: what its form gives, and the line it stands for as it was opened (or None)."""

    values: dict
    line: Activity | None = None
    version: int = 0
    changed: bool = True


@dataclass
class Stored:
    """What a saving did; `lines` are those of the edits, in their order."""

    lines: list[Activity] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    removed: int = 0


class LinesChanged(StaleState):
    """Somebody changed or removed one of the lines meanwhile; nothing was stored."""


def lines_of(unit_plan: UnitPlan) -> models.QuerySet:
    """The plan's lines in order with all that their boxes show; two queries."""
    return unit_plan.activities.select_related(*LISTED).prefetch_related(
        models.Prefetch("funds", queryset=ActivityFund.objects.select_related("source"))
    )


@transaction.atomic
def save_lines(
    unit_plan: UnitPlan, edits: Sequence[LineEdit], removed: Iterable[Activity] = (), *, by: User, now: datetime
) -> Stored:
    """Store the changed and new rows and the order of all, take out `removed`: everything or nothing.

    Rows that are not among `edits` keep their places.

    A new row that is the very same as a stored line is that line (a form sent twice). Raises LinesChanged, StaleState
    or PermissionDenied.
    """
    begin_edit(unit_plan, by=by, now=now)
    stored = {line.pk: line for line in lines_of(unit_plan)}
    were_in = {pk: line.area_id for pk, line in stored.items()}
    removed = [line for line in removed if line.pk in stored]
    _look_for_conflicts(edits, stored)
    told = Stored()
    for edit in edits:
        told.lines.append(_applied(edit, stored, unit_plan, told))
    if len(stored) + told.new - len(removed) > MOST_LINES:
        raise StaleState(_("Kế hoạch có tối đa %d hoạt động. Hãy gộp hoặc bỏ bớt.") % MOST_LINES)
    _remove(unit_plan, removed, told, by, now)
    _write(edits, told)
    _put_in_order(unit_plan, told.lines, were_in)
    end_refusals(unit_plan, [line for line, edit in zip(told.lines, edits, strict=True) if edit.changed])
    return told


def _look_for_conflicts(edits: Iterable[LineEdit], stored: dict[int, Activity]) -> None:
    for edit in edits:
        if edit.line:
            line = stored.get(edit.line.pk)
            if line is None or (edit.changed and line.version != edit.version):
                raise LinesChanged(_("Có người vừa sửa một dòng trong bảng."))


def _applied(edit: LineEdit, stored: dict[int, Activity], unit_plan: UnitPlan, told: Stored) -> Activity:
    """The line with the row's values in it, not yet written."""
    if edit.line and not edit.changed:
        return stored[edit.line.pk]
    columns = columns_of(edit.values)
    if edit.line:
        line = stored[edit.line.pk]
        if _says(line, columns) and funds_of(line) == edit.values["funds"]:
            edit.changed = False  # "zalo" typed over "Zalo"
            return line
        told.changed += 1
        line.version += 1
        for name, value in columns.items():
            setattr(line, name, value)
        line.search_text = folded(Activity, columns)
        return line
    for line in stored.values():
        if _says(line, columns):
            edit.changed = False
            return line
    told.new += 1
    return Activity(unit_plan=unit_plan, **columns)


def _says(line: Activity, columns: dict) -> bool:
    return all(getattr(line, name) == columns[name] for name in LINE_FIELDS)


def _remove(unit_plan: UnitPlan, lines: list[Activity], told: Stored, by: User, now: datetime) -> None:
    try:
        Activity.objects.filter(pk__in=[line.pk for line in lines]).delete()
    except models.ProtectedError as error:
        held = next(iter(error.protected_objects)).activity
        raise StaleState(_("Hoạt động “%s” đã có kết quả ghi nhận nên không xóa được.") % held.title[:150]) from error
    told.removed = len(lines)
    for line in lines:
        Event.record(
            unit_plan, at=now, by=by, action="remove_activity", label=_("Bỏ hoạt động: %s") % line.title[:150],
            agency_id=unit_plan.agency_id,
        )  # fmt: skip


def _write(edits: Sequence[LineEdit], told: Stored) -> None:
    pairs = [(edit, line) for edit, line in zip(edits, told.lines, strict=True) if edit.changed]
    Activity.objects.bulk_create([line for _edit, line in pairs if line.pk is None])
    changed = [line for edit, line in pairs if edit.line]
    Activity.objects.bulk_update(changed, [*LINE_FIELDS, "version", "search_text"], batch_size=200)
    store_funds({line: edit.values["funds"] for edit, line in pairs})


def _put_in_order(unit_plan: UnitPlan, lines: Sequence[Activity], were_in: dict[int, int]) -> None:
    """The lines of the table in its order among those of their areas that it does not show."""
    rows = unit_plan.activities.order_by("position", "pk").values_list("pk", "area", "position")
    places = {pk: Activity(pk=pk, area_id=area, position=position) for pk, area, position in rows}
    for area in {line.area_id for line in lines}:
        table = list(dict.fromkeys(line.pk for line in lines if line.area_id == area))
        stood = [pk for pk, line in places.items() if line.area_id == area and were_in.get(pk) == area]
        _renumber(places, woven(stood, table))


def woven(stood: Sequence[int], table: Sequence[int]) -> list[int]:
    """`stood` with what `table` holds of it in the table's order; new ones after the one above them in the table."""
    mine = iter([pk for pk in table if pk in stood])
    order = [next(mine) if pk in table else pk for pk in stood]
    for place, pk in enumerate(table):
        if pk not in order:
            order.insert(order.index(table[place - 1]) + 1 if place else _first_of(order, table), pk)
    return order


def _first_of(order: list[int], table: Sequence[int]) -> int:
    """Where the first row that the table holds stands; the end when it holds none."""
    return next((at for at, pk in enumerate(order) if pk in table), len(order))


def _renumber(places: dict[int, Activity], order: list[int]) -> None:
    moved = []
    for position, pk in enumerate(order):
        if places[pk].position != position:
            places[pk].position = position
            moved.append(places[pk])
    Activity.objects.bulk_update(moved, ["position"], batch_size=200)


# Last year's lines


def earlier_plans(unit_plan: UnitPlan) -> list[UnitPlan]:
    """Plans whose lines may be taken over: the unit's last one before this year; then, of each unit whose work it
    took over (merged, split), the last one, this year's included."""
    year = unit_plan.plan.year
    before = Unit.objects.filter(successions__successors=unit_plan.unit_id).exclude(pk=unit_plan.unit_id)
    plans = UnitPlan.objects.filter(
        Q(unit=unit_plan.unit_id, plan__year__lt=year) | Q(unit__in=before, plan__year__lte=year),
        Exists(Activity.objects.filter(unit_plan=OuterRef("pk"))),
    )
    latest: dict[int, UnitPlan] = {}
    for plan in plans.select_related("plan", "unit").order_by("-plan__year", "unit__position", "-pk"):
        latest.setdefault(plan.unit_id, plan)
    return sorted(latest.values(), key=lambda plan: plan.unit_id != unit_plan.unit_id)


@transaction.atomic
def take_over(
    unit_plan: UnitPlan, earlier: UnitPlan, chosen: Iterable[int], *, by: User, now: datetime
) -> list[Activity]:
    """Copy the chosen lines of an earlier year's plan, each at most once, what is dated moved to the new year.

    Gives the new lines. Marks of what they answered stay: they mean the same words of the new plan.
    """
    begin_edit(unit_plan, by=by, now=now)
    taken = set(unit_plan.activities.filter(origin__isnull=False).values_list("origin", flat=True))
    lines = [line for line in lines_of(earlier).filter(pk__in=list(chosen)) if line.pk not in taken]
    areas = {area.code: area for area in unit_plan.plan.scheme.areas.all()}
    last = dict(unit_plan.activities.order_by().values_list("area").annotate(last=models.Max("position")))
    copies: list[tuple[Activity, tuple[Fund, ...]]] = []
    for line in lines:
        if area := areas.get(line.area.code):
            copy = moved(line, earlier.plan.year, unit_plan.plan.year)
            copy.unit_plan, copy.area, copy.origin = unit_plan, area, line
            copy.position = last[area.pk] = last.get(area.pk, -1) + 1
            copies.append((copy, funds_of(line)))
    made = Activity.objects.bulk_create([copy for copy, _funds in copies])
    store_funds(dict(copies))
    end_refusals(unit_plan, made)
    return made


def moved(line: Activity, old: int, new: int) -> Activity:
    """The line in a plan of another year, not stored: its days, and the years in its words, moved by the difference."""
    columns = {name: getattr(line, name) for name in LINE_FIELDS}
    texts = {name: move_text(columns[name], old, new)[0] for name in ("title", "product", "phrase")}
    days = {name: same_day(columns[name], new - old) for name in ("starts", "ends")}
    return Activity(**columns | texts | days)
