"""The form by which the chief of office changes a deadline after the issue."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CleanForm, CleanTextField, KeyField, VietnameseDateField


class ChangeForm(CleanForm):
    """The new day and why; `seen` and `confirmed` come with the page that shows what follows."""

    day = VietnameseDateField(label=_("Hạn mới: hết ngày"))
    reason = CleanTextField(
        label=_("Lý do đổi hạn"),
        max_length=2_000,
        help_text=_("Các đơn vị sẽ đọc."),
        widget=forms.Textarea({"rows": 3}),
    )
    key = KeyField()


class ConfirmForm(ChangeForm):
    """The same, confirmed."""

    seen = forms.CharField(label=_("Dấu của các hệ quả"), widget=forms.HiddenInput, max_length=32)
    confirmed = forms.BooleanField(label=_("Tôi đã xem các hệ quả và vẫn đổi hạn"))
