"""Everything that was written is found without marks, by whoever may see it and by no one else."""

import unicodedata
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.actions import save_activity, save_texts
from plans.models import Activity, Audience, Channel, ContentArea
from plans.tests.factories import draft_plan, issued_plan, line_of, unit_plan_of
from plans.tests.real_plan import issued, stored
from propaganda.actions import record_result
from reporting.actions import save_words
from reporting.models.unit_report import TEXTS
from reporting.roll_ups.narrating import add_paragraph
from reporting.roll_ups.outline import outline
from reporting.search import search, words_of
from reporting.tests.factories import ISSUED_AT, built, ready_year, report_of, result_of, roll_up_of

ON = date(2022, 3, 16)


def found(user, query: str, on: date = ON) -> dict[str, list[str]]:
    """The titles found, by group."""
    groups = search(user, words_of(query), on=on)
    return {group.source.key: ["".join(text for text, _found in hit.title) for hit in group.hits] for group in groups}


def at_place(user, query: str, group: str, on: date = ON) -> str:
    """Where the first hit of the group leads."""
    return next(row for row in search(user, words_of(query), on=on) if row.source.key == group).hits[0].url


@pytest.fixture
def year(cast):
    return ready_year(cast)


def test_the_real_plan_is_found_by_what_it_says(cast, reference):
    plan = issued(cast, ISSUED_AT)
    assert found(cast.editor("ldvl"), "phuong cham")["muc"]
    assert found(cast.editor("ldvl"), "ke hoach 2022")["ke-hoach"] == [str(plan)]
    assert found(cast.editor("ldvl"), "123")["ke-hoach"] == [str(plan)]


def test_a_section_leads_to_its_place_in_the_plan(cast, reference, client):
    plan = issued(cast, ISSUED_AT)
    section = next(row for row in plan.sections.all() if "Zalo" in row.text)
    address = at_place(cast.editor("ldvl"), "zalo", "muc")
    assert address == f"{reverse('plan_detail', args=[plan.pk])}#muc-{section.pk}"
    client.force_login(cast.office_staff)
    assert f'id="muc-{section.pk}"' in client.get(address).content.decode()


@pytest.mark.parametrize("typed", ["76/NQ-CP", "76/nq-cp", "nghi quyet 76"])
def test_a_legal_document_is_found_by_its_symbol_and_leads_to_where_it_is_cited(cast, reference, typed):
    plan = issued(cast, ISSUED_AT)
    citation = plan.citations.filter(document__symbol="76/NQ-CP").order_by("pk").first()
    address = at_place(cast.editor("ldvl"), typed, "can-cu")
    assert address == f"{reverse('plan_detail', args=[plan.pk])}#muc-{citation.section_id}"


@pytest.mark.parametrize("typed", ["05-NQ/TU", "05/NQ-TU"])
def test_two_spellings_of_a_symbol_find_one_document(cast, reference, typed):
    issued(cast, ISSUED_AT)
    assert len(found(cast.editor("ldvl"), typed)["can-cu"]) == 1


def test_what_a_unit_writes_into_its_plan_is_found(cast, year):
    unit_plan, editor = unit_plan_of(year, "ldvl"), cast.editor("ldvl")
    texts = {"purpose": "Lan tỏa tinh thần phục vụ", "organisation": "", "contact": ""}
    save_texts(unit_plan, by=editor, now=ISSUED_AT, version=unit_plan.version, **texts)
    line = Activity(
        unit_plan=unit_plan, area=ContentArea.objects.get(code="procedures"), title="Gắn pa nô ở bến xe",
        channel=Channel.objects.get(code="leaflet"), audience=Audience.objects.get(code="people"),
        starts=ON, ends=ON, person="Trần Đông", product="Pa nô",
    )  # fmt: skip
    save_activity(line, by=editor, now=ISSUED_AT)
    assert found(editor, "lan toa")["ke-hoach-don-vi"] == [str(unit_plan)]
    assert found(editor, "tran dong")["hoat-dong"] == ["Gắn pa nô ở bến xe"]
    assert at_place(editor, "ben xe", "hoat-dong").endswith(f"/{unit_plan.pk}/#hoat-dong-{line.pk}")
    line.title = "Gắn pa nô ở chợ"
    save_activity(line, by=editor, now=ISSUED_AT, version=line.version)
    assert found(editor, "o cho")["hoat-dong"] == ["Gắn pa nô ở chợ"]
    assert "hoat-dong" not in found(editor, "ben xe")


