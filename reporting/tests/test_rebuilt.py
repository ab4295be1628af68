"""Before it is built anew: every part of a roll-up is compared, not its totals alone."""

from datetime import date

import pytest
from django.urls import reverse

from plans.tests.factories import line_of, unit_plan_of
from propaganda.models import Result
from reporting.models import UnitReport
from reporting.roll_ups.building import next_content
from reporting.roll_ups.content import readable
from reporting.roll_ups.rebuilt import rebuilt, units_changed
from reporting.tests.factories import built, ready_year, report_of, result_of, roll_up_of


@pytest.fixture
def roll_up(cast, at):
    """Quý I as built on 20/3: two units, 500 leaflets each."""
    plan = ready_year(cast)
    for code in ("ldvl", "btxh"):
        report_of(plan, code, state="accepted")
        result_of(plan, code, date(2022, 3, 1), quantities={"leaflets": 500})
    roll_up = roll_up_of(plan)
    built(roll_up, now=at(2022, 3, 20))
    return roll_up


def changes(roll_up, at) -> tuple[dict[str, list[tuple]], list[str]]:
    before, after = readable(roll_up.versions.first().content), next_content(roll_up, now=at(2022, 3, 20))
    parts = {heading: [(row.name, *row.told) for row in rows] for heading, rows in rebuilt(before, after)}
    return parts, units_changed(before, after)


def test_where_nothing_happened_nothing_is_told(roll_up, at):
    assert changes(roll_up, at) == ({}, [])


def test_figures_that_moved_between_units_are_told_though_the_totals_stand(roll_up, cast, at):
    first, second = Result.objects.order_by("pk")
    for row, value in ((first, 600), (second, 400)):
        row.quantities.update(value=value)
    parts, units = changes(roll_up, at)
    assert parts == {}
    assert units == ["Phòng Lao động - Việc làm", "Phòng Bảo trợ xã hội"]


def test_tasks_money_results_and_standings_are_compared_too(roll_up, cast, at):
    unit_plan = unit_plan_of(roll_up.period.agency.plans.get(), "ldvl")
    unit_plan.state = "accepted"
    unit_plan.save()
    line = line_of(unit_plan, starts=date(2022, 2, 1), ends=date(2022, 3, 1))
    Result.objects.filter(unit__code="ldvl").update(money=1_000_000, activity=line)
    report_of(roll_up.period.agency.plans.get(), "ncc", state="accepted")
    parts, _units = changes(roll_up, at)
    assert {"Trong kỳ", "Lũy kế", "Nhiệm vụ theo nội dung", "Kinh phí theo nội dung"} <= set(parts)
    assert ("Phòng Người có công", "chưa báo cáo", "đúng hạn") in parts["Tình trạng báo cáo"]
    assert [row[1:] for row in parts["Thời hạn, chất lượng"] if row[0] == "Đúng hạn"] == [("2/14", "3/14")]
    assert any("đã thực hiện" in row[0] and row[2] == "1" for row in parts["Nhiệm vụ theo nội dung"])
    assert [row[2] for row in parts["Kinh phí theo nội dung"] if "đã chi" in row[0]] == ["1.000.000"]


def test_the_page_shows_them(roll_up, cast, client, at):
    UnitReport.objects.filter(unit__code="btxh").update(state="returned", return_reason="Thiếu.")
    client.force_login(cast.people["hoa"])
    page = client.get(reverse("roll_up_rebuild", args=[roll_up.code])).content.decode()
    assert "Đổi số liệu riêng của 1 đơn vị: Phòng Bảo trợ xã hội" in page
    assert "Tình trạng báo cáo" in page and "Tờ rơi, tờ gấp" in page
