"""What the Office fills in when a plan is issued, amended or recalled."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanCharField, CleanForm, CleanTextField, VietnameseDateField
from accounts.workflow import REASON_MAX
from documents.uploads import UploadRefused
from plans.models import Plan
from plans.registers.signed_files import check_signed

EARLIEST = date(2000, 1, 1)


class SignedFileField(forms.FileField):
    """A signed PDF, checked by content; gives a documents.uploads.CheckedFile, or None."""

    widget = forms.FileInput(attrs={"accept": ".pdf,application/pdf"})

    def clean(self, data, initial=None):
        if not data:
            return None
        try:
            return check_signed(data, data.name)
        except UploadRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None


def reason_field(label) -> CleanTextField:
    return CleanTextField(label=label, max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": 3}))


class IssueForm(CleanForm):
    """Number and date of a plan when it is issued, and the signed file if there is one.

    `warnings` gives what to mind about date and number; the form asks to confirm it before it is valid.
    """

    number = CleanCharField(
        label=gettext_lazy("Số của văn bản"), max_length=Plan._meta.get_field("number").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Số tiếp theo của sổ đăng ký văn bản đi; đổi được nếu cần."),
    )  # fmt: skip
    on = VietnameseDateField(label=gettext_lazy("Ngày ban hành"), earliest=EARLIEST)
    signed = SignedFileField(
        label=gettext_lazy("Bản đã ký (PDF), nếu có"), required=False,
        help_text=gettext_lazy("Cổng đối chiếu từng đoạn của tệp với bản đã duyệt. Tối đa 20 MB."),
    )  # fmt: skip
    unread = forms.BooleanField(
        label=gettext_lazy("Tệp là bản quét không có chữ; tôi đã tự đối chiếu, đúng với bản đã duyệt"), required=False
    )
    minded = forms.BooleanField(label=gettext_lazy("Tôi đã xem các lưu ý trên và vẫn ban hành"), required=False)

    def __init__(self, *args, today: date, warn, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = today
        self._warn, self.warnings = warn, []
        if not self.is_bound:
            del self.fields["minded"]

    def clean(self):
        data = super().clean()
        if data.get("on"):
            self.warnings = list(self._warn(data["on"], data.get("number", "")))
        if self.warnings and not data.get("minded"):
            self.add_error("minded", _("Xem các lưu ý rồi đánh dấu để ban hành, hoặc sửa số, ngày."))
        elif not self.warnings:
            self.fields.pop("minded", None)
        return data


class AmendForm(CleanForm):
    """Why a plan in force is amended, and on what document."""

    reason = reason_field(gettext_lazy("Lý do điều chỉnh"))
    basis = CleanCharField(
        label=gettext_lazy("Văn bản làm căn cứ"), max_length=Plan._meta.get_field("amending_basis").max_length,
        help_text=gettext_lazy("Loại, số, ký hiệu, ngày và cơ quan ban hành, ví dụ: Công văn số 15/SNV-CCHC ngày "
                               "10/02/2022 của Sở Nội vụ."),
    )  # fmt: skip


class RecallForm(CleanForm):
    """Why a plan is recalled, and by what document."""

    reason = reason_field(gettext_lazy("Lý do thu hồi (mọi đơn vị sẽ đọc)"))
    document = CleanCharField(
        label=gettext_lazy("Số, ký hiệu văn bản thu hồi"), max_length=100,
        help_text=gettext_lazy("Ví dụ: Quyết định số 31/QĐ-SLĐTBXH."),
    )  # fmt: skip
    on = VietnameseDateField(label=gettext_lazy("Ngày văn bản thu hồi"), earliest=EARLIEST)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = today

    @property
    def named(self) -> str:
        """The recalling document with its day, as people write it."""
        return _("%(document)s ngày %(day)s") % {
            "document": self.cleaned_data["document"],
            "day": f"{self.cleaned_data['on']:%d/%m/%Y}",
        }
