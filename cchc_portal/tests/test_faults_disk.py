"""A disk is full: a page says so, nothing is half stored, and with room again the same form goes through.

The disks are file systems in memory of a few megabytes, for which a test must be root (or sudo without a password).
"""

import os
import subprocess
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import pytest

from cchc_portal.tests.fault_load import YEAR, fields_of_a_result
from cchc_portal.tests.faults import Visitor, nothing_is_left_running, report, value, vietnam
from cchc_portal.tests.portal import Portal
from cchc_portal.tests.services import PrivatePostgres
from documents.tests.files import pdf

pytestmark = [pytest.mark.services, pytest.mark.nightly]
AS_ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]
MEGABYTE = 1024 * 1024
COUNT = "SELECT count(*) FROM propaganda_result"


class SmallDisk:
    """A file system of so many megabytes at `place`."""

    def __init__(self, place: Path, megabytes: int):
        self.place = place
        place.mkdir(parents=True, exist_ok=True)
        self._run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "cchc-test", str(place))

    def _run(self, *command: str) -> None:
        subprocess.run([*AS_ROOT, *command], check=True, capture_output=True)

    def fill(self) -> None:
        """Take all the room there is."""
        with (self.place / "filler").open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, self.free()) if self.free() else None

    def free(self) -> int:
        found = os.statvfs(self.place)
        return found.f_bavail * found.f_frsize

    def empty(self) -> None:
        (self.place / "filler").unlink()

    def remove(self) -> None:
        self._run("umount", "--lazy", str(self.place))


@pytest.fixture
def make_disk():
    disks = []

    def make(place: Path, megabytes: int) -> SmallDisk:
        disks.append(SmallDisk(place, megabytes))
        return disks[-1]

    yield make
    for disk in disks:
        disk.remove()


def made_ready(portal: Portal) -> Portal:
    portal.stand_at(vietnam(2022, 3, 10, 9))
    portal.python(YEAR)
    return portal


def record(visitor: Visitor, fields: dict, *, letters: int = 15_000) -> tuple[int, str]:
    """The answer to recording a result with a long note; (status, page)."""
    note = uuid.uuid4().hex * (letters // 32)
    return send(visitor, "/ket-qua/moi/", fields | {"key": str(uuid.uuid4()), "note": note[:letters]})


def send(visitor: Visitor, path: str, fields: dict, file: tuple[str, bytes] | None = None) -> tuple[int, str]:
    """The answer to a form, with a file if there is one; (status, page)."""
    border, parts = uuid.uuid4().hex, []
    for name, value_ in (fields | {"csrfmiddlewaretoken": visitor.token}).items():
        parts.append(f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value_}\r\n'.encode())
    if file:
        head = f'--{border}\r\nContent-Disposition: form-data; name="evidence"; filename="{file[0]}"\r\n\r\n'
        parts.append(head.encode() + file[1] + b"\r\n")
    body = b"".join(parts) + f"--{border}--\r\n".encode()
    request = urllib.request.Request(
        visitor.portal.url + path, body, {"Content-Type": f"multipart/form-data; boundary={border}"}
    )
    try:
        with visitor.opener.open(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode()


def stored_files(portal: Portal) -> list[str]:
    return sorted(
        path.name for path in (portal.folder / "files").rglob("*") if path.is_file() and path.name != "filler"
    )


def test_a_full_disk_of_files_is_said_and_leaves_neither_row_nor_half_a_file(portal, make_disk):
    made_ready(portal)
    disk, visitor = make_disk(portal.folder / "files", 8), Visitor(portal, "ldvl.soan")
    fields = fields_of_a_result(portal) | {"key": str(uuid.uuid4())}
    disk.fill()
    status, page = send(visitor, "/ket-qua/moi/", fields, ("to-gap.pdf", pdf(pages=300)))
    assert (status, "Máy chủ hết chỗ lưu" in page, "Phát tờ gấp" in page) == (503, True, True)
    assert (value(portal, COUNT), stored_files(portal)) == (0, [])
    disk.empty()
    status, _page = send(visitor, "/ket-qua/moi/", fields, ("to-gap.pdf", pdf(pages=300)))
    assert (status, value(portal, COUNT), len(stored_files(portal))) == (302, 1, 1)
    nothing_is_left_running(portal)
    report("disk of files full", half_written_rows=0, orphans=0)


def test_a_full_disk_of_what_is_being_uploaded_is_said(make_portal, tmp_path, make_disk):
    disk = make_disk(tmp_path / "coming-in", 1)
    portal = made_ready(make_portal(TMPDIR=str(disk.place)))
    visitor, fields = Visitor(portal, "ldvl.soan"), fields_of_a_result(portal) | {"key": str(uuid.uuid4())}
    big = pdf() + b"\0" * 4 * MEGABYTE
    status, page = send(visitor, "/ket-qua/moi/", fields, ("to-gap.pdf", big))
    assert (status, "Máy chủ hết chỗ lưu" in page) == (503, True)
    assert (value(portal, COUNT), stored_files(portal)) == (0, [])
    assert send(visitor, "/ket-qua/moi/", fields, ("to-gap.pdf", pdf()))[0] == 302
    report("disk of uploads full", half_written_rows=0, orphans=0)


@pytest.fixture
def on_a_small_disk(prepared, tmp_path, make_disk):
    """(portal, disk): the database lies on the disk; SQLite or a PostgreSQL of its own."""
    if not prepared.server:
        disk = make_disk(tmp_path / "data", 24)
        portal = prepared.copy(disk.place)
        yield made_ready(portal).start(), disk
        portal.remove()
        return
    server = PrivatePostgres(durable=True)
    disk = make_disk(server.folder, 220)
    os.chown(disk.place, *(server.owner.get(name, -1) for name in ("user", "group")))
    server.start()
    portal = Portal(tmp_path, server=server.url()).prepare()
    yield made_ready(portal).start(), disk
    if server.process.poll() is not None:
        server.start()
    portal.remove()
    server.remove()


def test_a_full_disk_of_the_database_is_said_and_recovers_by_itself(on_a_small_disk):
    portal, disk = on_a_small_disk
    visitor, fields = Visitor(portal, "ldvl.soan"), fields_of_a_result(portal)
    portal.stop("worker", "beat")
    disk.fill()
    answers = []
    while len(answers) < 400 and (not answers or answers[-1][0] == 302):
        answers.append(record(visitor, fields))
    status, page = answers[-1]
    stored = len(answers) - 1
    assert status == 503, f"sau {stored} kết quả"
    assert "Máy chủ hết chỗ lưu" in page or "chưa ghi, chưa đọc được" in page
    assert '<textarea name="note" hidden>' in page  # what was typed is there to be sent again
    disk.empty()
    portal.start("worker", "beat")
    assert record(visitor, fields)[0] == 302
    assert value(portal, COUNT) == stored + 1
    nothing_is_left_running(portal)
    report("disk of the database full", stored_before=stored, half_written_rows=0, recovered="tự phục hồi")
