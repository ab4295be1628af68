"""The charts of a roll-up: tasks by area and by unit, results by month; for page, PDF and Word alike. Pure."""

from collections.abc import Iterable, Iterator

from documents.charts import WIDTH, Bar, bars, trend
from documents.drawing import Drawing
from documents.numbers import format_number
from reporting.roll_ups import narrative
from reporting.roll_ups.by_unit import tasks_over_all, walk

MOST_BARS = 60
ON_PAGE = 430  # wide enough for two beside each other, and legible on a telephone


def charts(content: dict, width: float = WIDTH) -> list[tuple[str, Drawing]]:
    """Each chart with its caption; one with nothing to show is left out."""
    found = [
        ("Nhiệm vụ đã thực hiện so với kế hoạch năm, theo nội dung", _tasks(_of_areas(content), width)),
        ("Số kết quả ghi nhận theo tháng báo cáo", _months(content, width)),
        ("Nhiệm vụ đã thực hiện so với kế hoạch năm, theo đơn vị", _tasks(_of_units(content), width)),
    ]
    shown = [(caption, drawing) for caption, drawing in found if drawing]
    return [(f"Hình {number}. {caption}", drawing) for number, (caption, drawing) in enumerate(shown, start=1)]


def _of_areas(content: dict) -> Iterator[tuple[str, int | None, int]]:
    tasks = tasks_over_all(content)
    return ((area["name"], *narrative.tasks_done(tasks, area["code"])) for area in content["areas"])


def _of_units(content: dict) -> Iterator[tuple[str, int | None, int]]:
    """None of more units than a page holds."""
    if len(content["units"]) <= MOST_BARS:
        for unit, row in walk(content):
            yield unit["name"], *narrative.tasks_done(row.tasks)


def _tasks(rows: Iterable[tuple[str, int | None, int]], width: float) -> Drawing | None:
    lines = [
        Bar(f"{name[:1].upper()}{name[1:]}", done, planned, narrative.done_words(done, planned))
        for name, done, planned in rows
        if planned
    ]
    title = "Nhiệm vụ đã thực hiện so với kế hoạch năm"
    return bars(title, lines, unit="nhiệm vụ", width=width) if lines else None


def _months(content: dict, width: float) -> Drawing | None:
    points = [(row["name"].removeprefix("Tháng "), row["results"]) for row in content["months"]]
    known = [value for _name, value in points if value is not None]
    total = format_number(sum(known))
    return trend(f"Số kết quả theo tháng, cộng {total}", points, unit="kết quả", width=width) if known else None
