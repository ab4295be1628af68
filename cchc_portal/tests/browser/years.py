"""The data of the page harness, made inside a portal: `portal.python("from … import years; years.…()")`."""

import json
from datetime import datetime, timedelta
from time import perf_counter
from uuid import uuid4

from accounts.cast import load_cast
from accounts.clock import VIETNAM, set_demo
from accounts.models import Event, Notice, Unit
from cchc_portal.tests.browser import affairs, imports, issues, rankings, reviews, sheets
from plans.handing_in import submit
from plans.models import (
    Activity,
    Obligation,
    ObligationKind,
    Plan,
    Printout,
    Receipt,
    UnitPlan,
)
from plans.models.plan import SectionLevel
from plans.printing import ask_for
from plans.tests.factories import draft_plan
from plans.units.asked import asked_of
from propaganda.models import Result
from reporting.director.stock_takes import take
from reporting.models import Period, StockTake, UnitReport, UnitReportState
from reporting.workflow import UNIT_REPORT

DRAFTING_UNIT = "ddncc"  # the one whose plan the demo leaves unfinished

# The fourth quarter ends on 14/12: from now on its reports may be handed in.
DAY_AFTER_Q4 = datetime(2022, 12, 15, 8, 30, tzinfo=VIETNAM)

# A word that cannot be broken at a space, as a link pasted into a text is.
LINK = "https://dichvucong.ninhthuan.gov.vn/tuyen-truyen/cai-cach-hanh-chinh/2022/huong-dan-nop-ho-so-truc-tuyen"
LONG = (
    "Tuyên truyền, phổ biến sâu rộng các chủ trương của Đảng, chính sách, pháp luật của Nhà nước về đẩy mạnh cải "
    "cách thủ tục hành chính, nghiêm túc thực hiện Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ ban hành "
    "Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030 "
)
UNIT_NAME = "Trung tâm Điều dưỡng, phụng dưỡng người có công với cách mạng và bảo trợ xã hội tổng hợp khu vực phía Nam"


def add_what_waits() -> None:
    """What the demo's year has not: next year's draft, a report waiting for review, a PDF asked for."""
    cast, now = load_cast(), DAY_AFTER_Q4
    set_demo(now)
    draft = draft_plan(cast, year=2023, now=now)
    draft.sections.update(level=SectionLevel.ROMAN)  # the factory's letters stand under no heading
    draft.defects.create(position=1, code="date", severity="warning", where="Phần ký", text="Ngày ký còn trống.")
    report = _reports(UnitReportState.DRAFTING).exclude(unit__code="van-phong").first()  # that one the Director reviews
    code = report.unit.code
    UNIT_REPORT.move(report, "send_to_head", by=cast.editor(code), now=now)
    submit(UNIT_REPORT, report, by=cast.head(code), now=now, key="page harness")
    mine = _unit_plan(DRAFTING_UNIT)
    ask_for("unit_plan", mine, content_key="page harness", title=str(mine), unit=mine.unit)
    imports.add(cast, now)
    affairs.add(cast, now)
    issues.add(cast, now)
    sheets.add(cast, mine, now)
    reviews.add(cast, now)
    rankings.add(cast, now)
    _take_stock(cast, now)


def _take_stock(cast, now: datetime) -> None:
    """Two stock-takes of the fourth quarter, a day apart."""
    quarter = Period.objects.get(code="2022-Q4")
    for days, promises in ((1, "Trung tâm Dịch vụ việc làm: nộp trước 20/12."), (0, "")):
        take(quarter, key=uuid4(), promises=promises, by=cast.office_staff, now=now - timedelta(days=days))


def lengthen() -> None:
    """Every text that a person may write as long as people do write, and some without a space."""
    Unit.objects.update(name=UNIT_NAME)
    Activity.objects.update(title=(LONG + LINK)[:500], product=LONG[:300], person=UNIT_NAME[:150])
    Result.objects.update(title=(LONG + LINK)[:500], note=3 * LONG, links=f"{LINK}?{'a' * 120}")
    texts = dict.fromkeys(("highlights", "shortcomings", "causes", "difficulties", "proposals"), 4 * LONG + LINK)
    UnitReport.objects.update(**texts)
    UnitPlan.objects.update(purpose=4 * LONG + LINK, organisation=4 * LONG, contact=UNIT_NAME[:150])
    Plan.objects.update(title=(LONG + LINK)[:500])
    Notice.objects.update(title=LONG[:250], body=2 * LONG + LINK)
    Event.objects.update(reason=LONG + LINK)
    imports.lengthen(LONG + LINK)
    issues.lengthen(LONG + LINK)
    rankings.lengthen(LONG + LINK)
    StockTake.objects.update(promises=2 * LONG + LINK)


