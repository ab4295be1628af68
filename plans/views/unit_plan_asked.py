"""What a unit's plan begins with: what the department asks, answered item by item; last year's lines, taken over."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.workflow import StaleState
from plans.actions import decline_item, take_item_back
from plans.forms.unit_plan import DeclineForm
from plans.models import UnitPlan
from plans.units.asked import Asked, asked_of
from plans.units.lines import earlier_plans, lines_of, moved, take_over
from plans.views.unit_plan import LOCKED, closed, fetch_to_edit, number

FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def item_declined(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """ "Không thuộc chức năng" for one item, with its reason; `act=back` takes it back."""
    unit_plan = fetch_to_edit(request, pk)
    item = next((item for item in asked_of(unit_plan) if item.key == key), None)
    if item is None:
        raise Http404
    form = DeclineForm(
        request.POST if request.method == "POST" else None, instance=unit_plan.declined.filter(item=key).first()
    )
    if request.method != "POST":
        return _locked(request, unit_plan) or _decline_page(request, unit_plan, item, form)
    if not unit_plan.is_editable:
        return closed(request, unit_plan, form)
    acts = {"by": request.user, "now": request.now}
    try:
        if request.POST.get("act") == "back":
            take_item_back(unit_plan, item, **acts)
            messages.success(request, _("Đã bỏ “không thuộc chức năng” của yêu cầu %s.") % item.code)
        elif form.is_valid():
            decline_item(unit_plan, item, reason=form.cleaned_data["reason"], **acts)
            messages.success(request, _("Đã ghi “không thuộc chức năng” cho yêu cầu %s.") % item.code)
        else:
            return _decline_page(request, unit_plan, item, form)
    except StaleState as stale:
        form.add_error(None, str(stale))
        return _decline_page(request, unit_plan, item, form, status=409)
    return redirect(f"{reverse('unit_plan', args=[pk])}#yeu-cau-{item.key}")


def _decline_page(request, unit_plan: UnitPlan, item: Asked, form: DeclineForm, status: int = 200) -> HttpResponse:
    context = {"unit_plan": unit_plan, "item": item, "form": form}
    return render(request, "plans/unit_plan_decline.html", context, status=status)


def _locked(request: HttpRequest, unit_plan: UnitPlan) -> HttpResponse | None:
    if unit_plan.is_editable:
        return None
    messages.warning(request, LOCKED[unit_plan.state])
    return redirect("unit_plan", unit_plan.pk)


@FORM
def unit_plan_last_year(request: HttpRequest, pk: int) -> HttpResponse:
    """Lines of last year, or of a unit whose work was taken over, with a tick each; those ticked are copied once."""
    unit_plan = fetch_to_edit(request, pk)
    plans = earlier_plans(unit_plan)
    earlier = next((plan for plan in plans if str(plan.unit_id) == request.GET.get("tu")), plans[0] if plans else None)
    if request.method != "POST" or earlier is None:
        return _locked(request, unit_plan) or _last_year_page(request, unit_plan, earlier, plans)
    if not unit_plan.is_editable:
        return _last_year_page(request, unit_plan, earlier, plans, LOCKED[unit_plan.state], status=409)
    chosen = {number(text) for text in request.POST.getlist("take")} - {0}
    if not chosen:
        return _last_year_page(request, unit_plan, earlier, plans, _("Đánh dấu ít nhất một dòng để lấy sang."))
    try:
        made = take_over(unit_plan, earlier, chosen, by=request.user, now=request.now)
    except StaleState as stale:
        return _last_year_page(request, unit_plan, earlier, plans, str(stale), status=409)
    if made:
        messages.success(request, _("Đã lấy sang %d dòng. Xem lại ngày, số lượng, kinh phí của từng dòng.") % len(made))
    else:
        messages.info(request, _("Các dòng đã chọn đều đã lấy sang từ trước."))
    return redirect("unit_plan_table", pk)


def _last_year_page(
    request, unit_plan: UnitPlan, earlier: UnitPlan | None, plans, problem: str = "", status: int = 200
):
    taken = set(unit_plan.activities.filter(origin__isnull=False).values_list("origin", flat=True))
    lines = list(lines_of(earlier)) if earlier else []
    for line in lines:
        line.is_taken = line.pk in taken
        line.there = moved(line, earlier.plan.year, unit_plan.plan.year)
    context = {
        "unit_plan": unit_plan,
        "earlier": earlier,
        "plans": plans,
        "lines": lines,
        "left": sum(not line.is_taken for line in lines),
        "problem": problem,
        "chosen": set(request.POST.getlist("take")),
    }
    return render(request, "plans/unit_plan_last_year.html", context, status=status)
