"""The accepted unit plans put together: what counts, how it adds up, what nobody does, what two would do twice."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from documents.official import Appendix
from plans.handing_in import submit
from plans.models import Audience, Channel
from plans.snapshots import Line
from plans.synthesis.gaps import coverage, overlaps
from plans.synthesis.gathering import MONTHS, Synthesis, Task, gather
from plans.synthesis.papers import as_excel, channel_names, synthesis_paper
from plans.tests.factories import DUE_AT, filled_unit_plan, issued_plan, line_of, unit_plan_of
from plans.workflow import UNIT_PLAN

NOW = DUE_AT - timedelta(days=4)
AREAS = (("leadership", "a) Chỉ đạo, điều hành"), ("institutions", "b) Cải cách thể chế"))


@pytest.fixture
def plan(cast):
    return issued_plan(cast)


def accepted(plan, cast, code: str, key: str = "", now=NOW):
    """The unit's plan handed in and accepted."""
    submit(UNIT_PLAN, unit_plan_of(plan, code), by=cast.head(code), now=now, key=key or f"khoa-{code}")
    UNIT_PLAN.move(unit_plan_of(plan, code), "accept", by=cast.office_staff, now=now + timedelta(hours=1))


def task(unit: str = "Phòng A", area: str = "leadership", pk: int = 1, **values) -> Task:
    line = {
        "id": pk, "title": "Tập huấn cải cách hành chính cho công chức", "channel": "Hội nghị, lớp tập huấn",
        "audience": "Người dân", "starts": date(2022, 5, 10), "ends": date(2022, 5, 11), "person": "", "product": "",
        "indicator": None, "measure": None, "quantity": None, "money": None,
    } | values  # fmt: skip
    known = Line.__dataclass_fields__
    return Task(unit, pk, area, Line(**{name: value for name, value in line.items() if name in known}))


def synthesis(*tasks: Task) -> Synthesis:
    class Year:
        year = 2022

    return Synthesis(Year(), AREAS, tasks, (), tuple(dict.fromkeys(each.unit for each in tasks)), ())


@pytest.mark.django_db
def test_only_accepted_plans_count_and_the_others_are_named(plan, cast):
    for code in ("ldvl", "gdnn", "btxh"):
        filled_unit_plan(plan, code)
    accepted(plan, cast, "ldvl")
    submit(UNIT_PLAN, unit_plan_of(plan, "gdnn"), by=cast.head("gdnn"), now=NOW, key="khoa-gdnn")
    found = gather(plan)
    # one line of 5.000.000 đồng in each of seven areas but the one that is not theirs: six of one unit of fourteen
    assert (len(found.tasks), found.money, found.accepted) == (6, 30_000_000, ("Phòng Lao động - Việc làm",))
    assert len(found.missing) == 13
    assert "Phòng Giáo dục nghề nghiệp" in found.missing
    assert found.absent("apparatus") == [("Phòng Lao động - Việc làm", "Không thuộc chức năng, nhiệm vụ của đơn vị.")]


@pytest.mark.django_db
def test_a_plan_being_amended_counts_as_it_was_accepted(plan, cast):
    unit_plan = filled_unit_plan(plan)
    accepted(plan, cast, "ldvl")
    UNIT_PLAN.move(
        unit_plan_of(plan, "ldvl"), "amend", by=cast.head("ldvl"), now=NOW + timedelta(days=1), reason="Thêm một việc."
    )
    line_of(unit_plan, "procedures", title="Việc thêm chưa được tiếp nhận", money=1)
    assert gather(plan).money == 30_000_000
    accepted(plan, cast, "ldvl", key="khoa-lan-hai", now=NOW + timedelta(days=2))
    assert gather(plan).money == 30_000_001


@pytest.mark.django_db
def test_the_queries_are_as_many_for_one_unit_as_for_six(plan, cast, django_assert_num_queries):
    filled_unit_plan(plan, "ldvl")
    accepted(plan, cast, "ldvl")
    with django_assert_num_queries(3):
        gather(plan)
    for code in ("gdnn", "btxh", "dvvl", "ncc", "ctxh"):
        filled_unit_plan(plan, code)
        accepted(plan, cast, code)
    with django_assert_num_queries(3):
        assert len(gather(plan).accepted) == 6


