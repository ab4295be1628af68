"""The charts of a roll-up: tasks by area and by unit, results by month; for page, PDF and Word alike. Pure."""

from documents.charts import WIDTH, Bar, bars, trend
from documents.drawing import Drawing
from documents.numbers import format_number
from reporting.roll_ups import narrative

ON_PAGE = 430  # wide enough for two beside each other, and legible on a telephone


def charts(content: dict, width: float = WIDTH) -> list[tuple[str, Drawing]]:
    """Each chart with its caption; one with nothing to show is left out."""
    found = [
        ("Nhiệm vụ đã thực hiện so với kế hoạch năm, theo nội dung", _tasks(content, "areas", "area", width)),
        ("Số kết quả ghi nhận theo tháng báo cáo", _months(content, width)),
        ("Nhiệm vụ đã thực hiện so với kế hoạch năm, theo đơn vị", _tasks(content, "units", "unit", width)),
    ]
    shown = [(caption, drawing) for caption, drawing in found if drawing]
    return [(f"Hình {number}. {caption}", drawing) for number, (caption, drawing) in enumerate(shown, start=1)]


def _tasks(content: dict, rows: str, by: str, width: float) -> Drawing | None:
    lines = []
    for row in content[rows]:
        done, planned = narrative.tasks_done(content, **{by: row["code"]})
        if planned:
            lines.append(
                Bar(f"{row['name'][:1].upper()}{row['name'][1:]}", done, planned, narrative.done_words(done, planned))
            )
    title = "Nhiệm vụ đã thực hiện so với kế hoạch năm"
    return bars(title, lines, unit="nhiệm vụ", width=width) if lines else None


def _months(content: dict, width: float) -> Drawing | None:
    points = [(row["name"].removeprefix("Tháng "), row["results"]) for row in content["months"]]
    known = [value for _name, value in points if value is not None]
    total = format_number(sum(known))
    return trend(f"Số kết quả theo tháng, cộng {total}", points, unit="kết quả", width=width) if known else None
