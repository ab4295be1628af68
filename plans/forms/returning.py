"""What the Office fills in beside the reason when it returns something."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.forms import CleanForm, CleanTextField, KeyField, VietnameseDateField
from plans.deadlines.periods import end_of
from plans.deadlines.returning import usual_day
from plans.deadlines.workdays import day_off_warning
from plans.models import Holiday


class ReturnForm(CleanForm):
    """By which day it must come back; `move` is the move whose form shows it (components/moves.html).

    A day off is accepted when it was sent once before: `confirmed` is the day that was warned of.
    """

    move = "send_back"
    button = _("Trả lại")
    day = VietnameseDateField(
        label=_("Nộp lại chậm nhất ngày"), required=False, help_text=_("Để trống: sau 3 ngày làm việc.")
    )
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, today: date):
        self.overrides = Holiday.objects.as_rules()
        super().__init__(data, initial={"day": usual_day(today, self.overrides)})

    def clean_day(self):
        day = self.cleaned_data["day"]
        warning = day and day_off_warning(end_of(day), self.overrides)
        if warning and self.data.get("confirmed") != day.isoformat():
            self.data = self.data.copy()
            self.data["confirmed"] = day.isoformat()
            raise forms.ValidationError(f"{warning} {_g('Bấm “%s” lần nữa nếu vẫn chọn ngày này.') % self.button}")
        return day

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
