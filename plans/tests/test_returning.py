"""By when what was returned must come back: the usual day, another one, where it is told; stamps stay."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import clock
from accounts.models import Event, Notice
from accounts.workflow import MoveRefused
from documents.dates import TZ
from plans.deadlines.calendar_feed import entries
from plans.deadlines.milestones import due_milestone
from plans.deadlines.periods import end_of
from plans.deadlines.reminder_forecast import coming
from plans.deadlines.reminders import look_again, remind, remind_now
from plans.deadlines.return_days import change_return_day
from plans.deadlines.returning import usual_day
from plans.models import Holiday, Obligation, Reminder, ReturnDayChange
from plans.tests.factories import DUE_AT, filled_unit_plan, issued_plan, unit_plan_of
from plans.workflow import UNIT_PLAN

NOW = DUE_AT - timedelta(days=4)  # Tuesday 22/02/2022


@pytest.fixture
def plan(cast, settings):
    settings.DEMO = True
    clock.set_demo(NOW)
    return issued_plan(cast)


@pytest.fixture
def handed_in(plan, cast):
    unit_plan = filled_unit_plan(plan)
    return UNIT_PLAN.move(unit_plan, "submit", by=cast.head("ldvl"), now=NOW, key="khoa-1")


def _return(unit_plan, cast, **data) -> Obligation:
    UNIT_PLAN.move(unit_plan, "send_back", by=cast.office_staff, now=NOW, reason="Bổ sung sản phẩm.", **data)
    return Obligation.objects.get(pk=unit_plan.obligation_id)


def test_the_usual_day_is_the_third_working_day():
    assert usual_day(date(2022, 2, 22)) == date(2022, 2, 25)
    assert usual_day(date(2022, 2, 24)) == date(2022, 3, 1)  # over a week-end
    assert usual_day(date(2026, 4, 29)) == date(2026, 5, 6)  # over 30/4 and 1/5
    assert usual_day(date(2022, 2, 22), {date(2022, 2, 23): False}) == date(2022, 2, 28)


def test_a_return_without_a_day_takes_the_usual_one_with_the_days_off_that_were_entered(handed_in, cast):
    Holiday.objects.create(day=date(2022, 2, 23), name="Nghỉ hoán đổi", works=False)
    assert _return(handed_in, cast).return_due_at == end_of(date(2022, 2, 28))


def test_the_day_is_told_in_the_notice_and_judges_nothing(handed_in, cast):
    row = _return(handed_in, cast, day=date(2022, 3, 4))
    assert (row.return_due_at, row.returned_at) == (end_of(date(2022, 3, 4)), NOW)
    assert row.timeliness(NOW).code == "on_time"
    assert (row.time_left(NOW).code, row.time_left(NOW).days) == ("waiting", 10)
    assert row.time_left(end_of(date(2022, 3, 6))).label == "quá hạn 2 ngày"
    told = Notice.objects.get(title__contains="được trả lại", recipient=cast.head("ldvl"))
    assert told.body == "Bổ sung sản phẩm.\nNộp lại chậm nhất: hết thứ Sáu 04/03/2022."
    assert told.due_at == row.return_due_at


def test_handed_in_again_nothing_is_due_back_and_the_first_stamp_stands(handed_in, plan, cast):
    _return(handed_in, cast)
    later = NOW + timedelta(days=30)
    UNIT_PLAN.move(unit_plan_of(plan, "ldvl"), "submit", by=cast.head("ldvl"), now=later, key="khoa-2")
    row = Obligation.objects.get(pk=handed_in.obligation_id)
    assert (row.return_due_at, row.first_submitted_at) == (None, NOW)
    assert row.timeliness(later).code == "on_time"


@pytest.mark.parametrize(
    ("day", "words"), [(date(2022, 2, 21), "từ hôm nay trở đi"), (date(2022, 8, 25), "Kiểm tra lại năm")]
)
def test_a_day_that_cannot_be_meant_is_refused(day, words, handed_in, cast):
    with pytest.raises(MoveRefused, match=words):
        _return(handed_in, cast, day=day)
    assert Obligation.objects.get(pk=handed_in.obligation_id).returns == 0


def _send_back(browse, unit_plan, day: str, **more):
    data = {"move": "send_back", "reason": "Bổ sung sản phẩm.", "day": day, "version": str(unit_plan.version)} | more
    return browse("hoa").post(reverse("unit_plan_move", args=[unit_plan.pk]), data)


def test_the_review_offers_the_usual_day(handed_in, browse):
    page = browse("hoa").get(reverse("unit_plan_review", args=[handed_in.pk])).content.decode()
    assert 'name="day" value="25/02/2022"' in page


def test_a_day_off_is_asked_about_once_and_then_taken(handed_in, browse):
    page = _send_back(browse, handed_in, "26/02/2022").content.decode()
    assert "Thứ Bảy 26/02/2022 là ngày nghỉ" in page
    assert 'name="confirmed" value="2022-02-26"' in page
    assert "Bổ sung sản phẩm.</textarea>" in page
    assert _send_back(browse, handed_in, "26/02/2022", confirmed="2022-02-26").status_code == 302
    assert Obligation.objects.get(pk=handed_in.obligation_id).return_due_at == end_of(date(2022, 2, 26))


def test_a_day_that_cannot_be_read_keeps_what_was_typed_and_returns_nothing(handed_in, browse):
    page = _send_back(browse, handed_in, "31/02/2022").content.decode()
    assert 'value="31/02/2022"' in page
    assert Obligation.objects.get(pk=handed_in.obligation_id).returns == 0


def test_the_unit_and_the_office_see_the_day(handed_in, cast, browse):
    row = _return(handed_in, cast)
    for person in ("ldvl.soan", "ldvl.truong", "hoa"):
        page = browse(person).get(reverse("unit_plan", args=[handed_in.pk])).content.decode()
        assert "hết thứ Sáu 25/02/2022" in page
    assert "Phải nộp lại" in browse("hoa").get(reverse("obligation_detail", args=[row.pk])).content.decode()
    assert "nộp lại: còn 3 ngày" in browse("hoa").get(reverse("deadline_board")).content.decode()
    home = browse("ldvl.soan").get("/").content.decode()
    assert "còn 3 ngày" in home


def test_the_calendar_moves_to_the_day_and_closes_again(handed_in, plan, cast):
    def entry():
        mine = entries(cast.head("ldvl"), now=NOW)
        return next(row for row in mine if row.uid.startswith(f"obligation-{handed_in.obligation_id}@"))

    before = entry()
    _return(handed_in, cast, day=date(2022, 3, 4))
    returned = entry()
    again = NOW + timedelta(hours=2)
    UNIT_PLAN.move(unit_plan_of(plan, "ldvl"), "submit", by=cast.head("ldvl"), now=again, key="khoa-2")
    closed = entry()
    assert [row.is_over for row in (before, returned, closed)] == [True, False, True]
    assert returned.due_at.astimezone(TZ).date() == date(2022, 3, 4)
    assert returned.summary == "Hạn nộp lại: Kế hoạch của đơn vị, Năm 2022"
    assert before.revision < returned.revision < closed.revision
    assert (returned.changed_at, closed.changed_at) == (NOW, again)


# Reminders of the day


def at(day: int, month: int, hour: int = 8) -> datetime:
    return datetime(2022, month, day, hour, tzinfo=TZ)


def _alone(row: Obligation) -> None:
    """Nobody owes anything else."""
    Obligation.objects.exclude(pk=row.pk).update(exempt_from=NOW.date(), exempt_reason="Không xét ở đây")


def _reminded(username: str) -> list[int]:
    rows = Reminder.objects.filter(channel="portal", person__username=username).order_by("pk")
    return list(rows.values_list("milestone", flat=True))


def test_a_milestone_before_the_unit_was_told_of_the_day_needs_no_reminder():
    due = end_of(date(2022, 2, 25))
    assert due_milestone(due, NOW) == -3
    assert due_milestone(due, NOW, since=NOW - timedelta(minutes=1)) is None
    assert due_milestone(due, at(24, 2), since=NOW) == -1


def test_what_was_returned_is_reminded_of_once_a_milestone_and_no_more_when_it_is_back(handed_in, plan, cast):
    _alone(_return(handed_in, cast))  # back by Friday 25/02, told at once: its −3 says nothing again
    for moment in (NOW, NOW + timedelta(minutes=1), at(23, 2), at(24, 2), at(24, 2, 15), at(25, 2)):
        remind(moment)
    assert _reminded("ldvl.soan") == _reminded("ldvl.truong") == [-1, 0]
    remind(at(28, 2))  # +1 and +3 are a Saturday and a Monday: one reminder on Monday
    assert _reminded("ldvl.truong") == [-1, 0, 3]
    UNIT_PLAN.move(unit_plan_of(plan, "ldvl"), "submit", by=cast.head("ldvl"), now=at(28, 2, 10), key="khoa-2")
    assert remind(at(1, 3)) == 0


def test_the_words_say_that_it_is_to_be_handed_in_again(handed_in, cast):
    row = _return(handed_in, cast)
    _alone(row)
    remind(at(24, 2))
    told = Notice.objects.get(recipient=cast.head("ldvl"), kind="reminder")
    assert told.title == "Nhắc hạn: Nộp lại Kế hoạch của đơn vị, Năm 2022 – còn 1 ngày"
    assert told.body == (
        "Nộp lại Kế hoạch của đơn vị, Năm 2022 – Phòng Lao động - Việc làm: còn 1 ngày, hạn hết thứ Sáu 25/02/2022. "
        "Nên nộp trước 17:00 thứ Sáu 25/02/2022."
    )
    assert told.due_at == row.return_due_at
    assert look_again(told, at(27, 2))  # the mail waited over the day
    assert told.title.endswith("Năm 2022 – quá hạn 2 ngày")
    assert "Đề nghị sửa theo ý kiến của Văn phòng Sở và nộp lại ngay." in told.body
    assert "Nộp muộn" not in told.body


def test_the_forecast_and_the_reminding_by_hand_know_what_was_returned(handed_in, cast, browse):
    row = _return(handed_in, cast)
    _alone(row)
    assert [(day.at, group.what, group.how) for day in coming([cast.agency.pk], NOW, {}) for group in day.groups] == [
        (at(24, 2), "Nộp lại Kế hoạch của đơn vị, Năm 2022", "trước hạn 1 ngày"),
        (at(25, 2), "Nộp lại Kế hoạch của đơn vị, Năm 2022", "ngày đến hạn"),
        (at(28, 2), "Nộp lại Kế hoạch của đơn vị, Năm 2022", "quá hạn 3 ngày"),
    ]
    assert remind_now([row], by=cast.chief, now=NOW, key=uuid4()) == 2
    page = browse("hoa").get(reverse("remind_now"), {"viec": row.pk}).content.decode()
    assert "Nộp lại Kế hoạch của đơn vị, Năm 2022" in page


# Another day


def _change(row, cast, day=date(2022, 3, 4), *, by=None, now=NOW, key=None):
    facts = {"reason": "Đơn vị chờ số liệu.", "key": key or uuid4()}
    return change_return_day(row, day, by=by or cast.office_staff, now=now, **facts)


def test_the_office_gives_another_day_with_a_reason_and_the_unit_is_told(handed_in, cast):
    row, key, later = _return(handed_in, cast), uuid4(), NOW + timedelta(hours=1)
    made = _change(row, cast, key=key, now=later)
    assert _change(row, cast, key=key, now=later) == made
    row.refresh_from_db()
    assert (row.return_due_at, row.returns, row.returned_at) == (end_of(date(2022, 3, 4)), 1, NOW)
    assert (made.from_due_at, made.reason) == (end_of(date(2022, 2, 25)), "Đơn vị chờ số liệu.")
    told = Notice.objects.get(recipient=cast.head("ldvl"), key=f"return-day:{made.pk}")
    assert told.title == "Đổi ngày nộp lại Kế hoạch của đơn vị, Năm 2022: hết thứ Sáu 04/03/2022"
    assert told.body == "Ngày cũ: hết thứ Sáu 25/02/2022. Lý do: Đơn vị chờ số liệu."
    assert Event.objects.about(row).get(action="change_return_day").reason == "Đơn vị chờ số liệu."


def test_another_day_has_reminders_of_its_own_and_moves_the_calendar(handed_in, cast):
    def entry():
        mine = entries(cast.head("ldvl"), now=NOW)
        return next(each for each in mine if each.uid.startswith(f"obligation-{row.pk}@"))

    row = _return(handed_in, cast)
    _alone(row)
    before = entry()
    _change(row, cast, now=at(24, 2, 7))
    assert entry().revision == before.revision + 1
    assert entry().due_at == end_of(date(2022, 3, 4))
    for day in (at(24, 2), at(25, 2), at(1, 3)):  # −7 is 25/02; −3 is 01/03
        remind(day)
    assert _reminded("ldvl.soan") == [-7, -3]


@pytest.mark.parametrize("who", ["ldvl.truong", "ldvl.soan", "duc", "lan", "huy", "nam", "gdnn.truong"])
def test_only_who_reviews_the_unit_gives_another_day(who, handed_in, cast):
    with pytest.raises(PermissionDenied):
        _change(_return(handed_in, cast), cast, by=cast.people[who])


def test_the_same_day_and_one_that_is_past_are_refused_and_what_came_back_has_no_day(handed_in, plan, cast):
    row = _return(handed_in, cast)
    with pytest.raises(MoveRefused, match="trùng ngày nộp lại đang áp dụng"):
        _change(row, cast, day=date(2022, 2, 25))
    with pytest.raises(MoveRefused, match="từ hôm nay trở đi"):
        _change(row, cast, day=date(2022, 2, 21))
    UNIT_PLAN.move(unit_plan_of(plan, "ldvl"), "submit", by=cast.head("ldvl"), now=NOW, key="khoa-2")
    with pytest.raises(MoveRefused, match="vừa nộp lại"):
        _change(row, cast)
    assert not ReturnDayChange.objects.exists()


def test_the_page_asks_about_a_day_off_once_and_then_changes(handed_in, cast, browse):
    row = _return(handed_in, cast)
    address, detail = reverse("return_day", args=[row.pk]), reverse("obligation_detail", args=[row.pk])
    assert address in browse("binh").get(detail).content.decode()
    data = {"day": "05/03/2022", "reason": "Chờ số liệu.", "key": str(uuid4())}
    page = browse("binh").post(address, data).content.decode()
    assert "Bấm “Đổi ngày” lần nữa" in page and "Chờ số liệu.</textarea>" in page
    assert browse("binh").post(address, data | {"confirmed": "2022-03-05"}).status_code == 302
    assert "Đổi ngày nộp lại" in browse("ldvl.soan").get(detail).content.decode()
