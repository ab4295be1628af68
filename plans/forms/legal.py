"""What is typed into the register of cited documents."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanCharField, CleanModelForm
from documents.references import TYPES, reference_key
from plans.models import LegalDocument
from plans.registers.legal import match

TYPE_NAMES = sorted({*TYPES.values(), "Bộ luật"})


class LegalDocumentForm(CleanModelForm):
    """An entry; the successor is named by its number and symbol, under any spelling."""

    successor = CleanCharField(
        label=gettext_lazy("Được thay bằng"), required=False, max_length=60,
        help_text=gettext_lazy("Số, ký hiệu của văn bản thay thế, đã có trong danh mục."),
    )  # fmt: skip

    class Meta:
        model = LegalDocument
        fields = ("type", "symbol", "date", "issuer", "subject", "starts", "ends")
        widgets = {
            "type": forms.TextInput(attrs={"list": "ten-loai"}),
            "subject": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "symbol": gettext_lazy("Ví dụ 30/2020/NĐ-CP; 05-NQ/TU và 05/NQ-TU được hiểu là một."),
            "starts": gettext_lazy("Để trống thì lấy ngày văn bản."),
            "ends": gettext_lazy("Ngày cuối cùng còn hiệu lực. Để trống khi còn hiệu lực."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.replaced_by_id:
            self.initial["successor"] = self.instance.replaced_by.symbol

    def clean_symbol(self):
        symbol = self.cleaned_data["symbol"]
        if reference_key(symbol) is None:
            raise forms.ValidationError(_("Số, ký hiệu chưa đúng dạng, ví dụ 30/2020/NĐ-CP, 421/KH-UBND, 05-NQ/TU."))
        return symbol

    def clean_successor(self):
        symbol = self.cleaned_data["successor"]
        if not symbol:
            return None
        found = match(LegalDocument.objects.filter(key=reference_key(symbol) or symbol), None)
        if found is None:
            raise forms.ValidationError(_("Không thấy văn bản này trong danh mục. Hãy thêm văn bản đó trước."))
        if found.pk == self.instance.pk:
            raise forms.ValidationError(_("Văn bản không tự thay chính nó."))
        return found

    def clean(self):
        data = super().clean()
        starts, ends = data.get("starts") or data.get("date"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("Ngày hết hiệu lực phải bằng hoặc sau ngày có hiệu lực."))
        return data

    @property
    def facts(self) -> dict:
        """What `plans.registers.legal.save` stores of a valid form."""
        given = dict(self.cleaned_data)
        return given | {"replaced_by": given.pop("successor")}
