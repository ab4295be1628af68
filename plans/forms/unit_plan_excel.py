"""A line of a unit plan as it stands in an Excel file, and the forms of the pages about that file."""

from datetime import date, timedelta
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanCharField, CleanForm, CountField, KeyField, MoneyField, VietnameseDateField
from documents.dates import UnreadableDate, parse_date
from documents.excel_reading import MAX_BYTES, read_workbook
from documents.numbers import format_number
from documents.phrases import read_deadline
from documents.uploads import UploadRefused, clean_label
from documents.vietnamese import InvalidCharacters, is_blank
from plans.forms.unit_plan import LineRules
from plans.models import Activity
from plans.units.unit_plan_excel.catalogue import Catalogue, UnknownName
from plans.units.unit_plan_excel.columns import COLUMNS, FIELDS, LISTED, TITLES
from plans.units.unit_plan_excel.table import column_choices, head_choices, shown, table_of

SERIALS = range(18_264, 73_051)  # days of 1950 to 2099 as Excel counts them
SERIAL_ZERO = date(1899, 12, 30)
DAYS, NUMBERS = ("starts", "ends"), ("quantity", "money")


class UnreadableCell(ValueError):
    """The cell holds what its column cannot take; the message says what to type."""


def typed(name: str, value) -> str:
    """A kept cell as if it had been typed into the form's box. Raises UnreadableCell."""
    if isinstance(value, dict) and "why" in value:
        raise UnreadableCell(value["why"])
    if isinstance(value, bool):
        raise UnreadableCell(_("ô chứa giá trị đúng/sai (%s). Hãy gõ lại.") % shown(value))
    if name in DAYS:
        return _typed_day(value)
    if name in NUMBERS:
        return _typed_number(value)
    if isinstance(value, float | int) and float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return shown(value)


def _typed_day(value) -> str:
    if isinstance(value, float | int):
        if float(value).is_integer() and int(value) in SERIALS:
            return f"{SERIAL_ZERO + timedelta(days=int(value)):%d/%m/%Y}"
        raise UnreadableCell(_("ô chứa số %s, không phải ngày. Hãy gõ ngày/tháng/năm.") % shown(value))
    return shown(value)


def _typed_number(value) -> str:
    if isinstance(value, dict):
        raise UnreadableCell(_("ô chứa ngày %s, không phải số. Hãy gõ lại số.") % shown(value))
    if isinstance(value, float | int):
        return format_number(Decimal(repr(value))) if abs(value) < 1e15 else str(value)
    return value


def span_of(text: str, year: int) -> tuple[date, date] | None:
    """The first and last day of "Tháng 3/2022", "Quý II, III", "6 tháng đầu năm", "Cả năm"; None for anything else."""
    read = read_deadline(text, year)
    months = read.months
    if not months or read.instant is None or read.recurrence:
        return None
    if list(months) != list(range(months[0], months[-1] + 1)):
        return None
    last = read.instant.date()
    return date(last.year, months[0], 1), last


class ListedField(forms.CharField):
    """An entry of a list by its name; `catalogue`, `name` and `kept` are set by the form."""

    catalogue: Catalogue
    name = ""
    kept = None

    def clean(self, value):
        if is_blank(value or ""):
            if self.required:
                raise forms.ValidationError(_("Chọn trong danh sách của ô."), code="required")
            return None
        try:
            return self.catalogue.find(self.name, value, self.kept)
        except UnknownName as unknown:
            raise forms.ValidationError(str(unknown), code="invalid_choice") from None


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
    money = MoneyField(label=gettext_lazy("Kinh phí"), required=False)

    def __init__(self, cells: dict, *, year: int, catalogue: Catalogue, line: Activity | None = None):
        self.year, self.faults = year, {}
        data = {}
        for name, value in cells.items():
            try:
                data[name] = typed(name, value)
            except UnreadableCell as fault:
                self.faults[name] = str(fault)
        super().__init__(self._with_spans(data))
        for name in LISTED:
            field = self.fields[name]
            field.name, field.catalogue = name, catalogue
            field.kept = getattr(line, name) if line is not None else None

    def _with_spans(self, data: dict) -> dict:
        """ "Quý I" among the days becomes its first and its last day."""
        spans = {name: span_of(data[name], self.year) for name in DAYS if name in data and not _is_day(data[name])}
        if spans.get("starts"):
            data["starts"] = f"{spans['starts'][0]:%d/%m/%Y}"
            if is_blank(data.get("ends", "")) and "ends" not in self.faults:
                data["ends"] = f"{spans['starts'][1]:%d/%m/%Y}"
        if spans.get("ends"):
            data["ends"] = f"{spans['ends'][1]:%d/%m/%Y}"
        return data

    def _clean_fields(self):
        super()._clean_fields()
        for name, words in self.faults.items():
            self._errors.pop(name, None)
            self.add_error(name, words)


def _is_day(text: str) -> bool:
    try:
        parse_date(text)
    except (UnreadableDate, InvalidCharacters):
        return False
    return True


class ExcelField(forms.FileField):
    """An .xlsx file, judged by content; gives (label, table as plans.units.unit_plan_excel.table keeps it)."""

    widget = forms.FileInput(attrs={"accept": ".xlsx"})

    def clean(self, data, initial=None):
        if not data:
            raise forms.ValidationError(_("Chọn tệp Excel (.xlsx) đã điền."), code="required")
        try:
            return clean_label(data.name), table_of(read_workbook(data, data.name))
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
