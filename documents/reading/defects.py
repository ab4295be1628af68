"""What is doubtful in a plan: pointed out with its place, never repaired. Each check is a rule, not a text."""

import re
from collections import Counter, defaultdict

from documents.dates import WEEKDAYS, short_date
from documents.phrases import MOMENT
from documents.reading.model import Defect
from documents.reading.outline import path_of
from documents.reading.vocabulary import COMPOUNDS, OUTDATED
from documents.references import find_references
from documents.vietnamese import ENUMERATORS, UPPER, fold, from_roman, is_blank, roman

MOST_PER_CODE = 50
_SENTENCE_END = re.compile(rf"(?<=[.;!?])\s+(?=[{UPPER}])")
_SAME_START = 8
_MISREAD = re.compile(
    rf"(?<![\w/.-])(?:[{UPPER}]\d+[a-zđ]\w*|[a-zđ]+\d+[{UPPER}]\w*|[{UPPER}]+\d+[{UPPER}]+\d\w*)(?![\w/])"
)
_ACRONYM = re.compile(rf"(?<![\w/-])[{UPPER}]{{3,}}(?![\w/-])")
_TERM = re.compile(r"(?:đến|giai\s+đoạn\s+\d{4}\s*[-–]|hết)\s*(?:cuối\s+)?(?:năm\s+)?(\d{4})(?!/)", re.IGNORECASE)
_OFFICE_D = re.compile(r"(?<!\w)(?:Phó\s+)?GD\b(?=,|\s+Sở|;)")


def find_defects(reading, text):
    """Every defect, in the order of the plan; at most MOST_PER_CODE of a kind."""
    if is_blank(text):
        return [Defect("empty", "error", "", "Không có nội dung để đọc. Hãy dán văn bản hoặc chọn tệp khác.")]
    checks = (_legacy, _frame, _numbering, _titles, _deadlines, _spellings, _terms, _repeats, _nodes)
    kept, seen = [], Counter()
    for found in (defect for check in checks for defect in check(reading, text)):
        seen[found.code] += 1
        if seen[found.code] <= MOST_PER_CODE:
            kept.append(found)
    return sorted(kept, key=lambda defect: -1 if defect.node is None else defect.node)


def _at(reading, node, code, severity, text):
    return Defect(code, severity, path_of(node, reading.outline), text, node.position)


def _legacy(reading, text):
    for encoding in reading.source.legacy:
        yield Defect(
            "legacy_encoding",
            "info",
            "",
            f"Văn bản gõ bằng bảng mã cũ {encoding}, đã chuyển sang Unicode; hãy xem lại, nhất là chữ hoa.",
        )


def _frame(reading, text):
    if reading.symbol and reading.number is None:
        yield Defect("number_blank", "warning", "Số, ký hiệu", f"Chưa ghi số văn bản (Số: … /{reading.symbol}).")
    if not reading.symbol:
        yield Defect("symbol_missing", "warning", "Số, ký hiệu", "Không thấy số, ký hiệu văn bản.")
    if reading.place and reading.day is None:
        yield Defect("day_blank", "warning", "Địa danh, ngày tháng", "Chưa ghi ngày ban hành.")
    elif reading.place and reading.date is None:
        yield Defect(
            "date_unreadable", "warning", "Địa danh, ngày tháng", "Ngày ban hành không có trong lịch hoặc ghi thiếu."
        )
    elif not reading.place:
        yield Defect("date_missing", "warning", "Địa danh, ngày tháng", "Không thấy địa danh, ngày tháng năm ban hành.")
    if not reading.parent_agency:
        yield Defect("parent_agency_missing", "info", "Đầu văn bản", "Không thấy tên cơ quan chủ quản ở đầu văn bản.")
    if not reading.recipients:
        yield Defect("recipients_missing", "warning", "Nơi nhận", "Không thấy phần Nơi nhận.")
    if not reading.signer:
        yield Defect("signer_missing", "warning", "Chữ ký", "Không thấy chức vụ, họ tên người ký.")


