"""A form with the day by which something is to be done: a day off is taken only when it is sent once more."""

from django import forms
from django.utils.translation import gettext as _

from accounts.forms import CleanForm
from plans.deadlines.periods import end_of
from plans.deadlines.workdays import day_off_warning
from plans.models import Holiday


class DayOffForm(CleanForm):
    """A form with a field `day` and a button that says `button`; `confirmed` is the day that was warned of."""

    button = ""
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        self.overrides = Holiday.objects.as_rules()
        super().__init__(*args, **kwargs)

    def clean_day(self):
        day = self.cleaned_data["day"]
        warning = day and day_off_warning(end_of(day), self.overrides)
        if warning and self.data.get("confirmed") != day.isoformat():
            self.data = self.data.copy()
            self.data["confirmed"] = day.isoformat()
            again = _("Bấm “%s” lần nữa nếu vẫn chọn ngày này.") % self.button
            raise forms.ValidationError(f"{warning} {again}")
        return day
