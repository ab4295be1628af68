"""What a person fills in about a result. A form checks what was typed; the rules stand in actions."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.forms import (
    CleanCharField,
    CleanForm,
    CleanTextField,
    CleanUrlField,
    CountField,
    KeyField,
    MoneyField,
    VietnameseDateField,
)
from accounts.models import Unit
from documents import uploads
from plans.models import Activity, AreaScheme, Audience, Channel, ContentArea, Indicator
from plans.models.catalogue import IndicatorSource
from propaganda import rules
from propaganda.models import Result

ROWS = range(1, rules.MAX_QUANTITIES + 1)
SHORT = 110


class FilesInput(forms.FileInput):
    """Several files at once; on a phone the camera is offered too."""

    allow_multiple_selected = True

    def __init__(self):
        super().__init__(attrs={"accept": ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.pptx"})


class EvidenceField(forms.FileField):
    """Files checked by content; gives a list of uploads.CheckedFile."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if not files:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return []
        if len(files) > rules.MAX_FILES:
            raise forms.ValidationError(_("Tối đa %d tệp một lần.") % rules.MAX_FILES)
        checked, refusals = [], []
        for file in files:
            try:
                checked.append(uploads.check(file, file.name))
            except uploads.UploadRefused as refusal:
                refusals.append(str(refusal))
        if refusals:
            raise forms.ValidationError(refusals)
        return checked


class ActivityChoice(forms.ModelChoiceField):
    def label_from_instance(self, activity: Activity) -> str:
        title = activity.title if len(activity.title) <= SHORT else f"{activity.title[:SHORT]}…"
        return f"{activity.area.letter}) {title} ({activity.unit_plan.plan.year})"


