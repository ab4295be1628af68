"""A form sent after the session had ended, or with an old security mark, is offered again and not lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.cast import PASSWORD
from accounts.models import Notice

FIELDS = {"old": "x", "text": "Phát 1.250 tờ gấp <b>\ntại chợ", "area": ["a", "b"], "password": "bí mật"}


@pytest.fixture(autouse=True)
def _home(settings):
    settings.LOGIN_REDIRECT_URL = "notices"


@pytest.fixture
def notice(cast, at):
    return Notice.objects.create(
        recipient=cast.office_staff, key="k", title="Hạn nộp", url="/tro-giup/", created_at=at(2022, 2, 1)
    )


def sign_in(client):
    return client.post("/dang-nhap/", {"username": "hoa", "password": PASSWORD})


def test_a_form_sent_without_a_session_is_shown_again_after_signing_in(notice, client):
    address = f"/thong-bao/{notice.pk}/mo/"
    assert client.post(address, FIELDS).url == f"/dang-nhap/?next={address}"
    assert sign_in(client).url == "/tiep-tuc/"
    page = client.get("/tiep-tuc/").content.decode()
    assert f'action="{address}"' in page
    assert "Phát 1.250 tờ gấp &lt;b&gt;\ntại chợ" in page
    assert page.count('name="area"') == 2
    notice.refresh_from_db()
    assert notice.read_at is None


def test_passwords_are_never_kept(notice, client):
    client.post(f"/thong-bao/{notice.pk}/mo/", FIELDS)
    sign_in(client)
    assert "bí mật" not in client.get("/tiep-tuc/").content.decode()
    assert 'name="old"' not in client.get("/tiep-tuc/").content.decode()


def test_sending_it_again_acts_once_and_forgets_it(notice, client):
    address = f"/thong-bao/{notice.pk}/mo/"
    client.post(address, FIELDS)
    sign_in(client)
    assert client.post(address, FIELDS).url == "/tro-giup/"
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert client.get("/tiep-tuc/").url == "/thong-bao/"


def test_it_can_be_dropped(notice, client):
    client.post(f"/thong-bao/{notice.pk}/mo/", FIELDS)
    sign_in(client)
    client.post("/tiep-tuc/")
    assert client.get("/tiep-tuc/").url == "/thong-bao/"


def test_it_is_forgotten_after_half_an_hour(notice, client, time_machine):
    client.post(f"/thong-bao/{notice.pk}/mo/", FIELDS)
    sign_in(client)
    assert client.get("/tiep-tuc/").status_code == 200
    time_machine.move_to(timezone.now() + timedelta(minutes=31))
    assert client.get("/tiep-tuc/").url == "/thong-bao/"


def test_a_rotated_security_mark_from_our_own_page_loses_nothing(notice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(notice.recipient)
    address = f"/thong-bao/{notice.pk}/mo/"
    answer = client.post(address, FIELDS, headers={"Origin": "http://testserver"})
    assert answer.url == "/tiep-tuc/"
    assert "Phát 1.250 tờ gấp" in client.get("/tiep-tuc/").content.decode()
    notice.refresh_from_db()
    assert notice.read_at is None


@pytest.mark.parametrize("origin", ["https://evil.vn", "null", ""])
def test_a_form_from_elsewhere_is_refused_and_not_kept(notice, origin):
    client = Client(enforce_csrf_checks=True)
    client.force_login(notice.recipient)
    answer = client.post(f"/thong-bao/{notice.pk}/mo/", FIELDS, headers={"Origin": origin})
    assert answer.status_code == 403
    assert "Biểu mẫu đã hết hiệu lực" in answer.content.decode()
    assert client.get("/tiep-tuc/").status_code == 302


def test_a_polling_part_of_a_page_loads_the_page_anew_when_the_session_is_over(client, db):
    answer = client.get("/viec-nen/1/", headers={"HX-Request": "true"})
    assert answer["HX-Refresh"] == "true"
    assert not answer.content


def test_what_a_script_saved_by_itself_is_not_offered_again(cast, client):
    """Sent again by a person it would answer with words for a script; the page keeps the text in the browser."""
    answer = client.post("/thong-bao/xem-het/", {"act": "autosave"}, headers={"accept": "application/json"})
    assert answer.status_code == 302
    client.force_login(cast.clerk)
    assert client.get("/tiep-tuc/").status_code == 302
