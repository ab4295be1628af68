"""A unit's report in the browser: who sees it, writing, handing in, review, and what is typed wrongly."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from accounts.models import Event
from plans.models import Printout, Receipt
from reporting.models import UnitReport
from reporting.tests.factories import more_units, period_of, ready_year, report_of, result_of
from reporting.unit_reports.words import marks, words_of

READ_ONLY = ("hoa", "binh", "duc", "lan", "huy", "nam")
PAGES = ("unit_report", "unit_report_edit", "unit_report_check", "unit_report_review")
ACTS = ("unit_report_submit", "unit_report_move", "print_unit_report", "unit_report_edit")


@pytest.fixture
def plan(cast, settings, at):
    """Tuesday 15/3/2022, 9:00: the last day for the reports of Quý I/2022."""
    settings.DEMO = True
    clock.set_demo(at(2022, 3, 15, 9))
    return ready_year(cast)


@pytest.fixture
def report(plan) -> UnitReport:
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500})
    return report_of(plan, "ldvl", state="drafting")


def url(name: str, report: UnitReport) -> str:
    return reverse(name, args=[report.pk])


def words(report: UnitReport, **values) -> dict:
    """The edit form as the browser sends it."""
    stored = words_of(UnitReport.objects.get(pk=report.pk))
    return stored | {"version": marks(stored), "highlights": "Phát 500 tờ gấp."} | values


def hand_in(browser, report: UnitReport):
    page = browser.get(url("unit_report_check", report))
    button = {"key": str(page.context["key"]), "version": page.context["report"].version}
    return browser.post(url("unit_report_submit", report), button)


def move(browser, report: UnitReport, name: str, **data):
    report.refresh_from_db()
    return browser.post(url("unit_report_move", report), {"move": name, "version": report.version} | data)


def text(response) -> str:
    return response.content.decode()


# Who sees what


def test_nobody_gets_in_without_signing_in(client, report):
    for name in PAGES:
        response = client.get(url(name, report))
        assert response.status_code == 302 and "/dang-nhap/" in response.url


@pytest.mark.parametrize("username", ["gdnn.soan", "gdnn.truong", "van-phong.truong"])
def test_another_unit_finds_nothing(browse, report, username):
    browser = browse(username)
    assert {browser.get(url(name, report)).status_code for name in PAGES} == {404}
    assert {browser.post(url(name, report)).status_code for name in ACTS} == {404}
    assert url("unit_report", report) not in text(browser.get("/bao-cao/"))


@pytest.mark.parametrize("username", READ_ONLY)
def test_the_agencys_people_read_and_do_not_write(browse, report, username):
    browser = browse(username)
    assert browser.get(url("unit_report", report)).status_code == 200
    assert browser.get(url("unit_report_edit", report)).status_code == 403
    assert browser.post(url("unit_report_edit", report), words(report)).status_code == 403
    assert browser.get(url("unit_report_check", report)).status_code == 403
    button = {"key": str(uuid.uuid4()), "version": report.version}
    assert browser.post(url("unit_report_submit", report), button).status_code == 403
    report.refresh_from_db()
    assert report.state == "drafting"


@pytest.mark.parametrize("username", ["lan", "huy", "nam", "ldvl.soan"])
def test_only_the_office_and_the_director_open_the_review(browse, report, username):
    assert browse(username).get(url("unit_report_review", report)).status_code == 403


def test_a_page_never_writes(browse, report):
    before = list(UnitReport.objects.values()), Event.objects.count(), Receipt.objects.count()
    for username in ("ldvl.soan", "ldvl.truong", "hoa"):
        for name in PAGES:
            browse(username).get(url(name, report))
        browse(username).get("/bao-cao/")
    assert (list(UnitReport.objects.values()), Event.objects.count(), Receipt.objects.count()) == before


@pytest.mark.parametrize("name", ["unit_report_submit", "unit_report_move", "print_unit_report"])
def test_an_act_by_get_is_refused_with_a_page_of_ours(browse, report, name):
    response = browse("ldvl.truong").get(url(name, report))
    assert response.status_code == 405 and "<h1" in text(response)


# The page


def test_each_figure_leads_to_its_results_which_add_up_to_it(browse, plan, report):
    result_of(plan, "ldvl", date(2021, 3, 1), quantities={"leaflets": 100})
    result_of(plan, "ldvl", date(2022, 3, 15), quantities={"leaflets": 7})
    page = text(browse("ldvl.soan").get(url("unit_report", report)))
    figure = reverse("unit_report_figure", args=[report.pk, "leaflets"])
    assert f'<a href="{figure}?cot=value">500</a>' in page and f'<a href="{figure}?cot=last_year">100</a>' in page
    for column, total in (("value", 500), ("year", 500), ("last_year", 100)):
        rows = browse("ldvl.soan").get(f"{figure}?cot={column}")
        assert (rows.context["total"], rows.context["page"].paginator.count) == (total, 1)
    assert browse("ldvl.soan").get(f"{figure}?cot=x").status_code == 404
    assert "còn 0 ngày" in page or "hết hạn hôm nay" in page


def test_a_locked_report_says_why(browse, plan):
    page = text(browse("ldvl.soan").get(url("unit_report", report_of(plan, "ldvl", state="locked"))))
    assert "Số liệu của kỳ đã chốt" in page and "Soạn" not in page


# Writing


def test_words_are_stored_and_a_report_not_begun_begins(browse, plan):
    report = report_of(plan, "ldvl", state="open", highlights="")
    area = report.obligation.plan.scheme.areas.get(code="procedures")
    data = words(report, **{f"area_{area.pk}": "Đã niêm yết.", "state": "accepted", "unit": "1"})
    assert browse("ldvl.soan").post(url("unit_report_edit", report), data).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.highlights) == ("drafting", "Phát 500 tờ gấp.")
    assert report.assessments.get().text == "Đã niêm yết."
    assert report.unit.code == "ldvl"


def test_a_text_too_long_is_refused_and_everything_typed_is_still_there(browse, report):
    data = words(report, highlights="ă" * 20_001, causes="Thiếu kinh phí.", nil_reason="x")
    page = browse("ldvl.soan").post(url("unit_report_edit", report), data)
    assert "Tối đa 20.000 ký tự, hiện có 20.001" in text(page)
    assert "ă" * 20_001 in text(page) and "Thiếu kinh phí." in text(page)
    assert 'href="#id_highlights"' in text(page)
    report.refresh_from_db()
    assert report.causes == ""


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("  \u200b ", ""), ("Việt", "Việt"), ("a\x07b", "ab"), ("<script>x</script>", "<script>x</script>")],
)
def test_texts_are_cleaned_and_never_executed(browse, report, typed, stored):
    browser = browse("ldvl.soan")
    assert browser.post(url("unit_report_edit", report), words(report, causes=typed)).status_code == 302
    report.refresh_from_db()
    assert report.causes == stored
    assert "<script>x" not in text(browser.get(url("unit_report", report)))


@pytest.mark.parametrize("field", ["highlights", "nil_reason", "version"])
def test_a_nul_is_refused_in_words(browse, report, field):
    page = browse("ldvl.soan").post(url("unit_report_edit", report), words(report) | {field: "1\x00"})
    assert page.status_code == 200 and "Chưa lưu được, cần sửa" in text(page)


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 40])
def test_a_form_without_its_version_is_said_once_and_loses_nothing(browse, report, version):
    page = text(browse("ldvl.soan").post(url("unit_report_edit", report), words(report, version=version)))
    assert page.count("Biểu mẫu thiếu số phiên bản") == 1 and "Phát 500 tờ gấp." in page


def test_nothing_to_report_needs_a_reason(browse, report):
    page = text(browse("ldvl.soan").post(url("unit_report_edit", report), words(report, nil="on")))
    assert "“Không phát sinh” cần lý do." in page and 'href="#id_nil_reason"' in page


def test_who_saved_second_sees_both_texts_and_may_decide(browse, report):
    browser = browse("ldvl.soan")
    first = words(report, highlights="Bản của chị Hà.")
    assert browser.post(url("unit_report_edit", report), first).status_code == 302
    page = browser.post(url("unit_report_edit", report), first | {"highlights": "Bản của anh Hùng."})
    assert page.status_code == 409
    assert "Bản của chị Hà." in text(page) and "Bản của anh Hùng." in text(page)
    report.refresh_from_db()
    assert report.highlights == "Bản của chị Hà."
    again = words(report, highlights="Bản của anh Hùng.", version=page.context["form"].data["version"])
    assert browser.post(url("unit_report_edit", report), again).status_code == 302
    report.refresh_from_db()
    assert report.highlights == "Bản của anh Hùng."


def test_what_was_typed_while_the_report_was_handed_in_is_shown_for_copying(browse, report):
    typed = words(report, highlights="Gõ dở trước khi nộp.")
    hand_in(browse("ldvl.truong"), report)
    page = browse("ldvl.soan").post(url("unit_report_edit", report), typed)
    assert page.status_code == 409
    assert "Gõ dở trước khi nộp." in text(page) and "đã nộp nên được khóa" in text(page)


def test_the_last_periods_text_stands_beside_and_a_copy_of_it_is_pointed_out(browse, plan, at):
    same = "Đã niêm yết đầy đủ thủ tục hành chính tại nơi tiếp nhận."
    report_of(plan, "ldvl", "Q1", state="locked", shortcomings=same)
    later = report_of(plan, "ldvl", "Q2", state="drafting", shortcomings=same.upper(), highlights="")
    clock.set_demo(at(2022, 6, 15, 9))
    page = text(browse("ldvl.soan").get(url("unit_report_edit", later)))
    assert page.count("Kỳ trước: Quý I/2022") == 2  # the shortcomings and the highlights; blank ones are left out
    assert page.count("giống hệt kỳ trước") == 1
    check = text(browse("ldvl.truong").get(url("unit_report_check", later)))
    assert "1 phần giống kỳ trước (Quý I/2022): Tồn tại, hạn chế." in check


# Handing in


def test_the_check_page_says_what_is_missing_and_offers_no_button(browse, plan):
    report = report_of(plan, "ldvl", state="drafting", highlights="")
    page = text(browse("ldvl.truong").get(url("unit_report_check", report)))
    assert "Kỳ này chưa ghi kết quả nào" in page and "Kết quả nổi bật” còn trống" in page
    assert "Nộp báo cáo cho Văn phòng Sở" not in page
    button = {"key": str(uuid.uuid4()), "version": report.version}
    refused = browse("ldvl.truong").post(url("unit_report_submit", report), button)
    assert "Chưa nộp được" in text(refused) and not Receipt.objects.exists()


def test_the_check_page_shows_the_servers_clock_and_judges_the_moment(browse, report, at):
    page = text(browse("ldvl.truong").get(url("unit_report_check", report)))
    assert "09:00 15/03/2022" in page and "đúng hạn" in page and "Chưa có gì được gửi đi" in page
    clock.set_demo(at(2022, 3, 16, 0, 0))
    assert "muộn 1 ngày" in text(browse("ldvl.truong").get(url("unit_report_check", report)))


def test_handing_in_gives_a_receipt(browse, report):
    response = hand_in(browse("ldvl.truong"), report)
    receipt = Receipt.objects.get()
    assert response.url == reverse("receipt", args=[receipt.number])
    report.refresh_from_db()
    assert report.state == "submitted"
    assert receipt.number in text(browse("ldvl.truong").get(url("unit_report", report)))


def test_the_receipt_shows_what_was_handed_in_and_leads_back(browse, plan, report):
    receipt_page = hand_in(browse("ldvl.truong"), report).url
    result_of(plan, "ldvl", date(2022, 3, 3), quantities={"leaflets": 999})
    page = text(browse("ldvl.soan").get(receipt_page))
    assert url("unit_report", report) in page and "khớp mã" in page
    assert ">500</td>" in page and "999" not in page
    assert browse("gdnn.soan").get(receipt_page).status_code == 404


def test_a_printout_leads_back_to_its_report(browse, report):
    browser = browse("ldvl.soan")
    printout = browser.post(url("print_unit_report", report)).url
    assert url("unit_report", report) in text(browser.get(printout))


def test_pressed_twice_it_is_the_same_receipt(browse, report):
    browser = browse("ldvl.truong")
    button = {"key": str(uuid.uuid4()), "version": report.version}
    first = browser.post(url("unit_report_submit", report), button)
    second = browser.post(url("unit_report_submit", report), button)
    third = browser.post(url("unit_report_submit", report), button | {"key": str(uuid.uuid4())})
    assert first.url == second.url == third.url and Receipt.objects.count() == 1


@pytest.mark.parametrize("key", ["", "abc", "\x00", "1" * 5000])
def test_a_wrong_key_hands_nothing_in(browse, report, key):
    response = browse("ldvl.truong").post(url("unit_report_submit", report), {"key": key, "version": report.version})
    assert response.status_code == 302 and not Receipt.objects.exists()


def test_a_report_changed_after_the_check_is_not_handed_in_unseen(browse, report):
    button = {"key": str(uuid.uuid4()), "version": report.version}
    browse("ldvl.soan").post(url("unit_report_edit", report), words(report, highlights="Sửa sau khi kiểm tra."))
    page = browse("ldvl.truong").post(url("unit_report_submit", report), button)
    assert page.status_code == 409 and "Sửa sau khi kiểm tra." in text(page) and not Receipt.objects.exists()


def test_nothing_to_report_is_refused_where_results_are_recorded(browse, report):
    UnitReport.objects.filter(pk=report.pk).update(nil=True, nil_reason="Không có hoạt động.")
    page = text(browse("ldvl.truong").get(url("unit_report_check", report)))
    assert "Trong kỳ đã ghi 1 kết quả nên không thể báo" in page
    hand_in(browse("ldvl.truong"), report)
    assert not Receipt.objects.exists()


def test_an_editor_sends_to_the_head_and_may_take_it_back(browse, report):
    browser = browse("ldvl.soan")
    assert "Trình trưởng đơn vị" in text(browser.get(url("unit_report_check", report)))
    assert move(browser, report, "send_to_head").status_code == 302
    assert browser.get(url("unit_report_edit", report)).status_code == 302
    assert move(browser, report, "pull_back").status_code == 302
    report.refresh_from_db()
    assert report.state == "drafting"


def test_a_withdrawal_needs_a_reason_and_keeps_what_was_typed(browse, report, at):
    hand_in(browse("ldvl.truong"), report)
    assert "Nhập lý do." in text(move(browse("ldvl.truong"), report, "withdraw", reason=" "))
    clock.set_demo(at(2022, 3, 16, 9))
    page = text(move(browse("ldvl.truong"), report, "withdraw", reason="Thiếu số liệu Zalo."))
    assert "Đã quá hạn nộp" in page and "Thiếu số liệu Zalo." in page


@pytest.mark.parametrize("name", ["", "start", "submit", "lock", "unlock", "__class__", "\x00"])
def test_a_move_that_is_not_offered_here_is_a_404(browse, report, name):
    assert move(browse("ldvl.truong"), report, name).status_code == 404


@pytest.mark.parametrize("version", ["", "0", "abc", "9" * 40])
def test_a_move_from_a_stale_page_changes_nothing_and_says_so(browse, report, version):
    data = {"move": "send_to_head", "version": version, "reason": "Lý do đã gõ"}
    page = browse("ldvl.soan").post(url("unit_report_move", report), data)
    assert page.status_code == 409 and "Lý do đã gõ" in text(page)


# Review


def test_the_office_reviews_what_was_handed_in_with_its_results_and_accepts(browse, report):
    hand_in(browse("ldvl.truong"), report)
    browser = browse("hoa")
    page = text(browser.get(url("unit_report_review", report)))
    assert "Phát tờ gấp tại bộ phận một cửa" in page and Receipt.objects.get().number in page
    assert move(browser, report, "accept").status_code == 302
    report.refresh_from_db()
    assert report.state == "accepted"


def test_a_return_needs_a_reason_which_the_unit_reads(browse, report):
    hand_in(browse("ldvl.truong"), report)
    assert "Nhập lý do, hoặc ghi ý kiến" in text(move(browse("hoa"), report, "send_back", reason="\u200b"))
    assert move(browse("hoa"), report, "send_back", reason="Bổ sung minh chứng.").status_code == 302
    assert "Bổ sung minh chứng." in text(browse("ldvl.soan").get(url("unit_report", report)))


def test_a_resubmission_shows_what_changed(browse, plan, report):
    hand_in(browse("ldvl.truong"), report)
    move(browse("hoa"), report, "send_back", reason="Thiếu số liệu.")
    result_of(plan, "ldvl", date(2022, 3, 2), quantities={"leaflets": 200})
    report.refresh_from_db()
    browse("ldvl.soan").post(url("unit_report_edit", report), words(report, highlights="Phát 700 tờ gấp."))
    hand_in(browse("ldvl.truong"), report)
    page = text(browse("hoa").get(url("unit_report_review", report)))
    assert "trước: </span>500</del>" in page and "nay: </span>700 tờ</ins>" in page and "Phát 700 tờ gấp." in page


def test_the_next_waiting_report_is_offered(browse, plan, report):
    other = report_of(plan, "gdnn", state="submitted")
    hand_in(browse("ldvl.truong"), report)
    assert url("unit_report_review", other) in text(browse("hoa").get(url("unit_report_review", report)))


def test_the_offices_own_report_is_the_directors_to_accept(browse, plan):
    result_of(plan, "van-phong", date(2022, 3, 1))
    report = report_of(plan, "van-phong", state="drafting")
    hand_in(browse("van-phong.truong"), report)
    assert "do Giám đốc xem xét" in text(browse("hoa").get(url("unit_report_review", report)))
    assert move(browse("hoa"), report, "accept").status_code == 403
    assert move(browse("duc"), report, "accept").status_code == 302


@pytest.mark.parametrize(
    ("until", "message"),
    [("", "Nhập mở đến hết ngày"), ("31/02/2022", "Không có ngày"), ("14/03/2022", "không sớm hơn hôm nay")],
)
def test_reopening_needs_a_day_that_is_still_ahead(browse, plan, until, message):
    report = report_of(plan, "ldvl", state="accepted")
    page = text(move(browse("binh"), report, "reopen", until=until, reason="Sót kết quả."))
    assert message in page and "Sót kết quả." in page
    report.refresh_from_db()
    assert report.state == "accepted"


def test_the_chief_reopens_until_a_day_and_others_may_not(browse, plan):
    report = report_of(plan, "ldvl", state="accepted")
    data = {"until": "20-3-22", "reason": "Sót kết quả."}
    assert move(browse("hoa"), report, "reopen", **data).status_code == 403
    assert move(browse("binh"), report, "reopen", **data).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.reopened_until) == ("reopened", date(2022, 3, 20))


def test_a_printout_is_asked_for_once_for_the_same_content(browse, report):
    browser = browse("ldvl.soan")
    first, second = (browser.post(url("print_unit_report", report)) for _time in range(2))
    assert first.url == second.url and Printout.objects.get().unit == report.unit
    browser.post(url("unit_report_edit", report), words(report, highlights="Khác."))
    assert browser.post(url("print_unit_report", report)).url != first.url


# The list, and what pages cost


def test_a_unit_sees_its_own_periods_with_the_next_step(browse, report):
    page = text(browse("ldvl.soan").get("/bao-cao/"))
    assert page.count("<tr>") == 5  # the head and the four quarters of the plan's year
    assert "Soạn tiếp rồi nộp" in page and "Báo cáo tổng hợp" not in page


def test_the_office_sees_every_unit_of_the_period_and_the_roll_ups(browse, plan, report):
    page = text(browse("hoa").get("/bao-cao/?period=2022-Q1"))
    assert "Phòng Lao động - Việc làm" in page and "Chưa mở" in page and "Báo cáo tổng hợp" in page
    found = text(browse("hoa").get("/bao-cao/?period=2022-Q1&q=LAO+dong"))
    assert "Phòng Lao động - Việc làm" in found and "Thanh tra Sở" not in found


@pytest.mark.parametrize(
    "query", ["period=x", "period[]=1", "year=abc", "year=" + "9" * 50, "q=" + "a" * 100_000, "q=%00", "order=password"]
)
def test_an_address_typed_wrongly_shows_a_page_of_ours(browse, report, query):
    assert browse("hoa").get(f"/bao-cao/?{query}").status_code in (200, 404)


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30, "１２", "%00"])
def test_a_number_that_is_no_report_is_a_404(browse, report, number):
    assert browse("hoa").get(f"/bao-cao/don-vi/{number}/").status_code == 404


def queries(browser, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


def test_lists_and_pages_take_the_same_queries_for_one_unit_and_thirty(browse, plan, report):
    hand_in(browse("ldvl.truong"), report)
    browser = browse("hoa")
    addresses = ["/bao-cao/?period=2022-Q1", url("unit_report", report), url("unit_report_review", report)]
    before = [queries(browser, address) for address in addresses]
    for code in more_units(plan, 30):
        report_of(plan, code, state="accepted")
        for day in range(1, 4):
            result_of(plan, code, date(2022, 3, day), quantities={"leaflets": 5})
    assert period_of(plan).unit_reports.count() == 31
    assert [queries(browser, address) for address in addresses] == before
    assert max(before) <= 25


def test_a_report_takes_the_same_queries_for_one_result_and_thirty(browse, plan, report):
    addresses = [url(name, report) for name in ("unit_report", "unit_report_edit", "unit_report_check")]
    before = [queries(browse("ldvl.truong"), address) for address in addresses]
    for number in range(30):
        result_of(plan, "ldvl", date(2022, 1, 1 + number), quantities={"leaflets": 5})
    assert [queries(browse("ldvl.truong"), address) for address in addresses] == before
    assert max(before) <= 30
