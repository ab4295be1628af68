"""The main menu: each app names its entries at start-up, so that the frame imports no app above it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Entry:
    """`who(user, on)` says whether a person sees it; `position` orders the menu.

    `also`: beginnings of addresses that belong to it besides its own ("/tong-hop/").
    `shortcut`: the letter that opens it after "g".
    """

    position: int
    label: str
    url_name: str
    icon: str
    who: Callable | None = None
    also: tuple[str, ...] = ()
    shortcut: str = ""


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    icon: str
    current: bool
    shortcut: str = ""


ENTRIES: dict[str, Entry] = {}


def register(
    label: str,
    url_name: str,
    icon: str,
    *,
    position: int,
    who: Callable | None = None,
    also: tuple[str, ...] = (),
    shortcut: str = "",
) -> None:
    """Add an entry; without `who` everyone who holds a post on that day sees it."""
    ENTRIES[url_name] = Entry(position, label, url_name, icon, who, also, shortcut)


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
    nearest = max((_nearness(request.path, entry, url) for entry, url in shown), default=0)
    return [
        Item(entry.label, url, entry.icon, 0 < nearest == _nearness(request.path, entry, url), entry.shortcut)
        for entry, url in shown
    ]


def _nearness(path: str, entry: Entry, url: str) -> int:
    """How much of the path the entry's longest fitting address covers; "/" fits only itself."""
    fitting = (start for start in (url, *entry.also) if path == start or (start != "/" and path.startswith(start)))
    return max(map(len, fitting), default=0)
