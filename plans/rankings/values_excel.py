"""Published values as an Excel file: the template with what is entered, the file read back into the table.

A row's hidden key says which value it is (R12.3: number and version). What the file says of an index, a year and an
entity that is there already, word for word, is left out; so a file sent again enters nothing twice.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.file_rows import FileRows
from accounts.models import Agency
from accounts.rows import ID, VERSION, Row
from documents.excel_form import ExcelForm, FormRow, write_form, write_instructions
from documents.excel_reading import column_name
from documents.excel_table import DAY, NUMBER, Column, Shape, UnreadableCell, layout_of, rows_of, shown, typed
from documents.name_list import NameList, UnknownName
from documents.numbers import format_number
from plans.models import IndexValue

FORMAT = "cchc-chi-so"
BLANK_ROWS = 40
SHAPE = Shape(
    FORMAT,
    (
        Column("index", gettext_lazy("Chỉ số"), 16, True, ("Tên chỉ số",)),
        Column("year", gettext_lazy("Năm"), 8, True, ("Năm đánh giá",)),
        Column("score", gettext_lazy("Điểm"), 10, False, ("Điểm số", "Kết quả")),
        Column("maximum", gettext_lazy("Thang điểm"), 10, False, ("Thang",), NUMBER),
        Column("rank", gettext_lazy("Hạng"), 8, False, ("Xếp hạng", "Thứ hạng"), NUMBER),
        Column("number_ranked", gettext_lazy("Trên tổng số"), 10, False, ("Số được xếp hạng",), NUMBER),
        Column("group", gettext_lazy("Nhóm"), 16, False, ("Xếp loại",)),
        Column("source", gettext_lazy("Nguồn"), 48, True, ("Nguồn số liệu", "Văn bản công bố")),
        Column("published_on", gettext_lazy("Ngày công bố"), 13, True, (), DAY),
        Column("as_of", gettext_lazy("Tính đến ngày"), 13, False, ("Ngày chốt",), DAY),
        Column("entity", gettext_lazy("Đối tượng"), 28, False, ("Tỉnh", "Đơn vị")),
        Column("reason", gettext_lazy("Lý do sửa, bỏ"), 32, False, ("Lý do sửa",)),
    ),
    200,
)
KINDS = {column.field: column.kind for column in SHAPE.columns}
INSTRUCTIONS = (
    gettext_lazy("Mỗi số công bố một dòng. Cột có dấu * là bắt buộc; nguồn và ngày công bố phải có."),
    gettext_lazy("Chỉ ghi số đã công bố chính thức. Chưa công bố thì không ghi dòng; không ước đoán."),
    gettext_lazy("Điểm ghi dấu phẩy ở phần thập phân (85,5). Để trống “Thang điểm” là thang của chỉ số; DTI ghi 1 hoặc "
                 "1000 theo nguồn."),
    gettext_lazy("Hạng đi cùng “Trên tổng số” (34 và 63). PAPI, PCI có năm không công bố điểm hoặc hạng: để trống ô "
                 "đó, ghi nhóm nếu có. Loại A, B, C của PAR INDEX tính theo điểm, không cần ghi."),
    gettext_lazy("“Đối tượng” là tên tỉnh hoặc sở như tên năm đó; để trống là của Sở này. “Tính đến ngày” chỉ ghi khi "
                 "số được chốt theo ngày."),
    gettext_lazy("Số đã ghi trên cổng được điền sẵn: sửa ngay tại dòng đó và ghi lý do. Không xóa, không sửa cột ẩn "
                 "“Mã dòng”. Xóa dòng trong tệp không bỏ số trên cổng."),
    gettext_lazy("Điền xong: lưu tệp (.xlsx), gửi ở trang “Ghi số công bố”. Cổng cho xem trước và báo lỗi theo địa chỉ "
                 "ô; chưa ghi gì cho đến khi bấm “Lưu số công bố”."),
)  # fmt: skip


def template(agency: Agency, values: Sequence[IndexValue], indices: Sequence[str], *, on: date) -> bytes:
    """The file: what is entered so far, the newest first, and rows to fill in."""
    filled = [FormRow(f"R{value.pk}.{value.version}", _cells(value)) for value in reversed(values)]
    blank = [FormRow(f"N{number}", {}) for number in range(1, BLANK_ROWS + 1)]
    return _written(agency, [*filled[: SHAPE.most - BLANK_ROWS], *blank], indices, on)


def marked_copy(agency: Agency, rows: Iterable[Row], indices: Sequence[str], *, on: date) -> bytes:
    """The rows as they stand in the boxes, what is wrong coloured and said; it is sent back like the template."""
    lines = []
    for row in rows:
        values = {name: row.form[name].value() for name in SHAPE.fields if name in row.form.fields}
        if not any(values.values()):
            continue
        index = dict(row.form.fields["index"].choices).get(str(values["index"]), "")
        faults = {name: " ".join(errors) for name, errors in row.form.errors.items()}
        faults = {name: f"{_title(name)}: {words}" if name in values else words for name, words in faults.items()}
        key = f"R{row.stored.pk}.{row.version or row.stored.version}" if row.stored else ""
        lines.append(FormRow(key, values | {"index": index}, faults))
    return _written(agency, lines, indices, on, marked=True)


def _cells(value: IndexValue) -> dict:
    cells = {name: getattr(value, name) for name in SHAPE.fields if name not in ("index", "reason")}
    score = "" if value.score is None else format_number(value.score)
    return cells | {"index": value.scheme.index.short, "year": str(value.year), "score": score}


def _title(name: str) -> str:
    return next(str(column.title) for column in SHAPE.columns if column.field == name)


def _written(agency: Agency, rows: list[FormRow], indices: Sequence[str], on: date, *, marked: bool = False) -> bytes:
    return write_form(
        ExcelForm(
            SHAPE,
            sheet=_("Chỉ số"),
            title=_("SỐ CÔNG BỐ CÁC CHỈ SỐ XẾP HẠNG – %s") % agency.name_on(on).name,
            hint=_("Mỗi số công bố một dòng, kèm nguồn và ngày công bố. Xem trang “Hướng dẫn”."),
            rows=rows,
            lists={"index": indices},
            keys={"format": FORMAT, "agency": str(agency.pk)},
            blank=BLANK_ROWS,
            pages=[(_("Hướng dẫn"), write_instructions(_("Cách điền và gửi lại tệp này"), INSTRUCTIONS))],
            marked=marked,
        )
    )


def read_file(table: dict, agency: Agency, indices: dict[str, str], *, prefix: str) -> FileRows:
    """The rows of a file as if typed into the table's boxes; `indices`: key of the list → what it is called."""
    layout, read = layout_of(table, SHAPE), FileRows()
    own = table["keys"].get("agency") == str(agency.pk)
    read.notices = list(_notices(table, layout))
    names, seen = NameList((key, (label,)) for key, label in indices.items()), set()
    for number, file in enumerate(rows_of(table, layout)):
        box = lambda name, number=number: f"{prefix}-{number}-{name}"  # noqa: E731
        key = re.fullmatch(r"R(\d{1,18})\.(\d{1,9})", file.key, re.ASCII) if own and file.key not in seen else None
        seen.add(file.key)
        read.data[box(ID)], read.data[box(VERSION)] = key.groups() if key else ("", "")
        read.data[box("at")] = str(file.number)
        read.cells[number] = {
            name: f"{column_name(column)}{file.number}" for name, column in layout.columns.items() if name in KINDS
        }
        for name, value in file.cells.items():
            try:
                text = typed(KINDS[name], value)
                read.data[box(name)] = names.find(text) if name == "index" and text.strip() else text
            except (UnreadableCell, UnknownName) as unread:
                read.data[box(name)] = "" if name == "index" else shown(value)
                read.unread.setdefault(number, {})[name] = str(unread)
    return read


