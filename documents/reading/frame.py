"""The frame of a document: its head (agency, number, place, date, title) and its tail (recipients, signer)."""

import re
from datetime import date

from documents.dates import YEARS
from documents.reading.lines import cells_of, find_mark, is_row, is_upper, plain, why_set_aside
from documents.reading.model import Node, Recipient, Signer
from documents.reading.tables import read_columns
from documents.reading.vocabulary import DOCUMENT_TYPES, PURPOSES, SIGNER_WORDS
from documents.vietnamese import DASHES, UPPER, fold

HEAD_LINES = 80
TAIL_LINES = 14

_COLUMNS = re.compile(r"[ \u00a0]{3,}|\t+|\s{0,20}\|\s{0,20}")
_BLANK = re.compile(r"/|tháng\b|năm\b|[.…_]", re.IGNORECASE)  # what stands behind an open gap, not in another column
_PIECE = re.compile(r"\S+(?: {1,2}\S+)*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
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
_SUPERIOR = re.compile(r"(?:UBND|[UỦ][ỶY] BAN NHÂN DÂN|BỘ|TỔNG CỤC|TỈNH [UỦ][ỶY]|THÀNH [UỦ][ỶY]|HUYỆN [UỦ][ỶY])\b")
# What the name of an agency begins with; a line of the head that begins otherwise goes on with the one above.
_AGENCY_BEGINS = re.compile(
    r"(?:SỞ|BỘ|BAN|CỤC|TỔNG CỤC|CHI CỤC|PHÒNG|VĂN PHÒNG|TRUNG TÂM|THANH TRA|UBND|HĐND|[UỦ][ỶY] BAN|HỘI ĐỒNG|HỘI|TRƯỜNG|"
    r"VIỆN|BỆNH VIỆN|BẢO HIỂM|KHO BẠC|NGÂN HÀNG|TÒA ÁN|TOÀ ÁN|LIÊN ĐOÀN|CÔNG AN|ĐÀI|BÁO|QUỸ|CÔNG TY|TẬP ĐOÀN|HỌC VIỆN|"
    r"TỈNH [UỦ][ỶY]|THÀNH [UỦ][ỶY]|HUYỆN [UỦ][ỶY]|ĐẢNG [UỦ][ỶY]|ĐẢNG BỘ|CƠ QUAN|TỔNG CÔNG TY)\s+\S"
)
_NO_AGENCY = re.compile(r"(?:du thao|khan|hoa toc|thuong khan|mat|toi mat|tuyet mat|noi bo)\b|viet nam$|nghia viet nam")
RECIPIENTS = re.compile(r"nơi\s+nhận\s*:?", re.IGNORECASE)
_APPENDIX = re.compile(r"phụ\s+lục(?:\s+(?:số\s+)?(?:[IVX]+|\d{1,2}))?\s*[.:]?$", re.IGNORECASE)
_ENCLOSED = re.compile(r"\(?\s*(?:được\s+)?(?:ban\s+hành\s+)?kèm\s+theo\b", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:(?:TM|KT|TL|TUQ|Q)\s*\.|(?:T/M|K/T|T/L|TUQ)\b)\s*")
_NAME = re.compile(
    rf"(?:(?:TS|ThS|PGS|GS|BS|CN|KS|KTS|BSCK\s?I{{1,2}}|CK\s?I{{1,2}}|DS|LS|NGƯT|NGND)\.\s*|(?:Đại|Thượng|Trung|Thiếu)\s+(?:tá|tướng)\s+)*[{UPPER}][^\W\d_]*(?:\s+[{UPPER}][^\W\d_]*){{1,5}}"
)
_SHORT_PURPOSE = re.compile(r"(?:de |thay )?[a-z]{1,2}/[a-z]{1,2}")
_PURPOSES = {fold(purpose) for purpose in PURPOSES}
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
    if first and not line.blank_before:
        return not shown.endswith((".", ","))
    if line.blank_before and (not first or shown.endswith(".")):
        return shown.startswith("(")
    return is_upper(shown) or not _PREAMBLE.match(shown)


def _tail_start(lines, start):
    for index in range(len(lines) - 1, start - 1, -1):
        if any(RECIPIENTS.match(piece) for _, piece in _pieces(lines[index].raw)):
            return _with_signature_above(lines, index, start)
    first = max(start, len(lines) - TAIL_LINES)
    return next(
        (i for i in range(first, len(lines)) if _is_signer_title(lines[i].shown) and _name_follows(lines, i)),
        len(lines),
    )


def _with_signature_above(lines, index, start):
    """Two printed columns read one after the other put the signature before "Nơi nhận"."""
    above = index
    while (
        above > start
        and index - above < 5
        and (
            _is_signer_title(lines[above - 1].shown)
            or _NAME.fullmatch(lines[above - 1].shown)
            or lines[above - 1].shown.startswith("(")
        )
    ):
        above -= 1
    return above if any(_is_signer_title(lines[i].shown) for i in range(above, index)) else index


def _is_signer_title(shown):
    if not is_upper(shown) or len(shown) > 90:
        return False
    return bool(_AUTHORITY.match(shown)) or re.sub(r"^(?:QUYỀN|PHÓ)\s+", "", shown).startswith(SIGNER_WORDS)


def _name_follows(lines, index):
    return any(_NAME.fullmatch(line.shown) and not is_upper(line.shown) for line in lines[index + 1 : index + 6])


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


def _pieces(raw):
    """(column, shown piece) of a line: one, the two printed columns, or the lines inside table cells."""
    for column, cell in enumerate(filter(str.strip, _COLUMNS.split(raw.strip()))):
        for part in _BREAK.split(cell):
            if piece := plain(part).strip():
                yield column, piece


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
    spread = [[(found.start(), found.group()) for found in _PIECE.finditer(line.raw)] for line in head]
    second = [pieces[1][0] for pieces in spread if len(pieces) > 1 and not _BLANK.match(pieces[1][1])]
    border = min(second) - 4 if second else None
    left, right = [], []
    for line, pieces in zip(head, spread, strict=True):
        if "|" in line.raw or "\t" in line.raw.strip():
            for column, piece in _pieces(line.raw):
                (right if column else left).append(piece)
            continue
        for start, piece in pieces:
            side = right if border is not None and start >= border else left
            side.append(plain(piece).strip())
    return left, right


def _agencies(lines):
    """The names of the agencies in the head, a name on several lines put together."""
    agencies = []
    for line in lines:
        folded = fold(line)
        named = is_upper(line) and line[0].isalpha() and not _NUMBER.search(line)
        if not named or _NATION.search(folded) or _NO_AGENCY.search(folded):
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
        place = _COLUMNS.split(match.group("place").strip())[-1]
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


def read_tail(nodes, reading):
    """Fills recipients and signer from the nodes of the tail."""
    titles, names, entries, listed, signing = [], [], [], False, False
    border = _signing_border(nodes)
    for node in nodes:
        for column, piece in _tail_pieces(node, border):
            if match := RECIPIENTS.match(piece):
                listed, piece = True, piece[match.end() :].strip()
            mark = find_mark(piece)
            marked = bool(mark) and mark.level in ("dash", "plus")
            if piece.startswith("(") and entries and listed and column == 0 and not entries[-1][0].endswith((";", ".")):
                _add_entry(piece, False, node, entries)
                continue
            if not piece or piece.startswith("("):
                continue
            if _is_signer_title(piece) or (titles and not names and _title_goes_on(piece, column, signing, marked)):
                titles.append(piece)
                signing = signing or column == 0
            elif titles and not marked and _NAME.fullmatch(piece):
                names.append(piece)
            elif listed and (marked or column == 0 and not signing):
                _add_entry(mark.rest if marked else piece, marked, node, entries)
    reading.recipients = [_recipient(entry, node) for entry, _, node in entries]
    if titles or names:
        reading.signer = _signer(titles, names)


def _signing_border(nodes):
    """Where the right column begins when both are printed side by side with spaces, else None."""
    spaced = [node.source for node in nodes if "\t" not in node.source]
    starts = [found.start() for source in spaced for found in list(_PIECE.finditer(source))[1:2]]
    return min(starts) - 8 if starts else None


def _tail_pieces(node, border):
    """The pieces of a line with their columns; a piece alone on its line far to the right is of the right one."""
    pieces = list(_pieces(node.source))
    indent = len(node.source) - len(node.source.lstrip())
    if len(pieces) == 1 and border is not None and indent >= max(border, 12):
        return [(1, pieces[0][1])]
    return pieces


def _title_goes_on(piece, column, signing, marked):
    """The rest of a title that its column broke: "PHÓ CHỦ TỊCH" / "THƯỜNG TRỰC"."""
    return (column > 0 or signing) and not marked and is_upper(piece) and len(piece) <= 60


def _signer(titles, names):
    lines = []
    for title in titles:
        begins = _AUTHORITY.match(title) or re.sub(r"^(?:QUYỀN|PHÓ)\s+", "", title).startswith(SIGNER_WORDS)
        if lines and not begins:
            lines[-1] = f"{lines[-1]} {title}"
        else:
            lines.append(title)
    upper = [name for name in names if is_upper(name)]
    name = next((name for name in reversed(names) if name not in upper), upper[-1] if upper else "")
    alone = len(lines) == 1 and _AUTHORITY.match(lines[0])
    title = "" if alone and not lines[0].startswith("Q") else lines[-1] if lines else ""
    return Signer(title, name, "\n".join(lines if alone and not title else lines[:-1]))


def _add_entry(text, marked, node, entries):
    """A new line of Nơi nhận, or the rest of the one before, which was cut by the width of its column."""
    if entries and not marked and not text.startswith("Lưu"):
        before, was_marked, at = entries[-1]
        if was_marked and not before.rstrip().endswith((";", ".")):
            entries[-1] = (f"{before} {text}", True, at)
            return
    entries.append((text, marked, node))


def _recipient(entry, node):
    """A line of Nơi nhận parted into name and purpose: "Sở Nội vụ; P/h", "UBND tỉnh (b/c);"."""
    entry = entry.strip()
    if re.match(r"lưu\b", entry, re.IGNORECASE):
        return Recipient(re.split(r"\.(?:\s|$)|;", entry)[0].strip(), None, node.position)
    entry = entry.rstrip(" ;.,")
    match = re.fullmatch(r"(?P<name>.+?)\s*\((?P<purpose>[^()]{1,60})\)", entry)
    if match and _is_purpose(match.group("purpose")):
        return Recipient(match.group("name").rstrip(" ;,"), match.group("purpose").strip(), node.position)
    name, sign, purpose = entry.rpartition(";")
    if not sign or not _is_purpose(purpose):
        name, sign, purpose = _dashed(entry)
    if sign and _is_purpose(purpose):
        return Recipient(name.strip(), purpose.strip(), node.position)
    return Recipient(entry, None, node.position)


def _dashed(entry):
    match = re.fullmatch(rf"(?P<name>.+)\s*(?P<sign>[:{DASHES},])\s+(?P<purpose>\S[^:]{{0,40}})", entry)
    return (match.group("name"), match.group("sign"), match.group("purpose")) if match else (entry, "", "")


def _is_purpose(text):
    key = fold(text).strip(" .;,")
    if _SHORT_PURPOSE.fullmatch(key):
        return True
    parts = re.split(r"\s*[,;]\s*|\s+va\s+", key)
    if len(parts) > 1:
        return all(map(_is_purpose, parts))
    return key in _PURPOSES or any(
        key.startswith(f"{purpose} ") for purpose in _PURPOSES if len(purpose) > 3 or purpose.startswith("de ")
    )
