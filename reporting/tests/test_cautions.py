"""What is pointed out before a unit report goes on, and that each point needs a sentence."""

from datetime import date

import pytest

from accounts.workflow import MoveRefused
from plans.models import UnitPlan
from plans.tests.factories import line_of, unit_plan_of
from reporting.actions import hand_in, save_words, send_to_head
from reporting.models import UnitReport
from reporting.tests.factories import ready_year, report_of, result_of
from reporting.unit_reports.cautions import cautions, leaps
from reporting.unit_reports.snapshots import unit_report_snapshot


@pytest.fixture
def now(at):
    return at(2022, 6, 15, 9)


@pytest.fixture
def plan(cast):
    return ready_year(cast)


@pytest.fixture
def report(plan) -> UnitReport:
    """Quý II/2022 with 200 leaflets."""
    result_of(plan, "ldvl", date(2022, 5, 4), quantities={"leaflets": 200})
    return report_of(plan, "ldvl", "Q2", state="drafting")


def figure(**values) -> dict:
    row = {"code": "leaflets", "name": "Tờ gấp", "measure": "tờ", "source": "quantity", "kind": "count", "before": None}
    return row | {"value": None, "last_year": None, "year": None, "planned": None} | values


def found(report: UnitReport) -> dict[str, str]:
    return {row["key"]: row["words"] for row in unit_report_snapshot(report)["cautions"]}


@pytest.mark.parametrize(
    ("now_", "before", "words"),
    [
        (200, 500, "Tờ gấp: kỳ này 200 tờ, giảm 60% so với kỳ trước (500 tờ)."),
        (None, 500, "Tờ gấp: kỳ này chưa ghi nhận, giảm 100% so với kỳ trước (500 tờ)."),
        (1600, 1000, "Tờ gấp: kỳ này 1.600 tờ, tăng 60% so với kỳ trước (1.000 tờ)."),
        (1500, 1000, None),  # half is not more than half
        (250, 500, None),
        (3, 1, None),  # small numbers leap by nature
        (500, None, None),  # nothing is known of the last period
    ],
)
def test_a_figure_that_rose_or_fell_by_more_than_half_is_pointed_out(now_, before, words):
    assert [row.words for row in leaps([figure(value=now_, before=before)])] == ([words] if words else [])


def test_a_leap_against_both_periods_is_one_caution():
    (row,) = leaps([figure(value=100, before=300, last_year=400)])
    assert row.key == "figure-leaflets"
    assert row.words.endswith("giảm 67% so với kỳ trước (300 tờ); giảm 75% so với cùng kỳ năm trước (400 tờ).")


def test_the_last_period_and_the_same_one_a_year_ago_are_counted_from_dated_results(plan, report):
    report_of(plan, "ldvl", "Q1", state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 14), quantities={"leaflets": 500})
    result_of(plan, "ldvl", date(2021, 6, 14), quantities={"leaflets": 100})
    rows = {row["code"]: row for row in unit_report_snapshot(report)["figures"]}
    assert [rows["leaflets"][name] for name in ("value", "before", "last_year", "year")] == [200, 500, 100, 700]
    assert "giảm 60% so với kỳ trước (500 tờ); tăng 100% so với cùng kỳ" in found(report)["figure-leaflets"]


def test_results_without_evidence_are_counted(plan, report):
    assert "bare" not in found(report)
    result_of(plan, "ldvl", date(2022, 5, 5), links="")
    assert found(report)["bare"] == "1 kết quả chưa có minh chứng (ảnh, tệp hoặc đường dẫn)."


@pytest.fixture
def task(plan):
    """A task of the unit's accepted plan, due on the last day of Quý II, for 1,000,000 đồng."""
    unit_plan = unit_plan_of(plan, "ldvl")
    UnitPlan.objects.filter(pk=unit_plan.pk).update(state="accepted")
    days = {"starts": date(2022, 5, 1), "ends": date(2022, 6, 14)}
    return line_of(unit_plan, title="Tập huấn một cửa", money=1_000_000, **days)


def test_a_task_due_by_the_periods_end_without_a_result_is_named(plan, report, task):
    assert found(report)["undone"] == (
        "1 nhiệm vụ của kế hoạch đã đến hạn mà chưa ghi kết quả: Tập huấn một cửa."
    )  # fmt: skip
    result_of(plan, "ldvl", date(2022, 6, 14), activity=task)
    assert "undone" not in found(report)


def test_money_over_the_years_plan_is_pointed_out(plan, report, task):
    result_of(plan, "ldvl", date(2022, 6, 1), activity=task, money=1_000_001)
    assert found(report)["money"] == "Kinh phí đã chi 1.000.001 đồng, vượt kế hoạch năm 1.000.000 đồng."


def test_a_report_of_nothing_answers_only_for_what_was_due(plan, report, task):
    UnitReport.objects.filter(pk=report.pk).update(nil=True, nil_reason="Chuyển trụ sở.")
    report.refresh_from_db()
    assert [row.key for row in cautions(report, [], None)] == ["undone"]


def test_each_caution_needs_a_sentence_which_is_frozen_for_the_office(plan, cast, report, now):
    result_of(plan, "ldvl", date(2022, 5, 5), links="")
    hand = {"by": cast.head("ldvl"), "now": now, "key": "khoa-1"}
    with pytest.raises(MoveRefused, match="Cần một câu giải trình: 1 kết quả chưa có minh chứng"):
        hand_in(report, notes={"bare": ""}, **hand)
    report.refresh_from_db()
    assert report.state == "drafting"
    receipt = hand_in(report, notes={"bare": "Ảnh bị mất do hỏng máy."}, **hand)
    (row,) = receipt.snapshot["cautions"]
    assert (row["key"], row["why"]) == ("bare", "Ảnh bị mất do hỏng máy.")
    assert hand_in(report, notes={"bare": "Khác."}, **hand) == receipt
    assert report.notes.get().text == "Ảnh bị mất do hỏng máy."


def test_what_the_editor_explained_stands_for_the_head(plan, cast, report, now):
    result_of(plan, "ldvl", date(2022, 5, 5), links="")
    send_to_head(report, by=cast.editor("ldvl"), now=now, notes={"bare": "Ảnh bị mất."})
    report.refresh_from_db()
    receipt = hand_in(report, by=cast.head("ldvl"), now=now, key="khoa-1", notes={})
    assert receipt.snapshot["notes"] == {"bare": "Ảnh bị mất."}


def test_a_note_on_a_figure_stands_beside_it_and_explains_its_leap(plan, cast, report, now):
    report_of(plan, "ldvl", "Q1", state="accepted", highlights="Phát 900 tờ gấp.")
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 900})
    save_words(report, by=cast.editor("ldvl"), now=now, words={"note_figure-leaflets": "In thêm quý sau."})
    snapshot = unit_report_snapshot(report)
    assert snapshot["notes"]["figure-leaflets"] == "In thêm quý sau."
    assert [row["why"] for row in snapshot["cautions"]] == ["In thêm quý sau."]
