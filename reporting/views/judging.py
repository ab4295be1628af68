"""Progress and likelihood of a period: judged by the Office, read by whoever sees the whole."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Event
from accounts.workflow import StaleState
from reporting import perms
from reporting.judging.judgements import judge, subjects
from reporting.judging.rows import JudgementRows
from reporting.models import Period


@require_http_methods(["GET", "HEAD", "POST"])
def judging(request: HttpRequest, code: str) -> HttpResponse:
    """All areas and indices of the period's plan in one table, each beside what was judged the period before."""
    if not perms.sees_the_whole(request.user, request.today):
        raise PermissionDenied
    period = get_object_or_404(Period.objects.visible_to(request.user, on=request.today), code=code)
    may_judge = perms.may_judge(request.user, period, request.today) is not None
    if request.method == "POST" and not may_judge:
        raise PermissionDenied
    found, stale = subjects(period), ""
    rows = JudgementRows(request.POST if request.method == "POST" else None, stored=found)
    if rows.is_valid():
        try:
            made = judge(period, [{"thing": row.stored.thing, **row.cleaned_data} for row in rows.kept],
                         seen={row.id: row.version for row in rows.kept}, by=request.user, now=request.now)  # fmt: skip
        except StaleState as error:
            rows, stale = JudgementRows(request.POST, stored=subjects(period)), str(error)
            rows.is_valid()
        else:
            messages.success(request, _("Đã ghi đánh giá %d mục.") % len(made) if made else _("Không có gì thay đổi."))
            return redirect("judging", period.code)
    context = {
        "period": period, "subjects": found, "rows": rows, "may_judge": may_judge, "stale": stale,
        "events": Event.objects.about(period).filter(action="judge").visible_to(request.user, on=request.today),
    }  # fmt: skip
    return render(request, "reporting/judging.html", context, status=409 if stale else rows.status)
