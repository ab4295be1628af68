"""Duties: what the section "Tổ chức thực hiện" asks of whom, by when, how often, to whom."""

import re
from collections import Counter
from dataclasses import replace

from documents.phrase_search import TRAILER, find_deadlines
from documents.phrases import read_deadline
from documents.reading.duty_sentences import VERB, addressee_of, sentences_of, subject_of
from documents.reading.duty_words import ASK, NAMED, UNIT
from documents.reading.lines import is_upper
from documents.reading.model import Duty
from documents.reading.outline import folded
from documents.reading.subjects import names_in
from documents.reading.tables import split_units
from documents.vietnamese import fold

_SECTION = re.compile(
    r"(?:bien phap |cong tac |cach thuc |lo trinh |ke hoach )?(?:va )?to chuc,? (?:chi dao |va |trien khai,? )*"
    r"(?:thuc hien|trien khai)|phan cong|trach nhiem|(?:che do )?thong tin,? bao cao|che do bao cao|giao nhiem vu|"
    r"nhiem vu cua (?:cac|tung)|(?:cong tac )?(?:trien khai|thuc hien|chi dao)"
    r"(?:,? (?:va )?(?:to chuc |trien khai )?thuc hien)?(?: (?:cua )?ke hoach(?: nay)?)?\W*$|"
    r"(?:kinh phi|tien do|thoi gian),? va to chuc|dieu khoan thi hanh"
)
_TITLE_SUBJECT = re.compile(
    rf"(?:(?:[Tt]rách\s+nhiệm|[Nn]hiệm\s+vụ)\s+(?:của\s+)?|[Đđ]ối\s+với\s+|{ASK})?(?P<who>(?:\d{{1,2}}\s+)?(?:{NAMED}|{UNIT})[^.:]*)"
)
_ASKED = re.compile(
    r"(?:,?\s+(?:được\s+(?:đề\s+nghị|giao|phân\s+công|yêu\s+cầu)|có\s+(?:trách\s+nhiệm|nhiệm\s+vụ)|chịu\s+trách\s+nhiệm|chủ\s+trì|phối\s+hợp|thực\s+hiện|tham\s+mưu|cùng))+$"
)
_TRAILING = re.compile(
    r"(?:(?:thời\s+(?:gian|hạn|điểm)|mốc|hạn)(?:\s+[^\W\d]+){0,3}|dự\s+kiến|hoàn\s+(?:thành|tất)|kết\s+thúc|tiến\s+độ|xong)"
    r"(?:\s+(?:thực\s+hiện|hoàn\s+(?:thành|tất)|xong))?\s*:?",
    re.IGNORECASE,
)
_IN_FORCE = re.compile(
    r"chịu\s+trách\s+nhiệm\s+thi\s+hành|(?:quyết\s+định|kế\s+hoạch)[^.;]{0,20}có\s+hiệu\s+lực|căn\s+cứ\s+quyết\s+định[^.;]{0,20}thi\s+hành|"
    r"thi\s+hành\s+quyết\s+định",
    re.IGNORECASE,
)
_FORMULA = re.compile(
    r"khẩn\s+trương\s+triển\s+khai(?:\s+thực\s+hiện)?|nghiêm\s+túc\s+(?:tổ\s+chức\s+)?(?:triển\s+khai\s*,?\s*)?thực\s+hiện[^,;]{0,40}|triển\s+khai(?:\s+thực\s+hiện)?\s+nghiêm\s+túc",
    re.IGNORECASE,
)
# Words of which a closing formula is made; one of them must be the first kind.
_EARNEST = re.compile(r"nghiêm|khẩn\s+trương", re.IGNORECASE)
_FORMULA_WORDS = re.compile(
    r"(?:(?:khẩn\s+trương|nghiêm(?:\s+túc)?|tổ\s+chức|triển\s+khai|quán\s+triệt|thực\s+hiện|tốt|có\s+hiệu\s+quả|hiệu\s+quả|"
    r"đầy\s+đủ|kịp\s+thời|các|những|nội\s+dung|nhiệm\s+vụ|của|theo|trong|tại|kế\s+hoạch|này|và)\b[\s,./]*)+",
    re.IGNORECASE,
)
_PERIODIC = re.compile(
    r"báo\s+cáo\s+(?:kết\s+quả\s+|tình\s+hình\s+)?(?:định\s+kỳ\s+)?(?P<period>quý|tháng|0?6\s+tháng|năm)(?=\s*(?:[,.;)]|và|$|gửi|về|trước))",
    re.IGNORECASE,
)
# "… là tiêu chí xếp loại công chức hằng quý": the period is not the duty's.
_CRITERION = re.compile(
    r"\b(?:là|làm)\s+(?:một\s+)?(?:trong\s+(?:những|các)\s+)?(?:tiêu\s+chí|căn\s+cứ|cơ\s+sở|nội\s+dung)[^;.]*",
    re.IGNORECASE,
)
_GATHERED = re.compile(r"để\s+tổng\s+hợp|gửi\s+báo\s+cáo", re.IGNORECASE)
_OF_PARTS = re.compile(r"báo\s+cáo|kết\s+quả|sơ\s+kết|sáu\s+tháng|0?6\s+tháng|quý", re.IGNORECASE)
_FULL_DATE = re.compile(r"\d\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|năm\s+\d{4}", re.IGNORECASE)
# A closing sentence without a unit that says where difficulties are to be told.
_TELLS = re.compile(
    r"(?:khó\s+khăn|vướng\s+mắc|phát\s+sinh|bất\s+cập|thắc\s+mắc|chưa\s+rõ|chưa\s+phù\s+hợp|cần\s+trao\s+đổi)[^;]*?"
    r"\b(?:gửi|báo\s+cáo|phản\s+ánh|liên\s+hệ|kiến\s+nghị|trao\s+đổi)\b",
    re.IGNORECASE,
)
_DIFFICULT = re.compile(r"(?:(?:Mọi|Các|Những)\s+)?(?:khó\s+khăn|vướng\s+mắc|bất\s+cập|thắc\s+mắc)", re.IGNORECASE)
_TURNS_TO = re.compile(r"báo\s+cáo|phản\s+ánh|liên\s+hệ|kiến\s+nghị|\bbáo\s+(?:ngay|về|cho|lên)", re.IGNORECASE)
_GIVES_TASKS = re.compile(r"\b(?:phan cong|trach nhiem|nhiem vu|giao viec|trien khai|thuc hien|thi hanh|to chuc)\b")
_SEVERAL = 2
_LEADS_IN = re.compile(r"\b(?:giao|yêu\s+cầu|đề\s+nghị|phân\s+công)$", re.IGNORECASE)  # "Giám đốc Sở giao:"
_ROWS = ("header", "group", "row")
_LISTED = ("roman", "number", "letter")
# What a heading beside units may be about instead of a unit.
_TOPIC = re.compile(
    r"(?:kinh phi|nguon|thoi gian|tien do|lo trinh|che do|cong tac|noi dung|nhiem vu|trach nhiem|yeu cau|giai phap|"
    r"khen thuong|ky luat|to chuc|so ket|tong ket|bao cao|thong tin|ve|viec|giai doan|quy|thang|dot|buoc|phan cong|"
    r"kiem tra|hinh thuc|dieu khoan|hieu luc|muc|de xuat|kien nghi|cac (?:noi dung|nhiem vu|giai phap|hoat dong))\b"
)
_REPEATS = ("monthly", "quarterly", "half_yearly", "yearly")


