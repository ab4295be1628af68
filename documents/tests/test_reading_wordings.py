"""Other offices' words for the same things: owners, deadlines, purposes, areas, documents, tables."""

import pytest

from documents.reading import read_plan

YEAR = "KẾ HOẠCH\nTuyên truyền cải cách hành chính năm 2024\n"


def duty(sentence):
    found = read_plan(f"{YEAR}V. TỔ CHỨC THỰC HIỆN\n1. {sentence}").duties
    return [(d.who, d.instant and d.instant.date().isoformat(), d.recurrence, d.to) for d in found]


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        (
            "Giao Phòng Nội vụ đôn đốc; báo cáo UBND huyện chậm nhất ngày 25 của tháng cuối quý.",
            ("Phòng Nội vụ", None, "quarterly", "UBND huyện"),
        ),
        (
            "Các xã, phường gửi báo cáo về Phòng Nội vụ trước ngày 10/12 hằng năm.",
            ("Các xã, phường", "2024-12-09", "yearly", "Phòng Nội vụ"),
        ),
        (
            "Các khoa, phòng báo cáo kết quả về Sở định kỳ 6 tháng, năm.",
            ("Các khoa, phòng", None, "half_yearly", "Sở"),
        ),
        (
            "Văn phòng Sở tham mưu báo cáo quý trước ngày 15 tháng cuối quý gửi Sở Nội vụ.",
            ("Văn phòng Sở", None, "quarterly", "Sở Nội vụ"),
        ),
        (
            "Đề nghị Đoàn Thanh niên phát động viết tin, bài, mỗi tháng ít nhất 01 bài.",
            ("Đoàn Thanh niên", None, "monthly", None),
        ),
        (
            "Các sở, ban, ngành; UBND các huyện căn cứ Kế hoạch này triển khai trước ngày 31 tháng 01 năm 2024.",
            ("Các sở, ban, ngành; UBND các huyện", "2024-01-30", None, None),
        ),
        (
            "Văn phòng Sở: chủ trì hội nghị trong quý II và quý IV năm 2024.",
            ("Văn phòng Sở", "2024-12-31", None, None),
        ),
        (
            "Phòng Văn hóa mở chuyên mục từ tháng 3 đến tháng 10 năm 2024.",
            ("Phòng Văn hóa", "2024-10-31", None, None),
        ),
    ],
    ids=range(8),
)
def test_duties_in_many_wordings(sentence, read):
    assert duty(sentence) == [read]


def test_a_closing_paragraph_is_no_duty_of_the_unit_before_it():
    plan = read_plan(
        f"{YEAR}V. TỔ CHỨC THỰC HIỆN\n1. Văn phòng Sở\na) Xây dựng kế hoạch.\nPhân công cụ thể tại Phụ lục kèm theo."
    )
    assert [d.what for d in plan.duties] == ["Xây dựng kế hoạch"]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Công tác quán triệt, chỉ đạo, điều hành", "leadership"),
        ("Xây dựng và hoàn thiện hệ thống pháp luật", "institutions"),
        ("Cắt giảm, đơn giản hóa thủ tục hành chính, thực hiện cơ chế một cửa", "procedures"),
        ("Sắp xếp, tinh gọn bộ máy, đẩy mạnh phân cấp", "apparatus"),
        ("Xây dựng và nâng cao chất lượng đội ngũ CBCCVC", "civil-service"),
        ("Đổi mới cơ chế tài chính đối với đơn vị sự nghiệp", "public-finance"),
        ("Ứng dụng CNTT và chuyển đổi số", "e-government"),
        ("Hiện đại hóa nền hành chính", "e-government"),
        ("Xây dựng chính quyền điện tử, chính quyền số", "e-government"),
    ],
)
def test_areas_in_the_words_of_every_programme(heading, code):
    other = "Cải cách tài chính công" if code != "public-finance" else "Cải cách thể chế"
    plan = read_plan(f"{YEAR}II. NỘI DUNG\n1. {other}\n- Một.\n2. {heading}\n- Hai.")
    assert plan.areas[1].code == code


