"""Another day by which what was returned must come back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.workflow import MoveRefused
from plans import perms
from plans.deadlines.return_days import change_return_day
from plans.forms.returning import ReturnDayForm
from plans.models import Obligation


@require_http_methods(["GET", "HEAD", "POST"])
def return_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Who reviews the unit moves the day, with a reason that the unit reads."""
    rows = Obligation.objects.visible_to(request.user, on=request.today).select_related("unit", "plan")
    obligation = get_object_or_404(rows, pk=pk)
    if perms.reviews_unit(request.user, obligation, request.today) is None:
        raise PermissionDenied
    form, errors = ReturnDayForm(request.POST or None, today=request.today), []
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("day", "reason", "key")}
        try:
            made = change_return_day(obligation, by=request.user, now=request.now, **facts)
        except MoveRefused as refusal:
            errors = refusal.messages
            obligation.refresh_from_db()
        else:
            messages.success(request, _("Đã đổi ngày nộp lại và báo cho %s.") % made.obligation.unit)
            return redirect("obligation_detail", pk)
    context = {"obligation": obligation, "form": form, "errors": errors}
    return render(request, "plans/return_day.html", context)
