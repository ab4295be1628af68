"""Lists sorted by the head of a column."""

import pytest

from accounts.ordering import chosen_order, in_order

COLUMNS = {"name": lambda row: row[0], "size": lambda row: row[1]}
ROWS = [("a", 2), ("b", 1), ("c", 2)]


@pytest.mark.parametrize(
    ("asked", "order"),
    [("size", "size"), ("-size", "-size"), ("--size", "name"), ("password", "name"), ("-", "name"), ("", "name"),
     ("name__agency", "name")],
)  # fmt: skip
def test_only_a_column_of_the_table_sorts(asked, order):
    assert chosen_order({"order": asked}, COLUMNS, "name") == order


def test_a_list_without_an_order_asked_for_has_its_own():
    assert chosen_order({}, COLUMNS, "name") == "name"


def test_rows_that_are_alike_keep_their_place_in_both_directions():
    assert in_order(ROWS, COLUMNS, "size") == [("b", 1), ("a", 2), ("c", 2)]
    assert in_order(ROWS, COLUMNS, "-size") == [("a", 2), ("c", 2), ("b", 1)]
