"""By when what was returned must come back: the usual day, another one, where it is told; stamps stay."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts import clock
from accounts.models import Notice
from accounts.workflow import MoveRefused
from documents.dates import TZ
from plans.deadlines.calendar_feed import entries
from plans.deadlines.periods import end_of
from plans.deadlines.returning import usual_day
from plans.models import Holiday, Obligation
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


@pytest.fixture
def browse(client, cast):
    def signed_in(username):
        client.force_login(cast.people[username])
        return client

    return signed_in


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
