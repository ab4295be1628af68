"""What a file would change in a plan, row by row; nothing is written here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import PROTECT
from django.utils.translation import gettext as _

from documents.excel_reading import column_name
from documents.excel_table import FileRow, Layout, fields_shown, head_key, layout_of, rows_of, shown
from documents.numbers import format_number
from documents.vietnamese import clean
from plans.forms.unit_plan_excel import SheetLineForm
from plans.models import Activity, SheetRow, UnitPlan, UnitPlanUpload
from plans.receipts import sha256
from plans.units.funds import fitting, funds_of
from plans.units.unit_plan_excel.catalogue import Catalogue
from plans.units.unit_plan_excel.columns import EXAMPLE_KEY, FIELDS, LISTED, MAX_ROWS, SHAPE, TITLES, split_key
from plans.units.unit_plan_excel.template import example

NEW, CHANGED, SAME, CONFLICT, GONE, ERROR = "new", "changed", "same", "conflict", "gone", "error"
TAKEN_UNASKED = (NEW, CHANGED)


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell: "Dòng 14, cột F (Từ ngày): …"."""

    field: str
    address: str
    words: str
    shown: str

    @property
    def sentence(self) -> str:
        return f"{self.address}: {self.words}"


@dataclass
class Row:
    """A row of the file beside the line it is about; `differences` are (column, stored, in the file)."""

    file: FileRow
    status: str
    values: dict
    line: Activity | None = None
    faults: list[Fault] = field(default_factory=list)
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    note: str = ""
    key: str = ""

    @property
    def number(self) -> int:
        return self.file.number

    @property
    def said(self) -> dict[str, str]:
        """The row as it will be stored, in words; as it stands in the file when it cannot be."""
        return {name: said(self.values[name]) for name in FIELDS} if self.values else fields_shown(self.file, SHAPE)


@dataclass
class Comparison:
    """The whole preview. `absent` are lines of the plan that the file does not hold."""

    rows: list[Row]
    absent: list[Activity]
    layout: Layout
    notices: list[str]

    def of(self, status: str) -> list[Row]:
        return [row for row in self.rows if row.status == status]

    @cached_property
    def mark(self) -> str:
        """A short mark of what was shown: who confirms has seen just this."""
        rows = [[row.number, row.status, row.line and row.line.pk, row.line and row.line.version] for row in self.rows]
        return sha256([rows, [[line.pk, line.version] for line in self.absent]])[:16]

    @property
    def offered(self) -> bool:
        """Whether there is anything to store."""
        return any(row.status not in (SAME, ERROR) for row in self.rows) or any(
            not line.is_held for line in self.absent
        )


