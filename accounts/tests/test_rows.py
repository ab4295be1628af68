"""Rows edited as a table: what is stored, what is refused, what the buttons do without JavaScript."""

import re

import pytest
from django import forms
from django.conf import settings
from django.db import connection
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from accounts.forms import CleanCharField, CleanForm, CleanTextField, CountField, VietnameseDateField
from accounts.models import Agency, Unit
from accounts.rows import Rows

pytestmark = pytest.mark.django_db


class DutyRow(CleanForm):
    title = CleanCharField(label="Tên việc", max_length=40)
    unit = forms.ModelChoiceField(Unit.objects.all(), label="Đơn vị", required=False, empty_label="Cả Sở")
    agency = forms.ModelChoiceField(Agency.objects.all(), label="Cơ quan", required=False)
    quantity = CountField(label="Số lượng", required=False)
    due = VietnameseDateField(label="Hạn", required=False)
    note = CleanTextField(label="Ghi chú", required=False)


class DutyRows(Rows):
    form, most, noun = DutyRow, 5, "việc"


class Duty:
    """Stands for a stored object: what Rows asks of a model's instance."""

    def __init__(self, pk, title, version=1, **values):
        self.pk, self.title, self.version = pk, title, version
        self.unit_id = self.agency_id = self.quantity = self.due = None
        self.note = ""
        self.__dict__.update(values)

    def serializable_value(self, name):
        return getattr(self, f"{name}_id" if name in ("unit", "agency") else name)


def sent(*rows: dict, **buttons) -> QueryDict:
    """What a browser sends of these rows, in this order; `number` is the row's own."""
    data = QueryDict(mutable=True)
    for at, row in enumerate(rows):
        number = row.pop("number", at)
        for name, value in ({"id": "", "title": ""} | row).items():
            data[f"rows-{number}-{name}"] = value
    for name, value in buttons.items():
        data[f"rows-{name}"] = value
    return data


def html(rows: Rows) -> str:
    return render_to_string("components/rows.html", {"rows": rows, "title": "Việc"})


def titles(rows: Rows) -> list[str]:
    return re.findall(r'<input type="text"[^>]*-title"[^>]*value="([^"]*)"', html(rows).split("<template>")[0])


def test_new_changed_and_removed_rows_are_told_apart():
    stored = [Duty(7, "Một"), Duty(8, "Hai"), Duty(9, "Ba", quantity=1250)]
    rows = DutyRows(
        sent(
            {"id": "9", "version": "1", "title": "Ba", "quantity": "1.250"},
            {"id": "7", "version": "1", "title": "Một, sửa"},
            {"id": "8", "version": "1", "title": "Hai", "xoa": "on"},
            {"title": "Bốn"},
            {"title": " "},
        ),
        stored=stored,
    )
    assert rows.is_valid()
    assert [(row.position, row.stored and row.stored.pk, row.cleaned_data["title"]) for row in rows.kept] == [
        (1, 9, "Ba"),
        (2, 7, "Một, sửa"),
        (4, None, "Bốn"),
    ]
    assert [row.has_changed() for row in rows.kept] == [False, True, True]
    assert [duty.pk for duty in rows.removed] == [8]
    assert rows.status == 200


def test_a_list_to_choose_from_gives_the_object(cast):
    unit = Unit.objects.last()
    rows = DutyRows(sent({"title": "Một", "unit": unit.pk}, {"title": "Hai", "unit": ""}))
    assert rows.is_valid()
    assert [row.cleaned_data["unit"] for row in rows.kept] == [unit, None]


def test_a_choice_outside_the_list_is_refused_where_it_stands():
    rows = DutyRows(sent({"title": "Một", "unit": "999999"}))
    assert not rows.is_valid()
    assert [(fault.target, fault.words) for fault in rows.faults] == [
        ("id_rows-0-unit", "Dòng 1: Lựa chọn không có trong danh sách đơn vị. Hãy chọn lại.")
    ]


def test_faults_name_row_and_column_and_keep_what_was_typed():
    rows = DutyRows(sent({"title": "Một"}, {"title": "", "quantity": "hai nghìn"}))
    assert not rows.is_valid()
    first, second = rows.faults
    assert (first.target, first.words) == ("id_rows-1-title", "Dòng 2: Nhập tên việc.")
    assert second.target == "id_rows-1-quantity"
    assert second.words.startswith("Dòng 2, số lượng: ")
    page = html(rows)
    assert '<a href="#id_rows-1-title">Dòng 2: Nhập tên việc.</a>' in page
    assert 'value="hai nghìn"' in page
    assert page.count('aria-invalid="true"') == 2


def test_what_was_read_of_a_number_is_said_back():
    rows = DutyRows(sent({"title": "", "quantity": "1.250"}))
    rows.is_valid()
    assert "Đọc là 1.250 (một nghìn hai trăm năm mươi)." in html(rows)


def test_a_stored_row_made_blank_is_a_fault_not_a_removal():
    rows = DutyRows(sent({"id": "7", "version": "1", "title": ""}), stored=[Duty(7, "Một")])
    assert not rows.is_valid()
    assert rows.removed == []


def test_a_removed_row_is_not_checked():
    rows = DutyRows(sent({"id": "7", "version": "1", "title": "", "xoa": "on"}), stored=[Duty(7, "Một")])
    assert rows.is_valid()


def test_adding_a_row_keeps_what_was_typed_and_complains_of_nothing():
    rows = DutyRows(sent({"title": "Một", "quantity": "chín"}, them="1"))
    assert not rows.is_valid()
    page = html(rows)
    assert titles(rows) == ["Một", ""]
    assert 'value="chín"' in page
    assert "error-summary" not in page
    assert re.search(r'id="id_rows-1-title"[^>]* autofocus', page)


