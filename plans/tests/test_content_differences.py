"""What two contents of a plan differ in, told part by part."""

from copy import deepcopy

import pytest

from plans.department.content import content_of_reading
from plans.department.content_differences import content_differences
from plans.department.importing import read_text
from plans.tests.real_plan import real_text


@pytest.fixture(scope="module")
def content() -> dict:
    return content_of_reading(read_text(real_text()))


def told(before, after) -> list[tuple[str, str, str]]:
    return [(change.kind, change.where, change.title) for change in content_differences(before, after)]


def section(content: dict, start: str) -> dict:
    return next(row for row in content["sections"] if f"{row['title']}{row['text']}".startswith(start))


def test_a_plan_does_not_differ_from_itself(content):
    assert told(content, deepcopy(content)) == []


def test_a_changed_word_is_marked_within_its_part(content):
    after = deepcopy(content)
    row = section(after, "Nghị quyết số 76/NQ-CP")
    row["text"] = row["text"].replace("15/7/2021", "16/7/2021")
    [change] = content_differences(content, after)
    assert (change.kind, change.where, change.section) == ("changed", "III › 1", row["id"])
    assert [piece.text for piece in change.fields[0].pieces if piece.kind != "same"] == ["15", "16"]


def test_added_and_removed_parts_stand_in_the_order_of_the_plan(content):
    after = deepcopy(content)
    gone = section(after, "Kiện toàn, nâng cao chất lượng")
    after["sections"].remove(gone)
    new = section(after, "Phổ biến, tuyên truyền kịp thời") | {"id": 9001, "text": "Không phát sinh thủ tục mới."}
    after["sections"].insert(after["sections"].index(section(after, "Yêu cầu:")) + 1, new)
    assert [(kind, where) for kind, where, _title in told(content, after)] == [("added", "I › 2"), ("removed", "IV")]


def test_a_part_that_changed_places_is_said_to_have_moved(content):
    after = deepcopy(content)
    rows = after["sections"]
    first = rows.index(section(after, "Phổ biến, tuyên truyền kịp thời"))
    rows[first], rows[first + 1] = rows[first + 1], rows[first]
    [(kind, where, _title)] = told(content, after)
    assert (kind, where) == ("moved", "I › 2")


def test_a_part_under_another_heading_has_moved_from_one_to_the_other(content):
    after = deepcopy(content)
    row = section(after, "Tuyên truyền công tác tổ chức thi hành pháp luật")
    after["sections"].remove(row)
    heading = section(after, "Tuyên truyền về cải cách thủ tục hành chính:")
    row["parent"] = heading["id"]
    after["sections"].insert(after["sections"].index(heading) + 1, row)
    [change] = content_differences(content, after)
    assert (change.kind, change.fields[0].before, change.fields[0].after) == ("moved", "III › 1 › b", "III › 1 › c")


def test_copies_with_other_ids_are_compared_by_what_they_say(content):
    after = deepcopy(content)
    for row in after["sections"]:
        row["id"] += 500
        row["parent"] = row["parent"] + 500 if row["parent"] is not None else None
    row = section(after, "Văn phòng Sở xem xét tham mưu")
    row["text"] = row["text"].replace("Văn phòng Sở", "Văn phòng Sở chủ trì")
    assert [(kind, where) for kind, where, _title in told(content, after)] == [("changed", "V")]


def test_renumbering_is_told_once(content):
    after = deepcopy(content)
    for row, label in zip(
        (row for row in after["sections"] if row["level"] == "roman"), ("I", "II", "III", "IV"), strict=True
    ):
        row["label"], row["mark"] = label, f"{label}."
    [change] = content_differences(content, after)
    assert change.where == "Ký hiệu"
    assert [(field.before, field.after) for field in change.fields] == [("III.", "II."), ("IV.", "III."), ("V.", "IV.")]


def test_frame_and_lists_are_compared_too(content):
    after = deepcopy(content)
    after["frame"]["signer_name"] = "Lê Minh Đức"
    after["recipients"][1] = {"name": "Sở Nội vụ", "purpose": "b/c"}
    after["channels"].pop()
    after["targets"][0]["value"] = "12"
    found = content_differences(content, after)
    assert [(change.kind, change.where) for change in found] == [
        ("changed", "Thể thức"),
        ("changed", "Chỉ tiêu chỉ số"),
        ("removed", "Hình thức"),
        ("changed", "Nơi nhận"),
    ]
    assert found[0].fields[0].before == "Hà Anh Quang"
    assert found[1].fields[0].after == "PAR INDEX: tăng 12 bậc so với năm 2021 (05-NQ/TU)"