def said(value) -> str:
    """A value of a line as a person reads it; nothing is ""."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, tuple):
        return "; ".join(getattr(part, "code", "") or str(part) for part in value)
    if isinstance(value, int):
        return format_number(value)
    return Catalogue.label(value) if hasattr(value, "pk") else str(value)


def values_of(line: Activity, catalogue: Catalogue) -> dict:
    """A stored line as the form of a row would give it."""
    values = {name: getattr(line, name) for name in FIELDS if name not in ("funds", "asked")}
    values |= {"funds": funds_of(line), "asked": catalogue.asked_by(line), "phrase": line.phrase}
    texts = {name: " ".join(clean(values[name]).split()) for name in ("title", "person", "product")}
    return values | texts


def compare(upload: UnitPlanUpload, unit_plan: UnitPlan, *, on: date) -> Comparison:
    """The file against the plan as it stands, in a constant number of queries."""
    reading = _Reading(upload, unit_plan, on)
    rows = [reading.row(file) for file in reading.files]
    reading.match_by_content(rows)
    present = {row.line.pk for row in rows if row.line}
    absent = [line for line in reading.lines.values() if line.pk not in present]
    mark_absent(absent, reading.listed)
    return Comparison(rows, absent, reading.layout, reading.notices)


def mark_absent(lines: list[Activity], listed: frozenset[int]) -> None:
    """Tell of each absent line whether it was in the file once (`was_listed`) and whether results hold it."""
    held = with_results(line.pk for line in lines)
    for line in lines:
        line.was_listed, line.is_held = line.pk in listed, line.pk in held


def with_results(pks: Iterable[int]) -> set[int]:
    """Those lines that something recorded stands upon, so that they cannot be removed."""
    pks = list(pks)
    held: set[int] = set()
    for relation in Activity._meta.related_objects:
        if relation.on_delete is PROTECT and pks:
            name = relation.field.attname
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": pks})
            held |= set(rows.values_list(name, flat=True))
    return held


class _Reading:
    """One comparison under way: the file's rows, the plan's lines, which row is about which line."""

    def __init__(self, upload: UnitPlanUpload, unit_plan: UnitPlan, on: date):
        self.year, self.catalogue = unit_plan.plan.year, Catalogue(unit_plan, on)
        lines = unit_plan.activities.select_related(*LISTED).prefetch_related("funds__source")
        self.lines = {line.pk: line for line in lines}
        self.layout = layout_of(upload.table, SHAPE, upload.columns)
        keys = upload.table["keys"]
        own = keys.get("unit_plan") == str(unit_plan.pk)
        self.template = keys.get("template", "")[:40] if own else ""
        self.listed = frozenset(
            int(split_key(key)[0][1:]) for key in keys.get("lines", "").split() if own and split_key(key)[0][:1] == "L"
        )
        self.example = {name: said(value) for name, value in example(unit_plan, self.catalogue).items()}
        everything = [file for file in rows_of(upload.table, self.layout) if not self._is_example(file)]
        self.files = everything[:MAX_ROWS]
        self.notices = list(self._notices(keys, unit_plan, own, everything))
        self.seen: dict[str, int] = {}
        marks = [self._record_key(split_key(file.key)[0]) for file in self.files]
        self.records = {row.key: row for row in SheetRow.objects.filter(key__in=filter(None, marks))}

    def _is_example(self, file: FileRow) -> bool:
        return file.key == EXAMPLE_KEY and shown(file.cells.get("title", "")) == self.example["title"]

    def _notices(self, keys: dict, unit_plan: UnitPlan, own: bool, files: list[FileRow]) -> Iterator[str]:
        if keys and not own:
            yield _(
                "Tệp này là mẫu của %(unit)s năm %(year)s, không phải của kế hoạch này: mọi dòng được coi là dòng mới."
            ) % {"unit": keys.get("unit", "")[:200], "year": keys.get("year", "")[:10]}
        elif not keys:
            yield _("Tệp không có mã dòng của mẫu: dòng giống hệt dòng đang có được bỏ qua, dòng khác coi là dòng mới.")
        elif keys.get("catalogue") != self.catalogue.version:
            yield _("Danh mục trên cổng đã thay đổi từ khi tải mẫu; mục không còn dùng được báo ở từng ô.")
        if len(files) > MAX_ROWS:
            yield _("Chỉ xét %(most)s dòng đầu của %(all)s dòng. Hãy chia tệp.") % {
                "most": format_number(MAX_ROWS), "all": format_number(len(files)),
            }  # fmt: skip
        if hidden := [str(file.number) for file in files if file.hidden]:
            yield _("Tệp có dòng ẩn, vẫn được xét: %s.") % ", ".join(hidden[:20])
        if unknown := [words for words in self.layout.unknown if head_key(words.partition(":")[2]) != _NOTES]:
            yield _("Cột không nhận: %s.") % "; ".join(unknown[:10])

    def _record_key(self, own: str) -> str:
        return f"{self.template}:{own}" if own and self.template else ""

    def row(self, file: FileRow) -> Row:
        """The row beside the line that its key names."""
        own, version = split_key(file.key)
        key, note, line = self._record_key(own), "", None
        if key and key in self.seen:
            note = _("Mã dòng trùng với dòng %d (dòng chép lại), nên coi là dòng mới.") % self.seen[key]
            key, own = "", ""
        elif key:
            self.seen[key] = file.number
            record = self.records.get(key)
            line = self.lines.get(record.activity_id if record else int(own[1:]) if own[0] == "L" else 0)
            version = max(version, record.version if record else 0)
        form = SheetLineForm(file.cells, year=self.year, catalogue=self.catalogue, line=line)
        row = Row(file, NEW, {}, line, note=note, key=key)
        if not form.is_valid():
            row.status, row.faults = ERROR, list(self._faults(file, form))
            return row
        row.values = {name: form.cleaned_data[name] for name in (*FIELDS, "phrase")}
        if line is not None:
            self._against(row, line, version)
        elif key and own[0] == "L":
            row.status, row.note = GONE, _("Trên cổng, dòng này đã bị bỏ.")
        return row

    def _against(self, row: Row, line: Activity, version: int) -> None:
        before = values_of(line, self.catalogue)
        self._keep_unsaid(row.values, before)
        row.differences = [
            (str(TITLES[name]), said(before[name]), said(row.values[name]))
            for name in FIELDS
            if before[name] != row.values[name] and said(before[name]) != said(row.values[name])
        ]
        if not row.differences:
            row.status = SAME
        else:
            row.status = CHANGED if line.version <= version else CONFLICT

    def _keep_unsaid(self, values: dict, before: dict) -> None:
        """A file without a column for sources or items says nothing of them; neither do days of the words for them."""
        if "funds" not in self.layout.columns:
            values["funds"] = fitting(before["funds"], values["money"])
        if "asked" not in self.layout.columns:
            values["asked"] = before["asked"]
        if all(values[name] == before[name] for name in ("starts", "ends")):
            values["phrase"] = values["phrase"] or before["phrase"]

    def _faults(self, file: FileRow, form: SheetLineForm) -> Iterator[Fault]:
        for name in FIELDS:
            column = self.layout.columns.get(name)
            place = _("cột %s") % column_name(column) if column else _("thiếu cột")
            address = _("Dòng %(row)d, %(column)s (%(title)s)") % {
                "row": file.number, "column": place, "title": TITLES[name],
            }  # fmt: skip
            for words in form.errors.get(name, ()):
                yield Fault(name, address, words, shown(file.cells[name]) if name in file.cells else "")

    def match_by_content(self, rows: list[Row]) -> None:
        """A row that no key leads to a line, yet says just what a line says, is that line."""
        free = {line.pk: line for line in self.lines.values()}
        for row in rows:
            if row.line:
                free.pop(row.line.pk, None)
        by_content: dict[tuple, list[Activity]] = {}
        for line in free.values():
            by_content.setdefault(_content(values_of(line, self.catalogue)), []).append(line)
        for row in rows:
            if row.line is None and row.values and (twins := by_content.get(_content(row.values))):
                row.line, row.status, row.note = twins.pop(0), SAME, ""


def _content(values: dict) -> tuple:
    return tuple(values[name] if values[name] is not None else "" for name in FIELDS)


_NOTES = head_key("Lỗi cần sửa")
