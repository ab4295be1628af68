"""What a roll-up says: units and their reports, tasks, money, texts; in a constant number of queries."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.models import ContentArea
from plans.tests.factories import filled_unit_plan, line_of, unit_plan_of
from reporting.models import AreaAssessment
from reporting.roll_ups.content import SCHEMA, build_content, readable, stored
from reporting.tests.factories import more_units, obligation_of, period_of, ready_year, report_of, result_of


@pytest.fixture
def plan(cast):
    return ready_year(cast)


@pytest.fixture
def content_of(plan, at):
    """`content_of("Q1")` as built on 20/3/2022, unless told otherwise."""
    return lambda kind="Q1", now=None: build_content(period_of(plan, kind), now=now or at(2022, 3, 20))


def of(rows: list[dict], **where) -> dict:
    """The one row that matches."""
    (found,) = [row for row in rows if all(row[key] == value for key, value in where.items())]
    return found


def test_the_period_and_the_areas_are_those_of_the_plan(content_of):
    content = content_of()
    assert content["period"] == {
        "code": "2022-Q1", "label": "Quý I/2022", "year": 2022, "starts": "2021-12-15", "ends": "2022-03-14",
        "cumulative": False, "before": "Quý IV/2021",
    }  # fmt: skip
    assert [area["letter"] for area in content["areas"]] == ["a", "b", "c", "d", "đ", "e", "g"]


def test_a_content_is_plain_values_that_json_keeps_as_they_are(plan, content_of):
    report_of(plan, state="accepted")
    filled_unit_plan(plan, state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), money=5, quantities={"leaflets": 7})
    content = content_of()
    assert json.loads(json.dumps(stored(content))) == stored(content)


def test_units_stand_in_their_order_each_with_how_its_report_stands(plan, content_of, at):
    report_of(plan, "ldvl", state="accepted")
    report_of(plan, "btxh", state="accepted", at=at(2022, 3, 17, 8))  # due 15/3
    report_of(plan, "ncc", state="submitted")
    report_of(plan, "gdnn", state="exempt")
    report_of(plan, "khtc", state="returned")
    report_of(plan, "thanh-tra", state="drafting")
    content = content_of()
    assert [unit["code"] for unit in content["units"]][:4] == ["van-phong", "thanh-tra", "khtc", "ldvl"]
    assert len(content["units"]) == 14
    stands = {unit["code"]: (unit["reports"][0]["group"], unit["received"]) for unit in content["units"]}
    assert {code: stands[code] for code in ("ldvl", "btxh", "ncc", "gdnn", "khtc", "thanh-tra", "dvvl")} == {
        "ldvl": ("on_time", True), "btxh": ("late", True), "ncc": ("on_time", False), "gdnn": ("exempt", False),
        "khtc": ("on_time", False), "thanh-tra": ("missing", False), "dvvl": ("missing", False),
    }  # fmt: skip
    assert of(content["units"], code="btxh")["reports"][0]["days"] == 2


def test_timeliness_names_the_units_and_leaves_the_exempt_out_of_those_expected(plan, content_of, at):
    report_of(plan, "ldvl", state="locked")
    report_of(plan, "btxh", state="accepted", at=at(2022, 3, 16))
    report_of(plan, "ncc", state="submitted")
    report_of(plan, "gdnn", state="exempt")
    returned = obligation_of(plan, "btxh")
    returned.returns = 1
    returned.save()
    found = content_of()["timeliness"]
    assert [row["unit"] for row in found["on_time"]] == ["Phòng Lao động - Việc làm", "Phòng Người có công"]
    assert found["late"] == [{"unit": "Phòng Bảo trợ xã hội", "period": "Quý I/2022", "days": 1}]
    assert [row["unit"] for row in found["exempt"]] == ["Phòng Giáo dục nghề nghiệp"]
    assert [row["unit"] for row in found["not_received"]] == ["Phòng Người có công"]
    assert (found["expected"], len(found["missing"]), found["first_time_right"]) == (13, 10, 1)


def test_an_extension_is_its_own_group(plan, content_of, at):
    obligation = obligation_of(plan, "ldvl")
    obligation.extended_due_at = at(2022, 3, 18, 23, 59)
    obligation.save()
    report_of(plan, "ldvl", state="accepted", at=at(2022, 3, 18, 10))
    found = content_of()["timeliness"]
    assert [row["unit"] for row in found["extended"]] == ["Phòng Lao động - Việc làm"]
    assert not found["late"] and not found["on_time"]


def test_six_months_are_covered_by_two_quarters(plan, content_of, at):
    report_of(plan, "ldvl", "Q1", state="locked")
    report_of(plan, "ldvl", "Q2", state="accepted", at=at(2022, 6, 20))
    report_of(plan, "btxh", "Q1", state="locked")
    content = content_of("CCHC-H1", at(2022, 6, 25))
    ldvl, btxh = of(content["units"], code="ldvl"), of(content["units"], code="btxh")
    assert [(row["period"], row["group"]) for row in ldvl["reports"]] == [("2022-Q1", "on_time"), ("2022-Q2", "late")]
    assert [(row["period"], row["group"]) for row in btxh["reports"]] == [
        ("2022-Q1", "on_time"),
        ("2022-Q2", "missing"),
    ]
    assert (content["timeliness"]["expected"], len(content["timeliness"]["on_time"])) == (28, 2)


def test_planned_figures_stand_beside_what_was_done(plan, content_of):
    filled_unit_plan(plan, "ldvl", state="accepted")
    report_of(plan, "ldvl", state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), money=1_500_000, quantities={"leaflets": 500})
    content = content_of()
    leaflets, money = of(content["indicators"], code="leaflets"), of(content["indicators"], code="money")
    assert (leaflets["measure"], leaflets["planned"], leaflets["value"]) == ("tờ", 12_000, 500)
    assert (money["planned"], money["value"], money["year"], money["last_year"]) == (
        30_000_000,
        1_500_000,
        1_500_000,
        None,
    )
    assert content["money"]["procedures"] == {"planned": 5_000_000, "spent": 1_500_000}
    assert content["money"]["institutions"] == {"planned": 5_000_000, "spent": None}
    assert "apparatus" not in content["money"]


def test_without_any_accepted_unit_plan_nothing_is_planned_not_zero(plan, content_of):
    filled_unit_plan(plan, "ldvl", state="submitted")
    content = content_of()
    assert {row["planned"] for row in content["indicators"]} == {None}
    assert content["money"] == {} and content["tasks"] == []


def test_tasks_of_a_unit_that_was_never_received_are_planned_and_not_known(plan, content_of):
    for code in ("ldvl", "btxh"):
        unit_plan = unit_plan_of(plan, code)
        unit_plan.state = "accepted"
        unit_plan.save()
        activity = line_of(unit_plan, starts=date(2022, 2, 1), ends=date(2022, 3, 1))
        line_of(unit_plan)
        result_of(plan, code, date(2022, 3, 1), activity=activity)
    report_of(plan, "ldvl", state="accepted")
    content = content_of()
    assert {row.code: [tuple(each) for each in row.tasks] for row in content["by_unit"] if row.tasks} == {
        "ldvl": [("procedures", 2, 1, 1, 1)],
        "btxh": [("procedures", 2, 1, None, None)],
    }
    assert content["tasks"] == [{"area": "procedures", "planned": 4, "due": 2, "done": 1, "due_done": 1}]


def test_a_unit_that_misses_the_second_quarter_keeps_what_it_had_done_in_the_first(plan, content_of, at):
    unit_plan = unit_plan_of(plan, "ldvl")
    unit_plan.state = "accepted"
    unit_plan.save()
    for _line in range(2):
        result_of(plan, "ldvl", date(2022, 3, 1), activity=line_of(unit_plan))
    result_of(plan, "ldvl", date(2022, 4, 1), activity=line_of(unit_plan))
    report_of(plan, "ldvl", "Q1", state="locked")
    (row,) = content_of("Q2", at(2022, 6, 20))["tasks"]
    assert (row["planned"], row["done"]) == (3, 2)


def test_channels_say_how_often_they_were_used_and_their_figures(plan, content_of):
    report_of(plan, state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), channel="zalo", quantities={"posts": 3}, reach=100)
    result_of(plan, "ldvl", date(2022, 3, 2), channel="zalo", quantities={"posts": 4})
    result_of(plan, "ldvl", date(2022, 3, 2), channel="panel")
    result_of(plan, "btxh", date(2022, 3, 2), channel="leaflet", quantities={"leaflets": 4})  # not received
    assert [(row["code"], row["results"], row["values"]) for row in content_of()["channels"]] == [
        ("zalo", 2, {"posts": 7, "views": 100}),
        ("panel", 1, {}),
    ]


def test_texts_come_from_received_reports_each_with_its_unit(plan, content_of):
    received = report_of(
        plan, "ldvl", state="accepted", highlights="Phát 500 tờ gấp.", difficulties="Thiếu kinh phí.", next_steps=""
    )
    report_of(plan, "btxh", state="submitted", highlights="Chưa được tiếp nhận.")
    report_of(plan, "thanh-tra", state="locked", nil=True, nil_reason="Đang chuyển trụ sở.", highlights="")
    area = ContentArea.objects.get(code="procedures")
    AreaAssessment.objects.create(report=received, area=area, text="Nộp hồ sơ trực tuyến tăng.")
    texts = content_of()["texts"]
    entry = {"unit": "Phòng Lao động - Việc làm", "report": received.pk, "period": "Quý I/2022", "version": 1}
    assert texts["highlights"] == [{**entry, "text": "Phát 500 tờ gấp."}]
    assert texts["difficulties"] == [{**entry, "text": "Thiếu kinh phí."}]
    assert texts["areas"] == {"procedures": [{**entry, "text": "Nộp hồ sơ trực tuyến tăng."}]}
    assert texts["next_steps"] == texts["causes"] == []
    assert [(row["unit"], row["text"]) for row in texts["nil"]] == [("Thanh tra Sở", "Đang chuyển trụ sở.")]


def test_another_agency_adds_nothing(plan, content_of):
    from accounts.models import Agency, Unit

    report_of(plan, state="accepted")
    other = Agency.objects.create(code="so-khac")
    unit = Unit.objects.create(agency=other, code="khac", kind="division", name="Phòng của sở khác")
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 5}, agency=other, unit=unit)
    content = content_of()
    assert content["cells"] == []
    assert "khac" not in {unit["code"] for unit in content["units"]}


def _with_rows(plan, code: str) -> None:
    filled_unit_plan(plan, code, state="accepted")
    report = report_of(plan, code, state="accepted")
    AreaAssessment.objects.create(report=report, area=ContentArea.objects.get(code="procedures"), text="Tốt.")
    result_of(plan, code, date(2022, 3, 1), participants=3, money=5, quantities={"leaflets": 1, "articles": 2})


def test_one_unit_and_thirty_take_the_same_number_of_queries_at_most_19(plan, content_of):
    _with_rows(plan, "ldvl")
    with CaptureQueriesContext(connection) as one:
        content_of()
    for code in more_units(plan, 29):
        _with_rows(plan, code)
    with CaptureQueriesContext(connection) as thirty:
        content = content_of()
    assert of(content["indicators"], code="leaflets")["value"] == 30
    assert len(thirty) == len(one) <= 20  # one of them fetches the period


# The last period, the three measures, names of their day


@pytest.mark.parametrize(
    ("kind", "before"),
    [("Q1", "Quý IV/2021"), ("Q2", "Quý I/2022"), ("CCHC-Q3", "Quý II/2022"), ("CCHC-H1", None), ("CCHC-Y", None)],
)
def test_the_last_period_is_the_one_of_like_length_and_none_where_figures_are_cumulative(
    kind, before, plan, content_of
):
    report_of(plan, state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 7})
    content = content_of(kind)
    assert content["period"]["before"] == before
    assert of(content["indicators"], code="leaflets")["last_period"] == (7 if before == "Quý I/2022" else None)


def test_three_measures_stand_side_by_side(plan, content_of, at):
    """On time of what was due, accepted at once of what was judged, with a proof of what was handed in."""
    report_of(plan, "ldvl", state="accepted")
    report_of(plan, "btxh", state="accepted", at=at(2022, 3, 17, 8))  # late
    report_of(plan, "gdnn", state="exempt")
    returned = obligation_of(plan, "btxh")
    returned.returns = 1
    returned.save()
    result_of(plan, "ldvl", date(2022, 3, 1), links="https://example.vn/tin")
    content = content_of()
    assert content["timeliness"]["measures"] == {"on_time": [1, 13], "first_time": [1, 2], "complete": [1, 2]}
    (report,) = of(content["units"], code="ldvl")["reports"]
    assert [report[name] for name in ("returns", "on_time", "first_time", "complete")] == [0, True, True, True]
    assert report["handed_in_at"][:10] == "2022-03-15"
    (report,) = of(content["units"], code="ncc")["reports"]
    assert [report[name] for name in ("on_time", "first_time", "complete")] == [False, None, None]
    assert report["handed_in_at"] is None


def test_a_unit_is_called_by_its_name_of_the_periods_last_day(plan, cast, content_of):
    unit = cast.units["ldvl"]
    unit.names.create(name="Phòng Việc làm", starts=date(2020, 1, 1), ends=date(2022, 3, 14))
    report_of(plan, state="accepted")
    content = content_of()
    assert of(content["units"], code="ldvl")["name"] == "Phòng Việc làm"
    assert content["texts"]["highlights"][0]["unit"] == content["timeliness"]["on_time"][0]["unit"] == "Phòng Việc làm"


def test_an_older_content_is_read_with_nothing_known_in_what_it_lacks(plan, content_of):
    report_of(plan, state="accepted")
    newest = content_of()
    assert newest["schema"] == SCHEMA and readable(newest) is newest
    older = json.loads(json.dumps(stored(newest) | {"cells": [], "tasks": []}))
    del older["parts"], older["schema"], older["period"]["before"], older["timeliness"]["measures"]
    for row in older["indicators"]:
        del row["last_period"]
    for unit in older["units"]:
        for report in unit["reports"]:
            del report["returns"], report["on_time"], report["first_time"], report["complete"], report["due_at"]
            del report["handed_in_at"]
    del older["audiences"], older["months"], older["by_area"], older["earlier"]
    kept = json.dumps(older)
    read = readable(older)
    assert json.dumps(older) == kept
    assert read["timeliness"]["measures"] is None and read["units"][0]["reports"][0]["complete"] is None
    assert {row["last_period"] for row in read["indicators"]} == {None}


def test_figures_stand_by_area_audience_and_month_too(plan, content_of):
    report_of(plan, state="accepted")
    result_of(plan, "ldvl", date(2021, 12, 20), quantities={"leaflets": 500})
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 70})
    content = content_of()
    months = [(row["code"], row["name"], row["results"], row["values"]) for row in content["months"]]
    assert months == [
        ("2022-01", "Tháng 1/2022", 1, {"leaflets": 500}), ("2022-02", "Tháng 2/2022", None, {}),
        ("2022-03", "Tháng 3/2022", 1, {"leaflets": 70}),
    ]  # fmt: skip
    assert [(row["name"], row["results"]) for row in content["audiences"]] == [("Người dân", 2)]
    assert [row["results"] for row in content["by_area"]] == [None, None, 2, None, None, None, None]
