"""Delegations of unit heads: those that ran and run, a new one, ended."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import delegations, perms
from accounts.delegation_forms import DelegationForm
from accounts.models import Delegation, Role

PAGE = 50


@require_safe
def delegation_list(request: HttpRequest) -> HttpResponse:
    """The delegations of the units this person sees, the latest first; those that hold today are marked."""
    units = {unit.pk for unit in perms.delegating_units(request.user, request.today)}
    rows = Delegation.objects.visible_to(request.user, on=request.today)
    page = Paginator(rows.select_related("unit", "head", "delegate"), PAGE).get_page(request.GET.get("page"))
    holding = Delegation.objects.on(request.today).filter(pk__in=[row.pk for row in page])
    hold = set(holding.values_list("pk", flat=True))
    for row in page:
        row.state, row.label = _standing(row, hold, request.today)
        row.may_end = row.unit_id in units and row.state in ("ready", "running")
    return render(request, "accounts/delegation_list.html", {"page": page, "may_add": bool(units)})


def _standing(row: Delegation, hold: set[int], today) -> tuple[str, str]:
    """How a delegation stands on that day: the state whose look it has, and the words."""
    if row.pk in hold:
        return "running", _("Đang hiệu lực")
    if row.ended_on:
        return "dropped", _("Thôi từ %s") % f"{row.ended_on:%d/%m/%Y}"
    if row.starts > today:
        return "ready", _("Chưa đến ngày")
    return "expired", _("Hết hiệu lực")


@require_http_methods(["GET", "HEAD", "POST"])
def delegation_add(request: HttpRequest) -> HttpResponse:
    """A new delegation, by the head or by the chief of office for a head who is away."""
    units = perms.delegating_units(request.user, request.today)
    if not units:
        raise PermissionDenied
    by_head = not any(post.role == Role.CHIEF_OF_OFFICE for post in request.user.posts_on(request.today))
    form = DelegationForm(
        request.POST or None, units=units, by=request.user, today=request.today, initial={"starts": request.today}
    )
    if request.method == "POST" and form.is_valid():
        made = delegations.delegate(form.delegation(), by=request.user, now=request.now)
        messages.success(request, _("Đã ủy quyền cho %s. Hai người đều được báo.") % made.delegate)
        return redirect("delegation_list")
    return render(request, "accounts/delegation_add.html", {"form": form, "by_head": by_head})


@require_POST
def delegation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """From today on the delegation holds no more."""
    rows = Delegation.objects.visible_to(request.user, on=request.today).select_related("unit", "head", "delegate")
    delegations.end(get_object_or_404(rows, pk=pk), by=request.user, now=request.now)
    messages.success(request, _("Đã thôi ủy quyền; những gì đã nộp vẫn giữ nguyên."))
    return redirect("delegation_list")
