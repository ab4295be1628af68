"""How the directives of the leaders were carried out, as a roll-up tells it: rows of its content, sentence, tables."""

from datetime import date, datetime

from django.db.models import OuterRef, Q, Subquery

from documents.dates import short_date
from documents.excel import Column as ExcelColumn
from documents.excel import Sheet
from documents.official import Column, Row, Table
from plans.deadlines.periods import end_of
from plans.deadlines.workdays import DAY, VIETNAM
from plans.models import Directive, DirectiveAnswer, DirectiveState
from reporting.models import Period
from reporting.roll_ups.said import Number, Said, joined, say

PLACE = "#chi-dao"
GROUPS = {
    "on_time": "đã hoàn thành đúng hạn",
    "late": "đã hoàn thành, muộn",
    "answered": "đã trả lời, chờ xem xét",
    "under_way": "đang thực hiện, còn hạn",
    "overdue": "quá hạn chưa trả lời",
}
COLUMNS = (
    ("STT", 6), ("Ý kiến chỉ đạo", 30), ("Thực hiện", 18), ("Hạn", 11), ("Kết quả thực hiện", 21), ("Tình trạng", 14),
)  # fmt: skip


def directive_rows(period: Period, *, now: datetime) -> list[dict]:
    """What was given up to the period's end and was not over before it began, in one query; as it stands at `now`."""
    begins = end_of(period.starts - DAY)
    last = DirectiveAnswer.objects.filter(directive=OuterRef("pk")).order_by("-pk").values("text")[:1]
    rows = (
        Directive.objects.exclude(state=DirectiveState.WITHDRAWN)
        .filter(Q(closed_at__isnull=True) | Q(closed_at__gt=begins))
        .filter(agency=period.agency_id, given_at__lte=end_of(period.ends))
        .annotate(said=Subquery(last))
        .select_related("unit__agency")
        .prefetch_related("unit__names")
        .order_by("given_at", "pk")
    )
    return [_row(row, period.ends, now) for row in rows]


def _row(row: Directive, on: date, now: datetime) -> dict:
    return {
        "id": row.pk,
        "text": row.text,
        "about": row.about,
        "owner": row.unit.name_on(on) if row.unit_id else row.owner,
        "given_on": _day(row.given_at),
        "due_on": _day(row.effective_due_at),
        "answered_on": _day(row.answered_at) if row.answered_at else None,
        "answer": row.said or "",
        "group": _group(row, now),
    }


def _group(row: Directive, now: datetime) -> str:
    late = row.is_late(now)
    if row.state == DirectiveState.ACCEPTED:
        return "late" if late else "on_time"
    if row.state == DirectiveState.ANSWERED:
        return "answered"
    return "overdue" if late else "under_way"


def _day(at: datetime) -> str:
    return at.astimezone(VIETNAM).date().isoformat()


def sentence(content: dict) -> Said:
    """How many directives there were and how they stand; "" where there were none or it is not known."""
    rows = content.get("directives")
    if not rows:
        return say()
    counted = [(words, sum(row["group"] == name for row in rows)) for name, words in GROUPS.items()]
    parts = joined(
        "; ", (say(Number(str(count), PLACE), " ", words) for words, count in counted if count)
    )  # fmt: skip
    return say("Thực hiện ", Number(str(len(rows)), PLACE), " ý kiến chỉ đạo của lãnh đạo Sở: ", parts, ".")


def shown(content: dict) -> list[dict]:
    """The rows with their days and standing in words."""
    return [
        row | {
            "due": short_date(date.fromisoformat(row["due_on"])),
            "answered": short_date(date.fromisoformat(row["answered_on"])) if row["answered_on"] else "",
            "standing": GROUPS[row["group"]],
            "is_late": row["group"] in ("late", "overdue"),
        }
        for row in content.get("directives") or ()
    ]  # fmt: skip


def paper_table(content: dict) -> Table | None:
    """The directives as the report prints them; None without any."""
    rows = [Row((str(number), *_cells(row))) for number, row in enumerate(shown(content), start=1)]
    aligns = ("center", "left", "left", "center", "left", "left")
    columns = tuple(Column(title, align, width) for (title, width), align in zip(COLUMNS, aligns, strict=True))
    return Table(columns, tuple(rows)) if rows else None


def sheet(name: str, titles: tuple[str, ...], content: dict) -> Sheet:
    """The same as a sheet of the roll-up's workbook."""
    columns = tuple(ExcelColumn(title, width * 2) for title, width in COLUMNS)
    return Sheet(name, titles, columns, [(number, *_cells(row)) for number, row in enumerate(shown(content), start=1)])


def _cells(row: dict) -> tuple[str, ...]:
    text = f"{row['text']} (về {row['about']})" if row["about"] else row["text"]
    answer = f"{row['answered']}: {row['answer']}" if row["answered"] else "–"
    return " ".join(text.split()), row["owner"], row["due"], " ".join(answer.split()), row["standing"]
