"""Targets of the ranking indices: "tăng 10 bậc so với năm 2021", "TOP 20", "từ 90% trở lên"."""

import re
from bisect import bisect_left

from documents.numbers import UnreadableNumber, parse_number
from documents.reading.model import Target
from documents.references import find_references
from documents.vietnamese import fold

_NUMBER = r"\d{1,3}(?:[.,]\d{1,3})?"


def _range(name):
    return rf"(?P<{name}>{_NUMBER})(?:\s*(?:-|–|đến)\s*(?P<{name}max>{_NUMBER}))?"


_VALUES = re.compile(
    "|".join(
        (
            rf"(?:tăng|cải\s+thiện|nâng)\s+(?:thêm\s+|ít\s+nhất\s+|tối\s+thiểu\s+|từ\s+)*(?:{_range('rank')})\s*(?:bậc|hạng)",
            rf"(?:lên|thêm)\s+(?:ít\s+nhất\s+|tối\s+thiểu\s+|từ\s+)?(?P<up>{_NUMBER})(?:\s*(?:-|–|đến)\s*(?P<upmax>{_NUMBER}))?\s*bậc",
            rf"(?:tăng|cải\s+thiện|nâng|thêm)\s+(?:thêm\s+|ít\s+nhất\s+|tối\s+thiểu\s+|từ\s+)*(?:{_range('score')})\s*(?P<scoreunit>điểm\s*%|%|điểm)",
            r"(?:TOP|tốp|nhóm)\s*(?P<top>\d{1,3})\b|(?:xếp|đứng)\s+(?:thứ\s+|hạng\s+|vị\s+trí\s+(?:thứ\s+)?)+(?P<place>\d{1,3})\b",
            rf"(?:đạt|từ|trên|tối\s+thiểu|ít\s+nhất)\s+(?:mức\s+|tỷ\s+lệ\s+|từ\s+|trên\s+|tối\s+thiểu\s+|ít\s+nhất\s+)*(?:{_range('level')})\s*(?P<levelunit>%|điểm)",
        )
    ),
    re.IGNORECASE,
)
_BASELINE = re.compile(
    r"\s*(?:trở\s+lên\s*)?(?:\([^()]{0,40}\)\s*)?so\s+với\s+(?:kết\s+quả\s+)?năm\s+(\d{4})", re.IGNORECASE
)
_FARTHEST_BASIS = 600
_PARTED = re.compile(r";|\.\s")
_BY_YEAR = re.compile(r"(?:đến|vào|hết|trong)\s+(?:cuối\s+|hết\s+)?năm\s+(\d{4})", re.IGNORECASE)
# A rise over a year named has a year of its own when its sentence begins with it: "Đến năm 2018, … so với năm 2015".
_UNTIL_YEAR = re.compile(
    r"(?:^|[.;]\s+)(?:đến|hết)\s+(?:cuối\s+|hết\s+)?năm\s+(\d{4})(?:(?!\bnăm\b)[^.;()]){0,100}$", re.IGNORECASE
)
_BASIS = re.compile(
    r"\(?\s*theo\s|\(\s*(?:tại|thực\s+hiện|nêu\s+tại|căn\s+cứ)\s|"
    r"\(\s*(?=(?:nghị\s+quyết|quyết\s+định|kế\s+hoạch|chương\s+trình|đề\s+án|chỉ\s+thị|công\s+văn|thông\s+báo)\s)",
    re.IGNORECASE,
)
_AT_YEAR = re.compile(r"[^.;]{0,90}?\bvào\s+(?:cuối\s+)?năm\s+(\d{4})", re.IGNORECASE)
# Words that may stand between two values of one index; others name a measure of their own.
_SAME_MEASURE = frozenset(
    """
    va den nam vao cuoi het trong phan dau duy tri giu vung thuoc nhom dat xep thu hang tu tren muc tang them it nhat
    toi thieu diem bac vi so voi o moi tiep tuc nang cai thien chi hai long nguoi dan to chuc ca nhan hay hoac nuoc theo
    toan quoc dan top tro len giai doan dua lot
    """.split()  # noqa: SIM905
)


def _index_pattern(indices):
    pairs = sorted(
        ((alias, index.code) for index in indices for alias in index.aliases), key=lambda pair: -len(pair[0])
    )
    codes = {" ".join(alias.casefold().split()): code for alias, code in pairs}
    alternatives = "|".join(re.escape(alias).replace(r"\ ", r"\s+") for alias, _ in pairs)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE), codes


