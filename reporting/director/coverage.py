"""Area × channel × audience: what was done, what is planned, what is blank and when it is to be filled.

A result or a task for everybody reaches each audience (plans.reference.AUDIENCE_PARTS).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Count, DateField, F, IntegerField, Min, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from plans.deadlines.periods import Window
from plans.models import Activity, Audience, Channel
from plans.reference import AUDIENCE_PARTS
from reporting.figures import PLANNED_STATES, counted_results
from reporting.models import Period

Key = tuple[str, str, str]  # codes of area, channel, audience
DONE, AHEAD, BLANK = "done", "ahead", "blank"
STEP, SIDE = 7, 6  # a square and the gap beside it


class Plans(NamedTuple):
    """Of a cell: when the first planned task begins, and the first that begins after today."""

    first: date
    next: date | None


def coverage(period: Period, areas: list[dict], days: Window, on: date) -> dict:
    """The cells of the year so far as plain values, in one query; `areas` as a roll-up's content has them."""
    done = counted_results(period.agency_id, days, cumulative=True)
    planned = Activity.objects.filter(
        unit_plan__agency=period.agency_id, unit_plan__plan__year=period.year, unit_plan__state__in=PLANNED_STATES
    )
    parts = [
        _catalogue("channel", Channel.objects.on(period.ends)),
        _catalogue("audience", Audience.objects.on(period.ends)),
        _cells("done", done, count=Count("pk"), first=Min("happened_on"), following=NO_DAY),
        _cells("planned", planned, count=Count("pk"), first=Min("starts"),
               following=Min("starts", filter=Q(starts__gt=on))),
    ]  # fmt: skip
    found: dict[str, list[tuple]] = {name: [] for name in ("channel", "audience", "done", "planned")}
    for part, *row in parts[0].union(*parts[1:], all=True):
        found[part].append(tuple(row))
    channels, audiences = (
        [(code, name) for code, name, _x, _position, *_days in sorted(found[kind], key=lambda row: row[3])]
        for kind in ("channel", "audience")
    )
    done = [row[:4] for row in found["done"]]
    planned = [(*row[:3], *row[4:]) for row in found["planned"]]
    return laid_out(areas, channels, audiences, done, planned, on)


COLUMNS = ("part", "one", "two", "three", "count", "first", "following")
NO_DAY = Cast(Value(None), DateField())


def _catalogue(part: str, rows: QuerySet) -> QuerySet:
    """Code, name and position of a list, in the columns of a cell."""
    text = {"part": Value(part), "one": F("code"), "two": F("name"), "three": Value("")}
    named = {name: Cast(value, TextField()) for name, value in text.items()}
    return rows.order_by().annotate(
        **named, count=Cast(F("position"), IntegerField()), first=NO_DAY, following=NO_DAY
    ).values_list(*COLUMNS)  # fmt: skip


def _cells(part: str, rows: QuerySet, *, count, first, following) -> QuerySet:
    """Of each area, channel and audience: how many rows, the first day, the first day to come."""
    text = {"part": Value(part), "one": F("area__code"), "two": F("channel__code"), "three": F("audience__code")}
    named = {name: Cast(value, TextField()) for name, value in text.items()}
    keys = rows.order_by().annotate(**named).values(*named)
    return keys.annotate(count=count, first=first, following=following).values_list(*COLUMNS)


def laid_out(
    areas: list[dict], channels: list[tuple[str, str]], audiences: list[tuple[str, str]],
    done: Iterable[tuple], planned: Iterable[tuple], on: date,
) -> dict:  # fmt: skip
    """`done`: (area, channel, audience, results); `planned`: (…, first day, first day after `on`). Pure."""
    results: dict[Key, int] = defaultdict(int)
    for area, channel, audience, count in done:
        for part in _parts(audience):
            results[area, channel, part] += count
    plans: dict[Key, Plans] = {}
    for area, channel, audience, first, following in planned:
        for part in _parts(audience):
            plans[area, channel, part] = _earlier(plans.get((area, channel, part)), Plans(first, following))
    single = [(code, name) for code, name in audiences if code not in AUDIENCE_PARTS]
    rows = [
        area
        | {
            "cells": [_cell(area["code"], channels, audience, results, plans, on) for audience, _name in single],
            "next_month": _next_month(area["code"], plans),
        }
        for area in areas
    ]
    cells = [cell for row in rows for cell in row["cells"]]
    return {
        "audiences": [{"code": code, "name": name, "short": _short(name)} for code, name in single],
        "channels": [{"code": code, "name": name} for code, name in channels],
        "rows": rows,
        "of": len(cells) * len(channels),
        "filled": sum(cell["used"] for cell in cells),
        "empty": list(_empty(rows, single)),
    }