def _numbering(reading, text):
    last = {}
    for node in reading.outline:
        order = _order(node)
        if order is None:
            continue
        family = (node.parent, node.level, node.part, node.label.rpartition(".")[0])
        before = last.get(family, 0)
        last[family] = order
        if order == before and before:
            yield _at(reading, node, "numbering_repeated", "warning", f"Thứ tự “{node.label}” dùng hai lần.")
        elif order > before + 1:
            gone = ", ".join(_printed(node, number) for number in range(before + 1, min(order, before + 6)))
            yield _at(reading, node, "numbering_gap", "warning", f"Thiếu mục {gone} trước mục {node.label}.")
        elif order < before and order != 1:
            yield _at(
                reading, node, "numbering_order", "warning", f"Mục {node.label} đứng sau mục {_printed(node, before)}."
            )


def _order(node):
    if not node.label:
        return None
    try:
        if node.level == "roman":
            return (
                from_roman(node.label)
                if re.fullmatch("[IVX]+", node.label)
                else ENUMERATORS.index(node.label.lower()) + 1
            )
        if node.level in ("number", "article"):
            return int(node.label.rpartition(".")[2])
        if node.level == "letter":
            return ENUMERATORS.index(node.label) + 1
    except ValueError:
        pass
    return None


def _printed(node, number):
    if node.level == "roman":
        return roman(number) if re.fullmatch("[IVX]+", node.label) else ENUMERATORS[number - 1].upper()
    if node.level == "letter":
        return ENUMERATORS[number - 1]
    stem = node.label.rpartition(".")[0]
    return f"{stem}.{number}" if stem else str(number)


def _titles(reading, text):
    """Two sections of one level whose titles name the same thing ("hình thức")."""
    named = defaultdict(list)
    for node in reading.outline:
        if node.level not in ("roman", "article") or not node.title:
            continue
        for part in re.split(r",|\bvà\b", fold_keeping(node.name)):
            key = " ".join(fold(part).split()[:2])
            if key.count(" ") == 1:
                named[node.parent, key].append((node, part.strip()))
    for nodes in named.values():
        different = list({node.position: node for node, _ in nodes}.values())
        if len(different) > 1:
            said = " ".join(nodes[0][1].split()[:2])
            labels = ", ".join(node.label for node in different)
            yield _at(
                reading, different[-1], "title_repeated", "warning", f"“{said}” có ở tên của cả các mục {labels}."
            )


def fold_keeping(text):
    """Lower case and single spaces, marks kept."""
    return " ".join(text.lower().split())


def _deadlines(reading, text):
    for duty in reading.duties:
        if duty.instant is None:
            continue
        named = duty.instant.date() if duty.inclusive else (duty.instant + MOMENT).date()
        if named.weekday() >= 5:
            yield _at(
                reading,
                reading.outline[duty.node],
                "deadline_weekend",
                "warning",
                f"Hạn “{duty.phrase}”: {short_date(named)} là {WEEKDAYS[named.weekday()]}.",
            )


def _spellings(reading, text):
    for citation in reading.citations:
        if len(citation.written) > 1:
            other = next(
                at for at, said in zip(citation.nodes, citation.as_written, strict=True) if said != citation.written[0]
            )
            yield _at(
                reading,
                reading.outline[other],
                "symbol_variants",
                "warning",
                f"Một văn bản ghi nhiều cách: {', '.join(citation.written)}.",
            )
        if citation.date is None:
            node = reading.outline[citation.nodes[0]]
            yield _at(
                reading,
                node,
                "citation_undated",
                "info",
                f"{citation.type} số {citation.written[0]} không ghi ngày ban hành.",
            )


def _terms(reading, text):
    """One document said to reach to different years in different places."""
    terms = defaultdict(list)
    for node in reading.outline:
        for key, year in _years_by_document(node.content):
            terms[key].append((year, node))
    for citation in reading.citations:
        years = Counter(year for year, _ in terms[citation.key])
        if len(years) > 1:
            usual = years.most_common(1)[0][0]
            odd_year, odd = next((year, node) for year, node in reversed(terms[citation.key]) if year != usual)
            yield _at(
                reading,
                odd,
                "term_conflict",
                "warning",
                f"{citation.type} số {citation.written[0]}: ở đây ghi “đến năm {odd_year}”, "
                f"nơi khác ghi “đến năm {usual}”.",
            )


def _years_by_document(text):
    references = find_references(text)
    for order, reference in enumerate(references):
        start = references[order - 1].end if order else 0
        end = references[order + 1].start if order + 1 < len(references) else len(text)
        before, after = text[start : reference.start], text[reference.end : end]
        quoted_as_basis = re.search(r"\(\s*theo[^()]*$", before, re.IGNORECASE)
        said = _TERM.search(before) if quoted_as_basis else _TERM.search(re.split(r"\.\s|\.$", after)[0])
        if said:
            yield reference.key, said.group(1)


