"""A roll-up's figures as Excel sheets whose totals and ratios are formulas, each with the value the content has. Pure.

Blank is what nobody reported; SUM passes over it, and a total of blanks alone is "–".
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from documents.dates import TZ, short_date
from documents.excel import Column, Formula, Sheet, Total, letter, quotient, total
from reporting.roll_ups import directive_rows, narrative
from reporting.roll_ups.by_unit import added, walk
from reporting.roll_ups.ministry_form import COLUMNS, ROWS

AGENCY_WIDE = ("Tổng hợp", "Theo đơn vị", "Theo nội dung", "Theo hình thức", "Theo đối tượng", "Theo tháng",
               "Nhiệm vụ", "Đúng hạn", "Mẫu báo cáo", "Chỉ đạo")  # fmt: skip

LETTERS = {"value": "E", "year": "F", "last_year": "H", "last_period": "J"}  # the columns of the summary


def sheets(content: dict, agency: str) -> list[Sheet]:
    """The sheets of a roll-up; the first and the last draw on the sheet of the units."""
    heads = [_heads(content, agency, words) for words in (
        "SỐ LIỆU TỔNG HỢP", "SỐ LIỆU THEO ĐƠN VỊ", "SỐ LIỆU THEO NỘI DUNG", "SỐ LIỆU THEO HÌNH THỨC",
        "SỐ LIỆU THEO ĐỐI TƯỢNG", "SỐ LIỆU THEO THÁNG", "NHIỆM VỤ TRONG KẾ HOẠCH", "CHẤT LƯỢNG BÁO CÁO CỦA ĐƠN VỊ",
        "PHỤ LỤC THỐNG KÊ", "THỰC HIỆN CHỈ ĐẠO KỲ TRƯỚC",
    )]  # fmt: skip
    names = AGENCY_WIDE
    units = _units(names[1], heads[1], content)
    return [
        _summary(names[0], heads[0], content, units),
        units,
        _by(names[2], heads[2], content, "Nội dung", content["by_area"]),
        _by(names[3], heads[3], content, "Hình thức", content["channels"]),
        _by(names[4], heads[4], content, "Đối tượng", content["audiences"]),
        _by(names[5], heads[5], content, "Tháng báo cáo", content["months"]),
        _tasks(names[6], heads[6], content),
        _timeliness(names[7], heads[7], content),
        _form(names[8], heads[8], content),
        *([directive_rows.sheet(names[9], heads[9], content)] if content["directives"] else []),
    ]


def _heads(content: dict, agency: str, title: str) -> tuple[str, str, str]:
    period = content["period"]
    days = " đến hết ".join(short_date(date.fromisoformat(period[name])) for name in ("starts", "ends"))
    return title, agency, f"{period['label']} (từ {days})"


def _known(content: dict) -> list[dict]:
    """The indicators with a figure in the period that units and areas have too: columns of their sheets."""
    known = {row["code"] for row in content["indicators"]
             if row["adds"] or row["kind"] in ("stock", "code")}  # fmt: skip
    told = {row["code"] for row in content["indicators"] if row["value"] is not None or row["words"].get("value")}
    known &= told
    return [
        row
        for row in content["indicators"]
        if row["code"] in known or (row["parts"] and row["code"] in told and known.issuperset(row["parts"]))
    ]


def _figures(columns: list[dict]) -> list[Column]:
    return [Column(f"{row['name']} ({row['measure']})", 20 if row["kind"] == "code" else 13) for row in columns]


def _cells(columns: list[dict], values: Mapping, before: int, at: int) -> list:
    """The figures of Excel's row `at`, `before` columns behind; a ratio is the quotient of its parts' cells there."""
    places = {row["code"]: letter(before + place) for place, row in enumerate(columns)}
    return [
        quotient(
            *(f"{places[code]}{at}" for code in row["parts"]), share(*(values.get(code) for code in row["parts"])),
            percent=row["measure"].strip() == "%",
        )
        if row["parts"] else values.get(row["code"])
        for row in columns
    ]  # fmt: skip


def _totals(columns: list[dict], before: int, first: int, last: int, *, of_units: bool) -> list:
    """The cells below rows `first` to `last`: sums; what several areas say of one unit's stock is not summed."""
    values = {row["code"]: row["words"].get("value") or row["value"] for row in columns}
    cells = _cells(columns, values, before, last + 1)
    for place, row in enumerate(columns):
        if row["adds"] or (row["kind"] == "stock" and of_units):
            cells[place] = total(before + place, first, last, row["value"])
    return cells


def _units(name: str, titles: tuple[str, ...], content: dict) -> Sheet:
    """Units × indicators; a unit that was not received has blanks."""
    known = _known(content)
    columns = (Column("STT", 5), Column("Đơn vị", 34), Column("Báo cáo", 22), *_figures(known))
    first = Sheet(name, titles, columns, ()).first
    lines: list[Sequence] = []
    for number, (unit, row) in enumerate(walk(content), start=1):
        found = _cells(known, added(row.cells, content["indicators"]), 3, first + number - 1)
        lines.append([number, unit["name"], narrative.report_words(unit), *found])
    lines.append(Total(["", "Tổng cộng", "", *_totals(known, 3, first, first + len(lines) - 1, of_units=True)]))
    return Sheet(name, titles, columns, lines)


