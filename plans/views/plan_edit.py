"""The editor of the department plan's draft: its text as a tree, one part open at a time."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.workflow import StaleState
from documents.dates import TZ
from plans import perms, presence, rules
from plans.actions import settle_defect
from plans.department import drafting, editing
from plans.department.content import content_of_plan
from plans.department.drafting import Conflict
from plans.department.editing import CannotEdit
from plans.forms.plan_edit import TABLE, SectionForm
from plans.models import Plan, PlanSection, PlanState

LOCKED = {
    PlanState.OFFICE_REVIEW: gettext_lazy("Kế hoạch đang chờ Chánh Văn phòng nên được khóa; trả lại thì sửa được."),
    PlanState.DIRECTOR_REVIEW: gettext_lazy("Kế hoạch đang chờ Giám đốc nên được khóa; trả lại thì sửa được."),
    PlanState.APPROVED: gettext_lazy(
        "Kế hoạch đã duyệt nên được khóa. Giám đốc hoặc Chánh Văn phòng mở lại thì sửa được."
    ),
    PlanState.ISSUED: gettext_lazy("Kế hoạch đã ban hành, không sửa. Cần thay đổi thì lập bản điều chỉnh."),
    PlanState.CLOSED: gettext_lazy("Kế hoạch đã kết thúc, chỉ xem."),
}
# What a button of the open part does, and how the step is called.
ACTS = {
    "up": (editing.move, (editing.UP,), gettext_lazy("Chuyển %s lên")),
    "down": (editing.move, (editing.DOWN,), gettext_lazy("Chuyển %s xuống")),
    "in": (editing.indent, (), gettext_lazy("Đưa %s vào trong")),
    "out": (editing.outdent, (), gettext_lazy("Đưa %s ra ngoài")),
    "split": (editing.split, (), gettext_lazy("Tách %s")),
    "join": (editing.join, (), gettext_lazy("Ghép %s với mục trên")),
    "delete": (editing.delete, (), gettext_lazy("Xóa %s")),
}
ADDS = {"after": editing.add_after, "below": editing.add_below}
GAP_PAGES = {
    "frame": "plan_edit_frame",
    "areas": "plan_edit_areas",
    "targets": "plan_edit_targets",
    "duties": "plan_edit_duties",
    "recipients": "plan_edit_recipients",
}


def fetch_draft(request: HttpRequest, pk: int) -> Plan:
    """The plan for who may draft it: 404 when it is not seen, 403 without the power."""
    plans = Plan.objects.visible_to(request.user, on=request.today).select_related("agency", "scheme")
    plan = get_object_or_404(plans, pk=pk)
    if perms.may_draft_plan(request.user, plan, request.today) is None:
        raise PermissionDenied
    return plan


def locked(request: HttpRequest, plan: Plan) -> HttpResponse | None:
    """Back to the plan with the reason when it is no draft (any more); None while it is one."""
    if plan.state == PlanState.DRAFT:
        return None
    messages.warning(request, LOCKED.get(plan.state) or _("Kế hoạch ở bước “%s” nên không sửa được.")
                     % plan.get_state_display())  # fmt: skip
    return redirect("plan_detail", plan.pk)


def closed(request: HttpRequest, plan: Plan, rows: list[dict], why) -> HttpResponse:
    """The draft was locked while someone typed (409): why, and what was typed. `rows`: label, typed."""
    plan.refresh_from_db()
    context = {"plan": plan, "message": LOCKED.get(plan.state) or why, "rows": rows}
    return render(request, "plans/plan_edit_closed.html", context, status=409)


def to_part(pk: int, number: int | None) -> str:
    """The editor's address with a part open, at the place where it stands."""
    address = reverse("plan_edit", args=[pk])
    return f"{address}?muc={number}#muc-{number}" if number else address


def common(plan: Plan, content: dict, here: str) -> dict:
    """What every page of the editor shows: the plan, where one is, what is missing and where, the last step."""
    defects = rules.open_defects(plan)
    gaps = rules.content_gaps(content, plan.scheme.areas.all(), defects)
    return {
        "plan": plan,
        "here": here,
        "gaps": [(gap, _gap_address(plan, gap)) for gap in gaps],
        "doubtful": {defect.section_id for defect in defects},
        "last_step": plan.undo_steps.defer("content").select_related("by").first(),
    }


