"""Duties: what the section "Tổ chức thực hiện" asks of whom, by when, how often, to whom."""

import re

from documents.phrases import find_deadlines, read_deadline
from documents.reading.duty_words import UNIT, VERBS
from documents.reading.model import Duty
from documents.reading.outline import folded
from documents.vietnamese import UPPER

_SECTION = re.compile(
    r"(?:cong tac )?to chuc (?:thuc hien|trien khai)|phan cong|trach nhiem|"
    r"che do (?:thong tin,? )?bao cao|giao nhiem vu"
)
_SENTENCES = re.compile(
    rf"(?<=[.!?])(?<!TP\.)(?<!\.\.)\s+(?=[{UPPER}])|;\s+(?=(?:[gG]iao|[đĐ]ề nghị|[yY]êu cầu|[pP]hân công)\s)"
)
_ASK = r"(?:(?:[Gg]iao|[Đđ]ề\s+nghị|[Yy]êu\s+cầu|[Pp]hân\s+công)\s+(?:cho\s+)?)"
_SUBJECT = re.compile(
    rf"{_ASK}?(?P<who>{UNIT}(?:[^.;:]|;\s+(?={UNIT})){{0,220}}?)(?:\s*:\s*|\s*,?\s+(?={VERBS}\b))(?:có\s+(?:trách\s+nhiệm|nhiệm\s+vụ)\s*:?\s*)?"
)
_CLAUSE = re.compile(
    rf"(?:Trong|Quá\s+trình|Nếu|Khi|Căn\s+cứ|Trên\s+cơ\s+sở|Hằng|Hàng|Định\s+kỳ|Sau|Để|Theo|Chậm\s+nhất|Trước)\b[^.;]{{0,300}}?,\s+(?={_ASK}?{UNIT})"
)
_TITLE_SUBJECT = re.compile(
    rf"(?:(?:[Tt]rách\s+nhiệm|[Nn]hiệm\s+vụ)\s+(?:của\s+)?|[Đđ]ối\s+với\s+|{_ASK})?(?P<who>{UNIT}[^.:]*)"
)
_TO_UNIT = (
    r"(?:[Vv]ăn\s+phòng|[Pp]hòng|Sở|UBND|[UỦ][ỷyỶY]?\s+ban|Giám\s+đốc|Lãnh\s+đạo|lãnh\s+đạo\s+Sở|Chủ\s+tịch|Phòng|"
    r"Ban(?!\s+hành)|Thanh\s+tra|Bộ|Trung\s+tâm|Chính\s+phủ|Hội\s+đồng|(?:Tỉnh|Thành|Huyện)\s+ủy|"
    r"Cục|Tổng\s+cục|Chi\s+cục)"
)
_TO = re.compile(
    rf"(?:\bvề|\b[gG]ửi(?:\s+báo\s+cáo)?(?:\s+(?:về|đến|cho))?|\b[bB]áo\s+cáo(?:\s+(?:với|về|lên))?|\bcho|\bđến|\b[tT]rình|\b[nN]ộp(?:\s+(?:về|cho))?)\s+(?P<to>{_TO_UNIT}\b[^,.;()]{{0,80}}?(?:\s*\((?:thông\s+)?qua\s+[^()]{{2,60}}\))?)"
    r"(?=\s*(?:,|\.|;|$|\(|(?:để|trước|chậm|định\s+kỳ|theo|xem|kết\s+quả|tổng\s+hợp|trong|hằng|hàng|khi|vào|và(?=\s+[a-zđ])|đúng)\b|/))"
)
_GATHERED = re.compile(r"để\s+tổng\s+hợp|tổng\s+hợp\s*,?\s*báo\s+cáo|báo\s+cáo", re.IGNORECASE)
_IN_FORCE = re.compile(r"chịu\s+trách\s+nhiệm\s+thi\s+hành|có\s+hiệu\s+lực", re.IGNORECASE)
_FORMULA = re.compile(
    r"nghiêm\s+túc\s+(?:tổ\s+chức\s+)?(?:triển\s+khai\s*,?\s*)?thực\s+hiện[^,;]{0,40}|triển\s+khai(?:\s+thực\s+hiện)?\s+nghiêm\s+túc",
    re.IGNORECASE,
)
_PERIODIC = re.compile(
    r"báo\s+cáo\s+(?:kết\s+quả\s+|tình\s+hình\s+)?(?:định\s+kỳ\s+)?(?P<period>quý|tháng|0?6\s+tháng|năm)(?=\s*(?:[,.;)]|và|$|gửi|về|trước))",
    re.IGNORECASE,
)
_REPEATS = ("monthly", "quarterly", "half_yearly", "yearly")


