"""What a shared computer keeps of a person: nothing after signing out; a session nobody else knew before."""

import pytest

from accounts.cast import PASSWORD


@pytest.mark.parametrize("address", ["/", "/thong-bao/", "/doi-mat-khau/", "/khong-co-trang-nay/"])
def test_a_page_of_who_is_signed_in_is_not_kept_by_the_browser(cast, client, address):
    client.force_login(cast.clerk)
    assert "no-store" in client.get(address)["Cache-Control"]


def test_after_signing_out_a_page_asks_to_sign_in(cast, client):
    client.force_login(cast.clerk)
    client.post("/dang-xuat/")
    assert client.get("/thong-bao/").url == "/dang-nhap/?next=/thong-bao/"


def test_signing_in_begins_a_session_of_another_name(cast, client):
    """Whoever planted a session in this browser does not share the one that is signed in."""
    client.post("/thong-bao/xem-het/")  # keeps a form, so that a session exists
    planted = client.session.session_key
    client.post("/dang-nhap/", {"username": "hoa", "password": PASSWORD})
    assert client.session.session_key != planted
    assert not client.session.exists(planted)


def test_the_next_person_at_the_computer_does_not_get_the_form_of_the_one_before(cast, client):
    client.force_login(cast.clerk)
    client.post("/dang-xuat/")
    client.force_login(cast.chief)
    assert client.get("/tiep-tuc/").status_code == 302
