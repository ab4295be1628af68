"""The roll-up as an official document (layout: documents.official). A unit's report: report_paper.py.

A quarterly roll-up is the Office's report to the Director, as the plan asks; those of the reform
regime are the department's own reports upward.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import AgencyName, Post, Role, User
from documents.dates import document_date, short_date
from documents.excel import Sheet
from documents.numbers import MISSING, format_number
from documents.official import (
    Appendix,
    Column,
    Figure,
    Heading,
    Item,
    OfficialDocument,
    Paragraph,
    Row,
    Table,
    number_line,
    padded,
)
from plans.papers import demo_mark
from plans.printing import About
from reporting.models import Period, RollUp, RollUpParagraph, RollUpState
from reporting.roll_ups import directive_rows, narrative
from reporting.roll_ups.by_unit import Tasks, tasks_over_all, walk
from reporting.roll_ups.content import readable
from reporting.roll_ups.narrating import by_part
from reporting.roll_ups.roll_up_charts import charts
from reporting.roll_ups.tables import area_title, indicator_blocks
from reporting.roll_ups.trends import trend_charts, trend_rows
from reporting.roll_ups.workbook import sheets

ISSUED = (RollUpState.ISSUED, RollUpState.SENT, RollUpState.CORRECTED)
OPEN_GAP = "\u00a0\u00a0"  # two spaces that a page does not run together


@dataclass(frozen=True)
class Addressing:
    """Who writes to whom. `letterhead` gives (upper, lower) lines, `symbol` what stands behind the number,
    `opening` the words with which the author begins."""

    letterhead: Callable[[AgencyName, str], tuple[str, str]]
    symbol: Callable[[AgencyName], str]
    opening: Callable[[AgencyName], str]
    addressees: tuple[str, ...]
    signer: Role
    signer_title: str
    recipients: tuple[str, ...]


ADDRESSING = {
    "quarterly": Addressing(
        letterhead=lambda names, parent: (names.name, "Văn phòng Sở"),
        symbol=lambda names: "BC-VP",
        opening=lambda names: "Văn phòng Sở tổng hợp",
        addressees=("Giám đốc Sở",),
        signer=Role.CHIEF_OF_OFFICE,
        signer_title="Chánh Văn phòng",
        recipients=("Như trên", "Các Phó Giám đốc Sở", "Các phòng, đơn vị thuộc Sở", "Lưu: VT, VP"),
    ),
    "reform": Addressing(
        letterhead=lambda names, parent: (parent, names.name),
        symbol=lambda names: f"BC-{names.symbol}",
        opening=lambda names: f"{names.name} báo cáo",
        addressees=("Ủy ban nhân dân tỉnh", "Sở Nội vụ"),
        signer=Role.DIRECTOR,
        signer_title="Giám đốc",
        recipients=("Như trên", "Giám đốc, các Phó Giám đốc Sở", "Các phòng, đơn vị thuộc Sở", "Lưu: VT, VP"),
    ),
}


def period_words(period: Period) -> str:
    """The period inside a title: "Quý I/2022" → "Quý I năm 2022"."""
    return period.label.replace("/", " năm ")


@dataclass(frozen=True)
class Outgoing:
    """What the register of outgoing documents keeps of a roll-up."""

    symbol: str
    subject: str
    signer_name: str
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]

    @property
    def everybody(self) -> tuple[str, ...]:
        """Who gets it: the house's own file copy ("Lưu: …") is nobody."""
        return tuple(row for row in self.recipients if not row.startswith("Lưu"))


def outgoing(roll_up: RollUp, day: date) -> Outgoing:
    """Symbol, subject, signer and recipients of the roll-up dated `day`."""
    way = ADDRESSING[roll_up.period.regime]
    return Outgoing(
        symbol=way.symbol(roll_up.agency.name_on(day)),
        subject=f"Công tác tuyên truyền cải cách hành chính {period_words(roll_up.period)}{_in_place_of(roll_up)}",
        signer_name=_holder(roll_up, way.signer, day),
        addressees=way.addressees,
        recipients=way.addressees + way.recipients[1:],  # the first is "as above"
    )


def _in_place_of(roll_up: RollUp) -> str:
    """ " (đính chính, thay thế Báo cáo số 28/BC-VP ngày 18/3/2022)" of a correction, else ""."""
    if not roll_up.corrects_id:
        return ""
    return f" (đính chính, thay thế Báo cáo {called(roll_up.corrects)})"


