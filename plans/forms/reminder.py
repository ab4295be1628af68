"""The forms of reminders: reminding at once, pausing a unit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CleanCharField, CleanForm, CleanTextField, KeyField, VietnameseDateField
from accounts.models import Unit

NOTE_MAX = 500


class RemindForm(CleanForm):
    """What the Office adds to a reminder sent by hand; the rows to remind of are chosen beside it."""

    note = CleanTextField(
        label=_("Lời nhắn thêm"), required=False, max_length=NOTE_MAX, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Đứng đầu thông báo và thư; bỏ trống cũng được."),
    )  # fmt: skip
    key = KeyField()


class PauseForm(CleanForm):
    """A unit that is not reminded for some days."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Đơn vị"), empty_label=_("Chọn đơn vị"))
    starts = VietnameseDateField(label=_("Từ ngày"))
    ends = VietnameseDateField(label=_("Đến hết ngày"))
    reason = CleanCharField(label=_("Lý do"), max_length=500)

    def __init__(self, *args, units, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["starts"].initial = today
        self.today = today

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if ends and ends < self.today:
            self.add_error("ends", _("Ngày kết thúc đã qua."))
        elif starts and ends and ends < starts:
            self.add_error("ends", _("Ngày kết thúc phải sau ngày bắt đầu."))
        elif starts and ends and (ends - starts).days > 366:
            self.add_error("ends", _("Tạm dừng tối đa một năm."))
        return cleaned
