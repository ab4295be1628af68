"""What needs a decision: the rows of the registered sources, the gravest first."""

import uuid
from datetime import date, datetime, timedelta

import pytest

from accounts.clock import VIETNAM
from accounts.models import Unit
from plans.deadlines.periods import Window
from plans.difficulties.acts import raise_difficulty
from plans.models import Difficulty, Extension
from plans.tests.factories import filled_unit_plan
from reporting.director import decisions as registry
from reporting.director.coverage import coverage
from reporting.director.decisions import Asked, Decision, Gravity, decisions
from reporting.director.screen import year_start
from reporting.director.showing import first
from reporting.models import RollUpState
from reporting.roll_ups.content import build_content
from reporting.tests.factories import (
    built,
    more_units,
    obligation_of,
    period_of,
    ready_year,
    report_of,
    result_of,
    roll_up_of,
)

NOW = datetime(2022, 3, 21, 9, tzinfo=VIETNAM)


@pytest.fixture
def plan(cast):
    return ready_year(cast)


def asked(plan, now=NOW, *, decides=True) -> Asked:
    period = period_of(plan)
    content = build_content(period, now=now, brief=True)
    on = now.astimezone(VIETNAM).date()
    covered = coverage(period, content["areas"], Window(year_start(period), period.ends), on)
    return Asked(plan.agency_id, now, period, content, covered, decides)


def rows_of(found: list[Decision], kind: str) -> list[Decision]:
    return [row for row in found if row.kind == kind]


def test_a_unit_that_owes_a_report_is_named_with_how_late_it_is_and_what_was_promised(plan):
    due = obligation_of(plan, "ldvl").effective_due_at
    row = next(
        row for row in rows_of(decisions(asked(plan, due + timedelta(days=3))), "overdue")
        if row.who == "Phòng Lao động - Việc làm"
    )  # fmt: skip
    assert row.who == "Phòng Lao động - Việc làm"
    assert row.what == "Kế hoạch của đơn vị, Năm 2022; Báo cáo của đơn vị, Quý I/2022: chưa nộp"
    assert (row.late, row.days, row.tone) == ("quá hạn 20 ngày", 20, "red")
    assert row.promised.startswith("hạn ")


def test_what_is_handed_in_or_exempt_is_not_overdue(plan):
    due = obligation_of(plan, "ldvl").effective_due_at
    report_of(plan, "ldvl", state="accepted")
    report_of(plan, "gdnn", state="exempt")
    keys = {row.key for row in decisions(asked(plan, due + timedelta(days=1)))}
    assert not keys & {f"overdue-{obligation_of(plan, code).pk}" for code in ("ldvl", "gdnn")}


def test_a_roll_up_that_waits_for_the_director_comes_first_with_its_button(plan):
    report_of(plan, "ldvl", state="accepted")
    roll_up = roll_up_of(plan)
    built(roll_up, now=NOW)
    type(roll_up).objects.filter(pk=roll_up.pk).update(
        state=RollUpState.DIRECTOR_REVIEW, snapshot={"content": {}}, sha256="x", cut_at=NOW, cut_by=plan.created_by
    )
    top = decisions(asked(plan))[0]
    assert (top.kind, top.tone) == ("roll_up", "blue")
    assert [(act.label, act.url) for act in top.acts] == [("Xem và duyệt", f"/tong-hop/{roll_up.code}/")]
    assert decisions(asked(plan, decides=False))[0].acts == ()


def test_the_offices_own_report_waits_for_the_director_that_of_a_unit_does_not(plan):
    report_of(plan, "van-phong", state="submitted")
    report_of(plan, "ldvl", state="submitted")
    found = rows_of(decisions(asked(plan)), "office")
    assert [row.who for row in found] == ["Văn phòng Sở"]


def test_an_area_without_a_result_says_what_is_planned_next(plan, at):
    unit_plan = filled_unit_plan(plan, "ldvl", state="accepted")
    unit_plan.activities.filter(area__code="civil-service").update(starts=date(2022, 5, 2), ends=date(2022, 5, 20))
    report_of(plan, "ldvl", state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), area="procedures", participants=3)
    found = {row.key: row for row in rows_of(decisions(asked(plan)), "area")}
    assert "area-procedures" not in found
    assert found["area-civil-service"].promised == "kế hoạch dự kiến tháng 5"
    assert len(found) == 6


