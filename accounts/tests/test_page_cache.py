"""A kept page is sent only while nothing has changed: whoever writes, however, the next view shows it."""

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock, page_cache
from accounts.models import Notice
from accounts.page_cache import KeptPages, Page, Pages, data_version, minute_of, until_changed

User = get_user_model()


@pytest.fixture
def home_page(client, transactional_db, cast, at, settings):
    """`home_page()` asks for the first page of Hoa and gives its text. The calendar stands, so no minute ends."""
    settings.DEMO = True
    clock.set_demo(at(2022, 2, 24, 8, 30, 10))
    page_cache.kept.clear()
    hoa = of("hoa")
    client.force_login(hoa)

    def ask(**more) -> str:
        answer = client.get(reverse("home"), **more)
        assert answer.status_code == 200
        return answer.content.decode()

    ask.client, ask.person = client, hoa
    ask()
    return ask  # what it gives next was kept


def on_its_own(act) -> None:
    try:
        act()
    finally:
        connection.close()


def elsewhere(act) -> None:
    """Do it on a connection of its own, as another process would."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(on_its_own, act).result()


def of(username: str):
    return User.objects.get(username=username)


def rename(name: str) -> None:
    User.objects.filter(username="hoa").update(full_name=name)


def queries(home_page) -> list[str]:
    with CaptureQueriesContext(connection) as found:
        home_page()
    return [query["sql"] for query in found]


def without_marks(text: str) -> str:
    return page_cache.VOLATILE.sub(b"", text.encode()).decode()


def test_a_page_seen_before_asks_for_the_version_alone(home_page, settings):
    settings.DEMO = False
    wanted = 1 if connection.vendor == "postgresql" else 0  # SQLite's version is asked beside Django
    assert any(len(queries(home_page)) == wanted for _try in range(200))  # tests beside it write to PostgreSQL, too


def test_the_page_is_the_same_as_the_first_time(home_page):
    page_cache.kept.clear()
    first, again = (home_page.client.get(reverse("home")) for _each in range(2))
    assert without_marks(first.content.decode()) == without_marks(again.content.decode())
    assert dict(first.headers) == dict(again.headers)


@pytest.mark.parametrize(
    "write",
    [
        lambda: rename("Tên Mới"),
        lambda: User.objects.bulk_update([User(pk=of("hoa").pk, full_name="Tên Mới")], ["full_name"]),
        lambda: connection.cursor().execute("UPDATE accounts_user SET full_name = 'Tên Mới' WHERE username = 'hoa'"),
    ],
    ids=["update", "bulk_update", "raw SQL"],
)
@pytest.mark.parametrize("where", [elsewhere, lambda act: act()], ids=["elsewhere", "here"])
def test_whatever_way_it_is_written_the_next_view_shows_it(home_page, write, where):
    assert "Tên Mới" not in home_page()
    where(write)
    assert "Tên Mới" in home_page()


def test_rows_made_in_bulk_are_shown(home_page):
    assert "chưa xem" not in home_page()
    notice = Notice(recipient=home_page.person, title="Việc mới", key="k", created_at=clock.now())
    elsewhere(lambda: Notice.objects.bulk_create([notice]))
    assert "chưa xem" in home_page()


def test_a_raw_write_of_another_program_is_shown(home_page):
    home_page()
    if connection.vendor == "sqlite":
        other = sqlite3.connect(connection.settings_dict["NAME"])
    else:
        import psycopg2

        names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
        given = {ours: connection.settings_dict[theirs] for theirs, ours in names.items()}
        other = psycopg2.connect(**{name: value for name, value in given.items() if value})
    other.cursor().execute("UPDATE accounts_user SET full_name = 'Tên Mới' WHERE username = 'hoa'")
    assert "Tên Mới" not in home_page()
    other.commit()
    other.close()
    assert "Tên Mới" in home_page()


def test_what_is_not_committed_is_not_shown_and_what_was_taken_back_never(home_page):
    written, seen = Event(), Event()

    def change() -> None:
        with transaction.atomic():
            rename("Tên Hụt")
            written.set()
            seen.wait(20)
            transaction.set_rollback(True)

    thread = Thread(target=on_its_own, args=[change])
    thread.start()
    written.wait(20)
    assert "Tên Hụt" not in home_page()
    assert "Tên Hụt" not in home_page()
    seen.set()
    thread.join()
    assert "Tên Hụt" not in home_page()


def test_a_long_transaction_of_others_hides_no_later_commit(home_page):
    written, seen = Event(), Event()

    def long() -> None:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                User.objects.filter(username="duc").update(phone="1")
            else:
                User.objects.count()
            written.set()
            seen.wait(20)

    thread = Thread(target=on_its_own, args=[long])
    thread.start()
    written.wait(20)
    home_page()
    if connection.vendor == "postgresql":  # SQLite has one writer at a time
        elsewhere(lambda: rename("Tên Mới"))
        assert "Tên Mới" in home_page()
    seen.set()
    thread.join()
    elsewhere(lambda: rename("Tên Sau"))
    assert "Tên Sau" in home_page()


def test_a_reader_with_an_old_picture_of_the_data_keeps_nobody_from_the_new(home_page):
    reading, done = Event(), Event()

    def read() -> None:
        with transaction.atomic():
            User.objects.count()
            reading.set()
            done.wait(20)

    if connection.vendor == "postgresql":
        thread = Thread(target=on_its_own, args=[read])
    else:  # Django's transactions on SQLite write; a bare one only reads

        def bare() -> None:
            wire = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
            wire.execute("BEGIN")
            wire.execute("SELECT count(*) FROM accounts_user").fetchall()
            reading.set()
            done.wait(20)
            wire.close()

        thread = Thread(target=bare)
    thread.start()
    reading.wait(20)
    home_page()
    rename("Tên Mới")
    assert "Tên Mới" in home_page()
    done.set()
    thread.join()


def test_inside_a_transaction_pages_come_from_the_view(home_page):
    home_page()
    with transaction.atomic():
        rename("Tên Tạm")
        assert data_version() is None
        assert "Tên Tạm" in home_page()
        transaction.set_rollback(True)
    assert "Tên Tạm" not in home_page()


def test_a_page_made_while_somebody_wrote_is_not_sent_after_it(home_page):
    """The version is read before the page is made."""

    def view(request):
        name = of("hoa").full_name
        elsewhere(lambda: rename("Tên Mới"))
        return HttpResponse(name)

    chain = through(view)
    assert chain(asked(home_page)).content.decode() != "Tên Mới"
    assert chain(asked(home_page)).content.decode() == "Tên Mới"


def test_a_disabled_person_is_out_at_once(home_page):
    home_page()
    elsewhere(lambda: User.objects.filter(username="hoa").update(is_active=False))
    assert home_page.client.get(reverse("home")).status_code == 302


def test_signing_out_ends_it(home_page):
    home_page()
    home_page.client.logout()
    assert home_page.client.get(reverse("home")).status_code == 302


def test_nobody_gets_the_page_of_another(home_page, client):
    assert str(home_page.person) in home_page()
    other = of("duc")
    client.force_login(other)
    text = home_page()
    assert str(other) in text
    assert str(home_page.person) not in text.split("</header>")[0]


def test_the_token_of_a_kept_form_is_accepted_and_its_mark_is_new(home_page, cast):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(home_page.person)
    address = reverse("home")
    strict.get(address)
    text = strict.get(address).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]
    assert strict.post(reverse("sign_out"), {"csrfmiddlewaretoken": "x" * 64}).status_code == 403
    assert strict.post(reverse("sign_out"), {"csrfmiddlewaretoken": token}).status_code == 302


def asked(home_page, path: str = "/khac/", **headers):
    """A request of Hoa on its way through the middleware."""
    request = RequestFactory().get(path, headers=headers)
    request.COOKIES = {name: morsel.value for name, morsel in home_page.client.cookies.items()}
    request.session = home_page.client.session
    request._messages = FallbackStorage(request)
    return request


def through(view):
    """The view behind the middleware."""

    def answer(request):
        chain.process_view(request, until_changed(view), (), {})
        return view(request)

    chain = KeptPages(answer)
    return chain


def counted(answer):
    """The view behind the middleware, and the requests that reached it."""
    reached = []

    def view(request):
        reached.append(request)
        return answer(request)

    return through(view), reached


def twice(home_page, answer, **headers) -> int:
    """How often a view is reached by two requests."""
    chain, reached = counted(answer)
    chain(asked(home_page, "/hai-lan/", **headers))
    chain(asked(home_page, "/hai-lan/", **headers))
    return len(reached)


def test_only_whole_pages_are_kept(home_page):
    def with_cookie(request):
        response = HttpResponse("x")
        response.set_cookie("a", "b")
        return response

    assert twice(home_page, lambda request: HttpResponse("x")) == 1
    for number, answer in enumerate(
        (
            lambda request: HttpResponse("x", status=409),
            lambda request: HttpResponse("x", content_type="application/json"),
            lambda request: StreamingHttpResponse(["x"]),
            with_cookie,
        )
    ):
        page_cache.kept.clear()
        assert twice(home_page, answer) == 2, number


def test_a_part_for_htmx_is_not_kept(home_page):
    assert twice(home_page, lambda request: HttpResponse("x"), **{"HX-Request": "true"}) == 2


def test_one_mark_stays_one_and_is_new_each_time(home_page):
    old = "11111111-1111-4111-8111-111111111111"
    box = f'<input type="hidden" name="key" value="{old}">'
    view, made = counted(lambda request: HttpResponse(box + box))
    view(asked(home_page, "/dau/"))
    marks = [re.findall(r'value="([^"]+)"', view(asked(home_page, "/dau/")).content.decode()) for _each in range(2)]
    assert len(made) == 1
    assert all(first == second for first, second in marks)
    assert len({old, *(pair[0] for pair in marks)}) == 3


def test_a_mark_of_unknown_kind_is_not_kept(home_page):
    box = '<input name="other" value="11111111-1111-4111-8111-111111111111">'
    assert twice(home_page, lambda request: HttpResponse(box)) == 2


def test_a_page_is_of_its_minute_and_the_last_second_stands_alone(at):
    """A deadline is the end of 59 seconds past."""
    moments = [minute_of(at(2022, 2, 26, 23, minute, second)) for minute, second in ((58, 59), (59, 0), (59, 58))]
    assert len(set(moments)) == 2
    assert minute_of(at(2022, 2, 26, 23, 59, 59)) not in moments


def test_what_is_to_be_said_is_said_once(home_page):
    chain, _reached = counted(lambda request: HttpResponse("".join(map(str, get_messages(request)))))
    first, carried = asked(home_page, "/loi/"), HttpResponse()
    chain(first)
    messages.success(first, "Đã lưu.")
    first._messages.update(carried)
    second = asked(home_page, "/loi/")
    second.COOKIES["messages"] = carried.cookies["messages"].value
    assert chain(second).content.decode() == "Đã lưu."
    assert chain(asked(home_page, "/loi/")).content.decode() == ""


def test_another_query_is_another_page(home_page):
    view, made = counted(lambda request: HttpResponse(request.GET["q"]))
    assert [view(asked(home_page, f"/tim/?q={word}")).content for word in "aba"] == [b"a", b"b", b"a"]
    assert len(made) == 2


def test_the_least_recently_sent_page_makes_room():
    pages = Pages(most=25)
    for name in "ab":
        pages.put((name,), Page.of(HttpResponse(b"x" * 10), ("v",)))
    pages.get(("a",))
    pages.put(("c",), Page.of(HttpResponse(b"x" * 10), ("v",)))
    assert [key for (key,) in pages.pages] == ["a", "c"]
    assert pages.size == 20
    pages.put(("d",), Page.of(HttpResponse(b"x" * 30), ("v",)))
    assert (len(pages.pages), pages.size) == (0, 0)


def test_a_newer_page_takes_the_place_of_the_older():
    pages = Pages(most=25)
    pages.put(("a",), Page.of(HttpResponse(b"x" * 10), (1,)))
    pages.put(("a",), Page.of(HttpResponse(b"x" * 12), (2,)))
    assert pages.size == 12
    assert pages.get(("a",)).stamp == (2,)


@pytest.mark.django_db(transaction=True)
def test_reading_leaves_the_version_as_it_is():
    before = data_version()
    assert before is not None
    list(User.objects.all())
    User.objects.filter(username="nobody").update(full_name="x")
    assert data_version() == before


def test_a_file_put_in_the_place_of_the_database_is_another_version(tmp_path):
    path = tmp_path / "a.sqlite3"
    watch = page_cache._Watch()
    for name in ("a.sqlite3", "b.sqlite3"):
        sqlite3.connect(tmp_path / name).execute("CREATE TABLE t (n)")
    first = watch.version(str(path))
    assert watch.version(str(path)) == first
    (tmp_path / "b.sqlite3").rename(path)
    assert watch.version(str(path)) != first
