"""Folded text follows what it is made of, however a row is written."""

from types import SimpleNamespace

from django.apps import apps
from django.db import connection

from accounts.models import Unit
from accounts.search_text import fill, folded


def test_a_unit_written_in_bulk_has_its_folded_text(cast):
    assert cast.units["ldvl"].search_text == "phong lao dong - viec lam ldvl"


def test_a_unit_that_is_renamed_has_the_new_text(cast):
    unit = cast.units["ldvl"]
    unit.name = "Phòng Việc làm"
    unit.save()
    assert Unit.objects.get(pk=unit.pk).search_text == "phong viec lam ldvl"


def test_an_update_gets_its_text_from_the_values_it_writes():
    assert folded(Unit, {"name": "Đội Ơn", "symbol": ""}) == "doi on"


def test_the_migration_folds_what_was_stored_before(cast):
    Unit.objects.update(search_text="")
    fill("accounts.Unit")(apps, SimpleNamespace(connection=connection))
    assert not Unit.objects.filter(search_text="").exists()
    assert Unit.objects.get(pk=cast.units["ncc"].pk).search_text == "phong nguoi co cong ncc"
