"""A unit report as Excel: figures with live differences, the results behind them with live sums, its words. Pure."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from documents.excel import Column, Formula, Sheet, Total, letter, quotient, total
from documents.numbers import MISSING
from plans.models.catalogue import IndicatorKind, IndicatorSource
from propaganda.models import Result

HEAD = 5  # columns of a result before its figures
OF_RESULT = {
    IndicatorSource.PARTICIPANTS: "participants",
    IndicatorSource.REACH: "reach",
    IndicatorSource.MONEY: "money",
}


def sheets(content: dict, results: list[Result], titles: tuple[str, ...]) -> list[Sheet]:
    """`content` as report_page.content_of gives it, `results` with areas, channels and quantities; `titles` of all."""
    figures = [*content["figures"], *content["unknown"]]
    measured = list(_measured(figures, results))
    behind = _results(results, measured, titles)
    return [_figures(figures, measured, behind, len(results), titles), behind, _words(content, titles)]


def _value(row: dict, result: Result) -> int | None:
    """What a result adds to a figure; None for nothing known."""
    if field := OF_RESULT.get(row["source"]):
        return getattr(result, field)
    return next((found.value for found in result.quantities.all() if found.indicator.code == row["code"]), None)


def _measured(figures: Iterable[dict], results: list[Result]) -> Iterator[dict]:
    """The figures that are sums over the results: each has a column of its own."""
    for row in figures:
        adds = row["source"] in (*OF_RESULT, IndicatorSource.QUANTITY) and row["kind"] == IndicatorKind.COUNT
        if adds and any(_value(row, result) is not None for result in results):
            yield row


def _results(results: list[Result], measured: list[dict], titles: tuple[str, ...]) -> Sheet:
    head = (
        Column(_("STT"), 6), Column(_("Ngày"), 12), Column(_("Việc đã làm"), 44), Column(_("Nội dung"), 26),
        Column(_("Hình thức"), 22),
    )  # fmt: skip
    columns = (*head, *(Column(f"{row['name']} ({row['measure']})", 14) for row in measured))
    sheet = Sheet(_("Kết quả"), (*titles, _("KẾT QUẢ ĐẰNG SAU SỐ LIỆU")), columns, [])
    rows: list[tuple] = [
        (
            number, result.happened_on, result.title, str(result.area), str(result.channel),
            *(_value(row, result) for row in measured),
        )
        for number, result in enumerate(results, start=1)
    ]  # fmt: skip
    if results:
        last = sheet.first + len(results) - 1
        sums = (
            total(HEAD + place, sheet.first, last, row["value"]) for place, row in enumerate(measured)
        )  # fmt: skip
        rows.append(Total((None, None, _("Cộng"), None, None, *sums)))
    return Sheet(sheet.name, sheet.titles, columns, rows)


def _figures(figures: list[dict], measured: list[dict], behind: Sheet, count: int, titles: tuple[str, ...]) -> Sheet:
    """The indicator table in its official columns; what adds up is drawn from the sums beneath the results."""
    columns = (
        Column(_("STT"), 6), Column(_("Chỉ tiêu"), 40), Column(_("Đơn vị tính"), 12), Column(_("Kế hoạch"), 14),
        Column(_("Trong kỳ"), 14), Column(_("Lũy kế"), 14), Column(_("Cùng kỳ"), 14), Column(_("Chênh lệch"), 14),
        Column(_("Lũy kế/kế hoạch"), 12), Column(_("Ghi chú"), 40),
    )  # fmt: skip
    sheet = Sheet(_("Số liệu"), (*titles, _("SỐ LIỆU THỐNG KÊ")), columns, [])
    places = {row["code"]: HEAD + place for place, row in enumerate(measured)}
    rows = []
    for number, row in enumerate(figures, start=1):
        line, value = sheet.first + number - 1, row["value"]
        if row["code"] in places:
            value = Formula(f"={behind.cell(behind.first + count, places[row['code']])}", value)
        told = row.get("words", {})
        rows.append(
            (
                number, row["name"], row["measure"], row["planned"], told.get("value") or value,
                told.get("year") or row.get("year"), told.get("last_year") or row.get("last_year"),
                _difference(line, row), _share(line, row), row["note"],
            )
        )  # fmt: skip
    return Sheet(sheet.name, sheet.titles, columns, rows)


def _difference(line: int, row: dict) -> Formula:
    now, before = f"{letter(4)}{line}", f"{letter(6)}{line}"
    known = row["value"] is not None and row.get("last_year") is not None
    value = round(row["value"] - row["last_year"], 1) if known else None
    return Formula(f'=IF(COUNT({now},{before})<2,"{MISSING}",{now}-{before})', value)


def _share(line: int, row: dict) -> Formula | None:
    """How much of the year's plan is reached; a ratio has none."""
    if row["kind"] == IndicatorKind.RATIO:
        return None
    year, planned = row.get("year"), row["planned"]
    value = year / planned if planned and year is not None else None
    return quotient(f"{letter(5)}{line}", f"{letter(3)}{line}", value)


def _words(content: dict, titles: tuple[str, ...]) -> Sheet:
    columns = (Column(_("Phần"), 40), Column(_("Mục"), 24), Column(_("Nội dung"), 90))
    rows = [
        (area["label"], str(part["label"]), part["text"]) for area in content["assessments"] for part in area["parts"]
    ]
    rows += [(_("Đánh giá chung"), str(row["label"]), row["text"]) for row in content["texts"]]
    rows += [(_("Giải trình"), row["words"], row["why"]) for row in content["cautions"]]
    return Sheet(_("Đánh giá"), (*titles, _("ĐÁNH GIÁ CỦA ĐƠN VỊ")), columns, rows)
