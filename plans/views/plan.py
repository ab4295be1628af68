"""The department's plan: its list, the plan as printed, its moves."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Event
from accounts.page_cache import until_changed
from accounts.workflow import MoveRefused, StaleState
from documents.dates import document_date
from plans import perms
from plans.actions import settle_defect
from plans.deadlines.board import sentence
from plans.department.content import content_of_plan
from plans.department.rereading import contradictions
from plans.models import Obligation, ObligationKind, Plan, PlanImport, PlanState
from plans.models.plan import IN_FORCE
from plans.papers import agency_names
from plans.registers import register
from plans.views.plan_versions import PAGES
from plans.views.shown import outline_of_content, structure_of_content
from plans.workflow import PLAN

PAGE = 50
BEFORE_ISSUE = (PlanState.DRAFT, PlanState.OFFICE_REVIEW, PlanState.DIRECTOR_REVIEW, PlanState.APPROVED)


@require_safe
@until_changed
def plan_list(request: HttpRequest) -> HttpResponse:
    """The agency's plans, the newest year first; the Office also sees how many units have handed in."""
    asked = Q(obligations__kind=ObligationKind.UNIT_PLAN, obligations__exempt_from__isnull=True)
    plans = (
        Plan.objects.visible_to(request.user, on=request.today)
        .select_related("agency")
        .annotate(
            asked=Count("obligations", filter=asked),
            handed_in=Count("obligations", filter=asked & Q(obligations__first_submitted_at__isnull=False)),
        )
        .order_by("-year", "-pk")
    )
    context = {
        "page": Paginator(plans, PAGE).get_page(request.GET.get("page")),
        "may_import": perms.agency_to_plan_for(request.user, request.today) is not None,
        "wide": request.user.scope(request.today).agency_ids,
    }
    return render(request, "plans/plan_list.html", context)


@require_safe
@until_changed
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as printed beside its structure, what is left to do, and its history."""
    return _detail(request, _visible(request, pk))


@require_POST
def plan_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One move of the plan's workflow; a refusal comes back with what was typed, a stale page with 409."""
    plan = _visible(request, pk)
    name = request.POST.get("move", "")
    if name in PAGES:
        return redirect(PAGES[name], pk)
    if request.POST.get("version", str(plan.version)) != str(plan.version):
        return _stale(request, plan, _("Có người vừa thay đổi kế hoạch này."))
    reason = request.POST.get("reason", "")
    try:
        PLAN.move(plan, name, by=request.user, now=request.now, reason=reason)
    except MoveRefused as refusal:
        return _detail(request, _visible(request, pk), errors=refusal.messages, reason=reason)
    except StaleState as stale:
        return _stale(request, _visible(request, pk), str(stale))
    messages.success(request, _("Đã thực hiện. Trạng thái hiện nay: %s.") % plan.get_state_display())
    return redirect("plan_detail", pk)


@require_POST
def settle_defects(request: HttpRequest, pk: int, defect_pk: int | None = None) -> HttpResponse:
    """ "Đã xem" for one doubtful place, or for all that are left."""
    plan = _visible(request, pk)
    rows = plan.defects.filter(settled_at__isnull=True).select_related("plan")
    if defect_pk is not None:
        rows = [get_object_or_404(plan.defects.select_related("plan"), pk=defect_pk)]
    try:
        for defect in rows:
            settle_defect(defect, by=request.user, now=request.now)
    except StaleState as stale:
        return _stale(request, plan, str(stale))
    return redirect(f"{reverse('plan_detail', args=[pk])}#diem-can-xem")


def _visible(request: HttpRequest, pk: int) -> Plan:
    plans = Plan.objects.visible_to(request.user, on=request.today)
    related = ("agency__parent", "scheme", "created_by", "issued_by", "amends")
    return get_object_or_404(plans.select_related(*related), pk=pk)


def _stale(request: HttpRequest, plan: Plan, why: str) -> HttpResponse:
    return render(request, "plans/plan_conflict.html", {"plan": plan, "why": why}, status=409)


def _detail(request: HttpRequest, plan: Plan, *, errors=(), reason="") -> HttpResponse:
    user, on = request.user, request.today
    moves = PLAN.open_to(user, plan, on=on)
    defects = list(plan.defects.select_related("settled_by"))
    names, parent_name = agency_names(plan.agency, plan.date or on)
    content = content_of_plan(plan)
    context = {
        "plan": plan,
        "date_text": document_date(plan.date, day=plan.date_day, month=plan.date_month, year=plan.date_year),
        "agency_name": names.name,
        "parent_name": parent_name,
        "outline": outline_of_content(content, {area.code: str(area) for area in plan.scheme.areas.all()}),
        "structure": structure_of_content(content),
        "moves": [move for move in moves if move.name not in PAGES and (move.name != "close" or plan.year < on.year)],
        "pages": [(move.label, reverse(PAGES[move.name], args=[plan.pk])) for move in moves if move.name in PAGES],
        "entry": register.entry_of(register.PLAN, plan.pk),
        "amendment": plan.amendments.exclude(state__in=(PlanState.APPLIED, PlanState.CANCELLED)).first(),
        "errors": errors,
        "reason": reason,
        "key": uuid.uuid4(),
        "defects": defects,
        "defects_left": sum(defect.settled_at is None for defect in defects),
        "may_settle": plan.state == PlanState.DRAFT and perms.may_draft_plan(user, plan, on) is not None,
        # What was settled stands with each doubtful place.
        "events": Event.objects.about(plan).visible_to(user, on=on).exclude(action="settle_defect"),
        "wide": plan.agency_id in user.scope(on).agency_ids,
        "progress": _progress(request, plan),
        "contradictions": contradictions(content) if plan.state in BEFORE_ISSUE else (),
        "source": PlanImport.objects.visible_to(user, on=on).filter(plan=plan).only("name", "created_at").first(),
    }
    return render(request, "plans/plan_detail.html", context)


def _progress(request: HttpRequest, plan: Plan) -> str:
    """ "9/14 đơn vị đã nộp kế hoạch; 2 muộn; 5 chưa nộp" of the units this person sees."""
    if plan.state not in IN_FORCE:
        return ""
    rows = Obligation.objects.visible_to(request.user, on=request.today)
    return sentence(list(rows.filter(plan=plan, kind=ObligationKind.UNIT_PLAN)), _("kế hoạch"), request.now)
