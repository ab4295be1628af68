"""Background work that is never lost and never done twice (outbox).

A business transaction asks for work by `enqueue`; on commit a message wakes the worker, and the
sweep wakes it again for whatever has not been done. A job is claimed by one conditional update
with a lease. `compute` works outside any transaction; `store` writes its outcome in the same
transaction that closes the job, and only while the claim still holds: a job that was started
twice has one effect.
"""

import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Job, User
from accounts.models.job import JobState

logger = logging.getLogger(__name__)

# A broker that hangs costs a request one timeout, not one for each message.
BROKER_PAUSE_SECONDS = 10
_broker = {"next_try": 0.0}


class LostClaim(Exception):
    """Another worker has taken the job over; what was computed here is thrown away."""


@dataclass(frozen=True)
class JobKind:
    name: str
    compute: Callable[["Claim"], Any]
    store: Callable[["Claim", Any], None]
    followed_by: Callable[[Job, User, date], bool]
    attempts: int
    given_up: Callable[[Job], None] | None
    bulk: bool


LONGEST_PAUSE = timedelta(hours=1)
KINDS: dict[str, JobKind] = {}


def _nobody(job: Job, user: User, on: date) -> bool:
    return False


def register(
    name: str,
    *,
    compute: Callable,
    store: Callable,
    followed_by: Callable = _nobody,
    attempts: int = settings.JOB_MAX_ATTEMPTS,
    given_up: Callable[[Job], None] | None = None,
    bulk: bool = False,
) -> None:
    """`followed_by(job, user, on)`: who may ask how far it is, namely who sees what it works on; else nobody.

    `given_up(job)` writes, in the transaction that closes a job after its last attempt, what people see of it;
    `job.error` says why. `bulk` is work nobody waits for: it has a queue of its own.
    """
    KINDS[name] = JobKind(name, compute, store, followed_by, attempts, given_up, bulk)


def may_follow(job: Job, user: User, on: date) -> bool:
    return job.kind in KINDS and KINDS[job.kind].followed_by(job, user, on)


@dataclass
class Claim:
    """A job being done by this process."""

    job: Job

    def progress(self, percent: int, stage: str) -> None:
        """Show how far the work is and renew the lease."""
        held = Job.objects.filter(pk=self.job.pk, owner=self.job.owner, state=JobState.RUNNING).update(
            progress=percent, stage=stage, lease_until=_lease_end()
        )
        if not held:
            raise LostClaim


def _lease_end() -> datetime:
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def enqueue(kind: str, key: str, **payload) -> Job:
    """Ask for work once; the same kind and key give the same job. A failed one is tried anew."""
    job, created = Job.objects.get_or_create(kind=kind, key=key, defaults={"payload": payload})
    if not created:
        Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
            state=JobState.QUEUED, attempts=0, error="", progress=0, stage="", not_before=None
        )
        job.refresh_from_db()
    if job.state == JobState.QUEUED:
        transaction.on_commit(lambda: wake(job.pk, kind))
    return job


def enqueue_all(kind: str, payloads: dict[str, dict]) -> None:
    """Ask for many pieces of new work at once, by key, in two statements."""
    Job.objects.bulk_create(
        (Job(kind=kind, key=key, payload=payload) for key, payload in payloads.items()), ignore_conflicts=True
    )
    for job_id in Job.objects.filter(kind=kind, key__in=payloads, state=JobState.QUEUED).values_list("pk", flat=True):
        transaction.on_commit(partial(wake, job_id, kind))


def queue_of(kind: str) -> str:
    """The queue of a kind; the worker takes from both in turn, so nobody waits behind a thousand mails."""
    known = KINDS.get(kind)
    return settings.BULK_QUEUE if known and known.bulk else settings.CELERY_TASK_DEFAULT_QUEUE


def wake(job_id: int, kind: str) -> None:
    """Tell a worker to look at the job now. Only an accelerator: the sweep finds it without this."""
    from accounts.tasks import run_job

    if time.monotonic() < _broker["next_try"]:
        return
    try:
        run_job.apply_async((job_id,), retry=False, queue=queue_of(kind))
    except Exception as error:  # noqa: BLE001  a broker that is down must not undo what is committed
        _broker["next_try"] = time.monotonic() + BROKER_PAUSE_SECONDS
        logger.warning("broker not reached, job %s waits for the sweep: %s", job_id, type(error).__name__)


def due(now: datetime):
    """Jobs nobody is doing: queued, or running with a lease that has run out."""
    return Job.objects.filter(
        Q(state=JobState.QUEUED) & (Q(not_before__isnull=True) | Q(not_before__lte=now))
        | Q(state=JobState.RUNNING, lease_until__lt=now, attempts__lt=settings.JOB_MAX_ATTEMPTS)
    )


def give_up_deadly(now: datetime) -> int:
    """Fail the jobs that took their worker down at every attempt; gives how many."""
    deadly = list(
        Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now, attempts__gte=settings.JOB_MAX_ATTEMPTS)
    )
    return sum(_give_up(job, "Tiến trình dừng đột ngột ở mọi lần làm việc này.") for job in deadly)


def _give_up(job: Job, error: str) -> bool:
    with transaction.atomic():
        held = Job.objects.filter(pk=job.pk, owner=job.owner, state=JobState.RUNNING, attempts=job.attempts)
        if not held.update(state=JobState.FAILED, owner="", lease_until=None, error=error):
            return False
        job.error = error
        if job.kind in KINDS and KINDS[job.kind].given_up:
            KINDS[job.kind].given_up(job)
    return True


def claim(job_id: int) -> Claim | None:
    """Take the job, or give None when it is gone, done, or another worker's."""
    owner = uuid.uuid4().hex
    taken = (
        due(timezone.now())
        .filter(pk=job_id)
        .update(state=JobState.RUNNING, owner=owner, lease_until=_lease_end(), attempts=F("attempts") + 1)
    )
    return Claim(Job.objects.get(pk=job_id)) if taken else None


def run(job_id: int) -> bool:
    """Do the job if it can be claimed; gives whether it was brought to its end here."""
    held = claim(job_id)
    if held is None:
        return False
    kind = KINDS[held.job.kind]
    try:
        computed = kind.compute(held)
        with transaction.atomic():
            _close(held.job)
            kind.store(held, computed)
    except LostClaim:
        logger.warning("job %s was taken over", held.job)
        return False
    except Exception as error:
        logger.exception("job %s failed", held.job)
        _put_back(held.job, error)
        return False
    return True


def _close(job: Job) -> None:
    closed = Job.objects.filter(pk=job.pk, owner=job.owner, state=JobState.RUNNING).update(
        state=JobState.DONE, progress=100, done_at=timezone.now(), lease_until=None, error=""
    )
    if not closed:
        raise LostClaim


def _put_back(job: Job, error: Exception) -> None:
    """Queue a failed job again with a growing pause, or give it up after the last attempt."""
    said = f"{type(error).__name__}: {error}"[:2000]
    if job.attempts >= KINDS[job.kind].attempts:
        _give_up(job, said)
        return
    Job.objects.filter(pk=job.pk, owner=job.owner, state=JobState.RUNNING).update(
        state=JobState.QUEUED,
        owner="",
        lease_until=None,
        not_before=timezone.now() + min(timedelta(seconds=15 * 2**job.attempts), LONGEST_PAUSE),
        error=said,
    )
