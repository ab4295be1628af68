"""Every move of a unit report × every state × everyone of the cast, from design/workflows.md by hand."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Event, Notice, Post, Role, User
from accounts.workflow import MoveRefused, StaleState
from documents.tests.files import pdf
from plans.deadlines.periods import end_of
from plans.deadlines.returning import usual_day
from plans.deadlines.workdays import VIETNAM
from plans.handing_in import submit, submit_paper
from plans.models import ClosedWindow, Obligation
from plans.scans import Scan, check_scan
from propaganda.models import Result
from reporting.actions import save_words
from reporting.models import UnitReport, UnitReportState
from reporting.tests.factories import ready_year, report_of, result_of
from reporting.unit_reports.words import WordsConflict, area_field, marks, words_of
from reporting.workflow import UNIT_REPORT

OFFICE = {"office_staff", "chief"}
# (move, from) → (to, who may). Everybody else may not; from every other state the move does not exist.
TABLE = {
    ("start", "open"): ("drafting", {"editor", "head"}),
    ("send_to_head", "drafting"): ("head_review", {"editor"}),
    ("send_to_head", "returned"): ("head_review", {"editor"}),
    ("submit", "drafting"): ("submitted", {"head"}),
    ("submit", "head_review"): ("submitted", {"head"}),
    ("submit", "returned"): ("submitted", {"head"}),
    ("submit", "reopened"): ("submitted", {"head"}),
    ("submit_paper", "open"): ("submitted", {"office_staff"}),
    ("submit_paper", "drafting"): ("submitted", {"office_staff"}),
    ("submit_paper", "head_review"): ("submitted", {"office_staff"}),
    ("submit_paper", "returned"): ("submitted", {"office_staff"}),
    ("pull_back", "head_review"): ("drafting", {"editor", "head"}),
    ("withdraw", "submitted"): ("drafting", {"head"}),
    ("take_up", "submitted"): ("in_review", OFFICE),
    ("accept", "submitted"): ("accepted", OFFICE),
    ("accept", "in_review"): ("accepted", OFFICE),
    ("send_back", "submitted"): ("returned", OFFICE),
    ("send_back", "in_review"): ("returned", OFFICE),
    ("lock", "accepted"): ("locked", set()),  # by the roll-up's cut only
    ("unlock", "locked"): ("accepted", set()),  # by its undoing only
    ("reopen", "accepted"): ("reopened", {"chief"}),
    ("reopen", "locked"): ("reopened", {"chief"}),
    # by the schedule only
    ("reopening_over", "reopened"): ("in_review", set()),
    ("lapse", "open"): ("exempt", set()),
    ("lapse", "drafting"): ("exempt", set()),
    ("lapse", "head_review"): ("exempt", set()),
    ("ask_again", "exempt"): ("open", set()),
    ("exempt", "open"): ("exempt", {"chief"}),
    ("exempt", "drafting"): ("exempt", {"chief"}),
    ("transfer", "open"): ("transferred", {"chief"}),
    ("transfer", "drafting"): ("transferred", {"chief"}),
    ("transfer", "head_review"): ("transferred", {"chief"}),
}
MOVES = sorted({name for name, _state in TABLE})
SCAN = Scan("paper/ab/abc.pdf", "Báo cáo 12.pdf")


@pytest.fixture
def now(at):
    """The day of the deadline (15/3/2022), the morning after the window's last day."""
    return at(2022, 3, 15, 9)


@pytest.fixture
def plan(cast):
    plan = ready_year(cast)
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500})
    return plan


@pytest.fixture
def people(cast, now):
    """Everyone who could try, also who held the post until yesterday and who is disabled."""
    former, disabled = (
        User.objects.create(username=name, full_name=name, email=f"{name}@cchc.example.vn")
        for name in ("cu.truong", "khoa.truong")
    )
    in_unit = {"agency": cast.agency, "unit": cast.units["ldvl"], "role": Role.UNIT_HEAD, "starts": date(2016, 1, 1)}
    Post.objects.create(user=former, ends=now.date() - timedelta(days=1), **in_unit)
    Post.objects.create(user=disabled, **in_unit)
    User.objects.filter(pk=disabled.pk).update(is_active=False)
    return {
        "editor": cast.editor("ldvl"), "head": cast.head("ldvl"), "other_editor": cast.editor("btxh"),
        "other_head": cast.head("btxh"), "office_editor": cast.editor("van-phong"),
        "office_head": cast.head("van-phong"), "office_staff": cast.office_staff, "chief": cast.chief,
        "director": cast.director, "clerk": cast.clerk, "inspector": cast.people["huy"],
        "administrator": cast.people["nam"], "former_head": former, "disabled_head": User.objects.get(pk=disabled.pk),
    }  # fmt: skip


