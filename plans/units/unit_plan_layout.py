"""A unit's plan laid out as an official document, of what it holds now or of what a receipt froze."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.text import Truncator

from accounts.delegations import Signature
from accounts.models import Unit
from documents.dates import document_date
from documents.numbers import format_money, format_number
from documents.official import Appendix, Column, Heading, Item, OfficialDocument, Paragraph, Row, Table
from plans.models import Plan
from plans.snapshots import AreaContent, Content, Line

TASKS = (
    Column("TT", "center", 4),
    Column("Nội dung, nhiệm vụ", "left", 24),
    Column("Hình thức", "left", 11),
    Column("Đối tượng", "left", 11),
    Column("Thời gian", "center", 10),
    Column("Người thực hiện", "left", 10),
    Column("Sản phẩm", "left", 11),
    Column("Kinh phí (đồng)", "right", 9),
    Column("Nguồn kinh phí", "left", 10),
)  # fmt: skip


def laid_out(
    content: Content, plan: Plan, unit: Unit, *, day: date, date_text: str, signer: Signature,
    shorts: Mapping[str, str] | None = None, **more,
) -> OfficialDocument:  # fmt: skip
    """The plan with its task table by area as a landscape appendix.

    Names are those of `day`; `shorts` gives sources of money a shorter name in the table; `more` are other fields
    of the document (draft, mark, verify).
    """
    names = plan.agency.name_on(day)
    return OfficialDocument(
        parent_agency=names.name,
        agency=unit.name_on(day),
        number=None,
        symbol=f"KH-{unit.symbol}",
        place=names.place,
        date_text=date_text,
        type_name="Kế hoạch",
        subject=f"Tuyên truyền cải cách hành chính năm {content.year}",
        blocks=tuple(_body(content, plan, day)),
        authority=signer.authority,
        signer_title=signer.title,
        signer_name=signer.name,
        recipients=("Văn phòng Sở (tổng hợp)", f"Lưu: VT, {content.unit}"),
        appendices=(
            Appendix(
                title="Danh mục nhiệm vụ tuyên truyền cải cách hành chính",
                blocks=(Table(TASKS, tuple(_rows(content, shorts or {}))),),
                note=f"(Kèm theo Kế hoạch tuyên truyền cải cách hành chính năm {content.year} của {content.unit})",
                landscape=True,
            ),
        ),
        **more,
    )


def _body(content: Content, plan: Plan, day: date) -> Iterator:
    dated = document_date(plan.date, day=plan.date_day, month=plan.date_month, year=plan.date_year)
    yield Paragraph(
        f"Thực hiện Kế hoạch số {plan.number or '…'}/{plan.symbol} {dated} của "
        f"{plan.agency.name_on(plan.date or day).name} về tuyên truyền cải cách hành chính năm {content.year}, "
        f"{content.unit} xây dựng kế hoạch như sau:"
    )
    yield Heading("roman", "I", "Mục đích, yêu cầu")
    yield from _paragraphs(content.purpose or "Thực hiện mục đích, yêu cầu nêu tại Kế hoạch của Sở.")
    yield Heading("roman", "II", "Nhiệm vụ")
    yield from _tasks(content)
    yield Heading("roman", "III", "Tổ chức thực hiện")
    yield from _paragraphs(
        content.organisation or "Các cá nhân được phân công chịu trách nhiệm thực hiện đúng tiến độ và chất lượng."
    )
    if content.contact:
        yield Paragraph(f"Người theo dõi: {content.contact}.")


def _tasks(content: Content) -> Iterator:
    """How many tasks for how much, from which sources; what the unit has nothing to do with, and why."""
    yield Paragraph(
        f"Trong năm {content.year}, đơn vị thực hiện {format_number(len(content.lines))} nhiệm vụ, tổng kinh phí "
        f"{format_money(content.money)}, chi tiết tại Phụ lục kèm theo."
    )
    if any(name for name, _amount in content.funds):
        parts = (f"{_lowered(name) or 'chưa ghi nguồn'} {format_money(amount)}" for name, amount in content.funds)
        yield Paragraph(f"Kinh phí theo nguồn: {'; '.join(parts)}.")
    for area in content.areas:
        if area.absence:
            yield Item("-", f"Nội dung {_named(area)[-1]}: không có nhiệm vụ; lý do: {area.absence}")
    if content.declined:
        yield Paragraph("Những yêu cầu của Kế hoạch không thuộc chức năng, nhiệm vụ của đơn vị:")
        yield from (Item("-", f"{_ended(answer.asked.text)}; lý do: {answer.reason}") for answer in content.declined)


def _ended(text: str) -> str:
    """The beginning of what is asked as part of a sentence: in one line, without its full stop."""
    return Truncator(" ".join(text.split()).rstrip(".;")).chars(200)


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _paragraphs(text: str) -> Iterator[Paragraph]:
    return (Paragraph(line.strip()) for line in text.splitlines() if line.strip())


def _named(area: AreaContent) -> tuple[str, ...]:
    """ "c) Cải cách thủ tục hành chính" as its letter and its name; without a letter the name alone."""
    letter, _bracket, name = area.title.partition(") ")
    return (letter, name) if name else (area.title,)


def _rows(content: Content, shorts: Mapping[str, str]) -> Iterator[Row]:
    number = 0
    for area in content.areas:
        if area.lines:
            yield Row(_named(area), "group")
        for line in area.lines:
            number += 1
            yield Row(_cells(number, line, shorts))
    yield Row(("", "Tổng cộng", "", "", "", "", "", format_number(content.money), ""), "total")


def _cells(number: int, line: Line, shorts: Mapping[str, str]) -> tuple[str, ...]:
    product = f"{line.product} ({line.amount})" if line.product and line.amount else line.product or line.amount
    return (
        str(number), line.title, line.channel, line.audience, _raised(line.when), line.person, product,
        format_number(line.money), _sources(line, shorts),
    )  # fmt: skip


def _sources(line: Line, shorts: Mapping[str, str]) -> str:
    """ "Xã hội hóa", or, of several, each with its amount."""
    funds = tuple((shorts.get(name, name), amount) for name, amount in line.funds)
    if len(funds) == 1 and funds[0][1] == line.money:
        return _raised(funds[0][0])
    return _raised("; ".join(f"{name} {format_number(amount)}" for name, amount in funds))
