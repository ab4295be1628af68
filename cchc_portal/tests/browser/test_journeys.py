"""The main job by keyboard alone, and without JavaScript. Each on a year of its own, after the fourth quarter."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.services]

TABS = 250  # more than the stops of any page


class Keys:
    """A person who has only Tab, Enter, the arrows and letters."""

    def __init__(self, page: Page):
        self.page = page

    def reach(self, target: Locator) -> None:
        """Press Tab until the target has the focus; it must be seen then, and marked."""
        for _ in range(TABS):
            self.page.keyboard.press("Tab")
            if target.evaluate("(node) => node === document.activeElement"):
                expect(target).to_be_in_viewport()
                assert target.evaluate("(node) => node.matches(':focus-visible')")
                return
        raise AssertionError(f"không tới được bằng phím Tab: {target}")

    def fill(self, label: str | re.Pattern, text: str) -> None:
        self.reach(self.page.get_by_label(label).first)
        self.page.keyboard.insert_text(text)

    def choose(self, label: str) -> None:
        """The next choice of a list."""
        self.reach(self.page.get_by_label(label).first)
        self.page.keyboard.press("ArrowDown")

    def press(self, target: Locator) -> None:
        """Enter on a link or a button, and wait for the page that it leads to."""
        self.reach(target.first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def button(self, name: str | re.Pattern) -> None:
        self.press(self.page.locator("main").get_by_role("button", name=name))

    def link(self, name: str | re.Pattern) -> None:
        self.press(self.page.locator("main").get_by_role("link", name=name))


def test_a_unit_plan_is_changed_and_handed_in_by_keyboard_alone(desk):
    portal = desk.portal("keyboard")
    page = desk.window(portal, "").page
    page.goto(f"{portal.url}/dang-nhap/")
    keys = Keys(page)
    keys.reach(page.locator("input[name=username]"))
    page.keyboard.type("ddncc.truong")
    keys.reach(page.locator("input[name=password]"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{portal.url}/")

    keys.press(page.locator(f"main a[href='/ke-hoach-don-vi/{desk.known['unit_plan'][0][0]}/']"))
    unit_plan = urlsplit(page.url).path
    keys.link(re.compile(r"Thêm hoạt động.*a\)"))
    keys.fill("Tên nhiệm vụ", "Viết tin về công tác chỉ đạo cải cách hành chính")
    keys.choose("Hình thức")
    keys.choose("Đối tượng")
    keys.fill("Từ ngày", "01/12/2022")
    keys.fill("Đến ngày", "31/12/2022")
    keys.fill("Người thực hiện", "Đinh Thị Yến")
    keys.choose("Chỉ tiêu")
    keys.fill("Số lượng", "2")
    keys.button("Lưu hoạt động")
    assert urlsplit(page.url).path == unit_plan
    keys.link(re.compile("Kiểm tra và nộp"))
    keys.button("Nộp kế hoạch cho Văn phòng Sở")
    expect(page).to_have_url(re.compile("/bien-nhan/"))


def press(page: Page, name: str | re.Pattern) -> None:
    page.locator("main").get_by_role("button", name=name).first.click()


def test_from_the_plan_to_the_accepted_report_without_javascript(desk):
    portal = desk.portal("no JavaScript")

    def at(username: str, path: str) -> Page:
        page = desk.window(portal, username, java_script_enabled=False).page
        page.goto(portal.url + path)
        return page

    unit_plan = f"/ke-hoach-don-vi/{desk.known['unit_plan'][0][0]}/"
    page = at("ddncc.truong", unit_plan + "hoat-dong/moi/?area=leadership")
    page.get_by_label("Tên nhiệm vụ").fill("Viết tin về công tác chỉ đạo cải cách hành chính")
    page.get_by_label("Hình thức").select_option(label="Trang thông tin điện tử")
    page.get_by_label("Đối tượng").select_option(label="Người dân")
    page.get_by_label("Từ ngày").fill("01/12/2022")
    page.get_by_label("Đến ngày").fill("31/12/2022")
    page.get_by_label("Người thực hiện").fill("Đinh Thị Yến")
    page.get_by_label("Chỉ tiêu").select_option(label="Số tin, bài (tin, bài)")
    page.get_by_label("Số lượng").fill("2")
    press(page, "Lưu hoạt động")
    page.goto(portal.url + unit_plan + "kiem-tra/")
    press(page, "Nộp kế hoạch cho Văn phòng Sở")
    page = at("hoa", unit_plan + "xem-xet/")
    press(page, "Tiếp nhận")
    page.goto(portal.url + unit_plan)
    expect(page.get_by_text("Đã tiếp nhận").first).to_be_visible()

    page = at("ddncc.soan", "/ket-qua/ke-hoach/")
    row = page.get_by_role("row").filter(has_text="Viết tin về công tác chỉ đạo cải cách hành chính").first
    row.get_by_role("link", name=re.compile("^Ghi nhận")).click()
    page.get_by_label("Ngày thực hiện").fill("05/12/2022")
    page.get_by_label(re.compile("Số tin, bài")).first.fill("2")
    press(page, "Lưu kết quả")
    expect(page).to_have_url(re.compile(r"/ket-qua/\d+/$"))

    page = at("ddncc.truong", "/bao-cao/")
    page.locator("main").get_by_role("link", name=re.compile("Quý IV")).first.click()
    report = urlsplit(page.url).path
    page.goto(portal.url + report + "soan/")
    page.get_by_label("Kết quả nổi bật").fill("Đã đăng hai tin về công tác chỉ đạo, điều hành.")
    press(page, re.compile("^Lưu"))
    page.goto(portal.url + report + "kiem-tra/")
    for box in page.locator("textarea[form=nop]").all():  # what is unusual needs a sentence
        box.fill("Đơn vị đã rà soát, số liệu đúng thực tế.")
    press(page, re.compile("^Nộp báo cáo"))
    expect(page).to_have_url(re.compile("/bien-nhan/"))
    page = at("hoa", report + "xem-xet/")
    press(page, "Tiếp nhận")
    page.goto(portal.url + report)
    expect(page.get_by_text("Đã tiếp nhận").first).to_be_visible()


STANDS = """
from datetime import datetime
from accounts.clock import VIETNAM, set_demo
now = datetime(2022, 12, %d, 9, tzinfo=VIETNAM)
set_demo(now)
"""
BUILD = """
from accounts import jobs
from reporting.models import RollUp
from reporting.roll_ups.building import start_build
assert jobs.run(start_build(RollUp.objects.get(code="2022-Q4"), by=None, now=now).pk)
"""


def test_a_directive_on_a_figure_is_answered_accepted_and_stands_in_the_next_roll_up(desk):
    portal, text = desk.portal("directive"), "Phát thêm tờ gấp tại bộ phận một cửa."
    portal.python(STANDS % 9)  # a Friday in the fourth quarter
    page = desk.window(portal, "duc").page
    page.goto(f"{portal.url}/so-lieu/2022-Q3/?don_vi=ldvl&chi_tieu=leaflets")
    page.get_by_role("link", name="Cho ý kiến chỉ đạo về số này").click()
    expect(page.locator("main")).to_contain_text("Số liệu: Quý III/2022")
    page.get_by_label("Ý kiến chỉ đạo").fill(text)
    page.get_by_label("Hạn thực hiện").fill("12/12/2022")
    press(page, "Giao ý kiến chỉ đạo")
    directive = page.url

    unit = desk.window(portal, "ldvl.soan").page
    unit.goto(portal.url)
    unit.locator("main").get_by_role("link", name=re.compile(re.escape(text))).first.click()
    unit.get_by_label("Kết quả thực hiện").fill("Đã phát thêm 300 tờ.")
    press(unit, "Gửi kết quả")
    page.goto(directive)
    expect(page.get_by_text("Đã phát thêm 300 tờ.")).to_be_visible()
    press(page, "Chấp nhận kết quả")

    portal.python(STANDS % 15 + BUILD)
    page.goto(f"{portal.url}/tong-hop/2022-Q4/")
    told = page.get_by_role("region", name="Thực hiện chỉ đạo kỳ trước").get_by_role("row").filter(has_text=text)
    expect(told).to_contain_text("09/12/2022: Đã phát thêm 300 tờ.")
    expect(told).to_contain_text("đã hoàn thành đúng hạn")
