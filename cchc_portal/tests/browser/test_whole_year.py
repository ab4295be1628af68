"""The main job with real clicks: from the plan's text to the approved report, by the people who would do it."""

import re
from contextlib import closing
from datetime import datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from accounts.clock import VIETNAM
from cchc_portal.serve import BASE_DIR
from cchc_portal.tests.services import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.services]

PLAN_TEXT = (BASE_DIR / "documents/samples/ke-hoach-tuyen-truyen-cchc-2022.txt").read_text(encoding="utf-8")
AREA_NAMES = ("b)", "c)", "d)", "đ)", "e)", "g)")

# What the unit records, and so what the report must say: (title, day, articles, people).
DONE = (
    ("Đăng ba tin về chỉ đạo cải cách hành chính", "03/03/2022", 3, 30),
    ("Đăng hai tin về họp giao ban cải cách hành chính", "14/03/2022", 2, 12),
)
OUTSIDE = ("Đăng bảy tin sau ngày chốt kỳ", "15/03/2022", 7, 40)


class People:
    """One browser window a person, as in an office."""

    def __init__(self, portal, new_context, sign_in):
        self.portal, self.new_context, self.sign_in = portal, new_context, sign_in
        self.windows: dict[str, Page] = {}

    def at(self, username: str, path: str = "/") -> Page:
        if username not in self.windows:
            self.windows[username] = self.new_context().new_page()
            self.windows[username].set_default_timeout(15_000)
            self.sign_in(self.windows[username], username)
        page = self.windows[username]
        page.goto(self.portal.url + path)
        return page


@pytest.fixture
def people(portal, new_context, sign_in) -> People:
    return People(portal, new_context, sign_in)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def clock(portal, *parts: int) -> None:
    portal.stand_at(datetime(*parts, tzinfo=VIETNAM))


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


def import_and_issue(portal, people: People) -> str:
    """The Office imports, the chief and the director agree, the clerk issues; gives the plan's path."""
    clock(portal, 2022, 2, 8, 9)
    page = people.at("hoa", "/ke-hoach/nhap/")
    page.locator("textarea").first.fill(PLAN_TEXT)
    press(page, "Đọc văn bản")
    expect(page.get_by_role("heading", name="Xem lại kế hoạch đã đọc")).to_be_visible(timeout=60_000)
    press(page, "Lưu thành bản thảo")
    plan = path_of(page)
    page.get_by_role("button", name=re.compile("^Đã xem tất cả")).click()
    press(page, "Trình Chánh Văn phòng")
    press(people.at("binh", plan), "Trình Giám đốc")
    press(people.at("duc", plan), "Duyệt kế hoạch")
    clock(portal, 2022, 2, 10, 9)
    page = people.at("lan", plan + "ban-hanh/")
    page.get_by_label("Số").first.fill("12")
    page.get_by_label("Ngày ban hành").fill("10/02/2022")
    press(page, "Ban hành")
    expect(page.get_by_text("Đã ban hành").first).to_be_visible()
    return plan


def draft_unit_plan(portal, people: People) -> str:
    """The editor plans one activity and says why the other areas have none; gives the unit plan's path."""
    clock(portal, 2022, 2, 21, 9)
    page = people.at("ldvl.soan")
    page.get_by_role("link", name=re.compile("Soạn và nộp")).first.click()
    unit_plan = path_of(page)
    page.get_by_role("link", name=re.compile(r"Thêm hoạt động.*a\)")).first.click()
    page.get_by_label("Tên nhiệm vụ").fill("Viết tin về công tác chỉ đạo cải cách hành chính")
    page.get_by_label("Hình thức").select_option(label="Trang thông tin điện tử")
    page.get_by_label("Đối tượng").select_option(label="Người dân")
    page.get_by_label("Từ ngày").fill("01/03/2022")
    page.get_by_label("Đến ngày").fill("30/11/2022")
    page.get_by_label("Người thực hiện").fill("Nguyễn Thị Thu Hà")
    page.get_by_label("Chỉ tiêu").select_option(label="Số tin, bài (tin, bài)")
    page.get_by_label("Số lượng").fill("20")
    page.get_by_label("Đáp ứng yêu cầu của Sở").fill("a1; a2; a3; a4; a5")
    page.get_by_label(re.compile("Kinh phí")).fill("2 triệu")
    press(page, "Lưu hoạt động")
    for area in AREA_NAMES:
        page.goto(portal.url + unit_plan)
        page.get_by_role("link", name=re.compile(rf"Ghi “không có”.*{re.escape(area)}")).click()
        page.get_by_label(re.compile("Lý do")).fill("Đơn vị không được giao chức năng này trong năm.")
        press(page, "Ghi “không có”")
    page.goto(portal.url + unit_plan)
    page.get_by_role("link", name="Kiểm tra và trình trưởng đơn vị").click()
    press(page, "Trình trưởng đơn vị")
    return unit_plan