def test_a_task_runs_in_every_month_it_touches_and_in_none_of_another_year():
    across = task(starts=date(2021, 11, 20), ends=date(2022, 2, 1))
    assert list(across.months(2022)) == [1, 2]
    assert list(task(starts=date(2022, 11, 30), ends=date(2023, 3, 1)).months(2022)) == [11, 12]
    assert list(task(starts=date(2023, 1, 1), ends=date(2023, 1, 2)).months(2022)) == []


@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.sampled_from([code for code, _name in AREAS]), st.integers(0, 10**9)),
        max_size=30,
    )
)
def test_areas_units_and_channels_each_add_up_to_the_whole(drawn):
    found = synthesis(*(task(unit, area, pk, money=money) for pk, (unit, area, money) in enumerate(drawn)))
    total = sum(money for _unit, _area, money in drawn)
    for groups in (found.by_area(), found.by_unit(), found.by_channel([])):
        assert sum(group.money for group in groups) == total == found.money
        assert sum(len(group.tasks) for group in groups) == len(drawn)


def test_money_is_added_up_by_source_and_what_has_none_is_said():
    shared = task(money=5_000_000, funds=(("Xã hội hóa", 2_000_000), ("Nguồn khác", 3_000_000)))
    single = task(pk=2, money=1_500_000, funds=(("Xã hội hóa", 1_500_000),))
    found = synthesis(shared, single, task(pk=3, money=700_000))
    assert found.by_source() == [("Xã hội hóa", 3_500_000), ("Nguồn khác", 3_000_000), ("Chưa ghi nguồn", 700_000)]
    assert sum(amount for _name, amount in found.by_source()) == found.money


def test_the_list_is_narrowed_to_an_area_a_unit_a_month():
    spring, autumn = task("Phòng A"), task("Phòng B", "institutions", 2, starts=date(2022, 9, 1), ends=date(2022, 9, 2))
    found = synthesis(spring, autumn)
    assert found.narrowed(area="institutions").tasks == (autumn,)
    assert found.narrowed(unit="Phòng A", month="5").tasks == (spring,)
    assert found.narrowed(unit="Phòng A", month="9").tasks == ()
    assert found.narrowed(channel="Không có").tasks == ()


@pytest.mark.django_db
def test_a_task_for_everybody_reaches_every_audience_and_what_nobody_reaches_is_named(reference):
    everyone = Audience.objects.get(code="all").name
    found = synthesis(task(audience=everyone), task(area="institutions", pk=2, audience="Doanh nghiệp"))
    covered = coverage(found, Channel.objects.all(), Audience.objects.all())
    assert [covered.of("leadership", "training", code) for code, _name in covered.audiences] == [1, 1, 1]
    assert covered.unreached() == [
        ("b) Cải cách thể chế", ["cán bộ, công chức, viên chức, người lao động", "người dân"])
    ]
    # 2 areas × 13 channels × 3 audiences, of which four are filled
    assert (covered.cells, covered.blanks) == (78, 74)
    assert "Zalo" in covered.unused()
    assert "Hội nghị, lớp tập huấn" not in covered.unused()


def test_two_units_that_plan_one_event_in_one_week_are_pointed_out():
    one = task("Phòng A")
    other = task("Phòng B", pk=2, title="Tập huấn cải cách hành chính cho công chức, viên chức",
                 starts=date(2022, 5, 16), ends=date(2022, 5, 16))  # fmt: skip
    assert overlaps([one, other]) == [(one, other)]


@pytest.mark.parametrize(
    "values",
    [
        {"unit": "Phòng A"},
        {"channel": "Zalo"},
        {"title": "Hội thi sân khấu hóa toàn ngành"},
        {"starts": date(2022, 5, 19), "ends": date(2022, 5, 19)},
        {"starts": date(2022, 5, 1), "ends": date(2022, 12, 31)},
    ],
    ids=["one unit's own", "another channel", "another title", "eight days later", "a standing task"],
)
def test_what_is_no_event_of_two_units_is_not_pointed_out(values):
    assert overlaps([task("Phòng A"), task(**({"unit": "Phòng B", "pk": 2} | values))]) == []


