"""The form of the department's plan when it is issued: its number and date."""

from django import forms
from django.utils.translation import gettext_lazy

from accounts.forms import CleanForm
from plans.models import Plan


class IssueForm(CleanForm):
    """Number and date of the plan when it is issued."""

    number = forms.CharField(
        label=gettext_lazy("Số của văn bản"), max_length=Plan._meta.get_field("number").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )  # fmt: skip
    on = forms.DateField(label=gettext_lazy("Ngày ban hành"))
