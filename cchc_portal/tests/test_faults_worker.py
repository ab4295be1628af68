"""Workers and Redis die, come back, take too long: work is done once, and soon."""

import os
import signal
from pathlib import Path

import pytest

from cchc_portal.tests.faults import (
    Gate,
    Stopwatch,
    nothing_is_left_running,
    report,
    rows,
    start_second,
    value,
    vietnam,
)
from cchc_portal.tests.portal import Portal
from cchc_portal.tests.services import PrivatePostgres, wait_until
from cchc_portal.tests.test_faults_printing import ASK

pytestmark = [pytest.mark.services, pytest.mark.nightly]
PRINTED = "SELECT sha256 FROM plans_printout WHERE sha256 <> ''"
ATTEMPTS = "SELECT attempts FROM accounts_job WHERE kind = 'print'"
ASK_AGAIN = """
from plans import printing
from plans.models import Plan
plan = Plan.objects.get()
printing.ask_for("plan", plan, content_key="{}", title=str(plan))
"""


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture
def with_redis(tmp_path):
    """A portal on PostgreSQL and a Redis of its own that hands out again after two seconds, whatever runs the tests."""
    server = PrivatePostgres().start()
    portal = Portal(tmp_path, server=server.url(), DJANGO_SETTINGS_MODULE="cchc_portal.tests.harsh").prepare()
    portal.stand_at(vietnam(2022, 1, 14, 9))
    yield portal.start()
    portal.remove()
    server.remove()


def test_a_workers_child_killed_while_it_prints_leaves_one_file(portal):
    """The worker itself lives on and takes the message back."""
    portal.stand_at(vietnam(2022, 1, 14, 9))
    gate = Gate(portal, "UPDATE", "accounts_job", "NEW.progress = 20")
    portal.python(ASK)
    gate.wait_for_someone()
    for child in children_of(portal.children["worker"].pid):
        os.kill(child, signal.SIGKILL)
    gate.open()
    watch = Stopwatch()
    wait_until(lambda: rows(portal, PRINTED), 40, "văn bản đã in")
    delay = watch.seconds
    nothing_is_left_running(portal)
    assert portal.children["worker"].poll() is None
    assert len(rows(portal, PRINTED)) == 1
    report("worker's child killed while printing", starts=value(portal, ATTEMPTS), files=1, delay=delay)


def test_a_task_longer_than_the_visibility_timeout_has_one_effect(with_redis):
    portal = with_redis
    start_second(portal, "worker")
    gate = Gate(portal, "UPDATE", "accounts_job", "NEW.progress = 20")
    portal.python(ASK)
    gate.wait_for_someone()
    held = Stopwatch()
    wait_until(lambda: held.seconds > 9, 20)  # four times handed out anew; the lease of four seconds has run out, too
    gate.open()
    wait_until(lambda: rows(portal, PRINTED), 40, "văn bản đã in")
    nothing_is_left_running(portal)
    assert len(rows(portal, PRINTED)) == 1
    assert len([path for path in (portal.folder / "files").rglob("*") if path.is_file()]) == 1
    report("task longer than the visibility timeout", held=held.seconds, starts=value(portal, ATTEMPTS), effects=1)


def test_workers_go_on_after_redis_was_restarted_five_times(with_redis):
    portal = with_redis
    portal.python(ASK)
    wait_until(lambda: len(rows(portal, PRINTED)) == 1, 40, "văn bản đầu")
    delays = []
    for turn in range(5):
        portal.redis.crash()
        portal.redis.start()
        portal.python(ASK_AGAIN.format(f"again-{turn}"))
        watch = Stopwatch()
        wait_until(lambda: len(rows(portal, PRINTED)) == turn + 2, 60, "văn bản sau khi Redis trở lại")  # noqa: B023
        delays.append(watch.seconds)
    nothing_is_left_running(portal)
    assert all(portal.children[name].poll() is None for name in ("worker", "beat"))
    report("Redis restarted 5 times", slowest_next_task=max(delays), lost=0)
