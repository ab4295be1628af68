"""What a person opened last, kept in a signed cookie of theirs: a page that is read writes nothing to the database."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core import signing
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch, reverse

from accounts.models import User

COOKIE = "mo-gan-day"
MOST = 8
KEPT_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True)
class Kind:
    """Objects of `model` (with `visible_to`) whose page is `url_name`; `field` is what the address names."""

    model: type
    label: str
    field: str
    related: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    title: str
    label: str
    url: str


KINDS: dict[str, Kind] = {}


def register(url_name: str, model: type, label: str, *, field: str = "pk", related: tuple[str, ...] = ()) -> None:
    """Pages of this name are remembered; the address has one argument."""
    KINDS[url_name] = Kind(model, label, field, related)


def opened(request: HttpRequest) -> list[tuple[str, str]]:
    """(url name, argument) of what this person opened, the newest first; nothing from a foreign or spoilt cookie."""
    try:
        rows = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_salt(request), max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return []
    return [(name, str(key)) for name, key in rows if name in KINDS]


def remember(request: HttpRequest, response: HttpResponse, url_name: str, key) -> None:
    """Put a page that was opened before the others."""
    before = opened(request)
    here = (url_name, str(key))
    rows = [here, *(row for row in before if row != here)][:MOST]
    if rows == before:
        return
    response.set_cookie(
        COOKIE,
        signing.dumps(rows, salt=_salt(request)),
        max_age=KEPT_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def items(request: HttpRequest) -> list[Item]:
    """What was opened last, as far as this person may still see it; one query a kind."""
    rows, found = opened(request), {}
    for url_name, kind in KINDS.items():
        if keys := [key for name, key in rows if name == url_name]:
            seen = kind.model.objects.visible_to(request.user, on=request.today).select_related(*kind.related)
            found |= {(url_name, str(_value(obj, kind))): obj for obj in seen.filter(**{f"{kind.field}__in": keys})}
    return [Item(str(found[row]), KINDS[row[0]].label, reverse(row[0], args=[row[1]])) for row in rows if row in found]


def thing_at(found: ResolverMatch, user: User, on: date) -> tuple[Kind | None, Model | None]:
    """(its kind, the object) that a resolved address shows, as far as this person sees it; (None, None) for none."""
    kind, keys = KINDS.get(found.url_name), list(found.kwargs.values())
    if kind is None or len(keys) != 1:
        return None, None
    seen = kind.model.objects.visible_to(user, on=on).select_related(*kind.related)
    return kind, seen.filter(**{kind.field: keys[0]}).first()


def _value(obj, kind: Kind):
    for name in kind.field.split("__"):
        obj = getattr(obj, name)
    return obj


def _salt(request: HttpRequest) -> str:
    """Another person at the same machine cannot read it."""
    return f"recent.{request.user.pk}"
