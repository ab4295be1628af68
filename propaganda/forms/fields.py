"""Fields of results: a planned activity, the number of an indicator."""

from django import forms
from django.utils.translation import gettext as _

from accounts.forms import CountField
from plans.models import Activity, Indicator
from plans.models.catalogue import IndicatorKind
from propaganda import rules

SHORT = 110


class ActivityChoice(forms.ModelChoiceField):
    def label_from_instance(self, activity: Activity) -> str:
        title = activity.title if len(activity.title) <= SHORT else f"{activity.title[:SHORT]}…"
        return f"{activity.area.letter}) {title} ({activity.unit_plan.plan.year})"


def quantity_field(indicator: Indicator) -> forms.Field:
    """Where the number of an indicator is typed, or the level of a code chosen; blank is not known."""
    if indicator.kind == IndicatorKind.CODE:
        levels = [("", _("– chọn –")), *((str(value), level) for value, level in enumerate(indicator.levels))]
        return forms.TypedChoiceField(
            label=indicator.name, choices=levels, coerce=int, empty_value=None, required=False
        )
    at_the_end = _("Số hiện có vào ngày thực hiện.") if indicator.kind == IndicatorKind.STOCK else ""
    label = f"{indicator.name} ({indicator.unit_of_measure})"
    return CountField(label=label, required=False, max_value=rules.MAX_COUNT, help_text=at_the_end)
