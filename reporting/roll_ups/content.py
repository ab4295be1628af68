"""The content of a roll-up as plain values: what a version stores, a page shows and a document prints.

Missing is not zero: a unit whose report was not received has no figures at all (None, printed "–").
Counts add; ratios are kept as numerator and denominator and divided only when shown.

A content says by which SCHEMA it was made. What was cut is never rewritten: `readable` gives an older content
the keys it lacks, with nothing known in them, on its way to a page or a document.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Unit
from plans.deadlines.periods import KINDS, Window, period_before, window
from plans.models import Audience, Channel, ContentArea, Indicator, Obligation, Plan
from plans.models.catalogue import IndicatorSource
from reporting.models import AreaAssessment, Period, UnitReport
from reporting.models.summary import month_of
from reporting.models.unit_report import AREA_TEXTS
from reporting.roll_ups.by_unit import UnitRows, of_older
from reporting.roll_ups.directive_rows import directive_rows
from reporting.roll_ups.indicator_rows import adds, indicator_rows, planned_by_indicator, task_figures
from reporting.roll_ups.outline import with_areas
from reporting.roll_ups.trends import earlier_figures
from reporting.roll_ups.unit_pass import UnitPass
from reporting.standing import Standing, measures, standings
from reporting.sums.totals import Asked, Totals, totals

# 1: up to 2022. 2: the last period, three measures of timeliness, facts of each report, audiences, months.
# 3: ratios, stocks, codes and tasks among the indicators. 4: the figures of earlier periods.
# 5: how directives were carried out. 6: cells and tasks by unit in parts of their own, "cells" and "tasks" over all.
SCHEMA = 6
MEASURES = ("on_time", "first_time", "complete")
NO_KIND = {"last_period": None, "kind": "count", "adds": True, "parts": [], "words": {}}  # all of them were counts
DIMENSIONS = ("by_area", "channels", "audiences", "months")
TEXTS = ("highlights", "shortcomings", "causes", "difficulties", "proposals", "next_steps")


def build_content(period: Period, *, now: datetime, brief: bool = False) -> dict:
    """Everything the roll-up of `period` says, as it stands in the database now; a constant number of queries.

    `brief` leaves empty what the Director's screen does not show: dimensions, earlier periods, texts but difficulties.
    """
    everybody = list(
        Unit.objects.filter(agency=period.agency_id).annotate(owes=_owes(period)).prefetch_related("names")
    )
    units = [unit for unit in everybody if unit.owes]
    indicators = list(Indicator.objects.on(period.ends))
    summed, asked = [row for row in indicators if adds(row)], _asked(period)
    areas = _areas(period)
    rows = standings(period, now=now)
    tables = totals(period.agency_id, summed, asked)
    called = {unit.pk: unit.name_on(period.ends) for unit in units}
    codes = {area.pk: area.code for area in areas}
    keys = {indicator.pk: indicator.code for indicator in indicators}
    unit_pass = UnitPass(
        period, {unit.pk: unit.code for unit in units}, {unit.pk: at for at, unit in enumerate(everybody)}, areas,
        summed if brief else indicators, asked, _received_so_far(period),
    )  # fmt: skip
    by_unit, plans = unit_pass.run(), unit_pass.plans
    told = unit_pass.singles, task_figures(indicators, plans)
    return {
        "schema": SCHEMA,
        "period": {
            "code": period.code,
            "label": period.label,
            "year": period.year,
            "starts": period.starts.isoformat(),
            "ends": period.ends.isoformat(),
            "cumulative": period.cumulative,
            "before": _label_before(period),
        },
        "built_at": now.isoformat(),
        "areas": [{"code": area.code, "letter": area.letter, "name": area.name} for area in areas],
        "units": _units(units, rows, called, now),
        "indicators": indicator_rows(indicators, planned_by_indicator(indicators, plans), tables, *told),
        "cells": unit_pass.cells(),
        "parts": by_unit.hashes,
        "by_unit": by_unit,
        **(
            {name: [] for name in DIMENSIONS} if brief else _dimensions(tables["value"], period, areas, keys, unit_pass)
        ),
        "earlier": [] if brief else earlier_figures(period),
        "tasks": unit_pass.task_rows(),
        "money": _money(indicators, tables, plans.money, codes),
        "timeliness": _timeliness(rows, called, now),
        "directives": [] if brief else directive_rows(period, now=now),
        "texts": _texts(_reports(period), called, brief=brief),
    }


def stored(content: dict) -> dict:
    """What of a built content is kept as JSON; its units are kept by `content["by_unit"].store()`."""
    return {name: value for name, value in content.items() if name != "by_unit"}


def readable(content: dict) -> dict:
    """`content` with every key that the newest schema has, and its units (`by_unit`) to walk through.

    What an older one does not know is None, or left empty.
    """
    if "by_unit" in content:
        return content
    if content.get("schema") == SCHEMA:
        return content | {"by_unit": UnitRows(content["parts"])}
    nothing_known = dict.fromkeys(("returns", *MEASURES, "due_at", "handed_in_at"))
    return (
        {"by_area": [], "audiences": [], "months": [], "earlier": [], "directives": None}
        | content
        | {
            "period": {"before": None} | content["period"],
            "indicators": [NO_KIND | row for row in content["indicators"]],
            "units": [
                unit | {"reports": [nothing_known | report for report in unit["reports"]]} for unit in content["units"]
            ],
            "timeliness": {"measures": None} | content["timeliness"],
            "by_unit": of_older(content),
        }
    )


def _owes(period: Period) -> Exists:
    """Whether a unit owes anything in the year."""
    return Exists(Obligation.objects.filter(unit=OuterRef("pk"), occasion__startswith=str(period.year)))


def _areas(period: Period) -> list[ContentArea]:
    return list(ContentArea.objects.filter(scheme=plan_of(period).values("scheme")))


def plan_of(period: Period) -> QuerySet[Plan]:
    """The plan in force of the period's year; none or one."""
    return Plan.objects.in_force().filter(agency=period.agency_id, year=period.year)[:1]


