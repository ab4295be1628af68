"""The calendar of days off: seen by everyone, kept by the Office."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.dates import UnreadableDate, parse_date
from plans import perms
from plans.deadlines.holidays import (
    compare,
    days_of,
    deadlines_on_days_off,
    read_lines,
    remove_day,
    save_day,
    store_lines,
)
from plans.forms.holiday import HolidayForm, HolidayListForm
from plans.models import Holiday

YEARS = range(2015, 2101)


@require_safe
def holiday_list(request: HttpRequest) -> HttpResponse:
    """The year's days off and swapped days; deadlines that fall on one."""
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else request.today.year
    year = year if year in YEARS else request.today.year
    context = {
        "year": str(year),
        "earlier": str(year - 1) if year - 1 in YEARS else "",
        "later": str(year + 1) if year + 1 in YEARS else "",
        "days": days_of(year),
        "may_edit": perms.may_run_deadlines(request.user, request.today) is not None,
        "doubtful": deadlines_on_days_off(request.user.scope(request.today).agency_ids, Holiday.objects.as_rules()),
    }
    return render(request, "plans/holiday_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def holiday_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add a day, or change the Office's row of one."""
    _office(request)
    row = get_object_or_404(Holiday, pk=pk) if pk is not None else None
    form = HolidayForm(request.POST or None, instance=row, initial={} if row else {"day": _day(request)})
    if request.method == "POST" and form.is_valid():
        saved = save_day(**form.cleaned_data, by=request.user, now=request.now, row=row)
        messages.success(request, _("Đã lưu. Hạn nộp đã đặt không tự đổi; ngày nhắc tính theo lịch mới."))
        return redirect(f"{reverse('holiday_list')}?nam={saved.day.year}")
    return render(request, "plans/holiday_edit.html", {"form": form, "row": row})


def _day(request: HttpRequest):
    try:
        return parse_date(request.GET.get("ngay", "")[:10])
    except (UnreadableDate, ValueError):
        return None


@require_POST
def holiday_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The day is again what the calendar says."""
    _office(request)
    row = get_object_or_404(Holiday, pk=pk)
    year = row.day.year
    remove_day(row, by=request.user, now=request.now)
    messages.success(request, _("Đã bỏ. Ngày này trở lại theo lịch chung."))
    return redirect(f"{reverse('holiday_list')}?nam={year}")


@require_http_methods(["GET", "HEAD", "POST"])
def holiday_import(request: HttpRequest) -> HttpResponse:
    """A year's list: read, shown line by line, stored only when confirmed and without a doubtful line."""
    _office(request)
    if request.method != "POST":
        return render(request, "plans/holiday_import.html", {"form": HolidayListForm()})
    form = HolidayListForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "plans/holiday_import.html", {"form": form})
    lines = compare(read_lines(form.cleaned_data["text"]))
    wrong = sum(bool(line.problem) for line in lines)
    if request.POST.get("step") == "save" and lines and not wrong:
        count = store_lines(lines, by=request.user, now=request.now)
        messages.success(request, _("Đã lưu %d ngày.") % count)
        return redirect(f"{reverse('holiday_list')}?nam={lines[0].days[0].year}")
    shown = HolidayListForm(initial={"text": form.cleaned_data["text"]})
    context = {"form": shown, "lines": lines, "wrong": wrong, "text": form.cleaned_data["text"]}
    return render(request, "plans/holiday_import.html", context)


def _office(request: HttpRequest) -> None:
    if perms.may_run_deadlines(request.user, request.today) is None:
        raise PermissionDenied
