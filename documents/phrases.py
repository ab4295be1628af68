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


_EVERY = r"(?:h[ằà]ng|mỗi|từng|theo|định\s+kỳ(?:\s+theo)?)"
_RECURRENCES = (
    (
        "half_yearly",
        rf"(?:{_EVERY}|định\s+kỳ)\s+(?:0?6|sáu)\s+tháng|(?:0?6|sáu)\s+tháng(?:/lần|\s+(?:một|1)\s+lần)|{_EVERY}\s+nửa\s+năm",
    ),
    ("quarterly", rf"{_EVERY}\s+quý|(?:(?:một|1|0?3|ba)\s+)?(?:quý|(?:0?3|ba)\s+tháng)(?:/lần|\s+(?:một|1)\s+lần)"),
    ("monthly", rf"{_EVERY}\s+tháng|tháng(?:/lần|\s+(?:một|1)\s+lần)"),
    ("yearly", rf"{_EVERY}\s+năm|năm(?:/lần|\s+(?:một|1)\s+lần)"),
    ("continuous", r"thường\s+xuyên|liên\s+tục|hằng\s+ngày|hàng\s+ngày|hằng\s+tuần|hàng\s+tuần"),
    ("on_request", r"(?:khi\s+(?:có|được)\s+|theo\s+)yêu\s+cầu|đột\s+xuất|(?:ngay\s+)?sau\s+khi\b"),
)
_PERIODIC = ("monthly", "quarterly", "half_yearly", "yearly")
_RECURRENCES = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _RECURRENCES)

