"""What is typed about a difficulty: raising it, writing about it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CleanCharField, CleanForm, CleanTextField, KeyField

TEXT_MAX = 5_000


class RaiseForm(CleanForm):
    """What is in the way; the unit is asked for only of who writes for several."""

    unit = forms.ModelChoiceField(queryset=None, label=_("Đơn vị"))
    title = CleanCharField(
        label=_("Vướng mắc gì"), max_length=200, help_text=_("Một câu, ví dụ: Máy quét của bộ phận một cửa bị hỏng.")
    )
    text = CleanTextField(
        label=_("Nội dung, đề nghị"), max_length=TEXT_MAX, required=False,
        help_text=_("Đã làm gì, cần ai giúp việc gì. Có thể để trống."),
    )  # fmt: skip
    key = KeyField()

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["unit"].empty_label = None
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0].pk


class SayForm(CleanForm):
    """An answer, an internal note, or what the unit adds."""

    text = CleanTextField(label=_("Nội dung"), max_length=TEXT_MAX)
    key = KeyField()
