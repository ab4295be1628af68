"""The moves of a unit report and of a roll-up: states, who, guards, what is written with the state, effects.

A roll-up's cut needs `acknowledged` (codes of the missing and late units), issuing `number` and `on`,
reopening a report `until`.
"""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.notices import holders, notify
from accounts.workflow import Context, Move, Workflow
from plans import remarks
from plans.handing_in import exemption, handing_in_moves, lapse, transfer
from plans.models import ClosedWindow, Obligation, ObligationKind, RegisterState
from plans.receipts import sha256
from plans.registers import register
from propaganda.models import Result
from reporting import perms, rules
from reporting.models import RollUp, RollUpState, UnitReport, UnitReportState
from reporting.roll_ups import remark_directives
from reporting.roll_ups.papers import outgoing
from reporting.unit_reports.snapshots import unit_report_snapshot

S, R = UnitReportState, RollUpState
UNDER_WAY = (S.OPEN, S.DRAFTING, S.HEAD_REVIEW)


def _report_gaps(report: UnitReport, context: Context):
    yield from rules.report_gaps(report, on=context.now.date())
    yield from rules.unexplained(report)


def _period_runs(report: UnitReport, context: Context):
    return rules.period_gaps(report, on=context.now.date())


def _no_idle_tick(report: UnitReport, context: Context) -> dict:
    """ "Không phát sinh" ticked in a draft that could not be handed in says nothing beside the paper."""
    return {"nil": False} if report.nil and list(rules.report_gaps(report, on=context.now.date())) else {}


def _close_window(report: UnitReport, context: Context) -> None:
    """From now on the unit's results of these days stand still."""
    ClosedWindow.objects.get_or_create(
        unit_id=report.unit_id,
        starts=report.period.starts,
        ends=report.period.ends,
        defaults={"closed_at": context.now},
    )


def _open_window(report: UnitReport, context: Context) -> None:
    """The report is the unit's again: what came as a supplement in the meantime belongs to it now."""
    days = {"unit_id": report.unit_id, "starts": report.period.starts, "ends": report.period.ends}
    ClosedWindow.objects.filter(**days).delete()
    Result.objects.filter(unit_id=report.unit_id, supplement=True).within(
        report.period.starts, report.period.ends
    ).update(supplement=False)


def _reopening_gaps(report: UnitReport, context: Context):
    until = context.data.get("until")
    if until is None or until < context.now.date():
        yield _("Nhập ngày cuối cùng được sửa, không sớm hơn hôm nay.")


UNIT_REPORT = Workflow(
    Move("start", _("Bắt đầu soạn"), (S.OPEN,), S.DRAFTING, perms.may_edit_report),
    *handing_in_moves(
        S,
        page="unit_report",
        edit=perms.may_edit_report,
        to_head=perms.may_send_report_to_head,
        submit=perms.may_submit_report,
        review=perms.may_review_report,
        complete=_report_gaps,
        snapshot=unit_report_snapshot,
        submit_from=(S.DRAFTING, S.HEAD_REVIEW, S.RETURNED, S.REOPENED),
        paper_from=(S.OPEN, S.DRAFTING, S.HEAD_REVIEW, S.RETURNED),
        paper_guard=_period_runs,
        paper_stamps=_no_idle_tick,
        on_submit=_close_window,
        on_reopen=_open_window,
    ),
    Move("lock", _("Khóa theo bản chốt"), (S.ACCEPTED,), S.LOCKED, None),
    Move("unlock", _("Bỏ khóa"), (S.LOCKED,), S.ACCEPTED, None),
    Move(
        "reopen", _("Mở lại cho đơn vị sửa"), (S.LOCKED, S.ACCEPTED), S.REOPENED, perms.may_reopen_report,
        guard=_reopening_gaps, stamps=lambda report, context: {"reopened_until": context.data["until"]},
        effect=_open_window, needs_reason=True,
    ),
    Move("reopening_over", _("Hết thời gian mở lại"), (S.REOPENED,), S.IN_REVIEW, None, effect=_close_window),
    exemption((S.OPEN, S.DRAFTING), S.EXEMPT),
    lapse(UNDER_WAY, S.EXEMPT),
    Move("ask_again", _("Mở lại theo kế hoạch mới của Sở"), (S.EXEMPT,), S.OPEN, None),
    transfer((S.OPEN, S.DRAFTING, S.HEAD_REVIEW), S.TRANSFERRED),
)  # fmt: skip


