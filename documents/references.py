"""Legal references inside a text: "Nghị quyết số 05-NQ/TU ngày 28/9/2021 của Ban Thường vụ Tỉnh ủy"."""

import re
from dataclasses import dataclass, replace
from datetime import date

from documents.dates import YEARS
from documents.vietnamese import DASHES, UPPER, fold, nfc

# Abbreviation → name: Nghị định 30/2020/NĐ-CP Phụ lục III, then laws and Party documents.
TYPES = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "TC": "Thông cáo",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "HĐ": "Hợp đồng",
    "CĐ": "Công điện",
    "GM": "Giấy mời",
    "PG": "Phiếu gửi",
    "PC": "Phiếu chuyển",
    "PB": "Phiếu báo",
    "NĐ": "Nghị định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "NQLT": "Nghị quyết liên tịch",
    "PL": "Pháp lệnh",
    "SL": "Sắc lệnh",
    "L": "Luật",
    "LCT": "Lệnh",
    "CV": "Công văn",
    "KL": "Kết luận",
    "QyC": "Quy chế",
    "ĐL": "Điều lệ",
    "VBHN": "Văn bản hợp nhất",
}
_BY_FOLD = {fold(code): code for code in reversed(TYPES)} | {"hd": "HD", "qd": "QĐ", "tt": "TT"}
_NAMES = {fold(name): code for code, name in reversed(TYPES.items())}

