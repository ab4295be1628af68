"""On time, accepted at once, complete: three measures that do not hide each other."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse

from accounts import clock
from documents.tests.files import pdf
from plans.deadlines.measures import Measures, Share, completeness, measure
from plans.deadlines.reminders import remind
from plans.deadlines.workdays import VIETNAM
from plans.handing_in import submit_paper
from plans.models import Obligation
from plans.scans import check_scan
from plans.tests.factories import DUE_AT, filled_unit_plan, issued_plan, line_of, unit_plan_of
from plans.workflow import UNIT_PLAN

NOW = DUE_AT + timedelta(days=5)
BEFORE, AFTER = DUE_AT - timedelta(days=1), DUE_AT + timedelta(days=1)


@pytest.fixture
def plan(cast):
    return issued_plan(cast)


def row(**values) -> Obligation:
    return Obligation(**{"pk": 1, "kind": "unit_plan", "due_at": DUE_AT} | values)


@pytest.mark.parametrize(
    ("rows", "on_time", "first_time", "complete"),
    [
        ([row()], "0/1", "–", "–"),  # overdue
        ([row(due_at=NOW + timedelta(days=1))], "–", "–", "–"),  # still time
        ([row(first_submitted_at=BEFORE)], "1/1", "–", "1/1"),
        ([row(first_submitted_at=BEFORE, accepted_at=NOW)], "1/1", "1/1", "1/1"),
        ([row(first_submitted_at=BEFORE, accepted_at=NOW, returns=1)], "1/1", "0/1", "1/1"),
        ([row(first_submitted_at=BEFORE, returns=1)], "1/1", "0/1", "1/1"),
        ([row(first_submitted_at=AFTER, accepted_at=NOW)], "0/1", "1/1", "1/1"),
        ([row(pk=2, first_submitted_at=BEFORE)], "1/1", "–", "0/1"),  # an early empty paper
        ([row(exempt_from=date(2022, 2, 1))], "–", "–", "–"),
        ([row(first_submitted_at=AFTER, extended_due_at=NOW), row()], "1/2", "–", "1/1"),
    ],
)
def test_each_measure_has_its_own_denominator(rows, on_time, first_time, complete):
    found = measure(rows, {1}, NOW)
    assert (str(found.on_time), str(found.first_time), str(found.complete)) == (on_time, first_time, complete)


def test_what_is_on_time_thanks_to_an_extension_is_told_apart():
    assert measure([row(first_submitted_at=AFTER, extended_due_at=NOW)], set(), NOW).extended == 1
    assert measure([row(first_submitted_at=BEFORE, extended_due_at=NOW)], set(), NOW).extended == 0


def test_measures_of_units_add():
    one, other = Measures(on_time=Share(1, 2), extended=1), Measures(on_time=Share(3, 3), first_time=Share(1, 1))
    assert one + other == Measures(Share(4, 5), 1, Share(1, 1), Share())


def test_a_unit_plan_is_complete_with_a_line_or_a_reason_in_every_area(cast, plan):
    filled_unit_plan(plan, "ldvl")
    line_of(unit_plan_of(plan, "btxh"))
    Obligation.objects.filter(kind="unit_plan", unit__code__in=["ldvl", "btxh"]).update(first_submitted_at=BEFORE)
    complete = Obligation.objects.annotate(is_complete=completeness()).filter(is_complete=True)
    assert [row.pk for row in complete] == [unit_plan_of(plan, "ldvl").obligation_id]


# On the board


@pytest.fixture
def board(client, cast, plan, settings):
    settings.DEMO = True
    clock.set_demo(datetime(2022, 2, 24, 9, tzinfo=VIETNAM))
    client.force_login(cast.office_staff, backend="django.contrib.auth.backends.ModelBackend")
    return lambda **query: client.get(reverse("deadline_board"), query)


def test_the_board_says_how_often_a_unit_was_reminded_and_when_next(board, cast, plan):
    remind(datetime(2022, 2, 18, 8, tzinfo=VIETNAM))
    remind(datetime(2022, 2, 23, 8, tzinfo=VIETNAM))
    Obligation.objects.filter(kind="unit_plan", unit__code="btxh").update(first_submitted_at=BEFORE)
    shown = board(loai="unit_plan").content.decode()
    assert shown.count("đã nhắc 2 lần; nhắc 25/02/2022") == 13
    assert shown.count("đã nhắc 2 lần<") == 1


def test_what_came_on_paper_is_marked(board, client, cast, plan):
    unit_plan = unit_plan_of(plan, "ldvl")
    submit_paper(
        UNIT_PLAN, unit_plan, by=cast.office_staff, now=BEFORE, key="paper", reason="Công văn 05",
        scan=check_scan(BytesIO(pdf()), "05.pdf"),
    )  # fmt: skip
    assert board().content.decode().count("Nộp thay") == 1
    assert "Nộp thay" in board(**{"don-vi": "ldvl"}).content.decode()
    assert "Nộp thay" not in board(**{"don-vi": "btxh"}).content.decode()
    listed = client.get(reverse("unit_plan_list"), {"nam": "2022"}).content.decode()
    assert listed.count("Nộp thay") == 1


@pytest.mark.parametrize(
    ("query", "units", "columns"),
    [
        ({"don-vi": "ldvl"}, 1, 5),
        ({"ky": "2022-Q1"}, 14, 1),
        ({"tinh-trang": "on_time"}, 1, 1),
        ({"tinh-trang": "on_time", "don-vi": "ldvl"}, 0, 0),
        ({"don-vi": "khong-co", "ky": "x", "tinh-trang": "y"}, 14, 5),
    ],
)
def test_the_board_is_narrowed_in_its_address(board, cast, plan, query, units, columns):
    Obligation.objects.filter(kind="unit_plan", unit__code="btxh").update(first_submitted_at=BEFORE)
    context = board(**query).context
    assert (len(context["units"]), len(context["columns"])) == (units, columns)


def test_the_sums_of_the_measures_stand_below(board, cast, plan):
    Obligation.objects.filter(kind="unit_plan", unit__code="btxh").update(first_submitted_at=BEFORE, accepted_at=BEFORE)
    found = board().context["measures"]
    assert (str(found.on_time), str(found.first_time), str(found.complete)) == ("1/1", "1/1", "0/1")
