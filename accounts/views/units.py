"""The units of the agency with their days, and what becomes of them: recorded, then handed over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import perms
from accounts.models import Event, Post, Succession, Unit
from accounts.succession.forms import SuccessionForm
from accounts.succession.handing_over import LEFT, STAYS, hand_over, open_work
from accounts.succession.recording import record
from accounts.workflow import MoveRefused


@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    """Every unit there was and is, with its days, its names and what became of it."""
    post = _keeper(request)
    units = Unit.objects.filter(agency=post.agency_id).prefetch_related("names", "successions", "origins")
    context = {
        "units": units,
        "today": request.today,
        "changes": Succession.objects.visible_to(request.user, on=request.today).prefetch_related(
            "predecessors", "successors"
        ),
    }
    return render(request, "accounts/unit_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def succession_add(request: HttpRequest) -> HttpResponse:
    """The change, then what is open in the units, then the confirmation."""
    post = _keeper(request)
    units = Unit.objects.on(request.today).filter(agency=post.agency_id, ends__isnull=True)
    form = SuccessionForm(request.POST or None, units=units, today=request.today)
    context = {"form": form, "errors": []}
    if request.method == "POST" and form.is_valid():
        change = form.change()
        if request.POST.get("step") == "save":
            try:
                made = record(change, post.agency, by=request.user, now=request.now, key=form.cleaned_data["key"])
            except MoveRefused as refusal:
                return render(request, "accounts/succession_add.html", context | {"errors": refusal.messages})
            messages.success(request, _("Đã ghi thay đổi. Việc còn dở vẫn ở đơn vị cũ cho đến khi bàn giao."))
            return redirect("succession_detail", made.pk)
        context |= {"change": change, "groups": open_work(change.ending or change.before, request.now)}
    return render(request, "accounts/succession_add.html", context)


@require_safe
def succession_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One change: its facts, every open item with who is to take it."""
    _keeper(request)
    return _detail(request, _visible(request, pk))


@require_POST
def succession_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over what was chosen, all of it or nothing."""
    _keeper(request)
    row = _visible(request, pk)
    if perms.may_hand_over(request.user, row, request.today) is None:
        raise PermissionDenied
    chosen = {name[5:]: value for name, value in request.POST.items() if name.startswith("item-")}
    try:
        moved = hand_over(row, chosen, by=request.user, now=request.now)
    except MoveRefused as refusal:
        return _detail(request, row, errors=refusal.messages, status=409)
    messages.success(request, _("Đã bàn giao %d việc và ghi nhật ký.") % moved)
    return redirect("succession_detail", pk)


def _visible(request: HttpRequest, pk: int) -> Succession:
    rows = Succession.objects.visible_to(request.user, on=request.today).select_related("made_by", "handed_over_by")
    return get_object_or_404(rows, pk=pk)


def _detail(request: HttpRequest, row: Succession, errors=(), status: int = 200) -> HttpResponse:
    before, after = list(row.predecessors.all()), list(row.successors.all())
    is_open = row.moves_work and row.handed_over_at is None
    default = next((unit.code for unit in after if unit not in before), STAYS if after else LEFT)
    context = {
        "row": row,
        "before": before,
        "after": after,
        "groups": open_work(before, request.now) if is_open else [],
        "is_open": is_open,
        "has_come": row.effective_on <= request.today,
        "may_hand_over": is_open and perms.may_hand_over(request.user, row, request.today) is not None,
        "takers": [unit for unit in after if unit not in before],
        "stays": any(unit in after for unit in before),
        "default": default,
        "errors": errors,
        "events": Event.objects.about(row),
    }
    return render(request, "accounts/succession_detail.html", context, status=status)


def _keeper(request: HttpRequest) -> Post:
    post = perms.may_keep_units(request.user, request.today)
    if post is None:
        raise PermissionDenied
    return post
