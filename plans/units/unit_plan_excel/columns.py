"""The columns of the file and the hidden keys of its rows. Pure."""

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from documents.excel_table import DAY, NUMBER, Column, Shape

if TYPE_CHECKING:
    from plans.models import Activity

EXAMPLE_KEY = "vi-du"
BLANK_ROWS = 200
MAX_ROWS = 1_000
FORMAT = "cchc-ke-hoach-don-vi"


COLUMNS = (
    Column("area", gettext_lazy("Nội dung"), 22, True, ("Lĩnh vực", "Nội dung, lĩnh vực", "Nội dung cải cách")),
    Column(
        "title", gettext_lazy("Tên hoạt động, nhiệm vụ"), 38, True,
        ("Hoạt động", "Tên hoạt động", "Tên nhiệm vụ", "Nhiệm vụ"),
    ),
    Column("channel", gettext_lazy("Hình thức"), 19, True, ("Kênh", "Hình thức, kênh", "Hình thức tuyên truyền")),
    Column("audience", gettext_lazy("Đối tượng"), 19, True, ("Đối tượng tuyên truyền",)),
    Column(
        "starts", gettext_lazy("Từ ngày"), 12, True,
        ("Thời gian", "Thời gian thực hiện", "Bắt đầu", "Ngày bắt đầu"), DAY,
    ),
    Column("ends", gettext_lazy("Đến ngày"), 12, False, ("Kết thúc", "Ngày kết thúc", "Hoàn thành"), DAY),
    Column("person", gettext_lazy("Người thực hiện"), 19, True, ("Người phụ trách", "Phụ trách")),
    Column("product", gettext_lazy("Sản phẩm"), 18, False, ("Kết quả", "Sản phẩm, kết quả")),
    Column("indicator", gettext_lazy("Chỉ tiêu (đơn vị tính)"), 22, False, ("Chỉ tiêu", "Chỉ tiêu thống kê")),
    Column("quantity", gettext_lazy("Số lượng"), 10, False, (), NUMBER),
    Column("money", gettext_lazy("Kinh phí (đồng)"), 15, False, ("Kinh phí", "Kinh phí dự kiến"), NUMBER),
    Column("funds", gettext_lazy("Nguồn kinh phí"), 18, False, ("Nguồn", "Nguồn vốn")),
    Column("asked", gettext_lazy("Đáp ứng yêu cầu"), 14, False, ("Yêu cầu", "Yêu cầu của Sở")),
)  # fmt: skip
SHAPE = Shape(FORMAT, COLUMNS, MAX_ROWS)
FIELDS = SHAPE.fields
KINDS = {column.field: column.kind for column in COLUMNS}
TITLES = {column.field: column.title for column in COLUMNS}
LISTED = ("area", "channel", "audience", "indicator")


def line_key(line: "Activity") -> str:
    """The hidden key of a stored line: which one, and the version of it that the file shows."""
    return f"L{line.pk}.{line.version}"


def split_key(key: str) -> tuple[str, int]:
    """ "L5.3" → ("L5", 3); "N12" → ("N12", 0); anything else → ("", 0)."""
    match = re.fullmatch(r"(L\d{1,18})\.(\d{1,9})|(N\d{1,6})", key, re.ASCII)
    if not match:
        return "", 0
    return (match[1], int(match[2])) if match[1] else (match[3], 0)
