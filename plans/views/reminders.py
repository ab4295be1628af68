"""Reminders for the Office: what will be sent, reminding at once, pausing a unit, addresses that take no mail."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Post, Unit
from accounts.notices import broken_addresses
from plans import perms
from plans.deadlines import reminder_words
from plans.deadlines.reminder_forecast import coming
from plans.deadlines.reminders import end_pause, outstanding, pause, paused_units, recipients, remind_now
from plans.deadlines.workdays import DAY
from plans.forms.reminder import PauseForm, RemindForm
from plans.models import Holiday, Obligation, ReminderPause
from plans.models.obligation import work_due

MOST = 300
SOON = 14 * DAY


@require_safe
def reminder_plan(request: HttpRequest) -> HttpResponse:
    """Who will be told what on which morning of the next thirty days."""
    post = _office(request)
    context = {
        "days": coming([post.agency_id], request.now, Holiday.objects.as_rules()),
        "pauses": ReminderPause.objects.visible_to(request.user, on=request.today)
        .filter(ends__gte=request.today)
        .select_related("unit", "made_by"),
        "broken": broken_addresses(post.agency_id, on=request.today),
    }
    return render(request, "plans/reminder_plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest) -> HttpResponse:
    """Nhắc ngay: who would be told what, a text for the group of the units, and the button."""
    post = _office(request)
    rows = _asked_for(request, post)
    form, problem = RemindForm(request.POST or None), ""
    if request.method == "POST":
        chosen = {value for value in request.POST.getlist("row") if value.isascii() and value.isdecimal()}
        rows = [row for row in rows if str(row.pk) in chosen]
        if not rows:
            problem = _("Chọn ít nhất một đơn vị còn phải nộp.")
            rows = _asked_for(request, post)
        elif form.is_valid():
            told = remind_now(rows, by=request.user, now=request.now, **form.cleaned_data)
            if told:
                messages.success(request, _("Đã nhắc %d người. Thư điện tử đang được gửi.") % told)
            else:
                messages.info(request, _("Không có ai để nhắc, hoặc lần nhắc này đã gửi rồi."))
            return redirect("reminder_plan")
    return render(request, "plans/remind_now.html", _remind_context(request, rows, form, problem))


def _remind_context(request: HttpRequest, rows: list[Obligation], form: RemindForm, problem: str) -> dict:
    people, paused = recipients(rows, request.today), paused_units(request.today)
    overrides = Holiday.objects.as_rules()
    link = request.build_absolute_uri(reverse("home"))
    return {
        "rows": [
            {
                "obligation": row,
                "timeliness": row.time_left(request.now),
                "people": people[row.pk],
                "paused": row.unit_id in paused,
            }
            for row in rows
        ],
        "example": reminder_words.body(rows[:1], request.now, overrides),
        "text": reminder_words.text_to_paste(rows, request.now, link) if rows else "",
        "form": form,
        "errors": [problem] if problem else [],
    }


def _asked_for(request: HttpRequest, post: Post) -> list[Obligation]:
    """?viec= one obligation, ?loai=&ky= all of an occasion; else what is overdue or due within two weeks."""
    rows = outstanding().filter(agency=post.agency_id).order_by(work_due(), "unit__position", "pk")
    one, kind, occasion = (request.GET.get(name, "") for name in ("viec", "loai", "ky"))
    if one:
        number = int(one) if one.isascii() and one.isdecimal() and len(one) < 19 else 0
        return list(rows.filter(pk=number))
    if kind or occasion:
        return list(rows.filter(kind=kind[:20], occasion=occasion[:20])[:MOST])
    return list(rows.alias(work_due=work_due()).filter(work_due__lte=request.now + SOON)[:MOST])


@require_http_methods(["GET", "HEAD", "POST"])
def reminder_pause(request: HttpRequest) -> HttpResponse:
    """Remind a unit of nothing for some days."""
    post = _office(request)
    units = Unit.objects.on(request.today).filter(agency=post.agency_id)
    form = PauseForm(request.POST or None, units=units, today=request.today)
    if request.method == "POST" and form.is_valid():
        pause(by=request.user, now=request.now, **form.cleaned_data)
        messages.success(request, _("Đã tạm dừng nhắc %s.") % form.cleaned_data["unit"])
        return redirect("reminder_plan")
    return render(request, "plans/reminder_pause.html", {"form": form})


@require_POST
def reminder_pause_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit is reminded again from today."""
    _office(request)
    rows = ReminderPause.objects.visible_to(request.user, on=request.today).select_related("unit")
    row = get_object_or_404(rows, pk=pk)
    end_pause(row, by=request.user, now=request.now)
    messages.success(request, _("Từ nay lại nhắc %s.") % row.unit)
    return redirect("reminder_plan")


def _office(request: HttpRequest) -> Post:
    post = perms.may_run_deadlines(request.user, request.today)
    if post is None:
        raise PermissionDenied
    return post
