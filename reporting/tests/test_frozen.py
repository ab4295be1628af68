"""What was cut stays as it was cut, byte for byte: after edits of everything behind it, and after new columns."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Unit
from plans.models import Activity, Channel, ContentArea, Indicator, Obligation
from plans.receipts import sha256
from plans.tests.factories import filled_unit_plan
from propaganda.models import Result, ResultQuantity
from reporting.models import Period, RollUp, RollUpVersion, UnitReport
from reporting.sums import upkeep
from reporting.tests.factories import cut, ready_year, report_of, result_of, roll_up_of


@pytest.fixture
def roll_up(cast, at) -> RollUp:
    """The first quarter, cut: a received unit with results and a plan, a late one, the others missing."""
    plan = ready_year(cast)
    filled_unit_plan(plan, "ldvl", state="accepted")
    report_of(plan, "ldvl", state="accepted", difficulties="Thiếu kinh phí.")
    report_of(plan, "btxh", state="accepted", at=at(2022, 3, 20))
    result_of(plan, "ldvl", date(2022, 3, 1), participants=30, quantities={"leaflets": 500})
    result_of(plan, "btxh", date(2022, 2, 1), area="e-government", money=10**9, quantities={"posts": 2})
    return cut(roll_up_of(plan), cast, now=at(2022, 3, 21))


def stored() -> tuple[bytes, ...]:
    """The snapshot, its hash and the versions, as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(snapshot AS text), sha256 FROM reporting_rollup")
        found = list(cursor.fetchone())
        cursor.execute("SELECT CAST(content AS text), sha256 FROM reporting_rollupversion ORDER BY id")
        found += [each for row in cursor.fetchall() for each in row]
    return tuple(each.encode() for each in found)


def sent(roll_up: RollUp, cast) -> bytes:
    """The figures as JSON, as the portal sends them."""
    client = Client()
    client.force_login(cast.director)
    answer = client.get(reverse("roll_up_json", args=[roll_up.period.code]))
    assert answer.status_code == 200
    return answer.content


def edit_everything(roll_up: RollUp) -> None:
    Result.objects.update(area=ContentArea.objects.first(), participants=7, money=1, channel=Channel.objects.first())
    ResultQuantity.objects.update(value=9)
    result_of(roll_up.period.agency.plans.get(), "ldvl", date(2022, 3, 2), quantities={"leaflets": 70}, supplement=True)
    Result.objects.order_by("pk").first().delete()
    UnitReport.objects.update(state="reopened", reopened_until=date(2022, 4, 1), difficulties="Đã đủ.")
    Obligation.objects.update(first_submitted_at=None, accepted_at=None)
    Activity.objects.update(quantity=1, money=1)
    Unit.objects.update(name="Phòng đã đổi tên")
    ContentArea.objects.update(name="nội dung đã đổi tên")
    Channel.objects.update(name="hình thức khác")
    Indicator.objects.update(name="chỉ tiêu khác", unit_of_measure="cái")
    Period.objects.filter(pk=roll_up.period_id).update(ends=date(2022, 3, 31), label="Quý khác")
    upkeep.fold()


def test_a_cut_roll_up_is_the_same_to_the_byte_after_everything_behind_it_was_edited(roll_up, cast):
    before, said = stored(), json.loads(sent(roll_up, cast))
    edit_everything(roll_up)
    assert stored() == before
    again = json.loads(sent(roll_up, cast))
    assert (again["content"], again["sha256"]) == (said["content"], said["sha256"])
    roll_up.refresh_from_db()
    assert sha256(roll_up.snapshot) == roll_up.sha256


def test_a_cut_roll_up_is_the_same_to_the_byte_after_new_columns(roll_up, cast):
    before, said = stored(), sent(roll_up, cast)
    connection.check_constraints()  # PostgreSQL alters no table with checks still to be made
    with connection.cursor() as cursor:
        for model in (Result, ResultQuantity, UnitReport, RollUp, RollUpVersion):
            cursor.execute(f"ALTER TABLE {model._meta.db_table} ADD COLUMN added_later integer NOT NULL DEFAULT 5")
    assert stored() == before
    assert sent(roll_up, cast) == said
    roll_up.refresh_from_db()
    assert sha256(roll_up.snapshot) == roll_up.sha256
