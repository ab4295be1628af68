"""Every move of a roll-up × every state × role, from design/workflows.md by hand; the cut and what hangs on it."""

import hashlib
import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Event, Job, Notice
from accounts.workflow import MoveRefused, StaleState
from plans.models import Obligation, RegisterEntry
from reporting.models import RollUp, RollUpSending, RollUpState, RollUpVersion, UnitReport
from reporting.tests.factories import built, cut, ready_year, report_of, result_of, roll_up_of
from reporting.workflow import ROLL_UP, UNIT_REPORT

OFFICE = {"office_staff", "chief"}
# (move, from) → (to, who may). Everybody else may not; from every other state the move does not exist.
TABLE = {
    ("cut", "compiling"): ("cut", OFFICE),
    ("uncut", "cut"): ("compiling", {"chief"}),
    ("send_to_office", "cut"): ("office_review", {"office_staff"}),
    ("send_to_director", "office_review"): ("director_review", {"chief"}),
    ("send_back", "office_review"): ("cut", {"chief"}),
    ("approve", "director_review"): ("approved", {"director"}),
    ("send_back", "director_review"): ("cut", {"director"}),
    ("issue", "approved"): ("issued", {"clerk"}),
    ("send", "issued"): ("sent", {"clerk", "office_staff"}),
    **{
        ("void", state): ("void", {"chief"})
        for state in (
            "collecting",
            "compiling",
            "cut",
            "office_review",
            "approved",
        )
    },
    ("restore", "void"): ("collecting", {"chief"}),
}
MOVES = sorted({name for name, _state in TABLE})
PEOPLE = {
    "office_staff": "hoa", "chief": "binh", "director": "duc", "clerk": "lan", "inspector": "huy",
    "administrator": "nam", "editor": "ldvl.soan", "head": "ldvl.truong", "office_head": "van-phong.truong",
}  # fmt: skip
DATA = {"acknowledged": frozenset(), "number": "28", "on": date(2022, 3, 18)}


@pytest.fixture
def plan(cast):
    return ready_year(cast)


@pytest.fixture
def now(at):
    """Friday morning, the day the Director's approval is due."""
    return at(2022, 3, 18, 9)


def put(plan, cast, state, now) -> RollUp:
    """A roll-up with one empty version, as it would stand in a state, without the way there."""
    stamps = {}
    if state not in ("collecting", "compiling", "void"):
        stamps |= {"snapshot": {"content": {}}, "sha256": "0" * 64, "cut_at": now, "cut_by": cast.office_staff}
    if state in ("approved", "issued", "sent", "corrected"):
        stamps |= {"approved_at": now, "approved_by": cast.director}
    if state in ("issued", "sent", "corrected"):
        stamps |= {"number": "28", "issued_on": now.date()}
    roll_up = roll_up_of(plan, state=state, **stamps)
    if state == "issued":
        facts = {"upward": True, "channel": "hand", "sent_at": now, "recorded_at": now, "recorded_by": cast.clerk}
        RollUpSending.objects.create(roll_up=roll_up, recipient="Giám đốc Sở", **facts)
    if state != "collecting":
        RollUpVersion.objects.create(
            roll_up=roll_up, number=1, job=Job.objects.create(kind="roll_up", key=f"{roll_up.pk}:1"), built_at=now,
            content={"units": []}, sha256="0" * 64,
        )  # fmt: skip
    return roll_up


def outcome(roll_up, name, person, now):
    """What comes of the attempt, undone afterwards: the new state, "forbidden" or "stale"."""
    obj = RollUp.objects.select_related("period").get(pk=roll_up.pk)
    try:
        with transaction.atomic():
            ROLL_UP.move(obj, name, by=person, now=now, reason="Có lý do.", **DATA)
            stored = RollUp.objects.get(pk=obj.pk).state
            assert stored == obj.state
            transaction.set_rollback(True)
            return stored
    except PermissionDenied:
        return "forbidden"
    except StaleState:
        return "stale"


