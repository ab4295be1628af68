"""What a result must satisfy whoever records it; messages for the person. No queries."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Unit
from documents.dates import short_date
from plans.deadlines.periods import year_of
from plans.models import Activity, Channel, ContentArea, Indicator, UnitPlanState
from plans.models.catalogue import IndicatorKind, IndicatorSource
from plans.models.plan import IN_FORCE

FIRST_DAY = date(2000, 1, 1)
MAX_COUNT = 1_000_000_000
MAX_QUANTITIES = 12


def date_problem(day: date, today: date) -> str:
    """Why `day` cannot be the day of a result, or ""."""
    if day > today:
        return _("Ngày thực hiện %(day)s ở sau hôm nay (%(today)s). Chỉ ghi nhận việc đã làm.") % {
            "day": short_date(day),
            "today": short_date(today),
        }
    if day < FIRST_DAY:
        return _("Ngày thực hiện phải từ %s trở đi.") % short_date(FIRST_DAY)
    return ""


def activity_problem(activity: Activity, unit: Unit, day: date) -> str:
    """Why a result of `unit` on `day` cannot belong to the activity, or "".

    The day lies in the year of the activity's plan: the calendar year, or the reporting year that
    opens on 15/12 of the year before (Nghị định 09/2019/NĐ-CP, Điều 12).
    """
    unit_plan = activity.unit_plan
    if unit_plan.unit_id != unit.pk:
        return _("Hoạt động này của đơn vị khác. Chọn hoạt động của đơn vị mình hoặc “Ngoài kế hoạch”.")
    if unit_plan.state != UnitPlanState.ACCEPTED or unit_plan.plan.state not in IN_FORCE:
        return _("Kế hoạch có hoạt động này chưa được tiếp nhận. Hãy ghi là kết quả ngoài kế hoạch.")
    if unit_plan.plan.year not in (day.year, year_of(day)):
        return _(
            "Ngày %(day)s không thuộc năm %(year)d của kế hoạch có hoạt động này. "
            "Sửa ngày, hoặc ghi là kết quả ngoài kế hoạch."
        ) % {"day": short_date(day), "year": unit_plan.plan.year}
    return ""


def figure_problems(participants, reach, money, quantities) -> list[str]:
    """What is wrong with the figures; empty means not known and is fine."""
    counts = [participants, reach, *quantities.values()]
    problems = []
    if any(count is not None and count < 0 for count in [*counts, money]):
        problems.append(_("Số lượng và kinh phí phải từ 0 trở lên."))
    if any(count is not None and count > MAX_COUNT for count in counts):
        problems.append(_("Số lượng tối đa 1.000.000.000."))
    problems += [problem for row, value in quantities.items() if (problem := indicator_problem(row, value))]
    if len(quantities) > MAX_QUANTITIES:
        problems.append(_("Tối đa %d chỉ tiêu cho một kết quả.") % MAX_QUANTITIES)
    return problems


def indicator_problem(indicator: Indicator, value: int) -> str:
    """Why `value` cannot be a number recorded for the indicator, or ""."""
    if indicator.source != IndicatorSource.QUANTITY:
        return _("Chỉ tiêu “%s” không ghi trực tiếp được: cổng tự tính.") % indicator.name
    if indicator.kind == IndicatorKind.CODE and value >= len(indicator.levels):
        return _("Chỉ tiêu “%s” chỉ nhận các mức trong danh sách của nó.") % indicator.name
    return ""


def place_problem(indicator: Indicator, area: ContentArea, channel: Channel) -> str:
    """Why the indicator is not recorded in that area through that channel, or ""."""
    if indicator.fits(area, channel):
        return ""
    channels = "; ".join(str(row) for row in indicator.channels.all())
    areas = "; ".join(str(row) for row in indicator.areas.all())
    where = "; ".join(
        words
        for words in (
            _("hình thức: %s") % channels if channels else "",
            _("nội dung: %s") % areas if areas else "",
        )
        if words
    )
    return _("“%(name)s” chỉ ghi với %(where)s. Bỏ số này, hoặc chọn lại hình thức, nội dung.") % {
        "name": indicator.name, "where": where,
    }  # fmt: skip
