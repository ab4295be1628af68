"""A unit report is complete with a proved result in its window, or when there was nothing to report."""

from datetime import date

import pytest

from plans.deadlines.measures import completeness
from plans.models import Obligation
from propaganda.models import Evidence
from reporting.tests.factories import ready_year, report_of, result_of

IN_WINDOW, AFTER = date(2022, 3, 14), date(2022, 3, 15)


@pytest.fixture
def plan(cast):
    return ready_year(cast)


def complete(plan) -> list[str]:
    rows = Obligation.objects.annotate(is_complete=completeness()).filter(is_complete=True, plan=plan)
    return [f"{row.unit.code} {row.occasion}" for row in rows.select_related("unit")]


@pytest.mark.parametrize(
    ("day", "values", "found"),
    [
        (IN_WINDOW, {"links": "https://ninhthuan.gov.vn/tin"}, ["ldvl 2022-Q1"]),
        (IN_WINDOW, {"links": ""}, []),  # without a proof
        (AFTER, {"links": "https://ninhthuan.gov.vn/tin"}, []),
    ],
)
def test_a_report_needs_a_proved_result_in_its_window(plan, day, values, found):
    report_of(plan, "ldvl", state="submitted")
    report_of(plan, "btxh", state="submitted")
    result_of(plan, "ldvl", day, **values)
    assert complete(plan) == found


def test_a_file_proves_a_result(plan, at):
    report_of(plan, "ldvl", state="submitted")
    result = result_of(plan, "ldvl", IN_WINDOW)
    Evidence.objects.create(
        result=result, name="to-gap.pdf", extension="pdf", content_type="application/pdf", size=1, sha256="0" * 64,
        added_at=at(2022, 3, 14), added_by=plan.created_by,
    )  # fmt: skip
    assert complete(plan) == ["ldvl 2022-Q1"]


def test_nothing_to_report_is_complete_and_what_was_not_handed_in_is_not(plan):
    report_of(plan, "ldvl", state="submitted", nil=True, nil_reason="Không có hoạt động trong kỳ.")
    report_of(plan, "btxh", state="drafting", nil=True)
    report_of(plan, "gdnn", state="exempt", nil=True)
    assert complete(plan) == ["ldvl 2022-Q1"]
