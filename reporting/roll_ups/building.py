"""Building a roll-up by the worker: one job and one version a build, from one snapshot of the database."""

from contextlib import contextmanager
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import clock, jobs
from accounts.models import Event, Job, Role, User
from accounts.models.job import JobState
from accounts.notices import holders, notify
from accounts.workflow import StaleState
from plans.receipts import sha256
from reporting import perms
from reporting.models import RollUp, RollUpState, RollUpVersion
from reporting.roll_ups.content import build_content, stored
from reporting.roll_ups.narrating import refresh_draft

ROLL_UP = "roll_up"


@transaction.atomic
def start_build(roll_up: RollUp, *, by: User | None, now: datetime) -> Job:
    """Ask the worker for the next version; while one is being built, the same job is given again.

    `by` is None for the schedule. Raises PermissionDenied, or StaleState once the figures are cut.
    """
    if by is not None and perms.may_compile(by, roll_up, now.date()) is None:
        raise PermissionDenied
    locked = RollUp.objects.select_for_update().get(pk=roll_up.pk)
    if locked.state not in (RollUpState.COLLECTING, RollUpState.COMPILING):
        raise StaleState(_("Số liệu đã chốt; muốn tổng hợp lại thì hủy chốt trước."))
    last = locked.versions.aggregate(last=Max("number"))["last"] or 0
    key = f"{locked.pk}:{last + 1}"
    # Ended while the figures were cut, so that no version came of it: ask anew.
    Job.objects.filter(kind=ROLL_UP, key=key, state=JobState.DONE).delete()
    job = jobs.enqueue(ROLL_UP, key, roll_up=locked.pk, number=last + 1)
    if job.state == JobState.QUEUED and job.attempts == 0 and not _asked_before(locked, last + 1):
        Event.record(
            locked, at=now, by=by, action="build", label=_("Yêu cầu tổng hợp bản %d") % (last + 1),
            agency_id=locked.agency_id, data={"number": last + 1},
        )  # fmt: skip
    return job


def _asked_before(roll_up: RollUp, number: int) -> bool:
    return Event.objects.about(roll_up).filter(action="build", data__number=number).exists()


def current_job(roll_up: RollUp) -> Job | None:
    """The build that is under way or has failed; None when the last one is done."""
    keys = Job.objects.filter(kind=ROLL_UP, key__startswith=f"{roll_up.pk}:").order_by("-pk")
    job = keys.first()
    return job if job and job.state != JobState.DONE else None


@contextmanager
def one_snapshot():
    """All reads see one state of the database, whoever writes meanwhile.

    PostgreSQL: a repeatable-read transaction. SQLite: its transactions are that already.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SET LOCAL cursor_tuple_fraction = 1")  # what is streamed is read to its end
        yield


def next_content(roll_up: RollUp, *, now: datetime) -> dict:
    """What a build would say now; nothing is stored."""
    with one_snapshot():
        return build_content(roll_up.period, now=now)


def _compute(claim: jobs.Claim) -> dict | None:
    roll_up = RollUp.objects.select_related("period__agency").filter(pk=claim.job.payload["roll_up"]).first()
    if roll_up is None or roll_up.is_frozen:
        return None
    claim.progress(10, _("Đang đọc số liệu của các đơn vị"))
    content = next_content(roll_up, now=clock.now())
    claim.progress(80, _("Đang lập bản tổng hợp"))
    return content


def _store(claim: jobs.Claim, content: dict | None) -> None:
    if content is None:
        return
    now = clock.now()
    roll_up = RollUp.objects.select_for_update().get(pk=claim.job.payload["roll_up"])
    if roll_up.is_frozen:  # cut while this was being built: the cut version stays the last one
        return
    kept = stored(content)
    version, created = RollUpVersion.objects.get_or_create(
        roll_up=roll_up,
        number=claim.job.payload["number"],
        defaults={"job": claim.job, "built_at": now, "content": kept, "sha256": sha256(kept)},
    )
    if not created:
        return
    content["by_unit"].store()
    refresh_draft(roll_up, content)
    if roll_up.state == RollUpState.COLLECTING:
        RollUp.objects.filter(pk=roll_up.pk).update(state=RollUpState.COMPILING, version=roll_up.version + 1)
    Event.record(
        roll_up, at=now, by=None, action="built", label=_("Đã tổng hợp bản %d") % version.number,
        agency_id=roll_up.agency_id, from_state=roll_up.state, to_state=RollUpState.COMPILING,
        data={"sha256": version.sha256},
    )  # fmt: skip
    notify(
        holders(Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE, agency_id=roll_up.agency_id, on=now.date()),
        key=f"built:{roll_up.pk}:{version.number}",
        title=_("%(roll_up)s: bản %(number)d đã xong") % {"roll_up": roll_up, "number": version.number},
        now=now,
        url=reverse("roll_up", args=[roll_up.code]),
    )


def _followed_by(job: Job, user: User, on: date) -> bool:
    return RollUp.objects.visible_to(user, on=on).filter(pk=job.payload["roll_up"]).exists()


jobs.register(ROLL_UP, compute=_compute, store=_store, followed_by=_followed_by)
