"""Pages kept as they were sent, for as long as nothing in the database has changed. See docs/decisions.md, 15.

`@until_changed` marks views whose GET answers only from the database, the person, the address and the moment; the
middleware `KeptPages` sends their pages again. What must be new in every page, the token against forged requests and
the mark of one submission, is put in when the page is sent.

A page is sent again, to the same session, when the version of the data is the same as the one read *before*
anything else was read for it. Then the session, the person and what the person may see are the same, too: whoever
signs out, is disabled or loses a post changes the version. The version is
- PostgreSQL: the text of `pg_current_snapshot()`. Every transaction that writes has a number, and the text
  changes when it ends; a number never comes back. A restored server has started at another time.
- SQLite: `PRAGMA data_version` of a connection that is used for nothing else. It counts the commits of all
  others, ours too. A restored file is another file.
Inside a transaction neither tells of what it has written itself, so there pages are neither kept nor taken.
"""

import os
import re
import sqlite3
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from time import time
from uuid import uuid4

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.cache import patch_vary_headers

from accounts import clock, recent

MOST_BYTES = 24 * 1024 * 1024  # of each process
MOST_SECONDS = 60  # a session ends by time, which changes nothing in the database
VOLATILE = re.compile(rb'(name="(?:csrfmiddlewaretoken|key)" value=")([^"]*)')
LOOSE_MARK = re.compile(rb'value="[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-')


# The version of the data


class _Watch:
    """A connection to the SQLite file on which nothing else is done; one a process, a new one for another file."""

    def __init__(self):
        self.lock, self.opened = Lock(), []
        self.file = None

    def version(self, path: str) -> tuple:
        with self.lock:
            found = Path(path).stat()
            file = (os.getpid(), found.st_dev, found.st_ino)
            if file != self.file:
                # The old one stays open: SQLite forbids to close it on the other side of a fork.
                self.opened.append(sqlite3.connect(path, timeout=20, isolation_level=None, check_same_thread=False))
                self.file = file
            [(commits,)] = self.opened[-1].execute("PRAGMA data_version").fetchall()
            return len(self.opened), commits


_watch = _Watch()


def _of_sqlite() -> tuple | None:
    try:
        return _watch.version(str(connection.settings_dict["NAME"]))
    except (OSError, sqlite3.Error):  # in memory, or the file is being replaced
        return None


def _of_postgresql() -> tuple:
    connection.health_check_done = True  # the question itself shows whether the server is there
    try:
        return _snapshot()
    except DatabaseError:
        connection.close()
        return _snapshot()


def _snapshot() -> tuple:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text, pg_postmaster_start_time()::text")
        return cursor.fetchone()


VERSION = {"sqlite": _of_sqlite, "postgresql": _of_postgresql}


def data_version() -> tuple | None:
    """Equal to an earlier one only if nobody has committed anything in between; None when that cannot be told."""
    if connection.in_atomic_block or connection.vendor not in VERSION:
        return None
    return VERSION[connection.vendor]()


# The pages


@dataclass(frozen=True)
class Page:
    """A page that was sent under `stamp`; of `pieces` every second one is put in anew."""

    stamp: tuple
    headers: dict
    pieces: list[bytes]
    size: int
    made_at: float

    @classmethod
    def of(cls, response: HttpResponse, stamp: tuple) -> "Page":
        pieces = []
        for number, piece in enumerate(VOLATILE.split(response.content)):
            if number % 3 == 1:
                pieces[-1] += piece
            else:
                pieces.append(piece)
        return cls(stamp, dict(response.headers), pieces, len(response.content), time())

    def response(self, request: HttpRequest) -> HttpResponse:
        """The page for this request: its token, and marks of its own where the page had one and the same."""
        token, marks = "", defaultdict(lambda: str(uuid4()).encode())
        body = self.pieces[:]
        for number in range(1, len(body), 2):
            if body[number - 1].endswith(b'name="key" value="'):
                body[number] = marks[body[number]]
            else:
                token = token or get_token(request)
                body[number] = token.encode()
        response = HttpResponse(b"".join(body), headers=self.headers)
        patch_vary_headers(response, ["Cookie"])
        return response


class Pages:
    """The pages of this process, the least recently sent dropped when all of them exceed `most` bytes."""

    def __init__(self, most: int):
        self.most, self.size = most, 0
        self.pages: OrderedDict[tuple, Page] = OrderedDict()
        self.lock = Lock()

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.size = 0

    def get(self, key: tuple | None) -> Page | None:
        with self.lock:
            if key in self.pages:
                self.pages.move_to_end(key)
            return self.pages.get(key)

    def put(self, key: tuple, page: Page) -> None:
        with self.lock:
            if key in self.pages:
                self.size -= self.pages.pop(key).size
            self.pages[key] = page
            self.size += page.size
            while self.size > self.most:
                _key, dropped = self.pages.popitem(last=False)
                self.size -= dropped.size


kept = Pages(MOST_BYTES)
_demo: dict = {}


def until_changed(view: Callable) -> Callable:
    """Mark a view whose page may be sent again until the data or the minute changes."""
    view.until_changed = True
    return view


class KeptPages:
    """Sends a kept page before anything is asked of the database but its version. Stands after the check of tokens."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if page := kept.get(key):
            request.page_stamp = _stamp(request)
            if request.page_stamp == page.stamp and time() - page.made_at < MOST_SECONDS:
                return page.response(request)
        response = self.get_response(request)
        stamp = getattr(request, "page_stamp", None)
        if stamp and _is_whole(request, response):
            kept.put(key, Page.of(response, stamp))
        return response

    def process_view(self, request: HttpRequest, view: Callable, args, kwargs) -> None:
        """Read the version before who asks is read."""
        marked = getattr(view, "until_changed", False) and _key(request)
        if marked and not hasattr(request, "page_stamp"):
            request.page_stamp = _stamp(request)


def _key(request: HttpRequest) -> tuple | None:
    """Whose page of which address; None for what is never kept. A message waiting to be shown may lie in a cookie."""
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    plain = request.method == "GET" and "HX-Request" not in request.headers
    if not (session and plain) or CookieStorage.cookie_name in request.COOKIES:
        return None
    return session, request.build_absolute_uri()


def _stamp(request: HttpRequest) -> tuple | None:
    """What a page holds for. What was opened last stands in a cookie and on the first page."""
    version = data_version()
    return version and (version, minute_of(_now(version)), request.COOKIES.get(recent.COOKIE))


def _now(version: tuple) -> datetime:
    """The present instant; that of a demo is asked for once a version."""
    if not settings.DEMO:
        return clock.now()
    if _demo.get("version") != version:
        _demo.update(version=version, stands_at=clock.stands_at())
    return _demo["stands_at"] or clock.now()


def minute_of(now: datetime) -> tuple:
    """Pages tell the time to the minute; a deadline may pass in the last second of one."""
    return now.replace(second=0, microsecond=0), now.second == 59


def _is_whole(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the page is one that another request may get: complete, with nothing said once, with no unknown mark."""
    if response.status_code != 200 or response.streaming or response.cookies or request.session.modified:
        return False
    said = get_messages(request)
    if not response.headers.get("Content-Type", "").startswith("text/html") or said.used or said.added_new:
        return False
    return not LOOSE_MARK.search(VOLATILE.sub(b"", response.content))