def test_an_unanswered_difficulty_is_there_until_it_is_answered_in_time(plan, cast):
    row = raise_difficulty(
        unit=cast.units["ldvl"], title="Thiếu máy quét", text="", by=cast.head("ldvl"), now=NOW,
        key="6f1c1d5e-3c0b-4c8e-9d5f-2a7f4b8f0e11",
    )  # fmt: skip
    found = rows_of(decisions(asked(plan)), "difficulty")
    assert [each.what for each in found] == ["Thiếu máy quét (chưa có trả lời)"]
    assert found[0].acts == ()
    Difficulty.objects.filter(pk=row.pk).update(first_answered_at=NOW)
    assert not rows_of(decisions(asked(plan)), "difficulty")
    Difficulty.objects.filter(pk=row.pk).update(escalated_at=NOW)
    [up] = rows_of(decisions(asked(plan)), "difficulty")
    assert up.gravity == Gravity.DECIDE
    assert [act.label for act in up.acts] == ["Cho ý kiến"]


def test_a_request_for_more_time_of_the_office_waits_for_the_director(plan, cast):
    for number, code in enumerate(("van-phong", "ldvl")):
        owed = obligation_of(plan, code)
        Extension.objects.create(
            agency=plan.agency, unit=owed.unit, obligation=owed, key=f"6f1c1d5e-3c0b-4c8e-9d5f-2a7f4b8f0e1{number}",
            reason="Mạng hỏng.", old_due_at=owed.due_at, proposed_due_at=owed.due_at + timedelta(days=3),
            requested_at=NOW, requested_by=cast.head(code),
        )  # fmt: skip
    found = {row.who: row for row in rows_of(decisions(asked(plan)), "extension")}
    assert [act.label for act in found["Văn phòng Sở"].acts] == ["Trả lời"]
    assert found["Phòng Lao động - Việc làm"].acts == ()
    assert "chờ Chánh Văn phòng trả lời" in found["Phòng Lao động - Việc làm"].what


def test_the_sources_ask_the_database_as_often_for_14_units_as_for_44(plan, django_assert_num_queries):
    few_asked = asked(plan)

    def raise_one(code: str) -> None:
        Difficulty.objects.create(
            agency=plan.agency, unit=Unit.objects.get(code=code), title="Vướng", key=uuid.uuid4(), raised_at=NOW,
            raised_by=plan.created_by, due_at=NOW,
        )  # fmt: skip

    with django_assert_num_queries(2):
        few = decisions(few_asked)
    for code in more_units(plan, 30):
        raise_one(code)
    many_asked = asked(plan)
    with django_assert_num_queries(2):
        many = decisions(many_asked)
    assert len(many) > len(few) + 30


def test_another_source_joins_by_being_registered(plan, monkeypatch):
    monkeypatch.setattr(registry, "SOURCES", {})

    @registry.register("late_directive", label="Chỉ đạo quá hạn", gravity=Gravity.OVERDUE)
    def late(_asked):
        yield Decision("directive-1", "Phòng A", "Rà soát biểu mẫu", "/chi-dao/1/", late="quá hạn 2 ngày", days=2)

    [row] = decisions(asked(plan))
    assert (row.label, row.gravity, row.plain["tone"]) == ("Chỉ đạo quá hạn", Gravity.OVERDUE, "red")


def some(kind: str, gravity: int, *days: int) -> list[dict]:
    return [{"key": f"{kind}-{day}", "kind": kind, "gravity": gravity} for day in days]


def test_a_short_list_keeps_one_of_every_kind():
    rows = [*some("overdue", 3, 9, 8, 7, 6), *some("area", 2, 0), *some("said", 1, 0)]
    assert [row["key"] for row in first(rows, 4)] == ["overdue-9", "overdue-8", "overdue-7", "area-0"]
    assert first(rows, 9) == rows
    assert len(first(rows, 1)) == 1
