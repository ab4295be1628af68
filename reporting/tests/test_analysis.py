"""The analysis page: its figures are the roll-up's, whatever rows and columns are chosen; saved, drawn, given away."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from python_calamine import CalamineWorkbook

from plans.models import Indicator
from reporting.analysis import saving
from reporting.analysis.choice import chosen, lists_of, problem
from reporting.analysis.facts import gather
from reporting.analysis.table import table
from reporting.models import Period, SavedAnalysis
from reporting.roll_ups.content import build_content
from reporting.tests.factories import more_units, period_of, ready_year, report_of, result_of
from reporting.tests.test_recount import WINDOWS, Recount, Shape

FIELDS = {
    "don-vi": "unit", "noi-dung": "area", "hinh-thuc": "channel", "doi-tuong": "audience", "thang": "month",
}  # fmt: skip


@pytest.fixture
def plan(cast):
    return ready_year(cast)


@pytest.fixture
def browse(client, cast):
    def get(username: str, query: str = "", name: str = "analysis"):
        client.force_login(cast.people[username])
        return client.get(f"{reverse(name)}?{query}")

    return get


def asked(period: Period, **query):
    """(choice, table) of an address's choices."""
    lists = lists_of(period)
    periods = list(Period.objects.filter(agency=period.agency_id).select_related("agency"))
    choice = chosen(query, periods, lists, period)
    assert problem(choice) == ""
    indicators = lists.indicators if choice.by_indicator else [choice.indicator]
    return choice, table(choice, lists, gather(choice, indicators))


def numbers(found) -> dict[tuple, int | float]:
    """(row's key, column's key) → number, of what is known; totals under None."""
    return {
        (row.key, column.key): cell.number
        for row, cells in found.lines
        for column, cell in zip(found.columns, cells, strict=True)
        if cell.number is not None
    }


@pytest.mark.parametrize("seed", (2, 3, 9))
def test_every_pair_of_dimensions_equals_a_recount(plan, seed):
    Shape(plan, seed).write()
    recount = Recount()
    codes = ("leaflets", "participants", "money")
    for name, kind in (("Q1", "Q1"), ("H1", "CCHC-H1")):
        period = period_of(plan, kind)
        for code in codes:
            indicator = Indicator.objects.get(code=code).pk
            for rows, columns in (("don-vi", "noi-dung"), ("hinh-thuc", "doi-tuong"), ("thang", "don-vi")):
                by_hand = {
                    key[:2]: value
                    for key, value in recount.sums(WINDOWS[name], FIELDS[rows], FIELDS[columns]).items()
                    if key[2] == indicator
                }
                found = numbers(asked(period, hang=rows, cot=columns, chi_tieu=code)[1])
                inside = {key: value for key, value in found.items() if None not in key}
                assert inside == by_hand, (name, code, rows, columns)
                assert found.get((None, None)) == (sum(by_hand.values()) if by_hand else None)


@pytest.mark.parametrize("kind", ("Q1", "CCHC-Y"))
def test_every_indicator_equals_the_roll_up_ratios_stocks_and_tasks_included(plan, kind):
    stock = Indicator.objects.create(
        code="groups", name="Số tổ", unit_of_measure="tổ", source="quantity", kind="stock", position=90
    )
    shape = Shape(plan, 9)
    shape.indicators = [*shape.indicators, *Indicator.objects.filter(code__startswith="findings"), stock]
    shape.indicators = [row for row in shape.indicators if row.source == "quantity"]
    shape.write()
    period = period_of(plan, kind)
    content = {row["code"]: row for row in build_content(period, now=plan.issued_at)["indicators"]}
    _choice, found = asked(period, hang="chi-tieu", cot="don-vi")
    assert found.columns[-1].key is None
    for head, cells in found.lines:
        row = content[head.code]
        assert cells[-1].number == row["value"], head.code
    assert content["groups"]["value"] is not None and content["findings-rate"]["value"] is not None


def test_a_ratio_is_made_anew_from_its_parts_in_every_cell_and_in_the_total(plan, cast):
    for code, (found, solved) in {"ldvl": (10, 8), "ncc": (5, 4), "btxh": (3, None)}.items():
        report_of(plan, code, state="accepted")
        parts = {"findings": found} | ({"findings-solved": solved} if solved is not None else {})
        result_of(plan, code, date(2022, 3, 1), quantities=parts)
    _choice, found = asked(period_of(plan), hang="don-vi", chi_tieu="findings-rate")
    told = {row.code: cells[0].words for row, cells in found.lines}
    # 12 of 18: the unit that told no solved ones adds its findings, never a ratio of nought
    assert (told["ldvl"], told["ncc"], told["btxh"], told["gdnn"], told[""]) == ("80,0", "80,0", "–", "–", "66,7")


