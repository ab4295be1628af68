"""The whole portal as its users meet it: web, worker and beat as children, on data of its own."""

import os
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
import uuid
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from cchc_portal.serve import BASE_DIR, accepts, commands, spawn, stop
from cchc_portal.tests.services import PrivateRedis, free_port, wait_until


class Portal:
    """One portal on data of its own in `folder`.

    Without `server` it stands on SQLite and the embedded broker. `server` is the URL of a PostgreSQL:
    then it makes a database of its own there, and brings its own Redis. `environment` adds settings,
    such as EMAIL_URL.
    """

    def __init__(self, folder: Path, *, server: str = "", **environment: str):
        self.folder = folder
        self.server = server if server.startswith("postgres") else ""
        self.database = f"portal_{uuid.uuid4().hex[:12]}"
        self.redis = PrivateRedis().start() if self.server else None
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.children: dict[str, subprocess.Popen] = {}
        self.environment = os.environ | {
            "DATA_DIR": str(folder),
            "DATABASE_URL": self.database_url,
            "CELERY_BROKER_URL": self.redis.url if self.redis else "filesystem://localhost",
            "PORTAL_URL": self.url,
            "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
            "DEBUG": "false",
            "DEMO": "true",  # so that stand_at can set the calendar
            "EMAIL_URL": "dummymail://",
            "SWEEP_SECONDS": "1",
            "JOB_LEASE_SECONDS": "4",
            **environment,
        }

    @property
    def database_url(self) -> str:
        if self.server:
            return urlsplit(self.server)._replace(path=f"/{self.database}").geturl()
        return f"sqlite:///{self.folder / 'cchc.sqlite3'}"

    @property
    def broker_folder(self) -> Path:
        return self.folder / "broker"

    def python(self, code: str) -> str:
        """Run lines of Python inside the portal (Django set up, its database) and give what they print."""
        django = "import django; django.setup()\n"
        return self._run([sys.executable, "-c", django + code])

    def manage(self, *arguments: str) -> str:
        """Run a management command and give what it prints."""
        return self._run([sys.executable, "manage.py", *arguments])

    def _run(self, command: list[str]) -> str:
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": "cchc_portal.settings"}
        done = subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise AssertionError(f"{command[1:]} kết thúc với mã {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def prepare(self) -> "Portal":
        """Migrate, load the reference data and the cast; no demo data, so that a test makes its own."""
        if self.server:
            self._on_server(f"CREATE DATABASE {self.database}")
        self.python(
            "from django.core.management import call_command\n"
            "from accounts.cast import load_cast\n"
            "from cchc_portal.prepare import collect_static\n"
            "call_command('migrate', interactive=False, verbosity=0)\n"
            "load_cast()\n"
            "call_command('load_reference', verbosity=0)\n"
            "collect_static()\n"
        )
        return self

    def copy(self, folder: Path, **environment: str) -> "Portal":
        """Another portal with the same rows and static files, not started."""
        portal = Portal(folder, server=self.server, **environment)
        if self.server:
            self._on_server(f"CREATE DATABASE {portal.database} TEMPLATE {self.database}")
        else:
            # The last connection closed, so SQLite has put its write-ahead log into the one file.
            shutil.copy(self.folder / "cchc.sqlite3", folder)
        (folder / "static").symlink_to(self.folder / "static")
        return portal

    def _on_server(self, statement: str) -> None:
        import psycopg2

        connection = psycopg2.connect(self.server)
        connection.autocommit = True  # a database is not made inside a transaction
        try:
            connection.cursor().execute(statement)
        finally:
            connection.close()

    def remove(self) -> None:
        """Stop what runs and drop what was made for it outside `folder`."""
        self.stop()
        if self.server:
            self.redis.remove()
            self._on_server(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")

    def stand_at(self, instant: datetime) -> None:
        """Let the portal's calendar stand at `instant` (aware)."""
        self.python(
            "from datetime import datetime\n"
            "from accounts import clock\n"
            f"clock.set_demo(datetime.fromisoformat({instant.isoformat()!r}))\n"
        )

    def start(self, *names: str) -> "Portal":
        """Start the named processes (all of web, worker, beat without a name) and wait for the web."""
        available = commands(f"127.0.0.1:{self.port}")
        for name in names or tuple(available):
            with (self.folder / f"{name}.log").open("ab") as log:
                options = {"stdout": log, "stderr": subprocess.STDOUT, "env": self.environment}
                self.children[name] = spawn(available[name], **options)
        if "web" in self.children:
            wait_until(self._answers, 30, "web")
        return self

    def _answers(self) -> bool:
        if self.children["web"].poll() is not None:
            raise AssertionError(self.log("web"))
        if not accepts("127.0.0.1", self.port):
            return False
        request = urllib.request.Request(self.url + "/dang-nhap/", method="HEAD")
        try:
            urllib.request.urlopen(request, timeout=20).close()
        except urllib.error.HTTPError as error:
            if error.code >= 500:
                raise AssertionError(self.log("web")) from error
        except ConnectionError:  # a web that was killed still held the port for a moment
            return False
        return True

    def log(self, name: str) -> str:
        """What a process has written so far."""
        return (self.folder / f"{name}.log").read_text()

    def stop(self, *names: str) -> None:
        """End the named processes (all without a name) in order, as Ctrl+C does."""
        stop([self.children.pop(name) for name in names or tuple(self.children)])

    def kill(self, name: str) -> None:
        """kill -9 for a process and all its own children, as when the machine runs out of memory."""
        child = self.children.pop(name)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def lose_broker(self) -> None:
        """Every queued message is gone: the embedded broker's folder emptied, or Redis flushed."""
        if self.redis:
            self.redis.client().flushall()
            return
        shutil.rmtree(self.broker_folder, ignore_errors=True)
        self.broker_folder.mkdir()
