"""What the parts with a unit report's figures and words take, live or from a receipt."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from plans.models import Obligation, Receipt
from reporting.models import UnitReport
from reporting.snapshots import a_year_so_far

TEXTS = (
    ("highlights", gettext_lazy("Kết quả nổi bật")),
    ("shortcomings", gettext_lazy("Tồn tại, hạn chế")),
    ("causes", gettext_lazy("Nguyên nhân")),
    ("next_steps", gettext_lazy("Phương hướng, nhiệm vụ kỳ tới")),
    ("difficulties", gettext_lazy("Khó khăn, vướng mắc")),
    ("proposals", gettext_lazy("Kiến nghị, đề xuất")),
)


def content_of(report: UnitReport, snapshot: dict) -> dict:
    """What the parts with figures and words take: `report` and a snapshot of it, live or frozen."""
    names = {area.code: str(area) for area in report.obligation.plan.scheme.areas.all()}
    window = a_year_so_far(report.period)
    return {
        "report": report,
        "snapshot": snapshot,
        "year_starts": window.starts,
        "texts": [{"label": label, "text": snapshot[name]} for name, label in TEXTS],
        "assessments": [
            {"label": names.get(row["area"], row["area"]), "text": row["text"]} for row in snapshot["assessments"]
        ],
    }


def page_of(obligation: Obligation) -> str:
    """The address of the report that answers an obligation."""
    return reverse("unit_report", args=[obligation.unit_report.pk])


def content_of_receipt(receipt: Receipt) -> dict:
    """The report as that receipt froze it."""
    rows = UnitReport.objects.select_related("unit", "period", "obligation__plan__scheme")
    return content_of(rows.get(obligation=receipt.obligation_id), receipt.snapshot)
