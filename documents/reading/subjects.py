"""Where the name of a unit ends and what it is to do begins: by the form of the name, by what the document itself
calls a unit, and only then by verbs. No single sign decides; the place with the most of them does."""

import re
from collections import Counter
from dataclasses import dataclass

from documents.reading.duty_words import ASK, IN_NAMES, NAMED, NEED_A_NAME, UNIT, VERBS
from documents.vietnamese import UPPER

_HEAD = re.compile(rf"{ASK}?(?P<who>(?:\d{{1,2}}\s+)?(?:{NAMED}|{UNIT}))")
_UNIT = re.compile(UNIT)
_VERB = re.compile(rf"{VERBS}\b")
_GAP = re.compile(r"(?P<bracket>\s*\([^()]{1,60}\)(?=\s))?\s*(?P<colon>:)?\s*(?P<stop>[,;])?\s*")
_WORD = re.compile(r"[^\s]+")
_LOW = re.compile(rf"(?<![{UPPER}])(?<=\s)(?=[a-zđà-ỹ])")
_LONGEST = 240
_HALFWAY, _WORD_DONE = -0.4, 0.4  # within and behind a word of which nothing is known
_OPEN = -5.0  # behind "và", "của": no name ends here
# What assigns, in any plan: never part of a name.
_ASSIGNS = re.compile(
    r"(?:(?:có|chịu)\s+(?:trách\s+nhiệm|nhiệm\s+vụ)|chủ\s+trì|sẽ|phải|cần|không|cùng|căn\s+cứ|được|là|tiếp\s+tục)\b"
)
# What goes on with a name in small letters and after which it may end: where the unit is, of what level.
_PLACED = re.compile(
    r"(?:cấp\s+(?:tỉnh|huyện|xã|cơ\s+sở|trên|dưới|sở|phòng|ủy|trung\s+ương)|nhà\s+nước|trung\s+ương|địa\s+phương|địa\s+bàn|sở\s+tại|"
    r"liên\s+quan|có\s+liên\s+quan|chuyên\s+môn|nghiệp\s+vụ|chức\s+năng|trực\s+thuộc|công\s+lập|cơ\s+sở|khác|còn\s+lại|nêu\s+trên|kèm\s+theo|này|"
    r"tỉnh|huyện|quận|phường|xã(?!\s+hội)|thị\s+trấn|thị\s+xã|thành\s+phố|đặc\s+khu|thôn|bản(?!\s+tin)|ấp|xóm|khóm|buôn|khu\s+(?:phố|vực|dân\s+cư)|"
    r"dân\s+phố|hai\s+cấp|các\s+cấp)\b"
)
# The fields of administration, which names are made of.
_FIELD = re.compile(
    r"(?:y\s+tế|xã\s+hội|kinh\s+tế|văn\s+h(?:óa|oá)|nhân\s+dân|hành\s+chính(?:\s+công)?|chính\s+trị|pháp\s+luật|đất\s+đai|dân\s+tộc|tôn\s+giáo|"
    r"giáo\s+dục|khoa\s+học|công\s+nghệ(?:\s+(?:số|thông\s+tin))?|môi\s+trường|đô\s+thị|nông\s+nghiệp|nông\s+thôn|tài\s+chính|dự\s+án|thị\s+trường|"
    r"doanh\s+nghiệp|lao\s+động|việc\s+làm|điện\s+tử|cộng\s+đồng|thanh\s+niên|thiếu\s+nhi|phụ\s+nữ|nông\s+dân|quốc\s+gia|quân\s+sự|"
    r"công\s+nghiệp|thương\s+mại|du\s+lịch|thể\s+thao|bảo\s+hiểm|nghề\s+nghiệp|mầm\s+non|tiểu\s+học|trung\s+học|phổ\s+thông|một\s+cửa|"
    r"chính\s+quyền|hạ\s+tầng|quy\s+hoạch|đầu\s+tư(?=\s+xây\s+dựng\s)|khu\s+công\s+nghiệp|khu\s+kinh\s+tế|kỹ\s+thuật|kết\s+quả|(?:đoàn|hội|đảng)\s+viên|người\s+lao\s+động)\b"
)
_FIRST = re.compile(rf"[{UPPER}][^\W\d_]*(?:\s+(?!{_FIELD.pattern})[a-zđà-ỹ][^\W\d_]*)?(?=\s)")
_JOINS = re.compile(r"(?:[-–—&/]|và|hoặc|của|thuộc|các|những|từng|mỗi|toàn|trên|tại|ở|số(?=\s+\d))(?=\s)")
# "được giao nhiệm vụ tại Kế hoạch này": which units, not what they do
_WHICH = re.compile(
    r"(?:được\s+(?:giao|phân\s+công|nêu|xác\s+định)(?:\s+(?:nhiệm\s+vụ|chủ\s+trì|phối\s+hợp|thực\s+hiện|,|và))*\s+)?"
    r"(?:nêu\s+|có\s+tên\s+)?(?:tại|trong|ở)\s+[^,;:.()]{2,60}?(?:này|kèm\s+theo|nêu\s+trên|trên|[IVX\d]+(?:\.\d+)*)(?=[\s,])"
)
_WITHIN = re.compile(
    r"(?:để|nhằm|về|cho|với|vào|từ|đến|lên|ra|qua|bằng|như|trước|sau|theo|trong|khi|người|việc)\s"
)  # inside what is done
_OBJECT = re.compile(r"(?:\d|[\"“«]|(?:các|những|một|mọi|từng|cho|về|lại|hết|ngay|với|việc|theo|tại|vào|từ|đến)\b)")
# "Cựu chiến | binh xã", "Kiểm sát | nhân dân huyện": where the unit is comes with the name; "có thủ tục": which units
_GOES_ON = re.compile(
    r"(?:(?!(?:về|cho|tại|của|ở|đến|lên|các|với|mỗi|từng|toàn)\s)[^\W\d]+\s+){1,4}(?:tỉnh|huyện|quận|phường|xã(?!\s+hội)|thị\s+trấn|thị\s+xã|thành\s+phố)\b|(?:có|chưa|đang|đã)\s"
)
_NUMBERED = re.compile(rf"(?:(?:số|vụ|đội|tổ|[Pp]hòng|khu vực)|[{UPPER}][^\W\d]*)\s*$")
_PERSON = re.compile(r"(?:[Ôô]ng|[Bb]à|[Đđ]ồng\s+chí|[Đđ]/c)\b")
_ALONE = re.compile(
    r"(?:Sở|Ban|Cục|Vụ|Đảng|Thuế|Đài|Phòng|Đội|Tỉnh|Huyện|Xã|Phường|Quận|Quỹ|Ngành|Ga)(?!\s+(?:ủy|uỷ|đoàn))(?=\s)"
)
_NEEDS_NAME = re.compile(rf"(?<![Vv]ăn )(?:{NEED_A_NAME})$")
# What a sentence may begin with that is nobody.
_THING = re.compile(
    r"(?:(?:Các|Những|Mọi|Toàn\s+bộ)\s+)?(?:Việc|Kinh\s+phí|Công\s+tác|Nội\s+dung|Hồ\s+sơ|Kết\s+quả|Tài\s+liệu|Danh\s+sách|"
    r"Nguồn|Hoạt\s+động|Hội\s+nghị|Nhiệm\s+vụ|Chuyên\s+mục|Sản\s+phẩm|Trên|Kế\s+hoạch|Quyết\s+định|Khó\s+khăn|Vướng\s+mắc|Thời|"
    r"Quá|Nếu|Khi|Trong|Sau|Trước|Để|Theo|Căn|Hằng|Hàng|Định|Chậm|Mỗi|Đối|Ngoài|Đây)\b",
    re.IGNORECASE,
)
_POST_OF = re.compile(r"(?:[Pp]hó\s+)?[Tt]rưởng\b")
_RESPONSIBLE = re.compile(r"(?:phụ\s+trách|làm\s+công\s+tác|trực(?!\s+tiếp)|tiếp\s+nhận)\b")
_OFFICER = re.compile(r"(?:chức|cán\s+bộ|viên|đồng\s+chí|chủ\s+tịch|giám\s+đốc|trưởng|phó|người)\b", re.IGNORECASE)
_BUILDS = re.compile(rf"(?:xây\s+dựng|đầu\s+tư)\s+{VERBS}\b")
# A name goes on behind these: "Quản lý" of what, "Phục vụ" whom.
_TRANSITIVE = re.compile(
    r"(?:quản\s+lý|đăng\s+ký|phục\s+vụ|hỗ\s+trợ|xúc\s+tiến|kiểm\s+soát|phát\s+triển|chuyển\s+đổi|ứng\s+dụng|xử\s+lý|khai\s+thác|"
    r"cung\s+ứng|bảo\s+vệ|đầu\s+tư|giải\s+quyết|phối\s+hợp|đào\s+tạo|bảo\s+trợ|chăm\s+sóc|xây\s+dựng)\b",
    re.IGNORECASE,
)
_MANY = re.compile(r"\b(?:[Cc]ác|[Nn]hững|[Tt]oàn|[Mm]ỗi|[Tt]ừng|[Tt]ất)\b|\d")
_OF_NAMES = re.compile(rf"{IN_NAMES}\b", re.IGNORECASE)
_STRETCH = re.compile(rf"(?<!\w)(?={UNIT})[^,.;:()|\n\"“”/]{{3,120}}(?=[,.;:()|\n\"“”/]|$)")
_LONGEST_LISTED = 110