def own_window(period: Period) -> Window:
    """The days a period is about."""
    return Window(period.starts, period.ends)


def _asked(period: Period) -> dict[str, Asked]:
    """The days of each column: the period, the year so far, the same period a year ago, the one before."""
    year = Window(period.starts.replace(year=period.year - 1, month=12, day=15), period.ends)
    before = Window(_a_year_earlier(period.starts), _a_year_earlier(period.ends))
    asked = {
        "value": Asked(own_window(period), period.cumulative),
        "year": Asked(year, True, ("area",)),
        "last_year": Asked(before, period.cumulative, ("area",)),
    }
    if not period.cumulative:
        asked["last_period"] = Asked(window(*period_before(period.kind, period.year)), False, ("area",))
    return asked


def _a_year_earlier(day):
    """Windows begin on the 15th and end on the 14th, so that every day has its twin a year earlier."""
    return day.replace(year=day.year - 1)


def _label_before(period: Period) -> str | None:
    """The period that this one is compared with: the one of the same length before; None for cumulative ones."""
    if period.cumulative:
        return None
    kind, year = period_before(period.kind, period.year)
    return KINDS[kind].label.format(year=year)


def _units(units: list[Unit], rows: list[Standing], called: dict[int, str], now: datetime) -> list[dict]:
    """The units as they are `called` (by id) on the period's last day, with how their reports stand."""
    by_unit: dict[int, list[Standing]] = {}
    for row in rows:
        by_unit.setdefault(row.unit.pk, []).append(row)
    return [
        {
            "code": unit.code,
            "name": called[unit.pk],
            "received": any(row.is_received for row in by_unit[unit.pk]),
            "reports": [
                {
                    "id": row.report_id,
                    "period": row.period.code,
                    "group": row.group,
                    "days": row.timeliness.days,
                    "received": row.is_received,
                    "state": row.state,
                    "returns": row.returns,
                    **_judged(row, now),
                    "due_at": row.obligation.effective_due_at.isoformat(),
                    "handed_in_at": _moment(row.obligation.first_submitted_at),
                }
                for row in by_unit[unit.pk]
            ],
        }
        for unit in units
        if unit.pk in by_unit
    ]


def _judged(row: Standing, now: datetime) -> dict[str, bool | None]:
    """The three measures of one report; None where it is not judged by one."""
    found = measures([row], now=now)
    return {name: bool(share.good) if (share := getattr(found, name)).all else None for name in MEASURES}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _dimensions(
    found: dict[str, Totals], period: Period, areas: list[ContentArea], keys: dict[int, str], unit_pass: UnitPass
) -> dict:
    """The period by area, channel, audience and month: each with its results and figures.

    Areas and months stand there without any result too.
    """
    months = [(month, f"{month // 12}-{month % 12 + 1:02}", _month_name(month)) for month in _months(period)]
    used = {
        name: [row for row in model.objects.values_list("pk", "code", "name") if row[0] in found[name].results]
        for name, model in (("channel", Channel), ("audience", Audience))
    }
    by_area = _rows(found["area"], [(area.pk, area.code, str(area)) for area in areas], keys)
    for row in by_area:
        row["values"] |= unit_pass.single_of_area(row["code"])
    return {
        "by_area": by_area,
        "channels": _rows(found["channel"], used["channel"], keys),
        "audiences": _rows(found["audience"], used["audience"], keys),
        "months": _rows(found["month"], months, keys),
    }


