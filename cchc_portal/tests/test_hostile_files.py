"""Whatever file is sent, its reader reads it or refuses it in words, in little time and memory."""

import json
import os
import subprocess
import sys
from zlib import crc32

import pytest

from cchc_portal.serve import BASE_DIR
from cchc_portal.tests.hostile import FILES

OWN = {"excel": "excel", "word": "plan", "text": "plan", "pdf": "plan", "picture": "kept"}
READERS = ("excel", "plan", "kept", "signed")
SECONDS, MEGABYTES = 4, 200  # of processor, and more than reading nothing takes
ABNORMAL_SECONDS, ABNORMAL_MEGABYTES = 1, 100  # what is abnormal is known by its outside
pytestmark = pytest.mark.screens  # no database is asked, so it runs on SQLite alone
WAY_OUT = ("Hãy", "Các loại nhận được")


def read(folder, names: dict[str, tuple[str, ...]]) -> list[dict]:
    """What each of these readers made of each of these files, in children with limits."""
    for number, (name, readers) in enumerate(names.items()):
        file = FILES[name]
        told = {"file": name, "name": file.name, "readers": readers}
        (folder / f"{number}.bin").write_bytes(file.make())
        (folder / f"{number}.json").write_text(json.dumps(told))
    command = [sys.executable, "-m", "cchc_portal.tests.hostile.child", str(folder)]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "cchc_portal.settings"}
    done = subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def faults_of(row: dict) -> list[str]:
    """What is wrong with what became of one file."""
    said, own = row["said"], row["reader"] == OWN[row["file"].partition(":")[0]]
    found = [said] if said.startswith(("raised", "died")) else []
    if own and FILES[row["file"]].words not in said:
        found.append(f"không có “{FILES[row['file']].words}”: {said}")
    if said.startswith("refused") and not any(words in said for words in WAY_OUT):
        found.append(f"không nói làm gì: {said}")
    strict = "bất thường" in said and row["reader"] == "excel"
    seconds, megabytes = (ABNORMAL_SECONDS, ABNORMAL_MEGABYTES) if strict else (SECONDS, MEGABYTES)
    if row["seconds"] > seconds or row["megabytes"] > megabytes:
        found.append(f"{row['seconds']} s, {row['megabytes']} MB")
    return [f"{row['file']} ({row['reader']}): {fault}" for fault in found]


def examine(rows: list[dict]) -> None:
    slowest, biggest = max(rows, key=lambda row: row["seconds"]), max(rows, key=lambda row: row["megabytes"])
    print(f"\n{len(rows)} lần đọc; lâu nhất {slowest['seconds']} s ({slowest['file']}), "
          f"nhiều bộ nhớ nhất {biggest['megabytes']} MB ({biggest['file']})")  # fmt: skip
    found = [fault for row in rows for fault in faults_of(row)]
    assert not found, "\n".join(found)


def test_a_sixth_of_the_hostile_files_are_read_or_refused_within_limits(tmp_path):
    chosen = [name for name in FILES if crc32(name.encode()) % 6 == 0]
    examine(read(tmp_path, {name: (OWN[name.partition(":")[0]],) for name in chosen}))


@pytest.mark.nightly
def test_every_hostile_file_is_read_or_refused_by_every_reader(tmp_path):
    rows = read(tmp_path, dict.fromkeys(FILES, READERS))
    assert len(rows) == len(FILES) * len(READERS)
    examine(rows)
