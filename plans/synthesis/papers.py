"""The synthesis as appendices of the department's plan, and as an Excel file."""

from datetime import date

from documents.dates import document_date
from documents.numbers import format_number
from documents.official import Appendix, Column, OfficialDocument, Paragraph, Row, Table
from plans.models import Channel, Plan
from plans.papers import agency_names, demo_mark
from plans.synthesis.gathering import MONTHS, Group, Synthesis, Task, gather

TASKS = (
    Column("TT", "center", 5),
    Column("Nội dung, nhiệm vụ", "left", 25),
    Column("Đơn vị thực hiện", "left", 15),
    Column("Hình thức", "left", 12),
    Column("Đối tượng", "left", 12),
    Column("Thời gian", "center", 11),
    Column("Sản phẩm", "left", 10),
    Column("Kinh phí (đồng)", "right", 10),
)
SUMS = (
    Column("TT", "center", 7),
    Column("", "left", 41),
    Column("Số nhiệm vụ", "right", 12),
    Column("Số đơn vị", "right", 12),
    Column("Kinh phí (đồng)", "right", 28),
)


def channel_names(year: int) -> list[str]:
    """The channels in force at the end of the year, in their order."""
    return [channel.name for channel in Channel.objects.on(date(year, 12, 31))]


def synthesis_paper(plan_id: int, on: date) -> OfficialDocument:
    """The appendices alone, to go with the plan: tasks, units, channels, months, money."""
    plan = Plan.objects.select_related("agency__parent", "scheme").get(pk=plan_id)
    found, names = gather(plan), agency_names(plan.agency, plan.date or on)[0]
    note = (
        f"(Kèm theo Kế hoạch số {plan.number or '…'}/{plan.symbol} "
        f"{document_date(plan.date, day=plan.date_day, month=plan.date_month, year=plan.date_year)} của {names.name})"
    )
    return OfficialDocument(
        agency=names.name, number=plan.number or None, symbol=plan.symbol, place=plan.place, date_text="",
        type_name="Phụ lục", subject=plan.title, blocks=(), cover=False, appendices=tuple(_appendices(found, note)),
        mark=demo_mark(),
    )  # fmt: skip


def _appendices(found: Synthesis, note: str):
    year = found.year
    first = [Paragraph(f"Đơn vị chưa có kế hoạch được tiếp nhận: {'; '.join(found.missing)}.")] if found.missing else []
    first.append(Table(TASKS, tuple(_task_rows(found))))
    yield Appendix(f"Danh mục nhiệm vụ tuyên truyền cải cách hành chính năm {year}", tuple(first), note, landscape=True)
    yield Appendix(f"Nhiệm vụ theo đơn vị năm {year}", (_sums("Đơn vị", found.by_unit(), found, units=False),), note)
    channels = found.by_channel(channel_names(year))
    yield Appendix(f"Nhiệm vụ theo hình thức năm {year}", (_sums("Hình thức", channels, found),), note)
    yield Appendix(f"Tiến độ theo tháng năm {year}", (_months(found),), note, landscape=True)
    areas = _sums("Nội dung", found.by_area(), found)
    yield Appendix(f"Kinh phí theo nội dung và nguồn năm {year}", (areas, _sources(found)), note)


def task_cells(number: int, task: Task) -> tuple[str, ...]:
    """A task as the columns TASKS print it."""
    line = task.line
    product = f"{line.product} ({line.amount})" if line.product and line.amount else line.product or line.amount
    return (
        str(number), line.title, task.unit, line.channel, line.audience, line.when, product, format_number(line.money),
    )  # fmt: skip


def _task_rows(found: Synthesis):
    number = 0
    for group in found.by_area():
        letter, _mark, title = group.name.partition(") ")
        if group.tasks:
            yield Row((letter, title), "group")
        for task in group.tasks:
            number += 1
            yield Row(task_cells(number, task))
    yield Row(("", "Tổng cộng", "", "", "", "", "", format_number(found.money)), "total")


