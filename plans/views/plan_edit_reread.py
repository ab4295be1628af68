"""What the text of a draft says otherwise than its lists, to be taken line by line; see plans.department.rereading."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.workflow import StaleState
from plans.department import drafting
from plans.department.content import content_of_plan
from plans.department.rereading import LISTS, offers, read_anew, take
from plans.models import Plan
from plans.views.plan_edit import common, fetch_draft, locked

ADDRESSES = {name: f"plan_edit_{name}" for name, _label in LISTS}


def plan_edit_reread(request: HttpRequest, pk: int) -> HttpResponse:
    """Targets, channels, audiences, duties as the present text has them beside those stored; takes what is chosen."""
    plan = fetch_draft(request, pk)
    if request.method == "POST":
        return _take(request, plan)
    if answer := locked(request, plan):
        return answer
    content = content_of_plan(plan)
    found = offers(content, read_anew(content))
    groups = [
        (label, ADDRESSES[name], [offer for offer in found if offer.name == name], len(content[name]))
        for name, label in LISTS
    ]
    context = common(plan, content, "plan_edit_reread") | {"groups": groups, "count": len(found)}
    return render(request, "plans/plan_edit_reread.html", context)


def _take(request: HttpRequest, plan: Plan) -> HttpResponse:
    chosen = set(request.POST.getlist("take"))
    taken = 0

    def edit(content: dict) -> None:
        nonlocal taken
        taken = take(content, chosen)

    label = _("Lấy lại theo văn bản")
    try:
        drafting.change(plan, edit, by=request.user, now=request.now, label=label, event="reread")
    except StaleState as stale:
        messages.warning(request, str(stale))
        return redirect("plan_detail", plan.pk)
    if taken:
        messages.success(request, _("Đã lấy theo văn bản: %d chỗ. Bấm “Hoàn tác” để trở lại như trước.") % taken)
    if not chosen:
        messages.warning(request, _("Chưa chọn chỗ nào."))
    elif taken < len(chosen):
        messages.warning(request, _("Có người vừa sửa: %d chỗ đã chọn không còn như lúc bạn xem nên chưa lấy.")
                         % (len(chosen) - taken))  # fmt: skip
    return redirect("plan_edit_reread", plan.pk)
