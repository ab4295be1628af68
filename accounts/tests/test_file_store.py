"""A stored file is whole or not there; a disk that is full is told in words and the typed text is kept in the page."""

import errno
import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import InterfaceError, OperationalError
from django.test import RequestFactory

from accounts.file_store import INCOMING, Folder
from accounts.views import errors


@pytest.fixture
def folder(tmp_path):
    return Folder(location=tmp_path)


class FullDisk(ContentFile):
    """Content whose second half finds no room."""

    def chunks(self, chunk_size=None):
        yield b"half"
        raise OSError(errno.ENOSPC, "No space left on device")


def files(folder: Folder) -> list[str]:
    root = Path(folder.base_location)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_a_file_is_moved_to_its_name_when_it_is_whole(folder):
    name = folder.save("evidence/a.pdf", ContentFile(b"whole"))
    assert (name, folder.open(name).read(), files(folder)) == ("evidence/a.pdf", b"whole", ["evidence/a.pdf"])


def test_one_name_is_never_written_twice(folder):
    names = [folder.save("a.pdf", ContentFile(content)) for content in (b"first", b"second")]
    assert [folder.open(name).read() for name in names] == [b"first", b"second"]
    assert len(set(names)) == 2


def test_a_disk_that_is_full_leaves_no_half_file(folder):
    with pytest.raises(OSError):
        folder.save("evidence/a.pdf", FullDisk(b""))
    assert files(folder) == []


def test_what_a_killed_process_left_is_forgotten_after_a_day(folder, tmp_path):
    folder.save("a.pdf", ContentFile(b"whole"))
    old, new = tmp_path / INCOMING / "old", tmp_path / INCOMING / "new"
    old.write_bytes(b"half"), new.write_bytes(b"half")
    os.utime(old, (time.time() - 90_000,) * 2)
    assert folder.forget_broken_off(time.time()) == 1
    assert files(folder) == [f"{INCOMING}/new", "a.pdf"]


def page_of(failed: Exception, request) -> tuple[int, str]:
    try:
        raise failed
    except Exception:
        answer = errors.server_error(request)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(
    ("failed", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "Máy chủ hết chỗ lưu"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "Máy chủ hết chỗ lưu"),
        (OperationalError("database or disk is full"), "Máy chủ hết chỗ lưu"),
        (OperationalError("could not extend file: No space left on device"), "Máy chủ hết chỗ lưu"),
        (OperationalError("connection refused"), "chưa ghi, chưa đọc được dữ liệu"),
        (InterfaceError("connection already closed"), "chưa ghi, chưa đọc được dữ liệu"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_down_or_full_is_said_and_the_typed_text_stays_to_be_sent_again(rf: RequestFactory, failed, words):
    typed = {"title": "Phát tờ gấp </textarea><script>", "key": "7", "csrfmiddlewaretoken": "mark"}
    status, page = page_of(failed, rf.post("/ket-qua/moi/?cong-viec=3", typed))
    assert status == 503
    assert words in page
    assert "Phát tờ gấp &lt;/textarea&gt;&lt;script&gt;" in page
    assert 'name="csrfmiddlewaretoken"' in page and 'name="key"' in page
    assert 'action="/ket-qua/moi/?cong-viec=3"' in page


def test_a_password_is_never_put_into_the_page(rf: RequestFactory):
    status, page = page_of(OperationalError("x"), rf.post("/dang-nhap/", {"username": "hoa", "password": "bi-mat"}))
    assert status == 503
    assert "bi-mat" not in page and "hoa" not in page


def test_what_cannot_be_opened_is_tried_again_at_its_own_address(rf: RequestFactory):
    _status, page = page_of(OperationalError("x"), rf.get("/ket-qua/?q=a&page=2"))
    assert 'href="/ket-qua/?q=a&amp;page=2"' in page


def test_another_failure_is_no_matter_of_disk_or_database(rf: RequestFactory):
    status, page = page_of(OSError(errno.ENOENT, "no such file"), rf.get("/"))
    assert (status, "Có lỗi ở máy chủ" in page) == (500, True)
