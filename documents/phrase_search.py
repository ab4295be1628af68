"""Deadline phrases inside a sentence: where they begin and end. What one says is read by documents.phrases."""

import re

from documents.phrases import BEFORE, LIST, MONTH, NEXT_PERIOD, QUARTER, TIMES, UNTIL, read_deadline

_YEAR = r"(?:\s*(?:/|-|năm)\s*\d{4})?"
_EVERY = r"(?:h[ằà]ng|mỗi|từng)"
_LINK = r"(?:(?:là|vào|trong|đến|lúc)\s*){0,2}"
_LIMIT = rf"(?:{BEFORE}|{UNTIL}|vào|trong)\s*{_LINK}"
_WEEKDAY = r"(?:(?:thứ\s+\w+|chủ\s+nhật)\s*,?\s*(?:\(\s*)?)?"
_CLOCK = r"(?:\d{1,2}\s*(?:giờ|h|g|:)\s*\d{0,2}\s*(?:phút)?\s*,?\s*)?"
_DATE = r"\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?(?![\d/])"
_LONG = r"\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?"
# "ngày bầu cử 23/5/2021"
_NAMED_DAY = r"(?:các\s+)?ngày\s+(?:(?!tháng\b|quý\b)[^\d\s,.;()]+\s+){0,3}"
_DAY = rf"{_CLOCK}{_WEEKDAY}(?:(?:{_NAMED_DAY})?(?:{_LONG}|{_DATE})|ngày\s+\d{{1,2}}(?![\d/]))"
# "trước ngày 15/6 và ngày 15/12"
_MORE_DAYS = (
    rf"(?:\s*(?:\([^()]{{1,30}}\)\s*)?(?:,|và|hoặc|;)\s*(?:{BEFORE}\s+)?(?:ngày\s+)?(?:{_LONG}|{_DATE})){{0,3}}"
)
_PART = r"(?:0?6\s+tháng(?:\s+(?:đầu|cuối)\s+năm)?|(?:cả\s+)?năm|quý\s+[IV]{1,3}|0?9\s+tháng)"
_RHYTHM = r"(?:(?:0?[369]|sáu|ba)\s+tháng|nửa\s+năm|quý|tháng|năm|tuần)(?!\s+[IVX]+\b)"
_RHYTHMS = rf"{_RHYTHM}(?:\s*(?:,|;|và|hoặc|/)\s*(?:{_EVERY}\s+)?{_RHYTHM}(?!\s*\d)){{0,6}}"
_OF_PERIOD = (
    rf"(?:của\s+)?(?:{_EVERY}\s+(?:tháng|quý)|tháng\s+cuối(?:\s+cùng)?(?:\s+(?:của\s+)?(?:kỳ\s+báo\s+cáo|kỳ|"
    rf"(?:{_EVERY}\s+)?quý))?|{NEXT_PERIOD})"
)
_EVENT_END = r"[^,.;()]{2,70}?(?=\s*(?:[,.;()/]|$|\bvà\s+(?:gửi|báo|tổng|tham|đề)))"
_QUARTERS = rf"quý\s+{QUARTER}{LIST.format(unit='quý', item=QUARTER)}"
_MONTHS = rf"tháng\s+{MONTH}{LIST.format(unit='tháng', item=MONTH)}"
_FINDABLE = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        (
            # a report of several periods with a day each: "6 tháng trước ngày 05/6 và cả năm trước ngày 05/12"
            rf"{_PART}\s+{_LIMIT}{_DAY}(?:\s*(?:,|;|và)\s*(?:báo\s+cáo\s+)?{_PART}\s+{_LIMIT}{_DAY}){{1,3}}",
            rf"(?:định\s+kỳ\s+)?(?:{_LIMIT})?ngày\s+(?:làm\s+việc\s+|m[ùồ]ng\s+)?(?:\d{{1,2}}|cuối(?:\s+cùng)?)\s+{_OF_PERIOD}",
            # "ngày 20 của tháng đầu quý", "ngày làm việc cuối cùng của quý", "tuần thứ hai và tuần thứ tư của tháng"
            rf"(?:định\s+kỳ\s+)?(?:{_LIMIT})?(?:ngày\s+(?:làm\s+việc\s+)?(?:\d{{1,2}}|cuối(?:\s+cùng)?|đầu(?:\s+tiên)?)|"
            rf"(?:thứ\s+\w+\s+)?tuần\s+(?:thứ\s+\w+|đầu|cuối)(?:\s+và\s+tuần\s+(?:thứ\s+\w+|đầu|cuối))?)\s+(?:của\s+)"
            rf"(?:tháng\s+đầu\s+(?:của\s+)?quý|tháng|quý)(?!\s*\d|\s+(?:[IVX]+\b|đầu|cuối|sau|tiếp|kế|liền))",
            rf"(?:{_LIMIT})?ngày\s+\d{{1,2}}\s+(?:của\s+)?các\s+{_MONTHS}{_YEAR}",
            # what hangs on an event: no day follows from it
            rf"(?:(?:trong|chậm\s+nhất|muộn\s+nhất|không\s+quá|không\s+(?:chậm|muộn)\s+hơn|tối\s+đa|sau)\s*{_LINK}"
            rf"(?:thời\s+hạn\s+|vòng\s+|thời\s+gian\s+)?(?:không\s+quá\s+)?\d{{1,3}}\s+(?:ngày|giờ|tuần|tháng)(?:\s+làm\s+việc)?"
            rf"(?:\s*,)?\s+(?:kể\s+từ|tính\s+từ|từ|sau|trước)\s+(?:khi\s+|ngày\s+)?{_EVENT_END})",
            rf"(?:định\s+kỳ\s+|từ\s+(?:ngày\s+)?(?:{_LONG}|{_DATE}|\d{{1,2}})\s+)?{_LIMIT}{_DAY}{_MORE_DAYS}(?:\s+(?:{_EVERY})\s+(?:năm|quý|tháng))?",
            rf"(?:định\s+kỳ\s*,?\s*)?(?:vào\s+)?{_EVERY}\s+{_RHYTHMS}(?:(?:/|\s+)(?:một|0?1)\s+lần|/lần)?"
            rf"(?:\s*,\s*{_LIMIT}(?:ngày\s+\d{{1,2}}(?:\s+{_OF_PERIOD})?|{_DAY}))?",
            rf"định\s+kỳ\s*[,(:]?\s*(?:theo\s+)?(?!\w+\s+\d){_RHYTHMS}(?:(?:/|\s+)(?:một|0?1)\s+lần|/lần)?",
            rf"định\s+kỳ\s+{_PART}(?:\s*(?:,|và)\s*{_PART}){{1,4}}",
            rf"{_PART}(?:\s*,\s*{_PART}){{1,5}}\s+và\s+{_PART}|(?:0?6|sáu)\s+tháng(?:\s+đầu\s+năm)?\s*(?:và|,)\s*(?:cả\s+)?năm(?!\s*\d)",
            rf"(?:tháng|quý)\s*,\s*{_RHYTHMS}",
            rf"theo\s+(?:tháng|quý)(?!\s*\d|\s+[IVX]+\b)(?:\s*(?:,|và)\s*{_RHYTHM}){{0,3}}",
            r"(?:mỗi\s+|(?:0?[136]|một|ba|sáu)\s+|(?<!\d\s))(?:quý|tháng|năm)(?:(?:/|\s+)(?:một|0?1)\s+lần|/lần)",
            rf"{TIMES}(?:tuần|tháng|quý|năm)(?!\s*\d|\s+[IVX]+\b)",
            rf"(?:vào\s+)?(?:(?:thứ\s+\w+|ngày|tuần)\s+)*(?:tuần\s+)?(?:cuối|đầu|giữa)(?:\s+cùng)?\s+(?:của\s+)?(?:{_EVERY}\s+)"
            r"(?:quý|tháng|năm)",
            r"(?:vào\s+)?(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy)|chủ\s+nhật)\s+(?:tuần\s+(?:đầu|cuối)\s+)?(?:h[ằà]ng|mỗi)\s+"
            r"(?:tuần|tháng|quý)",
            r"(?:vào\s+)cuối\s+quý(?!\s+[IVX\d])",
            rf"{_LIMIT}{_QUARTERS}{_YEAR}",
            rf"{_QUARTERS}\s*(?:/|năm)\s*\d{{4}}",
            r"(?:trong|hết|trước)\s+(?:6|06|sáu|9|09|chín)\s+tháng\s+(?:đầu|cuối)\s+năm(?:\s+\d{4})?",
            rf"(?:{_LIMIT}(?:các\s+)?(?:(?:đầu|giữa|cuối)\s+)?|từ\s+){_MONTHS}{_YEAR}",
            rf"{_MONTHS}\s*(?:/|năm)\s*\d{{4}}",
            rf"(?:vào\s+|trong\s+)?(?:tuần\s+(?:thứ\s+\w+|đầu|cuối)|(?:vào\s+)(?:đầu|giữa|cuối)|(?:thượng|trung|hạ)\s+tuần)\s+"
            rf"(?:của\s+)?tháng\s+{MONTH}{_YEAR}",
            rf"(?:^|(?<=[;,]\s))cuối\s+(?:năm(?:\s+\d{{4}})?|{_QUARTERS}|{_MONTHS}{_YEAR})(?=\s*,?\s+[^\W\d])",
            rf"{_LIMIT}(?:hết\s+|cuối\s+)*(?:cuối|hết)\s+năm(?:\s+\d{{4}})?",
            rf"khi\s+(?:có|được|nhận\s+được)\s+yêu\s+cầu|khi\s+(?:các\s+|Sở\s|cấp\s|cơ\s+quan|đơn\s+vị)[^.;()]{{0,50}}?\s+(?:có\s+)?yêu\s+cầu|"
            rf"khi\s+cần(?:\s+thiết)?(?!\w)|(?:ngay\s+)?sau\s+khi\s+{_EVENT_END}|sau\s+mỗi\s+{_EVENT_END}|qua\s+mỗi\s+{_EVENT_END}",
        )
    )
    + ")",
    re.IGNORECASE,
)

