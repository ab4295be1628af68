"""The Office enters what was published, by hand or from Excel; a correction keeps what stood, with its reason."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AgencyName, Event
from documents.excel_reading import read_workbook
from documents.excel_table import KEYS_SHEET, layout_of, rows_of, table_of
from documents.tests.excel_files import written
from documents.tests.files import upload
from plans.models import IndexScheme, IndexValue, RankingIndex
from plans.rankings import keeping
from plans.rankings.keeping import Entry, EntryRefused, entity_of
from plans.rankings.values_excel import FORMAT, SHAPE

ADDRESS = "/chi-so/ghi/"
pytestmark = pytest.mark.usefixtures("reference")


@pytest.fixture
def office(cast, client):
    client.force_login(cast.office_staff, backend="django.contrib.auth.backends.ModelBackend")
    return client


def index(short="PAR INDEX"):
    return RankingIndex.objects.get(short=short)


def row(number=0, short="PAR INDEX", **more) -> dict:
    """The boxes of a row: PAR INDEX 2021, 85,5%, rank 44 of 63, published 25/05/2022, unless told otherwise."""
    boxes = {
        "id": "", "version": "", "index": index(short).pk, "year": "2021", "score": "85,5", "maximum": "",
        "rank": "44", "number_ranked": "63", "group": "", "source": "Quyết định công bố của Bộ Nội vụ",
        "published_on": "25/05/2022", "as_of": "", "entity": "", "reason": "",
    }  # fmt: skip
    return {f"rows-{number}-{name}": value for name, value in (boxes | more).items()}


def stored_row(value, number=0, **more) -> dict:
    return row(number, id=value.pk, version=value.version, entity=value.entity, **more)


@pytest.fixture
def value(office):
    assert office.post(ADDRESS, row()).status_code == 302
    return IndexValue.objects.get()


def test_a_value_is_entered_with_its_series_its_scale_and_the_province_of_that_year(value, cast):
    assert (value.scheme.name, value.year, value.score, value.maximum) == ("PAR INDEX", 2021, Decimal("85.5"), 100)
    assert (value.rank, value.number_ranked, value.entity) == (44, 63, "Tỉnh Ninh Thuận")
    event = Event.objects.about(index()).get()
    assert event.label == "Ghi số PAR INDEX 2021: điểm 85,5, hạng 44/63"
    assert event.actor == str(cast.office_staff)


def test_sending_the_same_form_twice_stores_once(value, office):
    answer = office.post(ADDRESS, row(), follow=True)
    assert "1 số đã có, giữ nguyên" in answer.content.decode()
    assert IndexValue.objects.count() == Event.objects.about(index()).count() == 1


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        ({"score": "100,01"}, "vượt thang 100"),
        ({"score": "85,12345"}, "tối đa 4 chữ số"),
        ({"score": "85.5"}, "không rõ phần thập phân"),
        ({"score": ""}, "PAR INDEX năm nào cũng có điểm"),
        ({"maximum": "10"}, "tính theo thang 100"),
        ({"rank": "64"}, "Hạng 64 lớn hơn số được xếp hạng 63"),
        ({"rank": "0"}, "Hạng bắt đầu từ 1"),
        ({"rank": ""}, "năm nào cũng xếp hạng"),
        ({"number_ranked": ""}, "Ghi số đối tượng được xếp hạng"),
        ({"number_ranked": "64"}, "Năm 2021 cả nước có 63 tỉnh, thành phố"),
        ({"year": "2011"}, "PAR INDEX có từ năm 2012"),
        ({"year": "2099"}, "Năm 2099 chưa tới"),
        ({"published_on": "31/12/2020"}, "công bố trong các năm 2021–2025"),
        ({"published_on": "01/01/2090"}, "Ngày công bố chưa tới"),
        ({"as_of": "31/12/2020"}, "Ngày phải thuộc năm 2021"),
        ({"published_on": "01/06/2021", "as_of": "31/12/2021"}, "trước ngày công bố"),
        ({"group": "Loại A"}, "Điểm 85,5 xếp loại B"),
        ({"source": ""}, "Nhập nguồn"),
        ({"published_on": ""}, "Nhập ngày công bố"),
        ({"short": "PAPI", "score": "5", "rank": ""}, "Điểm thấp nhất của PAPI (8 chỉ số nội dung) là 8"),
        ({"short": "PAPI", "score": "", "rank": "", "number_ranked": ""}, "ít nhất một trong"),
        ({"short": "DTI", "score": "643"}, "hãy ghi thang 1.000"),
        ({"short": "DTI", "score": "0,643", "maximum": "1000"}, "hãy ghi thang 1."),
    ],
)
def test_what_cannot_have_been_published_is_refused_in_place_and_stays(office, boxes, words):
    page = office.post(ADDRESS, row(**boxes))
    assert page.status_code == 200
    assert words in page.content.decode()
    assert "Quyết định công bố của Bộ Nội vụ" in page.content.decode() or "source" in boxes
    assert not IndexValue.objects.exists()


def test_one_wrong_row_keeps_all_rows_out(office):
    page = office.post(ADDRESS, row() | row(1, short="SIPAS", score="850"))
    assert "Dòng 2: Điểm 850 vượt thang 100" in page.content.decode()
    assert not IndexValue.objects.exists()


def test_scores_and_ranks_may_be_missing_where_the_index_leaves_them_out(office):
    group = {"score": "", "rank": "", "number_ranked": "", "group": "Nhóm thấp nhất"}
    assert (
        office.post(ADDRESS, row(short="PAPI", **group) | row(1, short="PCI", rank="", score="62,2")).status_code == 302
    )
    papi = IndexValue.objects.get(scheme__index__short="PAPI")
    assert (papi.score, papi.rank, papi.group) == (None, None, "Nhóm thấp nhất")


def test_the_grade_is_computed_and_not_stored_twice(office):
    office.post(ADDRESS, row(group="Loại B"))
    assert (IndexValue.objects.get().group, IndexValue.objects.get().grade) == ("", "B")


def test_two_values_of_one_year_are_refused_within_the_form_and_against_what_is_stored(value, office):
    page = office.post(ADDRESS, row(score="86") | row(1, short="SIPAS") | row(2, short="SIPAS", rank="45"))
    text = page.content.decode()
    assert "Đã có số PAR INDEX 2021 của Tỉnh Ninh Thuận" in text
    assert "Cùng chỉ số, năm và đối tượng với dòng 2" in text
    assert IndexValue.objects.count() == 1


def test_a_correction_needs_a_reason_and_keeps_what_stood(value, office):
    page = office.post(ADDRESS, stored_row(value, rank="43"))
    assert "Ghi lý do sửa" in page.content.decode()
    assert office.post(ADDRESS, stored_row(value, rank="43", reason="Gõ nhầm hạng.")).status_code == 302
    value.refresh_from_db()
    assert (value.rank, value.version) == (43, 2)
    event = Event.objects.about(index()).last()
    assert (event.label, event.reason) == ("Sửa số PAR INDEX 2021: hạng 44 → 43", "Gõ nhầm hạng.")
    assert (event.data["before"]["rank"], event.data["after"]["rank"]) == (44, 43)
    assert "hạng 44 → 43" in office.get("/chi-so/par-index/").content.decode()


def test_a_value_is_taken_away_with_a_reason_and_its_history_stays(value, office):
    page = office.post(ADDRESS, stored_row(value, xoa="on"))
    assert "Ghi lý do bỏ số này" in page.content.decode()
    assert office.post(ADDRESS, stored_row(value, xoa="on", reason="Số của tỉnh khác.")).status_code == 302
    assert not IndexValue.objects.exists()
    assert Event.objects.about(index()).last().label == "Bỏ số PAR INDEX 2021: điểm 85,5, hạng 44/63"


def test_who_corrected_first_is_not_overwritten_unseen(value, office, cast, at):
    facts = keeping.facts_of(value) | {"rank": 40}
    store = lambda version: keeping.store(  # noqa: E731
        cast.agency, [Entry(facts, value, version, "Nhầm.")], by=cast.chief, now=at(2023, 1, 1)
    )
    store(1)
    page = office.post(ADDRESS, stored_row(value, rank="41", reason="Nhầm."))
    assert page.status_code == 409 and "Bản đang lưu: 40" in page.content.decode()
    facts["rank"] = 39
    with pytest.raises(EntryRefused, match="Có người vừa sửa"):
        store(1)
    IndexValue.objects.all().delete()
    with pytest.raises(EntryRefused, match="Có người vừa bỏ"):
        store(2)


def test_nobody_but_the_office_writes_and_no_way_in_leaves_out_the_checks(cast, at):
    scheme = IndexScheme.objects.get(name="PAR INDEX")
    facts = {
        "scheme": scheme, "year": 2021, "as_of": None, "entity": "Tỉnh Ninh Thuận", "score": Decimal(85),
        "maximum": 100, "rank": 70, "number_ranked": 63, "group": "", "source": "QĐ", "published_on": date(2022, 5, 25),
    }  # fmt: skip
    with pytest.raises(PermissionDenied):
        keeping.store(cast.agency, [Entry(facts)], by=cast.director, now=at(2023, 1, 1))
    with pytest.raises(EntryRefused, match="Hạng 70"):
        keeping.store(cast.agency, [Entry(facts)], by=cast.office_staff, now=at(2023, 1, 1))


def test_the_entity_is_named_as_it_was_that_year(cast):
    names = cast.agency.parent.names
    names.update(ends=date(2025, 6, 30))
    AgencyName.objects.create(
        agency=cast.agency.parent, name="Ủy ban nhân dân tỉnh Khánh Hòa", short_name="UBND tỉnh", symbol="UBND",
        place="Khánh Hòa", starts=date(2025, 7, 1),
    )  # fmt: skip
    agency = type(cast.agency).objects.get(pk=cast.agency.pk)
    assert [entity_of(index(), agency, year) for year in (2024, 2025)] == ["Tỉnh Ninh Thuận", "Tỉnh Khánh Hòa"]
    assert entity_of(index("DDCI"), agency, 2024) == "Sở Lao động - Thương binh và Xã hội"


def table(content: bytes) -> list:
    kept = table_of(read_workbook(BytesIO(content), "mẫu.xlsx"), SHAPE)
    return rows_of(kept, layout_of(kept, SHAPE))


def file_of(agency, *rows: dict):
    """A copy of the agency's template with a row for each of `rows`: cells by field, "key" for the hidden one."""

    def write(book, page):
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        page.write_row(0, 0, ["Mã dòng (không sửa)", *(str(column.title) for column in SHAPE.columns)])
        for number, cells in enumerate(rows, 1):
            for place, name in enumerate(("key", *SHAPE.fields)):
                given = cells.get(name)
                if isinstance(given, date):
                    page.write_datetime(number, place, given, day)
                elif given is not None:
                    page.write(number, place, given)
        hidden = book.add_worksheet(KEYS_SHEET)
        for number, pair in enumerate({"format": FORMAT, "agency": str(agency.pk)}.items()):
            hidden.write_row(number, 0, pair)

    return {"file": upload(written(write), "so.xlsx")}