def called(roll_up: RollUp) -> str:
    """ "số 28/BC-VP ngày 18/3/2022" of an issued roll-up."""
    symbol = ADDRESSING[roll_up.period.regime].symbol(roll_up.agency.name_on(roll_up.issued_on))
    return f"số {padded(roll_up.number)}/{symbol} ngày {short_date(roll_up.issued_on)}"


def roll_up_paper(roll_up_id: int, on: date) -> OfficialDocument:
    """The roll-up from its snapshot, or from its newest version while nothing is cut."""
    roll_up = RollUp.objects.select_related(
        "period__agency__parent", "agency", "corrects__period", "corrects__agency"
    ).get(pk=roll_up_id)
    content = _content(roll_up)
    day = roll_up.issued_on or on
    names, parent = roll_up.agency.name_on(day), roll_up.agency.parent
    way = ADDRESSING[roll_up.period.regime]
    head = outgoing(roll_up, day)
    upper, lower = way.letterhead(names, parent.name_on(day).name if parent else "")
    number, symbol = roll_up.number or None, head.symbol
    dated = document_date(roll_up.issued_on) if roll_up.issued_on else document_date(month=on.month, year=on.year)
    return OfficialDocument(
        parent_agency=upper,
        agency=lower,
        number=number,
        symbol=symbol,
        place=names.place,
        date_text=dated,
        type_name="Báo cáo",
        subject=head.subject,
        addressees=way.addressees,
        blocks=tuple(_body(roll_up, content, way.opening(names))),
        signer_title=way.signer_title,
        signer_name=head.signer_name,
        recipients=way.recipients,
        appendices=tuple(_appendices(content, attached_to(number_line(number, symbol), dated, lower))),
        draft=roll_up.state not in ISSUED,
        mark=demo_mark(),
        verify=(f"Bản chốt số liệu, SHA-256: {roll_up.sha256}",) if roll_up.sha256 else (),
    )


def roll_up_sheets(roll_up_id: int, on: date) -> list[Sheet]:
    """The figures of the same content as Excel."""
    roll_up = RollUp.objects.select_related("agency").get(pk=roll_up_id)
    return sheets(_content(roll_up), roll_up.agency.name_on(roll_up.issued_on or on).name)


def _content(roll_up: RollUp) -> dict:
    """The cut content, or that of the newest version."""
    return readable(roll_up.snapshot["content"] if roll_up.snapshot else roll_up.versions.first().content)


def about_roll_up(roll_up_id: int) -> About:
    """How it stands, for who looks its code up: number and day, the hash of the cut figures, what corrects it."""
    roll_up = RollUp.objects.select_related("period", "agency").get(pk=roll_up_id)
    right = roll_up.corrections.filter(state__in=ISSUED).select_related("period", "agency").first()
    facts = [
        ("Số, ngày ban hành", roll_up.issued_on and called(roll_up)),
        ("SHA-256 của số liệu đã chốt", roll_up.sha256),
        ("Được đính chính bằng", right and f"Báo cáo {called(right)}"),
    ]
    return About(roll_up.state, roll_up.get_state_display(), tuple(fact for fact in facts if fact[1]))


def roll_up_page(roll_up_id: int) -> str:
    """The address of a roll-up's page, to which its printout leads back."""
    return reverse("roll_up", args=[RollUp.objects.get(pk=roll_up_id).code])


def roll_up_press(roll_up_id: int) -> str:
    """Where the printing of a roll-up is asked for."""
    return reverse("print_roll_up", args=[RollUp.objects.get(pk=roll_up_id).code])


def attached_to(numbered: str, dated: str, agency: str) -> str:
    """The line under an appendix's title (Nghị định 30/2020/NĐ-CP, Phụ lục I): number, day and agency of the report."""
    line = f"Báo cáo s{numbered[1:].replace(':', '', 1)} {dated} của {agency}"
    return f"(Kèm theo {line.replace('  ', OPEN_GAP)})"


def _holder(roll_up: RollUp, role: Role, day: date) -> str:
    posts = Post.objects.on(day).filter(agency=roll_up.agency_id, role=role)
    return User.objects.filter(posts__in=posts).values_list("full_name", flat=True).first() or ""