def test_a_recorded_result_is_found_by_title_and_note(cast, year, at):
    result = record_result(
        unit=cast.units["ldvl"], by=cast.editor("ldvl"), now=at(2022, 3, 2), key="one", title="Phát thanh lưu động",
        note="Tại chợ Đông Hải", happened_on=date(2022, 3, 1), area=ContentArea.objects.get(code="procedures"),
        channel=Channel.objects.get(code="leaflet"), audience=Audience.objects.get(code="people"),
    )  # fmt: skip
    for typed in ("phat thanh", "dong hai"):
        assert found(cast.editor("ldvl"), typed)["ket-qua"] == [result.title]


def test_a_saved_report_is_found_by_each_of_its_texts(cast, year, at):
    report, editor = report_of(year), cast.editor("ldvl")
    area = ContentArea.objects.get(code="procedures")
    texts = dict.fromkeys(TEXTS, "") | {"nil": False, "nil_reason": "", "proposals": "Đề nghị tập huấn viết tin"}
    for words in ("Một cửa liên thông", "Trả kết quả tại nhà"):
        save_words(report, by=editor, now=at(2022, 3, 15), words=texts | {f"area_{area.pk}_causes": words})
        assert len(found(editor, words)["danh-gia"]) == 1
    assert "danh-gia" not in found(editor, "lien thong")
    assert found(editor, "tap huan viet")["bao-cao"] == [str(report)]
    assert found(editor, "bao cao quy lao dong")["bao-cao"] == [str(report)]


def test_the_offices_words_on_the_whole_are_found(cast, year, at):
    roll_up = roll_up_of(year)
    built(roll_up, now=at(2022, 3, 16))
    text = "Các đơn vị nghiêm túc"
    part = outline(roll_up.versions.get().content)[0]
    add_paragraph(roll_up, part, text=text, key="a", by=cast.office_staff, now=at(2022, 3, 16))
    assert found(cast.director, "nghiem tuc")["loi-van-tong-hop"] == [str(roll_up)]


def test_units_and_people_are_found_by_name(cast):
    assert found(cast.chief, "tre em va binh dang gioi")["don-vi"] == ["Phòng Trẻ em và Bình đẳng giới"]
    assert found(cast.chief, "dam thi on")["nguoi"] == ["Đàm Thị Ơn"]


@pytest.mark.parametrize(
    "typed", ["hòa bình", "hoà bình", "HOA BINH", "Hoa  Bình", unicodedata.normalize("NFD", "Hòa Bình"), "binh hoa"]
)
def test_one_text_is_found_however_it_is_typed(cast, year, typed):
    result_of(year, "ldvl", date(2022, 3, 1), title="Họp thôn ở Hòa Bình")
    assert found(cast.editor("ldvl"), typed)["ket-qua"] == ["Họp thôn ở Hòa Bình"]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("an", ["Họp an ninh thôn"]),
        ("ban", ["Ban Chỉ đạo: lễ"]),
        ("ninh th", ["Họp an ninh thôn"]),
        ("le", ["Ban Chỉ đạo: lễ"]),
    ],
)
def test_a_word_is_found_where_a_syllable_begins_with_it(cast, year, typed, titles):
    for title in ("Họp an ninh thôn", "Ban Chỉ đạo: lễ"):
        result_of(year, "ldvl", date(2022, 3, 1), title=title, key=title)
    assert found(cast.editor("ldvl"), typed)["ket-qua"] == titles


@pytest.mark.parametrize("typed", ["%", "_", "100%", "\\", "'", "đ_ng"])
def test_signs_of_the_databases_language_are_letters(cast, year, typed):
    result_of(year, "ldvl", date(2022, 3, 1), title="Đông đủ")
    assert found(cast.editor("ldvl"), typed) == {}


def test_what_belongs_to_another_unit_never_appears(cast, year):
    line_of(unit_plan_of(year, "ldvl"), title="Bí mật riêng")
    result_of(year, "ldvl", date(2022, 3, 1), title="Bí mật riêng")
    report = report_of(year, highlights="Bí mật riêng")
    report.assessments.create(area=ContentArea.objects.get(code="procedures"), text="Bí mật riêng")
    roll_up_of(year).paragraphs.create(part="assessment", position=1, text="Bí mật riêng")
    assert found(cast.head("gdnn"), "bi mat rieng") == {}
    assert set(found(cast.head("ldvl"), "bi mat")) == {"hoat-dong", "ket-qua", "bao-cao", "danh-gia"}
    assert set(found(cast.director, "bi mat")) == {"hoat-dong", "ket-qua", "bao-cao", "danh-gia", "loi-van-tong-hop"}


