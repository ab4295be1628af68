"""The accepted unit plans put together, looked at in seven ways; printed as appendices, saved as Excel."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.page_cache import until_changed
from documents.excel import CONTENT_TYPE
from plans import perms, printing
from plans.models import Audience, Channel, Plan
from plans.models.plan import IN_FORCE
from plans.synthesis.gaps import coverage, overlaps
from plans.synthesis.gathering import MONTHS, Synthesis, gather
from plans.synthesis.papers import as_excel, channel_names, month_counts, synthesis_paper

PAGE = 50
TABS = {
    "noi-dung": gettext_lazy("Theo nội dung"),
    "don-vi": gettext_lazy("Theo đơn vị"),
    "hinh-thuc": gettext_lazy("Theo hình thức"),
    "thang": gettext_lazy("Theo tháng"),
    "kinh-phi": gettext_lazy("Kinh phí"),
    "khoang-trong": gettext_lazy("Khoảng trống, trùng lặp"),
    "danh-muc": gettext_lazy("Danh mục nhiệm vụ"),
}
NARROWED = {"noi-dung-nao": "area", "don-vi-nao": "unit", "hinh-thuc-nao": "channel", "thang-nao": "month"}


@require_safe
@until_changed
def plan_synthesis(request: HttpRequest, pk: int) -> HttpResponse:
    """One of TABS over what the accepted plans say together."""
    plan = _plan(request, pk)
    found = gather(plan)
    tab = request.GET.get("xem") if request.GET.get("xem") in TABS else "noi-dung"
    context = {
        "plan": plan,
        "tab": tab,
        "tabs": TABS.items(),
        "found": found,
        "year_text": str(plan.year),
        "channels": channel_names(plan.year),
        "months": MONTHS,
        **SHOWN[tab](found, request),
    }
    return render(request, "plans/synthesis.html", context)


def _areas(found: Synthesis, request: HttpRequest) -> dict:
    rows = [{"group": group, "absent": found.absent(group.key)} for group in found.by_area()]
    return {"groups": rows, "first": _("Nội dung"), "narrows": "noi-dung-nao"}


def _units(found: Synthesis, request: HttpRequest) -> dict:
    rows = [{"group": group} for group in found.by_unit()]
    return {"groups": rows, "first": _("Đơn vị"), "narrows": "don-vi-nao"}


def _channels(found: Synthesis, request: HttpRequest) -> dict:
    rows = [{"group": group} for group in found.by_channel(channel_names(found.year))]
    return {"groups": rows, "first": _("Hình thức"), "narrows": "hinh-thuc-nao"}


def _months(found: Synthesis, request: HttpRequest) -> dict:
    """Units × months, and the year of each task as bars."""
    page = Paginator(found.tasks, PAGE).get_page(request.GET.get("page"))
    chart = [{"task": task, "months": [month in task.months(found.year) for month in MONTHS]} for task in page]
    rows = [{"name": group.name, "counts": month_counts(found, group.tasks)} for group in found.by_unit()]
    return {"rows": rows, "sums": month_counts(found, found.tasks), "chart": chart, "page": page}


def _money(found: Synthesis, request: HttpRequest) -> dict:
    """Areas × units in đồng, with the sums of both."""
    rows = []
    for group in found.by_unit():
        by_area = {code: 0 for code, _name in found.areas}
        for task in group.tasks:
            by_area[task.area] = by_area.get(task.area, 0) + (task.line.money or 0)
        rows.append({"name": group.name, "money": [by_area[code] for code, _name in found.areas], "sum": group.money})
    return {"rows": rows, "sums": [group.money for group in found.by_area()]}


def _gaps(found: Synthesis, request: HttpRequest) -> dict:
    """Areas × channels × audiences with the cells that nobody fills, and events planned twice."""
    day = date(found.year, 12, 31)
    covered = coverage(found, Channel.objects.on(day), Audience.objects.on(day))
    rows = [
        {
            "name": name,
            "cells": [
                covered.of(area, code, audience) for area, _n in found.areas for audience, _n in covered.audiences
            ],
        }
        for code, name in covered.channels
    ]
    return {"covered": covered, "rows": rows, "overlaps": overlaps(found.tasks)}


def _tasks(found: Synthesis, request: HttpRequest) -> dict:
    """The tasks, narrowed as the address asks; what it asks in vain narrows to nothing."""
    asked = {name: request.GET.get(name, "").replace("\x00", "")[:200] for name in NARROWED}
    narrowed = found.narrowed(**{NARROWED[name]: value for name, value in asked.items() if value})
    page = Paginator(narrowed.tasks, PAGE).get_page(request.GET.get("page"))
    return {"page": page, "asked": asked, "narrowed": narrowed, "is_narrowed": any(asked.values())}


SHOWN = {
    "noi-dung": _areas, "don-vi": _units, "hinh-thuc": _channels, "thang": _months, "kinh-phi": _money,
    "khoang-trong": _gaps, "danh-muc": _tasks,
}  # fmt: skip


@require_POST
def print_synthesis(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the appendices printed as they stand now; the same content is printed once."""
    plan = _plan(request, pk)
    made = printing.ask_for(
        "synthesis",
        plan,
        content_key=printing.content_key(repr(synthesis_paper(plan.pk, request.today))),
        title=_("Phụ lục tổng hợp – %s") % plan,
        format=printing.chosen_format(request.POST),
    )
    return redirect("printout", made.pk)


@require_safe
def synthesis_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as an Excel file."""
    plan = _plan(request, pk)
    response = HttpResponse(as_excel(gather(plan), plan.agency.name_on(request.today).name), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="tong-hop-ke-hoach-{plan.year}.xlsx"'
    return response


def _plan(request: HttpRequest, pk: int) -> Plan:
    """The plan in force for whoever sees the whole department; 404 for a plan that asks nobody for anything."""
    plans = Plan.objects.visible_to(request.user, on=request.today).filter(state__in=IN_FORCE)
    plan = get_object_or_404(plans.select_related("agency", "scheme"), pk=pk)
    if perms.may_read_synthesis(request.user, plan, request.today) is None:
        raise PermissionDenied
    return plan
