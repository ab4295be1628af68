"""The tests that docs/reliability.md and docs/bad-inputs.md name as proof are there."""

import re
from pathlib import PurePosixPath

import pytest

from cchc_portal.serve import BASE_DIR

FOLDERS = {"docs/reliability.md": "cchc_portal/tests", "docs/bad-inputs.md": "cchc_portal/tests/inputs"}
NAMED = re.compile(r"`((?:\.\./|[\w/]+/)?test_\w+)(?:: ?([\w…]*))?`")


@pytest.mark.parametrize("document", FOLDERS)
def test_each_test_that_is_named_exists(document):
    found = NAMED.findall((BASE_DIR / document).read_text("utf-8"))
    assert len(found) > 20
    missing = [named for named in found if not exists(FOLDERS[document], *named)]
    assert not missing


def exists(folder: str, file: str, words: str) -> bool:
    top = "/" in file and not file.startswith(("../", "browser/"))
    path = BASE_DIR / ("" if top else folder) / f"{PurePosixPath(file)}.py"
    words = words.rstrip("…")
    return path.is_file() and (not words or re.search(rf"def test_\w*{words}", path.read_text("utf-8")) is not None)
