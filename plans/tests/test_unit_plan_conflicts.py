"""Two tabs, double clicks, a plan that is locked while someone types: nothing typed is lost."""

from datetime import date

import pytest
from django.urls import reverse

from accounts import clock
from accounts.models import Event
from accounts.workflow import StaleState
from plans.actions import save_texts
from plans.models import Activity, Indicator, UnitPlan
from plans.tests.factories import filled_unit_plan, issued_plan, line_of, unit_plan_of


@pytest.fixture
def plan(cast, settings, at):
    settings.DEMO = True
    clock.set_demo(at(2022, 2, 22, 9))
    return issued_plan(cast)


@pytest.fixture
def writer(client, cast):
    client.force_login(cast.editor("ldvl"))
    return client


def line_form(line: Activity, **typed) -> dict:
    """What the form of a line sends."""
    return {
        "area": line.area_id, "title": line.title, "channel": line.channel_id, "audience": line.audience_id, "span": "",
        "starts": f"{line.starts:%d/%m/%Y}", "ends": f"{line.ends:%d/%m/%Y}", "person": line.person,
        "product": line.product, "indicator": line.indicator_id or "", "quantity": line.quantity or "",
        "money": line.money or "", "version": line.version,
    } | typed  # fmt: skip


TEXTS = {"purpose": "Mục đích của tôi", "organisation": "Phân công của tôi", "contact": "Hà"}


def _seen(writer, url) -> str:
    return writer.get(url).context["seen"]


def test_texts_saved_in_two_tabs_meet_on_a_page_with_both(plan, writer):
    url = reverse("unit_plan_texts", args=[filled_unit_plan(plan).pk])
    seen = _seen(writer, url)
    assert writer.post(url, TEXTS | {"purpose": "Mục đích của đồng nghiệp", "seen": seen}).status_code == 302
    response = writer.post(url, TEXTS | {"seen": seen})
    text = response.content.decode()
    assert response.status_code == 409
    assert "Mục đích của đồng nghiệp" in text
    assert "Mục đích của tôi" in text
    assert unit_plan_of(plan, "ldvl").purpose == "Mục đích của đồng nghiệp"
    assert writer.post(url, dict(response.context["fields"])).status_code == 302
    assert unit_plan_of(plan, "ldvl").purpose == "Mục đích của tôi"


def test_a_line_added_meanwhile_is_no_conflict_for_the_texts(plan, writer):
    unit_plan = filled_unit_plan(plan)
    url = reverse("unit_plan_texts", args=[unit_plan.pk])
    seen = _seen(writer, url)
    line = unit_plan.activities.first()
    added = writer.post(reverse("activity_add", args=[unit_plan.pk]), line_form(line, title="Dòng khác"))
    assert added.status_code == 302
    assert writer.post(url, TEXTS | {"seen": seen}).status_code == 302


def test_texts_checked_against_a_version_that_has_passed_are_not_stored(plan, cast, at):
    unit_plan = filled_unit_plan(plan)
    stale = unit_plan_of(plan, "ldvl")
    UnitPlan.objects.filter(pk=unit_plan.pk).update(version=unit_plan.version + 1)
    with pytest.raises(StaleState):
        save_texts(stale, by=cast.editor("ldvl"), now=at(2022, 2, 22), version=unit_plan.version, **TEXTS)
    assert unit_plan_of(plan, "ldvl").purpose == unit_plan.purpose


def test_a_line_changed_in_two_tabs_meets_on_a_page_with_both(plan, writer):
    unit_plan = filled_unit_plan(plan)
    line = unit_plan.activities.first()
    url = reverse("activity_edit", args=[unit_plan.pk, line.pk])
    assert writer.post(url, line_form(line, title="Tên của đồng nghiệp", money="7 triệu")).status_code == 302
    response = writer.post(url, line_form(line, title="Tên của tôi", product="Sổ tay"))
    text = response.content.decode()
    assert response.status_code == 409
    for both in ("Tên của đồng nghiệp", "Tên của tôi", "7.000.000", "Sổ tay"):
        assert both in text
    assert Activity.objects.get(pk=line.pk).title == "Tên của đồng nghiệp"
    assert writer.post(url, dict(response.context["fields"])).status_code == 302
    kept = Activity.objects.get(pk=line.pk)
    assert (kept.title, kept.product, kept.money) == ("Tên của tôi", "Sổ tay", 5_000_000)


