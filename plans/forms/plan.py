"""Forms of the department's plan: its text coming in, its number and date when it is issued."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanForm, CleanTextField
from documents.numbers import format_number
from documents.vietnamese import InvalidCharacters, clean, is_blank, looks_legacy
from plans.models import Plan

TEXT_MAX = 400_000  # characters: more than a hundred pages
FILE_MAX = 2 * 1024 * 1024
PASTE_INSTEAD = gettext_lazy("Hãy mở tệp, chọn tất cả (Ctrl+A), sao chép rồi dán vào ô văn bản.")

# First bytes → what such a file is called. Judged by content, never by name.
OTHER_KINDS = (
    (b"%PDF", gettext_lazy("tệp PDF")),
    (b"PK\x03\x04", gettext_lazy("tệp Word (.docx) hoặc tệp nén")),
    (b"\xd0\xcf\x11\xe0", gettext_lazy("tệp Word cũ (.doc)")),
    (b"{\\rtf", gettext_lazy("tệp RTF")),
    (b"\x89PNG", gettext_lazy("ảnh")),
    (b"\xff\xd8\xff", gettext_lazy("ảnh")),
    (b"MZ", gettext_lazy("tệp chương trình")),
)
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class PlanTextForm(CleanForm):
    """The text of a plan, pasted or as a text file; gives it cleaned as `text`."""

    text = CleanTextField(
        label=gettext_lazy("Văn bản kế hoạch"),
        required=False,
        max_length=TEXT_MAX,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=gettext_lazy("Dán toàn bộ kế hoạch, từ số, ký hiệu đến nơi nhận và người ký."),
    )
    file = forms.FileField(
        label=gettext_lazy("Hoặc chọn tệp văn bản (.txt)"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
        help_text=gettext_lazy("Tệp .txt mã UTF-8 hoặc UTF-16, tối đa 2 MB."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        return read_upload(file) if file else None

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        if data["file"] and data["text"] and data["file"].strip() != data["text"]:
            self.add_error("file", _("Chỉ dùng một cách: xóa ô văn bản hoặc bỏ tệp đã chọn."))
            return data
        data["text"] = text = (data["file"] or data["text"]).strip()
        if not text:
            self.add_error("text", _("Dán văn bản kế hoạch hoặc chọn tệp .txt."))
        elif len(text) > TEXT_MAX:
            self.add_error(
                "text",
                _("Tối đa %(most)s ký tự, hiện có %(now)s. Hãy rút ngắn.")
                % {"most": format_number(TEXT_MAX), "now": format_number(len(text))},
            )
        elif encoding := looks_legacy(text):
            self.add_error(
                "text",
                _("Văn bản gõ bằng phông chữ cũ (%s). Hãy chuyển sang Unicode (ví dụ bằng Unikey) rồi dán lại.")
                % encoding,
            )
        return data


def read_upload(file) -> str:
    """The cleaned text of an uploaded file; raises ValidationError that says what to do instead."""
    if file.size > FILE_MAX:
        raise forms.ValidationError(
            _("Tệp lớn hơn 2 MB. %s") % PASTE_INSTEAD,
            code="too_big",
        )
    content = file.read()
    for start, kind in OTHER_KINDS:
        if content.startswith(start):
            raise forms.ValidationError(
                _("Đây là %(kind)s, không phải tệp .txt. %(hint)s") % {"kind": kind, "hint": PASTE_INSTEAD}, code="kind"
            )
    try:
        text = clean(content.decode("utf-16" if content.startswith(UTF_16) else "utf-8-sig"))
    except UnicodeDecodeError:
        raise forms.ValidationError(
            _("Tệp không phải văn bản mã UTF-8 hoặc UTF-16. %s") % PASTE_INSTEAD, code="encoding"
        ) from None
    except InvalidCharacters:
        raise forms.ValidationError(_("Tệp có ký tự không hợp lệ. %s") % PASTE_INSTEAD, code="nul") from None
    if is_blank(text):
        raise forms.ValidationError(_("Tệp không có chữ nào. Hãy chọn tệp khác."), code="empty")
    return text


class IssueForm(CleanForm):
    """Number and date of the plan when it is issued."""

    number = forms.CharField(
        label=gettext_lazy("Số của văn bản"), max_length=Plan._meta.get_field("number").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )  # fmt: skip
    on = forms.DateField(label=gettext_lazy("Ngày ban hành"))
