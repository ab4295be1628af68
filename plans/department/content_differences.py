"""What changed between two contents of a plan (plans.department.content): part by part, word by word. Pure."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from documents.dates import document_date
from documents.reading.vocabulary import DEFAULT_AREAS
from plans.deadlines.workdays import VIETNAM
from plans.department.targets import target_words
from plans.differences import ADDED, CHANGED, MOVED, REMOVED, Change, FieldChange
from plans.models.obligation import Recurrence
from plans.pairing import in_order, pair

TITLE_MAX = 120
AREA_NAMES = {area.code: area.name for area in DEFAULT_AREAS}


def content_differences(before: dict, after: dict) -> list[Change]:
    """The changes in the order in which the plan is read: its frame, its parts, its lists.

    A part is the same while its text or its id is; renumbering alone is told once for the whole plan.
    """
    return [*_frame(before, after), *_sections(before, after), *_lists(before, after)]


def _frame(before: dict, after: dict) -> Iterator[Change]:
    old, new = _frame_texts(before), _frame_texts(after)
    fields = tuple(FieldChange(label, old[label], new[label]) for label in new if old[label] != new[label])
    if fields:
        yield Change(CHANGED, _("Thể thức"), _("Thể thức văn bản"), fields)


def _frame_texts(content: dict) -> dict[str, str]:
    frame = content["frame"]
    return {
        _("Năm"): str(content["year"] or ""),
        _("Trích yếu"): frame["title"],
        _("Số"): frame["number"],
        _("Ký hiệu"): frame["symbol"],
        _("Địa danh"): frame["place"],
        _("Ngày văn bản"): document_date(day=frame["date_day"], month=frame["date_month"], year=frame["date_year"]),
        _("Phương châm"): frame["motto"],
        _("Quyền hạn ký"): frame["signer_authority"],
        _("Chức vụ người ký"): frame["signer_title"],
        _("Người ký"): frame["signer_name"],
    }


def section_text(row: dict) -> str:
    """Everything a part says, without its label."""
    return " ".join(filter(None, (row["title"], row["text"], " | ".join(row["cells"]))))


def _sections(before: dict, after: dict) -> Iterator[Change]:
    olds, news = before["sections"], after["sections"]
    found = pair(
        [section_text(row) for row in olds],
        [section_text(row) for row in news],
        [row["id"] for row in olds],
        [row["id"] for row in news],
    )
    moved = _moved(olds, news, found)
    where_old, where_new = headings(olds), headings(news)
    gone = [place for place in range(len(olds)) if place not in set(found.values())]
    relabelled = []
    for place, row in enumerate(news):
        if place not in found:
            yield Change(ADDED, where_new[place], _name(row), (FieldChange("", "", section_text(row)),), row["id"])
            continue
        old = olds[found[place]]
        while gone and gone[0] < found[place]:
            yield _removed(olds, gone.pop(0), where_old)
        if fields := tuple(_changed_fields(old, row)):
            yield Change(CHANGED, where_new[place], _name(row), fields, row["id"])
        if place in moved:
            stood = FieldChange(_("Vị trí"), where_old[found[place]], where_new[place])
            yield Change(
                MOVED, where_new[place], _name(row), (stood,) if stood.before != stood.after else (), row["id"]
            )
        if old["mark"] != row["mark"]:
            relabelled.append(FieldChange(_name(row)[:60], old["mark"], row["mark"]))
    yield from (_removed(olds, place, where_old) for place in gone)
    if relabelled:
        yield Change(CHANGED, _("Ký hiệu"), _("Đánh số lại %d mục") % len(relabelled), tuple(relabelled))


def _removed(olds: list[dict], place: int, where: list[str]) -> Change:
    return Change(REMOVED, where[place], _name(olds[place]), (FieldChange("", section_text(olds[place]), ""),))


def _changed_fields(old: dict, new: dict) -> Iterator[FieldChange]:
    for label, name in ((_("Tiêu đề"), "title"), (_("Nội dung"), "text")):
        if old[name] != new[name]:
            yield FieldChange(label, old[name], new[name])
    if old["area"] != new["area"]:
        was, now = (AREA_NAMES.get(row["area"], row["area"]) for row in (old, new))
        yield FieldChange(_("Nội dung CCHC"), was, now)
    if old["cells"] != new["cells"]:
        yield FieldChange(_("Các ô"), " | ".join(old["cells"]), " | ".join(new["cells"]))


def _moved(olds: list[dict], news: list[dict], found: dict[int, int]) -> set[int]:
    """Places in `news` of parts that stand below another part than before, or in another order there."""
    old_parents, new_parents = _parents(olds), _parents(news)
    siblings: dict[int | None, dict[int, int]] = {}
    moved = set()
    for place, other in found.items():
        above = new_parents[place]
        if (found.get(above) if above is not None else None) == old_parents[other]:
            siblings.setdefault(above, {})[place] = other
        elif above is None or above in found:
            moved.add(place)
    for group in siblings.values():
        moved |= set(group) - set(in_order(group))
    return moved


def _parents(rows: list[dict]) -> list[int | None]:
    places = {row["id"]: place for place, row in enumerate(rows)}
    return [places.get(row["parent"]) for row in rows]


def headings(rows: list[dict]) -> list[str]:
    """Under which headings each part stands: "III › 1 › a"."""
    path: dict[int, str] = {}
    found = []
    for row in rows:
        above = path.get(row["parent"], "")
        found.append(above or _("Phần mở đầu"))
        path[row["id"]] = " › ".join(filter(None, (above, row["label"])))
    return found


def _name(row: dict) -> str:
    text = " ".join(filter(None, (row["mark"], row["title"] or row["text"] or " | ".join(row["cells"]))))
    return Truncator(text).chars(TITLE_MAX)


def _lists(before: dict, after: dict) -> Iterator[Change]:
    for label, lines in (
        (_("Chỉ tiêu chỉ số"), _targets),
        (_("Hình thức"), lambda content: content["channels"]),
        (_("Đối tượng"), lambda content: content["audiences"]),
        (_("Nhiệm vụ và thời hạn"), _duties),
        (_("Nơi nhận"), _recipients),
    ):
        yield from _list(label, lines(before), lines(after))


def _list(label: str, olds: list[str], news: list[str]) -> Iterator[Change]:
    found = pair(olds, news)
    for place, line in enumerate(news):
        old = olds[found[place]] if place in found else ""
        if old != line:
            yield Change(CHANGED if old else ADDED, label, line[:TITLE_MAX], (FieldChange("", old, line),))
    for place, line in enumerate(olds):
        if place not in found.values():
            yield Change(REMOVED, label, line[:TITLE_MAX], (FieldChange("", line, ""),))


def _targets(content: dict) -> list[str]:
    return [target_line(content["documents"], row) for row in content["targets"]]


def target_line(documents: dict, row: dict) -> str:
    """A target of a content in one line; `documents` are those of the content."""
    numbers = {name: Decimal(row[name]) if row[name] is not None else None for name in ("value", "value_max")}
    basis = documents.get(row["basis"], {}).get("symbol", "")
    words = f"{row['index']}: {target_words(SimpleNamespace(**row | numbers))}"
    return f"{words} ({basis})" if basis else words


def _duties(content: dict) -> list[str]:
    return [duty_line(row) for row in content["duties"]]


def duty_line(row: dict) -> str:
    """A duty of a content in one line, with its deadline, how often and to whom."""
    often = str(Recurrence(row["recurrence"]).label).lower() if row["recurrence"] else ""
    to = _("gửi %s") % row["to"] if row["to"] else ""
    return " – ".join(filter(None, (row["who"], row["what"], row["phrase"], _due(row), often, to)))


def _due(row: dict) -> str:
    if not row["due_at"]:
        return ""
    due = datetime.fromisoformat(row["due_at"]).astimezone(VIETNAM)
    return _("hạn %s") % f"{due:%H:%M %d/%m/%Y}"


def _recipients(content: dict) -> list[str]:
    return [f"{row['name']} ({row['purpose']})" if row["purpose"] else row["name"] for row in content["recipients"]]
