"""Lists read anew from a draft's present text: told first, taken only as chosen."""

import re

import pytest
from django.urls import reverse

from accounts import clock
from plans.department.content import content_of_plan
from plans.department.rereading import offers, read_anew
from plans.models import Plan
from plans.tests.plan_editor import part, send, shown, url
from plans.tests.real_plan import stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(settings, at):
    settings.DEMO = True
    clock.set_demo(at(2022, 1, 21, 9, 41))
    return at(2022, 1, 21, 9, 41)


@pytest.fixture
def plan(cast, reference, now) -> Plan:
    return stored(cast, now)


@pytest.fixture
def office(client, cast):
    client.force_login(cast.office_staff)
    return client


def told(plan) -> list[tuple[str, str]]:
    content = content_of_plan(plan)
    return [(offer.name, offer.change.kind) for offer in offers(content, read_anew(content))]


def codes(page: str) -> list[str]:
    return re.findall(r'type="checkbox" name="take" value="(\w+)"', page)


def test_a_plan_just_read_has_nothing_to_take(office, plan):
    assert told(plan) == []
    assert "khớp với lời văn" in shown(office, url(plan, "doc-lai/"))


def test_a_date_changed_in_the_text_is_offered_and_changes_nothing_by_itself(office, plan):
    duty = plan.duties.get(who__startswith="Các phòng", recurrence="", due_at__isnull=False)
    words = duty.section
    send(office, plan, words, text=words.text.replace("27/02/2022", "11/03/2022"))
    due = duty.due_at
    duty.refresh_from_db()
    assert duty.due_at == due
    assert told(plan) == [("duties", "changed")]
    [code] = codes(shown(office, url(plan, "doc-lai/")))
    office.post(url(plan, "doc-lai/"), {"take": code})
    again = plan.duties.get(pk=duty.pk)
    assert f"{again.due_at:%d/%m/%Y}" == "10/03/2022"  # before the 11th: until the end of the 10th
    assert (again.kind, again.every_unit) == (duty.kind, duty.every_unit)
    assert told(plan) == []


def test_a_line_taken_out_by_hand_is_offered_where_it_stands_in_the_text(office, plan):
    names = list(plan.audiences.values_list("text", flat=True))
    plan.audiences.filter(text=names[0]).delete()
    assert told(plan) == [("audiences", "added")]
    office.post(url(plan, "doc-lai/"), {"take": codes(shown(office, url(plan, "doc-lai/")))})
    assert list(plan.audiences.values_list("text", flat=True)) == names


def test_only_what_is_chosen_is_taken_and_it_can_be_taken_back(office, plan):
    plan.targets.first().delete()
    plan.channels.first().delete()
    first, _second = codes(shown(office, url(plan, "doc-lai/")))
    office.post(url(plan, "doc-lai/"), {"take": first})
    assert told(plan) == [("channels", "added")]
    office.post(url(plan, "hoan-tac/"), {"step": plan.undo_steps.first().pk})
    assert told(plan) == [("targets", "added"), ("channels", "added")]


def test_a_difference_that_is_no_more_is_not_taken(office, plan):
    plan.channels.first().delete()
    [code] = codes(shown(office, url(plan, "doc-lai/")))
    office.post(url(plan, "doc-lai/"), {"take": code})
    page = office.post(url(plan, "doc-lai/"), {"take": code}, follow=True).content.decode()
    assert "không còn như lúc bạn xem" in page
    assert told(plan) == []


def test_a_line_that_the_text_does_not_have_is_taken_out_only_when_chosen(office, plan):
    target = part(plan, "Chỉ số")
    plan.audiences.create(position=99, text="Cộng tác viên dư luận xã hội")
    assert told(plan) == [("audiences", "removed")]
    send(office, plan, target, text=target.text)
    assert plan.audiences.filter(text="Cộng tác viên dư luận xã hội").exists()


def test_nothing_chosen_is_said(office, plan):
    assert "Chưa chọn chỗ nào." in office.post(url(plan, "doc-lai/"), follow=True).content.decode()


def test_a_list_says_that_the_text_says_otherwise(office, plan):
    assert "Lời văn đang ghi khác" not in shown(office, url(plan, "doi-tuong/"))
    plan.audiences.first().delete()
    assert "Lời văn đang ghi khác danh sách này 1 chỗ" in shown(office, url(plan, "doi-tuong/"))


def test_a_plan_whose_text_and_duties_differ_says_so_before_it_is_issued(office, plan):
    page = reverse("plan_detail", args=[plan.pk])
    assert "Danh sách nhiệm vụ khác lời văn" not in shown(office, page)
    words = plan.duties.get(who__startswith="Các phòng", recurrence="", due_at__isnull=False).section
    send(office, plan, words, text=words.text.replace("27/02/2022", "11/03/2022"))
    assert "Danh sách nhiệm vụ khác lời văn ở 1 chỗ" in shown(office, page)
