"""What is open in units that end, and the act that hands it over. Apps above register what they keep open."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import perms
from accounts.models import Event, Post, Succession, Unit, User
from accounts.workflow import MoveRefused

STAYS, LEFT = "", "0"  # what a person chooses beside the code of a successor


@dataclass(frozen=True)
class Item:
    """One open thing of a unit. `key` is unique on the page; with `stays` it cannot be handed over, and why."""

    key: str
    unit: Unit
    what: str
    how: str = ""
    url: str = ""
    stays: str = ""


@dataclass(frozen=True)
class Act:
    """A hand-over as its takers see it: by whom, when, by which document, in words for the receivers."""

    succession: Succession
    by: User
    now: datetime

    def words(self, to: Unit | None) -> str:
        document = self.succession.document
        return _("%(unit)s nhận theo %(document)s") % {"unit": to, "document": document} if to else document


@dataclass(frozen=True)
class Kind:
    """A kind of open thing: `find(unit)` its items, `hand_over(key, unit, to, act)` one of them; `to` None ends it."""

    label: str
    find: Callable[[Unit, datetime], Iterable[Item]]
    hand_over: Callable[[Item, Unit | None, Act], None]
    ends: str = ""  # what "to nobody" means, in words; "" when it cannot be


KINDS: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    KINDS[name] = kind


@dataclass(frozen=True)
class Group:
    """The open things of one kind of the units that change."""

    name: str
    kind: Kind
    items: list[Item]


def open_work(units: Iterable[Unit], now: datetime) -> list[Group]:
    """Everything that is open in the units, by kind; kinds without anything are left out."""
    units = list(units)
    groups = [Group(name, kind, [i for unit in units for i in kind.find(unit, now)]) for name, kind in KINDS.items()]
    return [group for group in groups if group.items]


@transaction.atomic
def hand_over(succession: Succession, chosen: Mapping[str, str], *, by: User, now: datetime) -> int:
    """Hand over each open item as chosen (item key → code of a successor, LEFT, or STAYS); gives how many moved.

    Once: a second time gives 0. Raises PermissionDenied, or MoveRefused before its day and when a choice is missing.
    """
    row = Succession.objects.select_for_update().get(pk=succession.pk)
    post = perms.may_hand_over(by, row, now.date())
    if post is None:
        raise PermissionDenied
    if row.handed_over_at:
        return 0
    if now.date() < row.effective_on:
        raise MoveRefused([_("Bàn giao từ ngày có hiệu lực (%s) trở đi.") % f"{row.effective_on:%d/%m/%Y}"])
    takers = {unit.code: unit for unit in row.successors.all()}
    before = list(Unit.objects.select_for_update().filter(successions=row).order_by("pk"))
    act, moved = Act(row, by, now), 0
    for group in open_work(before, now):
        for item in group.items:
            moved += _one(group.kind, item, chosen.get(item.key), takers, act)
    Succession.objects.filter(pk=row.pk).update(handed_over_at=now, handed_over_by=by)
    Event.record(
        row, at=now, by=by, post=post, action="hand_over", agency_id=row.agency_id, reason=row.document,
        label=_("Bàn giao %d việc còn dở") % moved, data={"chosen": dict(chosen)},
    )  # fmt: skip
    return moved


def _one(kind: Kind, item: Item, choice: str | None, takers: Mapping[str, Unit], act: Act) -> int:
    if item.stays:
        return 0
    if choice is None or (choice == LEFT and not kind.ends) or (choice not in (STAYS, LEFT) and choice not in takers):
        raise MoveRefused([_("Chọn nơi nhận của từng việc; có việc mới phát sinh thì xem lại: %s.") % item.what])
    if choice == STAYS:
        return 0
    kind.hand_over(item, takers.get(choice), act)
    return 1


# People


def _posts(unit: Unit, now: datetime) -> list[Item]:
    rows = unit.posts.on(now.date()).select_related("user").order_by("pk")
    return [Item(f"post:{row.pk}", unit, str(row.user), str(row)) for row in rows]


def _move_post(item: Item, to: Unit | None, act: Act) -> None:
    """The old post ends yesterday; one that began today is taken up whole. The new one begins today."""
    today = act.now.date()
    post = Post.objects.get(pk=item.key.partition(":")[2])
    yesterday = today - timedelta(days=1)
    ends = max(yesterday, post.starts) if post.starts else yesterday
    Post.objects.filter(pk=post.pk).update(ends=ends)
    if to:
        Post.objects.create(
            user=post.user, agency=post.agency, unit=to, role=post.role, title=post.title, starts=today, ends=post.ends
        )


register("people", Kind(_("Người của đơn vị"), _posts, _move_post, ends=_("thôi giữ vị trí")))
