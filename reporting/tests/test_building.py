"""Building by the worker: one job and one version a build, whatever happens to the worker, from one snapshot."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from accounts import jobs
from accounts.cast import load_cast
from accounts.models import Event, Job, Notice
from accounts.models.job import JobState
from accounts.workflow import StaleState
from reporting.models import Period, RollUp, RollUpVersion, UnitReport
from reporting.roll_ups.building import ROLL_UP as KIND
from reporting.roll_ups.building import current_job, one_snapshot, start_build
from reporting.roll_ups.content import build_content
from reporting.roll_ups.narrating import add_paragraph
from reporting.roll_ups.outline import outline
from reporting.tests.factories import built, cells_of, cut, period_of, ready_year, report_of, result_of, roll_up_of
from reporting.workflow import ROLL_UP


@pytest.fixture
def plan(cast):
    return ready_year(cast)


@pytest.fixture
def roll_up(plan):
    return roll_up_of(plan)


@pytest.fixture
def now(at):
    return at(2022, 3, 16, 8)


def test_two_clicks_ask_for_one_build_and_are_logged_once(roll_up, cast, now):
    first = start_build(roll_up, by=cast.office_staff, now=now)
    second = start_build(roll_up, by=cast.chief, now=now + timedelta(seconds=1))
    assert first == second == Job.objects.get(kind=KIND)
    assert Event.objects.about(roll_up).filter(action="build").get().actor == "Nguyễn Thị Hoa"


def test_a_job_run_twice_gives_one_version(roll_up, now):
    job = start_build(roll_up, by=None, now=now)
    assert jobs.run(job.pk) is True
    assert jobs.run(job.pk) is False
    assert RollUpVersion.objects.get().number == 1
    assert Event.objects.about(roll_up).filter(action="built").count() == 1


def test_the_first_version_ends_the_collecting(roll_up, now):
    built(roll_up, now=now)
    assert (roll_up.state, roll_up.version) == ("compiling", 2)
    event = Event.objects.about(roll_up).get(action="built")
    assert (event.from_state, event.to_state) == ("collecting", "compiling")
    assert event.data["sha256"] == RollUpVersion.objects.get().sha256
    told = Notice.objects.filter(title="Báo cáo tổng hợp Quý I/2022: bản 1 đã xong")
    assert set(told.values_list("recipient__username", flat=True)) == {"hoa", "binh"}


def lease_runs_out(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_worker_that_died_is_replaced_and_one_version_comes_out(roll_up, now):
    job = start_build(roll_up, by=None, now=now)
    dead = jobs.claim(job.pk)
    dead.progress(10, "Đang đọc số liệu")
    assert jobs.run(job.pk) is False  # its lease still holds
    lease_runs_out(job)
    assert jobs.run(job.pk) is True
    assert RollUpVersion.objects.get().number == 1


def test_a_worker_that_was_only_slow_writes_nothing_once_another_took_over(roll_up, now):
    job = start_build(roll_up, by=None, now=now)
    slow = jobs.claim(job.pk)
    computed = jobs.KINDS[KIND].compute(slow)
    lease_runs_out(job)
    assert jobs.run(job.pk) is True
    version = RollUpVersion.objects.get()
    with pytest.raises(jobs.LostClaim):
        slow.progress(80, "Đang lập bản tổng hợp")
    with pytest.raises(jobs.LostClaim), transaction.atomic():
        jobs._close(slow.job)
        jobs.KINDS[KIND].store(slow, computed)
    assert RollUpVersion.objects.get() == version
    assert Job.objects.get(pk=job.pk).state == JobState.DONE


def test_a_rebuild_is_a_new_version_and_the_offices_words_stay(plan, roll_up, cast, now):
    report_of(plan, state="accepted")
    first = built(roll_up, now=now)
    part = outline(first.content)[0]
    add_paragraph(roll_up, part, text="Các đơn vị nghiêm túc.", key="a", by=cast.office_staff, now=now)
    result_of(plan, "ldvl", date(2022, 3, 1), quantities={"leaflets": 500})
    second = built(RollUp.objects.get(), by=cast.office_staff, now=now)
    assert (first.number, second.number) == (1, 2)
    assert (cells_of(first.content), cells_of(second.content)) == ({}, {("ldvl", "procedures", "leaflets"): 500})
    assert roll_up.paragraphs.get(part=part.code).text == "Các đơn vị nghiêm túc."
    assert list(RollUpVersion.objects.values_list("number", flat=True)) == [2, 1]


@pytest.mark.parametrize("who", ["duc", "lan", "huy", "nam", "ldvl.truong"])
def test_nobody_but_the_office_asks_for_a_build(who, roll_up, cast, now):
    with pytest.raises(PermissionDenied):
        start_build(roll_up, by=cast.people[who], now=now)
    assert not Job.objects.filter(kind=KIND).exists()


def test_figures_that_are_cut_are_not_built_again(roll_up, cast, now):
    cut(roll_up, cast, now=now)
    with pytest.raises(StaleState, match="Số liệu đã chốt"):
        start_build(roll_up, by=cast.office_staff, now=now)
    assert RollUpVersion.objects.count() == 1


def test_a_build_that_comes_after_the_cut_is_thrown_away_and_may_be_asked_for_again(roll_up, cast, now):
    built(roll_up, now=now)
    late = start_build(roll_up, by=cast.office_staff, now=now)
    claim = jobs.claim(late.pk)
    computed = jobs.KINDS[KIND].compute(claim)  # read before the cut, written after it
    cut(roll_up, cast, now=now)
    with transaction.atomic():
        jobs._close(claim.job)
        jobs.KINDS[KIND].store(claim, computed)
    assert RollUpVersion.objects.get().number == 1
    assert RollUp.objects.get().state == "cut"
    ROLL_UP.move(roll_up, "uncut", by=cast.chief, now=now, reason="Đơn vị nộp muộn.")
    assert built(roll_up, by=cast.office_staff, now=now).number == 2


def test_a_build_still_in_the_queue_at_the_cut_ends_without_a_version(roll_up, cast, now):
    built(roll_up, now=now)
    queued = start_build(roll_up, by=cast.office_staff, now=now)
    cut(roll_up, cast, now=now)
    assert jobs.run(queued.pk)
    assert current_job(roll_up) is None
    assert RollUpVersion.objects.get().number == 1


def test_the_page_is_told_of_the_build_under_way_and_of_one_that_failed(roll_up, now):
    assert current_job(roll_up) is None
    job = start_build(roll_up, by=None, now=now)
    assert current_job(roll_up) == job
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED)
    assert current_job(roll_up).state == JobState.FAILED
    assert start_build(roll_up, by=None, now=now) == job  # the same one is tried anew
    assert jobs.run(job.pk)
    assert current_job(roll_up) is None


def test_a_failure_is_written_down_and_the_job_waits_for_its_next_try(roll_up, now):
    job = start_build(roll_up, by=None, now=now)
    Job.objects.filter(pk=job.pk).update(payload={"number": 1})  # spoilt: it does not say of what
    assert jobs.run(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.QUEUED, "KeyError: 'roll_up'")
    assert job.not_before > timezone.now()
    assert not RollUpVersion.objects.exists()


def in_thread(act) -> threading.Thread:
    def run():
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", [1, 4, 8, 12])
def test_a_commit_in_the_middle_of_a_build_is_not_half_seen(place, at):
    """Figures, tasks and texts are read by different queries: all of them see the state before the commit.

    PostgreSQL lets others write while the snapshot is open and shows nothing of it; SQLite makes them wait.
    """
    plan, now = ready_year(load_cast()), at(2022, 3, 16)
    for code in ("ldvl", "btxh"):
        report_of(plan, code, state="accepted")
        result_of(plan, code, date(2022, 3, 1), quantities={"leaflets": 500})
    period, committed, asked = period_of(plan), threading.Event(), []

    def change() -> None:
        with transaction.atomic():
            result_of(plan, "ldvl", date(2022, 3, 2), quantities={"leaflets": 70})
            UnitReport.objects.filter(unit__code="btxh").update(state="reopened", reopened_until=date(2022, 4, 1))
        committed.set()

    def interrupt(execute, sql, params, many, context):
        asked.append(sql)
        if len(asked) == place:
            writers.append(in_thread(change))
            seen = committed.wait(20 if connection.vendor == "postgresql" else 0.2)
            assert seen is (connection.vendor == "postgresql")
        return execute(sql, params, many, context)

    writers: list[threading.Thread] = []
    before = build_content(period, now=now)
    with one_snapshot():
        Period.objects.get(pk=period.pk)  # the snapshot is taken by the first query
        with connection.execute_wrapper(interrupt):
            assert build_content(period, now=now) == before
    writers[0].join()
    after = build_content(period, now=now)
    assert list(cells_of(before).values()) == [500, 500]
    assert list(cells_of(after).values()) == [570]


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_leaves_the_connection_as_it_was():
    roll_up = roll_up_of(ready_year(load_cast()))
    with one_snapshot():
        assert RollUp.objects.count() == 1
    RollUp.objects.filter(pk=roll_up.pk).update(number="28")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            assert cursor.fetchone() == ("read committed",)


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_take_one_job_at_the_same_moment_make_one_version(at):
    roll_up = roll_up_of(ready_year(load_cast()))
    job = start_build(roll_up, by=None, now=at(2022, 3, 16))
    together, ended = threading.Barrier(2), []

    def work() -> None:
        together.wait()
        ended.append(jobs.run(job.pk))

    for thread in [in_thread(work) for _worker in range(2)]:
        thread.join()
    assert sorted(ended) == [False, True]
    assert RollUpVersion.objects.get().number == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_ask_for_one_build(at):
    cast = load_cast()
    roll_up = roll_up_of(ready_year(cast))
    together, asked = threading.Barrier(2), []

    def click() -> None:
        together.wait()
        asked.append(start_build(roll_up, by=cast.office_staff, now=at(2022, 3, 16)).pk)

    for thread in [in_thread(click) for _click in range(2)]:
        thread.join()
    assert asked == [Job.objects.get(kind=KIND).pk] * 2
    assert Event.objects.about(roll_up).filter(action="build").count() == 1
