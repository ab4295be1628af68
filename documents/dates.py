"""Dates as Vietnamese offices print and type them, in the time zone Asia/Ho_Chi_Minh."""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from documents.vietnamese import clean

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
YEARS = range(1900, 2101)
GAP = " " * 5
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

_DAY_FIRST = re.compile(r"(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d+)", re.ASCII)
_ISO = re.compile(r"(\d{4,})-(\d{1,2})-(\d{1,2})", re.ASCII)
_LONG = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4,})", re.IGNORECASE | re.ASCII)


class UnreadableDate(ValueError):
    """The text is not a day of the calendar; the message tells the person what to type."""


def document_date(value=None, *, day=None, month=None, year=None):
    """A date as a document prints it: "ngày 05 tháng 01 năm 2020", "ngày 29 tháng 6 năm 2019".

    Days below 10 and the months 1 and 2 are padded, months 3 to 9 are not (Nghị định 30/2020/NĐ-CP,
    Phụ lục I). A part that is not known is an open gap: "ngày     tháng 02 năm 2022".
    """
    if value is not None:
        day, month, year = value.day, value.month, value.year
    words = [("ngày", day and f"{day:02d}"), ("tháng", month and _month(month)), ("năm", year and str(year))]
    text = "".join(f"{word} {part} " if part else f"{word}{GAP}" for word, part in words)
    return text.rstrip()


def short_date(value):
    """A date inside a sentence, padded by the same rule: "01/6/2020", "04/01/2022"; None gives ""."""
    return "" if value is None else f"{value.day:02d}/{_month(value.month)}/{value.year}"


def _month(month):
    return f"{month:02d}" if month < 3 else str(month)


def parse_date(text):
    """The date of dd/mm/yyyy, dd-mm-yyyy, dd.mm.yy(yy), yyyy-mm-dd or the long form.

    The day always comes first (03/02 is 3 February); two digits of a year are of this century.
    Raises UnreadableDate.
    """
    shown = clean(text).strip()
    if match := _ISO.fullmatch(shown):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(shown):
        day, _, month, year = match.groups()
        year = f"20{year}" if len(year) == 2 else year
    elif match := _LONG.fullmatch(shown):
        day, month, year = match.groups()
    else:
        raise UnreadableDate(f"Không đọc được ngày “{shown[:30]}”. Hãy nhập ngày/tháng/năm, ví dụ 27/02/2022.")
    return _real(int(day), int(month), year, shown)


def parse_long_date(text):
    """The date of "ngày 14 tháng 02 năm 2008". Raises UnreadableDate."""
    shown = " ".join(clean(text).split())
    match = _LONG.fullmatch(shown)
    if not match:
        raise UnreadableDate(f"Không đọc được ngày “{shown[:40]}”. Ví dụ đúng: ngày 14 tháng 02 năm 2008.")
    return _real(int(match.group(1)), int(match.group(2)), match.group(3), shown)


def _real(day, month, year, shown):
    if len(year) != 4 or int(year) not in YEARS:
        raise UnreadableDate(f"Năm trong “{shown[:30]}” phải từ {YEARS[0]} đến {YEARS[-1]}, viết đủ bốn chữ số.")
    try:
        return date(int(year), month, day)
    except ValueError:
        raise UnreadableDate(f"Không có ngày {shown[:30]} trong lịch. Hãy kiểm tra lại ngày và tháng.") from None


def end_of_day(value):
    """The last instant that is still in time on that day: 23:59:59.999999 in Vietnam (aware)."""
    return datetime.combine(value, time.max, tzinfo=TZ)
