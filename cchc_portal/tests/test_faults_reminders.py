"""Reminders while beats and workers come twice, stand still, or the clock steps: each once, in words that are true."""

import pytest

from cchc_portal.tests.faults import Stopwatch, nothing_is_left_running, report, rows, start_second, value, vietnam
from cchc_portal.tests.services import wait_until

pytestmark = pytest.mark.services

PLAN = """
from accounts.cast import load_cast
from plans.models import Obligation
from plans.tests.factories import issued_plan
issued_plan(load_cast())
"""
HAND_IN = """
from accounts import clock
from plans.models import Obligation
Obligation.objects.filter(kind="unit_plan", unit__code="{}").update(first_submitted_at=clock.now())
"""
DIGESTS = "SELECT count(*) FROM accounts_notice WHERE kind = 'reminder'"
TWICE = """
    SELECT obligation_id, due_at, milestone, channel, person_id FROM plans_reminder
    GROUP BY obligation_id, due_at, milestone, channel, person_id HAVING count(*) > 1
"""
MILESTONES = "SELECT DISTINCT milestone FROM plans_reminder ORDER BY milestone"
WRONG = """
    SELECT title FROM accounts_notice WHERE kind = 'reminder' AND (
        (created_at > due_at AND title NOT LIKE '%quá hạn%') OR (created_at <= due_at AND title LIKE '%quá hạn%'))
"""
PEOPLE = 28  # an editor and a head of each of the fourteen units
BEFORE_EIGHT, EIGHT = vietnam(2022, 2, 23, 7, 59), vietnam(2022, 2, 23, 8)  # −3, a Wednesday
LATE = vietnam(2022, 2, 28, 8, 4)  # Monday: the deadline was Saturday 26/02


def made_ready(portal, instant=BEFORE_EIGHT):
    """A portal whose plan is issued, standing still at `instant`."""
    portal.stand_at(instant)
    portal.python(PLAN)
    nothing_is_left_running(portal)
    return portal


def told(portal) -> int:
    return value(portal, DIGESTS)


def all_told_once(portal, milestones: list[int]) -> None:
    """Everyone was told, nobody twice, nothing untrue; every mail has gone."""
    wait_until(lambda: told(portal) == PEOPLE * len(milestones), 30, "mọi người được nhắc")
    nothing_is_left_running(portal)
    assert rows(portal, TWICE) == []
    assert rows(portal, WRONG) == []
    assert [milestone for (milestone,) in rows(portal, MILESTONES)] == milestones


def test_two_beats_and_two_workers_remind_everyone_once(make_portal, mail_server):
    portal = made_ready(make_portal(EMAIL_URL=mail_server.url))
    before = len(mail_server.messages)
    for name in ("beat", "worker"):
        start_second(portal, name)
    portal.stand_at(EIGHT)
    all_told_once(portal, [-3])
    for _look in range(3):  # looked at again and again by both
        portal.python("from accounts.tasks import sweep; sweep()")
    all_told_once(portal, [-3])
    receivers = [message["To"] for message in mail_server.messages[before:]]
    assert len(receivers) == len(set(receivers)) == PEOPLE
    report("two beats, two workers", people=PEOPLE, mails=len(receivers), duplicates=0)


def test_a_beat_that_was_dead_across_the_deadline_makes_up_the_latest_in_true_words(portal):
    made_ready(portal)
    portal.kill("beat")
    portal.stand_at(EIGHT)  # −3 and, on Friday, 0 come and go
    portal.python(HAND_IN.format("ldvl"))
    portal.stand_at(LATE)
    assert told(portal) == 0
    watch = Stopwatch()
    portal.start("beat")
    wait_until(lambda: told(portal) == PEOPLE - 2, 30, "nhắc bù")
    delay = watch.seconds
    nothing_is_left_running(portal)
    assert rows(portal, WRONG) == rows(portal, TWICE) == []
    assert rows(portal, MILESTONES) == [(1,)]
    report("beat dead across the deadline", delay=delay, wrong_texts=0, duplicates=0)


@pytest.mark.nightly
def test_a_clock_that_steps_back_and_forth_repeats_nothing(portal):
    made_ready(portal)
    portal.stand_at(EIGHT)
    all_told_once(portal, [-3])
    for instant in (BEFORE_EIGHT, EIGHT, vietnam(2022, 2, 18, 9), vietnam(2022, 2, 23, 23), EIGHT):
        portal.stand_at(instant)
        portal.python("from accounts.tasks import sweep; sweep()")
    all_told_once(portal, [-3])
    report("clock steps", digests=told(portal), duplicates=0)


@pytest.mark.nightly
def test_a_worker_killed_while_it_mails_reminders_sends_the_rest(make_portal, mail_server):
    portal = made_ready(make_portal(EMAIL_URL=mail_server.url))
    before = len(mail_server.messages)
    portal.stand_at(EIGHT)
    wait_until(lambda: len(mail_server.messages) > before + 5, 30, "vài thư đầu")
    portal.kill("worker")
    portal.start("worker")
    all_told_once(portal, [-3])
    receivers = [message["To"] for message in mail_server.messages[before:]]
    assert len(set(receivers)) == PEOPLE
    assert len(receivers) <= PEOPLE + 1  # the one whose sending was cut off may come twice: SMTP has no undo
    report("worker killed while mailing", mails=len(receivers), missing=0)


@pytest.mark.nightly
def test_what_is_handed_in_while_the_mail_server_hangs_is_not_reminded_of(make_portal, mail_server):
    port = mail_server.port
    portal = made_ready(make_portal(EMAIL_URL=f"smtp://127.0.0.1:{port}"))
    before = len(mail_server.messages)
    mail_server.later = {email for (email,) in rows(portal, "SELECT email FROM accounts_user")}
    portal.stand_at(EIGHT)
    wait_until(lambda: told(portal) == PEOPLE, 30, "mọi người được nhắc trên cổng")
    portal.python(HAND_IN.format("ldvl"))
    portal.stand_at(LATE)
    mail_server.later = set()
    portal.python("from accounts.models import Job; Job.objects.update(not_before=None)")
    nothing_is_left_running(portal)
    late = [message for message in mail_server.messages[before:] if "ldvl" in message["To"]]
    assert late == []
    subjects = {message["Subject"].strip() for message in mail_server.messages[before:]}
    assert subjects == {"Nhắc hạn: Kế hoạch của đơn vị, Năm 2022 – quá hạn 2 ngày"}
    report("mail held back over the deadline", wrong_texts=0, after_submission=0)
