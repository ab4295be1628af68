"""Every form × whatever a program makes up: boxes that hold anything, are missing, come twice, are files.

The values that are known to hurt stand in values.py; here hypothesis looks for those that nobody thought of.
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_portal.tests.inputs.checks import ANSWERS, address, english, unclean
from cchc_portal.tests.inputs.forms import FORMS
from cchc_portal.tests.undone import Undone, Writes, client_of, stored

pytestmark = pytest.mark.django_db
NAMES = sorted(FORMS)
DIGITS = st.text("0123456789.,-+% eE/:trđ", max_size=30)
ANY = st.one_of(
    st.text(max_size=200),
    st.text(st.characters(codec="utf-16", categories=("Cc", "Cf", "Mn", "Zs")), max_size=50),
    st.binary(max_size=50),
    DIGITS,
    st.integers().map(str),
    st.floats().map(str),
    st.dates().map("{:%d/%m/%Y}".format),
    st.binary(max_size=300).map(lambda content: SimpleUploadedFile("tệp.xlsx", content)),
    st.lists(st.text(max_size=20), max_size=4),
)


def assert_answered(world, name: str, data: st.DataObject) -> None:
    form = FORMS[name]
    with Undone():
        if form.before:
            form.before(world)
        good = form.fields(world)
        boxes = sorted({*good, *form.kinds})
        changed = data.draw(st.dictionaries(st.sampled_from(boxes), ANY, max_size=6)) if boxes else {}
        gone = data.draw(st.sets(st.sampled_from(boxes), max_size=2)) if boxes else set()
        fields = {box: value for box, value in (good | changed).items() if box not in gone}
        before = stored() if form.before else world.untouched
        with Writes() as writes:
            answer = client_of(world, form.who).post(address(world, form), fields)
        assert answer.status_code in ANSWERS, answer.status_code
        if answer.status_code == 302:
            assert not unclean(before, stored())
            return
        page = answer.content.decode()
        assert 'lang="vi"' in page
        assert not english(page)
        assert not writes.seen or stored() == before


FUZZ = {"deadline": None, "suppress_health_check": list(HealthCheck), "print_blob": True}


@settings(max_examples=40, derandomize=True, **FUZZ)
@given(name=st.sampled_from(NAMES), data=st.data())
def test_whatever_is_typed_into_some_form_is_answered_by_a_page_of_ours(world, settings, name, data):
    settings.DEMO = FORMS[name].demo
    assert_answered(world, name, data)


@pytest.mark.nightly
@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, **FUZZ)
@given(data=st.data())
def test_whatever_is_typed_into_this_form_is_answered_by_a_page_of_ours(world, name, data):
    assert_answered(world, name, data)
