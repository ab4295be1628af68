"""Proof as people send it: fields for files and web addresses; files that follow a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.forms import CleanTextField, CleanUrlField
from documents import uploads

MAX_FILES = 20
MAX_LINKS, MAX_LINK = 10, 500
# Kinds of pictures by type, so that a phone offers its camera and turns its own kind into JPEG.
PICTURES = "image/jpeg,image/png,image/webp"


class FilesInput(forms.FileInput):
    """Several files at once; templates/components/files.html adds a button that opens the camera."""

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
        if len(files) > MAX_FILES:
            raise forms.ValidationError(_("Tối đa %d tệp một lần.") % MAX_FILES)
        checked, refusals = [], []
        for file in files:
            try:
                checked.append(uploads.check(file, file.name))
            except uploads.UploadRefused as refusal:
                refusals.append(str(refusal))
        if refusals:
            raise forms.ValidationError(refusals)
        return checked


class LinksField(CleanTextField):
    """Web addresses, one a line; gives them one a line."""

    widget = forms.Textarea(attrs={"rows": 2, "inputmode": "url", "spellcheck": "false"})

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MAX_LINKS:
            raise ValidationError(
                _("Tối đa %(most)d đường dẫn, hiện có %(now)d. Hãy bớt lại.") % {"most": MAX_LINKS, "now": len(lines)}
            )
        address = CleanUrlField(max_length=MAX_LINK)
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


@contextmanager
def files_follow_the_transaction() -> Iterator[list]:
    """A transaction; the files put on the list are deleted again when it fails."""
    stored: list = []
    try:
        with transaction.atomic():
            yield stored
    except BaseException:
        for file in stored:
            file.storage.delete(file.name)
        raise