class ResultForm(CleanForm):
    """One result. Title, area, channel and audience left empty are taken from the chosen activity.

    `units` are those the person records for; more than one gives a choice. `activities` are the
    planned ones to choose from. Catalogue rows are those in force on `today`, and the result's own.
    """

    activity = ActivityChoice(
        Activity.objects.none(),
        label=_("Hoạt động trong kế hoạch"),
        required=False,
        empty_label=_("Ngoài kế hoạch"),
        help_text=_("Đã chọn hoạt động thì chỗ để trống bên dưới lấy theo kế hoạch."),
    )
    title = CleanCharField(
        label=_("Việc đã làm"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    happened_on = VietnameseDateField(label=_("Ngày thực hiện"), earliest=rules.FIRST_DAY)
    area = forms.ModelChoiceField(ContentArea.objects.none(), label=_("Nội dung"), required=False)
    channel = forms.ModelChoiceField(Channel.objects.none(), label=_("Hình thức"), required=False)
    audience = forms.ModelChoiceField(Audience.objects.none(), label=_("Đối tượng"), required=False)
    participants = CountField(label=_("Số người dự"), required=False, max_value=rules.MAX_COUNT)
    reach = CountField(label=_("Lượt xem, tiếp cận"), required=False, max_value=rules.MAX_COUNT)
    money = MoneyField(label=_("Kinh phí đã chi"), required=False, help_text=_("Đồng; gõ được “5 triệu”, “1.500.000”."))
    link = CleanUrlField(label=_("Đường dẫn bài đăng"), max_length=500, required=False)
    note = CleanTextField(label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, units: list[Unit], activities, today, planned: Activity | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.units, self.planned = units, planned
        self.fields["activity"].queryset = activities
        own = lambda name: kwargs.get("initial", {}).get(name)  # noqa: E731
        areas = ContentArea.objects.filter(scheme__in=AreaScheme.objects.on(today))
        for name, rows in (
            ("area", areas),
            ("channel", Channel.objects.on(today)),
            ("audience", Audience.objects.on(today)),
        ):
            kept = type(own(name))._default_manager.filter(pk=own(name).pk) if own(name) else rows.none()
            self.fields[name].queryset = (rows | kept).distinct()
            self.fields[name].empty_label = _("– chọn –")
        self._add_quantities(today)
        self._fit_to(planned)
        if len(units) > 1 and planned is None:
            self.fields["unit"] = forms.ModelChoiceField(
                Unit.objects.filter(pk__in=[unit.pk for unit in units]), label=_("Đơn vị"), initial=units[0].pk
            )
            self._word(self.fields["unit"])

    def _add_quantities(self, today) -> None:
        indicators = Indicator.objects.on(today).filter(source=IndicatorSource.QUANTITY)
        choices = [("", _("– chọn chỉ tiêu –"))]
        choices += [(row.pk, f"{row.name} ({row.unit_of_measure})") for row in indicators]
        for row in ROWS:
            chosen = self.fields[f"indicator_{row}"] = forms.ModelChoiceField(
                indicators, label=_("Chỉ tiêu %d") % row if row > 1 else _("Chỉ tiêu"), required=False
            )
            chosen.widget.choices = choices  # one query for the four rows
            self.fields[f"value_{row}"] = CountField(
                label=_("Số lượng %d") % row if row > 1 else _("Số lượng"), required=False, max_value=rules.MAX_COUNT
            )
            self._word(chosen)

    def _fit_to(self, planned: Activity | None) -> None:
        """Of a planned activity, the indicator is known: only its number is asked for."""
        if planned is None:
            return
        self.fields["activity"].widget = forms.HiddenInput()
        if planned.indicator and planned.indicator.source == IndicatorSource.QUANTITY:
            self.fields["indicator_1"].widget = forms.HiddenInput()
            self.fields["value_1"].label = f"{planned.indicator.name} ({planned.indicator.unit_of_measure})"

    def clean(self):
        data = super().clean()
        activity = data.get("activity")
        for name in ("title", "area", "channel", "audience"):
            if name in data and not data[name]:
                if activity is None and "activity" in data:
                    self.add_error(name, self.fields[name].error_messages["required"])
                data[name] = getattr(activity, name, None)
        data["quantities"] = self._quantities(data, activity)
        return data

    def _quantities(self, data: dict, activity: Activity | None) -> dict[Indicator, int]:
        """Indicator → number of the filled rows. The activity's own indicator without a number is not known."""
        found: dict[Indicator, int] = {}
        own = activity and activity.indicator_id
        for row in ROWS:
            chosen, value = f"indicator_{row}", f"value_{row}"
            if chosen in self.errors or value in self.errors:
                continue
            indicator, number = data.get(chosen), data.get(value)
            if indicator is None and number is not None:
                self.add_error(chosen, _("Chọn chỉ tiêu cho số lượng này."))
            elif indicator in found:
                self.add_error(chosen, _("Chỉ tiêu này đã có ở dòng trên. Hãy gộp số lượng."))
            elif indicator is not None and number is not None:
                found[indicator] = number
            elif indicator is not None and indicator.pk != own:
                self.add_error(value, _("Nhập số lượng của chỉ tiêu này, hoặc bỏ chọn chỉ tiêu."))
        return found

    def values(self) -> dict:
        """The arguments of record_result and change_result."""
        names = ("activity", "title", "happened_on", "area", "channel", "audience")
        more = ("participants", "reach", "money", "link", "note", "quantities")
        return {name: self.cleaned_data[name] for name in (*names, *more)}

    @property
    def unit(self) -> Unit:
        """For whom: the activity's unit, the chosen one, or the only one."""
        if activity := self.cleaned_data.get("activity"):
            return activity.unit_plan.unit
        return self.cleaned_data.get("unit") or self.units[0]

    # How the page is laid out: what is needed at first sight, the rest folded until it has something to show.

    @property
    def unit_field(self):
        return self["unit"] if "unit" in self.fields else None

    @cached_property
    def first_figures(self) -> list:
        """Where the planned activity's own figure is typed."""
        source = self.planned.indicator.source if self.planned and self.planned.indicator else None
        return [self[name] for name in ("participants", "reach", "money") if name == source]

    @property
    def more_figures(self) -> list:
        shown = {field.name for field in self.first_figures}
        return [self[name] for name in ("participants", "reach", "money", "link", "note") if name not in shown]

    @property
    def asks_own_number(self) -> bool:
        return self.fields["indicator_1"].widget.is_hidden

    @property
    def more_rows(self) -> list:
        """The rows beside the first; all four where the activity's own figure is not one of quantities."""
        first = 0 if self.first_figures else 1
        return [(self[f"indicator_{row}"], self[f"value_{row}"]) for row in ROWS[first:]]

    @property
    def shows_more_figures(self) -> bool:
        return any(field.errors or field.value() not in (None, "") for field in self.more_figures)

    @property
    def shows_more_rows(self) -> bool:
        return any(field.errors or field.value() not in (None, "") for pair in self.more_rows for field in pair)

    @property
    def shows_kind(self) -> bool:
        """Whether area, channel and audience stand open: always for an unplanned result."""
        return self.planned is None or any(self[name].errors for name in ("title", "area", "channel", "audience"))


class NewResultForm(ResultForm):
    key = KeyField()
    evidence = EvidenceField(
        label=_("Ảnh, tệp minh chứng"), required=False, help_text=_("Ảnh, PDF, Word, Excel; mỗi tệp tối đa 20 MB.")
    )


class ChangedResultForm(ResultForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class EvidenceForm(CleanForm):
    evidence = EvidenceField(
        label=_("Thêm ảnh, tệp minh chứng"), help_text=_("Ảnh, PDF, Word, Excel; mỗi tệp tối đa 20 MB.")
    )


class ResultFilter(CleanForm):
    """What a list of results is narrowed by; a value that cannot be is named and left out."""

    q = CleanCharField(label=_("Tìm"), max_length=200, required=False)
    since = VietnameseDateField(label=_("Từ ngày"), required=False)
    until = VietnameseDateField(label=_("Đến ngày"), required=False)
    area = forms.ModelChoiceField(ContentArea.objects.all(), label=_("Nội dung"), required=False)
    channel = forms.ModelChoiceField(Channel.objects.all(), label=_("Hình thức"), required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Đơn vị"), required=False)

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        for name in ("area", "channel", "unit"):
            self.fields[name].empty_label = _("Tất cả")
        if len(units) < 2:
            del self.fields["unit"]

    def clean(self):
        data = super().clean()
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", _("Đến ngày phải từ ngày %s trở đi.") % f"{data['since']:%d/%m/%Y}")
        return data

    def narrow(self, results):
        """The results that pass every value given."""
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        lookups = {"since": "happened_on__gte", "until": "happened_on__lte",
                   "area": "area", "channel": "channel", "unit": "unit"}  # fmt: skip
        results = results.filter(**{lookup: data[name] for name, lookup in lookups.items() if data.get(name)})
        return results.matching(data["q"]) if data.get("q") else results


def initial_of(result: Result) -> dict:
    """What the form of a stored result begins with."""
    names = ("activity", "title", "happened_on", "area", "channel", "audience",
             "participants", "reach", "money", "link", "note", "version")  # fmt: skip
    initial = {name: getattr(result, name) for name in names}
    for row, quantity in enumerate(result.quantities.order_by("indicator__position"), 1):
        initial |= {f"indicator_{row}": quantity.indicator_id, f"value_{row}": quantity.value}
    return initial


def initial_of_activity(activity: Activity | None, today) -> dict:
    """What the quick form begins with: everything the plan already says."""
    if activity is None:
        return {"happened_on": today}
    names = ("title", "area", "channel", "audience")
    initial = {"activity": activity, "happened_on": today} | {name: getattr(activity, name) for name in names}
    if activity.indicator and activity.indicator.source == IndicatorSource.QUANTITY:
        initial["indicator_1"] = activity.indicator_id
    return initial
