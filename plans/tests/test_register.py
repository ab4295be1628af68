"""The register of outgoing documents: numbers once, lines kept, read on screen, on paper and in Excel."""

import uuid
import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Event
from accounts.workflow import MoveRefused, StaleState
from plans.deadlines.workdays import NO_OVERRIDES
from plans.models import RegisterEntry, RegisterState
from plans.registers import register
from plans.registers.register import gaps, late_words, mark_by_hand, next_number, release, save_entry, tidy_number
from plans.tests.amendments import recalled, registered_plan

pytestmark = pytest.mark.usefixtures("reference")
SERIES = "SLĐTBXH-VP"


@pytest.fixture
def enter(client):
    def signed_in(person):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def write(cast, at):
    """`write("5", subject=…)` registers a công văn of 03/3/2022."""

    def written(number: str = "", by=None, **values) -> RegisterEntry:
        facts = {
            "series": SERIES, "signed_on": date(2022, 3, 3), "type": "Công văn", "subject": "V/v phối hợp tuyên truyền",
            "signer": "Lê Minh Đức", "recipients": ["Sở Nội vụ"], "key": str(uuid.uuid4()),
        }  # fmt: skip
        return register.enter_by_hand(
            agency=cast.agency, by=by or cast.clerk, now=at(2022, 3, 3, 9), number=number, **facts | values
        )

    return written


def text_of(response) -> str:
    return response.content.decode()


# Numbers


@pytest.mark.parametrize(
    ("typed", "stored"), [("05", "5"), ("5", "5"), ("36A", "36a"), (" 012 ", "12"), ("7đ", "7đ"), ("BC-2", "BC-2")]
)
def test_a_number_has_one_spelling(typed, stored):
    assert tidy_number(typed) == stored


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [([], []), ([1, 2, 3], []), ([2], ["1"]), ([1, 3, 7], ["2", "4–6"]), ([5, 5, 4], ["1–3"]), ([0, 1], [])],
)
def test_what_the_numbering_leaves_out(numbers, missing):
    assert gaps(numbers) == missing


def test_numbers_begin_at_1_each_year_in_each_series(cast, write):
    assert next_number(cast.agency.pk, SERIES, 2022) == "1"
    assert write().number == "1"
    assert write("36a").number == "36a"
    assert write().number == "37"
    assert write(series="QĐ-SLĐTBXH").number == "1"
    assert write(signed_on=date(2023, 1, 3)).number == "1"


@pytest.mark.parametrize(
    ("number", "day", "against"),
    [("4", 4, "05/CV-SLĐTBXH ngày 03/03/2022"), ("6", 2, "05/CV-SLĐTBXH ngày 03/03/2022"), ("6", 4, ""), ("4", 3, "")],
)
def test_numbers_and_days_that_cross_are_pointed_out(cast, write, number, day, against):
    write("5", series="CV-SLĐTBXH", signed_on=date(2022, 3, 3))
    words = register.order_words(cast.agency.pk, "CV-SLĐTBXH", number, date(2022, 3, day))
    assert against in words
    assert bool(words) == bool(against)


@pytest.mark.parametrize("again", ["5", "05", "005"])
def test_a_number_is_given_once(write, again):
    write("5")
    with pytest.raises(MoveRefused, match="Số 5/SLĐTBXH-VP đã dùng trong năm 2022"):
        write(again, subject="Khác")
    assert RegisterEntry.objects.count() == 1


def test_the_same_form_sent_twice_is_one_line(write):
    key = str(uuid.uuid4())
    assert write(key=key) == write(key=key)
    assert RegisterEntry.objects.count() == 1


def test_the_database_itself_refuses_a_number_twice(cast, write):
    entry = write("5")
    entry.pk = None
    with pytest.raises(Exception, match=r"(?i)unique"):
        entry.save(force_insert=True)


@pytest.mark.parametrize(
    ("signed", "issued", "late"),
    [
        (date(2022, 3, 3), date(2022, 3, 3), False),
        (date(2022, 3, 3), date(2022, 3, 4), False),
        (date(2022, 3, 4), date(2022, 3, 7), False),  # Friday, Monday
        (date(2022, 3, 4), date(2022, 3, 8), True),
        (date(2022, 4, 29), date(2022, 5, 4), False),  # 30/4 and 1/5 fell on a week end: 2 and 3/5 were off
    ],
)
def test_an_electronic_document_is_issued_by_the_next_working_day(signed, issued, late):
    assert bool(late_words(signed, issued, NO_OVERRIDES)) is late


# Lines


@pytest.mark.parametrize("name", ["duc", "huy", "ldvl.soan"])
def test_only_clerk_and_office_write_in_it(cast, write, name):
    with pytest.raises(PermissionDenied):
        write(by=cast.people[name])