def names_in(listed, texts):
    """How the units of a document are called, in small letters.

    listed: what stands where only units do (recipients, cells of a table, headings); texts: its sentences, of which
    a name counts that goes up to a stop more than once without a verb.
    """
    said = Counter(_lower(found.group()) for text in texts for found in _STRETCH.finditer(text) if _is_bare(found))
    often = {name for name, times in said.items() if times > 1}
    return frozenset(often | {_lower(name) for name in listed if len(name) <= _LONGEST_LISTED})


def _is_bare(found):
    """True for a stretch of text in which nothing is done."""
    words = list(_LOW.finditer(found.string, *found.span()))
    return not any(_VERB.match(found.string, at.start()) or _ASSIGNS.match(found.string, at.start()) for at in words)


def _lower(name):
    return " ".join(name.lower().split()).strip(" ,.;:")


@dataclass
class _Walk:
    """How far a name has been followed: end of what was taken in, what that ended with, what it has cost."""

    text: str
    start: int
    end: int
    closed: float
    head: int
    cost: float = 0.0

    def take(self, end, closed):
        """Goes on to end; behind words of which nothing is known a name is less sure to end."""
        unknown = self.closed in (_HALFWAY, _WORD_DONE)
        self.cost += 0.5 * unknown
        self.end, self.closed = end, min(closed, 0.8) if unknown else closed


