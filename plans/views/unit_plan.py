"""A unit's plan: the list of them, its page as a task list, its texts and lines."""

import uuid
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.forms import CleanModelForm
from accounts.kept import mark_of, tell_saved
from accounts.models import Event
from accounts.page_cache import until_changed
from accounts.workflow import StaleState
from documents.dates import TZ
from documents.numbers import format_number
from plans import perms, presence, printing, remarks
from plans.actions import declare_absence, save_texts
from plans.deadlines.workdays import last_working_moment
from plans.forms.paper import PaperForm
from plans.forms.unit_plan import AbsenceForm, UnitPlanTextsForm, texts_mark
from plans.forms.unit_plan_line import boxes_of
from plans.models import Activity, ContentArea, Holiday, PlanState, UnitPlan
from plans.models import UnitPlanState as State
from plans.papers import is_draft
from plans.snapshots import live_content, unit_plan_snapshot
from plans.units.funds import in_boxes
from plans.units.lines import earlier_plans
from plans.units.unit_plan_list import overview
from plans.workflow import UNIT_PLAN

ELSEWHERE = frozenset(
    {"start", "send_to_head", "submit", "submit_paper", "take_up", "accept", "send_back"}
)  # moves made on pages of their own
RETURN_STANDS = (State.RETURNED, State.DRAFTING, State.HEAD_REVIEW)  # what was asked is not answered yet
LOCKED = {
    State.HEAD_REVIEW: gettext_lazy("Kế hoạch đang chờ trưởng đơn vị nên tạm khóa. Bấm “Lấy lại để sửa” để mở."),
    State.SUBMITTED: gettext_lazy(
        "Kế hoạch đã nộp nên được khóa. Trưởng đơn vị rút lại được khi còn hạn; sau đó Văn phòng Sở trả lại."
    ),
    State.IN_REVIEW: gettext_lazy("Văn phòng Sở đang xem nên kế hoạch được khóa; Văn phòng Sở trả lại thì sửa được."),
    State.ACCEPTED: gettext_lazy("Kế hoạch đã được tiếp nhận. Trưởng đơn vị bấm “Điều chỉnh kế hoạch” khi cần sửa."),
    State.EXEMPT: gettext_lazy("Đơn vị được miễn nộp kế hoạch này."),
    State.TRANSFERRED: gettext_lazy("Kế hoạch đã bàn giao cho đơn vị khác."),
}


def fetch(request: HttpRequest, pk: int) -> UnitPlan:
    """The unit plan, or 404 when this person does not see it."""
    rows = UnitPlan.objects.visible_to(request.user, on=request.today)
    return get_object_or_404(rows.select_related("plan__scheme", "unit", "obligation__duty", "updated_by"), pk=pk)


def place_of_lines(unit_plan_pk: int) -> str:
    """The name for presence of the plan's lines: whoever has any of them open, in the table or on a page of its own."""
    return f"unit-plan:{unit_plan_pk}"


def fetch_to_edit(request: HttpRequest, pk: int) -> UnitPlan:
    """The unit plan for its own people; 403 for others who see it."""
    unit_plan = fetch(request, pk)
    if perms.may_edit_unit_plan(request.user, unit_plan, request.today) is None:
        raise PermissionDenied
    return unit_plan


@until_changed
def unit_plan_list(request: HttpRequest) -> HttpResponse:
    """All units of a year with state and timeliness; a person of one unit goes to its plan at once."""
    rows = UnitPlan.objects.visible_to(request.user, on=request.today).exclude(plan__state=PlanState.RECALLED)
    context = overview(rows, request.GET, now=request.now)
    for row in context["page"]:
        row.may_review = row.waits and perms.reviews_unit(request.user, row, request.today)
    if not request.user.scope(request.today).agency_ids and context["total"] == len(context["page"]) == 1:
        return redirect("unit_plan", context["page"][0].pk)
    return render(request, "plans/unit_plan_list.html", context)


