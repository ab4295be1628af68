"""The figures of a period beside those of the periods before it, as they were cut; one not yet cut is told as such.

A content keeps them with it (`earlier`), so that a paper printed again says the same whatever was corrected since.
"""

from documents.charts import WIDTH, trend
from documents.drawing import Drawing
from documents.numbers import format_number
from reporting.models import Period, RollUp

EARLIER = 8  # periods before this one
CHARTS = 4  # the figures that are drawn; the table has all


def earlier_figures(period: Period) -> list[dict]:
    """The cut figures of up to EARLIER periods of like length in the same regime, oldest first; in one query.

    A period whose roll-up is not cut yet stands among them without figures.
    """
    alike = {"period__agency": period.agency_id, "period__regime": period.regime, "period__ends__lt": period.ends}
    alike |= {"period__kind": period.kind} if period.cumulative else {"period__cumulative": False}
    before = RollUp.objects.standing().filter(**alike).order_by("-period__ends")
    found = before.values_list("period__code", "period__label", "snapshot__content__indicators")[:EARLIER]
    return [
        {
            "code": code,
            "label": label if rows is not None else f"{label} (chưa chốt)",
            "values": {row["code"]: row["value"] for row in rows or ()},
        }
        for code, label, rows in reversed(found)
    ]


def trend_rows(content: dict) -> list[dict]:
    """Each indicator that is a number in two periods or more, with its `points`: (period, figure or None). Pure."""
    if not content["earlier"]:
        return []
    rows = [
        row
        | {
            "points": [
                *((each["label"], each["values"].get(row["code"])) for each in content["earlier"]),
                (content["period"]["label"], row["value"]),
            ]
        }
        for row in content["indicators"]
    ]
    return [
        row | {"told": [format_number(value) for _label, value in row["points"]]}
        for row in rows
        if sum(value is not None for _label, value in row["points"]) > 1
    ]


def trend_charts(content: dict, width: float = WIDTH) -> list[tuple[str, Drawing]]:
    """Those of the indicators known in most periods, each with its caption. Pure."""
    rows = sorted(trend_rows(content), key=lambda row: -sum(value is not None for _label, value in row["points"]))
    return [
        (f"{row['name']} ({row['measure']})", trend(row["name"], row["points"], unit=row["measure"], width=width))
        for row in rows[:CHARTS]
    ]