def read_duties(reading):
    """The duties, in order; a sentence counts when it names who, a deadline, a rhythm or a recipient."""
    duties, subjects = [], {}
    year, before = reading.year or 0, None
    for node in reading.outline:
        if node.level in ("header", "group", "row"):
            continue
        if node.part not in ("body", "appendix") or not _within(node, reading.outline):
            continue
        closes = node.level == "paragraph" and before is not None and before.parent == node.parent
        before, inherited = node, None if closes and before.mark else subjects.get(node.parent)
        subjects[node.position] = _title_subject(node) or inherited
        text = node.text if node.title and _title_subject(node) else node.content
        if not text or (node.title and not node.text):
            continue
        duties += _node_duties(node, text, subjects[node.position], year)
    return duties


def _within(node, nodes):
    """True below a section on carrying out, or in an article of a decision after the first."""
    current = node
    while current is not None:
        if current.level == "article" and current.label != "1":
            return True
        if current is not node and current.title and _SECTION.match(folded(current)):
            return True
        current = nodes[current.parent] if current.parent is not None else None
    return False


def _title_subject(node):
    match = _TITLE_SUBJECT.fullmatch(node.name) if node.title and len(node.title) <= 160 else None
    return re.sub(r"\s+có\s+(?:trách\s+nhiệm|nhiệm\s+vụ)$", "", match.group("who").strip()) if match else None


def _node_duties(node, text, subject, year):
    found, current = [], subject
    for order, sentence in enumerate(_SENTENCES.split(text)):
        who, what = _subject(sentence)
        if _IN_FORCE.search(sentence):
            continue
        current = who or current
        phrases, to = find_deadlines(what if who else sentence), _TO.search(sentence)
        if current and (order == 0 or who or phrases or (to and "báo cáo" in sentence.lower())):
            phrases = phrases or find_deadlines(sentence)
            if not phrases and _FORMULA.fullmatch(what.strip(" ./")):
                continue
            found.append((current, what.strip(" .;/,"), phrases, " ".join(to.group("to").split()) if to else None))
    known = {to for _, _, _, to in found if to}
    only = known.pop() if len(known) == 1 else None
    return [
        _duty(node, who, what, phrases, to or (only if _GATHERED.search(what) else None), year)
        for who, what, phrases, to in found
    ]


def _subject(sentence):
    """(who, what) of a sentence; who is None when it names nobody at its start."""
    text = sentence.strip()
    clause = _CLAUSE.match(text)
    rest = text[clause.end() :] if clause else text
    match = _SUBJECT.match(rest)
    if not match:
        return None, text
    what = rest[match.end() :].strip()
    return " ".join(match.group("who").split()).strip(
        " ,"
    ), f"{text[: clause.end()]}{what}" if clause and find_deadlines(clause.group()) else what


def _rhythm_of(what):
    """The rhythm of a report named after its period: "báo cáo quý, 6 tháng, năm"."""
    named = _PERIODIC.search(what)
    return read_deadline(f"định kỳ {named.group('period')}", 0).recurrence if named else None


def _duty(node, who, what, phrases, to, year):
    read = [read_deadline(phrase, year) for phrase in phrases]
    dated = next((phrase for phrase in sorted(read, key=lambda one: one.months is not None) if phrase.instant), None)
    rhythm = next((phrase.recurrence for phrase in read if phrase.recurrence in _REPEATS), None) or _rhythm_of(what)
    stated = dated or next((phrase for phrase in read if phrase.inclusive is not None), None)
    return Duty(
        who,
        what,
        "; ".join(phrases) or None,
        dated.instant if dated else None,
        stated.inclusive if stated else None,
        rhythm,
        to,
        node.position,
    )
