"""What is typed about a directive: giving it, answering it, returning it."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CleanForm, CleanTextField, KeyField, VietnameseDateField
from accounts.models import Role, Unit
from accounts.proof import EvidenceField, LinksField
from plans.directives.days import usual_day
from plans.forms.day_off import DayOffForm
from plans.models.directive import OWNER_ROLES

TEXT_MAX = 5_000
UNIT, POST = "don-vi", "vi-tri"


class GiveForm(DayOffForm):
    """Who is to do what by when. `owner` gives a Unit or a Role."""

    button = _("Giao ý kiến chỉ đạo")
    owner = forms.ChoiceField(label=_("Giao cho"))
    day = VietnameseDateField(label=_("Hạn thực hiện, hết ngày"))
    text = CleanTextField(
        label=_("Ý kiến chỉ đạo"), max_length=TEXT_MAX,
        help_text=_("Nói rõ việc phải làm và kết quả cần có. Người được giao nhận thông báo ngay."),
    )  # fmt: skip
    key = KeyField()

    def __init__(self, *args, units: list[Unit], unit_id: int | None = None, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = {f"{UNIT}:{unit.pk}": unit for unit in units}
        posts = [(f"{POST}:{role}", Role(role).label) for role in OWNER_ROLES]
        self.fields["owner"].choices = [
            ("", _("– chọn –")),
            (_("Đơn vị"), [(value, unit.name) for value, unit in self.units.items()]),
            (_("Vị trí"), posts),
        ]
        self.initial = {"day": usual_day(today, self.overrides)} | self.initial
        if unit_id:
            self.initial.setdefault("owner", f"{UNIT}:{unit_id}")

    def clean_owner(self) -> Unit | Role:
        value = self.cleaned_data["owner"]
        return self.units.get(value) or Role(value.partition(":")[2])


class AnswerForm(CleanForm):
    """What was done, with its proof."""

    text = CleanTextField(label=_("Kết quả thực hiện"), max_length=TEXT_MAX)
    links = LinksField(label=_("Đường dẫn minh chứng"), required=False, help_text=_("Mỗi dòng một đường dẫn."))
    evidence = EvidenceField(label=_("Tệp minh chứng"), required=False)
    key = KeyField()


class DoAgainForm(DayOffForm):
    """By which day it is to be done once more; without one the old day stands (components/moves.html)."""

    move, button = "send_back", _("Trả lại, làm tiếp")
    day = VietnameseDateField(label=_("Hạn mới, hết ngày"), required=False, help_text=_("Để trống: giữ hạn cũ."))