def test_missing_is_not_zero(plan):
    report_of(plan, "ldvl", state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 0})
    result_of(plan, "btxh", date(2022, 3, 1), quantities={"leaflets": 7})  # not received
    told = {row.code: cells[0].words for row, cells in asked(period_of(plan), chi_tieu="leaflets")[1].lines}
    assert (told["ldvl"], told["btxh"], told[""]) == ("0", "–", "0")


def test_periods_stand_beside_each_other_and_are_never_added(plan):
    for kind, day in (("Q1", date(2022, 3, 1)), ("Q2", date(2022, 5, 1))):
        report_of(plan, "ldvl", kind, state="accepted")
        result_of(plan, "ldvl", day, quantities={"leaflets": day.month})
    _choice, found = asked(period_of(plan, "Q2"), hang="ky", cot="don-vi", chi_tieu="leaflets")
    assert [(row.name, cells[-1].words) for row, cells in found.lines] == [("Quý I/2022", "3"), ("Quý II/2022", "5")]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("hang=don-vi&cot=don-vi", "Hàng và cột cùng là đơn vị"),
        ("hang=thang&cot=ky", "Mỗi tháng thuộc một kỳ"),
        ("hang=hinh-thuc&chi_tieu=tasks", "đếm nhiệm vụ của kế hoạch"),
        ("hang=chi-tieu&xem=bieu-do", "không vẽ chung một biểu đồ"),
    ],
)
def test_what_makes_no_sense_is_answered_with_the_way_out(plan, browse, query, words):
    if "tasks" in query:
        code = Indicator.objects.filter(source="tasks").values_list("code", flat=True).first()
        query = query.replace("chi_tieu=tasks", f"chi_tieu={code}")
    page = browse("hoa", f"ky=2022-Q1&{query}")
    assert page.status_code == 200 and words in page.content.decode()


def test_a_figure_leads_to_its_rows(plan, browse, client):
    report_of(plan, "ldvl", state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), channel="leaflet", quantities={"leaflets": 500})
    page = browse("hoa", "ky=2022-Q1&hang=don-vi&cot=hinh-thuc&chi_tieu=leaflets").content.decode()
    address = "/so-lieu/2022-Q1/?don_vi=ldvl&hinh_thuc=leaflet&chi_tieu=leaflets"
    assert address.replace("&", "&amp;") in page
    assert "500" in client.get(address).content.decode()


def test_excel_and_picture_say_what_the_page_says(plan, browse):
    report_of(plan, "ldvl", state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500})
    query = "ky=2022-Q1&hang=don-vi&chi_tieu=leaflets&xem=bieu-do"
    rows = CalamineWorkbook.from_filelike(BytesIO(browse("hoa", query, "analysis_excel").content)).get_sheet_by_index(0)
    assert ["Phòng Lao động - Việc làm", 500] in [row[:2] for row in rows.to_python()]
    assert "<title" in browse("hoa", query, "analysis_svg").content.decode()
    assert Image.open(BytesIO(browse("hoa", query, "analysis_png").content)).width > 600
    assert browse("hoa", f"{query}&hinh=9", "analysis_png").status_code == 404
    assert 'class="chart"' in browse("hoa", query).content.decode()


def test_as_many_queries_for_one_unit_as_for_thirty_and_at_most_25(plan, browse):
    query = "ky=2022-Q2&hang=chi-tieu&cot=don-vi&xem=bieu-do"
    asked_for = []
    browse("hoa", query)
    for codes in (["ldvl"], more_units(plan, 29)):
        for code in codes:
            report_of(plan, code, "Q2", state="accepted")
            result_of(plan, code, date(2022, 5, 1), participants=2, quantities={"leaflets": 5})
        with CaptureQueriesContext(connection) as queries:
            browse("hoa", query)
        asked_for.append(
            len([row for row in queries if "session" not in row["sql"] and "last_login" not in row["sql"]])
        )
    assert asked_for[0] == asked_for[1] <= 25


def test_it_is_saved_by_name_shared_and_written_over(plan, cast, client, browse):
    browse("hoa")
    for shared, query in (({}, "hang=noi-dung"), ({"shared": "on"}, "hang=hinh-thuc&lam=gi")):
        assert client.post(f"{reverse('analysis_save')}?{query}", {"name": "Của tôi"} | shared).status_code == 302
    row = SavedAnalysis.objects.get()
    assert (row.query, row.shared, row.owner) == ("hang=hinh-thuc", True, cast.office_staff)
    assert "Của tôi" in browse("binh").content.decode()
    SavedAnalysis.objects.update(shared=False)
    assert "Của tôi" not in browse("binh").content.decode()


def test_the_choices_kept_are_the_known_ones():
    assert saving.tidy("cot=&hang=don-vi&csrf=1&ky=2022-Q1&x=<script>") == "ky=2022-Q1&hang=don-vi"
