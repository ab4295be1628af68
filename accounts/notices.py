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
    """Write one notice a person (once per key) and ask the worker to mail it."""
    notices = []
    for person in recipients:
        notice, created = Notice.objects.get_or_create(
            recipient=person,
            key=key[:150],
            defaults={
                "title": title[:250],
                "body": body,
                "url": url,
                "created_at": now,
                "mail_state": MailState.PENDING if person.email else MailState.NO_ADDRESS,
            },
        )
        if created:
            notices.append(notice)
            if person.email:
                jobs.enqueue(MAIL, str(notice.pk), notice=notice.pk)
    return notices


def holders(*roles, agency_id: int, on, unit_id: int | None = None):
    """The active people who hold one of `roles` on that day."""
    people = User.objects.filter(is_active=True, posts__in=_posts(roles, agency_id, on, unit_id))
    return people.distinct()


def _posts(roles, agency_id, on, unit_id):
    posts = Post.objects.on(on).filter(role__in=roles, agency_id=agency_id)
    return posts.filter(unit_id=unit_id) if unit_id else posts
