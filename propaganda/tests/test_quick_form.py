"""Recording through the form: short, forgiving, and nothing half stored."""

import unicodedata
from datetime import date

import pytest
from django.urls import reverse

from documents.tests.files import pdf, picture, png, upload
from plans.models import ClosedWindow, ContentArea, Indicator
from propaganda.models import Evidence, Result

ADD = "/ket-qua/moi/"


@pytest.fixture
def person(sign_in):
    return sign_in("ldvl.soan")


def refused(response, *words: str) -> str:
    """The page came back with these words in its summary; nothing is stored."""
    assert response.status_code == 200
    page = response.content.decode()
    summary = page[page.index("error-summary") : page.index("<form", page.index("error-summary"))]
    for word in words:
        assert word in summary
    assert not Result.objects.exists()
    assert not Evidence.objects.exists()
    return page


def test_the_form_of_an_activity_asks_only_for_what_the_plan_does_not_say(person, activity, lists):
    page = person.get(ADD, {"activity": activity.pk})
    form = page.context["form"]
    assert form["title"].value() == activity.title
    assert form["happened_on"].value() == date(2022, 3, 10)
    assert form.own_quantity.name == "quantity_leaflets"
    assert form.own_quantity.label == "Tờ rơi, tờ gấp (tờ)"
    assert not form.shows_kind and not form.shows_more_figures and form.folds_quantities


def test_a_day_a_number_and_a_photo_are_enough_for_a_planned_result(person, activity, lists, kept_files):
    first = {"key": "7f1c0c52-6f0c-4a7e-9a53-0c8f4d7c1a11", "activity": activity.pk, "happened_on": "9/3/2022"}
    response = person.post(
        f"{ADD}?activity={activity.pk}",
        first | {"quantity_leaflets": "1.234", "evidence": [png()]},
        follow=True,
    )
    result = Result.objects.get()
    assert response.redirect_chain == [(reverse("result_detail", args=[result.pk]), 302)]
    assert (result.title, result.area, result.channel) == (activity.title, activity.area, activity.channel)
    assert (result.activity, result.happened_on) == (activity, date(2022, 3, 9))
    assert result.quantities.get().value == 1234
    assert len(kept_files()) == 1
    assert "1.234 tờ" in response.content.decode()


def test_double_click_and_back_give_one_result(person, typed, kept_files):
    values = typed()
    first = person.post(ADD, values | {"evidence": [png()]})
    again = person.post(ADD, values | {"evidence": [png()]})
    assert first.url == again.url
    assert Result.objects.count() == Evidence.objects.count() == len(kept_files()) == 1


def test_a_result_without_number_is_recorded_as_not_known(person, activity, lists):
    person.post(
        ADD, {"key": "7f1c0c52-6f0c-4a7e-9a53-0c8f4d7c1a12", "activity": activity.pk, "happened_on": "01/03/2022",
              "quantity_leaflets": ""},
    )  # fmt: skip
    assert not Result.objects.get().quantities.exists()


@pytest.mark.parametrize(
    ("written", "number"), [("1.234", 1234), ("1234", 1234), ("0", 0), ("1 234", 1234), ("\u00a05\u200b", 5)]
)
def test_counts_as_people_write_them(person, typed, written, number):
    assert person.post(ADD, typed(participants=written)).status_code == 302
    assert Result.objects.get().participants == number


@pytest.mark.parametrize(
    ("written", "dong"), [("5 triệu", 5_000_000), ("5tr", 5_000_000), ("5.000.000đ", 5_000_000), ("1,5 tỷ", 15 * 10**8)]
)
def test_money_as_people_write_it(person, typed, written, dong):
    assert person.post(ADD, typed(money=written)).status_code == 302
    assert Result.objects.get().money == dong


NO_NUMBERS = ("1,234", "1,234.5", "1e5", "NaN", "0x10", "-3", "9" * 40, "không", "x", "–", "12%", "#REF!")


