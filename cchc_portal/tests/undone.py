"""What a request writes: undone, noticed, compared. For tests that send every form to one built world."""

import re

from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from cchc_portal.tests.access_matrix import WHO
from cchc_portal.tests.world import World

OURS = ("documents", "accounts", "plans", "propaganda", "reporting")

EXTRA = {
    "state": "approved", "unit": "7", "unit_id": "7", "agency": "1", "agency_id": "1", "is_superuser": "on",
    "version_": "9", "recorded_by": "1", "created_by": "1", "supplement": "on", "position": "99", "id": "1", "pk": "1",
    "return_reason": "x", "snapshot": "{}", "issued_at": "2020-01-01", "__class__": "x", "role": "director",
}  # fmt: skip


class Rollback(Exception):
    pass


class Undone:
    """`with Undone():` whatever is written inside is undone."""

    def __enter__(self):
        self._atomic = transaction.atomic()
        self._atomic.__enter__()

    def __exit__(self, kind, error, trace):
        self._atomic.__exit__(Rollback, Rollback(), None)
        return False


class Writes:
    """`with Writes() as writes:` tells by `writes.seen` whether a table of ours was written to inside.

    Signing in for the request writes the session and the person's last time, which are none of it.
    """

    def __init__(self):
        self.seen = []

    def __enter__(self):
        self._wrapper = connection.execute_wrapper(self._look)
        self._wrapper.__enter__()
        return self

    def __exit__(self, *error):
        return self._wrapper.__exit__(*error)

    def _look(self, execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE", "WITH")) and '"last_login"' not in sql:
            self.seen += [label for label in OURS if f'"{label}_' in sql]
        return execute(sql, params, many, context)


def stored() -> dict[str, set]:
    """Every row of ours as it is stored, by model; who signed in when is no part of it."""
    rows = {}
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            names = [field.attname for field in model._meta.concrete_fields if field.attname != "last_login"]
            rows[model._meta.label] = set(map(_told, model._default_manager.values_list(*names)))
    return rows


def _told(values: tuple) -> str:
    """The row as text; bytes by what they hold, which PostgreSQL gives as memory at an address."""
    return repr(tuple(bytes(value) if isinstance(value, memoryview) else value for value in values))


def client_of(world: World, who: str | None, **options) -> Client:
    client = Client(**options)
    if who:
        client.force_login(world.cast.people[WHO[who]])
    return client


def facts(rows: dict[str, set]) -> dict:
    """Rows without what differs from one try to the next: numbers, hashes, passwords, the mark of a second file."""
    return {
        label: sorted(
            re.sub(r"'argon2[^']*'|_\w{7}(?=\.pdf')|\b\d+\b|[0-9a-f]{32,}|[0-9a-f-]{36}", "", row) for row in found
        )
        for label, found in rows.items()
        if label != "accounts.DemoClock"
    }


def owners() -> dict[str, list]:
    """Whose every row is, by the code of its unit."""
    models = [model for model in apps.get_models() if model._meta.app_label in OURS]
    return {
        model._meta.label: sorted(map(str, model._default_manager.values_list("unit__code", flat=True)))
        for model in models
        if any(field.name == "unit" and field.is_relation for field in model._meta.concrete_fields)
    }