def submit_return_resubmit(portal, people: People, unit_plan: str) -> None:
    """Handed in at the last minute, returned, handed in again after the deadline, accepted."""
    clock(portal, 2022, 2, 26, 23, 59)
    page = people.at("ldvl.truong", unit_plan + "kiem-tra/")
    for box in page.locator("textarea[form=gui]").all():  # what is unusual needs a sentence
        box.fill("Đơn vị chỉ được giao một nội dung trong năm.")
    press(page, "Nộp kế hoạch cho Văn phòng Sở")
    expect(page).to_have_url(re.compile("/bien-nhan/"))
    expect(page.get_by_text("đúng hạn").first).to_be_visible()
    clock(portal, 2022, 2, 28, 8)
    page = people.at("hoa", unit_plan + "xem-xet/")
    page.locator("summary", has_text="Trả lại").click()
    page.get_by_label(re.compile("Lý do")).first.fill("Bổ sung số lượng tin, bài theo quý.")
    page.locator("details[open]").get_by_role("button", name="Trả lại").click()
    clock(portal, 2022, 2, 28, 15)
    page = people.at("ldvl.truong", unit_plan)
    expect(page.get_by_text("Bổ sung số lượng tin, bài theo quý.").first).to_be_visible()
    page.goto(portal.url + unit_plan + "kiem-tra/")
    for box in page.locator("textarea[form=gui]").all():  # what is unusual needs a sentence
        box.fill("Đơn vị chỉ được giao một nội dung trong năm.")
    press(page, "Nộp kế hoạch cho Văn phòng Sở")
    expect(page).to_have_url(re.compile("/bien-nhan/"))
    page = people.at("hoa", unit_plan + "xem-xet/")
    press(page, "Tiếp nhận")
    page.goto(portal.url + unit_plan)
    expect(page.get_by_text("Đã tiếp nhận").first).to_be_visible()
    expect(page.get_by_text("đúng hạn").first).to_be_visible()


def record(people: People, title: str, day: str, articles: int, participants: int) -> None:
    page = people.at("ldvl.soan", "/ket-qua/ke-hoach/")
    page.get_by_role("cell").get_by_role("link", name=re.compile("^Ghi nhận")).first.click()
    page.get_by_label("Việc đã làm").fill(title)
    page.get_by_label("Ngày thực hiện").fill(day)
    page.get_by_label(re.compile("Số tin, bài")).first.fill(str(articles))
    page.locator("summary", has_text="Người dự").click()
    page.get_by_label(re.compile("người dự", re.IGNORECASE)).first.fill(str(participants))
    press(page, "Lưu kết quả")
    expect(page).to_have_url(re.compile(r"/ket-qua/\d+/$"))
    expect(page.get_by_text(title).first).to_be_visible()


def report(portal, people: People) -> None:
    """The schedule opens the report; the unit adds its words and hands it in; the Office accepts."""
    clock(portal, 2022, 3, 15, 9)
    page = people.at("ldvl.soan")
    wait_until(lambda: _offered(page, "Báo cáo Quý I.2022"), 30, "báo cáo được mở theo lịch")
    page.get_by_role("link", name=re.compile("Báo cáo Quý I.2022")).first.click()
    unit_report = path_of(page)
    page.goto(portal.url + unit_report + "soan/")
    page.get_by_label("Kết quả nổi bật").fill("Đã đăng hai tin, người dân đọc nhiều.")
    area = page.locator("details.area-part").first  # a), where its results stand, is open already
    area.locator("textarea").first.fill("Đã đăng tin đều đặn về công tác chỉ đạo, điều hành.")
    page.get_by_label("Kiến nghị, đề xuất").fill("Đề nghị tập huấn viết tin cho cộng tác viên.")
    press(page, "Lưu báo cáo")
    page = people.at("ldvl.truong", unit_report + "kiem-tra/")
    for box in page.locator("textarea[form=nop]").all():  # what is unusual needs a sentence
        box.fill("Đơn vị đã rà soát, số liệu đúng thực tế.")
    page.get_by_role("button", name=re.compile("^Nộp báo cáo")).click()
    expect(page.get_by_text("đúng hạn").first).to_be_visible()
    press(people.at("hoa", unit_report + "xem-xet/"), "Tiếp nhận")


