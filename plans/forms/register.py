"""What the clerk types into the register of outgoing documents."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanCharField, CleanForm, CleanTextField, CountField, KeyField, VietnameseDateField
from accounts.workflow import REASON_MAX
from documents.references import TYPES
from plans.forms.issue import EARLIEST
from plans.models import RegisterEntry, RegisterState
from plans.registers import register

COPIES_MAX = 100_000


def _length(name: str) -> int:
    return RegisterEntry._meta.get_field(name).max_length


def _text(name: str, label, **more) -> CleanCharField:
    return CleanCharField(label=label, max_length=_length(name), **{"required": False} | more)


class KeptForm(CleanForm):
    """What the clerk keeps of every entry: columns 6 to 10 of the register."""

    keeper = _text("keeper", gettext_lazy("Đơn vị, người nhận bản lưu"))
    copies = CountField(label=gettext_lazy("Số lượng bản"), required=False, max_value=COPIES_MAX)
    sent_on = VietnameseDateField(label=gettext_lazy("Ngày chuyển"), required=False, earliest=EARLIEST)
    received_by = _text("received_by", gettext_lazy("Ký nhận"))
    note = _text("note", gettext_lazy("Ghi chú"))

    def __init__(self, *args, signed_on=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.signed_on = signed_on

    def clean(self):
        data = super().clean()
        signed_on = data.get("signed_on") or self.signed_on
        if data.get("sent_on") and signed_on and data["sent_on"] < signed_on:
            self.add_error("sent_on", _("Ngày chuyển không thể trước ngày văn bản (%s).") % f"{signed_on:%d/%m/%Y}")
        return data


class AboutForm(KeptForm):
    """A document made elsewhere: what it is, besides what is kept of every entry."""

    signed_on = VietnameseDateField(label=gettext_lazy("Ngày tháng văn bản"), earliest=EARLIEST)
    type = _text("type", gettext_lazy("Tên loại"), required=True, initial="Công văn")
    subject = _text("subject", gettext_lazy("Trích yếu"), required=True)
    signer = _text("signer", gettext_lazy("Người ký"))
    recipients = CleanTextField(
        label=gettext_lazy("Nơi nhận"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Cách nhau bằng dấu chấm phẩy."),
    )  # fmt: skip
    field_order = ("signed_on", "type", "subject", "signer", "recipients")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type"].widget.attrs["list"] = "ten-loai"

    type_names = sorted({"Công văn", *TYPES.values()})


class EntryForm(AboutForm):
    """A new line: its number and symbol besides; a number may be kept for a document that is not signed yet."""

    series = _text(
        "series", gettext_lazy("Ký hiệu"), required=True,
        help_text=gettext_lazy("Phần sau số, ví dụ SLĐTBXH-VP của công văn, QĐ-SLĐTBXH của quyết định."),
    )  # fmt: skip
    number = _text(
        "number", gettext_lazy("Số"),
        help_text=gettext_lazy("Để trống thì cổng cấp số tiếp theo của ký hiệu này trong năm."),
    )  # fmt: skip
    is_reserved = forms.BooleanField(
        label=gettext_lazy("Chỉ giữ số trước; văn bản chưa ký"), required=False
    )  # fmt: skip
    key = KeyField()
    field_order = ("series", "number", "is_reserved", "signed_on", "type", "subject", "signer", "recipients")

    def clean_series(self):
        series = self.cleaned_data["series"].replace(" ", "").strip("/-")
        if not series or not series[0].isalpha():
            raise forms.ValidationError(_("Ký hiệu bắt đầu bằng chữ, ví dụ SLĐTBXH-VP."))
        return series

    def clean_number(self):
        number = self.cleaned_data["number"]
        if number and not register.NUMBER.fullmatch(number):
            raise forms.ValidationError(_("Số của văn bản là chữ số, có thể kèm chữ cái: 12, 36a."))
        return number

    def clean(self):
        data = super().clean()
        if not data.get("is_reserved") and "signer" not in self.errors and not data.get("signer"):
            self.add_error("signer", _("Nhập người ký, hoặc chọn chỉ giữ số trước."))
        return data


class MarkForm(CleanForm):
    """That another document corrects, replaces or recalls this one."""

    state = forms.ChoiceField(label=gettext_lazy("Văn bản này được"))
    document = CleanCharField(
        label=gettext_lazy("Theo văn bản đi số, ký hiệu"), max_length=50,
        help_text=gettext_lazy("Văn bản đã có trong sổ, ví dụ 45/SLĐTBXH-VP."),
    )  # fmt: skip
    reason = CleanTextField(
        label=gettext_lazy("Lý do, chỗ đính chính"), max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": 2})
    )

    WORDS = {
        RegisterState.CORRECTED: gettext_lazy("đính chính (sai thể thức, lỗi kỹ thuật)"),
        RegisterState.SUPERSEDED: gettext_lazy("thay thế"),
        RegisterState.RECALLED: gettext_lazy("thu hồi"),
    }

    def __init__(self, *args, entry: RegisterEntry, **kwargs):
        super().__init__(*args, **kwargs)
        self.entry = entry
        self.fields["state"].choices = [(state, self.WORDS[state]) for state in register.open_marks(entry)]

    def clean_document(self):
        found = register.find(self.entry.agency_id, self.cleaned_data["document"])
        if found is None:
            raise forms.ValidationError(_("Không thấy văn bản này trong sổ. Hãy đăng ký văn bản đó trước."))
        return found
