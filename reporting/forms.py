"""What people type into a unit report and into the Office's part of a roll-up."""

import re
from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CleanCharField, CleanForm, CleanTextField, KeyField, VietnameseDateField
from documents.dates import TZ
from plans.models import ContentArea, Indicator
from reporting.differences import AREA_LABELS
from reporting.models import RollUp, SendingChannel
from reporting.models.unit_report import TEXTS
from reporting.roll_ups.sending import Sending, recipients
from reporting.unit_reports.words import NOTE, Words, area_field, figure_key, marks

SEEN = re.compile(r"-|\S+:[0-9a-f]+(?: \S+:[0-9a-f]+)*")  # what reporting.unit_reports.words.marks gives
VERSION_MESSAGE = _("Biểu mẫu thiếu số phiên bản. Hãy mở lại trang rồi gửi lại; nội dung đã nhập vẫn ở dưới.")


class VersionField(forms.IntegerField):
    """The hidden version that a form was opened with; another one stored means a conflict."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), VERSION_MESSAGE)
        super().__init__(min_value=1, max_value=2**31 - 1, error_messages=messages, **kwargs)

    def to_python(self, value):
        return super().to_python(value if not isinstance(value, str) else value.replace("\x00", "?"))


def _text(label, help_text="", rows=5) -> CleanTextField:
    return CleanTextField(
        label=label, required=False, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )  # fmt: skip


class VersionedForm(CleanForm):
    """A form that carries the version it was opened with; a missing one is said once, at the top."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"] = VersionField()

    def clean(self):
        if self.errors.pop("version", None):
            self.add_error(None, VERSION_MESSAGE)
        return super().clean()


class UnitReportForm(CleanForm):
    """The words of a unit report, named as in reporting.unit_reports.words: common texts, three texts an area, notes
    on figures.

    `version` holds the marks of the texts that the page was shown.
    """

    nil = forms.BooleanField(label=_("Không phát sinh trong kỳ"), required=False)
    nil_reason = CleanCharField(
        label=_("Lý do không phát sinh"), required=False, max_length=500,
        help_text=_("Chỉ ghi khi chọn “Không phát sinh”."),
    )  # fmt: skip
    highlights = _text(_("Kết quả nổi bật"), _("Việc gì có kết quả rõ, người dân và doanh nghiệp được gì."))
    shortcomings = _text(_("Tồn tại, hạn chế"), _("Chung của đơn vị; của riêng nội dung nào thì ghi ở nội dung đó."))
    causes = _text(_("Nguyên nhân"))
    difficulties = _text(_("Khó khăn, vướng mắc"))
    proposals = _text(_("Kiến nghị, đề xuất"), _("Kiến nghị ai, việc gì."))
    next_steps = _text(_("Phương hướng, nhiệm vụ kỳ tới"))
    version = CleanCharField(widget=forms.HiddenInput, required=False, label=_("Số phiên bản"))

    def __init__(
        self, *args, areas: list[ContentArea], indicators: Iterable[Indicator], words: Words | None = None, **kwargs
    ):
        if words is not None:
            kwargs["initial"] = words | {"version": marks(words)}
        super().__init__(*args, **kwargs)
        self.areas = areas
        for area in areas:
            for name, label in AREA_LABELS.items():
                self.fields[area_field(area.pk, name)] = field = _text(label, rows=4 if name == "text" else 2)
                field.in_words = f"{area} – {label}"
        for indicator in indicators:
            self.fields[NOTE + figure_key(indicator.code)] = CleanCharField(
                label=_("Ghi chú: %s") % indicator.name, required=False, max_length=500,
                widget=forms.TextInput(attrs={"class": "form-control form-control-sm", "placeholder": _("Ghi chú")}),
            )  # fmt: skip

    def area_fields(self, area: ContentArea) -> list:
        return [self[area_field(area.pk, name)] for name in AREA_LABELS]

    @property
    def common_fields(self) -> list:
        return [self[name] for name in TEXTS]

    def note_field(self, code: str):
        """The box for the note on an indicator's figure."""
        return self[NOTE + figure_key(code)]

    def in_words(self, name: str) -> str:
        """What a box is called outside its place: "b) Cải cách thủ tục hành chính – Nguyên nhân"."""
        field = self.fields[name]
        return str(getattr(field, "in_words", field.label))

    def clean(self):
        data = super().clean()
        if self.errors.pop("version", None) or not SEEN.fullmatch(data.get("version", "")):
            self.add_error(None, VERSION_MESSAGE)
        if data.get("nil") and not data.get("nil_reason") and "nil_reason" not in self.errors:
            self.add_error("nil_reason", _("“Không phát sinh” cần lý do."))
        return data

    @property
    def words(self) -> Words:
        """What was typed, as save_words takes it."""
        return {name: text for name, text in self.cleaned_data.items() if name != "version"}


