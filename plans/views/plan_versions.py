"""The plan from its approval on: issuing, editions, amending, recalling."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.forms import CleanForm
from accounts.serving import file_response
from accounts.workflow import MoveRefused, StaleState
from documents.dates import document_date
from plans.deadlines.workdays import VIETNAM
from plans.department import versions
from plans.department.amending import consequences
from plans.department.content import content_of_plan
from plans.department.content_differences import content_differences
from plans.department.rereading import contradictions
from plans.forms.issue import AmendForm, IssueForm, RecallForm
from plans.models import Holiday, Plan, PlanVersion, VersionKind
from plans.papers import agency_names
from plans.registers import register
from plans.registers.signed_files import kept_signed
from plans.views.shown import outline_of_content
from plans.workflow import PLAN

# Moves that ask for more than a reason → the page that asks for it.
PAGES = {"issue": "plan_issue", "issue_amendment": "plan_issue", "amend": "plan_amend", "recall": "plan_recall"}


def fetch(request: HttpRequest, pk: int) -> Plan:
    """The plan, or 404 when this person does not see it."""
    plans = Plan.objects.visible_to(request.user, on=request.today)
    return get_object_or_404(plans.select_related("agency__parent", "scheme", "amends"), pk=pk)


def plan_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Number, date and signed file of an approved plan, or of an amendment with what follows from it."""
    plan = fetch(request, pk)
    name = _open_move(request, plan, "issue", "issue_amendment")
    given = {"today": request.today, "warn": partial(issue_warnings, plan, request.today)}
    if request.method != "POST":
        number = register.next_number(plan.agency_id, plan.symbol, request.today.year)
        return _issue_page(request, plan, IssueForm(initial={"number": number, "on": request.today}, **given))
    form = IssueForm(request.POST, request.FILES, **given)
    if not form.is_valid():
        return _issue_page(request, plan, form)
    data = {name: form.cleaned_data.get(name) for name in ("number", "on", "unread")}
    checked = form.cleaned_data["signed"]
    with kept_signed(checked, content_of_plan(plan)) if checked else nullcontext() as signed:
        return _move(request, plan, name, form, _issue_page, signed=signed, **data)


def issue_warnings(plan: Plan, today: date, on: date, number: str) -> Iterator[str]:
    """What to mind about the date and number of a document issued today."""
    if astray := register.order_words(plan.agency_id, plan.symbol, number, on):
        yield astray
    if late := register.late_words(on, today, Holiday.objects.as_rules()):
        yield late
    approved = plan.versions.filter(kind=VersionKind.APPROVED).first()
    if approved and on < approved.at.astimezone(VIETNAM).date():
        yield _("Ngày ban hành trước ngày duyệt (%s).") % f"{approved.at.astimezone(VIETNAM):%d/%m/%Y}"


def _issue_page(request: HttpRequest, plan: Plan, form: IssueForm, errors=()) -> HttpResponse:
    context = {
        "plan": plan,
        "form": form,
        "errors": errors,
        "recipients": plan.recipients.all(),
        "consequences": _grouped(plan, request) if plan.amends_id else None,
    }
    return render(request, "plans/plan_issue.html", context)


def _grouped(amendment: Plan, request: HttpRequest) -> list[tuple[str, list[str]]]:
    """What follows from an amendment: (sentence, names of the units it holds for), in the order found."""
    groups: dict[str, list[str]] = {}
    for row in consequences(amendment, now=request.now):
        groups.setdefault(row.sentence, []).append(row.unit.name)
    return list(groups.items())


def plan_consequences(request: HttpRequest, pk: int) -> HttpResponse:
    """What issuing an amendment today would change for whom; nothing is changed by looking."""
    plan = fetch(request, pk)
    if not plan.amends_id:
        raise Http404
    content = content_of_plan(plan)
    context = {
        "plan": plan,
        "consequences": _grouped(plan, request),
        "changes": content_differences(content_of_plan(plan.amends), content),
        "contradictions": contradictions(content),
    }
    return render(request, "plans/plan_consequences.html", context)


