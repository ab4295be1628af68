"""What the list of unit plans shows: a year, narrowed and ordered as asked."""

from collections.abc import Mapping
from datetime import datetime

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.ordering import chosen_order, in_order
from documents.vietnamese import fold
from plans.deadlines.timeliness import URGENCY
from plans.models import UnitPlanState as State
from plans.models.obligation import came_on_paper

PAGE = 50
TIMELINESS = {
    "waiting": gettext_lazy("Còn hạn, chưa nộp"),
    "overdue": gettext_lazy("Quá hạn, chưa nộp"),
    "on_time": gettext_lazy("Đúng hạn"),
    "extended": gettext_lazy("Đúng hạn đã gia hạn"),
    "late": gettext_lazy("Nộp muộn"),
    "exempt": gettext_lazy("Miễn"),
}
# column of the table → what it is sorted by; the unit's place in the department settles ties
ORDERS = {
    "unit": lambda plan: plan.unit.position,
    "state": lambda plan: State.values.index(plan.state),
    "due": lambda plan: (URGENCY.index(plan.timeliness.code), -plan.timeliness.days),
    "submitted": lambda plan: (plan.obligation.first_submitted_at is None, plan.obligation.first_submitted_at or 0),
    "returns": lambda plan: plan.obligation.returns,
}
TEXTS = ("purpose", "organisation", "contact", "return_reason", "search_text")  # long, and not of a list
HANDED_IN = (State.SUBMITTED, State.IN_REVIEW, State.ACCEPTED, State.AMENDING)
IN_WORK = (State.DRAFTING, State.HEAD_REVIEW, State.RETURNED)


def overview(rows, query: Mapping[str, str], *, now: datetime) -> dict:
    """The context of the page from visible unit plans and the address's query; unknown values mean everything."""
    years = sorted(set(rows.order_by().values_list("plan__year", flat=True)), reverse=True)
    year = next((year for year in years if str(year) == query.get("nam")), _default_year(years, now))
    found = rows.filter(plan__year=year).select_related("unit", "obligation").defer(*TEXTS)
    found = found.annotate(on_paper=came_on_paper("obligation"))
    plans = list(found.order_by("unit__position"))
    labels = {value: str(label) for value, label in State.choices}  # get_state_display makes the list anew each time
    for plan in plans:
        plan.timeliness, plan.state_label = plan.obligation.timeliness(now), labels[plan.state]
    chosen = {
        "q": query.get("q", "")[:100],
        "state": _known(query.get("trang-thai"), State.values),
        "timeliness": _known(query.get("han"), TIMELINESS),
    }
    order = chosen_order(query, ORDERS, "unit")
    shown = in_order(filter(_matches(chosen), plans), ORDERS, order)
    return {
        "years": years,
        "year": year,
        "year_text": str(year),
        "narrowed": any(chosen.values()),
        "chosen": chosen,
        "states": State.choices,
        "timeliness_choices": TIMELINESS.items(),
        "order": order,
        "total": len(plans),
        "sentence": _sentence(plans),
        "page": Paginator(shown, PAGE).get_page(query.get("page")),
    }


def _default_year(years: list[int], now: datetime) -> int:
    """This year, or the latest before it that has plans."""
    return next((year for year in years if year <= now.year), years[-1] if years else now.year)


def _known(value: str | None, values) -> str:
    return value if value in values else ""


def _matches(chosen: dict):
    words = fold(chosen["q"].replace("\x00", "")).split()

    def matches(plan) -> bool:
        name = fold(plan.unit.name)
        return (
            all(word in name for word in words)
            and chosen["state"] in ("", plan.state)
            and chosen["timeliness"] in ("", plan.timeliness.code)
        )

    return matches


def _sentence(plans: list) -> str:
    """ "9/14 đơn vị đã nộp; 3 đang soạn; 2 chưa bắt đầu" of the units that must hand in."""
    expected = [plan for plan in plans if plan.obligation.exempt_from is None]
    counts = {
        "in": sum(plan.state in HANDED_IN for plan in expected),
        "all": len(expected),
        "work": sum(plan.state in IN_WORK for plan in expected),
        "new": sum(plan.state == State.NOT_STARTED for plan in expected),
    }
    return _("%(in)d/%(all)d đơn vị đã nộp; %(work)d đang soạn; %(new)d chưa bắt đầu.") % counts
