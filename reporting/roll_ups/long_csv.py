"""The figures of a roll-up as CSV in the long form: one figure a line, with what it is broken down by. Pure.

Lines of different breakdowns tell the same results again: whoever adds up keeps to one "Phân theo".
"""

import csv
from collections.abc import Iterator
from io import StringIO

from reporting.roll_ups.by_unit import walk

HEADS = ("Kỳ", "Phân theo", "Mã", "Tên", "Nội dung", "Mã chỉ tiêu", "Chỉ tiêu", "Đơn vị tính", "Trong kỳ")
BREAKDOWNS = {"by_area": "Nội dung", "channels": "Hình thức", "audiences": "Đối tượng", "months": "Tháng báo cáo"}


def csv_lines(content: dict) -> str:
    """Semicolons and decimal commas, as Excel in Vietnam reads them; UTF-8 with the mark Excel looks for."""
    rows = {row["code"]: row for row in content["indicators"]}
    file = StringIO()
    lines = csv.writer(file, delimiter=";", lineterminator="\r\n")
    lines.writerow(HEADS)
    for by, key, name, area, indicator, value in _figures(content):
        row = rows[indicator]
        words = (content["period"]["code"], by, key, name, area, row["code"], row["name"], row["measure"])
        lines.writerow([*map(_harmless, words), _cell(value)])
    return f"\ufeff{file.getvalue()}"


def _figures(content: dict) -> Iterator[tuple]:
    """(broken down by, code, name, area, indicator's code, figure); what nobody recorded has no line."""
    for row in content["indicators"]:
        value = row["words"].get("value") or row["value"]
        if value is not None:
            yield "Tổng hợp", "", "", "", row["code"], value
    areas = {area["code"]: f"{area['letter']}) {area['name']}" for area in content["areas"]}
    for unit, row in walk(content):
        for cell in row.cells:
            by = "Đơn vị và nội dung" if cell.area else "Đơn vị"
            yield by, row.code, unit["name"], areas.get(cell.area, ""), cell.indicator, cell.value
    for name, words in BREAKDOWNS.items():
        for entry in content[name]:
            for row in content["indicators"]:  # in their order: PostgreSQL keeps none of an object's keys
                if row["code"] in entry["values"]:
                    yield words, entry["code"], entry["name"], "", row["code"], entry["values"][row["code"]]


def _cell(value: int | float | str) -> int | str:
    if isinstance(value, str):
        return _harmless(value)
    return value if isinstance(value, int) else str(value).replace(".", ",")


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
