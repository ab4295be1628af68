"""Where the name of a unit ends: by its form and by what the document calls a unit, with verbs that no list holds."""

import pytest

from documents.reading.subjects import names_in, split_subject, split_unknown


@pytest.mark.parametrize(
    "sentence",
    [
        "Giao Phòng Tài chính - Kế hoạch | rót kinh phí kịp thời cho các đơn vị.",
        "Sở Văn hóa, Thể thao và Du lịch | phủ pa nô tại 12 cửa ngõ.",
        "Ban Xây dựng Đảng phường | lồng nội dung vào sinh hoạt chi bộ.",
        "Công chức Văn hóa - Xã hội | chắp bút bài viết gửi Trang thông tin điện tử.",
        "Các đơn vị được giao nhiệm vụ tại Phụ lục kèm theo | gửi kết quả về Văn phòng Sở.",
        "Viện Kiểm sát nhân dân huyện | bố cáo lịch tiếp dân.",
        "Trưởng các khoa, phòng, trung tâm | phân vai từng người, gửi danh sách về Phòng Hành chính.",
        "Bộ phận Tiếp nhận và Trả kết quả | mời công dân quét mã QR.",
        "Trung tâm Đăng ký đất đai | gắn bảng hướng dẫn tại 11 chi nhánh.",
        "Thủ trưởng các cơ quan, đơn vị | ký cam kết.",
        "Đồn Biên phòng Lũng Cú | nói chuyện với bà con vào phiên chợ.",
        "Thanh tra Sở | chất vấn đột xuất công chức trực.",
    ],
)
def test_a_name_ends_where_its_form_ends(sentence):
    who, what = (part.strip() for part in sentence.split("|"))
    assert split_subject(f"{who} {what}") == (who.removeprefix("Giao "), what)


@pytest.mark.parametrize("sentence", ["Vườn Quốc gia Ba Bể | đón 02 đoàn.", "Nông trường Sao Vàng | nhắc công nhân."])
def test_somebody_of_an_unknown_kind_is_found_by_a_proper_name(sentence):
    who, what = (part.strip() for part in sentence.split("|"))
    assert split_unknown(f"{who} {what}") == (who, what)


def test_a_name_that_the_document_lists_is_taken_whole():
    sentence = "Tổ công nghệ số cộng đồng chia ca hỗ trợ người dân."
    names = names_in(["Tổ công nghệ số cộng đồng"], [])
    assert split_subject(sentence, names) == ("Tổ công nghệ số cộng đồng", "chia ca hỗ trợ người dân.")


@pytest.mark.parametrize("sentence", ["Kinh phí thực hiện do ngân sách bảo đảm.", "Trên đây là Kế hoạch năm 2022."])
def test_a_thing_is_nobody(sentence):
    assert split_unknown(sentence) is None