@until_changed
def unit_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The task list of a unit plan: texts, areas with their lines, receipts, history, what may be done next."""
    return show(request, fetch(request, pk))


def show(request: HttpRequest, unit_plan: UnitPlan, *, errors=(), reason: str = "", paper=None) -> HttpResponse:
    """Render the page of a unit plan; `errors`, `reason` and `paper` are those of a move that was refused."""
    obligation, content = unit_plan.obligation, live_content(unit_plan)
    moves = UNIT_PLAN.open_to(request.user, unit_plan, on=request.today)
    names = {move.name for move in moves}
    too_late = {"withdraw"} if request.now > obligation.effective_due_at else set()
    elsewhere = ELSEWHERE | too_late
    context = {
        "unit_plan": unit_plan,
        "year_text": str(content.year),
        "content": content,
        "covered_percent": 100 * content.covered // len(content.areas),
        "covered_text": _("%(done)d/%(all)d nội dung") % {"done": content.covered, "all": len(content.areas)},
        "answered_percent": 100 * content.answered // (len(content.wanted) or 1),
        "answered_text": _("%(done)d/%(all)d yêu cầu của Sở") % {"done": content.answered, "all": len(content.wanted)},
        "duties": [answer for answer in content.answers if not answer.asked.area],
        "has_last_year": bool(earlier_plans(unit_plan)),
        "key": uuid.uuid4(),
        "areas": areas_with_what_is_asked(unit_plan, content),
        "desk": remarks.desk(unit_plan, request.user, request.today).to_read(),
        "editable": unit_plan.is_editable and perms.may_edit_unit_plan(request.user, unit_plan, request.today),
        "may_submit": "submit" in names,
        "may_send_to_head": "send_to_head" in names,
        "may_review": bool(perms.may_open_review(request.user, unit_plan, request.today)),
        "paper": paper or (PaperForm() if "submit_paper" in names else None),
        "locked": LOCKED.get(unit_plan.state),
        "moves": [move for move in moves if move.name not in elsewhere],
        "errors": errors,
        "reason": reason,
        "show_return": unit_plan.return_reason and unit_plan.state in RETURN_STANDS,
        "timeliness": obligation.timeliness(request.now),
        "advice": last_working_moment(obligation.effective_due_at, Holiday.objects.as_rules()),
        "receipts": obligation.receipts.select_related("submitted_by").order_by("-pk"),
        "events": Event.objects.about(unit_plan),
    }  # fmt: skip
    return render(request, "plans/unit_plan_detail.html", context)


def areas_with_what_is_asked(unit_plan: UnitPlan, content) -> list[dict]:
    """Each area of `content` with the parts of the department's plan about it, and what they ask item by item."""
    asked: dict[str, list] = {}
    for section in unit_plan.plan.sections.filter(area__isnull=False).select_related("area"):
        asked.setdefault(section.area.code, []).append(section)
    rows = []
    for area in content.areas:
        answers = [answer for answer in content.answers if answer.asked.area == area.code]
        given = sum(answer.is_given for answer in answers)
        rows.append({
            "content": area, "asked": asked.get(area.code, []), "answers": answers, "given": given,
            "is_open": given < len(answers),
        })  # fmt: skip
    return rows


def unit_plan_texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the general texts; whoever saved in between is not overwritten unseen."""
    unit_plan = fetch_to_edit(request, pk)
    if request.POST.get("act") == "here":
        here = presence.touch(f"unit-plan-texts:{pk}", request.user, now=request.now)
        return JsonResponse({"others": here})
    if request.method != "POST":
        form = UnitPlanTextsForm(instance=unit_plan)
        return go_back(request, unit_plan) or _texts_page(request, unit_plan, form, texts_mark(unit_plan))
    stored, seen = fetch(request, pk), request.POST.get("seen", "")
    form = UnitPlanTextsForm(request.POST, instance=unit_plan)
    quiet = request.POST.get("act") == "autosave"
    if not stored.is_editable:
        return quiet_refusal(LOCKED[stored.state]) if quiet else closed(request, stored, form)
    if not form.is_valid():
        faults = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"faults": faults}, status=422) if quiet else _texts_page(request, stored, form, seen)
    try:
        if seen != texts_mark(stored):
            raise StaleState(_("Có người vừa lưu bản khác của phần này."))
        save_texts(fetch(request, pk), by=request.user, now=request.now, version=stored.version, **form.cleaned_data)
    except StaleState as stale:
        stored = fetch(request, pk)
        if quiet:
            return quiet_refusal(stale)
        if not stored.is_editable:
            return closed(request, stored, form)
        return conflict(request, stored, form, stored, stale, {"seen": texts_mark(stored)})
    if quiet:
        fields = {"seen": texts_mark(fetch(request, pk))}
        return JsonResponse({"at": f"{request.now.astimezone(TZ):%H:%M}", "fields": fields})
    tell_saved(request, _("Đã lưu thông tin chung."))
    return redirect("unit_plan", pk)


def quiet_refusal(why) -> JsonResponse:
    """To autosave.js: not stored, and why."""
    return JsonResponse({"message": str(why), "stored": ""}, status=409)


def _texts_page(request: HttpRequest, unit_plan: UnitPlan, form, seen: str) -> HttpResponse:
    others = presence.others(f"unit-plan-texts:{unit_plan.pk}", request.user, now=request.now)
    context = {
        "unit_plan": unit_plan,
        "form": form,
        "seen": seen,
        "mark": mark_of(request),
        "others": others,
        "desk": remarks.desk(unit_plan, request.user, request.today),
    }
    return render(request, "plans/unit_plan_texts.html", context)


def area_absent(request: HttpRequest, pk: int, area: str) -> HttpResponse:
    """ "Không có" for an area, with its reason."""
    unit_plan = fetch_to_edit(request, pk)
    area = get_object_or_404(ContentArea, scheme=unit_plan.plan.scheme_id, code=area)
    stored = unit_plan.absences.filter(area=area).first()
    form = AbsenceForm(request.POST if request.method == "POST" else None, instance=stored)
    context = {"unit_plan": unit_plan, "area": area, "form": form}
    if request.method != "POST":
        return go_back(request, unit_plan) or render(request, "plans/unit_plan_absence.html", context)
    if not unit_plan.is_editable:
        return closed(request, unit_plan, form)
    if not form.is_valid():
        return render(request, "plans/unit_plan_absence.html", context)
    try:
        declare_absence(unit_plan, area, by=request.user, now=request.now, reason=form.cleaned_data["reason"])
    except StaleState as stale:
        form.add_error(None, str(stale))
        return render(request, "plans/unit_plan_absence.html", context, status=409)
    messages.success(request, _("Đã ghi “không có” cho nội dung %s.") % area)
    return redirect(f"{reverse('unit_plan', args=[pk])}#noi-dung-{area.code}")


@require_POST
def print_unit_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the worker for the document of the plan as it stands and go where it will appear."""
    unit_plan = fetch(request, pk)
    content = [unit_plan_snapshot(unit_plan), unit_plan.obligation.first_submitted_at, is_draft(unit_plan)]
    printout = printing.ask_for(
        "unit_plan", unit_plan, content_key=printing.content_key(content), title=str(unit_plan), unit=unit_plan.unit,
        format=printing.chosen_format(request.POST),
    )  # fmt: skip
    return redirect("printout", printout.pk)


