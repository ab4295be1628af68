"""One result: recorded, shown, changed, removed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Event
from accounts.workflow import MoveRefused, StaleState
from plans.models import Activity
from propaganda import actions, perms, planned
from propaganda.forms import ChangedResultForm, EvidenceForm, NewResultForm, initial_of, initial_of_activity
from propaganda.models import Result

SHOW = "show"


@require_http_methods(["GET", "HEAD", "POST"])
def result_add(request: HttpRequest) -> HttpResponse:
    """Record a result; `?activity=` fills in everything the plan already says."""
    units = perms.units_to_record_for(request.user, request.today)
    if not units:
        raise PermissionDenied
    activities = planned.to_record_for(units, request.today)
    activity = _asked_for(activities, request.GET.get("activity", ""))
    sent, initial = _sent(request, initial_of_activity(activity, request.today))
    form = NewResultForm(
        sent, request.FILES or None, units=units, activities=activities, today=request.today, planned=activity,
        initial=initial,
    )  # fmt: skip
    if sent and form.is_valid():
        try:
            result = actions.record_result(
                unit=form.unit, by=request.user, now=request.now, key=str(form.cleaned_data["key"]),
                evidence=form.cleaned_data["evidence"], **form.values(),
            )  # fmt: skip
        except MoveRefused as refusal:
            form.add_error(None, refusal.messages)
        else:
            _say_recorded(request, result)
            return redirect("result_detail", result.pk)
    context = {"form": form, "activity": activity, "files_lost": request.method == "POST" and bool(request.FILES)}
    return render(request, "propaganda/result_add.html", context)


@require_safe
def result_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One result with its proof and its history."""
    return show_result(request, visible_result(request, pk))


def show_result(request: HttpRequest, result: Result, *, status: int = 200, **more) -> HttpResponse:
    """The page of a result; `more` carries forms that were refused."""
    may_record = perms.may_record(request.user, result.unit, request.today)
    closed = actions.is_closed(result)
    context = {
        "result": result,
        "evidence": list(result.evidence.order_by("pk")),
        "quantities": list(result.quantities.select_related("indicator").order_by("indicator__position")),
        "history": [{"event": event, "changes": _changes(event)} for event in Event.objects.about(result)],
        "may_record": may_record,
        "may_change": may_record and not closed,
        "closed": closed,
        "form": EvidenceForm(),
    }
    return render(request, "propaganda/result_detail.html", context | more, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def result_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a result; a conflict shows both texts and loses none."""
    result = visible_result(request, pk)
    if not perms.may_record(request.user, result.unit, request.today):
        raise PermissionDenied
    activities = planned.to_record_for([result.unit], request.today) | planned.accepted(
        Activity.objects.filter(pk=result.activity_id)
    )
    sent, initial = _sent(request, initial_of(result))
    form = ChangedResultForm(
        sent, units=[result.unit], activities=activities, today=request.today, initial=initial, stored=result
    )
    conflict = None
    if sent and form.is_valid():
        try:
            actions.change_result(
                result, by=request.user, now=request.now, version=form.cleaned_data["version"], **form.values()
            )
        except MoveRefused as refusal:
            form.add_error(None, refusal.messages)
        except actions.ResultConflict as error:
            conflict = _both_texts(form, error)
        except StaleState as error:
            return gone(request, error)
        else:
            messages.success(request, _("Đã lưu thay đổi."))
            return redirect("result_detail", result.pk)
    context = {"form": form, "result": result, "conflict": conflict, "closed": actions.is_closed(result)}
    return render(request, "propaganda/result_edit.html", context, status=409 if conflict else 200)


@require_POST
def result_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a result away, with a reason."""
    result, reason = visible_result(request, pk), request.POST.get("reason", "")
    try:
        actions.remove_result(result, by=request.user, now=request.now, reason=reason)
    except MoveRefused as refusal:
        return show_result(request, result, remove_errors=refusal.messages, reason=reason)
    except StaleState as error:
        return gone(request, error)
    messages.success(request, _("Đã xóa kết quả “%s”.") % result.title)
    return redirect("result_list")


def gone(request: HttpRequest, error: StaleState) -> HttpResponse:
    """Someone removed the result meanwhile: say so, on the list."""
    messages.warning(request, str(error))
    return redirect("result_list")


def visible_result(request: HttpRequest, pk: int) -> Result:
    """The result, or 404 for whoever may not see it."""
    results = Result.objects.visible_to(request.user, on=request.today).select_related(
        "unit", "area", "channel", "audience", "recorded_by", "activity__area", "activity__unit_plan__plan"
    )
    return get_object_or_404(results, pk=pk)


def _sent(request: HttpRequest, initial: dict) -> tuple[QueryDict | None, dict]:
    """What was sent to be stored, and what the boxes begin with.

    The button that shows the boxes of a channel (SHOW) sends the form to be drawn anew, not to be judged.
    """
    if request.method != "POST" or SHOW not in request.POST:
        return request.POST or None, initial
    return None, initial | request.POST.dict()


def _asked_for(activities, asked: str) -> Activity | None:
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    return activities.filter(pk=int(asked)).first()


def _say_recorded(request: HttpRequest, result: Result) -> None:
    """Say back what was recorded, figures included, so that a thousandfold slip is seen at once."""
    rows = result.quantities.select_related("indicator").order_by("indicator__position")
    figures = ", ".join(str(row) for row in rows)
    messages.success(request, _("Đã ghi nhận “%s”") % result.title + (f": {figures}." if figures else "."))
    if result.supplement:
        messages.warning(
            request,
            _("Kỳ này đơn vị đã nộp báo cáo: kết quả được giữ lại, đánh dấu bổ sung và tính vào số lũy kế."),
        )


def _changes(event: Event) -> list[tuple[str, str, str]]:
    """Label, before, after of what an event changed; nothing for the first recording."""
    before, after = event.data.get("before", {}), event.data.get("after", {})
    if event.action != "change":
        return []
    labels = dict.fromkeys([*before, *after])
    return [(label, before.get(label, ""), after.get(label, "")) for label in labels
            if before.get(label, "") != after.get(label, "")]  # fmt: skip


def _both_texts(form: ChangedResultForm, error: actions.ResultConflict) -> list[tuple[str, str, str]]:
    """Label, what is stored, what was typed; the form now carries the stored version, so saving is a decision."""
    form.data = form.data.copy()
    form.data["version"] = str(error.stored.version)
    stored, typed = actions.as_text(error.stored), actions.values_as_text(error.typed, error.quantities)
    labels = dict.fromkeys([*stored, *typed])
    return [(label, stored.get(label, ""), typed.get(label, "")) for label in labels
            if stored.get(label, "") != typed.get(label, "")]  # fmt: skip
