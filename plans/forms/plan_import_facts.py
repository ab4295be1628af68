"""Forms of the facts of a plan on its way in that come many at a time: duties and targets."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanCharField, CleanTextField, NumberField
from accounts.forms import VietnameseDateField as DateField
from documents.dates import end_of_day
from documents.vietnamese import fold
from plans.deadlines.workdays import VIETNAM
from plans.department.corrections import settle
from plans.forms.plan_import import CorrectionForm, YearField, limit_of
from plans.models import Duty, ObligationKind, TargetKind
from plans.models.obligation import Recurrence
from plans.models.plan import IndexTarget

BEFORE, UNTIL = "before", "until"


class DutyForm(CorrectionForm):
    """A duty: who does what, what is handed in, by when. The date is typed as the plan says it."""

    who = CleanCharField(label=gettext_lazy("Ai thực hiện"), max_length=limit_of(Duty, "who"))
    every_unit = forms.BooleanField(label=gettext_lazy("Giao cho mọi đơn vị của Sở"), required=False)
    what = CleanTextField(label=gettext_lazy("Việc phải làm"), widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(
        label=gettext_lazy("Phải nộp"), required=False,
        choices=[("", gettext_lazy("Không phải nộp gì")), *ObligationKind.choices],
    )  # fmt: skip
    day = DateField(label=gettext_lazy("Hạn"), required=False, help_text=gettext_lazy("Ví dụ 27/02/2022."))
    limit = forms.ChoiceField(
        label=gettext_lazy("Ngày đó"), required=False,
        choices=[
            (UNTIL, gettext_lazy("“chậm nhất”, “đến hết”: ngày đó còn đúng hạn")),
            (BEFORE, gettext_lazy("“trước”: phải xong trước ngày đó")),
        ],
    )  # fmt: skip
    recurrence = forms.ChoiceField(
        label=gettext_lazy("Định kỳ"), required=False,
        choices=[("", gettext_lazy("Một lần")), *Recurrence.choices],
    )  # fmt: skip
    to = CleanCharField(label=gettext_lazy("Nộp về"), max_length=limit_of(Duty, "to"), required=False)
    phrase = CleanCharField(
        label=gettext_lazy("Thời hạn như văn bản viết"), max_length=limit_of(Duty, "phrase"), required=False
    )

    def clean(self):
        data = super().clean()
        if data.get("kind") and not (data.get("day") or data.get("recurrence")) and "day" not in self.errors:
            self.add_error("day", _("Việc phải nộp cần có hạn hoặc định kỳ."))
        return data

    @staticmethod
    def find(content: dict, number: int) -> dict:
        found = [row for row in content["duties"] if row["id"] == number - 1]
        if not found:
            raise LookupError(number)
        return found[0]

    @classmethod
    def read(cls, content, number):
        if number is None:
            return {"limit": UNTIL}
        row = cls.find(content, number)
        due = datetime.fromisoformat(row["due_at"]).astimezone(VIETNAM).date() if row["due_at"] else None
        strict = "truoc" in fold(row["phrase"])
        shown = {name: row[name] for name in ("who", "every_unit", "what", "kind", "recurrence", "to", "phrase")}
        return shown | {"day": due + timedelta(days=strict) if due else None, "limit": BEFORE if strict else UNTIL}

    @classmethod
    def write(cls, content, number, data):
        before = cls.read(content, number)
        fields = ("who", "every_unit", "what", "kind", "recurrence", "to", "phrase")
        if number is None:
            twins = (row for row in content["duties"] if all(row[name] == data[name] for name in fields))
            if next(twins, None):  # the second press of a double click
                return _("Thêm nhiệm vụ: %s") % data["what"][:150]
            last = max((row["id"] for row in content["duties"]), default=-1)
            content["duties"].append({"id": last + 1, "section": None, "due_at": None})
            number = last + 2
        row = cls.find(content, number)
        row.update({name: data[name] for name in fields})
        if (data["day"], data["limit"] or UNTIL) != (before.get("day"), before["limit"]):
            row["due_at"] = _due(data["day"], data["limit"])
        _settle_dates(content, row["section"])
        return _("Sửa nhiệm vụ: %s") % data["what"][:150]

    @classmethod
    def remove(cls, content, number):
        row = cls.find(content, number)
        content["duties"].remove(row)
        _settle_dates(content, row["section"])
        return _("Bỏ nhiệm vụ: %s") % row["what"][:150]


def _due(day: date | None, limit: str) -> str | None:
    """The last instant on time: "trước 27/02" ends with 26/02."""
    if day is None:
        return None
    return end_of_day(day - timedelta(days=1) if limit == BEFORE else day).isoformat()


def _settle_dates(content: dict, section: int | None) -> None:
    if section is not None:
        settle(content, section, dates=True)


class TargetForm(CorrectionForm):
    """What an index shall reach."""

    index = CleanCharField(label=gettext_lazy("Chỉ số"), max_length=limit_of(IndexTarget, "index"))
    kind = forms.ChoiceField(label=gettext_lazy("Mục tiêu"), choices=TargetKind.choices)
    value = NumberField(label=gettext_lazy("Giá trị"), max_value=9_999_999)
    value_max = NumberField(label=gettext_lazy("Đến (nếu là khoảng)"), required=False, max_value=9_999_999)
    measure = CleanCharField(
        label=gettext_lazy("Đơn vị tính"), max_length=limit_of(IndexTarget, "unit"),
        help_text=gettext_lazy("bậc, điểm, %, hạng"),
    )  # fmt: skip
    baseline_year = YearField(label=gettext_lazy("So với năm"), required=False)
    by_year = YearField(label=gettext_lazy("Đến năm"), required=False)
    basis = forms.ChoiceField(label=gettext_lazy("Căn cứ"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        documents = self.content["documents"].items()
        self.fields["basis"].choices = [("", _("Không ghi"))] + [
            (key, f"{row['type']} số {row['symbol']}") for key, row in documents
        ]

    def clean(self):
        data = super().clean()
        low, high = data.get("value"), data.get("value_max")
        if low is not None and high is not None and high <= low:
            self.add_error("value_max", _("Số sau phải lớn hơn số trước."))
        return data

    @staticmethod
    def read(content, number):
        if number is None:
            return {"kind": TargetKind.LEVEL.value}
        if not 1 <= number <= len(content["targets"]):
            raise LookupError(number)
        row = dict(content["targets"][number - 1])
        row["measure"] = row.pop("unit")
        return row | {
            name: Decimal(row[name]).normalize() if row[name] is not None else None for name in ("value", "value_max")
        }

    @classmethod
    def write(cls, content, number, data):
        row = data | {name: None if data[name] is None else str(data[name]) for name in ("value", "value_max")}
        row["unit"] = row.pop("measure")
        cls.read(content, number)
        if number is None and row not in content["targets"]:
            content["targets"].append(row)
        elif number is not None:
            content["targets"][number - 1] = row
        return _("Sửa chỉ tiêu %s") % data["index"]

    @classmethod
    def remove(cls, content, number):
        row = cls.read(content, number)
        del content["targets"][number - 1]
        return _("Bỏ chỉ tiêu %s") % row["index"]
