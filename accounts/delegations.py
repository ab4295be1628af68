"""Delegating a unit head's power to hand in: made, ended, and whose name stands under a paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import perms
from accounts.models import AuthorityForm, Delegation, Event, Post, Role, Unit, User
from accounts.notices import notify
from documents.dates import short_date

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Signature:
    """What stands under a unit's paper: "KT. TRƯỞNG PHÒNG", "Phó Trưởng phòng", the name; no authority for the head.

    `in_place_of` is the head's name when another signs, `basis` the document of the delegation in words.
    """

    authority: str
    title: str
    name: str
    in_place_of: str = ""
    basis: str = ""


def signature_of(post: Post, user: User) -> Signature:
    """How this person signs by this post."""
    delegation = post.delegation
    if delegation is None:
        return Signature("", str(post), user.full_name)
    basis = f"{delegation.document} ngày {short_date(delegation.document_date)}" if delegation.document else ""
    return Signature(post.title, delegation.title, user.full_name, delegation.head.full_name, basis)


def head_signature(unit: Unit, day: date) -> Signature:
    """How the unit's papers of that day are signed before anyone has: by its head; a blank name when there is none."""
    post = unit.posts.on(day).filter(role=Role.UNIT_HEAD).select_related("user").first()
    return signature_of(post, post.user) if post else Signature("", _("Trưởng đơn vị"), "")


def gaps(data: Mapping, *, by_head: bool) -> Iterator[tuple[str, str]]:
    """What is wrong with the facts of a delegation, as (field, sentence); facts that are missing are not judged."""
    starts, ends = data.get("starts"), data.get("ends")
    if starts and ends and ends < starts:
        yield "ends", _("Ngày kết thúc phải từ ngày bắt đầu trở đi.")
    elif starts and ends and ends > starts + LONGEST:
        yield "ends", _("Ủy quyền tối đa một năm; hết hạn thì lập mới.")
    document, day = data.get("document"), data.get("document_date")
    if document and not day:
        yield "document_date", _("Nhập ngày của văn bản ủy quyền.")
    elif day and not document:
        yield "document", _("Nhập số, ký hiệu của văn bản ủy quyền.")
    elif not document and not by_head:
        yield "document", _("Lập thay trưởng đơn vị vắng mặt phải có văn bản: nhập số, ký hiệu.")
    elif not document and data.get("form") == AuthorityForm.TUQ:
        yield "document", _("Ký thừa ủy quyền phải có văn bản (Nghị định 30/2020/NĐ-CP, Điều 13): nhập số, ký hiệu.")


@transaction.atomic
def delegate(delegation: Delegation, *, by: User, now: datetime) -> Delegation:
    """Store a delegation and tell both people. One that stands for the same days and person is given back instead.

    Raises PermissionDenied.
    """
    post = perms.may_delegate(by, delegation.unit, now.date())
    if post is None:
        raise PermissionDenied
    Unit.objects.select_for_update().get(pk=delegation.unit_id)
    same = Delegation.objects.filter(
        unit=delegation.unit, head=delegation.head, delegate=delegation.delegate, starts=delegation.starts,
        ends=delegation.ends, form=delegation.form, ended_on=None,
    )  # fmt: skip
    if twin := same.first():
        return twin
    delegation.agency_id, delegation.made_by, delegation.made_at = delegation.unit.agency_id, by, now
    delegation.save()
    _record(delegation, "delegate", _("Ủy quyền nộp: %s"), by, post, now)
    _tell(delegation, now, _("%(delegate)s được ủy quyền thay %(head)s từ %(starts)s đến %(ends)s"), "made")
    return delegation


@transaction.atomic
def end(delegation: Delegation, *, by: User, now: datetime) -> None:
    """From this day on it holds no more; what was done while it ran stands. Safe to repeat. Raises PermissionDenied."""
    post = perms.may_end_delegation(by, delegation, now.date())
    if post is None:
        raise PermissionDenied
    if Delegation.objects.filter(pk=delegation.pk, ended_on=None).update(ended_on=now.date()):
        _record(delegation, "end_delegation", _("Thôi ủy quyền: %s"), by, post, now)
        _tell(delegation, now, _("Thôi ủy quyền cho %(delegate)s thay %(head)s"), "ended")


def _record(delegation: Delegation, action: str, label: str, by: User, post: Post, now: datetime) -> None:
    Event.record(
        delegation, at=now, by=by, post=post, action=action, label=label % delegation, agency_id=delegation.agency_id,
        reason=delegation.document,
    )  # fmt: skip


def _tell(delegation: Delegation, now: datetime, title: str, what: str) -> None:
    names = {
        "delegate": delegation.delegate, "head": delegation.head, "starts": short_date(delegation.starts),
        "ends": short_date(delegation.ends),
    }  # fmt: skip
    notify(
        [delegation.head, delegation.delegate],
        key=f"delegation:{delegation.pk}:{what}",
        title=title % names,
        now=now,
        url=reverse("delegation_list"),
    )
