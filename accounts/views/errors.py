"""The portal's own pages for what goes wrong: Vietnamese, with a way back."""

import contextlib
import errno
import logging
import re
import sys
from collections.abc import Iterator

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts import interrupted

logger = logging.getLogger(__name__)
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
OF_DJANGO = re.compile(r"No \w+ matches the given query\.")  # get_object_or_404
READ_AWAY_MAX = 64 * 1024 * 1024  # as much as the server in front lets through (deploy/nginx.conf)
CHUNK = 64 * 1024
FULL = (errno.ENOSPC, errno.EDQUOT)
FULL_WORDS = ("no space left on device", "disk is full")  # PostgreSQL, SQLite
NO_ROOM = {
    "heading": _("Máy chủ hết chỗ lưu"),
    "why": _("Ổ đĩa của cổng đã đầy nên chưa ghi thêm được; những gì đã lưu, đã nộp vẫn nguyên vẹn. Hãy báo ngay quản "
             "trị viên của cơ quan để dọn chỗ."),
}  # fmt: skip
NO_DATABASE = {
    "heading": _("Cổng tạm thời chưa ghi, chưa đọc được dữ liệu"),
    "why": _("Cơ sở dữ liệu chưa trả lời, thường chỉ trong ít phút; những gì đã lưu, đã nộp vẫn nguyên vẹn. Nếu quá 30 "
             "phút vẫn vậy mà đã sát hạn nộp, hãy báo Văn phòng Sở."),
}  # fmt: skip
RETRY_SECONDS = 10
LAST_RESORT = (
    '<!doctype html><html lang="vi"><title>Lỗi máy chủ</title><h1>Có lỗi ở máy chủ</h1><a href="/">Về trang đầu</a>'
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TOO_BIG):
        _read_away(request)
        return render(request, "errors/413.html", status=413)
    return render(request, "errors/400.html", status=400)


def _read_away(request: HttpRequest) -> None:
    """Take in what is still being sent: a browser cut off while it sends shows its own error, not our page."""
    left = READ_AWAY_MAX
    with contextlib.suppress(OSError):
        while left > 0 and (chunk := request.read(CHUNK)):
            left -= len(chunk)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A colleague without the power: `PermissionDenied("…")` says in Vietnamese who has it."""
    return render(request, "errors/403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`Http404("…")` may say in Vietnamese what is gone; what Django itself says is English and left out."""
    said = str(exception) if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "errors/404.html", {"reason": "" if OF_DJANGO.fullmatch(said) else said}, status=404)


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/405.html", status=405)


def server_error(request: HttpRequest) -> HttpResponse:
    """Touches neither the database nor the session: they may be what failed."""
    failed = sys.exc_info()[1]
    if _is_full(failed):
        return _unavailable(request, NO_ROOM)
    if isinstance(failed, OperationalError | InterfaceError):
        return _unavailable(request, NO_DATABASE)
    try:
        return HttpResponseServerError(render_to_string("500.html"))
    except Exception:
        logger.exception("the page for server errors could not be rendered")
        return HttpResponseServerError(LAST_RESORT)


def _causes(failed: BaseException | None) -> Iterator[BaseException]:
    while failed is not None:
        yield failed
        failed = failed.__cause__ or failed.__context__


def _is_full(failed: BaseException | None) -> bool:
    """Whether a disk that is full is behind it: that of the database, of the files or of what is just being sent."""
    return any(
        getattr(cause, "errno", None) in FULL or any(words in str(cause).casefold() for words in FULL_WORDS)
        for cause in _causes(failed)
        if isinstance(cause, OSError | OperationalError)
    )


def _unavailable(request: HttpRequest, said: dict) -> HttpResponse:
    """503; what was typed is in the page, to be sent again with its own mark and key. Passwords are asked for anew."""
    fields, files = [], []
    with contextlib.suppress(Exception):  # what is being sent may itself be what failed
        if request.method == "POST" and not any(name in request.POST for name in interrupted.PASSWORDS):
            fields = [(name, value) for name, values in request.POST.lists() for value in values]
            files = sorted(request.FILES)
    path = request.get_full_path() if fields or request.method == "GET" else "/"
    page = render_to_string("errors/unavailable.html", {**said, "fields": fields, "files": files, "path": path})
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_SECONDS)})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's security mark has expired (signed in again elsewhere, cookie cleared).

    When one of our own pages sent it, nothing typed is lost: it is kept and offered again.
    """
    if request.method == "POST" and interrupted.is_from_our_page(request) and request.user.is_authenticated:
        interrupted.keep(request)
        return redirect("resume")
    return render(request, "errors/csrf.html", status=403)
