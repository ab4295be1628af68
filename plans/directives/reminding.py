"""What the sweep tells of directives: their day comes near, or has passed. Each milestone once a person."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Notice
from accounts.notices import notify
from documents.dates import short_date
from plans.deadlines.milestones import REACH_AHEAD, REACH_BACK, due_milestone, sends_at
from plans.deadlines.workdays import VIETNAM
from plans.directives.acts import carriers, judges
from plans.models import Directive, Holiday

EARLIEST = -3  # a directive runs for days, not for months: two weeks before is no reminder


def remind(now: datetime) -> None:
    """One look of the sweep. Who gave it is told too once the day has passed."""
    overrides = Holiday.objects.as_rules()
    if not sends_at(now, overrides):
        return
    rows = Directive.objects.with_due().with_owner().filter(due__gt=now - REACH_BACK, due__lt=now + REACH_AHEAD)
    due = {}
    for row in rows.select_related("unit"):
        milestone = due_milestone(row.due, now, overrides)
        if milestone is not None and milestone >= EARLIEST:
            due[f"directive:{row.pk}:{row.due:%Y%m%d}:{milestone}"] = row, milestone
    told = set(Notice.objects.filter(key__in=list(due)).values_list("key", flat=True))
    for key, (row, milestone) in due.items():
        if key not in told:
            _notify(key, row, milestone, now)


def _notify(key: str, row: Directive, milestone: int, now: datetime) -> None:
    people = carriers(row, now)
    if milestone > 0:
        people = people | judges(row, now)
    notify(
        people.distinct(), key=key, title=_title(row, milestone), now=now, body=row.text, due_at=row.due,
        url=reverse("directive_detail", args=[row.pk]),
    )  # fmt: skip


def _title(row: Directive, milestone: int) -> str:
    words = {"what": row, "day": short_date(row.due.astimezone(VIETNAM).date()), "owner": row.owner}
    if milestone > 0:
        return _("Quá hạn %(day)s, chưa trả lời ý kiến chỉ đạo (%(owner)s): %(what)s") % words
    if milestone == 0:
        return _("Hôm nay là hạn thực hiện ý kiến chỉ đạo: %(what)s") % words
    return _("Hạn thực hiện ý kiến chỉ đạo %(day)s: %(what)s") % words
