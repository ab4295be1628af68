"""The file a unit fills in: its lines, drop-downs, instructions, what the department asks; and the copy with errors."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.excel import fitted
from documents.excel_form import ExcelForm, FormRow, write_form, write_instructions
from plans.models import Activity, UnitPlan
from plans.units.funds import funds_of, in_boxes
from plans.units.unit_plan_excel.catalogue import Catalogue
from plans.units.unit_plan_excel.columns import (
    BLANK_ROWS,
    EXAMPLE_KEY,
    FIELDS,
    FORMAT,
    LISTED,
    SHAPE,
    line_key,
)

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
    rows = [FormRow(line_key(line), cells_of(line, catalogue)) for line in lines]
    rows += [FormRow(f"N{number}", {}) for number in range(1, BLANK_ROWS + 1)]
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
    unit_plan: UnitPlan, catalogue: Catalogue, rows: Sequence[FormRow], *, keys: dict[str, str], marked=False
) -> bytes:
    """The whole file; `marked` adds the column of what is wrong and colours the cells."""
    year = unit_plan.plan.year
    instructions = [words % {"year": year} for words in INSTRUCTIONS]
    return write_form(
        ExcelForm(
            SHAPE,
            sheet=_("Kế hoạch"),
            title=_("KẾ HOẠCH TUYÊN TRUYỀN CẢI CÁCH HÀNH CHÍNH NĂM %(year)d – %(unit)s")
            % {"year": year, "unit": unit_plan.unit.name},
            hint=_("Mỗi hoạt động một dòng. Cột có * là bắt buộc. Ngày ghi ngày/tháng/năm. Xem trang “Hướng dẫn”."),
            rows=rows,
            lists={name: catalogue.labels(name) for name in LISTED},
            offered={"funds": [source.short for source in catalogue.lists["funds"]]},
            keys=keys,
            blank=BLANK_ROWS,
            example=FormRow(EXAMPLE_KEY, example(unit_plan, catalogue)),
            tips={"starts": _("Ngày/tháng/năm, hoặc “Tháng 3”, “Quý I”, “Cả năm” (khi đó để trống Đến ngày).")},
            pages=[
                (_("Hướng dẫn"), write_instructions(_("Cách điền và gửi lại tệp này"), instructions)),
                (_("Sở yêu cầu"), _write_asked(unit_plan, catalogue)),
            ],
            marked=marked,
        )
    )


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


def _write_asked(unit_plan: UnitPlan, catalogue: Catalogue) -> Callable:
    """What the department's plan asks of each area, item by item with its code."""

    def write(page, formats: dict) -> None:
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

    return write
