"""Writing a roll-up's narrative: the draft kept up with the figures, unit texts taken, paragraphs edited.

Text may be changed until the report is with the Director; the figures are never touched here. What a person
wrote is kept when the figures are put together anew: the paragraph then shows both texts, and a person decides.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import Event, User
from accounts.search_text import folded
from accounts.workflow import MoveRefused, StaleState
from plans.receipts import sha256
from reporting import perms
from reporting.models import AreaAssessment, RollUp, RollUpParagraph, RollUpState, UnitReport
from reporting.models.unit_report import RECEIVED
from reporting.roll_ups.content import TEXTS, common_words
from reporting.roll_ups.draft import Composed, draft
from reporting.roll_ups.outline import Part, outline, unit_texts
from reporting.roll_ups.said import typed_numbers

WRITABLE = (RollUpState.COLLECTING, RollUpState.COMPILING, RollUpState.CUT, RollUpState.OFFICE_REVIEW)
NARRATE = "narrate"  # the action of events about the text
STEP = 10  # between positions, so that one may be put in between


class Conflict(StaleState):
    """Somebody saved another text of the paragraph; `paragraph` is the stored one."""

    def __init__(self, message: str, paragraph: RollUpParagraph):
        super().__init__(message)
        self.paragraph = paragraph


# The draft and the figures


def refresh_draft(roll_up: RollUp, content: dict) -> None:
    """Bring the composed paragraphs to what the figures of `content` say; part of the build that made them.

    A text nobody has changed follows; a changed one is kept, and `source_now` says what it would be.
    """
    stored = {(row.part, row.rule): row for row in roll_up.paragraphs.exclude(rule="").select_for_update()}
    for position, composed in enumerate(draft(content)):
        row = stored.pop((composed.part, composed.rule), None)
        _follow(row or RollUpParagraph(roll_up=roll_up, part=composed.part, rule=composed.rule), composed, position)
    for row in stored.values():  # the figures give no such sentence any more
        if row.is_edited or row.dropped:
            _store(row, source_now="", numbers=[])
        else:
            row.delete()


def _follow(row: RollUpParagraph, composed: Composed, position: int) -> None:
    said, is_new = str(composed.said), row.pk is None
    facts = {"source_now": said, "numbers": [list(number) for number in composed.said.numbers]}
    if is_new or not row.is_edited:
        facts |= {"source_text": said, "text": said}
    if is_new:
        row.position = position
        for name, value in facts.items():
            setattr(row, name, value)
        row.save()
    elif any(getattr(row, name) != value for name, value in facts.items()):
        _store(row, **facts)


def _store(row: RollUpParagraph, **facts) -> None:
    """Write some columns of a paragraph, whatever its version; the next save of an older form meets a conflict."""
    if "text" in facts:
        facts["search_text"] = folded(RollUpParagraph, facts)
    RollUpParagraph.objects.filter(pk=row.pk).update(version=models.F("version") + 1, **facts)


def paragraphs_of(roll_up: RollUp, content: dict) -> list[RollUpParagraph]:
    """The paragraphs in their order, left-out ones too.

    A roll-up that was cut before there were any has what it was printed with then: the draft and every unit text.
    """
    rows = list(roll_up.paragraphs.select_related("edited_by", "report__period"))
    if any(row.is_composed for row in rows):
        return rows
    return [*_composed(roll_up, content), *rows, *_all_texts(roll_up, content)]


def by_part(roll_up: RollUp, content: dict) -> list[tuple[Part, list[RollUpParagraph]]]:
    """Every part of the outline with its paragraphs."""
    rows = paragraphs_of(roll_up, content)
    return [(part, [row for row in rows if row.part == part.code]) for part in outline(content)]


def _composed(roll_up: RollUp, content: dict) -> Iterable[RollUpParagraph]:
    for position, row in enumerate(draft(content)):
        said, numbers = str(row.said), [list(number) for number in row.said.numbers]
        yield RollUpParagraph(
            roll_up=roll_up, part=row.part, rule=row.rule, position=position, source_text=said, source_now=said,
            numbers=numbers, text=said,
        )  # fmt: skip


def _all_texts(roll_up: RollUp, content: dict) -> Iterable[RollUpParagraph]:
    for part in outline(content):
        for position, row in enumerate(unit_texts(content, part), start=1000):
            yield RollUpParagraph(
                roll_up=roll_up, part=part.code, position=position, report_id=row["report"],
                report_version=row.get("version", 1), unit=row["unit"], source_text=row["text"], text=row["text"],
            )  # fmt: skip


def live_texts(rows: Iterable[RollUpParagraph]) -> dict[int, str | None]:
    """What the sources of taken paragraphs say now, by paragraph; None where the report is no longer received.

    Two queries, whatever their number.
    """
    taken = [row for row in rows if row.is_taken and row.pk]
    reports = UnitReport.objects.in_bulk({row.report_id for row in taken})
    judged: dict[int, list[AreaAssessment]] = {}
    for words in AreaAssessment.objects.filter(report__in=list(reports)).select_related("area"):
        judged.setdefault(words.report_id, []).append(words)

    def now(row: RollUpParagraph) -> str | None:
        report = reports[row.report_id]
        if report.state not in RECEIVED:
            return None
        words = judged.get(report.pk, ())
        if row.part in TEXTS:
            return common_words(report, row.part, words)
        return next((each.text for each in words if each.area.code == row.part), "")

    return {row.pk: now(row) for row in taken}


def text_sha256(roll_up: RollUp) -> str:
    """The hash of everything a person may have written: what is printed changes only with it or with the figures."""
    rows = roll_up.paragraphs.kept().order_by("part", "position", "pk")
    return sha256([list(row) for row in rows.values_list("part", "unit", "text")])


# What people do


def _writing(act: Callable) -> Callable:
    """One transaction under the roll-up's lock, for who may compile, while its text is open."""

    @wraps(act)
    @transaction.atomic
    def locked(roll_up: RollUp, *args, by: User, now: datetime, **more):
        if perms.may_compile(by, roll_up, now.date()) is None:
            raise PermissionDenied
        stored = RollUp.objects.select_for_update().get(pk=roll_up.pk)
        if stored.state not in WRITABLE:
            raise StaleState(_("Báo cáo ở bước “%s” nên lời văn đã khóa.") % stored.get_state_display())
        return act(stored, *args, by=by, now=now, **more)

    return locked


