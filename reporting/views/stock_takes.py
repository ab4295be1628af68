"""Bản giao ban: what the Director saw on a date, taken, listed, opened, compared."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.workflow import MoveRefused
from reporting import perms
from reporting.director.showing import shown
from reporting.director.stock_takes import before, compared, take
from reporting.forms import StockTakeForm
from reporting.models import StockTake
from reporting.views.director import chosen_period

PER_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def stock_take_list(request: HttpRequest) -> HttpResponse:
    """All of the agency's, newest first; a new one is taken here."""
    period, periods = chosen_period(request)
    may = bool(period) and perms.may_take_stock(request.user, period.agency_id, request.today) is not None
    if request.method == "POST" and not may:
        raise PermissionDenied
    form = StockTakeForm(request.POST or None, periods=periods, initial={"period": period.code if period else ""})
    if request.method == "POST" and form.is_valid():
        made = _take(request, form, periods)
        if made:
            messages.success(request, _("Đã chốt bản giao ban."))
            return redirect("stock_take", made.pk)
    rows = StockTake.objects.visible_to(request.user, on=request.today).select_related("period", "taken_by")
    page = Paginator(rows.defer("content"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reporting/stock_take_list.html", {"page": page, "form": form, "may": may})


def _take(request: HttpRequest, form: StockTakeForm, periods) -> StockTake | None:
    data = form.cleaned_data
    period = next(row for row in periods if row.code == data["period"])
    try:
        return take(period, key=data["key"], promises=data["promises"], by=request.user, now=request.now)
    except MoveRefused as refusal:
        form.add_error(None, refusal.messages)
    return None


@require_safe
def stock_take(request: HttpRequest, pk: int) -> HttpResponse:
    """One, as it was seen then, what was promised, and what had changed since the one before."""
    row = get_object_or_404(
        StockTake.objects.visible_to(request.user, on=request.today).select_related("period", "taken_by"), pk=pk
    )
    earlier = before(row)
    context = shown(row.content, query={"ban": row.pk}, frozen=True) | {"row": row, "earlier": earlier}
    if earlier:
        context["change"] = compared(earlier.content, row.content)
    return render(request, "reporting/stock_take.html", context)
