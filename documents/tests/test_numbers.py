from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.numbers import (
    UnreadableNumber,
    format_money,
    format_number,
    number_in_words,
    parse_count,
    parse_money,
    parse_number,
    parse_percent,
)


@pytest.mark.parametrize(
    "value, decimals, shown",
    [
        (Decimal("1234567.5"), None, "1.234.567,5"),
        (1234567, None, "1.234.567"),
        (0, None, "0"),
        (None, None, "–"),
        (12.5, None, "12,5"),
        (Decimal("2.50"), None, "2,5"),
        (Decimal("2.5"), 2, "2,50"),
        (Decimal("0.005"), 2, "0,01"),
        (-1234, None, "-1.234"),
        (Decimal("-0.001"), 1, "0,0"),
        (Decimal("1E+3"), None, "1.000"),
        (float("nan"), None, "–"),
    ],
)
def test_numbers_print_with_dots_and_a_comma(value, decimals, shown):
    assert format_number(value, decimals) == shown


def test_money_prints_in_whole_dong():
    assert format_money(1234500) == "1.234.500 đồng"
    assert format_money(None) == "–"


@pytest.mark.parametrize(
    "text, value",
    [
        ("1.234,5", "1234.5"),
        ("12.345", "12345"),
        ("1234", "1234"),
        ("0,5", "0.5"),
        ("0,125", "0.125"),
        ("12,34", "12.34"),
        (" 1 234 567 ", "1234567"),
        ("1\u00a0234", "1234"),
        ("1.234.567,89", "1234567.89"),
        ("0", "0"),
        ("1234,5678", "1234.5678"),
    ],
)
def test_vietnamese_numbers_are_read(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "1e5",
        "NaN",
        "0x10",
        "9" * 40,
        "1,234.5",
        "1,234",
        "1,234,567",
        "-3",
        "−3",
        "",
        "  ",
        "1.5",
        "1.23.456",
        "12a",
        "１２",
        "1..2",
        ",5",
        "5,",
        "=1+1",
        "inf",
        "+5",
        "1_000",
        "½",
        "٣",
    ],
)
def test_what_is_not_one_number_is_refused_in_vietnamese(text):
    with pytest.raises(UnreadableNumber) as refusal:
        parse_number(text)
    assert any(char in str(refusal.value) for char in "ốầặôệả")


def test_the_way_out_of_two_readings_is_told():
    with pytest.raises(UnreadableNumber, match="hãy nhập 1234; nếu là số thập phân hãy nhập 1,2340"):
        parse_number("1,234")
    assert parse_number("1,2340") == Decimal("1.234")


def test_a_dot_in_a_count_groups_thousands():
    assert parse_count("1.234") == 1234
    assert parse_count("0") == 0


@pytest.mark.parametrize("text", ["1,234", "1,5", "1,234.5", "1e5", "-1", "12%", ""])
def test_a_count_is_a_whole_number(text):
    with pytest.raises(UnreadableNumber):
        parse_count(text)


@pytest.mark.parametrize(
    "text, dong",
    [
        ("12 triệu", 12_000_000),
        ("5tr", 5_000_000),
        ("5 triệu", 5_000_000),
        ("5.000.000đ", 5_000_000),
        ("1,5 tỷ", 1_500_000_000),
        ("1.234.500 đồng", 1_234_500),
        ("500 nghìn đồng", 500_000),
        ("1 tỷ 200 triệu", 1_200_000_000),
        ("0", 0),
        ("2,25 tỉ", 2_250_000_000),
        ("300.000 VNĐ", 300_000),
        ("12 TRIỆU ĐỒNG", 12_000_000),
    ],
)
def test_money_as_people_type_it(text, dong):
    assert parse_money(text) == dong


@pytest.mark.parametrize(
    "text",
    [
        "",
        "đồng",
        "triệu",
        "1,5",
        "-5tr",
        "1.5 tỷ",
        "5 triệu 2 tỷ",
        "5 usd",
        "1e5",
        "999999999 tỷ",
        "1,234 tỷ",
        "5 triệu 3",
    ],
)
def test_unclear_money_is_refused(text):
    with pytest.raises(UnreadableNumber):
        parse_money(text)


@pytest.mark.parametrize("text", ["1,234" * 2000, " " * 10 + "9" * 5000, "1" + ",000" * 3000, "triệu " * 5000])
def test_a_number_of_thousands_of_digits_is_refused_at_once(text):
    for parse in (parse_number, parse_money):
        with pytest.raises(UnreadableNumber, match="quá dài"):
            parse(text)


def test_percent():
    assert parse_percent("12%") == 12
    assert parse_percent("12,5 %") == Decimal("12.5")
    assert parse_percent("90") == 90
    with pytest.raises(UnreadableNumber):
        parse_percent("-5%")


@pytest.mark.parametrize(
    "number, words",
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (11, "mười một"),
        (24, "hai mươi tư"),
        (14, "mười bốn"),
        (105, "một trăm linh năm"),
        (1005, "một nghìn không trăm linh năm"),
        (110, "một trăm mười"),
        (1_000_000, "một triệu"),
        (1_000_005, "một triệu không trăm linh năm"),
        (12_500_000, "mười hai triệu năm trăm nghìn"),
        (10**12, "một nghìn tỷ"),
        (1_234_567, "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy"),
        (2_000_000_020, "hai tỷ không trăm hai mươi"),
    ],
)
def test_numbers_in_words(number, words):
    assert number_in_words(number) == words


@given(st.decimals(min_value=0, max_value=10**12, places=3))
@settings(max_examples=60)
def test_a_printed_number_reads_back_unless_it_says_that_it_is_unclear(value):
    try:
        assert parse_number(format_number(value)) == value
    except UnreadableNumber as refusal:
        assert "hai cách" in str(refusal)


@given(st.text(max_size=50).filter(lambda text: "\x00" not in text))
@settings(max_examples=60)
def test_no_text_breaks_the_reading(text):
    for parse in (parse_number, parse_count, parse_money, parse_percent):
        with suppress(UnreadableNumber):
            assert parse(text) >= 0
