"""An independent recount: plain Python over exported rows gives the figures of the portal, for data of every shape.

Nothing of the product counts here: rows are read as they lie in their tables, and windows are dates by hand
(Nghị định 09/2019/NĐ-CP, Điều 12).
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from accounts.models import Unit
from plans.deadlines.periods import Window
from plans.indicators.kinds import ratios_of
from plans.models import Audience, Channel, ContentArea, Indicator
from propaganda.models import Result, ResultQuantity
from reporting import figures
from reporting.models import Period, UnitReport
from reporting.roll_ups.content import build_content
from reporting.sums import upkeep
from reporting.sums.totals import DIMENSIONS, Asked, totals
from reporting.tests.factories import cells_of, more_units, period_of, ready_year, report_of, result_of

# name → first day, last day, whether it adds up late additions; the last two are no whole reporting months
WINDOWS = {
    "Q1": (date(2021, 12, 15), date(2022, 3, 14), False),
    "Q2": (date(2022, 3, 15), date(2022, 6, 14), False),
    "Q3": (date(2022, 6, 15), date(2022, 9, 14), False),
    "Q4": (date(2022, 9, 15), date(2022, 12, 14), False),
    "H1": (date(2021, 12, 15), date(2022, 6, 14), True),
    "Y": (date(2021, 12, 15), date(2022, 12, 14), True),
    "month": (date(2022, 2, 15), date(2022, 3, 14), False),
    "calendar quarter": (date(2022, 1, 1), date(2022, 3, 31), False),
    "one day": (date(2022, 3, 14), date(2022, 3, 14), True),
}
OWN = {"participants": "participants", "views": "reach", "money": "money"}  # indicator's code → column of the result
RECEIVED = ("accepted", "locked")


class Recount:
    """The figures of windows, from exported rows."""

    def __init__(self):
        self.results = list(Result.objects.values())
        self.quantities = defaultdict(list)
        for row in ResultQuantity.objects.values():
            self.quantities[row["result_id"]].append(row)
        periods = {row["id"]: row for row in Period.objects.values()}
        self.received = defaultdict(list)
        for row in UnitReport.objects.values():
            if row["state"] in RECEIVED:
                period = periods[row["period_id"]]
                self.received[row["unit_id"]].append((period["starts"], period["ends"]))
        self.indicators = {row["id"]: row for row in Indicator.objects.values()}

    def counted(self, starts: date, ends: date, cumulative: bool) -> list[dict]:
        return [
            row
            for row in self.results
            if starts <= row["happened_on"] <= ends
            and any(first <= row["happened_on"] <= last for first, last in self.received[row["unit_id"]])
            and (cumulative or not row["supplement"])
        ]

    def values(self, row: dict) -> dict[int, int]:
        """What a result says, by indicator."""
        said = {each["indicator_id"]: each["value"] for each in self.quantities[row["id"]]}
        for key, indicator in self.indicators.items():
            if indicator["code"] in OWN and row[OWN[indicator["code"]]] is not None:
                said[key] = row[OWN[indicator["code"]]]
        return said

    def sums(self, window: tuple, *names: str) -> dict[tuple, int]:
        """(key of each name, indicator) → sum; what nobody recorded is absent."""
        found: dict[tuple, int] = defaultdict(int)
        for row in self.counted(*window):
            for indicator, value in self.values(row).items():
                found[(*(self.key(row, name) for name in names), indicator)] += value
        return dict(found)

    def stock(self, window: tuple, indicator: int) -> int | None:
        """What each unit had at last, added; None when nobody recorded it."""
        last = {}
        for row in sorted(self.counted(*window), key=lambda row: (row["happened_on"], row["id"])):
            if (value := self.values(row).get(indicator)) is not None:
                last[row["unit_id"]] = value
        return sum(last.values()) if last else None

    def numbers(self, window: tuple, name: str) -> dict[int, int]:
        found: dict[int, int] = defaultdict(int)
        for row in self.counted(*window):
            found[self.key(row, name)] += 1
        return dict(found)

    @staticmethod
    def key(row: dict, name: str) -> int:
        if name != "month":
            return row[f"{name}_id"]
        day = row["happened_on"]  # the month it closes: from its 15th on, a day belongs to the next one
        year, month = (day.year, day.month) if day.day < 15 else (day.year + day.month // 12, day.month % 12 + 1)
        return 12 * year + month - 1


class Shape:
    """Results by chance: dense, sparse, empty, late, of units that merge in the middle of the year."""

    def __init__(self, plan, seed: int):
        self.plan, self.chance = plan, Random(seed)
        self.results = (0, 3, 40, 80, 80, 80)[seed % 6]
        self.units = list(Unit.objects.filter(agency=plan.agency).order_by("pk")[: 1 + seed % 5])
        self.late = (0, 0.3, 0.9)[seed % 3]
        self.indicators = list(Indicator.objects.summed().filter(source="quantity").order_by("pk")[: 1 + seed % 9])

    def write(self) -> None:
        for unit in self.units:
            for kind in ("Q1", "Q2", "Q3", "Q4"):
                if state := self.chance.choice(("accepted", "accepted", "locked", "submitted", "returned", None)):
                    report_of(self.plan, unit.code, kind, state=state)
        if len(self.units) > 1:
            self.merge(*self.units[:2])
        lists = [list(model.objects.all()) for model in (ContentArea, Channel, Audience)]
        made = Result.objects.bulk_create(self.result(number, *lists) for number in range(self.results))
        ResultQuantity.objects.bulk_create(
            ResultQuantity(result=row, indicator=indicator, value=self.chance.choice((0, 1, 7, 10**9)))
            for row in made
            for indicator in self.indicators
            if self.chance.random() < 0.5
        )
        self.edit()

    def merge(self, gone: Unit, heir: Unit) -> None:
        """The one ends on 30/4; what it still owes passes to the other, what it did stays its own."""
        Unit.objects.filter(pk=gone.pk).update(ends=date(2022, 4, 30), parent=heir)
        UnitReport.objects.filter(unit=gone, period__starts__gte=date(2022, 3, 15)).update(state="transferred")

    def result(self, number: int, areas: list, channels: list, audiences: list) -> Result:
        pick = self.chance.choice
        edge = pick([window[0] for window in WINDOWS.values()]) - timedelta(pick((0, 1)))
        day = pick((edge, date(2021, 12, 1) + timedelta(self.chance.randrange(400))))
        return Result(
            agency=self.plan.agency, unit=pick(self.units), happened_on=day, title="Việc", area=pick(areas),
            channel=pick(channels[:4]), audience=pick(audiences), participants=pick((None, 0, 12)),
            reach=pick((None, 10**9)), money=pick((None, 0, 5_000_000)), supplement=self.chance.random() < self.late,
            key=f"shape-{number}", recorded_at=self.plan.issued_at, recorded_by=self.plan.created_by,
        )  # fmt: skip

    def edit(self) -> None:
        """Some rows are changed, some deleted, after they were counted once."""
        rows = list(Result.objects.order_by("pk"))
        for row in self.chance.sample(rows, len(rows) // 8):
            row.delete()
        rows = list(Result.objects.order_by("pk"))
        for row in self.chance.sample(rows, len(rows) // 8):
            row.unit, row.area = self.chance.choice(self.units), ContentArea.objects.first()
            row.save()


@pytest.mark.parametrize("seed", range(12))
def test_figures_of_every_window_equal_a_recount(cast, seed):
    plan = ready_year(cast)
    Shape(plan, seed).write()
    if seed % 2:
        upkeep.fold()
    recount, indicators = Recount(), list(Indicator.objects.summed())
    for name, window in WINDOWS.items():
        days, cumulative = Window(*window[:2]), window[2]
        cells = figures.cells(plan.agency_id, days, indicators, cumulative=cumulative)
        assert {cell[:3]: cell[3] for cell in cells} == recount.sums(window, "unit", "area"), name
        assert len(cells) == len({cell[:3] for cell in cells})
        found = totals(plan.agency_id, indicators, {"": Asked(days, cumulative)})[""]
        for dimension in DIMENSIONS:
            assert found[dimension].values == recount.sums(window, dimension), (name, dimension)
            assert found[dimension].results == recount.numbers(window, dimension), (name, dimension)


@pytest.mark.parametrize("seed", (2, 5, 9))
def test_the_content_of_a_roll_up_equals_a_recount(cast, seed):
    plan = ready_year(cast)
    stock = Indicator.objects.create(
        code="groups", name="Số tổ", unit_of_measure="tổ", source="quantity", kind="stock", position=90
    )
    shape, parts = Shape(plan, seed), Indicator.objects.filter(code__in=("findings", "findings-solved"))
    shape.indicators = list({*shape.indicators, *parts, stock})
    shape.write()
    recount = Recount()
    names = {row.pk: row.code for row in Unit.objects.all()}
    areas = {row.pk: row.code for row in ContentArea.objects.all()}
    codes = {key: row["code"] for key, row in recount.indicators.items()}
    for name, kind in (("Q1", "Q1"), ("Q2", "Q2"), ("H1", "CCHC-H1"), ("Y", "CCHC-Y")):
        window = WINDOWS[name]
        content = build_content(period_of(plan, kind), now=plan.issued_at)
        cells = cells_of(content)
        assert {key: value for key, value in cells.items() if key[2] != "groups"} == {
            (names[unit], areas[area], codes[indicator]): value
            for (unit, area, indicator), value in recount.sums(window, "unit", "area").items()
            if indicator != stock.pk
        }
        so_far = (date(2021, 12, 15), window[1], True)
        rows = {row["code"]: row for row in content["indicators"]}
        for asked, key in ((window, "value"), (so_far, "year")):
            by_hand = {codes[indicator]: value for (indicator,), value in recount.sums(asked).items()}
            by_hand.pop("groups", None)
            plain = {code: row[key] for code, row in rows.items() if row["adds"] and row[key] is not None}
            assert plain == by_hand, (name, key)
            assert rows["groups"][key] == recount.stock(asked, stock.pk), (name, key)
            solved, found = by_hand.get("findings-solved"), by_hand.get("findings")
            rate = None if solved is None or not found else float(round(Decimal(100 * solved) / found, 1))
            assert rows["findings-rate"][key] == pytest.approx(rate, abs=0.051), (name, key)


def test_a_ratio_is_divided_once_from_recounted_parts_and_never_by_zero(cast):
    plan = ready_year(cast)
    parts = {code: Indicator.objects.get(code=code) for code in ("findings", "findings-solved")}
    rate = Indicator.objects.get(code="findings-rate")
    given = {"ldvl": ((3, 1), (7, 7)), "btxh": ((0, 0),), "ncc": ((5, 4),)}
    area = ContentArea.objects.get(code="leadership")
    for code, pairs in given.items():
        report_of(plan, code, "Q1", state="accepted")
        for number, (all_of_them, solved) in enumerate(pairs):
            row = Result.objects.create(
                agency=plan.agency, unit=cast.units[code], happened_on=date(2022, 3, 1), title="Kiểm tra", area=area,
                channel=Channel.objects.first(), audience=Audience.objects.first(), key=f"{code}{number}",
                recorded_at=plan.issued_at, recorded_by=plan.created_by,
            )  # fmt: skip
            ResultQuantity.objects.create(result=row, indicator=parts["findings"], value=all_of_them)
            ResultQuantity.objects.create(result=row, indicator=parts["findings-solved"], value=solved)
    asked = Asked(Window(*WINDOWS["Q1"][:2]), False, ("area",))
    of_area = totals(plan.agency_id, parts.values(), {"Q1": asked})["Q1"]["area"].by_indicator()
    assert ratios_of([rate], of_area) == {rate.pk: Fraction(12, 15)}
    cells = figures.cells(plan.agency_id, Window(*WINDOWS["Q1"][:2]), parts.values(), cumulative=False)
    of_unit = {code: {cell[2]: cell[3] for cell in cells if cell[0] == cast.units[code].pk} for code in given}
    assert {code: ratios_of([rate], of_unit[code])[rate.pk] for code in given} == {
        "ldvl": Fraction(8, 10), "btxh": None, "ncc": Fraction(4, 5),
    }  # fmt: skip


def test_figures_take_the_same_queries_for_one_unit_and_for_thirty(cast, django_assert_num_queries):
    plan = ready_year(cast)
    indicators, whole, part = (
        list(Indicator.objects.summed()),
        Window(*WINDOWS["Q1"][:2]),
        Window(*WINDOWS["one day"][:2]),
    )
    asked = {"quarter": Asked(whole, False), "month": Asked(Window(*WINDOWS["month"][:2]), True, ("area",))}
    for codes in (["ldvl"], more_units(plan, 29)):
        for code in codes:
            report_of(plan, code, "Q1", state="accepted")
            result_of(plan, code, date(2022, 3, 14), participants=2, quantities={"leaflets": 5})
        with django_assert_num_queries(2):
            cells = figures.cells(plan.agency_id, whole, indicators, cumulative=False)
        with django_assert_num_queries(2):
            totals(plan.agency_id, indicators, asked)
        with django_assert_num_queries(4):
            totals(plan.agency_id, indicators, asked | {"day": Asked(part, True)})
    assert len(cells) == 60
