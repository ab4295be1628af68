"""The columns of the file and the hidden keys of its rows. Pure."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from documents.vietnamese import fold

if TYPE_CHECKING:
    from plans.models import Activity

KEY = "key"
EXAMPLE_KEY = "vi-du"
BLANK_ROWS = 200
MAX_ROWS = 1_000
KEYS_SHEET = "_khoa"
FORMAT = "cchc-ke-hoach-don-vi"


@dataclass(frozen=True)
class Column:
    """A column of the table: the field of a line, its head, width in characters; `other` heads that mean the same."""

    field: str
    title: str
    width: float
    required: bool = False
    other: tuple[str, ...] = ()


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
        ("Thời gian", "Thời gian thực hiện", "Bắt đầu", "Ngày bắt đầu"),
    ),
    Column("ends", gettext_lazy("Đến ngày"), 12, False, ("Kết thúc", "Ngày kết thúc", "Hoàn thành")),
    Column("person", gettext_lazy("Người thực hiện"), 19, True, ("Người phụ trách", "Phụ trách")),
    Column("product", gettext_lazy("Sản phẩm"), 18, False, ("Kết quả", "Sản phẩm, kết quả")),
    Column("indicator", gettext_lazy("Chỉ tiêu (đơn vị tính)"), 22, False, ("Chỉ tiêu", "Chỉ tiêu thống kê")),
    Column("quantity", gettext_lazy("Số lượng"), 10, False, ()),
    Column("money", gettext_lazy("Kinh phí (đồng)"), 15, False, ("Kinh phí", "Kinh phí dự kiến")),
    Column("funds", gettext_lazy("Nguồn kinh phí"), 18, False, ("Nguồn", "Nguồn vốn")),
    Column("asked", gettext_lazy("Đáp ứng yêu cầu"), 14, False, ("Yêu cầu", "Yêu cầu của Sở")),
)  # fmt: skip
FIELDS = tuple(column.field for column in COLUMNS)
TITLES = {column.field: column.title for column in COLUMNS}
REQUIRED = tuple(column.field for column in COLUMNS if column.required)
KEY_TITLE = gettext_lazy("Mã dòng (không sửa)")
NOTE_TITLE = gettext_lazy("Lỗi cần sửa")
LISTED = ("area", "channel", "audience", "indicator")


def head_key(text: str) -> str:
    """A head as it is compared: no marks, no "*", nothing in brackets."""
    return fold(re.sub(r"\(.*?\)|\*", " ", str(text)[:200]))


def heads() -> dict[str, str]:
    """The field of each known head by its key."""
    known = {head_key(words): column.field for column in COLUMNS for words in (column.title, *column.other)}
    return known | {head_key(KEY_TITLE): KEY}


def line_key(line: "Activity") -> str:
    """The hidden key of a stored line: which one, and the version of it that the file shows."""
    return f"L{line.pk}.{line.version}"


def split_key(key: str) -> tuple[str, int]:
    """ "L5.3" → ("L5", 3); "N12" → ("N12", 0); anything else → ("", 0)."""
    match = re.fullmatch(r"(L\d{1,18})\.(\d{1,9})|(N\d{1,6})", key, re.ASCII)
    if not match:
        return "", 0
    return (match[1], int(match[2])) if match[1] else (match[3], 0)
