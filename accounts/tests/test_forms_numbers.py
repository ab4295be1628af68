"""Counts and money as Vietnamese people type them, and what is said back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.forms import CleanForm, CountField, MoneyField, NumberField
from documents.numbers import format_number


class Figures(CleanForm):
    count = CountField(label="Số lượng", required=False)
    money = MoneyField(label="Kinh phí", required=False)
    share = NumberField(label="Tỷ lệ", required=False)


def read(name, typed):
    form = Figures({name: typed})
    assert form.is_valid(), form.errors
    return form.cleaned_data[name]


def refused(name, typed):
    form = Figures({name: typed})
    assert not form.is_valid()
    assert form[name].value() == typed
    return form.errors[name][0]


def echo(name, typed):
    form = Figures({name: typed})
    form.is_valid()
    return form.fields[name].echo


def test_a_dot_before_three_digits_groups_and_the_reading_is_said_back():
    assert read("count", "1.234") == 1234
    assert echo("count", "1.234") == "Đọc là 1.234 (một nghìn hai trăm ba mươi tư)."


def test_plain_digits_need_no_echo():
    assert read("count", "1234") == 1234
    assert echo("count", "1234") == ""


@pytest.mark.parametrize("typed", ["1,234", "1,234.5", "1.5"])
def test_what_reads_two_ways_is_asked_about(typed):
    assert refused("count", typed)
    assert refused("share", typed)


def test_decimals_follow_a_comma():
    assert read("share", "1.234,5") == Decimal("1234.5")


def test_a_count_has_no_decimals():
    assert "số nguyên" in refused("count", "2,5")


@pytest.mark.parametrize(
    ("typed", "dong"),
    [("5 triệu", 5_000_000), ("5tr", 5_000_000), ("5.000.000đ", 5_000_000), ("1,5 tỷ", 1_500_000_000), ("0", 0)],
)
def test_money_is_read_as_people_say_it(typed, dong):
    assert read("money", typed) == dong


def test_money_is_said_back_in_figures_and_words():
    assert echo("money", "5tr") == "Đọc là 5.000.000 đồng (năm triệu đồng)."
    assert echo("money", "5000000") == "Đọc là 5.000.000 đồng (năm triệu đồng)."


@pytest.mark.parametrize("typed", ["1e5", "NaN", "0x10", "inf", "9" * 40, "-3", "−3", "#REF!", "không", "１２"])
@pytest.mark.parametrize("name", ["count", "money", "share"])
def test_what_is_no_plain_number_is_refused_and_stays_in_the_box(name, typed):
    assert refused(name, typed)


def test_zero_and_blank_differ():
    assert read("count", "0") == 0
    assert read("count", "") is None
    assert read("count", "\u200b") is None


def test_a_count_above_what_the_database_holds_is_refused():
    assert read("count", "2147483647") == 2_147_483_647
    assert refused("count", "2147483648") == "Tối đa 2.147.483.647. Hãy kiểm tra lại số đã nhập."


def test_a_nul_is_refused_in_vietnamese():
    assert refused("count", "1\x002").startswith("Số lượng có ký tự không hợp lệ.")


def test_a_required_figure_is_asked_for_by_name():
    class Needed(CleanForm):
        count = CountField(label="Số lượng")

    form = Needed({"count": " "})
    assert form.errors["count"] == ["Nhập số lượng."]


def test_a_stored_figure_is_shown_as_it_is_printed():
    assert 'value="1.250"' in str(Figures(initial={"count": 1250})["count"])


@given(st.integers(min_value=0, max_value=2_147_483_647))
def test_what_is_printed_is_read_back(number):
    assert read("count", format_number(number)) == number
