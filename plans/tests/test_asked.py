"""What the department asks of a unit, item by item, and how its plan answers."""

from datetime import date

import pytest

from plans.models import ActivityFund, FundSource, PlanSection, UnitPlan
from plans.models.plan import SectionLevel
from plans.papers import unit_plan_paper
from plans.reference import load
from plans.snapshots import live_content, read_snapshot, unit_plan_snapshot
from plans.tests.factories import filled_unit_plan, issued_plan, line_of, unit_plan_of
from plans.tests.real_plan import stored
from plans.units.asked import asked_of


@pytest.fixture
def plan(cast):
    return issued_plan(cast)


def test_the_real_plan_asks_its_twenty_five_items_area_by_area(cast, at):
    load()
    real = stored(cast, at(2022, 2, 1, 8))
    asked = asked_of(UnitPlan(plan=real, unit=cast.units["ldvl"]))
    by_area: dict[str, int] = {}
    for item in asked:
        by_area[item.area] = by_area.get(item.area, 0) + 1
    by_area.pop("", None)
    assert list(by_area.values()) == [5, 2, 5, 2, 4, 3, 4]
    assert [item.code for item in asked if item.area == "civil-service"] == ["đ1", "đ2", "đ3", "đ4"]
    assert len({item.key for item in asked}) == len(asked)


def test_an_area_that_asks_one_thing_is_answered_by_any_line_in_it(plan):
    content = live_content(filled_unit_plan(plan))
    assert (content.answered, len(content.wanted)) == (7, 7)


def _two_items(plan):
    heading = plan.sections.get(area__code="procedures")
    last = plan.sections.count()
    for number, text in enumerate(("Tuyên truyền dịch vụ công trực tuyến.", "Niêm yết thủ tục hành chính.")):
        PlanSection.objects.create(
            plan=plan, parent=heading, position=last + number, level=SectionLevel.DASH, text=text
        )  # fmt: skip


def test_where_more_is_asked_a_line_answers_what_it_names(plan):
    _two_items(plan)
    unit_plan = unit_plan_of(plan, "ldvl")
    first, second = (item for item in asked_of(unit_plan) if item.area == "procedures")
    line = line_of(unit_plan, asked=[first.key])
    answers = {answer.asked.key: answer for answer in live_content(unit_plan).answers}
    assert [row.id for row in answers[first.key].lines] == [line.pk]
    assert not answers[second.key].is_given
    unit_plan.declined.create(item=second.key, text=second.text, reason="Thuộc Văn phòng Sở.")
    assert live_content(unit_plan).declined[0].reason == "Thuộc Văn phòng Sở."


def test_an_area_without_lines_and_with_a_reason_answers_all_its_items(plan):
    _two_items(plan)
    unit_plan = unit_plan_of(plan, "ldvl")
    unit_plan.absences.create(area=plan.scheme.areas.get(code="procedures"), reason="Không có thủ tục.")
    assert [answer.by_area for answer in live_content(unit_plan).answers if answer.asked.area == "procedures"] == [
        True, True,
    ]  # fmt: skip


def test_items_keep_their_marks_when_the_parts_of_the_plan_are_written_anew(plan):
    unit_plan = unit_plan_of(plan, "ldvl")
    before = asked_of(unit_plan)
    rows = list(plan.sections.all())
    plan.sections.all().delete()
    for row in rows:
        row.pk = None
        row.save()
    assert asked_of(unit_plan) == before


def test_a_receipt_holds_money_by_source_and_the_time_as_written(plan):
    unit_plan = unit_plan_of(plan, "ldvl")
    line = line_of(unit_plan, phrase="quý II", money=5_000_000)
    ActivityFund.objects.create(activity=line, source=FundSource.objects.get(code="social"), amount=2_000_000)
    content = live_content(unit_plan)
    assert content.lines[0].when == "quý II"
    assert content.funds == [("Xã hội hóa", 2_000_000), ("", 3_000_000)]


def test_what_was_handed_in_before_sources_were_asked_for_still_reads(plan):
    old = unit_plan_snapshot(filled_unit_plan(plan))
    old.pop("asked")
    for row in old["activities"]:
        for name in ("phrase", "funds", "asked"):
            row.pop(name)
        row["starts"], row["ends"] = row["starts"].isoformat(), row["ends"].isoformat()
    content = read_snapshot(old)
    assert (len(content.lines), content.answers, content.lines[0].sources) == (6, (), "")


def test_the_paper_tells_sources_in_the_table_and_what_is_none_of_the_units(plan):
    unit_plan = filled_unit_plan(plan)
    line = unit_plan.activities.first()
    for code, amount in (("autonomous", 3_000_000), ("social", 2_000_000)):
        ActivityFund.objects.create(activity=line, source=FundSource.objects.get(code=code), amount=amount)
    item = next(item for item in asked_of(unit_plan) if item.area == "apparatus")
    unit_plan.declined.create(item=item.key, text=item.text, reason="Thuộc Văn phòng Sở.")
    paper = unit_plan_paper(unit_plan.pk, date(2022, 2, 22))
    words = repr(paper.blocks)
    assert "Kinh phí theo nguồn: ngân sách nhà nước giao tự chủ 3.000.000 đồng; xã hội hóa 2.000.000 đồng; " in words
    assert "Tuyên truyền về cải cách tổ chức bộ máy; lý do: Thuộc Văn phòng Sở." in words
    table = paper.appendices[0].blocks[0]
    assert next(row.cells for row in table.rows if row.cells[0] == "1")[-2:] == (
        "5.000.000", "Tự chủ 3.000.000; xã hội hóa 2.000.000",
    )  # fmt: skip
