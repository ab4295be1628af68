"""Editor → head → Office: the moves that everything handed in against an obligation shares.

Unit plans and unit reports differ only in their states' names beyond these, their rules of
completeness and what is frozen; both take their moves from `handing_in_moves`.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, Unit, User
from accounts.notices import holders, notify
from accounts.templatetags.portal import deadline
from accounts.workflow import Context, Move, StaleState, Workflow
from documents.uploads import CheckedFile
from documents.vietnamese import is_blank
from plans import remarks
from plans.deadlines.periods import end_of
from plans.deadlines.returning import usual_day, wrong_day
from plans.models import Holiday, Obligation, Receipt
from plans.perms import may_exempt, may_submit_paper
from plans.receipts import Paper, issue_receipt, void_receipt
from plans.scans import kept_scan


def submit(workflow: Workflow, obj, *, by: User, now: datetime, key: str) -> Receipt:
    """Hand `obj` in and give the receipt; the same `key` again gives the same receipt and does nothing.

    Late is never refused. Raises PermissionDenied, MoveRefused or StaleState.
    """
    return _once(workflow, obj, "submit", by=by, now=now, key=key)


def submit_paper(
    workflow: Workflow, obj, *, by: User, now: datetime, key: str, reason: str, scan: CheckedFile
) -> Receipt:
    """Enter for the unit what it brought on paper: `scan` is the paper, `reason` its number, day and bearer.

    The stamp is the time of entry. One `key`, one receipt, as for `submit`; raises the same, and then
    the scan is not kept.
    """
    with kept_scan(scan) as kept:
        return _once(workflow, obj, "submit_paper", by=by, now=now, key=key, reason=reason, scan=kept)


def _once(workflow: Workflow, obj, move: str, *, by: User, now: datetime, key: str, **data) -> Receipt:
    if earlier := _receipt_of(obj, key):
        return earlier
    if Receipt.objects.filter(key=key).exclude(obligation=obj.obligation_id).exists():
        raise StaleState(_("Mã gửi này đã dùng cho văn bản khác. Hãy mở lại trang kiểm tra rồi nộp."))
    try:
        workflow.move(obj, move, by=by, now=now, key=key, **data)
    except StaleState:
        # The first of two clicks may have won in the meantime.
        if earlier := _receipt_of(obj, key):
            return earlier
        raise
    return _receipt_of(obj, key)


def _receipt_of(obj, key: str) -> Receipt | None:
    return Receipt.objects.filter(key=key, obligation=obj.obligation_id).first()


def handing_in_moves(
    states,
    *,
    page: str,
    to_head: Callable,
    edit: Callable,
    submit: Callable,
    review: Callable,
    complete: Callable,
    snapshot: Callable[[object], dict],
    submit_from: tuple[str, ...],
    paper_from: tuple[str, ...],
    paper_guard: Callable[[object, Context], Iterable[str]] | None = None,
    paper_stamps: Callable[[object, Context], dict] | None = None,
    on_submit: Callable[[object, Context], None] | None = None,
    on_reopen: Callable[[object, Context], None] | None = None,
) -> tuple[Move, ...]:
    """The shared rows of a transitions table. `page` is the url name of the object's page;
    `on_submit` and `on_reopen` are what else a kind does when it is handed in or given back;
    `paper_guard` and `paper_stamps` what else it asks and writes of what came on paper."""

    def submitted(obj, context: Context, paper: Paper | None = None) -> None:
        # Whoever records a result holds the unit's row too: none slips in between the snapshot and the closing.
        Unit.objects.select_for_update().get(pk=obj.unit_id)
        Obligation.objects.filter(pk=obj.obligation_id).update(return_due_at=None)
        receipt = issue_receipt(
            obj.obligation, by=context.by, now=context.now, key=context.data["key"], snapshot=snapshot(obj),
            post=context.post, paper=paper,
        )  # fmt: skip
        if on_submit:
            on_submit(obj, context)
        _tell(obj, context, page, _reviewers(obj, context), _("%(what)s đã nộp (biên nhận %(more)s)"), receipt.number)

    def submitted_on_paper(obj, context: Context) -> None:
        scan = context.data["scan"]
        submitted(obj, context, Paper(obj.unit.name, scan.path, scan.name, context.reason))
        _tell(obj, context, page, _unit_people(obj, context), _("%(what)s: Văn phòng Sở đã nhập thay từ bản giấy"))

    def paper_gaps(obj, context: Context):
        if not context.data.get("scan"):
            yield _("Chọn tệp bản quét của bản giấy.")
        if paper_guard:
            yield from paper_guard(obj, context)

    def withdrawn(obj, context: Context) -> None:
        void_receipt(obj.obligation, now=context.now)
        if on_reopen:
            on_reopen(obj, context)

    def sent_back(obj, context: Context) -> None:
        due = end_of(_day_back(context))
        Obligation.objects.filter(pk=obj.obligation_id).update(
            returns=F("returns") + 1, returned_at=context.now, return_due_at=due
        )
        remarks.give(obj, now=context.now)
        if on_reopen:
            on_reopen(obj, context)
        _tell(
            obj, context, page, _unit_people(obj, context), _("%(what)s được trả lại: %(more)s"), obj.return_reason,
            body="\n".join(filter(None, (context.reason, _g("Nộp lại chậm nhất: %s.") % deadline(due)))), due_at=due,
        )  # fmt: skip

    def accepted(obj, context: Context) -> None:
        Obligation.objects.filter(pk=obj.obligation_id).update(accepted_at=context.now)
        remarks.give(obj, now=context.now)
        remarks.settle_all(obj, by=context.by, now=context.now)
        _tell(obj, context, page, _unit_people(obj, context), _("%(what)s đã được tiếp nhận"))

    def asked_head(obj, context: Context) -> None:
        heads = holders(Role.UNIT_HEAD, agency_id=obj.agency_id, unit_id=obj.unit_id, on=context.now.date())
        _tell(obj, context, page, heads, _("%(what)s chờ trưởng đơn vị xem và nộp"))

    s = states
    drafts = tuple(state for state in (s.DRAFTING, s.RETURNED) if state in submit_from)
    return (
        Move(
            "send_to_head", _("Trình trưởng đơn vị"), drafts, s.HEAD_REVIEW, to_head, guard=complete, effect=asked_head
        ),
        Move("submit", _("Nộp Văn phòng Sở"), submit_from, s.SUBMITTED, submit, guard=complete, effect=submitted),
        Move(
            "submit_paper", _("Nhập thay từ bản giấy"), paper_from, s.SUBMITTED, may_submit_paper, guard=paper_gaps,
            stamps=paper_stamps, effect=submitted_on_paper, needs_reason=True,
            on_behalf_of=lambda obj: obj.unit.name,
        ),
        Move("pull_back", _("Lấy lại để sửa"), (s.HEAD_REVIEW,), s.DRAFTING, edit),
        Move(
            "withdraw", _("Rút lại"), (s.SUBMITTED,), s.DRAFTING, submit, guard=before_the_deadline, effect=withdrawn,
            needs_reason=True,
        ),
        Move("take_up", _("Bắt đầu xem xét"), (s.SUBMITTED,), s.IN_REVIEW, review),
        Move("accept", _("Tiếp nhận"), (s.SUBMITTED, s.IN_REVIEW), s.ACCEPTED, review, effect=accepted),
        Move(
            "send_back", _("Trả lại"), (s.SUBMITTED, s.IN_REVIEW), s.RETURNED, review, effect=sent_back,
            guard=_says_why_and_when, stamps=lambda obj, context: {"return_reason": _return_reason(obj, context)},
            asks=_("Lý do chung (không bắt buộc khi đã ghi ý kiến tại từng phần)"),
        ),
    )  # fmt: skip


def exemption(sources: tuple[str, ...], target: str) -> Move:
    """The chief of office exempts a unit: from that day the obligation leaves the denominator."""
    return _leaving("exempt", _("Miễn"), sources, target, refusal=_("Đơn vị đã nộp nên không miễn được."))


def transfer(sources: tuple[str, ...], target: str) -> Move:
    """The chief of office hands a unit's duty over to another: for this unit as if it were exempt from that day."""
    return _leaving(
        "transfer", _("Bàn giao"), sources, target, refusal=_("Đơn vị đã nộp nên không bàn giao được."),
        prefix=_("Bàn giao: "), asks=_("Bàn giao cho đơn vị nào, theo văn bản nào (người nhận sẽ đọc)"),
    )  # fmt: skip


