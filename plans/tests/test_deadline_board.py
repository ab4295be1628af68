"""The deadline board: units × what they owe, seen by each person as far as they may."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from accounts.models import Unit
from plans.deadlines.board import sentence
from plans.deadlines.workdays import VIETNAM
from plans.department.issuing import create_obligations
from plans.models import Obligation, ObligationKind, UnitPlan
from plans.tests.real_plan import issued

pytestmark = pytest.mark.usefixtures("reference")

NOW = datetime(2022, 2, 28, 9, 30, tzinfo=VIETNAM)


@pytest.fixture
def plan(cast):
    """Issued; nine units on time, two late, three missing: seen from now, whose day the stamps are moved to."""
    plan = issued(cast, datetime(2022, 2, 10, 9, tzinfo=VIETNAM))
    late_by = timedelta(days=2)
    now = clock.now()
    for number, row in enumerate(own_plans()):
        stamp = {"due_at": now - late_by}
        if number < 9:
            stamp["first_submitted_at"] = now - timedelta(days=3)
        elif number < 11:
            stamp["first_submitted_at"] = now - timedelta(hours=1)
        Obligation.objects.filter(pk=row.pk).update(**stamp)
    Obligation.objects.filter(kind=ObligationKind.UNIT_REPORT).update(due_at=now + timedelta(days=20))
    return plan


def own_plans():
    return Obligation.objects.filter(kind=ObligationKind.UNIT_PLAN).order_by("unit__position")


@pytest.fixture
def board(client):
    """`board(person, nam="2022")` is the board as that person sees it."""

    def seen(person, **query):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(reverse("deadline_board"), query)

    return seen


def test_the_board_begins_with_a_sentence_and_with_what_is_overdue(board, cast, plan):
    answer = board(cast.office_staff)
    shown = answer.content.decode()
    assert "11/14 đơn vị đã nộp kế hoạch; 2 muộn; 3 chưa nộp, đã quá hạn." in shown
    order = [row.unit.code for row in answer.context["units"]]
    assert order[:5] == ["ctxh", "cnmt", "ddncc", "dvvl", "ttbtxh"]
    assert order[5:] == ["van-phong", "thanh-tra", "khtc", "ldvl", "gdnn", "ncc", "btxh", "tebdg", "pctnxh"]


def test_the_board_is_sorted_by_a_unit_or_by_what_is_most_pressing_in_a_column(board, cast, plan):
    places = [row.unit.position for row in board(cast.office_staff, order="unit").context["units"]]
    assert places == sorted(places)
    answer = board(cast.office_staff, order="1")
    codes = [row.cells[0].timeliness.code for row in answer.context["units"]]
    assert codes == ["overdue"] * 3 + ["late"] * 2 + ["on_time"] * 9
    assert 'aria-sort="ascending"' in answer.content.decode()
    codes = [row.cells[0].timeliness.code for row in board(cast.office_staff, order="-1").context["units"]]
    assert codes == ["on_time"] * 9 + ["late"] * 2 + ["overdue"] * 3


def test_columns_are_the_plan_and_the_four_quarters(board, cast, plan):
    labels = [column.label for column in board(cast.office_staff).context["columns"]]
    assert labels == ["Kế hoạch", "Quý I/2022", "Quý II/2022", "Quý III/2022", "Quý IV/2022"]


def test_each_cell_says_in_words_how_it_stands(board, cast, plan):
    shown = board(cast.chief).content.decode()
    assert shown.count("đúng hạn") == 9
    assert shown.count("muộn 2 ngày") == 2
    assert shown.count("quá hạn 2 ngày") == 3
    assert shown.count("còn 20 ngày") == 14 * 4


def test_a_cell_leads_to_the_units_plan(board, cast, plan):
    shown = board(cast.director).content.decode()
    for unit_plan in UnitPlan.objects.all():
        assert f'href="{reverse("unit_plan", args=[unit_plan.pk])}"' in shown


def test_a_unit_sees_its_own_row_only(board, cast, plan):
    answer = board(cast.editor("ldvl"))
    assert [row.unit.code for row in answer.context["units"]] == ["ldvl"]
    shown = answer.content.decode()
    assert "Phòng Lao động - Việc làm" in shown
    assert "Trung tâm Công tác xã hội" not in shown
    assert "đơn vị đã nộp" not in shown


def test_the_kind_of_what_is_owed_can_be_chosen(board, cast, plan):
    answer = board(cast.office_staff, loai="roll_up")
    assert [row.unit.code for row in answer.context["units"]] == ["van-phong"]
    assert answer.context["columns"][0].label == "Tổng hợp Quý I/2022"
    assert len(board(cast.office_staff, loai="unit_plan").context["columns"]) == 1


@pytest.mark.parametrize(
    "query", [{"nam": "abc"}, {"nam": "9" * 40}, {"loai": "__class"}, {"nam": "２０２２"}, {"loai": "x" * 1000}]
)
def test_a_filter_that_is_none_gives_the_default(board, cast, plan, query):
    answer = board(cast.office_staff, **query)
    assert answer.status_code == 200
    assert (answer.context["year"], len(answer.context["units"])) == ("2022", 14)


def test_an_empty_board_says_when_it_fills(board, cast):
    assert "khi kế hoạch của Sở ban hành" in board(cast.office_staff).content.decode()


def test_an_exempt_unit_leaves_the_denominator(board, cast, plan):
    row = own_plans().last()
    Obligation.objects.filter(pk=row.pk).update(exempt_from=clock.today(), exempt_reason="Giải thể")
    shown = board(cast.office_staff).content.decode()
    assert "11/13 đơn vị đã nộp kế hoạch; 2 muộn; 2 chưa nộp, đã quá hạn." in shown
    assert "miễn" in shown


def test_an_extension_is_shown(board, cast, plan):
    row = own_plans().last()
    Obligation.objects.filter(pk=row.pk).update(extended_due_at=clock.now() + timedelta(days=5))
    shown = board(cast.office_staff).content.decode()
    assert f"gia hạn đến {clock.now() + timedelta(days=5):%d/%m/%Y}" in shown


def test_a_unit_of_a_part_of_the_year_has_open_cells(board, cast, plan):
    Unit.objects.create(
        agency=cast.agency, code="moi", kind="division", name="Phòng mới", position=30, starts="2022-07-01"
    )
    create_obligations(plan, now=datetime(2022, 7, 1, tzinfo=VIETNAM))
    row = next(row for row in board(cast.office_staff).context["units"] if row.unit.code == "moi")
    owed = {cell.label for cell in row.cells if cell.obligation}
    assert owed == {"Quý III/2022", "Quý IV/2022"}
    assert len(row.cells) == 5


def test_the_board_costs_the_same_queries_for_one_unit_and_thirty(client, board, cast, plan):
    def queries():
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("deadline_board"), {"nam": "2022"}).status_code == 200
        return len(found)

    board(cast.office_staff)
    fourteen = queries()
    assert fourteen <= 12
    for number in range(16):
        Unit.objects.create(
            agency=cast.agency, code=f"u{number}", kind="division", name=f"Phòng {number}", position=40 + number
        )
    create_obligations(plan, now=datetime(2022, 2, 11, tzinfo=VIETNAM))
    assert queries() == fourteen
    UnitPlan.objects.exclude(unit__code="ldvl").delete()
    Obligation.objects.exclude(unit__code="ldvl").delete()
    assert queries() == fourteen


def row(due: datetime, submitted: datetime | None = None, exempt=None) -> Obligation:
    return Obligation(due_at=due, first_submitted_at=submitted, exempt_from=exempt)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], ""),
        ([row(NOW, NOW)], "1/1 đơn vị đã nộp kế hoạch"),
        ([row(NOW, NOW + timedelta(days=1)), row(NOW, NOW)], "2/2 đơn vị đã nộp kế hoạch; 1 muộn"),
        ([row(NOW + timedelta(days=1)), row(NOW, NOW)], "1/2 đơn vị đã nộp kế hoạch; 1 chưa nộp"),
        ([row(NOW - timedelta(days=1))], "0/1 đơn vị đã nộp kế hoạch; 1 chưa nộp, đã quá hạn"),
        ([row(NOW, exempt=NOW.date())], ""),
    ],
)
def test_the_sentence_counts_what_is_in_late_and_missing(rows, words):
    assert sentence(rows, "kế hoạch", NOW) == words
