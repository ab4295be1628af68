"""What a supervisor asks of the portal."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def test_the_portal_that_can_serve_says_ok_without_signing_in(client):
    for address in ("/healthz", "/readyz"):
        answer = client.get(address)
        assert (answer.status_code, answer.content) == (200, b"ok\n")
        assert "no-store" in answer["Cache-Control"]


def test_being_alive_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/healthz")


def test_a_database_that_lacks_a_migration_is_not_ready(client):
    MigrationRecorder(connection).migration_qs.filter(app="accounts").delete()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"migrations\n")
