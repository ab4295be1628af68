"""Generated years: complete, consistent, the same for the same seed, and never mixed into somebody's work."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F, Q

from accounts.models import Agency, Unit
from plans.deadlines.periods import Window
from plans.models import Activity, ClosedWindow, Indicator, Obligation, UnitPlan
from propaganda.models import Result, ResultQuantity
from reporting import figures
from reporting.generating import Size, generate
from reporting.models import Period, UnitReport
from reporting.roll_ups.content import build_content
from reporting.sums import triggers, upkeep
from reporting.sums.totals import DIMENSIONS, Asked, totals
from reporting.tests.factories import ready_year
from reporting.tests.test_recount import WINDOWS, Recount

SMALL = Size(units=9, activities=6, years=2, seed=3)


@pytest.fixture
def agency(db) -> Agency:
    return generate(SMALL)


def test_a_generated_year_has_all_that_a_year_has(agency):
    assert (Unit.objects.count(), UnitPlan.objects.count(), Activity.objects.count()) == (9, 18, 108)
    assert (Result.objects.count(), ResultQuantity.objects.count()) == (SMALL.results, 5 * SMALL.results) == (432, 2160)
    assert UnitReport.objects.count() == 9 * 4 * 2
    assert set(Period.objects.values_list("year", flat=True)) == {2022, 2023}
    for row in Result.objects.select_related("activity__unit_plan__plan"):
        assert (row.unit_id, row.area_id) == (row.activity.unit_plan.unit_id, row.activity.area_id)
    handed_in = UnitReport.objects.filter(state__in=("submitted", "accepted"))
    assert ClosedWindow.objects.count() == handed_in.count()
    assert not handed_in.filter(obligation__first_submitted_at=None).exists()
    received = UnitReport.objects.received().filter(obligation__accepted_at=None)
    assert not received.exists()
    late = Q(first_submitted_at__gt=F("due_at"))
    assert 0 < Obligation.objects.filter(late).count() < Obligation.objects.count()


@pytest.mark.parametrize(
    "seed", [SMALL.seed, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in (1, 2, 11, 2022))]
)
def test_the_figures_of_generated_years_equal_a_recount_and_their_roll_up_can_be_built(db, seed):
    agency = generate(replace(SMALL, seed=seed))
    assert upkeep.differences() == []
    assert triggers.installed() == {trigger.name for trigger in triggers.triggers()}
    recount, indicators = Recount(), list(Indicator.objects.summed())
    for name, window in WINDOWS.items():
        days, cumulative = Window(*window[:2]), window[2]
        cells = figures.cells(agency.pk, days, indicators, cumulative=cumulative)
        assert {cell[:3]: cell[3] for cell in cells} == recount.sums(window, "unit", "area"), name
        found = totals(agency.pk, indicators, {"": Asked(days, cumulative)})[""]
        assert {by: found[by].values for by in DIMENSIONS} == {by: recount.sums(window, by) for by in DIMENSIONS}, name
    period = Period.objects.get(code="2023-CCHC-Y")
    content = build_content(period, now=period.unit_due_at)
    assert sum(row["planned"] for row in content["tasks"]) == 54


def test_the_same_seed_gives_the_same_figures_and_another_gives_others(reference):
    def figures_of(seed: int) -> list:
        with transaction.atomic():
            made = generate(Size(units=3, activities=4, years=1, seed=seed))
            cells = figures.cells(made.pk, Window(*WINDOWS["Y"][:2]), Indicator.objects.summed(), cumulative=True)
            places = dict(Unit.objects.values_list("pk", "position"))
            transaction.set_rollback(True)
        return sorted((places[cell[0]], *cell[1:]) for cell in cells)

    first = figures_of(3)
    assert len(first) > 50
    assert first == figures_of(3) != figures_of(4)


def test_the_command_refuses_a_database_with_work_in_it(cast):
    ready_year(cast)
    with pytest.raises(CommandError, match="dữ liệu thật"):
        call_command("generate", units=1, activities=1)
    assert Agency.objects.filter(code__startswith="sinh").count() == 0


@pytest.mark.django_db
def test_the_command_tells_what_it_made():
    said = StringIO()
    call_command("generate", units=1, activities=2, seed=7, stdout=said)
    assert "8 kết quả" in said.getvalue()