def fresh(report: UnitReport) -> UnitReport:
    return UnitReport.objects.select_related("unit", "period", "obligation").get(pk=report.pk)


def outcome(report, name, person, now):
    """What comes of the attempt, undone afterwards: the new state, "forbidden" or "stale"."""
    obj = fresh(report)
    try:
        with transaction.atomic():
            UNIT_REPORT.move(
                obj, name, by=person, now=now, reason="Có lý do.", key=f"{name}-{person.pk}", until=date(2022, 4, 1),
                scan=SCAN,
            )  # fmt: skip
            stored = UnitReport.objects.get(pk=obj.pk).state
            assert stored == obj.state
            transaction.set_rollback(True)
            return stored
    except PermissionDenied:
        return "forbidden"
    except StaleState:
        return "stale"


def handed_in(plan, cast, now, code="ldvl", key="khoa-1", **values) -> UnitReport:
    report = report_of(plan, code, state="drafting", **values)
    submit(UNIT_REPORT, report, by=cast.head(code), now=now, key=key)
    return fresh(report)


def in_state(plan, cast, state, now) -> UnitReport:
    return handed_in(plan, cast, now, key="khoa-0") if state == "submitted" else report_of(plan, state=state)


@pytest.mark.parametrize("state", UnitReportState.values)
def test_each_move_is_open_to_its_people_in_its_states_only(state, plan, cast, people, now):
    report = in_state(plan, cast, state, now)
    for name in MOVES:
        target, allowed = TABLE.get((name, state), (None, set()))
        for who, person in people.items():
            expected = "stale" if target is None else target if who in allowed else "forbidden"
            assert outcome(report, name, person, now) == expected, (state, name, who)


@pytest.mark.parametrize("state", UnitReportState.values)
def test_the_buttons_shown_are_the_moves_that_are_open(state, plan, cast, people, now):
    report = in_state(plan, cast, state, now)
    for who, person in people.items():
        shown = {move.name for move in UNIT_REPORT.open_to(person, report, on=now.date())}
        assert shown == {name for (name, source), (_to, allowed) in TABLE.items() if source == state and who in allowed}


@pytest.mark.parametrize("name", ["take_up", "accept", "send_back"])
def test_the_offices_own_report_goes_to_the_director(name, plan, cast, people, now):
    result_of(plan, "van-phong", date(2022, 3, 1))
    report = handed_in(plan, cast, now, "van-phong")
    passes = {who for who, person in people.items() if outcome(report, name, person, now) not in ("forbidden", "stale")}
    assert passes == {"director"}


def test_the_director_is_told_of_the_offices_own_report(plan, cast, now):
    result_of(plan, "van-phong", date(2022, 3, 1))
    handed_in(plan, cast, now, "van-phong")
    assert list(Notice.objects.filter(title__contains="đã nộp").values_list("recipient__username", flat=True)) == [
        "duc"
    ]


def test_who_handed_in_may_not_accept_even_as_office_staff(plan, cast, now):
    head = cast.head("ldvl")
    Post.objects.create(user=head, agency=cast.agency, role=Role.OFFICE_STAFF, starts=date(2016, 1, 1))
    report = handed_in(plan, cast, now)
    assert outcome(report, "accept", head, now) == "forbidden"
    assert outcome(report, "accept", cast.office_staff, now) == "accepted"


@pytest.mark.parametrize(
    ("name", "state", "who"),
    [("withdraw", "submitted", "ldvl.truong"), ("reopen", "locked", "binh"),
     ("exempt", "drafting", "binh"), ("transfer", "drafting", "binh"), ("submit_paper", "drafting", "hoa")],
)  # fmt: skip
@pytest.mark.parametrize("reason", ["", "   ", "\u200b"])
def test_a_move_that_needs_a_reason_is_refused_without_one(name, state, who, reason, plan, cast, now):
    report = in_state(plan, cast, state, now)
    with pytest.raises(MoveRefused) as refused:
        UNIT_REPORT.move(report, name, by=cast.people[who], now=now, reason=reason, until=date(2022, 4, 1))
    assert refused.value.messages == ["Nhập lý do."]
    assert fresh(report).state == state


def refusals(report, cast, now, name="submit") -> list[str]:
    with pytest.raises(MoveRefused) as refused:
        UNIT_REPORT.move(fresh(report), name, by=cast.head(report.unit.code), now=now, key="khoa-1")
    assert fresh(report).state == "drafting"
    return refused.value.messages


