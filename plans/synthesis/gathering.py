"""What the accepted unit plans say together: by area, unit, channel, month and money (đồng).

An accepted plan stays in force while it is being amended, so its lines are those frozen in the receipt that was
accepted, never what is being written now.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db.models import F
from django.utils.translation import gettext as _

from plans.models import Obligation, ObligationKind, Plan, Receipt
from plans.snapshots import Line, planned_quantities, read_snapshot

MONTHS = tuple(range(1, 13))


@dataclass(frozen=True)
class Task:
    """A line of an accepted unit plan, with its unit and the code of its area."""

    unit: str
    unit_plan: int
    area: str
    line: Line

    def months(self, year: int) -> range:
        """The months of `year` in which it runs; none when it lies outside that year."""
        starts, ends = self.line.starts, self.line.ends
        if starts.year > year or ends.year < year:
            return range(0)
        return range(starts.month if starts.year == year else 1, (ends.month if ends.year == year else 12) + 1)


@dataclass(frozen=True)
class Group:
    """The tasks that share a `key`: an area, a unit, a channel, a month."""

    key: str
    name: str
    tasks: tuple[Task, ...]

    @property
    def units(self) -> int:
        return len({task.unit_plan for task in self.tasks})

    @property
    def money(self) -> int:
        return sum(task.line.money or 0 for task in self.tasks)

    @property
    def quantities(self) -> str:
        """ "Tờ rơi, tờ gấp: 2.000 tờ; Số tin, bài: 12 tin, bài", in the order in which they are planned."""
        found = planned_quantities(task.line for task in self.tasks)
        return "; ".join(f"{name}: {amount}" for name, amount in found)


@dataclass(frozen=True)
class Synthesis:
    """The tasks in force; `missing` are the units that owe a plan of which none is accepted.

    `absences`: (unit, code of the area, reason) of what a unit says it does not do.
    """

    plan: Plan
    areas: tuple[tuple[str, str], ...]
    tasks: tuple[Task, ...]
    absences: tuple[tuple[str, str, str], ...]
    accepted: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def year(self) -> int:
        return self.plan.year

    @property
    def money(self) -> int:
        return sum(task.line.money or 0 for task in self.tasks)

    def narrowed(self, **wanted: str) -> "Synthesis":
        """The same with those tasks alone whose area, unit, channel or month (one of KEYS) is as `wanted`."""
        kept = (task for task in self.tasks if all(value in KEYS[key](self, task) for key, value in wanted.items()))
        return replace(self, tasks=tuple(kept))

    def by_area(self) -> list[Group]:
        """Every area in its order, also one without a task."""
        return [Group(code, name, tuple(t for t in self.tasks if t.area == code)) for code, name in self.areas]

    def by_unit(self) -> list[Group]:
        """Every unit with an accepted plan, in the department's order."""
        return [Group(unit, unit, tuple(t for t in self.tasks if t.unit == unit)) for unit in self.accepted]

    def by_channel(self, channels: list[str]) -> list[Group]:
        """Every one of `channels` (names) in that order, also an unused one; then those no longer in the list."""
        used = dict.fromkeys([*channels, *(task.line.channel for task in self.tasks)])
        return [Group(name, name, tuple(t for t in self.tasks if t.line.channel == name)) for name in used]

    def by_month(self) -> list[Group]:
        """The twelve months; a task that runs on counts in each of its months."""
        return [
            Group(str(month), f"Tháng {month}", tuple(t for t in self.tasks if month in t.months(self.year)))
            for month in MONTHS
        ]

    def by_source(self) -> list[tuple[str, int]]:
        """(source of funds, đồng), the largest first; last what no source is given for."""
        totals: dict[str, int] = {}
        for task in self.tasks:
            for source, amount in task.line.funds:
                totals[source] = totals.get(source, 0) + amount
        known = sorted(totals.items(), key=lambda total: -total[1])
        rest = self.money - sum(totals.values())
        return [*known, (_("Chưa ghi nguồn"), rest)] if rest else known

    def absent(self, area: str) -> list[tuple[str, str]]:
        """(unit, reason) of those that plan nothing in an area."""
        return [(unit, reason) for unit, code, reason in self.absences if code == area]


KEYS: dict[str, Callable[[Synthesis, Task], tuple[str, ...]]] = {
    "area": lambda found, task: (task.area,),
    "unit": lambda found, task: (task.unit,),
    "channel": lambda found, task: (task.line.channel,),
    "month": lambda found, task: tuple(map(str, task.months(found.year))),
}


def gather(plan: Plan) -> Synthesis:
    """The synthesis of the plans accepted against `plan`, in three queries whatever the number of units."""
    areas = tuple((area.code, str(area)) for area in plan.scheme.areas.all())
    owed = list(
        Obligation.objects.expected()
        .filter(plan=plan, kind=ObligationKind.UNIT_PLAN)
        .select_related("unit", "unit_plan")
        .defer("unit_plan__search_text", "unit_plan__purpose", "unit_plan__organisation")
        .order_by("unit__position", "unit_id")
    )
    standing = (
        Receipt.objects.filter(obligation__in=owed, voided_at=None, submitted_at__lte=F("obligation__accepted_at"))
        .order_by("obligation", "submitted_at", "pk")
        .values_list("obligation", "snapshot")
    )
    latest = dict(standing)
    tasks, absences, accepted = [], [], []
    for obligation in owed:
        if obligation.pk not in latest:
            continue
        name = obligation.unit.name
        accepted.append(name)
        for area in read_snapshot(latest[obligation.pk]).areas:
            tasks += [Task(name, obligation.unit_plan.pk, area.code, line) for line in area.lines]
            if area.absence:
                absences.append((name, area.code, area.absence))
    order = {code: place for place, (code, _name) in enumerate(areas)}
    tasks.sort(key=lambda task: order.get(task.area, len(order)))  # stable: units keep their order in an area
    return Synthesis(
        plan, areas, tuple(tasks), tuple(absences), tuple(accepted),
        missing=tuple(row.unit.name for row in owed if row.pk not in latest),
    )  # fmt: skip
