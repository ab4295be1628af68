import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.vietnamese import (
    ENUMERATORS,
    InvalidCharacters,
    clean,
    compare_key,
    enumerator,
    enumerator_position,
    fold,
    from_roman,
    is_blank,
    looks_legacy,
    name_sort_key,
    nfc,
    roman,
    sort_key,
)


def test_the_three_spellings_of_one_letter_become_one():
    assert nfc("e\u0323\u0302") == nfc("ẹ\u0302") == nfc("ệ") == "ệ"


def test_cleaning_keeps_lines_and_tabs_and_removes_what_cannot_be_seen():
    assert clean("a\u200bb\x07\tc\r\nd\x0ce\ufeff") == "ab\tc\nd\ne"


def test_nul_is_refused():
    with pytest.raises(InvalidCharacters, match="ký tự không hợp lệ"):
        clean("a\x00b")


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\u00a0", "\n\t", "\u200b\u00a0 "])
def test_what_shows_nothing_is_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["TUYÊN TRUYỀN", unicodedata.normalize("NFD", "Tuyên  truyền"), "tuyen\u00a0truyen"])
def test_search_finds_without_marks(text):
    assert fold(text) == "tuyen truyen"


@pytest.mark.parametrize("text", ["Đường", "đường", "Ðường", "Ɖường", "duong"])
def test_search_folds_every_look_of_the_letter_d(text):
    assert fold(text) == "duong"


@pytest.mark.parametrize(
    "one, other",
    [
        ("hoà", "hòa"),
        ("uỷ ban", "Ủy ban"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("Lao động - Thương binh và Xã hội", "Lao động Thương binh và Xã hội"),
        ("Lao động-Thương binh", "Lao động\u00a0–\u00a0Thương binh"),
        ("Lao động\u2011Thương binh", "LAO ĐỘNG THƯƠNG BINH"),
    ],
)
def test_two_right_spellings_of_a_name_are_equal(one, other):
    assert compare_key(one) == compare_key(other)


@pytest.mark.parametrize("one, other", [("hoa", "hòa"), ("hỏa", "họa"), ("dung", "đung"), ("lan", "lân")])
def test_marks_still_tell_names_apart(one, other):
    assert compare_key(one) != compare_key(other)


def test_words_sort_as_in_a_vietnamese_dictionary():
    order = ["An", "Ánh", "Ân", "Ba", "Dũng", "Đức", "Oanh", "Ơn"]
    assert sorted(set(order), key=sort_key) == order


def test_the_tones_follow_the_letters_in_the_order_of_icu():
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


def test_people_sort_by_given_then_family_then_middle_name():
    order = [
        "Nguyễn Văn An",
        "Lê Thị Ánh",
        "Trần Đức Ân",
        "Đặng Văn Ba",
        "Đỗ Thị Dung",
        "Nguyễn Thị Dung",
        "Phạm Văn Đức",
        "Hà Anh Quang",
    ]
    assert sorted(set(order), key=name_sort_key) == order


def test_list_letters_have_d_with_a_stroke_and_no_f_j_w_z():
    assert [enumerator(n) for n in range(9)] == list("abcdđeghi")
    assert not set(ENUMERATORS) & set("fjwz")
    assert enumerator(22) == "y" and enumerator(23) == "aa"


@given(st.integers(0, 5000))
@settings(max_examples=50)
def test_a_list_letter_gives_its_position_back(position):
    assert enumerator_position(enumerator(position)) == position


@pytest.mark.parametrize("letter", ["f", "j", "w", "z", "", "1"])
def test_other_letters_have_no_position(letter):
    with pytest.raises(ValueError):
        enumerator_position(letter)


def test_roman_numbers():
    assert [roman(n) for n in (1, 4, 9, 14, 40, 90, 1994)] == ["I", "IV", "IX", "XIV", "XL", "XC", "MCMXCIV"]


@given(st.integers(1, 3999))
@settings(max_examples=60)
def test_a_roman_number_gives_its_number_back(number):
    assert from_roman(roman(number)) == number


@pytest.mark.parametrize("text", ["", "IIII", "VX", "IC", "A", "MMMM"])
def test_a_wrong_roman_number_is_refused(text):
    with pytest.raises(ValueError):
        from_roman(text)


def test_old_encodings_are_told():
    assert looks_legacy("Céng hßa x· héi chñ nghÜa ViÖt Nam §éc lËp - Tù do - H¹nh phóc") == "TCVN3"
    assert looks_legacy("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam Ñoäc laäp - Töï do - Haïnh phuùc") == "VNI"


@pytest.mark.parametrize(
    "text",
    [
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
        "KẾ HOẠCH",
        "ke hoach",
        "",
        "Sao chép: © 2022",
        "hoà giải, cá, bé, tòa án",
    ],
)
def test_todays_text_is_not_taken_for_an_old_encoding(text):
    assert looks_legacy(text) is None
