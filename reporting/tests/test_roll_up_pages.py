"""A roll-up in the browser: who sees it, building, cutting, sending up, approving, issuing; and its figures."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock, jobs
from accounts.models import Event, Job
from plans.models import Printout
from reporting.models import RollUp, RollUpVersion
from reporting.tests.factories import built, cut, more_units, ready_year, report_of, result_of, roll_up_of

PAGES = ("roll_up", "roll_up_json", "roll_up_words", "roll_up_narrative")
ACTS = ("roll_up_build", "roll_up_move", "print_roll_up", "roll_up_send", "roll_up_correct")
AGENCY = ("hoa", "binh", "duc", "lan", "huy", "nam")


@pytest.fixture
def plan(cast, settings, at):
    """Wednesday 16/3/2022, 9:00: the day after the units' deadline for Quý I/2022."""
    settings.DEMO = True
    clock.set_demo(at(2022, 3, 16, 9))
    return ready_year(cast)


@pytest.fixture
def roll_up(plan, at) -> RollUp:
    """Two units were received, one of them late; twelve are missing; one build."""
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500})
    result_of(plan, "gdnn", date(2022, 3, 2), channel="zalo", quantities={"posts": 7})
    report = report_of(plan, "ldvl", state="accepted", difficulties="Thiếu kinh phí in tờ gấp.")
    report.assessments.create(area=plan.scheme.areas.get(code="procedures"), text="Đã phát tờ gấp.")
    report_of(plan, "gdnn", state="accepted", at=at(2022, 3, 16, 8))
    roll_up = roll_up_of(plan)
    built(roll_up, now=at(2022, 3, 16, 8, 30))
    return roll_up


def url(name: str, *more) -> str:
    return reverse(name, args=["2022-Q1", *more])


def move(browser, roll_up: RollUp, name: str, **data):
    roll_up.refresh_from_db()
    return browser.post(url("roll_up_move"), {"move": name, "version": roll_up.version} | data)


def text(response) -> str:
    return response.content.decode()


def everyone_but_ldvl(roll_up: RollUp) -> list[str]:
    return [unit["code"] for unit in roll_up.versions.first().content["units"] if unit["code"] != "ldvl"]


# Who sees what


def test_nobody_gets_in_without_signing_in(client, roll_up):
    for name in PAGES:
        response = client.get(url(name))
        assert response.status_code == 302 and "/dang-nhap/" in response.url


@pytest.mark.parametrize("username", ["ldvl.soan", "ldvl.truong", "van-phong.truong"])
def test_units_do_not_know_of_roll_ups(browse, roll_up, username):
    browser = browse(username)
    assert {browser.get(url(name)).status_code for name in PAGES} == {404}
    assert browser.get(url("roll_up_area", "procedures")).status_code == 404
    assert {browser.post(url(name)).status_code for name in ACTS} == {404}


@pytest.mark.parametrize("username", AGENCY)
def test_the_agencys_people_read(browse, roll_up, username):
    browser = browse(username)
    assert {browser.get(url(name)).status_code for name in PAGES} == {200}
    assert browser.get(url("roll_up_area", "procedures")).status_code == 200


@pytest.mark.parametrize("username", ["duc", "lan", "huy", "nam"])
def test_who_does_not_compile_finds_no_button_and_is_refused(browse, roll_up, username):
    browser = browse(username)
    page = text(browser.get(url("roll_up")))
    assert not any(url(name) in page for name in ("roll_up_build", "roll_up_move"))
    assert browser.post(url("roll_up_build")).status_code == 403
    codes = everyone_but_ldvl(roll_up)
    assert move(browser, roll_up, "cut", acknowledged=codes).status_code == 403
    assert move(browser, roll_up, "issue", number="1", on="16/3/2022").status_code in (403, 409)


def test_a_page_never_writes(browse, roll_up):
    before = list(RollUp.objects.values()), Event.objects.count(), Job.objects.count(), RollUpVersion.objects.count()
    for name in PAGES:
        browse("hoa").get(url(name))
    after = list(RollUp.objects.values()), Event.objects.count(), Job.objects.count(), RollUpVersion.objects.count()
    assert after == before


@pytest.mark.parametrize("name", ["roll_up_build", "roll_up_move", "print_roll_up"])
def test_an_act_by_get_is_refused(browse, roll_up, name):
    assert browse("hoa").get(url(name)).status_code == 405


