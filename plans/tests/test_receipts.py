"""Receipts: numbered proof of what was handed in, when, in which words; once per press of the button."""

import hashlib
import json
import threading
from datetime import timedelta

import pytest
from django.db import connection

from accounts.cast import load_cast
from accounts.workflow import StaleState
from plans.handing_in import submit
from plans.models import Obligation, Receipt, UnitPlan
from plans.snapshots import read_snapshot
from plans.tests.factories import DUE_AT, filled_unit_plan, issued_plan, line_of, unit_plan_of
from plans.workflow import UNIT_PLAN

NOW = DUE_AT - timedelta(days=4)


@pytest.fixture
def plan(cast):
    return issued_plan(cast)


def _hand_in(plan, cast, code="ldvl", *, key="khoa-1", now=NOW) -> Receipt:
    return submit(UNIT_PLAN, unit_plan_of(plan, code), by=cast.head(code), now=now, key=key)


def test_handed_in_at_the_last_instant_is_on_time(plan, cast, at):
    filled_unit_plan(plan)
    receipt = _hand_in(plan, cast, now=at(2022, 2, 26, 23, 59, 59, 999_999))
    timeliness = Obligation.objects.get(pk=receipt.obligation_id).timeliness(at(2022, 3, 1))
    assert (timeliness.code, timeliness.days) == ("on_time", 0)


def test_handed_in_at_midnight_is_accepted_and_late_by_one_day(plan, cast, at):
    filled_unit_plan(plan)
    receipt = _hand_in(plan, cast, now=at(2022, 2, 27))
    timeliness = Obligation.objects.get(pk=receipt.obligation_id).timeliness(at(2022, 3, 1))
    assert (timeliness.code, timeliness.days) == ("late", 1)
    assert unit_plan_of(plan, "ldvl").state == "submitted"


def test_the_same_key_gives_the_same_receipt_and_does_nothing_more(plan, cast):
    filled_unit_plan(plan)
    first = _hand_in(plan, cast)
    version = unit_plan_of(plan, "ldvl").version
    assert _hand_in(plan, cast, now=NOW + timedelta(hours=1)) == first
    assert Receipt.objects.get().submitted_at == NOW
    assert unit_plan_of(plan, "ldvl").version == version


def test_another_key_on_a_plan_that_is_already_handed_in_is_stale(plan, cast):
    filled_unit_plan(plan)
    _hand_in(plan, cast)
    with pytest.raises(StaleState):
        _hand_in(plan, cast, key="khoa-2")
    assert Receipt.objects.count() == 1


def test_a_key_of_another_unit_is_refused_and_hands_nothing_in(plan, cast):
    filled_unit_plan(plan, "ldvl")
    filled_unit_plan(plan, "btxh")
    _hand_in(plan, cast, "ldvl")
    with pytest.raises(StaleState, match="đã dùng cho văn bản khác"):
        _hand_in(plan, cast, "btxh")
    assert unit_plan_of(plan, "btxh").state == "drafting"


def test_numbers_run_without_gaps_within_the_year(plan, cast):
    for position, code in enumerate(("ldvl", "btxh", "ncc"), 1):
        filled_unit_plan(plan, code)
        assert _hand_in(plan, cast, code, key=code).number == f"2022-{cast.agency.pk:02}-0000{position}"


def test_a_refused_submission_uses_no_number(plan, cast):
    from accounts.workflow import MoveRefused

    unit_plan = filled_unit_plan(plan)
    line = unit_plan.activities.filter(area__code="procedures").get()
    line.delete()
    with pytest.raises(MoveRefused):
        _hand_in(plan, cast, key="khoa-1")
    line_of(unit_plan)
    assert _hand_in(plan, cast, key="khoa-2").number.endswith("-00001")


def test_the_year_of_the_number_is_that_of_the_submission_in_vietnam(cast, at):
    filled_unit_plan(issued_plan(cast))
    receipt = _hand_in(UnitPlan.objects.first().plan, cast, now=at(2023, 1, 1, 0, 0))
    assert receipt.number.startswith("2023-")