def split_subject(text, names=frozenset()):
    """(who, what) of a sentence that begins with a unit, or None.

    names: how units are called elsewhere in the document, in small letters.
    """
    head = _HEAD.match(text)
    return _split(text, head.start("who"), head.end(), names, least=-1) if head else None


def split_unknown(text, names=frozenset(), least=1.5):
    """(who, what) of a sentence that begins with somebody whose kind is not known: "Cảng vụ Hàng hải …", or None."""
    if _VERB.match(text[:1].lower() + text[1:]) or not text[:1].isupper() or _THING.match(text):
        return None
    first = _FIRST.match(text)
    return _split(text, 0, first.end(), names, least) if first else None


def _split(text, start, head_end, names, least):
    best = None
    for end, follows, score in _ends(text, start, head_end, names):
        if best is None or score > best[2]:
            best = (end, follows, score)
    if best is None or best[2] <= least:
        return None
    end, follows, _score = best
    return " ".join(text[start:end].split()).strip(" ,"), text[follows:].strip()


def _ends(text, start, head_end, names):
    """(where the name may end, where the rest begins, how much speaks for it), from left to right."""
    walk = _Walk(text, start, head_end, _head_closes(text[start:head_end]), head_end)
    known = _known_end(text, start, names)
    while walk.end - start < _LONGEST:
        gap = _GAP.match(text, walk.end)
        at = gap.end()
        if gap["colon"]:
            yield walk.end, at, 4 - walk.cost
            return
        if at >= len(text) or text[at] in '.;:()"“«':
            return
        if gap["stop"] == ";" and not _UNIT.match(text, at):
            return
        if which := _WHICH.match(text, at):
            walk.end, walk.closed = which.end(), 2
            continue
        word = _WORD.match(text, at).group().rstrip(",.;:")
        if not word or not _take_name(walk, at, word, bool(gap["stop"])):
            if not word:
                return
            score = _score(walk, at, word, bool(gap["stop"]))
            score += 3 * (walk.end == known) - 3 * (known > walk.end)
            yield max(walk.end, gap.end("bracket")), at, score
            if not _take_unknown(walk, at, word, bool(gap["stop"])):
                return


def _head_closes(head):
    """How well a name may end right behind its head noun: "Văn phòng" and "Các phòng" well, "Phòng" badly."""
    if _MANY.match(head):
        return 2.0
    return -1.5 if _NEEDS_NAME.search(head) or _TRANSITIVE.search(head) else 1.0


def _known_end(text, start, names):
    """Where the longest name that the document ends so elsewhere ends here, or 0."""
    said, end = text[start : start + _LONGEST].lower(), 0
    for found in re.finditer(r"(?<=[\w)])(?=[\s,:]|$)", said):
        if " ".join(said[: found.start()].split()) in names:
            end = start + found.start()
    return end


