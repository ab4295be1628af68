"""The pages of unit plans: who sees what, what they say, that looking changes nothing."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from accounts.models import Event, Post, Role, User
from plans.handing_in import submit
from plans.models import Activity, Receipt, UnitPlan
from plans.tests.factories import filled_unit_plan, issued_plan, line_of, unit_plan_of
from plans.workflow import UNIT_PLAN


@pytest.fixture
def plan(cast, settings, at):
    settings.DEMO = True
    clock.set_demo(at(2022, 2, 22, 9))
    return issued_plan(cast)


@pytest.fixture
def browse(client):
    """`browse(person)` is a browser in which that person is signed in."""

    def as_(person):
        client.force_login(person)
        return client

    return as_


def _handed_in(plan, cast, code, at):
    filled_unit_plan(plan, code)
    return submit(UNIT_PLAN, unit_plan_of(plan, code), by=cast.head(code), now=at(2022, 2, 20, 9), key=code)


def _addresses(unit_plan, line, receipt):
    one, two = [unit_plan.pk], [unit_plan.pk, line.pk]
    reading = [
        reverse("unit_plan", args=one), reverse("unit_plan_check", args=one), reverse("unit_plan_texts", args=one),
        reverse("activity_add", args=one), reverse("activity_edit", args=two),
        reverse("area_absent", args=[unit_plan.pk, "apparatus"]), reverse("unit_plan_review", args=one),
        reverse("receipt", args=[receipt.number]),
    ]  # fmt: skip
    writing = [
        reverse("activity_remove", args=two), reverse("print_unit_plan", args=one),
        reverse("unit_plan_submit", args=one), reverse("unit_plan_move", args=one),
    ]  # fmt: skip
    return reading, writing


def test_another_unit_finds_none_of_it(plan, cast, browse, at):
    receipt = _handed_in(plan, cast, "ldvl", at)
    unit_plan = unit_plan_of(plan, "ldvl")
    reading, writing = _addresses(unit_plan, unit_plan.activities.first(), receipt)
    for person in (cast.editor("btxh"), cast.head("btxh")):
        browser = browse(person)
        assert {browser.get(url).status_code for url in reading} == {404}
        assert {browser.post(url, {"move": "accept"}).status_code for url in reading + writing} <= {404, 405}


def test_a_line_of_another_unit_is_not_reached_through_the_own_plan(plan, cast, browse):
    foreign = line_of(unit_plan_of(plan, "ldvl"))
    own = unit_plan_of(plan, "btxh")
    browser = browse(cast.head("btxh"))
    assert browser.get(reverse("activity_edit", args=[own.pk, foreign.pk])).status_code == 404
    assert browser.post(reverse("activity_remove", args=[own.pk, foreign.pk])).status_code == 404
    assert browser.post(reverse("activity_edit", args=[own.pk, foreign.pk]), {"title": "Chiếm"}).status_code == 409
    foreign.refresh_from_db()
    assert foreign.title != "Chiếm"


def test_the_agency_reads_but_does_not_write_a_unit_plan(plan, cast, browse):
    unit_plan = filled_unit_plan(plan)
    line = unit_plan.activities.first()
    for person in (cast.office_staff, cast.chief, cast.director, cast.clerk):
        browser = browse(person)
        assert browser.get(reverse("unit_plan", args=[unit_plan.pk])).status_code == 200
        for name, args in (
            ("unit_plan_texts", []), ("activity_add", []), ("activity_edit", [line.pk]),
            ("area_absent", ["apparatus"]), ("unit_plan_check", []),
        ):  # fmt: skip
            assert browser.get(reverse(name, args=[unit_plan.pk, *args])).status_code == 403, name
        assert browser.post(reverse("activity_remove", args=[unit_plan.pk, line.pk])).status_code == 403
    assert Activity.objects.filter(pk=line.pk).exists()


def test_a_unit_does_not_open_the_review_of_its_own_plan(plan, cast, browse):
    url = reverse("unit_plan_review", args=[unit_plan_of(plan, "ldvl").pk])
    assert browse(cast.head("ldvl")).get(url).status_code == 403
    assert browse(cast.director).get(url).status_code == 200


@pytest.mark.parametrize("pk", ["0", "-1", "9" * 30, "１２"])
def test_odd_numbers_in_the_address_are_not_found(pk, plan, cast, browse):
    browser = browse(cast.head("ldvl"))
    for tail in ("", "kiem-tra/", "hoat-dong/moi/", "xem-xet/"):
        assert browser.get(f"/ke-hoach-don-vi/{pk}/{tail}").status_code == 404
    assert browser.get(f"/bien-nhan/{pk}/").status_code == 404


def test_acts_are_posts(plan, cast, browse, at):
    receipt = _handed_in(plan, cast, "ldvl", at)
    unit_plan = unit_plan_of(plan, "ldvl")
    _reading, writing = _addresses(unit_plan, unit_plan.activities.first(), receipt)
    browser = browse(cast.head("ldvl"))
    assert {browser.get(url).status_code for url in writing} == {405}


def test_who_left_the_unit_yesterday_sees_nothing_more(plan, cast, browse):
    cast.head("ldvl").posts.update(ends=date(2022, 2, 21))
    url = reverse("unit_plan", args=[unit_plan_of(plan, "ldvl").pk])
    assert browse(User.objects.get(pk=cast.head("ldvl").pk)).get(url).status_code == 404


def test_looking_at_every_page_writes_nothing(plan, cast, browse, at):
    receipt = _handed_in(plan, cast, "ldvl", at)
    filled_unit_plan(plan, "btxh")
    browser = browse(cast.head("btxh"))
    office = unit_plan_of(plan, "ldvl")
    own = unit_plan_of(plan, "btxh")
    own_pages = _addresses(own, own.activities.first(), receipt)[0][:6]
    for person, urls in (
        (cast.head("btxh"), own_pages),
        (cast.office_staff, [
            reverse("unit_plan_list"), reverse("unit_plan", args=[office.pk]),
            reverse("unit_plan_review", args=[office.pk]), reverse("receipt", args=[receipt.number]),
        ]),
    ):  # fmt: skip
        browser = browse(person)
        for url in urls:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert browser.get(url).status_code == 200
            assert [row["sql"] for row in queries if row["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_the_page_tells_the_deadline_and_the_last_working_hour_before_it(plan, cast, browse):
    text = browse(cast.head("ldvl")).get(reverse("unit_plan", args=[unit_plan_of(plan, "ldvl").pk])).content.decode()
    assert "còn 4 ngày" in text
    assert "hết thứ Bảy 26/02/2022" in text
    assert "trước 27/02/2022" in text
    assert "Nên nộp trước 17:00 thứ Sáu 25/02/2022" in text


def test_what_was_handed_in_on_time_is_never_called_overdue(plan, cast, browse, at):
    _handed_in(plan, cast, "ldvl", at)
    clock.set_demo(at(2022, 3, 5, 9))
    text = browse(cast.head("ldvl")).get(reverse("unit_plan", args=[unit_plan_of(plan, "ldvl").pk])).content.decode()
    assert "quá hạn 7 ngày" not in text
    assert "Nộp lần đầu: 09:00 20/02/2022, đúng hạn" in text


def test_the_page_shows_what_the_department_asks_and_what_is_covered(plan, cast, browse):
    unit_plan = filled_unit_plan(plan)
    text = browse(cast.head("ldvl")).get(reverse("unit_plan", args=[unit_plan.pk])).content.decode()
    assert "dịch vụ công trực tuyến mức độ 3, mức độ 4" in text
    assert "7/7 nội dung" in text
    assert "30.000.000 đồng" in text
    assert "12.000 tờ" in text
    assert "Không thuộc chức năng, nhiệm vụ của đơn vị." in text


def test_the_reason_of_a_return_stands_on_top_until_it_is_answered(plan, cast, browse):
    unit_plan = filled_unit_plan(plan, state="returned")
    url = reverse("unit_plan", args=[unit_plan.pk])
    browser = browse(cast.editor("ldvl"))
    assert "Bổ sung sản phẩm." in browser.get(url).content.decode()
    UnitPlan.objects.filter(pk=unit_plan.pk).update(state="submitted")
    assert "Bổ sung sản phẩm." not in browser.get(url).content.decode()


@pytest.mark.parametrize(
    ("state", "words"),
    [("head_review", "chờ trưởng đơn vị"), ("submitted", "đã nộp nên được khóa"), ("in_review", "đang xem"),
     ("accepted", "Điều chỉnh kế hoạch"), ("exempt", "được miễn"), ("transferred", "đã bàn giao")],
)  # fmt: skip
def test_a_locked_plan_says_why_and_sends_back_who_wants_to_edit(state, words, plan, cast, browse):
    unit_plan = filled_unit_plan(plan, state=state)
    response = browse(cast.editor("ldvl")).get(reverse("activity_add", args=[unit_plan.pk]), follow=True)
    assert response.redirect_chain == [(reverse("unit_plan", args=[unit_plan.pk]), 302)]
    assert words in response.content.decode()
    assert "Thêm hoạt động" not in response.content.decode()


def test_dangerous_text_is_shown_as_it_was_typed(plan, cast, browse, at):
    evil = "<script>alert('x')</script> {{ settings.SECRET_KEY }} <img src=x onerror=alert(1)>"
    unit_plan = filled_unit_plan(plan)
    unit_plan.activities.update(title=evil, person=evil[:100], product=evil)
    UnitPlan.objects.filter(pk=unit_plan.pk).update(purpose=evil, contact=evil)
    unit_plan.absences.update(reason=evil)
    receipt = submit(UNIT_PLAN, unit_plan_of(plan, "ldvl"), by=cast.head("ldvl"), now=at(2022, 2, 20), key="k")
    for person, url in (
        (cast.head("ldvl"), reverse("unit_plan", args=[unit_plan.pk])),
        (cast.head("ldvl"), reverse("receipt", args=[receipt.number])),
        (cast.office_staff, reverse("unit_plan_review", args=[unit_plan.pk])),
    ):
        text = browse(person).get(url).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; {{ settings.SECRET_KEY }}" in text


def test_a_person_of_one_unit_goes_straight_to_its_plan(plan, cast, browse):
    response = browse(cast.editor("ldvl")).get(reverse("unit_plan_list"))
    assert response.url == reverse("unit_plan", args=[unit_plan_of(plan, "ldvl").pk])


def test_a_person_of_one_unit_who_searches_for_something_else_is_told_so(plan, cast, browse):
    page = browse(cast.editor("ldvl")).get(reverse("unit_plan_list"), {"q": "không có đơn vị này"})
    assert page.status_code == 200


def test_a_person_of_two_units_chooses_and_sees_only_these(plan, cast, browse):
    person = cast.head("ldvl")
    Post.objects.create(
        user=person, agency=cast.agency, unit=cast.units["btxh"], role=Role.UNIT_HEAD, starts=date(2022, 1, 1)
    )
    text = browse(User.objects.get(pk=person.pk)).get(reverse("unit_plan_list")).content.decode()
    assert "Phòng Lao động - Việc làm" in text
    assert "Phòng Bảo trợ xã hội" in text
    assert "Thanh tra Sở" not in text


def _names(response):
    return [row.unit.name for row in response.context["page"]]


def test_the_list_counts_and_narrows_and_orders(plan, cast, browse, at):
    _handed_in(plan, cast, "ldvl", at)
    filled_unit_plan(plan, "btxh", state="returned")
    browser = browse(cast.office_staff)
    url = reverse("unit_plan_list")
    response = browser.get(url)
    assert "1/14 đơn vị đã nộp; 1 đang soạn; 12 chưa bắt đầu." in response.content.decode()
    assert len(_names(response)) == 14
    assert _names(browser.get(url, {"q": "LAO DONG"})) == ["Phòng Lao động - Việc làm"]
    assert _names(browser.get(url, {"trang-thai": "returned"})) == ["Phòng Bảo trợ xã hội"]
    assert _names(browser.get(url, {"han": "on_time"})) == ["Phòng Lao động - Việc làm"]
    assert _names(browser.get(url, {"order": "state"}))[-1] == "Phòng Bảo trợ xã hội"
    clock.set_demo(at(2022, 3, 1, 9))
    assert _names(browser.get(url, {"order": "due"}))[-1] == "Phòng Lao động - Việc làm"


@pytest.mark.parametrize(
    "query", ["page=abc", "page=999", "order=password", "trang-thai=__class", "han=x", "nam=abc", "q=" + "a" * 50_000]
)
def test_odd_queries_of_the_list_fall_back(query, plan, cast, browse):
    response = browse(cast.office_staff).get(f"{reverse('unit_plan_list')}?{query}")
    assert response.status_code == 200


def test_the_list_offers_review_of_what_this_person_may_accept(plan, cast, browse, at):
    for code in ("ldvl", "van-phong"):
        _handed_in(plan, cast, code, at)
    url = reverse("unit_plan_list")
    offered = lambda person: [row.unit.code for row in browse(person).get(url).context["page"] if row.may_review]  # noqa: E731
    assert offered(cast.office_staff) == ["ldvl"]
    assert offered(cast.director) == ["van-phong"]
    assert offered(cast.clerk) == []


def _queries(browser, url):
    browser.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", ["unit_plan", "unit_plan_check"])
def test_a_plan_of_30_lines_asks_no_more_queries_than_one_of_one(page, plan, cast, browse):
    unit_plan = unit_plan_of(plan, "ldvl")
    line_of(unit_plan)
    UnitPlan.objects.filter(pk=unit_plan.pk).update(state="drafting")
    browser, url = browse(cast.head("ldvl")), reverse(page, args=[unit_plan.pk])
    one = _queries(browser, url)
    for number in range(29):
        line_of(unit_plan, position=number + 1, area=("leadership", "procedures", "civil-service")[number % 3])
        Event.record(unit_plan, at=clock.now(), by=None, action="x", label="x", agency_id=cast.agency.pk)
    assert _queries(browser, url) == one
    assert one <= 25


def test_the_review_and_the_list_ask_the_same_for_one_and_for_all(plan, cast, browse, at):
    _handed_in(plan, cast, "ldvl", at)
    browser = browse(cast.office_staff)
    review = reverse("unit_plan_review", args=[unit_plan_of(plan, "ldvl").pk])
    _handed_in(plan, cast, "btxh", at)
    one = _queries(browser, review), _queries(browser, reverse("unit_plan_list"))
    for code in ("ncc", "gdnn", "khtc", "thanh-tra"):
        _handed_in(plan, cast, code, at)
    assert (_queries(browser, review), _queries(browser, reverse("unit_plan_list"))) == one


def test_the_pdf_is_asked_of_the_worker_once_per_content(plan, cast, browse):
    unit_plan = filled_unit_plan(plan)
    browser, url = browse(cast.head("ldvl")), reverse("print_unit_plan", args=[unit_plan.pk])
    first, again = browser.post(url).url, browser.post(url).url
    assert first == again
    unit_plan.activities.update(title="Tên khác")
    assert browser.post(url).url != first


def test_a_voided_receipt_says_so(plan, cast, browse, at):
    receipt = _handed_in(plan, cast, "ldvl", at)
    Receipt.objects.update(voided_at=at(2022, 2, 21, 8))
    text = browse(cast.head("ldvl")).get(reverse("receipt", args=[receipt.number])).content.decode()
    assert "Biên nhận này hết giá trị" in text