def read_duties(reading):
    """The duties, in order; a sentence counts when it names who, a deadline, a rhythm or a recipient."""
    duties, subjects = [], {}
    year, before = reading.year or 0, None
    nodes = [node for node in reading.outline if node.part in ("body", "appendix") and node.level not in _ROWS]
    titles = {node.position: name for node in nodes if (name := _title_subject(node))}
    lists = Counter(node.parent for node in nodes if node.position in titles and node.level in _LISTED and node.title)
    named = [name for name in titles.values() if "," in name]
    names = _names(reading, titles, nodes)
    sections = {node.position for node in nodes if _is_section(node, lists)}
    for node in nodes:
        if not _within(node, reading.outline, sections):
            if sections and node.level == "paragraph" and node.position > min(sections):
                duties += _closing_duties(node, year, named, names)
            continue
        closes = node.level == "paragraph" and before is not None and before.parent == node.parent
        before, inherited = node, None if closes and before.mark else subjects.get(node.parent)
        titled = titles.get(node.position) or _among_units(node, lists)
        subjects[node.position] = titled or inherited
        if titled and (node.level == "paragraph" or _is_bullet(node)):
            subjects[node.parent] = titled  # "Văn phòng Sở:" on a line of its own, the list below it
        # behind the title of an entry its unit's own words, or a sentence that names its unit itself
        about = node.title and not subjects[node.position] and subject_of(node.content)[0] is None
        text = node.text if node.title and titled or about else node.content
        if not text or (node.title and not node.text) or (titled and not node.title):
            continue
        if duties and _is_trailer(text):
            duties[-1] = _with_deadline(duties[-1], text, year)
            continue
        duties += _node_duties(node, text, subjects[node.position], year, named, names)
    return duties


