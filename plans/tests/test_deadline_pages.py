"""The pages of extensions and reminders: what is typed is kept, a stale answer is 409, lists cost the same."""

from datetime import date, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from accounts.models import Notice, Post, Unit, User
from plans.deadlines.extensions import EXTENSION, ask
from plans.deadlines.periods import end_of
from plans.deadlines.workdays import VIETNAM
from plans.department.issuing import create_obligations
from plans.models import Extension, Obligation, Reminder, ReminderPause
from plans.tests.factories import issued_plan

NOW = datetime(2022, 2, 23, 9, tzinfo=VIETNAM)
REASON = "Hai cán bộ soạn thảo đang cách ly."


@pytest.fixture
def plan(cast, settings):
    settings.DEMO = True
    clock.set_demo(NOW)
    return issued_plan(cast)


@pytest.fixture
def browse(client):
    def as_(person):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_


def owed(unit="ldvl") -> Obligation:
    return Obligation.objects.select_related("unit", "plan").get(unit__code=unit, kind="unit_plan")


def asked(cast, unit="ldvl") -> Extension:
    return ask(owed(unit), by=cast.head(unit), now=NOW, reason=REASON, day=date(2022, 3, 4), key=uuid4())


def test_the_head_asks_and_the_chief_grants(cast, plan, browse):
    page = reverse("extension_ask", args=[owed().pk])
    head = browse(cast.head("ldvl"))
    assert page in head.get(reverse("obligation_detail", args=[owed().pk])).content.decode()
    refused = head.post(page, {"day": "20/02/2022", "reason": REASON, "key": str(uuid4())}).content.decode()
    assert "phải sau hạn đang áp dụng" in refused and REASON in refused and "20/02/2022" in refused
    answer = head.post(page, {"day": "4/3/2022", "reason": REASON, "key": str(uuid4())})
    extension = Extension.objects.get()
    assert answer.url == reverse("extension_detail", args=[extension.pk])
    shown = head.get(answer.url).content.decode()
    assert "Chánh Văn phòng Sở trả lời đề nghị này" in shown and "Gia hạn đến hết ngày" not in shown
    assert "đang chờ trả lời" in head.get(page).content.decode()
    chief = browse(cast.chief)
    assert "Trả lời đề nghị gia hạn" in chief.get(reverse("home")).content.decode()
    chief.post(reverse("extension_move", args=[extension.pk]), {"move": "grant", "day": "03/03/2022", "version": "1"})
    assert owed().extended_due_at == end_of(date(2022, 3, 3))
    assert "gia hạn đến 03/03/2022" in chief.get(reverse("deadline_board")).content.decode()


def test_a_refused_answer_comes_back_with_what_was_typed(cast, plan, browse):
    move = reverse("extension_move", args=[asked(cast).pk])
    chief = browse(cast.chief)
    shown = chief.post(
        move, {"move": "grant", "day": "31/02/2022", "reason": "Cố gắng.", "version": "1"}
    ).content.decode()
    assert "Không có ngày 31/02/2022" in shown and "Cố gắng." in shown
    shown = chief.post(move, {"move": "grant", "day": "01/02/2022", "version": "1"}).content.decode()
    assert "phải sau hạn đang áp dụng" in shown
    assert "Nhập lý do." in chief.post(move, {"move": "refuse", "reason": " ", "version": "1"}).content.decode()
    assert Extension.objects.get().state == "requested"


def test_an_answer_to_what_was_answered_meanwhile_is_409_and_keeps_the_reason(cast, plan, browse):
    extension = asked(cast)
    EXTENSION.move(Extension.objects.get(), "grant", by=cast.chief, now=NOW, day=date(2022, 3, 4))
    answer = browse(cast.chief).post(
        reverse("extension_move", args=[extension.pk]),
        {"move": "refuse", "reason": "Còn đủ thời gian.", "version": "1"},
    )
    assert answer.status_code == 409
    assert "Còn đủ thời gian." in answer.content.decode()
    assert Extension.objects.get().state == "granted"


def test_a_day_off_in_a_request_is_pointed_out_to_who_answers(cast, plan, browse):
    extension = ask(owed(), by=cast.head("ldvl"), now=NOW, reason=REASON, day=date(2022, 3, 5), key=uuid4())
    shown = browse(cast.chief).get(reverse("extension_detail", args=[extension.pk])).content.decode()
    assert "Thứ Bảy 05/03/2022 là ngày nghỉ" in shown


