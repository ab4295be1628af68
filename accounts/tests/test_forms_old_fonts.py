"""A text typed in a font of before Unicode: said, read out, put into the box converted; nothing is stored unseen."""

import pytest

from accounts.forms import CleanCharField, CleanForm, CleanTextField
from documents.legacy import from_old_font

TCVN3 = "Tuyªn truyÒn c¶i c¸ch hµnh chÝnh n¨m 2024"
VNI = "Tuyeân truyeàn caûi caùch haønh chính naêm 2024"
READ = "Tuyên truyền cải cách hành chính năm 2024"


class Plan(CleanForm):
    title = CleanCharField(label="Tên nhiệm vụ", max_length=300)
    note = CleanTextField(label="Ghi chú", required=False)


@pytest.mark.parametrize("typed", [TCVN3, VNI])
def test_it_is_said_with_how_it_reads_and_the_next_sending_takes_what_the_box_then_holds(typed):
    form = Plan({"title": typed, "note": "Giữ nguyên"})
    assert not form.is_valid()
    [message] = form.errors["title"]
    assert "Tên nhiệm vụ gõ bằng phông cũ" in message
    assert READ in message and typed in message
    assert form["title"].value() == READ
    assert form["note"].value() == "Giữ nguyên"
    assert Plan({"title": form["title"].value()}).is_valid()


def test_a_form_with_a_prefix_puts_it_into_its_own_box():
    form = Plan({"a-title": TCVN3}, prefix="a")
    assert not form.is_valid()
    assert form["title"].value() == READ


@pytest.mark.parametrize(
    "text",
    [
        READ, "Toà nhà", "Hoà", "hoà giải, cá, bé, tòa án", "KE HOACH", "Müller, Françoise và Škoda", "100 µm ± 5 %",
        "Sao chép: © 2022 ® ™", "§ 1 Điều 5", "São Tomé, Curaçao, Åland, Malmö và Genève: công tác tuyên truyền", "",
        "§ ® ©", "ñ",
    ],
)  # fmt: skip
def test_todays_text_is_left_alone(text):
    assert from_old_font(text) is None