def _repeats(reading, text):
    """A sentence that stands twice: the same words anywhere, or the same beginning in one paragraph."""
    whole = {}
    for node in reading.outline:
        if node.part in ("head", "tail") or node.level in ("row", "header"):
            continue
        starts = {}
        for sentence in _SENTENCE_END.split(node.content):
            words = fold(sentence).strip(" .;:").split()
            if len(words) < _SAME_START:
                continue
            start, full = " ".join(words[:_SAME_START]), " ".join(words)
            if start in starts and _shared(starts[start], words) >= 0.5:
                yield _at(reading, node, "sentence_repeated", "warning", f"Câu viết hai lần: “{_short(sentence)}”.")
            elif full in whole:
                where = path_of(whole[full], reading.outline)
                yield _at(reading, node, "sentence_repeated", "warning", f"Câu đã có ở {where}: “{_short(sentence)}”.")
            starts.setdefault(start, words)
            whole.setdefault(full, node)


def _shared(one, other):
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    return same / min(len(one), len(other))


def _short(text):
    return text if len(text) <= 80 else text[:80].rsplit(" ", 1)[0] + " …"


def _broken(term):
    """A pattern for a fixed term whose last word is not there."""
    stem, last = (re.escape(part) for part in term.rsplit(" ", 1))
    return re.compile(rf"(?<!\w){stem}(?!\w)(?!\s+{last})(?=\s+\w|\s*[.,;]|$)", re.IGNORECASE)


_BROKEN = tuple((term, _broken(term)) for term in COMPOUNDS)


def _nodes(reading, text):
    known = _known_acronyms(reading)
    for node in reading.outline:
        content = node.content
        if node.joined:
            yield _at(reading, node, "paragraph_joined", "info", "Đoạn bị ngắt (sang trang), đã nối lại khi đọc.")
        if (
            content.count("“") != content.count("”")
            or content.count("«") != content.count("»")
            or content.count('"') % 2
        ):
            yield _at(
                reading,
                node,
                "quote_unclosed",
                "warning",
                f"Dấu ngoặc kép không khép: “{_short(_from_quote(content))}”.",
            )
        for term, pattern in _BROKEN:
            if match := pattern.search(content):
                said = content[match.start() : match.end() + 15]
                yield _at(
                    reading,
                    node,
                    "word_missing",
                    "warning",
                    f"Có thể thiếu chữ: “{said.strip()}…” (thường viết “{term}”).",
                )
        for pattern, advice in OUTDATED:
            if match := pattern.search(content):
                yield _at(reading, node, "outdated_term", "info", f"“{match.group()}” {advice}.")
        yield from _misread(reading, node, content, known)


def _from_quote(content):
    opening = max(content.rfind("“"), content.rfind('"'), content.rfind("«"))
    return content[max(opening, 0) :].lstrip('“"«')


def _known_acronyms(reading):
    """The agency's own abbreviation ("SLĐTBXH" → "LĐTBXH"), to which look-alikes are compared."""
    if not reading.symbol:
        return None
    organ = re.split(r"[-–]", reading.symbol)[-1]
    return organ[1:] if organ[:1] in ("S", "P") and len(organ) > 4 else organ


def _misread(reading, node, content, own):
    for match in _MISREAD.finditer(content):
        yield _at(reading, node, "misread", "warning", f"“{match.group()}” có thể do máy quét nhận nhầm.")
    for match in _ACRONYM.finditer(content) if own and len(own) >= 5 else ():
        found = match.group()
        alike = found[:3] == own[:3] and abs(len(found) - len(own)) <= 2
        if alike and not _within(found, own) and not _within(own, found):
            yield _at(reading, node, "misread", "warning", f"“{found}” có thể do nhận nhầm chữ viết tắt “{own}”.")
    if node.part == "tail" and (match := _OFFICE_D.search(content)):
        yield _at(reading, node, "letter_d", "info", f"“{match.group()}”: có thể là GĐ (chữ Đ ghi thành D).")


def _within(short, long):
    """True when the letters of short stand in long in that order: a shorter or longer form of one name."""
    letters = iter(long)
    return all(letter in letters for letter in short)
