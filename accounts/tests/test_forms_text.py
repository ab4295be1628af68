"""Text as people paste it; the rows of the list of bad inputs that are about text and links."""

import pytest
from django import forms

from accounts.forms import CleanCharField, CleanForm, CleanModelForm, CleanTextField, CleanUrlField, KeyField
from accounts.models import Notice


class Task(CleanForm):
    name = CleanCharField(label="Tên nhiệm vụ", max_length=200)
    text = CleanTextField(label="Nội dung", required=False)
    link = CleanUrlField(label="Đường dẫn", required=False)


def filled(**fields):
    return Task({"name": "Phát tờ gấp", **fields})


def errors(form, name):
    assert not form.is_valid()
    return form.errors[name]


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "\u00a0\u00a0", "\u200b\u00a0\ufeff", "\n\t"])
def test_what_nobody_can_see_is_blank_and_the_message_names_the_field(typed):
    assert errors(filled(name=typed), "name") == ["Nhập tên nhiệm vụ."]


def test_a_nul_is_refused_in_vietnamese():
    assert errors(filled(name="a\x00b"), "name") == ["Tên nhiệm vụ có ký tự không hợp lệ. Hãy xóa phần đó hoặc gõ lại."]


def test_control_and_zero_width_characters_from_a_pdf_are_removed():
    form = filled(name="Phát\x0b tờ\u200b gấp\x07", text="dòng 1\r\ndòng 2\x01")
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Phát tờ gấp"
    assert form.cleaned_data["text"] == "dòng 1\ndòng 2"


def test_decomposed_letters_are_stored_composed():
    form = filled(name="Tuye\u0302\u0301n")
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Tuy\u1ebfn"


def test_too_long_a_text_is_told_its_length_and_stays_in_the_box():
    typed = "a" * 1_000_000
    form = filled(text=typed)
    assert errors(form, "text") == ["Tối đa 20.000 ký tự, hiện có 1.000.000. Hãy rút ngắn."]
    assert form["text"].value() == typed


def test_the_limit_itself_is_within_it():
    assert filled(name="x" * 200).is_valid()
    assert errors(filled(name="x" * 201), "name") == ["Tối đa 200 ký tự, hiện có 201. Hãy rút ngắn."]


def test_the_browser_is_not_told_to_cut_pasted_text():
    assert "maxlength" not in str(filled()["name"])


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "{{ settings.SECRET_KEY }}", "${7*7}", "=1+1"])
def test_code_is_text_like_any_other(typed):
    form = filled(name=typed)
    assert form.is_valid()
    assert form.cleaned_data["name"] == typed


def test_a_link_without_a_scheme_gets_one():
    form = filled(link="sldtbxh.ninhthuan.gov.vn/tin")
    assert form.is_valid()
    assert form.cleaned_data["link"] == "https://sldtbxh.ninhthuan.gov.vn/tin"


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "ftp://a.vn/x", "file:///etc/passwd", "không có", "https://"])
def test_only_addresses_of_the_web_are_links(typed):
    assert errors(filled(link=typed), "link")[0].startswith("Địa chỉ chưa đúng.")


def test_a_choice_that_is_not_offered_is_refused_by_name():
    class Choice(CleanForm):
        area = forms.ChoiceField(label="Nội dung tuyên truyền", choices=[("a", "a"), ("b", "b")])

    assert errors(Choice({}), "area") == ["Chọn nội dung tuyên truyền."]
    assert errors(Choice({"area": "\x00"}), "area") == [
        "Lựa chọn không có trong danh sách nội dung tuyên truyền. Hãy chọn lại."
    ]


def test_a_form_made_from_a_model_cleans_its_text_too():
    class Message(CleanModelForm):
        class Meta:
            model = Notice
            fields = ["title", "body"]

    form = Message({"title": "\u200b", "body": "a\x01b"})
    assert errors(form, "title") == ["Nhập tiêu đề."]
    assert form.cleaned_data["body"] == "ab"
    assert isinstance(form.fields["body"].widget, forms.Textarea)


def test_abbreviations_in_a_label_keep_their_capitals():
    class Named(CleanForm):
        code = CleanCharField(label="CCCD")

    assert errors(Named({}), "code") == ["Nhập CCCD."]


def test_a_key_that_is_missing_or_wrong_asks_to_load_the_page_again():
    class Keyed(CleanForm):
        key = KeyField()

    assert "tải lại trang" in errors(Keyed({}), "key")[0]
    assert "tải lại trang" in errors(Keyed({"key": "x\x00"}), "key")[0]
    assert Keyed()["key"].value() != Keyed()["key"].value()


def test_extra_fields_of_a_post_are_ignored():
    form = filled(status="approved", unit="7")
    assert form.is_valid()
    assert set(form.cleaned_data) == {"name", "text", "link"}
