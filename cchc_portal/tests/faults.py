"""What the fault tests share: a second look at a portal's database, a gate in the middle of a write, a person
at the web, and a line with what was measured."""

import json
import sqlite3
import time
import urllib.error
import urllib.request
from contextlib import closing
from datetime import datetime
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import psycopg2

from accounts.cast import PASSWORD
from cchc_portal.serve import commands, spawn
from cchc_portal.tests.portal import Portal
from cchc_portal.tests.services import wait_until
from documents.dates import TZ as VIETNAM

GATE = 20_221_127  # the advisory lock of a gate on PostgreSQL
FOREVER, A_WHILE = 1_000_000_000, 20_000_000  # how far SQLite counts inside a gate; a while is some three seconds


def report(name: str, **figures) -> None:
    """Print what a case measured (pytest -s shows it)."""
    measured = ((key, f"{value:.1f} s" if isinstance(value, float) else value) for key, value in figures.items())
    print(f"\n{name}: " + ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in measured))


class Stopwatch:
    """`watch.seconds` since it was made."""

    def __init__(self):
        self.began = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began


def connect(portal: Portal, *, seconds: float = 20):
    """A connection of our own to the portal's database, each statement its own transaction; on SQLite one waits
    `seconds` for a writer."""
    if portal.server:
        connection = psycopg2.connect(portal.database_url)
        connection.autocommit = True
        return connection
    return sqlite3.connect(portal.folder / "cchc.sqlite3", timeout=seconds, isolation_level=None)


def rows(portal: Portal, statement: str) -> list[tuple]:
    with closing(connect(portal)) as connection:
        cursor = connection.cursor()
        cursor.execute(statement)
        return [tuple(row) for row in cursor.fetchall()]


def value(portal: Portal, statement: str):
    """The one value that `statement` gives."""
    ((found,),) = rows(portal, statement)
    return found


def content(portal: Portal, statement: str) -> dict:
    """The one JSON value that `statement` gives."""
    found = value(portal, statement)
    return json.loads(found) if isinstance(found, str) else found


class Gate:
    """Whoever does `event` on `table` (rows `when`) stops in the middle of that write while the gate is shut.

    On PostgreSQL a trigger waits for a lock that this object holds. SQLite has nothing to wait for, so there
    the trigger counts to `steps`; the writer holds the database's one write lock meanwhile.
    """

    def __init__(self, portal: Portal, event: str, table: str, when: str = "1 = 1", *, steps: int = FOREVER):
        self.portal = portal
        self.connection = connect(portal)
        cursor = self.connection.cursor()
        if portal.server:
            cursor.execute("SELECT pg_advisory_lock(%s)", [GATE])
            cursor.execute(
                "CREATE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql AS "
                f"'BEGIN PERFORM pg_advisory_xact_lock({GATE}); RETURN NEW; END'"
            )
            cursor.execute(
                f"CREATE TRIGGER gate BEFORE {event} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION gate()"
            )
        else:
            cursor.execute(
                f"CREATE TRIGGER gate BEFORE {event} ON {table} WHEN {when} BEGIN SELECT ("
                "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted "
                f"WHERE n < {steps}) SELECT max(n) FROM counted); END"
            )
        self.table = table

    def wait_for_someone(self) -> None:
        """Until a writer stands in the gate."""
        wait_until(self._is_held, 30, f"có người đang ghi dở {self.table}")

    def _is_held(self) -> bool:
        if self.portal.server:
            waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            return value(self.portal, waiting) > 0
        # Everybody else's writes take milliseconds.
        with closing(connect(self.portal, seconds=0.7)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return True
            connection.execute("ROLLBACK")
            return False

    def open(self) -> None:
        """Let whoever stands in it go on, and take the gate away."""
        cursor = self.connection.cursor()
        if self.portal.server:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [GATE])
            cursor.execute(f"DROP TRIGGER gate ON {self.table}")
            cursor.execute("DROP FUNCTION gate()")
        else:
            cursor.execute("DROP TRIGGER gate")
        self.connection.close()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments, **_options):
        return None


class Visitor:
    """A person of the cast signed in over HTTP; redirects are answers, not followed."""

    def __init__(self, portal: Portal, username: str):
        self.portal = portal
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), _Stay)
        self.get("/dang-nhap/")
        status, _place = self.post("/dang-nhap/", username=username, password=PASSWORD)
        assert status == 302, status

    def get(self, path: str) -> tuple[int, str]:
        return self._send(urllib.request.Request(self.portal.url + path))

    @property
    def token(self) -> str:
        return next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")

    @property
    def cookie(self) -> str:
        """All cookies as a browser sends them."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.cookies)

    def post(self, path: str, **fields) -> tuple[int, str]:
        """The status and where the answer leads."""
        body = urlencode(fields | {"csrfmiddlewaretoken": self.token}).encode()
        return self._send(urllib.request.Request(self.portal.url + path, data=body))

    def _send(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, answer.headers.get("Location", "")
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers.get("Location", "")


def vietnam(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=VIETNAM)


def nothing_is_left_running(portal: Portal) -> None:
    """Wait until every job is done; none failed, none runs without an owner."""
    unfinished = "SELECT kind, state, attempts, error FROM accounts_job WHERE state <> 'done'"
    wait_until(lambda: not rows(portal, unfinished), 30, "mọi việc nền xong")


def start_second(portal: Portal, name: str) -> None:
    """One more worker or beat beside the one that runs, with a schedule of its own as on another machine."""
    options = ["--schedule", str(portal.folder / "second-schedule")] if name == "beat" else ["-n", "second@%h"]
    with (portal.folder / f"second-{name}.log").open("ab") as log:
        command = [*commands("127.0.0.1:0")[name], *options]
        portal.children[f"second-{name}"] = spawn(command, stdout=log, stderr=log, env=portal.environment)
