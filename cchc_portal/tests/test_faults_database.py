"""The database is killed under load, away for a while, started anew: nothing that people were told is lost."""

import time
import urllib.request

import pytest

from cchc_portal.tests.fault_load import UNITS, YEAR, Load, fields_of_a_result
from cchc_portal.tests.faults import Stopwatch, Visitor, nothing_is_left_running, report, rows, vietnam
from cchc_portal.tests.portal import Portal
from cchc_portal.tests.services import PrivatePostgres, wait_until

pytestmark = [pytest.mark.services, pytest.mark.nightly]
RESTARTS, SECONDS_AWAY = 4, 60


@pytest.fixture
def postgres():
    """A PostgreSQL that waits for the disk, as one in use does."""
    server = PrivatePostgres(durable=True).start()
    yield server
    server.remove()


@pytest.fixture
def on_postgres(postgres, tmp_path):
    """A portal on it, with a plan issued."""
    portal = Portal(tmp_path, server=postgres.url()).prepare()
    portal.stand_at(vietnam(2022, 3, 10, 9))
    portal.python(YEAR)
    yield portal.start()
    if postgres.process.poll() is not None:
        postgres.start()
    portal.remove()


def test_a_database_killed_under_load_loses_nothing_that_was_acknowledged(on_postgres, postgres):
    with Load(on_postgres, [f"{unit}.soan" for unit in UNITS]) as load:
        for _restart in range(RESTARTS):
            reached = len(load.acknowledged)
            wait_until(lambda: len(load.acknowledged) > reached + 40, 60, "vài chục kết quả được ghi")  # noqa: B023
            postgres.crash()
            time.sleep(1)
            postgres.start()
    resolved = load.resolve()
    stored = load.stored()
    missing = [key for key in load.acknowledged if not stored[key]]
    twice = [key for key, count in stored.items() if count > 1]
    assert (missing, twice, resolved) == ([], [], len(load.unknown))
    nothing_is_left_running(on_postgres)
    assert on_postgres.manage("check_sums")
    report(
        f"PostgreSQL killed {RESTARTS} times, 8 clients", acknowledged=len(load.acknowledged), missing=len(missing),
        unknown=len(load.unknown), resolved=resolved, duplicates=len(twice),
    )  # fmt: skip


def test_while_the_database_is_away_a_page_says_so_at_once_and_it_recovers_by_itself(on_postgres, postgres):
    portal, visitor = on_postgres, Visitor(on_postgres, "ldvl.soan")
    fields = fields_of_a_result(portal) | {"key": "3c0f9b9e-5f8f-4e39-9f14-3b0a4a1f7a11"}
    postgres.crash()
    away, slowest = Stopwatch(), 0.0
    while away.seconds < SECONDS_AWAY:
        asked = Stopwatch()
        status, page = answer(visitor, "/ket-qua/")
        slowest = max(slowest, asked.seconds)
        assert status == 503
        assert "Cổng tạm thời chưa ghi, chưa đọc được dữ liệu" in page
        time.sleep(1)
    assert slowest <= 2
    assert visitor.post("/ket-qua/moi/", **fields)[0] == 503
    back = Stopwatch()
    postgres.start()
    wait_until(lambda: visitor.get("/ket-qua/")[0] == 200, 30, "trang trở lại")
    recovered = back.seconds
    assert visitor.post("/ket-qua/moi/", **fields)[0] == 302
    assert len(rows(portal, "SELECT 1 FROM propaganda_result")) == 1
    for name in ("worker", "beat"):
        assert portal.children[name].poll() is None
    nothing_is_left_running(portal)
    report("PostgreSQL away 60 s", slowest_page=slowest, first_success=recovered)


def test_the_first_request_after_the_database_was_started_anew_works(on_postgres, postgres):
    visitor, failed = Visitor(on_postgres, "ldvl.soan"), []
    for turn in range(5):
        for _process in range(6):  # both web processes hold a connection
            assert visitor.get("/ket-qua/")[0] == 200
        postgres.stop()
        postgres.start()
        failed += [status for status in (visitor.get(f"/ket-qua/?q={turn}")[0] for _ in range(6)) if status != 200]
    report("PostgreSQL restarted between requests", restarts=5, failed_first_requests=len(failed))
    assert failed == []


def answer(visitor: Visitor, path: str) -> tuple[int, str]:
    """The status and the page."""
    try:
        with visitor.opener.open(urllib.request.Request(visitor.portal.url + path), timeout=60) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as response:
        return response.code, response.read().decode()