def test_the_hash_is_that_of_the_canonical_text(plan, cast):
    filled_unit_plan(plan)
    receipt = _hand_in(plan, cast)
    receipt.refresh_from_db()
    text = json.dumps(receipt.snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert receipt.sha256 == hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_the_snapshot_says_everything_without_other_rows(plan, cast):
    unit_plan = filled_unit_plan(plan)
    content = read_snapshot(_hand_in(plan, cast).snapshot)
    procedures = next(area for area in content.areas if area.code == "procedures")
    line = procedures.lines[0]
    assert content.unit == "Phòng Lao động - Việc làm"
    assert procedures.title == "c) Cải cách thủ tục hành chính"
    assert (line.channel, line.audience, line.when) == ("Tờ rơi, tờ gấp", "Người dân", "01/3/2022 – 30/6/2022")
    assert (line.amount, line.cost) == ("2.000 tờ", "5.000.000 đồng")
    assert content.money == 30_000_000  # six areas of 5.000.000 đồng
    assert content.quantities == [("Tờ rơi, tờ gấp", "12.000 tờ")]
    assert {area.absence for area in content.areas if not area.lines} == {unit_plan.absences.get().reason}


def test_later_changes_do_not_reach_the_snapshot(plan, cast):
    unit_plan = filled_unit_plan(plan)
    receipt = _hand_in(plan, cast)
    before = Receipt.objects.get(pk=receipt.pk).snapshot
    unit_plan.activities.update(title="Tên mới")
    unit_plan.unit.name = "Phòng mới"
    unit_plan.unit.save()
    assert Receipt.objects.get(pk=receipt.pk).snapshot == before


def test_a_resubmission_makes_a_second_receipt_and_keeps_the_first_stamp(plan, cast):
    filled_unit_plan(plan)
    first = _hand_in(plan, cast)
    UNIT_PLAN.move(unit_plan_of(plan, "ldvl"), "send_back", by=cast.office_staff, now=NOW, reason="Sửa mục c.")
    unit_plan_of(plan, "ldvl").activities.filter(area__code="procedures").update(title="Phát tờ gấp, sửa")
    second = _hand_in(plan, cast, key="khoa-2", now=DUE_AT + timedelta(days=5))
    assert (first.number[-5:], second.number[-5:]) == ("00001", "00002")
    assert Obligation.objects.get(pk=first.obligation_id).first_submitted_at == NOW
    assert first.sha256 != second.sha256
    assert Receipt.objects.get(pk=first.pk).voided_at is None


def _at_once(*acts) -> list:
    """Run the acts in threads that start together; gives what each returned or raised."""
    outcomes: list = [None] * len(acts)
    together = threading.Barrier(len(acts))

    def run(position, act):
        try:
            together.wait()
            outcomes[position] = act()
        except Exception as error:  # noqa: BLE001  the test looks at it
            outcomes[position] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_give_one_receipt():
    cast = load_cast()
    plan = issued_plan(cast)
    filled_unit_plan(plan)
    outcomes = _at_once(*[lambda: _hand_in(plan, cast, key="mot-lan-bam")] * 2)
    assert [type(outcome) for outcome in outcomes] == [Receipt, Receipt], outcomes
    assert outcomes[0] == outcomes[1] == Receipt.objects.get()


@pytest.mark.django_db(transaction=True)
def test_units_that_hand_in_at_the_same_moment_get_numbers_without_gaps():
    cast = load_cast()
    plan = issued_plan(cast)
    codes = ("ldvl", "btxh", "ncc", "gdnn")
    for code in codes:
        filled_unit_plan(plan, code)
    outcomes = _at_once(*[lambda code=code: _hand_in(plan, cast, code, key=code) for code in codes])
    assert {str(outcome)[-5:] for outcome in outcomes} == {"00001", "00002", "00003", "00004"}
