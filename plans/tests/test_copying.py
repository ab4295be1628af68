"""Last year's plan as next year's draft: what moves, what stays, and that each is told."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.department.content import content_of_reading
from plans.department.copying import move_text, next_year
from plans.department.importing import read_text
from plans.tests.real_plan import real_text


@pytest.fixture(scope="module")
def content() -> dict:
    return content_of_reading(read_text(real_text()))


@pytest.fixture(scope="module")
def copy(content) -> dict:
    return next_year(content, 2023)


def told(content: dict, code: str) -> list[str]:
    return [row["text"] for row in content["defects"] if row["code"] == code]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Tuyên truyền cải cách hành chính năm 2022", "Tuyên truyền cải cách hành chính năm 2023"),
        ("gửi về Văn phòng Sở trước 27/02/2022 để tổng hợp", "gửi về Văn phòng Sở trước 27/02/2023 để tổng hợp"),
        ("chậm nhất ngày 5/3/2022", "chậm nhất ngày 5/3/2023"),
        ("trước ngày 05 tháng 01 năm 2022", "trước ngày 05 tháng 01 năm 2023"),
        ("Quý I/2022 và Quý II năm 2022", "Quý I/2023 và Quý II năm 2023"),
        ("hoàn thành trong tháng 3/2022", "hoàn thành trong tháng 3/2023"),
        ("trước ngày 15/01/2023", "trước ngày 15/01/2024"),
        ("từ ngày 15/12/2021 đến ngày 14/3/2022", "từ ngày 15/12/2022 đến ngày 14/3/2023"),
        ("tăng 10 bậc so với năm 2021", "tăng 10 bậc so với năm 2022"),
        # What stays
        ("đến năm 2025 nằm trong TOP 20", "đến năm 2025 nằm trong TOP 20"),
        ("giai đoạn 2021 - 2030", "giai đoạn 2021 - 2030"),
        ("Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ", "Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ"),
        ("Kế hoạch số 421/KH-UBND ngày 28/01/2022 của UBND", "Kế hoạch số 421/KH-UBND ngày 28/01/2022 của UBND"),
        ("Nghị định số 45/2022/NĐ-CP", "Nghị định số 45/2022/NĐ-CP"),
        ("Thông báo ngày 05/01/2022 của UBND tỉnh", "Thông báo ngày 05/01/2022 của UBND tỉnh"),
        ("kinh phí 2.022.000 đồng cho 2022 tờ gấp", "kinh phí 2.022.000 đồng cho 2022 tờ gấp"),
        ("không có ngày tháng", "không có ngày tháng"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_year_of_the_plan_moves_and_nothing_else(before, after):
    assert move_text(before, 2022, 2023)[0] == after


def test_a_documents_name_keeps_its_year_and_the_next_sentence_does_not():
    text = (
        "Thực hiện Kế hoạch số 421/KH-UBND ngày 28/01/2022 của UBND tỉnh về cải cách hành chính năm 2022. "
        "Sở xây dựng kế hoạch năm 2022."
    )
    assert move_text(text, 2022, 2023)[0] == text[:-5] + "2023."


def test_a_leap_day_goes_to_the_28th_and_says_so():
    moved, [row] = move_text("trước ngày 29/02/2024", 2024, 2025)
    assert (moved, row.day) == ("trước ngày 28/02/2025", date(2025, 2, 28))
    assert "29/02" in row.note


def test_a_day_that_does_not_exist_is_left():
    moved, [row] = move_text("trước ngày 31/02/2022", 2022, 2023)
    assert (moved, row.code) == ("trước ngày 31/02/2022", "date_kept")


def test_the_frame_is_of_the_new_year_with_number_and_day_blank(copy):
    frame = copy["frame"]
    assert (copy["year"], frame["number"], frame["date_day"], frame["date_year"]) == (2023, "", None, 2023)
    assert frame["title"].endswith("năm 2023")


def test_the_deadline_moves_with_its_phrase_and_a_day_off_is_pointed_out(copy):
    duty = copy["duties"][0]
    assert (duty["phrase"], duty["due_at"]) == ("trước 27/02/2023", "2023-02-26T23:59:59.999999+07:00")
    assert "27/02/2022 → 27/02/2023 (thứ Hai)" in told(copy, "date_moved")
    # 27/02/2023 is a Monday, so the last day on time is a Sunday.
    assert "hạn cuối 26/02/2022 → 26/02/2023 (Chủ nhật, ngày nghỉ)" in told(copy, "date_moved")


def test_a_deadline_that_a_person_set_otherwise_moves_by_its_day(content):
    changed = content | {"duties": [content["duties"][0] | {"due_at": "2022-03-10T17:00:00+07:00"}]}
    assert next_year(changed, 2023)["duties"][0]["due_at"] == "2023-03-10T17:00:00+07:00"


def test_swapped_days_count_as_announced(content):
    told_of = told(next_year(content, 2023, {date(2023, 2, 27): False}), "date_moved")
    assert "27/02/2022 → 27/02/2023 (thứ Hai, ngày nghỉ)" in told_of


def test_targets_keep_their_goal_and_move_their_baseline(copy):
    found = [(row["index"], row["kind"], row["baseline_year"], row["by_year"]) for row in copy["targets"]]
    assert ("PCI", "score_change", 2022, None) in found
    assert ("PCI", "position", None, 2025) in found


def test_a_goal_that_has_passed_is_pointed_out(content):
    later = next_year(content, 2026)
    assert any("năm đó đã qua" in row["text"] and row["severity"] == "warning" for row in later["defects"])


def test_legal_documents_are_the_same_and_those_of_the_old_year_are_named(content, copy):
    assert copy["documents"] == content["documents"]
    assert [text.split(" là ")[0] for text in told(copy, "basis_of_year")] == [
        "Kế hoạch số 421/KH-UBND",
        "Kế hoạch số 11/KH-UBND",
    ]


def test_every_date_left_in_the_text_is_told(copy):
    kept = told(copy, "date_kept")
    assert "“năm 2025” giữ nguyên" in kept
    assert "“2021 - 2025” giữ nguyên" in kept
    assert all(not row["settled"] for row in copy["defects"])
    sections = {row["id"] for row in copy["sections"]}
    assert {row["section"] for row in copy["defects"]} <= sections | {None}


def test_the_plan_that_is_copied_is_not_touched(content):
    before = content_of_reading(read_text(real_text()))
    next_year(content, 2023)
    assert content == before


def test_nothing_is_carried_over_that_belongs_to_the_old_rows(content):
    duties = [row | {"origin": 7} for row in content["duties"]]
    assert all("origin" not in row for row in next_year(content | {"duties": duties}, 2023)["duties"])


pieces = st.sampled_from(
    ["năm 2022", "2022", "27/02/2022", "Quyết định số 12/QĐ-UBND ngày 05/01/2022", "trước ", "; ", ", ",
     "so với năm 2021", "12/2022", "giai đoạn 2021-2025", "ngày 29 tháng 02 năm 2024", "2.022",
     "Quý I/2022", "\n", "(", ")"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(pieces, max_size=8).map(" ".join))
def test_only_digits_of_dates_ever_change(text):
    moved, told_of = move_text(text, 2022, 2023)
    assert "".join(char for char in moved if not char.isdigit()) == "".join(char for char in text if not char.isdigit())
    assert (moved == text) == (not any(row.code == "date_moved" for row in told_of))
