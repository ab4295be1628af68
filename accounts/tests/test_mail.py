"""Notices as e-mail, through the jobs of the worker and a real mail server."""

import socket
from datetime import date, timedelta

import pytest
from django.conf import settings as configured
from django.utils import timezone

from accounts import jobs
from accounts.mail import ATTEMPTS, LOOK_AGAIN
from accounts.models import Job, Notice
from accounts.models.job import JobState
from accounts.models.notice import MailState
from accounts.notices import broken_addresses, notify


@pytest.fixture
def mail(mail_server, settings):
    """The portal sends to this server; `mail.messages` and `mail.refused` belong to it."""
    deliver_to(settings, mail_server.port)
    return mail_server


def deliver_to(settings, port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False


def tell(people, at, **fields):
    fields = {"title": "Kế hoạch được trả lại", "body": "Bổ sung <b>số lượng</b>.", "url": "/ke-hoach/1/", **fields}
    return notify(people, key="tra-lai-1", now=at(2022, 2, 28, 8, 0), **fields)


def run_all():
    return [jobs.run(pk) for pk in Job.objects.order_by("pk").values_list("pk", flat=True)]


def states():
    return dict(Notice.objects.values_list("recipient__username", "mail_state"))


def test_a_notice_arrives_as_text_and_html_with_a_link(cast, at, mail):
    tell([cast.head("ldvl")], at)
    assert run_all() == [True]
    [message] = mail.messages
    assert message["To"] == "ldvl.truong@cchc.example.vn"
    assert message["Subject"] == "Kế hoạch được trả lại"
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    html = message.get_body(("html",)).get_content()
    assert "Kính gửi: Hồ Quốc Hùng\nTrưởng phòng, Phòng Lao động - Việc làm\n" in text
    assert "– Sở Lao động - Thương binh và Xã hội\n" in text and "Sở Lao động - Thương binh và Xã hội" in html
    assert "vì công việc nêu trên thuộc vị trí công tác của người nhận" in text and "vị trí công tác" in html
    assert f"{configured.PORTAL_URL}/thong-bao/" in text and f'href="{configured.PORTAL_URL}/thong-bao/"' in html
    assert f"{configured.PORTAL_URL}/ke-hoach/1/" in text
    assert "Bổ sung <b>số lượng</b>." in text
    assert "Bổ sung &lt;b&gt;số lượng&lt;/b&gt;." in html
    assert f'href="{configured.PORTAL_URL}/ke-hoach/1/"' in html
    notice = Notice.objects.get()
    assert notice.mail_state == MailState.SENT
    assert notice.mailed_at is not None


def test_a_refused_address_is_marked_and_the_others_get_theirs(cast, at, mail):
    mail.refused = {"gdnn.truong@cchc.example.vn"}
    tell([cast.head(unit) for unit in ("ldvl", "gdnn", "ncc")], at)
    run_all()
    assert {message["To"] for message in mail.messages} == {
        "ldvl.truong@cchc.example.vn",
        "ncc.truong@cchc.example.vn",
    }
    assert states() == {"ldvl.truong": "sent", "gdnn.truong": "failed", "ncc.truong": "sent"}
    assert "no such mailbox" in Notice.objects.get(recipient=cast.head("gdnn")).mail_error
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}


