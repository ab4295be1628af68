"""Signing in by name and password, and what wrong tries and crafted addresses get."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.cast import PASSWORD
from accounts.clock import VIETNAM
from accounts.tests.hashers import CountingHasher

NEUTRAL = "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra lại cả hai."


@pytest.fixture(autouse=True)
def _home(settings):
    """The home page belongs to a floor above; here any page does."""
    settings.LOGIN_REDIRECT_URL = "notices"


def sign_in(client, username="hoa", password=PASSWORD, **more):
    return client.post("/dang-nhap/", {"username": username, "password": password, **more})


def test_a_page_asks_to_sign_in_first_and_comes_back_to_it(cast, client):
    response = client.get("/thong-bao/?page=2")
    assert response.url == "/dang-nhap/?next=/thong-bao/%3Fpage%3D2"
    assert "/thong-bao/?page=2" in client.get(response.url).content.decode()
    assert sign_in(client, next="/thong-bao/?page=2").url == "/thong-bao/?page=2"


@pytest.mark.parametrize(("username", "password"), [("hoa", "sai-mat-khau"), ("không-có", PASSWORD), ("hoa", "\u200b")])
def test_one_answer_for_a_wrong_name_and_a_wrong_password(cast, client, username, password):
    page = sign_in(client, username, password)
    assert page.status_code == 200
    assert NEUTRAL in page.content.decode()


def test_a_wrong_name_costs_the_same_hashing_as_a_wrong_password(cast, client, settings):
    settings.PASSWORD_HASHERS = ["accounts.tests.hashers.CountingHasher"]
    work = []
    for username in ("hoa", "không-có"):
        CountingHasher.hashed = 0
        sign_in(client, username, "sai-mat-khau")
        work.append(CountingHasher.hashed)
    assert work == [1, 1]


def test_a_disabled_person_gets_the_same_neutral_answer(cast, client):
    cast.office_staff.is_active = False
    cast.office_staff.save()
    assert NEUTRAL in sign_in(client).content.decode()


@pytest.mark.parametrize(
    "target",
    [
        "//evil.vn",
        "javascript:alert(1)",
        "https://evil.vn/",
        "/\\evil.vn",
        "///evil.vn",
        "\x00",
        "abc",
        "sign_out",
        "[]",
    ],
)
def test_a_foreign_next_leads_home(cast, client, target):
    assert sign_in(client, next=target).url == "/thong-bao/"


def test_empty_fields_are_asked_for_by_name(client, db):
    page = sign_in(client, "", "").content.decode()
    assert "Nhập tên đăng nhập." in page
    assert "Nhập mật khẩu." in page


def test_a_nul_in_name_or_password_is_answered_in_vietnamese(cast, client):
    assert "Tên đăng nhập có ký tự không hợp lệ" in sign_in(client, "ho\x00a").content.decode()
    assert "Mật khẩu có ký tự không hợp lệ" in sign_in(client, "hoa", "a\x00").content.decode()


def test_the_sixth_wrong_try_locks_that_name_and_nobody_else(cast, client):
    for _try in range(5):
        assert sign_in(client, password="sai").status_code == 200
    before = timezone.now()
    locked = sign_in(client, password="sai")
    assert locked.status_code == 429
    shown = {f"{before.astimezone(VIETNAM) + timedelta(minutes=15, seconds=more):%H:%M}" for more in (0, 5)}
    assert any(f"Tài khoản tạm khóa đến {moment}" in locked.content.decode() for moment in shown)
    assert sign_in(client).status_code == 429
    assert sign_in(client, "lan").status_code == 302


def test_a_right_password_forgets_earlier_wrong_tries(cast, client):
    for _round in range(2):
        for _try in range(5):
            sign_in(client, password="sai")
        assert sign_in(client).status_code == 302
        client.post("/dang-xuat/")


def test_someone_signed_in_is_sent_on(cast, client):
    client.force_login(cast.office_staff)
    assert client.get("/dang-nhap/").url == "/thong-bao/"


def test_signing_out_takes_a_post(cast, client):
    client.force_login(cast.office_staff)
    assert client.get("/dang-xuat/").status_code == 405
    assert client.get("/thong-bao/").status_code == 200
    assert client.post("/dang-xuat/").url == "/dang-nhap/"
    assert client.get("/thong-bao/").status_code == 302


def test_the_frame_names_the_person_the_unit_and_the_year(cast, client, time_machine):
    time_machine.move_to(datetime(2022, 3, 1, 9, tzinfo=VIETNAM))
    client.force_login(cast.head("ldvl"))
    page = client.get("/thong-bao/").content.decode()
    for text in ("Hồ Quốc Hùng", "Phòng Lao động - Việc làm", "Năm 2022", "Trợ giúp", 'lang="vi"'):
        assert text in page


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(cast, client, client_of):
    other = client_of(cast.office_staff)
    client.force_login(cast.office_staff)
    new = "tuyên-truyền-tốt"
    assert client.post("/doi-mat-khau/", {"old": PASSWORD, "new": new, "again": new}).status_code == 302
    assert client.get("/thong-bao/").status_code == 200
    assert other.get("/thong-bao/").status_code == 302
    client.post("/dang-xuat/")
    assert sign_in(client, password=new).status_code == 302


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"old": "sai", "new": "tuyên-truyền-tốt", "again": "tuyên-truyền-tốt"}, "Mật khẩu hiện nay không đúng."),
        ({"old": PASSWORD, "new": "ngắn", "again": "ngắn"}, "Mật khẩu mới quá ngắn."),
        ({"old": PASSWORD, "new": "1234567890", "again": "1234567890"}, "Mật khẩu mới quá phổ biến"),
        ({"old": PASSWORD, "new": "tuyên-truyền-tốt", "again": "tuyên-truyền-xấu"}, "không giống nhau"),
        ({}, "Nhập mật khẩu hiện nay."),
    ],
)
def test_a_new_password_is_refused_with_the_reason(cast, client, typed, answer):
    client.force_login(cast.office_staff)
    page = client.post("/doi-mat-khau/", typed)
    assert page.status_code == 200
    assert answer in page.content.decode()
    assert cast.office_staff.check_password(PASSWORD)


@pytest.fixture
def client_of():
    def signed_in(user):
        from django.test import Client

        other = Client()
        other.force_login(user)
        return other

    return signed_in
