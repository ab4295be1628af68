"""Units × areas, as a page shows them."""

import pytest

from reporting.matrix import Cell, matrix
from reporting.roll_ups.by_unit import of_older


def task(unit: str, area: str, planned: int, done: int | None) -> dict:
    return {"unit": unit, "area": area, "planned": planned, "due": planned, "done": done, "due_done": done}


CONTENT = {
    "areas": [{"code": "x", "letter": "a", "name": "chỉ đạo"}, {"code": "y", "letter": "b", "name": "thể chế"}],
    "units": [{"code": "A", "name": "Phòng A", "received": True}, {"code": "B", "name": "Phòng B", "received": False}],
    "cells": [],
    "tasks": [task("A", "x", 5, 3), task("B", "x", 4, None)],
}
CONTENT["by_unit"] = of_older(CONTENT)


def test_what_was_not_planned_and_what_is_not_known_are_not_zero():
    found = matrix(CONTENT)
    assert [[cell.words for cell in row.cells] for row in found.rows] == [["3/5", "–", "3/5"], ["–/4", "–", "–/4"]]
    assert [cell.tone for cell in found.rows[0].cells] == ["most", "blank", "most"]
    assert found.total.words == "3/9"


def test_only_what_can_be_opened_leads_to_its_rows():
    found = matrix(CONTENT, url="/so-lieu/")
    assert [[cell.url for cell in row.cells] for row in found.rows] == [
        ["/so-lieu/?don_vi=A&noi_dung=x&pham_vi=nam", "", ""], ["", "", ""],
    ]  # fmt: skip
    assert [row.url for row in found.rows] == ["/so-lieu/?don_vi=A", "/so-lieu/?don_vi=B"]


@pytest.mark.parametrize(
    ("planned", "done", "tone"),
    [
        (4, 4, "full"),
        (4, 5, "full"),
        (4, 2, "most"),
        (4, 1, "some"),
        (4, 0, "none"),
        (4, None, "blank"),
        (0, 3, "blank"),
    ],
)
def test_the_tone_tells_how_much_is_done(planned, done, tone):
    assert Cell(planned, done).tone == tone