def boxes_of(page) -> dict:
    """What the preview's form would send: the rows as Django bound them."""
    sent = {}
    for each in page.context["rows"].rows:
        prefix = each.form.prefix
        sent |= {f"{prefix}-id": each.id, f"{prefix}-version": each.version}
        sent |= {f"{prefix}-xoa": "on"} if each.is_removed else {}
        sent |= {box.html_name: box.value() or "" for box in each.form}
    return sent


def test_the_file_goes_out_comes_back_and_enters_nothing_twice(value, office, cast):
    (out,) = table(office.get("/chi-so/ghi/mau/").content)
    assert out.key == f"R{value.pk}.1"
    assert [out.cells[name] for name in ("index", "year", "score", "rank")] == ["PAR INDEX", "2021", "85,5", 44]
    changed = {
        "key": out.key, "index": "PAR INDEX", "year": "2021", "score": "85,5", "maximum": 100, "rank": 43,
        "number_ranked": 63,
        "source": value.source, "published_on": value.published_on, "entity": value.entity,
        "reason": "Theo bản đính chính.",
    }  # fmt: skip
    new = {
        "key": "N1", "index": "sipas", "year": 2021, "score": 86.25, "rank": 30, "number_ranked": 63,
        "source": "Quyết định công bố", "published_on": date(2022, 5, 25),
    }  # fmt: skip
    page = office.post("/chi-so/ghi/excel/", file_of(cast.agency, changed, new))
    assert [each.tag[1] for each in page.context["rows"].rows] == ["Sửa", "Mới"]
    assert IndexValue.objects.count() == 1
    assert office.post(ADDRESS, boxes_of(page)).status_code == 302
    assert IndexValue.objects.get(scheme__name="SIPAS").score == Decimal("86.25")
    value.refresh_from_db()
    assert value.rank == 43
    page = office.post("/chi-so/ghi/excel/", file_of(cast.agency, changed, new))
    assert [each.tag[1] for each in page.context["rows"].rows] == ["Giống", "Đã có"]
    assert office.post(ADDRESS, boxes_of(page)).status_code == 302
    assert IndexValue.objects.count() == 2 and Event.objects.about(index()).count() == 2


