"""What people type wrongly into a unit plan: our own page, the field named, a way out, the text still there."""

from datetime import date

import pytest
from django.urls import reverse

from accounts import clock
from plans.models import Activity
from plans.tests.factories import filled_unit_plan, issued_plan, line_of, unit_plan_of
from plans.tests.test_unit_plan_conflicts import TEXTS, line_form


@pytest.fixture
def plan(cast, settings, at):
    settings.DEMO = True
    clock.set_demo(at(2022, 2, 22, 9))
    return issued_plan(cast)


@pytest.fixture
def writer(client, cast):
    client.force_login(cast.editor("ldvl"))
    return client


@pytest.fixture
def sample(plan):
    """A line of another unit whose values fill the form."""
    return line_of(unit_plan_of(plan, "btxh"))


def _add(writer, plan, data):
    return writer.post(reverse("activity_add", args=[unit_plan_of(plan, "ldvl").pk]), data)


BAD = [
    ("title", "", "Nhập tên nhiệm vụ."),
    ("title", "   ", "Nhập tên nhiệm vụ."),
    ("title", "\u200b", "Nhập tên nhiệm vụ."),
    ("title", "\xa0\n", "Nhập tên nhiệm vụ."),
    ("title", "Phát\x00tờ gấp", "ký tự không hợp lệ"),
    ("title", "a" * 501, "Tối đa 500 ký tự, hiện có 501."),
    ("title", "ô" * 1_000_000, "Tối đa 500 ký tự, hiện có 1.000.000."),
    ("person", "", "Nhập người thực hiện."),
    ("person", "b" * 151, "Tối đa 150 ký tự, hiện có 151."),
    ("product", "c" * 301, "Tối đa 300 ký tự, hiện có 301."),
    ("product", "x\x00y", "ký tự không hợp lệ"),
    ("area", "", "Chọn nội dung."),
    ("area", "999999", "Lựa chọn không có trong danh sách nội dung."),
    ("channel", "x", "Lựa chọn không có trong danh sách hình thức."),
    ("channel", "", "Chọn hình thức."),
    ("audience", "9" * 30, "Lựa chọn không có trong danh sách đối tượng."),
    ("audience", "1' OR '1'='1", "Lựa chọn không có trong danh sách đối tượng."),
    ("indicator", "", "Chọn chỉ tiêu để biết số lượng"),
    ("indicator", "7\x00", "Chỉ tiêu có ký tự không hợp lệ."),
    ("span", "m13", "Lựa chọn không có trong danh sách thời gian."),
    ("span", "m5", "không cả hai"),
    ("starts", "", "Chọn tháng, quý, hoặc nhập từ ngày."),
    ("starts", "31/02/2022", "Không có ngày 31/02/2022"),
    ("starts", "29/02/2022", "Không có ngày 29/02/2022"),
    ("starts", "27/02/20226", "Năm trong “27/02/20226”"),
    ("starts", "02/27/2022", "Không có ngày 02/27/2022"),
    ("starts", "hôm nay", "Không đọc được ngày “hôm nay”"),
    ("starts", "01/03/2021", "Kế hoạch này của năm 2022."),
    ("starts", "01/01/\x002022", "ký tự không hợp lệ"),
    ("ends", "28/02/2022", "Đến ngày phải bằng hoặc sau từ ngày (01/03/2022)."),
    ("ends", "01/01/2023", "Kế hoạch này của năm 2022."),
    ("quantity", "-3", "Số lượng"),
    ("quantity", "1,5", "Số lượng"),
    ("quantity", "1,234", "Số lượng"),
    ("quantity", "1,234.5", "Số lượng"),
    ("quantity", "1e5", "Số lượng"),
    ("quantity", "NaN", "Số lượng"),
    ("quantity", "0x10", "Số lượng"),
    ("quantity", "9" * 40, "Số lượng"),
    ("quantity", "2147483648", "Tối đa 2.147.483.647"),
    ("quantity", "nhiều", "Số lượng"),
    ("money", "-5 triệu", "Kinh phí"),
    ("money", "1,234.5", "Kinh phí"),
    ("money", "1e9", "Kinh phí"),
    ("money", "9" * 40, "Kinh phí"),
    ("money", "năm triệu", "Kinh phí"),
    ("money", "1000000000000000", "Kinh phí (đồng): Số quá dài: tối đa 15 chữ số."),
]


