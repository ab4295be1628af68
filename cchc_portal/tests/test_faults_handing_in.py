"""A unit hands in while the broker is down, or sends the same form again: one receipt, at once, nobody untold."""

import os
import re
import shutil
import signal
import threading
import uuid
from contextlib import contextmanager

import pytest

from cchc_portal.tests.faults import (
    Stopwatch,
    Visitor,
    nothing_is_left_running,
    report,
    rows,
    value,
    vietnam,
)
from cchc_portal.tests.services import wait_until

pytestmark = pytest.mark.services

PLAN = """
from accounts.cast import load_cast
from plans.tests.factories import filled_unit_plan, issued_plan
plan = issued_plan(load_cast())
for code in ("khtc", "ldvl", "btxh", "gdnn", "ctxh", "ncc", "tebdg", "dvvl"):
    filled_unit_plan(plan, code)
"""
MORE = ("ldvl", "btxh", "gdnn", "ctxh", "ncc", "tebdg", "dvvl")
RECEIPTS = "SELECT number FROM plans_receipt"
TOLD = """
    SELECT u.email FROM accounts_notice n JOIN accounts_user u ON u.id = n.recipient_id
    WHERE n.title LIKE '%(biên nhận 2022-%'
"""


def made_ready(portal):
    """A portal on the last evening before the deadline with three plans that their heads may hand in."""
    portal.stand_at(vietnam(2022, 2, 26, 23, 59))
    portal.python(PLAN)
    return portal


def form_of(portal, unit: str) -> tuple[str, dict]:
    """Where the unit's plan is handed in, and the fields of the form as it stands."""
    unit_plan = "SELECT p.id, p.version FROM plans_unitplan p JOIN accounts_unit u ON u.id = p.unit_id"
    ((pk, version),) = rows(portal, f"{unit_plan} WHERE u.code = '{unit}'")
    return f"/ke-hoach-don-vi/{pk}/nop/", {"key": str(uuid.uuid4()), "version": version}


@contextmanager
def broker_gone(portal, how: str):
    """The broker refuses (killed; its folder is no folder) or, for Redis, takes connections and never answers."""
    redis, folder = portal.redis, portal.broker_folder
    if redis and how == "hangs":
        os.kill(redis.process.pid, signal.SIGSTOP)
        yield
        os.kill(redis.process.pid, signal.SIGCONT)
    elif redis:
        redis.crash()
        yield
        redis.start()
    else:
        shutil.rmtree(folder)
        if how == "refuses":
            folder.write_text("")
        yield
        folder.unlink(missing_ok=True)
        # A worker whose folder has vanished ends, and the supervisor with it (cchc_portal.serve): it is started anew.
        portal.children["worker"].wait(20)
        portal.start("worker")


def hand_in(portal, visitor: Visitor, unit: str) -> float:
    """Hand the unit's plan in; gives the seconds until the answer."""
    place, fields = form_of(portal, unit)
    watch = Stopwatch()
    status, receipt = visitor.post(place, **fields)
    seconds = watch.seconds
    assert status == 302
    assert re.fullmatch(r"/bien-nhan/2022-\d\d-\d{5}/", receipt)
    assert visitor.get(receipt)[0] == 200
    return seconds


@pytest.mark.parametrize("how", ["refuses", pytest.param("hangs", marks=pytest.mark.nightly)])
def test_a_broker_that_is_down_neither_stops_nor_delays_a_submission(make_portal, mail_server, how):
    """On the embedded broker, "hangs" is a folder that was deleted."""
    portal = made_ready(make_portal(EMAIL_URL=mail_server.url))
    undisturbed = hand_in(portal, Visitor(portal, "khtc.truong"), "khtc")
    units = MORE if how == "hangs" else MORE[:2]
    visitors = {unit: Visitor(portal, f"{unit}.truong") for unit in units}
    nothing_is_left_running(portal)
    before = len(mail_server.messages)
    with broker_gone(portal, how):
        took = sorted(hand_in(portal, visitor, unit) for unit, visitor in visitors.items())
    slowest, median = took[-1], took[len(took) // 2]
    assert slowest - undisturbed <= 2  # the receipt is there within three seconds
    watch = Stopwatch()
    wait_until(lambda: len(mail_server.messages) == before + 2 * len(units), 40, "thư báo đã nộp")
    delay = watch.seconds
    nothing_is_left_running(portal)
    assert len(rows(portal, RECEIPTS)) == 1 + len(units)
    # The Office's two hear of each plan, once.
    office = ["binh@cchc.example.vn", "hoa@cchc.example.vn"]
    assert sorted(email for (email,) in rows(portal, TOLD)) == sorted(office * (1 + len(units)))
    assert sorted(message["To"] for message in mail_server.messages[before:]) == sorted(office * len(units))
    report(
        f"broker {how}", submitted=f"{len(took)}/{len(units)}", undisturbed=undisturbed, median=median,
        slowest=slowest, mails=2 * len(units), lost=0, delay=delay,
    )  # fmt: skip


def test_the_same_form_sent_twice_at_once_and_again_after_a_restart_gives_one_receipt(portal):
    made_ready(portal)
    place, fields = form_of(portal, "ldvl")
    visitors = [Visitor(portal, "ldvl.truong") for _window in range(2)]
    together, answers = threading.Barrier(2), []

    def send(visitor: Visitor) -> None:
        together.wait()
        answers.append(visitor.post(place, **fields))

    threads = [threading.Thread(target=send, args=[visitor]) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    portal.kill("web")
    portal.start("web")
    answers.append(visitors[0].post(place, **fields))
    assert len(set(answers)) == 1, answers
    ((number,),) = rows(portal, RECEIPTS)
    assert answers[0] == (302, f"/bien-nhan/{number}/")
    nothing_is_left_running(portal)
    assert value(portal, "SELECT count(*) FROM accounts_event WHERE action = 'submit'") == 1
    assert len(rows(portal, TOLD)) == 2
    report("same key three times, web killed between", receipts=1, duplicates=0)
