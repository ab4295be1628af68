"""A unit's report as an official document and as Excel (layout: documents.official)."""

from collections.abc import Iterator
from datetime import date

from documents.dates import document_date, short_date
from documents.excel import Sheet
from documents.numbers import format_number
from documents.official import Appendix, Column, Heading, Item, OfficialDocument, Paragraph, Row, Table, number_line
from plans.deadlines.workdays import VIETNAM
from plans.papers import demo_mark, signature
from reporting.models import UnitReport
from reporting.roll_ups import narrative
from reporting.roll_ups.papers import attached_to, period_words
from reporting.unit_reports import report_workbook
from reporting.unit_reports.report_page import content_of, figure_rows
from reporting.unit_reports.snapshots import as_it_stands, results_behind
from reporting.unit_reports.suggestions import difficulty_sentences

LEADERSHIP = "leadership"  # the area that the outline's first part is about
REPORT_HEADINGS = (
    (
        "III",
        "Đánh giá chung",
        (("highlights", "Kết quả nổi bật"), ("shortcomings", "Tồn tại, hạn chế"), ("causes", "Nguyên nhân")),
    ),
    ("IV", "Phương hướng, nhiệm vụ kỳ tới", (("next_steps", ""),)),
    (
        "V",
        "Khó khăn, kiến nghị, đề xuất",
        (("difficulties", "Khó khăn, vướng mắc"), ("proposals", "Kiến nghị, đề xuất")),
    ),
)


def unit_report_paper(report_id: int, on: date) -> OfficialDocument:
    """A unit's report: as it was last handed in, or as it stands while it is being written."""
    report = UnitReport.objects.select_related("unit", "agency", "period").get(pk=report_id)
    snapshot, receipt = as_it_stands(report)
    written_on = receipt.submitted_at.astimezone(VIETNAM).date() if receipt else None
    signer = signature(receipt, report.unit, written_on or on)
    names, name = report.agency.name_on(written_on or on), report.unit.name_on(written_on or on)
    symbol = f"BC-{report.unit.symbol}"
    dated = document_date(written_on) if written_on else document_date(year=report.period.year)
    note = attached_to(number_line(None, symbol), dated, name)
    return OfficialDocument(
        parent_agency=names.name,
        agency=name,
        number=None,
        symbol=symbol,
        place=names.place,
        date_text=dated,
        type_name="Báo cáo",
        subject=f"Công tác tuyên truyền cải cách hành chính {period_words(report.period)}",
        addressees=("Văn phòng Sở",),
        blocks=tuple(_report_body(report, snapshot)),
        authority=signer.authority,
        signer_title=signer.title,
        signer_name=signer.name,
        recipients=("Như trên", f"Lưu: VT, {report.unit.name}"),
        appendices=(Appendix("Số liệu thống kê", (_own_table(snapshot),), note, landscape=True),),
        draft=receipt is None,
        mark=demo_mark(),
        verify=(f"Biên nhận {receipt.number}, SHA-256: {receipt.sha256}",) if receipt else (),
    )


def unit_report_sheets(report_id: int, on: date) -> list[Sheet]:
    """A unit's report as Excel, from the same content."""
    report = UnitReport.objects.select_related("unit", "agency", "period", "obligation__plan__scheme").get(pk=report_id)
    snapshot, receipt = as_it_stands(report)
    stands = f"Biên nhận {receipt.number}" if receipt else "Dự thảo"
    title = f"BÁO CÁO CÔNG TÁC TUYÊN TRUYỀN CẢI CÁCH HÀNH CHÍNH {period_words(report.period).upper()}"
    titles = (title, f"{report.unit.name_on(on)} – {stands}")
    return report_workbook.sheets(content_of(report, snapshot), results_behind(snapshot), titles)


def _report_body(report: UnitReport, snapshot: dict) -> Iterator:
    """The outline of the reform report, as offices write it: I. leadership, II. the other areas, III–V."""
    areas = list(report.obligation.plan.scheme.areas.all())
    judged = {row["area"]: row for row in snapshot["assessments"]}
    starts, ends = short_date(report.period.starts), short_date(report.period.ends)
    yield Paragraph(
        f"{snapshot['unit']} báo cáo kết quả công tác tuyên truyền cải cách hành chính {period_words(report.period)} "
        f"(số liệu từ ngày {starts} đến hết ngày {ends}) như sau:"
    )
    yield Heading("roman", "I", "Công tác chỉ đạo, điều hành")
    if tasks := snapshot.get("tasks"):
        yield Paragraph(narrative.own_task_sentence(tasks))
    yield from _judgement(judged.get(LEADERSHIP, {}))
    yield Heading("roman", "II", "Kết quả thực hiện")
    if snapshot["nil"]:
        yield Paragraph(f"Trong kỳ không phát sinh; lý do: {snapshot['nil_reason']}")
    else:
        yield Paragraph(
            f"Trong kỳ đơn vị ghi nhận {format_number(len(snapshot['results']))} kết quả; số liệu chi tiết tại Phụ lục."
        )
    others = (area for area in areas if area.code in judged and area.code != LEADERSHIP)
    for number, area in enumerate(others, start=1):
        yield Heading("number", str(number), f"{area.name[0].upper()}{area.name[1:]}")
        yield from _judgement(judged[area.code])
    for label, title, parts in REPORT_HEADINGS:
        yield Heading("roman", label, title)
        for number, (name, heading) in enumerate(parts, start=1):
            if heading:
                yield Heading("number", str(number), heading)
            raised = _raised(snapshot) if name == "difficulties" else []
            yield from _lines(snapshot[name] or ("" if raised else "Không có."))
            yield from raised


def _raised(snapshot: dict) -> list[Item]:
    """The difficulties raised in the period that the unit's own words do not name already."""
    sentences = difficulty_sentences(snapshot.get("raised", ()))
    return [Item("-", sentence) for sentence in sentences if sentence not in snapshot["difficulties"]]


def _judgement(row: dict) -> Iterator[Paragraph]:
    """What came of an area; then what fell short and why, each named."""
    yield from _lines(row.get("text", ""))
    for name, words in (("shortcomings", "Tồn tại, hạn chế"), ("causes", "Nguyên nhân")):
        if text := row.get(name):
            yield from _lines(f"{words}: {text}")


def _lines(text: str) -> Iterator[Paragraph]:
    return (Paragraph(line.strip()) for line in text.splitlines() if line.strip())


def _own_table(snapshot: dict) -> Table:
    columns = (
        Column("STT", "center", 5), Column("Chỉ tiêu", "left", 24), Column("Đơn vị tính", "center", 9),
        Column("Kế hoạch", "right", 10), Column("Trong kỳ", "right", 10), Column("Lũy kế", "right", 10),
        Column("Cùng kỳ", "right", 10), Column("Chênh lệch", "right", 10), Column("Ghi chú", "left", 12),
    )  # fmt: skip
    names = ("planned", "value", "year", "last_year")
    return Table(
        columns,
        tuple(
            Row(
                (
                    str(number), row["name"], row["measure"], *(row["told"][name] for name in names),
                    row["difference"], row["note"],
                )
            )
            for number, row in enumerate(figure_rows(snapshot), start=1)
        ),
    )  # fmt: skip
