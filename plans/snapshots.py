"""What is frozen when something is handed in: plain values that need no other row to be read."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from datetime import date

from documents.dates import short_date
from documents.numbers import format_money, format_number
from plans.models import UnitPlan
from plans.receipts import canonical
from plans.units.asked import Answer, Asked, answers, asked_of, decline_reasons

ASKED_FIELDS = tuple(name.name for name in fields(Asked))


def unit_plan_snapshot(unit_plan: UnitPlan) -> dict:
    """The unit plan as handed in: texts, lines by area, areas without lines and why, what was asked and which of it is
    not the unit's to do. Money in đồng, dates ISO."""
    lines = unit_plan.activities.select_related("area", "channel", "audience", "indicator")
    reasons = decline_reasons(unit_plan)
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
                "phrase": line.phrase,
                "funds": [[fund.source.name, fund.amount] for fund in line.funds.all()],
                "asked": line.asked,
            }
            for line in lines.prefetch_related("funds__source")
        ],
        "absences": [
            {"area": absence.area.code, "reason": absence.reason}
            for absence in unit_plan.absences.select_related("area").order_by("area__position")
        ],
        "asked": [asdict(item) | {"declined": reasons.get(item.key, "")} for item in asked_of(unit_plan)],
    }


def line_part(pk: int) -> str:
    """The key of a line among the parts that can be remarked on."""
    return f"line:{pk}"


@dataclass(frozen=True)
class Line:
    """An activity as it is read: `money` in đồng, `quantity` in `measure`; `funds` are (source, đồng).

    What has a default here is missing in what was handed in before it was asked for.
    """

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
    phrase: str = ""
    funds: tuple[tuple[str, int], ...] = ()
    asked: tuple[str, ...] = ()
    area_code: str = ""

    @property
    def part(self) -> str:
        """Its key among the parts that can be remarked on."""
        return line_part(self.id)

    @property
    def when(self) -> str:
        """As written ("quý II"), else "27/02/2022", or "01/3/2022 – 31/3/2022"."""
        if self.phrase:
            return self.phrase
        first, last = short_date(self.starts), short_date(self.ends)
        return first if first == last else f"{first} – {last}"

    @property
    def amount(self) -> str:
        """ "2.000 tờ", or nothing when no quantity is planned."""
        return "" if self.quantity is None else f"{format_number(self.quantity)} {self.measure}"

    @property
    def cost(self) -> str:
        return "" if self.money is None else format_money(self.money)

    @property
    def sources(self) -> str:
        """ "Xã hội hóa", or, of several, "Xã hội hóa 2.000.000; Nguồn khác 1.000.000"."""
        if len(self.funds) == 1 and self.funds[0][1] == self.money:
            return self.funds[0][0]
        return "; ".join(f"{name} {format_number(amount)}" for name, amount in self.funds)


@dataclass(frozen=True)
class AreaContent:
    """What a unit plans in one area: its lines, or why there are none; neither is a gap."""

    code: str
    title: str
    lines: tuple[Line, ...] = ()
    absence: str = ""

    @property
    def part(self) -> str:
        """Its key among the parts that can be remarked on."""
        return f"area:{self.code}"

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
    answers: tuple[Answer, ...] = field(default=())

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
    def funds(self) -> list[tuple[str, int]]:
        """Planned money by source, in đồng, in the order of the lines; what has no source told comes last as ""."""
        totals: dict[str, int] = {}
        for line in self.lines:
            for name, amount in line.funds:
                totals[name] = totals.get(name, 0) + amount
        rest = self.money - sum(totals.values())
        return [*totals.items(), *([("", rest)] if rest else [])]

    @property
    def answered(self) -> int:
        """How many of the wanted items are answered."""
        return sum(answer.is_given for answer in self.wanted)

    @property
    def wanted(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.asked.wanted]

    @property
    def declined(self) -> list[Answer]:
        """What is asked and, as the unit says, none of its work."""
        return [answer for answer in self.answers if answer.reason]

    @property
    def quantities(self) -> list[tuple[str, str]]:
        """Planned quantities by indicator, in the order of the lines: (indicator, "2.000 tờ")."""
        return planned_quantities(self.lines)


def planned_quantities(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """Quantities of `lines` added by indicator, in their order: (indicator, "2.000 tờ")."""
    totals: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.quantity is not None:
            key = (line.indicator, line.measure)
            totals[key] = totals.get(key, 0) + line.quantity
    return [(name, f"{format_number(total)} {measure}") for (name, measure), total in totals.items()]


def read_snapshot(snapshot: dict) -> Content:
    """The content of a stored snapshot; dates become dates again."""
    lines: dict[str, list[Line]] = {}
    for row in snapshot["activities"]:
        line = _read_line(row)
        lines.setdefault(line.area_code, []).append(line)
    reasons = {row["area"]: row["reason"] for row in snapshot["absences"]}
    asked = snapshot.get("asked", ())
    items = [Asked(**{name: row[name] for name in ASKED_FIELDS}) for row in asked]
    declined = {row["key"]: row["declined"] for row in asked}
    every_line = [line for of_area in lines.values() for line in of_area]
    return Content(
        **{name: snapshot[name] for name in ("unit", "year", "purpose", "organisation", "contact")},
        areas=tuple(
            AreaContent(area["code"], area["title"], tuple(lines.get(area["code"], ())), reasons.get(area["code"], ""))
            for area in snapshot["areas"]
        ),
        answers=tuple(answers(items, every_line, declined, reasons)),
    )


def _read_line(row: dict) -> Line:
    known = {name.name for name in fields(Line)}
    values = {name: value for name, value in row.items() if name in known}
    days = {name: date.fromisoformat(row[name]) for name in ("starts", "ends")}
    more = {"funds": tuple(map(tuple, row.get("funds", ()))), "asked": tuple(row.get("asked", ()))}
    return Line(**values | days | more, area_code=row["area"])


def live_content(unit_plan: UnitPlan) -> Content:
    """The unit plan as it stands now, read the same way as a frozen one."""
    return read_snapshot(json.loads(canonical(unit_plan_snapshot(unit_plan))))