@pytest.mark.parametrize(("field", "value", "words"), BAD, ids=[f"{field}={value[:12]!r}" for field, value, _ in BAD])
def test_a_wrong_value_is_named_and_nothing_is_stored(field, value, words, plan, writer, sample):
    data = line_form(sample, title="Tên vẫn còn đây") | {field: value}
    response = _add(writer, plan, data)
    text = response.content.decode()
    assert response.status_code == 200
    assert words in text
    assert f'href="#id_{field}"' in text  # the summary leads to the field
    assert response.context["form"].data[field] == value
    if field != "title":
        assert "Tên vẫn còn đây" in text
    assert not Activity.objects.filter(unit_plan__unit__code="ldvl").exists()
    assert unit_plan_of(plan, "ldvl").state == "not_started"


def test_several_mistakes_are_told_at_once(plan, writer):
    text = _add(writer, plan, {}).content.decode()
    for words in ("Chọn nội dung.", "Nhập tên nhiệm vụ.", "Chọn hình thức.", "Nhập người thực hiện.", "từ ngày"):
        assert words in text


GOOD = [
    ({"money": "5 triệu"}, {"money": 5_000_000}),
    ({"money": "5tr"}, {"money": 5_000_000}),
    ({"money": "5.000.000đ"}, {"money": 5_000_000}),
    ({"money": "1,5 tỷ"}, {"money": 1_500_000_000}),
    ({"money": "0"}, {"money": 0}),
    ({"money": ""}, {"money": None}),
    ({"quantity": "1.234"}, {"quantity": 1234}),
    ({"quantity": "0"}, {"quantity": 0}),
    ({"quantity": ""}, {"quantity": None}),
    ({"starts": "03/02/2022", "ends": "4-2-22"}, {"starts": date(2022, 2, 3), "ends": date(2022, 2, 4)}),
    ({"starts": "2022-02-27", "ends": "27.2.2022"}, {"starts": date(2022, 2, 27), "ends": date(2022, 2, 27)}),
    ({"starts": "05/04/2022", "ends": ""}, {"starts": date(2022, 4, 5), "ends": date(2022, 4, 5)}),
    ({"span": "m2", "starts": "", "ends": ""}, {"starts": date(2022, 2, 1), "ends": date(2022, 2, 28)}),
    ({"span": "q3", "starts": "", "ends": ""}, {"starts": date(2022, 7, 1), "ends": date(2022, 9, 30)}),
    ({"span": "y", "starts": "", "ends": ""}, {"starts": date(2022, 1, 1), "ends": date(2022, 12, 31)}),
    ({"title": "Tuye\u0302\u0301n  đường"}, {"title": "Tuyến đường"}),
    ({"title": "Ti\x07êu đề\x02 dán"}, {"title": "Tiêu đề dán"}),
    ({"title": "=1+1"}, {"title": "=1+1"}),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "stored"), GOOD, ids=[str(typed) for typed, _ in GOOD])
def test_what_people_write_is_understood(typed, stored, plan, writer, sample):
    assert _add(writer, plan, line_form(sample) | typed).status_code == 302
    line = Activity.objects.get(unit_plan__unit__code="ldvl")
    assert {name: getattr(line, name) for name in stored} == stored


def test_money_is_said_back_after_saving(plan, writer, sample):
    url = reverse("activity_add", args=[unit_plan_of(plan, "ldvl").pk])
    text = writer.post(url, line_form(sample, money="5 triệu"), follow=True).content.decode()
    assert "Kinh phí: 5.000.000 đồng." in text


def test_money_is_said_back_beside_another_mistake(plan, writer, sample):
    text = _add(writer, plan, line_form(sample, money="5 triệu", title="")).content.decode()
    assert "Đọc là 5.000.000 đồng (năm triệu đồng)." in text
    assert 'value="5 triệu"' in text


