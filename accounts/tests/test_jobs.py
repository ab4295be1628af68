"""Work promised in a transaction is done exactly once, whatever dies in between."""

from datetime import timedelta

import pytest
from celery import current_app
from django.db import transaction
from django.utils import timezone

from accounts import jobs
from accounts.models import DemoClock, Job
from accounts.models.job import JobState
from accounts.tasks import run_job, sweep

KIND = "test-work"
EXPIRED = timedelta(seconds=-1)


@pytest.fixture
def work(db):
    """A kind of job whose effect is a row; `work.compute` may be replaced by the test."""

    class Work:
        computed = 0

        def compute(self, claim):
            return claim.job.payload.get("number", 0)

        def store(self, claim, outcome):
            DemoClock.objects.create(at=timezone.now())

    kind = Work()

    def compute(claim):
        kind.computed += 1
        return kind.compute(claim)

    jobs.register(KIND, compute=compute, store=lambda claim, outcome: kind.store(claim, outcome))
    yield kind
    del jobs.KINDS[KIND]


def effects() -> int:
    return DemoClock.objects.count()


def expire(job: Job) -> None:
    """The worker's lease has run out: it was killed, or it hangs."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() + EXPIRED)


def test_asking_twice_promises_once(work):
    first = jobs.enqueue(KIND, "2022-Q1 bản 1", number=1)
    again = jobs.enqueue(KIND, "2022-Q1 bản 1", number=2)
    assert first == again
    assert Job.objects.get().payload == {"number": 1}
    assert jobs.enqueue(KIND, "2022-Q1 bản 2") != first


def test_a_job_run_twice_has_one_effect(work):
    job = jobs.enqueue(KIND, "a")
    assert jobs.run(job.pk) is True
    assert jobs.run(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.progress, job.attempts, job.lease_until) == (JobState.DONE, 100, 1, None)
    assert job.done_at
    assert effects() == work.computed == 1


def test_asking_for_what_is_done_does_not_do_it_again(work):
    job = jobs.enqueue(KIND, "a")
    jobs.run(job.pk)
    assert jobs.enqueue(KIND, "a").state == JobState.DONE
    assert jobs.run(job.pk) is False
    assert effects() == 1


def test_a_job_that_is_gone_is_no_error(work):
    assert jobs.run(10**9) is False


def test_a_job_being_done_is_left_alone(work):
    job = jobs.enqueue(KIND, "a")
    held = jobs.claim(job.pk)
    assert held and jobs.claim(job.pk) is None
    assert jobs.run(job.pk) is False
    assert not jobs.due(timezone.now()).exists()
    assert work.computed == 0


def test_the_job_of_a_killed_worker_is_taken_over(work):
    job = jobs.enqueue(KIND, "a")
    jobs.claim(job.pk)
    expire(job)
    assert jobs.due(timezone.now()).get() == job
    assert jobs.run(job.pk) is True
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert effects() == 1


def test_a_slow_worker_that_was_overtaken_changes_nothing(work):
    """The first hangs past its lease; the second does the whole job; then the first comes back."""
    job = jobs.enqueue(KIND, "a")
    overtaken = []

    def hang(claim):
        if not overtaken:
            overtaken.append(claim)
            expire(job)
            assert jobs.run(job.pk) is True
        return 0

    work.compute = hang
    assert jobs.run(job.pk) is False
    assert work.computed == 2
    assert effects() == 1
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.DONE, "")


def test_an_overtaken_worker_that_fails_does_not_put_the_job_back(work):
    job = jobs.enqueue(KIND, "a")
    overtaken = []

    def hang_then_fail(claim):
        if overtaken:
            return 0
        overtaken.append(claim)
        expire(job)
        jobs.run(job.pk)
        raise RuntimeError("too late")

    work.compute = hang_then_fail
    assert jobs.run(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.DONE, "")
    assert effects() == 1


def test_progress_renews_the_lease_and_shows_how_far_it_is(work, settings):
    settings.JOB_LEASE_SECONDS = 120
    job = jobs.enqueue(KIND, "a")
    seen = []

    def report(claim):
        expire(job)
        claim.progress(40, "Cộng số liệu")
        seen.append(Job.objects.get(pk=job.pk))
        seen.append(jobs.run(job.pk))

    work.compute = report
    assert jobs.run(job.pk) is True
    during, second_run = seen
    assert (during.progress, during.stage) == (40, "Cộng số liệu")
    assert during.lease_until > timezone.now() + timedelta(seconds=100)
    assert second_run is False
    assert effects() == 1


def test_progress_tells_an_overtaken_worker_to_stop(work):
    job = jobs.enqueue(KIND, "a")
    held = jobs.claim(job.pk)
    expire(job)
    jobs.claim(job.pk)
    with pytest.raises(jobs.LostClaim):
        held.progress(50, "…")


def test_a_failing_job_waits_longer_each_time_and_is_given_up_after_five(work, time_machine, at):
    """The pauses are 15 × 2ⁿ seconds after the nth attempt: 30, 60, 120, 240."""

    def fail(claim):
        raise ValueError("hỏng")

    work.compute = fail
    moment = at(2022, 3, 15, 8)
    time_machine.move_to(moment, tick=False)
    job = jobs.enqueue(KIND, "a")
    for attempt, pause in enumerate((30, 60, 120, 240), 1):
        assert jobs.run(job.pk) is False
        job.refresh_from_db()
        assert (job.state, job.attempts, job.error) == (JobState.QUEUED, attempt, "ValueError: hỏng")
        assert job.not_before == moment + timedelta(seconds=pause)
        time_machine.move_to(moment + timedelta(seconds=pause - 1), tick=False)
        assert jobs.run(job.pk) is False and work.computed == attempt
        moment += timedelta(seconds=pause)
        time_machine.move_to(moment, tick=False)
    assert jobs.run(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.attempts, job.is_over) == (JobState.FAILED, 5, True)
    assert effects() == 0


def test_a_job_given_up_is_tried_anew_when_asked_for_again(work):
    job = jobs.enqueue(KIND, "a")
    Job.objects.update(state=JobState.FAILED, attempts=5, error="hỏng")
    assert jobs.enqueue(KIND, "a").state == JobState.QUEUED
    assert jobs.run(job.pk) is True
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == (JobState.DONE, 1, "")


def test_when_storing_fails_neither_effect_nor_end_is_kept(work):
    job = jobs.enqueue(KIND, "a")
    good = work.store

    def store_and_fail(claim, outcome):
        good(claim, outcome)
        raise RuntimeError("half done")

    work.store = store_and_fail
    assert jobs.run(job.pk) is False
    job.refresh_from_db()
    assert (job.state, effects()) == (JobState.QUEUED, 0)
    work.store = good
    Job.objects.update(not_before=None)
    assert jobs.run(job.pk) is True
    assert effects() == 1


def test_nothing_is_promised_by_a_transaction_that_fails(work, django_capture_on_commit_callbacks):
    with (
        django_capture_on_commit_callbacks(execute=True) as woken,
        pytest.raises(RuntimeError),
        transaction.atomic(),
    ):
        jobs.enqueue(KIND, "a")
        raise RuntimeError
    assert woken == []
    assert not Job.objects.exists()


def test_the_worker_is_woken_on_commit(work, django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setitem(current_app.conf, "task_always_eager", True)
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue(KIND, "a")
        assert work.computed == 0
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_the_sweep_finds_what_no_message_announced(work, monkeypatch):
    monkeypatch.setitem(current_app.conf, "task_always_eager", True)
    job = jobs.enqueue(KIND, "a")
    sweep()
    run_job(job.pk)
    assert effects() == work.computed == 1


@pytest.fixture
def dead_broker(monkeypatch):
    """Messages go to a Redis on a port where nothing listens."""
    app = current_app._get_current_object()

    def forget_connections() -> None:
        app.pool.force_close_all()
        app._pool = app.amqp._producer_pool = None

    options = {"socket_connect_timeout": 1, "max_retries": 1, "interval_start": 0, "interval_step": 0}
    monkeypatch.setenv("CELERY_BROKER_WRITE_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setitem(app.conf, "broker_transport_options", options)
    monkeypatch.setitem(jobs._broker, "next_try", 0.0)  # no pause comes in or goes out
    forget_connections()
    yield
    monkeypatch.undo()
    forget_connections()


def test_a_broker_that_is_down_undoes_nothing(work, dead_broker, caplog):
    job = jobs.enqueue(KIND, "a")
    for _message in range(3):
        jobs.wake(job.pk, KIND)
    assert caplog.text.count("broker not reached") == 1  # it is left alone for a while
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert jobs.due(timezone.now()).get() == job
    assert jobs.run(job.pk) is True


def test_a_job_that_kills_its_worker_every_time_is_given_up(db, settings):
    settings.JOB_MAX_ATTEMPTS = 2
    job = jobs.enqueue("test", "deadly")
    long_ago = timezone.now() - timedelta(minutes=5)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, attempts=2, lease_until=long_ago, owner="gone")
    assert not jobs.due(timezone.now()).filter(pk=job.pk).exists()
    assert jobs.give_up_deadly(timezone.now()) == 1
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error


def test_a_look_that_fails_does_not_keep_the_others_from_theirs(work, monkeypatch):
    seen = []
    monkeypatch.setattr("accounts.tasks.SWEEPS", [lambda now: 1 / 0, seen.append])
    sweep()
    assert len(seen) == 1


def test_mail_waits_in_a_queue_of_its_own_so_that_nobody_waits_behind_it():
    assert jobs.queue_of("mail") == jobs.queue_of("webhook") == "bulk"
    assert {jobs.queue_of(kind) for kind in ("roll_up", "print", "read_plan")} == {"celery"}
