"""The sums stay exact whatever is written, by whatever way; a recount in the database says so."""

from datetime import date, timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from plans.models import Audience, Channel, ContentArea, Indicator
from propaganda.models import Result, ResultQuantity
from reporting.models import Period, QuantitySum, ResultSum, UnitReport
from reporting.sums import triggers, upkeep
from reporting.tests.factories import period_of, ready_year, report_of, result_of

UNITS = ("ldvl", "btxh", "ncc")
QUARTERS = ("Q1", "Q2")
STATES = ("submitted", "accepted", "locked", "accepted")
FIRST, LAST = date(2021, 12, 10), date(2022, 6, 20)


@pytest.fixture
def plan(cast):
    return ready_year(cast)


def sums() -> tuple[int, int]:
    """Results and leaflets counted, all months together."""
    results = sum(ResultSum.objects.values_list("results", flat=True))
    return results, sum(QuantitySum.objects.filter(indicator__code="leaflets").values_list("total", flat=True))


def test_a_result_counts_from_the_moment_its_report_is_received_until_it_is_not(plan):
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500})
    report = report_of(plan, "ldvl", state="submitted")
    assert sums() == (0, 0)
    for state, counted in (("accepted", (1, 500)), ("locked", (1, 500)), ("submitted", (0, 0)), ("locked", (1, 500))):
        UnitReport.objects.filter(pk=report.pk).update(state=state)
        assert sums() == counted
    assert upkeep.differences() == []


def test_a_late_addition_an_edit_a_move_and_a_deletion_reach_the_sums(plan, cast):
    report_of(plan, "ldvl", state="accepted")
    late = result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500}, supplement=True)
    assert sums() == (1, 500)
    late.quantities.update(value=70)
    assert sums() == (1, 70)
    Result.objects.filter(pk=late.pk).update(area=ContentArea.objects.get(code="e-government"))
    assert set(QuantitySum.objects.exclude(total=0).filter(total__gt=0).values_list("area__code", flat=True)) >= {
        "e-government"
    }
    Result.objects.filter(pk=late.pk).update(unit=cast.units["btxh"])
    assert sums() == (0, 0)
    Result.objects.filter(pk=late.pk).update(unit=cast.units["ldvl"], happened_on=date(2022, 3, 15))
    assert sums() == (0, 0)
    Result.objects.filter(pk=late.pk).update(happened_on=date(2022, 3, 14))
    assert sums() == (1, 70)
    late.delete()
    assert sums() == (0, 0)
    assert upkeep.differences() == []


def test_a_window_that_is_changed_takes_its_results_along(plan):
    report_of(plan, "ldvl", state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 20), quantities={"leaflets": 5})
    period = period_of(plan)
    Period.objects.filter(pk=period.pk).update(ends=date(2022, 3, 31))
    assert sums() == (1, 5)
    Period.objects.filter(pk=period.pk).update(ends=date(2022, 3, 14))
    assert sums() == (0, 0)


def test_what_a_transaction_takes_back_never_counted(plan):
    report_of(plan, "ldvl", state="accepted")
    with transaction.atomic():
        result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 5})
        transaction.set_rollback(True)
    assert sums() == (0, 0)


