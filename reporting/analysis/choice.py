"""What an analysis was asked for: its address in words of the code. Nothing is asked of the database but the lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit
from plans.models import Audience, Channel, ContentArea, Indicator
from plans.models.catalogue import IndicatorKind
from reporting.models import Period
from reporting.roll_ups.content import plan_of
from reporting.roll_ups.indicator_rows import OF_TASKS, adds

PERIODS = 8  # beside each other, at most
TABLE, CHART = "bang", "bieu-do"


class Dimension(NamedTuple):
    """By what figures are told: its name on the page, the field of a result, the parameter of figure_rows."""

    label: str
    field: str = ""
    parameter: str = ""


DIMENSIONS = {
    "don-vi": Dimension(gettext_lazy("Đơn vị"), "unit", "don_vi"),
    "noi-dung": Dimension(gettext_lazy("Nội dung"), "area", "noi_dung"),
    "hinh-thuc": Dimension(gettext_lazy("Hình thức"), "channel", "hinh_thuc"),
    "doi-tuong": Dimension(gettext_lazy("Đối tượng"), "audience", "doi_tuong"),
    "chi-tieu": Dimension(gettext_lazy("Chỉ tiêu"), "", "chi_tieu"),
    "thang": Dimension(gettext_lazy("Tháng báo cáo"), "month", "thang"),
    "ky": Dimension(gettext_lazy("Kỳ báo cáo")),
}
FILTERS = ("don-vi", "noi-dung", "hinh-thuc", "doi-tuong")


@dataclass(frozen=True)
class Lists:
    """What there is to choose from, for one period: id → row of each dimension that has rows of its own.

    `always` has the ids that stand in a table whether or not anything is known of them.
    """

    of: dict[str, dict[int, object]]
    always: dict[str, set[int]]
    indicators: list[Indicator]

    def by_code(self, name: str, code: str):
        return next((row for row in self.of[name].values() if row.code == code), None)


def lists_of(period: Period) -> Lists:
    """Every unit, area, channel and audience; always the units that owe something in the period's year and the areas
    of its plan. Seven queries."""
    units = Unit.objects.filter(agency=period.agency_id).prefetch_related("names")
    owing = units.filter(obligations__occasion__startswith=str(period.year))
    scheme = set(plan_of(period).values_list("scheme", flat=True))
    areas = {row.pk: row for row in ContentArea.objects.select_related("scheme")}
    return Lists(
        {
            "don-vi": {row.pk: row for row in units},
            "noi-dung": areas,
            "hinh-thuc": {row.pk: row for row in Channel.objects.all()},
            "doi-tuong": {row.pk: row for row in Audience.objects.all()},
        },
        {
            "don-vi": set(owing.order_by().distinct().values_list("pk", flat=True)),
            "noi-dung": {key for key, row in areas.items() if row.scheme_id in scheme},
        },
        list(Indicator.objects.on(period.ends).select_related("numerator", "denominator")),
    )


@dataclass(frozen=True)
class Choice:
    """`rows` and `columns` ("" for none) are names of DIMENSIONS; `periods` the oldest first, one unless they are a
    dimension; `filters` name → row; `shape` TABLE or CHART."""

    rows: str
    columns: str
    period: Period
    periods: list[Period]
    indicator: Indicator | None
    filters: dict[str, object]
    shape: str

    @property
    def dimensions(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.rows, self.columns)))

    @property
    def by_indicator(self) -> bool:
        return "chi-tieu" in self.dimensions

    @property
    def title(self) -> str:
        """ "Số tin, bài (tin, bài), theo đơn vị và hình thức, Quý I/2022"."""
        what = _("Các chỉ tiêu") if self.by_indicator else f"{self.indicator} ({self.indicator.unit_of_measure})"
        named = [str(DIMENSIONS[name].label).lower() for name in self.dimensions if name != "chi-tieu"]
        by = _("theo %s") % _(" và ").join(named) if named else ""
        days = "" if "ky" in self.dimensions else self.period.full_label
        return ", ".join(filter(None, (what, by, *map(str, self.filters.values()), days)))


def chosen(query: Mapping, periods: list[Period], lists: Lists, period: Period) -> Choice:
    """The choices of an address; what is no choice counts as none. `periods` are all that have begun."""
    rows, columns = query.get("hang", ""), query.get("cot", "")
    rows = rows if rows in DIMENSIONS else "don-vi"
    columns = columns if columns in DIMENSIONS else ""
    indicator = next((row for row in lists.indicators if row.code == query.get("chi_tieu")), None)
    usual = next((row for row in lists.indicators if adds(row)), None)
    found = ((name, lists.by_code(name, query.get(DIMENSIONS[name].parameter, ""))) for name in FILTERS)
    return Choice(
        rows, columns, period, _beside(period, periods) if "ky" in (rows, columns) else [period], indicator or usual,
        {name: row for name, row in found if row}, CHART if query.get("xem") == CHART else TABLE,
    )  # fmt: skip


def _beside(period: Period, periods: list[Period]) -> list[Period]:
    """The periods of like length up to this one, oldest first."""
    alike = [
        row
        for row in periods
        if row.agency_id == period.agency_id and row.regime == period.regime and row.ends <= period.ends
        and (row.kind == period.kind if period.cumulative else not row.cumulative)
    ]  # fmt: skip
    return sorted(alike, key=lambda row: row.ends)[-PERIODS:]


def problem(choice: Choice) -> str:
    """Why these choices give no table, with the way out; "" when they do."""
    if choice.indicator is None:
        return _("Chưa có chỉ tiêu nào trong kỳ này.")
    if choice.rows == choice.columns:
        label = str(DIMENSIONS[choice.rows].label).lower()
        return _("Hàng và cột cùng là %s. Chọn cột khác, hoặc để cột trống.") % label
    if "ky" in choice.dimensions and "thang" in choice.dimensions:
        return _("Mỗi tháng thuộc một kỳ: chọn tháng hoặc kỳ, không chọn cả hai.")
    return "" if choice.by_indicator else refusal(choice.indicator, choice)


def refusal(indicator: Indicator, choice: Choice) -> str:
    """Why this indicator cannot be told so; "" when it can."""
    others = {*choice.dimensions, *choice.filters} - {"chi-tieu"}
    if indicator.kind == IndicatorKind.STOCK and others - {"don-vi", "ky"}:
        return _("“%s” là số hiện có cuối kỳ: chỉ xem được theo đơn vị và kỳ.") % indicator
    if _of_tasks(indicator) and others - {"don-vi", "noi-dung"}:
        return _("“%s” đếm nhiệm vụ của kế hoạch: chỉ xem được theo đơn vị và nội dung, trong một kỳ.") % indicator
    return ""


def _of_tasks(indicator: Indicator) -> bool:
    if indicator.source in OF_TASKS:
        return True
    parts = (indicator.numerator, indicator.denominator) if indicator.numerator_id else ()
    return any(part.source in OF_TASKS for part in parts)
