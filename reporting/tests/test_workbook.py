"""The Excel of a roll-up: totals and ratios are formulas, and what they compute is what the content has."""

import csv
import re
from datetime import date, datetime
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from documents.excel import Formula, workbook
from plans.models import Indicator
from plans.tests.factories import filled_unit_plan
from reporting.models import Period
from reporting.roll_ups.content import build_content
from reporting.roll_ups.long_csv import csv_lines
from reporting.roll_ups.ministry_form import ROWS
from reporting.roll_ups.workbook import sheets
from reporting.tests.factories import period_of, ready_year, report_of, result_of

SUM = re.compile(r'=IF\(COUNT\((\w+):(\w+)\)=0,"–",SUM\(\1:\2\)(?:/COUNT\(\1:\2\))?\)')
SHARE = re.compile(r'=IF\(OR\(COUNT\((\w+)\)=0,N\((\w+)\)=0\),"–",\1/\2\)')
OTHER = re.compile(r"='([^']+)'!(\w+)")


@pytest.fixture
def content(cast, at) -> dict:
    """Two units received, one late; one handed in; a year before with half the leaflets."""
    plan = ready_year(cast)
    for code in ("ldvl", "btxh", "ncc"):
        filled_unit_plan(plan, code, state="accepted")
    line = plan.unit_plans.get(unit__code="ldvl").activities.filter(area__code="procedures").get()
    result_of(plan, "ldvl", date(2022, 3, 1), money=1_500_000, quantities={"leaflets": 1500}, activity=line)
    result_of(plan, "btxh", date(2022, 1, 2), area="leadership", channel="zalo", quantities={"posts": 7, "leaflets": 3})
    result_of(plan, "ncc", date(2022, 3, 2), quantities={"leaflets": 9999})
    report_of(plan, "ldvl", state="accepted")
    report_of(plan, "btxh", state="accepted", at=at(2022, 3, 17))
    report_of(plan, "ncc", state="submitted")
    return build_content(period_of(plan), now=at(2022, 3, 20))


@pytest.fixture
def made(content):
    return {sheet.name: sheet for sheet in sheets(content, "Sở Lao động - Thương binh và Xã hội")}


@pytest.fixture
def read(made):
    """Sheet → its rows as a person finds them in the file."""
    book = CalamineWorkbook.from_filelike(BytesIO(workbook(made.values())))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def at_address(rows: list, address: str):
    letters, number = re.fullmatch(r"([A-Z]+)(\d+)", address).groups()
    place = 0
    for each in letters:
        place = 26 * place + ord(each) - 64
    return rows[int(number) - 1][place - 1]


def computed(formula: Formula, name: str, read: dict):
    """What the formula gives over the cells that stand in the file."""
    if found := SUM.fullmatch(formula.text):
        first, last = found.groups()
        column = re.match("[A-Z]+", first)[0]
        numbers = range(int(first.removeprefix(column)), int(last.removeprefix(column)) + 1)
        cells = [at_address(read[name], f"{column}{number}") for number in numbers]
        known = [cell for cell in cells if isinstance(cell, int | float)]
        if not known:
            return "–"
        return sum(known) / len(known) if "/COUNT" in formula.text else sum(known)
    if found := SHARE.fullmatch(formula.text):
        part, whole = (at_address(read[name], address) for address in found.groups())
        return part / whole if isinstance(part, float) and isinstance(whole, float) and whole else "–"
    other, address = OTHER.fullmatch(formula.text).groups()
    return at_address(read[other], address)


def test_every_formula_gives_the_value_that_is_kept_beside_it(made, read):
    counted = 0
    for name, sheet in made.items():
        for number, row in enumerate(sheet.rows, start=sheet.first):
            for place, cell in enumerate(row):
                if isinstance(cell, Formula):
                    counted += 1
                    kept = read[name][number - 1][place]
                    assert kept == ("–" if cell.value is None else cell.value), (name, number, place)
                    assert computed(cell, name, read) == pytest.approx(kept), (name, cell)
    assert counted > 120


def row_of(rows: list, words: str) -> list:
    (found,) = [row for row in rows if words in (row[0], row[1])]
    return found


def test_the_summary_has_the_figures_of_the_content_and_missing_is_not_zero(read):
    row = row_of(read["Tổng hợp"], "Tờ rơi, tờ gấp")
    # planned, in the period, so far, of the plan; a year ago and the last period nobody knows
    assert row[3:] == [36_000, 1503, 1503, pytest.approx(1503 / 36_000), "", "–", "", "–"]
    assert row_of(read["Tổng hợp"], "Sáng kiến")[4] == ""


