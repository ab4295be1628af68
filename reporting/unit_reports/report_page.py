"""What the parts with a unit report's figures and words take, live or from a receipt."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from documents.numbers import MISSING, format_number
from plans.models import DifficultyState, Obligation, Receipt
from plans.models.catalogue import IndicatorSource
from reporting.differences import AREA_LABELS
from reporting.models import UnitReport
from reporting.unit_reports.unit_figures import WINDOWS
from reporting.unit_reports.words import figure_key

TEXTS = (
    ("highlights", gettext_lazy("Kết quả nổi bật")),
    ("shortcomings", gettext_lazy("Tồn tại, hạn chế")),
    ("causes", gettext_lazy("Nguyên nhân")),
    ("next_steps", gettext_lazy("Phương hướng, nhiệm vụ kỳ tới")),
    ("difficulties", gettext_lazy("Khó khăn, vướng mắc")),
    ("proposals", gettext_lazy("Kiến nghị, đề xuất")),
)


MINUS = "\u2212"


def content_of(report: UnitReport, snapshot: dict) -> dict:
    """What the parts with figures and words take: `report` and a snapshot of it, live or frozen."""
    names = {area.code: str(area) for area in report.obligation.plan.scheme.areas.all()}
    return {
        "report": report,
        "snapshot": snapshot,
        **known_and_unknown(with_links(figure_rows(snapshot), report)),
        "texts": [{"label": label, "text": snapshot[name], "part": f"text:{name}"} for name, label in TEXTS],
        "assessments": [
            {"label": names.get(row["area"], row["area"]), "parts": area_parts(row), "part": f"area:{row['area']}"}
            for row in snapshot["assessments"]
        ],
        "cautions": snapshot.get("cautions", ()),
        "raised": [
            row | {"label": DifficultyState(row["state"]).label, "url": reverse("difficulty_detail", args=[row["id"]])}
            for row in snapshot.get("raised", ())
        ],
    }


def area_parts(row: dict) -> list[dict]:
    """The texts of an area that say something, with their labels."""
    return [{"label": label, "text": row[name]} for name, label in AREA_LABELS.items() if row.get(name)]


def figure_rows(snapshot: dict) -> list[dict]:
    """The figures of a snapshot as they are shown: `told` by column, the difference from a year ago, the note."""
    notes = snapshot.get("notes", {})
    return [
        row
        | {
            "told": {name: format_number(row.get(name)) for name in ("planned", *WINDOWS)} | row.get("words", {}),
            "difference": difference(row["value"], row.get("last_year")),
            "note": notes.get(figure_key(row["code"]), ""),
            "part": f"figure:{row['code']}",
        }
        for row in snapshot["figures"]
    ]


def known_and_unknown(rows: list[dict]) -> dict[str, list[dict]]:
    """figures: those of which something is known, planned or noted; unknown: the others."""
    known = [row for row in rows if row["note"] or any(text != MISSING for text in row["told"].values())]
    return {"figures": known, "unknown": [row for row in rows if row not in known]}


def difference(now, before) -> str:
    """By how much a figure rose or fell, signed; "–" where one of them is not known."""
    if now is None or before is None:
        return MISSING
    step = round(now - before, 1)  # ratios have one decimal
    sign = "+" if step > 0 else MINUS if step < 0 else ""
    return f"{sign}{format_number(abs(step))}"


def with_links(rows: list[dict], report: UnitReport) -> list[dict]:
    """Each row with `links`: where the results, or the tasks, behind each of its known figures stand."""
    tasks = f"{reverse('activity_list')}?unit={report.unit_id}&year={report.period.year}"
    return [
        row | {"links": {name: _link(row, name, report, tasks) for name in WINDOWS if row["told"][name] != MISSING}}
        for row in rows
    ]


def _link(row: dict, column: str, report: UnitReport, tasks: str) -> str:
    """A ratio has none: its two parts have their own."""
    source = row.get("source")
    if source == IndicatorSource.PARTS:
        return ""
    if source in (IndicatorSource.TASKS, IndicatorSource.TASKS_DONE):
        return tasks
    return f"{reverse('unit_report_figure', args=[report.pk, row['code']])}?cot={column}"


def page_of(obligation: Obligation) -> str:
    """The address of the report that answers an obligation."""
    return reverse("unit_report", args=[obligation.unit_report.pk])


def content_of_receipt(receipt: Receipt) -> dict:
    """The report as that receipt froze it."""
    rows = UnitReport.objects.select_related("unit", "period", "obligation__plan__scheme")
    return content_of(rows.get(obligation=receipt.obligation_id), receipt.snapshot)
