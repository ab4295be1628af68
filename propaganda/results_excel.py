"""Results as an Excel file: the template, the file read back into the table, the copy with errors.

A row's hidden key says which result it is (R12.3: number and version) or, in a template, which of its rows (N7). What a
template's row became is known by the result's own key, so a file sent again makes nothing twice.
"""

import re
import uuid
from collections.abc import Iterable
from datetime import date

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.file_rows import FileRows
from accounts.models import Unit
from accounts.rows import ID, VERSION, LoadedChoice, Row
from documents.excel_form import ExcelForm, FormRow, write_form, write_instructions
from documents.excel_reading import column_name
from documents.excel_table import DAY, NUMBER, Column, Layout, Shape, UnreadableCell, layout_of, rows_of, shown, typed
from documents.name_list import NameList, UnknownName
from plans.deadlines.periods import window, year_of
from plans.models import ClosedWindow
from propaganda.forms.many import ResultRows, first_quantity
from propaganda.models import Result

FORMAT = "cchc-ket-qua"
BLANK_ROWS = 100
SHAPE = Shape(
    FORMAT,
    (
        Column("happened_on", gettext_lazy("Ngày"), 12, True, ("Ngày thực hiện", "Thời gian"), DAY),
        Column("title", gettext_lazy("Việc đã làm"), 38, False, ("Tên hoạt động", "Nội dung công việc", "Kết quả")),
        Column("activity", gettext_lazy("Hoạt động trong kế hoạch"), 38, False, ("Hoạt động",)),
        Column("area", gettext_lazy("Nội dung"), 22, False, ("Lĩnh vực",)),
        Column("channel", gettext_lazy("Hình thức"), 19, False, ("Kênh", "Hình thức tuyên truyền")),
        Column("audience", gettext_lazy("Đối tượng"), 19, False, ("Đối tượng tuyên truyền",)),
        Column("indicator", gettext_lazy("Chỉ tiêu (đơn vị tính)"), 26, False, ("Chỉ tiêu thống kê",)),
        Column("quantity", gettext_lazy("Số lượng"), 10, False, (), NUMBER),
        Column("participants", gettext_lazy("Người dự"), 10, False, ("Số người dự",), NUMBER),
        Column("reach", gettext_lazy("Lượt xem, tiếp cận"), 11, False, ("Lượt xem", "Lượt tiếp cận"), NUMBER),
        Column("money", gettext_lazy("Kinh phí (đồng)"), 15, False, ("Kinh phí", "Kinh phí đã chi"), NUMBER),
        Column("links", gettext_lazy("Đường dẫn"), 32, False, ("Đường dẫn bài đăng", "Link")),
        Column("note", gettext_lazy("Ghi chú"), 26, False),
    ),
    ResultRows.most,
)
KINDS = {column.field: column.kind for column in SHAPE.columns}
INSTRUCTIONS = (
    gettext_lazy("Mỗi kết quả một dòng. Cột có dấu * là bắt buộc."),
    gettext_lazy("Chọn “Hoạt động trong kế hoạch” thì Việc đã làm, Nội dung, Hình thức, Đối tượng để trống là lấy theo "
                 "kế hoạch; việc ngoài kế hoạch thì điền đủ."),
    gettext_lazy("Chỉ tiêu và Số lượng đi cùng nhau; chỉ tiêu phải hợp với hình thức, nội dung (xem trang Chỉ tiêu "
                 "thống kê trên cổng). Chưa biết số thì để trống cả hai; 0 nghĩa là không có."),
    gettext_lazy("Ngày ghi ngày/tháng/năm. Kinh phí ghi số đồng, cũng có thể gõ “5 triệu”. Nhiều đường dẫn thì mỗi "
                 "đường dẫn một dòng trong ô (Alt + Enter)."),
    gettext_lazy("Kết quả đã ghi trên cổng được điền sẵn: sửa ngay tại dòng đó. Không xóa, không sửa cột ẩn “Mã dòng”: "
                 "nhờ nó, gửi lại tệp nhiều lần cũng không ghi hai lần. Xóa dòng trong tệp không xóa kết quả."),
    gettext_lazy("Điền xong: lưu tệp (.xlsx), gửi ở trang “Ghi nhiều kết quả”. Cổng cho xem trước từng dòng và lỗi "
                 "theo địa chỉ ô; chưa ghi gì cho đến khi bấm “Lưu các kết quả”."),
)  # fmt: skip


def choices_of(rows: ResultRows) -> dict[str, dict[str, str]]:
    """Field → the lists that the cells choose from: key of the row → its label."""
    fields = rows.unfilled.row.form.fields
    return {
        column.field: {str(key): str(label) for key, label in fields[column.field].choices if key != ""}
        for column in SHAPE.columns
        if isinstance(fields[column.field], LoadedChoice)
    }


# Out


