"""What happens to a roll-up in review and once it is issued: remarks answered, sending recorded, corrected, voided."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import clock, jobs
from accounts.models import Event, Job
from accounts.workflow import MoveRefused, StaleState
from plans import remarks
from plans.models import RegisterEntry, Remark
from reporting.models import Period, RollUp, RollUpSending, UnitReport
from reporting.roll_ups.correcting import start_correction
from reporting.roll_ups.papers import roll_up_paper
from reporting.roll_ups.sending import Sending, recipients, record_sendings
from reporting.tests.factories import built, cut, ready_year, report_of, result_of, roll_up_of
from reporting.workflow import ROLL_UP


@pytest.fixture
def now(at):
    return at(2022, 3, 18, 9)


@pytest.fixture
def plan(cast, settings, now):
    settings.DEMO = True
    clock.set_demo(now)
    return ready_year(cast)


@pytest.fixture
def at_the_director(plan, cast, now) -> RollUp:
    report_of(plan, state="accepted")
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500})
    roll_up = roll_up_of(plan)
    built(roll_up, now=now)
    cut(roll_up, cast, now=now)
    ROLL_UP.move(roll_up, "send_to_office", by=cast.office_staff, now=now)
    return ROLL_UP.move(roll_up, "send_to_director", by=cast.chief, now=now)


@pytest.fixture
def issued(at_the_director, cast, now) -> RollUp:
    return issue(at_the_director, cast, now, "28")


def issue(roll_up: RollUp, cast, now, number: str) -> RollUp:
    ROLL_UP.move(roll_up, "approve", by=cast.director, now=now)
    return ROLL_UP.move(roll_up, "issue", by=cast.clerk, now=now, number=number, on=now.date())


def page(client, person, name: str = "roll_up", code: str = "2022-Q1") -> str:
    client.force_login(person)
    return client.get(reverse(name, args=[code])).content.decode()


# Remarks


def test_a_remark_pinned_to_a_paragraph_is_answered_before_the_report_goes_up_again(at_the_director, cast, now, client):
    roll_up = at_the_director
    row = roll_up.paragraphs.get(rule="tasks")
    client.force_login(cast.director)
    assert "Ghi ý kiến" in page(client, cast.director, "roll_up_narrative")
    data = {"part": f"doan:{row.pk}", "key": str(uuid.uuid4()), "text": "Nêu rõ việc chậm.", "state": roll_up.state}
    client.post(reverse("remark_add", args=["bao-cao-tong-hop", roll_up.pk]), data)
    remark = Remark.objects.get()
    assert (remark.part_label, remark.part_text) == ("2. Thực hiện kế hoạch, đoạn 1", row.text)
    assert "Nêu rõ việc chậm." not in page(client, cast.office_staff, "roll_up_narrative")  # kept until the return
    ROLL_UP.move(roll_up, "send_back", by=cast.director, now=now, reason="Sửa một đoạn.")
    assert "Nêu rõ việc chậm." in page(client, cast.office_staff, "roll_up_narrative")
    with pytest.raises(MoveRefused, match="Trả lời ý kiến về “2. Thực hiện kế hoạch, đoạn 1” trước khi trình lại"):
        ROLL_UP.move(roll_up, "send_to_office", by=cast.office_staff, now=now)
    remark.refresh_from_db()
    remarks.answer(remark, text="Đã bổ sung.", by=cast.office_staff, now=now)
    assert ROLL_UP.move(roll_up, "send_to_office", by=cast.office_staff, now=now).state == "office_review"


@pytest.mark.parametrize("username", ["hoa", "binh", "lan", "huy"])
def test_with_the_director_only_the_director_remarks(username, at_the_director, cast, now):
    with pytest.raises(PermissionDenied):
        remarks.make(at_the_director, part="", text="Sửa.", by=cast.people[username], now=now, key="k")


# Sending


def sent(recipient: str, at, channel: str = "axis") -> Sending:
    return Sending(recipient, channel, at)


def test_it_is_sent_once_everybody_it_is_addressed_to_has_it(plan, issued, cast, now):
    record_sendings(issued, [sent("Các Phó Giám đốc Sở", now)], by=cast.clerk, now=now)
    assert RollUp.objects.get().state == "issued"
    for _time in range(2):  # pressed twice
        record_sendings(issued, [sent("Giám đốc Sở", now)], by=cast.clerk, now=now)
    assert RollUp.objects.get().state == "sent"
    assert RollUpSending.objects.count() == 2
    assert Event.objects.about(issued).filter(action="record_sending").count() == 2


@pytest.mark.parametrize(("day", "label"), [(20, "đúng hạn"), (22, "muộn 2 ngày")])
def test_upward_timeliness_is_each_addressees_own(day, label, plan, cast, at):
    Period.objects.filter(code="2022-CCHC-Q1").update(upward_due_at=at(2022, 3, 20, 23, 59))
    roll_up = roll_up_of(plan, "CCHC-Q1", state="issued", number="5", issued_on=date(2022, 3, 18), **frozen(cast, at))
    record_sendings(roll_up, [sent("Sở Nội vụ", at(2022, 3, day))], by=cast.clerk, now=at(2022, 3, 25))
    found = {row.name: row for row in recipients(RollUp.objects.get(), now=at(2022, 3, 25))}
    assert found["Sở Nội vụ"].timeliness.label == label
    assert found["Ủy ban nhân dân tỉnh"].timeliness.label == "quá hạn 5 ngày"
    assert found["Các phòng, đơn vị thuộc Sở"].timeliness is None
    assert RollUp.objects.get().state == "issued"


def frozen(cast, at) -> dict:
    return {
        "snapshot": {}, "sha256": "0" * 64, "cut_at": at(2022, 3, 17), "cut_by": cast.office_staff,
        "approved_at": at(2022, 3, 18), "approved_by": cast.director,
    }  # fmt: skip


def test_a_time_that_cannot_be_is_refused_and_nothing_is_stored(issued, cast, now):
    for wrong, words in ((now + timedelta(hours=1), "chưa đến"), (now - timedelta(days=1), "trước ngày ban hành")):
        with pytest.raises(MoveRefused, match=words):
            record_sendings(
                issued, [sent("Giám đốc Sở", now), sent("Các Phó Giám đốc Sở", wrong)], by=cast.clerk, now=now
            )
    assert not RollUpSending.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [({"channel_0": "hand"}, "Nhập ngày và giờ gửi"), ({"channel_0": "x", "day_0": "18/3/2022"}, "trong danh sách"),
     ({"channel_0": "hand", "day_0": "31/2/2022", "time_0": "08:00"}, "Không có ngày"),
     ({"channel_0": "hand", "day_0": "18/3/2022", "time_0": "8 giờ"}, "Giờ ghi như 14:30")],
)  # fmt: skip
def test_a_row_that_says_too_little_is_refused_and_stays(data, words, issued, cast, client):
    client.force_login(cast.clerk)
    answer = client.post(reverse("roll_up_send", args=["2022-Q1"]), data)
    assert answer.status_code == 200 and words in answer.content.decode()
    assert not RollUpSending.objects.exists()


def test_only_the_clerk_and_office_staff_record_and_nothing_before_it_is_issued(at_the_director, cast, now):
    with pytest.raises(PermissionDenied):
        record_sendings(at_the_director, [], by=cast.chief, now=now)
    with pytest.raises(StaleState):
        record_sendings(at_the_director, [], by=cast.clerk, now=now)


# Correcting


def test_a_correction_is_a_document_of_its_own_that_takes_the_place_once_issued(issued, cast, now, client):
    before = RollUp.objects.get()
    right = start_correction(issued, reason="Sai số tờ gấp.", by=cast.chief, now=now)
    assert start_correction(issued, reason="Bấm lại.", by=cast.chief, now=now) == right
    assert (right.code, right.state, right.corrects) == ("2022-Q1-DC1", "compiling", issued)
    assert right.paragraphs.count() == issued.paragraphs.count()
    assert issued.period.roll_up == issued and "Đang lập" in page(client, cast.director)
    assert jobs.run(Job.objects.get(kind="roll_up", key=f"{right.pk}:1").pk)
    right.refresh_from_db()
    cut(right, cast, now=now)
    ROLL_UP.move(right, "send_to_office", by=cast.office_staff, now=now)
    ROLL_UP.move(right, "send_to_director", by=cast.chief, now=now)
    issue(right, cast, now, "30")
    wrong = RollUp.objects.get(pk=issued.pk)
    assert (wrong.state, wrong.snapshot, wrong.sha256, wrong.number) == (
        "corrected", before.snapshot, before.sha256, "28",
    )  # fmt: skip
    assert Period.objects.get(code="2022-Q1").roll_up == right
    old, new = RegisterEntry.objects.order_by("pk")
    assert (old.state, old.replaced_by, new.number) == ("corrected", new, "30")
    shown = page(client, cast.director)
    assert "Đã đính chính" in shown and "văn bản số 30" in shown and "Lập đính chính…" not in shown
    paper = roll_up_paper(right.pk, now.date())
    assert paper.subject.endswith("(đính chính, thay thế Báo cáo số 28/BC-VP ngày 18/3/2022)")
    assert any("Lý do đính chính: Sai số tờ gấp." in getattr(block, "text", "") for block in paper.blocks)


def test_a_correction_opened_again_leaves_the_units_reports_locked(issued, cast, now):
    right = start_correction(issued, reason="Sai số tờ gấp.", by=cast.chief, now=now)
    built(right, now=now)
    cut(right, cast, now=now)
    ROLL_UP.move(right, "uncut", by=cast.chief, now=now, reason="Còn sai.")
    assert set(UnitReport.objects.values_list("state", flat=True)) == {"locked"}
    ROLL_UP.move(right, "void", by=cast.chief, now=now, reason="Không cần nữa.")
    assert set(UnitReport.objects.values_list("state", flat=True)) == {"locked"}
    assert start_correction(issued, reason="Lần nữa.", by=cast.chief, now=now).code == "2022-Q1-DC2"


@pytest.mark.parametrize("username", ["hoa", "duc", "lan", "huy", "nam"])
def test_only_the_chief_corrects(username, issued, cast, now):
    with pytest.raises(PermissionDenied):
        start_correction(issued, reason="Sai.", by=cast.people[username], now=now)


def test_what_is_not_issued_is_not_corrected_and_a_reason_is_needed(at_the_director, cast, now):
    with pytest.raises(StaleState):
        start_correction(at_the_director, reason="Sai.", by=cast.chief, now=now)
    roll_up = issue(at_the_director, cast, now, "28")
    with pytest.raises(MoveRefused, match="Nhập lý do"):
        start_correction(roll_up, reason=" ", by=cast.chief, now=now)


# Voiding


def test_voiding_a_cut_report_unlocks_the_units_and_it_may_be_made_anew(plan, cast, now):
    report_of(plan, state="accepted")
    roll_up = cut(roll_up_of(plan), cast, now=now)
    ROLL_UP.move(roll_up, "void", by=cast.chief, now=now, reason="Kỳ này không phải báo cáo.")
    assert UnitReport.objects.get().state == "accepted"
    assert roll_up.period.roll_up is None
    ROLL_UP.move(roll_up, "restore", by=cast.chief, now=now, reason="Vẫn phải báo cáo.")
    assert (roll_up.state, roll_up.snapshot) == ("collecting", None)
    assert built(roll_up, by=cast.office_staff, now=now).number == 2
    assert roll_up.state == "compiling"
