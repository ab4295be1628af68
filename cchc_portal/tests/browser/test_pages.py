"""Every page × role × state of pages.py in real Chromium."""

import pytest

from cchc_portal.tests.browser import pages

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.screens]

REFUSED = ".error-summary, .invalid-feedback, .notice.tone-red"


@pytest.mark.parametrize(("state", "row"), pages.rows(), ids=pages.name)
def test_the_page_is_accessible_valid_and_fits_every_screen(desk, state, row):
    portal = desk.portal(state)
    window = desk.window(portal, desk.person(row))
    address = portal.url + desk.path(row)
    response = window.open(address)
    assert (response.status, window.page.url) == (200, address)
    if state == pages.ERROR:
        response = window.send_empty(row.form)
        assert window.page.locator(REFUSED).count()
    found = window.problems(response, printed=state != pages.ERROR, dark=state in (pages.FULL, pages.ERROR))
    assert not found, "\n".join(found)
