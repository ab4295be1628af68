"""More time for one unit (gia hạn): asked for by its head, answered by the chief of office, judged by the schedule.

requested → granted / refused; granted → used / expired once the day it gave is over. Only a grant writes
`Obligation.extended_due_at`; the original deadline and the time of the first submission stay what they are,
so that on time against the one and against the other are two facts (domain: reporting-periods, Deadlines).
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import Event, Role, User
from accounts.notices import holders, notify
from accounts.templatetags.portal import deadline
from accounts.workflow import Context, Move, MoveRefused, Workflow
from plans import perms
from plans.deadlines.periods import end_of
from plans.deadlines.workdays import VIETNAM
from plans.models import Extension, ExtensionState, Obligation

S = ExtensionState
# A year's plan ends on 31/12; a report may be asked for later than its plan, never beyond the next year.
LONGEST = timedelta(days=183)


def ask(obligation: Obligation, *, by: User, now: datetime, reason: str, day: date, key: UUID) -> Extension:
    """The unit's head asks for time until the end of `day`; the same `key` gives the same request.

    Raises PermissionDenied, or MoveRefused with what keeps it from being asked for.
    """
    now = now.astimezone(VIETNAM)
    post = perms.may_ask_extension(by, obligation, now.date())
    if post is None:
        raise PermissionDenied
    with transaction.atomic():
        obligation = Obligation.objects.select_for_update().get(pk=obligation.pk)
        if earlier := Extension.objects.filter(key=key, obligation=obligation).first():
            return earlier
        problems = [*_not_needed(obligation), *wrong_day(obligation, day, now)]
        if obligation.extensions.open().exists():
            problems.append(_g("Đơn vị đã có một đề nghị gia hạn đang chờ trả lời."))
        if problems:
            raise MoveRefused(problems)
        extension = Extension.objects.create(
            agency_id=obligation.agency_id, unit_id=obligation.unit_id, obligation=obligation, key=key,
            reason=reason, old_due_at=obligation.effective_due_at, proposed_due_at=end_of(day),
            requested_at=now, requested_by=by,
        )  # fmt: skip
        Event.record(
            extension, at=now, by=by, post=post, action="ask", label=_g("Đề nghị gia hạn đến %s") % f"{day:%d/%m/%Y}",
            agency_id=extension.agency_id, to_state=extension.state, reason=reason,
        )  # fmt: skip
        _tell(extension, perms.extension_answerers(extension, now.date()), _g("%s đề nghị gia hạn") % extension.unit,
              now, extension.obligation.what)  # fmt: skip
    return extension


def wrong_day(obligation: Obligation, day: date | None, now: datetime):
    """What is wrong with an extension until the end of `day`, asked for or granted at `now`."""
    if day is None:
        yield _g("Nhập hạn mới.")
        return
    in_force = obligation.effective_due_at
    if end_of(day) <= in_force:
        yield _g("Hạn mới phải sau hạn đang áp dụng (%s).") % deadline(in_force)
    elif end_of(day) < now and obligation.first_submitted_at is None:
        yield _g("Hạn mới đã qua; chọn một ngày từ hôm nay trở đi.")
    elif end_of(day) > max(in_force, now) + LONGEST:
        yield _g("Gia hạn tối đa sáu tháng. Kiểm tra lại năm của hạn mới.")


def _not_needed(obligation: Obligation):
    if obligation.exempt_from:
        yield _g("Đơn vị được miễn nộp nên không cần gia hạn.")
    elif obligation.first_submitted_at:
        yield _g("Đơn vị đã nộp nên không cần gia hạn.")


def _still_asked(extension: Extension, context: Context):
    """A guard of granting: locks the obligation, so that a submission and the grant see each other.

    Who handed in late while the request lay unanswered may still be granted what was asked in time.
    """
    obligation = extension.obligation = Obligation.objects.select_for_update().get(pk=extension.obligation_id)
    if obligation.exempt_from:
        yield _g("Đơn vị được miễn nộp nên không cần gia hạn.")
    elif obligation.first_submitted_at and obligation.first_submitted_at <= obligation.effective_due_at:
        yield _g("Đơn vị đã nộp đúng hạn nên không cần gia hạn.")
    yield from wrong_day(obligation, context.data.get("day"), context.now)


def _grant_stamps(extension: Extension, context: Context) -> dict:
    return _decision(context) | {"granted_due_at": end_of(context.data["day"])}


def _decision(context: Context) -> dict:
    return {"decided_at": context.now, "decided_by": context.by, "answer": context.reason}


def _granted(extension: Extension, context: Context) -> None:
    Obligation.objects.filter(pk=extension.obligation_id).update(extended_due_at=extension.granted_due_at)
    title = _g("Gia hạn %(what)s: %(until)s") % {
        "what": extension.obligation.what, "until": deadline(extension.granted_due_at)
    }  # fmt: skip
    _tell(extension, _unit_people(extension, context), title, context.now, context.reason)


def _refused(extension: Extension, context: Context) -> None:
    title = _g("Không gia hạn %s") % extension.obligation.what
    _tell(extension, _unit_people(extension, context), title, context.now, context.reason)


def _unit_people(extension: Extension, context: Context):
    return holders(
        Role.UNIT_EDITOR, Role.UNIT_HEAD, agency_id=extension.agency_id, unit_id=extension.unit_id,
        on=context.now.date(),
    )  # fmt: skip


def _tell(extension: Extension, people, title: str, now: datetime, body: str) -> None:
    notify(
        people, key=f"extension:{extension.pk}:{extension.state}", title=title, body=body, now=now,
        url=reverse("extension_detail", args=[extension.pk]), due_at=extension.granted_due_at,
    )  # fmt: skip


EXTENSION = Workflow(
    Move(
        "grant", _("Gia hạn"), (S.REQUESTED,), S.GRANTED, perms.may_answer_extension, guard=_still_asked,
        stamps=_grant_stamps, effect=_granted,
    ),
    Move(
        "refuse", _("Không đồng ý"), (S.REQUESTED,), S.REFUSED, perms.may_answer_extension,
        stamps=lambda extension, context: _decision(context), effect=_refused, needs_reason=True,
        asks=_("Lý do không đồng ý (đơn vị sẽ đọc)"),
    ),
    Move("use", _("Đã nộp trong hạn gia hạn"), (S.GRANTED,), S.USED, None),
    Move("expire", _("Hết thời gian gia hạn"), (S.GRANTED,), S.EXPIRED, None),
    Move("lapse", _("Không còn cần gia hạn"), (S.REQUESTED,), S.EXPIRED, None),
)  # fmt: skip


def judge(now: datetime) -> None:
    """One look of the sweep: what became of the extensions whose day is over, and of requests nobody needs any more.

    An extension is judged after its own day, when nothing can be withdrawn any more: used when the
    unit had handed in by then, expired when not. Four statements at most, safe to repeat.
    """
    over = Extension.objects.filter(state=S.GRANTED, granted_due_at__lt=now)
    in_time = Q(obligation__first_submitted_at__lte=F("granted_due_at"))
    moot = Q(obligation__exempt_from__isnull=False) | Q(
        obligation__first_submitted_at__lte=F("obligation__effective_due_at")
    )
    for rows, name in (
        (over.filter(in_time), "use"),
        (over.exclude(in_time), "expire"),
        (Extension.objects.open().filter(moot), "lapse"),
    ):
        if rows.exists():
            with transaction.atomic():
                EXTENSION.move_all(rows, name, by=None, now=now)
