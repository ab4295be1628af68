"""What people type into a unit plan."""

import calendar
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanModelForm, CountField, MoneyField
from plans.models import Activity, AreaAbsence, Audience, Channel, Indicator, UnitPlan
from plans.receipts import sha256

EMPTY = {
    "area": gettext_lazy("Chọn nội dung"),
    "channel": gettext_lazy("Chọn hình thức"),
    "audience": gettext_lazy("Chọn đối tượng"),
    "indicator": gettext_lazy("Không đếm số lượng"),
}
QUARTERS = ("I", "II", "III", "IV")


def spans(year: int) -> dict[str, tuple[date, date]]:
    """The usual times of an activity by name: "m3" March, "q1" the first quarter, "y" the year; both ends inclusive."""
    months = {f"m{month}": (month, month) for month in range(1, 13)}
    quarters = {f"q{quarter}": (3 * quarter - 2, 3 * quarter) for quarter in range(1, 5)}
    return {
        name: (date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))
        for name, (first, last) in {**months, **quarters, "y": (1, 12)}.items()
    }


def _span_choices(year: int):
    yield "", _("Theo ngày cụ thể")
    for month in range(1, 13):
        yield f"m{month}", _("Tháng %(month)s/%(year)d") % {"month": month, "year": year}
    for number, roman in enumerate(QUARTERS, 1):
        yield f"q{number}", _("Quý %(quarter)s/%(year)d") % {"quarter": roman, "year": year}
    yield "y", _("Cả năm %d") % year


def texts_mark(unit_plan: UnitPlan) -> str:
    """A short name for the general texts as stored: the form carries the one it was opened with."""
    return sha256([unit_plan.purpose, unit_plan.organisation, unit_plan.contact])[:16]


class UnitPlanTextsForm(CleanModelForm):
    """The general texts of a unit plan."""

    class Meta:
        model = UnitPlan
        fields = ("purpose", "organisation", "contact")
        widgets = {"purpose": forms.Textarea(attrs={"rows": 6}), "organisation": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "purpose": gettext_lazy("Để trống thì bản in ghi theo Kế hoạch của Sở."),
            "contact": gettext_lazy("Họ tên, điện thoại của người theo dõi kế hoạch."),
        }


class LineRules:
    """What holds between the boxes of a line, wherever they are filled in; the form has `year`, that of the plan."""

    def clean(self):
        cleaned = super().clean()
        self._clean_time(cleaned)
        if cleaned.get("quantity") is not None and not cleaned.get("indicator") and "indicator" not in self.errors:
            self.add_error("indicator", _("Chọn chỉ tiêu để biết số lượng được đếm theo đơn vị nào."))
        return cleaned

    def _clean_time(self, cleaned: dict) -> None:
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if span := spans(self.year).get(cleaned.get("span")):
            if (starts and starts != span[0]) or (ends and ends != span[1]):
                self.add_error("span", _("Chọn tháng, quý ở ô này hoặc ghi ngày cụ thể, không cả hai."))
            cleaned["starts"], cleaned["ends"] = span
            return
        if not starts and "starts" not in self.errors:
            self.add_error("starts", _("Chọn tháng, quý, hoặc nhập từ ngày."))
        if starts and not ends and "ends" not in self.errors:
            cleaned["ends"] = ends = starts
        for name, day in (("starts", starts), ("ends", ends)):
            if day and day.year != self.year:
                self.add_error(name, _("Kế hoạch này của năm %d. Hãy nhập ngày trong năm đó.") % self.year)
        if starts and ends and ends < starts:
            self.add_error("ends", _("Đến ngày phải bằng hoặc sau từ ngày (%s).") % f"{starts:%d/%m/%Y}")


class ActivityForm(LineRules, CleanModelForm):
    """A line of a unit plan; its time is a month, a quarter, the year, or two dates of the plan's year."""

    span = forms.ChoiceField(label=gettext_lazy("Thời gian"), required=False)
    quantity = CountField(label=gettext_lazy("Số lượng"), required=False)
    money = MoneyField(
        label=gettext_lazy("Kinh phí (đồng)"), required=False,
        help_text=gettext_lazy("Có thể gõ “5 triệu”. Để trống nếu không dùng kinh phí."),
    )  # fmt: skip

    class Meta:
        model = Activity
        fields = (
            "area", "title", "channel", "audience", "span", "starts", "ends", "person", "product", "indicator",
            "quantity", "money",
        )  # fmt: skip
        help_texts = {
            "title": gettext_lazy("Làm việc gì, ở đâu, ví dụ: Phát tờ gấp hướng dẫn nộp hồ sơ trực tuyến."),
            "product": gettext_lazy("Kết quả nhìn thấy được: tờ gấp, chuyên mục, hội nghị…"),
            "indicator": gettext_lazy("Chọn khi có số lượng để đối chiếu với kết quả sau này."),
        }

    def __init__(self, *args, unit_plan: UnitPlan, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.year = unit_plan.plan.year
        fields = self.fields
        fields["area"].queryset = unit_plan.plan.scheme.areas.all()
        kept = self.instance
        fields["channel"].queryset = Channel.objects.on(on) | Channel.objects.filter(pk=kept.channel_id)
        fields["audience"].queryset = Audience.objects.on(on) | Audience.objects.filter(pk=kept.audience_id)
        fields["indicator"].queryset = (
            Indicator.objects.on(on).plannable()
            | Indicator.objects.filter(pk=kept.indicator_id)
        )  # fmt: skip
        for name, words in EMPTY.items():
            fields[name].empty_label = words
        fields["indicator"].label_from_instance = lambda row: f"{row.name} ({row.unit_of_measure})"
        fields["span"].choices = _span_choices(self.year)
        fields["span"].help_text = _("Chọn tháng, quý hoặc cả năm; nếu ghi ngày cụ thể thì để trống ô này.")
        for name in ("starts", "ends"):
            fields[name].required = False
        self._show_time()

    def _show_time(self) -> None:
        """A stored time that is a whole month, quarter or year is shown as such, without its dates."""
        stored = (self.instance.starts, self.instance.ends)
        for name, span in spans(self.year).items():
            if span == stored:
                self.initial |= {"span": name, "starts": None, "ends": None}


class AbsenceForm(CleanModelForm):
    """ "Không có" for an area needs a reason."""

    class Meta:
        model = AreaAbsence
        fields = ("reason",)
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"reason": gettext_lazy("Ví dụ: không thuộc chức năng, nhiệm vụ của đơn vị.")}
