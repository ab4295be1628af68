"""A head away: the delegate hands in, and every trace says in whose name. And nobody receives what is their unit's."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import delegations
from accounts.models import Delegation, Event, Notice, Post, Role, User
from plans import perms
from plans.papers import unit_plan_paper
from plans.receipts import signed
from plans.tests.factories import DUE_AT, filled_unit_plan, issued_plan, unit_plan_of
from plans.workflow import UNIT_PLAN

NOW = DUE_AT - timedelta(days=4)


@pytest.fixture
def plan(cast):
    return issued_plan(cast)


def delegated(cast, code="ldvl", to=None, **other):
    row = Delegation(
        **{
            "unit": cast.units[code], "head": cast.head(code), "delegate": to or cast.editor(code), "form": "KT.",
            "title": "Phó Trưởng phòng", "starts": NOW.date(), "ends": NOW.date() + timedelta(days=9),
            "document": "12/GUQ-LĐVL", "document_date": date(2022, 2, 18),
        }
        | other
    )  # fmt: skip
    return delegations.delegate(row, by=cast.head(code), now=NOW)


def _again(user) -> User:
    """The person as the next request has them."""
    return User.objects.get(pk=user.pk)


def test_the_delegate_hands_in_and_every_trace_says_in_whose_name(plan, cast, client):
    delegated(cast)
    unit_plan, editor = filled_unit_plan(plan), _again(cast.editor("ldvl"))
    UNIT_PLAN.move(unit_plan, "submit", by=editor, now=NOW, key="khoa-1")
    event = Event.objects.about(unit_plan).last()
    assert (event.actor, event.post, event.on_behalf_of) == (str(editor), "KT. Trưởng phòng", "Hồ Quốc Hùng")
    signature = signed(unit_plan.obligation.receipts.get())
    assert (signature.authority, signature.title, signature.name, signature.in_place_of, signature.basis) == (
        "KT. Trưởng phòng", "Phó Trưởng phòng", editor.full_name, "Hồ Quốc Hùng", "12/GUQ-LĐVL ngày 18/02/2022",
    )  # fmt: skip
    client.force_login(cast.office_staff)
    receipt = unit_plan.obligation.receipts.get()
    text = client.get(reverse("receipt", args=[receipt.number])).content.decode()
    assert "KT. Trưởng phòng (thay Hồ Quốc Hùng, theo văn bản 12/GUQ-LĐVL ngày 18/02/2022)" in text


def test_the_paper_bears_the_authority_of_the_day_it_was_handed_in(plan, cast):
    row = delegated(cast)
    unit_plan = filled_unit_plan(plan)
    UNIT_PLAN.move(unit_plan, "submit", by=_again(cast.editor("ldvl")), now=NOW, key="khoa-1")
    delegations.end(row, by=cast.head("ldvl"), now=NOW)
    paper = unit_plan_paper(unit_plan.pk, NOW.date() + timedelta(days=30))
    assert paper.signature_lines == ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")
    assert paper.signer_name == cast.editor("ldvl").full_name


def test_handed_in_by_the_head_the_paper_bears_no_authority(plan, cast):
    delegated(cast)
    unit_plan = filled_unit_plan(plan)
    UNIT_PLAN.move(unit_plan, "submit", by=_again(cast.head("ldvl")), now=NOW, key="khoa-1")
    assert unit_plan_paper(unit_plan.pk, NOW.date()).signature_lines == ("TRƯỞNG PHÒNG",)


def test_the_day_after_its_end_the_delegate_hands_in_no_more(plan, cast):
    delegated(cast, ends=NOW.date())
    with pytest.raises(PermissionDenied):
        UNIT_PLAN.move(
            filled_unit_plan(plan), "submit", by=cast.editor("ldvl"), now=NOW + timedelta(days=1), key="khoa-1"
        )


def test_the_delegate_hands_in_nothing_of_another_unit(plan, cast):
    delegated(cast)
    with pytest.raises(PermissionDenied):
        UNIT_PLAN.move(filled_unit_plan(plan, "btxh"), "submit", by=_again(cast.editor("ldvl")), now=NOW, key="khoa-1")


def test_what_waits_for_the_head_is_told_to_the_delegate_too(plan, cast):
    other = User.objects.create(username="ldvl.pho", full_name="Trần Thị Phó", email="pho@cchc.example.vn")
    Post.objects.create(user=other, agency=cast.agency, unit=cast.units["ldvl"], role=Role.UNIT_EDITOR)
    delegated(cast, to=other)
    UNIT_PLAN.move(filled_unit_plan(plan), "send_to_head", by=cast.editor("ldvl"), now=NOW)
    told = Notice.objects.filter(title__contains="chờ trưởng đơn vị").values_list("recipient__username", flat=True)
    assert set(told) == {"ldvl.truong", "ldvl.pho"}


@pytest.mark.parametrize("role", [Role.UNIT_EDITOR, Role.UNIT_HEAD])
@pytest.mark.parametrize("move", ["take_up", "accept", "send_back"])
def test_office_staff_receive_nothing_of_a_unit_they_belong_to(move, role, plan, cast):
    unit_plan = filled_unit_plan(plan)
    UNIT_PLAN.move(unit_plan, "submit", by=cast.head("ldvl"), now=NOW, key="khoa-1")
    Post.objects.create(user=cast.office_staff, agency=cast.agency, unit=cast.units["ldvl"], role=role)
    with pytest.raises(PermissionDenied):
        UNIT_PLAN.move(unit_plan, move, by=_again(cast.office_staff), now=NOW, reason="Sửa.")
    assert perms.may_remark_unit_plan(_again(cast.office_staff), unit_plan, NOW.date()) is None


def test_the_head_who_was_stood_in_for_does_not_accept_as_office_staff(plan, cast):
    delegated(cast)
    unit_plan, head = filled_unit_plan(plan), cast.head("ldvl")
    UNIT_PLAN.move(unit_plan, "submit", by=_again(cast.editor("ldvl")), now=NOW, key="khoa-1")
    Post.objects.create(user=head, agency=cast.agency, role=Role.OFFICE_STAFF)
    for person in (head, cast.editor("ldvl")):
        with pytest.raises(PermissionDenied):
            UNIT_PLAN.move(unit_plan, "accept", by=_again(person), now=NOW)


def test_the_offices_own_is_received_by_a_director_who_does_not_belong_to_it(plan, cast):
    unit_plan = filled_unit_plan(plan, "van-phong")
    delegated(cast, "van-phong")
    UNIT_PLAN.move(unit_plan, "submit", by=_again(cast.editor("van-phong")), now=NOW, key="khoa-1")
    Post.objects.create(user=cast.editor("van-phong"), agency=cast.agency, role=Role.DIRECTOR)
    for person in (cast.office_staff, cast.chief, cast.head("van-phong"), cast.editor("van-phong")):
        with pytest.raises(PermissionDenied):
            UNIT_PLAN.move(unit_plan_of(plan, "van-phong"), "accept", by=_again(person), now=NOW)
    UNIT_PLAN.move(unit_plan_of(plan, "van-phong"), "accept", by=_again(cast.director), now=NOW)


def test_who_entered_it_from_paper_does_not_accept_it(plan, cast):
    from plans.scans import Scan

    unit_plan = filled_unit_plan(plan)
    UNIT_PLAN.move(
        unit_plan, "submit_paper", by=cast.office_staff, now=NOW, key="khoa-1", reason="Số 05.",
        scan=Scan("paper/ab/abc.pdf", "Kế hoạch 05.pdf"),
    )  # fmt: skip
    assert signed(unit_plan.obligation.receipts.get()) is None  # it was signed on the paper
    with pytest.raises(PermissionDenied):
        UNIT_PLAN.move(unit_plan, "accept", by=cast.office_staff, now=NOW)
    UNIT_PLAN.move(unit_plan, "accept", by=cast.chief, now=NOW)
