"""Corrections of what was read: blocks, facts, defects; two people at once; then the draft."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock, jobs
from accounts.models import Event
from plans.department.reading_in import begin_import
from plans.models import Plan, PlanDefect, PlanImport
from plans.tests.real_plan import real_text, stored

pytestmark = pytest.mark.usefixtures("reference")
TABLE = """Số: 15/KH-SLĐTBXH
Ninh Thuận, ngày 10 tháng 01 năm 2024
KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2024
I. MỤC ĐÍCH
- Nâng cao nhận thức của công chức.
II. NHIỆM VỤ
| TT | Nội dung | Chủ trì | Thời gian |
| 1 | Phát tờ gấp | Văn phòng Sở | Quý I |
| 2 | Đăng tin, bài | Phòng Lao động | Quý II |
Nơi nhận:
- UBND tỉnh (b/c);
- Lưu: VT.
GIÁM ĐỐC
Lê Minh Đức
"""


@pytest.fixture
def office(client, cast):
    client.force_login(cast.office_staff, backend="django.contrib.auth.backends.ModelBackend")
    return client


def imported(cast, text: str) -> PlanImport:
    row = begin_import(agency=cast.agency, by=cast.office_staff, now=clock.now(), key=uuid.uuid4(), text=text)
    assert jobs.run(row.job_id)
    row.refresh_from_db()
    return row


@pytest.fixture
def row(cast) -> PlanImport:
    return imported(cast, real_text())


@pytest.fixture
def table(cast) -> PlanImport:
    return imported(cast, TABLE)


def page(response) -> str:
    return response.content.decode()


def item(row, part, number) -> str:
    return reverse("plan_import_item", args=[row.pk, part, number])


def part(row, name) -> str:
    return reverse("plan_import_part", args=[row.pk, name])


def opened(browser, address: str) -> dict:
    """What the form at that address would send if nothing were typed."""
    answer = browser.get(address)
    assert answer.status_code == 200
    form = answer.context["form"]
    shown = {name: form.fields[name].prepare_value(form[name].value()) for name in form.fields}
    shown = {name: f"{value:%d/%m/%Y}" if hasattr(value, "month") else value for name, value in shown.items()}
    return {name: value for name, value in shown.items() if value not in (None, False)} | {
        "seen": answer.context["seen"]
    }


def change(browser, address: str, **values):
    return browser.post(address, opened(browser, address) | values)


def content(row) -> dict:
    row.refresh_from_db()
    return row.content


def block(row, start: str) -> dict:
    return next(each for each in row.content["sections"] if start in (each["title"] + each["text"]))


def defect(row, code: str) -> dict:
    return next(each for each in row.content["defects"] if each["code"] == code)


def test_the_page_shows_the_document_beside_everything_that_was_read(office, row):
    shown = page(office.get(reverse("plan_import_detail", args=[row.pk])))
    for words in (
        "Chưa lưu gì", "III. NỘI DUNG, HÌNH THỨC TUYÊN TRUYỀN", "Văn bản căn cứ (18)", "viện dẫn 3 lần",
        "nên nộp trước 17:00 thứ Sáu 25/02", "hết thứ Bảy 26/02/2022", "(26/02/2022) là ngày nghỉ", "Thiếu mục II",
        "tăng 0,5–1 điểm so với năm 2021", "UBND tỉnh (B/c)", "Hà Anh Quang", "Nội dung (7)", "còn 20",
    ):  # fmt: skip
        assert words in shown, words
    assert not Plan.objects.exists()


def test_each_doubt_can_be_passed_over_mended_and_found_in_the_text(office, row):
    shown = page(office.get(reverse("plan_import_detail", args=[row.pk])))
    gap = defect(row, "numbering_gap")
    assert f'href="#muc-{gap["section"]}"' in shown
    assert item(row, "doan", gap["section"]) in shown
    assert part(row, "khung") in shown
    assert item(row, "nhiem-vu", 1) in shown


def test_what_is_passed_over_stays_and_is_logged(office, row):
    number = row.content["defects"].index(defect(row, "numbering_gap")) + 1
    for _press in range(2):
        answer = office.post(reverse("plan_import_defect", args=[row.pk, number]))
        assert answer.url.endswith("#diem-can-xem")
    assert content(row)["defects"][number - 1]["settled"]
    assert "Bỏ qua: Thiếu mục II" in Event.objects.about(row).last().label
    assert office.post(reverse("plan_import_defect", args=[row.pk, 999])).status_code == 404


def test_a_corrected_block_settles_its_doubt_and_cites_anew(office, row):
    quote = block(row, "421/KH-UBND")
    before = len(row.content["documents"])
    text = f"{quote['text']} Căn cứ Nghị quyết số 99/NQ-CP ngày 01/02/2022 của Chính phủ."
    answer = change(office, item(row, "doan", quote["id"]), text=text)
    assert answer.url.endswith(f"#muc-{quote['id']}")
    assert len(content(row)["documents"]) == before + 1
    unclosed = defect(row, "quote_unclosed")
    assert not unclosed["settled"]
    change(office, item(row, "doan", unclosed["section"]), text="Một câu có đủ “dấu”.")
    content(row)
    assert defect(row, "quote_unclosed")["settled"]
    assert Event.objects.about(row).filter(action="import_correct").count() == 2


def test_a_block_becomes_a_heading_of_an_area_and_what_follows_lies_under_it(office, row):
    first = next(each for each in row.content["sections"] if each["level"] == "dash")
    change(office, item(row, "doan", first["id"]), level="letter", mark="a)", area="procedures")
    sections = content(row)["sections"]
    changed = next(each for each in sections if each["id"] == first["id"])
    assert (changed["level"], changed["label"], changed["area"]) == ("letter", "a", "procedures")
    below = sections[sections.index(changed) + 1]
    assert below["parent"] == first["id"]


def test_a_block_goes_to_the_end_of_the_one_above(office, row):
    sections = row.content["sections"]
    above, below = sections[-2:]
    change(office, item(row, "doan", below["id"]), act="merge")
    after = content(row)["sections"]
    assert len(after) == len(sections) - 1
    assert after[-1]["id"] == above["id"]
    assert after[-1]["text"].endswith(below["text"])
    assert not any(each["section"] == below["id"] for each in row.content["duties"])


def test_a_block_is_split_where_a_line_ends_and_asks_for_that_line_end(office, row):
    last = row.content["sections"][-1]
    number = len(row.content["sections"])
    refused = change(office, item(row, "doan", last["id"]), act="split")
    assert "xuống dòng (Enter)" in page(refused)
    change(office, item(row, "doan", last["id"]), act="split", text="Câu thứ nhất.\nCâu thứ hai.")
    first, second = content(row)["sections"][-2:]
    assert (first["text"], second["text"]) == ("Câu thứ nhất.", "Câu thứ hai.")
    assert len(row.content["sections"]) == number + 1


def test_what_is_taken_out_is_set_aside_and_comes_back_to_its_place(office, row):
    order = [each["id"] for each in row.content["sections"]]
    gone = row.content["sections"][10]
    change(office, item(row, "doan", gone["id"]), act="take_out")
    kept = content(row)["set_aside"][-1]
    assert gone["text"] in kept["text"]
    assert kept["reason"] == "bỏ khỏi văn bản khi nhập"
    assert "Đưa lại vào văn bản" in page(office.get(reverse("plan_import_detail", args=[row.pk])))
    for _press in range(2):
        assert office.post(reverse("plan_import_back", args=[row.pk, gone["id"]])).status_code == 302
    assert [each["id"] for each in content(row)["sections"]] == order
    assert row.content["sections"][10] == gone


def test_a_block_is_not_emptied(office, row):
    first = row.content["sections"][0]
    answer = change(office, item(row, "doan", first["id"]), text=" ", title="")
    assert answer.status_code == 200
    assert "không còn chữ nào" in page(answer)


def test_the_tasks_of_a_table_follow_its_cells(office, table):
    assert [task["title"] for task in table.content["tasks"]] == ["Phát tờ gấp", "Đăng tin, bài"]
    second = table.content["tasks"][1]["section"]
    shown = page(office.get(item(table, "doan", second)))
    assert "Chủ trì" in shown
    change(office, item(table, "doan", second), cell_1="Viết bài", cell_2="Trung tâm Dịch vụ việc làm")
    task = content(table)["tasks"][1]
    assert (task["title"], task["lead"]) == ("Viết bài", "Trung tâm Dịch vụ việc làm")


def test_number_day_and_year_are_judged_again(office, row):
    assert not defect(row, "number_blank")["settled"]
    change(office, part(row, "khung"), number="12", date_day="10", year="2023")
    assert content(row)["year"] == 2023
    assert (row.content["frame"]["number"], row.content["frame"]["date_day"]) == ("12", 10)
    assert defect(row, "number_blank")["settled"]
    assert defect(row, "day_blank")["settled"]
    change(office, part(row, "khung"), number="", year="")
    content(row)
    assert not defect(row, "number_blank")["settled"]
    assert not defect(row, "year_missing")["settled"]


def test_a_year_is_written_without_a_dot(office, row):
    assert 'name="year" value="2022"' in page(office.get(part(row, "khung")))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"date_day": "31", "date_month": "2", "date_year": "2022"}, "Không có ngày 31/2/2022"),
        ({"date_month": "13"}, "Tháng phải từ 1 đến 12"),
        ({"date_day": "3", "date_month": ""}, "ghi cả tháng và năm"),
        ({"year": "20222"}, "Năm phải từ"),
        ({"number": "1" * 12}, "Tối đa 11 ký tự, hiện có 12"),
    ],
)
def test_a_frame_that_cannot_be_is_told(office, row, values, words):
    answer = change(office, part(row, "khung"), **values)
    assert answer.status_code == 200
    assert words in page(answer)
    assert row.version == PlanImport.objects.get().version


@pytest.mark.parametrize(
    ("limit", "day", "due"),
    [
        ("before", "27/02/2022", "2022-02-26T23:59:59.999999+07:00"),
        ("until", "28/02/2022", "2022-02-28T23:59:59.999999+07:00"),
    ],
)
def test_a_duty_is_typed_as_the_plan_says_it(office, row, limit, day, due):
    assert opened(office, item(row, "nhiem-vu", 1))["limit"] == "before"
    assert opened(office, item(row, "nhiem-vu", 1))["day"] == "27/02/2022"
    change(office, item(row, "nhiem-vu", 1), limit=limit, day=day, to="Phòng Tổ chức")
    duty = content(row)["duties"][0]
    assert (duty["due_at"], duty["to"]) == (due, "Phòng Tổ chức")
    assert defect(row, "deadline_weekend")["settled"]


def test_duties_are_added_once_and_removed(office, row):
    number = len(row.content["duties"])
    new = {"who": "Văn phòng Sở", "what": "Tổng kết năm", "day": "15/12/2022", "limit": "until"}
    sent = opened(office, part(row, "nhiem-vu")) | new
    for _press in range(2):
        assert office.post(part(row, "nhiem-vu"), sent).status_code == 302
    added = content(row)["duties"][-1]
    assert len(row.content["duties"]) == number + 1
    assert added["due_at"] == "2022-12-15T23:59:59.999999+07:00"
    change(office, item(row, "nhiem-vu", added["id"] + 1), act="remove")
    assert len(content(row)["duties"]) == number
    assert office.get(item(row, "nhiem-vu", added["id"] + 1)).status_code == 404


def test_a_duty_to_hand_something_in_needs_a_date_or_a_rhythm(office, row):
    answer = change(office, item(row, "nhiem-vu", 1), day="", recurrence="")
    assert "cần có hạn hoặc định kỳ" in page(answer)


def test_a_target_is_changed_added_and_removed(office, row):
    number = len(row.content["targets"])
    change(office, item(row, "chi-tieu", 1), value="2,5", value_max="")
    assert content(row)["targets"][0]["value"] == "2.5"
    change(office, part(row, "chi-tieu"), index="DTI", value="20", measure="hạng", kind="position")
    assert len(content(row)["targets"]) == number + 1
    change(office, item(row, "chi-tieu", number + 1), act="remove")
    assert len(content(row)["targets"]) == number


def test_lists_are_lines_and_recipients_keep_their_purpose(office, row):
    change(office, part(row, "noi-nhan"), lines="- UBND tỉnh (b/c);\n\nGĐ, các PGĐ Sở (chỉ đạo)\n- Lưu: VT, VP.")
    assert content(row)["recipients"] == [
        {"name": "UBND tỉnh", "purpose": "b/c"},
        {"name": "GĐ, các PGĐ Sở", "purpose": "chỉ đạo"},
        {"name": "Lưu: VT, VP", "purpose": ""},
    ]
    assert defect(row, "letter_d")["settled"]
    change(office, part(row, "hinh-thuc"), lines="Zalo\nFanpage")
    assert content(row)["channels"] == ["Zalo", "Fanpage"]


def test_two_tabs_on_one_block_get_both_texts_and_lose_none(office, row):
    address = item(row, "doan", row.content["sections"][0]["id"])
    mine, theirs = opened(office, address), opened(office, address)
    assert office.post(address, theirs | {"text": "Bản của người kia."}).status_code == 302
    answer = office.post(address, mine | {"text": "Bản của tôi."})
    assert answer.status_code == 409
    assert "Bản của người kia." in page(answer)
    assert "Bản của tôi." in page(answer)
    assert office.post(address, dict(answer.context["fields"])).status_code == 302
    assert content(row)["sections"][0]["text"] == "Bản của tôi."


def test_two_tabs_on_two_blocks_do_not_disturb_each_other(office, row):
    one, other = (item(row, "doan", row.content["sections"][n]["id"]) for n in (0, 1))
    sent = opened(office, one), opened(office, other)
    assert office.post(one, sent[0] | {"text": "Một."}).status_code == 302
    assert office.post(other, sent[1] | {"text": "Hai."}).status_code == 302
    assert [each["text"] for each in content(row)["sections"][:2]] == ["Một.", "Hai."]


def test_a_block_taken_out_meanwhile_answers_with_what_was_typed(office, row):
    address = item(row, "doan", row.content["sections"][0]["id"])
    sent = opened(office, address)
    office.post(address, sent | {"act": "take_out"})
    answer = office.post(address, sent | {"text": "Vừa gõ."})
    assert answer.status_code == 409
    assert "Vừa gõ." in page(answer)


def test_the_draft_is_what_was_corrected_with_open_doubts_and_its_source(office, cast, row):
    change(office, part(row, "khung"), title="Tuyên truyền cải cách hành chính 2022, bản sửa")
    store = reverse("plan_import_store", args=[row.pk])
    first, second = (office.post(store).url for _press in range(2))
    plan = Plan.objects.get()
    assert first == second == reverse("plan_detail", args=[plan.pk])
    assert (plan.title, plan.created_by) == ("Tuyên truyền cải cách hành chính 2022, bản sửa", cast.office_staff)
    assert PlanDefect.objects.filter(plan=plan, settled_at__isnull=True).count() == 20
    row.refresh_from_db()
    assert (row.state, row.plan, plan.source) == ("stored", plan, row)
    assert reverse("plan_import_file", args=[row.pk]) in page(office.get(first))
    assert "Đã lưu thành" in page(office.get(reverse("plan_import_detail", args=[row.pk])))
    assert office.get(part(row, "khung")).status_code == 409


def test_settled_doubts_go_settled_into_the_draft(office, row):
    number = row.content["defects"].index(defect(row, "numbering_gap")) + 1
    office.post(reverse("plan_import_defect", args=[row.pk, number]))
    office.post(reverse("plan_import_store", args=[row.pk]))
    assert PlanDefect.objects.get(code="numbering_gap").settled_at
    assert PlanDefect.objects.filter(settled_at__isnull=True).count() == 19


def test_a_year_that_has_its_plan_is_told_with_the_way_to_it(office, cast, row):
    plan = stored(cast, clock.now())
    answer = office.post(reverse("plan_import_store", args=[row.pk]))
    assert answer.status_code == 200
    assert "Năm 2022 đã có kế hoạch" in page(answer)
    assert reverse("plan_detail", args=[plan.pk]) in page(answer)
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("text", ["Không phải kế hoạch.", "I. MỤC ĐÍCH\n\n1. Yêu cầu\n\n- Một.", "năm 2022"])
def test_any_text_can_be_looked_at_and_none_without_year_or_text_is_stored(office, cast, text):
    row = imported(cast, text)
    assert office.get(reverse("plan_import_detail", args=[row.pk])).status_code == 200
    answer = office.post(reverse("plan_import_store", args=[row.pk]))
    assert answer.status_code == 200
    assert "Chưa lưu được" in page(answer)
    assert not Plan.objects.exists()


def test_a_plan_without_a_year_is_stored_once_the_year_is_given(office, cast):
    row = imported(cast, "KẾ HOẠCH\nTuyên truyền\nI. MỤC ĐÍCH\n- Nâng cao nhận thức.")
    assert not defect(row, "year_missing")["settled"]
    change(office, part(row, "khung"), year="2024")
    content(row)
    assert defect(row, "year_missing")["settled"]
    office.post(reverse("plan_import_store", args=[row.pk]))
    assert Plan.objects.get().year == 2024


def test_a_long_plan_is_shown_by_pages_with_the_same_queries(office, cast):
    line = "- Nâng cao nhận thức của công chức.\n"
    many = "- Nâng cao “nhận thức của công chức, viên chức, người lao động trong toàn ngành.\n"
    long = TABLE.replace(line, many * 2000)

    def seen(row):
        with CaptureQueriesContext(connection) as found:
            answer = office.get(reverse("plan_import_detail", args=[row.pk]))
        assert answer.status_code == 200
        return len(found), page(answer)

    small, large = imported(cast, TABLE), imported(cast, long)
    seen(small)
    (few, _shown), (more, shown) = seen(small), seen(large)
    assert few == more
    assert len(large.content["defects"]) >= 100
    assert shown.count("<") / 2 < 1500  # an element is opened and closed
    last = large.content["tasks"][-1]["section"]
    assert f"?page=21#muc-{last}" in shown


def test_all_doubts_of_a_long_plan_have_their_page(office, cast):
    line, many = "- Nâng cao nhận thức của công chức.\n", "- Nâng cao “nhận thức của công chức, người lao động.\n" * 60
    row = imported(cast, TABLE.replace(line, many))
    shown = page(office.get(reverse("plan_import_detail", args=[row.pk])))
    assert f"Xem cả {len(row.content['defects'])} điểm" in shown
    address = f"{reverse('plan_import_detail', args=[row.pk])}?xem=diem-can-xem"
    whole = page(office.get(address))
    assert whole.count("Xem trong văn bản:") > 25
    assert re.search(r'href="[^"]+\?page=1#muc-\d+"', whole)
    assert 'href="#muc-' not in whole
    answer = office.post(reverse("plan_import_defect", args=[row.pk, 1]), {"whole": "1"})
    assert answer.url == f"{address}#diem-can-xem"


def test_the_whole_list_of_one_kind_has_its_page(office, row):
    address = reverse("plan_import_detail", args=[row.pk])
    assert "?xem=van-ban" in page(office.get(address))
    assert "Văn bản căn cứ (18)" in page(office.get(f"{address}?xem=van-ban"))
    assert office.get(f"{address}?xem=khong-co").status_code == 404
