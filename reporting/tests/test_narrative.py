"""The sentences of a roll-up, expected word for word from small contents."""

import pytest

from reporting.roll_ups import narrative


def row(unit: str, days: int = 0, period: str = "Quý I/2022") -> dict:
    return {"unit": unit, "period": period, "days": days}


def content(**parts) -> dict:
    """A content of Quý I/2022 in which nothing happened, but for `parts`; `timeliness` is filled up."""
    groups = {name: [] for name in ("on_time", "extended", "late", "missing", "exempt", "not_received")}
    timeliness = {**groups, "expected": 0, "first_time_right": 0, **parts.pop("timeliness", {})}
    return {
        "period": {"label": "Quý I/2022"}, "timeliness": timeliness, "tasks": [], "cells": [], "indicators": [],
        "money": {}, "texts": {"nil": []}, "by_area": [], **parts,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (12, 14, "85,7%"),  # 85,714…
        (2, 3, "66,7%"),
        (1, 3, "33,3%"),
        (1, 16, "6,3%"),  # 6,25 rounds up
        (1, 8, "12,5%"),
        (3, 16, "18,8%"),  # 18,75
        (14, 14, "100,0%"),
        (0, 14, "0,0%"),
        (3, 2, "150,0%"),
        (0, 0, "–"),
        (5, 0, "–"),
    ],
)
def test_a_ratio_is_divided_when_shown_and_rounded_half_up(part, whole, words):
    assert narrative.percent(part, whole) == words


def test_the_first_sentence_counts_reports_in_time_late_and_missing():
    found = content(
        timeliness={
            "expected": 14, "on_time": [row("A")] * 10, "extended": [row("B")], "late": [row("C", 2)] * 2,
            "missing": [row("D")], "not_received": [row("A")],
        }
    )  # fmt: skip
    assert narrative.headline(found) == (
        "Quý I/2022: 11/14 báo cáo đơn vị đúng hạn; 2 muộn; 1 chưa báo cáo; 1 chưa được tiếp nhận."
    )


def test_where_all_is_well_the_first_sentence_is_short():
    found = content(timeliness={"expected": 2, "on_time": [row("A"), row("B")]})
    assert narrative.headline(found) == "Quý I/2022: 2/2 báo cáo đơn vị đúng hạn."


def test_units_are_named_group_by_group():
    found = content(
        timeliness={
            "expected": 6, "first_time_right": 2, "on_time": [row("Phòng A"), row("Phòng B")],
            "extended": [row("Phòng C")], "late": [row("Phòng D", 2), row("Phòng E", 1)], "missing": [row("Phòng G")],
            "not_received": [row("Phòng B")], "exempt": [row("Phòng H")],
        },
        texts={"nil": [{"unit": "Phòng A", "text": "đang chuyển trụ sở"}]},
    )  # fmt: skip
    assert list(narrative.timeliness_sentences(found)) == [
        "Có 3/6 báo cáo của đơn vị được nộp đúng hạn (50,0%); 2 báo cáo đạt ngay lần đầu.",
        "Nộp đúng hạn đã được gia hạn: Phòng C.",
        "Nộp muộn: Phòng D (muộn 2 ngày), Phòng E (muộn 1 ngày).",
        "Chưa báo cáo: Phòng G.",
        "Đã nộp nhưng chưa được tiếp nhận: Phòng B.",
        "Được miễn: Phòng H.",
        "Báo cáo không phát sinh: Phòng A (đang chuyển trụ sở).",
    ]


def test_without_anything_expected_there_is_nothing_to_divide():
    assert list(narrative.timeliness_sentences(content())) == [
        "Có 0/0 báo cáo của đơn vị được nộp đúng hạn (–); 0 báo cáo đạt ngay lần đầu."
    ]


def test_over_several_quarters_each_name_says_which():
    late, missing = [row("Phòng D", 2), row("Phòng D", 1, "Quý II/2022")], [row("Phòng G", period="Quý II/2022")]
    found = content(
        period={"label": "6 tháng đầu năm 2022"}, timeliness={"expected": 4, "late": late, "missing": missing}
    )
    sentences = list(narrative.timeliness_sentences(found))
    assert sentences[1:] == [
        "Nộp muộn: Phòng D (Quý I/2022, muộn 2 ngày), Phòng D (Quý II/2022, muộn 1 ngày).",
        "Chưa báo cáo: Phòng G (Quý II/2022).",
    ]