def test_what_waits_comes_first_in_the_list_and_a_state_can_be_chosen(cast, plan, browse):
    asked(cast, "ldvl")
    EXTENSION.move(asked(cast, "btxh"), "grant", by=cast.chief, now=NOW, day=date(2022, 3, 4))
    shown = browse(cast.office_staff).get(reverse("extension_list"))
    assert [row.state for row in shown.context["page"]] == ["requested", "granted"]
    shown = browse(cast.office_staff).get(reverse("extension_list"), {"trang-thai": "granted"})
    assert [row.unit.code for row in shown.context["page"]] == ["btxh"]


# Nhắc ngay


def test_the_office_sees_who_will_be_told_and_sends_once(cast, plan, browse):
    office = browse(cast.office_staff)
    page = reverse("remind_now") + "?loai=unit_plan&ky=2022"
    shown = office.get(page)
    assert len(shown.context["rows"]) == 14
    assert "Hồ Quốc Hùng" in shown.content.decode()
    text = shown.context["text"]
    assert text.startswith(
        "Văn phòng Sở nhắc:\nKế hoạch của đơn vị, Năm 2022, hạn hết thứ Bảy 26/02/2022, còn 14 đơn vị"
    )
    assert "14. Trung tâm Điều dưỡng người có công" in text
    typed = {"row": [str(owed().pk), str(owed("btxh").pk)], "note": "Giám đốc hỏi.", "key": str(uuid4())}
    for _press in range(2):
        assert office.post(page, typed).url == reverse("reminder_plan")
    assert Notice.objects.filter(kind="reminder").count() == 4
    assert Reminder.objects.filter(sent_by=cast.office_staff, channel="portal").count() == 4
    shown = office.get(reverse("obligation_detail", args=[owed().pk])).content.decode()
    assert "Nguyễn Thị Hoa nhắc" in shown


def test_who_has_handed_in_meanwhile_is_not_offered_and_nobody_chosen_is_said(cast, plan, browse):
    Obligation.objects.filter(pk=owed().pk).update(first_submitted_at=NOW)
    office = browse(cast.office_staff)
    page = reverse("remind_now")
    assert len(office.get(page).context["rows"]) == 13
    shown = office.post(page, {"row": [str(owed().pk)], "note": "Còn chờ.", "key": str(uuid4())}).content.decode()
    assert "Chọn ít nhất một đơn vị" in shown and "Còn chờ." in shown
    assert not Notice.objects.filter(kind="reminder").exists()


def test_a_pause_is_set_shown_and_ended(cast, plan, browse):
    office = browse(cast.office_staff)
    typed = {"unit": str(cast.units["ldvl"].pk), "starts": "23/02/2022", "ends": "22/02/2022", "reason": "Lũ lụt."}
    shown = office.post(reverse("reminder_pause"), typed).content.decode()
    assert "đã qua" in shown and "Lũ lụt." in shown
    office.post(reverse("reminder_pause"), typed | {"ends": "25/02/2022"})
    assert "Lũ lụt." in office.get(reverse("reminder_plan")).content.decode()
    assert "đang tạm dừng nhắc" in office.get(reverse("obligation_detail", args=[owed().pk])).content.decode()
    office.post(reverse("reminder_pause_end", args=[ReminderPause.objects.get().pk]))
    assert not ReminderPause.objects.exists()  # it had only begun today


def test_an_address_that_takes_no_mail_is_shown_to_the_office(cast, plan, browse):
    Notice.objects.filter(recipient=cast.head("ldvl")).update(mail_state="failed", mail_error="550 no such mailbox")
    shown = browse(cast.office_staff).get(reverse("reminder_plan")).content.decode()
    assert "ldvl.truong@cchc.example.vn" in shown and "550 no such mailbox" in shown


# Cost


@pytest.mark.parametrize("name", ["extension_list", "reminder_plan", "remind_now"])
def test_a_list_costs_the_same_queries_for_one_row_and_thirty(cast, plan, browse, name):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert browse(cast.office_staff).get(reverse(name)).status_code == 200
        return len(found)

    Obligation.objects.exclude(unit__code="ldvl").update(first_submitted_at=NOW)
    asked(cast)
    queries()
    one = queries()
    units = Unit.objects.bulk_create(
        Unit(agency=cast.agency, code=f"u{n}", kind="division", name=f"Phòng {n}", position=40 + n, symbol=f"P{n}")
        for n in range(29)
    )
    Post.objects.bulk_create(
        Post(user=cast.head("ldvl"), agency=cast.agency, unit=unit, role="unit_head") for unit in units
    )
    create_obligations(plan, now=NOW)
    head = User.objects.get(pk=cast.head("ldvl").pk)  # with the new posts
    for unit in units:
        ask(owed(unit.code), by=head, now=NOW, reason=REASON, day=date(2022, 3, 4), key=uuid4())
    assert queries() == one
