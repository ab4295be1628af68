import pytest

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.screens]


def test_the_office_staff_sign_in(portal, page, sign_in):
    sign_in(page, "hoa")
    page.wait_for_url(f"{portal.url}/")
    assert "Nguyễn Thị Hoa" in page.locator("header").inner_text()
