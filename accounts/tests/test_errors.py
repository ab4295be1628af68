"""Whatever goes wrong, the answer is a page of ours: Vietnamese, with a way back and no trace."""

import re

import pytest
from django.conf import settings as configured
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import connection
from django.http import Http404
from django.test import Client, RequestFactory

from accounts.views import errors

WAY_BACK = 'href="/"'


@pytest.mark.parametrize(
    "address",
    [
        "/khong-co-trang-nay/",
        "/thong-bao/0/mo/",
        "/thong-bao/-1/mo/",
        f"/thong-bao/{10**30}/mo/",
        "/thong-bao/１２/mo/",
        "/thong-bao/1%00/mo/",
        "/viec-nen/0/",
        f"/viec-nen/{10**30}/",
    ],
)
def test_an_address_that_leads_nowhere_is_404_with_a_way_back(cast, client, address):
    client.force_login(cast.clerk)
    answer = client.post(address) if "mo" in address else client.get(address)
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.content.decode()
    assert WAY_BACK in answer.content.decode()


def test_what_is_gone_is_named_when_the_view_says_so(rf: RequestFactory, db):
    page = errors.not_found(rf.get("/"), Http404("Tệp không còn trong kho."))
    assert page.status_code == 404
    assert "Tệp không còn trong kho." in page.content.decode()
    assert WAY_BACK in page.content.decode()


@pytest.mark.parametrize(
    "exception", [Http404(), Http404("No Plan matches the given query."), Http404({"tried": [], "path": "x"})]
)
def test_what_django_says_of_a_missing_page_is_said_in_vietnamese(rf: RequestFactory, db, exception):
    page = errors.not_found(rf.get("/"), exception).content.decode()
    assert "Địa chỉ này không có" in page
    assert "matches" not in page and "tried" not in page


def test_the_page_of_maintenance_stands_alone():
    """The web server hands it out while the portal is down: no template tags, no other file, no database."""
    page = (configured.BASE_DIR / "templates/503.html").read_text("utf-8")
    assert "{%" not in page and "{{" not in page
    assert not re.search(r"""(?:src|href)="(?!/")""", page)
    assert "Cổng đang bảo trì" in page
    assert WAY_BACK in page
    assert "error_page 502 503 504 /503.html;" in (configured.BASE_DIR / "deploy/nginx.conf").read_text("utf-8")


@pytest.mark.parametrize("query", ["?q=%00", "?page=%00"])
def test_a_nul_in_the_query_is_404(cast, client, query):
    client.force_login(cast.clerk)
    assert client.get("/thong-bao/" + query).status_code == 404


def test_a_stranger_gets_the_same_404_page(client, db):
    answer = client.get("/khong-co-trang-nay/")
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_a_wrong_method_is_405_with_a_page(cast, client, method):
    client.force_login(cast.clerk)
    answer = getattr(client, method)("/dang-xuat/")
    assert answer.status_code == 405
    assert "POST" in answer["Allow"]
    assert "Không mở trực tiếp được địa chỉ này" in answer.content.decode()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_a_page_is_read_or_sent_and_nothing_else(cast, client, method):
    client.force_login(cast.clerk)
    answer = getattr(client, method)("/thong-bao/")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, POST"
    assert WAY_BACK in answer.content.decode()


def test_a_post_without_its_mark_is_403_with_a_page(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.clerk)
    answer = client.post("/thong-bao/xem-het/")
    assert answer.status_code == 403
    assert "Biểu mẫu đã hết hiệu lực" in answer.content.decode()
    assert WAY_BACK in answer.content.decode()


@pytest.fixture
def browser(db):
    """A client as strict as a browser that has opened the sign-in page."""
    client = Client(enforce_csrf_checks=True)
    client.get("/dang-nhap/")
    return client


def test_more_than_the_server_takes_at_once_is_413(browser, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = browser.post("/dang-nhap/", {"username": "x" * 2000})
    assert answer.status_code == 413
    assert "Nội dung gửi lên quá lớn" in answer.content.decode()


def test_what_is_too_much_is_read_to_its_end_so_that_the_browser_shows_our_page(rf: RequestFactory):
    request = rf.post("/", {"username": "x" * 200_000})
    assert errors.bad_request(request, RequestDataTooBig()).status_code == 413
    assert request.read() == b""


def test_more_fields_than_a_form_may_have_is_413(browser, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    answer = browser.post("/dang-nhap/", {f"f{n}": "x" for n in range(11)})
    assert answer.status_code == 413


def test_a_host_that_is_not_ours_is_400(client, db):
    answer = client.get("/dang-nhap/", headers={"Host": "evil.vn"})
    assert answer.status_code == 400
    assert "Yêu cầu không hợp lệ" in answer.content.decode()


def test_the_refusal_of_a_power_says_who_has_it(rf: RequestFactory, db):
    page = errors.forbidden(rf.get("/"), PermissionDenied("Chỉ trưởng đơn vị được nộp."))
    assert page.status_code == 403
    assert "Chỉ trưởng đơn vị được nộp." in page.content.decode()
    assert "hỏi trưởng đơn vị" in errors.forbidden(rf.get("/"), PermissionDenied()).content.decode()


def test_the_page_for_server_errors_touches_no_database(rf: RequestFactory):
    """No `db` fixture here: a query would raise."""
    page = errors.server_error(rf.get("/"))
    assert page.status_code == 500
    assert "Có lỗi ở máy chủ" in page.content.decode()
    assert WAY_BACK in page.content.decode()


def test_even_without_static_files_a_server_error_is_told_in_vietnamese(rf: RequestFactory, settings):
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "accounts.tests.broken.NoStaticFiles"}}
    page = errors.server_error(rf.get("/"))
    assert page.status_code == 500
    assert "Có lỗi ở máy chủ" in page.content.decode()


def test_an_error_before_sign_in_was_looked_at_has_a_page_too(rf: RequestFactory, db):
    request = rf.post("/")
    assert errors.bad_request(request, RequestDataTooBig()).status_code == 413
    assert errors.not_found(request, Exception()).status_code == 404
    assert connection.connection is not None


def test_every_page_forbids_inline_code(client, db):
    policy = client.get("/dang-nhap/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
