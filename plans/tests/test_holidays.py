"""The calendar of days off: the year's list, single rows, a list at once with its doubtful lines."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Event
from documents.excel import Column, Sheet, workbook
from documents.tests.files import upload
from plans.deadlines.holidays import (
    compare,
    days_of,
    deadlines_on_days_off,
    read_lines,
    remove_day,
    save_day,
    store_lines,
)
from plans.deadlines.workdays import VIETNAM, add_workdays, day_off_warning, is_workday, workday_after, workday_before
from plans.models import Holiday
from plans.tests.factories import issued_plan

NOW = datetime(2022, 1, 10, 9, tzinfo=VIETNAM)
# The plan for Tết and the National Day of 2026: nine days off; 22/8 worked for Monday 31/8.
LIST = """Ngày;Tên ngày;Nghỉ hay làm
14/02/2026 đến 22/02/2026;Tết Nguyên đán;nghỉ
22/08/2026;Làm bù cho ngày 31/8;làm bù

31/08/2026;Nghỉ hoán đổi;Nghỉ"""


@pytest.fixture
def sign_in(client):
    def signed_in(person):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def test_the_list_of_2022_has_tet_by_the_moon_and_what_is_made_up(db):
    days = {row.day: row for row in days_of(2022)}
    assert {date(2022, 1, 31), date(2022, 2, 1), date(2022, 2, 4), date(2022, 4, 11), date(2022, 5, 3)} <= set(days)
    assert "Tết" in days[date(2022, 2, 1)].name
    assert all(row.row is None and not row.works for row in days.values())


def test_a_row_of_the_office_stands_in_the_list_and_wins(db):
    Holiday.objects.create(day=date(2022, 2, 4), name="Làm việc mùng 4", works=True)
    Holiday.objects.create(day=date(2022, 2, 1), name="Mùng một")
    days = {row.day: row for row in days_of(2022)}
    assert (days[date(2022, 2, 4)].works, days[date(2022, 2, 4)].changes_nothing) == (True, False)
    assert days[date(2022, 2, 1)].changes_nothing
    assert not is_workday(date(2022, 2, 4))
    assert is_workday(date(2022, 2, 4), Holiday.objects.as_rules())


def test_a_list_is_read_line_by_line():
    tet, august, swap = read_lines(LIST)
    assert (tet.days[0], tet.days[-1], len(tet.days)) == (date(2026, 2, 14), date(2026, 2, 22), 9)
    assert (august.days, august.works, august.name) == ([date(2026, 8, 22)], True, "Làm bù cho ngày 31/8")
    assert (swap.number, swap.works, swap.problem) == (5, False, "")


@pytest.mark.parametrize(
    "text",
    [
        "31/08/2026\tNghỉ hoán đổi\tnghỉ", "31/08/2026,Nghỉ hoán đổi", "31.8.2026;Nghỉ hoán đổi;",
        '31/08/2026,"Nghỉ hoán đổi",NGHỈ', "2026-08-31;Nghỉ hoán đổi;nghỉ bù", "\ufeff31/08/2026;Nghỉ hoán đổi",
    ],
)  # fmt: skip
def test_the_same_line_in_every_shape(text):
    [line] = read_lines(text)
    assert (line.days, line.name, line.works, line.problem) == ([date(2026, 8, 31)], "Nghỉ hoán đổi", False, "")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("31/02/2026;Nghỉ", "Không có ngày"),
        ("Tết;Nghỉ", "Không đọc được ngày"),
        ("31/08/2026", "Thiếu tên ngày"),
        ("31/08/2026;Nghỉ;có lẽ", "không đọc được “có lẽ”"),
        ("22/02/2026 – 14/02/2026;Tết", "Khoảng ngày"),
        ("01/01/2026 đến 31/12/2026;Cả năm", "tối đa 31 ngày"),
        ("31/08/2026;" + "x" * 151, "tối đa 150 ký tự"),
        ("31/08/2026;a\x00b", "không hợp lệ"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(text, problem):
    [line] = read_lines(text)
    assert problem in line.problem


def test_a_day_named_twice_points_to_its_first_line():
    first, second = read_lines("14/02/2026 đến 22/02/2026;Tết\n17/02/2026;Mùng một")
    assert first.problem == ""
    assert second.problem == "Ngày 17/02/2026 đã có ở dòng 1."


def test_too_many_lines_are_said():
    days = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(401)]
    lines = read_lines("\n".join(f"{day:%d/%m/%Y};Nghỉ" for day in days))
    assert [line.problem for line in lines if line.problem] == ["Tối đa 400 dòng một lần. Hãy chia nhỏ."]


@given(st.text(max_size=200))
@settings(max_examples=60)
def test_whatever_is_pasted_each_line_is_read_or_says_why(text):
    for line in read_lines(text):
        assert line.problem or (line.days and line.name)


def test_a_list_is_stored_once_and_says_what_it_changes(cast):
    assert store_lines(compare(read_lines(LIST)), by=cast.office_staff, now=NOW) == 11
    assert {line.state for line in compare(read_lines(LIST))} == {"same"}
    assert store_lines(read_lines(LIST), by=cast.office_staff, now=NOW) == 0
    [line] = compare(read_lines("22/08/2026;Làm bù;làm"))
    assert line.state == "changed"
    assert Event.objects.get(action="import_holidays").label == "Nhập 11 ngày nghỉ, ngày làm bù"
    rules = Holiday.objects.as_rules()
    assert is_workday(date(2026, 8, 22), rules) and not is_workday(date(2026, 8, 31), rules)


def test_saving_and_removing_a_day_is_written_down(cast):
    row = save_day(day=date(2026, 8, 31), name="Nghỉ hoán đổi", works=False, by=cast.chief, now=NOW)
    save_day(day=date(2026, 8, 31), name="Hoán đổi", works=False, by=cast.chief, now=NOW, row=row)
    remove_day(Holiday.objects.get(), by=cast.chief, now=NOW)
    labels = list(Event.objects.filter(action="holiday").order_by("pk").values_list("label", flat=True))
    assert labels == [
        "Ghi ngày 31/08/2026, nghỉ: Nghỉ hoán đổi", "Ghi ngày 31/08/2026, nghỉ: Hoán đổi",
        "Bỏ ngày 31/08/2026, nghỉ: Hoán đổi",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["ldvl.truong", "duc", "nam", "lan"])
def test_only_the_office_keeps_the_calendar(cast, who):
    with pytest.raises(PermissionDenied):
        save_day(day=date(2026, 8, 31), name="Nghỉ", works=False, by=cast.people[who], now=NOW)


def test_a_deadline_that_falls_on_a_day_off_is_pointed_out(cast):
    issued_plan(cast)
    found = deadlines_on_days_off([cast.agency.pk], {})
    assert found[0] == (date(2022, 2, 26), "Kế hoạch của đơn vị, Năm 2022", 14)
    assert deadlines_on_days_off([cast.agency.pk], {date(2022, 2, 26): True}) == []


def test_the_planner_is_warned_of_a_day_off_and_told_the_last_working_day():
    due = datetime(2022, 2, 26, 23, 59, 59, tzinfo=VIETNAM)
    assert day_off_warning(due) == ("Thứ Bảy 26/02/2022 là ngày nghỉ: đơn vị nên nộp trước 17:00 thứ Sáu 25/02/2022.")
    assert day_off_warning(due, {date(2022, 2, 26): True}) == ""


@given(
    st.dates(date(2016, 1, 1), date(2030, 11, 1)),
    st.dictionaries(st.dates(date(2022, 1, 1), date(2022, 3, 1)), st.booleans(), max_size=5),
)
@settings(max_examples=60)
def test_the_working_day_before_and_after_bound_every_day(day, overrides):
    before, after = workday_before(day, overrides), workday_after(day, overrides)
    assert before <= day <= after
    assert is_workday(before, overrides) and is_workday(after, overrides)
    assert (before == day) == (after == day) == is_workday(day, overrides)
    if before != day:
        assert add_workdays(before, 1, overrides) == after


# The pages


def test_the_page_of_a_list_shows_first_and_stores_when_confirmed(cast, sign_in):
    browser = sign_in(cast.office_staff)
    shown = browser.post(reverse("holiday_import"), {"text": LIST + "\n31/02/2026;Nghỉ"})
    assert "Không có ngày 31/02/2026" in shown.content.decode() and "Lưu 4 dòng" not in shown.content.decode()
    assert browser.post(reverse("holiday_import"), {"text": LIST + "\nx", "step": "save"}).status_code == 200
    assert not Holiday.objects.exists()
    shown = browser.post(reverse("holiday_import"), {"file": upload(LIST.encode("utf-8-sig"), "ngay.csv")})
    assert "Lưu 3 dòng" in shown.content.decode()
    answer = browser.post(reverse("holiday_import"), {"text": LIST, "step": "save"})
    assert (answer.status_code, answer.url) == (302, "/ngay-nghi/?nam=2026")
    assert Holiday.objects.count() == 11


def test_a_file_that_is_not_text_is_refused(cast, sign_in):
    shown = sign_in(cast.office_staff).post(reverse("holiday_import"), {"file": upload(b"\xff\xfe\x00", "ngay.csv")})
    assert "Không đọc được tệp" in shown.content.decode()


def test_a_day_is_added_changed_and_taken_away(cast, sign_in):
    browser = sign_in(cast.chief)
    browser.post(reverse("holiday_add"), {"day": "31/08/2026", "name": "Nghỉ hoán đổi", "works": "0"})
    row = Holiday.objects.get()
    shown = browser.post(reverse("holiday_add"), {"day": "31/08/2026", "name": "Lần nữa", "works": "0"})
    assert "đã có trong danh sách" in shown.content.decode()
    browser.post(reverse("holiday_edit", args=[row.pk]), {"day": "31/08/2026", "name": "Làm", "works": "1"})
    assert Holiday.objects.get().works
    assert browser.post(reverse("holiday_remove", args=[row.pk])).status_code == 302
    assert not Holiday.objects.exists()


def test_everyone_sees_the_days_and_only_the_office_is_offered_to_change_them(cast, sign_in):
    shown = sign_in(cast.editor("ldvl")).get(reverse("holiday_list"), {"nam": "2022"}).content.decode()
    assert "thứ Ba 01/02/2022" in shown and "Thêm một ngày" not in shown
    assert "Thêm một ngày" in sign_in(cast.office_staff).get(reverse("holiday_list")).content.decode()


def test_a_years_list_is_taken_from_an_excel_file(cast, sign_in):
    sheet = Sheet(
        "2026", (), (Column("Ngày"), Column("Tên"), Column("Nghỉ hay làm")),
        [(date(2026, 8, 31), "Nghỉ liền dịp Quốc khánh", "nghỉ"), ("14/02/2026 đến 22/02/2026", "Tết", None),
         (date(2026, 8, 22), "Làm bù cho ngày 31/8", "làm bù")],
    )  # fmt: skip
    browser = sign_in(cast.office_staff)
    shown = browser.post(reverse("holiday_import"), {"file": upload(workbook([sheet]), "ngay-nghi.xlsx")})
    text = shown.context["text"]
    assert [line.problem for line in shown.context["lines"]] == ["", "", ""]
    browser.post(reverse("holiday_import"), {"text": text, "step": "save"})
    # 31/8, nine days of Tết, the day made up for
    assert Holiday.objects.count() == 11
    assert Holiday.objects.get(day=date(2026, 8, 22)).works


def test_an_excel_file_that_cannot_be_read_says_what_to_do(cast, sign_in):
    shown = sign_in(cast.office_staff).post(
        reverse("holiday_import"), {"file": upload(b"PK\x03\x04 hong", "ngay.xlsx")}
    )
    assert shown.status_code == 200
    assert shown.context["form"].errors["file"]
    assert not Holiday.objects.exists()
