"""Code in any stored text is shown and never run: in pages, in mail."""

import re

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from accounts.jobs import run
from accounts.models import Job
from cchc_portal.tests.access_matrix import MATRIX
from cchc_portal.tests.inputs.checks import PATTERNS
from cchc_portal.tests.inputs.values import CODE
from cchc_portal.tests.undone import OURS, Undone, client_of

pytestmark = pytest.mark.django_db

NEVER_TEXT = re.compile(r"code|key|url|kind|action|sha256|extension|content_type|object_|username|email|mail_|password")


def put_code_into_every_text() -> None:
    """Every free text of every row, and of the contents frozen as JSON, becomes a piece of code."""
    for model in apps.get_models():
        if model._meta.app_label not in OURS:
            continue
        for column in model._meta.concrete_fields:
            if isinstance(column, models.JSONField):
                for row in model._default_manager.exclude(**{column.name: None}):
                    value = in_json(getattr(row, column.name))
                    model._default_manager.filter(pk=row.pk).update(**{column.name: value})
            elif free_text(column) and column.name not in bound(model):
                text = CODE[: column.max_length or len(CODE)]
                model._default_manager.exclude(**{column.name: ""}).update(**{column.name: text})


def bound(model) -> set[str]:
    """Columns that a rule of the database binds to others."""
    rules = [rule for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    return {name for rule in rules for name in rule.fields}


def free_text(column) -> bool:
    text = isinstance(column, models.CharField | models.TextField) and type(column) is not models.SlugField
    closed = column.choices or column.unique or NEVER_TEXT.search(column.name)
    return (
        text
        and not closed
        and not column.name.endswith("state")
        and column.name not in ("owner", "recurrence", "regime", "occasion")
    )


def in_json(value):
    if isinstance(value, dict):
        return {key: in_json(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [in_json(inside) for inside in value]
    return CODE if isinstance(value, str) and " " in value else value


@pytest.fixture(scope="module")
def poisoned(world):
    """The world with code in every text; undone at the end."""
    with Undone():
        put_code_into_every_text()
        for person in world.cast.people.values():
            person.refresh_from_db()
        yield world


# Pages that have something to show of it; else the test would look at empty pages.
SHOW_TEXT = ("unit_plan", "result_list", "result_detail", "unit_report", "roll_up", "roll_up_words", "notices",
             "receipt", "plan_detail", "unit_plan_review", "dashboard")  # fmt: skip
PAGES = [name for name, row in MATRIX.items() if row.post is None and name.split()[0] in PATTERNS]


@pytest.mark.parametrize("name", PAGES)
def test_code_in_any_text_is_shown_and_never_run(poisoned, name, settings):
    path, shown = reverse(name.split()[0], args=poisoned.keys(MATRIX[name].of)), 0
    for who in ("editor", "chief", "director"):
        answer = client_of(poisoned, who).get(path, MATRIX[name].query)
        if answer.get("Content-Type", "").startswith("text/html"):
            page = answer.content.decode()
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert settings.SECRET_KEY not in page
            assert "unsafe" not in answer["Content-Security-Policy"]
            assert "script-src 'self'" in answer["Content-Security-Policy"]
            shown += "&lt;script&gt;alert(1)" in page
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert shown or name not in SHOW_TEXT


def test_a_notice_with_code_in_it_is_mailed_as_text(poisoned, mailoutbox):
    notice = poisoned.notice
    notice.refresh_from_db()
    run(Job.objects.create(kind="mail", key="code", payload={"notice": notice.pk}).pk)
    [message] = mailoutbox
    [(markup, _kind)] = message.alternatives
    assert "<script>" not in markup
    assert "&lt;script&gt;alert(1)" in markup
    assert CODE in message.body
    assert "\n" not in message.subject
