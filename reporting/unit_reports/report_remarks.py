"""Remarks on a unit report: its rounds are its receipts, its parts the figures, areas and texts handed in."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.perms import may_answer_remarks
from plans.remarks import WHOLE, Kind, Part
from plans.units.unit_plan_remarks import rounds
from reporting import perms
from reporting.models import UnitReport
from reporting.models import UnitReportState as State
from reporting.unit_reports.report_page import content_of
from reporting.workflow import UNIT_REPORT

SLUG = "bao-cao-don-vi"


def parts(report: UnitReport) -> dict[str, Part]:
    """The parts of what was handed in last; none before that."""
    last = report.obligation.receipts.filter(voided_at=None).order_by("-pk").first()
    return parts_of(content_of(report, last.snapshot)) if last else {}


def parts_of(content: dict) -> dict[str, Part]:
    """Everything in a unit report that can be remarked on, in its order; keys as the page's rows carry them."""
    found = {WHOLE: Part(_("Toàn bộ báo cáo")), "figures": Part(_("Số liệu"))}
    for row in (*content["figures"], *content["unknown"]):
        told = row["told"]
        words = _("Trong kỳ: %(value)s; lũy kế: %(year)s; cùng kỳ: %(last_year)s") % told
        found[row["part"]] = Part(row["name"], words)
    for area in content["assessments"]:
        words = "\n".join(f"{part['label']}: {part['text']}" for part in area["parts"])
        found[area["part"]] = Part(area["label"], words)
    return found | {row["part"]: Part(str(row["label"]), row["text"]) for row in content["texts"]}


def _take_up(report: UnitReport, by, now) -> None:
    if report.state == State.SUBMITTED:
        UNIT_REPORT.move(report, "take_up", by=by, now=now)


KIND = Kind(
    slug=SLUG,
    model=UnitReport,
    name=gettext_lazy("báo cáo của đơn vị"),
    whose=gettext_lazy("Ý kiến của Văn phòng Sở"),
    visible=lambda user, on: UnitReport.objects.visible_to(user, on=on).select_related("period", "unit", "obligation"),
    rounds=rounds,
    parts=parts,
    may_remark=perms.may_remark_report,
    may_answer=may_answer_remarks,
    page=lambda report, reviewing: (
        reverse("unit_report_review", args=[report.pk]) if reviewing else reverse("remark_list", args=[SLUG, report.pk])
    ),
    begin=_take_up,
)
