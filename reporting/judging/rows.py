"""The table in which the Office judges all areas and indices of a period at once."""

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanForm, CleanTextField
from accounts.rows import Row, Rows
from reporting.judging.judgements import Subject
from reporting.models.judgement import REASON_MAX, Likelihood, Progress, is_green


class JudgementRow(CleanForm):
    """Two lights and the reason; a row left empty judges nothing."""

    progress = forms.ChoiceField(
        label=gettext_lazy("Tiến độ"), required=False, choices=[("", gettext_lazy("– chọn –")), *Progress.choices]
    )
    likelihood = forms.ChoiceField(
        label=gettext_lazy("Khả năng đạt"), required=False,
        choices=[("", gettext_lazy("– chọn –")), *Likelihood.choices],
    )  # fmt: skip
    reason = CleanTextField(
        label=gettext_lazy("Lý do, việc cần làm"), required=False, max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Bắt buộc, trừ khi đúng tiến độ hoặc đã hoàn thành và có khả năng đạt."),
    )  # fmt: skip

    def clean(self):
        data = super().clean()
        if not self.has_changed():
            return data
        for name, words in (("progress", _("Chọn tiến độ.")), ("likelihood", _("Chọn khả năng đạt."))):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, words)
        if not self.errors and not data["reason"] and not is_green(data["progress"], data["likelihood"]):
            self.add_error("reason", _("Ghi lý do và việc cần làm khi tiến độ hoặc khả năng đạt chưa tốt."))
        return data


class JudgementRows(Rows):
    """A row for each subject; beneath the boxes stands what was judged the period before."""

    form, noun, extra, is_fixed = JudgementRow, gettext_lazy("nội dung, chỉ số"), 0, True

    def __init__(self, data=None, *, stored=()):
        super().__init__(data, stored=stored)
        self.rows = [row for row in self.rows if row.stored]
        for row in self.rows:
            row.name = row.stored.label
            row.beneath = self._beneath(row.stored)

    def initial_of(self, stored: Subject) -> dict:
        current = stored.judged.current
        return {name: getattr(current, name) if current else "" for name in self.form.base_fields}

    @property
    def kept(self) -> list[Row]:
        return [row for row in self.rows if row.has_changed()]

    def _beneath(self, subject: Subject) -> dict[str, str]:
        before = subject.judged.previous
        if before is None:
            return {}
        told = {
            "progress": before.get_progress_display(),
            "likelihood": before.get_likelihood_display(),
            "reason": before.reason,
        }
        label = before.period.label
        return {name: format_html('<p class="echo">{}: {}</p>', label, words) for name, words in told.items() if words}
