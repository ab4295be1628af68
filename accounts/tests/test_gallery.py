"""The gallery shows every component, and only where the portal is worked on."""

from pathlib import Path

import pytest
from django.conf import settings as configured
from django.urls import reverse

from accounts.templatetags.portal import order_url, sorted_by, sparkline
from accounts.views.gallery import FRAME

FOLDER = Path(configured.BASE_DIR) / "templates/components"
COMPONENTS = sorted(path.stem for path in FOLDER.glob("[!_]*.html"))


@pytest.fixture
def page(client, settings, db):
    settings.DEBUG = True
    return client.get(reverse("gallery"))


def test_every_component_is_shown(page):
    shown = {part["name"] for part in page.context["parts"]} | set(FRAME)
    assert sorted(shown) == COMPONENTS


def test_each_component_stands_once_with_its_parameters(page):
    parts = page.context["parts"]
    assert len({part["name"] for part in parts}) == len(parts)
    for part in parts:
        assert part["parameters"], part["name"]
        assert all(sample["html"].strip() for sample in part["samples"]), part["name"]


def test_a_portal_in_use_has_no_gallery(client, settings, db):
    settings.DEBUG = False
    assert client.get(reverse("gallery")).status_code == 404


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.html")), ids=lambda path: path.stem)
def test_a_component_says_its_parameters_in_its_first_line(path):
    first = path.read_text("utf-8").splitlines()[0]
    assert first.startswith("{% comment %}")
    assert "{% endcomment %}" in first


def test_a_trend_is_drawn_from_left_to_right_and_low_to_high():
    assert sparkline([0, 10, 5]) == ["2.0,22.0 50.0,2.0 98.0,12.0"]


def test_a_period_without_a_value_breaks_the_line():
    assert sparkline([0, 10, None, 10]) == ["2.0,22.0 34.0,2.0", "98.0,2.0 98.0,2.0"]


@pytest.mark.parametrize("values", [[], [None], [None, None]])
def test_a_trend_without_values_draws_nothing(values):
    assert sparkline(values) == []


def test_a_trend_that_stays_the_same_is_a_level_line():
    assert sparkline([7, 7]) == ["2.0,22.0 98.0,22.0"]


def test_the_head_of_the_sorting_column_turns_the_order_round(rf):
    class Context:
        request = rf.get("/", {"q": "việc", "page": "3", "order": "unit"})

    assert order_url(Context, "unit", "unit") == "?q=vi%E1%BB%87c&order=-unit"
    assert order_url(Context, "due", "unit") == "?q=vi%E1%BB%87c&order=due"
    assert [sorted_by("-unit", name) for name in ("unit", "due")] == ["descending", ""]
