"""What a directive is about: the page from which it is given, told as kind, id and words. Kinds register here.

A page that shows one object of accounts.recent needs nothing; another one registers how its address is read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import recent
from accounts.models import User
from plans.models import IndexTarget, Plan, RankingIndex

LONGEST = 600  # letters of an address


@dataclass(frozen=True)
class About:
    """`kind` and `id` name the thing, `words` is what it says now, `url` where; `unit_id` whose it is, if a unit's."""

    kind: str = ""
    id: str = ""
    words: str = ""
    url: str = ""
    unit_id: int | None = None


# (user, on, arguments of the address, its query) → (id, words, unit id), or None where the person sees nothing.
Find = Callable[[User, date, dict, QueryDict], tuple[str, str, int | None] | None]
PAGES: dict[str, tuple[str, Find]] = {}


def register(url_name: str, kind: str, find: Find) -> None:
    """Let directives be given about what the page of this name shows."""
    PAGES[url_name] = kind, find


def about(path: str, user: User, on: date) -> About:
    """What the page at `path` (with its query) shows, as far as this person sees it; an empty About for none."""
    if not path.startswith("/") or len(path) > LONGEST or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return About()
    parts = urlsplit(path)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return About()
    if found.url_name in PAGES:
        kind, find = PAGES[found.url_name]
        seen = find(user, on, found.kwargs, QueryDict(parts.query))
        return About(kind, seen[0][:200], seen[1][:300], path, seen[2]) if seen else About()
    kind, thing = recent.thing_at(found, user, on)
    if thing is None:
        return About()
    return About(
        thing._meta.label_lower, str(thing.pk), f"{kind.label}: {thing}"[:300], parts.path,
        getattr(thing, "unit_id", None),
    )  # fmt: skip


def _ranking_index(user: User, on: date, arguments: dict, query: QueryDict) -> tuple[str, str, int | None] | None:
    """An index with the targets that the plan in force sets for it."""
    index = RankingIndex.objects.filter(code=arguments["code"]).first()
    if index is None:
        return None
    plan = Plan.objects.visible_to(user, on=on).in_force().order_by("-year").first()
    targets = IndexTarget.objects.filter(plan=plan, index=index.short) if plan else ()
    return index.code, "; ".join([f"Chỉ số {index.short}", *map(str, targets)]), None


register("ranking_index", "ranking_index", _ranking_index)
