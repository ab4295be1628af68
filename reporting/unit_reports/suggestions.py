"""Sentences that a unit may take over into its report, made from its results in the window. Pure."""

from collections.abc import Iterable, Iterator

from documents.dates import short_date
from documents.numbers import format_money, format_number
from plans.models.catalogue import IndicatorKind, IndicatorSource
from propaganda.models import Result
from reporting.roll_ups.narrative import figure_words

SAID = (IndicatorSource.QUANTITY, IndicatorSource.PARTICIPANTS, IndicatorSource.REACH)
NAMED = 12  # results named one by one; the rest are counted


def area_sentences(results: Iterable[Result]) -> Iterator[str]:
    """What was done in an area: one line a result, the oldest first, then how many more there are.

    `results` have their quantities and indicators prefetched.
    """
    rows = sorted(results, key=lambda row: (row.happened_on, row.pk))
    for row in rows[:NAMED]:
        counted = f" ({'; '.join(amounts)})" if (amounts := list(_amounts(row))) else ""
        yield f"Ngày {short_date(row.happened_on)}: {row.title.rstrip('.')}{counted}."
    if more := rows[NAMED:]:
        yield f"Và {format_number(len(more))} kết quả khác từ ngày {short_date(more[0].happened_on)}."


def _amounts(result: Result) -> Iterator[str]:
    for quantity in result.quantities.all():
        yield figure_words(
            {
                "code": quantity.indicator.code,
                "name": quantity.indicator.name,
                "measure": quantity.indicator.unit_of_measure,
            },
            quantity.value,
        )
    if result.participants is not None:
        yield f"{format_number(result.participants)} lượt người dự"
    if result.reach is not None:
        yield f"{format_number(result.reach)} lượt xem, tiếp cận"
    if result.money is not None:
        yield f"kinh phí {format_money(result.money)}"


def difficulty_sentences(raised: Iterable[dict]) -> Iterator[str]:
    """The difficulties of the period, as a snapshot has them: what was in the way, and how it was solved if it was."""
    for row in raised:
        title = row["title"].rstrip(".")
        yield f"{title} (đã giải quyết: {row['solution'].rstrip('.')})." if row["solution"] else f"{title}."


def highlight_sentence(figures: Iterable[dict], results: int) -> str:
    """The whole in one sentence: "Trong kỳ đơn vị thực hiện 12 việc: 2.000 tờ rơi, tờ gấp; 3 hội nghị."."""
    counted = [
        figure_words(row, row["value"])
        for row in figures
        if row["value"] and row["source"] in SAID and row["kind"] == IndicatorKind.COUNT
    ]
    begins = f"Trong kỳ đơn vị thực hiện {format_number(results)} việc tuyên truyền cải cách hành chính"
    return f"{begins}: {'; '.join(counted)}." if counted else f"{begins}."
