"""Many results as rows of a table: a row is one result with one indicator."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CleanCharField, CleanForm, CleanTextField, CountField, MoneyField, VietnameseDateField
from accounts.proof import LinksField
from accounts.rows import Row, Rows
from plans.models import Activity, AreaScheme, Audience, Channel, ContentArea, Indicator
from propaganda import rules
from propaganda.forms.fields import ActivityChoice
from propaganda.models import Result

FROM_PLAN = ("title", "area", "channel", "audience")


class ResultRowForm(CleanForm):
    """A row; what is left empty of title, area, channel, audience is taken from the chosen activity."""

    happened_on = VietnameseDateField(label=_("Ngày"), earliest=rules.FIRST_DAY)
    title = CleanCharField(
        label=_("Việc đã làm"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    activity = ActivityChoice(
        Activity.objects.none(), label=_("Hoạt động"), required=False, empty_label=_("Ngoài kế hoạch")
    )
    area = forms.ModelChoiceField(ContentArea.objects.none(), label=_("Nội dung"), required=False)
    channel = forms.ModelChoiceField(Channel.objects.none(), label=_("Hình thức"), required=False)
    audience = forms.ModelChoiceField(Audience.objects.none(), label=_("Đối tượng"), required=False)
    indicator = forms.ModelChoiceField(Indicator.objects.none(), label=_("Chỉ tiêu"), required=False)
    quantity = CountField(label=_("Số lượng"), required=False, max_value=rules.MAX_COUNT)
    participants = CountField(label=_("Người dự"), required=False, max_value=rules.MAX_COUNT)
    reach = CountField(label=_("Lượt xem"), required=False, max_value=rules.MAX_COUNT)
    money = MoneyField(label=_("Kinh phí"), required=False)
    links = LinksField(label=_("Đường dẫn"), required=False)
    note = CleanTextField(label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, unit, activities, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit, self.today = unit, today
        fields = self.fields
        fields["activity"].queryset = activities
        fields["area"].queryset = ContentArea.objects.filter(scheme__in=AreaScheme.objects.on(today)).distinct()
        fields["channel"].queryset, fields["audience"].queryset = Channel.objects.on(today), Audience.objects.on(today)
        indicators = Indicator.objects.on(today).recordable().prefetch_related("channels", "areas")
        fields["indicator"].queryset = indicators
        fields["indicator"].label_from_instance = lambda row: f"{row.name} ({row.unit_of_measure})"
        for name in ("area", "channel", "audience", "indicator"):
            fields[name].empty_label = ""

    def clean(self):
        data = super().clean()
        activity, day = data.get("activity"), data.get("happened_on")
        for name in FROM_PLAN:
            if name in data and not data[name]:
                if activity is None and "activity" in data:
                    self.add_error(name, self.fields[name].error_messages["required"])
                data[name] = getattr(activity, name, None)
        if day and (problem := rules.date_problem(day, self.today)):
            self.add_error("happened_on", problem)
        if day and activity and (problem := rules.activity_problem(activity, self.unit, day)):
            self.add_error("activity", problem)
        self._check_quantity(data, activity)
        return data

    def _check_quantity(self, data: dict, activity: Activity | None) -> None:
        if {"indicator", "quantity"} & self.errors.keys():
            return
        indicator, number = data.get("indicator"), data.get("quantity")
        if indicator is None and number is not None:
            indicator = data["indicator"] = activity and activity.indicator
            if indicator is None:
                self.add_error("indicator", _("Chọn chỉ tiêu cho số lượng này."))
                return
        if indicator is None:
            return
        if number is None:
            self.add_error("quantity", _("Nhập số lượng của chỉ tiêu này, hoặc bỏ chọn chỉ tiêu."))
        elif problem := rules.indicator_problem(indicator, number):
            self.add_error("quantity", problem)
        elif data.get("area") and data.get("channel") and not (activity and activity.indicator_id == indicator.pk):
            problem = rules.place_problem(indicator, data["area"], data["channel"])
            if problem:
                self.add_error("indicator", problem)

    def values(self) -> dict:
        """The arguments of record_result; those of change_result that a row tells."""
        data = dict(self.cleaned_data)
        indicator, number = data.pop("indicator"), data.pop("quantity")
        return data | {"quantities": {} if indicator is None else {indicator: number}}


class ResultRows(Rows):
    """Results to be recorded, and recorded ones that a file holds; `mark` is the key of a file's new row."""

    form, noun, extra = ResultRowForm, _("dòng"), 5
    carried = ("mark", "at")

    @staticmethod
    def initial_of(stored: Result) -> dict:
        quantity = first_quantity(stored)
        names = (name for name in ResultRowForm.base_fields if name not in ("indicator", "quantity"))
        return {name: stored.serializable_value(name) for name in names} | {
            "indicator": quantity and quantity.indicator_id,
            "quantity": quantity and quantity.value,
        }

    def clean(self) -> None:
        """Two rows that say the same are asked about: one is told to go."""
        seen: dict[tuple, Row] = {}
        for row in self.kept:
            if row.form.errors:
                continue
            content = tuple(sorted((name, str(value)) for name, value in row.cleaned_data.items()))
            if content in seen and not row.carried.get("mark"):
                row.form.add_error(
                    None, _("Giống hệt dòng %d. Đánh dấu xóa một dòng, hoặc ghi rõ chỗ khác nhau.")
                    % seen[content].position,
                )  # fmt: skip
            seen.setdefault(content, row)


def first_quantity(stored: Result):
    """The quantity that a row shows of a stored result: the first in the order of the list; None without any."""
    return min(stored.quantities.all(), key=lambda row: (row.indicator.position, row.pk), default=None)
