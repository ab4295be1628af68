"""A document that is being printed when its worker dies: one file, the one that an undisturbed worker prints."""

import hashlib

import pytest

from cchc_portal.tests.faults import Gate, Stopwatch, nothing_is_left_running, report, rows, vietnam
from cchc_portal.tests.services import wait_until

pytestmark = pytest.mark.services

ASK = """
from accounts.cast import load_cast
from plans import printing
from plans.tests.factories import issued_plan
plan = issued_plan(load_cast())
printing.ask_for("plan", plan, content_key="1", title=str(plan))
"""
PRINT_AGAIN = """
import hashlib
from accounts import clock
from documents.pdf import render_pdf
from plans.models import Plan
from plans.papers import plan_paper
print(hashlib.sha256(render_pdf(plan_paper(Plan.objects.get().pk, clock.today()))).hexdigest())
"""


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("place", "table", "when"),
    [
        ("laying out", "accounts_job", "NEW.progress = 20"),
        ("keeping the file", "plans_printout", "NEW.sha256 <> ''"),
    ],
)
def test_a_worker_killed_while_it_prints_leaves_one_file(portal, place, table, when):
    portal.stand_at(vietnam(2022, 1, 14, 9))
    gate = Gate(portal, "UPDATE", table, when)
    portal.python(ASK)
    gate.wait_for_someone()
    portal.kill("worker")
    gate.open()
    watch = Stopwatch()
    portal.start("worker")
    wait_until(lambda: rows(portal, "SELECT 1 FROM plans_printout WHERE sha256 <> ''"), 30, "văn bản đã in")
    delay = watch.seconds
    nothing_is_left_running(portal)
    ((name, digest),) = rows(portal, "SELECT file, sha256 FROM plans_printout")
    files = [path for path in (portal.folder / "files").rglob("*") if path.is_file()]
    assert files == [portal.folder / "files" / name]
    assert hashlib.sha256(files[0].read_bytes()).hexdigest() == digest
    assert portal.python(PRINT_AGAIN).split() == [digest]
    assert rows(portal, "SELECT attempts FROM accounts_job WHERE kind = 'print'") == [(2,)]
    report(f"worker killed while {place}", starts=2, files=1, delay=delay)
