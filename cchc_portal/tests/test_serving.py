"""bin/run's last step, started for real: three processes that live and end together."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_portal.serve import accepts, spawn, stop
from cchc_portal.tests.services import free_port, wait_until

pytestmark = pytest.mark.services


class Served:
    """`python -m cchc_portal.serve` on the data of a portal that is not started itself."""

    def __init__(self, portal):
        self.port = free_port()
        self.log = portal.folder / "serve.log"
        environment = portal.environment | {"PORT": str(self.port), "BIND": "127.0.0.1"}
        with self.log.open("wb") as log:
            command = [sys.executable, "-m", "cchc_portal.serve"]
            self.process = spawn(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        wait_until(lambda: "đang chạy tại" in self.said() or self.process.poll() is not None, 40, "lời báo địa chỉ")

    def said(self) -> str:
        return self.log.read_text()

    def children(self) -> dict[str, int]:
        """The pids of web, worker and beat, from /proc."""
        pids = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        lines = {pid: Path(f"/proc/{pid}/cmdline").read_text().split("\0") for pid in pids}
        return {
            name: int(pid)
            for pid, words in lines.items()
            for name, word in (("web", "gunicorn"), ("worker", "worker"), ("beat", "beat"))
            if word in words
        }


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.fixture
def served(prepared, tmp_path_factory):
    portal = prepared.copy(tmp_path_factory.mktemp("served"))
    running = Served(portal)
    yield running
    stop([running.process])
    portal.remove()


def test_the_address_and_the_people_of_the_demo_are_said(served):
    assert f"http://127.0.0.1:{served.port}/" in served.said()
    assert "cai-cach-2022" in served.said()
    assert "ldvl.truong" in served.said()


def test_term_stops_all_three_and_ends_well(served):
    children = served.children()
    assert set(children) == {"web", "worker", "beat"}
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(30) == 0
    assert all(is_gone(pid) for pid in children.values())
    assert not accepts("127.0.0.1", served.port)


def test_when_the_worker_dies_the_others_are_stopped_and_the_exit_code_says_so(served):
    children = served.children()
    os.kill(children["worker"], signal.SIGKILL)
    assert served.process.wait(30) == 1
    assert "worker" in served.said().splitlines()[-1]
    assert all(is_gone(pid) for pid in children.values())


def test_children_do_not_outlive_a_supervisor_that_was_killed(served):
    children = served.children()
    served.process.kill()
    served.process.wait()
    wait_until(lambda: all(is_gone(pid) for pid in children.values()), 30, "ba tiến trình con kết thúc")


def test_a_taken_port_is_named_before_anything_starts(served):
    command = [sys.executable, "-m", "cchc_portal.serve"]
    environment = os.environ | {"PORT": str(served.port), "BIND": "127.0.0.1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert f"Cổng {served.port}" in done.stderr
