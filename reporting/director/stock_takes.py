"""Stock-takes: what the Director saw on a date, frozen with its hash, and what changed between two of them."""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Agency, Event, User
from accounts.workflow import MoveRefused
from documents.dates import TZ
from reporting import perms
from reporting.director.screen import screen
from reporting.models import Period, StockTake


@transaction.atomic
def take(period: Period, *, key: UUID, promises: str, by: User, now: datetime) -> StockTake:
    """Freeze the screen of a period as the Director sees it at `now`; the same key gives the same stock-take.

    Raises PermissionDenied, and MoveRefused for a key that was used elsewhere.
    """
    post = perms.may_take_stock(by, period.agency_id, now.astimezone(TZ).date())
    if post is None:
        raise PermissionDenied
    Agency.objects.select_for_update().get(pk=period.agency_id)
    found = StockTake.objects.filter(key=key).first()
    if found and (found.agency_id, found.taken_by_id) != (period.agency_id, by.pk):
        raise MoveRefused([_("Mã gửi của biểu mẫu đã dùng. Hãy tải lại trang rồi gửi lại.")])
    if found:
        return found
    content = json.loads(json.dumps(screen(period, now=now)))
    made = StockTake.objects.create(
        agency_id=period.agency_id, period=period, key=key, taken_at=now, taken_by=by, promises=promises,
        content=content, sha256=sha256(content),
    )  # fmt: skip
    Event.record(
        made, at=now, by=by, post=post, agency_id=period.agency_id, action="take_stock", label=_("Chốt bản giao ban")
    )
    return made


def sha256(content: dict) -> str:
    """The hash of what was seen, of its JSON with sorted names."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def before(row: StockTake) -> StockTake | None:
    """The stock-take of the agency that came before this one."""
    found = StockTake.objects.filter(agency=row.agency_id, taken_at__lt=row.taken_at).exclude(pk=row.pk)
    return found.select_related("period").first()


def compared(then: dict, now: dict) -> dict:
    """What changed from one screen to a later one: figures side by side; matters settled, still open and new. Pure."""
    old = {row["key"]: row for row in then["figures"]}
    matters = {row["key"]: row for row in then["decisions"]}
    standing = {row["key"] for row in now["decisions"]}
    return {
        "figures": [
            {"label": row["label"], "then": _words(old.get(row["key"])), "now": _words(row)} for row in now["figures"]
        ],
        "settled": [row for key, row in matters.items() if key not in standing],
        "still": [row for row in now["decisions"] if row["key"] in matters],
        "new": [row for row in now["decisions"] if row["key"] not in matters],
    }


def _words(figure: dict | None) -> str:
    return " ".join(filter(None, (figure["words"], figure["context"], figure["share"]))) if figure else "–"
