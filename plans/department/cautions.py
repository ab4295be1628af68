"""What to mind about the lists of a draft before they bind anybody: days off, the order of deadlines, the archive."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from documents.dates import WEEKDAYS, short_date
from plans.deadlines.periods import KINDS, KINDS_OF_RECURRENCE, chain_warnings, deadlines, window
from plans.deadlines.workdays import VIETNAM, is_workday, last_working_moment
from plans.models import Holiday, ObligationKind, Plan


def duty_cautions(plan: Plan, content: dict) -> list[str]:
    """Days off among the deadlines, and a chain unit → Office → Director that does not hold."""
    overrides = Holiday.objects.as_rules()
    return [*_days_off(content["duties"], overrides), *_order(content["duties"]), *_periods(content, overrides)]


def _days_off(duties: list[dict], overrides: Mapping[date, bool]):
    for number, row in enumerate(duties, 1):
        due = _due(row)
        if due is None or is_workday(due.date(), overrides):
            continue
        advice = last_working_moment(due, overrides)
        yield _(
            "Dòng %(row)d: ngày cuối cùng còn đúng hạn là %(weekday)s %(day)s, ngày nghỉ; "
            "đơn vị nên nộp trước %(advice)s. Cổng không tự lùi hạn."
        ) % {
            "row": number, "weekday": WEEKDAYS[due.weekday()], "day": short_date(due),
            "advice": f"{advice:%H:%M} {WEEKDAYS[advice.weekday()]} {advice:%d/%m}",
        }  # fmt: skip


def _due(row: dict) -> datetime | None:
    return datetime.fromisoformat(row["due_at"]).astimezone(VIETNAM) if row["due_at"] else None


def _order(duties: list[dict]):
    """The units hand in before the Office puts together what they handed in."""
    dated = [(number, row["kind"], _due(row)) for number, row in enumerate(duties, 1) if row["due_at"]]
    for number, kind, due in dated:
        for other, other_kind, other_due in dated:
            if kind == ObligationKind.UNIT_REPORT and other_kind == ObligationKind.ROLL_UP and other_due <= due:
                words = _("Dòng %(roll_up)d: Văn phòng Sở phải tổng hợp trước khi đơn vị nộp (dòng %(unit)d).")
                yield words % {"roll_up": other, "unit": number}


def _periods(content: dict, overrides: Mapping[date, bool]):
    """The chain of every period that the plan asks reports for."""
    if not content["year"]:
        return
    kinds = {kind for row in content["duties"] if row["kind"] in (ObligationKind.UNIT_REPORT, ObligationKind.ROLL_UP)
             for kind in KINDS_OF_RECURRENCE.get(row["recurrence"], ())}  # fmt: skip
    for kind in sorted(kinds, key=list(KINDS).index):
        chain = deadlines(kind, content["year"], overrides)
        for words in chain_warnings(chain, window(kind, content["year"]).ends, overrides):
            yield f"{KINDS[kind].label.format(year=content['year'])}: {words}"


def recipient_cautions(plan: Plan, content: dict) -> list[str]:
    """The list closes with where the document is kept (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    rows = content["recipients"]
    if not rows or rows[-1]["name"].casefold().startswith("lưu"):
        return []
    return [_("Nơi nhận chưa có dòng cuối “Lưu: VT, …”.")]
