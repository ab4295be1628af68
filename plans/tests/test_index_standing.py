"""Where the agency stands on each index: the pages and the words, for the targets of a plan of 2022."""

from datetime import date
from decimal import Decimal

import pytest

from plans.models import IndexScheme, IndexValue
from plans.rankings.shipped import provinces_in
from plans.rankings.standing import standings
from plans.tests.factories import issued_plan

TODAY = date(2023, 6, 1)
pytestmark = pytest.mark.usefixtures("reference")


@pytest.fixture
def plan(cast):
    plan = issued_plan(cast)
    rows = (
        ("PAR INDEX", "rank_change", 10, None, "bậc", 2021, None),
        ("PAR INDEX", "position", 20, None, "hạng", None, 2025),
        ("PCI", "score_change", Decimal("0.5"), 1, "điểm", 2021, None),
        ("SIPAS", "level", 90, None, "%", None, 2025),
    )
    for position, (index, kind, value, value_max, unit, baseline, by_year) in enumerate(rows):
        plan.targets.create(
            position=position, index=index, kind=kind, value=value, value_max=value_max, unit=unit,
            baseline_year=baseline, by_year=by_year,
        )  # fmt: skip
    return plan


def publish(agency, scheme, year, score=None, rank=None, **more):
    scheme = IndexScheme.objects.get(name=scheme)
    given = {"maximum": scheme.maximum, "entity": "Tỉnh Ninh Thuận", "source": "Quyết định công bố",
             "published_on": date(year + 1, 4, 20), "number_ranked": rank and 63} | more  # fmt: skip
    score = None if score is None else Decimal(score)
    return IndexValue.objects.create(agency=agency, scheme=scheme, year=year, score=score, rank=rank, **given)


def by_index(cast, on=TODAY, year=2022):
    return {row.index.short: row for row in standings(cast.agency, year, on=on)}


def test_without_a_published_value_nothing_is_told_but_the_targets(cast, plan):
    found = by_index(cast)
    assert list(found) == ["PAR INDEX", "SIPAS", "PAPI", "PCI", "DDCI", "DTI"]  # ICT INDEX has ended
    goal = found["PAR INDEX"].goals[0]
    assert (goal.words, goal.baseline, goal.aim) == ("tăng 10 bậc so với năm 2021", "năm 2021: chưa công bố", "")
    assert (goal.label, goal.detail) == ("Chưa tính được", "")
    assert (found["PAR INDEX"].latest, found["PAR INDEX"].trend_text) == (None, "")


def test_a_reached_and_a_coming_target_of_one_index(cast, plan):
    publish(cast.agency, "PAR INDEX", 2021, "85.5", 44)
    publish(cast.agency, "PAR INDEX", 2022, "90.1", 36)
    row = by_index(cast)["PAR INDEX"]
    up, top = row.goals
    assert (up.baseline, up.aim) == ("năm 2021: hạng 44", "hạng 34 năm 2022")
    assert (up.label, up.detail) == ("Chưa đạt", "còn thiếu 2 bậc")
    assert (top.label, top.detail) == ("Chưa đến hạn", "năm 2022 còn cách 16 bậc")
    assert (row.score_text, row.rank_text) == ("90,1% (loại A)", "hạng 36/63")
    assert row.bullet_text == "hạng 36, đích hạng 34"
    assert (row.bullet.percent, row.bullet.aim_percent) == (44, 48)  # 28 and 30 of 63 at or below
    assert row.trend_text == "điểm 2021: 85,5; 2022: 90,1"


def test_a_range_names_both_its_ends(cast, plan):
    publish(cast.agency, "PCI", 2021, "62.2", 58)
    goal = by_index(cast)["PCI"].goals[0]
    assert (goal.baseline, goal.aim) == ("năm 2021: 62,2 điểm", "62,7–63,2 điểm năm 2022")
    assert (goal.label, goal.detail) == ("Chưa công bố", "năm 2022; năm 2021 còn cách 0,5 điểm")


def test_what_is_published_later_is_not_known_yet(cast, plan):
    publish(cast.agency, "PAR INDEX", 2021, "85.5", 44)
    assert by_index(cast, on=date(2022, 4, 19))["PAR INDEX"].latest is None
    assert by_index(cast, on=date(2022, 4, 20))["PAR INDEX"].latest.rank == 44


def test_the_trend_shows_the_break_of_pci(cast, plan):
    for year, score in ((2023, 61), (2024, 62)):
        publish(cast.agency, "PCI", year, score)
    publish(cast.agency, "PCI 2.0", 2025, 55)
    row = by_index(cast, on=date(2026, 6, 1))["PCI"]
    assert row.trend_values == [61, 62, None, 55]
    assert row.trend_text == "điểm 2023: 61; 2024: 62 | 2025: 55"


def test_points_of_a_thousand_stand_on_the_scale_of_one(cast, plan):
    value = publish(cast.agency, "DTI", 2022, 643, 30, maximum=1000)
    assert value.points == Decimal("0.643")
    assert by_index(cast)["DTI"].score_text == "643 trên thang 1.000"


@pytest.mark.parametrize(("score", "grade"), [("90", "A"), ("89.99", "B"), ("80", "B"), ("70", "C"), ("69.99", "")])
def test_the_grade_of_par_index_follows_from_the_score(cast, score, grade):
    assert publish(cast.agency, "PAR INDEX", 2022, score, 1).grade == grade


def test_provinces_were_64_then_63_then_34():
    assert [provinces_in(year) for year in (2006, 2008, 2024, 2025)] == [64, 63, 63, 34]


def test_what_has_ended_stays_visible_once_it_has_a_history(cast, plan):
    publish(cast.agency, "ICT INDEX", 2019, "0.4", 50)
    assert by_index(cast)["ICT INDEX"].latest.year == 2019


def test_standings_take_three_queries_whatever_there_is(cast, plan, django_assert_num_queries):
    with django_assert_num_queries(3):
        by_index(cast)
    for year in range(2012, 2023):
        publish(cast.agency, "PAR INDEX", year, 80, 30)
        publish(cast.agency, "SIPAS", year, 80, 30)
    with django_assert_num_queries(3):
        told = [(row.trend_text, row.bullet, [goal.detail for goal in row.goals]) for row in by_index(cast).values()]
    assert told[0][0].startswith("điểm 2012: 80; ")


def test_the_pages_show_standing_history_and_a_workbook(cast, plan, client):
    publish(cast.agency, "PAR INDEX", 2021, "85.5", 44)
    publish(cast.agency, "PAR INDEX", 2022, "90.1", 36)
    client.force_login(cast.editor("ldvl"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/chi-so/?nam=2022").content.decode()
    assert "còn thiếu 2 bậc" in page and "Quyết định công bố, công bố 20/04/2023" in page and "chưa công bố" in page
    page = client.get("/chi-so/par-index/").content.decode()
    assert "<svg" in page and "loại A" in page and "hạng 44/63" in page
    book = client.get("/chi-so/par-index/excel/")
    assert book.content[:2] == b"PK"
    assert client.get("/chi-so/khong-co/").status_code == 404