def _names(reading, titles, nodes):
    """How the document calls its units where nothing else can stand."""
    cells = [name for task in reading.tasks for name in (*split_units(task.lead), *task.support)]
    listed = [*titles.values(), *cells, *(one.name for one in reading.recipients)]
    return names_in(listed, [node.content for node in nodes])


def _closing_duties(node, year, named, names):
    """What a closing sentence behind another part than that on carrying out says: whom to turn to with difficulties."""
    found = []
    for sentence in (one for item in sentences_of(node.content) for one in item if _TELLS.search(one)):
        who, what = subject_of(sentence, names=names)
        found.append(_sentence_duty(node, sentence, (who, who, what), first=False, year=year, named=named))
    return [duty for duty in found if duty is not None and duty.to]


def _is_section(node, lists):
    """True for the part on carrying out: by its title, or by units listed below a title that speaks of tasks."""
    if not node.title:
        return False
    said = folded(node)
    return bool(_SECTION.match(said) or lists[node.position] >= _SEVERAL and _GIVES_TASKS.search(said))


def _within(node, nodes, sections):
    """True below a section on carrying out."""
    parent = node.parent
    while parent is not None and parent not in sections:
        parent = nodes[parent].parent
    return parent is not None


def _among_units(node, lists):
    """The title of an entry that stands in a list of units, in whatever words: "3. Già làng, người có uy tín"."""
    name = node.name
    if node.parent not in lists or node.level not in _LISTED or not 0 < len(name) <= 80:
        return None
    return None if VERB.match(name) or _TOPIC.match(fold(name)) else name


def _is_bullet(node):
    """True for "* Phòng Nội vụ", which stands above the dashes that follow it."""
    return node.level == "dash" and node.mark in ("*", "•", "●", "▪", "❖", "➢")


def _title_subject(node):
    name = node.name or (node.text.rstrip(" :") if node.text.endswith(":") else "")
    if not name and _is_bullet(node) and len(node.text) <= 60 and subject_of(node.text)[0] is None:
        name = node.text.rstrip()
    if not name or len(name) > 160 or _LEADS_IN.search(name):
        return None
    match = _TITLE_SUBJECT.fullmatch(name)
    if not match and is_upper(name):
        match = _TITLE_SUBJECT.fullmatch(name.capitalize())
    if not match:
        return None
    return _ASKED.sub("", name[match.start("who") :].strip())


def _node_duties(node, text, subject, year, named, names):
    found, current = [], subject
    for item in sentences_of(text):
        for sentence in item:
            if found and _is_trailer(sentence):
                found[-1] = _with_deadline(found[-1], sentence, year)
                continue
            who, what = subject_of(sentence, current, names)
            if _IN_FORCE.search(sentence):
                continue
            current = who or current
            asked = None if who is None and subject is None and _DIFFICULT.match(sentence) else current
            duty = _sentence_duty(node, sentence, (asked, who, what), first=sentence is item[0], year=year, named=named)
            found += [duty] * (duty is not None)
    return [_with_addressee(duty, found[order + 1 :]) for order, duty in enumerate(found)]


