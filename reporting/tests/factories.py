"""A department year ready for reporting: an issued plan with its duties, the periods, reports in any state.

Rows are written directly where a test is not about the way there.
"""

import uuid
from datetime import date, datetime, timedelta

from accounts import jobs
from accounts.cast import Cast
from accounts.models import Unit
from plans.department.issuing import create_obligations
from plans.models import (
    Audience,
    Channel,
    ContentArea,
    Duty,
    Indicator,
    Obligation,
    ObligationKind,
    Plan,
)
from plans.models.obligation import Recurrence
from plans.tests.factories import ISSUED_AT, issued_plan
from propaganda.models import Result, ResultQuantity
from reporting.models import Period, RollUp, RollUpVersion, UnitReport, UnitReportState
from reporting.models.unit_report import HANDED_IN, RECEIVED
from reporting.opening import make_periods
from reporting.roll_ups.building import start_build
from reporting.roll_ups.content import readable
from reporting.roll_ups.narrating import take_texts
from reporting.roll_ups.outline import outline, unit_texts
from reporting.rules import units_to_acknowledge
from reporting.workflow import ROLL_UP

S = UnitReportState
STAMPED = {*HANDED_IN, S.RETURNED, S.REOPENED}


def ready_year(cast: Cast, *, year: int = 2022, now: datetime = ISSUED_AT) -> Plan:
    """An issued plan with unit plans, quarterly reports and roll-ups owed, and the periods of both regimes."""
    plan = issued_plan(cast, year=year, now=now)
    Duty.objects.create(
        plan=plan, position=2, kind=ObligationKind.ROLL_UP, who="Văn phòng Sở", what="Tổng hợp, báo cáo Giám đốc Sở",
        phrase="định kỳ hàng quý", recurrence=Recurrence.QUARTERLY, to="Giám đốc Sở",
    )  # fmt: skip
    create_obligations(plan, now=now)
    make_periods(cast.agency, year)
    return plan


def more_units(plan: Plan, count: int) -> list[str]:
    """So many more divisions that owe what the plan asks; gives their codes."""
    codes = [f"phong-{number:02}" for number in range(count)]
    Unit.objects.bulk_create(
        Unit(agency=plan.agency, code=code, kind="division", name=f"Phòng {code[-2:]}", position=50 + number)
        for number, code in enumerate(codes)
    )
    create_obligations(plan, now=plan.issued_at)
    return codes


def period_of(plan: Plan, kind: str = "Q1") -> Period:
    """`kind` as in a period's code: Q1, CCHC-H1, CCHC-Y."""
    return Period.objects.get(agency=plan.agency, code=f"{plan.year}-{kind}")


def obligation_of(plan: Plan, code: str, kind: str = "Q1") -> Obligation:
    """What the unit owes for the quarter."""
    return Obligation.objects.get(
        plan=plan, unit__code=code, occasion=f"{plan.year}-{kind}", kind=ObligationKind.UNIT_REPORT
    )


def report_of(
    plan: Plan, code: str = "ldvl", kind: str = "Q1", *, state: str = S.OPEN, at: datetime | None = None, **values
) -> UnitReport:
    """The unit's report of a quarter put into `state`, with its obligation's stamps but no receipt.

    `at` is when it was handed in: at the very last instant on time unless told otherwise.
    """
    obligation, period = obligation_of(plan, code, kind), period_of(plan, kind)
    if state in STAMPED:
        obligation.first_submitted_at = at or obligation.due_at
        obligation.accepted_at = obligation.first_submitted_at if state in RECEIVED else None
    if state == S.EXEMPT:
        obligation.exempt_from, obligation.exempt_reason = period.ends, "Đơn vị đang sáp nhập."
    obligation.save()
    needed = {
        S.RETURNED: {"return_reason": "Bổ sung minh chứng."},
        S.REOPENED: {"reopened_until": period.unit_due_at.date() + timedelta(days=30)},
    }
    defaults = {"highlights": f"Kết quả của {obligation.unit.name}.", **needed.get(state, {}), **values}
    return UnitReport.objects.create(
        agency=plan.agency, unit=obligation.unit, period=period, obligation=obligation, state=state, **defaults
    )


def result_of(
    plan: Plan, code: str, day: date, *, area: str = "procedures", channel: str = "leaflet",
    quantities: dict[str, int] | None = None, **values,
) -> Result:  # fmt: skip
    """A result of the unit on `day`; `quantities` by indicator code."""
    result = Result.objects.create(
        **{
            "agency": plan.agency, "unit": Unit.objects.get(agency=plan.agency, code=code), "happened_on": day,
            "title": "Phát tờ gấp tại bộ phận một cửa", "area": ContentArea.objects.get(code=area),
            "channel": Channel.objects.get(code=channel), "audience": Audience.objects.get(code="people"),
            "links": "https://cchc.example.vn/bai-viet", "key": uuid.uuid4().hex,
            "recorded_at": plan.issued_at, "recorded_by": plan.created_by,
        }
        | values
    )  # fmt: skip
    for indicator, value in (quantities or {}).items():
        ResultQuantity.objects.create(result=result, indicator=Indicator.objects.get(code=indicator), value=value)
    return result


def roll_up_of(plan: Plan, kind: str = "Q1", **values) -> RollUp:
    """A roll-up that collects, unless `values` say otherwise."""
    period = period_of(plan, kind)
    return RollUp.objects.create(**{"agency": plan.agency, "period": period, "code": period.code} | values)


def built(roll_up: RollUp, *, now: datetime, by=None) -> RollUpVersion:
    """The next version, asked for and built here."""
    job = start_build(roll_up, by=by, now=now)
    assert jobs.run(job.pk)
    roll_up.refresh_from_db()
    return roll_up.versions.get(job=job)


def everything_taken(roll_up: RollUp, cast: Cast, *, now: datetime) -> None:
    """Every text of the units put into the narrative."""
    content = roll_up.versions.first().content
    for part in outline(content):
        take_texts(roll_up, part, unit_texts(content, part), by=cast.office_staff, now=now)
    roll_up.refresh_from_db()


def cut(roll_up: RollUp, cast: Cast, *, now: datetime) -> RollUp:
    """Built if need be, and cut with every missing and late unit acknowledged."""
    version = roll_up.versions.first() or built(roll_up, now=now)
    names = frozenset(unit["code"] for unit in units_to_acknowledge(version.content))
    return ROLL_UP.move(roll_up, "cut", by=cast.office_staff, now=now, acknowledged=names)


def cells_of(content: dict) -> dict[tuple[str, str, str], int | str]:
    """The figures of a content by unit, area and indicator (codes); what a unit has of all its areas is left out."""
    return {
        (row.code, cell.area, cell.indicator): cell.value
        for row in readable(content)["by_unit"]
        for cell in row.cells
        if cell.area
    }
