"""Connections to other systems, kept by the administrator: where they lead, their key, what was sent."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import webhooks
from accounts.forms import KeyField
from accounts.models import Event, Post, Role, Webhook
from accounts.webhook_forms import SecretForm, WebhookForm

PAGE = 50


@require_safe
def webhook_list(request: HttpRequest) -> HttpResponse:
    """The connections of the agency."""
    _administrator(request)
    return render(request, "accounts/webhook_list.html", {"hooks": _visible(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def webhook_add(request: HttpRequest) -> HttpResponse:
    """A new connection, off unless turned on; its key is shown on this page alone."""
    post = _administrator(request)
    hook = Webhook(agency_id=post.agency_id, made_at=request.now)
    form = WebhookForm(request.POST or None, instance=hook, agency=post.agency)
    secret = SecretForm(request.POST or None, initial={"secret": webhooks.new_secret()})
    if request.method == "POST" and form.is_valid() and secret.is_valid():
        form.instance.secret = secret.cleaned_data["secret"]
        saved = form.save()
        _record(request, saved, post, _("Thêm kết nối %s") % saved)
        messages.success(request, _("Đã lưu kết nối. Khóa ký không hiện lại nữa."))
        return redirect("webhook_detail", saved.pk)
    return render(request, "accounts/webhook_add.html", {"form": form, "secret": secret})


@require_http_methods(["GET", "HEAD", "POST"])
def webhook_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One connection: its settings, and what was sent to it."""
    post = _administrator(request)
    hook = get_object_or_404(_visible(request), pk=pk)
    form = WebhookForm(request.POST or None, instance=hook, agency=post.agency)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        _record(request, saved, post, _("Sửa kết nối %s") % saved)
        messages.success(request, _("Đã lưu."))
        return redirect("webhook_detail", pk)
    deliveries = Paginator(hook.deliveries.all(), PAGE).get_page(request.GET.get("page"))
    context = {"hook": hook, "form": form, "page": deliveries, "key": KeyField().initial()}
    return render(request, "accounts/webhook_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def webhook_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Another key, shown on this page alone; the old one signs until this is saved."""
    post = _administrator(request)
    hook = get_object_or_404(_visible(request), pk=pk)
    form = SecretForm(request.POST or None, initial={"secret": webhooks.new_secret()})
    if request.method == "POST" and form.is_valid():
        Webhook.objects.filter(pk=pk).update(secret=form.cleaned_data["secret"])
        _record(request, hook, post, _("Đổi khóa ký của kết nối %s") % hook)
        messages.success(request, _("Đã đổi khóa ký."))
        return redirect("webhook_detail", pk)
    return render(request, "accounts/webhook_secret.html", {"hook": hook, "secret": form})


@require_POST
def webhook_try(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message that says nothing, on or off; the same key sends it once."""
    _administrator(request)
    hook = get_object_or_404(_visible(request), pk=pk)
    key = request.POST.get("key", "")[:36] or "-"
    webhooks.send(hook, event="ping", contents={f"ping:{key}": {"text": _("Thử kết nối.")}}, now=request.now)
    messages.success(request, _("Đang gửi thử; kết quả hiện trong danh sách dưới đây."))
    return redirect("webhook_detail", pk)


@require_POST
def webhook_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a connection away with the list of what was sent to it."""
    post = _administrator(request)
    hook = get_object_or_404(_visible(request), pk=pk)
    _record(request, hook, post, _("Bỏ kết nối %s") % hook)
    hook.delete()
    messages.success(request, _("Đã bỏ kết nối."))
    return redirect("webhook_list")


def _visible(request: HttpRequest):
    return Webhook.objects.visible_to(request.user, on=request.today)


def _administrator(request: HttpRequest) -> Post:
    """The administrator's post; 403 for everyone else."""
    posts = request.user.posts_on(request.today)
    post = next((post for post in posts if post.role == Role.ADMINISTRATOR), None)
    if post is None:
        raise PermissionDenied
    return post


def _record(request: HttpRequest, hook: Webhook, post: Post, label: str) -> None:
    Event.record(
        hook, at=request.now, by=request.user, post=post, action="webhook", label=label, agency_id=post.agency_id
    )