@pytest.mark.parametrize("code", ["2022-Q9", "0", "-1", "9" * 300, "１２", "%00", "2022-Q1%27"])
def test_a_code_that_is_no_period_is_a_404(browse, roll_up, code):
    assert browse("hoa").get(f"/tong-hop/{code}/").status_code == 404


# What the page says


def test_units_in_and_out_are_named(browse, roll_up):
    page = text(browse("hoa").get(url("roll_up")))
    assert "Đơn vị: 2/14 đã nộp, 2 đã tiếp nhận" in page
    assert "Phòng Giáo dục nghề nghiệp</a> (muộn 1 ngày)" in page
    assert "Quý I/2022: 1/14 báo cáo đơn vị đúng hạn; 1 muộn; 12 chưa báo cáo." in page


def test_every_figure_leads_to_its_rows(browse, roll_up):
    browser = browse("hoa")
    page, rows = text(browser.get(url("roll_up"))), url("figure_rows")
    assert f'{rows}?chi_tieu=leaflets">500</a>' in page
    assert f'{rows}?hinh_thuc=zalo&amp;chi_tieu=posts">7</a>' in page
    area = text(browser.get(url("roll_up_area", "procedures")))
    assert f'{rows}?noi_dung=procedures&amp;chi_tieu=leaflets&amp;don_vi=ldvl">500</a>' in area
    behind = browser.get(f"{rows}?noi_dung=procedures&chi_tieu=leaflets&don_vi=ldvl")
    assert behind.status_code == 200 and "500" in text(behind)


@pytest.mark.parametrize(
    ("query", "count", "words"),
    [("thang=2022-03", 2, "tháng 3/2022"), ("thang=2022-01", 0, "Không có kết quả nào"),
     ("doi_tuong=people&chi_tieu=leaflets", 1, "Người dân")],
)  # fmt: skip
def test_figures_by_month_and_audience_lead_to_their_rows(query, count, words, browse, roll_up):
    page = browse("hoa").get(f"{url('figure_rows')}?{query}")
    assert page.context["page"].paginator.count == count and words in text(page)


@pytest.mark.parametrize("month", ["2022-13", "2022", "x", "２０22-01", "9999-01"])
def test_a_month_that_is_none_is_a_404(month, browse, roll_up):
    assert browse("hoa").get(url("figure_rows"), {"thang": month}).status_code == 404


def test_the_three_measures_and_the_last_period_stand_on_the_page(browse, roll_up):
    page = text(browse("hoa").get(url("roll_up")))
    assert "Đúng hạn: <strong>1/14</strong> (7,1%)" in page and "Đạt ngay lần đầu: <strong>2/2</strong>" in page
    assert "Kỳ trước</th>" in page and f'{url("figure_rows")}?thang=2022-03&amp;chi_tieu=leaflets">500</a>' in page


def test_what_units_wrote_stands_with_its_unit_and_its_report(browse, roll_up):
    browser = browse("duc")
    assert "Thiếu kinh phí in tờ gấp." in text(browser.get(url("roll_up")))
    area = text(browser.get(url("roll_up_area", "procedures")))
    assert "Đã phát tờ gấp." in area and "Phòng Lao động - Việc làm</strong>" in area
    assert "Kết quả của Phòng Giáo dục nghề nghiệp." in text(browser.get(url("roll_up_words")))


def test_an_area_that_does_not_exist_is_a_404(browse, roll_up):
    assert browse("hoa").get(url("roll_up_area", "khong-co")).status_code == 404


def test_the_content_is_given_as_json(browse, roll_up):
    facts = browse("huy").get(url("roll_up_json")).json()
    version = roll_up.versions.get()
    assert (facts["version"], facts["sha256"], facts["content"]) == (1, version.sha256, version.content)


def test_live_counts_stand_there_while_nothing_is_built(browse, plan):
    report_of(plan, "ldvl", state="submitted")
    roll_up_of(plan)
    page = text(browse("hoa").get(url("roll_up")))
    assert "Đơn vị: 1/14 đã nộp, 0 đã tiếp nhận" in page and "Chưa có bản tổng hợp nào" in page
    assert browse("hoa").get(url("roll_up_json")).status_code == 404
    assert browse("hoa").post(url("print_roll_up")).status_code == 302 and not Printout.objects.exists()


