"""Handing a unit plan in: check page, submission, from paper, every other move."""

import uuid
from dataclasses import asdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.forms import KeyField
from accounts.workflow import MoveRefused, StaleState
from plans import perms, rules
from plans.actions import hand_in, send_to_head
from plans.deadlines.workdays import last_working_moment
from plans.forms.cautions import CautionsForm
from plans.forms.paper import PaperForm
from plans.forms.returning import ReturnForm
from plans.handing_in import submit_paper
from plans.models import Holiday, UnitPlan
from plans.models import UnitPlanState as State
from plans.papers import unit_plan_to_hand_in
from plans.snapshots import Content, live_content
from plans.units.cautions import explained
from plans.views.unit_plan import fetch, fetch_to_edit, number, show
from plans.views.unit_plan_review import MOVES as REVIEW_MOVES
from plans.views.unit_plan_review import review_page
from plans.workflow import UNIT_PLAN

DONE = {
    "send_to_head": gettext_lazy("Đã trình trưởng đơn vị."),
    "pull_back": gettext_lazy("Đã lấy lại; kế hoạch mở để sửa."),
    "withdraw": gettext_lazy("Đã rút lại; biên nhận của lần nộp này hết giá trị."),
    "amend": gettext_lazy("Kế hoạch mở để điều chỉnh; bản đã tiếp nhận vẫn có hiệu lực."),
    "exempt": gettext_lazy("Đã miễn nộp cho đơn vị."),
    "transfer": gettext_lazy("Đã ghi bàn giao; đơn vị không còn phải nộp kế hoạch này."),
    "take_up": gettext_lazy("Đã nhận xem xét."),
    "accept": gettext_lazy("Đã tiếp nhận kế hoạch."),
    "send_back": gettext_lazy("Đã trả lại kế hoạch cho đơn vị."),
}