def _notices(table: dict, layout) -> Iterable[str]:
    if layout.missing:
        titles = ", ".join(_title(name) for name in layout.missing)
        yield _("Tệp thiếu cột: %s. Hãy dùng mẫu tải từ trang này, hoặc đặt lại tiêu đề cột.") % titles
    if layout.twice:
        titles = ", ".join(_title(name) for name in layout.twice if name in KINDS)
        yield _("Có hai cột cùng tiêu đề: %s. Cột đứng trước được đọc.") % titles
    if hidden := [str(number) for number in table["hidden"]]:
        yield _("Tệp có dòng ẩn, vẫn được xét: %s.") % ", ".join(hidden[:20])
    if layout.unknown:
        yield _("Cột không nhận: %s.") % "; ".join(layout.unknown[:10])


def tell(rows, read: FileRows) -> None:
    """Say of each row of a file what it is: wrong, in conflict, new, changed, the same; mark what is there already."""
    for number, row in enumerate(rows.rows):
        row.cells = read.cells.get(number, {})
        unread = read.unread.get(number, {})
        for name, why in ((name, why) for name, why in unread.items() if name in row.form.fields):
            rows.refuse(row, [why], name)
    for row in rows.rows:
        if row.stored is None and not row.form.errors and rows.is_stored(row):
            row.is_removed, row.tag = True, ("grey", _("Đã có"))
        else:
            row.tag = _tag(row)
    rows.faults = [fault for row in rows.rows if not row.is_removed for fault in row.faults()]


def _tag(row: Row) -> tuple[str, str]:
    if row.is_stale:
        return "amber", _("Xung đột")
    if row.form.errors:
        return "red", _("Lỗi")
    if row.stored is None:
        return "green", _("Mới")
    return ("blue", _("Sửa")) if row.has_changed() else ("grey", _("Giống"))
