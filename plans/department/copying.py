"""Last year's plan as the draft of another year: what is dated moves with the year, and every move is told. Pure.

A legal document's own date, symbol and name never change. Whatever was moved, and whatever was left on purpose,
becomes a defect of the copy to be looked at: nothing dated goes unseen into a new plan.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from documents.dates import TZ, WEEKDAYS
from documents.phrases import read_deadline
from documents.references import find_issuer, find_references
from documents.vietnamese import nfc
from plans.deadlines.workdays import NO_OVERRIDES, is_workday
from plans.department.content import cite
from plans.department.content_differences import headings

_DAY = re.compile(
    r"(?<![\d/.])(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?!\d)"
    r"|(?<!\d)(?P<ld>\d{1,2})\s+tháng\s+(?P<lm>\d{1,2})\s+năm\s+(?P<ly>(?:19|20)\d\d)(?!\d)",
    re.ASCII,
)
_SPAN = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d(?!\d)")
_YEAR = re.compile(r"(?<![\d.,])(?P<y>(?:19|20)\d\d)(?!\d|[.,]\d)")
_SAID_AS_YEAR = re.compile(r"(?:năm|quý\s+[IV1-4]{1,3}\s*/|(?:tháng\s+)?\d{1,2}\s*/)\s*$", re.IGNORECASE)
_BASELINE = re.compile(r"so\s+với\s+(?:kết\s+quả\s+)?(?:của\s+)?năm\s*$", re.IGNORECASE)
_CUE = re.compile(
    r"(?:trước|chậm nhất|muộn nhất|đến hết|hết|đến|từ|xong|hạn)(?:\s+(?:là|vào))?(?:\s+ngày)?\s*$", re.IGNORECASE
)
_NAME_ENDS = re.compile(r"[.;,()\n]\s|[.;)(]$|[()]")


@dataclass
class Told:
    """What happened to one date: `code` is date_moved or date_kept; `day` is where a full date went."""

    code: str
    before: str
    after: str = ""
    day: date | None = None
    note: str = ""


@dataclass
class _Move:
    """One copying: the years, who works when, and what was told on the way."""

    old: int
    new: int
    overrides: Mapping[date, bool]
    told: list[dict] = field(default_factory=list)

    @property
    def shift(self) -> int:
        return self.new - self.old

    def text(self, text: str, where: str, section: int | None = None) -> str:
        """The text of the new year; what was moved or left is told."""
        moved, found = move_text(text, self.old, self.new)
        seen = set()
        for row in found:
            words = self._words(row)
            if words not in seen:
                self.tell(row.code, words, where, section, self._is_off(row))
            seen.add(words)
        return moved

    def _is_off(self, row: Told) -> bool:
        return row.day is not None and not is_workday(row.day, self.overrides)

    def _words(self, row: Told) -> str:
        if row.code == "date_kept":
            return _("“%(what)s” giữ nguyên%(note)s") % {"what": row.before, "note": row.note}
        day = ""
        if row.day:
            off = _(", ngày nghỉ") if self._is_off(row) else ""
            day = f" ({WEEKDAYS[row.day.weekday()]}{off})"
        return f"{row.before} → {row.after}{day}{row.note}"

    def tell(self, code: str, words: str, where: str, section: int | None = None, doubtful: bool = False) -> None:
        severity = "warning" if doubtful or code == "date_moved" else "info"
        self.told.append({
            "code": code, "severity": severity, "where": where, "text": words, "section": section, "settled": False,
        })  # fmt: skip


def next_year(content: dict, year: int, overrides: Mapping[date, bool] = NO_OVERRIDES) -> dict:
    """The content of a plan of that year made from another year's, its defects telling every date.

    Number and day are blank. `overrides` are the days that differ from the calendar (plans.deadlines.workdays).
    """
    move = _Move(content["year"], year, overrides)
    new = deepcopy(content) | {"year": year, "defects": move.told, "set_aside": []}
    _move_frame(new["frame"], move)
    for row, where in zip(new["sections"], headings(new["sections"]), strict=True):
        row["title"] = move.text(row["title"], where, row["id"])
        row["text"] = move.text(row["text"], where, row["id"])
        row["cells"] = [move.text(cell, where, row["id"]) for cell in row["cells"]]
    for row in new["targets"]:
        _move_target(row, move)
    for row in new["duties"]:
        _move_duty(row, move)
    for name in ("channels", "audiences"):  # the same words stand in the text, where they have been told
        new[name] = [move_text(text, move.old, year)[0] for text in new[name]]
    _tell_of_documents(content, move)
    return cite(new)


def _move_frame(frame: dict, move: _Move) -> None:
    frame |= {"number": "", "date_day": None, "date_year": move.new}
    frame["title"] = move.text(frame["title"], _("trích yếu"))
    frame["motto"] = move.text(frame["motto"], _("phương châm"))
    for code, reason in frame["absences"].items():
        frame["absences"][code] = move.text(reason, _("nội dung không có"))
        move.tell("absence_kept", _("Năm trước ghi “không có”: %s. Xem năm nay còn đúng không.") % reason, code)


def _move_target(row: dict, move: _Move) -> None:
    where = _("chỉ tiêu %s") % row["index"]
    if row["baseline_year"]:
        before = row["baseline_year"]
        row["baseline_year"] += move.shift
        words = _("so với năm %(before)d → so với năm %(after)d")
        move.tell("date_moved", words % {"before": before, "after": row["baseline_year"]}, where)
    if row["by_year"] == move.old:
        row["by_year"] = move.new
        move.tell("date_moved", _("đến năm %(old)d → đến năm %(new)d") % {"old": move.old, "new": move.new}, where)
    elif row["by_year"]:
        past = _("; năm đó đã qua, cần sửa") if row["by_year"] < move.new else ""
        move.tell("date_kept", _("“đến năm %(year)d” giữ nguyên%(past)s") % {"year": row["by_year"], "past": past},
                  where, doubtful=bool(past))  # fmt: skip


def _move_duty(row: dict, move: _Move) -> None:
    row.pop("origin", None)
    row["what"] = move_text(row["what"], move.old, move.new)[0]
    before, row["phrase"] = row["phrase"], move_text(row["phrase"], move.old, move.new)[0]
    if not row["due_at"]:
        return
    due = datetime.fromisoformat(row["due_at"]).astimezone(TZ)
    said, now = read_deadline(before, move.old).instant, read_deadline(row["phrase"], move.new).instant
    # The phrase leads where it says what is stored; where a person chose another instant, its day moves.
    moved = now if said == due and now else datetime.combine(same_day(due.date(), move.shift), due.timetz())
    row["due_at"] = moved.isoformat()
    off = _(", ngày nghỉ") if not is_workday(moved.date(), move.overrides) else ""
    words = _("hạn cuối %(before)s → %(after)s (%(weekday)s%(off)s)") % {
        "before": f"{due:%d/%m/%Y}", "after": f"{moved:%d/%m/%Y}", "weekday": WEEKDAYS[moved.weekday()], "off": off,
    }  # fmt: skip
    move.tell("date_moved", words, _("nhiệm vụ của %s") % row["who"][:100], row["section"], bool(off))


def _tell_of_documents(content: dict, move: _Move) -> None:
    """Documents of the old year are named one by one: most give way to those of the new year."""
    for facts in content["documents"].values():
        if facts["date"] and int(facts["date"][:4]) >= move.old:
            words = _("%(name)s là văn bản của năm %(old)d; thay bằng văn bản của năm %(new)d nếu đã có.")
            name = f"{facts['type']} số {facts['symbol']}"
            move.tell("basis_of_year", words % {"name": name, "old": move.old, "new": move.new}, _("căn cứ"))


# One text


def move_text(text: str, old: int, new: int) -> tuple[str, list[Told]]:
    """The text of a plan of year `old` as that of year `new`, and what happened to each date in it."""
    text = nfc(text)
    legal = list(_legal_spans(text))
    changes: list[tuple[int, int, str]] = []
    told: list[Told] = []
    taken = list(legal)
    for match in _DAY.finditer(text):
        if not _inside(match.start(), taken):
            taken.append(match.span())
            _move_day(text, match, old, new, changes, told)
    for match in _SPAN.finditer(text):
        if not _inside(match.start(), taken):
            taken.append(match.span())
            told.append(Told("date_kept", match.group()))
    for match in _YEAR.finditer(text):
        if not _inside(match.start(), taken):
            _move_year(text, match, old, new, changes, told)
    for start, end, words in sorted(changes, reverse=True):
        text = text[:start] + words + text[end:]
    return text, told


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _legal_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where documents are cited: symbol, date and name, as far as the clause goes."""
    for reference in find_references(text):
        dated = _DAY.search(text, reference.end) if reference.date else None
        after = dated.end() if dated else reference.end
        end = _NAME_ENDS.search(text, after)
        yield reference.start, end.start() if end else len(text)