def template(unit: Unit, rows: ResultRows, *, today: date) -> bytes:
    """The unit's file: its results of the year that may still be changed, and rows to fill in."""
    choices = choices_of(rows)
    stored = list(open_results(unit, today))
    filled = [FormRow(f"R{row.pk}.{row.version}", _cells(rows.initial_of(row), choices)) for row in stored]
    blank = [FormRow(f"N{number}", {}) for number in range(1, BLANK_ROWS + 1)]
    return _written(unit, choices, [*filled, *blank], mark=uuid.uuid4().hex)


def open_results(unit: Unit, today: date) -> Iterable[Result]:
    """The results of the reporting year whose report has not been handed in, oldest first, at most as a file holds."""
    year = window("Y", year_of(today))
    results = Result.objects.filter(unit=unit).within(year.starts, year.ends).prefetch_related("quantities__indicator")
    for closed in ClosedWindow.objects.filter(unit=unit):
        results = results.exclude(happened_on__range=(closed.starts, closed.ends))
    return results.order_by("happened_on", "pk")[: SHAPE.most - BLANK_ROWS]


def marked_copy(unit: Unit, rows: ResultRows) -> bytes:
    """The rows as they stand in the boxes, what is wrong coloured and said; it is sent back like the template."""
    choices = choices_of(rows)
    marks = [row.carried["mark"].partition(":")[0] for row in rows.rows if row.carried.get("mark")]
    mark = marks[0] if marks else uuid.uuid4().hex
    lines = []
    for row in rows.rows:
        values = {name: row.form[name].value() for name in SHAPE.fields}
        if not any(values.values()):
            continue
        known = {name: row.cleaned_data[name] for name in values if KINDS[name] and row.cleaned_data.get(name)}
        faults = {name: " ".join(errors) for name, errors in row.form.errors.items()}
        faults = {name: f"{_title(name)}: {words}" if name in values else words for name, words in faults.items()}
        lines.append(FormRow(_key_of(row, mark), _cells(values | known, choices), faults))
    return _written(unit, choices, lines, mark=mark, marked=True)


def _title(name: str) -> str:
    return next(str(column.title) for column in SHAPE.columns if column.field == name)


def _key_of(row: Row, mark: str) -> str:
    if row.stored:
        return f"R{row.stored.pk}.{row.version or row.stored.version}"
    own_mark, _colon, number = row.carried.get("mark", "").partition(":")
    return number if own_mark == mark else ""


def _cells(values: dict, choices: dict) -> dict:
    """What the boxes hold as cells: names for keys of lists."""
    return values | {name: listed.get(str(values.get(name)), "") for name, listed in choices.items()}


def _written(unit: Unit, choices: dict, rows: list[FormRow], *, mark: str, marked: bool = False) -> bytes:
    return write_form(
        ExcelForm(
            SHAPE,
            sheet=_("Kết quả"),
            title=_("KẾT QUẢ TUYÊN TRUYỀN CẢI CÁCH HÀNH CHÍNH – %s") % unit.name,
            hint=_("Mỗi kết quả một dòng. Ngày ghi ngày/tháng/năm. Xem trang “Hướng dẫn”."),
            rows=rows,
            lists={name: list(listed.values()) for name, listed in choices.items()},
            keys={"format": FORMAT, "template": mark, "unit": str(unit.pk), "name": unit.name},
            blank=BLANK_ROWS,
            pages=[(_("Hướng dẫn"), write_instructions(_("Cách điền và gửi lại tệp này"), INSTRUCTIONS))],
            marked=marked,
        )
    )


# In


def read_file(table: dict, unit: Unit, choices: dict) -> FileRows:
    """The rows of a file as if typed into the table's boxes; nothing is written or guessed."""
    layout, keys, read = layout_of(table, SHAPE), table["keys"], FileRows()
    own = keys.get("unit") == str(unit.pk)
    mark = keys.get("template", "")[:32] if own else ""
    read.notices = list(_notices(table, layout, own))
    names = {name: NameList((key, (label, _plain(label))) for key, label in listed.items())
             for name, listed in choices.items()}  # fmt: skip
    files = rows_of(table, layout)
    became = _became(unit, [f"x{mark}:{file.key}" for file in files]) if mark else {}
    seen: set[str] = set()
    for number, file in enumerate(files):
        key = "" if file.key in seen or not own else file.key
        seen.add(key)
        box = lambda name, number=number: f"{ResultRows.prefix}-{number}-{name}"  # noqa: E731
        read.data[box(ID)] = read.data[box(VERSION)] = ""
        if match := re.fullmatch(r"R(\d{1,18})\.(\d{1,9})", key, re.ASCII):
            read.data[box(ID)], read.data[box(VERSION)] = match.groups()
        elif mark and re.fullmatch(r"N\d{1,6}", key, re.ASCII):
            read.data[box("mark")] = f"{mark}:{key}"
            if known := became.get(f"x{mark}:{key}"):
                read.data[box(ID)], read.data[box(VERSION)] = str(known), "1"
        read.data[box("at")] = str(file.number)
        read.cells[number] = {
            name: f"{column_name(column)}{file.number}" for name, column in layout.columns.items() if name in KINDS
        }
        for name, value in file.cells.items():
            read.data[box(name)], why = _box(name, value, names)
            if why:
                read.unread.setdefault(number, {})[name] = why
    _keep_absent(read.data, unit, [name for name in SHAPE.fields if name not in layout.columns], len(files))
    return read