@pytest.mark.parametrize("state", RollUpState.values)
def test_each_move_is_open_to_its_people_in_its_states_only(state, plan, cast, now):
    roll_up = put(plan, cast, state, now)
    for who, username in PEOPLE.items():
        shown = {move.name for move in ROLL_UP.open_to(cast.people[username], roll_up, on=now.date())}
        assert shown == {name for (name, source), (_to, allowed) in TABLE.items() if source == state and who in allowed}
        for name in MOVES:
            target, allowed = TABLE.get((name, state), (None, set()))
            expected = "stale" if target is None else target if who in allowed else "forbidden"
            assert outcome(roll_up, name, cast.people[username], now) == expected, (state, name, who)


@pytest.mark.parametrize(
    ("name", "state", "who"),
    [("uncut", "cut", "binh"), ("send_back", "office_review", "binh"), ("send_back", "director_review", "duc")],
)
@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_giving_back_needs_a_reason(name, state, who, reason, plan, cast, now):
    roll_up = put(plan, cast, state, now)
    with pytest.raises(MoveRefused, match="Nhập lý do"):
        ROLL_UP.move(roll_up, name, by=cast.people[who], now=now, reason=reason)
    assert RollUp.objects.get().state == state


def test_every_missing_late_or_not_received_unit_is_acknowledged_by_name(plan, cast, at, now):
    for code in cast.units:
        if code not in ("ldvl", "btxh", "ncc", "gdnn"):
            report_of(plan, code, state="accepted")
    report_of(plan, "btxh", state="accepted", at=at(2022, 3, 16))  # late
    report_of(plan, "ncc", state="submitted")  # not received
    report_of(plan, "gdnn", state="exempt")
    roll_up = roll_up_of(plan)  # ldvl: missing
    built(roll_up, now=now)

    def refused(*acknowledged: str) -> list[str]:
        with pytest.raises(MoveRefused) as found:
            ROLL_UP.move(roll_up, "cut", by=cast.office_staff, now=now, acknowledged=frozenset(acknowledged))
        return found.value.messages

    words = "Xác nhận đã biết {} thiếu, muộn hoặc chưa được tiếp nhận."
    names = ("Phòng Lao động - Việc làm", "Phòng Người có công", "Phòng Bảo trợ xã hội")
    assert refused() == [words.format(name) for name in names]
    assert refused("ldvl", "btxh") == [words.format(names[1])]
    assert RollUp.objects.get().state == "compiling"
    ROLL_UP.move(roll_up, "cut", by=cast.office_staff, now=now, acknowledged=frozenset({"ldvl", "btxh", "ncc"}))
    assert RollUp.objects.get().snapshot["acknowledged"] == ["btxh", "ldvl", "ncc"]


def test_the_snapshot_is_the_version_and_its_hash_is_that_of_the_canonical_text(plan, cast, now):
    report_of(plan, state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500})
    roll_up = roll_up_of(plan)
    version = built(roll_up, now=now)
    cut(roll_up, cast, now=now)
    stored = RollUp.objects.get()
    text = json.dumps(stored.snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert stored.sha256 == hashlib.sha256(text.encode("utf-8")).hexdigest()
    assert (stored.snapshot["version"], stored.snapshot["content"]) == (1, version.content)
    content = json.dumps(version.content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert version.sha256 == hashlib.sha256(content.encode("utf-8")).hexdigest()
    assert (stored.cut_at, stored.cut_by) == (now, cast.office_staff)


def test_what_happens_after_the_cut_does_not_reach_the_snapshot(plan, cast, now):
    report_of(plan, state="accepted")
    roll_up = roll_up_of(plan)
    cut(roll_up, cast, now=now)
    before = RollUp.objects.get()
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500})
    cast.units["ldvl"].name = "Phòng mới"
    cast.units["ldvl"].save()
    after = RollUp.objects.get()
    assert (after.snapshot, after.sha256) == (before.snapshot, before.sha256)


