"""Telling people: a Notice row a person, in the transaction of what it tells."""

from collections.abc import Iterable
from datetime import datetime

from accounts import jobs
from accounts.mail import MAIL
from accounts.models import Notice, Post, User
from accounts.models.notice import MailState


def notify(
    recipients: Iterable[User], *, key: str, title: str, now: datetime, body: str = "", url: str = ""
) -> list[Notice]:
    """Write one notice a person (once per key) and ask the worker to mail it; gives the new ones.

    A constant number of queries, however many people are told.
    """
    key, people = key[:150], {person.pk: person for person in recipients}
    told = set(Notice.objects.filter(key=key, recipient__in=people).values_list("recipient", flat=True))
    fresh = [person for pk, person in people.items() if pk not in told]
    Notice.objects.bulk_create(
        (
            Notice(
                recipient=person,
                key=key,
                title=title[:250],
                body=body,
                url=url,
                created_at=now,
                mail_state=MailState.PENDING if person.email else MailState.NO_ADDRESS,
            )
            for person in fresh
        ),
        ignore_conflicts=True,
    )
    notices = list(Notice.objects.filter(key=key, recipient__in=fresh)) if fresh else []
    pending = [notice.pk for notice in notices if notice.mail_state == MailState.PENDING]
    jobs.enqueue_all(MAIL, {str(pk): {"notice": pk} for pk in pending})
    return notices


def holders(*roles, agency_id: int, on, unit_id: int | None = None):
    """The active people who hold one of `roles` on that day."""
    people = User.objects.filter(is_active=True, posts__in=_posts(roles, agency_id, on, unit_id))
    return people.distinct()


def _posts(roles, agency_id, on, unit_id):
    posts = Post.objects.on(on).filter(role__in=roles, agency_id=agency_id)
    return posts.filter(unit_id=unit_id) if unit_id else posts
