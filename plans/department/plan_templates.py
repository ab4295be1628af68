"""A complete plan to begin with, in the wording of the offices: its text is a template, its facts are read from it."""

from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.models import Agency
from documents.reading import read_plan
from documents.vietnamese import clean
from plans.department.content import content_of_reading
from plans.department.content_differences import headings

TEMPLATE = "plans/blank_plan.txt"
GAP = "…"


def blank_plan(agency: Agency, year: int, *, on: date) -> dict:
    """The content of a plan of that year; every "…" to be filled in is a defect. Names are those of the day `on`."""
    names = agency.name_on(on)
    text = render_to_string(
        TEMPLATE,
        {
            "agency": names.name,
            "parent": agency.parent.name_on(on).name if agency.parent else "",
            "symbol": f"KH-{names.symbol}",
            "place": names.place,
            "year": str(year),
        },
    )
    content = content_of_reading(read_plan(clean(text)))
    content["year"] = year
    content["frame"] |= {"keeps_labels": False, "date_month": None, "date_year": year}
    content["defects"] = [
        {
            "code": "to_fill", "severity": "warning", "where": where,
            "text": _("Điền chỗ “…”: %s") % _around(row["text"]), "section": row["id"], "settled": False,
        }
        for row, where in zip(content["sections"], headings(content["sections"]), strict=True) if GAP in row["text"]
    ]  # fmt: skip
    return content


def _around(text: str) -> str:
    """The words around the first gap."""
    at = text.index(GAP)
    return f"{text[max(0, at - 40) : at + 40]}".strip()