def _gap_address(plan: Plan, gap: rules.PlanGap) -> str:
    if gap.page in GAP_PAGES:
        return reverse(GAP_PAGES[gap.page], args=[plan.pk])
    if gap.section:
        return to_part(plan.pk, gap.section)
    return f"{reverse('plan_detail', args=[plan.pk])}#diem-can-xem"


@require_safe
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as it is printed, with what is missing beside it; `?muc=` opens one part to be changed."""
    plan = fetch_draft(request, pk)
    return locked(request, plan) or _tree_page(request, plan, _number(request.GET.get("muc")))


def _tree_page(request: HttpRequest, plan: Plan, number: int | None, form: SectionForm | None = None) -> HttpResponse:
    content = content_of_plan(plan)
    rows = content["sections"]
    depths: dict[int, int] = {}
    for row in rows:
        depths[row["id"]] = depths[row["parent"]] + 1 if row["parent"] in depths else 0
        row["depth"], row["is_table"] = min(depths[row["id"]], 5), row["level"] in TABLE
    section = plan.sections.filter(pk=number).first() if number else None
    context = common(plan, content, "plan_edit") | {
        "sections": rows,
        "areas": {area.code: area.letter for area in plan.scheme.areas.all()},
        "opened": section,
        "form": form or (SectionForm(section=section, heads=_heads(rows, section.pk)) if section else None),
        "defects": section.defects.filter(settled_at__isnull=True) if section else (),
        "others": presence.others(place_of(section), request.user, now=request.now) if section else (),
    }
    return render(request, "plans/plan_edit.html", context)


def _heads(rows: list[dict], number: int) -> list[str]:
    """The titles of the columns of the table in which a row stands."""
    heads: list[str] = []
    for row in rows:
        if row["level"] == "header":
            heads = row["cells"]
        if row["id"] == number:
            break
    return heads


def place_of(section: PlanSection) -> str:
    """The part's name for presence."""
    return f"plan-section:{section.pk}"


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None