def _body(roll_up: RollUp, content: dict, opening: str) -> Iterator:
    period = content["period"]
    yield Paragraph(
        f"{opening} kết quả công tác tuyên truyền cải cách hành chính {period_words(roll_up.period)} "
        f"(số liệu từ ngày {short_date(date.fromisoformat(period['starts']))} đến hết ngày "
        f"{short_date(date.fromisoformat(period['ends']))}) như sau:"
    )
    if roll_up.corrects_id:
        yield Paragraph(
            f"Báo cáo này thay thế Báo cáo {called(roll_up.corrects)}. Lý do đính chính: {roll_up.correction_reason}"
        )
    for part, rows in by_part(roll_up, content):
        yield Heading(part.level, part.label, part.title)
        kept = [row for row in rows if not row.dropped]
        yield from _paragraphs(kept)
        if not kept and part.empty:
            yield Paragraph(part.empty)
        if part.code == "directives" and (table := directive_rows.paper_table(content)):
            yield table
        if part.code == "plan":
            yield Paragraph("Số liệu chi tiết tại các Phụ lục kèm theo.")


def _paragraphs(rows: list[RollUpParagraph]) -> Iterator[Paragraph | Item]:
    """The paragraphs of a part; units that wrote the same words share one item."""
    shared: dict[str, list[str]] = {}
    for row in rows:
        if row.is_taken:
            shared.setdefault(" ".join(row.text.split()), []).append(row.unit)
    for row in rows:
        if not row.is_taken:
            yield from (Paragraph(line) for line in row.text.splitlines() if line.strip())
        elif units := shared.pop(" ".join(row.text.split()), None):
            yield Item("-", f"{', '.join(dict.fromkeys(units))}: {' '.join(row.text.split())}")


def shown(value: int | None) -> str:
    """A figure as printed: what is missing is "–", never 0."""
    return format_number(value)


def _appendices(content: dict, note: str) -> Iterator[Appendix]:
    blocks: tuple = (_indicator_table(content),)
    if content["period"]["before"] and (compared := _last_period_table(content)):
        blocks += (Heading("number", "", f"So với kỳ trước ({content['period']['before']})"), compared)
    yield Appendix("Số liệu thống kê theo chỉ tiêu", blocks, note=note, landscape=True)
    yield Appendix("Số liệu theo đơn vị", (_unit_table(content),), note=note, landscape=True)
    yield Appendix("Kết quả theo nội dung, đơn vị và chỉ tiêu", (_cell_table(content),), note=note)
    yield Appendix("Kết quả theo hình thức tuyên truyền", (_by_table(content, "channels"),), note=note)
    if content["audiences"]:
        blocks = (Heading("number", "1", "Theo đối tượng"), _by_table(content, "audiences"),
                  Heading("number", "2", "Theo tháng báo cáo"), _by_table(content, "months"))  # fmt: skip
        yield Appendix("Kết quả theo đối tượng và theo tháng", blocks, note=note)
    if rows := trend_rows(content):
        figures = tuple(Figure(drawing, caption) for caption, drawing in trend_charts(content))
        yield Appendix("Số liệu qua các kỳ", (_trend_table(rows), *figures), note=note, landscape=True)
    if drawn := charts(content):
        yield Appendix("Biểu đồ", tuple(Figure(drawing, caption) for caption, drawing in drawn), note=note)


def _indicator_table(content: dict) -> Table:
    """The columns of the Ministry's form; a note says what a figure that is no plain sum is made of."""
    columns = (
        Column("STT", "center", 5), Column("Chỉ tiêu", "left", 24), Column("Đơn vị tính", "center", 9),
        Column("Kế hoạch", "right", 12), Column("Trong kỳ", "right", 12), Column("Lũy kế", "right", 12),
        Column("Cùng kỳ", "right", 12), Column("Ghi chú", "left", 14),
    )  # fmt: skip
    rows = {row["code"]: row for row in content["indicators"]}
    return Table(
        columns,
        tuple(
            Row(
                (
                    str(number), row["name"], row["measure"], shown(row["planned"]),
                    *(narrative.told(row, name) for name in ("value", "year", "last_year")), _note(row, rows),
                )
            )
            for number, row in enumerate(content["indicators"], start=1)
        ),
    )  # fmt: skip


def _note(row: dict, rows: dict[str, dict]) -> str:
    if row["parts"] and row["value"] is not None:
        part, whole = (shown(rows[code]["value"]) for code in row["parts"])
        return f"Trong kỳ {part}/{whole}"
    return "Số cuối kỳ" if row["kind"] == "stock" else ""


