"""A form sent after the session had ended is kept in the new session until its sender has signed in again."""

from django.http import HttpRequest
from django.utils import timezone

KEY = "interrupted"
KEPT_SECONDS = 1800
PASSWORDS = ("password", "old", "new", "again")
NEVER_KEPT = ("csrfmiddlewaretoken", *PASSWORDS)


def keep(request: HttpRequest) -> None:
    """Put the fields of a POST aside (files cannot be kept; passwords are not)."""
    fields = [[name, value] for name in request.POST if name not in NEVER_KEPT for value in request.POST.getlist(name)]
    request.session[KEY] = {
        "path": request.get_full_path(),
        "fields": fields,
        "files": sorted(request.FILES),
        "at": timezone.now().timestamp(),
    }


def kept(request: HttpRequest) -> dict | None:
    """What was kept less than half an hour ago: path, fields as (name, value), files as names."""
    form = request.session.get(KEY)
    return form if form and timezone.now().timestamp() - form["at"] < KEPT_SECONDS else None


def drop(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def drop_if_sent(request: HttpRequest) -> None:
    """Forget the kept form when it is this request that sends it again."""
    if request.session.get(KEY, {}).get("path") == request.get_full_path():
        drop(request)


def is_from_our_page(request: HttpRequest) -> bool:
    """Whether the browser itself vouches that one of our own pages sent this request."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
