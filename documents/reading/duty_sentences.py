"""One sentence of a duty: who is asked, what for, and whom it is laid before."""

import re

from documents.phrase_search import find_deadlines
from documents.reading.duty_words import ADDRESSEES, ASK, NAMED, OBJECTS, TOGETHER, UNIT, VERBS
from documents.reading.subjects import split_subject, split_unknown
from documents.vietnamese import UPPER

_SENTENCES = re.compile(
    rf"(?<=[.!?])(?<!TP\.)(?<!Tp\.)(?<!\.\.)(?<!\b[A-ZĐ]\.)\s+(?=[{UPPER}]|\d{{2}}\s+[a-zđ])|"
    rf";\s+(?={ASK}{UNIT})"
)
_NAMED = re.compile(rf"{ASK}?{UNIT}")
_NEXT_UNIT = re.compile(rf";\s+(?={UNIT}[^.;:]{{0,80}}:\s)")
# Items set one behind the other in a line: "Văn phòng: - Tham mưu …; - Tổng hợp …", "(1) xây dựng …; (2) gửi …".
_RUN_ON = re.compile(
    rf"(?:^|(?<=[.;:,]))\s*(?:(?:[-–—+•]\s+|(?:[a-hđ]|\d)\)\s*)(?=[{UPPER}])|\((?:[a-hđ]|\d{{1,2}})\)\s*|"
    rf"(?<=[;:]) (?:[a-hđ])\)\s+|(?<=[.;:] )(?:[mM]ột|[hH]ai|[bB]a|[bB]ốn|[nN]ăm)\s+là,?\s+)"
)
_ASSIGNED = re.compile(r"^có\s+(?:trách\s+nhiệm|nhiệm\s+vụ)\s*:?\s*")
_GIVEN = re.compile(r"^được\s+(?:đề\s+nghị|giao|phân\s+công|yêu\s+cầu)(?:\s+nhiệm\s+vụ)?\s+")
_ASSIGNS = re.compile(rf"[Pp]hân\s+công\s+(?!(?:cho\s+)?{UNIT}[^.;:]{{0,80}}:)")
_EACH = re.compile(r"(?:[Mm]ỗi|[Tt]ừng)\s")
# "Giám đốc Sở giao Văn phòng Sở …": the one who is given the task
_GIVES = re.compile(
    rf"(?:UBND|Ủy\s+ban|Uỷ\s+ban|Giám\s+đốc|Chủ\s+tịch|Lãnh\s+đạo|Sở|Cục|Ban|Hiệu\s+trưởng|Trưởng)\b[^.;:,]{{0,80}}?\s+"
    rf"(?:giao|yêu\s+cầu|đề\s+nghị)\s+(?:cho\s+)?(?={UNIT})"
)
_CLAUSE = re.compile(
    rf"(?:Trong|Quá\s+trình|Nếu|Khi|Căn\s+cứ|Trên\s+cơ\s+sở|Hằng|Hàng|Định\s+kỳ|Sau|Để|Theo(?!\s+dõi)|Chậm\s+nhất|Trước|Từ|Vào|"
    rf"Đối\s+với|Ngoài|Bên\s+cạnh|Qua|Ngay|Cuối|Ngày|Tháng|Quý|Muộn\s+nhất|Không\s+quá|Mỗi|Nhằm|Ngoài|Riêng|Đồng\s+thời|Có|"
    rf"Trường\s+hợp)\b[^.;]{{0,300}}?,\s+(?={ASK}?{UNIT})"
)
_DIFFICULTY = re.compile(r"khó\s+khăn|vướng\s+mắc|phát\s+sinh|quá\s+trình|bất\s+cập", re.IGNORECASE)
_CONDITION = re.compile(r"Nếu|Khi|Có\b|Trường\s+hợp|Quá\s+trình|Trong\s+quá\s+trình")
_CHANGE = re.compile(
    r"khó\s+khăn|vướng\s+mắc|bất\s+cập|điều\s+chỉnh|sửa\s+đổi|bổ\s+sung|thay\s+đổi|không\s+phù\s+hợp|trao\s+đổi",
    re.IGNORECASE,
)
# "Đề nghị Hiệp hội Du lịch tỉnh vận động …": whoever is asked, in whatever words
_ASK = re.compile(rf"(?:(?:Trân\s+trọng|Kính)\s+)?(?:{ASK}|Mời\s+)", re.IGNORECASE)
_ASKED_LATER = re.compile(
    rf"^(?!{VERBS}\b)[^.;:]{{2,200}}?[\s,]+(?:đề\s+nghị|yêu\s+cầu|giao\s+cho|giao)\s+(?P<who>{UNIT}[^.;:]{{0,160}}?)\s*,?\s+"
    rf"(?={VERBS}\b)"
)
# "Kinh phí do Phòng Tài chính bố trí", "Việc chấp hành được Thanh tra Sở kiểm tra"
_PASSIVE = re.compile(
    rf"^(?P<head>[^.;:]{{3,160}}?)\s+(?P<link>do|được|(?:được\s+)?(?:giao|phân\s+công)(?:\s+cho)?)\s+"
    rf"(?P<who>(?=(?-i:[{UPPER}])|[Cc]ác\s)(?:{NAMED}|{UNIT})[^.;:]{{0,160}}?)\s+(?={VERBS}\b)"
)
# What a sentence may begin with that is said of a thing and not of the unit in the heading.
_THING = re.compile(
    r"(?:(?:Các|Những|Mọi|Toàn\s+bộ)\s+)?(?:Việc|Kinh\s+phí|Công\s+tác|Nội\s+dung|Hồ\s+sơ|Kết\s+quả|Tài\s+liệu|Danh\s+sách|"
    r"Nguồn|Hoạt\s+động|Hội\s+nghị|Nhiệm\s+vụ|Chuyên\s+mục|Sản\s+phẩm)\b",
    re.IGNORECASE,
)
VERB = re.compile(rf"{VERBS}\b", re.IGNORECASE)
_LEADS = (
    rf"(?:\b[gG]ửi(?:\s+(?:báo\s+cáo|kết\s+quả|danh\s+sách|văn\s+bản))?(?:\s+(?:về|đến|cho|lên|tới))?|"
    rf"\b[bB]áo\s+cáo(?:\s+(?:với|về|lên|cho|tới))?|\b[tT]rình|\b[nN]ộp(?:\s+(?:về|cho))?|\b[cC]huyển(?:\s+(?:về|cho|đến|lên))?(?=\s+[{UPPER}])|\bvề|"
    rf"\b(?:cho|đến)(?=\s+[{UPPER}])|"
    rf"\b(?:[đĐ]ăng\s+ký|[đĐ]ề\s+xuất|[kK]iến\s+nghị|[pP]hản\s+ánh|[tT]rao\s+đổi|[lL]iên\s+hệ|[bB]áo)"
    rf"(?:\s+(?!với\b)[^\s.;()]+){{0,12}}?\s+(?:trực\s+tiếp\s+)?với(?!\s+(?:Báo|Đài)\b)|\b[lL]iên\s+hệ|\b(?:[đĐ]ề\s+xuất|[kK]iến\s+nghị|[xX]in\s+ý\s+kiến|[lL]ấy\s+ý\s+kiến|[bB]àn\s+giao))"
)
# What is set up "cho BHXH cấp huyện" is for its use and not laid before it.
_PROVIDES = re.compile(r"\b(?:lắp\s+đặt|cài\s+đặt|trang\s+bị|mua\s+sắm|nâng\s+cấp|cấp\s+phát)\b[^.;:]*$", re.IGNORECASE)
_STOP = rf"(?:{OBJECTS}|và\s+(?=[a-zđ]))"
_NAME = rf"(?:[^,.;:()/]){{0,80}}?(?=\s*(?:[,.;:(/]|$|{_STOP}(?!\w)))"
_TO = re.compile(
    rf"(?P<lead>{_LEADS})\s+(?P<to>{ADDRESSEES}\b(?:{_NAME})"
    rf"(?:\s*,\s+(?:(?={ADDRESSEES}\b)(?-i:(?=[{UPPER}]))|{TOGETHER}\b){_NAME}){{0,4}}"
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
    return [clause for part in (f"{head}{colon}{first}", *others) for clause in _by_clause(part)]


def _by_clause(sentence):
    """The clauses of a sentence of which each later one says by itself who does what."""
    start = 0
    for cut in re.finditer(r";\s+", sentence):
        before, after = sentence[start : cut.start()], sentence[cut.end() :].partition(";")[0]
        if _names_doer(after) and _is_whole(before):
            yield before
            start = cut.end()
    yield sentence[start:]


def _names_doer(clause):
    done = _PASSIVE.match(clause)
    return bool(subject_match(clause) or done and done["link"] == "do") and not VERB.match(clause)


def _is_whole(clause):
    """True when a clause has its verb, and does not end in the list of those with whom something is done."""
    listed = re.search(rf"(?:phối\s+hợp|cùng|với)(?:\s+chặt\s+chẽ)?(?:\s+với)?\s+{UNIT}([^:]*)$", clause, re.IGNORECASE)
    if listed and not VERB.search(listed.group(1)):
        return False
    return bool(VERB.match(clause) or subject_match(clause) or _PASSIVE.match(clause))


def subject_of(sentence, known=None, names=frozenset()):
    """(who, what) of a sentence; who is None when it names nobody.

    known: whom the heading names; "Phân công công chức phụ trách …" below it is what that one does, and
    "Mỗi phòng …" is said of each of them.
    """
    text = sentence.strip()
    if known and _EACH.match(text):
        return None, text
    clause = _CLAUSE.match(text)
    rest = text[clause.end() :] if clause else text
    gives = None if known else _GIVES.match(rest)
    rest = rest[gives.end() :] if gives else rest
    found = None if known and _ASSIGNS.match(rest) else subject_match(rest, names)
    if found:
        who, what = found
        kept = clause and _is_kept(clause.group())
        return who, f"{text[: clause.end()]}{what}" if kept else what
    if done := _doer(text, known):
        return done
    if not known and (asked := _ASK.match(text)) and (found := split_unknown(text[asked.end() :], names, least=0)):
        return found
    if not known and (asked := _ASKED_LATER.match(text)):
        return _name(asked), text[asked.end() :].strip()
    return (None if known or clause else split_unknown(text, names)) or (None, text)


def _is_kept(clause):
    """False for the condition under which a closing sentence holds: "Nếu có vướng mắc", "Khi cần điều chỉnh"."""
    if _CONDITION.match(clause) and _CHANGE.search(clause):
        return False
    return bool(find_deadlines(clause)) or not _DIFFICULTY.search(clause)


def subject_match(text, names=frozenset()):
    """(who, what) of a sentence that begins with a unit, or None."""
    found = split_subject(text, names)
    if not found:
        return None
    who, what = found
    return who, _GIVEN.sub("", _ASSIGNED.sub("", what, count=1), count=1)


def _doer(text, known):
    """(who, what) of a sentence in which the unit stands behind what it does."""
    found = _PASSIVE.match(text)
    if not found:
        return None
    who, head = _name(found), found.group("head")
    may_differ = found.group("link") == "do" or _THING.match(head)
    of_known = known and (who.casefold() in known.casefold() or known.casefold() in who.casefold())
    if not of_known and (VERB.match(head) or _NAMED.match(head) or known and not may_differ):
        return None
    link = "được " if found.group("link") == "được" else ""
    return known if of_known else who, f"{head} {link}{text[found.end() :].strip()}"


def _name(match):
    return " ".join(match.group("who").split()).strip(" ,")


def addressee_of(sentence, names=()):
    """Whom the sentence lays its result before, as written, or None.

    names: units of the plan whose names have a comma in them, which else would end them.
    """
    found = [match for match in _TO.finditer(sentence) if not _provides(sentence, match)]
    if not found:
        return None
    # "trình Giám đốc ký, gửi Sở Nội vụ": signed here, laid before the one behind
    sent = next((match for match in found[1:] if _is_sent(match)), None) if _is_signed(sentence, found[0]) else None
    to, start = (sent or found[0]).group("to"), (sent or found[0]).start("to")
    known = (name for name in names if len(name) > len(to) and sentence.startswith(name, start))
    return " ".join(max(known, key=len, default=to).split())


def _is_signed(sentence, match):
    after = sentence[match.end() : match.end() + 20]
    return match.group("lead").lower() == "trình" and bool(re.match(r"\s*,?\s*(?:ký|ban\s+hành)\b", after))


def _is_sent(match):
    return match.group("lead").lower().startswith(("gửi", "báo cáo", "nộp"))


def _provides(sentence, found):
    return found.group().startswith("cho") and bool(_PROVIDES.search(sentence, 0, found.start()))
