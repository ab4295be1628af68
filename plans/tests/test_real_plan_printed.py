"""The real plan as paper, PDF and Word: every letter of its text, in order, none twice."""

import io
import re

import docx
import pytest
from pypdf import PdfReader

from accounts import clock
from plans import printing
from plans.papers import plan_paper
from plans.tests.real_plan import real_text, stored

pytestmark = pytest.mark.usefixtures("reference")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def text_of_pdf(content: bytes) -> str:
    """The words of all pages; their numbers in the top margin are none of the plan."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    return "".join(re.sub(rf"^\s*{number}\s*$", "", page, flags=re.M) for number, page in enumerate(pages, start=1))


def text_of_docx(content: bytes) -> str:
    parts = docx.Document(io.BytesIO(content)).iter_inner_content()
    return "\n".join(
        part.text if hasattr(part, "text") else "\n".join(cell.text for row in part.rows for cell in row.cells)
        for part in parts
    )


def source() -> str:
    """The body as typed: the scan's marks of bold, slanted and linked words left out, its "- +" as "+"."""
    body = real_text().partition("cải cách hành chính năm 2022\n")[2].partition("Nơi nhận:")[0]
    return squeezed(re.sub(r"^\s*- \+", "+", re.sub("[*<>]", "", body), flags=re.M))


@pytest.mark.parametrize(("format", "text_of"), [("pdf", text_of_pdf), ("docx", text_of_docx)])
def test_every_letter_of_the_body_is_printed_once_and_in_order(cast, format, text_of):
    paper = plan_paper(stored(cast, clock.now()).pk, clock.today())
    text = squeezed(text_of(printing.render(paper, format)))
    body = text.partition("chínhnăm2022")[2].partition("Nơinhận:")[0]
    assert body.casefold() == source().casefold()
