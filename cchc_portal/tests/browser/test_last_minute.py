"""The last minutes of a deadline in two windows; a head away; a cut network; a wrong file; a session that ends."""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from accounts.clock import VIETNAM
from plans.tests.excel_sheets import GOOD, keys_of, sheet

pytestmark = [pytest.mark.browser, pytest.mark.services]

LAST_MINUTE = datetime(2022, 2, 26, 23, 59, tzinfo=VIETNAM)
PLANS = """
from datetime import date
from accounts import clock, delegations
from accounts.cast import load_cast
from accounts.models import Delegation
from plans.tests.factories import filled_unit_plan, issued_plan, unit_plan_of
cast = load_cast()
plan = issued_plan(cast)
units = [filled_unit_plan(plan, code) for code in ("ldvl", "btxh")]
row = Delegation(unit=cast.units["btxh"], head=cast.head("btxh"), delegate=cast.editor("btxh"), form="KT.",
                 title="Phó Trưởng phòng", starts=clock.today(), ends=date(2022, 3, 31))
delegations.delegate(row, by=cast.head("btxh"), now=clock.now())
print(*(unit.pk for unit in (*units, unit_plan_of(plan, "ncc"))))
"""


@pytest.fixture
def units(portal) -> list[str]:
    """Ids of two complete unit plans and an empty one, a minute before their deadline; the second's head is away."""
    portal.stand_at(LAST_MINUTE)
    return portal.python(PLANS).split()


def _check(page, portal, unit: str) -> None:
    page.goto(f"{portal.url}/ke-hoach-don-vi/{unit}/kiem-tra/")


def _hand_in(page) -> None:
    page.get_by_role("button", name="Nộp kế hoạch cho Văn phòng Sở").click()
    page.wait_for_url(re.compile("/bien-nhan/"))


def test_a_minute_before_midnight_is_in_time_and_the_second_window_gets_the_same_receipt(portal, units, page, sign_in):
    sign_in(page, "ldvl.truong")
    second = page.context.new_page()
    for window in (page, second):
        _check(window, portal, units[0])
        expect(window.get_by_text("Giờ máy chủ: 23:59:00 thứ Bảy 26/02/2022")).to_be_visible()
    _hand_in(page)
    expect(page.locator("main").get_by_text("đúng hạn").first).to_be_visible()
    portal.stand_at(LAST_MINUTE + timedelta(minutes=1))
    _hand_in(second)
    assert second.url == page.url
    sign_in(page, "btxh.soan")  # the head is away, and it is midnight
    _check(page, portal, units[1])
    expect(page.get_by_text("Nộp lúc này là muộn 1 ngày")).to_be_visible()
    _hand_in(page)
    expect(page.get_by_text("KT. Trưởng phòng (thay Lưu Đình Nghĩa)")).to_be_visible()
    expect(page.locator("main").get_by_text("muộn 1 ngày").first).to_be_visible()


def test_a_remark_survives_a_cut_network_and_is_written_once(portal, units, page, sign_in):
    sign_in(page, "ldvl.truong")
    _check(page, portal, units[0])
    _hand_in(page)
    sign_in(page, "hoa")
    page.goto(f"{portal.url}/ke-hoach-don-vi/{units[0]}/xem-xet/")
    part = page.locator("[data-part='text:purpose']")
    part.get_by_text("Ghi ý kiến").first.click()
    box = part.get_by_label(re.compile("Ý kiến"))
    box.fill("Nêu rõ chỉ tiêu của đơn vị.")
    page.context.set_offline(True)
    part.get_by_role("button", name="Ghi ý kiến").click()
    expect(part.get_by_role("alert")).to_contain_text("Mất kết nối nên chưa gửi")
    assert box.input_value() == "Nêu rõ chỉ tiêu của đơn vị."
    page.context.set_offline(False)
    part.get_by_role("button", name="Ghi ý kiến").click()
    expect(page.locator("[data-part='text:purpose'] .remark")).to_have_count(1)
    expect(page.get_by_text("Văn phòng đang xem").first).to_be_visible()  # the first remark takes it up


def _template(unit: str, name: str) -> dict:
    """The hidden sheet of the template of a unit plan."""
    return keys_of(SimpleNamespace(pk=unit, unit=SimpleNamespace(name=name), plan=SimpleNamespace(year=2022)))


def test_wrong_files_say_what_is_wrong_with_them_and_the_right_one_goes_in(portal, units, page, sign_in):
    def upload(content: bytes) -> None:
        page.goto(f"{portal.url}/ke-hoach-don-vi/{units[2]}/excel/")
        page.set_input_files("[name=file]", {"name": "Kế hoạch.xlsx", "mimeType": "", "buffer": content})
        page.get_by_role("button", name="Xem trước").click()

    own = _template(units[2], "Phòng Người có công")
    sign_in(page, "ncc.soan")
    upload(b"%PDF-1.7 khong phai Excel")
    expect(page.get_by_role("heading", name="Chưa đọc được tệp")).to_be_visible()
    upload(sheet(GOOD, keys=_template(units[0], "Phòng Lao động - Việc làm")))
    expect(page.get_by_text("Phòng Lao động - Việc làm").first).to_be_visible()
    upload(sheet(GOOD | {"channel": "Truyền khẩu"}, keys=own))
    expect(page.locator("#loi + p + table")).to_contain_text("Truyền khẩu")
    upload(sheet(GOOD, keys=own))
    expect(page.get_by_text("1 dòng mới")).to_be_visible()
    page.get_by_role("button", name="Ghi vào kế hoạch").click()
    page.goto(f"{portal.url}/ke-hoach-don-vi/{units[2]}/bang/")
    expect(page.locator("[name=rows-0-title]")).to_have_value(GOOD["title"])


def test_the_session_ends_while_typing_in_the_table_and_the_text_comes_back(portal, units, page, sign_in):
    sign_in(page, "ncc.soan")
    page.goto(f"{portal.url}/ke-hoach-don-vi/{units[2]}/bang/")
    typed = {"area": "c", "title": "Phát tờ gấp", "channel": "Zalo", "audience": "Người dân", "time": "tháng 3"}
    for name, value in (typed | {"person": "Nguyễn Văn An"}).items():
        page.fill(f"[name=rows-0-{name}]", value)
    portal.python("from django.contrib.sessions.models import Session; Session.objects.all().delete()")
    page.get_by_role("button", name="Lưu bảng").last.click()
    page.locator("input[name=username]").fill("ncc.soan")
    page.locator("input[name=password]").fill("cai-cach-2022")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", name="Nội dung vừa gửi vẫn còn")).to_be_visible()
    page.get_by_role("button", name="Gửi lại").click()
    expect(page.get_by_text("Đã lưu: 1 dòng mới")).to_be_visible()
    expect(page.locator("[name=rows-0-title]")).to_have_value("Phát tờ gấp")
