"""The editors of frame, areas and lists: what is refused, what is pointed out, what two people lose: nothing."""

import re

import pytest

from accounts import clock
from plans.models import LegalDocument, Plan
from plans.tests.plan_editor import frame, part, rows, send, shown, url
from plans.tests.real_plan import stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(settings, at):
    settings.DEMO = True
    clock.set_demo(at(2022, 1, 21, 9, 41))
    return at(2022, 1, 21, 9, 41)


@pytest.fixture
def plan(cast, reference, now) -> Plan:
    return stored(cast, now)


@pytest.fixture
def office(client, cast):
    client.force_login(cast.office_staff)
    return client


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"date_day": "31", "date_month": "2"}, "Tháng 2/2022 không có ngày này."),
        ({"date_day": "5", "date_month": ""}, "Nhập tháng, hoặc để trống cả ngày."),
        ({"date_month": "13"}, "Tối đa 12."),
        ({"date_year": "22"}, "Năm ký phải từ 1945"),
        ({"signer_authority": "GIÁM ĐỐC"}, "Bắt đầu bằng TM., KT., TL., TUQ. hoặc Q."),
        ({"symbol": "K" * 31}, "Tối đa 30 ký tự"),
        ({"title": ""}, "Nhập trích yếu."),
    ],
)
def test_a_frame_that_no_document_has_is_refused(office, plan, typed, words):
    page = office.post(url(plan, "the-thuc/"), frame(plan) | typed).content.decode()
    assert words in page


def test_authority_lines_and_a_year_are_shown_as_typed(office, plan):
    version = re.search(r'name="version" value="(\w+)"', shown(office, url(plan, "the-thuc/")))[1]
    typed = frame(plan) | {"signer_authority": "KT. GIÁM ĐỐC\r\n PHÓ GIÁM ĐỐC ", "version": version}
    office.post(url(plan, "the-thuc/"), typed)
    plan.refresh_from_db()
    assert plan.signer_authority == "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"
    page = shown(office, url(plan, "the-thuc/"))
    assert 'value="2022"' in page
    assert "2.022" not in page


def areas(plan) -> dict:
    found = {f"section_{row.area.code}": row.pk for row in plan.sections.filter(area__isnull=False)}
    return found | {f"reason_{area.code}": "" for area in plan.scheme.areas.all()}


def test_an_area_without_a_part_needs_a_reason(office, plan):
    seen = re.search(r'name="seen" value="(\w+)"', shown(office, url(plan, "noi-dung/")))[1]
    typed = areas(plan) | {"section_apparatus": "", "seen": seen}
    office.post(url(plan, "noi-dung/"), typed)
    assert "Cải cách tổ chức bộ máy chưa có phần" in shown(office, url(plan))
    seen = re.search(r'name="seen" value="(\w+)"', shown(office, url(plan, "noi-dung/")))[1]
    office.post(url(plan, "noi-dung/"), typed | {"reason_apparatus": "Không sắp xếp bộ máy.", "seen": seen})
    plan.refresh_from_db()
    assert plan.absences == {"apparatus": "Không sắp xếp bộ máy."}
    assert "chưa có phần" not in shown(office, url(plan))


def test_one_part_opens_one_area(office, plan):
    typed = areas(plan)
    typed |= {"section_apparatus": typed["section_leadership"]}
    assert "Mỗi phần mở một nội dung." in office.post(url(plan, "noi-dung/"), typed).content.decode()


@pytest.mark.parametrize("where", ["chi-tieu/", "hinh-thuc/", "doi-tuong/", "nhiem-vu/", "noi-nhan/"])
def test_a_list_saved_as_it_stands_changes_nothing(office, plan, where):
    assert office.post(url(plan, where), rows(office, url(plan, where))).status_code == 302
    assert not plan.undo_steps.exists()


def test_a_deadline_before_a_day_ends_the_day_before(office, plan):
    sent = rows(office, url(plan, "nhiem-vu/"))
    assert (sent["rows-0-how"], sent["rows-0-day"]) == ("before", "27/02/2022")
    duty = plan.duties.first()
    office.post(url(plan, "nhiem-vu/"), sent | {"rows-0-day": "1/3/2022"})
    changed = plan.duties.first()
    assert changed.pk == duty.pk
    assert changed.phrase == "trước ngày 01/3/2022"
    assert changed.due_at.isoformat() == "2022-02-28T16:59:59.999999+00:00"
    sent = rows(office, url(plan, "nhiem-vu/"))
    office.post(url(plan, "nhiem-vu/"), sent | {"rows-0-how": "until"})
    assert plan.duties.first().due_at.isoformat() == "2022-03-01T16:59:59.999999+00:00"
    assert plan.duties.first().phrase == "chậm nhất ngày 01/3/2022"