def lapse(sources: tuple[str, ...], target: str) -> Move:
    """The plan no longer asks for it; made by the plan's own move or by the schedule, never by a person alone."""
    return Move("lapse", _("Thôi phải nộp do Kế hoạch của Sở thay đổi"), sources, target, None)


def _leaving(name: str, label, sources: tuple[str, ...], target: str, *, refusal, prefix="", asks="") -> Move:
    def never_handed_in(obj, context: Context):
        if obj.obligation.first_submitted_at:
            yield refusal

    def effect(obj, context: Context) -> None:
        Obligation.objects.filter(pk=obj.obligation_id).update(
            exempt_from=context.now.date(), exempt_reason=f"{prefix}{context.reason}"[:500]
        )

    return Move(
        name, label, sources, target, may_exempt, guard=never_handed_in, effect=effect, needs_reason=True, asks=asks
    )


def before_the_deadline(obj, context: Context):
    """A guard: what was handed in may be withdrawn only while its deadline has not passed."""
    if context.now > obj.obligation.effective_due_at:
        yield _("Đã quá hạn nộp nên không rút lại được; hãy đề nghị Văn phòng Sở trả lại.")


def _day_back(context: Context) -> date:
    """The last day to hand in again: the one the Office gave, or the usual one."""
    return context.data.get("day") or usual_day(context.now.date(), Holiday.objects.as_rules())


def _says_why_and_when(obj, context: Context):
    """A guard: a return has a reason or at least one remark on a part, and a day by which to come back."""
    yield from context.data.get("faults") or wrong_day(_day_back(context), context.now.date())
    if is_blank(context.reason) and not remarks.kept(obj):
        yield _("Nhập lý do, hoặc ghi ý kiến tại ít nhất một phần.")


def _return_reason(obj, context: Context) -> str:
    """What was written, or how many remarks say it."""
    return context.reason or str(_("Có %d ý kiến ghi tại từng phần.")) % remarks.kept(obj)


def _reviewers(obj, context: Context):
    roles = (Role.DIRECTOR,) if obj.unit.is_office else (Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE)
    return holders(*roles, agency_id=obj.agency_id, on=context.now.date())


def _unit_people(obj, context: Context):
    return holders(
        Role.UNIT_EDITOR, Role.UNIT_HEAD, agency_id=obj.agency_id, unit_id=obj.unit_id, on=context.now.date()
    )


def _tell(obj, context: Context, page: str, people, title, more: str = "", **notice) -> None:
    notify(
        people,
        key=f"{obj._meta.label_lower}:{obj.pk}:{obj.version}",
        title=str(title) % {"what": obj, "more": more},
        now=context.now,
        url=reverse(page, args=[obj.pk]),
        **{"body": context.reason} | notice,
    )
