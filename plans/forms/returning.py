"""What the Office fills in beside the reason when it returns something."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CleanTextField, KeyField, VietnameseDateField
from plans.deadlines.returning import usual_day
from plans.forms.day_off import DayOffForm


class ReturnForm(DayOffForm):
    """By which day it must come back; `move` is the move whose form shows it (components/moves.html)."""

    move, button = "send_back", _("Trả lại")
    day = VietnameseDateField(
        label=_("Nộp lại chậm nhất ngày"), required=False, help_text=_("Để trống: sau 3 ngày làm việc.")
    )

    def __init__(self, data=None, *, today: date):
        super().__init__(data)
        self.initial["day"] = usual_day(today, self.overrides)

    @property
    def answer(self) -> dict:
        """What the move takes of a form that was sent: the day, or what is wrong with it."""
        if self.is_valid():
            return {"day": self.cleaned_data["day"]}
        return {"faults": [message for messages in self.errors.values() for message in messages]}


class ReturnDayForm(ReturnForm):
    """Another day for what was returned already, and why."""

    button = _("Đổi ngày")
    day = VietnameseDateField(label=_("Nộp lại chậm nhất ngày"))
    reason = CleanTextField(
        label=_("Lý do đổi"),
        max_length=2_000,
        help_text=_("Đơn vị sẽ đọc."),
        widget=forms.Textarea({"rows": 3}),
    )
    key = KeyField()
