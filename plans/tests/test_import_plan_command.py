"""manage.py import_plan: any file a plan comes as, JSON on demand, one Vietnamese sentence when it cannot."""

import io
import json
import sys

import pytest
from django.core.management import call_command

from documents.tests.files import pdf
from documents.tests.word_files import docx, paragraph
from plans.models import Plan
from plans.tests.real_plan import real_text

pytestmark = pytest.mark.usefixtures("reference")


def run(*args):
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("import_plan", *map(str, args), stdout=out, stderr=err)
    except SystemExit as stopped:
        code = stopped.code
    return code, out.getvalue(), err.getvalue()


def test_a_dry_run_prints_one_json_object_and_stores_nothing(tmp_path):
    file = tmp_path / "ke-hoach.txt"
    file.write_text(real_text(), encoding="utf-8")
    code, out, _err = run(file, "--dry-run", "--json")
    said = json.loads(out)
    assert (code, said["symbol"], said["source_kind"], len(said["headings"])) == (0, "KH-SLĐTBXH", "text", 18)
    assert not Plan.objects.exists()


def test_a_word_file_is_read_whatever_it_is_called(tmp_path):
    file = tmp_path / "ke-hoach.bin"
    file.write_bytes(docx(*(paragraph(line) for line in real_text().splitlines() if line.strip())))
    code, out, _err = run(file, "--dry-run", "--json")
    said = json.loads(out)
    assert (code, said["source_kind"], len(said["areas"]), len(said["recipients"])) == (0, "word", 7, 6)


def test_a_dash_reads_what_is_piped_in(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(real_text().encode())))
    code, out, _err = run("-", "--dry-run", "--json")
    assert (code, json.loads(out)["year"]) == (0, 2022)


def test_without_dry_run_the_draft_is_stored(cast, tmp_path):
    file = tmp_path / "ke-hoach.txt"
    file.write_text(real_text(), encoding="utf-8")
    code, _out, err = run(file, "--agency", cast.agency.code, "--by", cast.office_staff.username)
    assert (code, Plan.objects.get().year) == (0, 2022)
    assert err.startswith("Đã lưu bản thảo")
    assert run(file, "--agency", cast.agency.code, "--by", cast.office_staff.username)[0] == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "Không có tệp"), (b"", "rỗng"), (pdf(), "bản quét"), (b"{\\rtf1}", ".rtf")],
    ids=["missing", "empty", "scan", "rtf"],
)
def test_what_cannot_be_read_ends_with_one_sentence_and_exit_code_1(tmp_path, content, words):
    file = tmp_path / "ke-hoach.docx"
    if content is not None:
        file.write_bytes(content)
    code, out, err = run(file, "--dry-run", "--json")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert words in err and "Error" not in err
