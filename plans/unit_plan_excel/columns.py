"""The columns of the file, the lists behind the drop-downs, and the hidden keys."""

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.vietnamese import compare_key, fold
from plans.models import Activity, Audience, Channel, Indicator, UnitPlan
from plans.models.catalogue import IndicatorSource
from plans.receipts import sha256

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


class UnknownName(ValueError):
    """No entry of the list has that name; the message says which are near it."""


class Catalogue:
    """The lists a line of this plan may choose from on a day, in four queries; labels are unique within a list."""

    def __init__(self, unit_plan: UnitPlan, on: date):
        self.lists = {
            "area": list(unit_plan.plan.scheme.areas.all()),
            "channel": list(Channel.objects.on(on)),
            "audience": list(Audience.objects.on(on)),
            "indicator": list(Indicator.objects.on(on).exclude(source=IndicatorSource.MONEY)),
        }
        self._exact, self._folded = {}, {}
        for field, entries in self.lists.items():
            spellings = [(words, entry) for entry in entries for words in self._spellings(entry)]
            self._exact[field] = {compare_key(words): entry for words, entry in spellings}
            self._folded[field] = {}
            for words, entry in spellings:
                self._folded[field].setdefault(fold(words), set()).add(entry)

    @staticmethod
    def label(entry) -> str:
        """How an entry stands in the file: "a) Chỉ đạo, điều hành", "Tờ rơi, tờ gấp (tờ)"."""
        return f"{entry.name} ({entry.unit_of_measure})" if isinstance(entry, Indicator) else str(entry)

    def labels(self, field: str) -> list[str]:
        return [self.label(entry) for entry in self.lists[field]]

    def _spellings(self, entry) -> tuple[str, ...]:
        return (self.label(entry), entry.name)

    @property
    def version(self) -> str:
        """A short mark that changes with any of the lists."""
        return sha256([self.labels(field) for field in LISTED])[:16]

    def find(self, field: str, text: str, kept=None):
        """The entry of that name, or `kept`, the one that the line has already. Raises UnknownName."""
        if kept is not None and compare_key(text) in {compare_key(words) for words in self._spellings(kept)}:
            return kept
        if entry := self._exact[field].get(compare_key(text)):
            return entry
        near = self._folded[field].get(fold(text), set())
        if len(near) == 1:
            return next(iter(near))
        raise UnknownName(self._missing(field, text))

    def _missing(self, field: str, text: str) -> str:
        known = {fold(label): label for label in self.labels(field)}
        near = [known[words] for words in get_close_matches(fold(text)[:200], known, n=3, cutoff=0.5)]
        said = _("“%s” không có trong danh mục.") % (text if len(text) <= 60 else f"{text[:60]}…")
        if near:
            return f"{said} {_('Gần giống:')} {'; '.join(f'“{words}”' for words in near)}. {_('Hãy chọn trong ô.')}"
        return f"{said} {_('Hãy chọn trong ô, hoặc xem trang “Danh mục” của tệp mẫu.')}"


def line_key(line: Activity) -> str:
    """The hidden key of a stored line: which one, and the version of it that the file shows."""
    return f"L{line.pk}.{line.version}"


def split_key(key: str) -> tuple[str, int]:
    """ "L5.3" → ("L5", 3); "N12" → ("N12", 0); anything else → ("", 0)."""
    match = re.fullmatch(r"(L\d{1,18})\.(\d{1,9})|(N\d{1,6})", key, re.ASCII)
    if not match:
        return "", 0
    return (match[1], int(match[2])) if match[1] else (match[3], 0)
