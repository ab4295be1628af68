"""What the list of reports shows: a unit its own periods, who sees the whole a period's units and the roll-ups."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.ordering import chosen_order, in_order
from documents.vietnamese import InvalidCharacters, clean, fold
from plans.deadlines.periods import year_of
from plans.deadlines.timeliness import URGENCY
from plans.models import Obligation, ObligationKind
from plans.models.obligation import came_on_paper
from reporting import perms
from reporting.models import Period, RollUp
from reporting.models import UnitReportState as State
from reporting.opening import OPENS_BEFORE_DUE
from reporting.standing import standings

STATE_PLACES = [None, *State.values]
SEARCH_MAX = 100
NEXT_STEP = {
    None: _("Báo cáo mở 10 ngày trước hạn; số liệu được điền từ các kết quả đã ghi."),
    State.OPEN: _("Bắt đầu soạn"),
    State.DRAFTING: _("Soạn tiếp rồi nộp"),
    State.HEAD_REVIEW: _("Trưởng đơn vị kiểm tra và nộp"),
    State.SUBMITTED: _("Chờ Văn phòng Sở xem"),
    State.IN_REVIEW: _("Chờ Văn phòng Sở xem"),
    State.RETURNED: _("Sửa theo ý kiến rồi nộp lại"),
    State.REOPENED: _("Sửa rồi nộp lại"),
}
TO_DO = (State.OPEN, State.DRAFTING, State.HEAD_REVIEW, State.RETURNED, State.REOPENED)
TO_REVIEW = (State.SUBMITTED, State.IN_REVIEW)


# column of the table of units → what it is sorted by
ORDERS = {
    "unit": lambda row: row["standing"].unit.position,
    "state": lambda row: STATE_PLACES.index(row["standing"].state or None),
    "due": lambda row: (URGENCY.index(row["standing"].timeliness.code), -row["standing"].timeliness.days),
    "returns": lambda row: row["standing"].returns,
}


def overview(user: User, asked, *, now: datetime) -> dict:
    """The context of the list; `asked` (a QueryDict) may name `year`, `period` and `q`; what cannot be is ignored."""
    on = now.date()
    periods = list(Period.objects.visible_to(user, on=on).order_by("ends", "starts"))
    years = sorted({period.year for period in periods}, reverse=True)
    year = _chosen_year(asked.get("year", ""), years, year_of(on))
    of_year = [period for period in periods if period.year == year]
    quarters = [period for period in of_year if period.regime == "quarterly"]
    context = {"year": year, "years": years, "whole": perms.sees_the_whole(user, on)}
    if not context["whole"]:
        return context | {"rows": _own_rows(user, year, quarters, now)}
    chosen = _chosen_period(asked.get("period", ""), quarters, now)
    words = _search(asked.get("q", ""))
    order = chosen_order(asked, ORDERS, "unit")
    rows = in_order(_unit_rows(chosen, words, now) if chosen else [], ORDERS, order)
    return context | {
        "periods": quarters,
        "chosen": chosen,
        "q": words,
        "order": order,
        "rows": rows,
        "handed_in": sum(row["standing"].was_handed_in and not row["standing"].is_exempt for row in rows),
        "expected": sum(not row["standing"].is_exempt for row in rows),
        "roll_ups": RollUp.objects.visible_to(user, on=on)
        .filter(period__year=year)
        .select_related("period")
        .defer("snapshot")
        .order_by("period__ends", "period__starts", "period__regime"),
    }


def _own_rows(user: User, year: int, quarters: list[Period], now: datetime) -> list[dict]:
    """One row an obligation, oldest deadline first; reports not yet opened are there too."""
    periods = {(period.agency_id, period.code): period for period in quarters}
    obligations = (
        Obligation.objects.visible_to(user, on=now.date())
        .filter(kind=ObligationKind.UNIT_REPORT, plan__year=year)
        .annotate(on_paper=came_on_paper())
        .select_related("unit", "unit_report")
        .order_by("due_at", "unit__position")
    )
    rows = []
    for row in obligations:
        report = getattr(row, "unit_report", None)
        state = report.state if report else None
        rows.append(
            {
                "obligation": row,
                "report": report,
                "period": periods.get((row.agency_id, row.occasion)),
                "timeliness": row.timeliness(now),
                "next_step": NEXT_STEP.get(state, ""),
                "to_do": state in TO_DO,
            }
        )
    return rows


def _unit_rows(period: Period, words: str, now: datetime) -> list[dict]:
    wanted = fold(words)
    return [
        {
            "standing": row,
            "label": State(row.state).label if row.state else _("Chưa mở"),
            "to_review": row.state in TO_REVIEW,
        }
        for row in standings(period, now=now)
        if wanted in fold(row.unit.name)
    ]


def _chosen_year(asked: str, years: list[int], present: int) -> int:
    named = next((year for year in years if str(year) == asked), None)
    return named or (present if present in years or not years else years[0])


def _chosen_period(asked: str, quarters: list[Period], now: datetime) -> Period | None:
    """The one asked for, or the last whose reports are open, or the first."""
    if named := next((period for period in quarters if period.code == asked), None):
        return named
    opened = [period for period in quarters if period.unit_due_at <= now + OPENS_BEFORE_DUE]
    return opened[-1] if opened else next(iter(quarters), None)


def _search(text: str) -> str:
    try:
        return clean(text).strip()[:SEARCH_MAX]
    except InvalidCharacters:
        return ""
