"""What lists of results are narrowed by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CleanCharField, CleanForm, VietnameseDateField
from accounts.models import Unit
from plans.models import Channel, ContentArea


class ResultFilter(CleanForm):
    """What a list of results is narrowed by; a value that cannot be is named and left out."""

    q = CleanCharField(label=_("Tìm"), max_length=200, required=False)
    since = VietnameseDateField(label=_("Từ ngày"), required=False)
    until = VietnameseDateField(label=_("Đến ngày"), required=False)
    area = forms.ModelChoiceField(ContentArea.objects.all(), label=_("Nội dung"), required=False)
    channel = forms.ModelChoiceField(Channel.objects.all(), label=_("Hình thức"), required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Đơn vị"), required=False)

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        for name in ("area", "channel", "unit"):
            self.fields[name].empty_label = _("Tất cả")
        if len(units) < 2:
            del self.fields["unit"]

    def clean(self):
        data = super().clean()
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", _("Đến ngày phải từ ngày %s trở đi.") % f"{data['since']:%d/%m/%Y}")
        return data

    def narrow(self, results):
        """The results that pass every value given."""
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        lookups = {"since": "happened_on__gte", "until": "happened_on__lte",
                   "area": "area", "channel": "channel", "unit": "unit"}  # fmt: skip
        results = results.filter(**{lookup: data[name] for name, lookup in lookups.items() if data.get(name)})
        return results.matching(data["q"]) if data.get("q") else results