class ReopenForm(CleanForm):
    """Until which day a report is given back to its unit."""

    until = VietnameseDateField(label=_("Mở đến hết ngày"))


class ParagraphForm(VersionedForm):
    """The text of one paragraph of a roll-up."""

    text = CleanTextField(label=_("Lời văn của đoạn"), widget=forms.Textarea(attrs={"rows": 6}))


class NewParagraphForm(CleanForm):
    """A paragraph of the Office's own in a part of a roll-up."""

    text = CleanTextField(label=_("Đoạn viết thêm"), widget=forms.Textarea(attrs={"rows": 4}))
    key = KeyField()


class StockTakeForm(CleanForm):
    """What the meeting concluded, kept with the screen it looked at; `period` is one of those given."""

    period = forms.ChoiceField(label=_("Kỳ báo cáo"))
    promises = CleanTextField(
        label=_("Kết luận của cuộc họp, việc đã hứa"), required=False, max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Mỗi việc một dòng, có người và ngày; có thể để trống."),
    )  # fmt: skip
    key = KeyField()

    def __init__(self, *args, periods, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [(period.code, period.full_label) for period in periods]


class IssueForm(CleanForm):
    """The clerk's number and day."""

    number = CleanCharField(
        label=_("Số văn bản"), max_length=11, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )  # fmt: skip
    on = VietnameseDateField(label=_("Ngày ban hành"))


class SendingForm(CleanForm):
    """One row a recipient: `channel_<n>`, `day_<n>`, `time_<n>`; a row without a channel says nothing."""

    def __init__(self, *args, roll_up: RollUp, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.recipients = recipients(roll_up, now=now)
        for number, row in enumerate(self.recipients):
            at = (row.sending.sent_at if row.sending else now).astimezone(TZ)
            names = {"name": row.name}
            self.fields[f"channel_{number}"] = forms.ChoiceField(
                label=_("Cách gửi tới %(name)s") % names, required=False, choices=[("", "–"), *SendingChannel.choices],
                initial=row.sending.channel if row.sending else "",
                error_messages={"invalid_choice": _("Chọn cách gửi trong danh sách.")},
            )  # fmt: skip
            self.fields[f"day_{number}"] = VietnameseDateField(
                label=_("Ngày gửi tới %(name)s") % names, required=False, initial=at.date()
            )
            self.fields[f"time_{number}"] = forms.TimeField(
                label=_("Giờ gửi tới %(name)s") % names, required=False, initial=f"{at:%H:%M}",
                widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
                error_messages={"invalid": _("Giờ ghi như 14:30.")},
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple]:
        """(recipient, its channel, day and time boxes)."""
        return [
            (row, self[f"channel_{number}"], self[f"day_{number}"], self[f"time_{number}"])
            for number, row in enumerate(self.recipients)
        ]

    def clean(self):
        data = super().clean()
        for number, _row in enumerate(self.recipients):
            for name in (f"day_{number}", f"time_{number}"):
                if data.get(f"channel_{number}") and data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Nhập ngày và giờ gửi."))
        return data

    @property
    def sendings(self) -> list[Sending]:
        """The rows that say something."""
        data = self.cleaned_data
        return [
            Sending(row.name, channel, datetime.combine(data[f"day_{number}"], data[f"time_{number}"], TZ))
            for number, row in enumerate(self.recipients)
            if (channel := data.get(f"channel_{number}"))
        ]


class SaveAnalysisForm(CleanForm):
    """Under which name an analysis is kept, and whether colleagues see it."""

    name = CleanCharField(label=_("Lưu thành"), max_length=100, help_text=_("Trùng tên đã lưu thì ghi đè bảng đó."))
    shared = forms.BooleanField(label=_("Cho mọi người trong Sở dùng"), required=False)