def _cut_gaps(roll_up: RollUp, context: Context):
    return rules.cut_gaps(roll_up, acknowledged=context.data.get("acknowledged", frozenset()))


def _cut_stamps(roll_up: RollUp, context: Context) -> dict:
    version = roll_up.versions.first()
    acknowledged = context.data.get("acknowledged", ())
    snapshot = {
        "version": version.number,
        "content": version.content,
        "acknowledged": sorted(unit["code"] for unit in version.content["units"] if unit["code"] in acknowledged),
    }
    return {"snapshot": snapshot, "sha256": sha256(snapshot), "cut_at": context.now, "cut_by": context.by}


def _lock_reports(roll_up: RollUp, context: Context) -> None:
    UNIT_REPORT.move_all(UnitReport.objects.filter(period=roll_up.period), "lock", by=context.by, now=context.now)


def _unlock_reports(roll_up: RollUp, context: Context) -> None:
    """The units' reports stay locked by what was issued when a correction of it is opened again."""
    if roll_up.corrects_id:
        return
    UNIT_REPORT.move_all(UnitReport.objects.filter(period=roll_up.period), "unlock", by=context.by, now=context.now)


def _uncut_stamps(roll_up: RollUp, context: Context) -> dict:
    return {"snapshot": None, "sha256": "", "cut_at": None, "cut_by": None}


def _restored_stamps(roll_up: RollUp, context: Context) -> dict:
    return _uncut_stamps(roll_up, context) | {"approved_at": None, "approved_by": None}


def _obligations(roll_up: RollUp):
    """What the Office owes for the period; a correction is nothing that was owed."""
    if roll_up.corrects_id:
        return Obligation.objects.none()
    return Obligation.objects.filter(
        agency_id=roll_up.agency_id, kind=ObligationKind.ROLL_UP, occasion=roll_up.period.code
    )


def _tell(roll_up: RollUp, context: Context, title, *roles: Role) -> None:
    notify(
        holders(*roles, agency_id=roll_up.agency_id, on=context.now.date()),
        key=f"roll-up:{roll_up.pk}:{roll_up.version}",
        title=str(title) % {"roll_up": roll_up},
        body=context.reason,
        now=context.now,
        url=reverse("roll_up", args=[roll_up.code]),
    )


def _ask_chief(roll_up: RollUp, context: Context) -> None:
    _tell(roll_up, context, _("%(roll_up)s chờ Chánh Văn phòng xem"), Role.CHIEF_OF_OFFICE)


def _ask_director(roll_up: RollUp, context: Context) -> None:
    remark_directives.answer_all(roll_up, context)
    for obligation in _obligations(roll_up):
        obligation.stamp_submission(context.now)
    _tell(roll_up, context, _("%(roll_up)s chờ Giám đốc duyệt"), Role.DIRECTOR)


def _remarks_answered(roll_up: RollUp, context: Context):
    return rules.roll_up_remark_gaps(roll_up)


def _returned_by_director(roll_up: RollUp, context: Context) -> None:
    remark_directives.give_all(roll_up, context, returned=True)
    _returned(roll_up, context)


def _returned(roll_up: RollUp, context: Context) -> None:
    remarks.give(roll_up, now=context.now)
    _tell(roll_up, context, _("%(roll_up)s được trả lại"), Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE)


def _approved(roll_up: RollUp, context: Context) -> None:
    remark_directives.accept_all(roll_up, context)
    remark_directives.give_all(roll_up, context, returned=False)
    remarks.give(roll_up, now=context.now)
    _obligations(roll_up).update(accepted_at=context.now)
    _tell(
        roll_up, context, _("%(roll_up)s đã được duyệt, chờ cấp số"),
        Role.CLERK, Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE,
    )  # fmt: skip


def _issue_gaps(roll_up: RollUp, context: Context):
    register.hold(roll_up.agency_id)
    return rules.roll_up_issue_gaps(roll_up, number=context.data.get("number", ""), on=context.data.get("on"))