def test_the_cut_locks_received_reports_and_undoing_it_unlocks_them(plan, cast, now):
    states = {"ldvl": "accepted", "btxh": "submitted", "ncc": "drafting", "gdnn": "accepted"}
    for code, state in states.items():
        report_of(plan, code, state=state)
    next_quarter = report_of(plan, "ldvl", "Q2", state="accepted")
    roll_up = roll_up_of(plan)
    cut(roll_up, cast, now=now)

    def now_in() -> dict:
        return dict(UnitReport.objects.filter(period__code="2022-Q1").values_list("unit__code", "state"))

    assert now_in() == states | {"ldvl": "locked", "gdnn": "locked"}
    assert UnitReport.objects.get(pk=next_quarter.pk).state == "accepted"
    ROLL_UP.move(roll_up, "uncut", by=cast.chief, now=now, reason="Bổ sung đơn vị nộp muộn.")
    assert now_in() == states
    report = UnitReport.objects.get(unit__code="ldvl", period__code="2022-Q1")
    assert list(Event.objects.about(report).values_list("action", "from_state", "to_state", "actor")) == [
        ("lock", "accepted", "locked", "Nguyễn Thị Hoa"),
        ("unlock", "locked", "accepted", "Trần Văn Bình"),
    ]
    assert report.version == 3
    stored = RollUp.objects.get()
    assert (stored.state, stored.snapshot, stored.sha256) == ("compiling", None, "")
    assert stored.cut_at is stored.cut_by is None
    cut(roll_up, cast, now=now)
    assert now_in()["ldvl"] == "locked"


def test_nothing_is_cut_before_it_was_built(plan, cast, now):
    roll_up = roll_up_of(plan, state="compiling")
    with pytest.raises(MoveRefused, match="Chưa có bản tổng hợp nào để chốt"):
        ROLL_UP.move(roll_up, "cut", by=cast.chief, now=now, acknowledged=frozenset())


def test_a_report_locked_by_the_cut_is_reopened_by_the_chief_only(plan, cast, now):
    report = report_of(plan, state="accepted")
    cut(roll_up_of(plan), cast, now=now)
    report.refresh_from_db()
    with pytest.raises(PermissionDenied):
        UNIT_REPORT.move(report, "reopen", by=cast.office_staff, now=now, reason="Sai.", until=date(2022, 4, 1))
    UNIT_REPORT.move(report, "reopen", by=cast.chief, now=now, reason="Sai số liệu.", until=date(2022, 4, 1))
    assert UnitReport.objects.get().state == "reopened"


def to_director(plan, cast, now) -> RollUp:
    roll_up = roll_up_of(plan)
    cut(roll_up, cast, now=now)
    ROLL_UP.move(roll_up, "send_to_office", by=cast.office_staff, now=now)
    return ROLL_UP.move(roll_up, "send_to_director", by=cast.chief, now=now)


def owed(cast) -> Obligation:
    """The Office's own obligation to report on the quarter."""
    return Obligation.objects.get(kind="roll_up", occasion="2022-Q1", unit=cast.units["van-phong"])


def test_the_office_is_on_time_by_the_day_it_went_to_the_director(plan, cast, at):
    assert owed(cast).due_at == at(2022, 3, 17, 23, 59, 59, 999_999)
    to_director(plan, cast, at(2022, 3, 17, 16))
    assert owed(cast).first_submitted_at == at(2022, 3, 17, 16)
    assert owed(cast).timeliness(at(2022, 4, 1)).code == "on_time"


def test_a_return_by_the_director_goes_back_to_the_cut_with_his_words(plan, cast, now):
    roll_up = to_director(plan, cast, now)
    before = RollUp.objects.get()
    ROLL_UP.move(roll_up, "send_back", by=cast.director, now=now, reason="Nêu rõ nguyên nhân nộp muộn.")
    stored = RollUp.objects.get()
    assert (stored.state, stored.return_reason) == ("cut", "Nêu rõ nguyên nhân nộp muộn.")
    assert (stored.snapshot, stored.sha256) == (before.snapshot, before.sha256)
    told = Notice.objects.filter(title__contains="được trả lại").values_list("recipient__username", "body")
    assert set(told) == {("hoa", "Nêu rõ nguyên nhân nộp muộn."), ("binh", "Nêu rõ nguyên nhân nộp muộn.")}
    assert owed(cast).first_submitted_at == now  # what was handed in was handed in


def test_the_approval_is_stamped_and_told(plan, cast, now):
    roll_up = to_director(plan, cast, now)
    later = now + timedelta(hours=2)
    ROLL_UP.move(roll_up, "approve", by=cast.director, now=later)
    stored = RollUp.objects.get()
    assert (stored.state, stored.approved_at, stored.approved_by) == ("approved", later, cast.director)
    assert owed(cast).accepted_at == later
    told = Notice.objects.filter(title__contains="chờ cấp số").values_list("recipient__username", flat=True)
    assert set(told) == {"lan", "hoa", "binh"}


