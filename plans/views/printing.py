"""Printed documents: asked of the worker, shown when they are there."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST, require_safe

from plans import printing
from plans.models import Plan, Printout
from plans.models.plan import IN_FORCE


@require_POST
def print_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the plan printed as it stands now; the same content is printed once."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user, on=request.today), pk=pk)
    made = printing.ask_for(
        "plan",
        plan,
        content_key=printing.content_key(_content(plan)),
        title=str(plan),
        open_to_all=plan.state in IN_FORCE,
    )
    return redirect("printout", made.pk)


def _content(plan: Plan) -> list:
    """What the printed plan depends on."""
    sections = plan.sections.values_list("level", "label", "mark", "title", "text", "cells")
    recipients = plan.recipients.values_list("name", "purpose")
    return [plan.state in IN_FORCE, plan.version, list(map(list, sections)), list(map(list, recipients))]


@require_safe
def printout(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the printing is, and then the document."""
    made = _visible(request, pk)
    context = {"printout": made, "job": None if made.file else made.job, "origin": _origin(made)}
    return render(request, "plans/printout.html", context)


@require_safe
def printout_file(request: HttpRequest, pk: int) -> FileResponse:
    """The PDF, for whoever may see the printout."""
    made = _visible(request, pk)
    try:
        content = made.file.open("rb")
    except (ValueError, FileNotFoundError):
        raise Http404 from None
    response = FileResponse(content, content_type="application/pdf", filename=f"{made.title}.pdf".replace("/", "-"))
    response["Cache-Control"] = "private, no-cache"
    return response


def _visible(request: HttpRequest, pk: int) -> Printout:
    return get_object_or_404(
        Printout.objects.visible_to(request.user, on=request.today).select_related("job", "agency"), pk=pk
    )


def _origin(made: Printout) -> str:
    """The page of what was printed, when its kind has one."""
    page = printing.PAGES.get(made.kind, "")
    try:
        return page(made.object_id) if callable(page) else reverse(page, args=[made.object_id])
    except NoReverseMatch:
        return ""
