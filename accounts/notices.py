"""Telling people: a Notice row a person, in the transaction of what it tells."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery

from accounts import jobs
from accounts.mail import MAIL
from accounts.models import Delegation, Notice, Post, Role, User
from accounts.models.notice import MailState


def notify(
    recipients: Iterable[User], *, key: str, title: str, now: datetime, body: str = "", url: str = "", **more
) -> list[Notice]:
    """Write one notice a person (once per key) and ask the worker to mail it; gives the new ones.

    `more`: `kind` and `due_at` of the notice. A constant number of queries, however many people are told.
    """
    return write(
        [
            Notice(recipient=person, key=key, title=title, body=body, url=url, created_at=now, **more)
            for person in recipients
        ]
    )


def write(notices: Iterable[Notice]) -> list[Notice]:
    """Store notices of one key, one a person, and ask the worker to mail them; gives those that are new."""
    by_person = {notice.recipient_id: notice for notice in notices}
    if not by_person:
        return []
    key = next(iter(by_person.values())).key[:150]
    told = set(Notice.objects.filter(key=key, recipient__in=by_person).values_list("recipient", flat=True))
    fresh = {pk: notice for pk, notice in by_person.items() if pk not in told}
    for notice in fresh.values():
        notice.key, notice.title = key, notice.title[:250]
        notice.mail_state = MailState.PENDING if notice.recipient.email else MailState.NO_ADDRESS
    Notice.objects.bulk_create(fresh.values(), ignore_conflicts=True)
    stored = list(Notice.objects.filter(key=key, recipient__in=fresh)) if fresh else []
    pending = [notice.pk for notice in stored if notice.mail_state == MailState.PENDING]
    jobs.enqueue_all(MAIL, {str(pk): {"notice": pk} for pk in pending})
    return stored


def broken_addresses(agency_id: int, *, on) -> list[Notice]:
    """The last mail of each person of the agency whose last mail was refused or given up."""
    people = Post.objects.on(on).filter(agency_id=agency_id, user__is_active=True).values("user")
    judged = Notice.objects.filter(mail_state__in=(MailState.SENT, MailState.FAILED))
    last = judged.filter(recipient=OuterRef("recipient")).order_by("-pk").values("pk")[:1]
    rows = Notice.objects.filter(mail_state=MailState.FAILED, recipient__in=people, pk=Subquery(last))
    return list(rows.select_related("recipient").order_by("recipient__full_name", "pk")[:200])


def holders(*roles, agency_id: int, on, unit_id: int | None = None, unit_ids: Iterable[int] | None = None):
    """The active people who hold one of `roles` on that day, in one unit or some when these are named.

    With a head comes whoever stands in for them (see accounts.models.Delegation).
    """
    where = {"agency_id": agency_id}
    if unit_id or unit_ids is not None:
        where["unit_id__in"] = [unit_id] if unit_id else unit_ids
    people = Q(pk__in=Post.objects.on(on).filter(role__in=roles, **where).values("user"))
    if Role.UNIT_HEAD in roles:
        people |= Q(pk__in=Delegation.objects.on(on).filter(**where).values("delegate"))
    return User.objects.filter(people, is_active=True)
