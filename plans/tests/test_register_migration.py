"""What was issued before the register was kept is entered by the migrations, once."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from plans.models import RegisterEntry
from plans.tests.factories import draft_plan, issued_plan

pytestmark = pytest.mark.usefixtures("reference")


class Editor:
    connection = connection


def test_issued_plans_get_their_line_once(cast):
    issued_plan(cast)
    draft_plan(cast, year=2023)
    migration = import_module("plans.migrations.0009_register_issued_plans")
    migration.enter(apps, Editor)
    migration.enter(apps, Editor)
    entry = RegisterEntry.objects.get()
    assert (entry.full_number, str(entry.signed_on), entry.signer) == ("123/KH-SLĐTBXH", "2022-01-14", "Lê Minh Đức")
    assert (entry.kind, entry.recipients) == ("plan", "Các phòng, đơn vị thuộc Sở")
    assert "ke hoach" in entry.search_text
