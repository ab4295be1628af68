"""Issuing a plan: one obligation per active unit and occasion, and the unit plans that answer them."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role, Unit
from accounts.notices import holders, notify
from documents.dates import short_date
from plans.deadlines.periods import KINDS_OF_RECURRENCE, deadlines, period_code, window
from plans.deadlines.workdays import VIETNAM
from plans.models import DeadlineChange, Duty, Holiday, Obligation, ObligationKind, Plan, PlanState, UnitPlan


def occasions(duty: Duty, year: int, overrides) -> Iterator[tuple[str, datetime, date]]:
    """When a duty falls due: (occasion, last instant on time, day on which a unit must exist to owe it).

    That day is the last one of a period's window, or the last day on time of what is due once.
    """
    if duty.recurrence:
        for kind in KINDS_OF_RECURRENCE[duty.recurrence]:
            chain = deadlines(kind, year, overrides)
            due = chain.office if duty.kind == ObligationKind.ROLL_UP else chain.unit
            yield period_code(kind, year), due, window(kind, year).ends
    elif duty.due_at:
        yield str(year), duty.due_at, duty.due_at.astimezone(VIETNAM).date()


def units_of(plan: Plan, on: date) -> list[Unit]:
    """The units that may owe something new on that day: those that are not gone."""
    return list(Unit.objects.filter(Q(ends__isnull=True) | Q(ends__gte=on), agency=plan.agency_id))


def create_obligations(plan: Plan, *, now: datetime, tell: bool = True) -> None:
    """Make what is missing of the plan's obligations, start its unit plans and tell the units. Safe to repeat.

    A unit that begins or ends within the year owes only what falls into its time; one that is gone owes nothing new.
    What an amendment brought is owed only as far as it falls due after that. What was handed in by a plan that
    was recalled is not asked again: a report stands for its period, whichever plan asked for it.
    """
    units, overrides = units_of(plan, now.date()), Holiday.objects.as_rules()
    done, changed = _handed_in_before(plan), DeadlineChange.objects.of_plan(plan.pk)
    Obligation.objects.bulk_create(
        (
            Obligation(
                agency_id=plan.agency_id,
                plan=plan,
                duty=duty,
                unit=unit,
                kind=duty.kind,
                occasion=occasion,
                due_at=changed.get((duty.pk, occasion), due_at),
            )
            for duty in plan.duties.current().exclude(kind="")
            for occasion, due_at, day in occasions(duty, plan.year, overrides)
            if duty.since is None or due_at >= duty.since
            for unit in units
            if duty.is_asked_of(unit, day) and (duty.kind, unit.pk, occasion) not in done
        ),
        ignore_conflicts=True,
    )
    start_unit_plans(plan)
    if tell:
        _tell_units(plan, now)


def _handed_in_before(plan: Plan) -> set[tuple[str, int, str]]:
    """(kind, unit, occasion) of the reports handed in under a plan of the year that was recalled."""
    rows = Obligation.objects.filter(
        agency=plan.agency_id, plan__year=plan.year, plan__state=PlanState.RECALLED, first_submitted_at__isnull=False
    )
    return set(rows.exclude(kind=ObligationKind.UNIT_PLAN).values_list("kind", "unit", "occasion"))


def oblige_new_units(now: datetime) -> None:
    """Units founded after the issue owe the rest of the year; one look of the sweep, safe to repeat."""
    for plan in Plan.objects.filter(state=PlanState.ISSUED):
        new = Unit.objects.on(now.date()).filter(agency=plan.agency_id).exclude(obligations__plan=plan)
        if new.filter(starts__gt=plan.date).exists():
            create_obligations(plan, now=now)


def start_unit_plans(plan: Plan) -> None:
    """A unit plan for each obligation that asks for one and has none."""
    asked = Obligation.objects.filter(plan=plan, kind=ObligationKind.UNIT_PLAN)
    UnitPlan.objects.bulk_create(
        (
            UnitPlan(agency_id=plan.agency_id, plan=plan, unit_id=row.unit_id, obligation=row)
            for row in asked.filter(unit_plan__isnull=True)
        ),
        ignore_conflicts=True,
    )


def _tell_units(plan: Plan, now: datetime) -> None:
    due_at = (
        Obligation.objects.filter(plan=plan, kind=ObligationKind.UNIT_PLAN)
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
    )
    notify(
        holders(Role.UNIT_EDITOR, Role.UNIT_HEAD, agency_id=plan.agency_id, on=now.date()),
        key=f"issued:{plan.pk}",
        title=_("%(plan)s đã ban hành") % {"plan": plan},
        body=due_at
        and _("Đơn vị lập kế hoạch của mình và nộp chậm nhất hết ngày %s.") % short_date(due_at.astimezone(VIETNAM))
        or "",
        now=now,
        url=reverse("plan_detail", args=[plan.pk]),
    )
