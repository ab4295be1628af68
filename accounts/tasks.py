"""Celery tasks of the ground floor: one runs a job, one sweeps. Both are safe to run twice."""

import logging
from collections.abc import Callable
from datetime import datetime

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from accounts import clock, jobs

# What the schedule looks at every minute; apps above add theirs (called with the business time).
SWEEPS: list[Callable[[datetime], None]] = []

logger = logging.getLogger(__name__)


@shared_task
def run_job(job_id: int) -> None:
    jobs.run(job_id)


@shared_task
def sweep() -> None:
    """Let every app do what has become due, then wake the jobs nobody is doing.

    A look that fails is logged and tried again by the next sweep; the others go on.
    """
    now = clock.now()
    for look in SWEEPS:
        try:
            look(now)
        except Exception:
            logger.exception("sweep: %s failed", look.__qualname__)
    jobs.give_up_deadly(timezone.now())
    for job_id, kind in jobs.due(timezone.now()).values_list("pk", "kind")[:500]:
        # The next sweep tells again, so what a busy worker has not read by then is only in its way.
        run_job.apply_async((job_id,), queue=jobs.queue_of(kind), expires=settings.SWEEP_SECONDS)
