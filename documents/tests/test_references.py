from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.references import find_references, reference_key

PLAN = (Path(__file__).parents[1] / "samples" / "ke-hoach-tuyen-truyen-cchc-2022.txt").read_text(encoding="utf-8")


def only(text):
    (found,) = find_references(text)
    return found


def test_the_real_plan_has_25_mentions_19_symbols_and_18_documents():
    found = find_references(PLAN)
    assert (len(found), len({r.as_written for r in found}), len({r.key for r in found})) == (25, 19, 18)


def test_both_spellings_of_a_party_document_are_one():
    found = find_references("Nghị quyết số 05-NQ/TU; Nghị quyết số 05/NQ-TU; 05–NQ/TU; 5 - NQ/TU")
    assert {r.key for r in found} == {"05/NQ-TU"}
    assert [r.as_written for r in found] == ["05-NQ/TU", "05/NQ-TU", "05-NQ/TU", "5-NQ/TU"]


def test_a_document_without_a_date_has_none():
    (found,) = [r for r in find_references(PLAN) if r.as_written == "18-NQ/TW"]
    assert (found.date, found.issuer) == (None, "Ban Chấp hành Trung ương Đảng (khóa XII)")


def test_a_long_date_is_read():
    (found,) = [r for r in find_references(PLAN) if r.as_written == "20/2008/NĐ-CP"]
    assert (found.type, found.date, found.issuer) == ("Nghị định", date(2008, 2, 14), "Chính phủ")


@pytest.mark.parametrize(
    "text, key, kind",
    [
        ("36a/NQ-CP", "36a/NQ-CP", "Nghị quyết"),
        ("45/2016/QĐ-TTg", "45/2016/QĐ-TTg", "Quyết định"),
        ("Luật số 202/2025/QH15", "202/2025/QH15", "Luật"),
        ("Công văn số 2231/SNV-CCHC&PC", "2231/SNV-CCHC&PC", "Công văn"),
        ("181-CTr/TU", "181/CTr-TU", "Chương trình"),
        ("Nghị định số\n58/2014/NĐ-CP", "58/2014/NĐ-CP", "Nghị định"),
        ("Nghị quyết số 76/NQ-\nCP", "76/NQ-CP", "Nghị quyết"),
        ("Nghị định số 58/2014/\n  NĐ-CP", "58/2014/NĐ-CP", "Nghị định"),
        ("843/QD-UBND", "843/QĐ-UBND", "Quyết định"),
        ("số 76/NQ-CP - Chương trình", "76/NQ-CP", "Nghị quyết"),
        ("12/QĐ\u2011UBND", "12/QĐ-UBND", "Quyết định"),
    ],
)
def test_every_form_of_a_symbol(text, key, kind):
    assert (only(text).key, only(text).type) == (key, kind)


def test_d_typed_for_d_with_a_stroke_is_the_same_document():
    assert reference_key("667/KH-SKHDT") == reference_key("667/KH-SKHĐT")


def test_a_contract_and_a_guidance_are_two_documents():
    assert reference_key("12/HĐ-SYT") != reference_key("12/HD-SYT")


def test_the_left_side_is_anchored():
    assert only("168/2024/NĐ-CP").key == "168/2024/NĐ-CP"


@pytest.mark.parametrize(
    "text", ["24/7, 5 km/h, 01/02/2022", "TCVN ISO 9001:2015", "3/4 A/B", "Số: /KH-SLĐTBXH", "và/hoặc 2/3", ""]
)
def test_other_strokes_are_no_documents(text):
    assert find_references(text) == []


@pytest.mark.parametrize(
    "text, issuer",
    [
        ("421/KH-UBND ngày 28/01/2022 của UBND tỉnh tuyên truyền", "UBND tỉnh"),
        ("12/QĐ-UBND của UBND tỉnh Ninh Thuận về việc", "UBND tỉnh Ninh Thuận"),
        ("468/QĐ-TTg ngày 27/3/2021 của Thủ tướng Chính phủ về Phê duyệt", "Thủ tướng Chính phủ"),
        ("02/2021/TT-BNV ngày 11 tháng 6 năm 2021 của Bộ trưởng Bộ Nội vụ hướng dẫn", "Bộ trưởng Bộ Nội vụ"),
        ("12/QĐ-BVHTTDL của Bộ Văn hóa, Thể thao và Du lịch về", "Bộ Văn hóa, Thể thao và Du lịch"),
        (
            "45/QĐ-SLĐTBXH ngày 01/02/2022 của Sở Lao động - Thương binh và Xã hội ban hành",
            "Sở Lao động - Thương binh và Xã hội",
        ),
        ("16/2021/QĐ-UBND ngày\n01/6/2021 của Uỷ ban nhân dân\ntỉnh", "Uỷ ban nhân dân tỉnh"),
        ("92-KH/TU ngày 21/02/2018 về việc", None),
    ],
)
def test_the_issuer_is_told(text, issuer):
    assert only(text).issuer == issuer


def test_a_date_that_is_no_day_is_left_out():
    found = only("45/QĐ-UBND ngày 31/02/2022 của UBND tỉnh")
    assert (found.date, found.issuer) == (None, "UBND tỉnh")


@given(st.text(alphabet="0123456789/-NQĐCPTUký số\n&abcủa", max_size=120))
@settings(max_examples=100)
def test_positions_point_at_the_symbol(text):
    for found in find_references(text):
        assert text[found.start].isdigit()
        assert "".join(text[found.start : found.end].split()) == found.as_written
