"""The editor of a draft in Chromium: it saves itself, two people lose nothing, keys move parts, no script is needed."""

import re

import pytest
from playwright.sync_api import Page, expect

PREPARE = """
from datetime import datetime
from accounts.cast import load_cast
from accounts.clock import VIETNAM
from plans.tests.real_plan import stored
stored(load_cast(), datetime(2022, 1, 20, 9, tzinfo=VIETNAM))
"""
pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.screens]
SAVED = 15_000  # ms: it saves itself every ten seconds
WORDS = "textarea[name=text]"


@pytest.fixture
def drafted(portal):
    """The portal with the real plan on the drafting table."""
    portal.python(PREPARE)
    return portal


@pytest.fixture
def opened(drafted, new_context, sign_in):
    """`opened("hoa")`: a browser of this person's with the part “Kiện toàn …” open."""

    def open_for(username: str, **more) -> Page:
        page = new_context(**more).new_page()
        sign_in(page, username)
        page.goto(f"{drafted.url}/ke-hoach/1/soan/")
        page.get_by_role("link", name=re.compile("^2. Kiện toàn")).click()
        expect(page.locator(WORDS)).to_have_value(re.compile("^Kiện toàn"))
        return page

    return open_for


def test_what_is_typed_saves_itself_and_is_there_after_reloading(opened):
    page = opened("hoa")
    page.locator(WORDS).fill("Kiện toàn đội ngũ làm công tác tuyên truyền.")
    expect(page.get_by_text(re.compile("^Đã lưu lúc"))).to_be_visible(timeout=SAVED)
    page.reload()
    expect(page.locator(WORDS)).to_have_value("Kiện toàn đội ngũ làm công tác tuyên truyền.")


def test_leaving_the_page_saves(opened, drafted):
    page = opened("hoa")
    page.locator(WORDS).fill("Kiện toàn rồi đi.")
    for path in ("/ke-hoach/", "/ke-hoach/1/", "/ke-hoach/1/soan/"):  # what was sent on leaving arrives meanwhile
        page.goto(f"{drafted.url}{path}")
    expect(page.get_by_role("link", name=re.compile("Kiện toàn rồi đi."))).to_be_visible()


def test_two_people_in_one_part_see_each_other_and_lose_nothing(opened):
    hoa, chief = opened("hoa"), opened("binh")
    expect(chief.get_by_text(re.compile("đang sửa mục này"))).to_be_visible()
    hoa.locator(WORDS).fill("Kiện toàn: bản của Hoa.")
    hoa.get_by_role("button", name="Lưu", exact=True).click()
    chief.locator(WORDS).fill("Kiện toàn: bản của Bình.")
    banner = chief.get_by_role("alert").filter(has_text="Có người vừa lưu bản khác")
    expect(banner).to_be_visible(timeout=SAVED)
    expect(banner).to_contain_text("bản của Hoa")
    chief.get_by_role("button", name="Lưu", exact=True).click()
    expect(chief.get_by_role("cell", name="Kiện toàn: bản của Hoa.")).to_be_visible()
    expect(chief.get_by_role("cell", name="Kiện toàn: bản của Bình.")).to_be_visible()
    chief.get_by_role("button", name="Lưu bản của tôi thay bản đang lưu").click()
    expect(chief.locator(WORDS)).to_have_value("Kiện toàn: bản của Bình.")


def test_what_could_not_be_saved_is_kept_and_offered_and_goes_at_sign_out(opened, drafted):
    page = opened("hoa")
    address = page.url
    page.context.set_offline(True)
    page.locator(WORDS).fill("Kiện toàn khi mất mạng.")
    expect(page.get_by_text(re.compile("Chưa lưu được, đang thử lại"))).to_be_visible(timeout=SAVED)
    again = page.context.new_page()
    page.close()
    again.context.set_offline(False)
    again.goto(address)
    again.get_by_role("button", name="Dùng lại").click()
    expect(again.locator(WORDS)).to_have_value("Kiện toàn khi mất mạng.")
    again.locator(".person summary").click()
    again.get_by_role("button", name="Đăng xuất").click()
    expect(again).to_have_url(re.compile("dang-nhap"))
    assert not [key for key in again.evaluate("Object.keys(localStorage)") if key.startswith("nhap:")]


def test_alt_and_an_arrow_move_the_open_part(opened):
    page = opened("hoa")
    expect(page.locator(WORDS)).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_text("Bước cuối: Chuyển")).to_be_visible()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã hoàn tác: Chuyển")).to_be_visible()


def test_everything_works_without_javascript(opened):
    page = opened("hoa", java_script_enabled=False)
    page.locator(WORDS).fill("Kiện toàn đội ngũ.\nBồi dưỡng kỹ năng.")
    page.get_by_role("button", name="Tách theo dòng").click()
    expect(page.get_by_role("link", name="3. Bồi dưỡng kỹ năng.")).to_be_visible()
    page.get_by_role("button", name="Thêm bên dưới").click()
    page.locator(WORDS).fill("Phân công người theo dõi.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_role("button", name="Vào").click()
    page.get_by_role("button", name="Đánh số lại toàn bộ").click()
    expect(page.get_by_role("link", name="a) Phân công người theo dõi.")).to_be_visible()
    page.get_by_role("button", name="Hoàn tác").click()
    page.get_by_role("link", name="Nhiệm vụ, thời hạn").click()
    page.get_by_role("textbox", name="Ngày Dòng 1").fill("28/02/2022")
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_text("Năm 2022: hết Chủ nhật 27/02/2022")).to_be_visible()