def _by(name: str, titles: tuple[str, ...], content: dict, what: str, rows: list[dict]) -> Sheet:
    """One dimension × indicators, with the number of results behind; stocks and codes only where rows know them."""
    told = {code for each in rows for code in each["values"]}
    known = [row for row in _known(content) if row["adds"] or row["parts"] or row["code"] in told]
    columns = (Column("STT", 5), Column(what, 40), Column("Số kết quả", 11), *_figures(known))
    first = Sheet(name, titles, columns, ()).first
    lines: list[Sequence] = [
        [number, row["name"], row["results"], *_cells(known, row["values"], 3, first + number - 1)]
        for number, row in enumerate(rows, start=1)
    ]
    last, results = first + len(lines) - 1, _added(row["results"] for row in rows)
    sums = [total(2, first, last, results), *_totals(known, 3, first, last, of_units=False)] if lines else []
    lines.append(Total(["", "Tổng cộng", *(sums or [results, *(row["value"] for row in known)])]))
    return Sheet(name, titles, columns, lines)


def _added(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def share(part: int | None, whole: int | None) -> float | None:
    """A quotient for a cell; None when it cannot be."""
    return part / whole if part is not None and whole else None


def _summary(name: str, titles: tuple[str, ...], content: dict, units: Sheet) -> Sheet:
    """Indicators: the period's figure is that of the units' sheet; shares are formulas over their own row."""
    columns = (
        Column("STT", 5), Column("Chỉ tiêu", 40), Column("Đơn vị tính", 13), Column("Kế hoạch năm", 14),
        Column("Trong kỳ", 14), Column("Lũy kế", 14), Column("Lũy kế so kế hoạch", 12), Column("Cùng kỳ", 14),
        Column("So cùng kỳ", 12), Column("Kỳ trước", 14), Column("So kỳ trước", 12),
    )  # fmt: skip
    first = Sheet(name, titles, columns, ()).first
    below, places = units.first + len(content["units"]), {row["code"]: 3 + n for n, row in enumerate(_known(content))}
    places_of_rows = {row["code"]: first + number for number, row in enumerate(content["indicators"])}
    rows = {row["code"]: row for row in content["indicators"]}
    lines = []
    for number, row in enumerate(content["indicators"], start=1):
        at, is_number = first + number - 1, row["kind"] in ("count", "stock")
        figures = {name: row["words"].get(name) or row[name] for name in LETTERS}
        if row["parts"]:
            figures = {name: _ratio(row, name, rows, places_of_rows) for name in LETTERS}
        elif row["code"] in places and is_number:
            figures["value"] = Formula(f"={units.cell(below, places[row['code']])}", row["value"])
        shares = [
            quotient(f"{part}{at}", f"{whole}{at}", share(row[name], row[of])) if is_number else None
            for part, whole, name, of in (
                ("F", "D", "year", "planned"), ("E", "H", "value", "last_year"), ("E", "J", "value", "last_period"),
            )
        ]  # fmt: skip
        lines.append(
            [number, row["name"], row["measure"], row["planned"], figures["value"], figures["year"], shares[0],
             figures["last_year"], shares[1], figures["last_period"], shares[2]]
        )  # fmt: skip
    return Sheet(name, titles, columns, lines)


def _ratio(row: dict, column: str, rows: dict[str, dict], at: dict[str, int]) -> Formula:
    """A ratio as the quotient of its parts' cells in the same column; what is told in hundredths as percent."""
    part, whole = row["parts"]
    column_letter = LETTERS[column]
    found = share(rows[part][column], rows[whole][column])
    percent = row["measure"].strip() == "%"
    return quotient(f"{column_letter}{at[part]}", f"{column_letter}{at[whole]}", found, percent=percent)


def _tasks(name: str, titles: tuple[str, ...], content: dict) -> Sheet:
    """Tasks of the units' plans: in all, due, done; the shares are formulas, that of the total too."""
    columns = (
        Column("STT", 5), Column("Đơn vị", 40), Column("Nhiệm vụ của năm", 13), Column("Đến hạn", 12),
        Column("Đã thực hiện", 13), Column("Đến hạn đã thực hiện", 13), Column("Tỷ lệ cả năm", 12),
        Column("Tỷ lệ đến hạn", 12),
    )  # fmt: skip
    fields = ("planned", "due", "done", "due_done")
    first = Sheet(name, titles, columns, ()).first
    lines = []
    for number, (unit, row) in enumerate(walk(content), start=1):
        sums = [_added(getattr(each, name) for each in row.tasks) for name in fields]
        lines.append([number, unit["name"], *_with_shares(first + number - 1, sums)])
    sums = [_sum(content["tasks"], name) for name in fields]
    cells = [total(2 + place, first, first + len(lines) - 1, value) for place, value in enumerate(sums)]
    lines.append(Total(["", "Tổng cộng", *_with_shares(first + len(lines), sums, cells)]))
    return Sheet(name, titles, columns, lines)


def _sum(rows: list[dict], name: str) -> int | None:
    return _added(row[name] for row in rows)


def _with_shares(at: int, values: list[int | None], cells: list | None = None) -> list:
    planned, due, done, due_done = values
    return [
        *(cells or values), quotient(f"E{at}", f"C{at}", share(done, planned)),
        quotient(f"F{at}", f"D{at}", share(due_done, due)),
    ]  # fmt: skip


def _timeliness(name: str, titles: tuple[str, ...], content: dict) -> Sheet:
    """Reports with the three measures as 1 and 0 (blank: not judged); below their sums and shares."""
    columns = (
        Column("STT", 5), Column("Đơn vị", 34), Column("Kỳ", 10), Column("Hạn nộp", 17), Column("Nộp lúc", 17),
        Column("Tình trạng", 30), Column("Số lần trả lại", 9), Column("Đúng hạn", 10),
        Column("Đạt ngay lần đầu", 10), Column("Đầy đủ", 10),
    )  # fmt: skip
    reports = [(unit, report) for unit in content["units"] for report in unit["reports"]]
    lines = [
        [
            number, unit["name"], report["period"], _moment(report["due_at"]), _moment(report["handed_in_at"]),
            narrative.report_words(unit | {"reports": [report]}), report["returns"],
            *(_bit(report[name]) for name in ("on_time", "first_time", "complete")),
        ]
        for number, (unit, report) in enumerate(reports, start=1)
    ]  # fmt: skip
    first = Sheet(name, titles, columns, ()).first
    last, measures = first + len(lines) - 1, content["timeliness"]["measures"] or {}
    shares, sums = [], []
    for place, measure in enumerate(("on_time", "first_time", "complete"), start=7):
        good, whole = measures.get(measure, (None, 0))
        sums.append(total(place, first, last, good if whole else None))
        rows = f"{'ABCDEFGHIJ'[place]}{first}:{'ABCDEFGHIJ'[place]}{last}"
        shares.append(Formula(f'=IF(COUNT({rows})=0,"–",SUM({rows})/COUNT({rows}))', share(good, whole), percent=True))
    lines += [Total(["", "Cộng", *[""] * 5, *sums]), Total(["", "Tỷ lệ", *[""] * 5, *shares])] if lines else []
    return Sheet(name, titles, columns, lines)


def _moment(text: str | None) -> datetime | None:
    """To the minute: a deadline's last instant, 23:59:59.999999, is rounded by Excel to the next day."""
    return datetime.fromisoformat(text).astimezone(TZ).replace(second=0, microsecond=0) if text else None


def _bit(known: bool | None) -> int | None:
    return None if known is None else int(known)


def form_values(content: dict) -> dict[str, dict[str, int | None]]:
    """What fills the rows of the Ministry's form: figure → planned, value, year, last_year."""
    tasks, blank = content["tasks"], dict.fromkeys(COLUMNS)
    return {row["code"]: {name: row[name] for name in COLUMNS} for row in content["indicators"]} | {
        "tasks.planned": blank | {"planned": _sum(tasks, "planned"), "year": _sum(tasks, "planned")},
        "tasks.done": blank | {"year": _sum(tasks, "done")},
    }


def _form(name: str, titles: tuple[str, ...], content: dict) -> Sheet:
    """The rows of the Ministry's form in their order; ratios are formulas; who is missing is named below."""
    columns = (
        Column("STT", 6, "(1)"), Column("Chỉ tiêu", 46, "(2)"), Column("Đơn vị tính", 13, "(3)"),
        Column("Kế hoạch", 14, "(4)"), Column("Trong kỳ", 14, "(5)"), Column("Lũy kế", 14, "(6)"),
        Column("Cùng kỳ", 14, "(7)"), Column("Ghi chú", 24, "(8)"),
    )  # fmt: skip
    first, known = Sheet(name, titles, columns, ()).first, form_values(content)
    at = {row.number: first + place for place, row in enumerate(ROWS)}
    values = {row.number: known.get(row.figure, {}) for row in ROWS}
    lines: list[Sequence] = []
    for row in ROWS:
        if row.ratio:
            part, whole = row.ratio
            cells = [
                quotient(f"{'DEFG'[place]}{at[part]}", f"{'DEFG'[place]}{at[whole]}",
                         share(values[part].get(name), values[whole].get(name)))
                for place, name in enumerate(COLUMNS)
            ]  # fmt: skip
            lines.append([row.number, row.title, row.measure, *cells, ""])
        elif row.figure:
            lines.append([row.number, row.title, row.measure, *(values[row.number].get(name) for name in COLUMNS), ""])
        else:
            lines.append(Total([row.number, row.title, *[""] * 6]))
    if missing := [unit["name"] for unit in content["units"] if not unit["received"]]:
        lines.append(["", f"Chưa gồm số liệu của: {', '.join(missing)}.", *[""] * 6])
    return Sheet(name, titles, columns, lines)