def test_a_server_that_hangs_loses_nothing(cast, at, settings, mail_server):
    """It accepts the connection and never speaks; the job goes back and is done when the server is well again."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        deliver_to(settings, silent.getsockname()[1])
        settings.EMAIL_TIMEOUT = 0.3
        tell([cast.clerk], at)
        assert run_all() == [False]
    job = Job.objects.get()
    assert (job.state, job.attempts) == (JobState.QUEUED, 1)
    assert job.not_before > timezone.now()
    assert states() == {"lan": "pending"}
    Job.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    deliver_to(settings, mail_server.port)
    assert run_all() == [True]
    assert states() == {"lan": "sent"}


def test_no_server_at_all_loses_nothing(cast, at, settings):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    deliver_to(settings, port)
    tell([cast.clerk], at)
    assert run_all() == [False]
    assert Job.objects.get().state == JobState.QUEUED


def test_the_same_job_run_twice_mails_once(cast, at, mail):
    tell([cast.clerk], at)
    tell([cast.clerk], at)
    assert run_all() == [True]
    assert run_all() == [False]
    assert len(mail.messages) == 1


def test_someone_without_an_address_still_has_the_notice(cast, at, mail):
    cast.clerk.email = ""
    cast.clerk.save()
    tell([cast.clerk], at)
    assert run_all() == []
    assert states() == {"lan": "no_address"}


def test_a_line_end_in_a_title_does_not_become_a_header(cast, at, mail):
    tell([cast.clerk], at, title="Trả lại\r\nBcc: evil@evil.vn")
    assert run_all() == [True]
    [message] = mail.messages
    assert message["Bcc"] is None
    assert message["Subject"] == "Trả lại Bcc: evil@evil.vn"


def test_a_temporary_refusal_is_tried_again_and_a_final_one_is_not(cast, at, mail):
    """4xx, as of greylisting, means later; 5xx means never (RFC 5321, 4.2.1)."""
    mail.later = {"gdnn.truong@cchc.example.vn"}
    mail.refused = {"ncc.truong@cchc.example.vn"}
    tell([cast.head("gdnn"), cast.head("ncc")], at)
    run_all()
    assert states() == {"gdnn.truong": "pending", "ncc.truong": "failed"}
    assert Notice.objects.get(recipient=cast.head("ncc")).mail_error == "550 5.1.1 no such mailbox"
    mail.later = set()
    Job.objects.update(not_before=None)
    run_all()
    assert states() == {"gdnn.truong": "sent", "ncc.truong": "failed"}
    assert len(mail.messages) == 1


def test_a_server_that_stays_away_is_given_up_visibly_after_hours(cast, at, settings):
    deliver_to(settings, 1)  # nobody listens on port 1
    tell([cast.head("ldvl")], at)
    job, pauses = Job.objects.get(), []
    for _attempt in range(ATTEMPTS):
        began = timezone.now()
        assert not jobs.run(job.pk)
        job.refresh_from_db()
        pauses.append(round((job.not_before - began) / timedelta(seconds=1)) if job.state == "queued" else None)
        Job.objects.update(not_before=None)
    assert pauses == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600, None]
    notice = Notice.objects.get()
    assert (job.state, notice.mail_state) == (JobState.FAILED, MailState.FAILED)
    assert notice.mail_error.startswith("Thử 12 lần không gửi được.")
    assert [row.recipient for row in broken_addresses(cast.agency.pk, on=date(2022, 2, 28))] == [cast.head("ldvl")]


def test_an_address_that_works_again_is_no_longer_broken(cast, at, mail):
    mail.refused = {"ldvl.truong@cchc.example.vn"}
    tell([cast.head("ldvl")], at)
    run_all()
    assert len(broken_addresses(cast.agency.pk, on=date(2022, 2, 28))) == 1
    mail.refused = set()
    notify([cast.head("ldvl")], key="khac", title="Việc khác", now=at(2022, 3, 1, 8))
    run_all()
    assert broken_addresses(cast.agency.pk, on=date(2022, 3, 1)) == []


def test_a_notice_that_has_become_moot_is_not_mailed(cast, at, mail):
    notify([cast.head("ldvl")], key="moot", title="Hết chuyện", now=at(2022, 3, 1, 8), kind="moot")
    LOOK_AGAIN["moot"] = lambda notice, now: False
    try:
        run_all()
    finally:
        del LOOK_AGAIN["moot"]
    assert states() == {"ldvl.truong": "dropped"}
    assert mail.messages == []
