"""Printing by the worker: once per content, seen by whom it concerns, the real plan sentence by sentence."""

import hashlib
import io
import re

import docx
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from pypdf import PdfReader

from accounts import clock, jobs
from accounts.models import Job
from accounts.models.job import JobState
from plans import printing
from plans.models import Plan, Printout, UnitPlan
from plans.papers import plan_paper, unit_plan_paper
from plans.tests.factories import issued_plan, unit_plan_of
from plans.tests.real_plan import issued, stored

pytestmark = pytest.mark.usefixtures("reference")


@pytest.fixture
def draft(cast) -> Plan:
    return stored(cast, clock.now())


@pytest.fixture
def press(client):
    """`press(person, plan, format)` presses "PDF" or "Word" and gives the printout that comes of it."""

    def pressed(person, plan, format: str | None = None) -> Printout:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.post(reverse("print_plan", args=[plan.pk]), {} if format is None else {"format": format})
        assert answer.status_code == 302, answer.status_code
        return Printout.objects.get(pk=re.search(r"/van-ban/(\d+)/", answer.url).group(1))

    return pressed


def printed(printout: Printout) -> Printout:
    assert jobs.run(printout.job_id)
    printout.refresh_from_db()
    return printout


def put_file(printout: Printout) -> None:
    """A PDF on its place without the printing."""
    printout.sha256 = "0" * 64
    printout.file.save("van-ban.pdf", ContentFile(b"%PDF-1.7"), save=False)
    printout.save()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_real_plan_is_printed_with_every_sentence_in_order(press, cast, draft, client):
    made = printed(press(cast.office_staff, draft))
    with made.file.open() as file:
        content = file.read()
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    reader = PdfReader(io.BytesIO(content))
    assert made.pages == len(reader.pages)
    pages = [page.extract_text() for page in reader.pages]
    # The page numbers in the top margin are no words of the plan.
    text = squeezed("".join(re.sub(rf"^\s*{n}\s*$", "", page, flags=re.M) for n, page in enumerate(pages, start=1)))
    place = 0
    for section in draft.sections.all():
        title = section.title.upper() if section.level == "roman" else section.title
        for words in filter(None, (squeezed(title), squeezed(section.text))):
            found = text.find(words, place)
            assert found >= 0, (section.position, words[:80])
            place = found + len(words)
    for words in ("Số:/KH-SLĐTBXH", "NinhThuận,ngàytháng02năm2022", "-UBNDtỉnh(b/c);", "-SởNộivụ(p/h);", "giảiquyết./.",
                  "GIÁMĐỐC", "HàAnhQuang", "ỦYBANNHÂNDÂN", "a)Tuyêntruyềncôngtác", "+ChỉsốPCI"):  # fmt: skip
        assert squeezed(words) in text, words
    assert text.count("./.") == 1
    assert "-+" not in text
    shown = client.get(reverse("printout", args=[made.pk])).content.decode()
    assert made.sha256 in shown
    assert f"{made.pages} trang" in shown


def test_the_paper_of_a_draft_leaves_gaps_for_number_and_day(draft, at):
    paper = plan_paper(draft.pk, at(2022, 2, 1).date())
    assert paper.number_line == "Số:      /KH-SLĐTBXH"
    assert paper.date_text == "ngày     tháng 02 năm 2022"
    assert paper.recipients[0] == "UBND tỉnh (b/c)"
    assert paper.recipients[-1] == "Lưu: VT-VP"


def test_the_paper_of_an_issued_plan_has_number_and_date(cast, at):
    plan = issued(cast, at(2022, 2, 10), number="7")
    paper = plan_paper(plan.pk, at(2022, 2, 10).date())
    assert paper.number_line == "Số: 07/KH-SLĐTBXH"
    assert paper.date_text == "ngày 10 tháng 02 năm 2022"


def test_the_same_content_is_printed_once_and_a_changed_one_anew(press, cast, draft):
    first = press(cast.office_staff, draft)
    assert press(cast.chief, draft).pk == first.pk
    assert Job.objects.filter(kind="print").count() == 1
    draft.sections.filter(position=4).update(text="Đã sửa.")
    assert press(cast.office_staff, draft).pk != first.pk
    assert Job.objects.filter(kind="print").count() == 2


def test_a_printing_that_failed_is_tried_anew_when_asked_again(press, cast, draft):
    made = press(cast.office_staff, draft)
    Job.objects.filter(pk=made.job_id).update(state=JobState.FAILED)
    assert press(cast.office_staff, draft).job.state == JobState.QUEUED


def test_the_page_follows_the_work_until_the_document_is_there(press, cast, draft, client):
    made = press(cast.office_staff, draft)
    shown = client.get(reverse("printout", args=[made.pk])).content.decode()
    assert reverse("job_progress", args=[made.job_id]) in shown
    assert client.get(reverse("printout_file", args=[made.pk])).status_code == 404
    put_file(made)
    shown = client.get(reverse("printout", args=[made.pk])).content.decode()
    assert reverse("job_progress", args=[made.job_id]) not in shown
    assert reverse("plan_detail", args=[draft.pk]) in shown


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("format", "content_type", "disposition"),
    [
        ("pdf", "application/pdf", 'inline; filename="Ke hoach tuyen truyen CCHC nam 2022.pdf"'),
        ("docx", WORD, 'attachment; filename="Ke hoach tuyen truyen CCHC nam 2022.docx"'),
    ],
)
def test_a_pdf_opens_in_the_browser_and_a_word_document_is_saved(
    press, cast, draft, client, format, content_type, disposition
):
    made = press(cast.office_staff, draft, format)
    put_file(made)
    answer = client.get(reverse("printout_file", args=[made.pk]))
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (content_type, disposition)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"


