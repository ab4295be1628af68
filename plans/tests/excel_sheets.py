"""A unit's Excel file in tests: made, changed cell by cell as a person would, sent."""

import uuid
from datetime import datetime
from io import BytesIO

from documents.excel_reading import read_workbook
from documents.excel_table import KEY_TITLE, KEYS_SHEET, table_of
from documents.tests.excel_files import written
from plans.models import UnitPlan
from plans.units.unit_plan_excel.catalogue import Catalogue
from plans.units.unit_plan_excel.columns import COLUMNS, FORMAT, SHAPE, line_key
from plans.units.unit_plan_excel.storing import begin_upload
from plans.units.unit_plan_excel.template import cells_of, template

MARK = uuid.UUID("5d0c8a52-9a43-4c4e-8f2e-1f6d1b1a7c01")
TITLE = "Tập huấn một cửa"
GOOD = {
    "area": "Cải cách thủ tục hành chính", "title": TITLE, "channel": "Zalo", "audience": "Người dân",
    "starts": "Quý II", "person": "Nguyễn Văn An",
}  # fmt: skip


def template_table(unit_plan: UnitPlan, now: datetime) -> dict:
    """The unit's template as it is read back."""
    content = template(unit_plan, on=now.date(), mark=MARK)
    return table_of(read_workbook(BytesIO(content), "mẫu.xlsx"), SHAPE)


def sheet(*rows: dict, heads: dict | None = None, keys: dict | None = None) -> bytes:
    """A file with one row for each of `rows`: cells by field, "key" for the hidden one."""
    heads = heads or {"key": str(KEY_TITLE)} | {column.field: str(column.title) for column in COLUMNS}

    def write(book, page):
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for place, (name, head) in enumerate(heads.items()):
            page.write(0, place, head)
            for number, row in enumerate(rows, 1):
                value = row.get(name)
                if hasattr(value, "year"):
                    page.write_datetime(number, place, value, day)
                elif value is not None:
                    page.write(number, place, value)
        if keys:
            hidden = book.add_worksheet(KEYS_SHEET)
            for number, pair in enumerate(keys.items()):
                hidden.write_row(number, 0, pair)

    return written(write)


def keys_of(unit_plan: UnitPlan, *lines) -> dict:
    """The hidden sheet of this unit's template."""
    return {
        "format": FORMAT, "template": MARK.hex, "unit_plan": str(unit_plan.pk), "unit": unit_plan.unit.name,
        "year": str(unit_plan.plan.year), "lines": " ".join(map(line_key, lines)),
    }  # fmt: skip


def row_of(line, now: datetime, **changed) -> dict:
    """A stored line as a row of the template, some cells typed over."""
    return cells_of(line, Catalogue(line.unit_plan, now.date())) | {"key": line_key(line)} | changed


def send(unit_plan: UnitPlan, content: bytes, *, by, now: datetime):
    """The upload of a file that this person sent."""
    table = table_of(read_workbook(BytesIO(content), "mẫu.xlsx"), SHAPE)
    return begin_upload(unit_plan, name="mẫu.xlsx", table=table, key=uuid.uuid4(), by=by, now=now)
