"""More than the web process takes at once, on a running portal: a page of ours, not the browser's own error."""

import http.client
import socket

import pytest

from cchc_portal.tests.fault_load import YEAR, fields_of_a_result
from cchc_portal.tests.faults import Visitor, rows, vietnam

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


def test_a_connection_that_breaks_at_half_leaves_neither_row_nor_file(make_portal, tmp_path):
    portal = make_portal(TMPDIR=str(tmp_path))
    portal.python(YEAR)
    portal.stand_at(vietnam(2022, 3, 10, 9))
    visitor, fields = Visitor(portal, "ldvl.soan"), fields_of_a_result(portal)
    parts = fields | {"key": "3c0f9b9e-5f8f-4e39-9f14-3b0a4a1f7a11", "csrfmiddlewaretoken": visitor.token}
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in parts.items()
    )
    body += '--x\r\nContent-Disposition: form-data; name="evidence"; filename="a.pdf"\r\n\r\n%PDF-'
    with socket.create_connection(("127.0.0.1", portal.port)) as wire:
        head = f"POST /ket-qua/moi/ HTTP/1.1\r\nHost: 127.0.0.1:{portal.port}\r\nCookie: {visitor.cookie}\r\n"
        head += "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 9000000\r\n\r\n"
        wire.sendall(head.encode() + body.encode() + b"0" * 4_000_000)
    assert visitor.get("/ket-qua/")[0] == 200
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert rows(portal, "SELECT 1 FROM propaganda_result") == []
    assert [path for path in (portal.folder / "files").rglob("*") if path.is_file()] == []
    assert "Traceback" not in portal.log("web")


def assert_page(answered: tuple[int, str], status: int, words: str) -> None:
    assert answered[0] == status
    assert words in answered[1]
    assert 'lang="vi"' in answered[1]
    assert 'href="/"' in answered[1]
