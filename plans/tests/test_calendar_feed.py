"""The calendar of deadlines: what it holds, that it stays the same while nothing changes, that its link is private."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from accounts import clock
from accounts.models import User
from plans.deadlines.calendar_feed import calendar_of
from plans.deadlines.workdays import VIETNAM
from plans.models import CalendarFeed, Extension, Obligation
from plans.tests.factories import DUE_AT, issued_plan

NOW = datetime(2022, 2, 20, 9, tzinfo=VIETNAM)


@pytest.fixture
def plan(cast):
    return issued_plan(cast)


def events(person, now=NOW) -> dict:
    calendar = Calendar.from_ical(calendar_of(person, now=now))
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def owed(unit="ldvl", **kind) -> Obligation:
    return Obligation.objects.get(unit__code=unit, **(kind or {"kind": "unit_plan"}))


def test_a_person_of_a_unit_sees_each_of_its_deadlines_as_a_day(cast, plan):
    found = events(cast.head("ldvl"))
    assert len(found) == 5  # the plan and four quarters
    event = found[f"obligation-{owed().pk}@localhost"]
    assert str(event["summary"]) == "Hạn nộp: Kế hoạch của đơn vị, Năm 2022"
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2022, 2, 26), date(2022, 2, 27))
    assert str(event["status"]) == "CONFIRMED"
    assert str(event["description"]).splitlines() == [
        "Phòng Lao động - Việc làm", "Hạn: hết thứ Bảy 26/02/2022", "Nên nộp trước 17:00 thứ Sáu 25/02/2022",
    ]  # fmt: skip


def test_who_sees_the_whole_agency_gets_one_entry_an_occasion(cast, plan):
    Obligation.objects.filter(pk=owed().pk).update(first_submitted_at=NOW)
    for person in (cast.office_staff, cast.director):
        found = events(person)
        assert len(found) == 5
        [event] = [event for uid, event in found.items() if uid.endswith("-2022@localhost")]
        assert "1/14 đơn vị đã nộp." in str(event["description"])


@pytest.mark.parametrize("stamps", [{"first_submitted_at": NOW}, {"exempt_from": NOW.date(), "exempt_reason": "x"}])
def test_what_is_handed_in_or_exempt_stays_as_cancelled_under_the_same_uid(cast, plan, stamps):
    before = events(cast.head("ldvl"))
    Obligation.objects.filter(pk=owed().pk).update(**stamps)
    after = events(cast.head("ldvl"))
    assert before.keys() == after.keys()
    event = after[f"obligation-{owed().pk}@localhost"]
    assert str(event["status"]) == "CANCELLED"
    assert event["sequence"] > before[f"obligation-{owed().pk}@localhost"]["sequence"]


def test_an_extension_moves_the_day_and_raises_the_sequence(cast, plan):
    Extension.objects.create(
        agency=cast.agency, unit=cast.units["ldvl"], obligation=owed(), key="6f1c1d5e-3c0b-4c8e-9d5f-2a7f4b8f0e11",
        reason="Lũ", old_due_at=DUE_AT, proposed_due_at=DUE_AT + timedelta(days=3), requested_at=NOW,
        requested_by=cast.head("ldvl"), state="granted", granted_due_at=DUE_AT + timedelta(days=3), decided_at=NOW,
        decided_by=cast.chief,
    )  # fmt: skip
    Obligation.objects.filter(pk=owed().pk).update(extended_due_at=DUE_AT + timedelta(days=3))
    event = events(cast.head("ldvl"))[f"obligation-{owed().pk}@localhost"]
    assert event["dtstart"].dt == date(2022, 3, 1)
    assert event["sequence"] == 1
    assert event["dtstamp"].dt == NOW
    assert "(đã gia hạn)" in str(event["description"])


def test_nothing_changes_while_no_row_does(cast, plan):
    person = cast.head("ldvl")
    assert calendar_of(person, now=NOW) == calendar_of(User.objects.get(pk=person.pk), now=NOW + timedelta(hours=5))


def test_lines_are_folded_at_75_bytes_and_every_one_is_whole_letters(cast, plan):
    text = calendar_of(cast.office_staff, now=NOW)
    lines = text.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode("utf-8")
    assert b"\n" not in text.replace(b"\r\n", b"")


def test_the_calendar_costs_the_same_queries_for_five_entries_and_seventy(cast, plan):
    def queries(person):
        person = User.objects.get(pk=person.pk)
        with CaptureQueriesContext(connection) as found:
            calendar_of(person, now=NOW)
        return len(found)

    assert queries(cast.director) == queries(cast.head("ldvl")) <= 6


# The link


@pytest.fixture
def link(client, cast, plan):
    """The link that the head of a unit has made."""
    clock.set_demo(NOW)
    client.force_login(cast.head("ldvl"), backend="django.contrib.auth.backends.ModelBackend")
    assert "Chưa có liên kết" in client.get(reverse("my_calendar")).content.decode()
    client.post(reverse("my_calendar_renew"))
    feed = CalendarFeed.objects.get()
    address = reverse("calendar_feed", args=[feed.token])
    assert f"http://localhost:8000{address}" in client.get(reverse("my_calendar")).content.decode()
    client.logout()
    return address


def test_whoever_has_the_link_reads_the_calendar_without_signing_in(client, link):
    answer = client.get(link)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert b"BEGIN:VCALENDAR" in answer.content
    assert "sessionid" not in answer.cookies
    assert client.get(link, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_renewed_link_makes_the_old_one_dead(client, cast, link):
    client.force_login(cast.head("ldvl"), backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("my_calendar_renew"))
    client.logout()
    assert client.get(link).status_code == 404
    assert client.get(reverse("calendar_feed", args=[CalendarFeed.objects.get().token])).status_code == 200


def test_the_link_of_who_is_disabled_is_not_there_and_nobody_may_write_to_it(client, cast, link):
    assert client.post(link).status_code == 405
    User.objects.filter(pk=cast.head("ldvl").pk).update(is_active=False)
    assert client.get(link).status_code == 404


def test_a_token_is_long_and_of_its_own(cast):
    made = {CalendarFeed(user=person).token for person in cast.people.values()}
    assert len(made) == len(cast.people) and {len(token) for token in made} == {43}
