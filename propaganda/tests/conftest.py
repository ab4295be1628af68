"""An accepted unit plan of 2022 with one activity, and results made in one line."""

import uuid
from datetime import date
from types import SimpleNamespace

import pytest

from plans.models import (
    Activity,
    AreaScheme,
    Audience,
    Channel,
    ContentArea,
    Duty,
    Indicator,
    Obligation,
    ObligationKind,
    Plan,
    PlanState,
    UnitPlan,
    UnitPlanState,
)  # fmt: skip
from propaganda.actions import record_result


@pytest.fixture
def kept_files(settings, tmp_path):
    """The folder of stored files, a private one for the test."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return lambda: sorted(path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


@pytest.fixture
def lists(reference):
    """Rows of the shipped lists that results use."""
    return SimpleNamespace(
        area=ContentArea.objects.get(code="procedures"),
        other_area=ContentArea.objects.get(code="e-government"),
        channel=Channel.objects.get(code="leaflet"),
        zalo=Channel.objects.get(code="zalo"),
        audience=Audience.objects.get(code="people"),
        leaflets=Indicator.objects.get(code="leaflets"),
        articles=Indicator.objects.get(code="articles"),
        initiatives=Indicator.objects.get(code="initiatives"),
    )


@pytest.fixture
def plan(cast, lists, at):
    return Plan.objects.create(
        agency=cast.agency, year=2022, scheme=AreaScheme.objects.get(), state=PlanState.ISSUED,
        title="Tuyên truyền cải cách hành chính năm 2022", number="123", symbol="KH-SLĐTBXH", place="Ninh Thuận",
        date_day=14, date_month=1, date_year=2022, signer_title="Giám đốc", signer_name="Lê Minh Đức",
        created_by=cast.office_staff, created_at=at(2022, 1, 10), issued_at=at(2022, 1, 14),
        issued_by=cast.clerk,
    )  # fmt: skip


@pytest.fixture
def unit_plan_of(plan, cast, at):
    """`unit_plan_of("ldvl")` is that unit's accepted plan of 2022."""
    duty = Duty.objects.create(
        plan=plan, position=1, kind=ObligationKind.UNIT_PLAN, who="các đơn vị", every_unit=True, what="Nộp kế hoạch"
    )

    def accepted(code: str, state=UnitPlanState.ACCEPTED) -> UnitPlan:
        obligation = Obligation.objects.create(
            agency=cast.agency, plan=plan, duty=duty, unit=cast.units[code], kind=ObligationKind.UNIT_PLAN,
            occasion="2022", due_at=at(2022, 2, 26, 23, 59),
        )  # fmt: skip
        return UnitPlan.objects.create(
            agency=cast.agency, plan=plan, unit=cast.units[code], obligation=obligation, state=state
        )

    return accepted


@pytest.fixture
def activity_of(lists):
    """`activity_of(unit_plan)` is a line of it: 2.000 leaflets from March to June."""

    def line(unit_plan: UnitPlan, **values) -> Activity:
        return Activity.objects.create(
            **{
                "unit_plan": unit_plan, "area": lists.area, "channel": lists.channel, "audience": lists.audience,
                "title": "Phát tờ gấp hướng dẫn nộp hồ sơ trực tuyến", "starts": date(2022, 3, 1),
                "ends": date(2022, 6, 30), "person": "Nguyễn Thị Thu Hà", "indicator": lists.leaflets,
                "quantity": 2000, "money": 6_000_000,
            }
            | values
        )  # fmt: skip

    return line


@pytest.fixture
def activity(unit_plan_of, activity_of):
    """An activity of Phòng Lao động - Việc làm."""
    return activity_of(unit_plan_of("ldvl"))


@pytest.fixture
def result_of(cast, lists, at):
    """`result_of("ldvl", title=…)` records an unplanned result on 01/3/2022, written on 10/3/2022."""

    def record(code: str = "ldvl", **values):
        return record_result(
            **{
                "unit": cast.units[code], "by": cast.editor(code), "now": at(2022, 3, 10, 9), "key": str(uuid.uuid4()),
                "title": "Phát tờ gấp tại bộ phận một cửa", "happened_on": date(2022, 3, 1), "area": lists.area,
                "channel": lists.channel, "audience": lists.audience,
            }
            | values
        )  # fmt: skip

    return record


@pytest.fixture
def sign_in(client, cast, time_machine, at, kept_files):
    """`sign_in("ldvl.soan")` is a browser of that person at 09:00 on 10/3/2022."""
    time_machine.move_to(at(2022, 3, 10, 9), tick=False)

    def enter(username: str):
        client.force_login(cast.people[username])
        return client

    return enter


@pytest.fixture
def typed(lists):
    """`typed(title=…)` is what a person sends with the form of an unplanned result."""

    def values(**changed) -> dict:
        return {
            "key": str(uuid.uuid4()),
            "title": "Phát tờ gấp tại bộ phận một cửa",
            "happened_on": "01/03/2022",
            "area": lists.area.pk,
            "channel": lists.channel.pk,
            "audience": lists.audience.pk,
        } | changed

    return values
