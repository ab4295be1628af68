"""One thing a unit owes: how it stands, its extensions, reminders sent and planned, receipts."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from plans import perms
from plans.deadlines.milestones import moments
from plans.deadlines.reminders import paused_units
from plans.deadlines.workdays import day_off_warning, last_working_moment
from plans.models import Holiday, Obligation, ObligationKind
from plans.receipts import SHOWN

LAST_REMINDERS = 100


@require_safe
def obligation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one obligation, for its unit and for the agency."""
    rows = Obligation.objects.visible_to(request.user, on=request.today)
    obligation = get_object_or_404(rows.select_related("unit", "plan", "duty", "unit_plan"), pk=pk)
    overrides = Holiday.objects.as_rules()
    outstanding = obligation.exempt_from is None and obligation.first_submitted_at is None
    waits = obligation.waits_for_unit
    user, on = request.user, request.today
    context = {
        "obligation": obligation,
        "timeliness": obligation.timeliness(request.now),
        "outstanding": outstanding,
        "advice": last_working_moment(obligation.effective_due_at, overrides),
        "warning": day_off_warning(obligation.effective_due_at, overrides),
        "page": page_of(obligation),
        "extensions": obligation.extensions.select_related("requested_by"),
        "reminders": obligation.reminders.select_related("person", "notice", "sent_by")[:LAST_REMINDERS],
        "planned": [row for row in moments(obligation.work_due_at, overrides) if waits and row.at > request.now],
        "paused": obligation.unit_id in paused_units(on),
        "receipts": obligation.receipts.select_related("submitted_by"),
        "may_ask": outstanding and perms.may_ask_extension(user, obligation, on) is not None,
        "may_remind": waits and perms.may_run_deadlines(user, on) is not None,
        "return_day_changes": obligation.return_day_changes.select_related("by"),
        "may_change_return_day": perms.may_change_return_day(user, obligation, on) is not None,
        "may_change": perms.may_change_deadline(user, obligation.plan, on) is not None,
    }
    return render(request, "plans/obligation_detail.html", context)


def page_of(obligation: Obligation) -> str:
    """The address of what answers an obligation; "" while nothing does."""
    try:
        if obligation.kind == ObligationKind.UNIT_PLAN:
            return reverse("unit_plan", args=[obligation.unit_plan.pk])
        shown = SHOWN.get(obligation.kind)
        return shown.page(obligation) if shown else ""
    except ObjectDoesNotExist:
        return ""
