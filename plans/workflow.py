"""The moves of the department's plan and of a unit plan: states, who, guards, effects.

What a move needs beside its reason is given to `move()` by name: `number` and `on` for issuing, with `signed`
(plans.registers.signed_files.SignedFile) and `unread` (whoever issues has compared a scan without text) when there is a
signed file; `basis` for amending; `document` (number, date) for recalling; `key` for handing in, `scan`
(plans.scans.Scan) for what came on paper.
"""

from dataclasses import asdict

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.notices import holders, notify
from accounts.workflow import Context, Move, Workflow
from plans import perms, rules
from plans.department import amending, versions
from plans.department.issuing import create_obligations
from plans.handing_in import exemption, handing_in_moves, lapse, transfer
from plans.models import Plan, PlanState, UnitPlan, UnitPlanState, VersionKind
from plans.registers import register
from plans.snapshots import unit_plan_snapshot
from plans.units import cautions

P, U = PlanState, UnitPlanState


def _plan_gaps(plan: Plan, context: Context):
    return rules.plan_gaps(plan)


def _issue_gaps(plan: Plan, context: Context):
    register.hold(plan.agency_id)
    yield from rules.issue_gaps(plan, number=context.data["number"], on=context.data["on"])
    if not versions.is_as_approved(plan):
        yield _("Nội dung không còn đúng bản đã duyệt. Đưa kế hoạch về duyệt lại rồi ban hành.")
    if signed := context.data.get("signed"):
        yield from rules.signed_file_gaps(signed.comparison, unread=context.data.get("unread", False))


def _amendment_gaps(plan: Plan, context: Context):
    yield from _issue_gaps(plan, context)
    yield from amending.amending_gaps(plan, now=context.now)


def _no_open_amendment(plan: Plan, context: Context):
    if plan.amendments.exclude(state__in=(P.APPLIED, P.CANCELLED)).exists():
        yield _("Kế hoạch đang có bản điều chỉnh chưa ban hành; ban hành hoặc hủy bản đó trước.")


def _recall_gaps(plan: Plan, context: Context):
    yield from _no_open_amendment(plan, context)
    if not context.data.get("document"):
        yield _("Nhập số, ký hiệu, ngày của văn bản thu hồi.")


def _year_is_over(plan: Plan, context: Context):
    yield from _no_open_amendment(plan, context)
    if (context.now.year, context.now.month, context.now.day) < (plan.year + 1, 1, 31):
        yield _("Kế hoạch kết thúc từ ngày 31/01 năm sau.")


def _tell(*roles: Role, title):
    """An effect that tells the holders of `roles` that a plan waits for them."""

    def effect(plan: Plan, context: Context) -> None:
        notify(
            holders(*roles, agency_id=plan.agency_id, on=context.now.date()),
            key=f"plan:{plan.pk}:{plan.version}",
            title=str(title) % {"plan": plan},
            body=context.reason,
            now=context.now,
            url=reverse("plan_detail", args=[plan.pk]),
        )

    return effect


def _issue_stamps(plan: Plan, context: Context) -> dict:
    on = context.data["on"]
    return {
        "number": register.tidy_number(context.data["number"]),
        "date_day": on.day,
        "date_month": on.month,
        "date_year": on.year,
        "issued_at": context.now,
        "issued_by": context.by,
    }


def _approved(plan: Plan, context: Context) -> None:
    versions.freeze(plan, VersionKind.APPROVED, by=context.by, now=context.now)
    _waits_for_number(plan, context)


def _signed_path(context: Context) -> str:
    signed = context.data.get("signed")
    return signed.path if signed else ""


def _issued(plan: Plan, context: Context) -> None:
    versions.freeze(plan, VersionKind.ISSUED, by=context.by, now=context.now)
    register.enter_plan(plan, object_id=plan.pk, signed_file=_signed_path(context))
    create_obligations(plan, now=context.now)


def _lapse_unit_plans(obligations: list[int], context: Context) -> None:
    rows = UnitPlan.objects.filter(obligation__in=obligations)
    UNIT_PLAN.move_all(rows, "lapse", by=context.by, now=context.now)


def _amended(amendment: Plan, context: Context) -> None:
    ended = amending.carry_out(amendment, by=context.by, now=context.now, signed_file=_signed_path(context))
    _lapse_unit_plans(ended, context)


def _begin_amendment(plan: Plan, context: Context) -> None:
    amending.begin(plan, by=context.by, now=context.now, reason=context.reason, basis=context.data.get("basis", ""))


def _recalled(plan: Plan, context: Context) -> None:
    ended = amending.recall(plan, now=context.now, reason=context.reason, document=context.data["document"])
    _lapse_unit_plans(ended, context)


