"""The web process of the portal: what gunicorn itself refuses is answered in Vietnamese too."""

from datetime import date
from threading import Thread

from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine
from gunicorn.workers.sync import SyncWorker

PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>
<p>Hãy rút ngắn nội dung tìm hoặc mở lại từ trang đầu.</p><p><a href="/">Về trang đầu</a></p></html>"""
REFUSED = {
    LimitRequestLine: ("414 URI Too Long", "Địa chỉ quá dài"),
    LimitRequestHeaders: ("431 Request Header Fields Too Large", "Yêu cầu của trình duyệt quá dài"),
}


def _open_calendar() -> None:
    """The public holidays take half a second to load: now, and not while somebody waits for a page."""
    from plans.deadlines.workdays import is_workday

    is_workday(date(2022, 1, 3))


class Worker(SyncWorker):
    """One request at a time; an address or header that is too long never reaches Django."""

    def load_wsgi(self):
        super().load_wsgi()
        Thread(target=_open_calendar, daemon=True).start()

    def handle_error(self, req, client, addr, exc):
        if type(exc) not in REFUSED:
            super().handle_error(req, client, addr, exc)
            return
        status, title = REFUSED[type(exc)]
        page = PAGE.format(title=title).encode()
        head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n"
        head += "Content-Security-Policy: default-src 'none'\r\nConnection: close\r\n\r\n"
        client.sendall(head.encode() + page)