def test_a_row_moves_by_its_buttons():
    one, two, three = ({"title": title} for title in ("Một", "Hai", "Ba"))
    assert titles(DutyRows(sent(dict(one), dict(two), dict(three), len="2"))) == ["Một", "Ba", "Hai"]
    assert titles(DutyRows(sent(dict(one), dict(two), dict(three), xuong="0"))) == ["Hai", "Một", "Ba"]
    assert titles(DutyRows(sent(dict(one), dict(two), dict(three), len="0"))) == ["Một", "Hai", "Ba"]
    assert titles(DutyRows(sent(dict(one), dict(two), dict(three), xuong="77"))) == ["Một", "Hai", "Ba"]


def test_rows_stand_in_the_order_in_which_the_page_had_them():
    rows = DutyRows(sent({"number": 12, "title": "Một"}, {"number": 3, "title": "Hai"}))
    assert rows.is_valid()
    assert [(row.position, row.cleaned_data["title"]) for row in rows.kept] == [(1, "Một"), (2, "Hai")]


def test_too_many_rows_are_refused_in_words_and_none_is_lost():
    rows = DutyRows(sent(*({"title": f"Việc {number}"} for number in range(7))))
    assert not rows.is_valid()
    assert [fault.words for fault in rows.faults] == ["Tối đa 5 việc. Hãy xóa bớt 2 dòng."]
    assert len(titles(rows)) == 7


def test_a_full_list_takes_no_further_row():
    rows = DutyRows(sent(*({"title": f"Việc {number}"} for number in range(5)), them="1"))
    assert len(titles(rows)) == 5
    assert "Tối đa 5 việc." in html(rows)


def test_a_row_changed_by_somebody_else_shows_both_texts_and_the_next_sending_counts():
    stored = [Duty(7, "Bản của chị Hoa", version=2)]
    rows = DutyRows(sent({"id": "7", "version": "1", "title": "Bản của tôi"}), stored=stored)
    assert not rows.is_valid()
    assert rows.status == 409
    page = html(rows)
    assert "Bản đang lưu: Bản của chị Hoa" in page
    assert titles(rows) == ["Bản của tôi"]
    assert 'name="rows-0-version" value="2"' in page
    again = DutyRows(sent({"id": "7", "version": "2", "title": "Bản của tôi"}), stored=stored)
    assert again.is_valid()


def test_adding_a_row_does_not_hide_that_somebody_changed_another():
    stored = [Duty(7, "Bản của chị Hoa", version=2)]
    rows = DutyRows(sent({"id": "7", "version": "1", "title": "Bản của tôi"}, them="1"), stored=stored)
    assert 'name="rows-0-version" value="1"' in html(rows)


def test_a_row_whose_object_is_gone_becomes_a_new_one_when_sent_again():
    rows = DutyRows(sent({"id": "7", "version": "1", "title": "Một"}))
    assert not rows.is_valid()
    assert rows.status == 409
    assert "Có người vừa xóa dòng này." in html(rows)
    assert 'name="rows-0-id" value=""' in html(rows)


def test_one_object_is_not_stored_twice():
    row = {"id": "7", "version": "1", "title": "Một"}
    rows = DutyRows(sent(dict(row), dict(row)), stored=[Duty(7, "Một")])
    assert not rows.is_valid()


def test_an_object_that_the_form_does_not_name_is_left_alone():
    rows = DutyRows(sent({"id": "7", "version": "1", "title": "Một"}), stored=[Duty(7, "Một"), Duty(8, "Hai")])
    assert rows.is_valid()
    assert [row.stored.pk for row in rows.kept] == [7]
    assert rows.removed == []


def test_a_list_just_opened_has_its_rows_and_a_blank_one():
    rows = DutyRows(stored=[Duty(7, "Một", quantity=1250)])
    assert not rows.is_valid()
    assert titles(rows) == ["Một", ""]
    assert 'value="1.250"' in html(rows)


def test_a_full_list_opens_without_a_blank_row():
    assert len(titles(DutyRows(stored=[Duty(number, "Một") for number in range(5)]))) == 5


def test_what_was_typed_is_escaped():
    rows = DutyRows(sent({"title": '"><script>', "note": "</textarea><b>"}, them="1"))
    assert "<script>" not in html(rows).replace("<script src=", "")
    assert "</textarea><b>" not in html(rows)


def test_each_box_is_named_by_its_column_and_its_row():
    page = html(DutyRows(stored=[Duty(7, "Một")]))
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    for names in re.findall(r'aria-labelledby="([^"]+)"', page):
        assert set(names.split()) <= ids
    boxes = re.findall(r"<(?:input|select|textarea)(?![^>]*hidden)[^>]*>", page)
    assert all("aria-labelledby" in box for box in boxes)


@pytest.mark.parametrize("bound", [False, True], ids=["opened", "sent"])
def test_one_row_and_forty_ask_the_database_the_same(cast, bound):
    unit = Unit.objects.first()

    class Many(DutyRows):
        most = 60

    def queries(count: int) -> int:
        stored = [Duty(number, "Một", unit_id=unit.pk) for number in range(1, count + 1)]
        lines = [{"id": row.pk, "version": "1", "title": "Sửa", "unit": unit.pk} for row in stored]
        with CaptureQueriesContext(connection) as found:
            rows = Many(sent(*lines) if bound else None, stored=stored)
            rows.is_valid()
            html(rows)
        return len(found)

    assert queries(1) == queries(40) == 2  # units and agencies, once


def test_the_longest_list_fits_what_the_server_takes_of_one_form():
    columns = 12 + 3  # of its own: id, version, mark of removal
    assert Rows.most * columns < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