def test_each_dimension_adds_up_to_the_same_total(read):
    totals = {name: row_of(read[name], "Tổng cộng") for name in read if name.startswith("Theo ")}
    leaflets = {name: row[read[name][4].index("Tờ rơi, tờ gấp (tờ)")] for name, row in totals.items()}
    assert leaflets == dict.fromkeys(
        ("Theo đơn vị", "Theo nội dung", "Theo hình thức", "Theo đối tượng", "Theo tháng"), 1503
    )


def test_a_unit_that_was_not_received_has_blanks_and_is_named_under_the_form(read, cast):
    assert set(row_of(read["Theo đơn vị"], "Phòng Người có công")[3:]) == {""}
    last = read["Mẫu báo cáo"][-1][1]
    assert last.startswith("Chưa gồm số liệu của: ") and "Phòng Người có công" in last


def test_the_three_measures_are_counted_below_the_reports(content, read):
    good, shares = read["Đúng hạn"][-2:]
    complete, handed_in = content["timeliness"]["measures"]["complete"]
    assert (good[1], good[7:10]) == ("Cộng", [2, 2, complete])  # on time ldvl and ncc; received ldvl and btxh
    assert row_of(read["Đúng hạn"], "Thanh tra Sở")[3] == datetime(2022, 3, 15, 23, 59)  # not the next day
    assert shares[7:10] == [pytest.approx(2 / 14), 1, pytest.approx(complete / handed_in)]


def test_the_form_keeps_the_order_of_its_rows_and_divides_them(read):
    rows = read["Mẫu báo cáo"]
    start = next(number for number, row in enumerate(rows) if row[0] == "I")
    assert [row[0] for row in rows[start : start + len(ROWS)]] == [row.number for row in ROWS]
    assert row_of(rows, "Tỷ lệ hoàn thành kế hoạch")[5] == pytest.approx(1 / 18)
    assert row_of(rows, "14")[3:7] == [36_000, 1503, 1503, ""]


def test_every_row_of_the_form_has_a_figure_the_portal_knows(cast):
    ready_year(cast)
    codes = set(Indicator.objects.values_list("code", flat=True)) | {"tasks.planned", "tasks.done"}
    numbers = {row.number for row in ROWS}
    assert {row.figure for row in ROWS if row.figure} <= codes
    assert {number for row in ROWS if row.ratio for number in row.ratio} <= numbers


def test_csv_has_every_figure_and_nothing_a_spreadsheet_would_run(content):
    content["units"][3]["name"] = "=1+1"
    text = csv_lines(content)
    assert text.startswith("\ufeffKỳ;Phân theo;Mã;Tên;Nội dung;")
    cell = "2022-Q1;Đơn vị và nội dung;ldvl;'=1+1;c) cải cách thủ tục hành chính;leaflets;Tờ rơi, tờ gấp;tờ;1500"
    assert cell in text


def test_each_breakdown_of_the_csv_adds_up_to_the_same_total(content):
    next(row for row in content["indicators"] if row["code"] == "tasks-rate")["value"] = 66.7
    rows = list(csv.DictReader(StringIO(csv_lines(content).removeprefix("\ufeff")), delimiter=";"))
    leaflets = [(row["Phân theo"], int(row["Trong kỳ"])) for row in rows if row["Mã chỉ tiêu"] == "leaflets"]
    names = ("Tổng hợp", "Đơn vị và nội dung", "Nội dung", "Hình thức", "Đối tượng", "Tháng báo cáo")
    assert {name: sum(value for by, value in leaflets if by == name) for name in names} == dict.fromkeys(names, 1503)
    assert {"zalo", "people", "2022-03"} <= {row["Mã"] for row in rows}
    [rate] = [row["Trong kỳ"] for row in rows if row["Mã chỉ tiêu"] == "tasks-rate"]
    assert rate == "66,7"


def test_a_roll_up_without_anything_is_still_a_workbook(cast, at):
    plan = ready_year(cast)
    content = build_content(Period.objects.get(agency=plan.agency, code="2022-CCHC-Y"), now=at(2022, 12, 20))
    book = CalamineWorkbook.from_filelike(BytesIO(workbook(sheets(content, "Sở"))))
    assert len(book.sheet_names) == 9
