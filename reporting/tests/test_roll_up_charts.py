"""The charts of a roll-up are drawn from its content alone."""

from documents.charts import WIDTH
from reporting.roll_ups.by_unit import of_older
from reporting.roll_ups.roll_up_charts import ON_PAGE, charts

CONTENT = {
    "areas": [{"code": "leadership", "name": "chỉ đạo, điều hành"}, {"code": "procedures", "name": "thủ tục"}],
    "units": [{"code": "a", "name": "Phòng A"}, {"code": "b", "name": "Phòng B"}],
    "tasks": [
        {"unit": "a", "area": "procedures", "planned": 5, "due": 2, "done": 3, "due_done": 2},
        {"unit": "b", "area": "procedures", "planned": 2, "due": 0, "done": None, "due_done": None},
    ],
    "cells": [],
    "months": [{"name": "Tháng 1/2022", "results": 4}, {"name": "Tháng 2/2022", "results": None}],
}
CONTENT["by_unit"] = of_older(CONTENT)


def test_tasks_stand_by_area_and_unit_and_results_by_month_missing_is_no_zero():
    areas, months, units = charts(CONTENT)
    assert [caption[:7] for caption, _drawing in (areas, months, units)] == ["Hình 1.", "Hình 2.", "Hình 3."]
    assert "3/7" in areas[1].description and "chỉ đạo" not in areas[1].description  # nothing was planned there
    assert units[1].description == "Phòng A: 3/5 nhiệm vụ; Phòng B: chưa có số liệu."
    assert "2/2022: chưa có số liệu" in months[1].description


def test_a_content_without_anything_draws_nothing():
    nothing = {
        "areas": [],
        "units": [],
        "tasks": [],
        "by_unit": [],
        "months": [{"name": "Tháng 1/2022", "results": None}],
    }
    assert charts(nothing) == []


def test_on_the_page_the_same_is_drawn_narrower():
    assert {drawing.width for _caption, drawing in charts(CONTENT)} == {WIDTH}
    assert {drawing.width for _caption, drawing in charts(CONTENT, ON_PAGE)} == {ON_PAGE}
