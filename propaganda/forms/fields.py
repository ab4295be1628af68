"""Fields of results: files, links, a planned activity, the number of an indicator."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.forms import CleanTextField, CleanUrlField, CountField
from documents import uploads
from plans.models import Activity, Indicator
from plans.models.catalogue import IndicatorKind
from propaganda import rules

SHORT = 110
# Kinds of pictures by type, so that a phone offers its camera and turns its own kind into JPEG.
PICTURES = "image/jpeg,image/png,image/webp"


class FilesInput(forms.FileInput):
    """Several files at once; templates/propaganda/_files.html adds a button that opens the camera."""

    allow_multiple_selected = True

    def __init__(self):
        super().__init__(attrs={"accept": f"{PICTURES},.pdf,.docx,.xlsx,.pptx"})


class EvidenceField(forms.FileField):
    """Files checked by content; gives a list of uploads.CheckedFile."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if not files:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return []
        if len(files) > rules.MAX_FILES:
            raise forms.ValidationError(_("Tối đa %d tệp một lần.") % rules.MAX_FILES)
        checked, refusals = [], []
        for file in files:
            try:
                checked.append(uploads.check(file, file.name))
            except uploads.UploadRefused as refusal:
                refusals.append(str(refusal))
        if refusals:
            raise forms.ValidationError(refusals)
        return checked


class ActivityChoice(forms.ModelChoiceField):
    def label_from_instance(self, activity: Activity) -> str:
        title = activity.title if len(activity.title) <= SHORT else f"{activity.title[:SHORT]}…"
        return f"{activity.area.letter}) {title} ({activity.unit_plan.plan.year})"


class LinksField(CleanTextField):
    """Web addresses, one a line; gives them one a line."""

    widget = forms.Textarea(attrs={"rows": 2, "inputmode": "url", "spellcheck": "false"})

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > rules.MAX_LINKS:
            raise ValidationError(
                _("Tối đa %(most)d đường dẫn, hiện có %(now)d. Hãy bớt lại.")
                % {"most": rules.MAX_LINKS, "now": len(lines)}
            )
        address = CleanUrlField(max_length=rules.MAX_LINK)
        found, refusals = [], []
        for number, line in enumerate(lines, 1):
            try:
                found.append(address.clean(line))
            except ValidationError as error:
                where = _("Đường dẫn %d: ") % number if len(lines) > 1 else ""
                refusals += [f"{where}{message}" for message in error.messages]
        if refusals:
            raise ValidationError(refusals)
        return "\n".join(dict.fromkeys(found))


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
