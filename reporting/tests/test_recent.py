"""What a person opened last: kept in their own cookie, shown only as far as they still see it."""

from datetime import date

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.recent import COOKIE, MOST
from plans.tests.factories import ISSUED_AT, unit_plan_of
from reporting.tests.factories import ready_year, report_of, result_of, roll_up_of

WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(ISSUED_AT, tick=False):
        yield


@pytest.fixture
def year(cast):
    return ready_year(cast)


def shown(client, page: str = "home") -> list[str]:
    return [item.title for item in client.get(reverse(page)).context["recent"]]


def test_each_kind_of_page_is_remembered_the_newest_first(cast, year, client):
    client.force_login(cast.office_staff)
    unit_plan, report, roll_up = unit_plan_of(year, "ldvl"), report_of(year), roll_up_of(year)
    result = result_of(year, "ldvl", date(2022, 1, 3))
    for name, key in (
        ("plan_detail", year.pk), ("unit_plan", unit_plan.pk), ("result_detail", result.pk),
        ("unit_report", report.pk), ("roll_up", roll_up.period.code), ("unit_plan", unit_plan.pk),
    ):  # fmt: skip
        client.get(reverse(name, args=[key]))
    expected = [str(row) for row in (unit_plan, roll_up, report, result, year)]
    assert shown(client) == shown(client, "search") == expected


def test_the_eight_last_are_kept(cast, year, client):
    client.force_login(cast.editor("ldvl"))
    results = [result_of(year, "ldvl", date(2022, 1, 3), title=f"Việc {number}") for number in range(MOST + 2)]
    for result in results:
        client.get(reverse("result_detail", args=[result.pk]))
    assert shown(client) == [result.title for result in reversed(results[2:])]


def test_opening_a_page_writes_nothing_to_the_database(cast, year, client):
    client.force_login(cast.editor("ldvl"))
    sessions = Session.objects.count()
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("unit_plan", args=[unit_plan_of(year, "ldvl").pk]))
    assert not [query["sql"] for query in queries if query["sql"].startswith(WRITES)]
    assert Session.objects.count() == sessions


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(cast, year, client):
    client.force_login(cast.editor("ldvl"))
    cookie = client.get(reverse("plan_detail", args=[year.pk])).cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert len(cookie.value) < 1000


def test_what_one_may_no_longer_see_disappears(cast, year, client):
    editor = cast.editor("ldvl")
    client.force_login(editor)
    client.get(reverse("unit_plan", args=[unit_plan_of(year, "ldvl").pk]))
    editor.posts.update(unit=cast.units["gdnn"])
    assert shown(client) == []


def test_a_page_that_was_refused_is_not_remembered(cast, year, client):
    client.force_login(cast.editor("gdnn"))
    assert client.get(reverse("unit_plan", args=[unit_plan_of(year, "ldvl").pk])).status_code == 404
    assert COOKIE not in client.cookies


def test_the_next_person_at_the_machine_sees_nothing_of_it(cast, year, client):
    client.force_login(cast.director)
    client.get(reverse("plan_detail", args=[year.pk]))
    kept = client.cookies[COOKIE].value
    client.force_login(cast.chief)
    client.cookies[COOKIE] = kept
    assert shown(client) == []


def test_signing_out_forgets(cast, year, client):
    client.force_login(cast.director)
    client.get(reverse("plan_detail", args=[year.pk]))
    response = client.post(reverse("sign_out"))
    assert response.cookies[COOKIE].value == "" and response.cookies[COOKIE]["max-age"] == 0


@pytest.mark.parametrize("spoilt", ["", "x", "W1tdXQ:1:2", "a" * 5000, "\\000"])
def test_a_spoilt_cookie_counts_as_none(cast, client, spoilt):
    client.force_login(cast.director)
    client.cookies[COOKIE] = spoilt
    assert shown(client) == []


def test_as_many_queries_for_one_page_as_for_eight(cast, year, client):
    client.force_login(cast.editor("ldvl"))
    counts = []
    for number in (1, 7):
        for _row in range(number):
            client.get(reverse("result_detail", args=[result_of(year, "ldvl", date(2022, 1, 3)).pk]))
        with CaptureQueriesContext(connection) as queries:
            shown(client)
        counts.append(len(queries))
    assert counts[0] == counts[1]
