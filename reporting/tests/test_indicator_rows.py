"""Ratios, stocks, codes and tasks in a roll-up: each by its own rule, in content, page, paper and Excel."""

import json
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from documents.excel import workbook
from plans.models import Indicator
from plans.tests.factories import line_of, unit_plan_of
from reporting.differences import version_changes
from reporting.models import UnitReport
from reporting.roll_ups.content import build_content, readable, stored
from reporting.roll_ups.papers import roll_up_paper
from reporting.roll_ups.workbook import sheets
from reporting.tests.factories import built, period_of, ready_year, report_of, result_of, roll_up_of


@pytest.fixture
def plan(cast):
    """Two units received; a third that recorded as much was not."""
    plan = ready_year(cast)
    shared = {"unit_of_measure": "tổ", "source": "quantity"}
    Indicator.objects.create(code="groups", name="Số tổ tuyên truyền", kind="stock", position=90, **shared)
    levels = {"levels": ["chưa làm", "đang làm", "đã xong"]}
    Indicator.objects.create(code="level", name="Mức độ", kind="code", position=91, **shared, **levels)
    for code, state in (("ldvl", "accepted"), ("btxh", "locked"), ("ncc", "submitted")):
        report_of(plan, code, state=state)
    given = {
        ("ldvl", date(2022, 1, 5)): {"groups": 9, "level": 2, "findings": 3, "findings-solved": 1},
        ("ldvl", date(2022, 3, 1)): {"groups": 4, "level": 1, "findings": 7, "findings-solved": 7},
        ("btxh", date(2022, 2, 1)): {"groups": 2, "level": 1, "findings": 5, "findings-solved": 4},
        ("ncc", date(2022, 2, 1)): {"groups": 50, "level": 0, "findings": 50, "findings-solved": 0},
    }
    for (code, day), quantities in given.items():
        result_of(plan, code, day, area="leadership", quantities=quantities)
    return plan


def rows_of(plan, at, kind: str = "Q1") -> dict[str, dict]:
    return {row["code"]: row for row in build_content(period_of(plan, kind), now=at(2022, 3, 20))["indicators"]}


def test_each_kind_comes_together_by_its_own_rule(plan, at):
    rows = rows_of(plan, at)
    # 12 of 15 solved; of each unit the last stock; 1 given twice, 2 once
    assert (rows["findings-rate"]["value"], rows["findings-rate"]["parts"]) == (80.0, ["findings-solved", "findings"])
    assert (rows["groups"]["value"], rows["groups"]["year"], rows["groups"]["last_year"]) == (6, 6, None)
    assert (rows["level"]["value"], rows["level"]["words"]["value"]) == (None, "đang làm: 2; đã xong: 1")
    assert [code for code in ("findings", "findings-rate", "groups", "level", "tasks") if rows[code]["adds"]] == [
        "findings"
    ]


def test_nothing_is_divided_by_zero_and_an_unknown_part_is_no_zero(plan, at):
    UnitReport.objects.update(state="submitted")
    assert {rows_of(plan, at)[code]["value"] for code in ("findings-rate", "groups", "level")} == {None}
    report_of(plan, "khtc", state="accepted")
    result_of(plan, "khtc", date(2022, 3, 1), area="leadership", quantities={"findings": 0, "findings-solved": 0})
    rows = rows_of(plan, at)
    assert (rows["findings"]["value"], rows["findings-rate"]["value"], rows["findings-rate"]["year"]) == (0, None, None)


def test_tasks_are_those_due_of_received_units_and_their_rate_is_divided_last(plan, at):
    for code in ("ldvl", "ncc"):
        unit_plan = unit_plan_of(plan, code)
        unit_plan.state = "accepted"
        unit_plan.save()
        due, _late = (line_of(unit_plan, starts=date(2022, 1, 1), ends=date(2022, 3, day)) for day in (1, 2))
        line_of(unit_plan)  # of the whole year
        result_of(plan, code, date(2022, 3, 1), activity=due)
    rows = rows_of(plan, at)
    assert [rows[code]["value"] for code in ("tasks", "tasks-done", "tasks-rate")] == [2, 1, 50.0]
    assert (rows["tasks"]["planned"], rows["tasks"]["year"], rows["tasks"]["last_year"]) == (6, 2, None)


