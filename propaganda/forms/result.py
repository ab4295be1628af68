"""What a person fills in about a result. A form checks what was typed; the rules stand in actions."""

from datetime import date

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.forms import (
    CleanCharField,
    CleanForm,
    CleanTextField,
    CountField,
    KeyField,
    MoneyField,
    VietnameseDateField,
)
from accounts.models import Unit
from accounts.proof import EvidenceField, LinksField
from documents.dates import UnreadableDate, parse_date
from documents.vietnamese import InvalidCharacters
from plans.models import Activity, AreaScheme, Audience, Channel, ContentArea, Indicator
from propaganda import rules
from propaganda.forms.fields import ActivityChoice, quantity_field
from propaganda.models import Result

FIELDS = (
    "activity", "title", "happened_on", "area", "channel", "audience", "participants", "reach", "money", "links",
    "note",
)  # fmt: skip
KIND = ("title", "area", "channel", "audience")


class ResultForm(CleanForm):
    """One result. Title, area, channel and audience left empty are taken from the chosen activity.

    `units` are those the person records for; more than one gives a choice. `activities` are the
    planned ones to choose from. Catalogue rows are those in force on `today`, and the result's own.
    Each indicator of the day has a box of its own; those that fit the chosen area and channel are shown,
    with the activity's own, those the `stored` result has and those with something typed.
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
    links = LinksField(
        label=_("Đường dẫn bài đăng"), required=False, help_text=_("Nhiều bài thì mỗi dòng một đường dẫn.")
    )
    note = CleanTextField(label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, *args, units: list[Unit], activities, today: date, planned: Activity | None = None,
        stored: Result | None = None, **kwargs,
    ):  # fmt: skip
        super().__init__(*args, **kwargs)
        self.units, self.planned = units, planned
        self.kept = {row.indicator for row in stored.quantities.select_related("indicator")} if stored else set()
        self.fields["activity"].queryset = activities
        areas = ContentArea.objects.filter(scheme__in=AreaScheme.objects.on(today))
        for name, rows in (
            ("area", areas),
            ("channel", Channel.objects.on(today)),
            ("audience", Audience.objects.on(today)),
        ):
            own = getattr(stored or planned, name, None)
            kept = type(own)._default_manager.filter(pk=own.pk) if own else rows.none()
            self.fields[name].queryset = (rows | kept).distinct()
            self.fields[name].empty_label = _("– chọn –")
        if planned:
            self.fields["activity"].widget = forms.HiddenInput()
        self._add_quantities(today)
        if len(units) > 1 and planned is None:
            self.fields["unit"] = forms.ModelChoiceField(
                Unit.objects.filter(pk__in=[unit.pk for unit in units]), label=_("Đơn vị"), initial=units[0].pk
            )
            self._word(self.fields["unit"])

    def _add_quantities(self, today: date) -> None:
        """A box for each indicator of the day on which it was done."""
        own = self._chosen("activity")
        self.own_indicators = self.kept | ({own.indicator} if own and own.indicator else set())
        rows = Indicator.objects.on(self._day(today)) | Indicator.objects.filter(
            pk__in=[row.pk for row in self.own_indicators]
        )
        self.indicators = {
            f"quantity_{row.code}": row for row in rows.recordable().prefetch_related("channels", "areas")
        }
        for name, row in self.indicators.items():
            self.fields[name] = quantity_field(row)
            self._word(self.fields[name])

    def _day(self, today: date) -> date:
        """The day that is typed, as far as it can be read."""
        typed = self["happened_on"].value()
        try:
            return parse_date(typed) if isinstance(typed, str) else typed or today
        except (UnreadableDate, InvalidCharacters):
            return today

    def _chosen(self, name: str):
        """The row that stands chosen in a list, sent or at first; None for none."""
        value = self[name].value()
        if hasattr(value, "pk"):
            return value
        text = str(value or "")
        if not (text.isascii() and text.isdecimal() and len(text) < 19):
            return None
        return self.fields[name].queryset.filter(pk=int(text)).first()

    def clean(self):
        data = super().clean()
        activity = data.get("activity")
        for name in KIND:
            if name in data and not data[name]:
                if activity is None and "activity" in data:
                    self.add_error(name, self.fields[name].error_messages["required"])
                data[name] = getattr(activity, name, None)
        data["quantities"] = {row: data[name] for name, row in self.indicators.items() if data.get(name) is not None}
        if data.get("area") and data.get("channel"):
            own = self.kept | ({activity.indicator} if activity else set())
            for row in data["quantities"].keys() - own:
                if problem := rules.place_problem(row, data["area"], data["channel"]):
                    self.add_error(f"quantity_{row.code}", problem)
        return data

    def values(self) -> dict:
        """The arguments of record_result and change_result."""
        return {name: self.cleaned_data[name] for name in (*FIELDS, "quantities")}

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
        return [self[name] for name in ("participants", "reach", "money", "links", "note") if name not in shown]

    @cached_property
    def own_quantity(self):
        """The box of the planned activity's own indicator, or None."""
        own = self.planned and self.planned.indicator
        return self[f"quantity_{own.code}"] if own and f"quantity_{own.code}" in self.fields else None

    @cached_property
    def quantities(self) -> list:
        """The boxes of the indicators that fit, beside the planned activity's own."""
        activity = self._chosen("activity")
        area, channel = (self._chosen(name) or getattr(activity, name, None) for name in ("area", "channel"))
        shown = []
        for name, row in self.indicators.items():
            field = self[name]
            fits = row in self.own_indicators or row.fits(area, channel)
            if (fits or field.errors or field.value() not in (None, "")) and field.name != getattr(
                self.own_quantity, "name", ""
            ):
                shown.append(field)
        return shown

    @property
    def folds_quantities(self) -> bool:
        """Whether the boxes stand folded: the activity's own number is asked for, and nothing else was typed."""
        asked = self.own_quantity is not None or bool(self.first_figures)
        return asked and not any(field.errors or field.value() not in (None, "") for field in self.quantities)

    @property
    def shows_more_figures(self) -> bool:
        return any(field.errors or field.value() not in (None, "") for field in self.more_figures)

    @property
    def shows_kind(self) -> bool:
        """Whether area, channel and audience stand open: always for an unplanned result."""
        return self.planned is None or any(self[name].errors for name in KIND)


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


def initial_of(result: Result) -> dict:
    """What the form of a stored result begins with."""
    initial = {name: getattr(result, name) for name in (*FIELDS, "version")}
    rows = result.quantities.select_related("indicator")
    return initial | {f"quantity_{row.indicator.code}": row.value for row in rows}


def initial_of_activity(activity: Activity | None, today: date) -> dict:
    """What the quick form begins with: everything the plan already says."""
    if activity is None:
        return {"happened_on": today}
    return {"activity": activity, "happened_on": today} | {name: getattr(activity, name) for name in KIND}
