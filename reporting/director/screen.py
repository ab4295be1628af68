"""The Director's screen as plain values: what the page shows, the A4 sheet prints and a stock-take keeps.

Everything is a string, a number, a list or a dict, so that what was seen can be frozen as JSON and opened again.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.dates import TZ
from documents.numbers import MISSING, format_money, format_number
from plans.deadlines.periods import Window
from reporting.director import indices, lights
from reporting.director.coverage import coverage
from reporting.director.decisions import Asked, Decision, Gravity, decisions
from reporting.director.messages import messages
from reporting.director.trends import earlier, trend_rows
from reporting.matrix import matrix
from reporting.models import Period, RollUp, RollUpState
from reporting.roll_ups import narrative
from reporting.roll_ups.content import build_content, readable

SCHEMA = 1
# What of a roll-up's content the tables behind the screen are made from.
BEHIND = ("areas", "units", "indicators", "tasks", "money", "timeliness")


def periods_of(agency_ids: Iterable[int], on: date) -> list[Period]:
    """The periods that have begun, newest first, each with its roll-up's state."""
    return list(
        Period.objects.asked_of_units()
        .filter(agency__in=agency_ids, starts__lte=on)
        .select_related("agency")
        .prefetch_related(Prefetch("roll_ups", RollUp.objects.defer("snapshot")))
        .order_by("-ends", "-pk")
    )


def default_period(periods: list[Period]) -> Period:
    """A roll-up waiting for approval comes first, else the newest with figures, else the newest period."""
    by_state = {period: getattr(period.roll_up, "state", None) for period in periods}
    for wanted in ((RollUpState.DIRECTOR_REVIEW,), tuple(set(RollUpState) - {RollUpState.COLLECTING})):
        for period, state in by_state.items():
            if state in wanted:
                return period
    return periods[0]


def year_start(period: Period) -> date:
    """The first day of the reporting year a period belongs to."""
    return date(period.year - 1, 12, 15)


def content_of(period: Period, now: datetime) -> tuple[dict, bool]:
    """The figures of a period: as they were cut, as they were built last, or counted now; and whether they are that."""
    roll_up = period.roll_up
    if roll_up and roll_up.is_frozen:
        return readable(roll_up.snapshot["content"]), False
    version = roll_up.versions.first() if roll_up and roll_up.state != RollUpState.COLLECTING else None
    if version:
        return readable(version.content), False
    return build_content(period, now=now, brief=True), True


def screen(period: Period, *, now: datetime, decides: bool = True) -> dict:
    """What is seen of a period at `now`; `decides`: the reader is the Director or a deputy."""
    content, is_live = content_of(period, now)
    on = now.astimezone(TZ).date()
    covered = coverage(period, content["areas"], Window(year_start(period), period.ends), on)
    rows = decisions(Asked(period.agency_id, now, period, content, covered, decides))
    before = earlier(period)
    figures = list(_figures(period, content, before))
    index_rows = indices.rows(period, on)
    seen = {
        "schema": SCHEMA,
        "period": {name: content["period"][name] for name in ("code", "label", "year")},
        "seen_at": now.isoformat(),
        "is_live": is_live,
        "roll_up": _roll_up(period),
        "headline": headline(content, rows),
        "decisions": [row.plain for row in rows],
        "figures": figures,
        "lights": lights.of(period, content, index_rows),
        "indices": index_rows,
        "matrix": _matrix(period, content),
        "coverage": covered,
        "trends": trend_rows(content, before),
        "content": {name: content[name] for name in BEHIND},
    }
    return seen | {"messages": messages(seen)}


def headline(content: dict, rows: list[Decision]) -> str:
    """ "Quý III/2022: 27/31 báo cáo đơn vị đúng hạn; 4 muộn; 4 việc nguy cơ trễ; 2 vướng mắc chờ Giám đốc." """
    tasks = narrative.task_totals(content)
    waiting = [row for row in rows if row.gravity == Gravity.DECIDE]
    difficulties = sum(row.kind == "difficulty" for row in waiting)
    parts = [narrative.headline(content).removesuffix(".")]
    for count, word in (
        (tasks["due"] - tasks["due_done"], _("việc đến hạn chưa có kết quả")),
        (sum(row.gravity == Gravity.OVERDUE for row in rows), _("việc quá hạn")),
        (difficulties, _("vướng mắc chờ Giám đốc")),
        (len(waiting) - difficulties, _("việc chờ Giám đốc quyết định")),
    ):
        if count > 0:
            parts.append(f"{format_number(count)} {word}")
    return "; ".join(parts) + "."


