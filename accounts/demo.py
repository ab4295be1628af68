"""What only the demo has: moments to which its calendar may be moved, and its people to enter as."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.clock import VIETNAM
from accounts.models import Post, Role
from accounts.models.post import AGENCY_ROLES


@dataclass(frozen=True)
class Moment:
    at: datetime
    label: str


def _moment(label: str, *parts: int) -> Moment:
    return Moment(datetime(*parts, tzinfo=VIETNAM), label)


# The year of the real 2022 plan: its deadline is strict ("trước 27/02/2022"), its windows are those of
# Nghị định 09/2019/NĐ-CP, Điều 12.
MOMENTS = (
    _moment("đơn vị đang lập kế hoạch", 2022, 2, 15, 8, 0),
    _moment("phút cuối nộp kế hoạch", 2022, 2, 26, 23, 59),
    _moment("đã quá hạn nộp kế hoạch", 2022, 2, 28, 8, 0),
    _moment("hết kỳ Quý I", 2022, 3, 15, 8, 0),
    _moment("hết kỳ Quý II", 2022, 6, 15, 8, 0),
    _moment("hết kỳ Quý III", 2022, 9, 15, 8, 0),
    _moment("đang trong Quý IV", 2022, 11, 15, 8, 0),
    _moment("hết kỳ Quý IV và năm", 2022, 12, 15, 8, 0),
)


def cast(on: date) -> list[tuple[str, list[Post]]]:
    """The posts held on that day: first those for the whole agency, then heads and editors by unit."""
    posts = Post.objects.on(on).filter(user__is_active=True).select_related("user", "unit")
    posts = posts.order_by("unit__position", "pk")
    groups = (
        (_("Cấp Sở"), [post for post in posts if post.role in AGENCY_ROLES]),
        (_("Trưởng đơn vị"), [post for post in posts if post.role == Role.UNIT_HEAD]),
        (_("Cán bộ soạn thảo của đơn vị"), [post for post in posts if post.role == Role.UNIT_EDITOR]),
    )
    return [(label, members) for label, members in groups if members]