def named_indices(nodes, indices):
    """The codes of every index that the plan names, in the scheme's order."""
    pattern, codes = _index_pattern(indices)
    named = {codes[" ".join(name.casefold().split())] for node in nodes for name in pattern.findall(node.content)}
    return [index.code for index in indices if index.code in named]


def read_targets(nodes, indices):
    """Every target, in order: each value belongs to the indices named last before it."""
    pattern, codes = _index_pattern(indices)
    targets = []
    for node in nodes:
        text = node.content
        values = list(_VALUES.finditer(text)) if pattern.search(text) else []
        if values:
            names = [
                (match.start(), codes[" ".join(match.group().casefold().split())]) for match in pattern.finditer(text)
            ]
            targets += _node_targets(node, text, names, values)
    return targets


def _node_targets(node, text, names, values):
    bases = [(reference.start, reference.key) for reference in find_references(text)]
    current, closed, targets, by_year = [], False, [], None
    events = sorted(
        [(start, 0, code) for start, code in names] + [(value.start(), 1, value) for value in values],
        key=lambda event: event[:2],
    )
    ends = [value.start() for value in values[1:]] + [len(text)]
    starts = [0] + [value.end() for value in values[:-1]]
    order = -1
    said_first = _BY_YEAR.search(text, 0, names[0][0]) if names else None
    lead, last = int(said_first.group(1)) if said_first else None, 0
    for start, is_value, item in events:
        if not is_value:
            if _PARTED.search(text, last, start):
                closed, by_year = True, lead
            last = start
            current = ([] if closed else current) + ([item] if closed or item not in current else [])
            closed = False
            continue
        order += 1
        if closed and _other_measure(text, starts[order], start, current):
            current = []
        closed = True
        basis = _basis(text, bases, item.end())
        baseline, by_year = _years(text, item, starts[order], ends[order], by_year)
        for index in current:
            if target := _target(index, item, baseline, by_year, basis, node):
                targets.append(target)
    return targets


def _years(text, match, before, after, last):
    """(baseline year, by year) of a value; "đến năm 2025 đạt 90%, nằm trong TOP 25" holds for both values."""
    baseline = _BASELINE.match(text, match.end())
    at_year = _AT_YEAR.match(text, baseline.end() if baseline else match.end(), after)
    years = [int(found.group(1)) for found in _BY_YEAR.finditer(text, before, match.start())]
    if baseline:
        reached = _UNTIL_YEAR.search(text, before, match.start()) or at_year
        return int(baseline.group(1)), int(reached.group(1)) if reached else None
    following = _BY_YEAR.search(text, match.end(), min(after, match.end() + 40))
    following = following or at_year
    return None, years[-1] if years else int(following.group(1)) if following else last


def _other_measure(text, end, start, current):
    """True when a value after a semicolon is of something else: "; tỷ lệ hồ sơ trực tuyến đạt 80%"."""
    parted = list(re.finditer(r"[;,]", text[end:start]))
    said = text[end + parted[-1].end() : start] if parted else ""
    words = [word for word in re.findall(r"[^\W\d_]+", fold(said)) if word not in _SAME_MEASURE]
    satisfied = "hai long" in fold(said) and "SIPAS" in current
    return len(words) >= (2 if parted and parted[-1].group() == ";" else 3) and not satisfied


def _target(index, match, baseline, by_year, basis, node):
    kind, value, maximum, unit = _read_value(match)
    try:
        value, maximum = parse_number(value), parse_number(maximum) if maximum else None
    except UnreadableNumber:
        return None
    return Target(index, kind, value, maximum, unit, baseline, by_year, basis, node.position)


def _read_value(match):
    groups = match.groupdict()
    if groups["up"]:
        return "rank_change", groups["up"], groups["upmax"], "bậc"
    if groups["rank"]:
        return "rank_change", groups["rank"], groups["rankmax"], "bậc"
    if groups["score"]:
        return "score_change", groups["score"], groups["scoremax"], re.sub(r"\s+", " ", groups["scoreunit"]).lower()
    if groups["top"] or groups["place"]:
        return "position", groups["top"] or groups["place"], None, "hạng"
    return "level", groups["level"], groups["levelmax"], groups["levelunit"].lower()


def _basis(text, bases, end):
    """The document of the first "(theo …)" after the value, within its sentence."""
    match = _BASIS.search(text, end, end + _FARTHEST_BASIS)
    if not match or re.search(r"\.\s+[A-ZĐ]", text[end : match.start()]):
        return None
    at = bisect_left(bases, (match.start(), ""))
    return bases[at][1] if at < len(bases) else None
