"""An issued plan of 2022 with its unit plans, made without reading any text."""

from datetime import date, datetime

from accounts.cast import Cast
from plans.deadlines.workdays import VIETNAM
from plans.department.issuing import create_obligations
from plans.models import (
    Activity,
    AreaScheme,
    Audience,
    Channel,
    ContentArea,
    Duty,
    Indicator,
    ObligationKind,
    Plan,
    PlanSection,
    PlanState,
    Recipient,
    UnitPlan,
)
from plans.models.obligation import Recurrence
from plans.models.plan import SectionLevel
from plans.reference import load

ISSUED_AT = datetime(2022, 1, 14, 9, 0, tzinfo=VIETNAM)
# "trước 27/02/2022" is strict: the last instant on time is the end of 26/02/2022.
DUE_AT = datetime(2022, 2, 26, 23, 59, 59, 999_999, tzinfo=VIETNAM)
ASKED = {
    "leadership": "Tuyên truyền các văn bản chỉ đạo, điều hành của Trung ương và của tỉnh về cải cách hành chính.",
    "procedures": "Tuyên truyền việc thực hiện dịch vụ công trực tuyến mức độ 3, mức độ 4.",
}


def draft_plan(cast: Cast, *, year: int = 2022, now: datetime = ISSUED_AT) -> Plan:
    """A plan of the year on the drafting table: its text by area, its duties, its recipient. Lists are loaded."""
    load()
    plan = Plan.objects.create(
        agency=cast.agency, year=year, scheme=AreaScheme.objects.get(),
        title=f"Tuyên truyền cải cách hành chính năm {year}", symbol="KH-SLĐTBXH", place="Ninh Thuận",
        date_month=1, date_year=year, signer_title="Giám đốc", signer_name="Lê Minh Đức",
        created_by=cast.office_staff, created_at=now,
    )  # fmt: skip
    areas = list(plan.scheme.areas.all())
    PlanSection.objects.bulk_create(
        PlanSection(
            plan=plan, position=position, level=SectionLevel.LETTER, label=area.letter, title=str(area), area=area,
            text=ASKED.get(area.code, f"Tuyên truyền về {area.name}."),
        )
        for position, area in enumerate(areas)
    )  # fmt: skip
    Recipient.objects.create(plan=plan, position=0, name="Các phòng, đơn vị thuộc Sở", purpose="thực hiện")
    Duty.objects.create(
        plan=plan, position=0, kind=ObligationKind.UNIT_PLAN, who="các phòng, đơn vị thuộc Sở", every_unit=True,
        what="Xây dựng kế hoạch tuyên truyền cải cách hành chính của đơn vị", phrase=f"trước 27/02/{year}",
        due_at=DUE_AT.replace(year=year), to="Văn phòng Sở",
    )  # fmt: skip
    Duty.objects.create(
        plan=plan, position=1, kind=ObligationKind.UNIT_REPORT, who="các phòng, đơn vị thuộc Sở", every_unit=True,
        what="Báo cáo kết quả tuyên truyền", phrase="định kỳ hàng quý", recurrence=Recurrence.QUARTERLY,
        to="Văn phòng Sở",
    )  # fmt: skip
    return plan


def issued_plan(cast: Cast, *, year: int = 2022, now: datetime = ISSUED_AT) -> Plan:
    """The plan issued at `now` as number 123, with one unit plan for each of the cast's fourteen units."""
    plan = draft_plan(cast, year=year, now=now)
    plan.state, plan.number, plan.date_day = PlanState.ISSUED, "123", 14
    plan.issued_at, plan.issued_by = now, cast.clerk
    plan.save()
    create_obligations(plan, now=now)
    return plan


def unit_plan_of(plan: Plan, code: str) -> UnitPlan:
    """The plan of the unit with that code."""
    return UnitPlan.objects.select_related("plan", "unit", "obligation").get(plan=plan, unit__code=code)


def filled_unit_plan(plan: Plan, code: str = "ldvl", *, state: str = "drafting", absent: str = "apparatus") -> UnitPlan:
    """A complete unit plan put into `state`: one line in each area but `absent`, which has a reason.

    Only rows are written, no move is made: no receipt, no stamp.
    """
    unit_plan = unit_plan_of(plan, code)
    for area in plan.scheme.areas.all():
        if area.code == absent:
            unit_plan.absences.create(area=area, reason="Không thuộc chức năng, nhiệm vụ của đơn vị.")
        else:
            line_of(unit_plan, area.code)
    unit_plan.state = state
    unit_plan.purpose = "Nâng cao nhận thức của công chức về cải cách hành chính."
    unit_plan.organisation = "Lãnh đạo đơn vị chỉ đạo, công chức được phân công thực hiện."
    unit_plan.contact = "Nguyễn Thị Thu Hà"
    unit_plan.return_reason = "Bổ sung sản phẩm." if state == "returned" else ""
    unit_plan.save()
    return unit_plan


def line_of(unit_plan: UnitPlan, area: str = "procedures", **values) -> Activity:
    """A line of a unit plan: 2.000 leaflets for 5.000.000 đồng from 01/3 to 30/6 unless told otherwise."""
    year = unit_plan.plan.year
    return Activity.objects.create(
        **{
            "unit_plan": unit_plan, "area": ContentArea.objects.get(code=area), "position": 0,
            "title": f"Phát tờ gấp về nội dung {area}", "channel": Channel.objects.get(code="leaflet"),
            "audience": Audience.objects.get(code="people"), "starts": date(year, 3, 1), "ends": date(year, 6, 30),
            "person": "Nguyễn Thị Thu Hà", "product": "Tờ gấp", "indicator": Indicator.objects.get(code="leaflets"),
            "quantity": 2000, "money": 5_000_000,
        }
        | values
    )  # fmt: skip
