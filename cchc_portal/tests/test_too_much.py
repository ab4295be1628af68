"""More than the web process takes at once, on a running portal: a page of ours, not the browser's own error."""

import http.client

import pytest

pytestmark = pytest.mark.services


def answer(portal, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=30)
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    return response.status, response.read().decode()


def test_what_is_too_much_is_told_in_vietnamese(portal):
    typed = b"username=" + b"x" * (13 * 1024 * 1024)
    form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": "csrftoken=" + "a" * 32}
    assert_page(answer(portal, "POST", "/dang-nhap/", typed, **form), 413, "Nội dung gửi lên quá lớn")
    assert_page(answer(portal, "GET", "/dang-nhap/?next=" + "a" * 100_000), 414, "Địa chỉ quá dài")
    assert_page(answer(portal, "GET", "/dang-nhap/", **{"X-Long": "a" * 20_000}), 431, "quá dài")


def assert_page(answered: tuple[int, str], status: int, words: str) -> None:
    assert answered[0] == status
    assert words in answered[1]
    assert 'lang="vi"' in answered[1]
    assert 'href="/"' in answered[1]
