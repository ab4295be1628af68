"""The file a unit fills in: its lines, drop-downs, instructions, what the department asks; and the copy with errors."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.excel import fitted
from plans.models import Activity, UnitPlan
from plans.units.funds import funds_of, in_boxes
from plans.units.unit_plan_excel.catalogue import Catalogue
from plans.units.unit_plan_excel.columns import (
    BLANK_ROWS,
    COLUMNS,
    EXAMPLE_KEY,
    FIELDS,
    FORMAT,
    KEY_TITLE,
    KEYS_SHEET,
    LISTED,
    NOTE_TITLE,
    line_key,
)

HEAD = 3  # rows above the first line: title, hint, heads
INSTRUCTIONS = (
    gettext_lazy("Điền mỗi hoạt động một dòng ở trang “Kế hoạch”. Cột có dấu * là bắt buộc."),
    gettext_lazy(
        "Nội dung, Hình thức, Đối tượng, Chỉ tiêu: bấm vào ô rồi chọn trong danh sách; danh sách đầy đủ ở trang "
        "“Danh mục”."
    ),
    gettext_lazy(
        "Từ ngày, Đến ngày: gõ ngày/tháng/năm, ví dụ 01/03/%(year)d. Cũng có thể gõ “Tháng 3”, “Quý I”, "
        "“6 tháng đầu năm”, “Cả năm” vào cột Từ ngày và để trống cột Đến ngày."
    ),
    gettext_lazy(
        "Số lượng: số nguyên, đếm theo đơn vị tính ghi trong ngoặc của Chỉ tiêu. Không có thì để trống, không "
        "gạch ngang."
    ),
    gettext_lazy("Kinh phí: số đồng, ví dụ 5.000.000; cũng có thể gõ “5 triệu”. Không dùng kinh phí thì để trống."),
    gettext_lazy(
        "Nguồn kinh phí: chọn trong ô. Nhiều nguồn thì ghi ở cả hai cột theo cùng thứ tự, cách nhau bằng dấu chấm "
        "phẩy: “10.000.000; 2.000.000” và “tự chủ; xã hội hóa”."
    ),
    gettext_lazy("Đáp ứng yêu cầu: mã của yêu cầu trong Kế hoạch của Sở, ví dụ “c1; c3”; các mã ở trang “Sở yêu cầu”."),
    gettext_lazy(
        "Các dòng đã có trên cổng được điền sẵn: sửa ngay tại dòng đó. Không xóa, không sửa cột ẩn “Mã dòng”: nhờ nó, "
        "gửi lại tệp nhiều lần cũng không bị trùng dòng."
    ),
    gettext_lazy("Dòng “Ví dụ” chữ nghiêng không được nhận."),
    gettext_lazy("Xóa một dòng trong tệp không xóa dòng đó trên cổng; trang xem trước sẽ hỏi riêng."),
    gettext_lazy(
        "Điền xong: lưu tệp (.xlsx), mở kế hoạch của đơn vị trên cổng, chọn “Lập bằng Excel”, gửi tệp. Cổng cho xem "
        "trước từng dòng mới, dòng sửa và lỗi theo địa chỉ ô; chưa ghi gì cho đến khi bấm “Ghi vào kế hoạch”."
    ),
)


@dataclass(frozen=True)
class SheetLine:
    """A row to be written: its key, its cells by field (as typed), and what is wrong by field."""

    key: str
    cells: dict
    faults: dict[str, str] = field(default_factory=dict)


def cells_of(line: Activity, catalogue: Catalogue) -> dict:
    """A stored line as cells: names from the lists, days or the time as written, whole numbers."""
    chosen = {name: getattr(line, name) for name in FIELDS if name != "funds"}
    named = {name: catalogue.label(chosen[name]) for name in LISTED if chosen[name] is not None}
    money, sources = in_boxes(line.money, funds_of(line))
    asked = "; ".join(item.code for item in catalogue.asked_by(line))
    time = {"starts": line.phrase, "ends": None} if line.phrase else {}
    return chosen | named | time | {"money": money, "funds": sources, "asked": asked}


def template(unit_plan: UnitPlan, *, on: date, mark: uuid.UUID) -> bytes:
    """The unit's file as an .xlsx: the lines it has now, 200 rows to fill in; `mark` names this copy of it."""
    catalogue = Catalogue(unit_plan, on)
    lines = list(unit_plan.activities.select_related(*LISTED).prefetch_related("funds__source"))
    rows = [SheetLine(line_key(line), cells_of(line, catalogue)) for line in lines]
    rows += [SheetLine(f"N{number}", {}) for number in range(1, BLANK_ROWS + 1)]
    keys = [row.key for row in rows[: len(lines)]]
    return written(unit_plan, catalogue, rows, keys=known_keys(unit_plan, catalogue, mark.hex, keys))