def _keep_absent(data: MultiValueDict, unit: Unit, absent: list[str], rows: int) -> None:
    """What a file has no column for stays in a stored result as it is, instead of being emptied."""
    box = lambda number, name: f"{ResultRows.prefix}-{number}-{name}"  # noqa: E731
    places = {data[box(number, ID)]: number for number in range(rows) if data[box(number, ID)]}
    if not (absent and places):
        return
    for stored in Result.objects.filter(unit=unit, pk__in=places).prefetch_related("quantities__indicator"):
        held = ResultRows.initial_of(stored)
        for name in absent:
            data[box(places[str(stored.pk)], name)] = "" if held[name] is None else str(held[name])


def _box(name: str, value, names: dict[str, NameList]) -> tuple[str, str]:
    """What the box holds, and why the cell cannot be read."""
    try:
        text = typed(KINDS[name], value)
        return (names[name].find(text) if name in names and text.strip() else text), ""
    except (UnreadableCell, UnknownName) as unread:
        return ("" if name in names else shown(value)), str(unread)


def _plain(label: str) -> str:
    """The label of a list without its letter and its unit of measure."""
    return re.sub(r"^\w\) |\s*\([^()]*\)$", "", label)


def _became(unit: Unit, keys: list[str]) -> dict[str, int]:
    return dict(Result.objects.filter(unit=unit, key__in=keys).values_list("key", "pk"))


def _notices(table: dict, layout: Layout, own: bool) -> Iterable[str]:
    if layout.missing:
        titles = ", ".join(_title(name) for name in layout.missing)
        yield _("Tệp thiếu cột: %s. Hãy dùng mẫu tải từ trang này, hoặc đặt lại tiêu đề cột.") % titles
    if layout.twice:
        yield _("Có hai cột cùng tiêu đề: %s. Cột đứng trước được đọc.") % ", ".join(
            _title(name) for name in layout.twice if name in KINDS
        )
    if table["keys"] and not own:
        yield (
            _("Tệp này là mẫu của đơn vị khác (%s): mọi dòng được coi là dòng mới.")
            % table["keys"].get("name", "")[:200]
        )
    elif not table["keys"]:
        yield _("Tệp không có mã dòng của mẫu: dòng giống hệt kết quả đang có được bỏ qua, dòng khác coi là dòng mới.")
    if hidden := [str(number) for number in table["hidden"]]:
        yield _("Tệp có dòng ẩn, vẫn được xét: %s.") % ", ".join(hidden[:20])
    if layout.unknown:
        yield _("Cột không nhận: %s.") % "; ".join(layout.unknown[:10])


def tell(rows: ResultRows, read: FileRows, unit: Unit) -> None:
    """Say of each row of a file what it is: wrong, in conflict, new, changed, the same."""
    for number, row in enumerate(rows.rows):
        row.cells = read.cells.get(number, {})
        for name, why in read.unread.get(number, {}).items():
            rows.refuse(row, [why], name)
    _skip_known(rows, unit)
    for row in rows.rows:
        row.tag = row.tag or _tag(row)
    rows.faults = [fault for row in rows.rows if not row.is_removed for fault in row.faults()]


def _tag(row: Row) -> tuple[str, str]:
    if row.is_stale:
        return "amber", _("Xung đột")
    if row.form.errors:
        return "red", _("Lỗi")
    if row.stored is None:
        return "green", _("Mới")
    return ("blue", _("Sửa")) if row.has_changed() else ("grey", _("Giống"))


def _skip_known(rows: ResultRows, unit: Unit) -> None:
    """A row without a key that says just what a result of the unit says is marked to be left out."""
    new = [row for row in rows.rows if row.stored is None and not row.carried.get("mark") and not row.form.errors]
    days = {row.cleaned_data["happened_on"] for row in new}
    stored = Result.objects.filter(unit=unit, happened_on__in=days).prefetch_related("quantities__indicator")
    twins: dict[tuple, int] = {}
    for result in stored if days else ():
        twins[_content_of(result)] = twins.get(_content_of(result), 0) + 1
    for row in new:
        content = tuple(_id(row.cleaned_data[name]) for name in SHAPE.fields)
        if twins.get(content):
            twins[content] -= 1
            row.is_removed, row.tag = True, ("grey", _("Đã có"))


def _content_of(result: Result) -> tuple:
    quantity = first_quantity(result)
    own = {"indicator": quantity and quantity.indicator, "quantity": quantity and quantity.value}
    return tuple(_id(own[name] if name in own else getattr(result, name)) for name in SHAPE.fields)


def _id(value):
    return getattr(value, "pk", value)
