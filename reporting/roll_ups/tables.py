"""The content of a roll-up as the rows of a page's tables. Pure: a template only walks through what is given here."""

from collections.abc import Iterable

from reporting.roll_ups import narrative
from reporting.roll_ups.by_unit import walk, with_ratios
from reporting.roll_ups.indicator_rows import COLUMNS
from reporting.standing import Standing

# group → (its words, the icon and tone it borrows from a timeliness or state)
GROUPS = {
    "on_time": ("Đúng hạn", "accepted"),
    "extended": ("Đúng hạn đã gia hạn", "accepted"),
    "late": ("Nộp muộn", "head_review"),
    "missing": ("Chưa báo cáo", "returned"),
    "exempt": ("Được miễn", "exempt"),
}
MEASURES = {"on_time": "Đúng hạn", "first_time": "Đạt ngay lần đầu", "complete": "Đầy đủ kết quả, minh chứng"}
COUNTED = ("on_time", "extended", "late")


def places_of_standings(rows: Iterable[Standing]) -> list[dict]:
    """Where each unit's report stands now, in the shape that places_of_content gives."""
    return [
        {
            "unit": row.unit.name,
            "code": row.unit.code,
            "period": row.period.code,
            "group": row.group,
            "days": row.timeliness.days,
            "received": row.is_received,
            "report": row.report_id,
        }
        for row in rows
    ]


def places_of_content(content: dict) -> list[dict]:
    """Where each unit's report stood when the content was built."""
    return [
        {
            "unit": unit["name"],
            "code": unit["code"],
            "period": report["period"],
            "group": report["group"],
            "days": report["days"],
            "received": report["received"],
            "report": report["id"],
        }
        for unit in content["units"]
        for report in unit["reports"]
    ]


def in_and_out(places: list[dict]) -> dict:
    """Units by group, those handed in but not received, and how many are in of those expected."""
    groups = [
        {"words": words, "state": state, "rows": [row for row in places if row["group"] == group]}
        for group, (words, state) in GROUPS.items()
    ]
    waiting = [row for row in places if row["group"] in COUNTED and not row["received"]]
    groups.insert(3, {"words": "Chưa được tiếp nhận", "state": "submitted", "rows": waiting})
    expected = [row for row in places if row["group"] != "exempt"]
    several = len({row["period"] for row in places}) > 1
    for row in places:
        row["more"] = _more(row, several)
    return {
        "groups": [group for group in groups if group["rows"]],
        "expected": len(expected),
        "handed_in": sum(row["group"] in COUNTED for row in expected),
        "received": sum(row["received"] for row in expected),
    }


def _more(row: dict, several: bool) -> str:
    """What stands behind a unit's name: days late, and the quarter where there are several."""
    parts = [row["period"].rpartition("-")[2]] if several else []
    if row["group"] == "late":
        parts.append(f"muộn {row['days']} ngày")
    return f" ({', '.join(parts)})" if parts else ""


def area_rows(content: dict) -> list[dict]:
    """Each area with its sentence and how many units wrote about it."""
    return [
        {
            "area": area,
            "title": area_title(area),
            "sentence": narrative.area_sentence(content, area["code"]),
            "texts": len(content["texts"]["areas"].get(area["code"], [])),
        }
        for area in content["areas"]
    ]


def area_title(area: dict) -> str:
    """ "c) Cải cách thủ tục hành chính"."""
    return f"{area['letter']}) {area['name'][0].upper()}{area['name'][1:]}"


def told_rows(content: dict) -> list[tuple[dict, dict[str, str]]]:
    """The indicators, each with its figures as they are printed."""
    return [(row, {name: narrative.told(row, name) for name in COLUMNS}) for row in content["indicators"]]


def indicator_blocks(content: dict, area: str) -> list[dict]:
    """An area's indicators with their totals, each followed by its units in their order."""
    units: dict[str, list[dict]] = {}
    for unit, row in walk(content):
        found = {cell.indicator: cell.value for cell in row.cells if cell.area == area}
        for code, value in with_ratios(found, content["indicators"]).items():
            of_code = units.setdefault(code, [])
            of_code.append({"code": row.code, "name": unit["name"], "value": narrative.printed(value)})
    return [
        {"row": row, "total": narrative.printed(total), "units": units.get(row["code"], [])}
        for row, total in narrative.area_totals(content, area)
    ]


def channel_rows(content: dict) -> list[dict]:
    """Channels, the most used first."""
    return sorted(shown_rows(content, "channels"), key=lambda row: -(row["results"] or 0))


def shown_rows(content: dict, name: str) -> list[dict]:
    """The rows of "channels", "audiences" or "months": the results behind, their share of the most, its figures."""
    rows = [
        {
            "code": entry["code"],
            "name": entry["name"],
            "results": entry.get("results"),
            "values": [
                {"row": row, "value": entry["values"][row["code"]]}
                for row in content["indicators"]
                if row["code"] in entry["values"]
            ],
        }
        for entry in content[name]
    ]
    most = max((row["results"] or 0 for row in rows), default=0)
    for row in rows:
        row["percent"] = 100 * row["results"] // most if most and row["results"] is not None else None
    return rows


def measure_rows(content: dict) -> list[tuple[str, int, int, str]]:
    """The three measures of timeliness: (words, good, of all, share); none of an older content."""
    measures = content["timeliness"]["measures"] or {}
    return [
        (words, measures[name][0], measures[name][1], narrative.percent(*measures[name]))
        for name, words in MEASURES.items()
        if name in measures
    ]


def money_rows(content: dict) -> list[dict]:
    """Money by area: planned for the year, spent in the year so far, and the share."""
    rows = []
    for area in content["areas"]:
        if money := content["money"].get(area["code"]):
            planned, spent = money["planned"], money["spent"]
            share = narrative.percent(spent or 0, planned or 0)
            rows.append({"area": area, "planned": planned, "spent": spent, "share": share})
    return rows


PLEAS = {"difficulties": "Khó khăn, vướng mắc", "proposals": "Kiến nghị, đề xuất"}


def pleas(content: dict) -> list[dict]:
    """What the units ask for, side by side with their unit; empty headings left out."""
    return [
        {"heading": words, "texts": content["texts"][name]} for name, words in PLEAS.items() if content["texts"][name]
    ]
