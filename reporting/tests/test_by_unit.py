"""What a roll-up says unit by unit: kept in hashed parts, read in their order, older contents alike."""

from datetime import date

import pytest

from plans.receipts import sha256
from reporting.models import RollUp, RollUpPart
from reporting.roll_ups.by_unit import PART, Cell, Tasks, UnitRow, UnitRows, added, in_parts, spelled_out
from reporting.roll_ups.content import readable
from reporting.tests.factories import built, cells_of, cut, ready_year, report_of, result_of, roll_up_of

INDICATORS = [
    {"code": "leaflets", "adds": True, "parts": [], "measure": "tờ"},
    {"code": "findings", "adds": True, "parts": [], "measure": "vấn đề"},
    {"code": "solved", "adds": True, "parts": [], "measure": "vấn đề"},
    {"code": "rate", "adds": False, "parts": ["solved", "findings"], "measure": "%"},
    {"code": "groups", "adds": False, "parts": [], "measure": "tổ"},
]


def rows(count: int, value: int = 1) -> list[UnitRow]:
    return [UnitRow(f"u{n}", [Cell("procedures", "leaflets", n)], [Tasks("procedures", 2, 1, value, None)])
            for n in range(count)]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, PART, PART + 1])
def test_units_come_back_from_their_parts_in_their_order(count):
    packed = in_parts(rows(count))
    packed.store()
    assert len(packed.hashes) == RollUpPart.objects.count() == -(-count // PART)
    assert list(UnitRows(packed.hashes)) == list(packed) == rows(count)
    assert UnitRows(packed.hashes).page(0) == rows(min(count, PART))


@pytest.mark.django_db
def test_what_did_not_change_is_stored_once():
    in_parts(rows(PART + 1)).store()
    changed = rows(PART) + [UnitRow("last")]
    in_parts(changed).store()
    in_parts(changed).store()
    assert RollUpPart.objects.count() == 3


def test_a_units_figures_are_sums_of_its_areas_its_stock_once_and_a_ratio_divided_last():
    cells = [
        Cell("", "groups", 6), Cell("a", "groups", 4), Cell("a", "leaflets", 5), Cell("b", "leaflets", 7),
        Cell("a", "findings", 10), Cell("b", "findings", 5), Cell("a", "solved", 8), Cell("b", "solved", 4),
    ]  # fmt: skip
    assert added(cells, INDICATORS) == {"groups": 6, "leaflets": 12, "findings": 15, "solved": 12, "rate": 80}
    assert added(cells[:4], INDICATORS) == {"groups": 6, "leaflets": 12}
    assert added([Cell("a", "findings", 0), Cell("a", "solved", 0)], INDICATORS) == {"findings": 0, "solved": 0}


def test_a_content_of_schema_5_is_read_unit_by_unit_like_a_newest_one_and_its_bytes_stay(cast, at):
    plan = ready_year(cast)
    report_of(plan, "ldvl", state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500, "articles": 2})
    roll_up = cut(roll_up_of(plan), cast, now=at(2022, 3, 21))
    newest = roll_up.snapshot["content"]
    cells = [{"unit": unit, "area": area, "indicator": code, "value": value}
             for (unit, area, code), value in cells_of(newest).items()]  # fmt: skip
    older = {name: value for name, value in newest.items() if name != "parts"} | {"schema": 5, "cells": cells}
    before = sha256(older)
    told = spelled_out(readable(older)["by_unit"])
    assert told == spelled_out(readable(newest)["by_unit"])
    assert sha256(older) == before


def test_a_rebuild_and_what_is_cut_stand_on_parts_of_their_hash(cast, at):
    plan = ready_year(cast)
    report_of(plan, "ldvl", state="accepted")
    roll_up = roll_up_of(plan)
    first = built(roll_up, now=at(2022, 3, 20))
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500})
    second = built(RollUp.objects.get(), now=at(2022, 3, 20))
    assert first.content["parts"] != second.content["parts"]
    assert (cells_of(first.content), cells_of(second.content)) == ({}, {("ldvl", "procedures", "leaflets"): 500})
