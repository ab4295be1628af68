"""The forms of days off: one day, and a year's list at once."""

import csv
from datetime import date
from io import BytesIO, StringIO

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CleanForm, CleanModelForm, CleanTextField
from documents.uploads import UploadRefused
from plans.models import Holiday

LIST_MAX = 40_000
UPLOAD_MAX = 200_000
ZIP = b"PK"


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
    """A list pasted, or an Excel or .csv file."""

    text = CleanTextField(
        label=_("Danh sách ngày"), required=False, max_length=LIST_MAX,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_("Mỗi dòng một ngày hoặc khoảng ngày: ngày; tên; nghỉ hoặc làm bù. Chép thẳng từ Excel cũng được."),
    )  # fmt: skip
    file = forms.FileField(label=_("Hoặc tệp Excel (.xlsx), .csv"), required=False)

    def clean(self):
        cleaned = super().clean()
        upload = cleaned.get("file")
        if upload and not self.errors:
            cleaned["text"] = self._text_of(upload)
        if not cleaned.get("text") and not self.errors:
            self.add_error("text", _("Dán danh sách ngày, hoặc chọn tệp."))
        return cleaned

    def _text_of(self, upload) -> str:
        if upload.size > UPLOAD_MAX:
            self.add_error("file", _("Tệp quá lớn. Danh sách ngày nghỉ một năm chỉ vài kB."))
            return ""
        content = upload.read()
        try:
            text = _rows_of_workbook(content, upload.name) if content[:2] == ZIP else content.decode("utf-8-sig")
            return self.fields["text"].clean(text)
        except UnicodeDecodeError:
            self.add_error(
                "file", _("Không đọc được tệp. Hãy lưu thành Excel (.xlsx) hoặc “CSV UTF-8”, hoặc chép các ô rồi dán.")
            )
        except UploadRefused as refusal:
            self.add_error("file", str(refusal))
        except forms.ValidationError as error:
            self.add_error("file", error)
        return ""


def _rows_of_workbook(content: bytes, name: str) -> str:
    """The first three cells of each row of the first visible sheet, a line each, as copied from Excel.

    Raises UploadRefused.
    """
    from documents.excel_reading import read_workbook

    grid = next((grid for grid in read_workbook(BytesIO(content), name) if grid.visible and grid.cells), None)
    lines = StringIO()
    writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
    for _number, cells in grid.rows() if grid else ():
        writer.writerow([_words(cells.get(column, "")) for column in (1, 2, 3)])
    return lines.getvalue()


def _words(value) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else " ".join(str(getattr(value, "shown", value)).split())