def test_a_deadline_on_a_day_off_is_pointed_out(office, plan):
    page = shown(office, url(plan, "nhiem-vu/"))
    assert "thứ Bảy 26/02/2022, ngày nghỉ" in page
    assert "17:00 thứ Sáu 25/02" in page
    assert "Quý I/2022: Hạn của cấp trên (20/03/2022) là ngày nghỉ." in page


@pytest.mark.parametrize(
    ("where", "typed", "words"),
    [
        ("nhiem-vu/", {"rows-0-how": ""}, "Chọn “trước ngày” hoặc “chậm nhất ngày”."),
        ("nhiem-vu/", {"rows-0-day": ""}, "Nhập ngày, hoặc bỏ chọn cách ghi hạn."),
        ("nhiem-vu/", {"rows-0-recurrence": "quarterly"}, "Đã định kỳ thì cổng tính hạn từng kỳ"),
        ("nhiem-vu/", {"rows-0-day": "27/02/2032"}, "ngày này quá xa"),
        ("chi-tieu/", {"rows-0-unit": "điểm"}, "Loại này tính bằng bậc."),
        ("chi-tieu/", {"rows-0-value": "90"}, "Thứ hạng là số nguyên, không quá 63."),
        ("chi-tieu/", {"rows-4-value_max": "0,4"}, "Phải lớn hơn giá trị đầu"),
        ("chi-tieu/", {"rows-0-baseline_year": "2022"}, "Năm so sánh phải trước năm 2022"),
        ("chi-tieu/", {"rows-2-by_year": "2021"}, "Phải từ năm 2022 của kế hoạch trở đi."),
        ("chi-tieu/", {"rows-1-index": "PAR INDEX"}, "Chỉ tiêu này đã có ở dòng 1."),
        ("chi-tieu/", {"rows-7-value": "101"}, "Tỷ lệ không quá 100%."),
        ("noi-nhan/", {"rows-0-name": "Lưu: VT"}, "Dòng “Lưu” chỉ có một và đứng cuối."),
        ("hinh-thuc/", {"rows-0-text": " "}, "Nhập nội dung."),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_where_it_stands(office, plan, where, typed, words):
    sent = rows(office, url(plan, where))
    answer = office.post(url(plan, where), sent | typed)
    assert words in answer.content.decode()
    assert not plan.undo_steps.exists()


def test_a_list_saved_by_two_people_shows_both(office, plan):
    sent = rows(office, url(plan, "noi-nhan/"))
    office.post(url(plan, "noi-nhan/"), sent | {"rows-0-name": "Tỉnh ủy"})
    answer = office.post(url(plan, "noi-nhan/"), sent | {"rows-0-name": "Hội đồng nhân dân tỉnh"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Tỉnh ủy" in page
    assert "Hội đồng nhân dân tỉnh" in page
    seen = re.search(r'name="seen"[^>]*>\s*(\w+)', page)[1]
    office.post(url(plan, "noi-nhan/"), sent | {"rows-0-name": "Hội đồng nhân dân tỉnh", "seen": seen})
    assert plan.recipients.first().name == "Hội đồng nhân dân tỉnh"
    assert plan.recipients.count() == 6


def test_a_recipient_list_without_the_archive_is_pointed_out(office, plan):
    plan.recipients.last().delete()
    assert "chưa có dòng cuối “Lưu: VT, …”" in shown(office, url(plan, "noi-nhan/"))


def test_documents_lead_to_where_they_are_cited(office, plan):
    section = part(plan, "Nghị quyết số 76/NQ-CP")
    page = shown(office, url(plan, "can-cu/"))
    assert "Nghị quyết số 76/NQ-CP" in page
    assert f"?muc={section.pk}#muc-{section.pk}" in page


def test_changes_are_shown_word_by_word(office, plan):
    section = part(plan, "Nghị quyết số 76/NQ-CP")
    send(office, plan, section, text=section.text.replace("15/7/2021", "16/7/2021"))
    page = shown(office, url(plan, "thay-doi/"))
    assert "1 thay đổi so với trước 1 bước sửa gần đây" in page
    assert re.search(r"<del>.*?15</del>", page)
    assert re.search(r"<ins>.*?16</ins>", page)


def test_a_document_no_longer_in_force_is_pointed_out_with_what_replaced_it(office, plan, at):
    new = LegalDocument.objects.create(key="12/NQ-CP", type="Nghị quyết", symbol="12/NQ-CP")
    row = LegalDocument.objects.filter(symbol="76/NQ-CP")
    row.update(ends=at(2022, 1, 1).date(), replaced_by=new)
    page = shown(office, url(plan, "can-cu/"))
    assert "hết hiệu lực sau 01/01/2022, thay bằng Nghị quyết số 12/NQ-CP" in page
