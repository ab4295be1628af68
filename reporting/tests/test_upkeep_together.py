"""The sums are exact whoever writes at the same time, and whatever is killed in the middle."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date, timedelta
from random import Random
from threading import Event

import pytest
from django.db import OperationalError, connection, transaction

from accounts.cast import load_cast
from propaganda.models import Result, ResultQuantity
from reporting.models import ResultSum, UnitReport
from reporting.sums import upkeep
from reporting.tests.factories import ready_year, report_of, result_of

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = date(2021, 12, 15)


@pytest.fixture
def plan(db):
    ResultSum.objects.all().delete()  # emptying the tables after a test may leave what its triggers wrote meanwhile
    return ready_year(load_cast())


def in_a_thread(pool: ThreadPoolExecutor, work, *arguments):
    """Run `work` with a connection of its own."""

    def run():
        try:
            return work(*arguments)
        finally:
            connection.close()

    return pool.submit(run)


def impatient(work) -> bool:
    """Do it if nobody holds it; tell whether somebody did."""
    patience = {"postgresql": ("SET lock_timeout = 100", "SET lock_timeout = 0"),
                "sqlite": ("PRAGMA busy_timeout = 100", "PRAGMA busy_timeout = 20000")}  # fmt: skip
    short, long = patience[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(short)
        try:
            work()
            return False
        except OperationalError:
            return True
        finally:
            cursor.execute(long)


def counted() -> int:
    return sum(ResultSum.objects.values_list("results", flat=True))


def test_a_result_recorded_while_its_report_is_being_received_counts_once(plan):
    report = report_of(plan, "ldvl", state="submitted")
    written, held = Event(), Event()

    def receive() -> None:
        written.wait(20)
        if impatient(lambda: UnitReport.objects.filter(pk=report.pk).update(state="accepted")):
            held.set()
            UnitReport.objects.filter(pk=report.pk).update(state="accepted")

    with ThreadPoolExecutor() as pool:
        waiting = in_a_thread(pool, receive)
        with transaction.atomic():
            result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 5})
            written.set()
            assert held.wait(20)  # it waits for the unit
        waiting.result(20)
    assert counted() == 1
    assert upkeep.differences() == []


def test_a_quantity_written_while_its_result_moves_to_another_area_goes_with_it(plan):
    report_of(plan, "ldvl", state="accepted")
    result = result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 5})
    other = result_of(plan, "ldvl", date(2022, 3, 1), area="e-government", quantities={"articles": 1})
    moved, tried = Event(), Event()
    indicator = other.quantities.get().indicator

    def add() -> None:
        moved.wait(20)
        held = impatient(lambda: ResultQuantity.objects.create(result=result, indicator=indicator, value=7))
        tried.set()
        if held:
            ResultQuantity.objects.create(result=result, indicator=indicator, value=7)

    with ThreadPoolExecutor() as pool:
        waiting = in_a_thread(pool, add)
        with transaction.atomic():
            Result.objects.filter(pk=result.pk).update(area=other.area)
            moved.set()
            assert tried.wait(20)
        waiting.result(20)
    assert upkeep.differences() == []


def test_many_who_write_at_once_and_one_who_folds_leave_exact_sums(plan):
    """Three record, change and remove, one receives and gives back, one folds; every look in between is exact."""
    codes = ("ldvl", "btxh")
    reports = [report_of(plan, code, state="submitted").pk for code in codes]
    for code in codes:
        result_of(plan, code, date(2022, 3, 1), quantities={"leaflets": 1})
    done = Event()

    def write(seed: int) -> None:
        chance = Random(seed)
        for times in range(1, 26):
            code, day = chance.choice(codes), FIRST + timedelta(chance.randrange(120))
            with transaction.atomic():
                result_of(plan, code, day, quantities={"leaflets": chance.randrange(9)}, participants=times)
            if mine := list(Result.objects.filter(unit__code=code).order_by("pk")[:3]):
                row = chance.choice(mine)
                Result.objects.filter(pk=row.pk).update(happened_on=day, participants=chance.randrange(99))
            if times % 5 == 0:
                with transaction.atomic():
                    Result.objects.filter(unit__code=code).order_by("pk").last().delete()

    def receive() -> None:
        chance = Random(9)
        for _turn in range(60):
            state = chance.choice(("accepted", "submitted", "locked"))
            UnitReport.objects.filter(pk=chance.choice(reports)).update(state=state)

    def fold() -> None:
        while not done.wait(0.05):
            try:
                upkeep.fold()
            except OperationalError:  # another folded the same rows first
                continue

    with ThreadPoolExecutor() as pool:
        working = [*(in_a_thread(pool, write, seed) for seed in range(3)), in_a_thread(pool, receive)]
        folding = in_a_thread(pool, fold)
        try:
            while not all(each.done() for each in working):
                assert upkeep.differences() == []
                wait(working, timeout=0.1)
        finally:
            done.set()
        for each in (*working, folding):
            each.result(60)
    UnitReport.objects.filter(pk__in=reports).update(state="accepted")
    assert upkeep.differences() == []


KILLED = """
import sys, django
django.setup()
from django.db import transaction
from propaganda.models import Result
from reporting.models import UnitReport
from reporting.sums import upkeep
with transaction.atomic():
    Result.objects.update(participants=99)
    UnitReport.objects.update(state="submitted")
    upkeep.fold()
    print("written", flush=True)
    sys.stdin.read()
"""


def test_a_writer_that_is_killed_leaves_the_sums_as_they_were(plan):
    report_of(plan, "ldvl", state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), participants=3, quantities={"leaflets": 5})
    before = sorted(ResultSum.objects.values_list("results", "participants"))
    settings = connection.settings_dict
    url = f"sqlite:///{settings['NAME']}"
    if connection.vendor == "postgresql":
        url = "postgres://{USER}@{HOST}:{PORT}/{NAME}".format(**settings)
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cchc_portal.settings"}
    connection.close()
    writer = subprocess.Popen(
        [sys.executable, "-c", KILLED], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert writer.stdout.readline() == "written\n"
    finally:
        writer.kill()
        writer.wait()
    assert sorted(ResultSum.objects.values_list("results", "participants")) == before == [(1, 3)]
    assert upkeep.differences() == []
