"""What the next build of a roll-up would say differently, part by part: figures, tasks, money, timeliness. Pure."""

from collections.abc import Iterator

from reporting.differences import FigureChange, figure_changes
from reporting.roll_ups import narrative
from reporting.roll_ups.tables import MEASURES

COLUMNS = {
    "value": "Trong kỳ",
    "year": "Lũy kế",
    "planned": "Kế hoạch năm",
    "last_period": "Kỳ trước",
    "last_year": "Cùng kỳ năm trước",
}
TASKS = {"planned": "đề ra", "done": "đã thực hiện", "due": "đến hạn", "due_done": "đến hạn đã thực hiện"}
MONEY = {"planned": "kế hoạch", "spent": "đã chi"}
DIMENSIONS = {"by_area": "theo nội dung", "channels": "theo hình thức", "audiences": "theo đối tượng",
              "months": "theo tháng"}  # fmt: skip


def rebuilt(before: dict, after: dict) -> list[tuple[str, list[FigureChange]]]:
    """(heading, what changed under it) between two readable contents; headings without a change are left out."""
    found = [(heading, figure_changes(before["indicators"], after["indicators"], key))
             for key, heading in COLUMNS.items()]  # fmt: skip
    for heading, rows in (
        ("Nhiệm vụ theo nội dung", _tasks), ("Kinh phí theo nội dung", _money),
        ("Số kết quả", _results), ("Thời hạn, chất lượng", _measures), ("Tình trạng báo cáo", _standings),
    ):  # fmt: skip
        found.append((heading, figure_changes(rows(before), rows(after))))
    return [(heading, rows) for heading, rows in found if rows]


def units_changed(before: dict, after: dict) -> list[str]:
    """The units whose own figures or tasks differ, in their order; who fell away comes last."""
    old = {row.code: hash((tuple(row.cells), tuple(row.tasks))) for row in before["by_unit"]}
    names = {unit["code"]: unit["name"] for content in (before, after) for unit in content["units"]}
    nothing, changed = hash(((), ())), []
    for row in after["by_unit"]:
        if old.pop(row.code, nothing) != hash((tuple(row.cells), tuple(row.tasks))):
            changed.append(names[row.code])
    return changed + [names[code] for code, said in old.items() if said != nothing]


def _tasks(content: dict) -> Iterator[dict]:
    areas = {area["code"]: area["name"] for area in content["areas"]}
    for area, name in areas.items():
        if any(row["area"] == area for row in content["tasks"]):
            sums = narrative.task_totals(content, area)
            for key, words in TASKS.items():
                yield _row(f"{area}:{key}", f"{_begun(name)} – {words}", "nhiệm vụ", sums[key])


def _money(content: dict) -> Iterator[dict]:
    areas = {area["code"]: area["name"] for area in content["areas"]}
    for area, row in content["money"].items():
        for key, words in MONEY.items():
            yield _row(f"{area}:{key}", f"{_begun(areas[area])} – {words}", "đồng", row[key])


def _results(content: dict) -> Iterator[dict]:
    for dimension, words in DIMENSIONS.items():
        for row in content[dimension]:
            yield _row(f"{dimension}:{row['code']}", f"{_begun(row['name'])} ({words})", "kết quả", row.get("results"))


def _measures(content: dict) -> Iterator[dict]:
    """The three measures as "good/judged"; a content from before they were kept has none."""
    for name, (good, judged) in (content["timeliness"]["measures"] or {}).items():
        yield _row(name, MEASURES[name], "báo cáo", f"{good}/{judged}")


def _standings(content: dict) -> Iterator[dict]:
    for unit in content["units"]:
        yield _row(unit["code"], unit["name"], "", narrative.report_words(unit))


def _row(code: str, name: str, measure: str, value: int | str | None) -> dict:
    return {"code": code, "name": name, "measure": measure, "value": value}


def _begun(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"
