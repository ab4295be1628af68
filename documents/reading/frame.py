"""The frame of a document: where its parts begin, and its head (agency, number, place, date, title)."""

import re
from datetime import date

from documents.dates import YEARS
from documents.reading.lines import cells_of, find_mark, is_row, is_upper, plain, why_set_aside
from documents.reading.model import Node
from documents.reading.tables import read_columns
from documents.reading.tail import COLUMNS, NAME, PIECE, RECIPIENTS, is_signer_title, pieces_of
from documents.reading.vocabulary import DOCUMENT_TYPES, SIGNER_WORDS
from documents.vietnamese import DASHES, UPPER, fold

HEAD_LINES = 80
TAIL_LINES = 14

_BLANK = re.compile(r"/|tháng\b|năm\b|[.…_]", re.IGNORECASE)  # what stands behind an open gap, not in another column
_NUMBER = re.compile(
    rf"số\s{{0,9}}[:.]?\s{{0,40}}(?P<number>\d{{1,6}}[a-zđ]?)?[\s.…_]{{0,40}}(?:/\s{{0,9}}(?P<symbol>(?:\d{{4}}\s?/\s?)?"
    rf"[{UPPER}][\w{DASHES}&]*)|[{DASHES}]\s{{0,9}}(?P<party>[{UPPER}]\w{{0,5}}/[{UPPER}][\w{DASHES}]*))",
    re.IGNORECASE,
)
_PLACE_DATE = re.compile(
    r"(?P<place>[^,\d:\n]{2,40}),\s{0,9}ngày[\s.…_]{0,40}(?P<day>\d{1,2})?[\s.…_]{0,40}"
    r"tháng[\s.…_]{0,40}(?P<month>\d{1,2})?[\s.…_]{0,40}năm[\s.…_]{0,40}(?P<year>\d{4})?",
    re.IGNORECASE,
)
_TYPES = {name.lower(): name for name in DOCUMENT_TYPES}
_TITLE = re.compile(rf"(?P<type>{'|'.join(sorted(_TYPES, key=len, reverse=True))})\b(?P<rest>.*)")
_PREAMBLE = re.compile(
    r"(?:căn cứ|thực hiện|nhằm|để |theo |triển khai|xét |sở |ủy ban|uỷ ban|ubnd|kính gửi|tiếp tục|trên cơ sở|\(kèm)",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:về(?:\s+việc)?|v/v)\s", re.IGNORECASE)
_NATION = re.compile(r"cong hoa xa hoi|doc lap\s*-?\s*tu do|dang cong san")
_SUPERIOR = re.compile(r"(?:UBND|[UỦ][ỶY] BAN NHÂN DÂN|BỘ|TỔNG CỤC|(?:TỈNH|THÀNH|HUYỆN|QUẬN|THỊ) [UỦ][ỶY]|ĐẢNG BỘ)\b")
# What the name of an agency begins with; a line of the head that begins otherwise goes on with the one above.
_AGENCY_BEGINS = re.compile(
    r"(?:SỞ|BỘ|BAN|CỤC|TỔNG CỤC|CHI CỤC|PHÒNG|VĂN PHÒNG|TRUNG TÂM|THANH TRA|UBND|HĐND|[UỦ][ỶY] BAN|HỘI ĐỒNG|HỘI|TRƯỜNG|"
    r"VIỆN|BỆNH VIỆN|BẢO HIỂM|KHO BẠC|NGÂN HÀNG|TÒA ÁN|TOÀ ÁN|LIÊN ĐOÀN|CÔNG AN|ĐÀI|BÁO|QUỸ|CÔNG TY|TẬP ĐOÀN|HỌC VIỆN|"
    r"TỔNG LIÊN ĐOÀN|TỈNH ĐOÀN|MẶT TRẬN|ĐẠI HỌC|KIỂM TOÁN|CHI NHÁNH|QUẬN [UỦ][ỶY]|THỊ [UỦ][ỶY]|CHI BỘ|LIÊN MINH|"
    r"LIÊN HIỆP|NHÀ HÁT|BẢO TÀNG|THƯ VIỆN|TRẠM|HẠT|ĐOÀN|TẠP CHÍ|"
    r"TỈNH [UỦ][ỶY]|THÀNH [UỦ][ỶY]|HUYỆN [UỦ][ỶY]|ĐẢNG [UỦ][ỶY]|ĐẢNG BỘ|CƠ QUAN|TỔNG CÔNG TY)\s+\S"
)
_NO_AGENCY = re.compile(r"(?:du thao|khan|hoa toc|thuong khan|mat|toi mat|tuyet mat|noi bo)\b|nghia viet nam")
_OF_THE_COUNTRY = re.compile(r"bao hiem|ngan hang|lien doan|lien hiep|mat tran|hoi|doan|buu dien|kiem toan")
_RIGHT_COLUMN = re.compile(r"\s(?=CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI|Độc\s+lập\s*[-–]|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT)")
_APPENDIX = re.compile(r"phụ\s+lục(?:\s+(?:số\s+)?(?:[IVX]+|\d{1,2}))?\s*[.:]?$", re.IGNORECASE)
_ENCLOSED = re.compile(r"\(?\s*(?:được\s+)?(?:ban\s+hành\s+)?kèm\s+theo\b", re.IGNORECASE)
_ISSUES = re.compile(
    r"(?:^|[.;]\s+)(?P<agency>(?:Sở|Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Ban|Chi cục|Cục|Trung tâm|"
    r"Trường|Phòng|Văn phòng|Bộ)\s[^.;:]{0,120}?)\s*,?\s+"
    r"(?:xây dựng|ban hành|lập|đề ra|triển khai|tổ chức)\s+(?:và\s+\S+\s+\S+\s+)?(?:kế hoạch|chương trình)",
    re.IGNORECASE,
)


