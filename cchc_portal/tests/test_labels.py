"""Every model and field that an officer may come to see is named in Vietnamese."""

import re

import pytest
from django.apps import apps
from django.utils.functional import Promise

from cchc_portal.tests.tree import APPS

# Fields for the machine alone: keys, hashes, counters, references by number. No page shows their names.
TECHNICAL = {
    *("id", "key", "version", "sha256", "search_name", "search_text", "agency_id", "actor_id"),
    *("object_type", "object_id", "data", "payload", "owner", "lease_until", "not_before", "content_type"),
}
TECHNICAL_OF_ONE = {
    *("Job.kind", "Job.attempts", "Job.error", "Job.created_at", "Job.done_at", "Printout.kind", "RegisterEntry.kind"),
    *("Obligation.effective_due_at", "Evidence.extension"),
}
FROM_DJANGO = {"password", "last_login", "is_superuser", "is_staff", "is_active", "date_joined", "groups"}
FROM_DJANGO |= {"user_permissions", "username", "email"}


def _models():
    return [model for app in APPS for model in apps.get_app_config(app).get_models()]


def _left_at_default(field) -> bool:
    return not isinstance(field.verbose_name, Promise) and field.verbose_name == field.name.replace("_", " ")


@pytest.mark.parametrize("model", _models(), ids=lambda model: model._meta.label)
def test_a_model_and_its_fields_have_vietnamese_names(model):
    found = []
    for name in ("verbose_name", "verbose_name_plural"):
        if name not in model._meta.original_attrs:
            found.append(f"{model.__name__}: Meta.{name}")
    for field in model._meta.local_fields + model._meta.local_many_to_many:
        if field.name in TECHNICAL or (model.__name__ == "User" and field.name in FROM_DJANGO):
            continue
        if f"{model.__name__}.{field.name}" in TECHNICAL_OF_ONE:
            continue
        if _left_at_default(field):
            found.append(f"{model.__name__}.{field.name}: verbose_name")
    assert not found, "thiếu tên tiếng Việt:\n" + "\n".join(found)


@pytest.mark.parametrize("model", _models(), ids=lambda model: model._meta.label)
def test_the_choices_of_a_field_are_vietnamese(model):
    """Each label is its own text, not the English name that Django derives from the member."""
    found = [
        f"{model.__name__}.{field.name}: {value!r} → {label!r}"
        for field in model._meta.local_fields
        for value, label in field.flatchoices
        if str(label) == re.sub(r"_", " ", str(value)).title()
    ]
    assert not found, "\n".join(found)
