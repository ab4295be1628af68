"""The portal's own pages for what goes wrong: Vietnamese, with a way back."""

import contextlib
import logging
import re

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from accounts import interrupted

logger = logging.getLogger(__name__)
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
OF_DJANGO = re.compile(r"No \w+ matches the given query\.")  # get_object_or_404
READ_AWAY_MAX = 64 * 1024 * 1024  # as much as the server in front lets through (deploy/nginx.conf)
CHUNK = 64 * 1024
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
    try:
        return HttpResponseServerError(render_to_string("500.html"))
    except Exception:
        logger.exception("the page for server errors could not be rendered")
        return HttpResponseServerError(LAST_RESORT)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's security mark has expired (signed in again elsewhere, cookie cleared).

    When one of our own pages sent it, nothing typed is lost: it is kept and offered again.
    """
    if request.method == "POST" and interrupted.is_from_our_page(request) and request.user.is_authenticated:
        interrupted.keep(request)
        return redirect("resume")
    return render(request, "errors/csrf.html", status=403)
