"""Many results typed or pasted as a table: all or none, and nothing twice."""

import uuid
from datetime import date

import pytest

from plans.models import ClosedWindow
from propaganda.models import Result

MANY = "/ket-qua/nhieu/"
KEY = str(uuid.UUID(int=7))


@pytest.fixture
def person(sign_in):
    return sign_in("ldvl.soan")


@pytest.fixture
def row(lists):
    """`row(title=…)` is what a filled row sends."""

    def filled(**changed) -> dict:
        return {
            "id": "", "happened_on": "01/03/2022", "title": "Phát tờ gấp tại bộ phận một cửa", "area": lists.area.pk,
            "channel": lists.channel.pk, "audience": lists.audience.pk, "indicator": lists.leaflets.pk,
            "quantity": "1.200",
        } | changed  # fmt: skip

    return filled


def sent(*rows: dict, key: str = KEY, **more) -> dict:
    data = {"key": key} | more
    for number, values in enumerate(rows):
        data |= {f"rows-{number}-{name}": value for name, value in values.items()}
    return data


def test_filled_rows_become_results_and_blank_ones_are_left_out(person, row, cast):
    rows = [
        row(),
        {"id": "", "title": ""},
        row(title="Phát tại chợ", quantity="300", participants="20", money="2tr", reach="1.500", note="Chợ phiên."),
    ]
    assert person.post(MANY, sent(*rows)).status_code == 302
    first, second = Result.objects.order_by("pk")
    assert (first.title, first.quantities.get().value) == ("Phát tờ gấp tại bộ phận một cửa", 1200)
    assert (second.participants, second.money, second.unit) == (20, 2_000_000, cast.units["ldvl"])
    assert (first.reach, first.note, second.reach, second.note) == (None, "", 1500, "Chợ phiên.")
    assert second.happened_on == date(2022, 3, 1)


def test_what_the_plan_says_needs_no_typing(person, activity, lists):
    person.post(MANY, sent({"id": "", "happened_on": "9/3/2022", "activity": activity.pk, "quantity": "500"}))
    result = Result.objects.get()
    assert (result.title, result.channel, result.activity) == (activity.title, activity.channel, activity)
    assert result.quantities.get().indicator == lists.leaflets


def test_sent_twice_the_rows_are_recorded_once(person, row):
    rows = sent(row(), row(title="Phát tại chợ"))
    person.post(MANY, rows)
    page = person.post(MANY, rows, follow=True).content.decode()
    assert Result.objects.count() == 2
    assert "0 kết quả mới" in page


def test_after_going_back_only_what_is_new_is_recorded(person, row):
    person.post(MANY, sent(row(), row(title="Phát tại chợ")))
    person.post(MANY, sent(row(), row(title="Phát tại chợ"), row(title="Phát tại trường")))
    assert Result.objects.count() == 3


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"quantity": "1,234"}, "Dòng 2, số lượng: “1,234” đọc được hai cách"),
        ({"happened_on": "31/02/2022"}, "Dòng 2: Không có ngày 31/02/2022"),
        ({"happened_on": "11/03/2022"}, "sau hôm nay"),
        ({"channel": ""}, "Dòng 2: Chọn hình thức."),
        ({"title": "\u200b"}, "Dòng 2: Nhập việc đã làm."),
        ({"quantity": ""}, "Nhập số lượng của chỉ tiêu này"),
        ({"indicator": ""}, "Chọn chỉ tiêu cho số lượng này"),
        ({"area": "9" * 30}, "Lựa chọn không có"),
        ({"title": "a\x00b"}, "ký tự không hợp lệ"),
        ({"links": "javascript:alert(1)"}, "Địa chỉ chưa đúng"),
        ({"money": "NaN"}, "Dòng 2, kinh phí"),
    ],
)
def test_one_wrong_cell_is_named_and_nothing_is_stored(person, row, changed, words):
    page = person.post(MANY, sent(row(), row(title="Phát tại chợ") | changed))
    assert page.status_code == 200
    assert words in page.content.decode()
    assert "Phát tờ gấp tại bộ phận một cửa</textarea>" in page.content.decode()
    assert not Result.objects.exists()


def test_a_number_of_another_channel_is_refused(person, row, lists):
    page = person.post(MANY, sent(row(indicator=lists.articles.pk))).content.decode()
    assert "chỉ ghi với hình thức" in page
    assert not Result.objects.exists()


def test_two_rows_alike_are_asked_about(person, row):
    assert "Giống hệt dòng 1" in person.post(MANY, sent(row(), row())).content.decode()
    assert not Result.objects.exists()


def test_an_empty_table_says_what_to_do(person, lists):
    assert "Chưa có dòng nào được điền" in person.post(MANY, sent({"id": ""})).content.decode()
    assert "Mã gửi" in person.post(MANY, sent({"id": ""}, key="x")).content.decode()


def test_the_button_adds_a_row_without_javascript(person, row):
    page = person.post(MANY, sent(row(), **{"rows-them": "1"}))
    assert len(page.context["rows"].rows) == 2
    assert not Result.objects.exists()


def test_rows_of_a_reported_window_are_kept_as_supplements_and_the_person_is_told(person, row, cast, at):
    ClosedWindow.objects.create(
        unit=cast.units["ldvl"], starts=date(2021, 12, 15), ends=date(2022, 2, 28), closed_at=at(2022, 3, 1)
    )
    rows = sent(row(), row(title="Phát tại chợ", happened_on="27/2/2022"))
    page = person.post(MANY, rows, follow=True).content.decode()
    assert "1 kết quả thuộc kỳ đã nộp báo cáo" in page
    assert list(Result.objects.order_by("pk").values_list("supplement", flat=True)) == [False, True]


def test_a_unit_that_is_not_ones_own_is_no_choice(person, row, cast):
    person.post(MANY, sent(row(), unit=cast.units["khtc"].pk))
    assert Result.objects.get().unit == cast.units["ldvl"]


def test_a_stored_result_of_another_unit_does_not_open(person, row, result_of):
    other = result_of("khtc")
    page = person.post(MANY, sent(row(id=other.pk, version="1", title="Sửa hộ")))
    assert page.status_code == 409
    other.refresh_from_db()
    assert other.title != "Sửa hộ"


def test_more_blank_rows_ask_no_more(person, row, lists, django_assert_max_num_queries):
    person.post(MANY, sent({"id": ""}))
    with django_assert_max_num_queries(40) as few:
        person.post(MANY, sent(row(quantity="x")))
    with django_assert_max_num_queries(len(few)):
        person.post(MANY, sent(*[row(quantity="x", title=f"Việc {number}") for number in range(30)]))
