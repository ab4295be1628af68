"""Whatever is sent, the answer is a page of ours, nothing half is stored, and what was typed is still there.

Generated from bad_inputs.py; the rules that every form and address obeys stand here.
"""

import html
import inspect
import re
from zlib import crc32

import pytest
import time_machine
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from django.urls import get_resolver, resolve, reverse

from accounts.jobs import run
from accounts.models import Job
from cchc_portal.tests.access_matrix import MATRIX, WHO
from cchc_portal.tests.bad_inputs import (
    BUTTONS,
    CODE,
    FORMS,
    MILLION,
    NUMBERS_IN_ADDRESSES,
    QUERIES,
    VALUES,
    WORDS_IN_ADDRESSES,
    WORDS_IN_QUERIES,
)
from cchc_portal.tests.tree import APPS, sources
from cchc_portal.tests.world import NOW, World
from documents.vietnamese import clean

pytestmark = pytest.mark.django_db
OURS = ("documents", "accounts", "plans", "propaganda", "reporting")
ANSWERS = {200, 302, 403, 404, 405, 409, 413, 422, 429}
ENGLISH = re.compile(
    r"This field|This value|Enter a|Select a valid|Null characters|Ensure this|Not Found|Forbidden|Bad Request"
    r"|Server Error|Traceback|not one of the available|Please |invalid|required\b(?!>| )"
)
PATTERNS = {name: value for name, value in get_resolver().reverse_dict.items() if isinstance(name, str)}


class Rollback(Exception):
    pass


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once, in a transaction that is given up at the end."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False):
        try:
            with transaction.atomic():
                names = [row.of for row in (*FORMS.values(), *MATRIX.values()) if row.of]
                world = World(dict.fromkeys(names))
                world.untouched = stored()
                yield world
                raise Rollback
        except Rollback:
            pass


class Undone:
    """`with Undone():` whatever is written inside is undone."""

    def __enter__(self):
        self._atomic = transaction.atomic()
        self._atomic.__enter__()

    def __exit__(self, kind, error, trace):
        self._atomic.__exit__(Rollback, Rollback(), None)
        return False


class Writes:
    """`with Writes() as writes:` tells by `writes.seen` whether a table of ours was written to inside.

    Signing in for the request writes the session and the person's last time, which are none of it.
    """

    def __init__(self):
        self.seen = []

    def __enter__(self):
        self._wrapper = connection.execute_wrapper(self._look)
        self._wrapper.__enter__()
        return self

    def __exit__(self, *error):
        return self._wrapper.__exit__(*error)

    def _look(self, execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE", "WITH")) and '"last_login"' not in sql:
            self.seen += [label for label in OURS if f'"{label}_' in sql]
        return execute(sql, params, many, context)


def stored() -> dict[str, set]:
    """Every row of ours as it is stored, by model; who signed in when is no part of it."""
    rows = {}
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            names = [field.attname for field in model._meta.concrete_fields if field.attname != "last_login"]
            rows[model._meta.label] = set(map(repr, model._default_manager.values_list(*names)))
    return rows


def unclean(before: dict[str, set], after: dict[str, set]) -> list[str]:
    """Rows written since that hold control characters, zero-width ones or decomposed letters."""
    escaped = re.compile(r"\\x[0189][0-9a-f]|\\u20[023][0-9a-f]|\\ufeff")
    fresh = [row for label, rows in after.items() for row in rows - before[label]]
    return [row[:300] for row in fresh if escaped.search(row) or clean(row) != row]


def client_of(world: World, who: str | None, **options) -> Client:
    client = Client(**options)
    if who:
        client.force_login(world.cast.people[WHO[who]])
    return client


def address(world: World, form) -> str:
    return reverse(form.url, args=world.keys(form.of))


def english(page: str) -> list[str]:
    words = re.sub(r"<(style|script)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return ENGLISH.findall(words)


def send(world: World, form, fields: dict, **options):
    client = client_of(world, form.who, **options)
    return client.post(address(world, form), fields)


@pytest.fixture(autouse=True)
def _demo(request, settings):
    """Two forms are of the demo only."""
    name = request.node.callspec.params.get("name") if hasattr(request.node, "callspec") else None
    if name in FORMS and FORMS[name].demo:
        settings.DEMO = True


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if not form.refused])
def test_a_form_of_the_table_filled_in_well_is_accepted(world, name):
    """Else the hostile values would be refused for another reason."""
    form = FORMS[name]
    with Undone():
        if form.before:
            form.before(world)
        answer = send(world, form, form.fields(world))
        assert answer.status_code == 302, re.sub(r"\s+", " ", answer.content.decode())[-3000:]


def every_third(name: str, number: int) -> bool:
    """A third of the values of each name, spread so that together the names meet all."""
    return (crc32(name.encode()) + number) % 3 == 0


def daily(name: str, number: int):
    """The mark of a value: each day a third, at night every one."""
    return () if every_third(name, number) else pytest.mark.nightly


