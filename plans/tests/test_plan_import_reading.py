"""A plan sent to be read: kept, read by the worker once, refused with a way out."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts import clock, jobs
from accounts.models import Event, Job, Notice
from documents.tests.files import office as zipped
from documents.tests.files import pdf, picture, upload
from plans.department.reading_in import begin_import, check_source, drop_import, store_import
from plans.forms.plan_import import TEXT_MAX
from plans.models import ImportState, Plan, PlanImport
from plans.tests.real_plan import real_text

pytestmark = pytest.mark.usefixtures("reference")
ADDRESS = "/ke-hoach/nhap/"


@pytest.fixture
def office(client, cast):
    client.force_login(cast.office_staff, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(response) -> str:
    return response.content.decode()


def send(browser, text="", **fields):
    return browser.post(ADDRESS, {"text": text, "key": uuid.uuid4(), **fields})


def word(*paragraphs: str) -> bytes:
    from docx import Document

    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(row: PlanImport) -> PlanImport:
    """What the worker does."""
    assert jobs.run(row.job_id)
    row.refresh_from_db()
    return row


def test_what_is_sent_waits_for_the_worker_and_is_no_plan(office, cast):
    answer = send(office, real_text())
    row = PlanImport.objects.get()
    assert answer.url == reverse("plan_import_detail", args=[row.pk])
    assert (row.state, row.created_by, row.job.kind) == ("reading", cast.office_staff, "read_plan")
    shown = page(office.get(answer.url))
    assert "Đang đọc văn bản" in shown
    assert 'http-equiv="refresh"' in shown
    assert not Plan.objects.exists()


def test_the_same_form_sent_twice_is_one_reading(office):
    key = uuid.uuid4()
    first, second = (send(office, real_text(), key=key).url for _press in range(2))
    assert first == second
    assert (PlanImport.objects.count(), Job.objects.filter(kind="read_plan").count()) == (1, 1)


def test_the_key_of_another_person_is_not_taken_over(cast):
    key, now = uuid.uuid4(), clock.now()
    begin_import(agency=cast.agency, by=cast.office_staff, now=now, key=key, text="a")
    with pytest.raises(PermissionDenied):
        begin_import(agency=cast.agency, by=cast.chief, now=now, key=key, text="a")


def test_the_worker_reads_text_into_the_figures_of_the_plan(office):
    send(office, real_text())
    content = read(PlanImport.objects.get()).content
    # The figures of the reference input's README.
    assert content["year"] == 2022
    assert len({row["area"] for row in content["sections"]} - {""}) == 7
    assert len(content["documents"]) == 18
    assert content["frame"]["symbol"] == "KH-SLĐTBXH"


def test_a_word_file_is_read_kept_and_given_back_under_its_name(office):
    content = word(
        "Số: 15/KH-SLĐTBXH", "Ninh Thuận, ngày 10 tháng 01 năm 2024", "KẾ HOẠCH",
        "Tuyên truyền cải cách hành chính năm 2024", "I. MỤC ĐÍCH", "- Nâng cao nhận thức.",
    )  # fmt: skip
    send(office, file=upload(content, "Kế hoạch 2024.docx"))
    row = read(PlanImport.objects.get())
    assert (row.state, row.content["year"]) == ("ready", 2024)
    answer = office.get(reverse("plan_import_file", args=[row.pk]))
    assert b"".join(answer.streaming_content) == content
    assert "filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch%202024.docx" in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment")


def test_pasted_text_is_given_back_as_it_came(office):
    send(office, "KẾ HOẠCH năm 2024")
    answer = office.get(reverse("plan_import_file", args=[PlanImport.objects.get().pk]))
    assert answer.content.decode() == "KẾ HOẠCH năm 2024"


def test_the_job_run_twice_and_a_killed_worker_store_once(office):
    send(office, real_text())
    row = PlanImport.objects.get()
    jobs.claim(row.job_id)  # a worker that died with the job in its hands
    Job.objects.filter(pk=row.job_id).update(lease_until=clock.now().replace(year=2000))
    assert jobs.run(row.job_id)
    assert not jobs.run(row.job_id)
    row.refresh_from_db()
    assert (row.state, row.version) == ("ready", 2)


@pytest.mark.parametrize(("minutes", "told"), [(0, 0), (1, 1)])
def test_who_has_left_is_told_when_a_long_reading_is_done(office, cast, minutes, told):
    send(office, real_text())
    row = PlanImport.objects.get()
    Job.objects.filter(pk=row.job_id).update(created_at=timezone.now() - timedelta(minutes=minutes))
    read(row)
    notices = Notice.objects.filter(recipient=cast.office_staff)
    assert [notice.url for notice in notices] == [reverse("plan_import_detail", args=[row.pk])] * told


def test_a_reading_that_was_given_up_meanwhile_stays_given_up(office, cast):
    send(office, real_text())
    row = PlanImport.objects.get()
    drop_import(row, by=cast.office_staff, now=clock.now())
    assert jobs.run(row.job_id)
    row.refresh_from_db()
    assert (row.state, row.content) == (ImportState.DROPPED, {})


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("ke-hoach.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, ".docx"),
        ("ke-hoach.docx", b"PK\x03\x04" + b"x" * 50, "lưu"),
        ("ke-hoach.docx", zipped("docx"), "."),
        ("quet.pdf", pdf(), "."),
        ("hong.pdf", b"%PDF-1.7 x", "."),
        ("ke-hoach.rtf", b"{\\rtf1 a}", ".docx"),
    ],
)
def test_a_file_that_cannot_be_read_is_kept_with_the_reason_and_a_way_out(office, name, content, words):
    answer = send(office, file=upload(content, name))
    row = read(PlanImport.objects.get())
    assert row.state == "refused"
    assert words in row.refusal
    shown = page(office.get(answer.url))
    assert "dán vào ô văn bản" in shown
    assert reverse("plan_import_file", args=[row.pk]) in shown
    given = office.get(reverse("plan_import_file", args=[row.pk]))
    assert b"".join(given.streaming_content) == content


def test_a_file_with_macros_is_kept_and_told_apart(office):
    send(office, file=upload(zipped("docx", {"word/vbaProject.bin": b"x"}), "ke-hoach.docx"))
    row = read(PlanImport.objects.get())
    assert row.name == "ke-hoach.docm"
    assert row.state == "refused"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("ke-hoach.docx", b"", "rỗng"),
        ("ke-hoach.docx", b"MZ\x90\x00" + b"\x00" * 100, "tệp chương trình"),
        ("ke-hoach.pdf", picture(), "ảnh"),
        ("ke-hoach.docx", zipped("xlsx"), "Excel"),
        ("ke-hoach.txt", b"<!doctype html><p>a", "trang web"),
        ("ke-hoach.txt", b"\xef\xbb\xbf \n", "rỗng"),
        ("ke-hoach.txt", "KẾ HOẠCH năm\x00 2024".encode(), "không phải văn bản"),
        ("ke-hoach.txt", b"a" * (20 * 1024 * 1024 + 1), "20 MB"),
    ],
)
def test_what_can_be_no_plan_is_refused_at_once_and_not_kept(office, name, content, words):
    answer = send(office, file=upload(content, name))
    assert answer.status_code == 200
    assert words in page(answer)
    assert not PlanImport.objects.exists()
    assert not Job.objects.exists()


def test_names_of_files_are_cleaned(office):
    checked = check_source(BytesIO("KẾ HOẠCH năm 2024".encode()), "../../etc/pass\r\nwd.exe")
    assert checked.name == "pass wd.txt"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Chọn tệp kế hoạch hoặc dán văn bản"),
        ("   \n\u200b\u00a0", "Chọn tệp kế hoạch hoặc dán văn bản"),
        ("KẾ HOẠCH\x00", "ký tự không hợp lệ"),
        ("ă" * (TEXT_MAX + 1), "tối đa 400.000 ký tự, hiện có 400.001"),
    ],
)
def test_a_text_that_cannot_be_read_says_why(office, text, words):
    answer = send(office, text)
    assert answer.status_code == 200
    assert words in page(answer)
    assert not PlanImport.objects.exists()


def test_three_megabytes_pasted_stay_in_the_box(office):
    text = "Một dòng dài. " * 220_000
    shown = page(send(office, text))
    assert "Hãy lưu văn bản thành tệp" in shown
    assert text.strip() in shown


def test_text_and_file_together_are_not_guessed_between(office):
    answer = send(office, "Một văn bản khác", file=upload(real_text().encode(), "a.txt"))
    assert "Chỉ dùng một cách" in page(answer)


@pytest.mark.parametrize("who", ["duc", "lan", "huy", "nam", "ldvl.soan", "ldvl.truong"])
def test_only_the_office_imports(client, cast, who):
    client.force_login(cast.people[who], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(ADDRESS).status_code == 403
    assert send(client, real_text()).status_code == 403
    assert not PlanImport.objects.exists()


def test_an_import_is_not_there_for_a_unit_and_closed_to_the_director(client, cast):
    row = begin_import(agency=cast.agency, by=cast.office_staff, now=clock.now(), key=uuid.uuid4(), text="a")
    for person, status in ((cast.head("ldvl"), 404), (cast.director, 403), (cast.chief, 200)):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(reverse("plan_import_detail", args=[row.pk])).status_code == status


def test_what_is_not_finished_is_listed_until_it_is_stored_or_dropped(office, cast):
    send(office, real_text())
    row = read(PlanImport.objects.get())
    assert reverse("plan_import_detail", args=[row.pk]) in page(office.get(ADDRESS))
    store_import(row, by=cast.office_staff, now=clock.now())
    assert reverse("plan_import_detail", args=[row.pk]) not in page(office.get(ADDRESS))


def test_dropping_asks_first_keeps_the_file_and_is_logged(office):
    send(office, file=upload(real_text().encode(), "kh.txt"))
    row = PlanImport.objects.get()
    address = reverse("plan_import_drop", args=[row.pk])
    assert "Bỏ bản nhập này?" in page(office.get(address))
    assert office.post(address).url == ADDRESS
    assert office.post(address).url == ADDRESS
    row.refresh_from_db()
    assert row.state == "dropped"
    assert row.file.storage.exists(row.file.name)
    assert Event.objects.about(row).filter(action="import_drop").count() == 1


def test_a_job_that_failed_for_good_offers_a_way_out(office):
    answer = send(office, real_text())
    Job.objects.update(state="failed")
    shown = page(office.get(answer.url))
    assert "Đã thử đọc nhiều lần" in shown
    assert "dán vào ô văn bản" in shown
