"""The figures of a period beside those of the periods before it."""

from datetime import date

import pytest
from django.urls import reverse

from reporting.models import RollUp
from reporting.roll_ups.content import build_content
from reporting.roll_ups.papers import roll_up_paper
from reporting.roll_ups.trends import EARLIER, trend_charts, trend_rows
from reporting.tests.factories import built, period_of, ready_year, report_of, result_of, roll_up_of


@pytest.fixture
def plan(cast, at):
    """Quý I cut with 500 leaflets, Quý II built with 300."""
    plan = ready_year(cast)
    for kind, day, leaflets in (("Q1", date(2022, 3, 1), 500), ("Q2", date(2022, 4, 1), 300)):
        report_of(plan, "ldvl", kind, state="accepted")
        result_of(plan, "ldvl", day, quantities={"leaflets": leaflets})
    first = roll_up_of(plan, "Q1")
    content = built(first, now=at(2022, 3, 20)).content
    cut = {"sha256": "0" * 64, "cut_at": at(2022, 3, 20), "cut_by": cast.chief, "snapshot": {"content": content}}
    RollUp.objects.filter(pk=first.pk).update(state="cut", **cut)
    return plan


def test_cut_periods_of_like_length_stand_beside_this_one(plan, at):
    content = build_content(period_of(plan, "Q2"), now=at(2022, 6, 20))
    assert [(row["code"], row["values"]["leaflets"]) for row in content["earlier"]] == [("2022-Q1", 500)]
    [leaflets] = [row for row in trend_rows(content) if row["code"] == "leaflets"]
    assert leaflets["points"] == [("Quý I/2022", 500), ("Quý II/2022", 300)]
    assert build_content(period_of(plan, "CCHC-H1"), now=at(2022, 6, 20))["earlier"] == []
    assert build_content(period_of(plan, "Q1"), now=at(2022, 6, 20))["earlier"] == []


def test_a_period_that_is_not_cut_is_told_as_such_and_has_no_figures(plan, at):
    built(roll_up_of(plan, "Q2"), now=at(2022, 6, 20))
    content = build_content(period_of(plan, "Q3"), now=at(2022, 9, 20))
    assert [(row["label"], row["values"].get("leaflets")) for row in content["earlier"]] == [
        ("Quý I/2022", 500), ("Quý II/2022 (chưa chốt)", None),
    ]  # fmt: skip


def test_at_most_eight_earlier_periods_are_asked_for_and_missing_is_a_gap(plan, at):
    assert EARLIER == 8
    content = build_content(period_of(plan, "Q2"), now=at(2022, 6, 20))
    content["earlier"].insert(0, {"code": "2021-Q4", "label": "Quý IV/2021", "values": {}})
    [leaflets] = [row for row in trend_rows(content) if row["code"] == "leaflets"]
    assert leaflets["told"] == ["–", "500", "300"]
    assert "Quý IV/2021: chưa có số liệu" in dict(trend_charts(content))["Tờ rơi, tờ gấp (tờ)"].description


def test_page_and_paper_show_the_chart_and_its_table(plan, cast, client, at):
    second = roll_up_of(plan, "Q2")
    built(second, now=at(2022, 6, 20))
    client.force_login(cast.people["hoa"])
    page = client.get(reverse("roll_up", args=[second.code])).content.decode()
    assert "Số liệu qua các kỳ" in page and '<td class="number">500</td><td class="number">300</td>' in page
    [appendix] = [each for each in roll_up_paper(second.pk, date(2022, 6, 20)).appendices if "qua các kỳ" in each.title]
    table, *figures = appendix.blocks
    assert table.rows[0].cells == ("1", "Tờ rơi, tờ gấp", "tờ", "500", "300")
    assert len(figures) == 1
