"""Changing a deadline after the issue: the day and the reason, what follows, the confirmation."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.workflow import MoveRefused
from plans import perms
from plans.deadlines.deadline_changes import change, consequences, in_force, wrong_change
from plans.deadlines.periods import end_of, occasion_label
from plans.forms.deadline import ChangeForm, ConfirmForm
from plans.models import DeadlineChange, Duty, Plan


@require_http_methods(["GET", "HEAD", "POST"])
def deadline_change(request: HttpRequest, pk: int, occasion: str) -> HttpResponse:
    """The chief of office changes the deadline of one occasion; without a confirmation only shows what follows."""
    duty, old = _fetch(request, pk, occasion)
    confirming = request.POST.get("step") == "save"
    form = (ConfirmForm if confirming else ChangeForm)(request.POST or None)
    valid = request.method == "POST" and form.is_valid()
    day = form.cleaned_data.get("day") if request.method == "POST" else None
    due_at = day and end_of(day)
    problems = wrong_change(duty, occasion, due_at, request.now) if due_at and form.cleaned_data.get("reason") else []
    if valid and confirming and not problems:
        try:
            made = change(
                duty, occasion, due_at, by=request.user, now=request.now, reason=form.cleaned_data["reason"],
                key=form.cleaned_data["key"], seen=form.cleaned_data["seen"],
            )  # fmt: skip
        except MoveRefused as refusal:
            return _page(request, duty, occasion, old, form, due_at, refusal.messages, status=409)
        messages.success(request, _("Đã đổi hạn của %d đơn vị và báo cho họ.") % made.moved)
        return redirect("deadline_board")
    return _page(request, duty, occasion, old, form, due_at, problems)


def _fetch(request: HttpRequest, pk: int, occasion: str):
    plans = Plan.objects.visible_to(request.user, on=request.today)
    duty = get_object_or_404(Duty.objects.select_related("plan").filter(plan__in=plans), pk=pk)
    old = in_force(duty, occasion[:20])
    if old is None:
        raise Http404
    if perms.may_change_deadline(request.user, duty.plan, request.today) is None:
        raise PermissionDenied
    return duty, old


def _page(request, duty: Duty, occasion: str, old, form, due_at, problems, status: int = 200) -> HttpResponse:
    shows = bool(due_at and form.cleaned_data.get("reason") and (not problems or status == 409))
    found = consequences(duty, occasion, due_at, now=request.now) if shows else None
    context = {
        "duty": duty,
        "what": f"{duty.get_kind_display()}, {occasion_label(occasion)}",
        "old": old,
        "due_at": due_at,
        "form": form,
        "found": found,
        "errors": problems,
        "earlier": DeadlineChange.objects.filter(duty=duty, occasion=occasion).select_related("by"),
    }
    return render(request, "plans/deadline_change.html", context, status=status)