def test_a_source_that_changed_after_the_build_is_pointed_out(browse, plan, roll_up):
    assert "Nguồn đã thay đổi" not in text(browse("hoa").get(url("roll_up")))
    report_of(plan, "btxh", state="accepted")
    page = text(browse("hoa").get(url("roll_up")))
    assert "Nguồn đã thay đổi" in page and "bản 1: Phòng Bảo trợ xã hội" in page


# Building


def test_asked_twice_while_it_is_built_it_is_one_job_and_its_progress_is_shown(browse, roll_up):
    browser = browse("hoa")
    for _time in range(2):
        assert browser.post(url("roll_up_build")).status_code == 302
    job = Job.objects.get(kind="roll_up", state="queued")
    page = text(browser.get(url("roll_up")))
    assert "Đang tổng hợp số liệu" in page and "Có thể rời trang này" in page and "Tổng hợp lại" not in page
    jobs.run(job.pk)
    assert "Tổng hợp lại" in text(browser.get(url("roll_up")))
    assert roll_up.versions.count() == 2


def test_the_newest_build_is_compared_with_the_one_before(browse, plan, roll_up, at):
    result_of(plan, "btxh", date(2022, 3, 3), quantities={"leaflets": 200})
    report_of(plan, "btxh", state="accepted")
    built(roll_up, now=at(2022, 3, 16, 8, 45))
    page = browse("hoa").get(url("roll_up"))
    change = page.context["version_change"]
    assert change.came_in == ["Phòng Bảo trợ xã hội"]
    assert ("leaflets", 500, 700) in [(row.code, row.before, row.after) for row in change.figures]
    assert "Bản 2 khác bản 1" in text(page) and "Nguồn đã thay đổi" not in text(page)


# Cutting


def test_a_cut_without_acknowledging_is_refused_with_the_names(browse, roll_up):
    codes = [code for code in everyone_but_ldvl(roll_up) if code not in ("gdnn", "btxh")]
    page = text(move(browse("hoa"), roll_up, "cut", acknowledged=codes))
    assert "Xác nhận đã biết Phòng Giáo dục nghề nghiệp" in page
    assert "Xác nhận đã biết Phòng Bảo trợ xã hội" in page
    assert page.count(" checked>") == len(codes)
    roll_up.refresh_from_db()
    assert roll_up.state == "compiling"


def test_a_cut_locks_figures_and_reports(browse, roll_up):
    page = text(browse("hoa").get(url("roll_up")))
    assert "Tôi đã biết: Phòng Giáo dục nghề nghiệp muộn 1 ngày" in page
    assert move(browse("hoa"), roll_up, "cut", acknowledged=everyone_but_ldvl(roll_up)).status_code == 302
    roll_up.refresh_from_db()
    assert roll_up.state == "cut" and roll_up.period.unit_reports.filter(state="locked").count() == 2
    page = text(browse("hoa").get(url("roll_up")))
    assert roll_up.sha256 in page and url("roll_up_build") not in page


def test_what_is_no_unit_is_not_kept_among_the_acknowledged(browse, roll_up):
    codes = everyone_but_ldvl(roll_up)
    assert move(browse("hoa"), roll_up, "cut", acknowledged=[*codes, "\x00", "<script>"]).status_code == 302
    roll_up.refresh_from_db()
    assert roll_up.snapshot["acknowledged"] == sorted(codes)


def test_a_build_after_the_cut_is_refused_in_words(browse, roll_up, cast, at):
    cut(roll_up, cast, now=at(2022, 3, 16, 9))
    response = browse("hoa").post(url("roll_up_build"), follow=True)
    assert "muốn tổng hợp lại thì hủy chốt trước" in text(response) and roll_up.versions.count() == 1


@pytest.mark.parametrize("version", ["", "0", "abc", "9" * 40])
def test_a_move_from_a_stale_page_changes_nothing(browse, roll_up, version):
    data = {"move": "cut", "version": version, "acknowledged": everyone_but_ldvl(roll_up)}
    assert browse("hoa").post(url("roll_up_move"), data).status_code == 409
    roll_up.refresh_from_db()
    assert roll_up.state == "compiling"


@pytest.mark.parametrize("name", ["", "build", "__class__", "\x00"])
def test_a_move_that_does_not_exist_is_a_404(browse, roll_up, name):
    assert move(browse("hoa"), roll_up, name).status_code == 404