CASES = [
    pytest.param(name, field, label, id=f"{name}-{field}-{label}", marks=daily(f"{name} {field}", number))
    for name, form in FORMS.items()
    for field, kind in form.kinds.items()
    for number, label in enumerate(VALUES[kind])
]


@pytest.mark.parametrize(("name", "field", "label"), CASES)
def test_a_hostile_value_gets_a_page_of_ours_and_nothing_half_is_stored(world, name, field, label):
    form = FORMS[name]
    value = VALUES[form.kinds[field]][label]
    with Undone():
        if form.before:
            form.before(world)
        before = stored() if form.before else world.untouched
        with Writes() as writes:
            answer = send(world, form, form.fields(world) | {field: value})
        assert answer.status_code in ANSWERS
        if answer.status_code == 302:
            assert not unclean(before, stored())
            return
        page = answer.content.decode()
        assert 'lang="vi"' in page
        assert not english(page)
        assert not writes.seen or stored() == before
        if isinstance(value, str) and answer.status_code in (200, 409) and field not in form.secret:
            assert_still_there(page, form, field, value)


def assert_still_there(page: str, form, field: str, value: str) -> None:
    """What a person typed stands on the page again; keys and versions are not typed."""
    if form.kinds[field] in ("hidden", "choice") or "\x00" in value or field == "evidence":
        return
    start = html.escape(" ".join(value.split())[:40])
    shown = " ".join(page.split())
    assert start in shown or clean(start) in shown, f"{field} không còn trên trang"
    if value == MILLION:
        assert page.count("ă") >= 1_000_000


# Addresses ------------------------------------------------------------------------------------------------------------


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


WITH_ARGUMENTS = [name for name in PATTERNS if PATTERNS[name][0][0][1]]


@pytest.mark.parametrize("name", WITH_ARGUMENTS)
def test_an_address_of_nothing_is_a_404_with_a_way_back(world, name):
    editor, chief = (client_of(world, who) for who in ("editor", "chief"))
    # What is sent to a line that is gone comes back with the typed text (409).
    ways = [(chief.get, (403, 404, 405)), (editor.get, (403, 404, 405)), (editor.post, (403, 404, 405, 409))]
    for number, path in enumerate(hostile_addresses(world, name)):
        for send_by, refusals in ways if every_third(name, number) else ways[:1]:
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


def _objects(world: World, name: str) -> tuple:
    return world.keys(next(row.of for label, row in MATRIX.items() if label.split()[0] == name))


def queries(values):
    """(page, value) of each page and value."""
    return [
        pytest.param(name, value, marks=daily(name, number)) for name in QUERIES for number, value in enumerate(values)
    ]


@pytest.mark.parametrize(("name", "label"), queries(WORDS_IN_QUERIES))
def test_a_query_that_cannot_be_gives_a_page_of_ours(world, name, label):
    path, value, words = reverse(name, args=_objects(world, name)), WORDS_IN_QUERIES[label], QUERIES[name].split()
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
    path = reverse(name, args=_objects(world, name))
    for who in ("editor", "chief"):
        answer = client_of(world, who).get(f"{path}?{query}")
        assert answer.status_code in (200, 302, 403, 404)
        assert answer.status_code == 404 or "%00" not in query.partition("=")[2]


# Methods and marks ----------------------------------------------------------------------------------------------------

ADDRESSES = sorted(PATTERNS)


@pytest.mark.parametrize("name", ADDRESSES)
def test_what_is_neither_read_nor_sent_is_405(world, name):
    path = reverse(name, args=_objects(world, name))
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


@pytest.mark.parametrize("name", FORMS)
def test_a_form_without_its_mark_is_refused_and_nothing_is_stored(world, name):
    form = FORMS[name]
    with Undone():
        if form.before:
            form.before(world)
        before = stored()
        answer = send(world, form, form.fields(world), enforce_csrf_checks=True)
        assert answer.status_code == 403
        assert 'lang="vi"' in answer.content.decode()
        assert stored() == before


EXTRA = {
    "state": "approved", "unit": "7", "unit_id": "7", "agency": "1", "agency_id": "1", "is_superuser": "on",
    "version_": "9", "recorded_by": "1", "created_by": "1", "supplement": "on", "position": "99", "id": "1", "pk": "1",
    "return_reason": "x", "snapshot": "{}", "issued_at": "2020-01-01", "__class__": "x", "role": "director",
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if not form.refused])
def test_fields_that_a_form_does_not_have_are_ignored(world, name):
    form, outcomes = FORMS[name], []
    for extra in ({}, EXTRA):
        with Undone():
            if form.before:
                form.before(world)
            answer = send(world, form, extra | form.fields(world))  # its own fields are its own
            assert answer.status_code == 302
            outcomes.append((facts(stored()), owners()))
    assert outcomes[0] == outcomes[1]


