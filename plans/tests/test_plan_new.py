"""Beginning a plan: the template is complete, a copy is a draft, a year has one plan."""

from datetime import date

import pytest

from accounts import clock
from accounts.models import User
from plans.department.plan_templates import blank_plan
from plans.models import Plan, PlanState
from plans.rules import plan_gaps
from plans.tests.factories import draft_plan, issued_plan

pytestmark = pytest.mark.django_db
URL = "/ke-hoach/moi/"


@pytest.fixture
def office(client, cast, settings, at):
    settings.DEMO = True
    clock.set_demo(at(2022, 12, 1, 9))
    client.force_login(cast.office_staff)
    return client


def test_the_template_is_a_complete_plan(cast, reference):
    content = blank_plan(cast.agency, 2023, on=date(2022, 12, 1))
    assert [row["area"] for row in content["sections"] if row["area"]] == [
        "leadership", "institutions", "procedures", "apparatus", "civil-service", "public-finance", "e-government"
    ]  # fmt: skip
    assert [row["label"] for row in content["sections"] if row["level"] == "roman"] == ["I", "II", "III", "IV", "V"]
    asked = [(row["kind"], row["every_unit"], row["recurrence"]) for row in content["duties"] if row["kind"]]
    assert asked == [("unit_plan", True, ""), ("unit_report", True, "quarterly"), ("roll_up", False, "quarterly")]
    # "trước ngày 27/02/2023": the 26th is the last day on time.
    assert content["duties"][0]["due_at"] == "2023-02-26T23:59:59.999999+07:00"
    assert content["recipients"][-1] == {"name": "Lưu: VT, VP", "purpose": ""}
    assert (len(content["channels"]), len(content["audiences"])) == (4, 2)
    assert content["frame"]["title"] == "Tuyên truyền cải cách hành chính năm 2023"
    assert (content["frame"]["symbol"], content["frame"]["date_day"]) == ("KH-SLĐTBXH", None)


def test_what_is_to_be_filled_in_is_pointed_out(cast, reference):
    content = blank_plan(cast.agency, 2023, on=date(2022, 12, 1))
    gaps = {row["section"] for row in content["defects"]}
    assert gaps == {row["id"] for row in content["sections"] if "…" in row["text"]} != set()


def test_a_plan_from_the_template_lacks_only_what_a_person_knows(office, cast, reference):
    answer = office.post(URL, {"way": "blank", "blank-year": "2023"})
    plan = Plan.objects.get()
    assert answer.url == f"/ke-hoach/{plan.pk}/soan/"
    assert (plan.year, plan.state, plan.keeps_labels) == (2023, PlanState.DRAFT, False)
    assert [gap.page for gap in plan_gaps(plan)] == ["defects"]


def test_a_copy_of_last_years_plan_is_a_draft_with_its_dates_to_confirm(office, cast):
    source = issued_plan(cast)
    answer = office.post(URL, {"way": "copy", "copy-source": source.pk, "copy-year": "2023"})
    plan = Plan.objects.get(year=2023)
    assert answer.url == f"/ke-hoach/{plan.pk}/soan/"
    assert (plan.number, plan.date_day, plan.date_year) == ("", None, 2023)
    assert plan.duties.first().phrase == "trước 27/02/2023"
    assert plan.defects.filter(code="date_moved", settled_at=None).exists()
    assert source.sections.count() == plan.sections.count()


def test_a_year_that_has_a_plan_is_refused_with_the_way_to_it(office, cast):
    plan = draft_plan(cast, year=2023)
    page = office.post(URL, {"way": "blank", "blank-year": "2023"}).content.decode()
    assert "Năm 2023 đã có kế hoạch" in page
    assert f'href="/ke-hoach/{plan.pk}/"' in page
    assert Plan.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"way": "blank", "blank-year": ""}, "Nhập kế hoạch của năm."),
        ({"way": "blank", "blank-year": "1999"}, "Chọn một năm từ 2020 đến 2024."),
        ({"way": "blank", "blank-year": "hai nghìn"}, "Chưa lập được"),
    ],
)
def test_a_year_out_of_reach_is_refused(office, cast, reference, data, words):
    assert words in office.post(URL, data).content.decode()
    assert not Plan.objects.exists()


def test_a_copy_goes_forward_in_time(office, cast):
    source = issued_plan(cast)
    page = office.post(URL, {"way": "copy", "copy-source": source.pk, "copy-year": "2022"}).content.decode()
    assert "Phải sau năm 2022" in page


def test_there_is_nothing_to_copy_in_the_first_year(office, cast, reference):
    page = office.get(URL).content.decode()
    assert "Chép kế hoạch năm trước" not in page
    assert "Lập theo mẫu" in page


@pytest.mark.parametrize("who", ["duc", "lan", "huy", "nam", "ldvl.soan", "ldvl.truong"])
def test_only_drafters_begin_a_plan(client, cast, who):
    client.force_login(User.objects.get(username=who))
    assert client.get(URL).status_code == 403
    assert client.post(URL, {"way": "blank", "blank-year": "2023"}).status_code == 403


def test_the_first_year_without_a_plan_is_proposed(office, cast):
    draft_plan(cast, year=2023)
    assert 'name="blank-year" value="2024"' in office.get(URL).content.decode()