def test_a_reserved_number_becomes_a_document_when_it_has_a_signer(cast, write, at):
    entry = write(is_reserved=True, signer="")
    assert entry.kind == "reserved"
    facts = {"signer": "Lê Minh Đức", "signed_on": date(2022, 3, 5), "subject": "V/v đính chính"}
    save_entry(entry, by=cast.clerk, now=at(2022, 3, 5), version=1, **facts)
    entry.refresh_from_db()
    assert (entry.kind, entry.number, str(entry.signed_on), entry.version) == ("other", "1", "2022-03-05", 2)
    with pytest.raises(StaleState):
        release(entry, by=cast.clerk, now=at(2022, 3, 6))


def test_a_reserved_number_can_be_given_back(cast, write, at):
    release(write(is_reserved=True, signer=""), by=cast.clerk, now=at(2022, 3, 4))
    assert not RegisterEntry.objects.exists()
    assert Event.objects.filter(action="release", label="Bỏ giữ số 01/SLĐTBXH-VP").exists()
    assert write().number == "1"


def test_of_two_clerks_only_the_first_saves(cast, write, at):
    entry = write()
    save_entry(entry, by=cast.clerk, now=at(2022, 3, 4), version=1, keeper="Văn thư")
    with pytest.raises(StaleState):
        save_entry(entry, by=cast.office_staff, now=at(2022, 3, 4), version=1, keeper="Văn phòng")
    assert RegisterEntry.objects.get().keeper == "Văn thư"


def test_what_a_plan_says_is_not_rewritten_in_the_register(cast, at):
    registered_plan(cast)
    entry = RegisterEntry.objects.get()
    save_entry(entry, by=cast.clerk, now=at(2022, 3, 4), version=1, subject="Khác", copies=12)
    entry.refresh_from_db()
    assert (entry.subject, entry.copies) == ("Tuyên truyền cải cách hành chính năm 2022", 12)


@pytest.mark.parametrize("state", RegisterState.values[1:])
def test_a_document_is_corrected_replaced_or_recalled_by_a_later_one(cast, write, at, state):
    old, new = write(), write(subject="V/v đính chính", signed_on=date(2022, 3, 9))
    mark_by_hand(old, state, by_entry=new, reason="Sai ký hiệu.", by=cast.clerk, now=at(2022, 3, 9), version=1)
    old.refresh_from_db()
    assert (old.state, old.replaced_by, old.subject) == (state, new, "V/v phối hợp tuyên truyền")


def test_a_plan_is_only_corrected_here(cast, write, at):
    registered_plan(cast)
    plan, letter = RegisterEntry.objects.get(kind="plan"), write(signed_on=date(2022, 3, 9))
    given = {"by_entry": letter, "reason": "Sai số.", "by": cast.clerk, "now": at(2022, 3, 9), "version": 1}
    for state in ("superseded", "recalled"):
        with pytest.raises(MoveRefused):
            mark_by_hand(plan, state, **given)
    mark_by_hand(plan, "corrected", **given)
    plan.refresh_from_db()
    assert plan.state == "corrected"


def test_a_document_is_not_marked_by_itself_nor_by_an_earlier_one(cast, write, at):
    old, earlier = write(signed_on=date(2022, 3, 9)), write(signed_on=date(2022, 3, 1))
    for by_entry in (old, earlier):
        with pytest.raises(MoveRefused, match="văn bản khác, không sớm hơn"):
            mark_by_hand(
                old, "corrected", by_entry=by_entry, reason="Sai.", by=cast.clerk, now=at(2022, 3, 9), version=1
            )


def test_a_recall_finds_its_decision_in_the_register(cast, write, at):
    decision = write("31", series="QĐ-SLĐTBXH", type="Quyết định", signed_on=date(2022, 3, 1))
    recalled(registered_plan(cast), cast, at(2022, 3, 1))
    assert RegisterEntry.objects.get(kind="plan").replaced_by == decision


# Pages


def test_the_list_is_narrowed_without_marks_and_points_out_gaps(cast, write, enter):
    write("1")
    write("4", subject="V/v tập huấn dịch vụ công")
    browser = enter(cast.clerk)
    shown = text_of(browser.get(reverse("register_list"), {"nam": "2022"}))
    assert "SLĐTBXH-VP thiếu 2–3." in shown
    narrowed = text_of(browser.get(reverse("register_list"), {"nam": "2022", "q": "tap huan DICH vu"}))
    assert "04/SLĐTBXH-VP" in narrowed
    assert "01/SLĐTBXH-VP" not in narrowed