def _take_name(walk, at, word, comma):
    """Takes in what can only go on with the name; False where it may have ended."""
    text = walk.text
    unit = _UNIT.match(text, at)
    if word[0].isupper() and not unit:
        walk.take(*_after_capital(walk, at, word))
    elif joined := _JOINS.match(text, at):
        walk.take(joined.end(), _OPEN)
    elif word.isdigit() and _NUMBERED.search(text, walk.start, walk.end):
        walk.take(at + len(word), 2)
    elif placed := _PLACED.match(text, at):
        walk.take(placed.end(), 2)
    elif field := _FIELD.match(text, at):
        walk.take(field.end(), 1.5)
    elif unit and (word[0].isupper() or not (_VERB.match(text, at) and walk.closed > 0)):
        within = walk.closed in (_OPEN, 1, 2) or comma or _MANY.match(unit.group())
        sure = 2 if _MANY.search(text, walk.start, unit.end()) else 1
        walk.take(unit.end(), sure if within and not _POST_OF.match(unit.group()) else _head_closes(unit.group()))
    else:
        return False
    return True


def _after_capital(walk, at, word):
    """(where a word of the name with a capital ends with its second half, how well the name may end there)."""
    text, start, end = walk.text, walk.start, at + len(word)
    before = re.search(r"(\S+)\s+$", text[start:at])
    if word.isupper() and len(word) > 1 or _ALONE.match(text, at) or _is_person(text, start, at):
        return end, 2
    proper = (
        before
        and before[1][0].isupper()
        and before[1][-1] not in ",-–"
        and not (_is_head(text, start, at) or text[walk.head : at].isspace())
    )
    verb = _VERB.match(text[at : at + 40].lower())
    if verb and verb.end() == len(word) and not proper:
        return end, _HALFWAY
    half = re.match(r"\s+([^\W\d_]+)", text[end:])
    if proper or not half or half[1][0].isupper():
        return end, 2
    end += half.end()
    return end, -1 if _TRANSITIVE.match(text, at) else 2


def _is_person(text, start, at):
    """True inside the name behind "Ông", "Bà", "đồng chí"."""
    return bool(_PERSON.match(text, start)) and "," not in text[start:at]


def _is_head(text, start, at):
    """True when the capital word before is a head noun, so that the next one opens a compound of its own."""
    unit = None
    for found in _UNIT.finditer(text, start, at):
        unit = found
    return bool(unit and not text[unit.end() : at].strip())


def _score(walk, at, word, comma):
    """How much speaks for the name ending before this word."""
    text = walk.text
    verb, unknown = _VERB.match(text, at), walk.closed in (_HALFWAY, _WORD_DONE)
    if walk.closed == _OPEN:
        return _OPEN
    score = walk.closed - walk.cost - 1.5 * comma * (unknown or not verb)
    if _ASSIGNS.match(text, at):
        return score + 4
    if verb:
        score += 1.2 if _OF_NAMES.match(text, at) else 3 if " " in verb.group() else 2
    elif _GOES_ON.match(text, at):
        score -= 1.5
    elif unknown and _WITHIN.match(text, at):
        score -= 3
    if _BUILDS.match(text, at) or _RESPONSIBLE.match(text, at) and _OFFICER.search(text, walk.start, walk.end):
        score -= 3
    after = text[at + len(word) :].lstrip()
    return score + (1 if _OBJECT.match(after) else 0.5 if _OBJECT.match(after.partition(" ")[2]) else 0)


def _take_unknown(walk, at, word, comma):
    """Goes on with a word that may as well have been the first of what is done."""
    text, verb = walk.text, _VERB.match(walk.text, at)
    if word[0].isdigit():
        return False
    if _BUILDS.match(text, at):
        walk.end, walk.closed = verb.end(), 1
        return True
    if _GOES_ON.match(text, at) and not verb and not re.match(r"(?:có|chưa|đang|đã)\s", text[at:]):
        walk.end, walk.closed = at + len(word), 0.9
        return True
    if (responsible := _RESPONSIBLE.match(text, at)) and _OFFICER.search(text, walk.start, walk.end):
        walk.end, walk.closed = responsible.end(), -1
        walk.cost += 0.35
        return True
    within = 0.5 if not verb and _WITHIN.match(text, at) else 0.0
    leaves = 1.0 if walk.closed > 0.5 and not _GOES_ON.match(text, at) else 0.0
    walk.cost += (1.0 if verb else 0.35) + comma + leaves + within
    walk.end = verb.end() if verb and _OF_NAMES.match(text, at) else at + len(word)
    walk.closed = _WORD_DONE if walk.closed == _HALFWAY else _HALFWAY  # most words have two syllables
    return walk.cost < 6
