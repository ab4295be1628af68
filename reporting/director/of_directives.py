"""Directives before the Director: what was answered waits to be looked at, what is late stands on top."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.models import Directive, DirectiveState
from reporting.director.decisions import Act, Asked, Decision, Gravity, register
from reporting.director.sources import against


@register("directive", label=gettext_lazy("Ý kiến chỉ đạo"), gravity=Gravity.OVERDUE)
def directives(asked: Asked) -> Iterator[Decision]:
    """Late ones, and those with an answer to be accepted or returned; in one query."""
    rows = Directive.objects.filter(agency=asked.agency_id).open().with_due().select_related("unit")
    for row in rows.filter(Q(state=DirectiveState.ANSWERED) | Q(due__lt=asked.now)):
        url, answered = reverse("directive_detail", args=[row.pk]), row.state == DirectiveState.ANSWERED
        if answered:
            what, gravity = _("Đã trả lời, chờ xem: %s") % row, Gravity.DECIDE
            acts = (Act(_("Xem, chấp nhận"), url),) if asked.decides else ()
            judged = {"promised": _("hạn %s") % f"{row.due.astimezone(asked.now.tzinfo):%d/%m/%Y}"}
        else:
            what, gravity, acts = str(row), Gravity.OVERDUE, (Act(_("Xem, nhắc"), url),)
            judged = against(row.due, asked.now, _("hạn thực hiện %s"))
        yield Decision(f"directive-{row.pk}", row.owner, what, url, gravity=gravity, acts=acts, **judged)
