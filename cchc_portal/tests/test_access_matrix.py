"""Every address × every role of the cast, generated from access_matrix.py."""

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from cchc_portal.tests.access_matrix import MATRIX, WHO
from cchc_portal.tests.world import NOW, World

# Also tells pytest-django that this module needs the test database.
pytestmark = pytest.mark.django_db
ADDRESSES = {name: pattern for name, pattern in get_resolver().reverse_dict.items() if isinstance(name, str)}
ROWS = [row for row in MATRIX if row.split()[0] in ADDRESSES]


class Rollback(Exception):
    pass


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once, in a transaction that is given up at the end."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False):
        try:
            with transaction.atomic():
                yield World(dict.fromkeys(row.of for row in MATRIX.values() if row.of))
                raise Rollback
        except Rollback:
            pass


def answer(world: World, name: str, who: str | None):
    """The response to `who` (None: not signed in); whatever it wrote is undone."""
    row = MATRIX[name]
    address = reverse(name.split()[0], args=world.keys(row.of))
    try:
        with transaction.atomic():
            client = Client()
            if who:
                client.force_login(world.cast.people[WHO[who]])
            response = client.get(address, row.query) if row.post is None else client.post(address, row.post)
            raise Rollback
    except Rollback:
        return response


def test_every_address_has_its_row():
    missing = sorted(set(ADDRESSES) - {row.split()[0] for row in MATRIX})
    assert not missing, "\n".join(f"thêm dòng cho url '{name}' vào access_matrix.py" for name in missing)


def test_no_row_is_left_of_an_address_that_is_gone():
    gone = [row for row in MATRIX if row.split()[0] not in ADDRESSES]
    assert not gone, "\n".join(f"bỏ dòng '{name}' khỏi access_matrix.py" for name in gone)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", ROWS)
def test_each_role_gets_its_answer(world, name, who):
    got, expected = answer(world, name, who).status_code, MATRIX[name].expected(who)
    assert got == expected, f"{name}: {who} ({WHO[who]}) nhận {got}, ma trận ghi {expected}"


@pytest.mark.parametrize("name", ROWS)
def test_who_has_not_signed_in_is_sent_to_the_sign_in_page(world, name):
    response, expected = answer(world, name, None), MATRIX[name].anonymous
    assert response.status_code == expected, (
        f"{name}: chưa đăng nhập nhận {response.status_code}, ma trận ghi {expected}"
    )
    if expected == 302:
        assert response.url.startswith(reverse("sign_in"))


@pytest.mark.parametrize("name", [name for name in ROWS if MATRIX[name].post is not None])
def test_an_act_is_not_done_by_a_link(world, name):
    """A GET never writes: an address that is meant for a form's button refuses it."""
    row = MATRIX[name]
    client = Client()
    client.force_login(world.cast.people[WHO["editor"]])
    address = reverse(name.split()[0], args=world.keys(row.of))
    assert client.get(address).status_code == 405
