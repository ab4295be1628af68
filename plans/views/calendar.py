"""The person's calendar of deadlines: the page with its private link, and the calendar itself."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from plans.deadlines.calendar_feed import calendar_of
from plans.models import CalendarFeed


@require_safe
def my_calendar(request: HttpRequest) -> HttpResponse:
    """The link to subscribe to, and how."""
    feed = CalendarFeed.objects.filter(user=request.user).first()
    link = settings.PORTAL_URL + reverse("calendar_feed", args=[feed.token]) if feed else ""
    return render(request, "plans/calendar.html", {"feed": feed, "link": link})


@require_POST
def my_calendar_renew(request: HttpRequest) -> HttpResponse:
    """Make the link, or another one; the old one is dead at once."""
    feed, made = CalendarFeed.objects.get_or_create(user=request.user, defaults={"made_at": request.now})
    if not made:
        feed.renew(request.now)
        messages.success(request, _("Đã đổi liên kết. Liên kết cũ không còn dùng được."))
    return redirect("my_calendar")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar under its private link; one that is unknown, or of who is disabled, is not there."""
    feed = CalendarFeed.objects.select_related("user").filter(token=token[:50]).first()
    if feed is None or not feed.user.is_active:
        raise Http404
    content = calendar_of(feed.user, now=request.now)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="han-nop.ics"'
    response["ETag"] = etag
    patch_cache_control(response, private=True, max_age=900)
    return get_conditional_response(request, etag=etag, response=response)
