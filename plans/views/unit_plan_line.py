"""One line of a unit's plan on a page of its own: written, saved by itself, taken out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.kept import mark_of, tell_saved
from accounts.workflow import StaleState
from documents.dates import TZ
from documents.numbers import format_money
from plans import presence, remarks
from plans.actions import remove_activity, save_activity
from plans.forms.unit_plan import ActivityForm
from plans.models import Activity, UnitPlan
from plans.snapshots import line_part
from plans.views.unit_plan import (
    LOCKED,
    closed,
    conflict,
    fetch,
    fetch_to_edit,
    go_back,
    number,
    place_of_lines,
    quiet_refusal,
    sent,
    shown,
)


def activity_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new line, in the area that the address names; once it has saved itself, the page goes on with that line."""
    if made := number(request.POST.get("line")):
        return activity_edit(request, pk, made)
    unit_plan = fetch_to_edit(request, pk)
    if request.POST.get("act") == "here":
        return _here(request, pk)
    area = unit_plan.plan.scheme.areas.filter(code=request.GET.get("area", "")[:40]).first()
    line = Activity(unit_plan=unit_plan)
    data = request.POST if request.method == "POST" else None
    initial = {"area": area, "asked": request.GET.get("yeu-cau", "")[:20]}
    form = ActivityForm(data, instance=line, unit_plan=unit_plan, on=request.today, initial=initial)
    if data is not None:
        return _save(request, unit_plan, form) or _page(request, unit_plan, form)
    return go_back(request, unit_plan) or _page(request, unit_plan, form)


def activity_edit(request: HttpRequest, pk: int, activity_pk: int) -> HttpResponse:
    """Change a line, or the page that offers to take it out."""
    unit_plan = fetch_to_edit(request, pk)
    if request.POST.get("act") == "here":
        return _here(request, pk)
    line = unit_plan.activities.filter(pk=activity_pk).first()
    data = request.POST if request.method == "POST" else None
    if line is None and data is None:
        raise Http404
    form = ActivityForm(data, instance=line or Activity(unit_plan=unit_plan), unit_plan=unit_plan, on=request.today)
    if data is None:
        return go_back(request, unit_plan) or _page(request, unit_plan, form, activity_pk, line.version)
    if line is None and unit_plan.is_editable:
        return _gone(request, unit_plan, form)
    return _save(request, unit_plan, form, activity_pk) or _page(
        request, unit_plan, form, activity_pk, number(data.get("version"))
    )


def _here(request: HttpRequest, pk: int) -> JsonResponse:
    return JsonResponse({"others": presence.touch(place_of_lines(pk), request.user, now=request.now)})


def _page(request, unit_plan, form, activity_pk=None, version=None) -> HttpResponse:
    context = {
        "unit_plan": unit_plan, "form": form, "activity_pk": activity_pk, "version": version, "mark": mark_of(request),
        "sources": [source.short for source in form.catalogue.lists["funds"]],
        "asked": form.catalogue.asked.values(),
        "others": presence.others(place_of_lines(unit_plan.pk), request.user, now=request.now),
        "desk": remarks.desk(unit_plan, request.user, request.today),
        "part": line_part(activity_pk) if activity_pk else "",
    }  # fmt: skip
    return render(request, "plans/unit_plan_activity.html", context)


def _save(request, unit_plan: UnitPlan, form: ActivityForm, activity_pk: int | None = None) -> HttpResponse | None:
    """Store what the form holds and go on; the page of a conflict; or None when the form must be put right."""
    if request.POST.get("act") == "autosave":
        return _save_quietly(request, unit_plan, form)
    if not unit_plan.is_editable:
        return closed(request, unit_plan, form)
    if not form.is_valid():
        return None
    try:
        saved = _store(request, form)
    except StaleState as stale:
        stored = fetch(request, unit_plan.pk)
        if not stored.is_editable:
            return closed(request, stored, form)
        kept = stored.activities.filter(pk=activity_pk).first()
        if kept is None:
            return _gone(request, stored, form)
        return conflict(request, stored, form, kept, stale, {"version": kept.version, "line": kept.pk})
    told = _("Đã lưu “%s”.") % saved.title[:150]
    tell_saved(request, told if saved.money is None else f"{told} {_('Kinh phí:')} {format_money(saved.money)}.")
    if "more" in request.POST:
        return redirect(f"{reverse('activity_add', args=[unit_plan.pk])}?area={saved.area.code}")
    return redirect(f"{reverse('unit_plan', args=[unit_plan.pk])}#noi-dung-{saved.area.code}")


def _store(request: HttpRequest, form: ActivityForm) -> Activity:
    line, seen = form.save(commit=False), number(request.POST.get("version"))
    return save_activity(line, by=request.user, now=request.now, version=seen, funds=form.cleaned_data["funds"])


def _save_quietly(request: HttpRequest, unit_plan: UnitPlan, form: ActivityForm) -> JsonResponse:
    """To autosave.js: what is in order is stored, and the page goes on with the line and version it then has."""
    if not unit_plan.is_editable:
        return quiet_refusal(LOCKED[unit_plan.state])
    if not form.is_valid():
        return JsonResponse({"faults": [str(e) for errors in form.errors.values() for e in errors]}, status=422)
    try:
        saved = _store(request, form)
    except StaleState as stale:
        return quiet_refusal(stale)
    fields = {"line": saved.pk, "version": saved.version}
    return JsonResponse({"at": f"{request.now.astimezone(TZ):%H:%M}", "fields": fields})


@require_POST
def activity_remove(request: HttpRequest, pk: int, activity_pk: int) -> HttpResponse:
    """Take a line out; a line that is gone already is a 404."""
    unit_plan = fetch_to_edit(request, pk)
    line = get_object_or_404(unit_plan.activities.select_related("area"), pk=activity_pk)
    try:
        remove_activity(line, by=request.user, now=request.now)
    except StaleState as stale:
        return render(request, "plans/unit_plan_stale.html", {"unit_plan": unit_plan, "message": stale}, status=409)
    messages.success(request, _("Đã bỏ hoạt động “%s”.") % line.title[:150])
    return redirect(f"{reverse('unit_plan', args=[pk])}#noi-dung-{line.area.code}")


def _gone(request: HttpRequest, unit_plan: UnitPlan, typed: ActivityForm) -> HttpResponse:
    """The line was taken out while someone typed (409): what was typed may be saved as a new line."""
    message = _("Hoạt động này không còn trong kế hoạch: có người đã bỏ nó trong lúc bạn sửa.")
    if request.POST.get("act") == "autosave":
        return quiet_refusal(message)
    context = {
        "unit_plan": unit_plan,
        "message": message,
        "rows": [{"label": field.label, "typed": shown(field)} for field in typed],
        "fields": sent(typed),
        "action": reverse("activity_add", args=[unit_plan.pk]),
    }
    return render(request, "plans/conflict_closed.html", context, status=409)
