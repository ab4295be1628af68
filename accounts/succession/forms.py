"""The form by which units are merged, split, renamed or dissolved."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import CleanCharField, CleanForm, KeyField, SeveralField, VietnameseDateField
from accounts.models import SuccessionKind, Unit, UnitKind
from accounts.succession.recording import Change, NewUnit, gaps

NEW = (1, 2, 3)


class SuccessionForm(CleanForm):
    """`change()` is what a valid form asks for; up to three units may begin with it."""

    kind = forms.ChoiceField(label=_("Hình thức"), choices=SuccessionKind.choices, widget=forms.RadioSelect)
    before = SeveralField(Unit.objects.none(), label=_("Đơn vị thay đổi"))
    after = SeveralField(
        Unit.objects.none(), label=_("Đơn vị đang có nhận việc hoặc tiếp tục"), required=False,
        help_text=_("Tách một phần: chọn cả đơn vị cũ ở đây. Đổi tên: để trống."),
    )  # fmt: skip
    effective_on = VietnameseDateField(label=_("Có hiệu lực từ ngày"))
    basis = CleanCharField(label=_("Số, ký hiệu quyết định"), max_length=100)
    basis_date = VietnameseDateField(label=_("Ngày quyết định"))
    key = KeyField()

    def __init__(self, *args, units, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        for number in NEW:
            self.fields |= _new_unit(number)
        self.fields["before"].queryset = self.fields["after"].queryset = units

    @property
    def new_units(self):
        """The boxes of each unit that may begin."""
        return [[self[f"{name}_{number}"] for name in ("name", "symbol", "unit_kind")] for number in NEW]

    def clean(self):
        data = super().clean()
        facts = ("kind", "effective_on", "basis", "basis_date", "before")
        if all(data.get(name) for name in facts):
            for field, message in gaps(self.change(), self.today):
                self.add_error(field, message)
        return data

    def change(self) -> Change:
        """What is asked for."""
        data = self.cleaned_data
        after = list(data.get("after") or ())
        staying = after if data["kind"] != SuccessionKind.MERGED else []
        return Change(
            kind=data["kind"], effective_on=data["effective_on"], basis=data["basis"], basis_date=data["basis_date"],
            before=[unit for unit in data["before"] if unit in staying or unit not in after], after=after,
            founded=[
                NewUnit(name, data.get(f"symbol_{number}") or "", data.get(f"unit_kind_{number}") or UnitKind.DIVISION)
                for number in NEW
                if (name := data.get(f"name_{number}"))
            ],
        )  # fmt: skip


def _new_unit(number: int) -> dict[str, forms.Field]:
    """The boxes of one unit that begins."""
    others = [("", UnitKind.DIVISION.label)]
    others += [choice for choice in UnitKind.choices if choice[0] not in (UnitKind.OFFICE, UnitKind.DIVISION)]
    labels = (_("Tên đơn vị mới (%(n)d)"), _("Ký hiệu (%(n)d)"), _("Loại đơn vị (%(n)d)"))
    name, symbol, kind = (label % {"n": number} for label in labels)
    return {
        f"name_{number}": CleanCharField(label=name, max_length=200, required=False),
        f"symbol_{number}": CleanCharField(label=symbol, max_length=20, required=False),
        f"unit_kind_{number}": forms.ChoiceField(label=kind, choices=others, required=False),
    }
