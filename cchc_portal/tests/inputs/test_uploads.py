"""Every form that takes a file × every hostile file, over HTTP: a page of ours, the message beside the field, nothing
half stored. What the files are: hostile/."""

import html
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import pytest
from django.conf import settings

from accounts.jobs import run
from cchc_portal.tests.hostile import FILES
from cchc_portal.tests.inputs.checks import ANSWERS, address, english
from cchc_portal.tests.inputs.form import KEY, REASON
from cchc_portal.tests.inputs.forms import FORMS
from cchc_portal.tests.undone import Undone, Writes, client_of, stored
from documents.tests.files import upload
from plans.models import ImportState, PlanImport

pytestmark = pytest.mark.django_db
WAY_OUT = re.compile(r"Hãy|Các loại nhận được|Tối đa|Chọn")


@dataclass(frozen=True)
class Sending:
    """A form of FORMS and its box for a file; `reader` is whose sentence a refused file gets, "" for one of its own."""

    form: str
    box: str
    reader: str
    fields: dict | None = None


SENDINGS = {
    "unit_plan_excel": Sending("unit_plan_excel", "file", "excel", {"key": KEY}),
    "result_many_excel": Sending("result_many_excel", "file", "excel"),
    "index_value_excel": Sending("index_value_excel", "file", "excel"),
    "holiday_import": Sending("holiday_import", "file", "", {}),
    "plan_import": Sending("plan_import", "file", "plan", {"key": KEY}),
    "evidence_add": Sending("evidence_add", "evidence", "kept"),
    "result_add": Sending("result_add", "evidence", "kept"),
    "directive_answer": Sending("directive_answer", "evidence", "kept"),
    "unit_plan_paper": Sending("unit_plan_paper", "scan", "kept", {"key": KEY, "reason": REASON}),
    "unit_report_paper": Sending("unit_report_paper", "scan", "kept", {"key": KEY, "reason": REASON}),
    "plan_issue": Sending("plan_issue", "signed", ""),
}
OWN = {"excel": "excel", "plan": "word pdf text", "kept": "picture", "": ""}
content_of = cache(lambda name: FILES[name].make())
CASES = [
    pytest.param(
        sending, name, id=f"{sending}-{name}",
        marks=() if crc32(f"{sending} {name}".encode()) % 40 == 0 else pytest.mark.nightly,
    )
    for sending in SENDINGS
    for name in FILES
]  # fmt: skip


def kept_files() -> set[str]:
    """Every file in the store, those being written too."""
    return {str(path) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


@pytest.mark.parametrize(("sending", "name"), CASES)
def test_a_hostile_file_gets_a_page_of_ours_and_nothing_half_is_stored(world, sending, name):
    sent, file = SENDINGS[sending], FILES[name]
    form = FORMS[sent.form]
    with Undone():
        if form.before:
            form.before(world)
        before, files = stored(), kept_files()
        fields = form.fields(world) if sent.fields is None else sent.fields
        with Writes() as writes:
            answer = client_of(world, form.who).post(
                address(world, form), fields | {sent.box: upload(content_of(name), file.name)}
            )
        assert answer.status_code in ANSWERS
        if answer.status_code == 302:
            if sending == "plan_import":
                assert_read_or_refused_by_the_worker(name)
            return
        page = answer.content.decode()
        assert 'lang="vi"' in page
        assert not english(page)
        assert not writes.seen or stored() == before
        assert kept_files() == files
        assert_told(page, sent, name)


def assert_told(page: str, sent: Sending, name: str) -> None:
    """A file that its reader refuses is refused beside its box, in the sentence meant for it."""
    if not FILES[name].words or name.partition(":")[0] not in OWN[sent.reader].split():
        return
    said = html.unescape(re.sub(r"<[^>]+>", " ", page))
    assert f'href="#id_{sent.box}' in page
    assert WAY_OUT.search(said)
    assert FILES[name].words in said or sent.reader == "plan"


def assert_read_or_refused_by_the_worker(name: str) -> None:
    row = PlanImport.objects.latest("pk")
    run(row.job_id)
    row.refresh_from_db()
    assert row.state in (ImportState.READY, ImportState.REFUSED), (row.state, row.job and row.job.error)
    if row.state == ImportState.REFUSED:
        assert WAY_OUT.search(row.refusal)
        assert FILES[name].words in row.refusal or name.partition(":")[0] not in OWN["plan"]
