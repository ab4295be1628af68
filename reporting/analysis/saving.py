"""Analyses kept under a name: one's own, shared with the agency if one wants."""

from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.workflow import MoveRefused
from reporting import perms
from reporting.models import SavedAnalysis

MOST = 50  # of one person
KNOWN = ("ky", "hang", "cot", "chi_tieu", "don_vi", "noi_dung", "hinh_thuc", "doi_tuong", "xem")
TOO_MANY = "Đã lưu 50 bảng, là mức tối đa. Bỏ bớt bảng không dùng rồi lưu lại."


def tidy(query: str) -> str:
    """The known choices of an address, in their order; what is blank is left out."""
    found = dict(parse_qsl(query[:2_000].replace("\x00", "")))
    return urlencode({name: found[name][:60] for name in KNOWN if found.get(name)})


@transaction.atomic
def save(*, name: str, query: str, shared: bool, by: User, now: datetime) -> SavedAnalysis:
    """Keep the choices under a name; one's own of that name is written over. Raises PermissionDenied, MoveRefused."""
    post = perms.analysis_post(by, now.date())
    if post is None:
        raise PermissionDenied
    User.objects.select_for_update().get(pk=by.pk)
    mine = SavedAnalysis.objects.filter(owner=by)
    if not mine.filter(name=name).exists() and mine.count() >= MOST:
        raise MoveRefused([TOO_MANY])
    facts = {"query": tidy(query)[:600], "shared": shared, "saved_at": now, "agency_id": post.agency_id}
    return SavedAnalysis.objects.update_or_create(owner=by, name=name, defaults=facts)[0]


def remove(row: SavedAnalysis, *, by: User) -> None:
    """Forget one's own. Safe to repeat. Raises PermissionDenied."""
    if row.owner_id != by.pk:
        raise PermissionDenied
    SavedAnalysis.objects.filter(pk=row.pk).delete()