def test_each_format_is_printed_once_from_the_same_content(press, cast, draft, client):
    pdf, word = press(cast.office_staff, draft), press(cast.office_staff, draft, "docx")
    assert (pdf.key, pdf.format, word.key, word.format) == (word.key, "pdf", pdf.key, "docx")
    assert press(cast.chief, draft, "docx").pk == word.pk
    assert Job.objects.filter(kind="print").count() == 2
    made = printed(word)
    with made.file.open() as file:
        content = file.read()
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    assert made.file.name.endswith(f"{made.sha256}.docx")
    assert made.pages is None
    assert docx.Document(io.BytesIO(content)).core_properties.title.startswith("KẾ HOẠCH")


def test_the_page_of_a_printout_offers_the_other_format(press, cast, draft, client):
    for format, own, other in (("pdf", "Mở PDF", "docx"), ("docx", "Tải bản Word", "pdf")):
        made = press(cast.office_staff, draft, format)
        put_file(made)
        shown = client.get(reverse("printout", args=[made.pk])).content.decode()
        assert own in shown
        assert f'action="{reverse("print_plan", args=[draft.pk])}"' in shown
        assert f'name="format" value="{other}"' in shown
        assert f'name="format" value="{format}"' not in shown


@pytest.mark.parametrize("sent", ["", "DOCX", "exe", "docx\x00", "../../etc/passwd", "x" * 100_000])
def test_a_format_that_is_none_is_printed_as_pdf(press, cast, draft, sent):
    assert press(cast.office_staff, draft, sent).format == "pdf"


@pytest.mark.parametrize(
    ("state", "draft"),
    [
        ("not_started", True), ("drafting", True), ("head_review", True), ("returned", True), ("amending", True),
        ("submitted", False), ("in_review", False), ("accepted", False),
    ],
)  # fmt: skip
def test_a_unit_plan_is_a_draft_until_it_is_handed_in(cast, at, state, draft):
    unit_plan = unit_plan_of(issued_plan(cast), "ldvl")
    UnitPlan.objects.filter(pk=unit_plan.pk).update(state=state, return_reason="Thiếu kinh phí.")
    assert unit_plan_paper(unit_plan.pk, at(2022, 2, 1).date()).draft is draft


def test_the_draft_says_so_and_the_issued_plan_does_not(cast, draft, at):
    assert plan_paper(draft.pk, at(2022, 2, 1).date()).draft
    Plan.objects.update(state="issued", number="1", date_day=1, issued_at=at(2022, 2, 1), issued_by=cast.clerk)
    assert not plan_paper(draft.pk, at(2022, 2, 1).date()).draft


def test_a_file_that_is_lost_is_404_and_no_error(press, cast, draft, client):
    made = press(cast.office_staff, draft)
    put_file(made)
    made.file.storage.delete(made.file.name)
    assert client.get(reverse("printout_file", args=[made.pk])).status_code == 404


def test_the_print_of_a_draft_is_not_there_for_a_unit_and_that_of_an_issued_plan_is(press, cast, client, at):
    person = cast.editor("ldvl")
    made = press(cast.office_staff, stored(cast, at(2022, 1, 20)))
    put_file(made)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("printout", "printout_file"):
        assert client.get(reverse(name, args=[made.pk])).status_code == 404
    plan = Plan.objects.get()
    assert client.post(reverse("print_plan", args=[plan.pk])).status_code == 404
    Plan.objects.update(state="issued", number="1", date_day=1, issued_at=clock.now(), issued_by=cast.clerk)
    of_all = press(person, plan)
    put_file(of_all)
    assert of_all.pk != made.pk
    assert client.get(reverse("printout_file", args=[of_all.pk])).status_code == 200


def test_a_stranger_to_the_agency_gets_nothing(press, cast, draft, client, django_user_model):
    made = press(cast.office_staff, draft)
    stranger = django_user_model.objects.create(username="la", full_name="Người Lạ")
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("printout", args=[made.pk])).status_code == 404
    assert client.get(reverse("printout_file", args=[made.pk])).status_code == 404


@pytest.mark.parametrize("pk", ["0", "999999", str(10**30), "-1"])
def test_an_address_of_no_printout_is_404(press, cast, draft, client, pk):
    press(cast.office_staff, draft)
    assert client.get(f"/van-ban/{pk}/").status_code == 404
    assert client.get(f"/van-ban/{pk}/tep/").status_code == 404


def test_the_key_of_a_content_does_not_depend_on_the_order_of_its_parts():
    assert printing.content_key({"a": 1, "b": "đ"}) == printing.content_key({"b": "đ", "a": 1})
    assert printing.content_key({"a": 1}) != printing.content_key({"a": 2})


def test_an_article_with_a_text_loses_neither(draft, at):
    draft.sections.filter(position=6).update(level="article", label="1", title="Ban hành", text="Kèm theo Quyết định.")
    blocks = plan_paper(draft.pk, at(2022, 2, 1).date()).blocks
    texts = [block.text for block in blocks if hasattr(block, "text")]
    place = texts.index("Điều 1. Ban hành")
    assert texts[place + 1] == "Kèm theo Quyết định."