def test_a_wrong_cell_is_named_by_its_address_and_comes_back_marked(office, cast):
    wrong = {"index": "PARR", "year": 2021, "score": 850, "rank": "nhất", "source": "QĐ"}
    page = office.post("/chi-so/ghi/excel/", file_of(cast.agency, wrong))
    text = page.content.decode()
    assert "ô B2 của tệp" in text and "ô F2 của tệp" in text and "không có trong danh mục" in text
    copy = office.post(ADDRESS, boxes_of(page) | {"danh-dau": "1"})
    grid = read_workbook(BytesIO(copy.content), "lỗi.xlsx")[0]
    assert any("Hạng:" in str(cell) for cell in grid.cells.values())
    assert not IndexValue.objects.exists()
    broken = office.post("/chi-so/ghi/excel/", {"file": upload(b"PK nothing", "so.xlsx")})
    assert broken.status_code == 200 and "Chưa đọc được tệp" in broken.content.decode()


def test_more_rows_ask_no_more(office, django_assert_max_num_queries):
    def sent(count):
        return {name: given for n in range(count) for name, given in row(n, year=str(2012 + n), rank="0").items()}

    one, twelve = sent(1), sent(12)
    office.post(ADDRESS, one)
    with django_assert_max_num_queries(20) as few:
        office.post(ADDRESS, one)
    with django_assert_max_num_queries(len(few)):
        assert office.post(ADDRESS, twelve).status_code == 200
