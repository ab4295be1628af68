"""The pages of the department's plan, through HTTP, with the cast."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from accounts.models import Event
from plans.models import AreaScheme, Obligation, Plan
from plans.tests.real_plan import approved, issued, settled, stored

pytestmark = pytest.mark.usefixtures("reference")


@pytest.fixture
def enter(client):
    """`enter(person)` gives a browser in which that person has signed in."""

    def signed_in(person):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def office(enter, cast):
    return enter(cast.office_staff)


@pytest.fixture
def draft(cast) -> Plan:
    return stored(cast, clock.now())


def page(response) -> str:
    return response.content.decode()


# The list


def test_the_office_of_an_empty_portal_is_led_to_the_import(office):
    assert reverse("plan_new") in page(office.get("/ke-hoach/"))
    assert reverse("plan_import") in page(office.get(reverse("plan_new")))


def test_a_unit_is_told_that_nothing_was_issued_and_gets_no_import(enter, cast, draft):
    shown = page(enter(cast.editor("ldvl")).get("/ke-hoach/"))
    assert "Chưa có kế hoạch nào được ban hành" in shown
    assert "Nhập kế hoạch" not in shown


def test_the_list_shows_state_number_and_how_many_units_have_handed_in(office, cast):
    plan = issued(cast, clock.now())
    Obligation.objects.filter(kind="unit_plan").first().stamp_submission(clock.now())
    shown = page(office.get("/ke-hoach/"))
    assert "123/KH-SLĐTBXH" in shown
    assert "10/02/2022" in shown
    assert "Đã ban hành" in shown
    assert "1/14 đơn vị" in shown
    assert reverse("plan_detail", args=[plan.pk]) in shown


def test_the_list_costs_the_same_queries_for_one_plan_and_thirty(office, cast, draft):
    def queries():
        with CaptureQueriesContext(connection) as found:
            assert office.get("/ke-hoach/").status_code == 200
        return len(found)

    queries()
    one = queries()
    facts = {"agency": cast.agency, "scheme": AreaScheme.objects.get(), "created_by": cast.office_staff}
    Plan.objects.bulk_create(
        Plan(year=2030 + n, title="x", symbol="KH", place="x", date_year=2030 + n, signer_title="x", signer_name="x",
             created_at=clock.now(), **facts)
        for n in range(30)
    )  # fmt: skip
    assert queries() == one


@pytest.mark.parametrize("query", ["page=abc", "page=-1", "page=99999999999999999999", "order=password"])
def test_a_page_that_is_none_gives_the_nearest(office, draft, query):
    assert office.get(f"/ke-hoach/?{query}").status_code == 200


# The plan


def test_the_plan_is_shown_as_printed_with_what_was_read_from_it(office, draft):
    shown = page(office.get(reverse("plan_detail", args=[draft.pk])))
    for words in (
        "III. NỘI DUNG, HÌNH THỨC TUYÊN TRUYỀN", "đ) Tuyên truyền về cải cách chế độ công vụ", "+ Chỉ số PCI",
        "Số: …/KH-SLĐTBXH", "tháng 02 năm 2022", "UBND tỉnh (B/c);", "Lưu: VT-VP.", "Hà Anh Quang",
        "Văn bản căn cứ (18)", "viện dẫn 3 lần", "Đang soạn",
    ):  # fmt: skip
        assert words in shown, words


def test_a_draft_is_not_there_for_a_unit_and_is_after_the_issue(enter, cast, draft):
    address = reverse("plan_detail", args=[draft.pk])
    browser = enter(cast.head("ldvl"))
    assert browser.get(address).status_code == 404
    Plan.objects.filter(pk=draft.pk).update(
        state="issued", number="1", date_day=1, issued_at=clock.now(), issued_by=cast.clerk
    )
    shown = page(browser.get(address))
    assert "Nhật ký" not in shown
    assert "Đã xem tất cả" not in shown


@pytest.mark.parametrize("pk", ["0", "999999", str(10**30), "-1", "１２", "%00", "abc"])
def test_an_address_of_no_plan_is_404(office, draft, pk):
    assert office.get(f"/ke-hoach/{pk}/").status_code == 404


def test_the_page_costs_the_same_queries_whatever_the_plan_holds(office, cast, draft):
    def queries():
        with CaptureQueriesContext(connection) as found:
            assert office.get(reverse("plan_detail", args=[draft.pk])).status_code == 200
        return len(found)

    queries()
    full = queries()
    for rows in (draft.citations, draft.defects, draft.duties, draft.targets, draft.channels, draft.recipients):
        rows.exclude(pk=rows.first().pk).delete()
    draft.sections.update(parent=None)
    draft.sections.exclude(pk=draft.sections.filter(area__isnull=False).first().pk).delete()
    assert queries() == full


def test_progress_is_shown_after_the_issue(office, cast):
    plan = issued(cast, clock.now())
    Obligation.objects.filter(kind="unit_plan").update(due_at=clock.now())
    shown = page(office.get(reverse("plan_detail", args=[plan.pk])))
    assert "0/14 đơn vị đã nộp kế hoạch; 14 chưa nộp" in shown
    assert f"{reverse('deadline_board')}?nam=2022" in shown


# Doubtful places


def test_one_doubtful_place_is_settled_and_then_all(office, cast, draft):
    defect = draft.defects.first()
    answer = office.post(reverse("settle_defect", args=[draft.pk, defect.pk]))
    assert answer.url == f"{reverse('plan_detail', args=[draft.pk])}#diem-can-xem"
    assert draft.defects.filter(settled_by=cast.office_staff).count() == 1
    office.post(reverse("settle_all_defects", args=[draft.pk]))
    assert not draft.defects.filter(settled_at__isnull=True).exists()
    assert "đã xem hết" in page(office.get(reverse("plan_detail", args=[draft.pk])))


def test_a_place_of_another_plan_and_a_stranger_are_refused(enter, cast, draft):
    defect = draft.defects.first()
    assert enter(cast.office_staff).post(reverse("settle_defect", args=[draft.pk, 10**9])).status_code == 404
    assert enter(cast.director).post(reverse("settle_defect", args=[draft.pk, defect.pk])).status_code == 403
    assert enter(cast.head("ldvl")).post(reverse("settle_defect", args=[draft.pk, defect.pk])).status_code == 404
    assert not draft.defects.filter(settled_at__isnull=False).exists()


def test_nothing_is_settled_once_the_draft_has_gone_up(office, draft):
    Plan.objects.filter(pk=draft.pk).update(state="office_review")
    answer = office.post(reverse("settle_all_defects", args=[draft.pk]))
    assert answer.status_code == 409
    assert reverse("plan_detail", args=[draft.pk]) in page(answer)


# Moves


def move(browser, plan, name, **fields):
    return browser.post(reverse("plan_move", args=[plan.pk]), {"move": name, "key": uuid.uuid4(), **fields})


def test_a_refused_move_says_what_is_missing_on_the_page(office, draft):
    answer = move(office, draft, "send_to_office")
    assert answer.status_code == 200
    assert "Còn 20 điểm cần xem lại" in page(answer)
    assert "Đang soạn" in page(answer)


@pytest.mark.parametrize("reason", ["x" * 2001, ""])
def test_a_refused_reason_is_still_there(enter, cast, draft, reason):
    Plan.objects.filter(pk=draft.pk).update(state="office_review")
    answer = move(enter(cast.chief), draft, "send_back", reason=reason)
    assert answer.status_code == 200
    assert ("Nhập lý do" if not reason else "hiện có 2001") in page(answer)
    assert reason in page(answer)
    assert Plan.objects.get().state == "office_review"


def test_a_nul_in_a_reason_is_refused_in_words(enter, cast, draft):
    Plan.objects.filter(pk=draft.pk).update(state="office_review")
    answer = move(enter(cast.chief), draft, "send_back", reason="a\x00b")
    assert answer.status_code == 200
    assert "ký tự không hợp lệ" in page(answer)


def test_a_page_that_is_old_answers_409_with_a_way_back(enter, cast, draft):
    Plan.objects.filter(pk=draft.pk).update(state="office_review", version=5)
    browser = enter(cast.chief)
    for answer in (
        move(browser, draft, "send_to_director", version="4"),
        move(browser, draft, "approve"),
        move(browser, draft, "bay-len-troi"),
        move(browser, draft, ""),
    ):
        assert answer.status_code == 409
        assert reverse("plan_detail", args=[draft.pk]) in page(answer)
    assert Plan.objects.get().state == "office_review"


def test_only_the_moves_one_may_make_are_on_the_page(enter, cast, draft):
    address = reverse("plan_detail", args=[draft.pk])
    Plan.objects.filter(pk=draft.pk).update(state="office_review")
    assert "Trình Giám đốc" in page(enter(cast.chief).get(address))
    assert "Trình Giám đốc" not in page(enter(cast.office_staff).get(address))
    assert move(enter(cast.office_staff), draft, "send_to_director").status_code == 403


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_an_act_is_only_posted(office, draft, method):
    for name, args in (("plan_move", [draft.pk]), ("settle_all_defects", [draft.pk]), ("print_plan", [draft.pk])):
        assert getattr(office, method)(reverse(name, args=args)).status_code == 405


def test_a_post_without_its_mark_is_refused(cast, draft, client):
    client.handler.enforce_csrf_checks = True
    client.force_login(cast.office_staff, backend="django.contrib.auth.backends.ModelBackend")
    assert move(client, draft, "send_to_office").status_code == 403


def test_the_whole_way_from_the_draft_to_issue_by_clicks(enter, cast, draft):
    plan = draft
    browser = enter(cast.office_staff)
    browser.post(reverse("settle_all_defects", args=[plan.pk]))
    assert move(browser, plan, "send_to_office").status_code == 302
    assert move(enter(cast.chief), plan, "send_to_director").status_code == 302
    assert move(enter(cast.director), plan, "approve").status_code == 302
    assert issue(enter(cast.clerk), plan, number="7", on="10-02-2022").status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.number, str(plan.date)) == ("issued", "7", "2022-02-10")
    assert plan.obligations.count() == 74
    assert Event.objects.about(plan).last().actor == str(cast.clerk)


def issue(browser, plan: Plan, **data):
    """Press [Ban hành]; a date of years ago is minded."""
    return browser.post(reverse("plan_issue", args=[plan.pk]), {"minded": "on", **data})


@pytest.mark.parametrize(
    ("number", "on", "words"),
    [
        ("", "10/02/2022", "Nhập số của văn bản."),
        ("\u200b", "10/02/2022", "Nhập số của văn bản."),
        ("12", "", "Nhập ngày ban hành."),
        ("12", "31/02/2022", "Không có ngày 31/02/2022"),
        ("12", "29/02/2022", "Không có ngày 29/02/2022"),
        ("12", "10/02/20222", "phải từ 1900 đến 2100"),
        ("12", "hôm nay", "Không đọc được ngày"),
        ("12", "10/02/2019", "năm 2022 hoặc năm trước"),
        ("=1+1", "10/02/2022", "bắt đầu bằng chữ số"),
        ("-3", "10/02/2022", "bắt đầu bằng chữ số"),
        ("1" * 12, "10/02/2022", "Tối đa 11 ký tự, hiện có 12"),
        ("1\x00", "10/02/2022", "ký tự không hợp lệ"),
        ("<script>", "10/02/2022", "bắt đầu bằng chữ số"),
    ],
)
def test_a_wrong_number_or_date_is_said_and_stays(enter, cast, number, on, words):
    plan = approved(cast, clock.now())
    answer = issue(enter(cast.clerk), plan, number=number, on=on)
    assert answer.status_code == 200
    assert words in page(answer)
    assert f'value="{on}"' in page(answer) or not on
    assert Plan.objects.get().state == "approved"
    assert not Obligation.objects.exists()


def test_the_form_of_issuing_is_only_for_who_may_issue(enter, cast):
    plan = approved(cast, clock.now())
    address = reverse("plan_issue", args=[plan.pk])
    assert address in page(enter(cast.clerk).get(reverse("plan_detail", args=[plan.pk])))
    assert address not in page(enter(cast.director).get(reverse("plan_detail", args=[plan.pk])))
    assert issue(enter(cast.director), plan, number="", on="").status_code == 403
    assert issue(enter(cast.director), plan, number="1", on="10/02/2022").status_code == 403
    assert Plan.objects.get().state == "approved"


def test_settled_drafts_show_who_looked(office, cast, draft):
    settled(draft, cast, clock.now())
    assert f"Đã xem: {cast.office_staff}" in page(office.get(reverse("plan_detail", args=[draft.pk])))
