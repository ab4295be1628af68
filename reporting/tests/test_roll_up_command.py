"""manage.py roll_up: the same build as the worker's, from the shell."""

import json
import threading
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts import jobs
from accounts.cast import load_cast
from accounts.models import Agency, Job
from reporting.models import RollUp, RollUpVersion
from reporting.opening import make_periods
from reporting.roll_ups.building import ROLL_UP as KIND
from reporting.roll_ups.building import start_build
from reporting.tests.factories import cut, ready_year, report_of, result_of, roll_up_of


@pytest.fixture
def plan(cast):
    return ready_year(cast)


def run(*words: str) -> str:
    out = StringIO()
    call_command("roll_up", *words, stdout=out)
    return out.getvalue()


def test_json_is_the_content_of_the_version_it_built(plan):
    report_of(plan, state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500})
    printed = run("2022-Q1", "--json")
    version = RollUpVersion.objects.get()
    found = json.loads(printed)
    by_unit = {row["code"]: row["cells"] for row in found.pop("by_unit") if row["cells"]}
    assert found == version.content
    assert by_unit == {"ldvl": [{"area": "procedures", "indicator": "leaflets", "value": 500}]}
    assert "Phòng Lao động - Việc làm" in printed  # Vietnamese as it is read, not escaped


def test_without_json_one_line_says_which_version(plan):
    printed = run("2022-CCHC-Q1")
    assert (
        printed == f"Báo cáo tổng hợp Quý I/2022 (CCHC định kỳ): bản 1, SHA-256 {RollUpVersion.objects.get().sha256}\n"
    )
    assert "bản 2" in run("2022-CCHC-Q1")


def test_a_code_that_is_not_there_is_said_in_words(plan):
    with pytest.raises(CommandError, match="Không thấy đúng một kỳ 2022-Q5; xem mã kỳ ở trang Báo cáo."):
        run("2022-Q5")
    assert not RollUp.objects.exists()


def test_where_two_agencies_have_the_period_one_is_named(plan):
    other = Agency.objects.create(code="so-khac")
    make_periods(other, 2022)
    with pytest.raises(CommandError, match="Không thấy đúng một kỳ 2022-Q1"):
        run("2022-Q1")
    run("2022-Q1", "--agency", "so-khac")
    assert RollUp.objects.get().agency == other


def test_what_is_cut_is_not_built_again(plan, cast, at):
    cut(roll_up_of(plan), cast, now=at(2022, 3, 16))
    assert "bản 1" in run("2022-Q1")
    assert RollUpVersion.objects.count() == 1


def test_a_build_that_fails_says_why(plan, at):
    job = start_build(roll_up_of(plan), by=None, now=at(2022, 3, 16))
    Job.objects.filter(pk=job.pk).update(payload={"number": 1})  # spoilt: it does not say of what
    with pytest.raises(CommandError, match="Chưa tổng hợp được. KeyError: 'roll_up'"):
        run("2022-Q1")


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_was_faster_is_waited_for(at):
    roll_up = roll_up_of(ready_year(load_cast()))
    claim = jobs.claim(start_build(roll_up, by=None, now=at(2022, 3, 16)).pk)

    def finish() -> None:
        content = jobs.KINDS[KIND].compute(claim)
        with transaction.atomic():
            jobs._close(claim.job)
            jobs.KINDS[KIND].store(claim, content)
        connection.close()

    def when_the_command_waits(execute, sql, params, many, context):
        if sql.startswith("SELECT") and '"accounts_job"' in sql and not connection.in_atomic_block and not workers:
            workers.append(threading.Thread(target=finish))
            workers[0].start()
        return execute(sql, params, many, context)

    workers: list[threading.Thread] = []
    with connection.execute_wrapper(when_the_command_waits):
        printed = run("2022-Q1")
    workers[0].join()
    assert "bản 1" in printed
    assert RollUpVersion.objects.get().job == claim.job
