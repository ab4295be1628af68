"""The house: imports and foreign keys go down a floor or stay (docs/decisions.md)."""

import pytest
from django.apps import apps

from cchc_portal.tests.tree import APPS, imports, shown, sources

FLOOR = {"documents": -1, "accounts": 0, "plans": 1, "propaganda": 2, "reporting": 3, "cchc_portal": 4}
# What these hold is decided from dates and numbers alone, so that it can be tested without a database.
PURE = {"timeliness.py", "periods.py", "workdays.py", "deadlines.py", "columns.py"}


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_from_its_own_floor_or_below(app):
    found = []
    for path in sources(app):
        for line, name in imports(path, of_types=True):
            other = name.partition(".")[0]
            tools = "tests" in path.parts and name.startswith("cchc_portal.tests.")
            if FLOOR.get(other, -9) > FLOOR[app] and not tools:
                found.append(f"{shown(path, line)} lấy {name} từ tầng trên")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("app", APPS)
def test_a_foreign_key_points_to_its_own_floor_or_below(app):
    found = [
        f"{model.__name__}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields(include_hidden=True)
        if field.is_relation and field.concrete and field.related_model
        if FLOOR.get(field.related_model._meta.app_label, -9) > FLOOR[app]
    ]
    assert not found, "\n".join(found)


def test_pure_modules_import_no_models_except_for_types():
    found = []
    for app in APPS:
        for path in sources(app):
            pure = path.name in PURE or app == "documents"
            if not pure or {"tests", "views"} & set(path.parts):
                continue
            for line, name in imports(path, of_types=False):
                if ".models" in name or name.startswith("django.db.models"):
                    found.append(f"{shown(path, line)} lấy {name}")
    assert not found, "\n".join(found)
