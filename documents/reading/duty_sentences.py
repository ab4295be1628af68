"""One sentence of a duty: who is asked, what for, and whom it is laid before."""

import re

from documents.phrases import find_deadlines
from documents.reading.duty_words import ADDRESSEES, ASK, OBJECTS, UNIT, VERBS
from documents.vietnamese import UPPER

_SENTENCES = re.compile(
    rf"(?<=[.!?])(?<!TP\.)(?<!\.\.)\s+(?=[{UPPER}])|;\s+(?=(?:[gG]iao|[đĐ]ề nghị|[yY]êu cầu|[pP]hân công)\s)"
)
_NAMED = re.compile(rf"{ASK}?{UNIT}")
_NEXT_UNIT = re.compile(rf";\s+(?={UNIT}[^.;:]{{0,80}}:\s)")
# Items set one behind the other in a line: "Văn phòng: - Tham mưu …; - Tổng hợp …".
_RUN_ON = re.compile(rf"(?:^|(?<=[.;:,]))\s*(?:[-–—+•]\s+|\(?(?:[a-hđ]|\d)\)\s*)(?=[{UPPER}])")
_SUBJECT = re.compile(
    rf"{ASK}?(?P<who>{UNIT}(?:[^.;:]|;\s+(?={UNIT})){{0,220}}?)(?:\s*:\s*|\s*,?\s+(?={VERBS}\b))(?:có\s+(?:trách\s+nhiệm|nhiệm\s+vụ)\s*:?\s*)?"
)
_ASSIGNS = re.compile(rf"[Pp]hân\s+công\s+(?!(?:cho\s+)?{UNIT}[^.;:]{{0,80}}:)")
_CLAUSE = re.compile(
    rf"(?:Trong|Quá\s+trình|Nếu|Khi|Căn\s+cứ|Trên\s+cơ\s+sở|Hằng|Hàng|Định\s+kỳ|Sau|Để|Theo|Chậm\s+nhất|Trước|"
    rf"Trường\s+hợp)\b[^.;]{{0,300}}?,\s+(?={ASK}?{UNIT})"
)
_LEADS = (
    rf"(?:\b[gG]ửi(?:\s+(?:báo\s+cáo|kết\s+quả|danh\s+sách))?(?:\s+(?:về|đến|cho|lên))?|"
    rf"\b[bB]áo\s+cáo(?:\s+(?:với|về|lên|cho))?|\b[tT]rình|\b[nN]ộp(?:\s+(?:về|cho))?|\bvề|\b(?:cho|đến)(?=\s+[{UPPER}])|"
    rf"\b(?:[đĐ]ăng\s+ký|[đĐ]ề\s+xuất|[kK]iến\s+nghị|[pP]hản\s+ánh|[tT]rao\s+đổi|[lL]iên\s+hệ|[bB]áo)"
    rf"(?:\s+(?!với\b)[^\s.;,()]+){{0,8}}?\s+(?:trực\s+tiếp\s+)?với)"
)
# What is set up "cho BHXH cấp huyện" is for its use and not laid before it.
_PROVIDES = re.compile(r"\b(?:lắp\s+đặt|cài\s+đặt|trang\s+bị|mua\s+sắm|nâng\s+cấp|cấp\s+phát)\b[^.;:]*$", re.IGNORECASE)
_STOP = rf"(?:{OBJECTS}|và\s+(?=[a-zđ]))"
_NAME = rf"(?:[^,.;:()/]){{0,80}}?(?=\s*(?:[,.;:(/]|$|{_STOP}(?!\w)))"
_TO = re.compile(
    rf"{_LEADS}\s+(?P<to>{ADDRESSEES}\b(?:{_NAME})(?:\s*,\s+(?={ADDRESSEES}\b)(?-i:(?=[{UPPER}])){_NAME}){{0,4}}"
    rf"(?:\s*\((?:(?:thông\s+)?qua\s+[^()]{{2,60}}|{ADDRESSEES}\b[^()]{{0,60}})\)|"
    rf"\s*,?\s+(?:thông\s+)?qua\s+{ADDRESSEES}\b{_NAME})?)"
)


def sentences_of(text):
    """The sentences of a text in groups: one for each item that is set one behind the other in a line."""
    return [
        sentences
        for item in _RUN_ON.split(text)
        if (sentences := [part for one in _SENTENCES.split(item) for part in _by_unit(one) if part.strip(" .;")])
    ]


def _by_unit(sentence):
    """ "Khoa Khám bệnh: trực; Phòng Điều dưỡng: tập huấn": each unit with what it is asked."""
    sentence = sentence.strip()
    head, colon, rest = sentence.partition(":") if _NAMED.match(sentence) else ("", "", sentence)
    first, *others = _NEXT_UNIT.split(rest)
    return [f"{head}{colon}{first}", *others]


def subject_of(sentence, known=None):
    """(who, what) of a sentence; who is None when it names nobody at its start.

    known: whom the heading names; "Phân công công chức phụ trách …" below it is what that one does.
    """
    text = sentence.strip()
    clause = _CLAUSE.match(text)
    rest = text[clause.end() :] if clause else text
    match = None if known and _ASSIGNS.match(rest) else _SUBJECT.match(rest)
    if not match:
        return None, text
    what, who = rest[match.end() :].strip(), " ".join(match.group("who").split()).strip(" ,")
    return who, f"{text[: clause.end()]}{what}" if clause and find_deadlines(clause.group()) else what


def addressee_of(sentence):
    """Whom the sentence lays its result before, as written, or None."""
    matches = _TO.finditer(sentence)
    match = next((found for found in matches if not _provides(sentence, found)), None)
    return " ".join(match.group("to").split()) if match else None


def _provides(sentence, found):
    return found.group().startswith("cho") and bool(_PROVIDES.search(sentence, 0, found.start()))
