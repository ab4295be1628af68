"""Every address × every role of the cast, generated from access_matrix.py; one built world serves all of them."""

from collections.abc import Iterator
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.models import Agency, AgencyName, Post, Role, User
from cchc_portal.tests.access_matrix import LOCKED, MATRIX, MISSING, SHARED, WHO
from cchc_portal.tests.inputs.forms import FORMS
from cchc_portal.tests.undone import Rollback, Undone, Writes
from cchc_portal.tests.world import NOW, World

# Also tells pytest-django that this module needs the test database.
pytestmark = pytest.mark.django_db
ADDRESSES = {name: pattern for name, pattern in get_resolver().reverse_dict.items() if isinstance(name, str)}
ROWS = [row for row in MATRIX if row.split()[0] in ADDRESSES]
NOT_THEIRS = {403, 404}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once, in a transaction that is given up at the end."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False):
        try:
            with transaction.atomic():
                names = [row.of for row in (*FORMS.values(), *MATRIX.values()) if row.of]
                yield World(dict.fromkeys((*names, *LOCKED.values())))
                raise Rollback
        except Rollback:
            pass


class Visitor:
    """A person who signed in once and then asks for many addresses; whatever a request writes is undone."""

    def __init__(self, world: World, user: User | None):
        self.world, self.cookies = world, SimpleCookie()
        if user:
            client = Client()
            client.force_login(user)
            self.cookies = client.cookies

    def ask(self, url: str, keys: tuple, *, query: dict | None = None, post: dict | None = None):
        with Undone():
            return self._send(reverse(url, args=keys), query, post)

    def _send(self, path: str, query: dict | None, post: dict | None):
        client = Client()
        client.cookies.load({name: morsel.value for name, morsel in self.cookies.items()})
        return client.get(path, query or {}) if post is None else client.post(path, post)

    def row(self, name: str):
        row = MATRIX[name]
        return self.ask(name.split()[0], self.world.keys(row.of), query=row.query, post=row.post)


def test_every_address_has_its_row():
    missing = sorted(set(ADDRESSES) - {row.split()[0] for row in MATRIX})
    assert not missing, "\n".join(f"thêm dòng cho url '{name}' vào access_matrix.py" for name in missing)


def test_no_row_is_left_of_an_address_that_is_gone():
    gone = [row for row in MATRIX if row.split()[0] not in ADDRESSES]
    assert not gone, "\n".join(f"bỏ dòng '{name}' khỏi access_matrix.py" for name in gone)


@pytest.mark.parametrize("who", WHO)
def test_each_role_gets_its_answer(world, who):
    visitor, wrong = Visitor(world, world.cast.people[WHO[who]]), []
    for name in ROWS:
        got, expected = visitor.row(name).status_code, MATRIX[name].expected(who)
        if got != expected:
            wrong.append(f"{name}: {who} ({WHO[who]}) nhận {got}, ma trận ghi {expected}")
    assert not wrong, "\n".join(wrong)


def _sent_to_sign_in(visitor: Visitor) -> Iterator[str]:
    for name in ROWS:
        answer, expected = visitor.row(name), MATRIX[name].anonymous
        if answer.status_code != expected:
            yield f"{name}: nhận {answer.status_code}, ma trận ghi {expected}"
        elif expected == 302 and not answer.url.startswith(reverse("sign_in")):
            yield f"{name}: chuyển đến {answer.url}"


def test_who_has_not_signed_in_is_sent_to_the_sign_in_page(world):
    wrong = list(_sent_to_sign_in(Visitor(world, None)))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", ["editor", "chief"])
def test_who_was_disabled_while_signed_in_is_sent_to_the_sign_in_page(world, who):
    with Undone():
        person = world.cast.people[WHO[who]]
        visitor = Visitor(world, person)
        User.objects.filter(pk=person.pk).update(is_active=False)
        # The link of a calendar is its person's key: it is gone with the account.
        wrong = [text for text in _sent_to_sign_in(visitor) if text != "calendar_feed: nhận 404, ma trận ghi 200"]
    assert not wrong, "\n".join(wrong)


