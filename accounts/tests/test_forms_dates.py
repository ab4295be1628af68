"""Days as people type them: the day always comes first."""

from datetime import date

import pytest

from accounts.forms import CleanForm, VietnameseDateField


class Day(CleanForm):
    day = VietnameseDateField(label="Ngày thực hiện", earliest=date(2021, 1, 1), latest=date(2026, 12, 31))


def refused(typed):
    form = Day({"day": typed})
    assert not form.is_valid()
    assert form["day"].value() == typed
    return form.errors["day"][0]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("27/02/2026", date(2026, 2, 27)),
        ("03/02/2026", date(2026, 2, 3)),
        ("27-02-2026", date(2026, 2, 27)),
        ("27.2.26", date(2026, 2, 27)),
        ("2026-02-27", date(2026, 2, 27)),
        (" 5/2/2022 ", date(2022, 2, 5)),
    ],
)
def test_every_usual_way_of_writing_a_day_is_read(typed, day):
    form = Day({"day": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == day


@pytest.mark.parametrize("typed", ["31/02/2026", "29/02/2026"])
def test_a_day_that_is_not_in_the_calendar_is_named(typed):
    assert refused(typed).startswith(f"Không có ngày {typed}")


@pytest.mark.parametrize("typed", ["27/02/20226", "27/02/0026", "hôm qua", "02/2026", "２７/02/2026"])
def test_other_texts_are_refused_with_the_form_to_use(typed):
    assert refused(typed)


def test_a_day_outside_the_limits_is_told_the_limit():
    assert refused("31/12/2020") == "Ngày phải từ 01/01/2021 trở đi."
    assert refused("01/01/2027") == "Ngày không được sau 31/12/2026."


@pytest.mark.parametrize("typed", ["", " ", "\u200b"])
def test_a_missing_day_is_asked_for_by_name(typed):
    assert refused(typed) == "Nhập ngày thực hiện."


def test_a_nul_is_refused_in_vietnamese():
    assert refused("27/02\x00/2026").startswith("Ngày thực hiện có ký tự không hợp lệ.")


def test_a_day_written_another_way_is_said_back():
    form = Day({"day": "27.2.26"})
    form.is_valid()
    assert form.fields["day"].echo == "Đọc là ngày 27/02/2026."


def test_a_stored_day_is_shown_day_first():
    assert 'value="03/02/2026"' in str(Day(initial={"day": date(2026, 2, 3)})["day"])
