"""The keyboard: ? lists the keys, / searches, g and a letter open a page; silent while someone types."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.screens]


@pytest.fixture
def home(portal, page, sign_in):
    sign_in(page, "hoa")
    page.wait_for_url(f"{portal.url}/")
    return page


def test_keys_open_what_the_list_says(portal, home):
    page = home
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Phím tắt")).to_contain_text("Điều hành")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    for letter, path in (("k", "/ke-hoach/"), ("q", "/ket-qua/"), ("b", "/bao-cao/"), ("h", "/han-nop/"), ("v", "/")):
        page.keyboard.press("g")
        page.keyboard.press(letter)
        page.wait_for_url(portal.url + path)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("lao dong ?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/tim-kiem/\?q=lao\+dong"))
    expect(page.locator("mark").first).to_have_text("Lao")


def test_nothing_happens_while_typing_with_modifiers_or_when_switched_off(portal, home):
    page = home
    page.goto(f"{portal.url}/ket-qua/?q=a")
    page.get_by_label("Tìm", exact=False).last.focus()
    page.keyboard.type("gk?/")
    page.locator("h1").click()
    page.keyboard.press("Control+g")
    page.keyboard.press("k")
    expect(page).to_have_url(f"{portal.url}/ket-qua/?q=a")
    page.goto(f"{portal.url}/tro-giup/")
    page.get_by_role("button", name="Tắt phím tắt").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.goto(f"{portal.url}/tro-giup/")
    page.get_by_role("button", name="Bật phím tắt").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_on_a_phone_the_search_is_a_link_and_the_slash_opens_it(portal, home):
    page = home
    page.set_viewport_size({"width": 360, "height": 740})
    page.keyboard.press("/")
    page.wait_for_url(f"{portal.url}/tim-kiem/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
