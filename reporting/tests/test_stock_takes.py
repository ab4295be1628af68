"""Stock-takes: frozen as seen, taken once, compared with the one before."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from accounts import clock
from accounts.models import Event
from plans.tests.factories import filled_unit_plan
from reporting.director.stock_takes import compared, sha256, take
from reporting.models import StockTake
from reporting.tests.factories import period_of, ready_year, report_of, result_of


@pytest.fixture
def plan(cast, settings, at):
    """Wednesday 16/3/2022, 9:00: the day after the units' deadline for Quý I/2022."""
    settings.DEMO = True
    clock.set_demo(at(2022, 3, 16, 9))
    return ready_year(cast)


def sent(**more) -> dict:
    return {"period": "2022-Q1", "promises": "Văn phòng: nộp trước 20/3.", "key": str(uuid.uuid4())} | more


def test_pressed_twice_it_is_one_stock_take_with_one_event(plan, browse):
    form = sent()
    for _time in range(2):
        assert browse("hoa").post(reverse("stock_take_list"), form).status_code == 302
    row = StockTake.objects.get()
    assert row.promised == ["Văn phòng: nộp trước 20/3."]
    assert Event.objects.about(row).count() == 1


@pytest.mark.parametrize("username", ["lan", "huy", "nam", "ldvl.truong"])
def test_who_neither_leads_nor_compiles_takes_none(plan, browse, username):
    assert browse(username).post(reverse("stock_take_list"), sent()).status_code == 403
    assert not StockTake.objects.exists()


def test_it_shows_what_was_seen_then_even_after_a_report_came_in(plan, cast, browse, at):
    row = take(period_of(plan), key=uuid.uuid4(), promises="", by=cast.office_staff, now=at(2022, 3, 16, 9))
    assert row.sha256 == sha256(row.content)
    seen = row.content["headline"]
    assert "0/14 báo cáo đơn vị đúng hạn" in seen
    filled_unit_plan(plan, "ldvl", state="accepted")
    report_of(plan, "ldvl", state="accepted", at=at(2022, 3, 16, 10))
    row.refresh_from_db()
    assert row.content["headline"] == seen
    assert row.sha256 == sha256(row.content)
    assert seen in browse("duc").get(reverse("stock_take", args=[row.pk])).content.decode()


def test_the_tables_behind_it_are_of_that_day(plan, cast, browse, at):
    row = take(period_of(plan), key=uuid.uuid4(), promises="", by=cast.office_staff, now=at(2022, 3, 16, 9))
    result_of(plan, "ldvl", date(2022, 3, 1), participants=3, money=5_000_000)
    page = browse("duc").get(reverse("director_table", args=["kinh-phi"]), {"ban": row.pk})
    assert page.status_code == 200
    assert page.context["seen"] == row.content
    for wrong in ("0", "abc", "9" * 30):
        assert browse("duc").get(reverse("director_table", args=["kinh-phi"]), {"ban": wrong}).status_code == 404


def test_the_next_one_shows_what_was_promised_and_what_changed(plan, cast, browse, at):
    facts = {"by": cast.office_staff}
    take(period_of(plan), key=uuid.uuid4(), promises="Văn phòng: nộp trước 20/3.", now=at(2022, 3, 16, 9), **facts)
    clock.set_demo(at(2022, 3, 21, 9))
    later = take(period_of(plan), key=uuid.uuid4(), promises="", now=at(2022, 3, 21, 9), **facts)
    page = browse("duc").get(reverse("stock_take", args=[later.pk])).content.decode()
    assert "Văn phòng: nộp trước 20/3." in page
    assert "Đã nêu lần trước, nay vẫn còn" in page


def test_what_is_settled_still_open_and_new_is_told_apart():
    def screen(*keys, words="1/2") -> dict:
        figure = {"key": "tasks", "label": "Việc", "words": words, "context": "", "share": "50%"}
        return {"figures": [figure], "decisions": [{"key": key} for key in keys]}

    found = compared(screen("a", "b"), screen("b", "c", words="2/2"))
    assert found["figures"] == [{"label": "Việc", "then": "1/2 50%", "now": "2/2 50%"}]
    assert [[row["key"] for row in found[name]] for name in ("settled", "still", "new")] == [["a"], ["b"], ["c"]]


def test_another_agencys_key_or_no_period_changes_nothing(plan, browse):
    response = browse("hoa").post(reverse("stock_take_list"), sent(period="2099-Q1"))
    assert response.status_code == 200
    assert "Văn phòng: nộp trước 20/3." in response.content.decode()
    assert not StockTake.objects.exists()
