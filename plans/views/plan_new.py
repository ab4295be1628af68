"""How a plan of the department begins: a text, last year's plan, or the template."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from plans import perms
from plans.department.content import content_of_plan
from plans.department.copying import next_year
from plans.department.importing import CannotImport, live_plans, store_draft
from plans.department.plan_templates import blank_plan
from plans.forms.plan_new import NEAR, BeginForm, CopyForm
from plans.models import Holiday, Plan
from plans.models.plan import IN_FORCE

COPY, BLANK = "copy", "blank"


def plan_new(request: HttpRequest) -> HttpResponse:
    """Three ways to begin; a copy and the template become a draft at once, a text is read first."""
    agency = perms.agency_to_plan_for(request.user, request.today)
    if agency is None:
        raise PermissionDenied
    plans = Plan.objects.filter(agency=agency, state__in=IN_FORCE, amends=None).order_by("-year")
    way = request.POST.get("way", "")
    forms = _forms(request, way, plans, _next_free(agency, request.today))
    taken = None
    if way in forms and forms[way].is_valid():
        form = forms[way]
        try:
            content, label = (_copied if way == COPY else _from_template)(form, agency, request)
            plan = store_draft(content, agency=agency, by=request.user, now=request.now, label=label)
        except CannotImport as refusal:
            form.add_error(None, str(refusal))
            taken = live_plans(agency, form.cleaned_data["year"]).first()
        else:
            messages.success(request, _("Đã lập bản thảo. Xem từng điểm được đánh dấu trước khi trình."))
            return redirect("plan_edit", plan.pk)
    context = {"copy": forms[COPY] if plans else None, "blank": forms[BLANK], "bound": forms.get(way), "taken": taken}
    return render(request, "plans/plan_new.html", context)


def _next_free(agency, today: date) -> int:
    """The first year without a plan from this one on; next year's plan is begun from November on."""
    first = today.year + (today.month >= 11)
    free = (year for year in range(first, today.year + NEAR + 1) if not live_plans(agency, year).exists())
    return next(free, first)


def _forms(request: HttpRequest, way: str, plans, year: int) -> dict:
    """Both forms; that which was sent holds what was typed, the other proposes `year`."""
    this_year = request.today.year
    data = {name: request.POST if way == name else None for name in (COPY, BLANK)}
    initial = {"year": year}
    return {
        COPY: CopyForm(data[COPY], plans=plans, this_year=this_year, initial=initial, prefix=COPY),
        BLANK: BeginForm(data[BLANK], this_year=this_year, initial=initial, prefix=BLANK),
    }


def _copied(form: CopyForm, agency, request: HttpRequest) -> tuple[dict, str]:
    source, year = form.cleaned_data["source"], form.cleaned_data["year"]
    content = next_year(content_of_plan(source), year, Holiday.objects.as_rules())
    return content, _("Chép từ kế hoạch năm %d") % source.year


def _from_template(form: BeginForm, agency, request: HttpRequest) -> tuple[dict, str]:
    return blank_plan(agency, form.cleaned_data["year"], on=request.today), _("Soạn mới theo mẫu")