_BEFORE = r"(?:trước)"
_UNTIL = (
    r"(?:chậm\s+nhất|muộn\s+nhất|đến\s+hết|hết|đến|tới|xong|hoàn\s+thành\s+trong|thời\s+hạn|"
    r"hạn\s+(?:chót|cuối|nộp)|thời\s+gian)"
)
_NUMERIC_DAY = (
    r"(?<![\d/.])(?P<d>\d{1,2})\s*(?P<sep>[/.-])\s*(?P<m>\d{1,2})(?:\s*(?P=sep)\s*(?P<y>\d{4}|\d{2})(?!\d))?(?![\d/])"
)
_LONG_DAY = r"(?<!\d)(?P<ld>\d{1,2})\s+tháng\s+(?P<lm>\d{1,2})(?:\s+năm\s+(?P<ly>\d{4}))?(?!\d)"
_CUE = rf"(?:(?P<cue>{_BEFORE}|{_UNTIL})\s*(?::|là|vào)?\s*)"
_CLOCK = r"(?:(?P<hh>\d{1,2})\s*(?:giờ|h|g|:)\s*(?P<mm>\d{2})?\s*(?:phút)?\s*,?\s*)"
_DAYS = re.compile(_NUMERIC_DAY, re.ASCII)
_DAY = re.compile(rf"{_CUE}?{_CLOCK}?(?P<word>ngày\s+)?(?:{_LONG_DAY}|{_NUMERIC_DAY})", re.IGNORECASE | re.ASCII)
_NEXT = r"(?:sau|tiếp\s+theo|kế\s+tiếp|liền\s+kề|kế)"
_NEXT_PERIOD = rf"tháng\s+đầu(?:\s+tiên)?\s+(?:của\s+)?(?:quý|kỳ)\s+{_NEXT}|tháng\s+{_NEXT}"
_DAY_OF_PERIOD = re.compile(
    rf"{_CUE}?ngày\s+(?P<d>\d{{1,2}})\s+(?:của\s+)?(?:(?:h[ằà]ng|mỗi)\s+(?P<unit>tháng|quý)|"
    r"tháng\s+cuối(?:\s+cùng)?(?:\s+(?:của\s+)?(?:kỳ(?:\s+báo\s+cáo)?|(?:mỗi\s+|h[ằà]ng\s+)?(?P<of>quý)))?|"
    rf"{_NEXT_PERIOD})",
    re.IGNORECASE,
)
_YEAR = r"(?:\s*(?:/|-|năm)\s*(?P<y>\d{4}))?"
_LIST = r"(?:\s*(?:,|và|&|-|–|đến)\s*(?:{unit}\s*)?(?:{item})){{0,12}}"
_QUARTER = r"(?:IV|I{1,3}|[1-4])(?![\w])"
_QUARTERS = re.compile(
    rf"{_CUE}?quý\s+(?P<items>{_QUARTER}{_LIST.format(unit='quý', item=_QUARTER)}){_YEAR}", re.IGNORECASE
)
_MONTH = r"(?:1[0-2]|0?[1-9])(?![\d])"
_MONTHS = re.compile(
    rf"{_CUE}?tháng\s+(?P<items>{_MONTH}{_LIST.format(unit='tháng', item=_MONTH)}){_YEAR}", re.IGNORECASE
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
    if match := _chosen_day(text):
        instant, inclusive = _day_instant(match, year, strict_before)
        if recurrence == "yearly":
            recurrence = {2: "half_yearly", 4: "quarterly"}.get(len(_DAYS.findall(text)), recurrence)
        return DeadlinePhrase(phrase, instant, inclusive, recurrence)
    months, span_year, before = _span(text, year)
    if not months or recurrence in _PERIODIC and not (_QUARTERS.search(text) or _MONTHS.search(text)):
        return DeadlinePhrase(phrase, recurrence=recurrence)
    if recurrence in ("continuous", "on_request"):
        return DeadlinePhrase(phrase, recurrence=recurrence, months=months)
    if before and strict_before:
        return DeadlinePhrase(phrase, _last_instant_before(span_year, months[0]), False, recurrence)
    return DeadlinePhrase(phrase, _month_end(span_year, months[-1]), True, recurrence, months)


def _rhythm_of_day(match):
    """ "ngày 25 hằng tháng" is monthly; "ngày 05 của tháng đầu quý sau" quarterly, "… tháng sau" monthly."""
    said = match.group().lower()
    if (match.group("unit") or "").lower() == "tháng" or re.search(rf"tháng\s+{_NEXT}$", said):
        return "monthly"
    return "quarterly" if "quý" in said else None


def _is_before(match):
    return (match.group("cue") or "").lower() == "trước"


def _chosen_day(text):
    """The day that ends the phrase: one with a cue, else the last ("từ ngày 01/3 - 15/4")."""
    found = [
        m
        for m in _DAY.finditer(text)
        if m.group("cue") or m.group("word") or m.group("y") or m.group("ld") or len(text) < 12
    ]
    return next((match for match in found if match.group("cue")), found[-1] if found else None)


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


_RHYTHM = r"(?:0?[369]\s+tháng|quý|tháng|năm)"
_MONTH_LIST = rf"tháng\s+{_MONTH}{_LIST.format(unit='tháng', item=_MONTH)}"
_CUED = rf"(?:{_BEFORE}|trong|vào|đến\s+hết|hết|xong|hoàn\s+thành)\s+"
# "trước ngày 15/6 và ngày 15/12"
_MORE_DAYS = r"(?:\s*(?:,|và|hoặc)\s*(?:trước\s+)?(?:ngày\s+)?\d{1,2}\s*/\s*\d{1,2}(?:\s*/\s*\d{4})?(?![\d/])){0,3}"
_FINDABLE = re.compile(
    "|".join(
        (
            rf"(?:{_BEFORE}|{_UNTIL})\s*(?:là|vào)?\s*(?:\d{{1,2}}\s*(?:giờ|h)\s*\d{{0,2}}\s*,?\s*)?(?:ngày\s+)?\d{{1,2}}(?:\s*[/.-]\s*\d{{1,2}}(?:\s*[/.-]\s*\d{{4}})?|\s+tháng\s+\d{{1,2}}(?:\s+năm\s+\d{{4}})?){_MORE_DAYS}(?:\s+(?:h[ằà]ng|mỗi)\s+(?:năm|quý))?",
            rf"(?:(?:{_BEFORE}|{_UNTIL}|vào)\s*(?:là|vào)?\s*)?ngày\s+\d{{1,2}}\s+(?:của\s+)?(?:(?:h[ằà]ng|mỗi)\s+(?:tháng|quý)|tháng\s+cuối(?:\s+(?:của\s+)?(?:kỳ\s+báo\s+cáo|kỳ|(?:mỗi\s+|h[ằà]ng\s+)?quý))?|{_NEXT_PERIOD})",
            rf"(?:định\s+kỳ\s*,?\s*)?(?:h[ằà]ng|mỗi)\s+{_RHYTHM}(?:\s*(?:,|;|và|hoặc)\s*(?:h[ằà]ng\s+)?{_RHYTHM}(?!\s*\d)){{0,6}}",
            rf"định\s+kỳ\s+(?:theo\s+)?{_RHYTHM}(?!\s*\d)(?:\s*(?:,|và)\s*{_RHYTHM}(?!\s*\d)){{0,6}}",
            r"(?:mỗi\s+|0?[136]\s+)?(?:quý|tháng|năm)(?:/|\s+)(?:một|1|01)\s+lần",
            r"(?:vào\s+)?cuối\s+(?:mỗi\s+|h[ằà]ng\s+)(?:quý|tháng|năm)",
            rf"{_CUED}quý\s+{_QUARTER}{_LIST.format(unit='quý', item=_QUARTER)}(?:\s*(?:/|năm)\s*\d{{4}})?",
            rf"quý\s+{_QUARTER}{_LIST.format(unit='quý', item=_QUARTER)}\s*(?:/|năm)\s*\d{{4}}",
            r"(?:trong|hết)\s+(?:6|06|sáu|9|09|chín)\s+tháng\s+(?:đầu|cuối)\s+năm(?:\s+\d{4})?",
            rf"(?:{_CUED}(?:các\s+)?|từ\s+){_MONTH_LIST}(?:\s*(?:/|năm)\s*\d{{4}})?",
            rf"{_MONTH_LIST}\s*(?:/|năm)\s*\d{{4}}",
            r"khi\s+có\s+yêu\s+cầu|ngay\s+sau\s+khi\s+[^,.;]{3,60}",
        )
    ),
    re.IGNORECASE,
)


# "Thời gian thực hiện: Quý II", "Hoàn thành: 30/6": what stands behind the colon is the deadline.
TRAILER = re.compile(
    r"(?:thời\s+(?:gian|hạn|điểm)|tiến\s+độ|hoàn\s+thành|hạn)(?:\s+(?:thực\s+hiện|hoàn\s+thành|triển\s+khai|"
    r"tổ\s+chức|gửi|báo\s+cáo|nộp|cuối|chót|dự\s+kiến)){0,2}\s*:\s*(?P<said>[^.;()\n]{2,80})",
    re.IGNORECASE,
)
_AT_END = re.compile(
    rf"[,(]\s*(?P<said>quý\s+{_QUARTER}{_LIST.format(unit='quý', item=_QUARTER)}|{_MONTH_LIST})\s*[).;/]*\s*$",
    re.IGNORECASE,
)
_BEGINNING = re.compile(r"từ\s+(?:(?!đến|tới|[-–]).)*", re.IGNORECASE | re.DOTALL)


def find_deadlines(text):
    """The deadline phrases inside a sentence, as written, in order; when something begins is none."""
    found = [(match.start(), match.group().strip()) for match in _FINDABLE.finditer(text) if not _begins(match)]
    for match in (*TRAILER.finditer(text), *_AT_END.finditer(text)):
        said = match.group("said").strip()
        known = any(match.start() <= start < match.end() for start, _phrase in found)
        if not known and _means_something(said):
            found.append((match.start("said"), said))
    return [phrase for _start, phrase in sorted(found)]


def _begins(match):
    """ "từ tháng 4 năm 2016" says when something begins."""
    lead = match.string[max(0, match.start() - 4) : match.start()].lower()
    after = re.match(r"\s*(?:đến|tới|[-–])", match.string[match.end() : match.end() + 8])
    return bool(_BEGINNING.fullmatch(match.group()) or lead == " từ ") and not after


def _means_something(said):
    phrase = read_deadline(said, 2000)
    return bool(phrase.instant or phrase.recurrence or phrase.months)
