"""What the Office fills in when a unit hands in on paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CleanForm, CleanTextField, KeyField
from accounts.workflow import REASON_MAX
from documents.uploads import UploadRefused
from plans.scans import check_scan


class ScanField(forms.FileField):
    """One scan, checked by content; gives a documents.uploads.CheckedFile."""

    widget = forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp,.pdf"})

    def clean(self, data, initial=None):
        if not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        try:
            return check_scan(data, data.name)
        except UploadRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None


class PaperForm(CleanForm):
    """The scan of the paper, and what it says of itself; `key` makes two presses one act."""

    scan = ScanField(label=_("Bản giấy đã quét"), help_text=_("Ảnh (JPG, PNG, WebP) hoặc PDF, tối đa 20 MB."))
    reason = CleanTextField(
        label=_("Số, ngày của bản giấy; người giao"), max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": 3})
    )
    key = KeyField()

    @property
    def submission(self) -> dict:
        """What `plans.handing_in.submit_paper` takes of a valid form."""
        return self.cleaned_data | {"key": str(self.cleaned_data["key"])}
