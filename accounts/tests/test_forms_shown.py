"""What a refused form shows: a summary that leads to each field, the text typed, the reading of numbers."""

from crispy_forms.utils import render_crispy_form

from accounts.forms import CleanCharField, CleanForm, CountField
from accounts.templatetags.portal import error_line


class Task(CleanForm):
    name = CleanCharField(label="Tên nhiệm vụ", max_length=20)
    count = CountField(label="Số lượng")


def test_the_summary_leads_to_the_field_and_nothing_typed_is_lost():
    html = render_crispy_form(Task({"name": "<b>" + "x" * 30, "count": "1.250"}))
    assert 'href="#id_name"' in html
    assert "Tên nhiệm vụ: Tối đa 20 ký tự, hiện có 33. Hãy rút ngắn." in html
    assert "&lt;b&gt;" + "x" * 30 in html
    assert "<b>x" not in html
    assert 'value="1.250"' in html
    assert "Đọc là 1.250 (một nghìn hai trăm năm mươi)." in html


def test_a_form_just_opened_shows_no_summary():
    assert "error-summary" not in render_crispy_form(Task())


def test_a_message_that_names_its_field_is_not_prefixed_again():
    form = Task({"name": "", "count": "x"})
    form.is_valid()
    assert error_line(form["name"], "Nhập tên nhiệm vụ.") == "Nhập tên nhiệm vụ."
    assert error_line(form["count"], "Không đọc được.") == "Số lượng: Không đọc được."
