"""The table behind each part of the screen, made from the same plain values: as a page and as Excel."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.excel import Column, Sheet
from documents.numbers import format_number
from reporting.director.decisions import Gravity
from reporting.roll_ups.narrative import percent, report_words

AREA_WIDTH, WIDTH, NARROW = 44, 30, 13


@dataclass(frozen=True)
class Cell:
    """`words` as they are read; `value` what Excel gets where it is a number; `url` leads to the rows behind."""

    words: str
    url: str = ""
    value: float | int | None = None
    tone: str = ""


@dataclass(frozen=True)
class Table:
    """`rows` begin with their head; `numbers` are the places of columns that hold figures."""

    title: str
    columns: tuple[str, ...]
    rows: list[list[Cell]]
    lead: str = ""
    numbers: frozenset[int] = frozenset()

    @property
    def lines(self) -> Iterator[tuple[Cell, list[tuple[str, Cell, bool]]]]:
        """(head, its cells as (column, cell, whether it is a figure))."""
        for head, *cells in self.rows:
            yield (
                head,
                [(self.columns[place], cell, place in self.numbers) for place, cell in enumerate(cells, start=1)],
            )

    def sheet(self, name: str, under: str) -> Sheet:
        """The same as a sheet of Excel; `under` says of which period and when it was seen."""
        widths = (AREA_WIDTH, *(NARROW if place in self.numbers else WIDTH for place in range(1, len(self.columns))))
        columns = tuple(Column(title, width) for title, width in zip(self.columns, widths, strict=True))
        rows = [[cell.words if cell.value is None else cell.value for cell in row] for row in self.rows]
        return Sheet(name, (self.title.upper(), under), columns, rows)


def decision_table(seen: dict) -> Table:
    """All that needs a decision, the gravest first."""
    rows = [
        [Cell(row["who"]), Cell(row["what"], row["url"]), Cell(row["label"]), Cell(row["late"], tone=row["tone"]),
         Cell(row["promised"])]
        for row in seen["decisions"]
    ]  # fmt: skip
    grave = sum(row["gravity"] == Gravity.DECIDE for row in seen["decisions"])
    lead = _("%(all)d việc, trong đó %(mine)d việc chờ Giám đốc.") % {"all": len(rows), "mine": grave}
    return Table(
        _("Việc cần quyết định, cần biết"), _texts("Đơn vị", "Việc", "Loại", "Chậm", "Đã hứa, hạn"), rows, lead
    )


def timeliness_table(seen: dict) -> Table:
    """How each unit's reports of the period stand, by the three measures."""
    word = {True: _("đạt"), False: _("không"), None: "–"}
    rows = []
    for unit in seen["content"]["units"]:
        report = unit["reports"][0] if len(unit["reports"]) == 1 else {}
        url = reverse("unit_report", args=[report["id"]]) if report.get("id") else ""
        tone = {"missing": "red", "late": "amber"}.get(report.get("group", ""), "")
        cells = [Cell(unit["name"], url), Cell(report_words(unit), tone=tone)]
        rows.append(cells + [Cell(word[report.get(name)]) for name in ("on_time", "first_time", "complete")])
    shares = "; ".join(
        f"{row['label']}: {row['words']} ({row['share']})" for row in seen["figures"][:3] if row["share"]
    )
    columns = _texts("Đơn vị", "Báo cáo", "Đúng hạn", "Đạt ngay lần đầu", "Đủ kết quả, minh chứng")
    return Table(_("Nộp báo cáo: đúng hạn, đạt ngay lần đầu, đầy đủ"), columns, rows, shares)


def task_table(seen: dict) -> Table:
    """Units × areas, all of them: tasks done of those planned for the year."""
    found = seen["matrix"]
    columns = (_("Đơn vị"), *(column.get("name") or column["short"] for column in found["columns"]))
    rows = [[Cell(row["label"], row["url"]), *map(_matrix_cell, row["cells"])] for row in found["rows"]]
    rows.append([Cell(_("Tổng cộng")), *map(_matrix_cell, found["foot"])])
    lead = _(
        "Nhiệm vụ đã thực hiện trên nhiệm vụ cả năm; “–” là chưa có báo cáo được tiếp nhận, hoặc không có nhiệm vụ."
    )
    return Table(_("Nhiệm vụ theo đơn vị và nội dung"), columns, rows, lead, frozenset(range(1, len(columns) - 1)))


def _matrix_cell(cell: dict) -> Cell:
    return Cell(cell["words"], cell["url"], tone=cell["tone"])


def coverage_table(seen: dict) -> Table:
    """Area × channel × audience: what was done, or what is planned for the blank cell."""
    found, rows = seen["coverage"], []
    base = reverse("figure_rows", args=[seen["period"]["code"]])
    for area in found["rows"]:
        for place, channel in enumerate(found["channels"]):
            cells = [Cell(f"{area['letter']}) {area['name']}"), Cell(channel["name"])]
            for cell in area["cells"]:
                each = cell["channels"][place]
                query = {
                    "noi_dung": area["code"],
                    "hinh_thuc": channel["code"],
                    "toi": cell["audience"],
                    "pham_vi": "nam",
                }
                url = f"{base}?{urlencode(query)}" if each["results"] else ""
                cells.append(Cell(each["words"], url, tone={"ahead": "amber", "blank": "grey"}.get(each["state"], "")))
            rows.append(cells)
    columns = (_("Nội dung"), _("Hình thức"), *(audience["name"] for audience in found["audiences"]))
    lead = (
        _("%(filled)d/%(of)d ô có hoạt động từ đầu năm; kết quả dành cho mọi đối tượng được tính cho từng đối tượng.")
        % found
    )
    return Table(_("Độ phủ: nội dung × hình thức × đối tượng"), columns, rows, lead)


