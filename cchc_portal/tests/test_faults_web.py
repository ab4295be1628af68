"""The web process dies or stops in the middle of a submission, forms come twice, two people write: one effect each."""

import re
import signal
import threading
import urllib.error
import urllib.request
import uuid
from collections import Counter

import pytest

from cchc_portal.tests.fault_load import GONE, UNITS, YEAR, ask, fields_of_a_result
from cchc_portal.tests.faults import Gate, Visitor, nothing_is_left_running, report, rows, value, vietnam
from cchc_portal.tests.test_faults_handing_in import RECEIPTS, form_of

pytestmark = pytest.mark.services
PLAN = f"""
from accounts.cast import load_cast
from plans.tests.factories import filled_unit_plan, issued_plan
plan = issued_plan(load_cast())
for code in {UNITS!r}:
    filled_unit_plan(plan, code)
"""
PAIRS, ROUNDS = 1_000, 60


@pytest.fixture
def harsh(make_portal):
    """A portal on the last evening before the deadline whose web process can be told to die before it answers."""
    portal = make_portal(DJANGO_SETTINGS_MODULE="cchc_portal.tests.harsh")
    portal.stand_at(vietnam(2022, 2, 26, 23, 50))
    portal.python(PLAN)
    return portal


@pytest.mark.parametrize("units", [UNITS[:1], pytest.param(UNITS, marks=pytest.mark.nightly)], ids=len)
def test_who_heard_nothing_because_the_web_process_died_gets_the_same_receipt(harsh, units):
    unheard = 0
    for unit in units:
        visitor = Visitor(harsh, f"{unit}.truong")
        place, fields = form_of(harsh, unit)
        (harsh.folder / "die").touch()
        try:
            visitor.post(place, **fields)
        except GONE:
            unheard += 1
        ((number,),) = rows(harsh, f"SELECT number FROM plans_receipt WHERE key = '{fields['key']}'")
        assert visitor.post(place, **fields) == (302, f"/bien-nhan/{number}/")
    assert unheard == len(units)
    nothing_is_left_running(harsh)
    assert len(rows(harsh, RECEIPTS)) == value(harsh, "SELECT count(*) FROM accounts_event WHERE action = 'submit'")
    report("web killed after the commit", killed=unheard, receipts=len(units), duplicates=0)


@pytest.mark.nightly
def test_a_web_that_is_told_to_stop_in_the_middle_of_a_submission_answers_first(harsh):
    visitor, answers = Visitor(harsh, "ldvl.truong"), []
    place, fields = form_of(harsh, "ldvl")
    gate = Gate(harsh, "INSERT", "plans_receipt", steps=20_000_000)
    sending = threading.Thread(target=lambda: answers.append(visitor.post(place, **fields)))
    sending.start()
    gate.wait_for_someone()
    harsh.children["web"].send_signal(signal.SIGTERM)
    gate.open()
    sending.join()
    assert harsh.children["web"].wait(20) == 0
    ((number,),) = rows(harsh, RECEIPTS)
    assert answers == [(302, f"/bien-nhan/{number}/")]
    report("web told to stop in a submission", answered="1/1", lost=0)


@pytest.mark.nightly
def test_a_thousand_forms_sent_twice_at_once_are_stored_once_each(portal):
    portal.stand_at(vietnam(2022, 3, 10, 9))
    portal.python(YEAR)
    fields, answers = fields_of_a_result(portal), Counter()
    keys = [str(uuid.uuid4()) for _pair in range(PAIRS)]
    windows = [Visitor(portal, "ldvl.soan") for _window in range(2)]
    together = threading.Barrier(2)

    def send(window: Visitor) -> None:
        for key in keys:
            together.wait(60)
            answers[ask(window, **fields, key=key)] += 1

    threads = [threading.Thread(target=send, args=[window]) for window in windows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made = Counter(key for (key,) in rows(portal, "SELECT key FROM propaganda_result"))
    report("the same form twice at once", pairs=PAIRS, answers=dict(answers), rows_per_form=max(made.values()))
    assert made == Counter(keys)
    assert set(answers) == {302}


@pytest.mark.nightly
def test_two_people_who_write_one_plan_overwrite_nothing_unseen(harsh):
    """Each counts up a box of their own; who meets the other's text reads the page anew and writes once more."""
    ((pk,),) = rows(harsh, "SELECT p.id FROM plans_unitplan p JOIN accounts_unit u ON u.id = p.unit_id "
                           "WHERE u.code = 'ldvl'")  # fmt: skip
    place, met = f"/ke-hoach-don-vi/{pk}/thong-tin-chung/", Counter()

    def write(username: str, box: str) -> None:
        visitor = Visitor(harsh, username)
        for number in range(1, ROUNDS + 1):
            while True:
                fields = boxes_of(visitor, place)
                assert fields[box] == (f"lần {number - 1}" if number > 1 else fields[box])
                status, _place = visitor.post(place, **fields | {box: f"lần {number}"})
                met[status] += 1
                if status == 302:
                    break
                assert status == 409

    writers = [("ldvl.soan", "contact"), ("ldvl.truong", "organisation")]
    threads = [threading.Thread(target=write, args=writer) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored = rows(harsh, f"SELECT contact, organisation FROM plans_unitplan WHERE id = {pk}")
    report("two people, one plan", written=met[302], conflicts=met[409], lost_fields=0)
    assert stored == [(f"lần {ROUNDS}", f"lần {ROUNDS}")]
    assert met[302] == 2 * ROUNDS


def boxes_of(visitor: Visitor, place: str) -> dict:
    with visitor.opener.open(urllib.request.Request(visitor.portal.url + place), timeout=60) as response:
        page = response.read().decode()
    areas = re.findall(r'<textarea name="(\w+)"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    boxes = re.findall(r'<input type="(?:text|hidden)" name="(\w+)"(?: value="([^"]*)")?', page)
    seen = re.findall(r'name="(seen)" value="([^"]*)"', page)
    return {name: text for name, text in (*areas, *boxes, *seen) if name != "csrfmiddlewaretoken"}