def _issue_stamps(roll_up: RollUp, context: Context) -> dict:
    return {"number": register.tidy_number(context.data["number"]), "issued_on": context.data["on"]}


def _registered(roll_up: RollUp, context: Context) -> None:
    head = outgoing(roll_up, roll_up.issued_on)
    register.enter(
        agency_id=roll_up.agency_id,
        series=head.symbol,
        number=roll_up.number,
        signed_on=roll_up.issued_on,
        type=_("Báo cáo"),
        subject=head.subject,
        signer=head.signer_name,
        recipients=head.recipients,
        kind=register.ROLL_UP,
        object_id=roll_up.pk,
    )
    if roll_up.corrects_id:
        _correct(roll_up.corrects, roll_up, context)


def _correct(wrong: RollUp, right: RollUp, context: Context) -> None:
    """The corrected report stays as it was issued, marked with what stands in its place."""
    entry, by_entry = (register.entry_of(register.ROLL_UP, row.pk) for row in (wrong, right))
    if entry:
        register.mark(entry, RegisterState.CORRECTED, by_entry=by_entry, note=right.correction_reason)
    ROLL_UP.move(wrong, "corrected", by=None, now=context.now, reason=right.correction_reason)


def _all_sent(roll_up: RollUp, context: Context):
    return rules.sending_gaps(roll_up)


def _reason_kept(roll_up: RollUp, context: Context) -> dict:
    return {"return_reason": context.reason}


ROLL_UP = Workflow(
    Move(
        "cut", _("Chốt số liệu"), (R.COMPILING,), R.CUT, perms.may_compile,
        guard=_cut_gaps, stamps=_cut_stamps, effect=_lock_reports,
    ),
    Move(
        "uncut", _("Hủy chốt"), (R.CUT,), R.COMPILING, perms.may_send_roll_up_up,
        stamps=_uncut_stamps, effect=_unlock_reports, needs_reason=True,
    ),
    Move(
        "send_to_office", _("Trình Chánh Văn phòng"), (R.CUT,), R.OFFICE_REVIEW, perms.may_send_roll_up_to_office,
        guard=_remarks_answered, effect=_ask_chief,
    ),
    Move(
        "send_to_director", _("Trình Giám đốc"), (R.OFFICE_REVIEW,), R.DIRECTOR_REVIEW, perms.may_send_roll_up_up,
        guard=_remarks_answered, effect=_ask_director,
    ),
    Move(
        "send_back", _("Trả lại"), (R.OFFICE_REVIEW,), R.CUT, perms.may_send_roll_up_up,
        stamps=_reason_kept, effect=_returned, needs_reason=True,
    ),
    Move(
        "approve", _("Duyệt báo cáo"), (R.DIRECTOR_REVIEW,), R.APPROVED, perms.may_approve_roll_up,
        stamps=lambda roll_up, context: {"approved_at": context.now, "approved_by": context.by}, effect=_approved,
    ),
    Move(
        "send_back", _("Trả lại kèm ý kiến"), (R.DIRECTOR_REVIEW,), R.CUT, perms.may_approve_roll_up,
        stamps=_reason_kept, effect=_returned_by_director, needs_reason=True,
    ),
    Move(
        "issue", _("Cấp số, ban hành"), (R.APPROVED,), R.ISSUED, perms.may_issue_roll_up,
        guard=_issue_gaps, stamps=_issue_stamps, effect=_registered,
    ),
    Move("send", _("Ghi nhận đã gửi"), (R.ISSUED,), R.SENT, perms.may_send_roll_up, guard=_all_sent),
    Move("corrected", _("Được đính chính bằng văn bản khác"), (R.ISSUED, R.SENT), R.CORRECTED, None),
    Move(
        "void", _("Hủy báo cáo tổng hợp"), (R.COLLECTING, R.COMPILING, R.CUT, R.OFFICE_REVIEW, R.APPROVED), R.VOID,
        perms.may_send_roll_up_up, effect=_unlock_reports, needs_reason=True,
    ),
    Move(
        "restore", _("Lập lại báo cáo đã hủy"), (R.VOID,), R.COLLECTING, perms.may_send_roll_up_up,
        stamps=_restored_stamps, needs_reason=True,
    ),
)  # fmt: skip
