"""Acts on a draft: stored as one step each, taken back one by one, never over somebody else's words."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Event, User
from accounts.workflow import StaleState
from plans.department import drafting, editing
from plans.department.content import content_of_plan
from plans.department.drafting import Conflict
from plans.models import LegalDocument, Plan, PlanState, PlanUndo
from plans.rules import plan_gaps
from plans.tests.real_plan import stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast, reference, at) -> Plan:
    return stored(cast, at(2022, 1, 20, 9))


@pytest.fixture
def now(at):
    return at(2022, 1, 21, 9)


@pytest.fixture
def acts(cast, now):
    """Who and when of every act."""
    return {"by": cast.office_staff, "now": now}


def part(plan, label: str, level: str = "roman"):
    return plan.sections.get(label=label, level=level)


def save(plan, section, text: str, **acts):
    return drafting.save_section(
        plan, section.pk, version=section.version, title=section.title, text=text, cells=[], **acts
    )


def first_dash(plan):
    return plan.sections.filter(level="dash").first()


def test_words_are_stored_and_the_plan_counts_a_version_more(plan, acts):
    section, version = first_dash(plan), plan.version
    assert save(plan, section, "Nâng cao chất lượng phục vụ.", **acts).version == section.version + 1
    section.refresh_from_db()
    plan.refresh_from_db()
    assert (section.text, section.version, plan.version) == ("Nâng cao chất lượng phục vụ.", 2, version + 1)
    assert "nang cao chat luong phuc vu" in section.search_text


def test_the_same_words_again_are_no_step(plan, acts):
    section = first_dash(plan)
    save(plan, section, section.text, **acts)
    assert not plan.undo_steps.exists()


def test_two_people_in_different_parts_never_meet(plan, acts, cast):
    one, other = plan.sections.filter(level="dash")[:2]
    save(plan, one, "Một.", **acts)
    drafting.save_section(
        plan, other.pk, version=other.version, title="", text="Hai.", cells=[], by=cast.chief, now=acts["now"]
    )
    assert list(plan.sections.filter(level="dash").values_list("text", flat=True)[:2]) == ["Một.", "Hai."]


def test_two_people_in_one_part_lose_no_words(plan, acts, cast):
    section = first_dash(plan)
    save(plan, section, "Một.", **acts)
    with pytest.raises(Conflict) as conflict:
        save(plan, section, "Hai.", by=cast.chief, now=acts["now"])
    assert conflict.value.section.text == "Một."
    section.refresh_from_db()
    assert section.text == "Một."


def test_moving_and_numbering_a_part_is_no_conflict_for_who_writes_in_it(plan, acts):
    section = first_dash(plan)
    letter = plan.sections.filter(level="letter").first()
    drafting.rearrange(plan, editing.move, section.pk, editing.DOWN, words="Chuyển %s xuống", **acts)
    drafting.rearrange(plan, editing.set_level, letter.pk, "number", words="Đổi loại %s", **acts)
    drafting.number_anew(plan, **acts)
    save(plan, section, "Sau khi chuyển.", **acts)
    save(plan, letter, "Sau khi đánh số.", **acts)


def test_a_part_that_was_deleted_is_a_conflict_without_a_stored_text(plan, acts):
    section = first_dash(plan)
    drafting.rearrange(plan, editing.delete, section.pk, words="Xóa %s", **acts)
    with pytest.raises(Conflict) as conflict:
        save(plan, section, "Hai.", **acts)
    assert conflict.value.section is None


def test_each_step_is_taken_back_in_turn(plan, acts):
    before = content_of_plan(plan)
    drafting.rearrange(plan, editing.indent, part(plan, "IV").pk, words="Đưa %s vào trong", **acts)
    middle = content_of_plan(plan)
    drafting.rearrange(plan, editing.move, first_dash(plan).pk, editing.DOWN, words="Chuyển %s xuống", **acts)
    assert middle not in (before, content_of_plan(plan))
    drafting.take_back(plan, plan.undo_steps.first().pk, **acts)
    assert content_of_plan(plan) == middle
    drafting.take_back(plan, plan.undo_steps.first().pk, **acts)
    assert content_of_plan(plan) == before
    assert not plan.undo_steps.exists()


def test_what_was_deleted_comes_back_with_its_area_citations_and_duties(plan, acts):
    before = content_of_plan(plan)
    drafting.rearrange(plan, editing.delete, part(plan, "III").pk, words="Xóa %s", **acts)
    drafting.rearrange(plan, editing.delete, part(plan, "V").pk, words="Xóa %s", **acts)
    assert plan.citations.count() < 25
    for _step in range(2):
        drafting.take_back(plan, plan.undo_steps.first().pk, **acts)
    after = content_of_plan(plan)
    places = [{row["id"]: place for place, row in enumerate(content["sections"])} for content in (before, after)]
    for content, place in zip((before, after), places, strict=True):
        for row in content["sections"]:
            row["id"], row["parent"] = place[row["id"]], place.get(row["parent"])
        for row in (*content["citations"], *content["duties"]):
            row["section"] = place[row["section"]]
    assert after == before


def test_a_step_of_a_colleague_is_taken_back_by_its_name_only(plan, acts, cast):
    drafting.rearrange(plan, editing.indent, part(plan, "IV").pk, words="Đưa %s vào trong", **acts)
    seen = plan.undo_steps.first().pk
    save(plan, first_dash(plan), "Của Chánh Văn phòng.", by=cast.chief, now=acts["now"])
    with pytest.raises(StaleState):
        drafting.take_back(plan, seen, **acts)
    assert drafting.take_back(plan, plan.undo_steps.first().pk, **acts).by == cast.chief
    assert first_dash(plan).text != "Của Chánh Văn phòng."


def test_words_saved_again_and_again_are_one_step(plan, acts):
    section = first_dash(plan)
    original, now = section.text, acts["now"]
    for number in range(5):
        section = save(plan, section, f"Lần {number}", by=acts["by"], now=now + timedelta(seconds=10 * number))
    assert plan.undo_steps.count() == 1
    save(plan, section, "Sau bữa trưa", by=acts["by"], now=now + timedelta(hours=3))
    assert plan.undo_steps.count() == 2
    for _step in range(2):
        drafting.take_back(plan, plan.undo_steps.first().pk, **acts)
    assert first_dash(plan).text == original


def test_fifty_steps_are_kept(plan, acts):
    PlanUndo.objects.bulk_create(
        PlanUndo(plan=plan, label=f"Bước {n}", content=content_of_plan(plan), at=acts["now"], by=acts["by"])
        for n in range(50)
    )
    drafting.number_anew(plan, **acts)
    assert plan.undo_steps.count() == 50
    assert not plan.undo_steps.filter(label="Bước 0").exists()


def test_documents_follow_the_words(plan, acts):
    save(plan, first_dash(plan), "Thực hiện Quyết định số 1234/QĐ-UBND ngày 05/5/2021 của UBND tỉnh.", **acts)
    assert plan.citations.filter(document__symbol="1234/QĐ-UBND", section=first_dash(plan)).exists()


def test_a_half_typed_document_leaves_the_register_and_a_described_one_stays(plan, acts):
    section = save(plan, first_dash(plan), "Theo Quyết định số 12/QĐ-UBND.", **acts)
    section = save(plan, section, "Theo Quyết định số 123/QĐ-UBND.", **acts)
    assert list(LegalDocument.objects.filter(symbol__startswith="12").values_list("symbol", flat=True)) == [
        "123/QĐ-UBND"
    ]
    LegalDocument.objects.filter(symbol="123/QĐ-UBND").update(subject="Về việc tuyên truyền")
    save(plan, section, "Theo quy định.", **acts)
    assert LegalDocument.objects.filter(symbol="123/QĐ-UBND").exists()


def test_numbering_anew_holds_for_what_comes_after(plan, acts):
    drafting.number_anew(plan, **acts)
    romans = plan.sections.filter(level="roman")
    assert list(romans.values_list("label", flat=True)) == ["I", "II", "III", "IV"]
    drafting.rearrange(plan, editing.delete, part(plan, "II").pk, words="Xóa %s", **acts)
    assert list(romans.values_list("label", flat=True)) == ["I", "II", "III"]


def test_duties_keep_their_rows_whatever_happens_to_the_text(plan, acts):
    duties = list(plan.duties.values_list("pk", flat=True))
    drafting.rearrange(plan, editing.move, part(plan, "V").pk, editing.UP, words="Chuyển %s lên", **acts)
    assert list(plan.duties.values_list("pk", flat=True)) == duties


def test_a_new_part_is_empty_and_named_among_what_is_missing(plan, acts):
    section = drafting.add_section(plan, editing.add_below, part(plan, "V").pk, **acts)
    assert (section.level, section.mark, section.text) == ("paragraph", "", "")
    gap = next(gap for gap in plan_gaps(plan) if gap.page == "text")
    assert gap.section == section.pk


def test_an_area_may_be_declared_absent_with_its_reason(plan, acts):
    sections = {row.area.code: row.pk for row in plan.sections.filter(area__isnull=False)}
    drafting.set_areas(plan, sections | {"apparatus": None}, {}, **acts)
    assert [gap.page for gap in plan_gaps(plan)] == ["areas", "defects"]
    reason = {"apparatus": "Sở không sắp xếp tổ chức trong năm."}
    drafting.set_areas(plan, sections | {"apparatus": None}, reason, **acts)
    assert [gap.page for gap in plan_gaps(plan)] == ["defects"]
    assert content_of_plan(plan)["frame"]["absences"] == reason


def test_only_what_matters_is_written_into_the_history(plan, acts):
    save(plan, first_dash(plan), "Một.", **acts)
    drafting.rearrange(plan, editing.move, part(plan, "V").pk, editing.UP, words="Chuyển %s lên", **acts)
    drafting.rearrange(plan, editing.delete, first_dash(plan).pk, words="Xóa %s", **acts)
    drafting.set_frame(plan, {"signer_name": "Lê Minh Đức"}, **acts)
    told = Event.objects.about(plan).exclude(action="import").values_list("action", flat=True)
    assert list(told) == ["delete_section", "edit_frame"]


@pytest.mark.parametrize("who", ["duc", "lan", "huy", "nam", "ldvl.soan", "van-phong.truong"])
def test_only_drafters_act(plan, now, who):
    with pytest.raises(PermissionDenied):
        drafting.number_anew(plan, by=User.objects.get(username=who), now=now)


@pytest.mark.parametrize("state", [state for state in PlanState if state != PlanState.DRAFT])
def test_nothing_is_changed_in_any_other_state(plan, acts, state):
    Plan.objects.filter(pk=plan.pk).update(
        state=state, number="1", date_day=1, issued_at=acts["now"], issued_by=acts["by"]
    )
    section = first_dash(plan)
    for act in (
        lambda: save(plan, section, "Một.", **acts),
        lambda: drafting.number_anew(plan, **acts),
        lambda: drafting.add_section(plan, editing.add_below, None, **acts),
        lambda: drafting.take_back(plan, 1, **acts),
    ):
        with pytest.raises(StaleState):
            act()


def test_a_step_that_is_refused_leaves_nothing_behind(plan, acts):
    before = content_of_plan(plan)
    with pytest.raises(editing.CannotEdit):
        drafting.rearrange(plan, editing.indent, part(plan, "I").pk, words="Đưa %s vào trong", **acts)
    assert content_of_plan(plan) == before
    assert not plan.undo_steps.exists()