def plan_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an amendment of the plan in force: its reason and the document it stands on."""
    plan = fetch(request, pk)
    _open_move(request, plan, "amend")
    form = AmendForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _amend_page(request, plan, form)
    given = form.cleaned_data
    return _move(request, plan, "amend", form, _amend_page, reason=given["reason"], basis=given["basis"])


def _amend_page(request: HttpRequest, plan: Plan, form: CleanForm, errors=()) -> HttpResponse:
    return render(request, "plans/plan_amend.html", {"plan": plan, "form": form, "errors": errors})


def plan_recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Recall the plan in force, on the document that says so."""
    plan = fetch(request, pk)
    _open_move(request, plan, "recall")
    form = RecallForm(request.POST or None, today=request.today)
    if request.method != "POST" or not form.is_valid():
        return _recall_page(request, plan, form)
    given = form.cleaned_data
    return _move(request, plan, "recall", form, _recall_page, reason=given["reason"], document=form.named)


def _recall_page(request: HttpRequest, plan: Plan, form: CleanForm, errors=()) -> HttpResponse:
    context = {"plan": plan, "form": form, "errors": errors, "open_count": plan.obligations.outstanding().count()}
    return render(request, "plans/plan_recall.html", context)


def _open_move(request: HttpRequest, plan: Plan, *names: str) -> str:
    """Which of these moves this person may make now; 403 when another state would be needed or another person."""
    open_now = {move.name for move in PLAN.open_to(request.user, plan, on=request.today)}
    for name in names:
        if name in open_now:
            return name
    if request.method == "POST" and all(PLAN.find(name, plan.state) is None for name in names):
        return names[-1]  # someone was faster: the move itself answers 409
    raise PermissionDenied


def _move(request: HttpRequest, plan: Plan, name: str, form, page, **data) -> HttpResponse:
    """Make the move; a refusal shows the page again with what was typed, a stale page answers 409."""
    try:
        if request.POST.get("version", str(plan.version)) != str(plan.version):
            raise StaleState(_("Có người vừa thay đổi kế hoạch này."))
        PLAN.move(plan, name, by=request.user, now=request.now, **data)
    except MoveRefused as refusal:
        return page(request, fetch(request, plan.pk), form, refusal.messages)
    except StaleState as stale:
        context = {"plan": fetch(request, plan.pk), "why": str(stale)}
        return render(request, "plans/plan_conflict.html", context, status=409)
    if name == "amend":
        messages.success(request, _("Đã mở bản điều chỉnh. Kế hoạch đang có hiệu lực giữ nguyên đến khi ban hành."))
        return redirect("plan_detail", plan.amendments.latest("pk").pk)
    messages.success(request, _("Đã thực hiện. Trạng thái hiện nay: %s.") % plan.get_state_display())
    return redirect("plan_detail", plan.amends_id or plan.pk)


@require_safe
def plan_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen editions of a plan, the newest first, and the amendments on their way."""
    plan = fetch(request, pk)
    rows = PlanVersion.objects.visible_to(request.user, on=request.today).filter(plan=plan).select_related("by")
    wide = plan.agency_id in request.user.scope(request.today).agency_ids
    context = {
        "plan": plan,
        "versions": rows.defer("content"),
        "amendments": plan.amendments.exclude(state="applied").order_by("-pk") if wide else (),
    }
    return render(request, "plans/plan_versions.html", context)


@require_safe
def plan_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One edition as it was frozen, and what it changed against the one before it."""
    plan = fetch(request, pk)
    seen = PlanVersion.objects.visible_to(request.user, on=request.today).filter(plan=plan).select_related("by")
    version = get_object_or_404(seen, number=number)
    before = seen.filter(number__lt=number).first()
    frame = version.content["frame"]
    day = date(frame["date_year"], frame["date_month"], frame["date_day"]) if frame["date_day"] else None
    names, parent = agency_names(plan.agency, day or version.at.astimezone(VIETNAM).date())
    context = {
        "plan": plan,
        "version": version,
        "before": before,
        "changes": content_differences(before.content, version.content) if before else (),
        "intact": versions.is_intact(version),
        "frame": frame,
        "agency_name": names.name,
        "parent_name": parent,
        "date_text": document_date(day, month=frame["date_month"], year=frame["date_year"]),
        "outline": outline_of_content(version.content, {area.code: str(area) for area in plan.scheme.areas.all()}),
        "recipients": [(row["name"], row["purpose"]) for row in version.content["recipients"]],
    }
    return render(request, "plans/plan_version.html", context)


@require_safe
def plan_signed_file(request: HttpRequest, pk: int) -> FileResponse:
    """The signed PDF of the edition in force, for whoever sees the plan."""
    plan = fetch(request, pk)
    entry = register.entry_of(register.PLAN, plan.pk)
    if entry is None or not entry.signed_file:
        raise Http404
    return file_response(entry.signed_file, name=f"{entry}.pdf".replace("/", "-"), content_type="application/pdf")