def plan_edit_section(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Save the words of one part, then do what the button says; answers JSON to autosave.js. Read: the part opened."""
    plan = fetch_draft(request, pk)
    if request.method != "POST":
        get_object_or_404(plan.sections, pk=number)
        return locked(request, plan) or _tree_page(request, plan, number)
    section = plan.sections.filter(pk=number).first()
    if section is None:
        return _gone(request, plan)
    if request.POST.get("act") == "here":
        return JsonResponse({"others": presence.touch(place_of(section), request.user, now=request.now)})
    quiet = request.POST.get("act") == "autosave"
    heads = _heads(list(plan.sections.values("level", "cells", "id")), number) if section.level in TABLE else []
    form = SectionForm(request.POST, section=section, heads=heads)
    if not form.is_valid():
        faults = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"faults": faults}, status=422) if quiet else _tree_page(request, plan, number, form)
    try:
        version = _number(request.POST.get("version")) or 0
        saved = drafting.save_section(plan, number, version=version, by=request.user, now=request.now, **form.words)
    except StaleState as stale:
        return _stale(request, plan, form, stale, quiet)
    if quiet:
        return JsonResponse({"version": saved.version, "at": f"{request.now.astimezone(TZ):%H:%M}"})
    return _act(request, plan, saved, form)


def _act(request: HttpRequest, plan: Plan, section: PlanSection, form: SectionForm) -> HttpResponse:
    """What the pressed button asks beside saving; the part stays open, a new one opens instead."""
    act, acts, opened = request.POST.get("act", ""), {"by": request.user, "now": request.now}, section.pk
    level = form.cleaned_data.get("level") or section.level
    try:
        if level != section.level:
            words = _("Đổi loại của %s")
            drafting.rearrange(plan, editing.set_level, section.pk, level, words=words, **acts)
        if act in ADDS:
            opened = drafting.add_section(plan, ADDS[act], section.pk, **acts).pk
        elif act in ACTS:
            operation, arguments, words = ACTS[act]
            opened = None if act in ("delete", "join") else section.pk
            drafting.rearrange(plan, operation, section.pk, *arguments, words=str(words), **acts)
    except CannotEdit as refusal:
        messages.warning(request, str(refusal))
        opened = section.pk
    except StaleState as stale:
        messages.warning(request, str(stale))
    if act == "delete":
        messages.success(request, _("Đã xóa %s. Bấm “Hoàn tác” để lấy lại.") % drafting.name_of(section))
    return redirect(to_part(plan.pk, opened))


def _stale(request: HttpRequest, plan: Plan, form: SectionForm, stale: StaleState, quiet: bool) -> HttpResponse:
    """Both texts (409), or why the draft is closed; to autosave.js as JSON, which shows them in a banner."""
    stored = getattr(stale, "section", None)
    if quiet:
        told = {"message": str(stale), "stored": drafting.words_of(stored) if stored else ""}
        return JsonResponse(told, status=409)
    words = form.words
    if not isinstance(stale, Conflict) or stored is None:
        typed = "\n".join(filter(None, (words["title"], words["text"], *words["cells"])))
        return closed(request, plan, [{"label": _("Nội dung"), "typed": typed}], str(stale))
    rows = [
        {"label": field.label, "typed": form.cleaned_data[field.name], "stored": stored_words}
        for field, stored_words in _beside(form, stored)
    ]
    fields = [(field.html_name, field.value()) for field in form] + [("version", stored.version)]
    return conflict(request, plan, rows, fields, str(stale), to_part(plan.pk, stored.pk))


def _beside(form: SectionForm, stored: PlanSection):
    """(box, what is stored of it)."""
    for field in form:
        if field.name.startswith("cell_"):
            number = int(field.name.removeprefix("cell_"))
            yield field, stored.cells[number] if number < len(stored.cells) else ""
        elif field.name in ("title", "text"):
            yield field, getattr(stored, field.name)


def conflict(request: HttpRequest, plan: Plan, rows: list[dict], fields, message: str, back: str) -> HttpResponse:
    """Both texts side by side (409): save the typed one over, or keep the stored one. `rows`: label, typed, stored."""
    for row in rows:
        row["differs"] = row["typed"] != row["stored"]
    context = {
        "plan": plan, "message": message, "rows": rows, "fields": fields, "action": request.path, "back": back,
    }  # fmt: skip
    return render(request, "plans/plan_edit_conflict.html", context, status=409)


def _gone(request: HttpRequest, plan: Plan) -> HttpResponse:
    message = _("Mục này không còn trong kế hoạch: có người vừa xóa nó.")
    if request.POST.get("act") in ("here", "autosave"):
        return JsonResponse({"message": message, "stored": ""}, status=409)
    typed = [text for name in request.POST if name in ("title", "text") or name.startswith("cell_")
             for text in request.POST.getlist(name)]  # fmt: skip
    return closed(request, plan, [{"label": _("Nội dung"), "typed": "\n".join(filter(None, typed))}], message)


@require_POST
def plan_edit_act(request: HttpRequest, pk: int) -> HttpResponse:
    """What concerns the draft as a whole: a first part at its end, numbering anew, a doubtful place looked at."""
    plan = fetch_draft(request, pk)
    act, acts = request.POST.get("act", ""), {"by": request.user, "now": request.now}
    opened = _number(request.POST.get("muc"))
    try:
        if act == "add":
            opened = drafting.add_section(plan, editing.add_below, None, **acts).pk
        elif act == "number":
            drafting.number_anew(plan, **acts)
            messages.success(request, _("Đã đánh số lại toàn bộ. Từ nay cổng tự đánh số khi thêm, chuyển, xóa mục."))
        elif act == "settle":
            defects = plan.defects.select_related("plan")
            settle_defect(get_object_or_404(defects, pk=_number(request.POST.get("defect"))), **acts)
    except StaleState as stale:
        messages.warning(request, str(stale))
        return redirect("plan_detail", pk)
    return redirect(to_part(pk, opened))


@require_POST
def plan_edit_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last step back; says whose it was."""
    plan = fetch_draft(request, pk)
    try:
        step = drafting.take_back(plan, _number(request.POST.get("step")) or 0, by=request.user, now=request.now)
    except StaleState as stale:
        messages.warning(request, str(stale))
    else:
        whose = _(" (của %s)") % step.by if step.by_id != request.user.pk else ""
        messages.success(request, _("Đã hoàn tác: %(what)s%(whose)s.") % {"what": step.label, "whose": whose})
    return redirect("plan_edit", pk)