def _unit_plan(code: str) -> UnitPlan:
    return UnitPlan.objects.select_related("unit").get(plan__year=2022, unit__code=code)


def _reports(state: str):
    rows = UnitReport.objects.filter(period__code="2022-Q4", state=state)
    return rows.select_related("unit", "period", "agency", "obligation__plan").order_by("unit__position")


def addresses() -> None:
    """Print as JSON what the rows of pages.py name in `of`: name → [what the address carries, unit's code]."""
    mine, written = _unit_plan(DRAFTING_UNIT), _reports(UnitReportState.DRAFTING).first()
    result = Result.objects.select_related("unit").order_by("happened_on", "pk").last()
    known = {
        "plan": [Plan.objects.get(year=2022, amends=None).pk],
        "draft": [Plan.objects.get(year=2023).pk],
        "draft_part": [Plan.objects.get(year=2023).pk, Plan.objects.get(year=2023).sections.first().pk],
        "unit_plan": [mine.pk],
        "line": [mine.pk, mine.activities.first().pk],
        "absence": [mine.pk, "apparatus"],
        "asked": [mine.pk, asked_of(mine)[0].key],
        "accepted": [_unit_plan("ldvl").pk],
        "receipt": [Receipt.objects.order_by("pk").first().number],
        "printout": [Printout.objects.get(key__contains="page harness").pk],
        "printout_code": [Printout.objects.get(key__contains="page harness").code],
        "report": [written.pk],
        "report_figure": [written.pk, "participants"],
        "report_waiting": [_reports(UnitReportState.SUBMITTED).first().pk],
        "result": [result.pk],
        "quarter": ["2022-Q3"],
        "open_quarter": ["2022-Q4"],
        "area": ["2022-Q3", "procedures"],
        "stock_take": [StockTake.objects.first().pk],
        "table_of_tasks": ["nhiem-vu"],
        "table_of_coverage": ["do-phu"],
        "table_of_decisions": ["can-quyet"],
        **imports.addresses(),
        **affairs.addresses(),
        **issues.addresses(),
        **sheets.addresses(),
        **reviews.addresses(),
        **rankings.addresses(),
    }
    owners = {
        "report": written.unit.code,
        "report_figure": written.unit.code,
        "result": result.unit.code,
    } | reviews.OWNERS
    print(json.dumps({name: [keys, owners.get(name, DRAFTING_UNIT)] for name, keys in known.items()}))


def widen(total: int) -> None:
    """So many units, the further ones with the deadlines and the plan of the first."""
    like = UnitPlan.objects.select_related("unit").get(plan__year=2022, unit__code="ldvl")
    units = [_like(like.unit, code=f"don-vi-{n}", name=f"Đơn vị thứ {n}", position=1000 + n)
             for n in range(Unit.objects.count(), total)]  # fmt: skip
    Unit.objects.bulk_create(units)
    owed = Obligation.objects.filter(unit=like.unit).exclude(kind=ObligationKind.ROLL_UP)
    Obligation.objects.bulk_create(_like(each, unit_id=unit.pk) for unit in units for each in owed)
    plans = Obligation.objects.filter(unit__in=units, kind=ObligationKind.UNIT_PLAN, plan__year=2022)
    UnitPlan.objects.bulk_create(_like(like, unit_id=each.unit_id, obligation_id=each.pk) for each in plans)


def _like(row, **other):
    """A row as this one but for `other`, not stored."""
    names = [field.attname for field in row._meta.concrete_fields if not (field.primary_key or field.generated)]
    return type(row)(**{name: getattr(row, name) for name in names} | other)


def seconds(work) -> float:
    """How long it takes."""
    started = perf_counter()
    work()
    return perf_counter() - started
