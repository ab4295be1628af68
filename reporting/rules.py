"""What a report must hold before it goes on; each rule gives sentences that say what to do."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from documents.dates import TZ as VIETNAM
from documents.dates import short_date
from plans.registers import register
from propaganda.models import Result
from reporting.models import RollUp, UnitReport
from reporting.papers import outgoing


def period_gaps(report: UnitReport, *, on: date) -> Iterator[str]:
    """Before its period's last day no report is handed in, on paper neither."""
    if on < report.period.ends:
        yield _("Kỳ báo cáo còn đến hết ngày %s; nộp từ ngày đó.") % short_date(report.period.ends)


def report_gaps(report: UnitReport, *, on: date) -> Iterator[str]:
    """What keeps a unit report from being handed in on day `on`."""
    yield from period_gaps(report, on=on)
    period = report.period
    results = Result.objects.filter(unit=report.unit_id).within(period.starts, period.ends).count()
    if report.nil:
        if not report.nil_reason:
            yield _("“Không phát sinh” cần lý do.")
        if results:
            yield _("Trong kỳ đã ghi %d kết quả nên không thể báo “không phát sinh”.") % results
        return
    if not results:
        yield _("Kỳ này chưa ghi kết quả nào: ghi nhận kết quả, hoặc chọn “Không phát sinh” kèm lý do.")
    if not report.highlights:
        yield _("Phần “Kết quả nổi bật” còn trống.")


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