@pytest.mark.django_db
def test_the_appendices_name_the_plan_they_go_with_and_print_without_a_cover(plan, cast):
    filled_unit_plan(plan)
    accepted(plan, cast, "ldvl")
    paper = synthesis_paper(plan.pk, date(2022, 3, 1))
    assert not paper.cover
    first: Appendix = paper.appendices[0]
    assert first.note.startswith("(Kèm theo Kế hoạch số 123/KH-SLĐTBXH ngày 14 tháng 01 năm 2022 của Sở")
    assert [heading for heading, _appendix in paper.numbered_appendices] == [
        "Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV", "Phụ lục V",
    ]  # fmt: skip
    assert first.blocks[-1].rows[-1].cells[-1] == "30.000.000"
    months = paper.appendices[3].blocks[0]
    assert len(months.columns) == 2 + len(MONTHS)
    # every line runs from 01/3 to 30/6
    assert months.rows[-1].cells[2:] == ("–", "–", "6", "6", "6", "6", "–", "–", "–", "–", "–", "–")


@pytest.mark.django_db
def test_a_document_without_a_cover_begins_with_its_appendix(plan, cast):
    from io import BytesIO

    from docx import Document
    from pypdf import PdfReader

    from documents.pdf import render_pdf
    from documents.word import render_docx

    filled_unit_plan(plan)
    accepted(plan, cast, "ldvl")
    paper = synthesis_paper(plan.pk, date(2022, 3, 1))
    pages = PdfReader(BytesIO(render_pdf(paper))).pages
    assert pages[0].extract_text().strip().startswith("Phụ lục I")
    assert pages[-1].extract_text().strip().startswith("Phụ lục V")
    word = Document(BytesIO(render_docx(paper)))
    assert next(line.text for line in word.paragraphs if line.text) == "Phụ lục I"
    assert len(word.sections) == 5


@pytest.mark.django_db
def test_the_excel_file_holds_every_task_and_its_money_as_numbers(plan, cast):
    from io import BytesIO

    from python_calamine import CalamineWorkbook

    filled_unit_plan(plan)
    accepted(plan, cast, "ldvl")
    book = CalamineWorkbook.from_filelike(BytesIO(as_excel(gather(plan), "Sở")))
    assert book.sheet_names == [
        "Danh mục",
        "Theo nội dung",
        "Theo đơn vị",
        "Theo hình thức",
        "Theo tháng",
        "Theo nguồn kinh phí",
    ]
    rows = book.get_sheet_by_name("Danh mục").to_python()[4:]
    assert len(rows) == 6
    assert sum(row[-1] for row in rows) == 30_000_000


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?xem=don-vi", "?xem=hinh-thuc", "?xem=thang", "?xem=kinh-phi",
                                   "?xem=khoang-trong", "?xem=danh-muc", "?xem=la&page=abc",
                                   "?xem=danh-muc&thang-nao=13&don-vi-nao=khong"])  # fmt: skip
def test_every_view_answers(plan, cast, client, query):
    filled_unit_plan(plan)
    accepted(plan, cast, "ldvl")
    client.force_login(cast.office_staff)
    response = client.get(reverse("plan_synthesis", args=[plan.pk]) + query)
    assert response.status_code == 200
    assert "1 kế hoạch đã tiếp nhận, 6 nhiệm vụ, kinh phí 30.000.000" in response.content.decode()


@pytest.mark.django_db
def test_before_anything_is_accepted_the_page_says_what_comes_next(plan, cast, client):
    client.force_login(cast.director)
    page = client.get(reverse("plan_synthesis", args=[plan.pk])).content.decode()
    assert "Chưa có kế hoạch đơn vị nào được tiếp nhận" in page


@pytest.mark.django_db
def test_the_channels_are_those_in_force_in_the_plans_year(reference):
    Channel.objects.filter(code="panel").update(ends=date(2021, 12, 31))
    assert "Pano, áp phích" not in channel_names(2022)
    assert len(channel_names(2022)) == 12
