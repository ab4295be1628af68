"""What is frozen when something is handed in: plain values that need no other row to be read."""

import json
from dataclasses import dataclass, field
from datetime import date

from documents.dates import short_date
from documents.numbers import format_money, format_number
from plans.models import UnitPlan
from plans.receipts import canonical


def unit_plan_snapshot(unit_plan: UnitPlan) -> dict:
    """The unit plan as handed in: texts, lines by area, areas without lines and why. Money in đồng, dates ISO."""
    lines = unit_plan.activities.select_related("area", "channel", "audience", "indicator")
    return {
        "unit": unit_plan.unit.name,
        "year": unit_plan.plan.year,
        "purpose": unit_plan.purpose,
        "organisation": unit_plan.organisation,
        "contact": unit_plan.contact,
        "areas": [{"code": area.code, "title": str(area)} for area in unit_plan.plan.scheme.areas.all()],
        "activities": [
            {
                "id": line.pk,
                "area": line.area.code,
                "title": line.title,
                "channel": line.channel.name,
                "audience": line.audience.name,
                "starts": line.starts,
                "ends": line.ends,
                "person": line.person,
                "product": line.product,
                "indicator": line.indicator and line.indicator.name,
                "measure": line.indicator and line.indicator.unit_of_measure,
                "quantity": line.quantity,
                "money": line.money,
            }
            for line in lines
        ],
        "absences": [
            {"area": absence.area.code, "reason": absence.reason}
            for absence in unit_plan.absences.select_related("area").order_by("area__position")
        ],
    }


@dataclass(frozen=True)
class Line:
    """An activity as it is read: `money` in đồng, `quantity` in `measure`."""

    id: int
    title: str
    channel: str
    audience: str
    starts: date
    ends: date
    person: str
    product: str
    indicator: str | None
    measure: str | None
    quantity: int | None
    money: int | None

    @property
    def when(self) -> str:
        """ "27/02/2022", or "01/3/2022 – 31/3/2022"."""
        first, last = short_date(self.starts), short_date(self.ends)
        return first if first == last else f"{first} – {last}"

    @property
    def amount(self) -> str:
        """ "2.000 tờ", or nothing when no quantity is planned."""
        return "" if self.quantity is None else f"{format_number(self.quantity)} {self.measure}"

    @property
    def cost(self) -> str:
        return "" if self.money is None else format_money(self.money)


@dataclass(frozen=True)
class AreaContent:
    """What a unit plans in one area: its lines, or why there are none; neither is a gap."""

    code: str
    title: str
    lines: tuple[Line, ...] = ()
    absence: str = ""

    @property
    def is_covered(self) -> bool:
        return bool(self.lines or self.absence)


@dataclass(frozen=True)
class Content:
    """A unit plan to be read, whether live or frozen in a receipt."""

    unit: str
    year: int
    purpose: str
    organisation: str
    contact: str
    areas: tuple[AreaContent, ...] = field(default=())

    @property
    def lines(self) -> list[Line]:
        return [line for area in self.areas for line in area.lines]

    @property
    def covered(self) -> int:
        """How many areas have a line or a reason."""
        return sum(area.is_covered for area in self.areas)

    @property
    def money(self) -> int:
        """Planned money of all lines, in đồng."""
        return sum(line.money or 0 for line in self.lines)

    @property
    def quantities(self) -> list[tuple[str, str]]:
        """Planned quantities by indicator, in the order of the lines: (indicator, "2.000 tờ")."""
        totals: dict[tuple[str, str], int] = {}
        for line in self.lines:
            if line.quantity is not None:
                key = (line.indicator, line.measure)
                totals[key] = totals.get(key, 0) + line.quantity
        return [(name, f"{format_number(total)} {measure}") for (name, measure), total in totals.items()]


def read_snapshot(snapshot: dict) -> Content:
    """The content of a stored snapshot; dates become dates again."""
    lines: dict[str, list[Line]] = {}
    for row in snapshot["activities"]:
        row = dict(row)
        area = row.pop("area")
        days = {name: date.fromisoformat(row.pop(name)) for name in ("starts", "ends")}
        lines.setdefault(area, []).append(Line(**row, **days))
    reasons = {row["area"]: row["reason"] for row in snapshot["absences"]}
    return Content(
        **{name: snapshot[name] for name in ("unit", "year", "purpose", "organisation", "contact")},
        areas=tuple(
            AreaContent(area["code"], area["title"], tuple(lines.get(area["code"], ())), reasons.get(area["code"], ""))
            for area in snapshot["areas"]
        ),
    )


def live_content(unit_plan: UnitPlan) -> Content:
    """The unit plan as it stands now, read the same way as a frozen one."""
    return read_snapshot(json.loads(canonical(unit_plan_snapshot(unit_plan))))
