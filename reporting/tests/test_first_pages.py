"""The first page of everyone, and the rows behind a figure."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from plans.models import UnitPlan
from reporting import work
from reporting.tests.factories import built, more_units, ready_year, report_of, result_of, roll_up_of

ROWS = reverse("figure_rows", args=["2022-Q1"])


@pytest.fixture
def plan(cast, settings, at):
    """Wednesday 16/3/2022, 9:00: the day after the units' deadline for Quý I/2022."""
    settings.DEMO = True
    clock.set_demo(at(2022, 3, 16, 9))
    return ready_year(cast)


def acts(cast, at, username: str, about: str) -> list[str]:
    """What the person is asked to do about objects whose title holds these words."""
    rows = work.waiting_for(cast.people[username], now=at(2022, 3, 16, 9))
    return [row.act for row in rows if about in row.title]


LDVL = "năm 2022 – Phòng Lao động - Việc làm"
OFFICE = "năm 2022 – Văn phòng Sở"


@pytest.mark.parametrize(
    ("state", "who", "asked"),
    [
        ("not_started", "ldvl.soan", ["Soạn và nộp"]),
        ("drafting", "ldvl.truong", ["Soạn và nộp"]),
        ("drafting", "gdnn.soan", []),
        ("drafting", "hoa", []),
        ("head_review", "ldvl.truong", ["Xem và nộp"]),
        ("head_review", "ldvl.soan", []),
        ("submitted", "hoa", ["Xem xét, tiếp nhận"]),
        ("in_review", "binh", ["Xem xét, tiếp nhận"]),
        ("submitted", "duc", []),
        ("submitted", "ldvl.truong", []),
        ("returned", "ldvl.soan", ["Sửa theo ý kiến và nộp lại"]),
        ("accepted", "hoa", []),
        ("exempt", "ldvl.soan", []),
    ],
)
def test_a_unit_plan_waits_for_who_must_act(plan, cast, at, state, who, asked):
    UnitPlan.objects.filter(unit__code="ldvl").update(state=state, return_reason="Bổ sung số lượng.")
    assert acts(cast, at, who, LDVL) == asked


def test_what_the_office_hands_in_waits_for_the_director(plan, cast, at):
    UnitPlan.objects.filter(unit__code="van-phong").update(state="submitted")
    assert acts(cast, at, "duc", OFFICE) == ["Xem xét, tiếp nhận"]
    assert acts(cast, at, "hoa", OFFICE) == []


def test_the_most_urgent_stands_first(plan, cast, at):
    report_of(plan, "ldvl", state="drafting")
    titles = [row.title for row in work.waiting_for(cast.head("ldvl"), now=at(2022, 3, 10, 9))]
    assert titles == [
        "Kế hoạch tuyên truyền CCHC năm 2022 – Phòng Lao động - Việc làm",  # due 26/02
        "Báo cáo Quý I/2022 – Phòng Lao động - Việc làm",  # due 15/3
    ]


def test_a_disabled_person_is_asked_nothing(plan, cast, at):
    head = cast.head("ldvl")
    head.is_active = False
    assert work.waiting_for(head, now=at(2022, 3, 16, 9)) == []


def test_the_office_sees_who_has_handed_in_by_name(plan, browse):
    UnitPlan.objects.filter(unit__code__in=["ldvl", "gdnn"]).update(state="accepted")
    UnitPlan.objects.filter(unit__code="ncc").update(state="drafting")
    page = browse("hoa").get(reverse("home")).content.decode()
    assert "2/14 đơn vị đã nộp" in page
    assert "1 đang soạn; 11 chưa mở" in page
    assert "Đang soạn: Phòng Người có công." in page


@pytest.mark.parametrize("who", ["hoa", "duc", "ldvl.truong"])
@pytest.mark.parametrize("name", ["home", "dashboard"])
def test_the_first_pages_ask_the_database_as_often_for_14_units_as_for_44(plan, browse, who, name):
    if (name, who) == ("dashboard", "ldvl.truong"):
        assert browse(who).get(reverse(name)).status_code == 403
        return
    report_of(plan, "ldvl", state="accepted")
    built(roll_up_of(plan), now=plan.issued_at)

    browser = browse(who)

    def queries() -> int:
        browser.get(reverse(name))
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(reverse(name)).status_code == 200
        return len(captured)

    few = queries()
    for code in more_units(plan, 30):
        report_of(plan, code, state="accepted")
    assert queries() == few
    assert few <= 25


@pytest.fixture
def done(plan):
    """Two units were received; a third recorded something and was not."""
    for code, day, leaflets, people in (
        ("ldvl", date(2022, 3, 1), 500, 30),
        ("ldvl", date(2022, 3, 14), 20, 12),
        ("gdnn", date(2022, 3, 2), 7, None),
        ("ncc", date(2022, 3, 3), 1000, 99),
        ("ldvl", date(2022, 3, 15), 4000, 80),
    ):
        result_of(plan, code, day, quantities={"leaflets": leaflets}, participants=people)
    for code in ("ldvl", "gdnn"):
        report_of(plan, code, state="accepted")


@pytest.mark.parametrize(
    ("query", "total", "count"),
    [
        ("chi_tieu=leaflets", "527", 3),
        ("chi_tieu=leaflets&don_vi=ldvl", "520", 2),
        ("chi_tieu=participants", "42", 2),
        ("chi_tieu=leaflets&noi_dung=procedures", "527", 3),
        ("chi_tieu=leaflets&pham_vi=nam", "527", 3),
        ("don_vi=gdnn", "1", 1),
    ],
)
def test_a_figure_opens_the_rows_that_make_it(done, browse, query, total, count):
    response = browse("hoa").get(f"{ROWS}?{query}")
    assert response.context["total"] == int(total)
    assert response.context["page"].paginator.count == count
    assert f"Cộng tất cả {count} kết quả" in response.content.decode()


def test_a_unit_sees_only_its_own_rows_behind_a_figure(done, browse):
    response = browse("gdnn.soan").get(f"{ROWS}?chi_tieu=leaflets")
    assert response.context["total"] == 7
    assert "Phòng Lao động - Việc làm" not in response.content.decode()


@pytest.mark.parametrize("query", ["don_vi=khong-co", "noi_dung=x", "hinh_thuc=x", "chi_tieu=x"])
def test_a_filter_of_nothing_is_a_404(done, browse, query):
    assert browse("hoa").get(f"{ROWS}?{query}").status_code == 404


def test_the_rows_behind_a_figure_take_as_many_queries_for_3_as_for_33(done, plan, browse):
    browser = browse("hoa")

    def queries() -> int:
        browser.get(f"{ROWS}?chi_tieu=leaflets")
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(f"{ROWS}?chi_tieu=leaflets").status_code == 200
        return len(captured)

    few = queries()
    for number in range(30):
        result_of(plan, "ldvl", date(2022, 3, 5), quantities={"leaflets": number + 1})
    assert queries() == few
