"""Units merged, split, renamed, dissolved: who may, what ends and begins, what is open is handed over once."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import clock
from accounts.models import Event, Notice, Post, Succession, Unit
from accounts.succession.handing_over import hand_over, open_work
from accounts.succession.recording import Change, NewUnit, gaps, record, take_effect
from accounts.workflow import MoveRefused
from plans.difficulties.acts import raise_difficulty
from plans.models import Obligation, UnitPlan
from plans.tests.factories import filled_unit_plan, issued_plan, line_of, unit_plan_of
from plans.units.lines import earlier_plans

DAY = date(2022, 4, 1)


@pytest.fixture
def now(at):
    return at(2022, 4, 1, 9)


@pytest.fixture
def plan(cast):
    return issued_plan(cast)


def _change(cast, kind="merged", before=("ctxh",), after=("ttbtxh",), founded=(), day=DAY) -> Change:
    units = cast.units
    return Change(
        kind, day, "15/QĐ-UBND", date(2022, 3, 20), [units[code] for code in before], [units[code] for code in after],
        list(founded),
    )  # fmt: skip


def _record(cast, now, *args, by=None, **change) -> Succession:
    return record(_change(cast, *args, **change), cast.agency, by=by or cast.chief, now=now, key=uuid4())


def _choices(succession, now, to="ttbtxh", **others) -> dict[str, str]:
    items = [item for group in open_work(succession.predecessors.all(), now) for item in group.items]
    return {item.key: others.get(item.key.partition(":")[0], to) for item in items}


def test_a_merged_unit_ends_the_day_before_and_is_not_deleted(cast, plan, now):
    row = _record(cast, now)
    unit = Unit.objects.get(code="ctxh")
    assert (unit.ends, unit.holds_on(date(2022, 3, 31)), unit.holds_on(DAY)) == (date(2022, 3, 31), True, False)
    assert list(row.successors.values_list("code", flat=True)) == ["ttbtxh"]
    event = Event.objects.about(unit).get()
    assert (event.label, event.reason) == (
        "Sáp nhập, hợp nhất từ ngày 01/4/2022", "Quyết định số 15/QĐ-UBND ngày 20/03/2022",
    )  # fmt: skip


def test_the_same_press_records_once(cast, plan, now):
    key = uuid4()
    rows = [record(_change(cast), cast.agency, by=cast.chief, now=now, key=key) for _time in range(2)]
    assert rows[0] == rows[1]


def test_a_split_unit_goes_on_beside_a_new_one_that_owes_the_rest_of_the_year(cast, plan, now):
    new = NewUnit("Phòng Tiền lương", "TL")
    row = _record(cast, now, "split", before=("ldvl",), after=("ldvl",), founded=[new])
    made = row.successors.get(code="tl")
    assert (made.name, made.starts, made.ends, made.kind) == ("Phòng Tiền lương", DAY, None, "division")
    assert Unit.objects.get(code="ldvl").ends is None


def test_a_renamed_unit_prints_the_name_of_the_documents_day(cast, plan, now):
    _record(cast, now, "renamed", before=("ncc",), after=(), founded=[NewUnit("Phòng Người có công và Xã hội")])
    unit = Unit.objects.get(code="ncc")
    assert unit.name == "Phòng Người có công và Xã hội"
    assert unit.name_on(date(2022, 3, 31)) == "Phòng Người có công"
    assert unit.name_on(DAY) == "Phòng Người có công và Xã hội"


def test_a_name_that_begins_later_becomes_current_on_its_day(cast, plan, now, at):
    _record(cast, at(2022, 3, 25, 9), "renamed", before=("ncc",), after=(), founded=[NewUnit("Phòng Mới")])
    assert Unit.objects.get(code="ncc").name == "Phòng Người có công"
    for _minute in range(2):
        take_effect(now)
    assert Unit.objects.get(code="ncc").name == "Phòng Mới"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"after": ()}, "đúng một đơn vị"),
        ({"before": ("van-phong",)}, "Văn phòng Sở là đầu mối"),
        ({"kind": "split", "after": ("ncc",)}, "ít nhất hai đơn vị"),
        ({"kind": "split", "before": ("ctxh", "ncc"), "after": ("gdnn", "khtc")}, "đúng một đơn vị"),
        ({"kind": "renamed"}, "ghi tên mới"),
        ({"kind": "renamed", "after": (), "founded": [NewUnit("Trung tâm Công tác xã hội")]}, "trùng tên"),
        ({"kind": "dissolved", "founded": [NewUnit("Phòng Mới", "PM")]}, "Giải thể"),
        ({"after": (), "founded": [NewUnit("Trung tâm Mới")]}, "ký hiệu"),
        ({"day": date(2024, 4, 1)}, "hơn một năm"),
        ({"day": date(2022, 3, 1)}, "Ngày quyết định"),
    ],
)
def test_what_cannot_be_meant_is_said(cast, asked, words):
    found = " ".join(words for _field, words in gaps(_change(cast, **asked), date(2022, 3, 15)))
    assert words in found


@pytest.mark.parametrize("who", ["hoa", "duc", "lan", "huy", "ctxh.truong"])
def test_only_the_chief_and_the_administrator_record(cast, plan, now, who):
    with pytest.raises(PermissionDenied):
        _record(cast, now, by=cast.people[who])


def test_the_administrator_records_and_the_chief_alone_hands_over(cast, plan, now):
    row = _record(cast, now, by=cast.people["nam"])
    with pytest.raises(PermissionDenied):
        hand_over(row, _choices(row, now), by=cast.people["nam"], now=now)
    assert Notice.objects.filter(key=f"succession:{row.pk}", recipient=cast.chief).count() == 1


def test_what_is_open_goes_to_the_unit_that_takes_over(cast, plan, now):
    key = uuid4()
    difficulty = raise_difficulty(unit=cast.units["ctxh"], by=cast.editor("ctxh"), now=now, key=key, title="Hỏng máy")
    UnitPlan.objects.filter(unit__code="ctxh").update(state="head_review")
    row = _record(cast, now)
    owed = Obligation.objects.filter(unit__code="ctxh", first_submitted_at=None).count()
    assert hand_over(row, _choices(row, now), by=cast.chief, now=now) == owed + 2 + 1  # two people, a difficulty
    assert not Obligation.objects.expected().filter(unit__code="ctxh").exists()
    unit_plan = unit_plan_of(plan, "ctxh")
    assert unit_plan.state == "transferred"
    reason = "Bàn giao: Trung tâm Bảo trợ xã hội tổng hợp nhận theo Quyết định số 15/QĐ-UBND ngày 20/03/2022"
    assert unit_plan.obligation.exempt_reason == reason
    difficulty.refresh_from_db()
    assert difficulty.unit.code == "ttbtxh"
    heads = Post.objects.on(DAY).filter(unit__code="ttbtxh", role="unit_head")
    assert {post.user.username for post in heads} == {"ttbtxh.truong", "ctxh.truong"}
    assert not Post.objects.on(DAY).filter(unit__code="ctxh").exists()
    assert Post.objects.on(date(2022, 3, 31)).filter(unit__code="ctxh").count() == 2
    # Already owed by the one that takes over, so nothing is owed twice.
    assert (
        Obligation.objects.filter(unit__code="ttbtxh").count() == Obligation.objects.filter(unit__code="gdnn").count()
    )


def test_a_new_unit_owes_what_was_handed_over_to_it_by_the_same_day(cast, plan, now):
    row = _record(cast, now, after=(), founded=[NewUnit("Trung tâm Mới", "TTM")])
    old = Obligation.objects.get(unit__code="ctxh", kind="unit_plan")
    hand_over(row, _choices(row, now, to="ttm"), by=cast.chief, now=now)
    new = Obligation.objects.get(unit__code="ttm", kind="unit_plan")
    assert (new.due_at, new.duty, new.occasion) == (old.due_at, old.duty, old.occasion)
    assert unit_plan_of(plan, "ttm").state == "not_started"


def test_it_is_handed_over_once_and_not_before_its_day(cast, plan, now, at):
    early = at(2022, 3, 25, 9)
    row = _record(cast, early)
    with pytest.raises(MoveRefused, match="từ ngày có hiệu lực"):
        hand_over(row, _choices(row, early), by=cast.chief, now=early)
    chosen = _choices(row, now)
    assert hand_over(row, chosen, by=cast.chief, now=now) > 0
    assert hand_over(row, chosen, by=cast.chief, now=now) == 0
    assert Event.objects.about(row).filter(action="hand_over").count() == 1


def test_an_item_without_a_choice_stops_everything(cast, plan, now):
    row = _record(cast, now)
    chosen = _choices(row, now)
    chosen.popitem()
    with pytest.raises(MoveRefused, match="Chọn nơi nhận"):
        hand_over(row, chosen, by=cast.chief, now=now)
    assert Obligation.objects.expected().filter(unit__code="ctxh").exists()


def test_a_dissolved_unit_may_hand_over_to_nobody(cast, plan, now):
    row = _record(cast, now, "dissolved", after=())
    hand_over(row, _choices(row, now, to="0"), by=cast.chief, now=now)
    assert unit_plan_of(plan, "ctxh").state == "transferred"
    assert not Post.objects.on(DAY).filter(unit__code="ctxh").exists()


def test_what_was_returned_stays_and_says_so(cast, plan, now):
    filled_unit_plan(plan, "ctxh", state="returned")
    Obligation.objects.filter(unit__code="ctxh", kind="unit_plan").update(
        first_submitted_at=now, returned_at=now, return_due_at=now
    )
    row = _record(cast, now)
    items = [item for group in open_work(row.predecessors.all(), now) for item in group.items]
    assert [item.what for item in items if item.stays] == ["Kế hoạch của đơn vị, Năm 2022"]
    hand_over(row, _choices(row, now), by=cast.chief, now=now)
    assert unit_plan_of(plan, "ctxh").state == "returned"


def test_the_lines_of_the_units_before_are_offered_to_the_one_that_takes_over(client, cast, plan, now, settings):
    settings.DEMO = True
    clock.set_demo(now)
    line = line_of(unit_plan_of(plan, "ctxh"), title="Phát tờ gấp về công tác xã hội")
    _record(cast, now)
    unit_plan = unit_plan_of(plan, "ttbtxh")
    assert [plan.unit.code for plan in earlier_plans(unit_plan)] == ["ctxh"]
    client.force_login(cast.editor("ttbtxh"))
    address = reverse("unit_plan_last_year", args=[unit_plan.pk])
    assert "Trung tâm Công tác xã hội – Kế hoạch năm 2022" in client.get(address).content.decode()
    assert client.post(address, {"take": str(line.pk)}).status_code == 302
    copy = unit_plan.activities.get()
    assert (copy.title, copy.starts, copy.origin) == (line.title, line.starts, line)


def test_the_pages_preview_confirm_and_hand_over(client, cast, plan, now, settings):
    settings.DEMO = True
    clock.set_demo(now)
    client.force_login(cast.chief)
    data = {
        "kind": "merged", "before": str(cast.units["ctxh"].pk), "after": str(cast.units["ttbtxh"].pk),
        "effective_on": "01/04/2022", "basis": "15/QĐ-UBND", "basis_date": "20/03/2022", "key": str(uuid4()),
    }  # fmt: skip
    page = client.post(reverse("succession_add"), data).content.decode()
    assert "thôi hoạt động" in page and "Kế hoạch của đơn vị, Năm 2022" in page and not Succession.objects.exists()
    answer = client.post(reverse("succession_add"), data | {"step": "save"}, follow=True)
    row = Succession.objects.get()
    assert "Bàn giao Kế hoạch của đơn vị, Năm 2022 cho" in answer.content.decode()
    chosen = {f"item-{key}": value for key, value in _choices(row, now).items()}
    page = client.post(reverse("succession_hand_over", args=[row.pk]), chosen, follow=True).content.decode()
    assert "Đã bàn giao" in page and "Bàn giao lúc" in page
    assert "Sáp nhập, hợp nhất" in client.get(reverse("unit_list")).content.decode()
