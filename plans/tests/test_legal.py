"""The register of cited documents: any spelling, in force on a day, double entries merged on purpose."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Event
from accounts.workflow import MoveRefused, StaleState
from documents.references import reference_key
from plans.department.content import known_documents
from plans.models import Citation, LegalDocument
from plans.registers import legal
from plans.tests.factories import draft_plan
from plans.tests.real_plan import stored

pytestmark = pytest.mark.usefixtures("reference")


@pytest.fixture
def enter(client):
    def signed_in(person):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def document(symbol: str, day: tuple | None = None, **values) -> LegalDocument:
    facts = {"type": "Nghị quyết", "symbol": symbol, "key": reference_key(symbol) or symbol}
    return LegalDocument.objects.create(**facts | {"date": day and date(*day)} | values)


def text_of(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("typed", ["05-NQ/TU", "05/NQ-TU", "5/NQ-TU", "05 NQ TU", "nghi quyet TU", "ban thuong vu"])
def test_a_document_is_found_under_any_spelling_and_without_marks(typed):
    wanted = document("05-NQ/TU", issuer="Ban Thường vụ Tỉnh ủy")
    document("18-CT/TU", type="Chỉ thị")
    assert list(legal.search(LegalDocument.objects.all(), typed)) == [wanted]


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2020, 12, 31), "not_yet"),
        (date(2021, 1, 1), "in_force"),
        (date(2022, 6, 30), "in_force"),
        (date(2022, 7, 1), "over"),
    ],
)
def test_a_document_is_in_force_from_its_first_day_through_its_last(day, standing):
    row = document("05-NQ/TU", (2020, 9, 28), starts=date(2021, 1, 1), ends=date(2022, 6, 30))
    assert legal.standing(row, day) == standing
    for asked in ("not_yet", "in_force", "over", "replaced"):
        assert legal.standing_on(LegalDocument.objects.all(), asked, day).exists() is (asked == standing)


def test_without_any_date_a_document_counts_as_in_force():
    row = document("05-NQ/TU")
    assert legal.standing(row, date(1950, 1, 1)) == "in_force"
    assert legal.standing_on(LegalDocument.objects.all(), "in_force", date(1950, 1, 1)).exists()


def test_a_plan_is_told_of_what_it_cites_though_it_is_over(cast, at):
    plan = stored(cast, at(2022, 1, 20))
    cited = plan.citations.first().document
    assert legal.expired(plan, date(2022, 2, 10)) == []
    cited.ends = date(2022, 2, 9)
    cited.save()
    assert legal.expired(plan, date(2022, 2, 9)) == []
    assert legal.expired(plan, date(2022, 2, 10)) == [cited]


# Keeping


def save(row: LegalDocument, by, at, **facts) -> LegalDocument:
    given = {"type": "Nghị quyết", "symbol": "05-NQ/TU", "date": None, "replaced_by": None, "ends": None, **facts}
    return legal.save(row, by=by, now=at(2022, 3, 1), version=row.version, **given)


def test_office_and_chief_keep_it_and_nobody_else(cast, at):
    save(LegalDocument(), cast.office_staff, at)
    save(LegalDocument(), cast.chief, at, symbol="07-NQ/TU")
    for stranger in (cast.clerk, cast.director, cast.editor("ldvl")):
        with pytest.raises(PermissionDenied):
            save(LegalDocument(), stranger, at, symbol="09-NQ/TU")
    assert Event.objects.filter(action="save").count() == 2


def test_the_same_document_in_another_spelling_is_not_added_twice(cast, at):
    save(LegalDocument(), cast.office_staff, at)
    with pytest.raises(MoveRefused, match="đã có trong danh mục: Nghị quyết số 05-NQ/TU"):
        save(LegalDocument(), cast.office_staff, at, symbol="5/NQ-TU")


def test_what_is_replaced_ends_the_day_before_its_successor_begins(cast, at):
    new = document("36/2021/NĐ-CP", (2021, 3, 29), starts=date(2021, 5, 15))
    old = save(LegalDocument(), cast.office_staff, at, date=date(2016, 1, 1), replaced_by=new)
    assert old.ends == date(2021, 5, 14)
    assert legal.standing(old, date(2021, 5, 15)) == "replaced"


def test_documents_do_not_replace_each_other_in_a_circle(cast, at):
    first = document("05-NQ/TU")
    second = document("07-NQ/TU", replaced_by=first)
    with pytest.raises(MoveRefused, match="thay bằng chính văn bản này"):
        save(first, cast.office_staff, at, replaced_by=second)


def test_of_two_editors_only_the_first_saves(cast, at):
    row = document("05-NQ/TU")
    stale = LegalDocument.objects.get(pk=row.pk)
    save(row, cast.office_staff, at, subject="Chuyển đổi số")
    with pytest.raises(StaleState):
        save(stale, cast.chief, at, subject="Khác")
    assert LegalDocument.objects.get().subject == "Chuyển đổi số"


# Double entries


@pytest.mark.parametrize(
    ("one", "other", "double"),
    [
        (("45/2016/QĐ-TTg", (2016, 10, 19)), ("45/QĐ-TTg", (2016, 10, 19)), True),
        (("45/2016/QĐ-TTg", (2016, 10, 19)), ("45/QĐ-TTg", None), True),
        (("45/2016/QĐ-TTg", None), ("45/QĐ-TTg", (2017, 10, 19)), False),
        (("05-NQ/TU", None), ("05/NQ/TU", None), True),
        (("05-NQ/TU", None), ("07-NQ/TU", None), False),
        (("36a/NQ-CP", None), ("36/NQ-CP", None), False),
        (("05-NQ/TU", (2021, 9, 28)), ("05/NQ/TU", (2020, 9, 28)), False),
    ],
)
def test_what_looks_like_one_document_written_twice(one, other, double):
    rows = [document(symbol, day, key=f"{symbol}:{place}") for place, (symbol, day) in enumerate((one, other))]
    assert legal.duplicates(rows) == ([rows] if double else [])


def test_merging_moves_everything_and_leaves_the_words_of_the_plan(cast, at):
    plan = draft_plan(cast)
    kept, gone = document("45/QĐ-TTg"), document("45/2016/QĐ-TTg", (2016, 10, 19), issuer="Thủ tướng Chính phủ")
    older = document("09/2005/QĐ-TTg", replaced_by=gone)
    Citation.objects.create(plan=plan, document=gone, position=0, as_written="45/2016/QĐ-TTg")
    plan.targets.create(position=0, index="PAR INDEX", kind="level", value=90, unit="%", basis=gone)
    found = legal.preview(kept, gone)
    assert (found.citations, found.targets, found.replacing) == (1, 1, 1)
    legal.merge(kept, gone, by=cast.office_staff, now=at(2022, 3, 1))
    kept.refresh_from_db()
    older.refresh_from_db()
    citation = plan.citations.get()
    assert (citation.document, citation.as_written) == (kept, "45/2016/QĐ-TTg")
    assert plan.targets.get().basis == kept
    assert older.replaced_by == kept
    assert (kept.issuer, str(kept.date), kept.version) == ("Thủ tướng Chính phủ", "2016-10-19", 2)
    assert not LegalDocument.objects.filter(pk=gone.pk).exists()
    assert Event.objects.get(action="merge").label == "Gộp 45/2016/QĐ-TTg vào 45/QĐ-TTg"


def test_merging_an_entry_that_is_gone_or_with_itself_is_refused(cast, at):
    kept, gone = document("45/QĐ-TTg"), document("45/2016/QĐ-TTg")
    with pytest.raises(MoveRefused):
        legal.merge(kept, kept, by=cast.office_staff, now=at(2022, 3, 1))
    legal.merge(kept, gone, by=cast.office_staff, now=at(2022, 3, 1))
    with pytest.raises(StaleState):
        legal.merge(kept, LegalDocument(pk=10**6), by=cast.office_staff, now=at(2022, 3, 1))


def test_merging_needs_the_office(cast, at):
    with pytest.raises(PermissionDenied):
        legal.merge(document("45/QĐ-TTg"), document("45/2016/QĐ-TTg"), by=cast.clerk, now=at(2022, 3, 1))


# Pages


def test_the_list_shows_how_each_stands_on_a_day_and_how_often_it_is_cited(cast, at, enter):
    stored(cast, at(2022, 1, 20))
    LegalDocument.objects.filter(symbol="05-NQ/TU").update(ends=date(2022, 6, 30))
    browser = enter(cast.office_staff)
    address = reverse("legal_list")
    assert "Hết hiệu lực</span>" in text_of(browser.get(address, {"q": "05-NQ/TU", "ngay": "01/07/2022"}))
    assert "Còn hiệu lực</span>" in text_of(browser.get(address, {"q": "05-NQ/TU", "ngay": "30/06/2022"}))
    only = text_of(browser.get(address, {"hieu-luc": "over", "ngay": "01/07/2022"}))
    assert "05-NQ/TU</a>" in only
    assert "76/NQ-CP</a>" not in only


def test_a_document_names_the_plans_and_parts_that_cite_it_as_far_as_one_sees_them(cast, at, enter):
    plan = stored(cast, at(2022, 1, 20))
    citation = plan.citations.first()
    address = reverse("legal_document", args=[citation.document_id])
    assert citation.as_written in text_of(enter(cast.office_staff).get(address))
    assert "Chưa kế hoạch nào viện dẫn" in text_of(enter(cast.editor("ldvl")).get(address))


def test_the_list_takes_as_many_queries_for_one_row_as_for_thirty(cast, enter):
    browser, address = enter(cast.office_staff), reverse("legal_list")
    document("05-NQ/TU")
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    for number in range(10, 39):
        document(f"{number}-NQ/TU")
    with CaptureQueriesContext(connection) as thirty:
        browser.get(address)
    assert len(thirty) == len(one)


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(cast, enter):
    browser, address = enter(cast.office_staff), reverse("legal_add")
    given = {"type": "Nghị định", "symbol": "ba mươi", "date": "05/03/2020", "ends": "01/01/2020", "version": "1"}
    shown = text_of(browser.post(address, given))
    assert "Số, ký hiệu chưa đúng dạng" in shown
    assert "Ngày hết hiệu lực phải bằng hoặc sau ngày có hiệu lực" in shown
    assert browser.post(address, given | {"symbol": "30/2020/NĐ-CP", "ends": ""}).status_code == 302
    row = LegalDocument.objects.get()
    assert (row.key, str(row.date)) == ("30/2020/NĐ-CP", "2020-03-05")
    edit = reverse("legal_edit", args=[row.pk])
    changed = given | {"symbol": "30/2020/NĐ-CP", "ends": "", "subject": "Công tác văn thư"}
    assert browser.post(edit, changed).status_code == 302
    stale = browser.post(edit, changed | {"subject": "Khác"})
    assert stale.status_code == 409
    assert "Công tác văn thư" in text_of(stale)
    assert 'name="subject"' in text_of(stale)


def test_a_merge_by_its_page_shows_first_what_moves(cast, enter):
    kept, gone = document("45/QĐ-TTg"), document("45/2016/QĐ-TTg", (2016, 10, 19))
    browser = enter(cast.office_staff)
    address = reverse("legal_merge", args=[kept.pk, gone.pk])
    assert address in text_of(browser.get(reverse("legal_duplicates")))
    assert "0 chỗ viện dẫn" in text_of(browser.get(address))
    assert LegalDocument.objects.count() == 2
    assert browser.post(address).status_code == 302
    assert LegalDocument.objects.get() == kept
    assert browser.post(address).status_code == 404


def test_a_number_of_another_year_is_another_document(cast, at):
    old = document("421/KH-UBND", (2022, 1, 28))
    undated = document("30/NQ-CP")
    facts = {
        "421/KH-UBND": {"type": "Kế hoạch", "symbol": "421/KH-UBND", "date": "2023-01-18", "issuer": "UBND tỉnh"},
        "30/NQ-CP": {"type": "Nghị quyết", "symbol": "30/NQ-CP", "date": "2022-03-11", "issuer": "Chính phủ"},
    }
    rows = known_documents(facts)
    assert rows["421/KH-UBND"].pk != old.pk
    assert rows["421/KH-UBND"].date == date(2023, 1, 18)
    assert rows["30/NQ-CP"].pk == undated.pk, "một văn bản chưa rõ ngày thì được ghi thêm ngày"
    assert rows["30/NQ-CP"].date == date(2022, 3, 11)
    old.refresh_from_db()
    assert old.date == date(2022, 1, 28)


def test_a_mention_without_a_day_means_the_latest_of_its_number(cast, at):
    document("421/KH-UBND", (2022, 1, 28))
    new = document("421/KH-UBND", (2023, 1, 18))
    fact = {"type": "Kế hoạch", "symbol": "421/KH-UBND", "date": None, "issuer": ""}
    assert known_documents({"421/KH-UBND": fact})["421/KH-UBND"] == new


def test_another_day_of_the_same_year_is_the_same_document(cast, at):
    known = document("421/KH-UBND", (2022, 1, 28))
    fact = {"type": "Kế hoạch", "symbol": "421/KH-UBND", "date": "2022-01-29", "issuer": ""}
    assert known_documents({"421/KH-UBND": fact})["421/KH-UBND"] == known
