"""Extensions of a deadline: the unit asks, the chief of office or the director answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Event
from accounts.workflow import MoveRefused, StaleState
from plans import perms
from plans.deadlines.extensions import EXTENSION, ask
from plans.deadlines.workdays import VIETNAM, day_off_warning, last_working_moment
from plans.forms.extension import AskForm, GrantForm
from plans.models import Extension, ExtensionState, Holiday, Obligation

PAGE = 50


@require_safe
def extension_list(request: HttpRequest) -> HttpResponse:
    """What has been asked for, what waits first; `?trang-thai=` shows one state."""
    state = request.GET.get("trang-thai", "")
    rows = Extension.objects.visible_to(request.user, on=request.today).select_related(
        "unit", "obligation", "requested_by"
    )
    if state in ExtensionState.values:
        rows = rows.filter(state=state)
    waits = Case(When(state=ExtensionState.REQUESTED, then=0), default=1)
    context = {
        "page": Paginator(rows.order_by(waits, "-requested_at", "-pk"), PAGE).get_page(request.GET.get("page")),
        "state": state if state in ExtensionState.values else "",
        "states": ExtensionState.choices,
        "wide": request.user.scope(request.today).agency_ids,
    }
    return render(request, "plans/extension_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def extension_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's head asks for more time for one obligation."""
    rows = Obligation.objects.visible_to(request.user, on=request.today).select_related("unit", "plan", "agency")
    obligation = get_object_or_404(rows, pk=pk)
    if perms.may_ask_extension(request.user, obligation, request.today) is None:
        raise PermissionDenied
    form, errors = AskForm(request.POST or None), []
    if request.method == "POST" and form.is_valid():
        try:
            extension = ask(obligation, by=request.user, now=request.now, **form.cleaned_data)
        except MoveRefused as refusal:
            errors = refusal.messages
        else:
            messages.success(request, _("Đã gửi đề nghị gia hạn. Hạn cũ vẫn áp dụng cho đến khi được trả lời."))
            return redirect("extension_detail", extension.pk)
    overrides = Holiday.objects.as_rules()
    context = {
        "obligation": obligation,
        "timeliness": obligation.timeliness(request.now),
        "advice": last_working_moment(obligation.effective_due_at, overrides),
        "form": form,
        "errors": errors,
        "open": obligation.extensions.open().first(),
    }
    return render(request, "plans/extension_ask.html", context)


@require_safe
def extension_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what was asked, how the unit stands, the answer or the form for it."""
    return _detail(request, _visible(request, pk))


@require_POST
def extension_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or refuse; a refusal of the move comes back with what was typed, a stale page with 409."""
    extension = _visible(request, pk)
    name, data, form = request.POST.get("move", ""), {}, None
    if name == "grant":
        form = GrantForm(request.POST)
        if not form.is_valid() and EXTENSION.find(name, extension.state):
            if perms.may_answer_extension(request.user, extension, request.today) is None:
                raise PermissionDenied
            return _detail(request, extension, grant_form=form)
        data = {"day": form.cleaned_data.get("day")}
    reason = request.POST.get("reason", "")
    if request.POST.get("version", str(extension.version)) != str(extension.version):
        return _detail(request, extension, stale=_("Có người vừa trả lời đề nghị này."), reason=reason, status=409)
    try:
        EXTENSION.move(extension, name, by=request.user, now=request.now, reason=reason, **data)
    except MoveRefused as refusal:
        shown = {"errors": refusal.messages, "reason": reason, "refused": name, "grant_form": form}
        return _detail(request, _visible(request, pk), **shown)
    except StaleState as stale:
        return _detail(request, _visible(request, pk), stale=str(stale), reason=reason, status=409)
    messages.success(request, _("Đã trả lời đơn vị: %s.") % extension.get_state_display().lower())
    return redirect("extension_detail", pk)


def _visible(request: HttpRequest, pk: int) -> Extension:
    rows = Extension.objects.visible_to(request.user, on=request.today).select_related(
        "unit", "agency", "obligation__plan", "obligation__unit", "requested_by", "decided_by"
    )
    return get_object_or_404(rows, pk=pk)


def _detail(
    request: HttpRequest, extension: Extension, *, stale="", reason="", grant_form=None, status=200, **shown
) -> HttpResponse:
    asked_for = extension.granted_due_at or extension.proposed_due_at
    context = {
        "extension": extension,
        "obligation": extension.obligation,
        "timeliness": extension.obligation.timeliness(request.now),
        "moves": EXTENSION.open_to(request.user, extension, on=request.today),
        "grant_form": grant_form or GrantForm(initial={"day": extension.proposed_due_at.astimezone(VIETNAM).date()}),
        "warning": day_off_warning(asked_for, Holiday.objects.as_rules()),
        "reason": reason,
        "stale": stale,
        "others": extension.obligation.extensions.exclude(pk=extension.pk),
        "events": Event.objects.about(extension),
    }
    return render(request, "plans/extension_detail.html", context | shown, status=status)