def _offered(page: Page, text: str) -> bool:
    page.reload()
    return page.get_by_role("link", name=re.compile(text)).count() > 0


def roll_up(portal, people: People) -> None:
    """Built by the worker, a unit's words taken in, cut, sent up, seen and approved by the director."""
    path = "/tong-hop/2022-Q1/"
    page = people.at("hoa", path)
    page.get_by_role("button", name=re.compile("^Tổng hợp")).click()
    page.locator("summary", has_text="Chốt số liệu").wait_for(timeout=30_000)
    press(people.at("hoa", f"{path}noi-dung/leadership/"), "Đưa tất cả 1 lời văn")
    page = people.at("hoa", path)
    page.locator("summary", has_text="Chốt số liệu").click()
    for box in page.locator("input[name=acknowledged]").all():
        box.check()
    press(page, "Chốt số liệu")
    press(page, "Trình Chánh Văn phòng")
    press(people.at("binh", path), "Trình Giám đốc")
    page = people.at("duc", "/dieu-hanh/")
    expect(page.get_by_text("1/14 báo cáo đơn vị đúng hạn")).to_be_visible()
    page.get_by_role("link", name="Xem và duyệt – Báo cáo tổng hợp Quý I/2022").click()
    press(page, "Duyệt báo cáo")
    expect(page.get_by_text("Đã duyệt").first).to_be_visible()


def printed(portal, people: People) -> str:
    """The text of the PDF that the director opens."""
    page = people.at("duc", "/tong-hop/2022-Q1/")
    press(page, "PDF")
    link = page.get_by_role("link", name="Mở PDF")
    expect(link).to_be_visible(timeout=60_000)
    answer = page.request.get(portal.url + link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages).split())


def recount(portal) -> tuple[int, int, int]:
    """(results, articles, people) of the first quarter, straight from the tables."""
    statement = """
        SELECT count(*), sum(articles), sum(people) FROM (
            SELECT r.participants AS people,
                (SELECT sum(q.value) FROM propaganda_resultquantity q JOIN plans_indicator i ON i.id = q.indicator_id
                 WHERE q.result_id = r.id AND i.code = 'articles') AS articles
            FROM propaganda_result r WHERE r.happened_on BETWEEN '2021-12-15' AND '2022-03-14') AS counted
    """
    with closing(connect(portal)) as connection:
        cursor = connection.cursor()
        cursor.execute(statement)
        return tuple(int(value) for value in cursor.fetchone())


def connect(portal):
    if portal.database_url.startswith("postgres"):
        import psycopg2

        return psycopg2.connect(portal.database_url)
    import sqlite3

    return sqlite3.connect(Path(portal.folder) / "cchc.sqlite3")


def test_the_whole_cycle_from_the_plans_text_to_the_approved_report(portal, people):
    import_and_issue(portal, people)
    unit_plan = draft_unit_plan(portal, people)
    submit_return_resubmit(portal, people, unit_plan)
    clock(portal, 2022, 3, 15, 8)
    for done in (*DONE, OUTSIDE):
        record(people, *done)
    report(portal, people)
    roll_up(portal, people)

    counted = recount(portal)
    assert counted == (2, 5, 42)
    text = printed(portal, people)
    assert "BÁO CÁO Công tác tuyên truyền cải cách hành chính Quý I năm 2022" in text
    assert re.search(r"Số tin, bài\s+tin, bài\s+20\s+5\s+5\s+–", text)
    assert re.search(r"Lượt người dự\s+lượt người\s+–\s+42\s+42\s+–", text)
    assert "Có 1/14 báo cáo của đơn vị được nộp đúng hạn" in text
    assert "Phòng Lao động - Việc làm: Đã đăng tin đều đặn về công tác chỉ đạo, điều hành." in text