def go_back(request: HttpRequest, unit_plan: UnitPlan) -> HttpResponse | None:
    """Back to the plan with the reason when it is locked; None while it is open."""
    if unit_plan.is_editable:
        return None
    messages.warning(request, LOCKED[unit_plan.state])
    return redirect("unit_plan", unit_plan.pk)


def number(text) -> int:
    """A whole number of a hidden field; anything else is 0, which no row has as its version."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def conflict(request, unit_plan: UnitPlan, typed: CleanModelForm, stored: Model, stale, fresh) -> HttpResponse:
    """Both texts side by side (409): save the typed one over (with the `fresh` version) or keep the stored one.

    Back to the plan when they are the same text after all.
    """
    mine, theirs = _values(typed, typed.cleaned_data), _values(typed, stored)
    rows = [
        {"label": field.label, "typed": said(mine[field.name]), "stored": said(theirs[field.name])}
        for field in typed
        if field.name in mine and field.name in theirs
    ]
    for row in rows:
        row["differs"] = row["typed"] != row["stored"]
    if not any(row["differs"] for row in rows):
        messages.info(request, _("Bản đang lưu giống hệt bản của bạn."))
        return redirect("unit_plan", unit_plan.pk)
    fields = sent(typed) + list(fresh.items())
    context = {"unit_plan": unit_plan, "message": stale, "rows": rows, "fields": fields, "action": request.path}
    return render(request, "plans/conflict.html", context, status=409)


def _values(form: CleanModelForm, of: dict | Model) -> dict:
    """What the boxes of a form hold, by their names: of what was typed (cleaned) or of a stored row."""
    if isinstance(of, dict):
        if "funds" not in form.fields:
            return of
        money, sources = in_boxes(of["money"], of["funds"])
        return of | {"money": money, "funds": sources, "asked": "; ".join(item.code for item in of["asked"])}
    values = {name: getattr(of, name) for name in form.fields if hasattr(of, name)}
    return values | (boxes_of(of, form.catalogue) if isinstance(of, Activity) else {})


def sent(form: CleanModelForm) -> list[tuple[str, object]]:
    """What was typed, box by box, to be sent once more."""
    return [(field.html_name, "" if field.value() is None else field.value()) for field in form]


def closed(request: HttpRequest, unit_plan: UnitPlan, typed: CleanModelForm) -> HttpResponse:
    """The plan was locked while someone typed (409): says why and shows what was typed."""
    rows = [{"label": field.label, "typed": shown(field)} for field in typed]
    context = {"unit_plan": unit_plan, "message": LOCKED[unit_plan.state], "rows": rows}
    return render(request, "plans/conflict_closed.html", context, status=409)


def said(value) -> str:
    """A stored or cleaned value as a person reads it; nothing is ""."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return format_number(value) if isinstance(value, int) else str(value)


def shown(field) -> str:
    """What was typed into a form's field as a person reads it."""
    value = field.value()
    if value in (None, ""):
        return ""
    if hasattr(field.field, "choices"):
        return next((str(label) for key, label in field.field.choices if str(key) == str(value)), "")
    return str(value)
