"""Forms of a plan on its way in: what is sent to be read, and each correction of what was read."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanCharField, CleanForm, CleanTextField, CountField, KeyField
from documents.dates import YEARS
from documents.numbers import format_number
from documents.uploads import MAX_BYTES, UploadRefused
from plans.department.corrections import is_about_people
from plans.department.reading_in import check_source
from plans.models import Plan, Recipient

TEXT_MAX = 400_000  # characters in the box, more than a hundred pages; a file may be longer
LINES_MAX = 300
BLOCK_MAX = 100_000


def limit_of(model, field: str) -> int:
    return model._meta.get_field(field).max_length


class SourceField(forms.FileField):
    """One file, judged by content; gives a documents.uploads.CheckedFile, or None."""

    widget = forms.FileInput(attrs={"accept": ".docx,.pdf,.txt,.doc,.docm,.rtf"})

    def clean(self, data, initial=None):
        if not data:
            return None
        try:
            return check_source(data, data.name)
        except UploadRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None


class PlanSourceForm(CleanForm):
    """A plan to be read: a file, or its text; `key` makes two presses one reading."""

    file = SourceField(
        label=gettext_lazy("Chọn tệp kế hoạch"), required=False,
        help_text=gettext_lazy("Word (.docx), PDF có chữ hoặc tệp văn bản (.txt), tối đa %d MB.")
        % (MAX_BYTES // 1024 // 1024),
    )  # fmt: skip
    text = CleanTextField(
        label=gettext_lazy("Hoặc dán văn bản kế hoạch"), required=False, max_length=None,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=gettext_lazy("Dán toàn bộ, từ số, ký hiệu đến nơi nhận và người ký."),
    )  # fmt: skip
    key = KeyField()

    def clean_text(self):
        text = self.cleaned_data["text"]
        if len(text) > TEXT_MAX:
            raise forms.ValidationError(
                _("Ô này nhận tối đa %(most)s ký tự, hiện có %(now)s. Hãy lưu văn bản thành tệp .docx hoặc .txt rồi "
                  "chọn tệp.") % {"most": format_number(TEXT_MAX), "now": format_number(len(text))}
            )  # fmt: skip
        return text

    def clean(self):
        data = super().clean()
        if not self.errors and data["file"] and data["text"]:
            self.add_error("file", _("Chỉ dùng một cách: xóa ô văn bản hoặc bỏ tệp đã chọn."))
        elif not self.errors and not data["file"] and not data["text"]:
            self.add_error("file", _("Chọn tệp kế hoạch hoặc dán văn bản vào ô bên dưới."))
        return data


class CorrectionForm(CleanForm):
    """A correction of one part of the content. `read` gives what its boxes hold, `write` puts them back.

    `read` raises LookupError when the part is not there; `write` gives the label for the log.
    """

    def __init__(self, *args, content: dict, areas=(), **kwargs):
        self.content, self.areas = content, areas
        super().__init__(*args, **kwargs)

    @staticmethod
    def read(content: dict, number: int | None) -> dict:
        raise NotImplementedError

    @staticmethod
    def write(content: dict, number: int | None, data: dict) -> str:
        raise NotImplementedError


class YearField(CountField):
    """A year of the calendar, or nothing; written without a dot."""

    show = staticmethod(str)

    def prepare_value(self, value):
        return value

    def validate(self, value):
        super().validate(value)
        if value is not None and value not in YEARS:
            raise forms.ValidationError(
                _("Năm phải từ %(first)d đến %(last)d.") % {"first": YEARS[0], "last": YEARS[-1]}
            )


class FrameForm(CorrectionForm):
    """Number, date, title and signer."""

    year = YearField(label=gettext_lazy("Kế hoạch của năm"), required=False)
    title = CleanCharField(
        label=gettext_lazy("Tên kế hoạch (trích yếu)"), max_length=limit_of(Plan, "title"), required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    number = CleanCharField(label=gettext_lazy("Số"), max_length=limit_of(Plan, "number"), required=False)
    symbol = CleanCharField(label=gettext_lazy("Ký hiệu"), max_length=limit_of(Plan, "symbol"), required=False)
    place = CleanCharField(label=gettext_lazy("Địa danh"), max_length=limit_of(Plan, "place"), required=False)
    date_day = CountField(
        label=gettext_lazy("Ngày ký"), required=False, help_text=gettext_lazy("Bỏ trống khi chưa ký.")
    )
    date_month = CountField(label=gettext_lazy("Tháng"), required=False)
    date_year = YearField(label=gettext_lazy("Năm ký"), required=False)
    motto = CleanCharField(label=gettext_lazy("Phương châm"), max_length=limit_of(Plan, "motto"), required=False)
    signer_authority = CleanTextField(
        label=gettext_lazy("Quyền hạn ký"), max_length=limit_of(Plan, "signer_authority"), required=False,
        help_text=gettext_lazy("TM., KT., TL., TUQ.; mỗi dòng in một dòng."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    signer_title = CleanCharField(
        label=gettext_lazy("Chức vụ người ký"), max_length=limit_of(Plan, "signer_title"), required=False
    )
    signer_name = CleanCharField(
        label=gettext_lazy("Họ và tên người ký"), max_length=limit_of(Plan, "signer_name"), required=False
    )
    parent = CleanCharField(label=gettext_lazy("Cơ quan chủ quản trên văn bản"), max_length=200, required=False)

    def clean(self):
        data = super().clean()
        day, month, year = (data.get(name) for name in ("date_day", "date_month", "date_year"))
        if month is not None and not 1 <= month <= 12:
            self.add_error("date_month", _("Tháng phải từ 1 đến 12."))
        elif day is not None and not (month and year):
            self.add_error("date_day", _("Có ngày thì ghi cả tháng và năm."))
        elif day is not None:
            try:
                date(year, month, day)
            except ValueError:
                self.add_error("date_day", _("Không có ngày %d/%d/%d trong lịch.") % (day, month, year))
        return data

    @staticmethod
    def read(content, number):
        frame = {name: value for name, value in content["frame"].items() if name != "keeps_labels"}
        return frame | {"year": content["year"], "parent": content["letterhead"]["parent"]}

    @staticmethod
    def write(content, number, data):
        content["year"], content["letterhead"]["parent"] = data["year"], data["parent"]
        content["frame"].update((name, data[name]) for name in content["frame"] if name in data)
        return _("Sửa số, ngày, tên, người ký")


class LinesForm(CorrectionForm):
    """A list as lines; subclasses say which."""

    name = ""
    noun = ""
    lines = CleanTextField(
        label=gettext_lazy("Mỗi dòng một mục"), required=False, max_length=BLOCK_MAX,
        widget=forms.Textarea(attrs={"rows": 12}),
    )  # fmt: skip

    def clean_lines(self):
        lines = [" ".join(line.split()) for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        if len(lines) > LINES_MAX:
            raise forms.ValidationError(
                _("Tối đa %(most)d dòng, hiện có %(now)d. Hãy rút gọn danh sách.")
                % {"most": LINES_MAX, "now": len(lines)}
            )
        self.check_lines(lines)
        return "\n".join(lines)

    def check_lines(self, lines: list[str]) -> None:
        """Raise ValidationError for a line that cannot be; any line can."""


class ChannelsForm(LinesForm):
    """The channels as the plan words them."""

    @staticmethod
    def read(content, number):
        return {"lines": "\n".join(" ".join(text.split()) for text in content["channels"])}

    @staticmethod
    def write(content, number, data):
        content["channels"] = data["lines"].splitlines()
        return _("Sửa danh sách hình thức")


class AudiencesForm(LinesForm):
    """The audiences as the plan words them."""

    @staticmethod
    def read(content, number):
        return {"lines": "\n".join(" ".join(text.split()) for text in content["audiences"])}

    @staticmethod
    def write(content, number, data):
        content["audiences"] = data["lines"].splitlines()
        return _("Sửa danh sách đối tượng")


class RecipientsForm(LinesForm):
    """ "Nơi nhận" as it is typed: one a line, the purpose in brackets at its end."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lines"].label = _("Mỗi dòng một nơi nhận")
        self.fields["lines"].help_text = _("Mục đích ghi trong ngoặc ở cuối dòng, ví dụ: UBND tỉnh (b/c).")

    def check_lines(self, lines):
        for number, line in enumerate(lines, 1):
            row = recipient(line)
            for name, value in row.items():
                most = limit_of(Recipient, name)
                if len(value) > most:
                    raise forms.ValidationError(
                        _("Dòng %(line)d: tối đa %(most)d ký tự, hiện có %(now)d.")
                        % {"line": number, "most": most, "now": len(value)}
                    )

    @staticmethod
    def read(content, number):
        return {"lines": "\n".join(_recipient_line(row) for row in content["recipients"])}

    @staticmethod
    def write(content, number, data):
        content["recipients"] = [recipient(line) for line in data["lines"].splitlines()]
        for row in content["defects"]:
            if is_about_people(row) and not row["settled"]:
                row["settled"] = row["fixed"] = True
        return _("Sửa nơi nhận")


def recipient(line: str) -> dict:
    """ "- UBND tỉnh (b/c);" → name and purpose."""
    text = line.strip().lstrip("-–+•* ").rstrip(" ;.,")
    head, bracket, purpose = text.rpartition("(")
    if bracket and purpose.endswith(")") and head.strip():
        return {"name": head.strip(), "purpose": purpose[:-1].strip()}
    return {"name": text, "purpose": ""}


def _recipient_line(row: dict) -> str:
    return f"{row['name']} ({row['purpose']})" if row["purpose"] else row["name"]