def test_the_content_is_plain_and_an_older_one_is_read_as_counts(plan, at):
    content = build_content(period_of(plan), now=at(2022, 3, 20))
    assert json.loads(json.dumps(stored(content))) == stored(content)
    older = stored(content) | {
        "schema": 2,
        "cells": [],
        "tasks": [],
        "indicators": [row for row in content["indicators"] if row["adds"]],
    }
    for row in older["indicators"]:
        row = {name: row[name] for name in ("code", "name", "measure", "planned", "value", "year", "last_year")}
        assert set(row) < set(readable(older | {"indicators": [row]})["indicators"][0])
    [level] = [row for row in version_changes(older, content).figures if row.code == "level"]
    assert level.told == ("–", "đang làm: 2; đã xong: 1")


def test_page_paper_and_excel_show_them_and_missing_stays_a_dash(plan, cast, client, at):
    roll_up = roll_up_of(plan)
    content = built(roll_up, now=at(2022, 3, 20)).content
    client.force_login(cast.people["hoa"])
    page = client.get(reverse("roll_up", args=[roll_up.code])).content.decode()
    assert "đang làm: 2; đã xong: 1" in page and '<td class="number">80</td>' in page
    table = roll_up_paper(roll_up.pk, date(2022, 3, 20)).appendices[0].blocks[0]
    printed = {row.cells[1]: row.cells[3:] for row in table.rows}
    assert printed["Tỷ lệ xử lý vấn đề phát hiện"] == ("–", "80", "80", "–", "Trong kỳ 12/15")
    assert printed["Số tổ tuyên truyền"] == ("–", "6", "6", "–", "Số cuối kỳ")
    assert printed["Mức độ"] == ("–", "đang làm: 2; đã xong: 1", "đang làm: 2; đã xong: 1", "–", "")
    book = CalamineWorkbook.from_filelike(BytesIO(workbook(sheets(readable(content), "Sở"))))
    read = {row[1]: row[3:] for row in book.get_sheet_by_name("Tổng hợp").to_python()}
    assert read["Tỷ lệ xử lý vấn đề phát hiện"] == ["", 0.8, 0.8, "", "–", "", "–", ""]
    assert read["Số tổ tuyên truyền"][1:3] == [6, 6]
    assert read["Mức độ"][1] == "đang làm: 2; đã xong: 1"


def test_the_paper_has_the_columns_of_the_form_and_tells_the_last_period_in_a_table_of_its_own(plan, at):
    report_of(plan, "ldvl", "Q2", state="accepted")
    result_of(plan, "ldvl", date(2022, 4, 1), area="leadership", quantities={"groups": 5, "findings": 10})
    second = roll_up_of(plan, "Q2")
    built(second, now=at(2022, 6, 20))
    form, heading, compared = roll_up_paper(second.pk, date(2022, 6, 20)).appendices[0].blocks
    assert [column.title for column in form.columns] == [
        "STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch", "Trong kỳ", "Lũy kế", "Cùng kỳ", "Ghi chú"
    ]  # fmt: skip
    assert heading.text == "So với kỳ trước (Quý I/2022)"
    found = {row.cells[1]: row.cells[3:] for row in compared.rows}
    assert found["Số vấn đề phát hiện qua kiểm tra"] == ("10", "15", "-5")
    assert found["Số tổ tuyên truyền"] == ("5", "6", "-1")
    assert found["Tỷ lệ xử lý vấn đề phát hiện"] == ("–", "80", "–")


def test_before_it_is_built_anew_a_page_says_what_would_change_and_stores_nothing(plan, cast, client, at):
    roll_up = roll_up_of(plan)
    built(roll_up, now=at(2022, 3, 20))
    client.force_login(cast.people["hoa"])
    address = reverse("roll_up_rebuild", args=[roll_up.code])
    assert "Số liệu không đổi." in client.get(address).content.decode()
    UnitReport.objects.filter(unit__code="ncc").update(state="accepted")
    response = client.get(address)
    assert response.context["change"].came_in == ["Phòng Người có công"]
    told = {row.code: row.told for row in response.context["change"].figures}
    assert (told["findings"], told["groups"]) == (("15", "65"), ("6", "56"))
    assert roll_up.versions.count() == 1
    assert f'href="{address}"' in client.get(reverse("roll_up", args=[roll_up.code])).content.decode()
