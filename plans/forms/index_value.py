"""What the Office types about published values: a row of the table is one value."""

from datetime import date
from functools import cached_property

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanCharField, CleanForm, CountField, NumberField, VietnameseDateField
from accounts.models import Agency
from accounts.rows import Row, Rows
from plans.forms.plan_edit import YearField
from plans.models import IndexScheme, IndexValue, RankingIndex
from plans.rankings import checking
from plans.rankings.keeping import Entry, already, entity_of, facts_of, same_key

FIRST_DAY = date(2000, 1, 1)
AREA = {"rows": 2}


class IndexValueRow(CleanForm):
    """One value; the series follows from index and year, the entity from the agency where it is left empty."""

    index = forms.ModelChoiceField(RankingIndex.objects.none(), label=gettext_lazy("Chỉ số"), empty_label="")
    year = YearField(label=gettext_lazy("Năm"))
    score = NumberField(label=gettext_lazy("Điểm"), required=False, max_value=1_000_000)
    maximum = CountField(label=gettext_lazy("Thang điểm"), required=False, max_value=30_000)
    rank = CountField(label=gettext_lazy("Hạng"), required=False, max_value=30_000)
    number_ranked = CountField(label=gettext_lazy("Trên tổng số"), required=False, max_value=30_000)
    group = CleanCharField(label=gettext_lazy("Nhóm"), required=False, max_length=100)
    source = CleanCharField(label=gettext_lazy("Nguồn"), max_length=500, widget=forms.Textarea(attrs=AREA))
    published_on = VietnameseDateField(label=gettext_lazy("Ngày công bố"), earliest=FIRST_DAY)
    as_of = VietnameseDateField(label=gettext_lazy("Tính đến ngày"), required=False, earliest=FIRST_DAY)
    entity = CleanCharField(
        label=gettext_lazy("Đối tượng"), required=False, max_length=150, widget=forms.Textarea(attrs=AREA),
        help_text=gettext_lazy("Tên tỉnh hoặc sở được xếp hạng, như tên năm đó. Để trống là của Sở này."),
    )  # fmt: skip
    reason = CleanCharField(
        label=gettext_lazy("Lý do sửa, bỏ"), required=False, max_length=500, widget=forms.Textarea(attrs=AREA),
        help_text=gettext_lazy("Chỉ khi sửa hoặc bỏ số đã ghi; bản trước vẫn giữ trong nhật ký."),
    )  # fmt: skip

    def __init__(self, *args, agency: Agency, schemes: list[IndexScheme], today: date, corrects: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["reason"]
        self.agency, self.schemes, self.today = agency, schemes, today
        self.fields["index"].queryset = RankingIndex.objects.all()
        self.fields["maximum"].help_text = _("Để trống là thang của chỉ số; DTI ghi 1 hoặc 1.000 theo nguồn.")

    @cached_property
    def changed_data(self) -> list[str]:
        """A reason alone changes nothing: a corrected file may be sent again."""
        changed = super().changed_data
        return [] if changed == ["reason"] else changed

    def clean(self):
        data = super().clean()
        index, year = data.get("index"), data.get("year")
        if index is None or year is None:
            return data
        if problem := checking.year_problem(self.schemes, index, year, self.today):
            self.add_error("year", problem)
            return data
        scheme = data["scheme"] = checking.scheme_of(self.schemes, index, year)
        if "entity" in data:
            data["entity"] = data["entity"] or entity_of(index, self.agency, year)
        if "maximum" in data and data["maximum"] is None:
            data["maximum"] = scheme.maximum
        if not self.errors:
            for name, words in checking.problems(data, scheme, self.today).items():
                self.add_error(name, words)
        if not self.errors and checking.grade_of_group(data["group"], scheme):
            data["group"] = ""  # it follows from the score
        return data


class IndexValueRows(Rows):
    """Values to be entered, or stored ones to be corrected or taken away, which alone are asked for a reason."""

    form, noun, extra, carried = IndexValueRow, gettext_lazy("số liệu"), 3, ("at",)

    def __init__(self, data=None, *, stored=(), form_kwargs: dict):
        stored = list(stored)
        self.extra = 0 if stored else self.extra
        super().__init__(data, stored=stored, form_kwargs={**form_kwargs, "corrects": bool(stored)})

    def initial_of(self, stored: IndexValue) -> dict:
        own = {"index": stored.scheme.index_id, "reason": ""}
        return {
            name: own[name] if name in own else stored.serializable_value(name) for name in self.form.base_fields
        }  # fmt: skip

    def is_valid(self) -> bool:
        self.unexplained = [row for row in self.rows if row.is_removed and row.stored and not _reason_of(row)]
        for row in self.unexplained:
            row.is_removed = False
        return super().is_valid()

    def clean(self) -> None:
        """A change and a removal need a reason; two rows, or a row and what is stored, are not of one value."""
        for row in self.unexplained:
            row.form.add_error("reason", _("Ghi lý do bỏ số này, rồi đánh dấu xóa lại."))
        seen: dict[tuple, Row] = {}
        good = [row for row in self.kept if not row.form.errors]
        stored = self.twins = self._stored_twins(good)
        for row in good:
            facts = facts_of_row(row)
            if row.stored and facts != facts_of(row.stored) and not row.cleaned_data["reason"]:
                row.form.add_error("reason", _("Ghi lý do sửa."))
            key = same_key(facts)
            if key in seen:
                row.form.add_error(None, _("Cùng chỉ số, năm và đối tượng với dòng %d.") % seen[key].position)
            elif (twin := stored.get(key)) and twin.pk != getattr(row.stored, "pk", None) and facts != facts_of(twin):
                row.form.add_error(None, already(twin))
            seen.setdefault(key, row)

    def is_stored(self, row: Row) -> bool:
        """Whether a new row says just what is stored of its value."""
        twin = self.twins.get(same_key(facts_of_row(row)))
        return twin is not None and facts_of(twin) == facts_of_row(row)

    def _stored_twins(self, rows: list[Row]) -> dict[tuple, IndexValue]:
        years = {row.cleaned_data["year"] for row in rows}
        if not years:
            return {}
        agency = self.form_kwargs["agency"]
        found = IndexValue.objects.filter(agency=agency, year__in=years).select_related("scheme")
        gone = {row.stored.pk for row in self.rows if row.is_removed and row.stored}
        return {same_key(facts_of(value)): value for value in found if value.pk not in gone}

    def entries(self) -> list[Entry]:
        """What is to be stored, for plans.rankings.keeping.store."""
        kept = [
            Entry(facts_of_row(row), row.stored, _version(row), row.cleaned_data.get("reason", ""), mark=row)
            for row in self.kept
        ]  # fmt: skip
        gone = [row for row in self.rows if row.is_removed and row.stored]
        return kept + [Entry({}, row.stored, _version(row), _reason_of(row), row, removed=True) for row in gone]


def facts_of_row(row: Row) -> dict:
    """The facts of IndexValue that a clean row holds."""
    names = ("scheme", *(name for name in row.form.base_fields if name not in ("index", "reason")))
    return {name: row.cleaned_data[name] for name in names}


def _reason_of(row: Row) -> str:
    try:
        return row.form.fields["reason"].clean(row.form["reason"].value())
    except forms.ValidationError:
        return ""


def _version(row: Row) -> int:
    return int(row.version) if row.version.isascii() and row.version.isdecimal() and len(row.version) < 10 else 0
