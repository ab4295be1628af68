"""A unit's Excel files in the page harness: one whose rows are of every kind, one whose columns must be asked."""

from datetime import datetime

from accounts.cast import Cast
from plans.models import UnitPlan, UnitPlanUpload
from plans.tests.excel_sheets import GOOD, keys_of, row_of, send, sheet

FOREIGN_HEADS = {"title": "Việc cần làm", "area": "Lĩnh vực", "channel": "Kênh", "starts": "Khi nào"}


def add(cast: Cast, unit_plan: UnitPlan, now: datetime) -> None:
    """New, changed, in conflict, in error, absent: of the editor; under other heads: of the head."""
    code, lines = unit_plan.unit.code, list(unit_plan.activities.select_related("unit_plan__plan__scheme"))
    rows = [row_of(lines[0], now, money=7_000_000, person="Trần Thị Bình"), GOOD | {"key": "N1"}]
    rows += [row_of(line, now, key=f"L{line.pk}.0", money=9_000_000) for line in lines[1:2]]
    rows += [GOOD | {"quantity": "không", "channel": "Zallo"}, GOOD | {"starts": "Thường xuyên"}]
    send(unit_plan, sheet(*rows, keys=keys_of(unit_plan, *lines)), by=cast.editor(code), now=now)
    send(unit_plan, sheet(GOOD, heads=FOREIGN_HEADS), by=cast.head(code), now=now)


def addresses() -> dict[str, list[int]]:
    """The preview and the question about columns."""
    preview, columns = UnitPlanUpload.objects.order_by("pk")[:2]
    return {"excel_upload": [preview.unit_plan_id, preview.pk], "excel_columns": [columns.unit_plan_id, columns.pk]}
