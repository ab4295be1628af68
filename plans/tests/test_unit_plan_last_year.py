"""A unit's plan begins filled: what the department asks, and last year's lines taken over one by one."""

from datetime import date

import pytest
from django.urls import reverse

from accounts import clock
from plans.models import ActivityFund, Declined, FundSource
from plans.rules import unit_plan_gaps
from plans.tests.factories import filled_unit_plan, issued_plan, line_of, unit_plan_of
from plans.units.asked import asked_of


@pytest.fixture
def plan(cast, settings, at):
    settings.DEMO = True
    clock.set_demo(at(2022, 2, 22, 9))
    return issued_plan(cast)


@pytest.fixture
def last_year(cast, at):
    return unit_plan_of(issued_plan(cast, year=2020, now=at(2020, 1, 14, 9)), "ldvl")


@pytest.fixture
def web(client, cast):
    client.force_login(cast.editor("ldvl"))
    return client


def _address(unit_plan) -> str:
    return reverse("unit_plan_last_year", args=[unit_plan.pk])


def test_lines_are_taken_over_with_their_days_moved_and_their_money_by_source(web, plan, last_year):
    old = line_of(
        last_year, title="Sơ kết trước 30/6/2020", starts=date(2020, 2, 29), ends=date(2020, 6, 30),
        phrase="Quý II/2020", money=3_000_000,
    )  # fmt: skip
    ActivityFund.objects.create(activity=old, source=FundSource.objects.get(code="social"), amount=3_000_000)
    unit_plan = unit_plan_of(plan, "ldvl")
    assert web.post(_address(unit_plan), {"take": str(old.pk)}).status_code == 302
    line = unit_plan.activities.get()
    assert (line.title, line.phrase) == ("Sơ kết trước 30/6/2022", "Quý II/2022")
    assert (line.starts, line.ends) == (date(2022, 2, 28), date(2022, 6, 30))
    assert (line.origin, line.funds.get().amount) == (old, 3_000_000)


def test_a_line_is_taken_over_once_however_often_it_is_sent(web, plan, last_year):
    old = line_of(last_year)
    unit_plan = unit_plan_of(plan, "ldvl")
    for _time in range(2):
        assert web.post(_address(unit_plan), {"take": str(old.pk)}).status_code == 302
    assert unit_plan.activities.count() == 1
    assert "Đã lấy" in web.get(_address(unit_plan)).content.decode()


def test_lines_of_another_unit_are_not_taken(web, plan, last_year):
    foreign = line_of(unit_plan_of(last_year.plan, "btxh"))
    line_of(last_year)
    unit_plan = unit_plan_of(plan, "ldvl")
    web.post(_address(unit_plan), {"take": [str(foreign.pk), "0", "x"]})
    assert not unit_plan.activities.exists()


def test_nothing_ticked_says_so(web, plan, last_year):
    line_of(last_year)
    assert "Đánh dấu ít nhất một dòng" in web.post(_address(unit_plan_of(plan, "ldvl"))).content.decode()


def _two_items(plan):
    from plans.models import PlanSection
    from plans.models.plan import SectionLevel

    heading = plan.sections.get(area__code="procedures")
    for number, text in enumerate(("Tuyên truyền dịch vụ công.", "Niêm yết thủ tục."), plan.sections.count()):
        PlanSection.objects.create(plan=plan, parent=heading, position=number, level=SectionLevel.DASH, text=text)


def test_every_item_must_be_answered_before_the_plan_is_handed_in(web, plan):
    _two_items(plan)
    unit_plan = filled_unit_plan(plan)
    first, second = (item for item in asked_of(unit_plan) if item.area == "procedures")
    assert [gap.item for gap in unit_plan_gaps(unit_plan)] == [first.key, second.key]
    line = unit_plan.activities.get(area__code="procedures")
    line.asked = [first.key]
    line.save()
    assert [gap.item for gap in unit_plan_gaps(unit_plan)] == [second.key]
    address = reverse("item_declined", args=[unit_plan.pk, second.key])
    assert web.post(address, {"reason": "Thuộc bộ phận một cửa của Văn phòng."}).status_code == 302
    assert not list(unit_plan_gaps(unit_plan))


def test_what_a_line_answers_is_not_declined_and_a_refusal_is_taken_back(web, plan):
    _two_items(plan)
    unit_plan = filled_unit_plan(plan)
    first, second = (item for item in asked_of(unit_plan) if item.area == "procedures")
    line = unit_plan.activities.get(area__code="procedures")
    line.asked = [first.key]
    line.save()
    answer = web.post(reverse("item_declined", args=[unit_plan.pk, first.key]), {"reason": "Không."})
    assert answer.status_code == 409
    address = reverse("item_declined", args=[unit_plan.pk, second.key])
    assert web.post(address, {"reason": " "}).status_code == 200
    assert not Declined.objects.exists()
    web.post(address, {"reason": "Không thuộc."})
    assert Declined.objects.get().text == second.text
    web.post(address, {"act": "back"})
    assert not Declined.objects.exists()


def test_the_page_of_the_plan_shows_items_and_money_by_source(web, plan):
    _two_items(plan)
    unit_plan = filled_unit_plan(plan)
    page = web.get(reverse("unit_plan", args=[unit_plan.pk])).content.decode()
    assert "Niêm yết thủ tục." in page
    assert "7/8 yêu cầu của Sở" not in page
    assert "6/8 yêu cầu của Sở" in page
    assert "Chưa ghi nguồn: 30.000.000 đồng" in page
