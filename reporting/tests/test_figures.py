"""Figures of a window: which results count, and sums that no join multiplies."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.deadlines.periods import Window, window
from plans.models import Activity, Channel, ContentArea, Indicator
from plans.tests.factories import filled_unit_plan, line_of, unit_plan_of
from propaganda.models import Result, ResultQuantity
from reporting import figures
from reporting.roll_ups.content import build_content
from reporting.tests.factories import cells_of, period_of, ready_year, report_of, result_of

QUARTERS = ("Q1", "Q2", "Q3", "Q4")


@pytest.fixture
def plan(cast):
    return ready_year(cast)


@pytest.fixture
def year_2023(cast):
    return ready_year(cast, year=2023)


def leaflets_of(plan, kind: str):
    """The leaflets counted in a period, None where nothing is known."""
    period = period_of(plan, kind)
    found = figures.counted_results(plan.agency_id, Window(period.starts, period.ends), cumulative=period.cumulative)
    totals = figures.total_by(figures.facts(found, Indicator.objects.all()), lambda fact: fact.indicator)
    return totals.get(Indicator.objects.get(code="leaflets").pk)


def test_a_result_of_20_december_2022_is_in_the_figures_of_2023_and_not_in_quarter_4(plan, year_2023):
    report_of(plan, kind="Q4", state="accepted")
    report_of(year_2023, kind="Q1", state="accepted")
    result_of(plan, "ldvl", date(2022, 12, 20), quantities={"leaflets": 700})
    assert leaflets_of(plan, "Q4") is None
    assert leaflets_of(plan, "CCHC-Y") is None
    assert leaflets_of(year_2023, "Q1") == 700
    assert leaflets_of(year_2023, "CCHC-Y") == 700


def test_a_result_of_20_march_belongs_to_the_second_quarter(plan):
    for kind in ("Q1", "Q2"):
        report_of(plan, kind=kind, state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 20), quantities={"leaflets": 300})
    assert (leaflets_of(plan, "Q1"), leaflets_of(plan, "Q2")) == (None, 300)


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [("Q1", date(2021, 12, 15), date(2022, 3, 14)), ("Q2", date(2022, 3, 15), date(2022, 6, 14)),
     ("Q3", date(2022, 6, 15), date(2022, 9, 14)), ("Q4", date(2022, 9, 15), date(2022, 12, 14))],
)  # fmt: skip
def test_both_ends_of_a_window_belong_to_it_and_the_days_beside_them_do_not(plan, kind, first, last):
    for quarter in QUARTERS:
        report_of(plan, kind=quarter, state="accepted")
    for day, count in ((first - timedelta(1), 1), (first, 10), (last, 100), (last + timedelta(1), 1000)):
        result_of(plan, "ldvl", day, quantities={"leaflets": count})
    assert leaflets_of(plan, kind) == 110


def test_two_results_with_30_people_and_three_figures_each_are_not_multiplied(plan):
    report_of(plan, state="accepted")
    for _time in range(2):
        result_of(
            plan, "ldvl", date(2022, 3, 1), participants=30, reach=400, money=1_500_000,
            quantities={"leaflets": 1000, "articles": 3, "posts": 2},
        )  # fmt: skip
    content = build_content(period_of(plan), now=plan.issued_at)
    values = {row["code"]: row["value"] for row in content["indicators"] if row["value"] is not None}
    assert values == {
        "leaflets": 2000, "articles": 6, "posts": 4, "participants": 60, "views": 800, "money": 3_000_000,
    }  # fmt: skip


def test_what_is_not_known_is_not_zero_and_zero_is_known(plan):
    report_of(plan, state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), participants=0, quantities={"leaflets": 0})
    values = {row["code"]: row["value"] for row in build_content(period_of(plan), now=plan.issued_at)["indicators"]}
    assert (values["participants"], values["leaflets"], values["views"], values["money"]) == (0, 0, None, None)


@pytest.mark.parametrize("state", ["open", "drafting", "head_review", "submitted", "in_review", "returned", "reopened"])
def test_the_results_of_a_unit_that_is_not_received_do_not_count(plan, state):
    report_of(plan, "ldvl", state=state)
    report_of(plan, "btxh", state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500})
    result_of(plan, "btxh", date(2022, 3, 1), quantities={"leaflets": 20})
    content = build_content(period_of(plan), now=plan.issued_at)
    assert leaflets_of(plan, "Q1") == 20
    assert {unit for unit, _area, _code in cells_of(content)} == {"btxh"}


def test_a_received_quarter_says_nothing_about_a_quarter_that_is_missing(plan):
    report_of(plan, kind="Q1", state="locked")
    report_of(plan, kind="Q2", state="submitted")
    result_of(plan, "ldvl", date(2022, 3, 14), quantities={"leaflets": 5})
    result_of(plan, "ldvl", date(2022, 3, 15), quantities={"leaflets": 70})
    assert (leaflets_of(plan, "Q1"), leaflets_of(plan, "Q2"), leaflets_of(plan, "CCHC-H1")) == (5, None, 5)


def test_a_supplement_is_left_out_of_its_quarter_and_counted_in_the_windows_that_add_up(plan):
    for kind in ("Q1", "Q2"):
        report_of(plan, kind=kind, state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 100})
    result_of(plan, "ldvl", date(2022, 3, 2), quantities={"leaflets": 9}, supplement=True)
    assert (leaflets_of(plan, "Q1"), leaflets_of(plan, "CCHC-Q1")) == (100, 100)
    assert (leaflets_of(plan, "CCHC-H1"), leaflets_of(plan, "CCHC-Y")) == (109, 109)
    row = {row["code"]: row for row in build_content(period_of(plan, "Q2"), now=plan.issued_at)["indicators"]}
    assert (row["leaflets"]["value"], row["leaflets"]["year"]) == (None, 109)


def test_the_same_period_of_last_year_stands_beside_this_one(plan, year_2023):
    for year in (plan, year_2023):
        report_of(year, kind="Q1", state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 14), quantities={"leaflets": 40})
    result_of(plan, "ldvl", date(2022, 3, 15), quantities={"leaflets": 5})
    result_of(plan, "ldvl", date(2022, 12, 15), quantities={"leaflets": 60})
    rows = {row["code"]: row for row in build_content(period_of(year_2023), now=plan.issued_at)["indicators"]}
    assert (rows["leaflets"]["value"], rows["leaflets"]["year"], rows["leaflets"]["last_year"]) == (60, 60, 40)


def test_only_accepted_unit_plans_are_planned_figures(plan):
    filled_unit_plan(plan, "ldvl", state="accepted")  # six lines of 2.000 leaflets and 5.000.000 đồng
    filled_unit_plan(plan, "btxh", state="submitted")
    filled_unit_plan(plan, "ncc", state="amending")
    leaflets = Indicator.objects.get(code="leaflets").pk
    rows = figures.planned(plan.agency_id, 2022, window("Q1", 2022))
    assert figures.total_by(rows, lambda row: row.indicator, "quantity") == {leaflets: 24_000}
    assert sum(figures.total_by(rows, lambda row: row.unit, "money").values()) == 60_000_000


def test_a_task_is_due_when_its_last_day_is_past_and_done_when_a_received_result_names_it(plan, cast):
    report_of(plan, "ldvl", state="accepted")
    report_of(plan, "btxh", state="submitted")
    for code in ("ldvl", "btxh"):
        unit_plan = unit_plan_of(plan, code)
        unit_plan.state = "accepted"
        unit_plan.save()
        due = line_of(unit_plan, starts=date(2022, 2, 1), ends=date(2022, 3, 14))
        early = line_of(unit_plan, starts=date(2022, 2, 1), ends=date(2022, 3, 15))
        line_of(unit_plan, starts=date(2022, 2, 1), ends=date(2022, 3, 1))
        for activity, times in ((due, 2), (early, 1)):  # the second result of a task does not do it twice
            for _time in range(times):
                result_of(plan, code, date(2022, 3, 1), activity=activity)
    found = {row.unit: row for row in figures.planned(plan.agency_id, 2022, window("Q1", 2022))}
    done, silent = found[cast.units["ldvl"].pk], found[cast.units["btxh"].pk]
    assert (done.tasks, done.due, done.done, done.due_done) == (3, 2, 2, 1)
    assert (silent.tasks, silent.due, silent.done, silent.due_done) == (3, 2, 0, 0)


def test_a_task_done_after_the_window_is_not_done_in_it(plan, cast):
    for kind in ("Q1", "Q2"):
        report_of(plan, kind=kind, state="accepted")
    unit_plan = filled_unit_plan(plan, "ldvl", state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 15), activity=Activity.objects.filter(unit_plan=unit_plan).first())
    done = [sum(row.done for row in figures.planned(plan.agency_id, 2022, window(kind, 2022))) for kind in ("Q1", "Q2")]
    assert done == [0, 1]


UNITS = ("ldvl", "btxh", "ncc")
AREAS = ("procedures", "e-government")
CHANNELS = ("leaflet", "zalo")
COUNTED = ("leaflets", "articles", "posts")
FIELDS = {"participants": "participants", "views": "reach", "money": "money"}

rows = st.lists(
    st.fixed_dictionaries(
        {
            "unit": st.sampled_from(UNITS),
            "area": st.sampled_from(AREAS),
            "channel": st.sampled_from(CHANNELS),
            "day": st.one_of(
                st.dates(date(2021, 12, 1), date(2022, 12, 31)),
                st.sampled_from([window(kind, 2022).starts for kind in QUARTERS]),
                st.sampled_from([window(kind, 2022).ends for kind in QUARTERS]),
            ),
            "supplement": st.booleans(),
            "quantities": st.dictionaries(st.sampled_from(COUNTED), st.integers(0, 10**9), max_size=3),
            **{field: st.none() | st.integers(0, 10**9) for field in FIELDS.values()},
        }
    ),
    max_size=12,
)
received_sets = st.sets(st.tuples(st.sampled_from(UNITS), st.sampled_from(QUARTERS)))


class Written:
    """Generated rows in the database, and the same rows as plain values."""

    def __init__(self, plan, cast):
        self.plan, self.units = plan, {code: cast.units[code] for code in UNITS}
        self.areas, self.channels, self.indicators = (
            {row.code: row for row in model.objects.all()} for model in (ContentArea, Channel, Indicator)
        )
        self.windows = {kind: window(kind, 2022) for kind in (*QUARTERS, "H1", "Y")}

    def write(self, generated, received):
        for number, row in enumerate(generated):
            result = result_of(
                self.plan, row["unit"], row["day"], area=row["area"], channel=row["channel"], key=f"row-{number}",
                supplement=row["supplement"], **{field: row[field] for field in FIELDS.values()},
            )  # fmt: skip
            ResultQuantity.objects.bulk_create(
                ResultQuantity(result=result, indicator=self.indicators[code], value=value)
                for code, value in row["quantities"].items()
            )
        for code, kind in sorted(received):
            report_of(self.plan, code, kind, state="accepted")

    def recount(self, generated, received, kind, cumulative):
        """By hand: (unit, area, channel, indicator) → sum; a key without any known value is absent."""
        sums = {}
        for row in generated:
            quarter = [name for name in QUARTERS if row["day"] in self.windows[name]]
            if row["day"] not in self.windows[kind] or not quarter or (row["unit"], quarter[0]) not in received:
                continue
            if row["supplement"] and not cumulative:
                continue
            known = dict(row["quantities"])
            known |= {code: row[field] for code, field in FIELDS.items() if row[field] is not None}
            for code, value in known.items():
                key = (row["unit"], row["area"], row["channel"], code)
                sums[key] = sums.get(key, 0) + value
        return sums

    def counted(self, kind, cumulative):
        """The same from reporting.figures, ids replaced by codes."""
        found = figures.counted_results(self.plan.agency_id, self.windows[kind], cumulative=cumulative)
        names = [
            {row.pk: code for code, row in table.items()}
            for table in (self.units, self.areas, self.channels, self.indicators)
        ]
        facts = figures.facts(found, self.indicators.values())
        return figures.total_by(
            facts,
            lambda fact: (
                names[0][fact.unit], names[1][fact.area], names[2][fact.channel], names[3][fact.indicator]
            ),
        )  # fmt: skip


def added(totals: dict, *places: int) -> dict:
    """Totals over the parts of the key at `places`."""
    sums = defaultdict(int)
    for key, value in totals.items():
        sums[tuple(key[place] for place in places)] += value
    return dict(sums)


@pytest.fixture
def written(plan, cast):
    return Written(plan, cast)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(generated=rows, received=received_sets)
def test_figures_equal_a_recount_by_hand_whatever_was_recorded(written, generated, received):
    with transaction.atomic():
        written.write(generated, received)
        for kind, cumulative in (*((kind, False) for kind in QUARTERS), ("H1", True), ("Y", True), ("Y", False)):
            counted = written.counted(kind, cumulative)
            assert counted == written.recount(generated, received, kind, cumulative), kind
        quarters = [written.counted(kind, False) for kind in QUARTERS]
        assert added(written.counted("Y", False), 0, 1, 2, 3) == added_up(quarters)
        assert_content_agrees(written, generated, received)
        transaction.set_rollback(True)
    assert not Result.objects.exists()


def added_up(parts: list[dict]) -> dict:
    """Several totals added."""
    sums = defaultdict(int)
    for part in parts:
        for key, value in part.items():
            sums[key] += value
    return dict(sums)


def assert_content_agrees(written, generated, received) -> None:
    """Totals by area, by unit and by channel are the one total, and silent units have no figure."""
    content = build_content(period_of(written.plan), now=written.plan.issued_at)
    by_hand = written.recount(generated, received, "Q1", False)
    total = {row["code"]: row["value"] for row in content["indicators"] if row["value"] is not None}
    cells = cells_of(content)
    channels = {
        (channel["code"], code): value for channel in content["channels"] for code, value in channel["values"].items()
    }
    assert {(code,): value for code, value in total.items()} == added(by_hand, 3)
    assert cells == added(by_hand, 0, 1, 3)
    assert added(cells, 2) == added(channels, 1) == added(by_hand, 3)
    assert {unit for unit, _area, _code in cells} <= {unit for unit, kind in received if kind == "Q1"}
