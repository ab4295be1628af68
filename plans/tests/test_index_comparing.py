"""A target against what was published: hand-computed, with the targets of the plan of 2022."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.rankings.comparing import RANK, SCORE, Figure, Outcome, Scale, Why, compare, runs

PERCENT = Scale("%", 100, None, "PAR INDEX")
POINTS = Scale("điểm", 100, None, "PCI")
DTI = Scale("", 1, 1000, "DTI")


def target(kind, value, unit="bậc", value_max=None, baseline_year=None, by_year=None):
    return SimpleNamespace(
        kind=kind, value=Decimal(value), value_max=value_max and Decimal(value_max), unit=unit,
        baseline_year=baseline_year, by_year=by_year,
    )  # fmt: skip


def figure(year, score=None, rank=None, number=63, series="PAR INDEX", entity="Ninh Thuận"):
    return Figure(year, None if score is None else Decimal(score), rank, number if rank else None, series, entity)


TEN_UP = target("rank_change", 10, baseline_year=2021)


def judge(wanted, *figures, scale=PERCENT, on=2023, plan=2022):
    return compare(wanted, figures, plan_year=plan, on_year=on, scale=scale)


def test_ten_ranks_up_from_rank_44_is_rank_34_and_rank_34_reaches_it():
    found = judge(TEN_UP, figure(2021, 85, 44), figure(2022, 87, 34))
    assert (found.least, found.gap, found.outcome) == (34, 0, Outcome.REACHED)


def test_rank_37_lacks_three_of_the_ten():
    found = judge(TEN_UP, figure(2021, 85, 44), figure(2022, 87, 37))
    assert (found.least, found.gap, found.outcome) == (34, 3, Outcome.MISSED)


def test_there_is_no_rank_above_the_first():
    assert judge(TEN_UP, figure(2021, 90, 6)).least == 1


def test_one_percent_more_of_sipas_is_a_percentage_point():
    found = judge(target("score_change", 1, "%", baseline_year=2021), figure(2021, "85.5"), figure(2022, "86.4"))
    assert (found.least, found.gap, found.outcome) == (Decimal("86.5"), Decimal("0.1"), Outcome.MISSED)


def test_a_range_is_reached_from_its_lower_end_on():
    wanted = target("score_change", "0.5", "điểm", value_max=1, baseline_year=2021)
    before = figure(2021, "62.2", series="PCI")
    found = judge(wanted, before, figure(2022, "62.7", series="PCI"), scale=POINTS)
    assert (found.least, found.most, found.outcome) == (Decimal("62.7"), Decimal("63.2"), Outcome.REACHED)
    assert judge(wanted, before, figure(2022, "62.69", series="PCI"), scale=POINTS).gap == Decimal("0.01")


def test_a_score_is_not_asked_above_its_scale():
    assert judge(target("score_change", 5, "%"), figure(2021, 98)).least == 100


def test_a_level_and_a_position_of_a_later_year_tell_how_far_it_is_today():
    level = judge(target("level", 90, "%", by_year=2025), figure(2021, "85.5"))
    assert (level.least, level.gap, level.outcome, level.year) == (90, Decimal("4.5"), Outcome.AHEAD, 2025)
    top = judge(target("position", 20, "hạng", by_year=2025), figure(2021, 85, 44))
    assert (top.least, top.gap, top.outcome) == (20, 24, Outcome.AHEAD)
    assert judge(target("position", 20, "hạng", by_year=2025), figure(2021, 85, 44), on=2026).outcome == "unpublished"


def test_nothing_published_gives_no_aim_and_no_outcome():
    found = judge(TEN_UP)
    assert (found.least, found.gap, found.outcome, found.why) == (None, None, Outcome.NO_BASELINE, Why.NO_FIGURE)
    waiting = judge(TEN_UP, figure(2021, 85, 44))
    assert (waiting.least, waiting.gap, waiting.outcome) == (34, 10, Outcome.UNPUBLISHED)


def test_a_year_without_rank_is_no_rank_of_another_year():
    found = judge(TEN_UP, figure(2021, 40, 44, series="PAPI"), figure(2022, 41, series="PAPI"))
    assert (found.outcome, found.why, found.gap) == (Outcome.UNPUBLISHED, Why.NO_MEASURE, None)
    without = judge(TEN_UP, figure(2021, 40), figure(2022, 41, 30))
    assert (without.outcome, without.why) == (Outcome.NO_BASELINE, Why.NO_MEASURE)


@pytest.mark.parametrize(
    ("wanted", "before", "after", "why"),
    [
        (
            target("score_change", 1, "điểm"),
            figure(2024, 60, series="PCI"),
            figure(2025, 70, series="PCI 2.0"),
            "series",
        ),
        (target("score_change", 1, "điểm"), figure(2024, 60), figure(2025, 70, entity="Khánh Hòa"), "entity"),
        (target("rank_change", 1), figure(2024, 60, 40), figure(2025, 60, 20, number=34), "field"),
    ],
)
def test_what_stands_on_two_sides_of_a_break_is_not_compared(wanted, before, after, why):
    found = judge(wanted, before, after, plan=2025, on=2026)
    assert (found.outcome, found.why, found.gap) == (Outcome.NOT_COMPARABLE, why, None)


def test_a_place_among_63_is_not_a_place_among_34():
    wanted = target("position", 20, "hạng", by_year=2025)
    found = judge(wanted, figure(2021, 85, 44), figure(2025, 88, 18, number=34), on=2026)
    assert (found.outcome, found.why) == (Outcome.NOT_COMPARABLE, Why.FIELD)


def test_sixty_ranked_of_sixty_three_are_the_same_field():
    assert judge(TEN_UP, figure(2021, 40, 44), figure(2022, 41, 30, number=60)).outcome == Outcome.REACHED


def test_a_level_set_for_one_series_is_not_met_in_another():
    wanted = target("level", 65, "điểm", by_year=2025)
    found = judge(wanted, figure(2025, 80, series="PCI 2.0"), scale=POINTS, on=2026)
    assert (found.outcome, found.why) == (Outcome.NOT_COMPARABLE, Why.SERIES)


def test_percent_of_an_index_in_points_could_mean_two_things_and_is_not_computed():
    found = judge(target("score_change", 1, "%"), figure(2021, 62, series="PCI"), scale=POINTS)
    assert (found.least, found.outcome, found.why) == (None, Outcome.NOT_COMPARABLE, Why.UNIT)


def test_thousand_points_of_dti_are_told_on_its_scale_of_one():
    found = judge(target("level", 650, "điểm"), figure(2022, "0.643", series="DTI"), scale=DTI)
    assert (found.least, found.gap) == (Decimal("0.65"), Decimal("0.007"))
    assert judge(target("level", 1200, "điểm"), scale=DTI).why == Why.BEYOND_SCALE


def test_of_two_entities_in_the_year_of_a_merger_the_one_with_a_history_counts():
    figures = figure(2024, 60, 40), figure(2025, 61, 30), figure(2025, 80, 5, entity="Khánh Hòa")
    found = judge(target("rank_change", 10), *figures, plan=2025, on=2026)
    assert (found.found.entity, found.outcome) == ("Ninh Thuận", Outcome.REACHED)


def test_a_trend_is_cut_where_the_series_breaks_and_where_a_year_is_missing():
    figures = [
        figure(2018, 1), figure(2019, 2), figure(2021, 3), figure(2022), figure(2023, 4), figure(2024, 5, series="2.0")
    ]  # fmt: skip
    assert [[row.year for row in run] for run in runs(figures, SCORE)] == [[2018, 2019], [2021], [2023], [2024]]
    assert runs(figures, RANK) == []


ranks = st.integers(1, 63)
changes = st.integers(1, 30)


@given(before=ranks, after=ranks, up=changes)
def test_a_rank_target_is_reached_just_when_nothing_is_lacking(before, after, up):
    found = judge(target("rank_change", up), figure(2021, 1, before), figure(2022, 1, after))
    assert 1 <= found.least <= before
    assert (found.outcome == Outcome.REACHED) == (found.gap == 0) == (after <= max(1, before - up))


scores = st.decimals(0, 100, places=2)


@given(before=scores, after=scores, better=scores, up=st.decimals(0, 20, places=2), more=st.decimals(0, 5, places=2))
def test_a_better_score_never_loses_what_a_worse_one_reached(before, after, better, up, more):
    wanted = target("score_change", up, "điểm", value_max=up + more)
    one, other = (
        judge(wanted, figure(2021, before), figure(2022, score)) for score in (after, max(after, better))
    )  # fmt: skip
    assert one.least <= one.most <= 100
    assert other.gap <= one.gap
    assert not (one.outcome == Outcome.REACHED and other.outcome == Outcome.MISSED)
