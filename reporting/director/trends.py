"""The figures of the screen beside those of the periods and the year before, as they were cut."""

from documents.numbers import format_number
from reporting.models import Period, RollUp
from reporting.roll_ups.narrative import percent, step_words

EARLIER = 8  # periods before this one: two years of quarters
SHOWN = 4  # the figures on the screen; the table behind has all


def earlier(period: Period) -> list[dict]:
    """Up to EARLIER periods of like length before this one, oldest first: label, three measures, figures; one query."""
    alike = {"period__agency": period.agency_id, "period__regime": period.regime, "period__ends__lt": period.ends}
    cut = RollUp.objects.standing().filter(**alike, period__cumulative=period.cumulative).exclude(snapshot=None)
    found = cut.order_by("-period__ends").values_list(
        "period__label", "snapshot__content__timeliness", "snapshot__content__indicators"
    )[:EARLIER]
    return [
        {"label": label, **_measures(timeliness or {}), "values": {row["code"]: row["value"] for row in rows or ()}}
        for label, timeliness, rows in reversed(found)
    ]


def _measures(found: dict) -> dict[str, float | None]:
    """Shares in percent; None where the period did not know the measure."""
    measures = found.get("measures") or {}
    expected = found.get("expected")
    on_time = [len(found.get("on_time", ())) + len(found.get("extended", ())), expected]
    pairs = {"on_time": on_time, "first_time": measures.get("first_time"), "complete": measures.get("complete")}
    return {name: 100 * pair[0] / pair[1] if pair and pair[1] else None for name, pair in pairs.items()}


def trend_rows(content: dict, before: list[dict]) -> list[dict]:
    """Every indicator that is a number, with its figure in each period, against a year ago and the year's plan. Pure.

    Those with a plan come first, then those that most periods know.
    """
    rows = [_trend(row, content["period"]["label"], before) for row in content["indicators"] if row["kind"] != "code"]
    known = [row for row in rows if row["value"] is not None or row["year"] is not None or row["planned"] is not None]
    order = {row["code"]: place for place, row in enumerate(known)}
    return sorted(known, key=lambda row: (row["planned"] is None, -_points(row), order[row["code"]]))


def _points(row: dict) -> int:
    return sum(value is not None for _label, value in row["points"])


def _trend(row: dict, label: str, before: list[dict]) -> dict:
    points = [*([each["label"], each["values"].get(row["code"])] for each in before), [label, row["value"]]]
    year, planned, last_year = row["year"], row["planned"], row.get("last_year")
    return {
        "code": row["code"],
        "name": row["name"],
        "measure": row["measure"],
        "value": row["value"],
        "value_words": format_number(row["value"]),
        "year": year,
        "year_words": format_number(year),
        "planned": planned,
        "planned_words": format_number(planned),
        "percent": round(100 * year / planned) if year is not None and planned else None,
        "percent_words": percent(year, planned) if year is not None and planned else "",
        "last_year": last_year,
        "step": step_words(row["value"], last_year) if last_year is not None else "",
        "points": points,
        "drawn": [value for _label, value in points],
        "words": "; ".join(f"{name}: {format_number(value)}" for name, value in points if value is not None),
    }