def _rows(found: Totals, entries: Iterable[tuple[int, str, str]], keys: dict[int, str]) -> list[dict]:
    """Entries (id, code, name) with the results behind them and their figures by indicator."""
    values = sorted(found.values.items())
    return [
        {
            "code": code,
            "name": name,
            "results": found.results.get(entry),
            "values": {keys[indicator]: value for (row, indicator), value in values if row == entry},
        }
        for entry, code, name in entries
    ]


def _months(period: Period) -> range:
    return range(month_of(period.starts), month_of(period.ends) + 1)


def _month_name(month: int) -> str:
    """A reporting month by its number: "Tháng 1/2022" (15/12/2021 – 14/01/2022)."""
    return f"Tháng {month % 12 + 1}/{month // 12}"


def _received(period: Period) -> QuerySet[UnitReport]:
    """The received reports of the year up to the period's end."""
    quarters = {"period__regime": "quarterly", "period__year": period.year, "period__ends__lte": period.ends}
    return UnitReport.objects.received().filter(agency=period.agency_id, **quarters)


def _received_so_far(period: Period) -> dict[str, set[int]]:
    """The units (ids) of which a report was received: one in the period, one of the year up to its end."""
    found = _received(period).order_by().values_list("unit", "period__starts")
    return {
        "value": {unit for unit, starts in found if starts >= period.starts},
        "year": {unit for unit, _starts in found},
    }


def _reports(period: Period) -> list[UnitReport]:
    """The received reports in the period, in the order of the units."""
    found = _received(period).filter(period__starts__gte=period.starts).select_related("period")
    return list(found.order_by("unit__position", "period__ends"))


def _money(indicators: list[Indicator], tables: dict, of_year: dict[int, int], codes: dict[int, str]) -> dict:
    """Đồng planned for the year and spent in the year so far, by area."""
    money = {indicator.pk for indicator in indicators if indicator.source == IndicatorSource.MONEY}
    spent = {area: value for (area, indicator), value in tables["year"]["area"].values.items() if indicator in money}
    return {
        code: {"planned": of_year.get(area), "spent": spent.get(area)}
        for area, code in codes.items()
        if area in of_year or area in spent
    }


def _timeliness(rows: list[Standing], called: dict[int, str], now: datetime) -> dict:
    """Who was on time, extended, late, missing or exempt, by name; who was not received; the three measures."""
    groups: dict[str, list] = {name: [] for name in ("on_time", "extended", "late", "missing", "exempt")}
    for row in rows:
        groups[row.group].append({"unit": called[row.unit.pk], "period": row.period.label, "days": row.timeliness.days})
    expected = [row for row in rows if not row.is_exempt]
    found = measures(rows, now=now)
    return {
        **groups,
        "measures": {name: [(share := getattr(found, name)).good, share.all] for name in MEASURES},
        "expected": len(expected),
        "not_received": [
            {"unit": called[row.unit.pk], "period": row.period.label}
            for row in expected
            if row.was_handed_in and not row.is_received
        ],
        "first_time_right": sum(row.is_received and row.returns == 0 for row in expected),
    }


def _texts(reports: list[UnitReport], called: dict[int, str], *, brief: bool) -> dict:
    """What received units wrote, each text with its unit: per area and per heading."""
    judged: dict[int, list[AreaAssessment]] = {}
    for row in () if brief else AreaAssessment.objects.filter(report__in=reports).select_related("area"):
        judged.setdefault(row.report_id, []).append(row)

    def entry(report: UnitReport, text: str) -> dict:
        return {"unit": called[report.unit_id], "report": report.pk, "period": report.period.label,
                "version": report.version, "text": text}  # fmt: skip

    by_area: dict[str, list[dict]] = {}
    for report in reports:
        for row in judged.get(report.pk, ()):
            if row.text:
                by_area.setdefault(row.area.code, []).append(entry(report, row.text))
    found = {name: [(report, common_words(report, name, judged.get(report.pk, ()))) for report in reports]
             for name in (("difficulties",) if brief else TEXTS)}  # fmt: skip
    return {name: [] for name in TEXTS} | {
        "areas": by_area,
        **{name: [entry(report, text) for report, text in texts if text] for name, texts in found.items()},
        "nil": [entry(report, report.nil_reason) for report in reports if report.nil],
    }


def common_words(report: UnitReport, name: str, judged: Iterable[AreaAssessment]) -> str:
    """What a report says under a common heading, what it says of single areas there included."""
    of_areas = ((str(row.area), getattr(row, name)) for row in judged) if name in AREA_TEXTS else ()
    return with_areas(getattr(report, name), of_areas)
