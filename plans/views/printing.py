"""Printed documents: asked of the worker, shown when they are there."""

from collections.abc import Callable

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from plans import printing
from plans.models import Plan, Printout
from plans.models.plan import IN_FORCE
from plans.models.printout import PrintFormat, typed_code
from plans.papers import plan_paper


@require_POST
def print_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the plan printed as it stands now; the same content is printed once."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user, on=request.today), pk=pk)
    made = printing.ask_for(
        "plan",
        plan,
        content_key=printing.content_key(repr(plan_paper(plan.pk, request.today))),
        title=str(plan),
        open_to_all=plan.state in IN_FORCE,
        format=printing.chosen_format(request.POST),
    )
    return redirect("printout", made.pk)


@require_safe
def printout(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the printing is, and then the document."""
    made = _visible(request, pk)
    kind = printing.KINDS.get(made.kind)
    context = {
        "printout": made,
        "job": None if made.file else made.job,
        "origin": kind and _address(kind.page, made),
        "press": kind and _address(kind.press, made),
        "kicker": _("Bản in %s") % made.get_format_display(),
        "other": PrintFormat.DOCX if made.format == PrintFormat.PDF else PrintFormat.PDF,
        "excel": made.format != PrintFormat.XLSX and kind is not None and kind.sheets is not None,
    }
    return render(request, "plans/printout.html", context)


@require_safe
def printout_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file, for whoever may see the printout: a PDF is shown, a Word document saved."""
    made = _visible(request, pk)
    try:
        content = made.file.open("rb")
    except (ValueError, FileNotFoundError):
        raise Http404 from None
    response = FileResponse(
        content,
        as_attachment=made.format != PrintFormat.PDF,
        content_type=made.content_type,
        filename=made.file_name,
    )
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def lookup_search(request: HttpRequest) -> HttpResponse:
    """Where a code from the foot of a printed document is typed; `?ma=` leads to what it is of."""
    typed = request.GET.get("ma", "")
    if code := typed_code(typed):
        return redirect("lookup", code)
    return render(request, "plans/lookup_search.html", {"typed": typed})


@require_safe
def lookup(request: HttpRequest, code: str) -> HttpResponse:
    """What a printed code is of: hash, day and state of the document, for who may see it; 404 for others."""
    rows = Printout.objects.visible_to(request.user, on=request.today)
    made = get_object_or_404(rows, code=typed_code(code) or "-")
    kind = printing.KINDS.get(made.kind)
    context = {
        "printout": made,
        "origin": kind and _address(kind.page, made),
        "about": kind.about(made.object_id) if kind and kind.about else None,
    }
    return render(request, "plans/lookup.html", context)


def _visible(request: HttpRequest, pk: int) -> Printout:
    return get_object_or_404(
        Printout.objects.visible_to(request.user, on=request.today).select_related("job", "agency"), pk=pk
    )


def _address(of: str | Callable[[int], str], made: Printout) -> str:
    """The page of what was printed, or where it is printed; "" when its kind has none."""
    try:
        return of(made.object_id) if callable(of) else reverse(of, args=[made.object_id])
    except NoReverseMatch:
        return ""