def issue(roll_up, cast, now, **data):
    return ROLL_UP.move(roll_up, "issue", by=cast.clerk, now=now, **{"number": "28", "on": date(2022, 3, 18)} | data)


def test_issuing_writes_number_and_day(plan, cast, now):
    issue(put(plan, cast, "approved", now), cast, now)
    stored = RollUp.objects.get()
    assert (stored.state, stored.number, stored.issued_on) == ("issued", "28", date(2022, 3, 18))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"number": ""}, "Nhập số của văn bản: bắt đầu bằng chữ số, tối đa 11 ký tự."),
        ({"number": "BC-28"}, "Nhập số của văn bản: bắt đầu bằng chữ số, tối đa 11 ký tự."),
        ({"number": "123456789012"}, "Nhập số của văn bản: bắt đầu bằng chữ số, tối đa 11 ký tự."),
        ({"on": None}, "Nhập ngày ban hành."),
        ({"on": date(2022, 3, 17)}, "Ngày ban hành không thể trước ngày Giám đốc duyệt."),
    ],
)
def test_what_is_issued_has_a_number_and_a_day_not_before_its_approval(data, words, plan, cast, now):
    roll_up = put(plan, cast, "approved", now)
    with pytest.raises(MoveRefused) as refused:
        issue(roll_up, cast, now, **data)
    assert refused.value.messages == [words]
    assert RollUp.objects.get().state == "approved"


def test_the_day_of_approval_is_that_of_vietnam(plan, cast, at):
    early = at(2022, 3, 19, 6, 30)  # 18/3, 23:30 in UTC
    put(plan, cast, "approved", early)
    with pytest.raises(MoveRefused, match="không thể trước ngày Giám đốc duyệt"):
        issue(RollUp.objects.get(), cast, early, on=date(2022, 3, 18))
    issue(RollUp.objects.get(), cast, early, on=date(2022, 3, 19))


def test_a_number_is_used_once_a_year_in_its_series(plan, cast, now):
    issue(put(plan, cast, "approved", now), cast, now)
    assert str(RegisterEntry.objects.get()) == "Báo cáo số 28/BC-VP"
    stamps = {
        "state": "approved", "snapshot": {}, "sha256": "0" * 64, "cut_at": now, "cut_by": cast.chief,
        "approved_at": now, "approved_by": cast.director,
    }  # fmt: skip
    second = roll_up_of(plan, "Q2", **stamps)
    with pytest.raises(MoveRefused, match="Số 028/BC-VP đã dùng trong năm"):
        issue(second, cast, now, number="028")
    issue(RollUp.objects.get(pk=second.pk), cast, now, number="29")
    # Those of the reform regime are numbered in a series of their own, and the next year begins anew.
    issue(roll_up_of(plan, "CCHC-Q1", **stamps), cast, now)
    issue(roll_up_of(plan, "Q4", **stamps), cast, now, on=date(2023, 1, 3))
    series = RegisterEntry.objects.filter(number="28").values_list("series", "year")
    assert set(series) == {("BC-VP", 2022), ("BC-SLĐTBXH", 2022), ("BC-VP", 2023)}


def test_what_was_issued_stands_in_the_register(plan, cast, now):
    roll_up = issue(put(plan, cast, "approved", now), cast, now)
    entry = RegisterEntry.objects.get()
    assert (entry.kind, entry.object_id, entry.type) == ("roll_up", roll_up.pk, "Báo cáo")
    assert entry.subject == "Công tác tuyên truyền cải cách hành chính Quý I năm 2022"
    assert entry.signer == "Trần Văn Bình"
    assert entry.recipients.startswith("Giám đốc Sở; Các Phó Giám đốc Sở")


def test_of_two_who_cut_at_once_one_is_told(plan, cast, now):
    report_of(plan, state="accepted")
    roll_up = roll_up_of(plan)
    built(roll_up, now=now)
    other = RollUp.objects.get()
    cut(roll_up, cast, now=now)
    with pytest.raises(StaleState):
        cut(other, cast, now=now)