def test_numbers_are_sorted_as_numbers(cast, write, enter):
    for number in ("100", "36a", "9", "37", "36"):
        write(number)
    shown = text_of(enter(cast.clerk).get(reverse("register_list"), {"nam": "2022", "order": "number"}))
    places = [shown.index(f">{number}/{SERIES}<") for number in ("09", "36", "36a", "37", "100")]
    assert places == sorted(places)


def test_the_list_takes_as_many_queries_for_one_line_as_for_thirty(cast, write, enter):
    browser, address = enter(cast.clerk), f"{reverse('register_list')}?nam=2022"
    write()
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    for _line in range(29):
        write()
    with CaptureQueriesContext(connection) as thirty:
        browser.get(address)
    assert len(thirty) == len(one)


def test_a_unit_has_no_register(cast, enter):
    for name in ("register_list", "register_print", "register_excel", "register_add"):
        assert enter(cast.editor("ldvl")).get(reverse(name)).status_code == 403


def test_a_line_is_added_by_its_form_and_the_clerk_keeps_it(cast, enter):
    browser = enter(cast.clerk)
    given = {
        "series": SERIES, "signed_on": "03/03/2022", "type": "Công văn", "subject": "V/v phối hợp",
        "signer": "Lê Minh Đức", "recipients": "Sở Nội vụ; UBND các huyện", "key": str(uuid.uuid4()), "copies": "12",
    }  # fmt: skip
    answer = browser.post(reverse("register_add"), given)
    entry = RegisterEntry.objects.get()
    assert answer.url == reverse("register_entry", args=[entry.pk])
    assert (entry.number, entry.recipients, entry.copies) == ("1", "Sở Nội vụ; UBND các huyện", 12)
    edited = given | {"sent_on": "01/03/2022", "version": "1"}
    answer = browser.post(reverse("register_edit", args=[entry.pk]), edited)
    assert "Ngày chuyển không thể trước ngày văn bản (03/03/2022)" in text_of(answer)
    assert browser.post(reverse("register_edit", args=[entry.pk]), edited | {"sent_on": "04/3/2022"}).status_code == 302
    stale = browser.post(reverse("register_edit", args=[entry.pk]), edited | {"sent_on": "05/3/2022"})
    assert stale.status_code == 409
    assert "Bản đang lưu" in text_of(stale)
    assert str(RegisterEntry.objects.get().sent_on) == "2022-03-04"


def test_the_book_has_the_ten_columns_of_the_decree(cast, write, enter):
    write("1")
    write("2", is_reserved=True, signer="")
    browser = enter(cast.clerk)
    shown = text_of(browser.get(reverse("register_print"), {"nam": "2022"}))
    for place in range(1, 11):
        assert f"<td>({place})</td>" in shown
    assert shown.index("01/SLĐTBXH-VP") < shown.index("02/SLĐTBXH-VP")
    answer = browser.get(reverse("register_excel"), {"nam": "2022"})
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        words = archive.read("xl/sharedStrings.xml").decode()
    for title in ("SỔ ĐĂNG KÝ VĂN BẢN ĐI", "Số, ký hiệu văn bản", "Đơn vị, người nhận bản lưu", "Ký nhận", "Ghi chú"):
        assert title in words
    assert "Giữ số, chưa ký" in words


def test_too_many_lines_for_one_file_are_said(cast, enter, write):
    entry = write("1")
    rows = (
        RegisterEntry(
            agency=cast.agency, year=2022, series=SERIES, number=str(number), signed_on=entry.signed_on,
            type="Công văn", subject="Khác", signer="Lê Minh Đức", kind="other", object_id=0,
        )
        for number in range(2, 2002)
    )  # fmt: skip
    RegisterEntry.objects.bulk_create(rows)
    answer = enter(cast.clerk).get(reverse("register_excel"), {"nam": "2022"}, follow=True)
    assert "Quá 2.000 dòng" in text_of(answer)


def test_a_mark_by_its_form_names_a_document_of_the_register(cast, write, enter):
    old, new = write("1"), write("2", signed_on=date(2022, 3, 9))
    browser, address = enter(cast.clerk), reverse("register_mark", args=[old.pk])
    given = {"state": "corrected", "document": "9/SLĐTBXH-VP", "reason": "Sai ký hiệu.", "version": "1"}
    assert "Không thấy văn bản này trong sổ" in text_of(browser.post(address, given))
    assert browser.post(address, given | {"document": "02/SLĐTBXH-VP"}).status_code == 302
    shown = text_of(browser.get(reverse("register_entry", args=[old.pk])))
    assert "Đã đính chính" in shown
    assert reverse("register_entry", args=[new.pk]) in shown