def find_parts(lines):
    """(head, body, tail, appendix): the lines of a document cut into its four parts."""
    start = _body_start(lines)
    tail = _tail_start(lines, start)
    appendix = next((i for i in range(tail, len(lines)) if _opens_appendix(lines, i)), len(lines))
    return lines[:start], lines[start:tail], lines[tail:appendix], lines[appendix:]


def _opens_appendix(lines, index):
    """An appendix, a plan issued "kèm theo Quyết định", or a table of tasks behind the signature."""
    line = lines[index]
    if _APPENDIX.match(line.shown):
        return True
    if _is_title(line):
        return any(_ENCLOSED.match(other.shown) for other in lines[index + 1 : index + 6])
    return is_row(line) and read_columns(cells_of(line)) is not None


def _body_start(lines):
    """The index of the first line after the title; 0 when the text has no head."""
    for index, line in enumerate(lines[:HEAD_LINES]):
        if why_set_aside(line):
            continue
        if find_mark(line.shown) and not _PLACE_DATE.search(line.shown):
            break
        if _is_title(line):
            return _after_title(lines, index + 1)
    known = [
        i
        for i, line in enumerate(lines[:12])
        if _NUMBER.match(line.shown) or _PLACE_DATE.search(line.shown) or _NATION.search(fold(line.shown))
    ]
    return known[-1] + 1 if known else 0


def _lower(text):
    """The text in small letters with its marks: "PHƯỜNG AN BÌNH" is no "phương án"."""
    return " ".join(text.lower().split())


def _is_title(line):
    match = _TITLE.match(_lower(line.shown))
    if not match or not line.shown[:1].isupper():
        return False
    first = line.shown.split()[:2]
    return is_upper(" ".join(first)) or not match.group("rest")


def _after_title(lines, index):
    """The index after the lines that say what the document is about: at most four."""
    last = min(index + 4, len(lines))
    first = index
    while index < last and _goes_on_title(lines[index], first=index == first):
        index += 1
    return index


def _goes_on_title(line, first):
    shown = line.shown
    if why_set_aside(line):
        return True
    if line.hint.centered is False:
        return False
    if first and _ABOUT.match(shown):
        return True
    if is_upper(shown) and (shown.startswith(SIGNER_WORDS) or _AGENCY_BEGINS.match(shown) and not first):
        return False  # who decides: "GIÁM ĐỐC SỞ TƯ PHÁP"
    if find_mark(shown) or is_row(line) or len(shown) > 250 or shown.endswith((";", ":")):
        return False
    if not first and (shown.endswith(".") or _ISSUES.search(shown)):
        return False  # the opening, right below what the document is about
    if first and not line.blank_before:
        return not shown.endswith((".", ","))
    if line.blank_before and (not first or shown.endswith(".")):
        return shown.startswith("(")
    return is_upper(shown) or not _PREAMBLE.match(shown)


def _tail_start(lines, start):
    for index in range(len(lines) - 1, start - 1, -1):
        if any(RECIPIENTS.match(piece) for _, piece in pieces_of(lines[index].raw)):
            return _with_signature_above(lines, index, start)
    first = max(start, len(lines) - TAIL_LINES)
    return next(
        (i for i in range(first, len(lines)) if is_signer_title(lines[i].shown) and _name_follows(lines, i)),
        len(lines),
    )


def _with_signature_above(lines, index, start):
    """Two printed columns read one after the other put the signature before "Nơi nhận"."""
    above = index
    while (
        above > start
        and index - above < 5
        and (
            is_signer_title(lines[above - 1].shown)
            or NAME.fullmatch(lines[above - 1].shown)
            or lines[above - 1].shown.startswith("(")
        )
    ):
        above -= 1
    return above if any(is_signer_title(lines[i].shown) for i in range(above, index)) else index


def _name_follows(lines, index):
    return any(NAME.fullmatch(line.shown) and not is_upper(line.shown) for line in lines[index + 1 : index + 6])


