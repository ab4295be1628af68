"""Results of a unit that ends, not yet told of in a report: the unit that takes over reports them."""

from datetime import date, datetime

from django.db.models import Count, Exists, Max, Min, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Event, Unit
from accounts.succession.handing_over import Act, Item, Kind, register
from plans.models import ClosedWindow
from propaganda.models import Result


def _covered(unit_pk: int):
    """Whether the result's day lies in a report that the unit has handed in."""
    return Exists(
        ClosedWindow.objects.filter(
            unit=unit_pk, starts__lte=OuterRef("happened_on"), ends__gte=OuterRef("happened_on")
        )
    )


def _untold(unit: Unit):
    return Result.objects.filter(~_covered(unit.pk), unit=unit)


def _results(unit: Unit, now: datetime) -> list[Item]:
    """One item for all of them: they belong to one report."""
    found = _untold(unit).aggregate(count=Count("pk"), first=Min("happened_on"), last=Max("happened_on"))
    if not found["count"]:
        return []
    what = _("%(count)d kết quả chưa báo cáo (%(first)s – %(last)s)") % {
        "count": found["count"], "first": _day(found["first"]), "last": _day(found["last"])
    }  # fmt: skip
    return [Item(f"results:{unit.pk}", unit, what)]


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _hand_over(item: Item, to: Unit | None, act: Act) -> None:
    """They become results of the unit that takes over; where it has reported that time already, supplements."""
    Unit.objects.select_for_update().get(pk=to.pk)
    pks = list(_untold(item.unit).values_list("pk", flat=True))
    moved = Result.objects.filter(pk__in=pks)
    moved.filter(_covered(to.pk)).update(unit=to, supplement=True)
    Result.objects.filter(pk__in=pks, unit=item.unit).update(unit=to)
    Event.record(
        item.unit, at=act.now, by=act.by, action="hand_over_results", agency_id=item.unit.agency_id,
        reason=act.succession.document, data={"results": pks, "to": to.pk},
        label=_("Bàn giao %(count)d kết quả chưa báo cáo cho %(unit)s") % {"count": len(pks), "unit": to},
    )  # fmt: skip


def register_all() -> None:
    """Called once at start."""
    register("results", Kind(gettext_lazy("Kết quả chưa báo cáo"), _results, _hand_over))
