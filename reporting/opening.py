"""What the schedule does with periods: makes them, opens reports, builds the roll-up at the cut-off.

Every step is found from the database and may run twice.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Agency, Role
from accounts.notices import holders, notify
from accounts.templatetags.portal import deadline
from plans.deadlines.periods import KINDS, REGIMES, deadlines, period_code, window
from plans.models import Holiday, Obligation, ObligationKind, Plan, PlanState
from reporting.models import Period, RollUp, RollUpState, UnitReport, UnitReportState
from reporting.roll_ups.building import current_job, start_build
from reporting.workflow import UNDER_WAY, UNIT_REPORT

OPENS_BEFORE_DUE = timedelta(days=10)


def look(now: datetime) -> None:
    """One look of the sweep."""
    make_missing_periods()
    lapse_reports(now)
    open_reports(now)
    open_roll_ups(now)
    end_reopenings(now)
    build_at_cut_off(now)


def make_periods(agency: Agency, year: int) -> None:
    """The periods of every regime for a year, with the default chain of deadlines; existing ones stay as they are."""
    overrides = Holiday.objects.as_rules()
    rows = []
    for regime in REGIMES.values():
        for entry in regime.entries:
            chain = deadlines(entry.kind, year, overrides)
            days = window(entry.kind, year)
            rows.append(
                Period(
                    agency=agency,
                    regime=regime.code,
                    kind=entry.kind,
                    code=period_code(entry.kind, year, regime.prefix),
                    label=KINDS[entry.kind].label.format(year=year),
                    year=year,
                    starts=days.starts,
                    ends=days.ends,
                    cumulative=entry.cumulative,
                    unit_due_at=chain.unit,
                    office_due_at=chain.office,
                    director_due_at=chain.director,
                    upward_due_at=chain.upward,
                )
            )
    Period.objects.bulk_create(rows, ignore_conflicts=True)


def make_missing_periods() -> None:
    """Periods for every plan in force that has none."""
    for plan in Plan.objects.filter(state=PlanState.ISSUED).select_related("agency"):
        if not Period.objects.filter(agency=plan.agency, year=plan.year).exists():
            make_periods(plan.agency, plan.year)


@transaction.atomic
def lapse_reports(now: datetime) -> None:
    """Close what is being written for an obligation that ended: an amendment or a recall of the plan took it away."""
    rows = UnitReport.objects.filter(state__in=UNDER_WAY, obligation__exempt_from__isnull=False)
    UNIT_REPORT.move_all(rows, "lapse", by=None, now=now)


def _ask_again(asked: list[Obligation], now: datetime) -> None:
    """A plan made in place of a recalled one asks for a period anew: the report that lapsed is opened for it."""
    lapsed = UnitReport.objects.filter(
        state=UnitReportState.EXEMPT, obligation__plan__state=PlanState.RECALLED,
        unit__in={row.unit_id for row in asked},
    )  # fmt: skip
    left = {(report.unit_id, report.period.code): report for report in lapsed.select_related("period", "unit")}
    for row in asked:
        if report := left.get((row.unit_id, row.occasion)):
            report.obligation = row
            report.save(update_fields=["obligation"])
            UNIT_REPORT.move(report, "ask_again", by=None, now=now)


@transaction.atomic
def open_reports(now: datetime) -> None:
    """Open the unit reports that fall due within ten days, filled by their windows, and tell the units."""
    asked = Obligation.objects.expected().filter(
        kind=ObligationKind.UNIT_REPORT, unit_report__isnull=True, due_at__lte=now + OPENS_BEFORE_DUE
    )
    _ask_again(list(asked), now)
    periods = {(period.agency_id, period.code): period for period in Period.objects.asked_of_units()}
    rows = [
        UnitReport(
            agency_id=row.agency_id,
            unit_id=row.unit_id,
            period=periods[row.agency_id, row.occasion],
            obligation=row,
        )
        for row in asked
        if (row.agency_id, row.occasion) in periods
    ]
    UnitReport.objects.bulk_create(rows, ignore_conflicts=True)
    for period in {row.period for row in rows}:
        _tell_opened(period, now)


def _tell_opened(period: Period, now: datetime) -> None:
    notify(
        holders(Role.UNIT_EDITOR, Role.UNIT_HEAD, agency_id=period.agency_id, on=now.date()),
        key=f"report-open:{period.pk}",
        title=_("Đã mở báo cáo %s") % period,
        body=_("Hạn nộp: %s. Số liệu đã được điền từ các kết quả đã ghi; đơn vị bổ sung đánh giá rồi nộp.")
        % deadline(period.unit_due_at),
        now=now,
        url=reverse("unit_report_list"),
    )


def follow_deadline(plan: Plan, kind: str, occasion: str, due_at: datetime) -> None:
    """The period's own deadline goes with that of its units or of the Office; the later links never before it."""
    period = Period.objects.filter(agency=plan.agency_id, code=occasion).first()
    if period is None:
        return
    if kind == ObligationKind.UNIT_REPORT:
        period.unit_due_at = due_at
    elif kind == ObligationKind.ROLL_UP:
        period.office_due_at = due_at
    period.office_due_at = max(period.office_due_at, period.unit_due_at)
    period.director_due_at = max(period.director_due_at, period.office_due_at)
    period.save(update_fields=["unit_due_at", "office_due_at", "director_due_at"])


def end_reopenings(now: datetime) -> None:
    """A report that was reopened until a day goes back to the Office, as it stands, once that day is over."""
    over = UnitReport.objects.filter(state=UnitReportState.REOPENED, reopened_until__lt=now.date())
    for report in over.select_related("period", "unit", "obligation"):
        UNIT_REPORT.move(report, "reopening_over", by=None, now=now)


def open_roll_ups(now: datetime) -> None:
    """A roll-up begins to collect when the reports of its period are opened."""
    periods = Period.objects.filter(roll_ups__isnull=True, unit_due_at__lte=now + OPENS_BEFORE_DUE)
    RollUp.objects.bulk_create(
        (RollUp(agency_id=period.agency_id, period=period, code=period.code) for period in periods),
        ignore_conflicts=True,
    )


def build_at_cut_off(now: datetime) -> None:
    """The first version of each roll-up whose units' deadline has passed; a build that failed waits for a person."""
    for roll_up in RollUp.objects.filter(
        state=RollUpState.COLLECTING, versions__isnull=True, corrects__isnull=True, period__unit_due_at__lt=now
    ):
        if current_job(roll_up) is None:
            start_build(roll_up, by=None, now=now)