def _changed(roll_up: RollUp, by: User, now: datetime, label: str, row: RollUpParagraph | None = None, **data) -> None:
    """Log a change; whoever has the roll-up open with the text before cannot send that on unseen."""
    RollUp.objects.filter(pk=roll_up.pk).update(version=models.F("version") + 1)
    told = {"paragraph": row.pk, **data} if row else data
    Event.record(roll_up, at=now, by=by, action=NARRATE, label=label, agency_id=roll_up.agency_id, data=told)


@_writing
def add_paragraph(roll_up: RollUp, part: Part, *, text: str, key: str, by: User, now: datetime) -> RollUpParagraph:
    """The Office's own words at the end of a part; the same `key` twice is one paragraph."""
    if earlier := roll_up.paragraphs.filter(key=key).first():
        return earlier
    row = RollUpParagraph.objects.create(
        roll_up=roll_up, part=part.code, position=_last(roll_up, part.code) + STEP, text=text, key=key, edited_at=now,
        edited_by=by,
    )  # fmt: skip
    _changed(roll_up, by, now, _("Viết thêm đoạn ở mục “%s”") % part.title, row)
    return row


def _last(roll_up: RollUp, part: str) -> int:
    return roll_up.paragraphs.filter(part=part).aggregate(last=models.Max("position"))["last"] or 0


@_writing
def take_texts(roll_up: RollUp, part: Part, texts: Iterable[dict], *, by: User, now: datetime) -> int:
    """Put unit texts (rows of outline.unit_texts) into a part with their source; gives how many are new there."""
    taken = {row.report_id: row for row in roll_up.paragraphs.filter(part=part.code, report__isnull=False)}
    last, new = _last(roll_up, part.code), []
    for row in texts:
        earlier = taken.get(row["report"])
        if earlier and earlier.dropped:
            _store(earlier, dropped=False, edited_at=now, edited_by=by)
            new.append(row["unit"])
        elif earlier is None:
            last += STEP
            RollUpParagraph.objects.create(
                roll_up=roll_up, part=part.code, position=last, report_id=row["report"], unit=row["unit"],
                report_version=row.get("version", 1), source_text=row["text"], text=row["text"], edited_at=now,
                edited_by=by,
            )  # fmt: skip
            new.append(row["unit"])
    if new:
        words = {"part": part.title, "units": ", ".join(new)}
        _changed(roll_up, by, now, (_("Đưa vào mục “%(part)s”: %(units)s") % words)[:200])
    return len(new)


