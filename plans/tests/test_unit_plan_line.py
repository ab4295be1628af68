"""A line's own page saves itself while one types, and says who else has the plan's lines open."""

import pytest
from django.urls import reverse

from accounts import clock
from plans.models import Activity
from plans.tests.factories import issued_plan, line_of, unit_plan_of


@pytest.fixture
def unit_plan(cast, settings, at):
    settings.DEMO = True
    clock.set_demo(at(2022, 2, 22, 9, 41))
    return unit_plan_of(issued_plan(cast), "ldvl")


@pytest.fixture
def web(client, cast):
    client.force_login(cast.editor("ldvl"))
    return client


def _sent(of: Activity | None = None, **more) -> dict:
    known = of or Activity()
    return {
        "title": "Phát tờ gấp", "span": "m3", "person": "Nguyễn Thị Thu Hà", "area": str(known.area_id or ""),
        "channel": str(known.channel_id or ""), "audience": str(known.audience_id or ""), "act": "autosave",
    } | more  # fmt: skip


def test_a_change_is_stored_and_the_page_goes_on_with_its_version(web, unit_plan):
    line = line_of(unit_plan)
    address = reverse("activity_edit", args=[unit_plan.pk, line.pk])
    answer = web.post(address, _sent(line, version=str(line.version)))
    assert answer.json() == {"at": "09:41", "fields": {"line": line.pk, "version": line.version + 1}}
    again = web.post(address, _sent(line, version=str(line.version + 1), title="Phát 2.000 tờ gấp"))
    assert again.json()["fields"]["version"] == line.version + 2
    assert unit_plan.activities.get().title == "Phát 2.000 tờ gấp"


def test_a_new_line_saves_itself_once_and_is_then_the_line_of_its_page(web, unit_plan):
    like = line_of(unit_plan)
    address = reverse("activity_add", args=[unit_plan.pk])
    fields = web.post(address, _sent(like)).json()["fields"]
    sent = _sent(like, line=str(fields["line"]), version=str(fields["version"]), title="Phát tờ gấp tại chợ")
    assert web.post(address, sent).json()["fields"]["line"] == fields["line"]
    assert web.post(address, sent | {"act": "", "version": str(fields["version"] + 1)}).status_code == 302
    titles = unit_plan.activities.exclude(pk=like.pk).values_list("title", flat=True)
    assert list(titles) == ["Phát tờ gấp tại chợ"]


def test_what_is_not_in_order_waits_and_says_why(web, unit_plan):
    answer = web.post(reverse("activity_add", args=[unit_plan.pk]), _sent())
    assert answer.status_code == 422
    assert answer.json()["faults"]
    assert not unit_plan.activities.exists()


def test_what_somebody_else_saved_is_not_overwritten(web, unit_plan):
    line = line_of(unit_plan)
    address = reverse("activity_edit", args=[unit_plan.pk, line.pk])
    Activity.objects.filter(pk=line.pk).update(version=line.version + 1)
    answer = web.post(address, _sent(line, version=str(line.version)))
    assert answer.status_code == 409
    Activity.objects.filter(pk=line.pk).delete()
    assert web.post(address, _sent(line, version=str(line.version))).status_code == 409
    assert not unit_plan.activities.exists()


def test_a_locked_plan_stores_nothing(web, unit_plan):
    line = line_of(unit_plan)
    type(unit_plan).objects.filter(pk=unit_plan.pk).update(state="submitted")
    address = reverse("activity_edit", args=[unit_plan.pk, line.pk])
    assert web.post(address, _sent(line, version=str(line.version))).status_code == 409
    assert unit_plan.activities.get().title == line.title


def test_who_has_a_line_open_is_said_to_the_others(client, cast, unit_plan):
    line = line_of(unit_plan)
    address = reverse("activity_edit", args=[unit_plan.pk, line.pk])
    client.force_login(cast.head("ldvl"))
    assert client.post(address, {"act": "here"}).json() == {"others": []}
    client.force_login(cast.editor("ldvl"))
    assert client.post(address, {"act": "here"}).json() == {"others": ["Hồ Quốc Hùng"]}
    assert "Hồ Quốc Hùng đang sửa các dòng" in client.get(address).content.decode()