_waits_for_drafters = _tell(Role.OFFICE_STAFF, title=_("%(plan)s được trả lại"))
_waits_for_number = _tell(
    Role.CLERK, Role.OFFICE_STAFF, title=_("%(plan)s đã duyệt, chờ cấp số và ban hành")
)  # fmt: skip

PLAN = Workflow(
    Move(
        "send_to_office", _("Trình Chánh Văn phòng"), (P.DRAFT,), P.OFFICE_REVIEW, perms.may_send_plan_to_office,
        guard=_plan_gaps, effect=_tell(Role.CHIEF_OF_OFFICE, title=_("%(plan)s chờ Chánh Văn phòng xem")),
    ),
    Move(
        "send_to_director", _("Trình Giám đốc"), (P.OFFICE_REVIEW,), P.DIRECTOR_REVIEW, perms.may_send_plan_up,
        effect=_tell(Role.DIRECTOR, title=_("%(plan)s chờ Giám đốc duyệt")),
    ),
    Move(
        "send_back", _("Trả lại để sửa"), (P.OFFICE_REVIEW,), P.DRAFT, perms.may_send_plan_up,
        effect=_waits_for_drafters, needs_reason=True,
    ),
    Move(
        "approve", _("Duyệt kế hoạch"), (P.DIRECTOR_REVIEW,), P.APPROVED, perms.may_approve_plan,
        effect=_approved,
    ),
    Move(
        "send_back", _("Trả lại để sửa"), (P.DIRECTOR_REVIEW,), P.DRAFT, perms.may_approve_plan,
        effect=_waits_for_drafters, needs_reason=True,
    ),
    Move(
        "reopen", _("Đưa về duyệt lại"), (P.APPROVED,), P.DIRECTOR_REVIEW, perms.may_reopen_plan, needs_reason=True
    ),
    Move(
        "issue", _("Ban hành"), (P.APPROVED,), P.ISSUED, perms.may_issue_plan, guard=_issue_gaps,
        stamps=_issue_stamps, effect=_issued,
    ),
    Move(
        "issue_amendment", _("Ban hành điều chỉnh"), (P.APPROVED,), P.APPLIED, perms.may_issue_amendment,
        guard=_amendment_gaps, stamps=_issue_stamps, effect=_amended,
    ),
    Move(
        "amend", _("Điều chỉnh kế hoạch"), (P.ISSUED,), P.ISSUED, perms.may_send_plan_up, guard=_no_open_amendment,
        effect=_begin_amendment, needs_reason=True,
    ),
    Move(
        "recall", _("Thu hồi kế hoạch"), (P.ISSUED,), P.RECALLED, perms.may_recall_plan, guard=_recall_gaps,
        effect=_recalled, needs_reason=True,
    ),
    Move("close", _("Kết thúc kế hoạch"), (P.ISSUED,), P.CLOSED, perms.may_send_plan_up, guard=_year_is_over),
    Move(
        "cancel", _("Hủy bản thảo"), (P.DRAFT, P.OFFICE_REVIEW), P.CANCELLED, perms.may_send_plan_up,
        needs_reason=True,
    ),
)  # fmt: skip


def _unit_plan_gaps(unit_plan: UnitPlan, context: Context):
    yield from (gap.text for gap in rules.unit_plan_gaps(unit_plan))
    yield from cautions.unexplained(unit_plan)


def _unit_plan_frozen(unit_plan: UnitPlan) -> dict:
    return unit_plan_snapshot(unit_plan) | {"cautions": [asdict(row) for row in cautions.explained(unit_plan)]}


UNIT_PLAN = Workflow(
    Move("start", _("Bắt đầu soạn"), (U.NOT_STARTED,), U.DRAFTING, perms.may_edit_unit_plan),
    *handing_in_moves(
        U,
        page="unit_plan",
        edit=perms.may_edit_unit_plan,
        to_head=perms.may_send_to_head,
        submit=perms.may_submit_unit_plan,
        review=perms.may_review_unit_plan,
        complete=_unit_plan_gaps,
        snapshot=_unit_plan_frozen,
        submit_from=(U.DRAFTING, U.HEAD_REVIEW, U.RETURNED, U.AMENDING),
        paper_from=(U.NOT_STARTED, U.DRAFTING, U.HEAD_REVIEW, U.RETURNED),
    ),
    Move("amend", _("Điều chỉnh kế hoạch"), (U.ACCEPTED,), U.AMENDING, perms.may_submit_unit_plan, needs_reason=True),
    exemption((U.NOT_STARTED, U.DRAFTING), U.EXEMPT),
    lapse((U.NOT_STARTED, U.DRAFTING, U.HEAD_REVIEW), U.EXEMPT),
    transfer((U.NOT_STARTED, U.DRAFTING, U.HEAD_REVIEW), U.TRANSFERRED),
)
