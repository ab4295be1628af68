"""What people type into a draft of the department's plan: a part of its text, its frame, its areas."""

import re
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanCharField, CleanForm, CleanTextField, CountField
from plans.models import Plan
from plans.models.plan import SectionLevel

AUTHORITY = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.")
LIMITS = {field.name: field.max_length for field in Plan._meta.get_fields() if getattr(field, "max_length", None)}
HEADINGS = (SectionLevel.ARTICLE, SectionLevel.ROMAN, SectionLevel.NUMBER, SectionLevel.LETTER)
TABLE = (SectionLevel.HEADER, SectionLevel.GROUP, SectionLevel.ROW)
CELLS_MAX = 40


class YearField(CountField):
    """A year, shown without a dot between its digits."""

    show = staticmethod(str)

    def __init__(self, **kwargs):
        super().__init__(max_value=2100, **kwargs)

    def prepare_value(self, value):
        return value if value is None else str(value)


class SectionForm(CleanForm):
    """The words of one part: title and text, or the cells of a table's row."""

    title = CleanCharField(label=gettext_lazy("Tiêu đề"), required=False, max_length=2_000)
    text = CleanTextField(
        label=gettext_lazy("Nội dung"), required=False, widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    level = forms.ChoiceField(
        label=gettext_lazy("Loại mục"), required=False,
        choices=[(level.value, level.label) for level in SectionLevel if level not in TABLE],
    )  # fmt: skip

    def __init__(self, *args, section, heads: list[str], **kwargs):
        initial = {"title": section.title, "text": section.text, "level": section.level}
        super().__init__(*args, initial=initial, **kwargs)
        self.section = section
        self.cell_names = [f"cell_{n}" for n in range(len(section.cells))] if section.level in TABLE else []
        if self.cell_names:
            for name in ("title", "text", "level"):
                del self.fields[name]
        elif section.level not in HEADINGS and not section.title:
            del self.fields["title"]
        for number, name in enumerate(self.cell_names):
            label = heads[number] if number < len(heads) and heads[number] else _("Ô thứ %d") % (number + 1)
            self.fields[name] = CleanTextField(
                label=label, required=False, initial=section.cells[number], widget=forms.Textarea(attrs={"rows": 1})
            )

    @property
    def words(self) -> dict:
        """What is to be stored, whatever boxes the part has."""
        data = self.cleaned_data
        return {
            "title": data.get("title", "" if self.cell_names else self.section.title),
            "text": data.get("text", self.section.text),
            "cells": [data[name] for name in self.cell_names] or list(self.section.cells),
        }


class FrameForm(CleanForm):
    """Everything around the text: title, symbol, place, date, motto, who signs. The number comes with the issue."""

    title = CleanTextField(
        label=gettext_lazy("Trích yếu"), max_length=LIMITS["title"], widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Dòng in dưới chữ KẾ HOẠCH."),
    )  # fmt: skip
    symbol = CleanCharField(
        label=gettext_lazy("Ký hiệu"), max_length=LIMITS["symbol"],
        help_text=gettext_lazy("In sau số, ví dụ KH-SLĐTBXH. Số để trống, văn thư cấp khi ban hành."),
    )  # fmt: skip
    place = CleanCharField(label=gettext_lazy("Địa danh"), max_length=LIMITS["place"])
    date_day = CountField(
        label=gettext_lazy("Ngày"), required=False, max_value=31,
        help_text=gettext_lazy("Để trống thì in “ngày      tháng …”; ghi khi ban hành."),
    )  # fmt: skip
    date_month = CountField(label=gettext_lazy("Tháng"), required=False, max_value=12)
    date_year = YearField(label=gettext_lazy("Năm ký"))
    motto = CleanTextField(
        label=gettext_lazy("Phương châm"), required=False, max_length=LIMITS["motto"],
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    signer_authority = CleanTextField(
        label=gettext_lazy("Quyền hạn ký"), required=False, max_length=LIMITS["signer_authority"],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Để trống khi Giám đốc ký. Ký thay: KT. GIÁM ĐỐC; thay mặt: TM.; thừa lệnh: TL.; "
                               "thừa ủy quyền: TUQ. Mỗi dòng in một dòng."),
    )  # fmt: skip
    signer_title = CleanCharField(
        label=gettext_lazy("Chức vụ người ký"), required=False, max_length=LIMITS["signer_title"]
    )
    signer_name = CleanCharField(
        label=gettext_lazy("Người ký"), required=False, max_length=LIMITS["signer_name"],
        help_text=gettext_lazy("Họ và tên, không ghi học hàm, học vị."),
    )  # fmt: skip
    keeps_labels = forms.TypedChoiceField(
        label=gettext_lazy("Ký hiệu mục (I., 1., a), -)"), coerce=lambda value: value == "True",
        choices=[(True, gettext_lazy("Giữ như đã nhập")), (False, gettext_lazy("Cổng tự đánh số theo thứ tự"))],
        widget=forms.RadioSelect,
    )  # fmt: skip

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean_signer_authority(self):
        lines = [" ".join(line.split()) for line in self.cleaned_data["signer_authority"].splitlines() if line.strip()]
        if lines and not AUTHORITY.match(lines[0]):
            raise forms.ValidationError(_("Bắt đầu bằng TM., KT., TL., TUQ. hoặc Q., ví dụ “KT. GIÁM ĐỐC”."))
        return "\n".join(lines)

    def clean(self):
        data = super().clean()
        day, month, year = (data.get(name) for name in ("date_day", "date_month", "date_year"))
        if self.errors:
            return data
        if year < 1945:
            self.add_error("date_year", _("Năm ký phải từ 1945, viết đủ bốn chữ số."))
        elif day is not None and month is None:
            self.add_error("date_month", _("Nhập tháng, hoặc để trống cả ngày."))
        elif 0 in (day, month):
            self.add_error("date_day", _("Ngày và tháng bắt đầu từ 1; chưa có thì để trống."))
        elif day:
            try:
                date(year, month, day)
            except ValueError:
                said = {"month": month, "year": year}
                self.add_error("date_day", _("Tháng %(month)d/%(year)d không có ngày này.") % said)
        return data


class AreasForm(CleanForm):
    """For each area the part of the text that opens it, or why the plan has nothing for it."""

    def __init__(self, *args, areas, sections: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.areas = list(areas)
        choices = [("", _("Chưa có phần nào")), *sections]
        for area in self.areas:
            self.fields[f"section_{area.code}"] = forms.TypedChoiceField(
                label=str(area), choices=choices, required=False, coerce=int, empty_value=None
            )
            self.fields[f"reason_{area.code}"] = CleanCharField(
                label=_("Hoặc “không có”, lý do"), required=False, max_length=500
            )
            for name in (f"section_{area.code}", f"reason_{area.code}"):
                self._word(self.fields[name])

    @property
    def pairs(self) -> list[tuple]:
        """(area, box of the part, box of the reason), in the order of the areas."""
        return [(area, self[f"section_{area.code}"], self[f"reason_{area.code}"]) for area in self.areas]

    def clean(self):
        data = super().clean()
        taken: dict[int, str] = {}
        for area in self.areas:
            section, reason = data.get(f"section_{area.code}"), data.get(f"reason_{area.code}")
            if section and reason:
                words = _("Nội dung đã có phần trong văn bản; xóa lý do hoặc bỏ chọn phần.")
                self.add_error(f"reason_{area.code}", words)
            if section in taken:
                words = _("Phần này đã chọn cho nội dung %s. Mỗi phần mở một nội dung.") % taken[section]
                self.add_error(f"section_{area.code}", words)
            if section:
                taken[section] = str(area)
        return data

    @property
    def sections(self) -> dict[str, int | None]:
        return {area.code: self.cleaned_data[f"section_{area.code}"] for area in self.areas}

    @property
    def absences(self) -> dict[str, str]:
        reasons = {area.code: self.cleaned_data[f"reason_{area.code}"] for area in self.areas}
        return {code: reason for code, reason in reasons.items() if reason}