# Up and out


@pytest.fixture
def at_the_director(roll_up, cast, browse, at):
    cut(roll_up, cast, now=at(2022, 3, 16, 9))
    assert move(browse("hoa"), roll_up, "send_to_office").status_code == 302
    assert move(browse("binh"), roll_up, "send_to_director").status_code == 302
    return roll_up


def test_the_director_returns_with_a_reason_which_the_office_reads(browse, at_the_director):
    assert "Nhập lý do." in text(move(browse("duc"), at_the_director, "send_back", reason=""))
    assert move(browse("duc"), at_the_director, "send_back", reason="Nêu rõ nguyên nhân.").status_code == 302
    assert "Nêu rõ nguyên nhân." in text(browse("hoa").get(url("roll_up")))


@pytest.mark.parametrize("username", ["hoa", "binh", "lan", "huy"])
def test_only_the_director_approves(browse, at_the_director, username):
    assert move(browse(username), at_the_director, "approve").status_code == 403


@pytest.fixture
def approved(browse, at_the_director):
    assert move(browse("duc"), at_the_director, "approve").status_code == 302
    return at_the_director


@pytest.mark.parametrize(
    ("number", "on", "message"),
    [("", "16/3/2022", "Nhập số văn bản"), ("abc", "16/3/2022", "bắt đầu bằng chữ số"),
     ("9" * 12, "16/3/2022", "Tối đa 11 ký tự"), ("28", "31/02/2022", "Không có ngày"),
     ("28", "", "Nhập ngày ban hành"),
     ("28", "15/3/2022", "không thể trước ngày Giám đốc duyệt"), ("2\x00", "16/3/2022", "ký tự không hợp lệ")],
)  # fmt: skip
def test_a_number_or_day_that_cannot_be_is_refused_and_stays(browse, approved, number, on, message):
    page = move(browse("lan"), approved, "issue", number=number, on=on)
    assert page.status_code == 200 and message in text(page)
    assert f'value="{on}"' in text(page) or not on
    approved.refresh_from_db()
    assert approved.state == "approved"


def test_the_clerk_numbers_it_and_the_sending_is_recorded(browse, approved):
    assert "Cấp số, ban hành" not in text(browse("hoa").get(url("roll_up")))
    assert move(browse("hoa"), approved, "issue", number="28", on="16/3/2022").status_code == 403
    assert move(browse("lan"), approved, "issue", number="28", on="16-3-22").status_code == 302
    page = text(browse("lan").get(url("roll_up")))
    assert "Giám đốc Sở" in page and "Lưu: VT" not in page
    sent = {"channel_0": "hand", "day_0": "16/3/2022", "time_0": "08:30"}
    assert browse("lan").post(url("roll_up_send"), sent).status_code == 302
    approved.refresh_from_db()
    assert (approved.state, approved.number, approved.issued_on) == ("sent", "28", date(2022, 3, 16))


def test_a_pdf_is_printed_anew_when_words_or_state_changed_and_only_then(browse, roll_up):
    browser = browse("hoa")
    first, second = (browser.post(url("print_roll_up")) for _time in range(2))
    assert first.url == second.url and url("roll_up") in text(browser.get(first.url))
    browser.post(url("roll_up_part", "assessment"), {"act": "add", "text": "Nhận xét.", "key": str(uuid.uuid4())})
    assert browser.post(url("print_roll_up")).url != first.url
    assert Printout.objects.filter(open_to_all=True).count() == 0
    assert browse("ldvl.soan").get(first.url).status_code == 404


# What a page costs


def queries(browser, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


def test_pages_take_the_same_queries_for_two_units_and_thirty_more(browse, plan, roll_up, at):
    browser = browse("hoa")
    addresses = [url(name) for name in PAGES] + [url("roll_up_area", "procedures")]
    built(roll_up, now=at(2022, 3, 16, 8, 40))
    before = [queries(browser, address) for address in addresses]
    for code in more_units(plan, 30):
        result_of(plan, code, date(2022, 3, 5), quantities={"leaflets": 5})
        report_of(plan, code, state="accepted", proposals="Hỗ trợ kinh phí.")
    built(roll_up, now=at(2022, 3, 16, 8, 50))
    assert [queries(browser, address) for address in addresses] == before
    assert max(before) <= 25
