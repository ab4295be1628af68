"""How figures of each kind come together; expected values by hand."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from plans.indicators import kinds
from plans.indicators.kinds import Recorded
from plans.models import Indicator
from plans.models.catalogue import IndicatorKind, IndicatorSource

DAY = date(2022, 3, 1)
recorded = st.builds(
    Recorded,
    unit=st.sampled_from(["A", "B", "C"]),
    day=st.integers(0, 89).map(lambda days: DAY + timedelta(days=days)),
    order=st.integers(1, 10**6),
    value=st.integers(0, 10**9),
)
many = st.lists(recorded, max_size=12, unique_by=lambda row: row.order)


def test_counts_add_and_nothing_recorded_is_not_zero():
    rows = [Recorded("A", DAY, 1, 3), Recorded("B", DAY, 2, 4)]
    assert kinds.roll_up(IndicatorKind.COUNT, rows) == 7
    assert kinds.roll_up(IndicatorKind.COUNT, [Recorded("A", DAY, 1, 0)]) == 0
    assert kinds.roll_up(IndicatorKind.COUNT, []) is None
    assert kinds.add([None, 2, None]) == 2
    assert kinds.add([None]) is None


def test_a_stock_is_the_last_of_each_unit_added_over_the_units():
    rows = [
        Recorded("A", DAY, 1, 12),
        Recorded("A", DAY + timedelta(days=30), 2, 10),
        Recorded("B", DAY, 4, 5),
        Recorded("B", DAY, 3, 9),  # the same day, recorded before
    ]
    assert kinds.roll_up(IndicatorKind.STOCK, rows) == 10 + 5
    assert kinds.roll_up(IndicatorKind.STOCK, []) is None


def test_codes_are_counted_by_value_and_never_summed():
    rows = [Recorded(unit, DAY, order, value) for order, (unit, value) in enumerate([("A", 2), ("B", 2), ("C", 0)])]
    assert kinds.roll_up(IndicatorKind.CODE, rows) == {0: 1, 2: 2}
    assert kinds.roll_up(IndicatorKind.CODE, []) is None


def test_a_ratio_is_made_anew_from_its_parts():
    """Two units did 1 of 2 and 9 of 10: 10 of 12 together, neither 140% nor the mean of 70%."""
    assert kinds.ratio(1 + 9, 2 + 10) == Fraction(10, 12)
    assert kinds.ratio(5, 0) is None
    assert kinds.ratio(0, 5) == 0
    assert kinds.ratio(None, 5) is None
    assert kinds.ratio(5, None) is None


@given(many, st.randoms())
def test_no_kind_depends_on_the_order_in_which_rows_come(rows, chance):
    shuffled = list(rows)
    chance.shuffle(shuffled)
    for kind in kinds.ROLL_UP:
        assert kinds.roll_up(kind, rows) == kinds.roll_up(kind, shuffled)


@given(many, st.integers(0, 12))
def test_parts_rolled_up_apart_give_the_whole(rows, at):
    first, second = rows[:at], rows[at:]
    assert kinds.add([kinds.count(first), kinds.count(second)]) == kinds.count(rows)
    assert kinds.add_tallies([kinds.tally(first), kinds.tally(second)]) == kinds.tally(rows)
    joined = [*kinds.last_of_units(first).values(), *kinds.last_of_units(second).values()]
    assert kinds.stock(joined) == kinds.stock(rows)


@given(many)
def test_a_code_is_counted_as_often_as_it_was_recorded_and_a_stock_is_never_more_than_all_numbers(rows):
    assert sum((kinds.tally(rows) or {}).values()) == len(rows)
    assert (kinds.stock(rows) or 0) <= (kinds.count(rows) or 0)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), min_size=1, max_size=8))
def test_a_ratio_of_sums_lies_between_the_ratios_of_its_parts(parts):
    together = kinds.ratio(kinds.add(part for part, _whole in parts), kinds.add(whole for _part, whole in parts))
    each = [kinds.ratio(part, whole) for part, whole in parts]
    assert min(each) <= together <= max(each)


def test_figures_in_words():
    percent, plain = Indicator(unit_of_measure="%", kind="ratio"), Indicator(unit_of_measure="người/cuộc", kind="ratio")
    code = Indicator(kind="code", levels=["chưa làm", "đang làm", "đã xong"])
    assert kinds.in_words(percent, Fraction(2, 3)) == "66,7"
    assert kinds.in_words(plain, Fraction(85, 2)) == "42,5"
    assert kinds.in_words(code, {0: 1, 2: 1200}) == "chưa làm: 1; đã xong: 1.200"
    assert kinds.in_words(Indicator(), 1234) == "1.234"
    assert kinds.in_words(percent, None) == "–"


def test_the_shipped_ratios_follow_from_their_shipped_parts(reference):
    by_code = {row.code: row for row in Indicator.objects.all()}
    figures = {by_code["tasks"].pk: 8, by_code["tasks-done"].pk: 6, by_code["findings"].pk: 0}
    found = kinds.ratios_of(by_code.values(), figures)
    assert found == {by_code["tasks-rate"].pk: Fraction(3, 4), by_code["findings-rate"].pk: None}


def test_the_list_of_the_communication_block_is_shipped(reference):
    """domain: số tin, bài … kinh phí (17), số nhiệm vụ, đã hoàn thành, tỷ lệ; kiểm tra, phát hiện, xử lý, tỷ lệ (7)."""
    assert Indicator.objects.count() == 17 + 7
    leaflets = Indicator.objects.get(code="leaflets")
    assert "leaflet" in leaflets.channels.values_list("code", flat=True)
    assert list(Indicator.objects.get(code="findings").areas.values_list("code", flat=True)) == ["leadership"]
    assert not Indicator.objects.get(code="initiatives").channels.exists()


def test_only_what_a_person_counts_is_recorded_or_planned(reference):
    recordable = set(Indicator.objects.recordable().values_list("code", flat=True))
    plannable = set(Indicator.objects.plannable().values_list("code", flat=True))
    assert {"money", "tasks", "tasks-rate", "participants"} & recordable == set()
    assert {"money", "tasks", "tasks-rate"} & plannable == set()
    assert {"participants", "leaflets"} <= plannable


def test_the_database_refuses_a_ratio_of_one_part_and_parts_of_a_count(reference):
    first = Indicator.objects.get(code="articles")
    half = {"unit_of_measure": "%", "position": 90, "name": "Thử"}
    ratio = {"kind": IndicatorKind.RATIO, "source": IndicatorSource.PARTS}
    wrong = (
        half | ratio | {"numerator": first},
        half | ratio | {"numerator": first, "denominator": first},
        half | {"numerator": first, "denominator": Indicator.objects.get(code="posts")},
        half | {"source": IndicatorSource.PARTS},
    )
    for number, values in enumerate(wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            Indicator.objects.create(code=f"x-{number}", **values)
