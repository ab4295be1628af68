"""The real plan of 2022, every figure of it counted by hand."""

import json
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from documents.reading import read_plan, to_json

SOURCE = (Path(__file__).parents[1] / "samples" / "ke-hoach-tuyen-truyen-cchc-2022.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def plan():
    return read_plan(SOURCE)


def texts(plan, code):
    return [(defect.where, defect.text) for defect in plan.defects if defect.code == code]


def test_issuer_number_place_and_date(plan):
    assert (plan.symbol, plan.number, plan.place) == ("KH-SLĐTBXH", None, "Ninh Thuận")
    assert (plan.date, plan.day, plan.month, plan.date_year, plan.year) == (None, None, 2, 2022, 2022)
    assert (plan.agency, plan.parent_agency) == ("Sở Lao động Thương binh và Xã hội", None)


def test_type_title_motto_and_signer(plan):
    assert (plan.document_type, plan.title) == ("Kế hoạch", "Về việc tuyên truyền cải cách hành chính năm 2022")
    assert plan.motto == "Đoàn kết, thích ứng, sáng tạo, kỷ cương, phát triển, hiệu quả"
    assert (plan.signer.title, plan.signer.name, plan.signer.authority) == ("GIÁM ĐỐC", "Hà Anh Quang", "")


def test_the_legal_basis_is_the_plan_of_the_province(plan):
    basis = plan.citations[0]
    assert (basis.key, basis.type, basis.date, basis.issuer) == (
        "421/KH-UBND",
        "Kế hoạch",
        date(2022, 1, 28),
        "UBND tỉnh",
    )


def test_roman_headings_keep_their_printed_labels(plan):
    assert [(node.label, node.title) for node in plan.outline if node.level == "roman"] == [
        ("I", "MỤC ĐÍCH, YÊU CẦU"),
        ("III", "NỘI DUNG, HÌNH THỨC TUYÊN TRUYỀN"),
        ("IV", "HÌNH THỨC, GIẢI PHÁP THỰC HIỆN:"),
        ("V", "TỔ CHỨC THỰC HIỆN:"),
    ]


def test_fourteen_numbered_headings_stand_under_their_romans(plan):
    numbers = [(plan.outline[node.parent].label, node.label) for node in plan.outline if node.level == "number"]
    assert numbers == [
        (roman, str(number))
        for roman, count in (("I", 3), ("III", 3), ("IV", 5), ("V", 3))
        for number in range(1, count + 1)
    ]


def test_numbered_headings_have_their_titles(plan):
    numbers = [node for node in plan.outline if node.level == "number"]
    assert [node.name for node in numbers[:6]] == [
        "Mục đích",
        "Yêu cầu",
        "Đối tượng",
        "Nội dung tuyên truyền",
        "Hình thức tuyên truyền",
        "Đối với người dân và doanh nghiệp",
    ]
    assert numbers[2].text == "Toàn bộ đội ngũ cán bộ, công chức, viên chức trong toàn ngành."
    assert numbers[6].name.startswith("Nâng cao nhận thức") and numbers[6].name.endswith("về cải cách hành chính")
    assert numbers[13].text.startswith("Giao Văn phòng Sở tổ chức triển khai")


def test_seven_areas_by_letter_code_and_number_of_items(plan):
    assert [(area.letter, area.code, len(area.items)) for area in plan.areas] == [
        ("a", "leadership", 5),
        ("b", "institutions", 2),
        ("c", "procedures", 5),
        ("d", "apparatus", 2),
        ("đ", "civil-service", 4),
        ("e", "public-finance", 3),
        ("g", "e-government", 4),
    ]
    assert plan.areas[0].title == "Tuyên truyền công tác chỉ đạo điều hành"


def test_fifty_five_dashes_six_of_them_recipients(plan):
    dashes = [node for node in plan.outline if node.level == "dash"]
    assert (len(dashes), len([node for node in dashes if node.part == "tail"])) == (55, 6)


def test_ten_pluses_three_under_a_dash_and_seven_under_a_heading(plan):
    pluses = [plan.outline[node.parent] for node in plan.outline if node.level == "plus"]
    assert [(parent.level, parent.label) for parent in pluses] == [("dash", "")] * 3 + [("number", "3")] * 7
    assert pluses[0].text.startswith("Tuyên truyền mục tiêu phấn đấu")


def test_two_paragraphs_cut_by_a_page_end_are_joined(plan):
    joined = [node for node in plan.outline if node.joined]
    assert len(joined) == plan.joined == 2
    assert "của địa phương; đảm bảo việc tham gia trả lời phiếu" in joined[0].text
    assert "lồng ghép nội dung cải cách hành chính trong các hội nghị tuyên truyền" in joined[1].text


def test_citations_are_25_mentions_19_symbols_18_documents(plan):
    assert sum(citation.mentions for citation in plan.citations) == 25
    assert len({symbol for citation in plan.citations for symbol in citation.written}) == 19
    assert len(plan.citations) == 18
    by_key = {citation.key: citation for citation in plan.citations}
    assert by_key["05/NQ-TU"].written == ("05-NQ/TU", "05/NQ-TU") and by_key["05/NQ-TU"].mentions == 3
    assert by_key["05/NQ-TU"].as_written == ("05-NQ/TU", "05-NQ/TU", "05/NQ-TU")
    assert by_key["18/NQ-TW"].date is None
    assert by_key["20/2008/NĐ-CP"].date == date(2008, 2, 14)


def test_targets_with_years_and_basis(plan):
    assert [(t.index, t.kind, t.value, t.value_max, t.baseline_year, t.by_year, t.basis) for t in plan.targets] == [
        ("PAR INDEX", "rank_change", 10, None, 2021, None, "05/NQ-TU"),
        ("PAPI", "rank_change", 10, None, 2021, None, "05/NQ-TU"),
        ("PAR INDEX", "position", 20, None, None, 2025, "05/NQ-TU"),
        ("PAPI", "position", 20, None, None, 2025, "05/NQ-TU"),
        ("PCI", "score_change", Decimal("0.5"), 1, 2021, None, "843/QĐ-UBND"),
        ("PCI", "position", 15, None, None, 2025, "18/CT-TU"),
        ("SIPAS", "score_change", 1, None, 2021, None, "05/NQ-TU"),
        ("SIPAS", "level", 90, None, None, 2025, "05/NQ-TU"),
        ("SIPAS", "position", 25, None, None, 2025, "05/NQ-TU"),
    ]


def test_every_index_named_is_told(plan):
    assert set(plan.indices) == {"PAR INDEX", "PAPI", "PCI", "SIPAS", "ICT INDEX", "DDCI", "DTI"}


def test_five_channels(plan):
    assert len(plan.channels) == 5
    for channel, word in zip(
        plan.channels, ("Zalo, Fanpage", "tờ gấp, panô", "tập huấn", "sân khấu", "họp báo"), strict=True
    ):
        assert word in channel


def test_audiences(plan):
    assert plan.audiences == [
        "Toàn bộ đội ngũ cán bộ, công chức, viên chức trong toàn ngành",
        "người dân và doanh nghiệp",
    ]


def test_five_duties(plan):
    units = "Các phòng chuyên môn, đơn vị trực thuộc Sở"
    assert [(duty.who, duty.phrase, duty.recurrence, duty.to) for duty in plan.duties] == [
        (units, "trước 27/02/2022", None, "Văn phòng Sở"),
        (units, "Định kỳ hàng quý", "quarterly", "Văn phòng Sở"),
        ("Văn phòng Sở", None, None, None),
        ("Văn phòng Sở", "định kỳ hàng quý", "quarterly", "Giám đốc Sở"),
        ("các phòng chuyên môn, cơ quan, đơn vị", None, None, "Sở Lao động-Thương binh và Xã hội (qua Văn phòng Sở)"),
    ]
    assert plan.duties[0].instant.isoformat() == "2022-02-26T23:59:59.999999+07:00"
    assert plan.duties[0].inclusive is False
    assert "cân đối nguồn kinh phí" in plan.duties[2].what


def test_six_recipients_with_their_purposes_as_printed(plan):
    assert [(recipient.name, recipient.purpose) for recipient in plan.recipients] == [
        ("UBND tỉnh", "B/c"),
        ("Sở Nội vụ", "P/h"),
        ("GD, Phó GD Sở", "chỉ đạo"),
        ("Các phòng chuyên môn, đơn vị thuộc Sở", "thực hiện"),
        ("Phòng LĐTĐ huyện, TP", "biết"),
        ("Lưu: VT-VP", None),
    ]


@pytest.mark.parametrize(
    "code, where, words",
    [
        ("numbering_gap", "III", "Thiếu mục II"),
        ("number_blank", "Số, ký hiệu", "KH-SLĐTBXH"),
        ("day_blank", "Địa danh, ngày tháng", "ngày"),
        ("sentence_repeated", "I.2, gạch đầu dòng thứ 1", "Phổ biến, tuyên truyền kịp thời"),
        ("symbol_variants", "III.1, gạch đầu dòng thứ 2", "05-NQ/TU, 05/NQ-TU"),
        ("term_conflict", "III.1, gạch đầu dòng thứ 2", "“đến năm 2022”, nơi khác ghi “đến năm 2025”"),
        ("quote_unclosed", "III.1.c, gạch đầu dòng thứ 4", "Đổi mới việc thực hiện cơ chế một cửa"),
        ("word_missing", "V.1", "cải cách hành của Ngành"),
        ("misread", "Nơi nhận, gạch đầu dòng thứ 5", "LĐTĐ"),
        ("misread", "Nơi nhận, gạch đầu dòng thứ 6", "J20b"),
        ("title_repeated", "IV", "“hình thức”"),
        ("deadline_weekend", "V.1", "Chủ nhật"),
        ("outdated_term", "I.1, gạch đầu dòng thứ 6", "mức độ 3, 4"),
    ],
)
def test_every_known_defect_is_pointed_out(plan, code, where, words):
    assert any(place == where and words in text for place, text in texts(plan, code))


def test_no_defect_is_made_up(plan):
    counts = {}
    for defect in plan.defects:
        counts[defect.code] = counts.get(defect.code, 0) + 1
    assert counts == {
        "number_blank": 1,
        "day_blank": 1,
        "parent_agency_missing": 1,
        "symbol_variants": 1,
        "numbering_gap": 1,
        "term_conflict": 1,
        "sentence_repeated": 1,
        "quote_unclosed": 1,
        "citation_undated": 1,
        "title_repeated": 1,
        "deadline_weekend": 1,
        "word_missing": 1,
        "misread": 2,
        "letter_d": 1,
        "outdated_term": 3,
        "paragraph_joined": 2,
    }


def test_nothing_is_repaired_and_nothing_is_lost(plan):
    assert "cải cách hành của Ngành" in plan.outline[plan.duties[0].node].text
    kept = "".join("".join(node.source.split()) for node in plan.outline) + "".join(
        "".join(item.text.split()) for item in plan.set_aside
    )
    assert kept == "".join(unicodedata.normalize("NFC", SOURCE).split())


def test_markdown_marks_are_not_shown(plan):
    shown = "\n".join(node.content for node in plan.outline)
    assert "*" not in shown and "<http" not in shown
    assert "http://dichvucong.ninhthuan.gov.vn để tổ chức" in shown


def test_decomposed_text_gives_the_same_reading():
    assert to_json(read_plan(unicodedata.normalize("NFD", SOURCE))) == to_json(read_plan(SOURCE))


def test_the_json_is_plain_and_has_every_field_of_the_format(plan):
    said = json.loads(json.dumps(to_json(plan), ensure_ascii=False))
    assert {
        "agency",
        "parent_agency",
        "symbol",
        "number",
        "date",
        "month",
        "place",
        "title",
        "year",
        "signer",
        "headings",
        "areas",
        "citations",
        "targets",
        "channels",
        "audiences",
        "duties",
        "tasks",
        "recipients",
        "defects",
    } <= set(said)
    assert said["headings"][0] == {"level": "roman", "label": "I", "title": "MỤC ĐÍCH, YÊU CẦU"}
    assert len(said["headings"]) == 18
    assert said["citations"][1] == {
        "key": "05/NQ-TU",
        "type": "Nghị quyết",
        "date": "2021-09-28",
        "issuer": "Ban Thường vụ Tỉnh ủy",
        "mentions": 3,
        "written": ["05-NQ/TU", "05/NQ-TU"],
    }
    assert said["targets"][4] == {
        "index": "PCI",
        "kind": "score_change",
        "value": 0.5,
        "value_max": 1,
        "unit": "điểm",
        "baseline_year": 2021,
        "by_year": None,
        "basis": "843/QĐ-UBND",
    }
    assert said["recipients"][0] == {"name": "UBND tỉnh", "purpose": "B/c"}
    assert said["signer"] == {"title": "GIÁM ĐỐC", "name": "Hà Anh Quang", "authority": ""}
