"""A form or a page with a query that has no row is not tested: each has one."""

import inspect

from django.urls import get_resolver, resolve, reverse

from cchc_portal.tests.access_matrix import MATRIX
from cchc_portal.tests.inputs.checks import ADDRESSES, arguments
from cchc_portal.tests.inputs.forms import BUTTONS, FORMS
from cchc_portal.tests.inputs.values import NUMBERS_IN_ADDRESSES


def test_every_form_has_its_row():
    posted = {name.split()[0] for name, row in MATRIX.items() if row.post is not None}
    writes = posted | {form.url for form in FORMS.values()}
    assert writes - {form.url for form in FORMS.values()} <= BUTTONS
    pages = {name for name in ADDRESSES if name not in writes and _takes_posts(name)}
    assert not pages, f"thêm dòng vào inputs.forms: {sorted(pages)}"


def _takes_posts(name: str) -> bool:
    """Whether the view of an address looks at what was posted."""
    view = get_resolver().reverse_dict and resolve(reverse(name, args=_plain(name))).func
    return "request.POST" in inspect.getsource(inspect.unwrap(view))


def _plain(name: str) -> list:
    return [1 if values is NUMBERS_IN_ADDRESSES else "a" for _key, values in arguments(name)]
