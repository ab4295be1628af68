"""The template filters: numbers, days and deadlines in the words of an office."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template import Context, Template

from accounts import menu
from accounts.templatetags import portal


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ((2022, 2, 22, 9, 0), "còn 4 ngày"),
        ((2022, 2, 25, 23, 59), "còn 1 ngày"),
        ((2022, 2, 26, 0, 0), "hết hạn hôm nay lúc 23:59"),
        ((2022, 2, 27, 0, 0), "quá hạn 1 ngày"),
        ((2022, 3, 1, 9, 0), "quá hạn 3 ngày"),
    ],
)
def test_the_time_left_is_told_in_calendar_days(at, now, words):
    due = at(2022, 2, 26, 23, 59, 59, 999999)
    assert portal.time_left(due, at(*now)) == words


def test_a_deadline_passed_within_the_day_is_overdue_by_one(at):
    assert portal.time_left(at(2022, 2, 25, 17), at(2022, 2, 25, 18)) == "quá hạn 1 ngày"


def test_a_deadline_at_the_end_of_a_day_names_the_day_only(at):
    assert portal.deadline(at(2022, 2, 26, 23, 59, 59, 999999)) == "hết thứ Bảy 26/02/2022"
    assert portal.deadline(at(2022, 2, 25, 17)) == "17:00 thứ Sáu 25/02/2022"
    assert portal.weekday(date(2022, 2, 27)) == "Chủ nhật"


def test_days_and_figures_are_printed_as_offices_do(at):
    source = "{{ day|vn_date }} {{ day|document_date }} {{ at|vn_datetime }} "
    source += "{{ n|number }} {{ m|money }} {{ x|number }}"
    context = Context(
        {"day": date(2022, 2, 3), "at": at(2022, 2, 26, 9, 41), "n": 1234567.5, "m": 1_234_500, "x": None}
    )
    assert Template(source).render(context) == (
        "03/02/2022 ngày 03 tháng 02 năm 2022 09:41 26/02/2022 1.234.567,5 1.234.500 đồng –"
    )


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(9, 14, 64), (1, 8, 13), (0, 5, 0), (3, 0, None), (None, 5, None)]
)
def test_a_share_is_a_whole_percent_and_nothing_without_a_whole(part, whole, percent):
    assert portal.share(part, whole) == percent


def test_every_state_of_every_model_has_its_icon():
    fields = [field for model in apps.get_models() for field in model._meta.local_fields if field.name == "state"]
    assert fields
    assert {value for field in fields for value, _label in field.flatchoices} <= set(portal.STATES)


def test_every_icon_that_is_used_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (settings.BASE_DIR / "static/img/icons.svg").read_text("utf-8")))
    tables = (portal.STATES, portal.TIMELINESS, portal.MESSAGE_TONES)
    used = {name for table in tables for name, _tone in table.values()} | {row.icon for row in menu.ENTRIES.values()}
    for path in Path(settings.BASE_DIR / "templates").rglob("*.html"):
        used |= set(re.findall(r'{% icon "([\w-]+)"', path.read_text("utf-8")))
    assert used <= sprite