def _last_period_table(content: dict) -> Table | None:
    """What is known of this period or the last, side by side; None where nothing is."""
    found = [row for row in content["indicators"]
             if any(narrative.told(row, name) != MISSING for name in ("value", "last_period"))]  # fmt: skip
    columns = (
        Column("STT", "center", 6), Column("Chỉ tiêu", "left", 38), Column("Đơn vị tính", "center", 14),
        Column("Kỳ này", "right", 14), Column("Kỳ trước", "right", 14), Column("Tăng, giảm", "right", 14),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                str(number), row["name"], row["measure"], narrative.told(row, "value"),
                narrative.told(row, "last_period"), narrative.step_words(row["value"], row["last_period"]),
            )
        )
        for number, row in enumerate(found, start=1)
    )  # fmt: skip
    return Table(columns, rows) if found else None


def _trend_table(rows: list[dict]) -> Table:
    """Indicators × periods, the oldest first."""
    periods = [label for label, _value in rows[0]["points"]]
    columns = (
        Column("STT", "center", 5), Column("Chỉ tiêu", "left", 23), Column("Đơn vị tính", "center", 9),
        *(Column(label, "right", 63 / len(periods)) for label in periods),
    )  # fmt: skip
    return Table(
        columns,
        tuple(Row((str(number), row["name"], row["measure"], *row["told"])) for number, row in enumerate(rows, 1)),
    )


def _unit_table(content: dict) -> Table:
    """Units × areas: tasks done of those planned; a unit that was not received has no figures."""
    areas = content["areas"]
    columns = (
        Column("STT", "center", 5), Column("Đơn vị", "left", 24), Column("Báo cáo", "left", 14),
        *(Column(f"{area['letter']})", "center", group="Nhiệm vụ đã thực hiện/kế hoạch") for area in areas),
        Column("Cộng", "center", 9),
    )  # fmt: skip
    rows = [
        Row(
            (
                str(number), unit["name"], narrative.report_words(unit), *_done_of_planned(row.tasks, areas),
            )
        )
        for number, (unit, row) in enumerate(walk(content), start=1)
    ]  # fmt: skip
    rows.append(Row(("", "Tổng cộng", "", *_done_of_planned(tasks_over_all(content), areas)), "total"))
    return Table(columns, tuple(rows))


def _done_of_planned(tasks: Sequence[Tasks], areas: list[dict]) -> list[str]:
    """Tasks done of those planned in each area and in all, as printed in cells."""
    return [narrative.done_words(*narrative.tasks_done(tasks, area)) for area in (*(row["code"] for row in areas), "")]


def _cell_table(content: dict) -> Table:
    """Every figure of the period by area, unit and indicator, with the sum of each area's indicator."""
    rows = []
    for area in content["areas"]:
        rows.append(Row((area_title(area),), "group"))
        blocks = indicator_blocks(content, area["code"])
        for block in blocks:
            name, measure = block["row"]["name"], block["row"]["measure"]
            rows.append(Row((name, "Cộng" if block["row"]["adds"] else "Chung", measure, block["total"]), "total"))
            rows.extend(Row(("", unit["name"], measure, unit["value"])) for unit in block["units"])
        if not blocks:
            rows.append(Row(("Chưa ghi nhận kết quả",)))
    columns = (
        Column("Chỉ tiêu", "left", 34), Column("Đơn vị", "left", 34), Column("Đơn vị tính", "center", 16),
        Column("Trong kỳ", "right", 16),
    )  # fmt: skip
    return Table(columns, tuple(rows))


def _by_table(content: dict, name: str) -> Table:
    """The figures of each row of a dimension, in the order of the indicators (PostgreSQL orders no JSON's keys)."""
    rows = []
    for entry in content[name]:
        rows.append(Row((entry["name"],), "group"))
        rows.extend(
            Row((row["name"], row["measure"], narrative.printed(entry["values"][row["code"]])))
            for row in content["indicators"]
            if row["code"] in entry["values"]
        )
    if not rows:
        rows.append(Row(("Chưa ghi nhận kết quả",)))
    return Table(
        (Column("Chỉ tiêu", "left", 56), Column("Đơn vị tính", "center", 22), Column("Trong kỳ", "right", 22)),
        tuple(rows),
    )
