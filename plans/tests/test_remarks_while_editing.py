"""Where the unit edits its plan, what the Office remarked stands at the line, with the way to answer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from plans import remarks
from plans.models import Remark
from plans.snapshots import line_part
from plans.tests.factories import DUE_AT, filled_unit_plan, issued_plan, unit_plan_of
from plans.workflow import UNIT_PLAN

NOW = DUE_AT - timedelta(days=4)


@pytest.fixture
def returned(cast, settings, client):
    settings.DEMO = True
    clock.set_demo(NOW)
    unit_plan = filled_unit_plan(issued_plan(cast))
    UNIT_PLAN.move(unit_plan, "submit", by=cast.head("ldvl"), now=NOW, key="khoa-1")
    for number, part in enumerate((line_part(_line(unit_plan).pk), "text:purpose")):
        remarks.make(unit_plan, part=part, text=f"Nêu rõ <b>{number}</b>.", by=cast.office_staff, now=NOW, key="k")
    UNIT_PLAN.move(unit_plan_of(unit_plan.plan, "ldvl"), "send_back", by=cast.office_staff, now=NOW)
    client.force_login(cast.editor("ldvl"))
    return unit_plan_of(unit_plan.plan, "ldvl")


def _line(unit_plan):
    return unit_plan.activities.get(area__code="procedures")


def _address(page: str, unit_plan) -> str:
    more = [_line(unit_plan).pk] if page == "activity_edit" else []
    return reverse(page, args=[unit_plan.pk, *more])


@pytest.mark.parametrize(("page", "number"), [("activity_edit", 0), ("unit_plan_table", 0), ("unit_plan_texts", 1)])
def test_the_words_stand_where_one_edits_with_the_way_to_answer(page, number, returned, client):
    shown = client.get(_address(page, returned)).content.decode()
    remark = Remark.objects.get(text__contains=str(number))
    assert f"Nêu rõ &lt;b&gt;{number}&lt;/b&gt;." in shown
    assert reverse("remark_answer", args=[remark.pk]) in shown
    assert f"Nêu rõ &lt;b&gt;{1 - number}" not in shown


def test_what_was_answered_says_so_and_what_is_settled_is_gone(returned, client, cast):
    remark = Remark.objects.get(part__startswith="line:")
    remarks.answer(remark, text="Đã sửa.", by=cast.editor("ldvl"), now=NOW)
    assert "trả lời lại" in client.get(_address("activity_edit", returned)).content.decode()
    Remark.objects.filter(pk=remark.pk).update(settled_at=NOW, settled_by=cast.office_staff)
    assert "Nêu rõ" not in client.get(_address("activity_edit", returned)).content.decode()


def test_a_table_of_many_remarks_asks_the_database_no_more(returned, client):
    def asked():
        client.get(_address("unit_plan_table", returned))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(_address("unit_plan_table", returned))
        return len(queries)

    before, one = asked(), Remark.objects.get(part__startswith="line:")
    for number in range(30):
        one.pk, one.key = None, f"them-{number}"
        one.save(force_insert=True)
    assert asked() == before