@pytest.mark.parametrize("field", ["participants", "reach", "money", "quantity_leaflets"])
def test_what_is_not_one_number_is_refused_and_stays_in_the_box(person, typed, lists, field):
    for written in NO_NUMBERS:
        page = refused(person.post(ADD, typed(**{field: written})), f"#id_{field}")
        assert f'value="{written}"' in page
        assert "Phát tờ gấp tại bộ phận một cửa</textarea>" in page


def test_a_fraction_is_no_count(person, typed):
    refused(person.post(ADD, typed(participants="12,5")), "số nguyên")


@pytest.mark.parametrize("written", ["1.000.000.001", "2147483648", "999999999999999"])
def test_a_count_that_no_column_holds_is_refused(person, typed, written):
    refused(person.post(ADD, typed(reach=written)), "Tối đa 1.000.000.000")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("27/02/2022", date(2022, 2, 27)),
        ("03/02/2022", date(2022, 2, 3)),
        ("27-02-2022", date(2022, 2, 27)),
        ("27.2.22", date(2022, 2, 27)),
        ("2022-02-27", date(2022, 2, 27)),
    ],
)
def test_days_as_people_write_them_the_day_first(person, typed, written, day):
    assert person.post(ADD, typed(happened_on=written)).status_code == 302
    assert Result.objects.get().happened_on == day


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("31/02/2022", "Không có ngày 31/02/2022"),
        ("29/02/2022", "Không có ngày 29/02/2022"),
        ("27/02/20226", "Năm trong"),
        ("11/03/2022", "sau hôm nay (10/3/2022)"),
        ("31/12/1999", "01/01/2000"),
        ("hôm qua", "Không đọc được ngày"),
        ("", "Nhập ngày thực hiện."),
    ],
)
def test_days_that_cannot_be_are_refused(person, typed, written, words):
    page = refused(person.post(ADD, typed(happened_on=written)), words)
    assert f'value="{written}"' in page if written else True


def test_a_title_that_shows_nothing_is_no_title(person, typed):
    for blank in ("", "   ", "\u200b", "\u00a0"):
        refused(person.post(ADD, typed(title=blank)), "Nhập việc đã làm.")


def test_nul_is_named_in_vietnamese(person, typed):
    for field in ("title", "note", "links", "happened_on", "participants", "money"):
        refused(person.post(ADD, typed(**{field: "a\x00b"})), "ký tự không hợp lệ")


@pytest.mark.parametrize("field", ["activity", "area", "channel", "audience", "key"])
def test_a_choice_that_is_none_is_refused(person, typed, field):
    for value in ("a\x00b", "0", "-1", "9" * 30, "x"):
        refused(person.post(ADD, typed(**{field: value})))


def test_choices_left_open_are_asked_for_by_name(person, typed):
    refused(
        person.post(ADD, typed(area="", channel="", audience="")),
        "Chọn nội dung.",
        "Chọn hình thức.",
        "Chọn đối tượng.",
    )


def test_text_that_is_too_long_is_counted_and_kept(person, typed):
    page = refused(person.post(ADD, typed(title="ả" * 501)), "Tối đa 500 ký tự, hiện có 501")
    assert "ả" * 501 in page
    page = refused(person.post(ADD, typed(note="a" * 1_000_000)), "Tối đa 20.000 ký tự, hiện có 1.000.000")
    assert "a" * 1_000_000 in page


def test_decomposed_text_and_control_characters_are_cleaned(person, typed):
    person.post(ADD, typed(title=unicodedata.normalize("NFD", "Tuyên truyền\x07 hòa giải"), note="a\x0bb\r\nc"))
    result = Result.objects.get()
    assert result.title == "Tuyên truyền hòa giải"
    assert result.note == "a\nb\nc"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ settings.SECRET_KEY }}", "${7*7}", "=1+1"])
def test_code_is_text(person, typed, text):
    from django.utils.html import escape

    page = person.post(ADD, typed(title=text, note=text), follow=True).content.decode()
    assert Result.objects.get().title == text
    assert escape(text) in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "ftp://x.vn/a", "không phải"])
def test_a_link_is_a_web_address(person, typed, link):
    page = refused(person.post(ADD, typed(links=link)), "Địa chỉ chưa đúng")
    assert f"{link}</textarea>" in page


