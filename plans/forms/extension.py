"""The forms of an extension: asking for it, granting it, refusing it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CleanForm, CleanTextField, KeyField, VietnameseDateField

REASON_MAX = 2_000


class AskForm(CleanForm):
    """What the unit's head writes: until when, and why."""

    day = VietnameseDateField(label=_("Đề nghị nộp đến hết ngày"), help_text=_("Ví dụ 04/03/2022."))
    reason = CleanTextField(
        label=_("Lý do đề nghị"), max_length=REASON_MAX, help_text=_("Người xem xét sẽ đọc; ghi rõ việc còn vướng.")
    )
    key = KeyField()


class GrantForm(CleanForm):
    """Until when the extension is granted; at first the day that was asked for."""

    day = VietnameseDateField(label=_("Gia hạn đến hết ngày"))
    reason = CleanTextField(
        label=_("Ý kiến gửi đơn vị"), max_length=REASON_MAX, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
