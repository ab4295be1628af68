"""Remarks of the Office on parts of a unit report, answered before it is handed in again."""

from datetime import date

import pytest
from django.urls import reverse

from accounts import clock
from accounts.workflow import MoveRefused
from plans import remarks
from plans.handing_in import submit
from plans.models import Remark
from reporting.models import UnitReport
from reporting.tests.factories import ready_year, report_of, result_of
from reporting.unit_reports.report_remarks import SLUG
from reporting.workflow import UNIT_REPORT


@pytest.fixture
def now(at, settings):
    settings.DEMO = True
    clock.set_demo(at(2022, 3, 15, 9))
    return at(2022, 3, 15, 9)


@pytest.fixture
def report(cast, now) -> UnitReport:
    """Handed in once."""
    plan = ready_year(cast)
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500})
    row = report_of(plan, "ldvl", state="drafting", causes="Thiếu người.")
    row.assessments.create(area=plan.scheme.areas.get(code="procedures"), shortcomings="Chậm niêm yết.")
    submit(UNIT_REPORT, row, by=cast.head("ldvl"), now=now, key="lan-1")
    return fresh(row)


def fresh(report) -> UnitReport:
    return UnitReport.objects.select_related("unit", "period", "obligation").get(pk=report.pk)


def pin(report, cast, now, part: str, text: str = "Nêu rõ hơn.") -> Remark:
    return remarks.make(report, part=part, text=text, by=cast.office_staff, now=now, key=f"k-{part}")


@pytest.mark.parametrize(
    ("part", "label", "words"),
    [
        ("figure:leaflets", "Tờ rơi, tờ gấp", "Trong kỳ: 500; lũy kế: 500; cùng kỳ: –"),
        ("area:procedures", "c) Cải cách thủ tục hành chính", "Tồn tại, hạn chế: Chậm niêm yết."),
        ("text:causes", "Nguyên nhân", "Thiếu người."),
        ("figures", "Số liệu", ""),
        ("", "Toàn bộ báo cáo", ""),
    ],
)
def test_a_remark_is_pinned_to_a_figure_an_area_a_text_or_the_whole(part, label, words, report, cast, now):
    made = pin(report, cast, now, part)
    assert (made.part_label, made.part_text) == (label, words)
    assert fresh(report).state == "in_review"


def test_what_was_remarked_is_answered_before_it_is_handed_in_again(report, cast, now):
    made = pin(report, cast, now, "text:causes", "Vì sao thiếu?")
    UNIT_REPORT.move(fresh(report), "send_back", by=cast.office_staff, now=now, reason="")
    returned = fresh(report)
    assert returned.return_reason == "Có 1 ý kiến ghi tại từng phần."
    with pytest.raises(MoveRefused, match="Ý kiến về “Nguyên nhân” chưa được trả lời."):
        submit(UNIT_REPORT, fresh(report), by=cast.head("ldvl"), now=now, key="lan-2")
    made.refresh_from_db()
    remarks.answer(made, text="Một người nghỉ thai sản.", by=cast.editor("ldvl"), now=now)
    submit(UNIT_REPORT, fresh(report), by=cast.head("ldvl"), now=now, key="lan-2")
    second = pin(fresh(report), cast, now, "figures")
    assert second.round != made.round
    assert len(remarks.kind_of(report).rounds(fresh(report))) == 2


def test_the_unit_reads_remarks_after_the_return_only_beside_their_part(report, cast, now, client):
    pin(report, cast, now, "area:procedures", "Ghi số lượng niêm yết.")
    client.force_login(cast.editor("ldvl"))
    address = reverse("unit_report", args=[report.pk])
    assert "Ghi số lượng niêm yết." not in client.get(address).content.decode()
    UNIT_REPORT.move(fresh(report), "send_back", by=cast.office_staff, now=now, reason="Xem ý kiến.")
    page = client.get(address).content.decode()
    assert "Ghi số lượng niêm yết." in page and "<strong>1 chưa trả lời</strong>" in page
    check = client.get(reverse("unit_report_check", args=[report.pk])).content.decode()
    assert f"{reverse('remark_list', args=[SLUG, report.pk])}#y-kien-{Remark.objects.get().pk}" in check


def test_the_office_pins_remarks_on_the_review_page_and_others_do_not(report, cast, client):
    data = {"part": "text:causes", "text": "Vì sao?", "key": "3" * 32, "state": "submitted"}
    address = reverse("remark_add", args=[SLUG, report.pk])
    for who, code in (("gdnn.soan", 404), ("ldvl.soan", 403), ("lan", 403), ("hoa", 302)):
        client.force_login(cast.people[who])
        assert client.post(address, data).status_code == code, who
    page = client.get(reverse("unit_report_review", args=[report.pk])).content.decode()
    assert "Vì sao?" in page and 'name="part" value="figure:leaflets"' in page


def test_who_edits_the_report_reads_each_remark_beside_its_box_with_the_way_to_answer(report, cast, now, client):
    parts = ("text:causes", "area:procedures", "figure:leaflets", "figures", "")
    made = [pin(report, cast, now, part, f"Ý kiến thứ {number}.") for number, part in enumerate(parts)]
    client.force_login(cast.editor("ldvl"))
    address = reverse("unit_report_edit", args=[report.pk])
    UNIT_REPORT.move(fresh(report), "send_back", by=cast.office_staff, now=now)
    page = client.get(address).content.decode()
    assert [page.count(f"Ý kiến thứ {number}.") for number in range(5)] == [1] * 5
    assert page.index('name="shortcomings"') < page.index("Ý kiến thứ 0.") < page.index('name="causes"')
    assert all(reverse("remark_answer", args=[remark.pk]) in page for remark in made)
