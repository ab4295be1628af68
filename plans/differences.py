"""What a resubmitted unit plan changed against the one handed in before. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from documents.word_differences import Piece, pieces
from plans.snapshots import AreaContent, Content, Line

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"
WORDS = {ADDED: _("Thêm"), REMOVED: _("Bỏ"), CHANGED: _("Sửa"), MOVED: _("Chuyển chỗ")}

TEXTS = (
    ("purpose", _("Mục đích, yêu cầu")),
    ("organisation", _("Tổ chức thực hiện")),
    ("contact", _("Người theo dõi")),
)
LINE_FIELDS = (
    ("title", _("Tên nhiệm vụ")),
    ("channel", _("Hình thức")),
    ("audience", _("Đối tượng")),
    ("when", _("Thời gian")),
    ("person", _("Người thực hiện")),
    ("product", _("Sản phẩm")),
    ("indicator", _("Chỉ tiêu")),
    ("amount", _("Số lượng")),
    ("cost", _("Kinh phí")),
    ("sources", _("Nguồn kinh phí")),
)


SHORT = 60  # characters


@dataclass(frozen=True)
class FieldChange:
    """One field: what stood there and what stands there now ("" for nothing)."""

    label: str
    before: str
    after: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Both texts as one, the changed words marked."""
        return pieces(self.before, self.after)

    @property
    def marked(self) -> tuple[Piece, ...]:
        """`pieces` of a long text; none of a short one ("2.000 tờ"), which is told whole: before, after."""
        return self.pieces if min(len(self.before), len(self.after)) > SHORT else ()


@dataclass(frozen=True)
class Change:
    """`kind` is added, removed, changed or moved; `where` names the area or the part; `title` the line.

    `section` is the id of the part of the later content it is about; `part` its key among the parts of a unit plan
    that can be remarked on.
    """

    kind: str
    where: str
    title: str
    fields: tuple[FieldChange, ...] = ()
    section: int | None = None
    part: str = ""

    @property
    def word(self) -> str:
        return str(WORDS[self.kind])


def differences(before: Content, after: Content) -> list[Change]:
    """Changes in the order of the plan: general texts, then area by area. A line is the same while its id is."""
    return [
        *_texts(before, after), *_lines(before, after), *_absences(before, after), *_refusals(before, after),
    ]  # fmt: skip


def _texts(before: Content, after: Content) -> Iterator[Change]:
    for name, label in TEXTS:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield Change(
                CHANGED,
                str(_("Thông tin chung")),
                str(label),
                (FieldChange(str(label), old, new),),
                part=f"text:{name}",
            )


def _lines(before: Content, after: Content) -> Iterator[Change]:
    old, new = _by_id(before), _by_id(after)
    for area in after.areas:
        for number, (was_in, line) in old.items():
            if number not in new and was_in.code == area.code:
                yield Change(REMOVED, area.title, line.title, part=line.part)
        for line in area.lines:
            if line.id not in old:
                yield Change(ADDED, area.title, line.title, part=line.part)
            elif fields := tuple(_changed_fields(*old[line.id], area, line)):
                yield Change(CHANGED, area.title, line.title, fields, part=line.part)


def _by_id(content: Content) -> dict[int, tuple[AreaContent, Line]]:
    return {line.id: (area, line) for area in content.areas for line in area.lines}


def _changed_fields(old_area: AreaContent, old: Line, area: AreaContent, new: Line) -> Iterator[FieldChange]:
    if old_area.code != area.code:
        yield FieldChange(str(_("Nội dung")), old_area.title, area.title)
    for name, label in LINE_FIELDS:
        was, now = getattr(old, name) or "", getattr(new, name) or ""
        if was != now:
            yield FieldChange(str(label), was, now)


def _absences(before: Content, after: Content) -> Iterator[Change]:
    reasons = {area.code: area.absence for area in before.areas}
    for area in after.areas:
        old = reasons.get(area.code, "")
        if old != area.absence:
            label = str(_("Ghi “không có”"))
            yield Change(CHANGED, area.title, label, (FieldChange(label, old, area.absence),), part=area.part)


def _refusals(before: Content, after: Content) -> Iterator[Change]:
    """What is newly said to be none of the unit's, taken back, or said with another reason."""
    old = {answer.asked.key: answer for answer in before.declined}
    new = {answer.asked.key: answer for answer in after.declined}
    label = str(_("Không thuộc chức năng"))
    for key, answer in (old | new).items():
        was, now = (held[key].reason if key in held else "" for held in (old, new))
        if was != now:
            yield Change(CHANGED, answer.asked.text[:150], label, (FieldChange(label, was, now),))
