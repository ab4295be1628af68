"""The import of a plan in Chromium: sent, read, corrected, stored; by mouse, by keyboard, without scripts."""

import re
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from accounts.cast import PASSWORD
from cchc_portal.tests.browser.test_journeys import Keys
from cchc_portal.tests.browser.test_whole_year import PLAN_TEXT

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.screens]
READ = 60_000  # ms: the worker's turn


def at_the_form(page: Page, portal) -> Page:
    page.goto(f"{portal.url}/dang-nhap/")
    page.locator("input[name=username]").fill("hoa")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.goto(f"{portal.url}/ke-hoach/nhap/")
    return page


def word_file(text: str) -> bytes:
    from docx import Document

    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_word_file_is_read_corrected_beside_its_text_and_stored(portal, new_context):
    page = at_the_form(new_context().new_page(), portal)
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    name = "Kế hoạch CCHC 2022.docx"
    page.get_by_label("Chọn tệp kế hoạch").set_input_files(
        files=[{"name": name, "mimeType": word, "buffer": word_file(PLAN_TEXT)}]
    )
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.get_by_role("heading", name="Xem lại kế hoạch đã đọc")).to_be_visible(timeout=READ)
    page.get_by_role("button", name=re.compile("^Bỏ qua: Thiếu mục II")).click()
    expect(page.get_by_role("button", name=re.compile("^Bỏ qua: Thiếu mục II"))).to_have_count(0)
    page.get_by_role("link", name=re.compile("^Xem trong văn bản: Dấu ngoặc kép")).first.click()
    expect(page.locator(".plan-paper :target")).to_be_in_viewport()
    page.get_by_role("link", name="Sửa số, ngày, tên, người ký").first.click()
    page.get_by_label("Số", exact=True).fill("12")
    page.get_by_role("button", name="Lưu chỗ sửa").click()
    expect(page.get_by_text("Số: 12/KH-SLĐTBXH")).to_be_visible()
    page.get_by_role("button", name="Lưu thành bản thảo").click()
    expect(page).to_have_url(re.compile(r"/ke-hoach/\d+/$"))
    with page.expect_download() as given:
        page.get_by_role("link", name=re.compile("Văn bản gốc đã nhập")).click()
    assert given.value.suggested_filename == name


def test_a_plan_is_read_in_without_javascript(portal, new_context):
    page = at_the_form(new_context(java_script_enabled=False).new_page(), portal)
    page.get_by_label("Hoặc dán văn bản kế hoạch").fill(PLAN_TEXT)
    page.get_by_role("button", name="Đọc văn bản").click()
    expect(page.get_by_role("heading", name="Xem lại kế hoạch đã đọc")).to_be_visible(timeout=READ)
    page.get_by_role("link", name=re.compile("^Sửa: Thiếu mục II")).first.click()
    page.get_by_label("Ký hiệu như in").fill("II.")
    page.get_by_role("button", name="Lưu chỗ sửa").click()
    expect(page.get_by_role("heading", name="II. NỘI DUNG, HÌNH THỨC TUYÊN TRUYỀN")).to_be_visible()
    page.get_by_role("button", name="Lưu thành bản thảo").click()
    expect(page).to_have_url(re.compile(r"/ke-hoach/\d+/$"))
    expect(page.get_by_role("heading", name="II. NỘI DUNG, HÌNH THỨC TUYÊN TRUYỀN")).to_be_visible()


def test_a_plan_is_read_in_by_keyboard_alone(portal, new_context):
    page = at_the_form(new_context().new_page(), portal)
    keys = Keys(page)
    keys.fill("Hoặc dán văn bản kế hoạch", PLAN_TEXT)
    keys.button("Đọc văn bản")
    expect(page.get_by_role("heading", name="Xem lại kế hoạch đã đọc")).to_be_visible(timeout=READ)
    address = urlsplit(page.url).path
    keys.link(re.compile("^Sửa số, ngày, tên, người ký"))
    keys.fill("Số", "")
    page.keyboard.type("12")
    keys.button("Lưu chỗ sửa")
    assert urlsplit(page.url).path == address
    keys.button("Lưu thành bản thảo")
    expect(page).to_have_url(re.compile(r"/ke-hoach/\d+/$"))
