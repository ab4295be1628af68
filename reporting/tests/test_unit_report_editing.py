"""Writing a unit report as the browser's autosave does, and taking over suggested sentences."""

from datetime import date

import pytest
from django.urls import reverse

from accounts import clock
from reporting.models import UnitReport
from reporting.tests.factories import ready_year, report_of, result_of
from reporting.unit_reports.suggestions import area_sentences, highlight_sentence
from reporting.unit_reports.words import marks, words_of


@pytest.fixture
def plan(cast, settings, at):
    settings.DEMO = True
    clock.set_demo(at(2022, 3, 15, 9))
    return ready_year(cast)


@pytest.fixture
def report(plan) -> UnitReport:
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500}, participants=30, money=2_000_000)
    return report_of(plan, "ldvl", state="drafting", highlights="")


@pytest.fixture
def send(client, cast, report):
    def as_(username: str, act: str, **typed):
        client.force_login(cast.people[username])
        stored = words_of(UnitReport.objects.get(pk=report.pk))
        return client.post(
            reverse("unit_report_edit", args=[report.pk]), stored | {"version": marks(stored), "act": act} | typed
        )

    return as_


def test_an_autosave_stores_and_gives_the_marks_for_the_next(send, report):
    answer = send("ldvl.soan", "autosave", highlights="Phát 500 tờ.").json()
    assert answer["at"] == "09:00"
    again = send("ldvl.soan", "autosave", highlights="Phát 500 tờ gấp.", version=answer["version"])
    assert again.status_code == 200
    report.refresh_from_db()
    assert report.highlights == "Phát 500 tờ gấp."


def test_an_autosave_over_anothers_words_gives_both_and_stores_nothing(send, report):
    seen = marks(words_of(report))
    send("ldvl.truong", "autosave", highlights="Của trưởng phòng.")
    answer = send("ldvl.soan", "autosave", highlights="Của cán bộ.", version=seen)
    assert (answer.status_code, answer.json()["stored"]) == (409, "Của trưởng phòng.")
    assert "Hồ Quốc Hùng đã lưu bản khác của phần này lúc 09:00" in answer.json()["message"]


def test_an_autosave_not_in_order_says_why(send):
    answer = send("ldvl.soan", "autosave", nil="on", nil_reason="")
    assert (answer.status_code, answer.json()["faults"]) == (422, ["“Không phát sinh” cần lý do."])


def test_who_else_has_the_report_open_is_told(send):
    assert send("ldvl.truong", "here").json() == {"others": []}
    assert send("ldvl.soan", "here").json() == {"others": ["Hồ Quốc Hùng"]}


def test_suggested_sentences_are_taken_into_the_box_once(send, plan, report):
    box = f"area_{plan.scheme.areas.get(code='procedures').pk}"
    for _time in range(2):
        answer = send("ldvl.soan", f"take-{box}", **{box: "Đã làm."})
        assert answer.url.endswith(f"#div_id_{box}")
    assert report.assessments.get().text == (
        "Đã làm.\n"
        "Ngày 01/3/2022: Phát tờ gấp tại bộ phận một cửa (500 tờ rơi, tờ gấp; 30 lượt người dự; "
        "kinh phí 2.000.000 đồng)."
    )
    send("ldvl.soan", "take-highlights")
    report.refresh_from_db()
    assert report.highlights.startswith(
        "Trong kỳ đơn vị thực hiện 1 việc tuyên truyền cải cách hành chính: 30 lượt người dự;"
    )


@pytest.mark.parametrize("name", ["", "nil", "area_0", "version", "area_9999999", "\x00"])
def test_a_box_without_suggestions_takes_none(send, report, name):
    assert send("ldvl.soan", f"take-{name}").status_code == 302
    assert words_of(report) == words_of(UnitReport.objects.get(pk=report.pk))


def test_of_many_results_the_first_are_named_and_the_rest_counted(plan):
    rows = [result_of(plan, "ldvl", date(2022, 1, 1 + number)) for number in range(14)]
    *_named, last = sentences = list(area_sentences(reversed(rows)))
    assert len(sentences) == 13
    assert sentences[0] == "Ngày 01/01/2022: Phát tờ gấp tại bộ phận một cửa."
    assert last == "Và 2 kết quả khác từ ngày 13/01/2022."


def test_without_figures_the_whole_is_counted_in_results():
    assert highlight_sentence([], 3) == "Trong kỳ đơn vị thực hiện 3 việc tuyên truyền cải cách hành chính."
