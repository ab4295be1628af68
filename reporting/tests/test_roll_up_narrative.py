"""The narrative of a roll-up: composed from figures, taken from units with its source, written by the Office."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from accounts.models import Event
from plans.models import ContentArea
from reporting.models import AreaAssessment, RollUp, RollUpParagraph, UnitReport
from reporting.roll_ups.narrating import take_texts
from reporting.roll_ups.outline import outline, unit_texts
from reporting.roll_ups.said import typed_numbers
from reporting.tests.factories import built, cut, more_units, ready_year, report_of, result_of, roll_up_of
from reporting.workflow import ROLL_UP


@pytest.fixture
def plan(cast, settings, at):
    settings.DEMO = True
    clock.set_demo(at(2022, 3, 16, 9))
    return ready_year(cast)


@pytest.fixture
def now(at):
    return at(2022, 3, 16, 9)


@pytest.fixture
def roll_up(plan, now) -> RollUp:
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500})
    report = report_of(plan, "ldvl", state="accepted", highlights="Phát 500 tờ gấp.", shortcomings="")
    report.assessments.create(area=ContentArea.objects.get(code="procedures"), text="Hồ sơ trực tuyến tăng.")
    roll_up = roll_up_of(plan)
    built(roll_up, now=now)
    return roll_up


def url(name: str, *more) -> str:
    return reverse(name, args=["2022-Q1", *more])


def page(browser) -> str:
    return browser.get(url("roll_up_narrative")).content.decode()


def composed(rule: str = "total") -> RollUpParagraph:
    return RollUpParagraph.objects.get(rule=rule)


def take(browser, part: str, *reports: int):
    return browser.post(url("roll_up_part", part), {"report": reports})


def save(browser, row: RollUpParagraph, words: str, version: int | None = None):
    data = {"text": words, "version": version or row.version}
    return browser.post(url("roll_up_paragraph", row.pk), data)


# Composed


def test_the_first_draft_is_made_by_the_build_and_each_number_leads_to_its_rows(browse, roll_up):
    assert composed().text == "Trong kỳ, các đơn vị đã thực hiện: 500 tờ rơi, tờ gấp."
    rows = reverse("figure_rows", args=["2022-Q1"])
    shown = page(browse("duc"))
    assert f'<a href="{rows}?chi_tieu=leaflets">500</a>' in shown
    assert f'<a href="{url("roll_up")}#don-vi">1</a>/<a href="{url("roll_up")}#don-vi">14</a>' in shown


def test_every_number_of_every_composed_paragraph_is_linked(roll_up):
    rows = list(roll_up.paragraphs.exclude(rule=""))
    assert len(rows) >= 12
    assert {row.rule: typed_numbers(row.text, row.numbers) for row in rows} == {row.rule: [] for row in rows}


def test_an_unchanged_sentence_follows_the_figures_and_a_changed_one_waits_for_a_person(browse, plan, roll_up, now):
    save(browse("hoa"), composed("tasks"), "Việc vẫn tiến triển.")
    result_of(plan, "ldvl", date(2022, 3, 2), quantities={"leaflets": 70})
    built(roll_up, now=now)
    assert composed().text == "Trong kỳ, các đơn vị đã thực hiện: 570 tờ rơi, tờ gấp."
    assert composed("tasks").text == "Việc vẫn tiến triển."
    save(browse("hoa"), composed(), "Đã phát 570 tờ gấp, gần gấp đôi 300 tờ đã định.")
    result_of(plan, "ldvl", date(2022, 3, 3), quantities={"leaflets": 30})
    built(roll_up, now=now)
    row = composed()
    assert (row.text, row.source_now) == (
        "Đã phát 570 tờ gấp, gần gấp đôi 300 tờ đã định.", "Trong kỳ, các đơn vị đã thực hiện: 600 tờ rơi, tờ gấp.",
    )  # fmt: skip
    shown = page(browse("hoa"))
    assert "Nguồn đã thay đổi." in shown and "600 tờ rơi" in " ".join(shown.split())
    assert "Số không có trong số liệu của đoạn: 570; 300." in shown


@pytest.mark.parametrize(("act", "text"), [("take", "600 tờ rơi, tờ gấp."), ("keep", "Lời của tôi.")])
def test_who_saw_both_texts_takes_one(act, text, browse, plan, roll_up, now):
    save(browse("hoa"), composed(), "Lời của tôi.")
    result_of(plan, "ldvl", date(2022, 3, 3), quantities={"leaflets": 100})
    built(roll_up, now=now)
    row = composed()
    browse("hoa").post(url("roll_up_paragraph", row.pk), {"act": act, "version": row.version})
    assert composed().text.endswith(text) and not composed().is_outdated
    assert "Nguồn đã thay đổi." not in page(browse("hoa"))


def test_a_sentence_the_figures_no_longer_give_goes_unless_a_person_changed_it(plan, roll_up, browse, now):
    assert "gaps" in roll_up.paragraphs.values_list("rule", flat=True)
    save(browse("hoa"), composed("missing"), "Một số đơn vị chưa báo cáo.")
    for unit in plan.agency.units.exclude(code="ldvl"):
        report_of(plan, unit.code, state="accepted")
    for area in ContentArea.objects.all():
        result_of(plan, "ldvl", date(2022, 3, 3), area=area.code, quantities={"leaflets": 1})
    built(roll_up, now=now)
    assert not roll_up.paragraphs.filter(rule="gaps").exists()
    row = composed("missing")
    assert (row.text, row.source_now) == ("Một số đơn vị chưa báo cáo.", "")
    assert "Không còn câu này." in page(browse("hoa"))


# Taken from the units


def test_a_text_is_taken_once_with_unit_report_and_version(browse, roll_up):
    report = UnitReport.objects.get(unit__code="ldvl")
    for _time in range(2):
        assert take(browse("hoa"), "procedures", report.pk).status_code == 302
    row = RollUpParagraph.objects.get(report=report)
    assert (row.part, row.unit, row.report_version, row.text, row.edited_by.username) == (
        "procedures", "Phòng Lao động - Việc làm", report.version, "Hồ sơ trực tuyến tăng.", "hoa",
    )  # fmt: skip
    assert "đã đưa vào" in browse("hoa").get(url("roll_up_area", "procedures")).content.decode()
    assert Event.objects.about(roll_up).filter(action="narrate").count() == 1


def test_all_texts_of_a_heading_are_taken_at_once(browse, plan, roll_up, now):
    report_of(plan, "btxh", state="accepted", highlights="Nói chuyện ở 3 xã.")
    built(roll_up, now=now)
    browse("hoa").post(url("roll_up_part", "highlights"), {"all": "1"})
    assert list(roll_up.paragraphs.filter(part="highlights", rule="").values_list("text", flat=True)) == [
        "Phát 500 tờ gấp.", "Nói chuyện ở 3 xã.",
    ]  # fmt: skip


def test_a_unit_text_that_changed_since_turns_its_paragraph_amber_with_both_texts(browse, roll_up):
    report = UnitReport.objects.get(unit__code="ldvl")
    take(browse("hoa"), "procedures", report.pk)
    assert "Nguồn đã thay đổi." not in page(browse("hoa"))
    AreaAssessment.objects.filter(report=report).update(text="Hồ sơ trực tuyến tăng 20%.")
    UnitReport.objects.update(version=5)
    shown = page(browse("duc"))
    assert "Nguồn đã thay đổi." in shown and "tăng 20%" in shown and shown.count("Hồ sơ trực tuyến tăng") == 2
    assert "1 đoạn có nguồn đã thay đổi" in browse("hoa").get(url("roll_up")).content.decode()
    row = RollUpParagraph.objects.get(report=report)
    browse("hoa").post(url("roll_up_paragraph", row.pk), {"act": "take", "version": row.version})
    row.refresh_from_db()
    assert (row.text, row.report_version, row.is_edited) == ("Hồ sơ trực tuyến tăng 20%.", 5, False)


def test_a_report_that_was_reopened_says_nothing_until_it_is_received_again(browse, roll_up):
    report = UnitReport.objects.get(unit__code="ldvl")
    take(browse("hoa"), "procedures", report.pk)
    UnitReport.objects.update(state="reopened", reopened_until=date(2022, 4, 1))
    row = RollUpParagraph.objects.get(report=report)
    assert "đang được mở lại" in page(browse("hoa"))
    answer = browse("hoa").post(url("roll_up_paragraph", row.pk), {"act": "take", "version": row.version})
    assert answer.status_code == 409


# Written and edited


def test_the_offices_own_words_are_added_once_left_out_and_put_back(browse, roll_up):
    data = {"act": "add", "text": "Các đơn vị nghiêm túc.\n<b>x</b>", "key": str(uuid.uuid4())}
    for _time in range(2):
        assert browse("hoa").post(url("roll_up_part", "assessment"), data).status_code == 302
    row = roll_up.paragraphs.get(part="assessment")
    shown = page(browse("hoa"))
    assert "Các đơn vị nghiêm túc." in shown and "<b>x</b>" not in shown
    for act, dropped in (("drop", True), ("drop", True), ("put_back", False)):
        browse("binh").post(url("roll_up_paragraph", row.pk), {"act": act})
        row.refresh_from_db()
        assert row.dropped is dropped


def test_paragraphs_of_a_part_change_places(browse, roll_up):
    def rules() -> list[str]:
        return list(roll_up.paragraphs.filter(part="plan").values_list("rule", flat=True))

    assert rules() == ["tasks", "money"]
    browse("hoa").post(url("roll_up_paragraph", composed("tasks").pk), {"act": "down"})
    assert rules() == ["money", "tasks"]
    browse("hoa").post(url("roll_up_paragraph", composed("tasks").pk), {"act": "down"})
    assert rules() == ["money", "tasks"]


def test_two_people_writing_lose_no_words(browse, roll_up):
    row = composed()
    assert save(browse("hoa"), row, "Bản của chị Hoa.").status_code == 302
    answer = save(browse("binh"), row, "Bản của anh Bình.")
    shown = answer.content.decode()
    assert answer.status_code == 409 and "Bản của chị Hoa." in shown and "Bản của anh Bình." in shown
    assert save(browse("binh"), row, "Bản của anh Bình.", answer.context["stored"].version).status_code == 302
    assert composed().text == "Bản của anh Bình."
    logged = Event.objects.about(roll_up).filter(action="narrate", data__before="Bản của chị Hoa.")
    assert logged.count() == 1


@pytest.mark.parametrize(
    ("words", "version", "message"),
    [("a" * 20_001, "1", "Tối đa 20.000 ký tự, hiện có 20.001"), ("a\x00", "1", "ký tự không hợp lệ"),
     ("Giữ lại.", "x", "Biểu mẫu thiếu số phiên bản"), (" \u200b", "1", "Lời văn của đoạn")],
)  # fmt: skip
def test_words_that_cannot_be_stored_are_refused_and_stay_in_the_box(browse, roll_up, words, version, message):
    answer = save(browse("hoa"), composed(), words, version)
    shown = answer.content.decode()
    assert answer.status_code == 200 and message in shown and words.strip(" \x00\u200b") in shown
    assert not composed().is_edited


def test_after_the_cut_words_change_and_numbers_do_not(browse, roll_up, cast, now):
    cut(roll_up, cast, now=now)
    assert save(browse("hoa"), composed(), "Đã phát 500 tờ gấp ở bộ phận một cửa.").status_code == 302
    answer = save(browse("hoa"), composed(), "Đã phát 900 tờ gấp.")
    assert answer.status_code == 200 and "Số liệu đã chốt: 900 không có trong số liệu" in answer.content.decode()
    assert composed().text == "Đã phát 500 tờ gấp ở bộ phận một cửa."


@pytest.mark.parametrize("state", ["director_review", "approved", "issued", "sent"])
def test_with_the_director_the_text_is_locked_and_what_was_typed_is_given_back(state, browse, roll_up, cast, now):
    row = composed()
    cut(roll_up, cast, now=now)
    RollUp.objects.update(state=state, approved_at=now, approved_by=cast.director)
    answer = save(browse("hoa"), row, "Viết muộn.")
    assert answer.status_code == 409 and "Viết muộn." in answer.content.decode()
    assert "Sửa đoạn" not in page(browse("hoa")) and not composed().is_edited


@pytest.mark.parametrize("username", ["duc", "lan", "huy", "nam"])
def test_who_reads_does_not_write(username, browse, roll_up):
    browser = browse(username)
    assert "Sửa đoạn" not in page(browser)
    assert save(browser, composed(), "Khác.").status_code == 403
    assert browser.post(url("roll_up_part", "highlights"), {"all": "1"}).status_code == 403


def test_a_move_with_the_text_of_before_is_stale(roll_up, cast, browse, now):
    cut(roll_up, cast, now=now)
    seen = RollUp.objects.get()
    save(browse("hoa"), composed(), "Đã phát tờ gấp.")
    answer = browse("hoa").post(url("roll_up_move"), {"move": "send_to_office", "version": seen.version})
    assert answer.status_code == 409
    assert ROLL_UP.open_to(cast.office_staff, RollUp.objects.get(), on=now.date())


def test_the_page_takes_the_same_queries_for_one_text_and_thirty(browse, plan, roll_up, cast, now):
    browser = browse("hoa")

    def queries() -> int:
        page(browser)
        with CaptureQueriesContext(connection) as captured:
            page(browser)
        return len(captured)

    def take_everything() -> None:
        content = roll_up.versions.first().content
        for part in outline(content):
            take_texts(roll_up, part, unit_texts(content, part), by=cast.office_staff, now=now)

    take_everything()
    before = queries()
    for code in more_units(plan, 30):
        report_of(plan, code, state="accepted", proposals="Hỗ trợ kinh phí.")
    built(roll_up, now=now)
    take_everything()
    assert roll_up.paragraphs.filter(report__isnull=False).count() > 60
    assert queries() == before <= 22
