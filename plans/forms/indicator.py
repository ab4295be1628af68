"""What the Office fills in about an indicator."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanModelForm, CleanTextField, SeveralField
from plans.indicators.keeping import MEANING
from plans.models import Channel, ContentArea, Indicator
from plans.models.catalogue import IndicatorKind

LEVELS_MAX, LEVEL_MAX = 10, 80
# How each kind rolls up, in the words of who chooses it; the rule is plans.indicators.kinds.
ROLLS_UP = {
    IndicatorKind.COUNT: gettext_lazy("Số đếm: cộng các đơn vị, các kỳ"),
    IndicatorKind.RATIO: gettext_lazy("Tỷ lệ: cộng tử số, cộng mẫu số rồi mới chia"),
    IndicatorKind.STOCK: gettext_lazy("Số cuối kỳ: lấy số ghi sau cùng của mỗi đơn vị, rồi cộng các đơn vị"),
    IndicatorKind.CODE: gettext_lazy("Mã mức độ: đếm số lần của từng mức, không cộng"),
}


class LevelsField(CleanTextField):
    """A level a line; the first is 0. Gives a list of names."""

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        if isinstance(value, list):  # as it stands, where it is not asked for
            return value
        levels = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        levels = [level for level in levels if level]
        if len(levels) > LEVELS_MAX or any(len(level) > LEVEL_MAX for level in levels):
            raise forms.ValidationError(
                _("Tối đa %(most)d mức, mỗi mức %(long)d ký tự.") % {"most": LEVELS_MAX, "long": LEVEL_MAX}
            )
        if len(set(levels)) < len(levels):
            raise forms.ValidationError(_("Có hai mức cùng tên. Hãy đặt tên khác."))
        return levels


class IndicatorForm(CleanModelForm):
    """An indicator; what figures mean is shown but not asked for once there are figures (`is_fixed`)."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại, cách tổng hợp"), choices=list(ROLLS_UP.items()))
    levels = LevelsField(
        label=gettext_lazy("Các mức"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Chỉ cho mã mức độ: mỗi dòng một mức, dòng đầu là mức 0."),
    )  # fmt: skip
    channels = SeveralField(
        Channel.objects.none(), label=gettext_lazy("Chỉ ghi với hình thức"), required=False,
        help_text=gettext_lazy("Không chọn là mọi hình thức."),
    )  # fmt: skip
    areas = SeveralField(
        ContentArea.objects.none(), label=gettext_lazy("Chỉ ghi với nội dung"), required=False,
        help_text=gettext_lazy("Không chọn là mọi nội dung."),
    )  # fmt: skip

    class Meta:
        model = Indicator
        fields = (
            "name", "unit_of_measure", "kind", "numerator", "denominator", "levels", "channels", "areas",
            "starts", "ends",
        )  # fmt: skip
        labels = {
            "name": gettext_lazy("Tên chỉ tiêu"),
            "unit_of_measure": gettext_lazy("Đơn vị tính"),
            "numerator": gettext_lazy("Tử số"),
            "denominator": gettext_lazy("Mẫu số"),
            "starts": gettext_lazy("Dùng từ ngày"),
            "ends": gettext_lazy("Dùng đến hết ngày"),
        }
        help_texts = {
            "unit_of_measure": gettext_lazy("Ví dụ: tin, bài; cuộc; tờ. Tỷ lệ phần trăm ghi %."),
            "numerator": gettext_lazy("Chỉ cho tỷ lệ."),
            "denominator": gettext_lazy("Chỉ cho tỷ lệ."),
            "starts": gettext_lazy("Để trống là từ trước đến nay."),
            "ends": gettext_lazy("Để trống là còn dùng. Số liệu đã ghi không mất."),
        }

    def __init__(self, *args, is_fixed: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        parts = Indicator.objects.filter(kind__in=(IndicatorKind.COUNT, IndicatorKind.STOCK)).exclude(
            pk=self.instance.pk
        )
        for name in ("numerator", "denominator"):
            self.fields[name].queryset, self.fields[name].empty_label = parts, _("– không –")
        self.fields["channels"].queryset = Channel.objects.all()
        self.fields["areas"].queryset = ContentArea.objects.all()
        for name in MEANING if is_fixed else ():
            self.fields[name].disabled = True

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Indicator.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Đã có chỉ tiêu tên này. Hãy đặt tên khác, hoặc sửa chỉ tiêu đó."))
        return name

    def clean(self):
        data = super().clean()
        kind = data.get("kind")
        if kind == IndicatorKind.RATIO:
            for name in ("numerator", "denominator"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Tỷ lệ cần có %s.") % str(self.fields[name].label).lower())
            if data.get("numerator") and data.get("numerator") == data.get("denominator"):
                self.add_error("denominator", _("Mẫu số phải khác tử số."))
        else:
            data["numerator"] = data["denominator"] = None
        if kind == IndicatorKind.CODE and "levels" not in self.errors:
            if len(data.get("levels") or []) < 2:
                self.add_error("levels", _("Mã mức độ cần ít nhất hai mức, mỗi mức một dòng."))
        elif kind != IndicatorKind.CODE:
            data["levels"] = []
        if data.get("starts") and data.get("ends") and data["ends"] < data["starts"]:
            self.add_error("ends", _("Ngày kết thúc phải từ ngày bắt đầu trở đi."))
        return data

    def _post_clean(self):
        """The instance is left as it is stored: plans.indicators.keeping writes."""
