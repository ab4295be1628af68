"""The code at the foot of a printed document leads to what it is, for who may see it."""

from io import BytesIO

import docx
import pytest
from django.conf import settings
from django.urls import reverse
from pypdf import PdfReader

from accounts import jobs
from plans import printing
from plans.models import Printout, UnitPlan
from plans.models.printout import new_code, typed_code
from plans.tests.factories import issued_plan, unit_plan_of

pytestmark = pytest.mark.usefixtures("reference")


@pytest.fixture
def unit_plan(cast) -> UnitPlan:
    return unit_plan_of(issued_plan(cast), "ldvl")


def printed(unit_plan: UnitPlan, format: str = "pdf") -> Printout:
    made = printing.ask_for(
        "unit_plan", unit_plan, content_key="a", title=str(unit_plan), unit=unit_plan.unit, format=format
    )
    assert jobs.run(made.job_id)
    made.refresh_from_db()
    return made


def test_codes_are_read_however_they_are_typed():
    code = new_code()
    for typed in (code, code.lower(), code.replace("-", ""), f" {code[:4]} {code[5:]} "):
        assert typed_code(typed) == code
    for wrong in ("", "A7F3", "A7F3-K2Q0", "A7F3-K2Q9-", "A7F3-K2Q99", "Ａ7F3-K2Q9", "\x00"):
        assert typed_code(wrong) == ("A7F3-K2Q9" if wrong == "A7F3-K2Q9-" else "")


def test_the_last_page_and_the_word_document_bear_the_code(unit_plan):
    made = printed(unit_plan)
    words = f"Mã tra cứu {made.code} tại {settings.PORTAL_URL}/tra-cuu/{made.code}/"
    with made.file.open("rb") as file:
        last = PdfReader(BytesIO(file.read())).pages[-1].extract_text()
    assert words.replace(" ", "") in "".join(last.split())
    word = printed(unit_plan, "docx")
    assert word.code != made.code
    with word.file.open("rb") as file:
        assert word.code in "\n".join(row.text for row in docx.Document(BytesIO(file.read())).paragraphs)


def test_who_may_see_it_reads_hash_day_and_state(unit_plan, cast, client):
    made = printed(unit_plan)
    for person in (cast.editor("ldvl"), cast.director, cast.people["huy"]):
        client.force_login(person)
        page = client.get(reverse("lookup", args=[made.code.lower()])).content.decode()
        assert made.sha256 in page and unit_plan.get_state_display() in page and "PDF, in lúc" in page
    client.force_login(cast.editor("gdnn"))
    assert client.get(reverse("lookup", args=[made.code])).status_code == 404
    client.logout()
    answer = client.get(reverse("lookup", args=[made.code]))
    assert answer.status_code == 302 and "/dang-nhap/" in answer.url


def test_a_typed_code_leads_to_its_page_and_nonsense_is_said_to_be_none(cast, client):
    client.force_login(cast.director)
    page = reverse("lookup_search")
    assert client.get(page, {"ma": "a7f3 k2q9"}).url == reverse("lookup", args=["A7F3-K2Q9"])
    assert "không phải mã tra cứu" in client.get(page, {"ma": "<b>"}).content.decode()
    assert client.get(reverse("lookup", args=["A7F3-K2Q9"])).status_code == 404