def _roll_up(period: Period) -> dict | None:
    found = period.roll_up
    if found is None:
        return None
    return {"state": found.state, "label": found.get_state_display(), "url": reverse("roll_up", args=[found.code]),
            "title": str(found)}  # fmt: skip


def figure(key: str, label: str, part, whole, url: str, *, context: str = "", words: str = "", trend=()) -> dict:
    """A number with what it is a part of; `trend` are (period, share in percent or None) up to this one."""
    share = narrative.percent(part, whole) if part is not None and whole else ""
    return {
        "key": key,
        "label": label,
        "part": part,
        "whole": whole,
        "words": words or (f"{format_number(part)}/{format_number(whole)}" if whole else MISSING),
        "share": share,
        "context": context,
        "url": url,
        "trend": [value for _label, value in trend],
        "trend_words": ", ".join(f"{label}: {_percent(value)}" for label, value in trend),
    }


def _percent(value: float | None) -> str:
    return MISSING if value is None else f"{format_number(value, 1)}%"


def _figures(period: Period, content: dict, before: list[dict]):
    """Timeliness three ways, tasks, money: each with what it is compared to."""
    reports = f"{reverse('unit_report_list')}?year={period.year}&period={period.code}"
    rows, found = reverse("figure_rows", args=[period.code]), content["timeliness"]
    behind = reverse("director_table", args=["nhiem-vu"]) + f"?ky={period.code}"
    measures = found["measures"] or {}
    on_time = (len(found["on_time"]) + len(found["extended"]), found["expected"])
    for key, label, (part, whole) in (
        ("on_time", _("Nộp đúng hạn"), on_time),
        ("first_time", _("Đạt ngay lần đầu"), measures.get("first_time") or (found["first_time_right"], None)),
        ("complete", _("Đầy đủ minh chứng"), measures.get("complete") or (None, None)),
    ):
        trend = [
            *((each["label"], each[key]) for each in before),
            (period.label, 100 * part / whole if whole else None),
        ]
        yield figure(key, label, part, whole, reports, trend=trend, words="" if whole else format_number(part))
    tasks = narrative.task_totals(content)
    yield figure("due_tasks", _("Việc đến hạn đã làm"), tasks["due_done"], tasks["due"], behind)
    yield figure("tasks", _("Việc cả năm đã làm"), tasks["done"], tasks["planned"], behind)
    spent, planned = (_known(row[name] for row in content["money"].values()) for name in ("spent", "planned"))
    yield figure(
        "money", _("Kinh phí đã chi"), spent, planned, f"{rows}?chi_tieu=money&pham_vi=nam",
        words=short_money(spent).removesuffix(_(" đồng")), context=_("của %s") % short_money(planned),
    )  # fmt: skip


def short_money(dong: int | None) -> str:
    """ "75,8 triệu đồng", as one speaks of money: the exact sum stands in the table behind."""
    for size, word in ((10**9, _("tỷ đồng")), (10**6, _("triệu đồng"))):
        if dong is not None and dong >= size:
            return f"{format_number(round(dong / size, 1))} {word}"
    return format_money(dong)


def _known(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _matrix(period: Period, content: dict) -> dict:
    """Units × areas of plan against done; each unit with how its reports stand and its place among the worst."""
    found = matrix(content, url=reverse("figure_rows", args=[period.code]), with_reports=True)
    rows = [
        {"code": unit["code"], "label": row.label, "url": row.url, "cells": [_plain(cell) for cell in row.cells],
         "report": _report_tone(unit)}
        for unit, row in zip(content["units"], found.rows, strict=True)
    ]  # fmt: skip
    worst = sorted(range(len(rows)), key=lambda place: (_badness(rows[place]), place))
    return {
        "columns": found.columns,
        "rows": rows,
        "worst": worst,
        "foot": [_plain(cell) for cell in found.foot.cells],
    }


def _plain(cell) -> dict:
    return {
        "words": cell.words,
        "tone": cell.tone,
        "url": cell.url,
        "planned": getattr(cell, "planned", None),
        "done": getattr(cell, "done", None),
    }


def _report_tone(unit: dict) -> str:
    groups = {report["group"] for report in unit["reports"]}
    return next((name for name in ("missing", "late", "exempt", "extended") if name in groups), "on_time")


def _badness(row: dict) -> tuple:
    """What is worst comes first: no report, then the smallest share of the year's tasks done."""
    total = row["cells"][-2]
    share = (total["done"] or 0) / total["planned"] if total["planned"] else 1
    return row["report"] != "missing", share, row["report"] != "late"
