"""What a person sees follows from the posts held on that day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency, AgencyName, Event, Post, Role, Unit, UnitKind, User
from accounts.models.post import AGENCY_ROLES, UNIT_ROLES

DAY = date(2022, 3, 10)


@pytest.fixture
def other(cast):
    """Another department with one unit."""
    agency = Agency.objects.create(code="so-khac")
    AgencyName.objects.create(agency=agency, name="Sở khác", short_name="Sở", symbol="SK", place="Ninh Thuận")
    return Unit.objects.create(agency=agency, code="phong", kind=UnitKind.DIVISION, name="Phòng của Sở khác")


def seen(person, on=DAY) -> set[str]:
    return {unit.code for unit in Unit.objects.visible_to(person, on=on)}


def test_every_role_is_either_of_a_unit_or_of_the_agency():
    assert set(Role) == UNIT_ROLES | AGENCY_ROLES
    assert not UNIT_ROLES & AGENCY_ROLES
    assert {Role.UNIT_EDITOR, Role.UNIT_HEAD} == UNIT_ROLES


@pytest.mark.parametrize("username", ["hoa", "binh", "duc", "lan", "huy", "nam"])
def test_an_agency_role_sees_every_unit_of_its_agency_and_no_other(cast, other, username):
    person = cast.people[username]
    assert seen(person) == set(cast.units)
    scope = person.scope(DAY)
    assert (scope.agency_ids, scope.unit_ids) == ({cast.agency.pk}, set())
    assert scope.member_agency_ids == {cast.agency.pk}


@pytest.mark.parametrize("code", ["ldvl", "van-phong", "dvvl"])
@pytest.mark.parametrize("who", ["editor", "head"])
def test_a_unit_role_sees_its_unit_only_the_office_too(cast, other, code, who):
    person = getattr(cast, who)(code)
    assert seen(person) == {code}
    scope = person.scope(DAY)
    assert (scope.agency_ids, scope.unit_ids) == (set(), {cast.units[code].pk})
    assert scope.member_agency_ids == {cast.agency.pk}


@pytest.mark.parametrize(
    ("starts", "ends", "sees"),
    [
        (None, date(2022, 3, 9), False),
        (None, date(2022, 3, 10), True),
        (date(2022, 3, 10), None, True),
        (date(2022, 3, 11), None, False),
        (date(2022, 3, 10), date(2022, 3, 10), True),
        (None, None, True),
    ],
)
@pytest.mark.parametrize("username", ["hoa", "ldvl.soan"])
def test_a_post_counts_from_its_first_to_its_last_day(cast, username, starts, ends, sees):
    person = cast.people[username]
    Post.objects.filter(user=person).update(starts=starts, ends=ends)
    assert bool(seen(person)) is sees
    assert bool(person.posts_on(DAY)) is sees


def test_a_move_to_another_unit_changes_what_is_seen_by_the_day(cast):
    person = cast.editor("ldvl")
    Post.objects.filter(user=person).update(ends=date(2022, 3, 31))
    Post.objects.create(
        user=person, agency=cast.agency, unit=cast.units["ncc"], role=Role.UNIT_HEAD, starts=date(2022, 4, 1)
    )
    assert seen(person, date(2022, 3, 31)) == {"ldvl"}
    assert seen(person, date(2022, 4, 1)) == {"ncc"}


def test_two_posts_add_up(cast, other):
    person = cast.editor("ldvl")
    Post.objects.create(user=person, agency=cast.agency, unit=cast.units["ncc"], role=Role.UNIT_EDITOR)
    assert seen(person) == {"ldvl", "ncc"}
    Post.objects.create(user=person, agency=other.agency, role=Role.OFFICE_STAFF)
    person = User.objects.get(pk=person.pk)  # the posts of a day are read once a request
    assert seen(person) == {"ldvl", "ncc", "phong"}
    assert person.scope(DAY).member_agency_ids == {cast.agency.pk, other.agency.pk}


def test_an_agency_role_named_with_a_unit_is_still_of_the_agency(cast):
    person = cast.editor("ldvl")
    Post.objects.filter(user=person).update(role=Role.INSPECTOR)
    assert seen(person) == set(cast.units)


@pytest.mark.parametrize("username", ["hoa", "duc", "ldvl.soan", "ldvl.truong"])
def test_a_disabled_person_sees_nothing_and_holds_nothing(cast, username):
    person = cast.people[username]
    person.is_active = False
    person.save()
    assert seen(person) == set()
    scope = person.scope(DAY)
    assert scope.agency_ids == scope.unit_ids == scope.member_agency_ids == frozenset()
    assert not Event.objects.visible_to(person, on=DAY).exists()


def test_a_post_is_held_in_its_unit_and_agency_only(cast, other):
    head, ldvl = cast.head("ldvl"), cast.units["ldvl"]
    facts = {"on": DAY, "agency_id": cast.agency.pk}
    assert head.holds(Role.UNIT_HEAD, unit_id=ldvl.pk, **facts)
    assert head.post_as(Role.UNIT_EDITOR, Role.UNIT_HEAD, unit_id=ldvl.pk, **facts).title == "Trưởng phòng"
    assert not head.holds(Role.UNIT_EDITOR, unit_id=ldvl.pk, **facts)
    assert not head.holds(Role.UNIT_HEAD, unit_id=cast.units["ncc"].pk, **facts)
    assert not head.holds(Role.UNIT_HEAD, on=DAY, agency_id=other.agency_id)
    assert cast.director.holds(Role.DIRECTOR, **facts)
    assert not cast.director.holds(Role.DIRECTOR, on=DAY, agency_id=other.agency_id)


def test_the_audit_is_for_the_agencys_people(cast, other, at):
    Event.record(cast.agency, at=at(2022, 3, 1), by=cast.clerk, action="x", label="Việc", agency_id=cast.agency.pk)
    Event.record(other.agency, at=at(2022, 3, 1), by=None, action="x", label="Việc khác", agency_id=other.agency_id)
    for username in ("hoa", "nam"):
        assert [event.label for event in Event.objects.visible_to(cast.people[username], on=DAY)] == ["Việc"]
    assert not Event.objects.visible_to(cast.head("ldvl"), on=DAY).exists()


def test_the_posts_of_a_day_are_asked_for_once(cast):
    person = cast.head("ldvl")
    with CaptureQueriesContext(connection) as captured:
        for _time in range(3):
            person.scope(DAY)
            assert str(person.posts_on(DAY)[0].unit) == "Phòng Lao động - Việc làm"
    assert len(captured) == 1
