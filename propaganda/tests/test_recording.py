"""A result is recorded once, by those who may, with a day that can be."""

import unicodedata
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Event, Post, Role
from accounts.workflow import MoveRefused
from plans.models import PlanState, UnitPlanState
from propaganda.models import Result


def test_a_result_keeps_its_figures_and_leaves_an_event(result_of, cast, lists, at):
    result = result_of(quantities={lists.leaflets: 500, lists.initiatives: 2}, participants=40, money=1_500_000)
    stored = Result.objects.get()
    assert stored == result
    assert (stored.agency, stored.unit, stored.recorded_by) == (cast.agency, cast.units["ldvl"], cast.editor("ldvl"))
    assert {row.indicator.code: row.value for row in stored.quantities.all()} == {"leaflets": 500, "initiatives": 2}
    assert (stored.participants, stored.reach, stored.money) == (40, None, 1_500_000)
    assert (stored.supplement, stored.version) == (False, 1)
    event = Event.objects.about(stored).get()
    assert (event.action, event.actor, event.post) == ("record", "Nguyễn Thị Thu Hà", "Chuyên viên")
    assert event.at == at(2022, 3, 10, 9)
    assert event.data["after"]["Tờ rơi, tờ gấp"] == "500 tờ"


def test_the_same_key_again_gives_the_first_result_and_one_row(result_of):
    first = result_of(key="mot-lan-bam", title="Lần đầu")
    again = result_of(key="mot-lan-bam", title="Bấm lần nữa")
    assert again == first
    assert Result.objects.get().title == "Lần đầu"
    assert Event.objects.about(first).count() == 1


def test_another_persons_key_opens_nothing(result_of, cast):
    result_of(key="cua-toi")
    with pytest.raises(PermissionDenied):
        result_of("khtc", key="cua-toi")
    with pytest.raises(PermissionDenied):
        result_of(key="cua-toi", by=cast.head("ldvl"))


def test_the_head_records_for_the_own_unit(result_of, cast):
    assert result_of(by=cast.head("ldvl")).recorded_by == cast.head("ldvl")


@pytest.mark.parametrize("username", ["khtc.soan", "khtc.truong", "hoa", "binh", "duc", "lan", "huy", "nam"])
def test_nobody_records_for_a_unit_not_the_own(result_of, cast, username):
    with pytest.raises(PermissionDenied):
        result_of(by=cast.people[username])
    assert not Result.objects.exists()


def test_a_post_that_ended_yesterday_records_nothing_today(result_of, cast):
    Post.objects.filter(user=cast.editor("ldvl"), role=Role.UNIT_EDITOR).update(ends=date(2022, 3, 9))
    with pytest.raises(PermissionDenied):
        result_of()


def test_a_disabled_person_records_nothing(result_of, cast):
    person = cast.editor("ldvl")
    person.is_active = False
    with pytest.raises(PermissionDenied):
        result_of(by=person)


def test_today_is_a_day_and_tomorrow_is_not_yet(result_of, at):
    now = at(2022, 3, 10, 23, 59, 59)
    assert result_of(now=now, happened_on=date(2022, 3, 10))
    with pytest.raises(MoveRefused, match="sau hôm nay"):
        result_of(now=now, happened_on=date(2022, 3, 11))


def test_today_is_the_day_in_vietnam(result_of, at):
    """17:30 UTC on the 10th is 00:30 on the 11th in Vietnam."""
    from datetime import UTC, datetime

    assert result_of(now=datetime(2022, 3, 10, 17, 30, tzinfo=UTC), happened_on=date(2022, 3, 11))


def test_nothing_happened_before_2000(result_of):
    assert result_of(happened_on=date(2000, 1, 1))
    with pytest.raises(MoveRefused, match="01/01/2000"):
        result_of(happened_on=date(1999, 12, 31))


def test_an_activity_takes_results_from_15_12_before_its_year_to_its_last_day(result_of, activity, at):
    now = at(2023, 3, 1)
    for day in (date(2021, 12, 15), date(2022, 12, 20), date(2022, 12, 31)):
        assert result_of(activity=activity, happened_on=day, now=now).activity == activity
    for day in (date(2021, 12, 14), date(2023, 1, 1)):
        with pytest.raises(MoveRefused, match="không thuộc năm 2022"):
            result_of(activity=activity, happened_on=day, now=now)
        assert result_of(happened_on=day, now=now).activity is None


def test_without_a_plan_in_force_a_result_is_unplanned_only(result_of, activity, plan):
    type(plan).objects.update(state=PlanState.CANCELLED)
    activity.refresh_from_db()
    with pytest.raises(MoveRefused, match="ngoài kế hoạch"):
        result_of(activity=activity)
    assert result_of()


def test_a_plan_not_accepted_takes_no_results(result_of, unit_plan_of, activity_of):
    with pytest.raises(MoveRefused, match="chưa được tiếp nhận"):
        result_of(activity=activity_of(unit_plan_of("ldvl", state=UnitPlanState.SUBMITTED)))


def test_another_units_activity_is_refused(result_of, activity):
    with pytest.raises(MoveRefused, match="đơn vị khác"):
        result_of("khtc", activity=activity)


@pytest.mark.parametrize(
    "values", [{"participants": -1}, {"money": -1}, {"reach": 1_000_000_001}, {"title": "\u200b \u00a0"}]
)
def test_figures_and_names_that_cannot_be_are_refused_and_nothing_is_stored(result_of, values):
    with pytest.raises(MoveRefused):
        result_of(**values)
    assert not Result.objects.exists()
    assert not Event.objects.exists()


def test_zero_and_not_known_differ(result_of):
    assert result_of(participants=0).participants == 0
    assert result_of().participants is None


def test_decomposed_letters_are_stored_composed(result_of):
    title = "Tuyên truyền hòa giải ở cơ sở"
    result = result_of(title=unicodedata.normalize("NFD", title), note=unicodedata.normalize("NFD", "Ghi chú"))
    assert (result.title, result.note) == (title, "Ghi chú")
    assert Result.objects.get(title=title)


@pytest.mark.parametrize("words", ["hoa giai", "HÒA GIẢI", "hoà giải", "hòa giải", "doi thoai hoa", "zalo.me"])
def test_a_result_is_found_without_marks(result_of, words):
    wanted = result_of(title="Hòa giải cơ sở", note="Đối thoại với dân", links="https://zalo.me/123")
    result_of(title="Phát tờ gấp")
    assert list(Result.objects.matching(words)) == [wanted]


def test_a_window_takes_both_its_ends(result_of, at):
    now = at(2022, 6, 20)
    days = [date(2021, 12, 14), date(2021, 12, 15), date(2022, 3, 14), date(2022, 3, 15)]
    for day in days:
        result_of(happened_on=day, now=now)
    found = Result.objects.within(date(2021, 12, 15), date(2022, 3, 14))
    assert sorted(result.happened_on for result in found) == days[1:3]