def known_keys(unit_plan: UnitPlan, catalogue: Catalogue, mark: str, keys: Iterable[str]) -> dict[str, str]:
    """What the hidden sheet says of the file; the lines' keys tell what was there when it was made."""
    return {
        "format": FORMAT, "template": mark, "unit_plan": str(unit_plan.pk), "version": str(unit_plan.version),
        "unit": unit_plan.unit.name, "year": str(unit_plan.plan.year), "catalogue": catalogue.version,
        "lines": " ".join(keys)[:32_000],
    }  # fmt: skip


def written(
    unit_plan: UnitPlan, catalogue: Catalogue, rows: Sequence[SheetLine], *, keys: dict[str, str], marked=False
) -> bytes:
    """The whole file; `marked` adds the column of what is wrong and colours the cells."""
    from xlsxwriter import Workbook

    file = BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    with Workbook(file, options) as book:
        formats = _formats(book)
        page = book.add_worksheet(_("Kế hoạch"))
        _write_lines(page, unit_plan, catalogue, rows, formats, marked)
        _write_instructions(book.add_worksheet(_("Hướng dẫn")), unit_plan, formats)
        _write_asked(book.add_worksheet(_("Sở yêu cầu")), unit_plan, catalogue, formats)
        _write_lists(book.add_worksheet(_("Danh mục")), catalogue, formats)
        hidden = book.add_worksheet(KEYS_SHEET)
        for number, (name, value) in enumerate(keys.items()):
            hidden.write_string(number, 0, name)
            hidden.write_string(number, 1, value)
        hidden.very_hidden()
    return file.getvalue()