def boxes(response) -> list[str]:
    return [field.name.removeprefix("quantity_") for field in response.context["form"].quantities]


def test_the_form_offers_the_numbers_of_the_chosen_channel_and_area(person, lists, typed):
    """Leaflets: tờ gấp, and what is recorded everywhere (sáng kiến); Zalo: tin bài, chuyên mục, bài đăng, tương tác."""
    assert boxes(person.get(ADD)) == ["initiatives"]
    shown = person.post(ADD, typed(show="1"))
    assert boxes(shown) == ["leaflets", "initiatives"]
    assert not Result.objects.exists()
    zalo = person.post(ADD, typed(show="1", channel=lists.zalo.pk, title=""))
    assert boxes(zalo) == ["articles", "columns", "posts", "interactions", "initiatives"]
    assert "error-summary" not in zalo.content.decode()
    assert "<noscript>" in zalo.content.decode()
    leadership = ContentArea.objects.get(code="leadership").pk
    assert boxes(person.post(ADD, typed(show="1", area=leadership)))[-3:] == [
        "inspected-units", "findings", "findings-solved",
    ]  # fmt: skip


def test_what_was_typed_stays_when_the_boxes_change(person, lists, typed):
    sent = typed(show="1", quantity_leaflets="12", channel=lists.zalo.pk, note="Ghi chú đang gõ", participants="ba")
    page = person.post(ADD, sent)
    assert "leaflets" in boxes(page)
    for words in ('value="12"', "Ghi chú đang gõ", 'value="ba"', "Phát tờ gấp tại bộ phận một cửa</textarea>"):
        assert words in page.content.decode()


def test_the_boxes_of_a_chosen_activity_follow_its_channel_and_hold_its_own(person, activity, lists):
    activity.indicator = lists.articles
    activity.save()
    page = person.post(ADD, {"show": "1", "activity": activity.pk, "happened_on": "01/03/2022"})
    assert boxes(page) == ["articles", "leaflets", "initiatives"]


def test_a_number_of_another_channel_is_refused_by_name(person, typed, lists):
    page = refused(person.post(ADD, typed(quantity_posts="5")), "#id_quantity_posts", "chỉ ghi với hình thức: Zalo")
    assert 'value="5"' in page


def test_several_numbers_of_one_result(person, typed, lists):
    person.post(ADD, typed(quantity_leaflets="1.200", quantity_initiatives="0"))
    assert sorted(Result.objects.get().quantities.values_list("indicator__code", "value")) == [
        ("initiatives", 0), ("leaflets", 1200),
    ]  # fmt: skip


def test_the_level_of_a_code_is_chosen_and_said_in_words(person, typed, lists):
    code = Indicator.objects.create(
        code="muc", name="Mức niêm yết", unit_of_measure="mức", kind="code", position=90, levels=["chưa", "đã xong"]
    )
    refused(person.post(ADD, typed(quantity_muc="2")), "Lựa chọn không có")
    page = person.post(ADD, typed(quantity_muc="1"), follow=True).content.decode()
    assert Result.objects.get().quantities.get().value == 1
    assert "đã xong" in page
    assert str(Result.objects.get().quantities.get()) == "đã xong"
    assert code.value_in_words(0) == "chưa"


def test_an_indicator_is_offered_within_its_time(person, typed, lists):
    Indicator.objects.filter(code="leaflets").update(starts=date(2022, 3, 5))
    assert "leaflets" not in boxes(person.post(ADD, typed(show="1", happened_on="04/03/2022")))
    assert "leaflets" in boxes(person.post(ADD, typed(show="1", happened_on="05/03/2022")))
    assert "leaflets" in boxes(person.post(ADD, typed(show="1", happened_on="hôm qua")))


def test_several_links_one_a_line(person, typed):
    person.post(ADD, typed(links=" sldtbxh.ninhthuan.gov.vn/a \n\nhttps://zalo.me/b\nhttps://zalo.me/b"))
    result = Result.objects.get()
    assert result.link_list == ["https://sldtbxh.ninhthuan.gov.vn/a", "https://zalo.me/b"]
    page = person.get(reverse("result_detail", args=[result.pk])).content.decode()
    assert page.count('rel="noopener noreferrer nofollow"') == 2