def _sums(title: str, groups: list[Group], found: Synthesis, *, units: bool = True) -> Table:
    """The sums of `groups`; `units` says of how many units each is."""
    whole = Group("", "Tổng cộng", found.tasks)
    head, _title, tasks, of_units, money = SUMS
    columns = (head, Column(title, "left", 41 if units else 53), tasks, *((of_units,) if units else ()), money)

    def cells(place: str, group: Group) -> tuple[str, ...]:
        counts = (len(group.tasks), group.units, group.money) if units else (len(group.tasks), group.money)
        return (place, group.name, *map(format_number, counts))

    rows = [Row(cells(str(place), group)) for place, group in enumerate(groups, 1)]
    return Table(columns, (*rows, Row(cells("", whole), "total")))


def _sources(found: Synthesis) -> Table:
    columns = (SUMS[0], Column("Nguồn kinh phí", "left", 65), SUMS[-1])
    rows = [Row((str(place), name, format_number(amount))) for place, (name, amount) in enumerate(found.by_source(), 1)]
    return Table(columns, (*rows, Row(("", "Tổng cộng", format_number(found.money)), "total")))


def _months(found: Synthesis) -> Table:
    """Units × months: how many tasks run."""
    columns = (
        Column("TT", "center", 5),
        Column("Đơn vị", "left", 29),
        *(Column(f"Tháng {month}", "center", 5.5) for month in MONTHS),
    )
    rows = [
        Row((str(place), group.name, *month_counts(found, group.tasks)))
        for place, group in enumerate(found.by_unit(), 1)
    ]
    return Table(columns, (*rows, Row(("", "Tổng cộng", *month_counts(found, found.tasks)), "total")))


def month_counts(found: Synthesis, tasks: tuple[Task, ...]) -> list[str]:
    """How many of `tasks` run in each month; "–" where none does."""
    running = [month for task in tasks for month in task.months(found.year)]
    return [format_number(count) if (count := running.count(month)) else "–" for month in MONTHS]


def as_excel(found: Synthesis, agency_name: str) -> bytes:
    """The same as a workbook: a sheet for the tasks and one for each way of adding them up."""
    from documents.excel import Column as Cells
    from documents.excel import Sheet, workbook

    titles = (f"TỔNG HỢP KẾ HOẠCH CÁC ĐƠN VỊ NĂM {found.year}", agency_name)
    tasks = (
        ("TT", 6), ("Nội dung", 28), ("Nhiệm vụ", 44), ("Đơn vị", 28), ("Hình thức", 20), ("Đối tượng", 20),
        ("Từ ngày", 12), ("Đến ngày", 12), ("Người thực hiện", 20), ("Sản phẩm", 24), ("Chỉ tiêu", 20),
        ("Số lượng", 10), ("Đơn vị tính", 12), ("Kinh phí (đồng)", 16),
    )  # fmt: skip
    names = dict(found.areas)
    rows = (
        (
            number, names.get(task.area, task.area), task.line.title, task.unit, task.line.channel, task.line.audience,
            task.line.starts, task.line.ends, task.line.person, task.line.product, task.line.indicator,
            task.line.quantity, task.line.measure, task.line.money,
        )
        for number, task in enumerate(found.tasks, 1)
    )  # fmt: skip
    sheets = [Sheet("Danh mục", titles, tuple(Cells(*column) for column in tasks), rows)]
    for name, groups in (
        ("Theo nội dung", found.by_area()),
        ("Theo đơn vị", found.by_unit()),
        ("Theo hình thức", found.by_channel(channel_names(found.year))),
        ("Theo tháng", found.by_month()),
    ):
        heads = (
            (name.removeprefix("Theo ").capitalize(), 48), ("Số nhiệm vụ", 12), ("Số đơn vị", 12),
            ("Kinh phí (đồng)", 18), ("Số lượng", 60),
        )  # fmt: skip
        sums = ((group.name, len(group.tasks), group.units, group.money, group.quantities) for group in groups)
        sheets.append(Sheet(name, titles, tuple(Cells(*head) for head in heads), sums))
    heads = (Cells("Nguồn kinh phí", 48), Cells("Kinh phí (đồng)", 18))
    sheets.append(Sheet("Theo nguồn kinh phí", titles, heads, found.by_source()))
    return workbook(sheets)