def test_the_same_change_saved_in_two_tabs_is_no_conflict(plan, writer):
    unit_plan = filled_unit_plan(plan)
    line = unit_plan.activities.first()
    url = reverse("activity_edit", args=[unit_plan.pk, line.pk])
    typed = line_form(line, title="Cùng một tên", money="5 triệu", span="q1", starts="", ends="")
    assert [writer.post(url, typed).status_code for _tab in range(2)] == [302, 302]
    assert Activity.objects.get(pk=line.pk).title == "Cùng một tên"


@pytest.mark.parametrize("version", ["", "0", "abc", "-1", "9" * 40, "1.5", "１"])
def test_a_broken_version_counts_as_a_conflict_not_as_an_error(version, plan, writer):
    unit_plan = filled_unit_plan(plan)
    line = unit_plan.activities.first()
    url = reverse("activity_edit", args=[unit_plan.pk, line.pk])
    assert writer.post(url, line_form(line, title="Tên mới", version=version)).status_code == 409
    assert Activity.objects.get(pk=line.pk).title == line.title


def test_a_line_taken_out_meanwhile_may_be_saved_as_a_new_one(plan, writer):
    unit_plan = filled_unit_plan(plan)
    line = unit_plan.activities.first()
    typed = line_form(line, title="Đang gõ dở", money="5 triệu")
    assert writer.post(reverse("activity_remove", args=[unit_plan.pk, line.pk])).status_code == 302
    response = writer.post(reverse("activity_edit", args=[unit_plan.pk, line.pk]), typed)
    assert response.status_code == 409
    assert "Đang gõ dở" in response.content.decode()
    assert writer.post(response.context["action"], dict(response.context["fields"])).status_code == 302
    assert unit_plan.activities.get(title="Đang gõ dở").money == 5_000_000


@pytest.mark.parametrize("state", ["head_review", "submitted", "in_review", "accepted", "exempt", "transferred"])
def test_saving_into_a_locked_plan_shows_what_was_typed_and_why(state, plan, writer):
    unit_plan = filled_unit_plan(plan)
    line = unit_plan.activities.first()
    UnitPlan.objects.filter(pk=unit_plan.pk).update(state=state)
    for url, typed in (
        (reverse("activity_edit", args=[unit_plan.pk, line.pk]), line_form(line, title="Chữ đã gõ")),
        (reverse("activity_add", args=[unit_plan.pk]), line_form(line, title="Chữ đã gõ")),
        (reverse("unit_plan_texts", args=[unit_plan.pk]), TEXTS | {"purpose": "Chữ đã gõ", "seen": "x"}),
        (reverse("area_absent", args=[unit_plan.pk, "apparatus"]), {"reason": "Chữ đã gõ"}),
    ):
        response = writer.post(url, typed)
        assert response.status_code == 409
        assert "Chữ đã gõ" in response.content.decode()
    assert writer.post(reverse("activity_remove", args=[unit_plan.pk, line.pk])).status_code == 409
    assert not unit_plan.activities.filter(title="Chữ đã gõ").exists()
    assert unit_plan.activities.filter(pk=line.pk).exists()


def test_a_new_line_sent_twice_is_stored_once(plan, writer):
    unit_plan = filled_unit_plan(plan)
    url = reverse("activity_add", args=[unit_plan.pk])
    typed = line_form(unit_plan.activities.first(), title="Bấm hai lần", money="", indicator="", quantity="")
    assert [writer.post(url, typed).status_code for _click in range(2)] == [302, 302]
    assert unit_plan.activities.filter(title="Bấm hai lần").count() == 1


def test_a_line_that_differs_in_one_figure_is_another_line(plan, writer):
    unit_plan = filled_unit_plan(plan)
    url = reverse("activity_add", args=[unit_plan.pk])
    line = unit_plan.activities.first()
    for money in ("1 triệu", "2 triệu"):
        writer.post(url, line_form(line, title="Hai dòng", money=money))
    assert unit_plan.activities.filter(title="Hai dòng").count() == 2


def test_the_first_line_starts_the_plan_and_says_who(plan, writer, cast):
    unit_plan = unit_plan_of(plan, "ldvl")
    sample = line_of(unit_plan_of(plan, "btxh"))
    assert writer.post(reverse("activity_add", args=[unit_plan.pk]), line_form(sample)).status_code == 302
    stored = unit_plan_of(plan, "ldvl")
    assert (stored.state, stored.updated_by) == ("drafting", cast.editor("ldvl"))
    assert Event.objects.about(stored).get().action == "start"


def test_a_line_ends_the_areas_absence(plan, writer):
    unit_plan = filled_unit_plan(plan)
    area = unit_plan.absences.get().area
    writer.post(reverse("activity_add", args=[unit_plan.pk]), line_form(unit_plan.activities.first(), area=area.pk))
    assert not unit_plan.absences.exists()


