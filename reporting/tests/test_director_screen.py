"""The Director's screen: its sentence, what it leads to, its tables, and what it asks of the database."""

import html
import json
import re
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts import clock
from plans.models import ContentArea
from plans.tests.factories import filled_unit_plan
from reporting.director.lights import measured
from reporting.director.screen import screen
from reporting.director.showing import shown
from reporting.director.tables import TABLES
from reporting.models import AreaAssessment, RollUp
from reporting.tests.factories import built, more_units, period_of, ready_year, report_of, result_of, roll_up_of


@pytest.fixture
def plan(cast, settings, at):
    """Wednesday 16/3/2022, 9:00: the day after the units' deadline for Quý I/2022."""
    settings.DEMO = True
    clock.set_demo(at(2022, 3, 16, 9))
    return ready_year(cast)


@pytest.mark.parametrize(("is_built", "most"), [(True, 25), (False, 30)], ids=["built", "live"])
def test_the_director_waits_for_as_few_queries_with_1_unit_as_with_30(plan, browse, at, is_built, most):
    """The whole of what a quarter can hold; in a quarter not yet rolled up it is counted on the spot."""

    def hand_in(code: str) -> None:
        filled_unit_plan(plan, code, state="accepted")
        report = report_of(plan, code, state="accepted", difficulties="Thiếu kinh phí.")
        AreaAssessment.objects.create(report=report, area=ContentArea.objects.get(code="procedures"), text="Tốt.")
        result_of(plan, code, date(2022, 3, 1), participants=3, money=5, quantities={"leaflets": 1, "articles": 2})

    def seen() -> tuple[int, str]:
        if is_built:
            built(roll_up, now=at(2022, 3, 16, 9))
        browser.get(address)
        with CaptureQueriesContext(connection) as captured:
            response = browser.get(address)
        found = response.context["seen"]
        assert found["is_live"] is not is_built
        return len(captured), found["figures"][4]["words"]

    browser, address, roll_up = browse("duc"), f"{reverse('dashboard')}?ky=2022-Q1", roll_up_of(plan)
    hand_in("ldvl")
    one, tasks_of_one = seen()
    for code in more_units(plan, 29):
        hand_in(code)
    thirty, tasks_of_thirty = seen()
    assert (tasks_of_one, tasks_of_thirty) == ("0/6", "0/180")
    assert one == thirty <= most


def test_the_director_reads_the_sentence_and_the_matrix(plan, browse, at):
    filled_unit_plan(plan, "ldvl", state="accepted")
    report_of(plan, "ldvl", state="accepted")
    report_of(plan, "gdnn", state="accepted", at=at(2022, 3, 16, 8))
    built(roll_up_of(plan), now=at(2022, 3, 16, 9))
    page = browse("duc").get(reverse("dashboard")).content.decode()
    # Nobody of the 14 has handed in the plan due before 27/02 (the factory writes a plan, not its handing in).
    assert "Quý I/2022: 1/14 báo cáo đơn vị đúng hạn; 1 muộn; 12 chưa báo cáo; 14 việc quá hạn." in page
    assert "muộn 1 ngày" in page
    assert "Báo cáo của đơn vị, Quý I/2022: chưa nộp" in page
    assert "PAR INDEX" in page
    assert "chưa công bố" in page


def test_each_headline_figure_opens_its_rows(plan, browse, at):
    filled_unit_plan(plan, "ldvl", state="accepted")
    report_of(plan, "ldvl", state="accepted")
    built(roll_up_of(plan), now=at(2022, 3, 16, 9))
    director = browse("duc")
    page = director.get(reverse("dashboard")).content.decode()
    links = re.findall(r'class="number-value" href="([^"]+)"', page)
    assert len(links) == 6
    for link in links:
        assert director.get(html.unescape(link)).status_code == 200


def test_what_waits_for_the_director_is_shown_before_a_newer_period(plan, cast, browse, at):
    stamps = {"snapshot": {"content": None}, "sha256": "0" * 64, "cut_at": at(2022, 3, 16), "cut_by": cast.chief}
    first = roll_up_of(plan, "Q1")
    content = built(first, now=at(2022, 3, 16, 9)).content
    RollUp.objects.filter(pk=first.pk).update(state="director_review", **stamps | {"snapshot": {"content": content}})
    clock.set_demo(at(2022, 6, 16, 9))
    built(roll_up_of(plan, "Q2"), now=at(2022, 6, 16, 9))
    page = browse("duc").get(reverse("dashboard")).content.decode()
    assert "Xem và duyệt" in page
    assert "Điều hành – Quý I/2022" in page
    assert "Quý II/2022: " in browse("duc").get(reverse("dashboard"), {"ky": "2022-Q2"}).content.decode()


def test_every_table_behind_the_screen_is_a_page_and_an_excel_file(plan, browse):
    filled_unit_plan(plan, "ldvl", state="accepted")
    report_of(plan, "ldvl", state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), participants=3, money=5_000_000)
    director = browse("duc")
    for name in TABLES:
        address = reverse("director_table", args=[name])
        page = director.get(address, {"ky": "2022-Q1"})
        table = page.context["table"]
        assert all(len(row) == len(table.columns) for row in table.rows), name
        file = BytesIO(director.get(address, {"ky": "2022-Q1", "dang": "xlsx"}).content)
        rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python(skip_empty_area=False)
        assert len(rows) == 3 + 1 + len(table.rows), name
    assert director.get(reverse("director_table", args=["khong-co"])).status_code == 404


def test_what_is_seen_is_plain_json_and_the_same_when_read_again(plan, at):
    filled_unit_plan(plan, "ldvl", state="accepted")
    report_of(plan, "ldvl", state="accepted", difficulties="Thiếu máy.")
    result_of(plan, "ldvl", date(2022, 3, 1), participants=3, money=5_000_000)
    seen = screen(period_of(plan), now=at(2022, 3, 16, 9))
    again = json.loads(json.dumps(seen))
    assert again == seen
    assert shown(again, query={"ky": "2022-Q1"})["behind"]["do_phu"] == "/dieu-hanh/bang/do-phu/?ky=2022-Q1"


def test_of_many_units_the_worst_are_shown_and_the_others_counted(plan, at):
    for code in more_units(plan, 30):
        filled_unit_plan(plan, code, state="accepted")
    report_of(plan, "phong-07", state="accepted")
    result_of(plan, "phong-07", date(2022, 3, 1))
    context = shown(screen(period_of(plan), now=at(2022, 3, 16, 9)), query={})
    assert (len(context["units"]), context["more_units"]) == (13, 31)
    assert "Phòng 07" not in {row["label"] for row in context["units"]}


def content(due: int, done: int, on_time: int, expected: int) -> dict:
    return {
        "tasks": [{"planned": due, "due": due, "done": done, "due_done": done}],
        "timeliness": {"on_time": [{}] * on_time, "extended": [], "expected": expected},
    }


@pytest.mark.parametrize(
    ("given", "tone"),
    [
        (content(10, 9, 9, 10), "green"),
        (content(10, 10, 8, 10), "amber"),
        (content(10, 6, 10, 10), "red"),
        (content(0, 0, 7, 10), "amber"),
        (content(0, 0, 0, 0), "grey"),
    ],
)
def test_until_the_office_has_judged_the_lower_share_sets_the_light(given, tone):
    assert measured(given)["tone"] == tone
