"""The unit's words in its report: one flat mapping for the form, for storing and for telling who changed what.

Names: the fields of the report itself; `area_<id>`, `area_<id>_shortcomings`, `area_<id>_causes` for an area;
`note_<key>` for a note. An absent name is a blank text.

Several people write one report. Each page carries the marks of the texts it was shown (`marks`); saving
(reporting.actions.save_words) writes only what was changed there, and refuses only where the same text was
changed elsewhere meanwhile.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from accounts.workflow import StaleState
from plans.forms.cautions import NOTE
from reporting.models import UnitReport
from reporting.models.unit_report import AREA_TEXTS, TEXTS

TEXT_FIELDS = ("nil", "nil_reason", *TEXTS)
AREA_NAME = re.compile(r"area_(\d+)(?:_(\w+))?")

Words = dict[str, str | bool]


class WordsConflict(StaleState):
    """The same texts (`names`) were changed since they were shown: by `who`, last saved at `at`."""

    def __init__(self, names: Iterable[str], who: str, at: str):
        self.names = tuple(names)
        super().__init__(_("%(who)s đã lưu bản khác của phần này lúc %(at)s.") % {"who": who, "at": at})


def area_field(area_id: int, name: str) -> str:
    """The name of one of an area's texts (AREA_TEXTS)."""
    return f"area_{area_id}" if name == "text" else f"area_{area_id}_{name}"


def figure_key(code: str) -> str:
    """The key of the note on an indicator's figure."""
    return f"figure-{code}"


def words_of(report: UnitReport) -> Words:
    """Everything the unit has written, blank area texts and notes left out."""
    words: Words = {name: getattr(report, name) for name in TEXT_FIELDS}
    for row in report.assessments.all():
        words |= {area_field(row.area_id, name): text for name in AREA_TEXTS if (text := getattr(row, name))}
    return words | {f"{NOTE}{note.key}": note.text for note in report.notes.all()}


def mark(text: str | bool) -> str:
    """A short name of a text; blank and False have the same."""
    return hashlib.sha256(str(text or "").encode()).hexdigest()[:10]


def marks(words: Mapping) -> str:
    """What a page carries about the texts it shows: "highlights:0a1b… area_3:…"; blank ones are left out."""
    return " ".join(f"{name}:{mark(text)}" for name, text in words.items() if text) or "-"


def read_marks(seen: str) -> dict[str, str]:
    """Name → mark, of what `marks` gave."""
    return dict(part.split(":", 1) for part in seen.split() if ":" in part)