def test_a_report_waits_for_the_last_day_of_its_period(plan, cast, at):
    report = report_of(plan, state="drafting")
    assert refusals(report, cast, at(2022, 3, 13, 23, 59)) == ["Kỳ báo cáo còn đến hết ngày 14/3/2022; nộp từ ngày đó."]
    submit(UNIT_REPORT, fresh(report), by=cast.head("ldvl"), now=at(2022, 3, 14), key="khoa-1")
    assert fresh(report).state == "submitted"


def test_a_report_without_results_or_words_is_not_handed_in(plan, cast, now):
    report = report_of(plan, "btxh", state="drafting", highlights="")
    assert refusals(report, cast, now) == [
        "Kỳ này chưa ghi kết quả nào: ghi nhận kết quả, hoặc chọn “Không phát sinh” kèm lý do.",
        "Phần “Kết quả nổi bật” còn trống.",
    ]


def test_nothing_to_report_needs_its_reason_and_is_then_handed_in(plan, cast, now):
    report = report_of(plan, "btxh", state="drafting", highlights="", nil=True)
    assert refusals(report, cast, now) == ["“Không phát sinh” cần lý do."]
    UnitReport.objects.filter(pk=report.pk).update(nil_reason="Đang chuyển trụ sở.")
    submit(UNIT_REPORT, fresh(report), by=cast.head("btxh"), now=now, key="khoa-1")
    assert fresh(report).state == "submitted"


def test_who_recorded_results_cannot_report_that_nothing_happened(plan, cast, now):
    report = report_of(plan, "ldvl", state="drafting", nil=True, nil_reason="Không có việc.")
    assert refusals(report, cast, now) == ["Trong kỳ đã ghi 1 kết quả nên không thể báo “không phát sinh”."]


def test_an_empty_draft_ticked_as_nil_can_be_exempted(plan, cast, now):
    report = report_of(plan, "btxh", state="drafting", nil=True)
    UNIT_REPORT.move(report, "exempt", by=cast.chief, now=now, reason="Đơn vị đang sáp nhập.")
    assert fresh(report).state == "exempt"


@pytest.mark.parametrize("nil", [False, True])
def test_a_draft_handed_over_to_another_unit_leaves_the_denominator(nil, plan, cast, now):
    report = report_of(plan, "btxh", state="drafting", nil=nil)
    UNIT_REPORT.move(report, "transfer", by=cast.chief, now=now, reason="Trung tâm nhận theo Quyết định số 12.")
    obligation = fresh(report).obligation
    assert fresh(report).state == "transferred"
    assert (obligation.exempt_from, obligation.timeliness(now).code) == (date(2022, 3, 15), "exempt")
    assert obligation.exempt_reason == "Bàn giao: Trung tâm nhận theo Quyết định số 12."


def on_paper(report, cast, now, key="giay-1"):
    scan = check_scan(BytesIO(pdf()), "Báo cáo 12.pdf")
    return submit_paper(
        UNIT_REPORT, fresh(report), by=cast.office_staff, now=now, key=key, reason="Số 12; chị Hà giao.", scan=scan
    )


@pytest.mark.parametrize("state", ["open", "drafting", "returned"])
def test_an_empty_report_that_came_on_paper_is_handed_in_and_closes_the_window(state, plan, cast, now):
    report = report_of(plan, state=state)
    receipt = on_paper(report, cast, now)
    assert (fresh(report).state, receipt.on_behalf_of) == ("submitted", "Phòng Lao động - Việc làm")
    assert receipt.submitted_at == now
    assert closed()


def test_a_paper_report_is_not_entered_before_the_period_is_over(plan, cast, at):
    report = report_of(plan, state="drafting")
    with pytest.raises(MoveRefused, match="Kỳ báo cáo còn đến hết ngày 14/3/2022"):
        on_paper(report, cast, at(2022, 3, 13, 9))
    assert fresh(report).state == "drafting"
    assert not closed()


@pytest.mark.parametrize(
    ("code", "nil_reason", "stays"),
    [("btxh", "Đang chuyển trụ sở.", True), ("btxh", "", False), ("ldvl", "Không có việc.", False)],
)
def test_nothing_to_report_ticked_in_a_draft_counts_only_if_it_could_be_handed_in(
    code, nil_reason, stays, plan, cast, now
):
    report = report_of(plan, code, state="drafting", nil=True, nil_reason=nil_reason)
    receipt = on_paper(report, cast, now)
    assert (fresh(report).nil, receipt.snapshot["nil"]) == (stays, stays)


