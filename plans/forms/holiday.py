"""The forms of days off: one day, and a year's list at once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CleanForm, CleanModelForm, CleanTextField
from plans.models import Holiday

LIST_MAX = 40_000
UPLOAD_MAX = 200_000


class HolidayForm(CleanModelForm):
    """A day that differs from the calendar."""

    works = forms.TypedChoiceField(
        label=_("Ngày này"), coerce=lambda value: value == "1", initial="0",
        choices=(("0", _("nghỉ")), ("1", _("làm việc (làm bù)"))),
    )  # fmt: skip

    class Meta:
        model = Holiday
        fields = ("day", "name", "works")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["works"] = "1" if self.instance.works else "0"
        self.fields["day"].label, self.fields["name"].label = _("Ngày"), _("Tên ngày")
        self.fields["name"].help_text = _("Ví dụ: Nghỉ bù Tết Nguyên đán, Làm bù ngày 08/9.")

    def clean_day(self):
        day = self.cleaned_data["day"]
        if Holiday.objects.filter(day=day).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Ngày %s đã có trong danh sách; hãy sửa dòng đó.") % f"{day:%d/%m/%Y}")
        return day

    def validate_unique(self):
        """Said by clean_day, in words that tell what to do."""


class HolidayListForm(CleanForm):
    """A list pasted, or a .csv file."""

    text = CleanTextField(
        label=_("Danh sách ngày"), required=False, max_length=LIST_MAX,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_("Mỗi dòng một ngày hoặc khoảng ngày: ngày; tên; nghỉ hoặc làm bù. Chép thẳng từ Excel cũng được."),
    )  # fmt: skip
    file = forms.FileField(label=_("Hoặc tệp .csv"), required=False)

    def clean(self):
        cleaned = super().clean()
        upload = cleaned.get("file")
        if upload and not self.errors:
            cleaned["text"] = self._text_of(upload)
        if not cleaned.get("text") and not self.errors:
            self.add_error("text", _("Dán danh sách ngày, hoặc chọn tệp .csv."))
        return cleaned

    def _text_of(self, upload) -> str:
        if upload.size > UPLOAD_MAX:
            self.add_error("file", _("Tệp quá lớn. Danh sách ngày nghỉ một năm chỉ vài kB."))
            return ""
        try:
            return self.fields["text"].clean(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.add_error(
                "file", _("Không đọc được tệp. Trong Excel hãy lưu kiểu “CSV UTF-8”, hoặc chép các ô rồi dán.")
            )
        except forms.ValidationError as error:
            self.add_error("file", error)
        return ""
