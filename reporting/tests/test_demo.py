"""The demo year: what it shows, and that loading it twice changes nothing."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from accounts import clock
from accounts.models import Job, User
from plans.models import Obligation, Plan, Receipt, UnitPlan
from reporting.demo.loader import STANDS_AT
from reporting.models import RollUp, UnitReport

OURS = ("accounts", "plans", "propaganda", "reporting")


def rows() -> dict[str, int]:
    """How many rows every model of ours has."""
    models = [model for model in apps.get_models() if model._meta.app_label in OURS]
    return {model._meta.label: model._default_manager.count() for model in models}


@pytest.mark.django_db
def test_the_demo_is_the_year_of_fourteen_units_and_loading_it_twice_changes_nothing(settings):
    settings.DEMO = True
    call_command("load_demo", verbosity=0)
    loaded = rows()

    plan = Plan.objects.get()
    assert (plan.year, plan.state, plan.number) == (2022, "issued", "12")
    assert UnitPlan.objects.count() == 14
    stands = {
        row.unit.code: row.timeliness(STANDS_AT).label
        for row in Obligation.objects.filter(kind="unit_plan").select_related("unit")
    }
    assert stands.pop("ctxh") == "muộn 2 ngày"  # 28/02, due 26/02
    assert stands.pop("cnmt") == "muộn 3 ngày"  # 01/03
    assert stands.pop("ddncc") == "quá hạn 285 ngày"  # 26/02 to 08/12
    assert set(stands.values()) == {"đúng hạn"}
    returned = Obligation.objects.get(kind="unit_plan", returns=1)
    assert returned.unit.code == "ncc"
    assert Receipt.objects.filter(obligation=returned).count() == 2
    assert set(UnitPlan.objects.exclude(unit__code="ddncc").values_list("state", flat=True)) == {"accepted"}

    states = dict(RollUp.objects.filter(period__regime="quarterly").values_list("period__code", "state"))
    assert states == {"2022-Q1": "sent", "2022-Q2": "sent", "2022-Q3": "sent", "2022-Q4": "collecting"}
    assert UnitReport.objects.filter(period__code="2022-Q3", state="locked").count() == 14
    assert UnitReport.objects.filter(period__code="2022-Q3", nil=True).get().unit.code == "thanh-tra"
    assert clock.now() == STANDS_AT
    assert not Job.objects.filter(kind="mail").exists()
    assert not User.objects.filter(email="").exists()

    call_command("load_demo", verbosity=0)
    assert rows() == loaded


@pytest.mark.django_db
def test_the_demo_never_comes_among_real_data(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=true"):
        call_command("load_demo", verbosity=0)
    assert not Plan.objects.exists()
