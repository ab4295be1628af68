"""The real processes that tests run against: PostgreSQL, Redis, mail, and the portal itself.

Each class starts children of this process with known pids, and ends only those.
`python -m cchc_portal.tests.services COMMAND…` runs a command with DATABASE_URL and
CELERY_BROKER_URL pointing at a private PostgreSQL and Redis; bin/test uses it.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cchc_portal.serve import spawn, stop


class NotInTime(AssertionError):
    """What a test waited for has not come about."""


def wait_until(holds: Callable[[], object], seconds: float, what: str = ""):
    """Poll until `holds()` gives something true and give that; NotInTime after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        found = holds()
        if found:
            return found
        if time.monotonic() > end:
            raise NotInTime(f"chờ {seconds} giây không thấy: {what or holds}")
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A child process that listens on a port of this machine, with a folder of its own."""

    log: Path

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="cchc-"))
        self.port = free_port()
        self.process: subprocess.Popen | None = None

    def _launch(self, command: list[str], **options) -> None:
        with (self.folder / "log.txt").open("ab") as log:
            self.process = spawn(command, stdout=log, stderr=subprocess.STDOUT, cwd=self.folder, **options)

    def _alive(self) -> None:
        if self.process.poll() is not None:
            raise RuntimeError(f"{type(self).__name__} đã dừng:\n{(self.folder / 'log.txt').read_text()[-2000:]}")

    def crash(self) -> None:
        """Kill it as a power cut would; `start` brings it back with what it had on disk."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def remove(self) -> None:
        """Stop it and delete what it kept."""
        if self.process is not None:
            stop([self.process], 10)
        shutil.rmtree(self.folder, ignore_errors=True)


def _postgres_binary(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return str(found[-1]) if found else shutil.which(name)


class PrivatePostgres(Server):
    """A PostgreSQL of our own on a free port. `durable=True` waits for the disk, as fault tests need."""

    def __init__(self, *, durable: bool = False) -> None:
        super().__init__()
        self.durable = durable
        self.data = self.folder / "data"
        self.owner: dict = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            names = {entry.pw_name for entry in pwd.getpwall()}
            person = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
            self.owner = {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
            os.chown(self.folder, person.pw_uid, person.pw_gid)

    def start(self) -> "PrivatePostgres":
        if not self.data.exists():
            subprocess.run(
                [_postgres_binary("initdb"), "-D", self.data, "-U", "postgres", "-A", "trust", "-N"]
                + ["--encoding=UTF8", "--locale=C.UTF-8"],
                check=True, capture_output=True, cwd="/", **self.owner,
            )  # fmt: skip
        settings = {"port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": self.folder}
        settings |= {"max_connections": 100, "timezone": "UTC"}
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self._launch([_postgres_binary("postgres"), "-D", str(self.data), *options], **self.owner)
        wait_until(self._answers, 30, "PostgreSQL")
        return self

    def _answers(self) -> bool:
        import psycopg2

        self._alive()
        try:
            psycopg2.connect(self.url()).close()
        except psycopg2.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """Shut down at once but in order, whoever is connected."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(20)

    def url(self, database: str = "postgres") -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"


class PrivateRedis(Server):
    """A Redis of our own on a free port that writes every message down (appendonly)."""

    def start(self) -> "PrivateRedis":
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        self._launch([*command, "--appendonly", "yes", "--appendfsync", "always", "--save", ""])
        wait_until(self._answers, 20, "Redis")
        return self

    def _answers(self) -> bool:
        import redis

        self._alive()
        try:
            return self.client().ping()
        except redis.exceptions.ConnectionError:
            return False

    def client(self):
        import redis

        return redis.Redis(port=self.port, socket_connect_timeout=1)

    def stop(self) -> None:
        stop([self.process], 10)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"


class SmtpServer:
    """A mail server that keeps what it takes in `messages`, refuses the addresses in `refused`, and tells those in
    `later` to come again."""

    def __init__(self, port: int | None = None) -> None:
        from aiosmtpd.controller import Controller

        self.messages: list = []
        self.refused: set[str] = set()
        self.later: set[str] = set()
        self.port = port or free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def start(self) -> "SmtpServer":
        self._controller.start()
        return self

    def stop(self) -> None:
        self._controller.stop()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  aiosmtpd's name
        if address in self.refused:
            return "550 5.1.1 no such mailbox"
        if address in self.later:
            return "451 4.7.1 greylisted, try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's name
        import email.policy

        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


def main(command: list[str]) -> int:
    """Run `command` with a private PostgreSQL and Redis; gives its exit code."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    postgres, redis = PrivatePostgres(), PrivateRedis()
    try:
        postgres.start()
        redis.start()
        addresses = {"DATABASE_URL": postgres.url(), "CELERY_BROKER_URL": redis.url}
        return subprocess.run(command, env=os.environ | addresses).returncode
    except KeyboardInterrupt:
        return 130
    finally:
        redis.remove()
        postgres.remove()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