@require_GET
def unit_plan_check(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole plan as it will be handed in, what is missing, and the one button."""
    unit_plan = fetch_to_edit(request, pk)
    if not _next_move(request, unit_plan):
        return redirect("unit_plan", pk)
    return _check_page(request, unit_plan)


def _next_move(request: HttpRequest, unit_plan: UnitPlan) -> str:
    """What the check page leads to for this person: submit (head), send_to_head (editor), or nothing."""
    names = {move.name for move in UNIT_PLAN.open_to(request.user, unit_plan, on=request.today)}
    return next((name for name in ("submit", "send_to_head") if name in names), "")


def _sentences(unit_plan: UnitPlan, data=None, *, content: Content | None = None) -> CautionsForm:
    """The boxes of what stands out in the plan (its `content`), with the sentences that were sent or are stored."""
    return CautionsForm(data, cautions=[asdict(row) for row in explained(unit_plan, content)])


def _check_page(
    request: HttpRequest, unit_plan: UnitPlan, *, form: CautionsForm | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    """`form` holds the sentences as they were typed; what it lacks is told once it was sent."""
    prefetch_related_objects([unit_plan], "plan__scheme__areas")
    obligation, content = unit_plan.obligation, live_content(unit_plan)
    form = form or _sentences(unit_plan, content=content)
    context = {
        "unit_plan": unit_plan,
        "document": unit_plan_to_hand_in(unit_plan, content, by=request.user, on=request.today),
        "form": form,
        "missing": [field for field in form if form.is_bound and not (field.value() or "").strip()],
        "gaps": list(rules.unit_plan_gaps(unit_plan)),
        "problem": problem,
        "next_move": _next_move(request, unit_plan),
        "key": uuid.uuid4(),
        "on_time": request.now <= obligation.effective_due_at,
        "first_time": obligation.first_submitted_at is None,
        "timeliness": obligation.timeliness(request.now),
        "advice": last_working_moment(obligation.effective_due_at, Holiday.objects.as_rules()),
    }
    return render(request, "plans/unit_plan_check.html", context, status=status)


@require_POST
def unit_plan_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the plan in and show the receipt; pressed twice, the same receipt."""
    unit_plan = fetch(request, pk)
    try:
        key = str(KeyField().clean(request.POST.get("key")))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("unit_plan_check", pk)
    unit_plan.version, form = number(request.POST.get("version")), _sentences(unit_plan, request.POST)
    if not form.is_valid():
        return _check_page(request, unit_plan, form=form)
    try:
        receipt = hand_in(unit_plan, by=request.user, now=request.now, key=key, notes=form.notes)
    except MoveRefused:
        return _check_page(request, fetch(request, pk), form=form)
    except StaleState as stale:
        return _stale_submission(request, pk, form, stale)
    return redirect("receipt", receipt.number)


def _stale_submission(request: HttpRequest, pk: int, form: CautionsForm, stale: StaleState) -> HttpResponse:
    """Handed in from another window: its receipt. Changed since it was checked: check it once more (409)."""
    unit_plan = fetch(request, pk)
    if unit_plan.state in (State.SUBMITTED, State.IN_REVIEW, State.ACCEPTED):
        messages.info(request, _("Kế hoạch đã được nộp trước đó; đây là biên nhận của lần nộp ấy."))
        return redirect("receipt", unit_plan.obligation.receipts.latest("pk").number)
    if not _next_move(request, unit_plan):
        return _stale_page(request, unit_plan, stale)
    problem = _("Kế hoạch vừa được sửa sau khi mở trang này nên chưa nộp. Hãy xem lại bản mới dưới đây rồi bấm nộp.")
    return _check_page(request, unit_plan, form=form, problem=problem, status=409)


def _stale_page(request: HttpRequest, unit_plan: UnitPlan, stale: StaleState, reason: str = "") -> HttpResponse:
    context = {"unit_plan": unit_plan, "message": stale, "reason": reason}
    return render(request, "plans/unit_plan_stale.html", context, status=409)


@require_POST
def unit_plan_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what the unit brought on paper and show the receipt; pressed twice, the same receipt."""
    unit_plan = fetch(request, pk)
    if perms.may_submit_paper(request.user, unit_plan, request.today) is None:
        raise PermissionDenied
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, unit_plan, paper=form)
    try:
        receipt = submit_paper(UNIT_PLAN, unit_plan, by=request.user, now=request.now, **form.submission)
    except StaleState as stale:
        return _stale_page(request, fetch(request, pk), stale, form.cleaned_data["reason"])
    return redirect("receipt", receipt.number)


@require_POST
def unit_plan_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Every other move of a unit plan, with its reason."""
    unit_plan, name, reason = fetch(request, pk), request.POST.get("move", ""), request.POST.get("reason", "")
    if name not in DONE:
        raise Http404
    reviewing = name in REVIEW_MOVES
    returning = ReturnForm(request.POST, today=request.today) if name == ReturnForm.move else None
    unit_plan.version = number(request.POST.get("version"))
    form = _sentences(unit_plan, request.POST) if name == "send_to_head" else None
    if form and not form.is_valid():
        return _check_page(request, unit_plan, form=form)
    try:
        if form:
            send_to_head(unit_plan, by=request.user, now=request.now, notes=form.notes)
        else:
            answer = returning.answer if returning else {}
            UNIT_PLAN.move(unit_plan, name, by=request.user, now=request.now, reason=reason, **answer)
    except MoveRefused as refused:
        if form:
            return _check_page(request, fetch(request, pk), form=form)
        page, more = (review_page, {"returning": returning}) if reviewing else (show, {})
        return page(request, fetch(request, pk), errors=refused.messages, reason=reason, **more)
    except StaleState as stale:
        return _stale_page(request, fetch(request, pk), stale, reason)
    messages.success(request, DONE[name])
    return redirect("unit_plan_review" if reviewing else "unit_plan", pk)