def part_nodes(lines, part, start):
    """A node for every line of the head or the tail; the printed columns of a line stay together."""
    nodes = []
    for offset, line in enumerate(lines):
        mark = find_mark(line.shown) if part == "tail" else None
        if mark and mark.level not in ("dash", "plus"):
            mark = None
        level, label = (mark.level, mark.label) if mark else ("paragraph", "")
        nodes.append(
            Node(
                level,
                mark.rest if mark else line.shown,
                position=start + offset,
                label=label,
                mark=mark.mark if mark else "",
                part=part,
                line=line.number,
                source=line.raw,
            )
        )
    return nodes


def read_head(head, reading):
    """Fills agency, symbol, number, place, date, type and title from the head's lines."""
    title_at = next((i for i, line in enumerate(head) if _is_title(line)), len(head))
    left, right = _head_columns(head[:title_at])
    for text in ("\n".join(left), "\n".join(right), *(line.shown for line in head[:title_at])):
        _read_number_and_date(text, reading)
    agencies = _agencies(left)
    if agencies:
        upside_down = len(agencies) > 1 and _SUPERIOR.match(agencies[-1]) and not _SUPERIOR.match(agencies[0])
        reading.agency = agencies[0 if upside_down else -1]
        above = agencies[1:] if upside_down else agencies[:-1]
        reading.parent_agency = above[-1] if above else None
    if title_at < len(head):
        match = _TITLE.match(_lower(head[title_at].shown))
        reading.document_type = _TYPES[match.group("type")]
        said = head[title_at].shown[len(match.group("type")) :].strip() if match.group("rest") else ""
        rest = [
            line.shown
            for line in head[title_at + 1 :]
            if not line.shown.startswith("(") and re.search(r"\w", line.shown)
        ]
        reading.title = " ".join(filter(None, [said, *rest])) or None


def _head_columns(head):
    """(the lines of the left column, those of the right): printed side by side, or one after the other."""
    spread = [[(found.start(), found.group()) for found in PIECE.finditer(line.raw)] for line in head]
    second = [pieces[1][0] for pieces in spread if len(pieces) > 1 and not _BLANK.match(pieces[1][1])]
    parted = any(_RIGHT_COLUMN.search(piece) for pieces in spread for _start, piece in pieces)
    border = min(second) - 4 if second else 10**5 if parted else None
    left, right = [], []
    for line, pieces in zip(head, spread, strict=True):
        if "|" in line.raw or "\t" in line.raw.strip():
            for column, piece in pieces_of(line.raw):
                (right if column else left).append(piece)
            continue
        for start, piece in _cut(pieces):
            side = right if border is not None and start >= border else left
            side.append(plain(piece).strip())
    return left, right


def _cut(pieces):
    """The pieces with what can only stand in the right column parted from what is one space before it."""
    for start, piece in pieces:
        found = _RIGHT_COLUMN.search(piece)
        yield start, piece[: found.start()] if found else piece
        if found:
            yield 10**6, piece[found.end() :]


def _agencies(lines):
    """The names of the agencies in the head, a name on several lines put together."""
    agencies = []
    for line in lines:
        folded = fold(line)
        named = is_upper(line) and line[0].isalpha() and not _NUMBER.search(line)
        alone = folded.strip() == "viet nam" and not (agencies and _OF_THE_COUNTRY.search(fold(agencies[-1])))
        if not named or alone or _NATION.search(folded) or _NO_AGENCY.search(folded):
            continue
        if agencies and (not _AGENCY_BEGINS.match(line) or agencies[-1].endswith(("-", "–", "VÀ", ","))):
            agencies[-1] = f"{agencies[-1]} {line}"
        elif len(line) > 3:
            agencies.append(line)
    return agencies


def _read_number_and_date(shown, reading):
    if reading.symbol is None and (match := _NUMBER.search(shown)):
        reading.number = match.group("number")
        reading.symbol = re.sub(
            f"[{DASHES}]", "-", re.sub(r"\s", "", match.group("symbol") or match.group("party"))
        ).rstrip("-")
    if reading.place is None and (match := _PLACE_DATE.search(shown)):
        place = COLUMNS.split(match.group("place").strip())[-1]
        reading.place = re.sub(r"^.*/[\w-]+\s+", "", place).strip()
        reading.day, reading.month, reading.date_year = (
            int(part) if part else None for part in match.group("day", "month", "year")
        )
        reading.date = _date(reading)


def _date(reading):
    try:
        known = reading.day and reading.month and reading.date_year in YEARS
        return date(reading.date_year, reading.month, reading.day) if known else None
    except ValueError:
        return None


def agency_in_preamble(nodes):
    """The agency that the opening sentence names ("Sở … xây dựng kế hoạch …"), or None."""
    for node in nodes:
        if node.level != "paragraph":
            return None
        if match := _ISSUES.search(node.text):
            return " ".join(match.group("agency").split())
    return None