def test_late_is_accepted_and_marked(plan, cast, at):
    late = at(2022, 3, 16)
    report = handed_in(plan, cast, late)
    found = report.obligation.timeliness(at(2022, 4, 1))
    assert (report.state, found.code, found.days) == ("submitted", "late", 1)


def test_the_receipt_freezes_figures_texts_and_the_results_behind_them(plan, cast, now):
    result = Result.objects.get()
    report = handed_in(plan, cast, now, difficulties="Thiếu kinh phí.")
    snapshot = report.obligation.receipts.get().snapshot
    figures = {row["code"]: row["value"] for row in snapshot["figures"] if row["value"] is not None}
    assert figures == {"leaflets": 500}
    assert (snapshot["difficulties"], snapshot["period"]) == ("Thiếu kinh phí.", "2022-Q1")
    assert snapshot["results"] == [{"id": result.pk, "title": result.title, "happened_on": "2022-03-01"}]


def test_the_same_press_of_the_button_gives_one_receipt(plan, cast, now):
    report = handed_in(plan, cast, now)
    again = submit(UNIT_REPORT, report, by=cast.head("ldvl"), now=now + timedelta(minutes=1), key="khoa-1")
    assert again == report.obligation.receipts.get()


def closed() -> bool:
    return ClosedWindow.objects.filter(
        unit__code="ldvl", starts=date(2021, 12, 15), ends=date(2022, 3, 14)
    ).exists()  # fmt: skip


@pytest.mark.parametrize(("name", "who"), [("withdraw", "ldvl.truong"), ("send_back", "hoa"), ("reopen", "binh")])
def test_handing_in_closes_the_window_and_giving_back_opens_it(name, who, plan, cast, now):
    report = handed_in(plan, cast, now)
    assert closed()
    if name == "reopen":
        UNIT_REPORT.move(report, "accept", by=cast.office_staff, now=now)
    late_found = result_of(plan, "ldvl", date(2022, 3, 2), supplement=True)
    elsewhere = result_of(plan, "ldvl", date(2022, 3, 15), supplement=True)
    UNIT_REPORT.move(report, name, by=cast.people[who], now=now, reason="Bổ sung.", until=date(2022, 4, 1))
    assert not closed()
    # What came as a supplement belongs to the report again; other windows are not touched.
    assert not Result.objects.get(pk=late_found.pk).supplement
    assert Result.objects.get(pk=elsewhere.pk).supplement


def test_a_report_is_withdrawn_only_before_its_deadline(plan, cast, now):
    report = handed_in(plan, cast, now)
    due = report.obligation.due_at
    with pytest.raises(MoveRefused, match="Đã quá hạn nộp"):
        UNIT_REPORT.move(
            report, "withdraw", by=cast.head("ldvl"), now=due + timedelta(microseconds=1), reason="Sót việc."
        )
    UNIT_REPORT.move(fresh(report), "withdraw", by=cast.head("ldvl"), now=due, reason="Sót việc.")
    obligation = Obligation.objects.get(pk=report.obligation_id)
    assert obligation.first_submitted_at is None
    assert obligation.receipts.get().voided_at == due


def test_a_return_keeps_its_reason_counts_and_tells_the_unit(plan, cast, now):
    report = handed_in(plan, cast, now)
    UNIT_REPORT.move(report, "send_back", by=cast.office_staff, now=now, reason=" Bổ sung minh chứng. ")
    stored = fresh(report)
    assert (stored.return_reason, stored.obligation.returns) == ("Bổ sung minh chứng.", 1)
    assert stored.obligation.return_due_at == end_of(usual_day(now.astimezone(VIETNAM).date()))
    told = Notice.objects.filter(title__contains="được trả lại").values_list("recipient__username", flat=True)
    assert set(told) == {"ldvl.soan", "ldvl.truong"}


def test_an_accepted_report_is_stamped_and_its_history_is_complete(plan, cast, now):
    report = handed_in(plan, cast, now)
    UNIT_REPORT.move(report, "take_up", by=cast.office_staff, now=now)
    UNIT_REPORT.move(report, "accept", by=cast.chief, now=now + timedelta(hours=1))
    assert fresh(report).obligation.accepted_at == now + timedelta(hours=1)
    history = Event.objects.about(report).values_list("action", "from_state", "to_state", "actor")
    assert list(history) == [
        ("submit", "drafting", "submitted", "Hồ Quốc Hùng"),
        ("take_up", "submitted", "in_review", "Nguyễn Thị Hoa"),
        ("accept", "in_review", "accepted", "Trần Văn Bình"),
    ]


