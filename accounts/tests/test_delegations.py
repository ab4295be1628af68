"""Delegating a head's power: who may, while it runs, what it gives, when it ends, what it never gives."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import clock, delegations, perms
from accounts.clock import VIETNAM
from accounts.models import Delegation, Event, Notice, Post, Role, User
from accounts.notices import holders

NOW = datetime(2022, 2, 20, 9, tzinfo=VIETNAM)
FROM, TO = date(2022, 2, 21), date(2022, 2, 28)


def _delegation(cast, **other) -> Delegation:
    return Delegation(
        **{
            "unit": cast.units["ldvl"], "head": cast.head("ldvl"), "delegate": cast.editor("ldvl"), "form": "KT.",
            "title": "Phó Trưởng phòng", "starts": FROM, "ends": TO,
        }
        | other
    )  # fmt: skip


@pytest.fixture
def made(cast):
    return delegations.delegate(_delegation(cast), by=cast.head("ldvl"), now=NOW)


def _acts_as_head(cast, day, who="ldvl.soan") -> bool:
    user = User.objects.get(username=who)
    return user.holds(Role.UNIT_HEAD, on=day, agency_id=cast.agency.pk, unit_id=cast.units["ldvl"].pk)


@pytest.mark.parametrize(
    ("day", "holds"),
    [(date(2022, 2, 20), False), (FROM, True), (date(2022, 2, 25), True), (TO, True), (date(2022, 3, 1), False)],
)
def test_it_holds_from_its_first_day_to_its_last(day, holds, made, cast):
    assert _acts_as_head(cast, day) is holds
    heads = holders(Role.UNIT_HEAD, agency_id=cast.agency.pk, unit_id=cast.units["ldvl"].pk, on=day)
    assert {user.username for user in heads} == {"ldvl.truong", *(["ldvl.soan"] if holds else [])}


def test_the_post_says_in_whose_name_it_is_held(made, cast):
    post = User.objects.get(username="ldvl.soan").post_as(Role.UNIT_HEAD, on=FROM, agency_id=cast.agency.pk)
    assert (str(post), post.on_behalf_of) == ("KT. Trưởng phòng", "Hồ Quốc Hùng")
    signature = delegations.signature_of(post, cast.editor("ldvl"))
    assert (signature.authority, signature.title, signature.name) == (
        "KT. Trưởng phòng", "Phó Trưởng phòng", cast.editor("ldvl").full_name,
    )  # fmt: skip


def test_the_head_keeps_the_post_and_signs_without_authority(made, cast):
    head = User.objects.get(username="ldvl.truong")
    post = head.post_as(Role.UNIT_HEAD, on=FROM, agency_id=cast.agency.pk)
    assert (delegations.signature_of(post, head).authority, post.on_behalf_of) == ("", "")


def test_ended_it_holds_no_more_from_that_day(made, cast):
    delegations.end(made, by=cast.head("ldvl"), now=datetime(2022, 2, 25, 8, tzinfo=VIETNAM))
    assert _acts_as_head(cast, date(2022, 2, 24))
    assert not _acts_as_head(cast, date(2022, 2, 25))


def test_it_ends_with_the_heads_post_and_with_the_delegates_place_in_the_unit(made, cast):
    cast.head("ldvl").posts.update(ends=date(2022, 2, 24))
    assert _acts_as_head(cast, date(2022, 2, 24))
    assert not _acts_as_head(cast, date(2022, 2, 25))
    cast.head("ldvl").posts.update(ends=None)
    cast.editor("ldvl").posts.update(unit=cast.units["btxh"])
    assert not _acts_as_head(cast, FROM)


def test_a_disabled_delegate_holds_nothing_and_is_not_told(made, cast):
    User.objects.filter(username="ldvl.soan").update(is_active=False)
    assert not _acts_as_head(cast, FROM)
    assert "ldvl.soan" not in set(
        holders(Role.UNIT_HEAD, agency_id=cast.agency.pk, on=FROM).values_list("username", flat=True)
    )


@pytest.mark.parametrize("who", ["ldvl.soan", "btxh.truong", "hoa", "duc", "lan", "nam"])
def test_others_may_not_delegate_for_the_unit(who, cast):
    with pytest.raises(PermissionDenied):
        delegations.delegate(_delegation(cast), by=cast.people[who], now=NOW)


def test_what_was_delegated_is_not_passed_on(made, cast):
    delegate = User.objects.get(username="ldvl.soan")
    assert perms.may_delegate(delegate, cast.units["ldvl"], FROM) is None
    with pytest.raises(PermissionDenied):
        delegations.end(made, by=delegate, now=datetime(2022, 2, 22, 8, tzinfo=VIETNAM))


def test_made_and_ended_it_is_logged_and_both_are_told(made, cast):
    delegations.end(made, by=cast.chief, now=NOW)
    delegations.end(made, by=cast.chief, now=NOW)
    assert [event.action for event in Event.objects.about(made)] == ["delegate", "end_delegation"]
    assert Notice.objects.filter(key__startswith="delegation:").count() == 4


def test_the_same_form_sent_twice_is_one_delegation(made, cast):
    assert delegations.delegate(_delegation(cast), by=cast.head("ldvl"), now=NOW) == made
    assert Delegation.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"starts": None}, {"delegate": "ldvl.truong"}, {"form": "TUQ."}, {"document": "12/GUQ-LĐVL"}]
)
def test_the_table_refuses_what_makes_no_sense(wrong, cast):
    if "delegate" in wrong:
        wrong = {"delegate": cast.head("ldvl")}
    with pytest.raises(IntegrityError), transaction.atomic():
        delegations.delegate(_delegation(cast, **wrong), by=cast.head("ldvl"), now=NOW)


@pytest.fixture
def browse(client, cast, settings):
    settings.DEMO = True
    clock.set_demo(NOW)

    def as_(who):
        client.force_login(cast.people[who])
        return client

    return as_


def _typed(cast, **other) -> dict:
    return {
        "delegate": cast.editor("ldvl").posts.get().pk, "form": "KT.", "title": "Phó Trưởng phòng",
        "starts": "21/02/2022", "ends": "28/02/2022", "document": "", "document_date": "",
    } | other  # fmt: skip


def test_the_head_delegates_and_ends_it_on_the_page(browse, cast):
    assert browse("ldvl.truong").post(reverse("delegation_add"), _typed(cast)).status_code == 302
    row = Delegation.objects.get()
    assert (row.head, row.delegate, row.starts, row.ends) == (cast.head("ldvl"), cast.editor("ldvl"), FROM, TO)
    assert "Chưa đến ngày" in browse("ldvl.soan").get(reverse("delegation_list")).content.decode()
    assert browse("ldvl.soan").post(reverse("delegation_end", args=[row.pk])).status_code == 403
    assert browse("btxh.truong").post(reverse("delegation_end", args=[row.pk])).status_code == 404
    assert browse("ldvl.truong").post(reverse("delegation_end", args=[row.pk])).status_code == 302
    assert "Thôi từ 20/02/2022" in browse("binh").get(reverse("delegation_list")).content.decode()


@pytest.mark.parametrize(
    ("who", "typed", "message"),
    [
        ("ldvl.truong", {"starts": "19/02/2022"}, "Ngày phải từ 20/02/2022 trở đi"),
        ("ldvl.truong", {"ends": "20/02/2022"}, "Ngày kết thúc phải từ ngày bắt đầu trở đi"),
        ("ldvl.truong", {"ends": "28/02/2024"}, "Ủy quyền tối đa một năm"),
        ("ldvl.truong", {"form": "TUQ."}, "Ký thừa ủy quyền phải có văn bản"),
        ("ldvl.truong", {"document": "12/GUQ-LĐVL"}, "Nhập ngày của văn bản ủy quyền"),
        ("ldvl.truong", {"title": "\x00"}, "có ký tự không hợp lệ"),
        ("ldvl.truong", {"delegate": "999999"}, "Người được ủy quyền"),
        ("binh", {}, "Lập thay trưởng đơn vị vắng mặt phải có văn bản"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(who, typed, message, browse, cast):
    response = browse(who).post(reverse("delegation_add"), _typed(cast, **typed))
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not Delegation.objects.exists()


def test_a_unit_without_a_head_has_nobody_to_delegate_for(browse, cast):
    cast.head("ldvl").posts.all().delete()
    typed = _typed(cast, document="45/QĐ-SLĐTBXH", document_date="18/02/2022")
    text = browse("binh").post(reverse("delegation_add"), typed).content.decode()
    assert "Phòng Lao động - Việc làm chưa có trưởng đơn vị để ủy quyền." in text


def test_the_chief_delegates_for_a_head_who_is_away_by_a_document(browse, cast):
    typed = _typed(cast, document="45/QĐ-SLĐTBXH", document_date="18/02/2022")
    assert browse("binh").post(reverse("delegation_add"), typed).status_code == 302
    row = Delegation.objects.get()
    assert (row.head, row.made_by, row.document) == (cast.head("ldvl"), cast.chief, "45/QĐ-SLĐTBXH")


def test_a_head_offers_only_people_of_the_own_unit(browse, cast):
    form = browse("ldvl.truong").get(reverse("delegation_add")).context["form"]
    assert [post.user.username for post in form.fields["delegate"].queryset] == ["ldvl.soan"]


def test_a_second_head_post_elsewhere_gives_no_power_here(cast):
    Post.objects.create(
        user=cast.head("btxh"), agency=cast.agency, unit=cast.units["gdnn"], role=Role.UNIT_HEAD, starts=FROM
    )
    assert perms.may_delegate(cast.head("btxh"), cast.units["ldvl"], FROM + timedelta(days=1)) is None
