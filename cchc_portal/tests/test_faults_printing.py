"""A document that is being printed when its worker dies: one file, the one that an undisturbed worker prints."""

import hashlib
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from cchc_portal.tests.faults import Gate, Stopwatch, Visitor, nothing_is_left_running, report, rows, vietnam
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
import time
from concurrent.futures import ThreadPoolExecutor
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


LONG = """
import resource, time
from cchc_portal.tests.browser.print_bench import table_paper
from documents.pdf import render_pdf
paper, started = table_paper(10_000), time.perf_counter()
print(len(render_pdf(paper)), time.perf_counter() - started)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


@pytest.mark.nightly
def test_ten_thousand_rows_are_printed_in_bounded_time_and_memory_while_others_go_on(portal):
    visitor, pages = Visitor(portal, "hoa"), []
    with ThreadPoolExecutor(1) as other:
        printing = other.submit(portal.python, LONG)
        while not printing.done():
            watch = Stopwatch()
            assert visitor.get("/")[0] == 200
            pages.append(watch.seconds)
            time.sleep(0.2)
    _size, seconds, megabytes = map(float, printing.result().split())
    pages.sort()
    p95 = pages[int(0.95 * (len(pages) - 1))]
    report("10,000 rows printed", printing=seconds, megabytes=round(megabytes), pages_meanwhile=len(pages), p95=p95)
    assert seconds < 120 and megabytes < 600 and p95 <= 2
