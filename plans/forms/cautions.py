"""A sentence for each thing that stands out in what a unit hands in; plans and reports alike."""

from collections.abc import Iterable

from django import forms

from accounts.forms import CleanCharField, CleanForm

NOTE = "note_"  # begins the name of such a field; the caution's key follows


class CautionsForm(CleanForm):
    """One box a caution (`note_<key>`); a sentence that is missing is told by the rules."""

    def __init__(self, *args, cautions: Iterable[dict], **kwargs):
        """`cautions` as in a snapshot: key, words, why."""
        super().__init__(*args, initial={NOTE + row["key"]: row["why"] for row in cautions}, **kwargs)
        for row in cautions:
            self.fields[NOTE + row["key"]] = CleanCharField(
                label=row["words"], required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
            )

    @property
    def notes(self) -> dict[str, str]:
        """Key → sentence, as they are stored."""
        return {name.removeprefix(NOTE): text for name, text in self.cleaned_data.items()}
