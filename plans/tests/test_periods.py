"""Windows of Nghị định 09/2019/NĐ-CP, Điều 12 and the default chain of deadlines."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.deadlines.periods import (
    KINDS,
    REGIMES,
    Deadlines,
    chain_warnings,
    deadlines,
    end_of,
    period_code,
    window,
    year_of,
)
from plans.deadlines.workdays import VIETNAM

YEARS = st.integers(2000, 2099)
DAYS = st.dates(date(2000, 1, 1), date(2098, 12, 31))
QUARTERS = ("Q1", "Q2", "Q3", "Q4")


@pytest.mark.parametrize(
    ("kind", "year", "starts", "ends", "days"),
    [
        ("Q1", 2022, date(2021, 12, 15), date(2022, 3, 14), 90),
        ("Q2", 2022, date(2022, 3, 15), date(2022, 6, 14), 92),
        ("Q3", 2022, date(2022, 6, 15), date(2022, 9, 14), 92),
        ("Q4", 2022, date(2022, 9, 15), date(2022, 12, 14), 91),
        ("H1", 2022, date(2021, 12, 15), date(2022, 6, 14), 182),
        ("H2", 2022, date(2022, 6, 15), date(2022, 12, 14), 183),
        ("9M", 2022, date(2021, 12, 15), date(2022, 9, 14), 274),
        ("Y", 2022, date(2021, 12, 15), date(2022, 12, 14), 365),
        ("Q1", 2024, date(2023, 12, 15), date(2024, 3, 14), 91),
        ("Y", 2024, date(2023, 12, 15), date(2024, 12, 14), 366),
        ("M01", 2022, date(2021, 12, 15), date(2022, 1, 14), 31),
        ("M03", 2022, date(2022, 2, 15), date(2022, 3, 14), 28),
        ("M03", 2024, date(2024, 2, 15), date(2024, 3, 14), 29),
        ("M12", 2022, date(2022, 11, 15), date(2022, 12, 14), 30),
    ],
)
def test_the_windows_are_those_of_the_decree(kind, year, starts, ends, days):
    found = window(kind, year)
    assert (found.starts, found.ends, found.days) == (starts, ends, days)


@pytest.mark.parametrize(
    ("day", "kind", "year"),
    [
        (date(2022, 12, 20), "Q1", 2023),
        (date(2022, 3, 20), "Q2", 2022),
        (date(2022, 3, 14), "Q1", 2022),
        (date(2022, 3, 15), "Q2", 2022),
        (date(2021, 12, 14), "Q4", 2021),
        (date(2021, 12, 15), "Q1", 2022),
    ],
)
def test_a_day_counts_in_the_decrees_quarter_not_the_calendars(day, kind, year):
    assert day in window(kind, year)
    assert year_of(day) == year


@given(DAYS)
def test_every_day_belongs_to_exactly_one_quarter_of_its_reporting_year(day):
    year = year_of(day)
    assert sum(day in window(kind, year) for kind in QUARTERS) == 1
    assert not any(day in window(kind, other) for kind in QUARTERS for other in (year - 1, year + 1))
    assert day in window("Y", year)


@given(YEARS)
def test_quarters_and_months_tile_the_year_without_gap_or_overlap(year):
    for kinds in (QUARTERS, [f"M{month:02}" for month in range(1, 13)], ("H1", "H2")):
        windows = [window(kind, year) for kind in kinds]
        assert windows[0].starts == window("Y", year).starts
        assert windows[-1].ends == window("Y", year).ends
        for earlier, later in zip(windows, windows[1:], strict=False):
            assert later.starts - earlier.ends == timedelta(days=1)
        assert sum(each.days for each in windows) == window("Y", year).days


@given(YEARS)
def test_a_year_begins_the_day_after_the_last_one_ended(year):
    assert window("Y", year + 1).starts - window("Y", year).ends == timedelta(days=1)


@given(YEARS)
def test_the_cumulative_windows_hold_the_quarters_they_add_up(year):
    for cumulative, parts in (("H1", QUARTERS[:2]), ("9M", QUARTERS[:3]), ("Y", QUARTERS)):
        assert window(cumulative, year).days == sum(window(kind, year).days for kind in parts)


def test_the_ministrys_four_reports_are_a_regime_of_rows():
    entries = REGIMES["reform"].entries
    assert [(entry.kind, entry.cumulative) for entry in entries] == [
        ("Q1", False), ("H1", True), ("Q3", False), ("Y", True),
    ]  # fmt: skip
    assert [KINDS[entry.kind].label.format(year=2022) for entry in entries] == [
        "Quý I/2022", "6 tháng đầu năm 2022", "Quý III/2022", "Năm 2022",
    ]  # fmt: skip


def test_codes_of_two_regimes_do_not_meet():
    assert period_code("Q1", 2022) == "2022-Q1"
    assert period_code("Q1", 2022, REGIMES["reform"].prefix) == "2022-CCHC-Q1"


# 14/3/2022 is a Monday, 14/6 a Tuesday, 14/9 and 14/12 Wednesdays; no holiday follows any of them.
@pytest.mark.parametrize(
    ("kind", "unit", "office", "director", "upward"),
    [
        ("Q1", (3, 15), (3, 17), (3, 18), (3, 20)),
        ("Q2", (6, 15), (6, 17), (6, 20), (6, 20)),
        ("Q3", (9, 15), (9, 19), (9, 20), (9, 20)),
        ("Q4", (12, 15), (12, 19), (12, 20), (12, 20)),
    ],
)
def test_the_default_chain_is_one_two_and_one_working_days_and_then_day_20(kind, unit, office, director, upward):
    expected = (datetime(2022, *day, 23, 59, 59, 999999, VIETNAM) for day in (unit, office, director, upward))
    assert deadlines(kind, 2022) == Deadlines(*expected)


def test_a_holiday_of_the_government_moves_the_default_chain():
    day_off = {date(2022, 3, 15): False}
    assert deadlines("Q1", 2022, day_off).unit == end_of(date(2022, 3, 16))


def test_a_chain_warns_of_a_day_off_and_of_links_in_the_wrong_order():
    chain = deadlines("Q1", 2022)
    assert chain_warnings(chain, date(2022, 3, 14)) == ["Hạn của cấp trên (20/03/2022) là ngày nghỉ."]
    wrong = Deadlines(chain.office, chain.unit, chain.director, chain.upward)
    assert "Hạn của Văn phòng đứng trước hạn của đơn vị." in chain_warnings(wrong, date(2022, 3, 14))
    early = Deadlines(end_of(date(2022, 3, 14)), chain.office, chain.director, chain.upward)
    assert any("ít nhất 1 ngày làm việc" in line for line in chain_warnings(early, date(2022, 3, 14)))


@given(st.sampled_from(sorted(KINDS)), YEARS)
def test_units_always_have_a_working_day_after_the_window(kind, year):
    chain = deadlines(kind, year)
    assert end_of(window(kind, year).ends) < chain.unit < chain.office < chain.director
