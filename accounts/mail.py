"""Notices by e-mail: each is a job of its own, so that one refused address stops no other."""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts import clock, jobs
from accounts.models import Job, Notice
from accounts.models.notice import MailState

MAIL = "mail"
# By the notice's kind: what is looked at once more before it is mailed. It may give the notice new words
# (not stored), and answers False when there is nothing to tell any more.
LOOK_AGAIN: dict[str, Callable[[Notice, datetime], bool]] = {}
# With pauses of 30 s, 1, 2 … 60 minutes: a server that is down over lunch, or a night's greylisting, costs no mail.
ATTEMPTS = 12


@dataclass(frozen=True)
class Outcome:
    state: MailState
    problem: str = ""


def _send(claim: jobs.Claim) -> Outcome | None:
    """Send one notice; gives what became of it, None when it was sent before. Other errors are retried."""
    notice = Notice.objects.select_related("recipient").filter(pk=claim.job.payload["notice"]).first()
    if notice is None or notice.mail_state == MailState.SENT:
        return None
    if notice.kind in LOOK_AGAIN and not LOOK_AGAIN[notice.kind](notice, clock.now()):
        return Outcome(MailState.DROPPED)
    try:
        _message(notice).send()
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        return _refused(code, words, error)
    except smtplib.SMTPDataError as error:
        return _refused(error.smtp_code, error.smtp_error, error)
    return Outcome(MailState.SENT)


def _refused(code: int, words: bytes | str, error: Exception) -> Outcome:
    """5xx is final (RFC 5321, 4.2.1); 4xx, as of greylisting, is tried again."""
    if code < 500:
        raise error
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return Outcome(MailState.FAILED, f"{code} {said}"[:300])


def _message(notice: Notice) -> EmailMultiAlternatives:
    on = notice.created_at.astimezone(clock.VIETNAM).date()
    posts = notice.recipient.posts_on(on)
    context = {
        "notice": notice,
        "posts": posts,
        "agency": posts[0].agency.name_on(on).name if posts else "",
        "link": settings.PORTAL_URL + notice.url,
        "all_notices": settings.PORTAL_URL + reverse("notices"),
    }
    message = EmailMultiAlternatives(
        subject=" ".join(notice.title.split()),  # a line end in a header is refused
        body=render_to_string("email/notice.txt", context),
        to=[notice.recipient.email],
    )
    message.attach_alternative(render_to_string("email/notice.html", context), "text/html")
    return message


def _mark(claim: jobs.Claim, outcome: Outcome | None) -> None:
    if outcome:
        _write(claim.job, outcome)


def _given_up(job: Job) -> None:
    _write(job, Outcome(MailState.FAILED, f"Thử {job.attempts} lần không gửi được. {job.error}"[:300]))


def _write(job: Job, outcome: Outcome) -> None:
    Notice.objects.filter(pk=job.payload["notice"]).exclude(mail_state=MailState.SENT).update(
        mail_state=outcome.state, mail_error=outcome.problem, mailed_at=timezone.now()
    )


jobs.register(MAIL, compute=_send, store=_mark, attempts=ATTEMPTS, given_up=_given_up, bulk=True)