def _formats(book) -> dict:
    letters = {"font_name": "Times New Roman", "font_size": 11}
    cell = letters | {"border": 1, "border_color": "#999999", "valign": "top", "text_wrap": True}
    kinds = {
        "text": {"num_format": "@"},
        "day": {"num_format": "dd/mm/yyyy", "align": "center"},
        "number": {"num_format": "#,##0"},
    }
    wrong = {"bg_color": "#F8D7DA", "border_color": "#B02A37"}
    example = {"italic": True, "font_color": "#666666", "bg_color": "#F2F2F2"}
    formats = {
        "title": book.add_format(letters | {"bold": True, "font_size": 13}),
        "under": book.add_format(letters | {"font_color": "#444444"}),
        "head": book.add_format(
            cell | {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#DCE6F1", "num_format": "@"}
        ),
        "plain": book.add_format(letters | {"text_wrap": True, "valign": "top"}),
        "strong": book.add_format(letters | {"bold": True, "text_wrap": True, "valign": "top"}),
    }
    for name, kind in kinds.items():
        formats[name] = book.add_format(cell | kind)
        formats[f"{name} wrong"] = book.add_format(cell | kind | wrong)
        formats[f"{name} example"] = book.add_format(cell | kind | example)
    return formats


KIND = {"starts": "day", "ends": "day", "quantity": "number", "money": "number"}


def example(unit_plan: UnitPlan, catalogue: Catalogue) -> dict:
    """A row that shows how to fill in the others."""
    year = unit_plan.plan.year
    firsts = {name: (catalogue.labels(name) or [""])[0] for name in LISTED}
    return firsts | {
        "title": _("Ví dụ: Phát tờ gấp hướng dẫn nộp hồ sơ trực tuyến tại bộ phận một cửa"),
        "starts": date(year, 3, 1), "ends": date(year, 3, 31), "person": "Nguyễn Văn An",
        "product": _("Tờ gấp"), "quantity": 2000, "money": 5_000_000,
        "funds": next((source.short for source in catalogue.lists["funds"]), ""),
    }  # fmt: skip


def _write_lines(page, unit_plan: UnitPlan, catalogue: Catalogue, rows, formats: dict, marked: bool) -> None:
    last = len(COLUMNS)
    title = _("KẾ HOẠCH TUYÊN TRUYỀN CẢI CÁCH HÀNH CHÍNH NĂM %(year)d – %(unit)s")
    page.write_string(0, 1, title % {"year": unit_plan.plan.year, "unit": unit_plan.unit.name}, formats["title"])
    hint = _("Mỗi hoạt động một dòng. Cột có * là bắt buộc. Ngày ghi ngày/tháng/năm. Xem trang “Hướng dẫn”.")
    page.write_string(1, 1, hint, formats["under"])
    page.set_column(0, 0, 12, None, {"hidden": True})
    page.write_string(2, 0, str(KEY_TITLE), formats["head"])
    for place, column in enumerate(COLUMNS, 1):
        page.set_column(place, place, column.width)
        page.write_string(2, place, f"{column.title}{' *' if column.required else ''}", formats["head"])
    if marked:
        page.set_column(last + 1, last + 1, 50)
        page.write_string(2, last + 1, str(NOTE_TITLE), formats["head"])
    page.set_row(2, 34)
    first = HEAD
    if not marked:
        _write_row(page, first, SheetLine(EXAMPLE_KEY, example(unit_plan, catalogue)), formats, " example", marked)
        first += 1
    for number, row in enumerate(rows, first):
        _write_row(page, number, row, formats, "", marked)
    _add_choices(page, catalogue, first, max(first + len(rows), first + BLANK_ROWS) - 1)
    page.freeze_panes(HEAD, 3)
    page.repeat_rows(2)
    _paper(page)


def _write_row(page, number: int, row: SheetLine, formats: dict, tone: str, marked: bool) -> None:
    page.write_string(number, 0, row.key, formats["text"])
    for place, name in enumerate(FIELDS, 1):
        style = formats[KIND.get(name, "text") + (" wrong" if name in row.faults else tone)]
        value = row.cells.get(name)
        if value in (None, ""):
            page.write_blank(number, place, None, style)
        elif isinstance(value, date):
            page.write_datetime(number, place, value, style)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            page.write_number(number, place, value, style)
        else:
            page.write_string(number, place, fitted(str(value)), style)
    if marked:
        words = "\n".join(row.faults.values())
        page.write_string(number, len(FIELDS) + 1, words, formats["text wrong" if words else "text"])


def _add_choices(page, catalogue: Catalogue, first: int, last: int) -> None:
    for place, name in enumerate(FIELDS, 1):
        if name not in LISTED:
            continue
        column, count = "ABCD"[LISTED.index(name)], max(len(catalogue.lists[name]), 1)
        page.data_validation(
            first, place, last, place,
            {
                "validate": "list", "source": f"='{_('Danh mục')}'!${column}$2:${column}${count + 1}",
                "error_title": _("Chọn trong danh sách"),
                "error_message": _("Hãy chọn một mục trong danh sách của ô này."),
            },
        )  # fmt: skip
    place, sources = FIELDS.index("funds") + 1, [source.short for source in catalogue.lists["funds"]]
    if sources:
        page.data_validation(
            first, place, last, place, {"validate": "list", "source": sources, "error_type": "information"}
        )
    place = FIELDS.index("quantity") + 1
    page.data_validation(
        first, place, last, place,
        {
            "validate": "integer", "criteria": ">=", "value": 0, "error_title": _("Số lượng"),
            "error_message": _("Hãy gõ số nguyên từ 0, hoặc để trống."),
        },
    )  # fmt: skip
    place = FIELDS.index("starts") + 1
    page.data_validation(
        first, place, last, place,
        {
            "validate": "any", "input_title": _("Từ ngày"),
            "input_message": _("Ngày/tháng/năm, hoặc “Tháng 3”, “Quý I”, “Cả năm” (khi đó để trống Đến ngày)."),
        },
    )  # fmt: skip


def _paper(page) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P/&N")


def _write_instructions(page, unit_plan: UnitPlan, formats: dict) -> None:
    page.set_column(0, 0, 5)
    page.set_column(1, 1, 110)
    page.write_string(0, 0, _("Cách điền và gửi lại tệp này"), formats["title"])
    for number, words in enumerate(INSTRUCTIONS, 1):
        page.write_string(number, 0, f"{number}.", formats["plain"])
        page.write_string(number, 1, words % {"year": unit_plan.plan.year}, formats["plain"])
    _paper(page)


def _write_asked(page, unit_plan: UnitPlan, catalogue: Catalogue, formats: dict) -> None:
    """What the department's plan asks of each area, item by item with its code."""
    page.set_column(0, 0, 32)
    page.set_column(1, 1, 8)
    page.set_column(2, 2, 100)
    title = _("Kế hoạch của Sở năm %d yêu cầu")
    page.write_string(0, 0, title % unit_plan.plan.year, formats["title"])
    areas = {area.code: str(area) for area in catalogue.lists["area"]}
    for number, item in enumerate(catalogue.asked.values(), 1):
        page.write_string(number, 0, areas.get(item.area, _("Nhiệm vụ giao")), formats["strong"])
        page.write_string(number, 1, item.code, formats["strong"])
        page.write_string(number, 2, fitted(item.text), formats["plain"])
    _paper(page)


def _write_lists(page, catalogue: Catalogue, formats: dict) -> None:
    heads = (_("Nội dung"), _("Hình thức"), _("Đối tượng"), _("Chỉ tiêu (đơn vị tính)"))
    for place, (name, head) in enumerate(zip(LISTED, heads, strict=True)):
        page.set_column(place, place, 42)
        page.write_string(0, place, head, formats["head"])
        for number, label in enumerate(catalogue.labels(name), 1):
            page.write_string(number, place, label, formats["plain"])
    page.freeze_panes(1, 0)
    _paper(page)
