"""What every answer obeys, and how a form of the table is sent."""

import html
import re
from zlib import crc32

import pytest
from django.urls import get_resolver, reverse

from cchc_portal.tests.access_matrix import MATRIX
from cchc_portal.tests.inputs.values import MILLION, NUMBERS_IN_ADDRESSES, WORDS_IN_ADDRESSES
from cchc_portal.tests.undone import client_of
from cchc_portal.tests.world import World
from documents.vietnamese import clean

ANSWERS = {200, 302, 403, 404, 405, 409, 413, 422, 429}
ENGLISH = re.compile(
    r"This field|This value|Enter a|Select a valid|Null characters|Ensure this|Not Found|Forbidden|Bad Request"
    r"|Server Error|Traceback|not one of the available|Please |invalid|required\b(?!>| )"
)
PATTERNS = {name: value for name, value in get_resolver().reverse_dict.items() if isinstance(name, str)}
ADDRESSES = sorted(PATTERNS)


def unclean(before: dict[str, set], after: dict[str, set]) -> list[str]:
    """Rows written since that hold control characters, zero-width ones or decomposed letters."""
    escaped = re.compile(r"\\x[0189][0-9a-f]|\\u20[023][0-9a-f]|\\ufeff")
    fresh = [row for label, rows in after.items() for row in rows - before[label]]
    letters = [re.sub(r"\\(?:x..|u.{4}|U.{8})", " ", row) for row in fresh]  # an escape may end in a letter
    return [row[:300] for row, text in zip(fresh, letters, strict=True) if escaped.search(row) or clean(text) != text]


def address(world: World, form) -> str:
    return reverse(form.url, args=world.keys(form.of))


def english(page: str) -> list[str]:
    words = re.sub(r"<(style|script)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return ENGLISH.findall(words)


def send(world: World, form, fields: dict, **options):
    client = client_of(world, form.who, **options)
    return client.post(address(world, form), fields)


def every_fifth(name: str, number: int) -> bool:
    """A fifth of the values of each name, spread so that together the names meet all."""
    return (crc32(name.encode()) + number) % 5 == 0


def daily(name: str, number: int):
    """The mark of a value: each day a fifth, at night every one."""
    return () if every_fifth(name, number) else pytest.mark.nightly


def assert_still_there(page: str, form, field: str, value: str) -> None:
    """What a person typed stands on the page again; keys and versions are not typed."""
    if form.kinds[field] in ("hidden", "choice") or "\x00" in value or field == "evidence":
        return
    start = html.escape(" ".join(value.split())[:40])
    shown = " ".join(page.split())
    assert start in shown or clean(start) in shown, f"{field} không còn trên trang"
    if value == MILLION:
        assert page.count("ă") >= 1_000_000


def arguments(name: str) -> list[tuple[str, tuple[str, ...]]]:
    """The arguments of an address: each with the hostile values that may stand in its place."""
    found = PATTERNS[name][0][0][1]
    converters = PATTERNS[name][3]
    return [(key, NUMBERS_IN_ADDRESSES if type(converters[key]).__name__ == "IntConverter" else WORDS_IN_ADDRESSES)
            for key in found]  # fmt: skip


def hostile_addresses(world: World, name: str):
    """The address with each of its arguments in turn replaced; the others are those of a real object."""
    row = next(row for label, row in MATRIX.items() if label.split()[0] == name)
    template, good = PATTERNS[name][0][0][0], world.keys(row.of)
    names = [key for key, _values in arguments(name)]
    for key, values in arguments(name):
        for value in values:
            yield "/" + template % (dict(zip(names, good, strict=True)) | {key: value})


def objects_of(world: World, name: str) -> tuple:
    return world.keys(next(row.of for label, row in MATRIX.items() if label.split()[0] == name))
