"""Texts whose numbers lead to their rows."""

import pytest

from reporting.roll_ups.said import Number, joined, linked, say, typed_numbers


def test_pieces_make_one_text_that_keeps_the_links_of_its_parts():
    part = say("muộn ", Number("2", "#don-vi"), " ngày")
    said = say("Có ", Number("12", "#a"), "/14: ", joined(", ", ["A", part]), ".")
    assert said == "Có 12/14: A, muộn 2 ngày."
    assert said.numbers == (("12", "#a"), ("2", "#don-vi"))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("12 việc, 2 muộn", [("12", "#a"), (" việc, ", ""), ("2", "#b"), (" muộn", "")]),
        ("Nhìn chung 12 việc.", [("Nhìn chung ", ""), ("12", "#a"), (" việc.", "")]),
        ("chỉ 2 muộn", [("chỉ ", ""), ("2", "#b"), (" muộn", "")]),  # the first was taken out
        ("112 hoặc 12,5 hoặc 12%", [("112 hoặc 12,5 hoặc 12%", "")]),  # other numbers
        ("", []),
    ],
)
def test_numbers_are_found_in_their_order_and_only_whole(text, pieces):
    assert linked(text, [("12", "#a"), ("2", "#b")]) == pieces


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("12 việc", []),
        ("12 việc, 5 việc khác, 7,5%", ["5", "7,5%"]),
        ("3/12 việc", ["3"]),
        ("Quý I/2022, ngày 14/3/2022, năm 2022, Kế hoạch số 421/KH-UBND", []),
        ("1.234 tờ.", ["1.234"]),
    ],
)
def test_what_a_person_typed_is_told_from_figures_dates_and_numbers_of_documents(text, typed):
    assert typed_numbers(text, [("12", "#a")]) == typed