class Writer:
    """Makes changes by chance, each by one of the ways in which rows are written."""

    def __init__(self, plan, cast, seed: int):
        self.plan, self.cast, self.chance = plan, cast, Random(seed)
        models = (ContentArea, Channel, Audience, Indicator.objects.filter(source="quantity"))
        self.areas, self.channels, self.audiences, self.indicators = (
            list(getattr(model, "objects", model).all()[:3]) for model in models
        )
        for code in UNITS:
            for kind in QUARTERS:
                report_of(plan, code, kind, state=self.chance.choice(STATES))

    def step(self) -> None:
        self.chance.choice(
            (
                self.record,
                self.record,
                self.change,
                self.write_anew,
                self.quantity,
                self.report,
                self.window,
                self.remove,
            )
        )()

    def day(self) -> date:
        return FIRST + timedelta(self.chance.randrange((LAST - FIRST).days))

    def values(self) -> dict:
        pick = self.chance.choice
        return {
            "unit": self.cast.units[pick(UNITS)], "happened_on": self.day(), "area": pick(self.areas),
            "channel": pick(self.channels), "audience": pick(self.audiences), "supplement": pick((True, False)),
            "participants": pick((None, 0, 30)), "reach": pick((None, 7)), "money": pick((None, 10**9)),
        }  # fmt: skip

    def any(self, model):
        rows = list(model.objects.order_by("pk"))
        return self.chance.choice(rows) if rows else None

    def record(self) -> None:
        values = self.values()
        code = values.pop("unit").code
        places = {"area": values.pop("area").code, "channel": values.pop("channel").code}
        counted = {row.code: self.chance.randrange(1000) for row in self.chance.sample(self.indicators, 2)}
        result_of(self.plan, code, values.pop("happened_on"), quantities=counted, **places, **values)

    def change(self) -> None:
        values = self.values()
        names = self.chance.sample(sorted(values), 3)
        of_a_third = Result.objects.filter(pk__in=[row.pk for row in Result.objects.all() if row.pk % 3 == 0])
        of_a_third.update(**{name: values[name] for name in names})

    def write_anew(self) -> None:
        if row := self.any(Result):
            row.quantities.all().delete()
            for name, value in self.values().items():
                setattr(row, name, value)
            row.save()
            indicators = self.chance.sample(self.indicators, 2)
            ResultQuantity.objects.bulk_create(
                ResultQuantity(result=row, indicator=each, value=self.chance.randrange(9)) for each in indicators
            )

    def quantity(self) -> None:
        if row := self.any(ResultQuantity):
            ResultQuantity.objects.filter(pk=row.pk).update(value=self.chance.randrange(1000))

    def report(self) -> None:
        if row := self.any(UnitReport):
            UnitReport.objects.filter(pk=row.pk).update(state=self.chance.choice(STATES))

    def window(self) -> None:
        period = period_of(self.plan, self.chance.choice(QUARTERS))
        period.ends += timedelta(self.chance.choice((-40, 40)))
        if period.ends > period.starts:
            period.save()

    def remove(self) -> None:
        row = self.any(self.chance.choice((Result, ResultQuantity, ResultQuantity, UnitReport)))
        if row is not None:
            row.delete()


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_written_the_sums_equal_a_recount(plan, cast, seed):
    writer, most = Writer(plan, cast, seed), 0
    for number in range(40):
        writer.step()
        assert upkeep.differences() == [], number
        most = max(most, sums()[0])
        if number % 13 == 12:
            upkeep.fold()
            assert upkeep.differences() == []
    assert most > 2


def test_rows_may_come_and_go_in_any_order_when_keys_are_checked_at_the_end(plan):
    """As a restore or a shell may do: the quantities after their result is gone, the result after its quantities."""
    report_of(plan, "ldvl", state="accepted")
    result = result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500})
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute("DELETE FROM propaganda_result WHERE id = %s", [result.pk])
        cursor.execute("DELETE FROM propaganda_resultquantity WHERE result_id = %s", [result.pk])
    assert sums() == (0, 0)
    assert upkeep.differences() == []


def test_folding_leaves_one_row_a_key_and_none_of_what_came_to_nothing(plan):
    report = report_of(plan, "ldvl", state="accepted")
    for _time in range(3):
        result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 5})
    gone = result_of(plan, "ldvl", date(2022, 1, 1), quantities={"leaflets": 8})
    gone.delete()
    upkeep.fold()
    assert (ResultSum.objects.get().results, QuantitySum.objects.get().total) == (3, 15)
    UnitReport.objects.filter(pk=report.pk).update(state="reopened", reopened_until=date(2022, 4, 1))
    upkeep.fold()
    assert not ResultSum.objects.exists() and not QuantitySum.objects.exists()


def test_a_migration_of_a_watched_table_leaves_the_triggers_and_exact_sums(plan):
    """SQLite makes the table anew for most changes, and what was written meanwhile is counted."""
    report_of(plan, "ldvl", state="accepted")
    upkeep.before_migrations(plan=[("a migration", False)])
    assert not triggers.installed()
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 5})
    assert sums() == (0, 0)
    call_command("migrate", verbosity=0)
    assert triggers.installed() == {trigger.name for trigger in triggers.triggers()}
    assert sums() == (1, 5)


def test_the_command_says_when_sums_are_not_those_of_a_recount_and_puts_them_right(plan):
    report_of(plan, "ldvl", state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 5})
    said = StringIO()
    call_command("check_sums", stdout=said)
    assert said.getvalue() == "Các tổng bằng số đếm lại.\n"
    QuantitySum.objects.update(total=7)  # as somebody with a shell may do
    with pytest.raises(CommandError, match="Lệch 1 dòng"):
        call_command("check_sums")
    call_command("check_sums", repair=True, stdout=said)
    assert sums() == (1, 5)
    triggers.remove()
    with pytest.raises(CommandError, match="thiếu 12 trigger"):
        call_command("check_sums")
    call_command("check_sums", repair=True, stdout=said)
    call_command("check_sums", stdout=said)
