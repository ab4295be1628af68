"""The tail of a document: recipients and signer; also how the printed columns of a line are told apart."""

import re

from documents.reading.lines import find_mark, is_upper, plain
from documents.reading.model import Recipient, Signer
from documents.reading.vocabulary import PURPOSES, SIGNER_WORDS
from documents.vietnamese import DASHES, UPPER, fold

COLUMNS = re.compile(r"[ \u00a0]{3,}|\t+|\s{0,20}\|\s{0,20}")
PIECE = re.compile(r"\S+(?: {1,2}\S+)*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
RECIPIENTS = re.compile(r"nơi\s+nhận\s*:?", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:(?:TM|KT|TL|TUQ|Q)\s*\.|(?:T/M|K/T|T/L|TUQ)\b)\s*")
_WORD = rf"[{UPPER}](?:[^\W\d_]*|[^\W\d_]{{0,4}}['’-][^\W\d_]+)(?!\S)"  # also "K'Brông", "H'Hen"
NAME = re.compile(
    rf"(?:(?:TS|ThS|PGS|GS|BS|CN|KS|KTS|BSCK\s?I{{1,2}}|CK\s?I{{1,2}}|DS|LS|NGƯT|NGND)\.\s*|(?:Đại|Thượng|Trung|Thiếu)\s+(?:tá|tướng)\s+)*{_WORD}(?:\s+{_WORD}){{1,5}}"
)
_SHORT_PURPOSE = re.compile(r"(?:de |thay )?[a-z]{1,2}\s?/\s?[a-z]{1,5}")
_LISTED_ON = re.compile(rf"\s*;\s*[{DASHES}+•]?\s*|(?<=\))\s*,\s*|\s*[,.]\s*(?:[{DASHES}]\s*)?(?=[Ll]ưu\b)")
_PURPOSES = {fold(purpose) for purpose in PURPOSES}


def read_tail(nodes, reading):
    """Fills recipients and signer from the nodes of the tail."""
    titles, names, entries, listed, signing, run_on = [], [], [], False, False, False
    border = _signing_border(nodes)
    for node in nodes:
        for column, piece in _tail_pieces(node, border):
            if match := RECIPIENTS.match(piece):
                listed, piece = True, piece[match.end() :].strip()
                if piece:
                    _add_entry(find_mark(piece).rest if find_mark(piece) else piece, True, node, entries)
                    run_on = True
                    continue
            mark = find_mark(piece)
            marked = bool(mark) and mark.level in ("dash", "plus")
            if piece.startswith("(") and entries and listed and column == 0 and not entries[-1][0].endswith((";", ".")):
                _add_entry(piece, False, node, entries)
                continue
            if not piece or piece.startswith("("):
                continue
            if is_signer_title(piece) or (titles and not names and _title_goes_on(piece, column, signing, marked)):
                titles.append(piece)
                signing = signing or column == 0
            elif titles and not marked and NAME.fullmatch(piece):
                names.append(piece)
            elif listed and (marked or column == 0 and not signing):
                _add_entry(mark.rest if marked else piece, marked, node, entries)
    if run_on:
        entries = [(part, True, node) for entry, _, node in entries for part in _parted(entry)]
    reading.recipients = [_recipient(entry, node) for entry, _, node in entries]
    if titles or names:
        reading.signer = _signer(titles, names)


def is_signer_title(shown):
    """True for a line such as "KT. GIÁM ĐỐC"."""
    if not is_upper(shown) or len(shown) > 90:
        return False
    return bool(_AUTHORITY.match(shown)) or re.sub(r"^(?:QUYỀN|PHÓ)\s+", "", shown).startswith(SIGNER_WORDS)


def pieces_of(raw):
    """(column, shown piece) of a line: one, the two printed columns, or the lines inside table cells."""
    for column, cell in enumerate(filter(str.strip, COLUMNS.split(raw.strip()))):
        for part in _BREAK.split(cell):
            if piece := plain(part).strip():
                yield column, piece


def _signing_border(nodes):
    """Where the right column begins when both are printed side by side with spaces, else None."""
    spaced = [node.source for node in nodes if "\t" not in node.source]
    starts = [found.start() for source in spaced for found in list(PIECE.finditer(source))[1:2]]
    return min(starts) - 8 if starts else None


def _tail_pieces(node, border):
    """The pieces of a line with their columns; a piece alone on its line far to the right is of the right one."""
    pieces = list(pieces_of(node.source))
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


def _parted(entry):
    """The recipients of a list set on the line of "Nơi nhận:"; a purpose goes with the one before it."""
    parts = []
    for part in filter(None, map(str.strip, _LISTED_ON.split(entry))):
        if parts and _is_purpose(part.strip("() .")):
            parts[-1] = f"{parts[-1]}; {part}"
        else:
            parts.append(part)
    return parts


def _recipient(entry, node):
    """A line of Nơi nhận parted into name and purpose: "Sở Nội vụ; P/h", "UBND tỉnh (b/c);"."""
    entry = entry.strip()
    if re.match(r"lưu\b", entry, re.IGNORECASE):
        return Recipient(re.split(r"\.(?:\s|$)|;", entry)[0].strip(), None, node.position)
    entry = entry.rstrip(" ;.,")
    match = re.fullmatch(r"(?P<name>.+?)\s*\((?P<purpose>[^()]{1,60})\)", entry)
    if match and _is_purpose(match.group("purpose")):
        purpose = re.sub(r"\s*/\s*", "/", match.group("purpose").strip())
        return Recipient(match.group("name").rstrip(" ;,"), purpose, node.position)
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
    key = fold(" ".join(text.split())).strip(" .;,()")
    if key.startswith("de ") or _SHORT_PURPOSE.fullmatch(key):
        return True
    parts = re.split(r"\s*[,;]\s*|\s+va\s+", key)
    if len(parts) > 1:
        return all(map(_is_purpose, parts))
    return key in _PURPOSES or any(
        key.startswith(f"{purpose} ") for purpose in _PURPOSES if len(purpose) > 3 or purpose.startswith("de ")
    )
