"""The demo: entering as one of its people, and moving its calendar. Elsewhere neither exists."""

import pytest

from accounts import clock
from accounts.models import DemoClock


@pytest.fixture(autouse=True)
def demo(settings, cast, at):
    settings.DEMO = True
    settings.LOGIN_REDIRECT_URL = "notices"
    clock.set_demo(at(2022, 2, 26, 23, 59))


def test_the_sign_in_page_offers_the_cast_with_one_query_for_all(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        page = client.get("/dang-nhap/").content.decode()
    for text in ("Nguyễn Thị Hoa", "Lê Minh Đức", "Hồ Quốc Hùng", "Phòng Lao động - Việc làm"):
        assert text in page


def test_one_click_enters_as_a_person(client, cast):
    assert client.post("/minh-hoa/vao-vai/", {"username": "ldvl.truong"}).url == "/thong-bao/"
    assert "Hồ Quốc Hùng" in client.get("/thong-bao/").content.decode()
    client.post("/minh-hoa/vao-vai/", {"username": "duc"})
    assert "Lê Minh Đức" in client.get("/thong-bao/").content.decode()


@pytest.mark.parametrize("name", ["", "không-có", "\x00", "x" * 10_000])
def test_an_unknown_person_is_not_found(client, name):
    assert client.post("/minh-hoa/vao-vai/", {"username": name}).status_code == 404


def test_the_banner_says_where_the_calendar_stands(client):
    page = client.get("/dang-nhap/").content.decode()
    assert "dữ liệu không có thật" in page
    assert "26/02/2022" in page


def test_the_calendar_moves_to_a_preset(client, at):
    client.post("/minh-hoa/lich/", {"preset": "2022-03-15T08:00", "next": "/tro-giup/"})
    assert clock.now() == at(2022, 3, 15, 8, 0)


def test_the_calendar_moves_to_a_day_and_time_typed_the_vietnamese_way(client, at):
    answer = client.post("/minh-hoa/lich/", {"day": "3/2/2022", "time": "07:30", "next": "/tro-giup/"})
    assert answer.url == "/tro-giup/"
    assert clock.now() == at(2022, 2, 3, 7, 30)


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"day": "31/02/2022", "time": "08:00"},
        {"day": "03/02/2022", "time": "25:00"},
        {"day": "03/02/2022"},
        {"preset": "x\x00"},
    ],
)
def test_a_moment_that_does_not_exist_changes_nothing_and_says_so(client, at, typed):
    page = client.post("/minh-hoa/lich/", {**typed, "next": "/dang-nhap/"}, follow=True)
    assert "Chưa đổi lịch." in page.content.decode()
    assert clock.now() == at(2022, 2, 26, 23, 59)


@pytest.mark.parametrize("address", ["/minh-hoa/lich/", "/minh-hoa/vao-vai/"])
def test_outside_the_demo_neither_address_exists(client, settings, address):
    settings.DEMO = False
    answer = client.post(address, {"username": "duc", "preset": "2022-03-15T08:00"})
    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session
    assert DemoClock.objects.get().at.year == 2022
    assert "Bản minh họa" not in client.get("/dang-nhap/").content.decode()
