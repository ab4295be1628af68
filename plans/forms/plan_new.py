"""How a plan begins: as a copy of another year's, or from the template."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanForm
from plans.forms.plan_edit import YearField
from plans.models import Plan

NEAR = 2  # years before and after this one for which a plan is begun


class BeginForm(CleanForm):
    """For which year."""

    year = YearField(label=gettext_lazy("Kế hoạch của năm"))

    def __init__(self, *args, this_year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.this_year = this_year

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not self.this_year - NEAR <= year <= self.this_year + NEAR:
            values = {"first": self.this_year - NEAR, "last": self.this_year + NEAR}
            raise forms.ValidationError(_("Chọn một năm từ %(first)d đến %(last)d.") % values)
        return year


class CopyForm(BeginForm):
    """From which plan."""

    source = forms.ModelChoiceField(Plan.objects.none(), label=gettext_lazy("Chép từ"), empty_label=None)

    field_order = ("source", "year")

    def __init__(self, *args, plans, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = plans

    def clean(self):
        data = super().clean()
        source, year = data.get("source"), data.get("year")
        if source and year and year <= source.year:
            self.add_error("year", _("Phải sau năm %d của kế hoạch được chép.") % source.year)
        return data