def light_table(seen: dict) -> Table:
    """What the Office judges of every area and index, with its reason and what it judged the period before."""
    rows = [
        [Cell(row["name"]), _light(row["progress"]), _light(row["likelihood"]), Cell(row["reason"] or "–"),
         _light(row["progress_before"]), _light(row["likelihood_before"])]
        for row in seen["lights"]["subjects"]
    ]  # fmt: skip
    columns = (_("Nội dung, chỉ số"), _("Tiến độ"), _("Khả năng đạt"), _("Lý do, việc cần làm"), _("Tiến độ kỳ trước"),
               _("Khả năng kỳ trước"))  # fmt: skip
    lead = _("Tiến độ là việc đã làm so với kế hoạch; khả năng đạt là nhận định của Văn phòng về kết quả cuối cùng.")
    return Table(_("Tiến độ và khả năng đạt"), columns, rows, lead)


def _light(light: dict | None) -> Cell:
    return Cell(light["label"], tone=light["tone"]) if light else Cell(_("chưa đánh giá"), tone="grey")


def index_table(seen: dict) -> Table:
    """Every index with its targets, what was published and where it is from."""
    rows = []
    for index in seen["indices"]:
        for goal in index["goals"] or [{}]:
            rows.append(
                [Cell(index["name"], index["url"]), Cell(goal.get("words") or _("không đặt chỉ tiêu")),
                 Cell(goal.get("baseline") or "–"), Cell(goal.get("aim") or "–"),
                 Cell(index["latest"] or _("chưa công bố")),
                 Cell(": ".join(filter(None, (goal.get("label"), goal.get("detail")))), tone=goal.get("tone", "")),
                 Cell(index["trend_words"] or "–"), Cell(index["source"] or "–")]
            )  # fmt: skip
    columns = _texts(
        "Chỉ số", "Chỉ tiêu", "Gốc so sánh", "Cần đạt", "Mới nhất", "Đánh giá", "Qua các năm", "Nguồn, ngày công bố"
    )
    return Table(
        _("Chỉ tiêu các chỉ số xếp hạng"), columns, rows, _("Chỉ số chưa có số liệu công bố ghi “chưa công bố”.")
    )


def trend_table(seen: dict) -> Table:
    """Every figure by period, with the same period a year ago, the year so far and its plan."""
    periods = [label for label, _value in seen["trends"][0]["points"]] if seen["trends"] else []
    base = reverse("figure_rows", args=[seen["period"]["code"]])
    rows = []
    for row in seen["trends"]:
        url = f"{base}?{urlencode({'chi_tieu': row['code']})}"
        points = [Cell(format_number(value), value=value) for _label, value in row["points"]]
        points[-1] = Cell(row["value_words"], url if row["value"] is not None else "", row["value"])
        rows.append(
            [Cell(f"{row['name']} ({row['measure']})"), *points,
             Cell(format_number(row["last_year"]), value=row["last_year"]),
             Cell(row["year_words"], f"{url}&pham_vi=nam" if row["year"] is not None else "", row["year"]),
             Cell(row["planned_words"], value=row["planned"]), Cell(row["percent_words"] or "–")]
        )  # fmt: skip
    columns = (_("Chỉ tiêu"), *periods, *_texts("Cùng kỳ năm trước", "Lũy kế năm", "Kế hoạch năm", "Đạt"))
    return Table(_("Số liệu qua các kỳ"), columns, rows, numbers=frozenset(range(1, len(columns))))


def money_table(seen: dict) -> Table:
    """Đồng planned and spent by area."""
    base, rows = reverse("figure_rows", args=[seen["period"]["code"]]), []
    sums = {"planned": None, "spent": None}
    for area in seen["content"]["areas"]:
        found = seen["content"]["money"].get(area["code"], sums | {"planned": None, "spent": None})
        for name in sums:
            if found[name] is not None:
                sums[name] = (sums[name] or 0) + found[name]
        url = f"{base}?{urlencode({'chi_tieu': 'money', 'noi_dung': area['code'], 'pham_vi': 'nam'})}"
        rows.append(_money_row(f"{area['letter']}) {area['name']}", found, url if found["spent"] is not None else ""))
    rows.append(_money_row(_("Tổng cộng"), sums, f"{base}?chi_tieu=money&pham_vi=nam" if sums["spent"] else ""))
    columns = _texts("Nội dung", "Kế hoạch năm (đồng)", "Đã chi lũy kế (đồng)", "Tỷ lệ")
    return Table(_("Kinh phí kế hoạch và đã chi"), columns, rows, numbers=frozenset((1, 2, 3)))


def _money_row(name: str, found: dict, url: str) -> list[Cell]:
    spent, planned = found["spent"], found["planned"]
    share = percent(spent, planned) if spent is not None and planned else "–"
    return [
        Cell(name),
        Cell(format_number(planned), value=planned),
        Cell(format_number(spent), url, spent),
        Cell(share),
    ]


def _texts(*words: str) -> tuple[str, ...]:
    return tuple(_(word) for word in words)


TABLES: dict[str, tuple[str, Callable[[dict], Table]]] = {
    "can-quyet": (gettext_lazy("Cần quyết định"), decision_table),
    "nop-bao-cao": (gettext_lazy("Nộp báo cáo"), timeliness_table),
    "nhiem-vu": (gettext_lazy("Nhiệm vụ"), task_table),
    "den": (gettext_lazy("Tiến độ, khả năng"), light_table),
    "do-phu": (gettext_lazy("Độ phủ"), coverage_table),
    "chi-so": (gettext_lazy("Chỉ số"), index_table),
    "so-lieu": (gettext_lazy("Qua các kỳ"), trend_table),
    "kinh-phi": (gettext_lazy("Kinh phí"), money_table),
}
