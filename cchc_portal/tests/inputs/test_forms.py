"""Every form × hostile values in every box."""

import logging
import re

import pytest

from cchc_portal.tests.inputs.checks import ANSWERS, assert_still_there, daily, english, send, unclean
from cchc_portal.tests.inputs.forms import FORMS
from cchc_portal.tests.inputs.values import VALUES
from cchc_portal.tests.undone import EXTRA, Undone, Writes, facts, owners, stored

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if not form.refused])
def test_a_form_of_the_table_filled_in_well_is_accepted(world, name):
    """Else the hostile values would be refused for another reason."""
    form = FORMS[name]
    with Undone():
        if form.before:
            form.before(world)
        answer = send(world, form, form.fields(world))
        assert answer.status_code == 302, re.sub(r"\s+", " ", answer.content.decode())[-3000:]


CASES = [
    pytest.param(name, field, label, id=f"{name}-{field}-{label}", marks=daily(f"{name} {field}", number))
    for name, form in FORMS.items()
    for field, kind in form.kinds.items()
    for number, label in enumerate(VALUES[kind])
]


@pytest.mark.parametrize(("name", "field", "label"), CASES)
def test_a_hostile_value_gets_a_page_of_ours_and_nothing_half_is_stored(world, name, field, label):
    form = FORMS[name]
    value = VALUES[form.kinds[field]][label]
    with Undone():
        if form.before:
            form.before(world)
        before = stored() if form.before else world.untouched
        with Writes() as writes:
            answer = send(world, form, form.fields(world) | {field: value})
        assert answer.status_code in ANSWERS
        if answer.status_code == 302:
            assert not unclean(before, stored())
            return
        page = answer.content.decode()
        assert 'lang="vi"' in page
        assert not english(page)
        assert not writes.seen or stored() == before
        if isinstance(value, str) and answer.status_code in (200, 409) and field not in form.secret:
            assert_still_there(page, form, field, value)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_without_its_mark_is_refused_and_nothing_is_stored(world, name):
    form = FORMS[name]
    with Undone():
        if form.before:
            form.before(world)
        before = stored()
        answer = send(world, form, form.fields(world), enforce_csrf_checks=True)
        assert answer.status_code == 403
        assert 'lang="vi"' in answer.content.decode()
        assert stored() == before


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if not form.refused])
def test_fields_that_a_form_does_not_have_are_ignored(world, name):
    form, outcomes = FORMS[name], []
    for extra in ({}, EXTRA):
        with Undone():
            if form.before:
                form.before(world)
            answer = send(world, form, extra | form.fields(world))  # its own fields are its own
            assert answer.status_code == 302
            outcomes.append((facts(stored()), owners()))
    assert outcomes[0] == outcomes[1]


MARKER = "Câu-chỉ-người-gõ-biết"


@pytest.mark.parametrize("name", [pytest.param(name, marks=daily(name, 0)) for name in FORMS])
def test_nothing_that_was_typed_is_written_into_the_log(world, name, caplog):
    form = FORMS[name]
    typed = {box: f"{MARKER}\x00" if box in form.secret else MARKER for box in form.kinds}
    with caplog.at_level(logging.DEBUG, "django.request"), Undone():
        if form.before:
            form.before(world)
        send(world, form, form.fields(world) | typed)
    assert MARKER not in caplog.text