def test_a_unit_sees_no_other_unit_and_no_list_of_people(cast):
    assert found(cast.head("gdnn"), "phong")["don-vi"] == ["Phòng Giáo dục nghề nghiệp"]
    assert "nguoi" not in found(cast.head("gdnn"), "nguyen")


def test_a_plan_on_the_drafting_table_is_found_only_by_those_who_see_it(cast, reference):
    stored(cast, ISSUED_AT)
    assert found(cast.head("ldvl"), "zalo") == {}
    assert found(cast.head("ldvl"), "76/nq-cp") == {}
    assert {"muc"} <= set(found(cast.clerk, "zalo"))


def test_who_has_no_post_finds_nothing(cast, year):
    cast.head("ldvl").posts.update(ends=date(2021, 12, 31))
    assert found(cast.head("ldvl"), "ke hoach") == {}


def _queries(client, **query) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(reverse("search"), query).status_code == 200
    return len(queries)


def test_as_many_queries_for_one_row_as_for_thirty(cast, year, client):
    client.force_login(cast.office_staff)
    unit_plan = unit_plan_of(year, "ldvl")
    counts = []
    for number in (1, 29):
        for _row in range(number):
            line_of(unit_plan, title="Phát loa")
            result_of(year, "ldvl", date(2022, 3, 1), title="Phát loa")
        counts.append((_queries(client, q="phat loa"), _queries(client, q="phat loa", nhom="ket-qua")))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 25


def test_a_group_shows_ten_and_leads_to_the_rest(cast, year, client):
    client.force_login(cast.editor("ldvl"))
    for number in range(12):
        result_of(year, "ldvl", date(2022, 3, 1), title=f"Phát loa {number}")
    page = client.get(reverse("search"), {"q": "phat loa"}).content.decode()
    assert page.count("/ket-qua/") - page.count('"/ket-qua/"') == 10
    assert "?q=phat%20loa&amp;nhom=ket-qua" in page and "(12)" in page
    last = client.get(reverse("search"), {"q": "phat loa", "nhom": "ket-qua", "page": "2"})
    assert len(last.context["groups"][0].hits) == 2


def test_a_title_that_says_it_all_needs_no_snippet(cast, year, client):
    result_of(year, "ldvl", date(2022, 3, 1), title="Phát loa", note="Phát loa tại chợ")
    [hit] = search(cast.director, ["phat", "loa"], on=ON)[0].hits
    assert hit.snippet == []
    [hit] = search(cast.director, ["loa", "cho"], on=ON)[0].hits
    assert [text for text, is_found in hit.snippet if is_found] == ["loa", "chợ"]


def test_a_found_text_is_shown_as_it_is_written(cast, year, client):
    client.force_login(cast.editor("ldvl"))
    result_of(year, "ldvl", date(2022, 3, 1), title="<script>alert(1)</script>", note="<b>tờ</b> gấp")
    page = client.get(reverse("search"), {"q": "script gap"}).content.decode()
    assert "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;" in page
    assert "&lt;b&gt;tờ&lt;/b&gt; <mark>gấp</mark>" in page
    assert "<script>alert" not in page and "<b>tờ" not in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 200), ({"q": ""}, 200), ({"q": " \u200b\u00a0"}, 200), ({"q": "\x00"}, 404), ({"q": "a" * 100_000}, 200),
        ({"q": "\u0301"}, 200), ({"q": "a b " * 50}, 200), ({"q": "to", "nhom": "la", "page": "-1"}, 200),
        ({"q": "to", "nhom": "ket-qua", "page": "99999999999999999999"}, 200), ({"q": "<script>"}, 200),
    ],
)  # fmt: skip
def test_whatever_is_typed_is_answered(cast, client, query, status):
    client.force_login(cast.office_staff)
    assert client.get(reverse("search"), query).status_code == status


def test_a_query_over_200_letters_is_refused_in_words(cast, client):
    client.force_login(cast.office_staff)
    refused, taken = (client.get(reverse("search"), {"q": "ế" * size}).content.decode() for size in (201, 200))
    assert "dài quá 200 ký tự" in refused
    assert "dài quá" not in taken
    assert (
        "dài quá" not in client.get(reverse("search"), {"q": unicodedata.normalize("NFD", "ế" * 200)}).content.decode()
    )


def test_two_years_stand_the_newer_first(cast):
    issued_plan(cast)
    draft_plan(cast, year=2023)
    assert [title[-4:] for title in found(cast.director, "ke hoach tuyen truyen")["ke-hoach"]] == ["2023", "2022"]