def _with_addressee(duty, following):
    """What is to be gathered goes to the one whom the sentences behind it name."""
    known = {other.to for other in following if other.to}
    if duty.to or len(known) != 1 or not _GATHERED.search(duty.what):
        return duty
    return replace(duty, to=known.pop())


def _sentence_duty(node, sentence, said, first, year, named):
    """The Duty of a sentence, or None when it asks nothing of anybody. said: (unit, unit named here, what)."""
    current, who, what = said
    what = what.strip(" .;/,-–:")
    phrases, to = find_deadlines(_CRITERION.sub("", what if who else sentence)), addressee_of(sentence, named)
    if not current and to and _TELLS.search(sentence):
        return _duty(node, "", what, phrases, to, year)
    if not current or not what or not (first or who or phrases or (to and _TURNS_TO.search(sentence))):
        return None
    phrases = phrases or find_deadlines(_CRITERION.sub("", sentence))
    if not phrases and _is_formula(node, what):
        return None
    return _duty(node, current, what, phrases, to, year)


def _is_formula(node, what):
    """True for "tổ chức thực hiện nghiêm Kế hoạch này"; behind the entries also for "triển khai thực hiện"."""
    earnest = node.level == "paragraph" or _EARNEST.search(what)
    return bool(_FORMULA.fullmatch(what) or earnest and _FORMULA_WORDS.fullmatch(what))


def _is_trailer(sentence):
    """True for "Thời gian thực hiện: Quý II." and "Hoàn thành trước ngày 30/6.": no more than a deadline."""
    said = sentence.strip(" .;/+-")
    if TRAILER.fullmatch(said):
        return True
    begins = _TRAILING.match(said)
    rest = said
    for phrase in find_deadlines(said) if begins else ():
        rest = rest.replace(phrase, "")
    return bool(begins) and rest != said and not _TRAILING.sub("", rest).strip(" ,.;:")


def _with_deadline(duty, trailer, year):
    """The duty with the deadline said behind it: "Thời gian thực hiện: Quý II"."""
    phrases = [*filter(None, (duty.phrase or "").split("; ")), *find_deadlines(trailer)]
    dated = _duty(None, duty.who, duty.what, phrases, duty.to, year)
    return replace(dated, node=duty.node)


def _rhythm_of(what, phrases, read):
    """The shortest rhythm said: of a phrase, or of a report named after its period; a full date is once."""
    said = {phrase.recurrence for phrase in read}
    once = any(map(_FULL_DATE.search, phrases))
    for named in _PERIODIC.finditer(what):
        rhythm = read_deadline(f"định kỳ {named.group('period')}", 0).recurrence
        if not once or rhythm in ("monthly", "quarterly") and not all(map(_FULL_DATE.search, phrases)):
            said.add(rhythm)
    return next((rhythm for rhythm in _REPEATS if rhythm in said), None) or _rhythm_of_days(what, read)


def _rhythm_of_days(what, read):
    """Two days of one report half a year apart are half-yearly, four of a year quarterly."""
    days = sorted({phrase.instant for phrase in read if phrase.instant and phrase.months is None})
    if not _OF_PARTS.search(what) or len(days) not in (2, 4) or (days[-1] - days[0]).days > 330:
        return None
    if len(days) == 4:
        return "quarterly"
    return "half_yearly" if 120 <= (days[1] - days[0]).days <= 240 else None


def _duty(node, who, what, phrases, to, year):
    read = [read_deadline(phrase, year) for phrase in phrases]
    dated = next((phrase for phrase in read if phrase.instant and phrase.months is None), None) or max(
        (phrase for phrase in read if phrase.instant), key=lambda phrase: phrase.instant, default=None
    )
    stated = dated or next((phrase for phrase in read if phrase.inclusive is not None), None)
    return Duty(
        who,
        what,
        "; ".join(phrases) or None,
        dated.instant if dated else None,
        stated.inclusive if stated else None,
        _rhythm_of(what, phrases, read),
        to,
        node.position if node else 0,
    )
