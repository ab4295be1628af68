"""What stands out in a unit plan: it may be handed in with a sentence for each, which the Office reads."""

import pytest
from django.urls import reverse

from accounts import clock
from accounts.workflow import MoveRefused
from plans.models import Receipt
from plans.snapshots import live_content
from plans.tests.factories import filled_unit_plan, issued_plan
from plans.units.cautions import cautions, explained
from plans.workflow import UNIT_PLAN


@pytest.fixture
def unit_plan(cast, settings, at):
    settings.DEMO = True
    clock.set_demo(at(2022, 2, 22, 9))
    return filled_unit_plan(issued_plan(cast))


def _keys(unit_plan, before=None) -> list[str]:
    return [row.key for row in cautions(live_content(unit_plan), before)]


def test_a_plan_like_last_years_has_nothing_to_explain(unit_plan):
    assert _keys(unit_plan, live_content(unit_plan)) == []


def test_no_money_and_no_quantities_stand_out(unit_plan):
    unit_plan.activities.update(money=None, quantity=None)
    assert [row.words for row in cautions(live_content(unit_plan), None)] == [
        "Không hoạt động nào ghi kinh phí.",
        "6/6 hoạt động chưa ghi số lượng nên cuối năm khó đo kết quả.",
    ]


def test_half_of_last_years_work_or_money_is_not_yet_much_less(unit_plan):
    before = live_content(unit_plan)  # six lines of 5.000.000
    for line in unit_plan.activities.all()[3:]:
        line.delete()
    assert _keys(unit_plan, before) == []
    unit_plan.activities.first().delete()
    assert _keys(unit_plan, before) == ["fewer", "money"]


def test_without_its_sentence_it_is_not_handed_in_and_what_was_typed_stays(unit_plan, cast, client):
    unit_plan.activities.update(money=None)
    client.force_login(cast.head("ldvl"))
    page = client.get(reverse("unit_plan_check", args=[unit_plan.pk]))
    sent = {"key": str(page.context["key"]), "version": unit_plan.version}
    url = reverse("unit_plan_submit", args=[unit_plan.pk])
    refused = client.post(url, sent | {"note_no-money": " "}).content.decode()
    assert "Cần một câu giải trình: Không hoạt động nào ghi kinh phí." in refused
    kept = client.post(url, sent | {"note_no-money": "Lồng ghép.\x00"})
    assert (kept.status_code, Receipt.objects.count()) == (200, 0)
    done = client.post(url, sent | {"note_no-money": "Lồng ghép vào việc thường xuyên."})
    assert "Lồng ghép vào việc thường xuyên." in client.get(done.url).content.decode()
    client.force_login(cast.office_staff)
    review = client.get(reverse("unit_plan_review", args=[unit_plan.pk])).content.decode()
    assert "Lồng ghép vào việc thường xuyên." in review


def test_the_editors_sentence_is_there_when_the_head_hands_in(unit_plan, cast, client):
    unit_plan.activities.update(money=None)
    client.force_login(cast.editor("ldvl"))
    sent = {"move": "send_to_head", "version": unit_plan.version, "note_no-money": "Lồng ghép."}
    assert client.post(reverse("unit_plan_move", args=[unit_plan.pk]), sent).status_code == 302
    assert [row.why for row in explained(unit_plan)] == ["Lồng ghép."]


def test_the_move_itself_asks_for_the_sentence(unit_plan, cast):
    unit_plan.activities.update(money=None)
    with pytest.raises(MoveRefused, match="Cần một câu giải trình"):
        UNIT_PLAN.move(unit_plan, "submit", by=cast.head("ldvl"), now=clock.now(), key="khoa-1")
