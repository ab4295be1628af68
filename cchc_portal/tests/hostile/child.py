"""Reads hostile files under limits, each in a process of its own: `python -m cchc_portal.tests.hostile.child FOLDER`.

FOLDER holds the files; a line of JSON comes out for each file and reader: what was said or how it died, the seconds of
processor and the megabytes it took more than a reader that has read nothing.
"""

import json
import os
import resource
import sys
import time
from io import BytesIO
from pathlib import Path

SECONDS, MEGABYTES = 60, 1_500  # where it is ended by force; what is allowed the tests say


def _excel(content: bytes, name: str) -> str:
    from documents.excel_reading import read_workbook

    return f"{sum(len(grid.cells) for grid in read_workbook(BytesIO(content), name))} cells"


def _plan(content: bytes, _name: str) -> str:
    from documents.reading import read_file

    return f"{len(read_file(content).outline)} lines"


def _kept(content: bytes, name: str) -> str:
    from documents.uploads import check

    return f"kept {check(BytesIO(content), name).extension}"


def _signed(content: bytes, name: str) -> str:
    from plans.registers.signed_files import check_signed, compare

    text = {"frame": {"title": "Kế hoạch", "signer_name": ""}, "sections": [], "recipients": []}
    checked = check_signed(BytesIO(content), name)
    return "compared" if compare(checked.content, text).has_text else "scan"


READERS = {"excel": _excel, "plan": _plan, "kept": _kept, "signed": _signed}


def _warm() -> None:
    """Import what readers use, so that memory and seconds are those of the file."""
    import PIL.Image
    import python_calamine  # noqa: F401

    from cchc_portal.tests.hostile.word import PARAGRAPH, document
    from documents.tests.excel_files import table
    from documents.tests.files import pdf, picture

    PIL.Image.init()
    for reader, content, name in (
        (_kept, picture(), "a.png"), (_kept, pdf(), "a.pdf"), (_excel, table(["a"]), "a.xlsx"),
        (_plan, document(PARAGRAPH), "a.docx"),
    ):  # fmt: skip
        reader(content, name)


def _memory(column: int) -> int:
    """Bytes of this process now: 0 what is addressed, 1 what lies in memory."""
    return int(Path("/proc/self/statm").read_text().split()[column]) * resource.getpagesize()


def read(reader: str, content: bytes, name: str) -> dict:
    """What became of the file in a child of this process."""
    out, into = os.pipe()
    before = _memory(1)
    child = os.fork()
    if child == 0:
        os.close(out)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        most = _memory(0) + MEGABYTES * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        os.write(into, _said(reader, content, name).encode())
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        said = pipe.read().decode()
    _pid, status, used = os.wait4(child, 0)
    return {
        "said": said or f"died: {os.waitstatus_to_exitcode(status)}",
        "seconds": round(used.ru_utime + used.ru_stime, 2),
        "megabytes": round((used.ru_maxrss * 1024 - before) / 1024 / 1024),
    }


def _said(reader: str, content: bytes, name: str) -> str:
    from documents.reading import Unreadable
    from documents.uploads import UploadRefused

    try:
        return READERS[reader](content, name)
    except (UploadRefused, Unreadable) as refusal:
        return f"refused: {refusal}"
    except BaseException as error:
        return f"raised: {type(error).__name__}: {error}"[:300]


def main(folder: Path) -> None:
    import django

    django.setup()
    _warm()
    for path in sorted(folder.iterdir()):
        told = json.loads(path.with_suffix(".json").read_text()) if path.suffix == ".bin" else None
        if told:
            content = path.read_bytes()
            for reader in told["readers"]:
                began = time.monotonic()
                found = read(reader, content, told["name"])
                print(
                    json.dumps(told | {"reader": reader, "wall": round(time.monotonic() - began, 2)} | found),
                    flush=True,
                )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
