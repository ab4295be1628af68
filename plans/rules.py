"""What a plan must hold before it goes on; each rule gives sentences that say what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from plans import register
from plans.models import Plan, UnitPlan


def plan_gaps(plan: Plan) -> Iterator[str]:
    """What keeps the department's plan from leaving the drafting table."""
    written = set(plan.sections.filter(area__isnull=False).values_list("area", flat=True))
    for area in plan.scheme.areas.all():
        if area.pk not in written:
            yield _("Nội dung %s chưa có phần trong kế hoạch.") % area
    for duty in plan.duties.current():
        if duty.kind and not duty.due_at and not duty.recurrence:
            yield _("Nhiệm vụ “%s” chưa có thời hạn.") % duty
    open_defects = plan.defects.filter(settled_at__isnull=True).count()
    if open_defects:
        yield _("Còn %d điểm cần xem lại trong văn bản; hãy xem và xác nhận từng điểm.") % open_defects


def issue_gaps(plan: Plan, *, number: str, on: date | None) -> Iterator[str]:
    """What an issued plan must have: number, date, signer, recipients."""
    if not number:
        yield _("Nhập số của văn bản.")
    elif not register.NUMBER.fullmatch(number):
        yield _("Số của văn bản bắt đầu bằng chữ số, tối đa 11 ký tự.")
    if on is None:
        yield _("Nhập ngày ban hành.")
    elif on.year != plan.year and on.year != plan.year - 1:
        yield _("Ngày ban hành phải thuộc năm %(year)d hoặc năm trước.") % {"year": plan.year}
    elif number and register.is_taken(plan.agency_id, plan.symbol, number, on.year):
        yield _("Số %(number)s/%(symbol)s đã dùng trong năm %(year)d.") % {
            "number": number,
            "symbol": plan.symbol,
            "year": on.year,
        }
    if not plan.signer_name or not plan.signer_title:
        yield _("Kế hoạch chưa có người ký.")
    if not plan.recipients.exists():
        yield _("Kế hoạch chưa có nơi nhận.")
    if not plan.duties.current().exclude(kind="").exists():
        yield _("Kế hoạch chưa giao nhiệm vụ nào phải nộp về Văn phòng Sở.")


def signed_file_gaps(comparison, *, unread: bool) -> Iterator[str]:
    """What keeps a signed file from being taken: it must hold the approved text, whole and nothing besides.

    `comparison` is a plans.signed_files.Comparison; of a scan without text the clerk says that they compared it.
    """
    if not comparison.has_text:
        if not unread:
            yield _("Tệp đã ký là bản quét không có chữ nên cổng không đối chiếu được. Hãy đối chiếu với bản đã duyệt "
                    "rồi đánh dấu ô xác nhận.")  # fmt: skip
        return
    for part in comparison.missing:
        yield _("Tệp đã ký không có đúng đoạn đã duyệt: “%s”.") % part
    for part in comparison.added:
        yield _("Tệp đã ký có thêm nội dung không có trong bản đã duyệt: “%s”.") % part


@dataclass(frozen=True)
class Gap:
    """What is missing, and where: the code of an area, or the id of an activity."""

    text: str
    area: str = ""
    activity_id: int | None = None


def unit_plan_gaps(unit_plan: UnitPlan) -> Iterator[Gap]:
    """What keeps a unit plan from being handed in: every area has a line, or "không có" with its reason."""
    areas = list(unit_plan.plan.scheme.areas.all())
    planned = set(unit_plan.activities.values_list("area", flat=True))
    absent = set(unit_plan.absences.values_list("area", flat=True))
    for area in areas:
        if area.pk not in planned and area.pk not in absent:
            text = _("Nội dung %s: thêm ít nhất một hoạt động, hoặc ghi “không có” kèm lý do.") % area
            yield Gap(text, area=area.code)
    year = unit_plan.plan.year
    for activity in unit_plan.activities.exclude(starts__year=year, ends__year=year):
        text = _("Hoạt động “%(title)s”: thời gian phải nằm trong năm %(year)d.")
        yield Gap(text % {"title": activity.title, "year": year}, activity_id=activity.pk)