def _move_day(text: str, match: re.Match, old: int, new: int, changes: list, told: list[Told]) -> None:
    year = int(match["y"] or match["ly"])
    cue = _CUE.search(text[: match.start()])
    near = year == old or (cue and year in (old - 1, old + 1))
    try:
        day = date(year, int(match["m"] or match["lm"]), int(match["d"] or match["ld"]))
    except ValueError:
        near, day = False, None
    if not near or find_issuer(text, match.end()):
        told.append(Told("date_kept", match.group()))
        return
    there = same_day(day, new - old)
    written = _written_like(match, there)
    changes.append((*match.span(), written))
    note = _("; năm %d không có ngày 29/02") % there.year if there.day != day.day else ""
    told.append(Told("date_moved", match.group(), written, there, note))


def same_day(day: date, shift: int) -> date:
    """The same day of another year; 28/02 where there is no 29/02."""
    try:
        return day.replace(year=day.year + shift)
    except ValueError:
        return day.replace(year=day.year + shift, day=28)


def _written_like(match: re.Match, day: date) -> str:
    """The day as the match is written, padding kept."""
    group = "ld" if match["ld"] else "d"
    start = match.start()
    text = match.group()
    first = f"{day.day:0{len(match[group])}d}"
    year = match.span("ly" if match["ly"] else "y")
    return first + text[match.end(group) - start : year[0] - start] + str(day.year)


def _move_year(text: str, match: re.Match, old: int, new: int, changes: list, told: list[Told]) -> None:
    year, before = int(match["y"]), text[: match.start()]
    said = _SAID_AS_YEAR.search(before)
    if not said:
        return
    phrase = text[said.start() : match.end()].strip()
    if year == old or (year == old - 1 and _BASELINE.search(before)):
        there = str(year + new - old)
        changes.append((*match.span(), there))
        told.append(Told("date_moved", phrase, f"{phrase[:-4]}{there}"))
    else:
        told.append(Told("date_kept", phrase))
