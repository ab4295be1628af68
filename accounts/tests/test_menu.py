"""The main menu: what apps register, seen by whom, with the present page marked."""

import pytest

from accounts import menu
from accounts.models import Role


@pytest.fixture
def entries(monkeypatch):
    monkeypatch.setattr(menu, "ENTRIES", {})
    return menu.register


@pytest.fixture
def shown(rf, at):
    def items(user, path="/"):
        request = rf.get(path)
        request.user, request.today = user, at(2022, 3, 1).date()
        return menu.items(request)

    return items


def test_entries_stand_in_their_order_and_only_those_that_lead_somewhere(cast, entries, shown):
    entries("Trợ giúp", "help", "question-circle", position=20)
    entries("Chưa có", "no_such_page", "house", position=15)
    entries("Thông báo", "notices", "bell", position=10)
    assert [(item.label, item.url) for item in shown(cast.clerk)] == [
        ("Thông báo", "/thong-bao/"),
        ("Trợ giúp", "/tro-giup/"),
    ]


def test_an_entry_is_seen_by_whom_it_is_for(cast, entries, shown):
    entries(
        "Điều hành",
        "help",
        "speedometer2",
        position=10,
        who=lambda user, on: user.holds(Role.DIRECTOR, on=on, agency_id=cast.agency.pk),
    )
    assert [item.label for item in shown(cast.director)] == ["Điều hành"]
    assert shown(cast.head("ldvl")) == []


def test_the_page_one_is_on_is_marked_the_nearest_only(cast, entries, shown):
    entries("Thông báo", "notices", "bell", position=10)
    entries("Xem hết", "read_all_notices", "bell", position=20)
    marked = {path: [item.label for item in shown(cast.clerk, path) if item.current] for path in _PATHS}
    assert marked == _PATHS


_PATHS = {"/thong-bao/": ["Thông báo"], "/thong-bao/7/mo/": ["Thông báo"], "/thong-bao/xem-het/": ["Xem hết"], "/": []}


def test_an_entry_may_own_further_addresses(cast, entries, shown):
    entries("Báo cáo", "help", "file-earmark-text", position=10, also=("/tong-hop/", "/so-lieu/"))
    entries("Trang đầu", "notices", "house", position=20)
    assert [item.current for item in shown(cast.clerk, "/tong-hop/2022-Q1/")] == [True, False]
    assert [item.current for item in shown(cast.clerk, "/")] == [False, False]


def test_who_holds_no_post_has_no_menu(cast, entries, shown):
    entries("Thông báo", "notices", "bell", position=10)
    cast.clerk.posts.update(ends="2021-12-31")
    assert shown(cast.clerk) == []