@_writing
def save_paragraph(
    roll_up: RollUp, number: int, *, text: str, version: int, by: User, now: datetime
) -> RollUpParagraph:
    """Store the text of a paragraph. Raises Conflict when another was saved since `version`, StaleState when it is
    gone, MoveRefused when it brings a number that is not in the figures after they were cut."""
    row = _paragraph(roll_up, number)
    if row.text == text:
        return row
    if row.version != version:
        raise Conflict(_("Có người vừa lưu bản khác của đoạn này."), row)
    _refuse_new_numbers(roll_up, row, text)
    _store(row, text=text, edited_at=now, edited_by=by)
    _changed(roll_up, by, now, _("Sửa lời văn báo cáo"), row, before=row.text[:500])
    row.refresh_from_db()
    return row


def _refuse_new_numbers(roll_up: RollUp, row: RollUpParagraph, text: str) -> None:
    """Once cut, numbers of a composed paragraph change by uncutting alone."""
    if not row.is_composed or not roll_up.is_frozen:
        return
    known = set(typed_numbers(row.text, row.numbers))
    new = [number for number in typed_numbers(text, row.numbers) if number not in known]
    if new:
        message = _(
            "Số liệu đã chốt: %s không có trong số liệu của đoạn này. Sửa lời thì được; muốn sửa số thì hủy chốt."
        )
        raise MoveRefused([message % ", ".join(new)])


def _paragraph(roll_up: RollUp, number: int) -> RollUpParagraph:
    row = roll_up.paragraphs.select_for_update().filter(pk=number).first()
    if row is None:
        raise StaleState(_("Đoạn này không còn trong báo cáo: số liệu mới không còn câu đó."))
    return row


@_writing
def set_dropped(roll_up: RollUp, number: int, dropped: bool, *, by: User, now: datetime) -> None:
    """Leave a paragraph out of the report, or put it back; nothing is deleted."""
    row = _paragraph(roll_up, number)
    if row.dropped != dropped:
        _store(row, dropped=dropped, edited_at=now, edited_by=by)
        _changed(roll_up, by, now, _("Bỏ một đoạn khỏi báo cáo") if dropped else _("Đưa lại một đoạn vào báo cáo"), row)


@_writing
def shift(roll_up: RollUp, number: int, step: int, *, by: User, now: datetime) -> None:
    """Move a paragraph one place up (-1) or down (1) within its part; at the end of it nothing happens."""
    row = _paragraph(roll_up, number)
    rows = list(roll_up.paragraphs.filter(part=row.part).select_for_update())
    at = rows.index(row)
    if 0 <= at + step < len(rows):
        rows.insert(at + step, rows.pop(at))
        for position, each in enumerate(rows, start=1):
            RollUpParagraph.objects.filter(pk=each.pk).update(position=position * STEP)
        _changed(roll_up, by, now, _("Chuyển chỗ một đoạn"), row)


@_writing
def settle(roll_up: RollUp, number: int, *, take: bool, version: int, by: User, now: datetime) -> None:
    """The source says something else: take its text, or keep the paragraph's and note that the new one was seen."""
    row = _paragraph(roll_up, number)
    if row.version != version:
        raise Conflict(_("Có người vừa lưu bản khác của đoạn này."), row)
    now_says = row.source_now if row.is_composed else live_texts([row]).get(row.pk)
    if now_says is None:
        raise StaleState(_("Báo cáo nguồn đang mở lại; chờ tiếp nhận rồi đưa vào."))
    facts = {"source_text": now_says, "edited_at": now, "edited_by": by} | ({"text": now_says} if take else {})
    if row.is_taken:
        facts["report_version"] = UnitReport.objects.values_list("version", flat=True).get(pk=row.report_id)
    _store(row, **facts)
    _changed(roll_up, by, now, _("Lấy lời mới của nguồn") if take else _("Giữ lời văn, đã xem nguồn mới"), row)