TASKS = [
    {"unit": "a", "area": "procedures", "planned": 5, "due": 2, "done": 3, "due_done": 2},
    {"unit": "a", "area": "leadership", "planned": 1, "due": 1, "done": 0, "due_done": 0},
    {"unit": "b", "area": "procedures", "planned": 1_204, "due": 0, "done": None, "due_done": None},
]


def test_ratios_are_made_of_summed_numerators_and_denominators_not_of_ratios():
    # 3 of 5, 0 of 1 and an unknown part of 1.204: 3/1.210, never the mean of 60 % and 0 %.
    assert narrative.task_totals(content(tasks=TASKS)) == {"planned": 1_210, "due": 3, "done": 3, "due_done": 2}
    assert narrative.task_sentence(content(tasks=TASKS)) == (
        "Kế hoạch các đơn vị đề ra 1.210 nhiệm vụ trong năm; đến hết kỳ báo cáo đã thực hiện 3 nhiệm vụ (0,2%); "
        "trong 3 nhiệm vụ đến hạn đã thực hiện 2 (66,7%)."
    )


def test_without_tasks_there_is_nothing_to_divide():
    assert narrative.task_sentence(content()) == (
        "Kế hoạch các đơn vị đề ra 0 nhiệm vụ trong năm; đến hết kỳ báo cáo đã thực hiện 0 nhiệm vụ (–); "
        "chưa có nhiệm vụ nào đến hạn."
    )


INDICATORS = [
    {"code": "articles", "name": "Số tin, bài", "measure": "tin, bài", "adds": True},
    {"code": "leaflets", "name": "Tờ rơi, tờ gấp", "measure": "tờ", "adds": True},
    {"code": "money", "name": "Kinh phí", "measure": "đồng", "adds": True},
]
CELLS = [
    {"unit": "a", "area": "procedures", "indicator": "leaflets", "value": 1_500},
    {"unit": "b", "area": "procedures", "indicator": "leaflets", "value": 500},
    {"unit": "b", "area": "procedures", "indicator": "money", "value": 2_500_000},
    {"unit": "b", "area": "leadership", "indicator": "articles", "value": 4},
]


def test_an_area_is_told_in_its_figures_in_the_order_of_the_indicators():
    found = content(tasks=TASKS, cells=CELLS, indicators=INDICATORS)
    assert narrative.area_sentence(found, "procedures") == (
        "Đã thực hiện 3/1.209 nhiệm vụ của năm; trong kỳ: 2.000 tờ rơi, tờ gấp; kinh phí 2.500.000 đồng."
    )
    assert narrative.area_sentence(found, "leadership") == ("Đã thực hiện 0/1 nhiệm vụ của năm; trong kỳ: 4 tin, bài.")


def test_an_area_without_results_says_so():
    assert narrative.area_sentence(content(), "procedures") == (
        "Đã thực hiện 0/0 nhiệm vụ của năm; trong kỳ chưa ghi nhận kết quả."
    )


def test_money_is_spent_of_planned():
    money = {
        "procedures": {"planned": 10_000_000, "spent": 2_500_000},
        "leadership": {"planned": None, "spent": 500_000},
        "institutions": {"planned": 2_000_000, "spent": None},
    }
    assert narrative.money_sentence(content(money=money)) == (
        "Kinh phí kế hoạch cả năm 12.000.000 đồng; đã chi lũy kế 3.000.000 đồng (25,0%)."
    )


def test_money_nobody_knows_of_is_not_zero():
    assert narrative.money_sentence(content()) == "Chưa có số liệu về kinh phí."
    planned = {"procedures": {"planned": 10_000_000, "spent": None}}
    assert narrative.money_sentence(content(money=planned)) == (
        "Kinh phí kế hoạch cả năm 10.000.000 đồng; đã chi lũy kế – (–)."
    )
    spent = {"procedures": {"planned": None, "spent": 500_000}}
    assert narrative.money_sentence(content(money=spent)) == (
        "Kinh phí kế hoạch cả năm –; đã chi lũy kế 500.000 đồng (–)."
    )
