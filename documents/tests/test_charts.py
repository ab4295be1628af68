"""Charts: what is drawn, what is said, what the strict policy of a page allows."""

import re
import xml.etree.ElementTree as ElementTree
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from documents.charts import Bar, bars, trend
from documents.drawing import Box, Dot, Line, Words
from documents.letters import width
from documents.tests.official_samples import AREA_CHART, TREND_CHART


def words(drawing) -> list[str]:
    return [mark.text for mark in drawing.marks if isinstance(mark, Words)]


def marks(drawing, kind) -> list:
    return [mark for mark in drawing.marks if isinstance(mark, kind)]


def test_a_missing_figure_is_a_gap_with_a_dash_and_a_zero_is_a_zero():
    chart = bars("Tin", [("Có", 10), ("Không", 0), ("Chưa báo cáo", None)])
    assert words(chart) == ["Có", "10", "Không", "0", "Chưa báo cáo", "–"]
    assert len(marks(chart, Box)) == 2


def test_bars_are_as_long_as_their_figures():
    long, short = marks(bars("Tin", [("A", Decimal("1250.5")), ("B", Decimal("625.25"))]), Box)
    assert long.width == pytest.approx(2 * short.width)
    assert long.x == short.x


def test_a_bar_stands_before_what_it_is_measured_against():
    ground, bar = marks(bars("Tin", [Bar("A", 5, 20, "5/20")]), Box)
    assert bar.width == pytest.approx(ground.width / 4)
    assert "5/20" in words(bars("Tin", [Bar("A", 5, 20, "5/20")]))


def test_a_line_is_broken_where_a_figure_is_missing():
    chart = trend("Tin", [("I", 1), ("II", 2), ("III", None), ("IV", 4), ("V", 5)])
    axis, *lines = marks(chart, Line)
    assert [len(line.points) for line in lines] == [2, 2]
    assert len(marks(chart, Dot)) == 4
    assert words(chart).count("–") == 1


def test_figures_are_written_as_vietnamese_write_them():
    assert "1.250,5" in words(bars("Tin", [("A", Decimal("1250.5"))]))
    assert "1.250" in words(TREND_CHART)


def test_who_hears_the_chart_is_told_every_figure():
    assert TREND_CHART.description == (
        "Quý I/2021: 120 tin, bài; Quý II/2021: chưa có số liệu; Quý III/2021: 240 tin, bài; "
        "Quý IV/2021: 1.250 tin, bài."
    )
    assert "Cải cách tài chính công: 0/6 nhiệm vụ" in AREA_CHART.description


@pytest.mark.parametrize("chart", [bars, trend])
def test_a_figure_below_zero_is_refused(chart):
    with pytest.raises(ValueError, match="below zero"):
        chart("Tin", [("A", -1)])


@pytest.mark.parametrize("chart", [bars, trend])
@pytest.mark.parametrize("rows", [[], [("A", None)], [("A", 0)]])
def test_a_chart_of_nothing_is_drawn_all_the_same(chart, rows):
    drawing = chart("Tin", rows)
    ElementTree.fromstring(drawing.svg())
    assert Image.open(BytesIO(drawing.png())).size == (round(drawing.width * 3), round(drawing.height * 3))


@pytest.mark.parametrize("drawing", [AREA_CHART, TREND_CHART])
def test_the_svg_names_itself_and_needs_neither_style_nor_script(drawing):
    svg = drawing.svg()
    root = ElementTree.fromstring(svg)
    title, description = root[0], root[1]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert (title.text, description.text) == (drawing.title, drawing.description)
    assert not re.search(r"style|script|href|url\(|\bon\w+=", svg.replace(title.text, ""))


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.text("aâđ <&-", max_size=90), st.none() | st.integers(0, 10**12)), max_size=8),
    st.sampled_from([300, 620, 952]),
)
def test_no_mark_leaves_the_drawing(rows, across):
    for drawing in (bars("T", rows, width=across), trend("T", rows[:4], width=across)):
        ElementTree.fromstring(drawing.svg())
        for mark in marks(drawing, Box):
            assert 0 <= mark.x <= mark.x + mark.width <= across + 0.01
        for mark in marks(drawing, Words):
            share = {"start": 0, "middle": 0.5, "end": 1}[mark.anchor]
            left = mark.x - share * width(mark.text, mark.size)
            assert -40 < left <= left + width(mark.text, mark.size) < across + 40
            assert 0 <= mark.y <= drawing.height + 1


def test_the_same_chart_gives_the_same_bytes():
    again = bars("Tin", [("A", 1)])
    assert again.png() == bars("Tin", [("A", 1)]).png()
    assert again.key == bars("Tin", [("A", 1)]).key != bars("Tin", [("A", 2)]).key