def test_a_whole_quarter_comes_back_as_a_quarter(plan, writer):
    unit_plan = filled_unit_plan(plan)
    line = line_of(unit_plan, starts=date(2022, 4, 1), ends=date(2022, 6, 30))
    form = writer.get(reverse("activity_edit", args=[unit_plan.pk, line.pk])).context["form"]
    assert (form["span"].value(), form["starts"].value(), form["ends"].value()) == ("q2", None, None)


def test_save_and_add_another_opens_an_empty_form_of_the_same_area(plan, writer, sample):
    response = writer.post(
        reverse("activity_add", args=[unit_plan_of(plan, "ldvl").pk]), line_form(sample) | {"more": "1"}, follow=True
    )
    form = response.context["form"]
    assert response.request["QUERY_STRING"] == "area=procedures"
    assert form["area"].value() == sample.area_id
    assert not form["title"].value()


@pytest.mark.parametrize("area", ["nope", "a" * 5000, "procedures'--"])
def test_an_unknown_area_in_the_address_is_left_out(area, plan, writer):
    url = reverse("activity_add", args=[unit_plan_of(plan, "ldvl").pk])
    response = writer.get(url, {"area": area})
    assert response.status_code == 200
    assert response.context["form"]["area"].value() is None


@pytest.mark.parametrize(
    ("value", "words"),
    [("", "Nhập lý do không có."), ("\u200b \xa0", "Nhập lý do không có."), ("a\x00b", "ký tự không hợp lệ"),
     ("x" * 501, "Tối đa 500 ký tự, hiện có 501.")],
)  # fmt: skip
def test_a_wrong_reason_of_absence_is_named(value, words, plan, writer):
    unit_plan = unit_plan_of(plan, "ldvl")
    response = writer.post(reverse("area_absent", args=[unit_plan.pk, "apparatus"]), {"reason": value})
    assert response.status_code == 200
    assert words in response.content.decode()
    assert 'href="#id_reason"' in response.content.decode()
    assert not unit_plan.absences.exists()


def test_an_absence_is_stored_with_its_reason_and_may_be_reworded(plan, writer):
    unit_plan = unit_plan_of(plan, "ldvl")
    url = reverse("area_absent", args=[unit_plan.pk, "apparatus"])
    for reason in ("Không thuộc chức năng", "Không thuộc nhiệm vụ"):
        assert writer.post(url, {"reason": reason}).status_code == 302
    assert unit_plan.absences.get().reason == "Không thuộc nhiệm vụ"


def test_an_area_that_does_not_exist_is_not_found(plan, writer):
    url = reverse("area_absent", args=[unit_plan_of(plan, "ldvl").pk, "nope"])
    assert writer.post(url, {"reason": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("purpose", "a" * 20_001, "Tối đa 20.000 ký tự, hiện có 20.001."), ("purpose", "a\x00b", "ký tự không hợp lệ"),
     ("organisation", "ơ" * 1_000_000, "Tối đa 20.000 ký tự, hiện có 1.000.000."),
     ("contact", "x" * 151, "Tối đa 150 ký tự, hiện có 151.")],
)  # fmt: skip
def test_wrong_texts_are_named_and_kept_in_the_box(field, value, words, plan, writer):
    url = reverse("unit_plan_texts", args=[unit_plan_of(plan, "ldvl").pk])
    seen = writer.get(url).context["seen"]
    response = writer.post(url, TEXTS | {field: value, "seen": seen})
    assert response.status_code == 200
    assert words in response.content.decode()
    assert f'href="#id_{field}"' in response.content.decode()
    assert response.context["form"].data[field] == value
    assert unit_plan_of(plan, "ldvl").purpose == ""


def test_lines_of_a_text_stay_lines(plan, writer):
    url = reverse("unit_plan_texts", args=[unit_plan_of(plan, "ldvl").pk])
    seen = writer.get(url).context["seen"]
    writer.post(url, TEXTS | {"purpose": "Một\r\nHai", "seen": seen})
    assert unit_plan_of(plan, "ldvl").purpose.splitlines() == ["Một", "Hai"]