def facts(rows: dict[str, set]) -> dict:
    """Rows without what differs from one try to the next: numbers, hashes, passwords, the mark of a second file."""
    return {
        label: sorted(
            re.sub(r"'argon2[^']*'|_\w{7}(?=\.pdf')|\b\d+\b|[0-9a-f]{32,}|[0-9a-f-]{36}", "", row) for row in found
        )
        for label, found in rows.items()
        if label != "accounts.DemoClock"
    }


def owners() -> dict[str, list]:
    """Whose every row is, by the code of its unit."""
    models = [model for model in apps.get_models() if model._meta.app_label in OURS]
    return {
        model._meta.label: sorted(map(str, model._default_manager.values_list("unit__code", flat=True)))
        for model in models
        if any(field.name == "unit" and field.is_relation for field in model._meta.concrete_fields)
    }


def test_every_form_has_its_row():
    posted = {name.split()[0] for name, row in MATRIX.items() if row.post is not None}
    writes = posted | {form.url for form in FORMS.values()}
    assert writes - {form.url for form in FORMS.values()} <= BUTTONS
    pages = {name for name in ADDRESSES if name not in writes and _takes_posts(name)}
    assert not pages, f"thêm dòng vào bad_inputs.FORMS: {sorted(pages)}"


def _takes_posts(name: str) -> bool:
    """Whether the view of an address looks at what was posted."""
    view = get_resolver().reverse_dict and resolve(reverse(name, args=_plain(name))).func
    return "request.POST" in inspect.getsource(inspect.unwrap(view))


def _plain(name: str) -> list:
    return [1 if values is NUMBERS_IN_ADDRESSES else "a" for _key, values in arguments(name)]


# What was stored is only shown ----------------------------------------------------------------------------------------

NEVER_TEXT = re.compile(r"code|key|url|kind|action|sha256|extension|content_type|object_|username|email|mail_|password")


def put_code_into_every_text() -> None:
    """Every free text of every row, and of the contents frozen as JSON, becomes a piece of code."""
    for model in apps.get_models():
        if model._meta.app_label not in OURS:
            continue
        for column in model._meta.concrete_fields:
            if isinstance(column, models.JSONField):
                for row in model._default_manager.exclude(**{column.name: None}):
                    value = in_json(getattr(row, column.name))
                    model._default_manager.filter(pk=row.pk).update(**{column.name: value})
            elif free_text(column) and column.name not in bound(model):
                text = CODE[: column.max_length or len(CODE)]
                model._default_manager.exclude(**{column.name: ""}).update(**{column.name: text})


def bound(model) -> set[str]:
    """Columns that a rule of the database binds to others."""
    rules = [rule for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    return {name for rule in rules for name in rule.fields}


def free_text(column) -> bool:
    text = isinstance(column, models.CharField | models.TextField) and type(column) is not models.SlugField
    closed = column.choices or column.unique or NEVER_TEXT.search(column.name)
    return (
        text
        and not closed
        and not column.name.endswith("state")
        and column.name not in ("owner", "recurrence", "regime", "occasion")
    )


def in_json(value):
    if isinstance(value, dict):
        return {key: in_json(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [in_json(inside) for inside in value]
    return CODE if isinstance(value, str) and " " in value else value


@pytest.fixture(scope="module")
def poisoned(world):
    """The world with code in every text; undone at the end."""
    with Undone():
        put_code_into_every_text()
        for person in world.cast.people.values():
            person.refresh_from_db()
        yield world


# Pages that have something to show of it; else the test would look at empty pages.
SHOW_TEXT = ("unit_plan", "result_list", "result_detail", "unit_report", "roll_up", "roll_up_words", "notices",
             "receipt", "plan_detail", "unit_plan_review", "dashboard")  # fmt: skip
PAGES = [name for name, row in MATRIX.items() if row.post is None and name.split()[0] in PATTERNS]


@pytest.mark.parametrize("name", PAGES)
def test_code_in_any_text_is_shown_and_never_run(poisoned, name, settings):
    path, shown = reverse(name.split()[0], args=poisoned.keys(MATRIX[name].of)), 0
    for who in ("editor", "chief", "director"):
        answer = client_of(poisoned, who).get(path, MATRIX[name].query)
        if answer.get("Content-Type", "").startswith("text/html"):
            page = answer.content.decode()
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert settings.SECRET_KEY not in page
            assert "unsafe" not in answer["Content-Security-Policy"]
            assert "script-src 'self'" in answer["Content-Security-Policy"]
            shown += "&lt;script&gt;alert(1)" in page
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert shown or name not in SHOW_TEXT


def test_a_notice_with_code_in_it_is_mailed_as_text(poisoned, mailoutbox):
    notice = poisoned.notice
    notice.refresh_from_db()
    run(Job.objects.create(kind="mail", key="code", payload={"notice": notice.pk}).pk)
    [message] = mailoutbox
    [(markup, _kind)] = message.alternatives
    assert "<script>" not in markup
    assert "&lt;script&gt;alert(1)" in markup
    assert CODE in message.body
    assert "\n" not in message.subject