def _next_month(area: str, plans: Mapping[Key, Plans]) -> int | None:
    """The month in which the next planned task of an area begins."""
    ahead = [plan.next for key, plan in plans.items() if key[0] == area and plan.next]
    return min(ahead).month if ahead else None


def _parts(audience: str) -> tuple[str, ...]:
    return AUDIENCE_PARTS.get(audience, (audience,))


def _earlier(one: Plans | None, other: Plans) -> Plans:
    if one is None:
        return other
    ahead = [day for day in (one.next, other.next) if day]
    return Plans(min(one.first, other.first), min(ahead, default=None))


def _cell(
    area: str, channels: list, audience: str, results: Mapping[Key, int], plans: Mapping[Key, Plans], on: date
) -> dict:
    """An area for an audience: each channel done, planned or blank, and the same in words."""
    by_channel = []
    for channel, _name in channels:
        key = area, channel, audience
        count, plan = results.get(key, 0), plans.get(key)
        by_channel.append(
            {"state": DONE if count else AHEAD if plan else BLANK, "results": count, "words": words(count, plan, on)}
        )
    used = sum(each["state"] == DONE for each in by_channel)
    of_cell = [plan for key, plan in plans.items() if (key[0], key[2]) == (area, audience)]
    whole = None
    for plan in of_cell:
        whole = _earlier(whole, plan)
    return {
        "audience": audience,
        "width": STEP * len(channels),
        "paths": {state: _squares(by_channel, state) for state in (DONE, AHEAD, BLANK)},
        "used": used,
        "ahead": sum(each["state"] == AHEAD for each in by_channel),
        "results": sum(each["results"] for each in by_channel),
        "channels": by_channel,
        "words": "" if used else words(0, whole, on),
        "short": "" if used else _in_short(whole),
    }


def _in_short(plan: Plans | None) -> str:
    """A blank cell in a word or two."""
    if plan is None:
        return _("trống")
    return _("dự kiến tháng %d") % plan.next.month if plan.next else _("trễ từ tháng %d") % plan.first.month


def _squares(by_channel: list[dict], state: str) -> str:
    """The squares of the channels in a state as one path of SVG."""
    return "".join(
        f"M{STEP * place} 0h{SIDE}v8h-{SIDE}z" for place, each in enumerate(by_channel) if each["state"] == state
    )


def _short(name: str) -> str:
    """ "Cán bộ, công chức, …" → "Cán bộ"."""
    return name.split(",")[0]


def words(count: int, plan: Plans | None, on: date) -> str:
    """ "3 hoạt động", or of a blank cell what is planned for it."""
    if count:
        return _("%d hoạt động") % count
    if plan is None:
        return _("chưa có hoạt động, chưa có kế hoạch")
    if plan.next:
        return _("chưa có hoạt động, kế hoạch dự kiến tháng %d") % plan.next.month
    return _("chưa có hoạt động dù kế hoạch từ tháng %d") % plan.first.month


def _empty(rows: list[dict], audiences: list[tuple[str, str]]) -> Iterator[dict]:
    """The areas in which an audience was reached by no channel at all."""
    for row in rows:
        for cell, (_code, audience) in zip(row["cells"], audiences, strict=True):
            if not cell["used"]:
                yield {
                    "area": row["code"],
                    "letter": row["letter"],
                    "audience": _short(audience),
                    "words": cell["words"],
                }
