"""The accepted activities of units, with what has been done of each."""

from datetime import date

from django.db.models import Count, IntegerField, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import Unit, User
from plans.deadlines.periods import year_of
from plans.models import Activity, Plan, UnitPlanState
from plans.models.catalogue import IndicatorSource
from plans.models.plan import IN_FORCE
from propaganda.models import Result, ResultQuantity

# Where the figure of an indicator is found among what an activity's results add up to.
DONE_IN = {
    IndicatorSource.QUANTITY: "done_quantity",
    IndicatorSource.RESULTS: "results_recorded",
    IndicatorSource.PARTICIPANTS: "done_participants",
    IndicatorSource.REACH: "done_reach",
    IndicatorSource.MONEY: "done_money",
}


def accepted(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Those of accepted unit plans under a department plan in force, ready to be shown."""
    return activities.filter(
        unit_plan__state__in=(UnitPlanState.ACCEPTED, UnitPlanState.AMENDING), unit_plan__plan__state__in=IN_FORCE
    ).select_related("unit_plan__plan", "unit_plan__unit", "area", "channel", "audience", "indicator")


def to_record_for(units: list[Unit], today: date) -> QuerySet[Activity]:
    """The activities that results may be given to now: of this year's plan and of the year's before."""
    return accepted(Activity.objects.filter(unit_plan__unit__in=units, unit_plan__plan__year__gte=today.year - 1))


def with_done(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Add what the results come to; one subquery a figure, since joined sums multiply. Empty is not known."""
    results = Result.objects.filter(activity=OuterRef("pk")).order_by().values("activity")
    quantities = ResultQuantity.objects.filter(result__activity=OuterRef("pk"), indicator=OuterRef("indicator"))
    return activities.annotate(
        results_recorded=Coalesce(
            Subquery(results.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
        ),
        last_result_on=Subquery(results.annotate(last=Max("happened_on")).values("last")),
        done_quantity=Subquery(quantities.order_by().values("result__activity").annotate(s=Sum("value")).values("s")),
        done_participants=Subquery(results.annotate(s=Sum("participants")).values("s")),
        done_reach=Subquery(results.annotate(s=Sum("reach")).values("s")),
        done_money=Subquery(results.annotate(s=Sum("money")).values("s")),
    )


def done(activity: Activity) -> int | None:
    """What was done in the unit of measure of the activity's indicator; None when nothing is known of it.

    The activity comes from `with_done`.
    """
    return getattr(activity, DONE_IN[activity.indicator.source]) if activity.indicator else None


def years(user: User, *, on: date) -> list[int]:
    """The years whose plans in force the person sees, newest first."""
    return list(
        Plan.objects.visible_to(user, on=on).in_force().order_by("-year").values_list("year", flat=True).distinct()
    )


def year_to_show(asked: str, years: list[int], on: date) -> int:
    """The year asked for, else the reporting year of the day, else the newest there is."""
    if asked.isascii() and asked.isdigit() and int(asked) in years:
        return int(asked)
    return year_of(on) if year_of(on) in years or not years else years[0]
