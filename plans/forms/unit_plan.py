"""What people type into a unit plan."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanCharField, CleanModelForm, CountField
from plans.forms.unit_plan_line import LineRules, MoneyPartsField, boxes_of, spans
from plans.models import Activity, AreaAbsence, Audience, Channel, Declined, Indicator, UnitPlan
from plans.receipts import sha256
from plans.units.unit_plan_excel.catalogue import Catalogue

EMPTY = {
    "area": gettext_lazy("Chọn nội dung"),
    "channel": gettext_lazy("Chọn hình thức"),
    "audience": gettext_lazy("Chọn đối tượng"),
    "indicator": gettext_lazy("Không đếm số lượng"),
}
QUARTERS = ("I", "II", "III", "IV")


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


class ActivityForm(LineRules, CleanModelForm):
    """A line of a unit plan; its time is a month, a quarter, the year, or two dates of the plan's year."""

    span = forms.ChoiceField(label=gettext_lazy("Thời gian"), required=False)
    quantity = CountField(label=gettext_lazy("Số lượng"), required=False)
    money = MoneyPartsField(
        label=gettext_lazy("Kinh phí (đồng)"), required=False,
        help_text=gettext_lazy("Gõ được “5 triệu”. Nhiều nguồn thì cách nhau bằng dấu chấm phẩy: “10 triệu; 2 triệu”."),
    )  # fmt: skip
    funds = CleanCharField(
        label=gettext_lazy("Nguồn kinh phí"), required=False, widget=forms.TextInput(attrs={"list": "nguon-kinh-phi"}),
    )  # fmt: skip
    asked = CleanCharField(
        label=gettext_lazy("Đáp ứng yêu cầu của Sở"), required=False,
        help_text=gettext_lazy("Mã của yêu cầu, ví dụ “c1; c3”; danh sách ở cuối trang."),
    )  # fmt: skip

    class Meta:
        model = Activity
        fields = (
            "area", "title", "channel", "audience", "span", "starts", "ends", "person", "product", "indicator",
            "quantity", "money", "funds", "asked",
        )  # fmt: skip
        help_texts = {
            "title": gettext_lazy("Làm việc gì, ở đâu, ví dụ: Phát tờ gấp hướng dẫn nộp hồ sơ trực tuyến."),
            "product": gettext_lazy("Kết quả nhìn thấy được: tờ gấp, chuyên mục, hội nghị…"),
            "indicator": gettext_lazy("Chọn khi có số lượng để đối chiếu với kết quả sau này."),
        }

    def __init__(self, *args, unit_plan: UnitPlan, on: date, initial: dict | None = None, **kwargs):
        self.year, self.catalogue = unit_plan.plan.year, Catalogue(unit_plan, on)
        line = kwargs["instance"]
        self._stored_days = (line.starts, line.ends)
        stored = boxes_of(line, self.catalogue) if line.pk else {}
        super().__init__(*args, initial=stored | (initial or {}), **kwargs)
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
        fields["funds"].help_text = _("Theo thứ tự của kinh phí: %s.") % "; ".join(
            source.short for source in self.catalogue.lists["funds"]
        )
        fields["indicator"].label_from_instance = lambda row: f"{row.name} ({row.unit_of_measure})"
        fields["span"].choices = _span_choices(self.year)
        fields["span"].help_text = _("Chọn tháng, quý hoặc cả năm; nếu ghi ngày cụ thể thì để trống ô này.")
        for name in ("starts", "ends"):
            fields[name].required = False
        self._show_time()

    def _post_clean(self) -> None:
        """The items are kept by their marks; sources go into rows of their own (plans.actions)."""
        asked = self.cleaned_data.get("asked", ())
        self.cleaned_data["asked"] = [item.key for item in asked]
        super()._post_clean()
        self.cleaned_data["asked"] = asked
        days = (self.instance.starts, self.instance.ends)
        if self.cleaned_data.get("phrase") or days != self._stored_days:
            self.instance.phrase = self.cleaned_data.get("phrase", "")

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


class DeclineForm(CleanModelForm):
    """ "Không thuộc chức năng" for something asked needs a reason."""

    class Meta:
        model = Declined
        fields = ("reason",)
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"reason": gettext_lazy("Nói rõ việc đó thuộc đơn vị nào, theo văn bản nào nếu có.")}
