"""Fixtures that every app's tests share."""

import os
from datetime import datetime

import pytest

from accounts.cast import Cast, load_cast
from accounts.clock import VIETNAM
from plans.reference import load as load_reference


@pytest.fixture(scope="session", autouse=True)
def _data_of_tests(tmp_path_factory):
    """Whatever .env says, tests write to a folder of their own, and no demo clock stands in 2022."""
    from django.conf import settings

    from cchc_portal.celery import app

    folder = tmp_path_factory.mktemp("data")
    settings.DEMO = False
    settings.MEDIA_ROOT = folder / "files"
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES["staticfiles"] = {"BACKEND": "cchc_portal.tests.static.CheckedStaticFiles"}
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        broker = folder / "broker"
        broker.mkdir()
        app.conf.broker_transport_options |= dict.fromkeys(("data_folder_in", "data_folder_out"), str(broker))
        app.conf.broker_transport_options["control_folder"] = str(broker)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory, django_db_modify_db_settings_parallel_suffix):
    """SQLite in a file with WAL, as the portal has it: in memory, threads of one test lock each other out."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture
def cast(db) -> Cast:
    """The fixed cast: one department, fourteen units, their people."""
    return load_cast()


@pytest.fixture
def browse(client, cast):
    """`browse("hoa")` is the browser in which she has signed in; there is one, so the last who did is in it."""

    def as_(username: str):
        client.force_login(cast.people[username])
        return client

    return as_


@pytest.fixture
def at():
    """`at(2022, 2, 26, 23, 59)` is that instant in Vietnam."""

    def instant(*parts: int) -> datetime:
        return datetime(*parts, tzinfo=VIETNAM)

    return instant


@pytest.fixture
def reference(db) -> None:
    """Areas, channels, audiences and indicators as shipped."""
    load_reference()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A portal that was never started: its database with the cast, its static files. Copied for each test."""
    from cchc_portal.tests.portal import Portal

    return Portal(tmp_path_factory.mktemp("prepared"), server=os.environ.get("DATABASE_URL", "")).prepare()


@pytest.fixture
def make_portal(prepared, tmp_path_factory):
    """`make_portal(EMAIL_URL=…)` starts a portal with these settings; it is stopped after the test."""
    made = []

    def make(**environment):
        portal = prepared.copy(tmp_path_factory.mktemp("portal"), **environment)
        made.append(portal)
        return portal.start()

    yield make
    for portal in made:
        portal.remove()


@pytest.fixture
def portal(make_portal):
    """A running portal with the cast and the reference data: SQLite and the embedded broker, or
    PostgreSQL and a Redis of its own when DATABASE_URL names a PostgreSQL."""
    return make_portal()


@pytest.fixture
def mail_server():
    """A real SMTP server: `make_portal(EMAIL_URL=mail_server.url)`."""
    from cchc_portal.tests.services import SmtpServer

    server = SmtpServer().start()
    yield server
    server.stop()