def test_a_wrong_link_among_several_is_named_by_its_place(person, typed):
    refused(person.post(ADD, typed(links="https://a.vn\njavascript:alert(1)")), "Đường dẫn 2: Địa chỉ chưa đúng")
    refused(person.post(ADD, typed(links="\n".join(f"https://a.vn/{n}" for n in range(11)))), "Tối đa 10 đường dẫn")


def test_a_phone_may_photograph_or_choose_several_files(person, typed, kept_files):
    page = person.get(ADD).content.decode()
    assert 'capture="environment"' in page
    assert page.count('name="evidence"') == 2
    person.post(ADD, typed(evidence=[png("a.png"), upload(pdf(), "b.pdf")]))
    assert Evidence.objects.count() == 2


def test_what_the_form_does_not_ask_is_ignored(person, typed, cast):
    other = cast.units["khtc"]
    person.post(ADD, typed(unit=other.pk, supplement="1", version="9", agency="1", recorded_by=cast.director.pk))
    result = Result.objects.get()
    assert (result.unit, result.recorded_by) == (cast.units["ldvl"], cast.editor("ldvl"))
    assert (result.supplement, result.version) == (False, 1)


def test_another_units_activity_is_no_choice(person, typed, unit_plan_of, activity_of):
    other = activity_of(unit_plan_of("khtc"))
    refused(person.post(ADD, typed(activity=other.pk)), "Lựa chọn không có trong danh sách")
    assert person.get(ADD, {"activity": other.pk}).context["activity"] is None


@pytest.mark.parametrize("asked", ["abc", "0", "-1", "9" * 30, "１２", ""])
def test_an_activity_that_is_none_gives_the_empty_form(person, asked, lists):
    response = person.get(ADD, {"activity": asked})
    assert response.status_code == 200
    assert response.context["activity"] is None


def test_a_late_result_is_kept_and_the_person_is_told(person, typed, cast, at):
    ClosedWindow.objects.create(
        unit=cast.units["ldvl"], starts=date(2021, 12, 15), ends=date(2022, 3, 14), closed_at=at(2022, 3, 9)
    )
    page = person.post(ADD, typed(), follow=True).content.decode()
    assert Result.objects.get().supplement
    assert "đánh dấu bổ sung và tính vào số lũy kế" in page


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (upload(b"", "rong.pdf"), "rỗng"),
        (upload(b"MZ" + b"\0" * 50, "bang.xlsx"), "Các loại nhận được"),
        (upload(picture(), "anh.pdf"), "đuôi khác"),
        (upload(b"<svg/>", "anh.png"), "Các loại nhận được"),
        (upload(pdf(password="1"), "mat.pdf"), "mật khẩu"),
        (upload(b"%PDF-" + b"0" * 21_000_000, "lon.pdf"), "lớn quá 20 MB"),
    ],
)
def test_a_file_that_is_refused_leaves_nothing_and_the_text_stays(person, typed, kept_files, file, words):
    file.seek(0)
    page = refused(person.post(ADD, typed(evidence=[png("tốt.png"), file])), words)
    assert "Phát tờ gấp tại bộ phận một cửa</textarea>" in page
    assert "hãy chọn lại ảnh" in page
    assert kept_files() == []


def test_the_same_file_chosen_twice_is_kept_once(person, typed, kept_files):
    assert person.post(ADD, typed(evidence=[png("a.png"), png("b.png")])).status_code == 302
    assert Evidence.objects.count() == len(kept_files()) == 1


def test_when_the_row_cannot_be_written_the_file_goes_too(result_of, kept_files, monkeypatch):
    """The transaction fails after the file has been written: here a label too long for its column."""
    from django.db import DataError, IntegrityError

    from documents.uploads import CheckedFile

    good = CheckedFile("a.png", "png", "image/png", picture())
    empty = CheckedFile("b.png", "png", "image/png", b"")
    with pytest.raises((IntegrityError, DataError)):
        result_of(evidence=[good, empty])
    assert kept_files() == []
    assert not Result.objects.exists()
