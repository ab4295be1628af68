"""The lists of a draft as rows of a table: targets, channels, audiences, duties, recipients.

A list stands in the content (plans.department.content) as plain rows; `StoredRow` lends one to accounts.rows,
`to_stored` of each class gives it back.
"""

from datetime import datetime, time, timedelta
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanCharField, CleanForm, CleanTextField, NumberField, VietnameseDateField
from accounts.rows import Row, Rows
from documents.dates import TZ, end_of_day, short_date
from documents.phrases import read_deadline
from documents.reading.vocabulary import INDICES
from plans.department.content import asks_every_unit
from plans.forms.plan_edit import YearField
from plans.models import Duty, IndexTarget, ObligationKind, Recipient, TargetKind
from plans.models.obligation import Recurrence

DAY = timedelta(days=1)
BEFORE, UNTIL = "before", "until"
UNITS = {
    TargetKind.RANK_CHANGE: ("bậc",),
    TargetKind.SCORE_CHANGE: ("điểm", "%", "điểm %"),
    TargetKind.LEVEL: ("%", "điểm"),
    TargetKind.POSITION: ("hạng",),
}
RANKED_MOST = 63  # provinces until 30/6/2025, 34 since


class StoredRow:
    """A row of the content as accounts.rows wants it; its key is its place."""

    def __init__(self, place: int, values: dict):
        self.pk, self.values = place, values

    def serializable_value(self, name: str):
        return self.values.get(name)


class ContentRows(Rows):
    """Rows of one list of the content; those sent are taken whatever has been stored meanwhile."""

    extra = 1

    def __init__(self, data=None, *, content: dict, name: str, **kwargs):
        self.content = content
        self.listed = [self.to_boxes(row) for row in content[name]]
        places = range(len(self.listed) if data is None else self.most)
        stored = [StoredRow(place, self.listed[place] if place < len(self.listed) else {}) for place in places]
        super().__init__(data, stored=stored, **kwargs)

    def to_boxes(self, row) -> dict:
        """What the boxes of a stored row hold."""
        return row

    def to_stored(self, row: Row):
        """The row as the content holds it."""
        return dict(row.cleaned_data)

    @property
    def result(self) -> list:
        return [self.to_stored(row) for row in self.kept]


# Channels, audiences


class LineRow(CleanForm):
    text = CleanTextField(label=gettext_lazy("Nội dung"), max_length=5_000)


class LineRows(ContentRows):
    form, most = LineRow, 60

    def to_boxes(self, row: str) -> dict:
        return {"text": row}

    def to_stored(self, row: Row) -> str:
        return " ".join(row.cleaned_data["text"].split())


# Recipients


class RecipientRow(CleanForm):
    name = CleanCharField(label=gettext_lazy("Nơi nhận"), max_length=Recipient._meta.get_field("name").max_length)
    purpose = CleanCharField(
        label=gettext_lazy("Mục đích"), required=False, max_length=Recipient._meta.get_field("purpose").max_length,
        help_text=gettext_lazy("In trong ngoặc: b/c (báo cáo), p/h (phối hợp), chỉ đạo, thực hiện, biết. "
                               "Dòng cuối là “Lưu: VT, …”, không có mục đích."),
    )  # fmt: skip


class RecipientRows(ContentRows):
    form, noun, most = RecipientRow, gettext_lazy("nơi nhận"), 60

    def clean(self) -> None:
        archived = [row for row in self.kept if row.cleaned_data.get("name", "").casefold().startswith("lưu")]
        for row in archived[:-1] if archived and archived[-1] is self.kept[-1] else archived:
            row.form.add_error("name", _("Dòng “Lưu” chỉ có một và đứng cuối."))


# Targets


