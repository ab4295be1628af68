"""Many results at once: all rows of a table in one transaction, or none."""

import hashlib
import re
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from accounts.rows import Row
from accounts.workflow import MoveRefused, StaleState
from propaganda.actions import change_result, record_result
from propaganda.forms.many import ResultRows, first_quantity
from propaganda.models import Result

FILE_MARK = re.compile(r"[0-9A-Za-z-]{1,32}:N[0-9]{1,6}")  # a template and its row, as propaganda.results_excel gives


class RowRefused(Exception):
    """A row could not be written, so none was; `messages` say why."""

    def __init__(self, row: Row, messages: list[str]):
        self.row, self.messages = row, messages
        super().__init__(" ".join(messages))


@dataclass
class Written:
    """How many results were made, changed, and left as they were; how many of the new came late (bổ sung)."""

    new: int = 0
    changed: int = 0
    same: int = 0
    late: int = 0

    def __str__(self) -> str:
        told = _("%(new)d kết quả mới, %(changed)d kết quả sửa") % {"new": self.new, "changed": self.changed}
        return f"{told}, {_('%d kết quả giữ nguyên') % self.same}" if self.same else told


@transaction.atomic
def store_rows(rows: ResultRows, *, unit: Unit, key: uuid.UUID, by: User, now: datetime) -> Written:
    """Write the kept rows of valid `rows`; sent again, the same rows make nothing new.

    A new row is known by its mark in the file it came from, else by the page (`key`) and what it says.
    Raises RowRefused, PermissionDenied; then nothing is written.
    """
    written, twins = Written(), Counter()
    for row in rows.kept:
        try:
            if row.stored is None:
                _record(row, _key(row, key, twins), written, unit=unit, by=by, now=now)
            elif row.has_changed():
                _change(row, by=by, now=now)
                written.changed += 1
            else:
                written.same += 1
        except MoveRefused as refusal:
            raise RowRefused(row, refusal.messages) from None
        except StaleState as stale:
            raise RowRefused(row, [str(stale)]) from None
    return written


def _key(row: Row, page: uuid.UUID, twins: Counter) -> str:
    if FILE_MARK.fullmatch(row.carried.get("mark", "")):
        return f"x{row.carried['mark']}"
    said = repr(sorted((name, str(value)) for name, value in row.cleaned_data.items()))
    digest = hashlib.sha256(said.encode()).hexdigest()[:24]
    twins[digest] += 1
    return f"{page.hex}:{digest}:{twins[digest]}"


def _record(row: Row, key: str, written: Written, *, unit: Unit, by: User, now: datetime) -> None:
    if Result.objects.filter(key=key, unit=unit, recorded_by=by).exists():
        written.same += 1
        return
    result = record_result(unit=unit, by=by, now=now, key=key, **row.form.values())
    written.new += 1
    written.late += result.supplement


def _change(row: Row, *, by: User, now: datetime) -> None:
    """The row's own indicator is changed; what else the result holds stays."""
    values = row.form.values()
    shown = first_quantity(row.stored)
    others = {
        quantity.indicator: quantity.value
        for quantity in row.stored.quantities.all()
        if shown is None or quantity.pk != shown.pk
    }
    values["quantities"] = others | values["quantities"]
    change_result(row.stored, by=by, now=now, version=int(row.version), **values)
