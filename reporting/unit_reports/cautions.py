"""What is worth another look before a report is handed in: it may go on, with a sentence that explains each.

The Office reads the caution and the sentence beside it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from documents.numbers import format_money, format_number
from plans.models.catalogue import IndicatorKind, IndicatorSource
from reporting import differences
from reporting.models import UnitReport
from reporting.unit_reports.unit_figures import own_results, own_tasks
from reporting.unit_reports.words import area_field, figure_key, words_of

NAMED = 5  # tasks named one by one
SMALL = 5  # from 1 to 3 is no leap
# What people did; money and tasks follow the plan, and have cautions of their own.
LEAPING = (
    IndicatorSource.QUANTITY, IndicatorSource.RESULTS, IndicatorSource.PARTICIPANTS, IndicatorSource.REACH
)  # fmt: skip


@dataclass(frozen=True)
class Caution:
    """`key` names it in notes, `words` say what is unusual, `url` leads to the place ("" for none)."""

    key: str
    words: str
    url: str = ""


def cautions(report: UnitReport, figures: Iterable[dict], previous: UnitReport | None) -> list[Caution]:
    """What stands out in a report: `figures` are its rows, `previous` is the report of the period before."""
    found = list(_undone(report))
    if report.nil:
        return found
    figures = list(figures)
    return [*leaps(figures), *_money(figures), *found, *_bare(report), *_alike(report, previous)]


def leaps(figures: Iterable[dict]) -> Iterator[Caution]:
    """Figures that rose or fell by more than half against the last period or the same one a year ago. Pure."""
    for row in figures:
        if row["source"] not in LEAPING or row["kind"] != IndicatorKind.COUNT:
            continue
        parts = [
            _leap_words(row, row[name], words)
            for name, words in (("before", _("kỳ trước")), ("last_year", _("cùng kỳ năm trước")))
            if _is_leap(row["value"], row[name])
        ]
        if parts:
            now = _("kỳ này %s") % _amount(row, row["value"]) if row["value"] is not None else _("kỳ này chưa ghi nhận")
            yield Caution(figure_key(row["code"]), f"{row['name']}: {now}, {'; '.join(parts)}.", "#so-lieu")


def _is_leap(now: int | None, before: int | None) -> bool:
    if not before:
        return False
    step = abs((now or 0) - before)
    return step >= SMALL and 2 * step > before


def _leap_words(row: dict, before: int, period: str) -> str:
    step = (row["value"] or 0) - before
    share = (Decimal(100 * abs(step)) / before).quantize(Decimal(1), ROUND_HALF_UP)
    word = _("tăng") if step > 0 else _("giảm")
    return f"{word} {format_number(share)}% so với {period} ({_amount(row, before)})"


def _amount(row: dict, value: int) -> str:
    return f"{format_number(value)} {row['measure']}"


def _money(figures: Iterable[dict]) -> Iterator[Caution]:
    for row in figures:
        if row["source"] == IndicatorSource.MONEY and row["planned"] and (row["year"] or 0) > row["planned"]:
            words = _("Kinh phí đã chi %(spent)s, vượt kế hoạch năm %(planned)s.") % {
                "spent": format_money(row["year"]),
                "planned": format_money(row["planned"]),
            }
            yield Caution("money", words, "#so-lieu")


def _undone(report: UnitReport) -> Iterator[Caution]:
    period = report.period
    late = own_tasks(report).filter(has_result=False, ends__lte=period.ends)
    if titles := list(late.order_by("ends", "pk").values_list("title", flat=True)):
        more = _("; và %d nhiệm vụ khác") % (len(titles) - NAMED) if len(titles) > NAMED else ""
        words = _("%(n)d nhiệm vụ của kế hoạch đã đến hạn mà chưa ghi kết quả: %(titles)s.") % {
            "n": len(titles),
            "titles": "; ".join(titles[:NAMED]) + more,
        }
        yield Caution("undone", words, f"{reverse('activity_list')}?unit={report.unit_id}&year={period.year}")


def _bare(report: UnitReport) -> Iterator[Caution]:
    if bare := own_results(report).filter(evidence__isnull=True, links="").count():
        words = _("%d kết quả chưa có minh chứng (ảnh, tệp hoặc đường dẫn).")
        window = f"since={report.period.starts:%d/%m/%Y}&until={report.period.ends:%d/%m/%Y}"
        yield Caution("bare", words % bare, f"{reverse('result_list')}?{window}&unit={report.unit_id}")


def _alike(report: UnitReport, previous: UnitReport | None) -> Iterator[Caution]:
    if previous is None:
        return
    now, earlier = words_of(report), words_of(previous)
    same = [name for name, text in now.items() if differences.is_alike(str(text), str(earlier.get(name, "")))]
    if same:
        names = _names(report)
        words = _("%(n)d phần giống kỳ trước (%(period)s): %(parts)s.") % {
            "n": len(same),
            "period": previous.period,
            "parts": "; ".join(names.get(name, name) for name in same),
        }
        yield Caution("alike", words, reverse("unit_report_edit", args=[report.pk]))


def _names(report: UnitReport) -> dict[str, str]:
    """What the texts of a report are called: "Nguyên nhân", "b) Cải cách thể chế – Kết quả"."""
    areas = {
        area_field(row.area_id, name): f"{row.area} – {label}"
        for row in report.assessments.select_related("area")
        for name, label in differences.AREA_LABELS.items()
    }
    return differences.TEXT_LABELS | areas
