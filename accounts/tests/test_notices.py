"""Notices: one's own only, opened by a click that also marks them as seen, never by a GET."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Notice


@pytest.fixture
def tell(at):
    def write(person, key="k", url="/tro-giup/", title="Kế hoạch được trả lại", **fields):
        return Notice.objects.create(
            recipient=person, key=key, title=title, url=url, created_at=at(2022, 2, 26, 9, 41), **fields
        )

    return write


def test_a_person_sees_only_their_own(cast, client, tell):
    tell(cast.head("ldvl"), title="Việc của anh Hùng")
    tell(cast.head("gdnn"), title="Việc của anh Lâm")
    client.force_login(cast.head("ldvl"))
    page = client.get("/thong-bao/").content.decode()
    assert "Việc của anh Hùng" in page
    assert "Việc của anh Lâm" not in page
    assert "09:41 26/02/2022" in page


def test_an_empty_list_says_what_will_come_here(cast, client):
    client.force_login(cast.head("ldvl"))
    assert "Chưa có thông báo nào" in client.get("/thong-bao/").content.decode()


def test_code_in_a_notice_is_shown_as_text(cast, client, tell):
    tell(cast.clerk, title="<script>alert(1)</script>", body="{{ settings.SECRET_KEY }}\n<img onerror=x>")
    client.force_login(cast.clerk)
    page = client.get("/thong-bao/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ settings.SECRET_KEY }}<br>&lt;img onerror=x&gt;" in page


def test_opening_marks_it_as_seen_and_leads_to_what_it_tells(cast, client, tell):
    notice = tell(cast.clerk)
    client.force_login(cast.clerk)
    assert client.post(f"/thong-bao/{notice.pk}/mo/").url == "/tro-giup/"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_opening_again_keeps_the_first_time_it_was_seen(cast, client, tell, at):
    notice = tell(cast.clerk, read_at=at(2022, 2, 27))
    client.force_login(cast.clerk)
    client.post(f"/thong-bao/{notice.pk}/mo/")
    notice.refresh_from_db()
    assert notice.read_at == at(2022, 2, 27)


@pytest.mark.parametrize("url", ["", "//evil.vn", "https://evil.vn/", "javascript:alert(1)", "/\\evil.vn"])
def test_a_notice_never_leads_out_of_the_portal(cast, client, tell, url):
    notice = tell(cast.clerk, url=url)
    client.force_login(cast.clerk)
    assert client.post(f"/thong-bao/{notice.pk}/mo/").url == "/thong-bao/"


def test_a_get_neither_opens_nor_marks(cast, client, tell):
    notice = tell(cast.clerk)
    client.force_login(cast.clerk)
    for address in (f"/thong-bao/{notice.pk}/mo/", "/thong-bao/xem-het/"):
        assert client.get(address).status_code == 405
    notice.refresh_from_db()
    assert notice.read_at is None


def test_another_persons_notice_is_not_found(cast, client, tell):
    notice = tell(cast.clerk)
    client.force_login(cast.director)
    assert client.post(f"/thong-bao/{notice.pk}/mo/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_all_are_marked_at_once_but_only_ones_own(cast, client, tell):
    mine, theirs = [tell(cast.clerk, key=key) for key in "ab"], tell(cast.director)
    client.force_login(cast.clerk)
    assert "Đánh dấu đã xem tất cả (2)" in client.get("/thong-bao/").content.decode()
    client.post("/thong-bao/xem-het/")
    assert not Notice.objects.filter(pk__in=[row.pk for row in mine], read_at=None).exists()
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_thirty_notices_cost_no_more_queries_than_one(cast, client, tell):
    client.force_login(cast.clerk)
    counts = []
    for number in (1, 30):
        for key in range(Notice.objects.count(), number):
            tell(cast.clerk, key=str(key))
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/thong-bao/").content.decode().count("Kế hoạch được trả lại") == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("asked", "first"), [("2", 10), ("abc", 60), ("-1", 10), ("99", 10), ("", 60), ("1e3", 60)])
def test_a_page_number_that_makes_no_sense_gives_a_page(cast, client, tell, asked, first):
    for number in range(1, 61):
        tell(cast.clerk, key=str(number), title=f"Việc số {number:02d}")
    client.force_login(cast.clerk)
    html = client.get("/thong-bao/", {"page": asked}).content.decode()
    assert html.partition("Việc số ")[2].startswith(f"{first:02d}")
    assert "trong 60 thông báo" in html


def test_a_failed_mail_is_shown_to_its_person(cast, client, tell):
    tell(cast.clerk, mail_state="failed")
    client.force_login(cast.clerk)
    assert "Thư không gửi được" in client.get("/thong-bao/").content.decode()
