"""When an activity runs, as people write it: "tháng 3", "quý II", "3–5", "Thường xuyên", "1/3 – 15/4/2022". Pure.

What is written is kept beside what it means; here it gets its first and its last day.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from documents.dates import YEARS, UnreadableDate, parse_date
from documents.phrases import read_deadline
from documents.vietnamese import clean

_DASH = r"\s*(?:-|–|—|đến|tới)\s*"
_YEAR = r"(?:\s*(?:/|năm)\s*(?P<y>\d{4}))?"
_MONTHS = re.compile(
    rf"(?:từ\s+)?(?:tháng|t)?\s*(?P<a>\d{{1,2}})(?:{_DASH}(?:tháng|t)?\s*(?P<b>\d{{1,2}}))?{_YEAR}", re.IGNORECASE
)
_SHORT_QUARTER = re.compile(r"\bq\s*(?=[1-4IV])", re.IGNORECASE)
_DAY = re.compile(r"(?<![\d/.])(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?(?![\d/])", re.ASCII)
_LONG_DAY = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?", re.IGNORECASE)
_BEFORE = re.compile(r"^\s*trước\b", re.IGNORECASE)
_UNTIL = re.compile(r"^\s*(?:đến|tới|hết|chậm nhất|muộn nhất|xong|hạn|hoàn thành)\b", re.IGNORECASE)
_FROM = re.compile(r"^\s*(?:từ|bắt đầu)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """Both days belong to it."""

    starts: date
    ends: date


class UnreadableSpan(ValueError):
    """The text tells no time; the message says how to write one."""


def read_span(text: str, year: int) -> Span:
    """The days that `text` means in a plan of `year`; a year that it names itself counts. Raises UnreadableSpan."""
    said = " ".join(clean(text).split())
    if span := _day(said) or _months(said, year) or _days(said, year) or _phrase(said, year):
        return span
    raise UnreadableSpan(
        f"Chưa hiểu “{said[:40]}”. "
        f"Viết như: tháng 3; quý II; 3–5; cả năm; thường xuyên; 15/3/{year}; 01/3 – 15/4/{year}."
    )


def _day(said: str) -> Span | None:
    """A whole date and nothing else."""
    try:
        day = parse_date(said)
    except UnreadableDate as unread:
        if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,}", said, re.ASCII):
            raise UnreadableSpan(str(unread)) from None
        return None
    return Span(day, day)


def _months(said: str, year: int) -> Span | None:
    """ "3", "T3", "tháng 3/2022", "3–5", "từ tháng 3 đến tháng 5"."""
    match = _MONTHS.fullmatch(said)
    if not match:
        return None
    first, last = int(match["a"]), int(match["b"] or match["a"])
    if not 1 <= first <= last <= 12:
        raise UnreadableSpan(f"“{said[:40]}”: tháng viết từ 1 đến 12, tháng trước đứng trước.")
    return _whole_months(first, last, int(match["y"] or year))


def _whole_months(first: int, last: int, year: int) -> Span | None:
    if year not in YEARS:
        return None
    return Span(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def _days(said: str, year: int) -> Span | None:
    """One day or several; of "trước", "đến" and "từ" the other end is that of the year."""
    found = [match.groups() for match in (*_DAY.finditer(said), *_LONG_DAY.finditer(said))]
    if not found:
        return None
    years = [int(written) if len(written) == 4 else 2000 + int(written) for _d, _m, written in found if written]
    whole = years[-1] if years else year
    try:
        days = sorted(date(_of(written, whole), int(month), int(day)) for day, month, written in found)
    except ValueError:
        raise UnreadableSpan(f"“{said[:40]}”: không có ngày đó trong lịch. Hãy kiểm tra lại ngày và tháng.") from None
    first, last = days[0], days[-1]
    if len(days) == 1:
        if _BEFORE.match(said):
            last -= timedelta(days=1)
            first = min(last, date(last.year, 1, 1))
        elif _UNTIL.match(said):
            first = date(last.year, 1, 1)
        elif _FROM.match(said):
            last = date(last.year, 12, 31)
    return Span(first, last)


def _of(written: str | None, whole: int) -> int:
    year = whole if not written else int(written) if len(written) == 4 else 2000 + int(written)
    if year not in YEARS:
        raise ValueError(year)
    return year


def _phrase(said: str, year: int) -> Span | None:
    """ "Quý II, III", "6 tháng đầu năm", "cả năm"; what goes on or comes back runs all year."""
    read = read_deadline(_SHORT_QUARTER.sub("quý ", said), year)
    if read.months:
        whole = read.instant.year if read.instant else year
        return _whole_months(min(read.months), max(read.months), whole)
    return _whole_months(1, 12, year) if read.recurrence else None


def span_words(span: Span) -> str:
    """The shortest way to write it that reads back as the same: "Tháng 3/2022", "Quý II/2022", "01/03/2022"."""
    year = span.starts.year
    if span == _whole_months(span.starts.month, span.ends.month, year):
        first, last = span.starts.month, span.ends.month
        if (first, last) == (1, 12):
            return f"Cả năm {year}"
        if first == last:
            return f"Tháng {first}/{year}"
        if last - first == 2 and last % 3 == 0:
            return f"Quý {('I', 'II', 'III', 'IV')[first // 3]}/{year}"
        return f"Tháng {first} – {last}/{year}"
    days = [f"{day:%d/%m/%Y}" for day in (span.starts, span.ends)]
    return days[0] if days[0] == days[1] else " – ".join(days)
