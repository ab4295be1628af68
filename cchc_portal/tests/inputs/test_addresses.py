"""Every address × hostile arguments, queries and methods."""

import re

import pytest
from django.urls import reverse

from cchc_portal.tests.inputs.checks import (
    ADDRESSES,
    PATTERNS,
    daily,
    english,
    every_fifth,
    hostile_addresses,
    objects_of,
)
from cchc_portal.tests.inputs.queries import QUERIES
from cchc_portal.tests.inputs.values import WORDS_IN_QUERIES
from cchc_portal.tests.tree import APPS, sources
from cchc_portal.tests.undone import Undone, Writes, client_of

pytestmark = pytest.mark.django_db

WITH_ARGUMENTS = [name for name in PATTERNS if PATTERNS[name][0][0][1]]


@pytest.mark.parametrize("name", WITH_ARGUMENTS)
def test_an_address_of_nothing_is_a_404_with_a_way_back(world, name):
    editor, chief = (client_of(world, who) for who in ("editor", "chief"))
    # What is sent to a line that is gone comes back with the typed text (409).
    ways = [(chief.get, (403, 404, 405)), (editor.get, (403, 404, 405)), (editor.post, (403, 404, 405, 409))]
    for number, path in enumerate(hostile_addresses(world, name)):
        for send_by, refusals in ways if every_fifth(name, number) else ways[:1]:
            with Undone():
                answer = send_by(path)
            assert answer.status_code in refusals, (path[:100], answer.status_code)
            page = answer.content.decode()
            assert 'lang="vi"' in page
            assert 'href="/"' in page
            assert not english(page)


def test_a_page_that_reads_its_query_has_its_row():
    """Every name that a view takes from the address stands in QUERIES."""
    told = {word for words in QUERIES.values() for word in words.split()}
    named = re.compile(r"""(?:request\.GET|query|asked)\.get\(\s*"([\w-]+)\"""")
    found = {word for app in APPS for path in sources(app) for word in named.findall(path.read_text("utf-8"))}
    assert found <= told


def queries(values):
    """(page, value) of each page and value."""
    return [
        pytest.param(name, value, marks=daily(name, number)) for name in QUERIES for number, value in enumerate(values)
    ]


@pytest.mark.parametrize(("name", "label"), queries(WORDS_IN_QUERIES))
def test_a_query_that_cannot_be_gives_a_page_of_ours(world, name, label):
    path, value, words = reverse(name, args=objects_of(world, name)), WORDS_IN_QUERIES[label], QUERIES[name].split()
    for who, queries in (("chief", [[word] for word in words]), ("editor", [words]), (None, [words])):
        client = client_of(world, who)
        for word in queries:
            answer = client.get(path, dict.fromkeys(word, value))
            assert answer.status_code in (200, 302, 400, 403, 404), (word, answer.status_code)
            if answer.status_code != 302:
                page = answer.content.decode()
                assert 'lang="vi"' in page
                assert not english(page)
                assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("name", "query"),
    queries(
        [
            "q=%00",
            "page=1%00",
            "q=a%00b",
            "%00=1",
            "csrfmiddlewaretoken=x",
            "q=%ff%fe",
            "q[]=1",
            "&&&",
            "filter=__class",
            "_method=DELETE",
        ]
    ),
)
def test_a_query_written_by_hand_gives_a_page_of_ours(world, name, query):
    path = reverse(name, args=objects_of(world, name))
    for who in ("editor", "chief"):
        answer = client_of(world, who).get(f"{path}?{query}")
        assert answer.status_code in (200, 302, 403, 404)
        assert answer.status_code == 404 or "%00" not in query.partition("=")[2]


@pytest.mark.parametrize("name", ADDRESSES)
def test_what_is_neither_read_nor_sent_is_405(world, name):
    path = reverse(name, args=objects_of(world, name))
    seen = client_of(world, "office_staff" if name.startswith("plan_import") or name == "dashboard" else "editor")
    is_page = seen.get(path).status_code == 200
    for method in ("put", "patch", "delete", "trace"):
        for who in ("editor", "office_staff"):
            with Undone(), Writes() as writes:
                answer = getattr(client_of(world, who), method)(path)
                assert answer.status_code in (403, 404, 405), answer.status_code
                assert 'lang="vi"' in answer.content.decode()
                assert not writes.seen
        if is_page:
            with Undone():
                assert getattr(seen, method)(path).status_code == 405
