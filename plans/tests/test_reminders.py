"""Reminders: once a milestone, one digest a person a day, never after a submission, never called due when late."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Event, Job, Notice, Post, Role, Unit, User, Webhook, WebhookDelivery
from plans.deadlines.reminder_forecast import coming
from plans.deadlines.reminders import end_pause, look_again, look_again_at_message, pause, remind, remind_now
from plans.deadlines.workdays import VIETNAM
from plans.department.issuing import create_obligations
from plans.models import Holiday, Obligation, Reminder, ReminderPause
from plans.tests.factories import DUE_AT, issued_plan

EIGHT = datetime(2022, 2, 23, 8, 0, tzinfo=VIETNAM)  # −3: Wednesday
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def plan(cast):
    return issued_plan(cast)


def told(now) -> set[str]:
    key = f"remind:{now:%Y-%m-%d}"
    return set(Notice.objects.filter(key=key).values_list("recipient__username", flat=True))


def owed(unit="ldvl") -> Obligation:
    return Obligation.objects.select_related("unit", "plan").get(unit__code=unit, kind="unit_plan")


def handed_in(*units, at=EIGHT - DAY) -> None:
    Obligation.objects.filter(kind="unit_plan", unit__code__in=units).update(first_submitted_at=at)


def test_everyone_who_owes_is_told_once_at_eight(cast, plan):
    assert remind(EIGHT - MINUTE) == 0
    assert remind(EIGHT) == 28  # an editor and a head of each of fourteen units
    assert remind(EIGHT + MINUTE) == remind(EIGHT + timedelta(hours=9)) == 0
    assert Notice.objects.filter(kind="reminder").count() == 28
    assert Reminder.objects.count() == 56  # on the portal and by mail
    assert set(Reminder.objects.values_list("milestone", flat=True)) == {-3}
    assert Job.objects.filter(
        kind="mail", payload__notice__in=list(Notice.objects.values_list("pk", flat=True))
    ).exists()


def test_the_words_of_a_reminder_before_the_deadline(cast, plan):
    remind(EIGHT)
    notice = Notice.objects.get(recipient=cast.head("ldvl"), kind="reminder")
    assert notice.title == "Nhắc hạn: Kế hoạch của đơn vị, Năm 2022 – còn 3 ngày"
    assert notice.body == (
        "Kế hoạch của đơn vị, Năm 2022 – Phòng Lao động - Việc làm: còn 3 ngày, hạn hết thứ Bảy 26/02/2022. "
        "Nên nộp trước 17:00 thứ Sáu 25/02/2022."
    )
    assert notice.url == f"/han-nop/{owed().pk}/"
    assert notice.due_at == DUE_AT


def test_the_words_of_a_reminder_when_it_is_late(cast, plan):
    remind(EIGHT + 5 * DAY)  # Monday 28/02
    notice = Notice.objects.get(recipient=cast.head("ldvl"), kind="reminder")
    assert notice.title == "Nhắc hạn: Kế hoạch của đơn vị, Năm 2022 – quá hạn 2 ngày"
    assert "đã quá hạn 2 ngày (hạn hết thứ Bảy 26/02/2022). Nộp muộn vẫn được nhận" in notice.body
    assert "còn" not in notice.title


def test_who_has_handed_in_or_is_exempt_is_not_told(cast, plan):
    handed_in("ldvl")
    Obligation.objects.filter(pk=owed("btxh").pk).update(exempt_from=EIGHT.date(), exempt_reason="Giải thể")
    assert remind(EIGHT) == 24
    assert not told(EIGHT) & {"ldvl.soan", "ldvl.truong", "btxh.soan", "btxh.truong"}


def test_on_a_day_off_and_for_a_cancelled_plan_nobody_is_told(cast, plan):
    Holiday.objects.create(day=EIGHT.date(), name="Nghỉ bù")
    assert remind(EIGHT) == 0
    Holiday.objects.all().delete()
    plan.state = "draft"
    plan.save()
    assert remind(EIGHT) == 0


def test_a_swapped_saturday_brings_the_reminder_of_its_day(cast, plan):
    Holiday.objects.create(day=date(2022, 2, 26), name="Làm bù", works=True)
    assert remind(EIGHT + 3 * DAY) == 28
    assert set(Reminder.objects.values_list("milestone", flat=True)) == {0}


def test_one_digest_a_day_over_all_that_a_person_owes(cast, plan):
    Obligation.objects.filter(kind="unit_report", occasion="2022-Q1").update(due_at=DUE_AT + DAY)
    remind(EIGHT)  # −3 of the plan; −4 of the report: its −7 came on Friday 18/02 (20/02 is a Sunday)
    notice = Notice.objects.get(recipient=cast.head("ldvl"), kind="reminder")
    assert notice.title == "Nhắc hạn: 2 việc phải nộp"
    assert [line.partition(" – ")[0] for line in notice.body.splitlines()] == [
        "Kế hoạch của đơn vị, Năm 2022", "Báo cáo của đơn vị, Quý I/2022",
    ]  # fmt: skip
    assert notice.url == "/han-nop/"
    assert remind(EIGHT + MINUTE) == 0


def test_the_people_of_a_person_of_two_units_get_one_digest(cast, plan):
    Post.objects.create(
        user=cast.head("ldvl"),
        agency=cast.agency,
        unit=cast.units["btxh"],
        role=Role.UNIT_HEAD,
        starts=date(2016, 1, 1),
    )
    remind(EIGHT)
    notice = Notice.objects.get(recipient=cast.head("ldvl"), kind="reminder")
    assert notice.body.count("\n") == 1 and "Phòng Bảo trợ xã hội" in notice.body


def test_a_roll_up_reminds_the_people_of_the_office(cast, plan):
    handed_in(*(unit for unit in cast.units if unit != "van-phong"))
    Obligation.objects.filter(pk=owed("van-phong").pk).update(kind="roll_up")
    assert remind(EIGHT) == 2
    assert told(EIGHT) == {"hoa", "binh"}


@pytest.mark.parametrize(
    ("stood_still", "back", "milestones"),
    [
        # Over the weekend: the −3 of Wednesday and the 0 of Friday were missed, Friday afternoon makes up the last one.
        (EIGHT - DAY, EIGHT + 2 * DAY + timedelta(hours=8), {0}),
        # Since Tuesday, back on Saturday evening: nobody is woken, and by Monday it is late.
        (EIGHT - DAY, EIGHT + 3 * DAY + timedelta(hours=12), set()),
        # Across the deadline: only what is true now is said.
        (EIGHT - DAY, EIGHT + 5 * DAY + timedelta(minutes=5), {1}),
        (EIGHT - DAY, EIGHT + 40 * DAY, set()),
    ],
)
def test_a_schedule_that_stood_still_makes_up_the_latest_milestone_once(cast, plan, stood_still, back, milestones):
    Obligation.objects.filter(kind="unit_report").delete()
    remind(stood_still - 30 * DAY)
    Notice.objects.all().delete()
    for minute in range(3):
        remind(back + minute * MINUTE)
    assert set(Reminder.objects.values_list("milestone", flat=True)) == milestones
    assert Notice.objects.filter(kind="reminder").count() == (28 if milestones else 0)


def test_a_clock_that_steps_back_or_forth_repeats_nothing(cast, plan):
    Obligation.objects.filter(kind="unit_report").delete()
    monday = EIGHT + 5 * DAY
    for now in (
        EIGHT,
        EIGHT - MINUTE,
        EIGHT,
        EIGHT - 5 * DAY,
        EIGHT - 12 * DAY,
        EIGHT,
        monday,
        EIGHT,
        EIGHT + 2 * DAY,
        monday,
    ):
        remind(now)
    found = Reminder.objects.filter(person=cast.head("ldvl"), channel="portal").order_by("pk")
    assert list(found.values_list("milestone", flat=True)) == [-3, 1]


def test_a_moved_or_extended_deadline_has_milestones_of_its_own(cast, plan):
    remind(EIGHT)
    Obligation.objects.filter(pk=owed().pk).update(extended_due_at=DUE_AT + 7 * DAY)  # 05/03, Saturday
    assert remind(EIGHT + 2 * DAY) == 26 + 2  # the others' last day; a week before the new one (26/02 → 25/02)
    assert set(Reminder.objects.filter(obligation=owed()).values_list("milestone", flat=True)) == {-3, -7}
    notice = Notice.objects.get(recipient=cast.head("ldvl"), key="remind:2022-02-25")
    assert "còn 8 ngày, hạn hết thứ Bảy 05/03/2022 (đã gia hạn)" in notice.body


def test_a_paused_unit_is_told_nothing_until_its_pause_ends(cast, plan):
    row = pause(
        unit=cast.units["ldvl"], starts=EIGHT.date(), ends=date(2022, 2, 24), reason="Lũ lụt.", by=cast.office_staff,
        now=EIGHT,
    )  # fmt: skip
    assert remind(EIGHT) == 26
    assert remind(EIGHT + 2 * DAY) == 28  # Friday: the day itself, for everyone again
    assert Event.objects.about(row.unit).get().reason == "Lũ lụt."


def test_a_pause_that_is_ended_lets_the_missed_one_be_made_up(cast, plan):
    row = pause(
        unit=cast.units["ldvl"], starts=EIGHT.date() - DAY, ends=date(2022, 3, 24), reason="Lũ lụt.", by=cast.chief,
        now=EIGHT,
    )  # fmt: skip
    remind(EIGHT)
    end_pause(row, by=cast.office_staff, now=EIGHT)
    assert remind(EIGHT + MINUTE) == 2
    assert ReminderPause.objects.get().ends == date(2022, 2, 22)


@pytest.mark.parametrize("who", ["ldvl.truong", "duc", "nam", "lan", "huy"])
def test_only_the_office_pauses_and_reminds(cast, plan, who):
    person = cast.people[who]
    with pytest.raises(PermissionDenied):
        remind_now([owed()], by=person, now=EIGHT, key=uuid4())
    with pytest.raises(PermissionDenied):
        pause(unit=cast.units["ldvl"], starts=EIGHT.date(), ends=EIGHT.date(), reason="x", by=person, now=EIGHT)


def test_a_disabled_person_and_one_without_a_post_are_not_told(cast, plan):
    User.objects.filter(username="ldvl.soan").update(is_active=False)
    Post.objects.filter(user=cast.head("btxh")).update(ends=EIGHT.date() - DAY)
    assert remind(EIGHT) == 26
    assert not told(EIGHT) & {"ldvl.soan", "btxh.truong"}


def test_who_has_no_address_is_told_on_the_portal_only(cast, plan):
    User.objects.filter(username="ldvl.soan").update(email="")
    remind(EIGHT)
    assert [row.channel for row in Reminder.objects.filter(person__username="ldvl.soan")] == ["portal"]


# Nhắc ngay


def test_the_office_reminds_by_hand_with_a_note_at_any_time(cast, plan):
    remind(EIGHT)
    key = uuid4()
    late = EIGHT + timedelta(hours=12)
    assert remind_now([owed(), owed("btxh")], by=cast.office_staff, now=late, key=key, note="Giám đốc hỏi.") == 4
    assert remind_now([owed(), owed("btxh")], by=cast.office_staff, now=late, key=key, note="Giám đốc hỏi.") == 0
    notice = Notice.objects.get(recipient=cast.head("ldvl"), key=f"remind-now:{key}")
    assert notice.body.startswith("Giám đốc hỏi.\n\nKế hoạch của đơn vị, Năm 2022 – Phòng Lao động")
    assert Reminder.objects.filter(sending=str(key), sent_by=cast.office_staff, milestone=None).count() == 8
    event = Event.objects.about(plan).get(action="remind")
    assert event.label == "Nhắc ngay 4 người về 2 việc chưa nộp"
    assert remind(EIGHT + 2 * DAY) == 28  # what was planned goes on


def test_by_hand_too_nobody_is_told_of_what_is_handed_in(cast, plan):
    row = owed()
    handed_in("ldvl")
    assert remind_now([row], by=cast.chief, now=EIGHT, key=uuid4()) == 0


# Right before the mail leaves


def test_a_mail_that_waited_is_dropped_once_all_is_handed_in(cast, plan):
    remind(EIGHT)
    notice = Notice.objects.get(recipient=cast.head("ldvl"), kind="reminder")
    assert look_again(notice, EIGHT)
    handed_in("ldvl")
    assert not look_again(notice, EIGHT)


def test_a_mail_that_waited_over_the_deadline_says_that_it_is_late(cast, plan):
    remind_now([owed()], by=cast.chief, now=EIGHT, key=uuid4(), note="Gọi lại cho tôi.\n\nBình")
    notice = Notice.objects.get(recipient=cast.head("ldvl"), kind="reminder")
    assert look_again(notice, DUE_AT + DAY)
    assert notice.title.endswith("quá hạn 1 ngày")
    assert notice.body.startswith("Gọi lại cho tôi.\n\nBình\n\nKế hoạch của đơn vị, Năm 2022")
    assert "đã quá hạn 1 ngày" in notice.body and "còn" not in notice.title
    notice.refresh_from_db()
    assert notice.title.endswith("còn 3 ngày")  # on the portal it stays what was said then


# Webhooks


def test_a_webhook_hears_once_of_each_unit_and_a_webhook_that_is_off_of_none(cast, plan):
    on, _off = (
        Webhook.objects.create(
            agency=cast.agency,
            name=name,
            url="https://bot.example.vn/",
            secret="a" * 64,
            is_active=active,
            made_at=EIGHT,
        )
        for name, active in (("Zalo", True), ("Cũ", False))
    )
    remind(EIGHT)
    remind(EIGHT + MINUTE)
    assert WebhookDelivery.objects.filter(webhook=on).count() == WebhookDelivery.objects.count() == 14
    delivery = WebhookDelivery.objects.get(key=f"remind:2022-02-23:{cast.units['ldvl'].pk}")
    assert delivery.content["unit_name"] == "Phòng Lao động - Việc làm"
    assert "còn 3 ngày" in delivery.content["text"]
    assert "quá hạn 1 ngày" in look_again_at_message(delivery.content, DUE_AT + DAY)["text"]
    handed_in("ldvl")
    assert look_again_at_message(delivery.content, EIGHT) is None


# Cost and preview


def test_the_sweep_costs_the_same_for_fourteen_units_and_twenty_four(cast, plan):
    def queries(now):
        with CaptureQueriesContext(connection) as found:
            assert remind(now) > 0
        return len(found)

    def more_units(number):
        units = Unit.objects.bulk_create(
            Unit(agency=cast.agency, code=f"u{n}", kind="division", name=f"Phòng {n}", position=40 + n, symbol=f"P{n}")
            for n in range(number)
        )
        Post.objects.bulk_create(
            Post(user=cast.head("ldvl"), agency=cast.agency, unit=unit, role=Role.UNIT_HEAD) for unit in units
        )
        create_obligations(plan, now=EIGHT)

    fourteen = queries(EIGHT)
    more_units(10)
    assert queries(EIGHT + 2 * DAY) == fourteen


def test_a_minute_with_nothing_to_do_writes_nothing(cast, plan):
    remind(EIGHT)
    with CaptureQueriesContext(connection) as found:
        assert remind(EIGHT + MINUTE) == 0
    assert len(found) <= 6
    assert not [query["sql"] for query in found if not query["sql"].startswith("SELECT")]


def test_the_preview_says_what_the_sweep_will_do(cast, plan):
    Obligation.objects.filter(kind="unit_report").delete()
    now = datetime(2022, 2, 20, 9, tzinfo=VIETNAM)
    handed_in("btxh")
    pause(
        unit=cast.units["ldvl"], starts=date(2022, 2, 23), ends=date(2022, 2, 23), reason="Lũ", by=cast.chief, now=now
    )
    Post.objects.filter(unit=cast.units["khtc"]).update(ends=date(2022, 2, 1))
    days = coming([cast.agency.pk], now, {})
    assert [(day.at, day.people) for day in days] == [
        (EIGHT, 22), (EIGHT + 2 * DAY, 24), (EIGHT + 5 * DAY, 24), (EIGHT + 6 * DAY, 24),
    ]  # fmt: skip
    [group] = days[0].groups
    assert (group.what, group.how) == ("Kế hoạch của đơn vị, Năm 2022", "trước hạn 3 ngày")
    assert [str(unit) for unit in group.paused] == ["Phòng Lao động - Việc làm"]
    assert [str(unit) for unit in group.without] == ["Phòng Kế hoạch - Tài chính"]
    for day in days:
        assert remind(day.at) == day.people


def test_the_database_refuses_a_second_reminder_of_one_milestone(cast, plan):
    remind(EIGHT)
    row = Reminder.objects.first()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
