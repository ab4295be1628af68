"""A line of a unit plan as it stands in an Excel file, and the forms of the pages about that file."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanCharField, CleanForm, CountField, KeyField, VietnameseDateField
from documents.dates import UnreadableDate, parse_date
from documents.excel_reading import MAX_BYTES, read_workbook
from documents.excel_table import Shape, UnreadableCell, column_choices, head_choices, table_of, typed
from documents.time_spans import Span, read_span
from documents.uploads import UploadRefused, clean_label
from documents.vietnamese import InvalidCharacters, is_blank
from plans.forms.unit_plan_line import LineRules, ListedField, MoneyPartsField, phrase_of
from plans.models import Activity
from plans.units.unit_plan_excel.catalogue import Catalogue
from plans.units.unit_plan_excel.columns import COLUMNS, FIELDS, KINDS, LISTED, SHAPE, TITLES

DAYS = ("starts", "ends")


def _most(name: str) -> int:
    return Activity._meta.get_field(name).max_length


class SheetLineForm(LineRules, CleanForm):
    """A row of the file, cell by cell; `faults` holds what its cells cannot take, by field."""

    area = ListedField(label=TITLES["area"])
    title = CleanCharField(label=TITLES["title"], max_length=_most("title"))
    channel = ListedField(label=TITLES["channel"])
    audience = ListedField(label=TITLES["audience"])
    starts = VietnameseDateField(label=TITLES["starts"], required=False)
    ends = VietnameseDateField(label=TITLES["ends"], required=False)
    person = CleanCharField(label=TITLES["person"], max_length=_most("person"))
    product = CleanCharField(label=TITLES["product"], max_length=_most("product"), required=False)
    indicator = ListedField(label=gettext_lazy("Chỉ tiêu"), required=False)
    quantity = CountField(label=TITLES["quantity"], required=False)
    money = MoneyPartsField(label=gettext_lazy("Kinh phí"), required=False)
    funds = CleanCharField(label=TITLES["funds"], required=False)
    asked = CleanCharField(label=TITLES["asked"], required=False)

    def __init__(self, cells: dict, *, year: int, catalogue: Catalogue, line: Activity | None = None):
        self.year, self.catalogue, self.faults = year, catalogue, {}
        data = {}
        for name, value in cells.items():
            try:
                data[name] = f"Tháng {int(value)}" if _is_month(name, value) else typed(KINDS[name], value)
            except UnreadableCell as fault:
                self.faults[name] = str(fault)
        super().__init__(self._with_spans(data))
        for name in LISTED:
            field = self.fields[name]
            field.name, field.catalogue = name, catalogue
            field.kept = getattr(line, name) if line is not None else None

    def _with_spans(self, data: dict) -> dict:
        """ "Quý I" among the days becomes its first and its last day; alone in the row it is kept as written."""
        spans = {name: self._span(data[name]) for name in DAYS if name in data and not _is_day(data[name])}
        self.phrase = ""
        if span := spans.get("starts"):
            if is_blank(data.get("ends", "")) and "ends" not in self.faults:
                self.phrase = phrase_of(" ".join(data["starts"].split()), span)
                data["ends"] = f"{span.ends:%d/%m/%Y}"
            data["starts"] = f"{span.starts:%d/%m/%Y}"
        if span := spans.get("ends"):
            data["ends"] = f"{span.ends:%d/%m/%Y}"
        return data

    def _span(self, text: str) -> Span | None:
        try:
            return read_span(text, self.year)
        except ValueError:  # the field says what is wrong with it
            return None

    def _clean_time(self, cleaned: dict) -> None:
        cleaned["phrase"] = self.phrase
        super()._clean_time(cleaned)

    def _clean_fields(self):
        super()._clean_fields()
        for name, words in self.faults.items():
            self._errors.pop(name, None)
            self.add_error(name, words)


def _is_month(name: str, value) -> bool:
    """A bare 3 in a cell of a day is March; Excel's own days begin far above twelve."""
    return name in DAYS and not isinstance(value, bool | str | dict) and value in range(1, 13)


def _is_day(text: str) -> bool:
    try:
        parse_date(text)
    except (UnreadableDate, InvalidCharacters):
        return False
    return True


class ExcelField(forms.FileField):
    """An .xlsx file, judged by content; gives (label, table as documents.excel_table keeps it)."""

    widget = forms.FileInput(attrs={"accept": ".xlsx"})

    def __init__(self, *, shape: Shape = SHAPE, **kwargs):
        super().__init__(**kwargs)
        self.shape = shape

    def clean(self, data, initial=None):
        if not data:
            raise forms.ValidationError(_("Chọn tệp Excel (.xlsx) đã điền."), code="required")
        try:
            return clean_label(data.name), table_of(read_workbook(data, data.name), self.shape)
        except UploadRefused as refusal:
            raise forms.ValidationError(str(refusal), code="invalid") from None


class UnitPlanExcelForm(CleanForm):
    """The file that a unit filled in; `key` makes two presses one sending."""

    file = ExcelField(
        label=gettext_lazy("Tệp Excel đã điền"),
        help_text=gettext_lazy("Tệp .xlsx, tối đa %(size)d MB, 1.000 dòng.") % {"size": MAX_BYTES // 1024 // 1024},
    )
    key = KeyField()


class ColumnsForm(CleanForm):
    """Which column of the file is which, asked when the heads do not tell."""

    head = forms.ChoiceField(label=gettext_lazy("Dòng tiêu đề của bảng"))

    def __init__(self, *args, table: dict, head: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["head"].choices = head_choices(table)
        choices = column_choices(table, head)
        for column in COLUMNS:
            empty = _("Chọn cột") if column.required else _("Tệp không có cột này")
            self.fields[column.field] = forms.ChoiceField(
                label=column.title, required=column.required, choices=[("", empty), *choices]
            )
            self._word(self.fields[column.field])

    def clean(self):
        data = super().clean()
        used: dict[str, str] = {}
        for name in FIELDS:
            column = data.get(name)
            if column and column in used:
                self.add_error(
                    name, _("Cột này đã chọn cho “%s”. Mỗi cột của tệp chỉ dùng một lần.") % TITLES[used[column]]
                )
            elif column:
                used[column] = name
        return data

    @property
    def chosen(self) -> dict:
        """What is kept of the answer: the head's row, the column of each field."""
        data = self.cleaned_data
        return {"head": data["head"], "columns": {name: int(data[name]) for name in FIELDS if data[name]}}
