"""Deadline phrases: "trước 27/02/2022", "chậm nhất là ngày 20 …", "Quý II, III", "định kỳ hàng quý".

The phrase is always kept as written; what it means is only added beside it. Nothing here raises on
any text: what is not understood has no instant, no recurrence and no months.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from documents.dates import TZ, YEARS, end_of_day
from documents.vietnamese import from_roman, nfc

ALL_YEAR = tuple(range(1, 13))
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class DeadlinePhrase:
    """What a deadline phrase says.

    instant: the last moment in time, aware (Asia/Ho_Chi_Minh), or None when no date follows from it.
    inclusive: True when the day named still counts, False after a strict "trước", None without a day.
    recurrence: monthly, quarterly, half_yearly, yearly, continuous, on_request (asked for, or after
    an event: "ngay sau khi …") or None. months: the months of the year it covers, or None.
    day: the day of the period's last month for "ngày 20 của tháng cuối kỳ báo cáo", else None.
    """

    phrase: str
    instant: datetime | None = None
    inclusive: bool | None = None
    recurrence: str | None = None
    months: tuple | None = None
    day: int | None = None


_EVERY = r"(?:h[ằà]ng|mỗi|từng|theo|định\s+kỳ\s*[(:,]?(?:\s+(?:theo|h[ằà]ng|mỗi|từng))?)"
_ONCE = r"(?:/|\s+)(?:một|0?1)\s+lần|/lần"
# "01 bài/tháng", "02 lần một quý"
TIMES = r"(?:\d+|một|hai|ba)\s+[^\W\d_]+(?:,?\s+[^\W\d_]+){0,2}?(?:\s*/\s*|\s+(?:một|mỗi|trên)\s+)"
# Periods side by side, "hằng tháng, quý", "quý, 6 tháng và năm": the shortest of them is the rhythm.
_SHORTER = r"(?:(?:0?[369]\s+tháng|quý|năm)\s*(?:,|và|/|;|hoặc)\s*(?:h[ằà]ng\s+)?)"
_RECURRENCES = (
    (
        "monthly",
        rf"{_EVERY}\s*{_SHORTER}{{0,3}}tháng(?!\s*\d)|(?<!\d )tháng(?:{_ONCE})|{TIMES}tháng(?!\s*\d)|"
        r"\bcủa\s+tháng(?!\s*\d|\s+(?:đầu|cuối|sau|tiếp|kế|liền))|(?<!\d )(?<!\w)tháng\s*,\s*(?:quý|0?6\s+tháng)",
    ),
    (
        "quarterly",
        rf"{_EVERY}\s*{_SHORTER}{{0,3}}(?:quý(?!\s+[IVX\d])|(?:0?3|ba)\s+tháng)|(?:quý|(?:0?3|ba)\s+tháng)(?:{_ONCE})|"
        rf"{TIMES}quý(?!\s+[IVX\d])|{_EVERY}\s*(?:0?[369]\s+tháng\s*,\s*)(?:0?9\s+tháng|quý)|"
        r"(?<!\w)quý\s*(?:,|và)\s*(?:0?6\s+tháng|năm)|quý\s+I\s*,\s*(?:0?6\s+tháng|quý\s+II)(?:\s+đầu\s+năm)?\s*,\s*(?:quý\s+III|0?9\s+tháng)|"
        r"\bcủa\s+quý(?!\s+(?:[IVX\d]|sau|tiếp|kế))|tháng\s+đầu\s+(?:của\s+)?quý(?!\s+(?:[IVX\d]|sau|tiếp|kế))|"
        r"cuối\s+(?:mỗi\s+|h[ằà]ng\s+|các\s+)?quý(?!\s+[IVX\d])",
    ),
    (
        "half_yearly",
        rf"{_EVERY}\s*{_SHORTER}{{0,3}}(?:0?6|sáu)\s+tháng|(?:0?6|sáu)\s+tháng(?:{_ONCE})|{_EVERY}\s*nửa\s+năm|"
        r"(?:0?6|sáu)\s+tháng(?:\s+đầu\s+năm)?\s*(?:,|và)\s*(?:(?:0?6\s+tháng\s+)?cuối\s+năm|(?:cả\s+)?năm)|"
        rf"(?:hai|0?2)\s+lần\s+(?:một|mỗi|trong)\s+năm",
    ),
    ("yearly", rf"{_EVERY}\s*năm|năm(?:{_ONCE})|(?<=\w)/\s*năm(?!\s*\d)"),
    ("continuous", r"thường\s+xuyên|liên\s+tục|(?:hằng|hàng|mỗi)\s+(?:ngày|tuần)|(?<=\w)/\s*tuần"),
    (
        "on_request",
        r"khi\s+(?:(?!báo\s+cáo\s)[^.;]){0,60}?yêu\s+cầu|khi\s+cần|theo\s+yêu\s+cầu|đột\s+xuất|(?:ngay\s+)?sau\s+khi\b",
    ),
)
_PERIODIC = ("monthly", "quarterly", "half_yearly", "yearly")
_RECURRENCES = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _RECURRENCES)

BEFORE = r"(?:trước(?:\s+thời\s+điểm)?)"
UNTIL = (
    r"(?:(?:chậm|muộn|trễ)\s+nhất|không\s+(?:muộn|chậm|trễ)\s+(?:hơn|quá)|không\s+(?:để\s+)?(?:quá|sau)|"
    r"(?:cho\s+)?đến\s+hết|hết|(?:cho\s+)?đến|tới|thời\s+hạn|"
    r"hạn\s+(?:chót|cuối(?:\s+cùng)?|nộp|gửi)|thời\s+gian)"
)
_NUMERIC_DAY = (
    r"(?<![\d/.])(?P<d>\d{1,2})\s*(?P<sep>[/.-])\s*(?P<m>\d{1,2})(?:\s*(?P=sep)\s*(?P<y>\d{4}|\d{2})(?!\d))?(?![\d/])"
)
_LONG_DAY = r"(?<!\d)(?P<ld>\d{1,2})\s+tháng\s+(?P<lm>\d{1,2})(?:\s+năm\s+(?P<ly>\d{4}))?(?!\d)"
LINK = r"(?:(?::|là|vào|trong|đến|lúc)\s*){0,2}"
_CUE = rf"(?:(?P<cue>{BEFORE}|{UNTIL}|xong|hoàn\s+thành)\s*{LINK})"
_CLOCK = (
    r"(?:(?P<hh>\d{1,2})\s*(?:giờ|h|g|:)\s*(?P<mm>\d{2})?\s*(?:phút)?\s*,?\s*"
    r"(?:(?:thứ\s+[^\s,]+|chủ\s+nhật)\s*,?\s*)?)"
)
_DAYS = re.compile(rf"{_NUMERIC_DAY}|{_LONG_DAY}", re.ASCII)
_FROM_TO = re.compile(r"\btừ\b|\d\s*(?:đến|tới|[-–])\s*(?:hết\s+)?(?:ngày\s+)?\d", re.IGNORECASE)
_NAMED_DAY = r"(?P<word>(?:các\s+)?ngày\s+(?:(?!tháng\b|quý\b)[^\d\s,.;()]+\s+){0,3})"
_DAY = re.compile(
    rf"{_CUE}?{_CLOCK}?{_NAMED_DAY}?(?:{_LONG_DAY}|{_NUMERIC_DAY})",
    re.IGNORECASE | re.ASCII,
)
_NEXT = r"(?:sau|tiếp\s+theo|kế\s+tiếp|liền\s+kề|kế)"
NEXT_PERIOD = rf"tháng\s+đầu(?:\s+tiên)?\s+(?:của\s+)?(?:quý|kỳ)\s+{_NEXT}|tháng\s+{_NEXT}"
_DAY_OF_PERIOD = re.compile(
    rf"{_CUE}?ngày\s+(?:m[ùồ]ng\s+)?(?P<d>\d{{1,2}})\s+(?:của\s+)?(?:(?:h[ằà]ng|mỗi)\s+(?P<unit>tháng|quý)|"
    r"tháng\s+cuối(?:\s+cùng)?(?:\s+(?:của\s+)?(?:kỳ(?:\s+báo\s+cáo)?|(?:mỗi\s+|h[ằà]ng\s+)?(?P<of>quý)))?|"
    rf"{NEXT_PERIOD})",
    re.IGNORECASE,
)
_YEAR = r"(?:\s*(?:/|-|năm)\s*(?P<y>\d{4}))?"
LIST = r"(?:\s*(?:,|và|&|-|–|đến)\s*(?:{unit}\s*)?(?:{item})){{0,12}}"
QUARTER = r"(?:IV|I{1,3}|[1-4])(?![\w]|\s+lần)"
_QUARTERS = re.compile(
    rf"{_CUE}?quý\s+(?P<items>{QUARTER}{LIST.format(unit='quý', item=QUARTER)}){_YEAR}", re.IGNORECASE
)
MONTH = r"(?:1[0-2]|0?[1-9])(?![\d])"
_MONTHS = re.compile(rf"{_CUE}?tháng\s+(?P<items>{MONTH}{LIST.format(unit='tháng', item=MONTH)}){_YEAR}", re.IGNORECASE)
_BY_NUMBER = {2: "half_yearly", 4: "quarterly"}  # days of a year → the rhythm
# "ngày 14 các tháng 3, 6, 9 và 12"
_DAY_OF_MONTHS = re.compile(
    rf"{_CUE}?ngày\s+(?P<d>\d{{1,2}})\s+(?:của\s+)?các\s+tháng\s+"
    rf"(?P<items>{MONTH}{LIST.format(unit='tháng', item=MONTH)}){_YEAR}",
    re.IGNORECASE,
)
_SPANS = (
    (re.compile(r"(?:6|06|sáu)\s+tháng\s+đầu\s+năm", re.IGNORECASE), tuple(range(1, 7))),
    (re.compile(r"(?:6|06|sáu)\s+tháng\s+cuối\s+năm", re.IGNORECASE), tuple(range(7, 13))),
    (re.compile(r"(?:9|09|chín)\s+tháng(?:\s+đầu\s+năm)?", re.IGNORECASE), tuple(range(1, 10))),
    (
        re.compile(
            r"(?:cả|trong|suốt|toàn)\s+năm|trong\s+cả\s+năm|(?:h[ếê]t|cuối)\s+năm|quanh\s+năm|^\s*năm\s+\d{4}\s*$",
            re.IGNORECASE,
        ),
        ALL_YEAR,
    ),
)
_PARTS = re.compile(r"quý\s+I\s*,\s*(?:0?6\s+tháng|quý\s+II)", re.IGNORECASE)
_SPAN_YEAR = re.compile(r"năm\s+(\d{4})|/\s*(\d{4})")


def read_deadline(phrase, year, *, strict_before=True):
    """What the phrase says in a plan of that year; a date without a year takes the plan's.

    strict_before: "trước 27/02/2022" ends at 26/02 23:59:59.999999; with False, as some offices
    read it, the whole of 27/02 still counts.
    """
    text = " ".join(nfc(phrase).split())
    recurrence = next((name for name, pattern in _RECURRENCES if pattern.search(text)), None)
    if match := _DAY_OF_PERIOD.search(text):
        recurrence = _rhythm_of_day(match) or recurrence
        inclusive = not (strict_before and _is_before(match))
        return DeadlinePhrase(phrase, None, inclusive, recurrence, None, int(match.group("d")))
    if match := _DAY_OF_MONTHS.search(text):
        months = _numbers(match.group("items"))
        inclusive = not (strict_before and _is_before(match))
        first = _day_of(int(match.group("d")), months[0], int(match.group("y") or year), inclusive)
        return DeadlinePhrase(phrase, first, inclusive, _BY_NUMBER.get(len(months), recurrence))
    if match := _chosen_day(text):
        instant, inclusive = _day_instant(match, year, strict_before)
        if recurrence in ("yearly", None) and not _FROM_TO.search(text):
            recurrence = _BY_NUMBER.get(len(_DAYS.findall(text)), recurrence)
        return DeadlinePhrase(phrase, instant, inclusive, recurrence)
    months, span_year, before = _span(text, year)
    if not months or recurrence in _PERIODIC and (_PARTS.search(text) or not _names_months(text)):
        return DeadlinePhrase(phrase, recurrence=recurrence)
    if recurrence in ("continuous", "on_request"):
        return DeadlinePhrase(phrase, recurrence=recurrence, months=months)
    if before and strict_before:
        return DeadlinePhrase(phrase, _last_instant_before(span_year, months[0]), False, recurrence)
    return DeadlinePhrase(phrase, _month_end(span_year, months[-1]), True, recurrence, months)


def _names_months(text):
    return bool(_QUARTERS.search(text) or _MONTHS.search(text))


def _rhythm_of_day(match):
    """ "ngày 25 hằng tháng" is monthly; "ngày 05 của tháng đầu quý sau" quarterly, "… tháng sau" monthly."""
    said = match.group().lower()
    if (match.group("unit") or "").lower() == "tháng" or re.search(rf"tháng\s+{_NEXT}$", said):
        return "monthly"
    return "quarterly" if "quý" in said else None


def _is_before(match):
    return (match.group("cue") or "").lower().startswith("trước")


def _chosen_day(text):
    """The day that ends the phrase: one with a cue, else the last ("từ ngày 01/3 - 15/4")."""
    found = [
        m
        for m in _DAY.finditer(text)
        if m.group("cue") or m.group("word") or m.group("y") or m.group("ld") or len(text) < 12
    ]
    return next(
        (match for match in found if match.group("cue")), found[-1 if _FROM_TO.search(text) else 0] if found else None
    )


def _day_instant(match, year, strict_before):
    day, month = int(match.group("ld") or match.group("d")), int(match.group("lm") or match.group("m"))
    written = match.group("ly") or match.group("y")
    year = int(f"20{written}" if written and len(written) == 2 else written or year)
    try:
        if year not in YEARS:
            return None, None
        value = date(year, month, day)
        inclusive = not (strict_before and _is_before(match))
        if match.group("hh"):
            moment = datetime.combine(value, time(int(match.group("hh")), int(match.group("mm") or 0)), tzinfo=TZ)
            return (moment if inclusive else moment - MOMENT), inclusive
        return (end_of_day(value) if inclusive else end_of_day(value - timedelta(days=1))), inclusive
    except ValueError:
        return None, None


def _day_of(day, month, year, inclusive):
    """The end of that day, of the day before when it does not count; None when there is no such day."""
    try:
        return end_of_day(date(year, month, day) - timedelta(days=not inclusive)) if year in YEARS else None
    except ValueError:
        return None


def _span(text, year):
    """(months, year, whether "trước" stands before) of quarters, months or a part of the year."""
    for months, pattern in ((3, _QUARTERS), (1, _MONTHS)):
        if match := pattern.search(text):
            numbers = _numbers(match.group("items"))
            covered = tuple(
                month for number in numbers for month in range((number - 1) * months + 1, number * months + 1)
            )
            return covered, int(match.group("y") or year), _is_before(match)
    for pattern, covered in _SPANS:
        if pattern.search(text):
            stated = _SPAN_YEAR.search(text)
            return covered, int(stated.group(1) or stated.group(2)) if stated else year, False
    return None, year, False


def _numbers(items):
    """The numbers of "II, III", "3 đến 6" or "3, tháng 5", in order, each once."""
    found, span = set(), False
    for word in re.findall(r"\b(?:[IVX]+|\d+)\b|-|–|đến", items, re.IGNORECASE):
        if word.lower() in ("-", "–", "đến"):
            span = True
            continue
        number = int(word) if word.isdigit() else from_roman(word)
        found.update(range(max(found), number + 1) if span and found else (number,))
        found.add(number)
        span = False
    return sorted(found)


def _month_end(year, month):
    if year not in YEARS:
        return None
    return end_of_day(date(year, month, calendar.monthrange(year, month)[1]))


def _last_instant_before(year, month):
    return end_of_day(date(year, month, 1) - timedelta(days=1)) if year in YEARS else None
