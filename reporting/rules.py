"""What a report must hold before it goes on; each rule gives sentences that say what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from documents.dates import TZ as VIETNAM
from documents.dates import short_date
from plans import remarks
from plans.registers import register
from reporting.models import RollUp, UnitReport
from reporting.roll_ups.papers import outgoing
from reporting.unit_reports.cautions import cautions
from reporting.unit_reports.unit_figures import own_results, unit_figures


@dataclass(frozen=True)
class Gap:
    """What is missing, in a sentence, and where it is put right ("" for nowhere)."""

    words: str
    url: str = ""

    def __str__(self) -> str:
        return self.words


def period_gaps(report: UnitReport, *, on: date) -> Iterator[Gap]:
    """Before its period's last day no report is handed in, on paper neither."""
    if on < report.period.ends:
        yield Gap(_("Kỳ báo cáo còn đến hết ngày %s; nộp từ ngày đó.") % short_date(report.period.ends))


def report_gaps(report: UnitReport, *, on: date) -> Iterator[Gap]:
    """What keeps a unit report from being handed in on day `on`, explanations apart."""
    yield from period_gaps(report, on=on)
    for remark in remarks.unanswered(report):
        page = reverse("remark_list", args=[remarks.kind_of(report).slug, report.pk])
        yield Gap(_("Ý kiến về “%s” chưa được trả lời.") % remark.part_label, f"{page}#y-kien-{remark.pk}")
    edit = reverse("unit_report_edit", args=[report.pk])
    results = own_results(report).count()
    if report.nil:
        if not report.nil_reason:
            yield Gap(_("“Không phát sinh” cần lý do."), f"{edit}#id_nil_reason")
        if results:
            words = _("Trong kỳ đã ghi %d kết quả nên không thể báo “không phát sinh”.")
            yield Gap(words % results, f"{edit}#id_nil")
        return
    if not results:
        words = _("Kỳ này chưa ghi kết quả nào: ghi nhận kết quả, hoặc chọn “Không phát sinh” kèm lý do.")
        yield Gap(words, f"{edit}#id_nil")
    if not report.highlights:
        yield Gap(_("Phần “Kết quả nổi bật” còn trống."), f"{edit}#id_highlights")


def unexplained(report: UnitReport) -> Iterator[Gap]:
    """The cautions that still need a sentence of the unit."""
    previous = report.previous()
    notes = set(report.notes.values_list("key", flat=True))
    for caution in cautions(report, unit_figures(report, previous), previous):
        if caution.key not in notes:
            yield Gap(_("Cần một câu giải trình: %s") % caution.words, f"#id_note_{caution.key}")


def units_to_acknowledge(content: dict) -> list[dict]:
    """The units that are missing, late or not received in a version: the cut names each of them."""
    return [
        unit
        for unit in content["units"]
        if any(
            report["group"] in ("missing", "late") or (report["group"] != "exempt" and not report["received"])
            for report in unit["reports"]
        )
    ]


def cut_gaps(roll_up: RollUp, *, acknowledged: frozenset[str]) -> Iterator[str]:
    """What keeps the figures from being cut: a finished version, each missing or late unit acknowledged."""
    version = roll_up.versions.first()
    if version is None:
        yield _("Chưa có bản tổng hợp nào để chốt.")
        return
    for unit in units_to_acknowledge(version.content):
        if unit["code"] not in acknowledged:
            yield _("Xác nhận đã biết %s thiếu, muộn hoặc chưa được tiếp nhận.") % unit["name"]


def roll_up_remark_gaps(roll_up: RollUp) -> Iterator[str]:
    """Each remark of a return is answered before the report goes up again."""
    for remark in remarks.unanswered(roll_up):
        yield _("Trả lời ý kiến về “%s” trước khi trình lại.") % remark.part_label


def sending_gaps(roll_up: RollUp) -> Iterator[str]:
    """A report is sent when everybody it is addressed to has it."""
    sent = set(roll_up.sendings.values_list("recipient", flat=True))
    for recipient in outgoing(roll_up, roll_up.issued_on).addressees:
        if recipient not in sent:
            yield _("Chưa ghi nhận việc gửi tới %s.") % recipient


def roll_up_issue_gaps(roll_up: RollUp, *, number: str, on: date | None) -> Iterator[str]:
    """What an issued report must have: a number, and a day not before its approval."""
    if not number or not register.NUMBER.fullmatch(number):
        yield _("Nhập số của văn bản: bắt đầu bằng chữ số, tối đa 11 ký tự.")
    elif on and register.is_taken(roll_up.agency_id, symbol := outgoing(roll_up, on).symbol, number, on.year):
        yield _("Số %(number)s/%(symbol)s đã dùng trong năm.") % {"number": number, "symbol": symbol}
    if on is None:
        yield _("Nhập ngày ban hành.")
    elif roll_up.approved_at and on < roll_up.approved_at.astimezone(VIETNAM).date():
        yield _("Ngày ban hành không thể trước ngày Giám đốc duyệt.")