class TargetRow(CleanForm):
    index = forms.ChoiceField(label=gettext_lazy("Chỉ số"), choices=[("", "–"), *((i.code, i.code) for i in INDICES)])
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=[("", "–"), *TargetKind.choices])
    value = NumberField(label=gettext_lazy("Giá trị"), max_value=Decimal(1000))
    value_max = NumberField(
        label=gettext_lazy("Đến"), required=False, max_value=Decimal(1000),
        help_text=gettext_lazy("Chỉ khi là một khoảng, ví dụ tăng 0,5 đến 1 điểm."),
    )  # fmt: skip
    unit = forms.ChoiceField(
        label=gettext_lazy("Đơn vị"),
        choices=[("", "–"), *((unit, unit) for unit in ("bậc", "hạng", "điểm", "%", "điểm %"))],
    )
    baseline_year = YearField(label=gettext_lazy("So với năm"), required=False)
    by_year = YearField(
        label=gettext_lazy("Đến năm"), required=False,
        help_text=gettext_lazy("Để trống nếu là trong năm của kế hoạch."),
    )  # fmt: skip
    basis = forms.ChoiceField(
        label=gettext_lazy("Căn cứ"), required=False,
        help_text=gettext_lazy("Chọn trong các văn bản mà kế hoạch viện dẫn."),
    )  # fmt: skip

    def __init__(self, *args, documents: list[tuple[str, str]], year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.year = year
        self.fields["basis"].choices = [("", _("không ghi")), *documents]

    def clean(self):
        data = super().clean()
        kind, unit, value, most = (data.get(name) for name in ("kind", "unit", "value", "value_max"))
        if kind and unit and unit not in UNITS[kind]:
            self.add_error("unit", _("Loại này tính bằng %s.") % _(" hoặc ").join(UNITS[kind]))
        if value is not None and value == 0:
            self.add_error("value", _("Giá trị phải lớn hơn 0."))
        if most is not None and value is not None and most <= value:
            self.add_error("value_max", _("Phải lớn hơn giá trị đầu; không có khoảng thì để trống."))
        if unit == "%" and kind == TargetKind.LEVEL and value is not None and max(value, most or 0) > 100:
            self.add_error("value", _("Tỷ lệ không quá 100%."))
        if unit in ("bậc", "hạng") and value is not None and (value != int(value) or value > RANKED_MOST):
            self.add_error("value", _("Thứ hạng là số nguyên, không quá %d.") % RANKED_MOST)
        self._clean_years(data, kind)
        return data

    def _clean_years(self, data: dict, kind: str | None) -> None:
        baseline, by = data.get("baseline_year"), data.get("by_year")
        if baseline is not None and not 2000 <= baseline < self.year:
            self.add_error("baseline_year", _("Năm so sánh phải trước năm %d của kế hoạch.") % self.year)
        if by is not None and by < self.year:
            self.add_error("by_year", _("Phải từ năm %d của kế hoạch trở đi.") % self.year)
        if baseline is not None and kind in (TargetKind.LEVEL, TargetKind.POSITION):
            self.add_error("baseline_year", _("Chỉ tăng bậc, tăng điểm mới so với một năm."))
        if kind in (TargetKind.RANK_CHANGE, TargetKind.SCORE_CHANGE) and baseline is None and by is None:
            self.add_error("baseline_year", _("Ghi năm làm mốc so sánh."))


class TargetRows(ContentRows):
    form, noun, most = TargetRow, gettext_lazy("chỉ tiêu"), 60

    def to_boxes(self, row: dict) -> dict:
        numbers = {name: Decimal(row[name]) if row[name] is not None else None for name in ("value", "value_max")}
        return row | {name: value.normalize() + 0 if value is not None else None for name, value in numbers.items()}

    def to_stored(self, row: Row) -> dict:
        places = IndexTarget._meta.get_field("value").decimal_places
        data = dict(row.cleaned_data)
        for name in ("value", "value_max"):
            data[name] = f"{data[name]:.{places}f}" if data[name] is not None else None
        return data

    def clean(self) -> None:
        seen: dict[tuple, int] = {}
        for row in self.kept:
            data = row.form.cleaned_data
            key = (data.get("index"), data.get("kind"), data.get("by_year"))
            if None in key[:2]:
                continue
            if key in seen:
                row.form.add_error("index", _("Chỉ tiêu này đã có ở dòng %d.") % seen[key])
            seen.setdefault(key, row.position)


# Duties


class DutyRow(CleanForm):
    who = CleanCharField(
        label=gettext_lazy("Ai"), max_length=Duty._meta.get_field("who").max_length, widget=forms.Textarea
    )
    every_unit = forms.BooleanField(
        label=gettext_lazy("Mọi đơn vị"), required=False,
        help_text=gettext_lazy("Đánh dấu thì từng phòng, đơn vị đều phải nộp; không thì Văn phòng Sở nộp."),
    )  # fmt: skip
    what = CleanTextField(label=gettext_lazy("Việc"), max_length=5_000)
    kind = forms.ChoiceField(
        label=gettext_lazy("Phải nộp"), required=False, choices=[("", _("không nộp gì")), *ObligationKind.choices]
    )
    how = forms.ChoiceField(
        label=gettext_lazy("Cách ghi hạn"), required=False,
        choices=[("", "–"), (BEFORE, gettext_lazy("trước ngày")), (UNTIL, gettext_lazy("chậm nhất ngày"))],
        help_text=gettext_lazy("“Trước ngày 27”: ngày 26 là ngày cuối; “chậm nhất ngày 27”: tính cả ngày 27."),
    )  # fmt: skip
    day = VietnameseDateField(label=gettext_lazy("Ngày"), required=False)
    recurrence = forms.ChoiceField(
        label=gettext_lazy("Định kỳ"), required=False, choices=[("", _("một lần")), *Recurrence.choices],
        help_text=gettext_lazy("Hạn từng kỳ theo Nghị định 09/2019/NĐ-CP, cổng tự tính."),
    )  # fmt: skip
    to = CleanCharField(label=gettext_lazy("Nộp về"), required=False, max_length=Duty._meta.get_field("to").max_length)
    phrase = CleanCharField(
        label=gettext_lazy("Thời hạn như trong văn bản"), required=False,
        max_length=Duty._meta.get_field("phrase").max_length,
        help_text=gettext_lazy("Để trống thì cổng ghi theo cách ghi hạn và ngày."),
    )  # fmt: skip

    def __init__(self, *args, year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.year = year

    def clean(self):
        data = super().clean()
        how, day, recurrence = data.get("how"), data.get("day"), data.get("recurrence")
        if how and not day and "day" not in self.errors:
            self.add_error("day", _("Nhập ngày, hoặc bỏ chọn cách ghi hạn."))
        if day and not how:
            self.add_error("how", _("Chọn “trước ngày” hoặc “chậm nhất ngày”."))
        if day and recurrence:
            self.add_error("recurrence", _("Đã định kỳ thì cổng tính hạn từng kỳ; xóa ngày, hoặc chọn một lần."))
        if day and not self.year - 1 <= day.year <= self.year + 1:
            self.add_error("day", _("Kế hoạch của năm %d, ngày này quá xa.") % self.year)
        if data.get("kind") == ObligationKind.ROLL_UP and data.get("every_unit"):
            self.add_error("every_unit", _("Báo cáo tổng hợp do Văn phòng Sở làm, không phải mọi đơn vị."))
        return data


class DutyRows(ContentRows):
    form, noun, most = DutyRow, gettext_lazy("nhiệm vụ"), 60

    def to_boxes(self, row: dict) -> dict:
        how, day = how_and_day(row)
        return row | {"how": how, "day": day}

    def to_stored(self, row: Row) -> dict:
        data = dict(row.cleaned_data)
        how, day = data.pop("how"), data.pop("day")
        before = row.stored.values if row.stored else {}
        known = {name: before[name] for name in ("id", "section", "origin") if name in before}
        due_at = before.get("due_at")
        if (how, day) != (before.get("how", ""), before.get("day")):
            due_at = due_of(how, day)
            if data["phrase"] == before.get("phrase"):
                data["phrase"] = ""  # it told of the day before
        data["every_unit"] = data["every_unit"] or not before and asks_every_unit(data["who"])
        phrase = data["phrase"] or phrase_of(how, day, data["recurrence"])
        return {"id": -1 - row.position, "section": None} | known | data | {"due_at": due_at, "phrase": phrase}


def how_and_day(row: dict) -> tuple[str, object]:
    """How a stored deadline is said: ("before", 27/02) and ("until", 26/02) end in the same instant."""
    if not row["due_at"]:
        return "", None
    due = datetime.fromisoformat(row["due_at"]).astimezone(TZ)
    strict = read_deadline(row["phrase"], due.year).inclusive is False
    return (BEFORE, due.date() + DAY) if strict and due.time() == time.max else (UNTIL, due.date())


def due_of(how: str, day) -> str | None:
    """The last instant on time, in ISO: "trước ngày" ends the day before."""
    return end_of_day(day - DAY if how == BEFORE else day).isoformat() if day else None


def phrase_of(how: str, day, recurrence: str) -> str:
    if day:
        words = _("trước ngày %s") if how == BEFORE else _("chậm nhất ngày %s")
        return words % short_date(day)
    return _("định kỳ %s") % Recurrence(recurrence).label if recurrence else ""