def test_areas_under_dashes_with_their_text_behind_the_colon():
    plan = read_plan(f"{YEAR}II. NỘI DUNG\n- Về cải cách thể chế: rà soát văn bản.\n- Về tài chính công: công khai.")
    assert [(a.letter, a.code, a.title, a.items) for a in plan.areas] == [
        ("", "institutions", "Về cải cách thể chế", ("rà soát văn bản.",)),
        ("", "public-finance", "Về tài chính công", ("công khai.",)),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nghị quyết 76/NQ-CP ngày 15-7-2021 của Chính phủ", ("76/NQ-CP", "Nghị quyết", "2021-07-15", "Chính phủ")),
        ("Quyết định số: 468/QĐ-TTg", ("468/QĐ-TTg", "Quyết định", None, None)),
        ("Luật Tổ chức Chính phủ số 63/2025/QH15", ("63/2025/QH15", "Luật", None, None)),
        ("Bộ luật Lao động số 45/2019/QH14", ("45/2019/QH14", "Bộ luật", None, None)),
        ("Kết luận số 01-KL/TW ngày 18.5.2021", ("01/KL-TW", "Kết luận", "2021-05-18", None)),
        ("Quy định số 37-QĐ/TW", ("37/QĐ-TW", "Quy định", None, None)),
    ],
)
def test_documents_in_many_spellings(text, found):
    (cited,) = read_plan(f"{YEAR}Thực hiện {text};").citations
    assert (cited.key, cited.type, cited.date and cited.date.isoformat(), cited.issuer) == found


def test_one_issuer_named_for_several_documents():
    plan = read_plan(
        f"{YEAR}- Nghị định số 1/2020/NĐ-CP và Nghị định số 2/2021/NĐ-CP của Chính phủ.\n"
        "- Các Thông tư của Bộ Nội vụ: số 3/2022/TT-BNV ngày 01/3/2022 và số 4/2022/TT-BNV."
    )
    assert [c.issuer for c in plan.citations] == ["Chính phủ", "Chính phủ", "Bộ Nội vụ", "Bộ Nội vụ"]


def test_purposes_of_recipients_in_any_abbreviation():
    plan = read_plan(
        f"{YEAR}I. MỤC ĐÍCH\nNâng cao.\nNơi nhận:\n- UBND tỉnh (để b/c);\n- Sở Nội vụ (ph/h);\n- Như Điều 3;\n"
        "- Các phòng (để th/h);\n- Sở Tài chính: p/h;\n- Lưu: VT, VP(05b).\n"
        "K/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\nBSCKII. Lê Tám"
    )
    assert [(one.name, one.purpose) for one in plan.recipients] == [
        ("UBND tỉnh", "để b/c"), ("Sở Nội vụ", "ph/h"), ("Như Điều 3", None), ("Các phòng", "để th/h"),
        ("Sở Tài chính", "p/h"), ("Lưu: VT, VP(05b)", None),
    ]  # fmt: skip
    assert (plan.signer.authority, plan.signer.title) == ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")


def test_a_table_whose_columns_only_spaces_part():
    plan = read_plan(f"""{YEAR}
III. NHIỆM VỤ
TT    Nội dung                     Sản phẩm          Cơ quan        Cơ quan            Thời gian
                                                     chủ trì        phối hợp           thực hiện
I     Truyền thông
1     Tổ chức hội nghị tập huấn    01 hội nghị       Văn phòng Sở   Các phòng, đơn     Quý II
      nghiệp vụ                                                     vị; Thanh tra Sở
                                   3
2     Phát tờ rơi                  500 tờ            Thanh tra Sở   Văn phòng Sở       Tháng 9
IV. TỔ CHỨC THỰC HIỆN
1. Văn phòng Sở theo dõi.
""")
    assert [(t.group, t.title, t.product, t.lead, t.support, t.time) for t in plan.tasks] == [
        ("Truyền thông", "Tổ chức hội nghị tập huấn nghiệp vụ", "01 hội nghị", "Văn phòng Sở",
         ["Các phòng, đơn vị", "Thanh tra Sở"], "Quý II"),
        ("Truyền thông", "Phát tờ rơi", "500 tờ", "Thanh tra Sở", ["Văn phòng Sở"], "Tháng 9"),
    ]  # fmt: skip
    assert [node.label for node in plan.headings] == ["III", "IV", "1"]
