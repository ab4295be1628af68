"""A plan on its way in: sent, read by the worker, looked through, stored as a draft or given up."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Event
from accounts.serving import file_response
from accounts.workflow import StaleState
from plans import perms
from plans.department.corrections import index_of, printed, put_back
from plans.department.importing import CannotImport, live_plans, scheme_of
from plans.department.reading_in import TYPES, begin_import, correct, drop_import, store_import
from plans.forms.plan_import import PlanSourceForm
from plans.models import AreaScheme, ImportState, PlanImport
from plans.views.import_shown import DOUBTS, ImportPage

OPEN_SHOWN = 50
EVENTS_SHOWN = 20
HEAVY = ("content", "source_text")


def plan_import(request: HttpRequest) -> HttpResponse:
    """Send a plan to be read, as a file or as text; beneath, what has been begun and not finished."""
    agency = perms.agency_to_plan_for(request.user, request.today)
    if agency is None:
        raise PermissionDenied
    form = PlanSourceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        row = begin_import(agency=agency, by=request.user, now=request.now, **form.cleaned_data)
        return redirect("plan_import_detail", row.pk)
    rows = PlanImport.objects.visible_to(request.user, on=request.today).filter(agency=agency).open()
    context = {"form": form, "rows": rows.select_related("created_by").defer(*HEAVY)[:OPEN_SHOWN]}
    return render(request, "plans/plan_import.html", context)


def fetch(request: HttpRequest, pk: int) -> PlanImport:
    """The import for who may work on it; 404 for who does not see it, 403 for others."""
    rows = PlanImport.objects.visible_to(request.user, on=request.today)
    rows = rows.select_related("job", "agency", "created_by", "plan").defer("source_text", "plan__source_text")
    row = get_object_or_404(rows, pk=pk)
    if perms.may_work_on_import(request.user, row, request.today) is None:
        raise PermissionDenied
    return row


@require_safe
def plan_import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the reading is; then the document beside what was read from it."""
    return show(request, fetch(request, pk))


def show(request: HttpRequest, row: PlanImport, *, errors=(), taken=None) -> HttpResponse:
    """Render the page of an import in any state; `errors` say why it was not stored, `taken` is the year's plan."""
    context = {
        "row": row,
        "job": row.job if row.state == ImportState.READING else None,
        "errors": errors,
        "taken": taken,
        "events": Event.objects.about(row).order_by("-pk")[:EVENTS_SHOWN],
    }
    if row.state != ImportState.READY:
        return render(request, "plans/plan_import_detail.html", context)
    only = request.GET.get("xem", "")
    areas = areas_of(row)
    context["shown"] = shown = ImportPage(row, dict(areas), request.GET.get("page"), apart=bool(only))
    if only == DOUBTS:
        context["page"] = shown.page_of_doubts(request.GET.get("page"))
        return render(request, "plans/plan_import_doubts.html", context)
    if only:
        lists = {each.slug: each for each in shown.lists}
        if only not in lists:
            raise Http404
        context |= {"list": lists[only], "page": lists[only].page(request.GET.get("page"))}
        return render(request, "plans/plan_import_list.html", context)
    return render(request, "plans/plan_import_review.html", context)


def areas_of(row: PlanImport) -> list[tuple[str, str]]:
    """The content areas (code, name) of the year that was read; of the newest scheme when there is no year."""
    try:
        scheme = scheme_of(row.content["year"]) if row.content.get("year") else None
    except CannotImport:
        scheme = None
    scheme = scheme or AreaScheme.objects.order_by("-starts").first()
    return [(area.code, str(area)) for area in scheme.areas.all()] if scheme else []


@require_safe
def plan_import_file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The source as it came, for who sees the import: its file, or the text that was pasted."""
    row = get_object_or_404(PlanImport.objects.visible_to(request.user, on=request.today).defer("content"), pk=pk)
    if row.file:
        return file_response(row.file, name=row.name, content_type=TYPES.get(row.extension.lstrip("."), ""))
    response = HttpResponse(row.source_text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="van-ban-dan-{row.pk}.txt"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def plan_import_defect(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """ "Bỏ qua": a doubtful place has been looked at and stays as it is. Safe to repeat."""
    row = fetch(request, pk)

    def wave_through(content: dict) -> str:
        defect = content["defects"][number - 1] if 1 <= number <= len(content["defects"]) else None
        if defect is None:
            raise LookupError(number)
        defect["settled"] = True
        return _("Bỏ qua: %s") % defect["text"][:150]

    whole = "?xem=diem-can-xem" if request.POST.get("whole") else ""
    return _change(request, row, wave_through, f"{reverse('plan_import_detail', args=[pk])}{whole}#diem-can-xem")


@require_POST
def plan_import_back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Put back the block of that number, which was taken out of the text."""
    row = fetch(request, pk)

    def back(content: dict) -> str:
        put_back(content, number)
        return _("Đưa lại vào văn bản: %s") % printed(content["sections"][index_of(content, number)])[:150]

    return _change(request, row, back, f"{reverse('plan_import_detail', args=[pk])}#khong-doc")


def _change(request: HttpRequest, row: PlanImport, change, target: str) -> HttpResponse:
    try:
        correct(row, change, by=request.user, now=request.now)
    except LookupError:
        raise Http404 from None
    except StaleState as stale:
        return closed(request, row.pk, stale)
    return redirect(target)


def closed(request: HttpRequest, pk: int, stale: StaleState, rows=()) -> HttpResponse:
    """The import was stored or given up meanwhile (409): says so and shows what was typed."""
    context = {"row": fetch(request, pk), "message": stale, "rows": rows}
    return render(request, "plans/plan_import_closed.html", context, status=409)


@require_POST
def plan_import_store(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Lưu thành bản thảo": the plan begins to be; pressed twice it is one plan."""
    row = fetch(request, pk)
    try:
        plan = store_import(row, by=request.user, now=request.now)
    except StaleState as stale:
        return closed(request, pk, stale)
    except CannotImport as refusal:
        year = row.content.get("year")
        taken = live_plans(row.agency, year).first() if year else None
        return show(request, row, errors=[str(refusal)], taken=taken)
    messages.success(request, _("Đã lưu thành bản thảo. Xem lại từng điểm rồi trình Chánh Văn phòng."))
    return redirect("plan_detail", plan.pk)


def plan_import_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Bỏ bản nhập này", after a question."""
    row = fetch(request, pk)
    if request.method != "POST":
        return render(request, "plans/plan_import_drop.html", {"row": row})
    try:
        drop_import(row, by=request.user, now=request.now)
    except StaleState as stale:
        return closed(request, pk, stale)
    messages.success(request, _("Đã bỏ bản nhập “%s”. Tệp gốc vẫn được giữ.") % row)
    return redirect("plan_import")
