"""The words searched for are marked in the text as it is spelt."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.snippets import CUT, marked
from documents.vietnamese import fold

NFD = unicodedata.normalize("NFD", "một cửa")


def _found(text: str, *words: str, most: int = 200) -> list[str]:
    return [piece for piece, is_found in marked(text, list(words), most) if is_found]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Phát tờ gấp", ["to", "gap"], ["tờ", "gấp"]),
        ("Đẩy mạnh ĐẢNG", ["dang"], ["ĐẢNG"]),
        ("huyện Thuận Hòa, xã Hoà Sơn", ["hoa"], ["Hòa", "Hoà"]),
        (NFD, ["mot", "cua"], NFD.split()),
        ("ban hành", ["ba", "ban", "an"], ["ban"]),
        ("không có gì", ["zalo"], []),
    ],
)  # fmt: skip
def test_words_are_marked_whatever_their_marks_and_case(text, words, found):
    assert _found(text, *words) == found


def test_a_word_is_marked_where_a_syllable_begins_with_it():
    assert _found("Ban An ninh, KH-AN, toàn dân, ánh", "an") == ["An", "AN", "án"]


def test_words_that_overlap_are_marked_as_one():
    assert marked("cải cách", ["cai", "cai cach", "cach"]) == [("cải cách", True)]


def test_a_long_text_is_cut_around_the_first_word_at_spaces():
    text = "đầu " * 100 + "Zalo " + "cuối " * 100
    pieces = marked(text, ["zalo"], most=60)
    shown = "".join(piece for piece, _found in pieces)
    assert ("Zalo", True) in pieces
    assert shown.startswith(f"{CUT}đầu") and shown.endswith(f"cuối{CUT}")
    assert len(shown) <= 62


def test_a_long_text_without_the_word_shows_its_beginning():
    assert marked("một hai ba bốn", ["zalo"], most=9) == [("một hai", False), (CUT, False)]


def test_signs_of_markup_stay_letters():
    assert marked("<b>đậm</b>", ["dam"]) == [("<b>", False), ("đậm", True), ("</b>", False)]


@settings(max_examples=100)
@given(st.text(max_size=120), st.lists(st.text(max_size=6), max_size=4), st.integers(5, 80))
def test_the_pieces_are_the_text_or_a_cut_of_it(text, typed, most):
    words = [word for word in map(fold, typed) if word]
    shown = "".join(piece for piece, _found in marked(text, words, most))
    assert shown.removeprefix(CUT).removesuffix(CUT) in " ".join(text.split()) or CUT in text
