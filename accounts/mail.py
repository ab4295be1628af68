"""Notices by e-mail: each is a job of its own, so that one refused address stops no other."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts import clock, jobs
from accounts.models import Notice
from accounts.models.notice import MailState

MAIL = "mail"


def _send(claim: jobs.Claim) -> str | None:
    """Send one notice; gives the server's refusal, or None when it was taken. Other errors are retried."""
    notice = Notice.objects.select_related("recipient").filter(pk=claim.job.payload["notice"]).first()
    if notice is None or notice.mail_state == MailState.SENT:
        return None
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
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        return str(error)[:300]
    return None


def _mark(claim: jobs.Claim, refusal: str | None) -> None:
    Notice.objects.filter(pk=claim.job.payload["notice"]).update(
        mail_state=MailState.FAILED if refusal else MailState.SENT,
        mail_error=refusal or "",
        mailed_at=timezone.now(),
    )


jobs.register(MAIL, compute=_send, store=_mark)