@pytest.mark.parametrize("until", [None, date(2022, 3, 14)])
def test_reopening_needs_an_end_that_is_not_past(until, plan, cast, now):
    report = report_of(plan, state="locked")
    with pytest.raises(MoveRefused, match="Nhập ngày cuối cùng được sửa, không sớm hơn hôm nay"):
        UNIT_REPORT.move(report, "reopen", by=cast.chief, now=now, reason="Sót việc.", until=until)


def test_a_reopened_report_says_until_when(plan, cast, now):
    report = report_of(plan, state="locked")
    UNIT_REPORT.move(report, "reopen", by=cast.chief, now=now, reason="Sót việc.", until=date(2022, 3, 15))
    assert (fresh(report).state, fresh(report).reopened_until) == ("reopened", date(2022, 3, 15))


def save(report, person, now, seen=None, **words):
    return save_words(report, by=person, now=now, words=words, seen=seen)


def test_the_first_words_start_the_report(plan, cast, now):
    report, editor = report_of(plan, state="open"), cast.editor("ldvl")
    area = area_field(plan.scheme.areas.get(code="procedures").pk, "text")
    saved = save(report, editor, now, highlights="Phát 500 tờ gấp.", **{area: "Tốt."})
    assert (saved.state, saved.highlights, saved.updated_by) == ("drafting", "Phát 500 tờ gấp.", editor)
    assert saved.assessments.get().text == "Tốt."
    save(saved, editor, now, **{area: ""})
    assert not saved.assessments.exists()


def test_an_area_keeps_what_came_of_it_what_fell_short_and_why(plan, cast, now):
    report, area = report_of(plan, state="drafting"), plan.scheme.areas.get(code="procedures").pk
    for name in ("text", "shortcomings", "causes"):
        save(report, cast.editor("ldvl"), now, **{area_field(area, name): f"Ghi {name}."})
    kept = report.assessments.get()
    assert (kept.text, kept.shortcomings, kept.causes) == ("Ghi text.", "Ghi shortcomings.", "Ghi causes.")


def test_two_who_write_different_texts_do_not_meet(plan, cast, now):
    report = report_of(plan, state="drafting", highlights="Cũ.")
    seen = marks(words_of(report))
    save(fresh(report), cast.editor("ldvl"), now, seen, highlights="Phát 500 tờ gấp.", causes="")
    # The head's page still shows the old highlights, which the head left alone.
    saved = save(fresh(report), cast.head("ldvl"), now, seen, highlights="Cũ.", causes="Thiếu người.")
    assert (saved.highlights, saved.causes) == ("Phát 500 tờ gấp.", "Thiếu người.")


def test_of_two_who_write_the_same_text_the_second_is_told_by_whom_and_nothing_is_overwritten(plan, cast, now):
    report = report_of(plan, state="drafting", highlights="Cũ.")
    seen = marks(words_of(report))
    save(fresh(report), cast.editor("ldvl"), now, seen, highlights="Phát 500 tờ gấp.")
    with pytest.raises(WordsConflict, match="lúc 09:00") as told:
        save(fresh(report), cast.head("ldvl"), now, seen, highlights="Khác.", causes="Thiếu người.")
    assert told.value.names == ("highlights",)
    assert (fresh(report).highlights, fresh(report).causes) == ("Phát 500 tờ gấp.", "")
    with pytest.raises(WordsConflict, match="Bạn .ở cửa sổ khác. đã lưu"):
        save(fresh(report), cast.editor("ldvl"), now, seen, highlights="Khác.")


def test_saving_what_stands_there_already_changes_nothing(plan, cast, now):
    report = report_of(plan, state="drafting", highlights="Cũ.")
    assert save(fresh(report), cast.editor("ldvl"), now, highlights="Cũ.").version == report.version


@pytest.mark.parametrize("state", ["head_review", "submitted", "in_review", "accepted", "locked", "exempt"])
def test_a_report_that_is_not_the_units_own_at_the_moment_is_not_written(state, plan, cast, now):
    report = report_of(plan, state=state)
    with pytest.raises(StaleState, match="nên không sửa được"):
        save(report, cast.editor("ldvl"), now, highlights="Khác.")


def test_nobody_outside_the_unit_writes_its_report(plan, cast, now):
    report = report_of(plan, state="drafting")
    for person in (cast.editor("btxh"), cast.office_staff, cast.chief, cast.director):
        with pytest.raises(PermissionDenied):
            save(report, person, now, highlights="Khác.")
