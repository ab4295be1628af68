"""Progress and likelihood as the Office judges them, for the content areas and the indices of a period's plan.

    found = judgements(agency, period)            one query
    found.areas["procedures"].current             the latest Judgement of the period, or None
    found.indices["par-index"].previous           that of the period before, or None

A page shows one by `{% include "reporting/_lights.html" with judgement=judged.current only %}`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Agency, Event, User
from accounts.workflow import StaleState
from plans.models import ContentArea, IndexTarget, Plan, RankingIndex
from reporting import perms
from reporting.models import Judgement, Period

LOOKS_BACK = timedelta(days=400)  # further back lies no period before this one


@dataclass
class Judged:
    """The latest judgement of the period, and the latest of the period before it that was judged."""

    current: Judgement | None = None
    previous: Judgement | None = None


@dataclass
class Judgements:
    """By the codes of areas and of indices; what was never judged gives an empty Judged."""

    areas: dict[str, Judged] = field(default_factory=lambda: defaultdict(Judged))
    indices: dict[str, Judged] = field(default_factory=lambda: defaultdict(Judged))

    def of(self, thing: ContentArea | RankingIndex) -> Judged:
        return (self.areas if isinstance(thing, ContentArea) else self.indices)[thing.code]


def judgements(agency: Agency | int, period: Period) -> Judgements:
    """What the Office judged in the period and in the one before it; one query."""
    rows = Judgement.objects.filter(
        period__agency=getattr(agency, "pk", agency),
        period__regime=period.regime,
        period__ends__lte=period.ends,
        period__ends__gt=period.ends - LOOKS_BACK,
    )
    found = Judgements()
    for row in rows.select_related("period", "area", "index", "by").order_by("period__ends", "pk"):
        judged = found.of(row.area or row.index)
        if row.period_id == period.pk:
            judged.current = row
        else:
            judged.previous = row
    return found


@dataclass(frozen=True)
class Subject:
    """Something to be judged, as a row of the table: `pk` names it, `version` the judgement that was seen."""

    thing: ContentArea | RankingIndex
    judged: Judged

    @property
    def pk(self) -> str:
        return key_of(self.thing)

    @property
    def version(self) -> str:
        return str(self.judged.current.pk) if self.judged.current else "0"

    @property
    def label(self) -> str:
        return str(self.thing)


def key_of(thing: ContentArea | RankingIndex) -> str:
    """ "area-3", "index-1"."""
    return f"{'area' if isinstance(thing, ContentArea) else 'index'}-{thing.pk}"


def subjects(period: Period) -> list[Subject]:
    """What is judged in a period: the areas of its plan, then the indices on which the plan has targets."""
    found = judgements(period.agency_id, period)
    plan = Plan.objects.in_force().filter(agency=period.agency_id, year=period.year, amends=None).first()
    if plan is None:
        return []
    aimed_at = IndexTarget.objects.filter(plan=plan).values("index")
    things = [*ContentArea.objects.filter(scheme=plan.scheme_id), *RankingIndex.objects.filter(short__in=aimed_at)]
    return [Subject(thing, found.of(thing)) for thing in things]


@transaction.atomic
def judge(
    period: Period, judged: Iterable[Mapping], *, seen: Mapping[str, str], by: User, now: datetime
) -> list[Judgement]:
    """Add a judgement for each of `judged`: {thing, progress, likelihood, reason}.

    `seen` says by key which judgement each replaces ("0": none). What says the same as the latest adds nothing, so
    that sending twice stores once. Raises PermissionDenied, StaleState when somebody judged the same meanwhile.
    """
    post = perms.may_judge(by, period, now.date())
    if post is None:
        raise PermissionDenied
    Period.objects.select_for_update().get(pk=period.pk)
    found, made = judgements(period.agency_id, period), []
    for row in judged:
        thing = row["thing"]
        current = found.of(thing).current
        given = (row["progress"], row["likelihood"], row["reason"])
        if current and (current.progress, current.likelihood, current.reason) == given:
            continue
        if seen.get(key_of(thing)) != (str(current.pk) if current else "0"):
            raise StaleState(_("Có người vừa đánh giá “%s”.") % thing)
        subject = {"area": thing} if isinstance(thing, ContentArea) else {"index": thing}
        progress, likelihood, reason = given
        made.append(
            Judgement(
                period=period, progress=progress, likelihood=likelihood, reason=reason, by=by, at=now, **subject
            )
        )  # fmt: skip
    Judgement.objects.bulk_create(made)
    if made:
        Event.record(
            period, at=now, by=by, post=post, action="judge", agency_id=period.agency_id,
            label=_("Đánh giá tiến độ, khả năng đạt: %d mục") % len(made),
        )  # fmt: skip
    return made
