"""A deadline changed after the issue: what follows is shown, confirmed, done once; stamps stay."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import clock
from accounts.models import Event, Notice, Unit
from accounts.workflow import MoveRefused
from plans.deadlines.deadline_changes import change, conflicts, consequences, move_due
from plans.deadlines.periods import end_of
from plans.deadlines.workdays import VIETNAM
from plans.department.issuing import create_obligations
from plans.models import DeadlineChange, Duty, Obligation
from plans.tests.factories import DUE_AT, issued_plan

NOW = datetime(2022, 2, 21, 9, tzinfo=VIETNAM)
LATER = end_of(date(2022, 3, 4))
REASON = "Tỉnh dời hội nghị triển khai."


@pytest.fixture
def plan(cast):
    plan = issued_plan(cast)
    set_stamps("khtc", first_submitted_at=NOW - timedelta(days=1))
    set_stamps("ncc", exempt_from=NOW.date(), exempt_reason="Giải thể")
    set_stamps("btxh", extended_due_at=end_of(date(2022, 3, 10)))
    set_stamps("gdnn", extended_due_at=end_of(date(2022, 3, 2)))
    return plan


def owed(unit) -> Obligation:
    return Obligation.objects.get(unit__code=unit, kind="unit_plan")


def set_stamps(unit, **stamps) -> None:
    Obligation.objects.filter(pk=owed(unit).pk).update(**stamps)


def duty() -> Duty:
    return Duty.objects.select_related("plan").get(kind="unit_plan")


def changed(cast, due_at=LATER, *, by=None, key=None, seen=None) -> DeadlineChange:
    seen = seen or consequences(duty(), "2022", due_at, now=NOW).fingerprint
    return change(
        duty(), "2022", due_at, by=by or cast.chief, now=NOW, reason=REASON, key=key or uuid4(), seen=seen
    )  # fmt: skip


def test_the_consequences_name_who_moves_and_who_does_not(cast, plan):
    found = consequences(duty(), "2022", LATER, now=NOW)
    assert len(found.moved) == 12
    assert [row.unit.code for row in found.handed_in] == ["khtc"]
    assert [row.unit.code for row in found.exempt] == ["ncc"]
    assert found.people == 24
    moved = {row.obligation.unit.code: row for row in found.moved}
    assert (moved["ldvl"].old, moved["ldvl"].new) == (DUE_AT, LATER)
    assert (moved["btxh"].new, moved["btxh"].extension_is_spent) == (end_of(date(2022, 3, 10)), False)
    assert (moved["gdnn"].new, moved["gdnn"].extension_is_spent) == (LATER, True)
    # Due Friday 04/03: −7 is 25/02, −3 is 01/03, −1 is 03/03, then the day itself, +1 Saturday and +3 on Monday 07/03.
    assert [(row.days, row.at.day) for row in found.reminders] == [(-7, 25), (-3, 1), (-1, 3), (0, 4), (3, 7)]
    assert found.warnings == []


def test_a_day_off_is_pointed_out(cast, plan):
    found = consequences(duty(), "2022", end_of(date(2022, 3, 5)), now=NOW)
    assert found.warnings == ["Thứ Bảy 05/03/2022 là ngày nghỉ: đơn vị nên nộp trước 17:00 thứ Sáu 04/03/2022."]


def test_a_change_moves_what_nobody_has_handed_in_and_no_stamp(cast, plan):
    made = changed(cast)
    assert (made.from_due_at, made.due_at, made.moved) == (DUE_AT, LATER, 12)
    assert (owed("ldvl").due_at, owed("ldvl").extended_due_at) == (LATER, None)
    assert (owed("btxh").due_at, owed("btxh").extended_due_at) == (LATER, end_of(date(2022, 3, 10)))
    assert (owed("gdnn").due_at, owed("gdnn").extended_due_at) == (LATER, None)
    handed_in, exempt = owed("khtc"), owed("ncc")
    assert (handed_in.due_at, handed_in.first_submitted_at) == (DUE_AT, NOW - timedelta(days=1))
    assert exempt.due_at == DUE_AT
    event = Event.objects.get(action="move_due")
    assert (event.reason, event.label) == (
        REASON,
        "Đổi hạn Kế hoạch của đơn vị, Năm 2022 thành hết thứ Sáu 04/03/2022 (12 đơn vị)",
    )
    assert datetime.fromisoformat(event.data["was"][str(owed("ldvl").pk)]) == DUE_AT
    told = Notice.objects.filter(key=f"deadline:{made.pk}")
    assert told.count() == 24
    assert not told.filter(recipient__username__in=["khtc.truong", "ncc.truong"]).exists()
    assert told[0].body == f"Hạn cũ: hết thứ Bảy 26/02/2022. Lý do: {REASON}"


def test_the_same_key_changes_once(cast, plan):
    key = uuid4()
    seen = consequences(duty(), "2022", LATER, now=NOW).fingerprint
    assert changed(cast, key=key, seen=seen) == changed(cast, key=key, seen=seen)
    assert Event.objects.filter(action="move_due").count() == 1


def test_what_was_confirmed_is_what_is_done(cast, plan):
    seen = consequences(duty(), "2022", LATER, now=NOW).fingerprint
    set_stamps("ldvl", first_submitted_at=NOW)
    with pytest.raises(MoveRefused, match="vừa nộp"):
        changed(cast, seen=seen)
    assert owed("dvvl").due_at == DUE_AT


@pytest.mark.parametrize("who", ["hoa", "duc", "lan", "nam", "ldvl.truong"])
def test_only_the_chief_changes_a_deadline(cast, plan, who):
    with pytest.raises(PermissionDenied):
        changed(cast, by=cast.people[who])


@pytest.mark.parametrize(
    ("due_at", "words"),
    [
        (end_of(date(2022, 2, 20)), "đã qua"),
        (DUE_AT, "trùng hạn"),
        (end_of(date(2024, 3, 1)), "phải trong năm 2022"),
    ],
)
def test_a_day_that_makes_no_sense_is_refused(cast, plan, due_at, words):
    with pytest.raises(MoveRefused, match=words):
        changed(cast, due_at)


def test_a_closed_plan_keeps_its_deadlines(cast, plan):
    plan.state = "closed"
    plan.save()
    with pytest.raises(MoveRefused, match="đang thực hiện"):
        changed(cast)


def test_a_unit_founded_later_owes_by_the_changed_deadline(cast, plan):
    changed(cast)
    Unit.objects.create(agency=cast.agency, code="moi", kind="division", name="Phòng mới", position=30)
    create_obligations(plan, now=NOW)
    assert owed("moi").due_at == LATER


def test_a_move_leaves_alone_what_was_handed_in_meanwhile(cast, plan):
    rows = list(Obligation.objects.filter(kind="unit_plan"))
    set_stamps("ldvl", first_submitted_at=NOW)
    moved = move_due(rows, LATER, by=cast.chief, now=NOW, reason=REASON)
    assert len(moved) == 11 and owed("ldvl").due_at == DUE_AT
    assert move_due(rows, LATER, by=cast.chief, now=NOW, reason=REASON) == []


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 3, 15), []),
        (date(2022, 3, 14), ["Hạn của đơn vị phải sau ngày cuối kỳ ít nhất 1 ngày làm việc."]),
        # The Office's own is due on 17/3, the Director's on 18/3, the province's on Sunday 20/3.
        (date(2022, 3, 18), ["Hạn của Văn phòng đứng trước hạn của đơn vị."]),
    ],
)
def test_the_chain_of_a_quarter_is_checked(cast, plan, day, words):
    reports = Duty.objects.select_related("plan").get(kind="unit_report")
    found = conflicts(reports, "2022-Q1", end_of(day), {})
    assert [each for each in found if "ngày nghỉ" not in each] == words


def test_a_day_off_of_the_chain_is_said_once(cast, plan):
    reports = Duty.objects.select_related("plan").get(kind="unit_report")
    found = consequences(reports, "2022-Q2", end_of(date(2022, 6, 18)), now=NOW).warnings  # a Saturday
    assert [words for words in found if "18/06/2022" in words] == [
        "Thứ Bảy 18/06/2022 là ngày nghỉ: đơn vị nên nộp trước 17:00 thứ Sáu 17/06/2022."
    ]
    assert "Hạn của Văn phòng đứng trước hạn của đơn vị." in found


# The page


@pytest.fixture
def address(client, cast, plan, settings):
    settings.DEMO = True
    clock.set_demo(NOW)
    client.force_login(cast.chief, backend="django.contrib.auth.backends.ModelBackend")
    return reverse("deadline_change", args=[duty().pk, "2022"])


def test_the_page_shows_what_follows_and_changes_nothing_until_confirmed(client, address):
    typed = {"day": "04/03/2022", "reason": REASON, "key": str(uuid4())}
    shown = client.post(address, typed).content.decode()
    assert "12 đơn vị" in shown and "24 người nhận thông báo" in shown and "vẫn theo gia hạn" in shown
    assert not DeadlineChange.objects.exists()
    seen = consequences(duty(), "2022", LATER, now=NOW).fingerprint
    refused = client.post(address, typed | {"step": "save", "seen": seen})
    assert "Tôi đã xem các hệ quả" in refused.content.decode() and not DeadlineChange.objects.exists()
    answer = client.post(address, typed | {"step": "save", "seen": seen, "confirmed": "on"})
    assert (answer.status_code, answer.url) == (302, "/han-nop/")
    assert DeadlineChange.objects.get().moved == 12


def test_a_stale_confirmation_answers_409_and_shows_what_follows_now(client, address):
    typed = {"day": "04/03/2022", "reason": REASON, "key": str(uuid4()), "step": "save", "confirmed": "on", "seen": "x"}
    answer = client.post(address, typed)
    assert answer.status_code == 409
    assert "vừa nộp hoặc được gia hạn" in answer.content.decode() and REASON in answer.content.decode()


def test_an_occasion_nobody_owes_is_not_there(client, address):
    assert client.get(reverse("deadline_change", args=[duty().pk, "2022-Q9"])).status_code == 404
