"""What people do with a roll-up: have it built, cut, sent up, approved, returned, numbered, sent."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.workflow import REASON_MAX, MoveRefused, StaleState
from documents.vietnamese import InvalidCharacters, clean
from reporting import differences, perms
from reporting.forms import IssueForm, SendingForm
from reporting.models import RollUp
from reporting.roll_ups.building import next_content, start_build
from reporting.roll_ups.correcting import start_correction
from reporting.roll_ups.rebuilt import rebuilt, units_changed
from reporting.roll_ups.sending import record_sendings
from reporting.views.roll_up import fetch, fetch_content, show
from reporting.views.unit_report_moves import number
from reporting.workflow import ROLL_UP

DONE = {
    "cut": gettext_lazy("Đã chốt số liệu; báo cáo của các đơn vị đã tiếp nhận được khóa theo bản chốt."),
    "uncut": gettext_lazy("Đã hủy chốt; tổng hợp lại được."),
    "send_to_office": gettext_lazy("Đã trình Chánh Văn phòng."),
    "send_to_director": gettext_lazy("Đã trình Giám đốc."),
    "send_back": gettext_lazy("Đã trả lại."),
    "approve": gettext_lazy("Đã duyệt báo cáo."),
    "issue": gettext_lazy("Đã cấp số, ban hành."),
    "void": gettext_lazy("Đã hủy báo cáo tổng hợp; báo cáo của các đơn vị được bỏ khóa."),
    "restore": gettext_lazy("Đã lập lại báo cáo; bấm “Tổng hợp” để có bản mới."),
}


@require_safe
def roll_up_rebuild(request: HttpRequest, code: str) -> HttpResponse:
    """What the next build would say differently from the newest, before anybody asks for it."""
    roll_up, content = fetch_content(request, code)
    if perms.may_compile(request.user, roll_up, request.today) is None:
        raise PermissionDenied
    context = {"roll_up": roll_up, "newest": roll_up.versions.defer("content").first()}
    if not roll_up.is_frozen:
        new = next_content(roll_up, now=request.now)
        change = differences.version_changes(content, new)
        parts, units = rebuilt(content, new), units_changed(content, new)
        context |= {
            "change": change,
            "parts": parts,
            "units": units,
            "changes": bool(change or parts or units),
        }
    return render(request, "reporting/roll_up_rebuild.html", context)


@require_POST
def roll_up_build(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the worker for the next build; asked twice while one is being made, it is the same."""
    roll_up = fetch(request, code)
    try:
        start_build(roll_up, by=request.user, now=request.now)
    except StaleState as stale:
        messages.warning(request, str(stale))
    else:
        messages.info(request, _("Đang tổng hợp. Có thể rời trang này; khi xong sẽ có thông báo."))
    return redirect("roll_up", code)


@require_POST
def roll_up_move(request: HttpRequest, code: str) -> HttpResponse:
    """Every move of a roll-up; cut takes `acknowledged` (unit codes), issue takes `number` and `on`."""
    roll_up, name, reason = fetch(request, code), request.POST.get("move", ""), request.POST.get("reason", "")
    if name not in DONE:
        raise Http404
    data, more = {}, {}
    if name == "cut":
        more["acknowledged"] = data["acknowledged"] = frozenset(request.POST.getlist("acknowledged"))
    if name == "issue":
        more["issue"] = form = _issue_form(request, roll_up)
        if not form.is_valid():
            return show(request, roll_up, **more)
        data = form.cleaned_data
    roll_up.version = number(request.POST.get("version"))
    try:
        ROLL_UP.move(roll_up, name, by=request.user, now=request.now, reason=reason, **data)
    except MoveRefused as refused:
        return show(request, fetch(request, code), errors=refused.messages, reason=reason, **more)
    except StaleState as stale:
        return _stale(request, roll_up, stale, reason)
    messages.success(request, DONE[name])
    return redirect("roll_up", code)


def _issue_form(request: HttpRequest, roll_up: RollUp) -> IssueForm:
    """The clerk's form; 403 for others before anything of it is judged."""
    if perms.may_issue_roll_up(request.user, roll_up, request.today) is None:
        raise PermissionDenied
    return IssueForm(request.POST)


@require_POST
def roll_up_send(request: HttpRequest, code: str) -> HttpResponse:
    """Record by which way and when each recipient got it; those without a way are left as they are."""
    roll_up = fetch(request, code)
    if perms.may_send_roll_up(request.user, roll_up, request.today) is None:
        raise PermissionDenied
    if roll_up.issued_on is None:
        return _stale(request, roll_up, StaleState(_("Báo cáo chưa ban hành nên chưa ghi việc gửi được.")))
    form = SendingForm(request.POST, roll_up=roll_up, now=request.now)
    if not form.is_valid():
        return show(request, roll_up, sending=form)
    try:
        record_sendings(roll_up, form.sendings, by=request.user, now=request.now)
    except MoveRefused as refused:
        form.add_error(None, refused.messages)
        return show(request, roll_up, sending=form)
    except StaleState as stale:
        return _stale(request, roll_up, stale)
    messages.success(request, _("Đã ghi nhận việc gửi."))
    return redirect("roll_up", code)


@require_POST
def roll_up_correct(request: HttpRequest, code: str) -> HttpResponse:
    """Open the roll-up that corrects this one; asked twice, the same."""
    roll_up, reason = fetch(request, code), request.POST.get("reason", "")
    try:
        right = start_correction(roll_up, reason=_cleaned(reason), by=request.user, now=request.now)
    except MoveRefused as refused:
        return show(request, fetch(request, code), errors=refused.messages, reason=reason)
    except StaleState as stale:
        return _stale(request, roll_up, stale, reason)
    messages.success(request, _("Đã mở bản đính chính; bản đã ban hành giữ nguyên cho đến khi bản này được ban hành."))
    return redirect("roll_up", right.code)


def _cleaned(reason: str) -> str:
    try:
        reason = clean(reason).strip()
    except InvalidCharacters:
        raise MoveRefused([_("Lý do có ký tự không hợp lệ. Hãy xóa phần đó hoặc gõ lại.")]) from None
    if len(reason) > REASON_MAX:
        raise MoveRefused([_("Lý do tối đa 2.000 ký tự, hiện có %d.") % len(reason)])
    return reason


def _stale(request: HttpRequest, roll_up: RollUp, stale: StaleState, reason: str = "") -> HttpResponse:
    roll_up.refresh_from_db()
    context = {"roll_up": roll_up, "message": stale, "reason": reason}
    return render(request, "reporting/roll_up_stale.html", context, status=409)
