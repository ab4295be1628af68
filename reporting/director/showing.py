"""What of the screen's values is seen at once: the worst first, the rest one click away. Pure but for urls."""

from urllib.parse import urlencode

from django.urls import reverse

from reporting.director.decisions import Gravity
from reporting.director.tables import TABLES
from reporting.director.trends import SHOWN

MOST_DECISIONS = 6
ALL_UNITS, WORST_UNITS = 14, 13  # up to so many units all are shown in their order, of more the worst


def shown(seen: dict, *, query: dict, frozen: bool = False) -> dict:
    """The context of reporting/_director_screen.html. `query` leads the tables behind to the same period or stock-take.

    What was frozen has no buttons: it tells what was to be done then.
    """
    rows = first(seen["decisions"], MOST_DECISIONS)
    units = seen["matrix"]["rows"]
    compact = len(units) > ALL_UNITS
    if compact:
        units = [units[place] for place in seen["matrix"]["worst"][:WORST_UNITS]]
    return {
        "seen": seen,
        "frozen": frozen,
        "decisions": rows,
        "more_decisions": len(seen["decisions"]) - len(rows),
        "units": units,
        "more_units": len(seen["matrix"]["rows"]) - len(units),
        "is_compact": compact,
        "trends": seen["trends"][:SHOWN],
        "behind": behind(query),
    }


def behind(query: dict) -> dict[str, str]:
    """The address of each table, by its name as a template can say it."""
    return {name.replace("-", "_"): f"{reverse('director_table', args=[name])}?{urlencode(query)}" for name in TABLES}


def first(rows: list[dict], most: int) -> list[dict]:
    """At most so many, in their order, yet the first of every kind among them: thirty late units hide no report.

    What only is to be known gives way when there is no room.
    """
    of_kind: dict[str, str] = {}
    for row in rows:
        if row["gravity"] > Gravity.KNOW:
            of_kind.setdefault(row["kind"], row["key"])
    heads = set(list(of_kind.values())[:most])
    room = most - len(heads)
    kept = []
    for row in rows:
        if row["key"] in heads:
            kept.append(row)
        elif room:
            kept.append(row)
            room -= 1
    return kept