def test_an_absence_is_refused_while_the_area_has_lines(plan, writer):
    unit_plan = filled_unit_plan(plan)
    response = writer.post(reverse("area_absent", args=[unit_plan.pk, "procedures"]), {"reason": "Không có gì"})
    text = response.content.decode()
    assert response.status_code == 409
    assert "đã có hoạt động nên không ghi “không có” được" in text
    assert "Không có gì" in text
    assert not unit_plan.absences.filter(area__code="procedures").exists()


def test_extra_fields_of_a_post_are_ignored(plan, writer, cast):
    unit_plan = filled_unit_plan(plan)
    line = unit_plan.activities.first()
    extra = {
        "state": "accepted", "unit": cast.units["btxh"].pk, "unit_plan": unit_plan_of(plan, "btxh").pk,
        "agency": 99, "position": 77, "id": 5, "updated_by": cast.director.pk,
    }  # fmt: skip
    writer.post(reverse("activity_edit", args=[unit_plan.pk, line.pk]), line_form(line, title="Tên mới") | extra)
    url = reverse("unit_plan_texts", args=[unit_plan.pk])
    writer.post(url, TEXTS | {"seen": _seen(writer, url)} | extra)
    stored, kept = unit_plan_of(plan, "ldvl"), Activity.objects.get(pk=line.pk)
    assert (stored.state, stored.unit, stored.purpose) == ("drafting", cast.units["ldvl"], "Mục đích của tôi")
    assert (kept.title, kept.unit_plan_id, kept.position) == ("Tên mới", unit_plan.pk, 0)
    assert stored.updated_by == cast.editor("ldvl")


def test_a_retired_indicator_stays_with_the_line_that_has_it(plan, writer):
    unit_plan = filled_unit_plan(plan)
    line = unit_plan.activities.first()
    Indicator.objects.filter(pk=line.indicator_id).update(ends=date(2021, 12, 31))
    edit = reverse("activity_edit", args=[unit_plan.pk, line.pk])
    assert writer.post(edit, line_form(line, title="Giữ chỉ tiêu cũ")).status_code == 302
    refused = writer.post(reverse("activity_add", args=[unit_plan.pk]), line_form(line, title="Dòng mới"))
    assert "Lựa chọn không có trong danh sách chỉ tiêu" in refused.content.decode()


def test_general_texts_save_themselves_and_tell_of_another_version(plan, writer):
    url = reverse("unit_plan_texts", args=[filled_unit_plan(plan).pk])
    seen = _seen(writer, url)
    answer = writer.post(url, TEXTS | {"seen": seen, "act": "autosave"})
    assert unit_plan_of(plan, "ldvl").purpose == TEXTS["purpose"]
    fresh = answer.json()["fields"]["seen"]
    stale = writer.post(url, TEXTS | {"purpose": "Khác", "seen": seen, "act": "autosave"})
    assert (stale.status_code, unit_plan_of(plan, "ldvl").purpose) == (409, TEXTS["purpose"])
    assert writer.post(url, TEXTS | {"purpose": "Khác", "seen": fresh, "act": "autosave"}).status_code == 200
    long = writer.post(url, TEXTS | {"contact": "a" * 151, "seen": fresh, "act": "autosave"})
    assert (long.status_code, long.json()["faults"]) == (422, ["Tối đa 150 ký tự, hiện có 151. Hãy rút ngắn."])


def test_the_words_for_a_time_stay_while_its_days_stay(plan, writer):
    unit_plan = filled_unit_plan(plan)
    line = unit_plan.activities.first()
    Activity.objects.filter(pk=line.pk).update(phrase="tháng 3 đến tháng 6")
    url = reverse("activity_edit", args=[unit_plan.pk, line.pk])
    assert writer.post(url, line_form(line, title="Tên khác")).status_code == 302
    assert Activity.objects.get(pk=line.pk).phrase == "tháng 3 đến tháng 6"
    writer.post(url, line_form(line, version=2, span="q1", starts="", ends=""))
    assert Activity.objects.get(pk=line.pk).phrase == "Quý I/2022"


def test_a_form_that_was_stored_is_told_to_the_browser_by_its_mark(plan, writer):
    unit_plan = filled_unit_plan(plan)
    url = reverse("unit_plan_texts", args=[unit_plan.pk])
    page = writer.get(url)
    mark = page.context["mark"]
    told = writer.post(url, TEXTS | {"seen": page.context["seen"], "mark": mark}, follow=True)
    assert f'data-saved="{mark}"' in told.content.decode()
    bad = writer.post(url, TEXTS | {"seen": told.context.get("seen", ""), "mark": '"><script>'})
    assert "<script>" not in bad.content.decode()
