"""The main menu: each app names its entries at start-up, so that the frame imports no app above it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Entry:
    """`who(user, on)` says whether a person sees it; `position` orders the menu."""

    position: int
    label: str
    url_name: str
    icon: str
    who: Callable | None = None


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    icon: str
    current: bool


ENTRIES: dict[str, Entry] = {}


def register(label: str, url_name: str, icon: str, *, position: int, who: Callable | None = None) -> None:
    """Add an entry; without `who` everyone who holds a post on that day sees it."""
    ENTRIES[url_name] = Entry(position, label, url_name, icon, who)


def items(request: HttpRequest) -> list[Item]:
    """The entries this person sees, the one of the present page marked; without a post, none."""
    user, on = request.user, request.today
    if not user.posts_on(on):
        return []
    shown = []
    for entry in sorted(ENTRIES.values(), key=lambda entry: entry.position):
        if entry.who is None or entry.who(user, on):
            try:
                shown.append((entry, reverse(entry.url_name)))
            except NoReverseMatch:
                continue
    here = max((url for _entry, url in shown if _is_at(request.path, url)), key=len, default=None)
    return [Item(entry.label, url, entry.icon, url == here) for entry, url in shown]


def _is_at(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
