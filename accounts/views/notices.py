"""Notices: the list, opening one, marking all as seen."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.models import Notice

PAGE = 50


def notices(request: HttpRequest) -> HttpResponse:
    """The person's own notices, newest first."""
    page = Paginator(Notice.objects.visible_to(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/notices.html", {"page": page})


@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a notice as seen and go to what it tells of."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=request.now)
    ours = url_has_allowed_host_and_scheme(notice.url, None)
    return redirect(notice.url if ours else "notices")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    Notice.objects.visible_to(request.user).unread().update(read_at=request.now)
    return redirect("notices")