# "Thời gian thực hiện: Quý II", "Hoàn thành: 30/6": what stands behind the colon is the deadline.
TRAILER = re.compile(
    r"(?:thời\s+(?:gian|hạn|điểm)|tiến\s+độ|hoàn\s+(?:thành|tất)|hạn|mốc|dự\s+kiến)(?:\s+[^\W\d]+){0,4}\s*:\s*(?P<said>[^.;()\n]{2,80})",
    re.IGNORECASE,
)
_AT_END = re.compile(
    rf"[,(]\s*(?P<said>{_QUARTERS}|{_MONTHS}|(?:ngày\s+)?\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?|cuối\s+năm)\s*[).;/]*\s*$",
    re.IGNORECASE,
)
_AT_START = re.compile(rf"\W*(?P<said>(?:vào\s+)?ngày\s+(?:{_LONG}|{_DATE}))(?=\s*,?\s+[^\W\d])", re.IGNORECASE)
_BEGINNING = re.compile(r"từ\s+(?:(?!đến|tới|[-–]).)*", re.IGNORECASE | re.DOTALL)


def find_deadlines(text):
    """The deadline phrases inside a sentence, as written, in order; when something begins is none."""
    found = [(match.start(), match.group().strip()) for match in _FINDABLE.finditer(text) if not _begins(match)]
    others = [*TRAILER.finditer(text), *_AT_END.finditer(text)]
    for match in [*others, *filter(None, (_AT_START.match(text),))]:
        said = match.group("said").strip()
        known = any(
            start <= match.start("said") < start + len(phrase) or match.start() <= start < match.end()
            for start, phrase in found
        )
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
