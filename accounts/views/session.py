"""Signing in and out, the password, and going on with a form that the end of a session interrupted."""

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import clock, demo, interrupted, recent
from accounts.session_forms import ChangePasswordForm, SignInForm


@login_not_required
@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; afterwards the page that was asked for, or the form that was interrupted."""
    if request.user.is_authenticated and not settings.DEMO:
        return redirect(target(request))
    form = SignInForm(request, _typed(request))
    if request.method == "POST" and form.is_valid():
        login(request, form.user)
        return redirect("resume") if interrupted.kept(request) else redirect(target(request))
    cast = demo.cast(request.today) if settings.DEMO else []
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", ""), "cast": cast}
    return render(request, "accounts/sign_in.html", context)


def _typed(request: HttpRequest):
    """What was posted, also when that is nothing at all; None on a GET."""
    return request.POST if request.method == "POST" else None


def target(request: HttpRequest) -> str:
    """Where to go after signing in: `next` when it is the path of a page of ours, else home."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe and wanted.startswith("/") else resolve_url(settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    recent.forget(response)
    return response


@sensitive_post_parameters()
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password; this session goes on, the person's other sessions end."""
    form = ChangePasswordForm(request.user, _typed(request))
    if request.method == "POST" and form.is_valid():
        request.user.set_password(form.cleaned_data["new"])
        request.user.save(update_fields=["password"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Đã đổi mật khẩu. Các máy khác đang đăng nhập đã được đăng xuất."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/change_password.html", {"form": form})


@never_cache
def resume(request: HttpRequest) -> HttpResponse:
    """The form that was sent when the session had ended, ready to be sent again or dropped."""
    if request.method == "POST":
        interrupted.drop(request)
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = interrupted.kept(request)
    return render(request, "accounts/resume.html", {"form": form}) if form else redirect(settings.LOGIN_REDIRECT_URL)


def locked_out(request: HttpRequest, response=None, credentials=None) -> HttpResponse:
    """Too many wrong passwords for this name: say until when (the machine's clock, also in a demo)."""
    name = request.POST.get("username", "")
    last = AccessAttempt.objects.filter(username=name).order_by("-attempt_time").first()
    until = last.attempt_time.astimezone(clock.VIETNAM) + settings.AXES_COOLOFF_TIME if last else None
    return render(request, "accounts/locked_out.html", {"until": f"{until:%H:%M}" if until else ""}, status=429)