def _of_another_agency() -> User:
    """Chief, director and administrator at once, of a department to which nothing of the world belongs."""
    agency = Agency.objects.create(code="so-khac")
    names = {"name": "Sở Khác", "short_name": "Sở Khác", "symbol": "SK", "place": "Nơi khác"}
    AgencyName.objects.create(agency=agency, starts=NOW.date() - timedelta(days=999), **names)
    user = User.objects.create(username="nguoi.la", full_name="Người Lạ")
    for role in (Role.CHIEF_OF_OFFICE, Role.DIRECTOR, Role.ADMINISTRATOR, Role.CLERK):
        Post.objects.create(user=user, agency=agency, role=role, starts=NOW.date() - timedelta(days=99))
    return user


def _whose_posts_ended(world: World) -> User:
    """Held every role of the department and of the unit, until yesterday."""
    user = User.objects.create(username="nguoi.cu", full_name="Người Cũ")
    days = {"starts": NOW.date() - timedelta(days=99), "ends": NOW.date() - timedelta(days=1)}
    for post in Post.objects.filter(user__username__in=WHO.values()):
        Post.objects.create(user=user, agency=post.agency, unit=post.unit, role=post.role, **days)
    return user


@pytest.mark.parametrize("who", ["of another agency", "whose posts have ended"])
def test_nothing_of_the_department_exists_for_a_stranger(world, who):
    with Undone():
        user = _whose_posts_ended(world) if who == "whose posts have ended" else _of_another_agency()
        visitor, wrong = Visitor(world, user), []
        for name in ROWS:
            if MATRIX[name].of and name.split()[0] not in SHARED:
                answer = visitor.row(name)
                if answer.status_code not in NOT_THEIRS:
                    wrong.append(f"{name}: {who} nhận {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", ["head", "chief"])
def test_what_does_not_exist_is_nowhere_a_page(world, who):
    """Every kind of key in an address, put for an object that is not there; looking and acting."""
    visitor, wrong = Visitor(world, world.cast.people[WHO[who]]), []
    for name, url in {row.split()[0]: row for row in ROWS if MATRIX[row].of}.items():
        keys = tuple(MISSING[type(key)] for key in world.keys(MATRIX[url].of))
        for post in (None, {}):
            got = visitor.ask(name, keys, post=post).status_code
            if got not in NOT_THEIRS | {405}:
                wrong.append(f"{name}: {who} nhận {got}")
    assert not wrong, "\n".join(wrong)


def test_an_act_is_not_done_by_a_link(world):
    """A GET never writes: an address that is meant for a form's button refuses it."""
    visitor = Visitor(world, world.cast.people[WHO["editor"]])
    acts = [name for name in ROWS if MATRIX[name].post is not None]
    answers = {name: visitor.ask(name.split()[0], world.keys(MATRIX[name].of)).status_code for name in acts}
    assert answers == dict.fromkeys(acts, 405)


def test_no_page_writes_by_being_looked_at(world):
    wrong = []
    for who in ("editor", "chief"):
        visitor = Visitor(world, world.cast.people[WHO[who]])
        for name in ROWS:
            if MATRIX[name].post is None:
                with Writes() as writes:
                    visitor.row(name)
                if writes.seen:
                    wrong.append(f"{name}: {who} đã ghi vào {set(writes.seen)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", ["editor", "head", "office_staff", "chief"])
def test_what_is_locked_is_not_written_to(world, who):
    """Each form and button for what is being drafted, filled in well and sent to the same thing handed in or issued."""
    visitor, wrong = Visitor(world, world.cast.people[WHO[who]]), []
    acts = {name: (form.url, form.of, form.fields(world)) for name, form in FORMS.items()}
    acts |= {name: (name.split()[0], MATRIX[name].of, MATRIX[name].post) for name in ROWS if MATRIX[name].post}
    for name, (url, of, fields) in acts.items():
        if of in LOCKED:
            with Writes() as writes:
                visitor.ask(url, world.keys(LOCKED[of]), post=fields)
            if writes.seen:
                wrong.append(f"{name} trên {LOCKED[of]}: {who} đã ghi vào {set(writes.seen)}")
    assert not wrong, "\n".join(wrong)