_DASH = f"[{DASHES}]"
_TYPE_WORDS = "|".join(
    sorted(
        (re.escape(name).replace(r"\ ", r"\s+") for name in {*TYPES.values(), "Bộ luật", "Chương trình hành động"}),
        key=len,
        reverse=True,
    )
)
_GAP = r"[ \t\u00a0]?(?:\n[ \t]*)?"
_SEGMENT = rf"[{UPPER}](?:[^\W\d_]|&){{0,14}}\d{{0,3}}"
_MORE = rf"(?:(?:{_DASH}(?:\n[ \t]*)?|[ \t]?{_DASH}[ \t]?(?=[{UPPER}]{{2}}))(?:{_SEGMENT}))"
_NUMBER = r"(?P<number>\d{1,6}[a-zđ]{0,2})"
_SYMBOL = re.compile(
    rf"(?<![\w/.,{DASHES}])(?:(?<=\d)(?!\d))?{_NUMBER}{_GAP}"
    rf"(?:/{_GAP}(?P<year>(?:19|20)\d\d){_GAP}/{_GAP}(?P<dated>{_SEGMENT}{_MORE}{{0,4}})"
    rf"|{_DASH}{_GAP}(?P<party>{_SEGMENT}){_GAP}/{_GAP}(?P<organ>{_SEGMENT}{_MORE}{{0,3}})"
    rf"|/{_GAP}(?P<plain>{_SEGMENT}{_MORE}{{0,4}}))(?![\w/]*\w)"
)
_BEFORE = re.compile(rf"(?P<word>{_TYPE_WORDS})(?:\s+số\s*:?|\s+liên\s+tịch\s+số)?\s*$", re.IGNORECASE)
_LAWS = re.compile(r"\b(?:Bộ\s+luật|Luật|Nghị\s+quyết|Pháp\s+lệnh)\b")
_NUMBER_WORD = re.compile(r"số\s*:?\s*$", re.IGNORECASE)
_DATE = re.compile(
    r"\s{0,9},?\s{0,9}\(?\s{0,9}(?:được\s{1,9})?(?:ban\s{1,9}hành\s{1,9}|ký\s{1,9})?(?:cùng\s{1,9})?(?:(?P<word>ngày)\s{1,9})?"
    r"(?:(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>\d{4})(?!\d)"
    r"|(?P<ld>\d{1,2})\s+tháng\s+(?P<lm>\d{1,2})\s+năm\s+(?P<ly>\d{4})(?!\d))\s{0,9}\)?",
    re.IGNORECASE | re.ASCII,
)
_SAME_DAY = re.compile(r"\s{0,9},?\s{0,9}(?:đều\s+|ban\s+hành\s+|ký\s+)?cùng\s+ngày\b", re.IGNORECASE)
_LIST_OF = re.compile(rf"(?:{_TYPE_WORDS})(?P<of>\s+của\s+[^.;:]{{3,80}}):", re.IGNORECASE)
# What stands between two documents that one issuer has made.
_JOINED = re.compile(
    rf"(?:\s*,?\s*ngày\s+[\d/. -]{{6,12}}|\s*,?\s*ngày\s+\d{{1,2}}\s+tháng\s+\d{{1,2}}\s+năm\s+\d{{4}})?"
    rf"\s*(?:,\s*và|,|và)\s*(?:các\s+)?(?:{_TYPE_WORDS})?\s*(?:số)?\s*:?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reference:
    """One mention of a document.

    key: equal for all spellings of one document ("05-NQ/TU" and "05/NQ-TU" → "05/NQ-TU"; Đ as D in
    the issuer's part). type: the name ("Nghị quyết"), type_code: its abbreviation ("NQ") or "".
    symbol: everything after the number, as_written: number and symbol without breaks of line.
    date and issuer: None when not printed there. start, end: where number and symbol stand in the text.
    """

    key: str
    type: str
    type_code: str
    number: str
    symbol: str
    as_written: str
    date: date | None
    issuer: str | None
    start: int
    end: int


def find_references(text):
    """Every mention of a numbered document in the text, in order; never raises.

    Positions are those of the text in NFC (equal to the text given, when it is NFC already).
    """
    text = nfc(text)
    found = [reference for match in _SYMBOL.finditer(text) if (reference := _reference(text, match))]
    return _with_common_issuers(text, found)


def _with_common_issuers(text, found):
    """ "Nghị định số A và Nghị định số B của Chính phủ": the issuer named last is that of each, so is "cùng ngày …"."""
    shared = None
    for index in range(len(found) - 2, -1, -1):
        this, following = found[index], found[index + 1]
        between = text[this.end : following.start]
        alike = this.type == following.type and len(between) <= 80
        shared = following.date if _SAME_DAY.match(text, following.end) else shared
        shared = shared if alike and _JOINED.fullmatch(between) else None
        if shared and this.date is None:
            found[index] = this = replace(this, date=shared)
        if this.issuer is None and following.issuer and alike and _JOINED.fullmatch(between):
            found[index] = replace(this, issuer=following.issuer)
    return [
        replace(reference, issuer=_issuer_before(text, reference)) if reference.issuer is None else reference
        for reference in found
    ]


def _issuer_before(text, reference):
    """ "Các Nghị định của Chính phủ: số A …; số B …": the issuer stands before the list."""
    lead = text[max(0, reference.start - 400) : reference.start]
    if not re.search(r"(?:[:;,]|và)\s*số\s*$", lead):
        return None
    said = [found for found in _LIST_OF.finditer(lead) if not re.search(r"\.\s", lead[found.end() :])]
    return find_issuer(lead, said[-1].start("of")) if said else None


def reference_key(symbol):
    """The key of a symbol typed alone ("05-NQ/TU" → "05/NQ-TU"), or None when it is none."""
    found = find_references(f"số {symbol.strip()}")
    return found[0].key if len(found) == 1 else None


def _reference(text, match):
    symbol = re.sub(
        r"\s", "", match.group("dated") or match.group("plain") or f"{match.group('party')}-{match.group('organ')}"
    )
    head = text[max(0, match.start() - 60) : match.start()]
    before = _BEFORE.search(head)
    said_as_number = before or _NUMBER_WORD.search(head)
    first = re.split(_DASH, symbol)[0]
    code = _type_code(first)
    if match.group("party") and not code:
        return None
    if match.group("plain") and not said_as_number and not (code and re.search(_DASH, symbol)):
        return None
    if not code and before:
        code = _NAMES.get(fold(before.group("word")), "")
    if not code and not before and (law := _law_named_before(text, match, symbol)):
        return _made(text, match, symbol, code, law)
    name = TYPES.get(code) or (before.group("word") if before else "") or ("Công văn" if match.group("plain") else "")
    if before and fold(before.group("word")) in ("chuong trinh hanh dong", "bo luat", "quy dinh"):
        name = " ".join(before.group("word").split()).capitalize()
    return _made(text, match, symbol, code, name)


def _law_named_before(text, match, symbol):
    """ "Luật Tổ chức chính quyền địa phương số 72/2025/QH15": the kind stands before the law's own name."""
    if not re.match(r"(?:UBTV)?QH\d", symbol):
        return ""
    kinds = _LAWS.findall(text[max(0, match.start() - 150) : match.start()])
    return kinds[-1].capitalize() if kinds else "Luật" if symbol.startswith("QH") else ""


def _made(text, match, symbol, code, name):
    after = _DATE.match(text, match.end())
    stated = _date_of(after) if after else None
    tail = after.end() if after else match.end()
    return Reference(
        key=_key(match.group("number"), match.group("year"), symbol),
        type=name,
        type_code=code,
        number=match.group("number"),
        symbol=symbol,
        as_written=re.sub(_DASH, "-", re.sub(r"\s", "", match.group())),
        date=stated,
        issuer=find_issuer(text, tail),
        start=match.start(),
        end=match.end(),
    )


def _type_code(segment):
    return segment if segment in TYPES else _BY_FOLD.get(fold(segment), "")


def _key(number, year, symbol):
    parts = [part for part in re.split(_DASH, symbol) if part]
    code = _type_code(parts[0])
    organ = [fold(part).upper().replace("TTG", "TTg") for part in (parts[1:] if code else parts)]
    digits = re.match(r"\d+", number).group()
    number = f"{int(digits):02d}{number[len(digits) :]}"
    return "/".join(filter(None, (number, year, "-".join([code, *organ] if code else organ))))


def _date_of(match):
    day, month, year = (
        int(match.group(short) or match.group(long)) for short, long in (("d", "ld"), ("m", "lm"), ("y", "ly"))
    )
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


_PLACE = rf"(?:\s+(?:tỉnh|thành\s+phố|huyện|quận|thị\s+xã|xã|phường|thị\s+trấn|TP\.?))?(?:\s+[{UPPER}][^\W\d_]*){{0,4}}"
_ISSUERS = (
    r"(?:Phó\s+)?Thủ\s+tướng(?:\s+Chính\s+phủ)?",
    r"Văn\s+phòng\s+Chính\s+phủ",
    r"Chính\s+phủ",
    r"Ủy\s+ban\s+Thường\s+vụ\s+Quốc\s+hội",
    r"UBTVQH",
    r"Quốc\s+hội",
    r"Chủ\s+tịch\s+nước",
    r"Bộ\s+Chính\s+trị",
    r"Ban\s+Bí\s+thư(?:\s+Trung\s+ương(?:\s+Đảng)?)?",
    rf"(?:Hội\s+nghị\s+(?:lần\s+thứ\s+\S+\s+)?)?Ban\s+Chấp\s+hành\s+(?:Trung\s+ương(?:\s+Đảng)?(?:\s+Cộng\s+sản\s+Việt\s+Nam)?|Đảng\s+bộ\s+\w+(?:\s+(?!Khóa)[{UPPER}][^\W\d_]*){{0,4}})(?:\s+\(?kh[óo]a\s+[IVX]+\)?)?",
    rf"(?:Ban\s+)?(?:Thường\s+vụ|Thường\s+trực|Chấp\s+hành)\s+(?:Đảng\s+bộ|Đảng\s+ủy|Công\s+đoàn|Đoàn|Hội\s+[{UPPER}]\w+)"
    rf"(?:\s+(?:Khối|các\s+cơ\s+quan|cơ\s+sở|Sở|trường|Trường|TNCS|Thanh\s+niên)){{0,2}}{_PLACE}",
    rf"(?:Ban\s+Thường\s+vụ\s+|Thường\s+trực\s+)?(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng)\s+[uủ][ỷyủ]?\b{_PLACE}",
    rf"(?:Chủ\s+tịch\s+|Thường\s+trực\s+)?(?:UBND|HĐND|[UỦ][ỷỦỶ]?y?\s+ban\s+nhân\s+dân|Hội\s+đồng\s+nhân\s+dân){_PLACE}",
)
_OFFICES = (
    r"(?:(?:Bộ\s+trưởng,\s+Chủ\s+nhiệm|Bộ\s+trưởng|(?:Tổng\s+)?[Gg]iám\s+đốc|Cục\s+trưởng|Tổng\s+cục\s+trưởng|Chánh\s+án|Viện\s+trưởng|"
    r"Tổng\s+Thanh\s+tra|Tổng\s+Kiểm\s+toán|Thống\s+đốc|Hiệu\s+trưởng|Chủ\s+nhiệm|Chủ\s+tịch|Trưởng\s+ban|Chánh\s+[Vv]ăn\s+phòng|"
    r"Hội\s+đồng\s+(?:quản\s+lý|quản\s+trị|thành\s+viên|trường))\s+)?"
    r"(?:BHXH|Tập\s+đoàn|Tổng\s+công\s+ty|Công\s+ty|Trường|Đại\s+học|Học\s+viện|Bệnh\s+viện|Trung\s+tâm|Kho\s+bạc|Đài|"
    r"Trung\s+ương|Đảng\s+bộ|Đoàn|Tổng\s+Liên\s+đoàn|Mặt\s+trận|Ủy\s+ban(?=\s+(?!nhân|Thường))|Phòng|Bộ|Sở|Ban|Tổng\s+cục|Cục|Chi\s+cục|Văn\s+phòng|Thanh\s+tra|Kiểm\s+toán|"
    r"Ngân\s+hàng|Bảo\s+hiểm|Tòa\s+án|Viện|Liên\s+đoàn|Hội|Tỉnh\s+đoàn)\b"
)
_NAME_STOPS = (
    r"(?:về|ban|quy|phê|hướng|sửa|(?<!hát )triển|thực|tuyên|bổ|đã|để|một|số|trong|tại|"
    r"ngày|nhằm|theo|việc|giao|công\s+bố|có|trên|khóa|là|đến|cho|do|năm|giai)\b"
)
_ISSUER = re.compile(
    rf"\s*,?\s*của\s+(?P<name>(?:{'|'.join(_ISSUERS)})|{_OFFICES}(?:(?:\s*,\s+(?=[{UPPER}])(?!{_OFFICES})(?!(?:{_TYPE_WORDS}|Luật|Vườn)\b)(?!UBND|[UỦ][ỷyỶY]?\s+ban)|\s*{_DASH}\s*|\s+)(?!{_NAME_STOPS})(?:[^\W\d_]|&)+){{0,10}})"
)


def find_issuer(text, position):
    """The agency named by "của …" right at that position of the text, or None."""
    match = _ISSUER.match(text, position, position + 200)
    return " ".join(match.group("name").split()) if match else None
