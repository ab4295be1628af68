"""Remarks of a reviewer, pinned to parts of what was handed in, and the answers to them.

One mechanism for everything that is reviewed: unit plans, unit reports, roll-ups. A kind of thing joins by one
`register(Kind(…))` in its app's `ready()`; the pages (plans/views/remarks.py) and the parts to show
(plans/_remarks.html) are the same for all.

A remark is kept by the reviewers until `give` hands it over (with a return or an acceptance); from then on the
other side sees it and answers. A remark without an answer keeps the thing from being handed in again
(`unanswered`). Nothing is deleted or changed: a remark is withdrawn, settled, or answered once more.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Event, Post, User
from accounts.workflow import StaleState
from plans.models import Remark, RemarkAnswer

REMARK_MAX = 2_000
WHOLE = ""  # the key of the thing as a whole


@dataclass(frozen=True)
class Part:
    """A part that can be remarked on: its name ("Hoạt động: Phát tờ gấp") and its words now ("" for none)."""

    label: str
    text: str = ""


@dataclass(frozen=True)
class Kind:
    """How one kind of thing takes remarks.

    `slug` stands in addresses; `name` is what it is called in a sentence ("kế hoạch đơn vị"), `whose` the title of
    its page of remarks ("Ý kiến của Văn phòng Sở"). `visible(user, on)` are the rows a person sees. `rounds(obj)`
    are its rounds, newest first, key → words; a remark is made in the newest. `parts(obj)` are the parts of that
    round, key → Part. `may_remark` and `may_answer` are predicates of perms with the object's present state in
    them. `page(obj, reviewing)` is where its remarks are read. `begin(obj, by, now)`, if any, is what making the
    first remark also does (a review is taken up). `changes(obj)`, if any, is what the newest round changed against the
    one before, as plans.differences.Change by part: reviewers see it beside the remarks.
    """

    slug: str
    model: type[models.Model]
    name: str
    whose: str
    visible: Callable[[User, date], models.QuerySet]
    rounds: Callable[[models.Model], dict[str, str]]
    parts: Callable[[models.Model], dict[str, Part]]
    may_remark: Callable[[User, models.Model, date], Post | None]
    may_answer: Callable[[User, models.Model, date], Post | None]
    page: Callable[[models.Model, bool], str]
    begin: Callable[[models.Model, User, datetime], None] | None = None
    changes: Callable[[models.Model], dict[str, list]] | None = None


KINDS: dict[str, Kind] = {}  # by slug
_BY_MODEL: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let a kind of thing take remarks; called once, in `ready()`."""
    KINDS[kind.slug] = kind
    _BY_MODEL[kind.model._meta.label_lower] = kind


def kind_of(obj: models.Model | Remark) -> Kind:
    """The kind of a thing, or of what a remark is about."""
    return _BY_MODEL[obj.object_type if isinstance(obj, Remark) else obj._meta.label_lower]


def make(obj: models.Model, *, part: str, text: str, by: User, now: datetime, key: str) -> Remark:
    """Pin a remark to a part of the newest round; the same `key` again gives the same remark.

    Raises PermissionDenied, or StaleState when nothing waits for review or the part is not in that round.
    """
    kind = kind_of(obj)
    key = f"{key}:{part}"[:200]
    with transaction.atomic():
        held = _hold(obj)
        if earlier := Remark.objects.about(obj).filter(key=key).first():
            return earlier
        if kind.may_remark(by, held, now.date()) is None:
            raise PermissionDenied
        what, newest = kind.parts(held).get(part), next(iter(kind.rounds(held)), None)
        if what is None or newest is None:
            raise StaleState(_("Phần này không có trong bản đang xem xét. Hãy tải lại trang."))
        if kind.begin:
            kind.begin(held, by, now)
        return Remark.objects.create(
            agency_id=held.agency_id, object_type=held._meta.label_lower, object_id=held.pk, round=newest, part=part,
            part_label=what.label[:500], part_text=what.text, text=text, key=key, made_at=now, made_by=by,
        )  # fmt: skip


def withdraw(remark: Remark, *, by: User, now: datetime) -> None:
    """Take a remark back; it stays readable as withdrawn when it had been given. Safe to repeat.

    Raises PermissionDenied: reviewers only.
    """
    _reviewed(remark, "withdrawn", _("Rút ý kiến: %s"), by=by, now=now)


def settle(remark: Remark, *, by: User, now: datetime) -> None:
    """The reviewer is content with what became of it. Safe to repeat. Raises PermissionDenied."""
    _reviewed(remark, "settled", _("Ý kiến đã xong: %s"), by=by, now=now)


@transaction.atomic
def answer(remark: Remark, *, text: str, by: User, now: datetime) -> RemarkAnswer:
    """Say what was done about a remark; the very same answer again is not written twice.

    Raises PermissionDenied (who, and whether the thing is with the unit now) or StaleState (withdrawn, settled).
    """
    kind, obj = kind_of(remark), _hold_about(remark)
    post = kind.may_answer(by, obj, now.date())
    if post is None:
        raise PermissionDenied
    remark.refresh_from_db()
    if not remark.given_at or remark.withdrawn_at or remark.settled_at:
        raise StaleState(_("Ý kiến này không còn chờ trả lời. Hãy tải lại trang."))
    last = remark.answers.last()
    if last and last.text == text:
        return last
    written = RemarkAnswer.objects.create(remark=remark, text=text, at=now, by=by)
    _log(remark, obj, _("Trả lời ý kiến: %s"), "answer_remark", by=by, post=post, at=now, reason=text)
    return written


def give(obj: models.Model, *, now: datetime) -> int:
    """Hand over what the reviewers kept, inside the move that returns or accepts; gives how many."""
    return Remark.objects.about(obj).standing().filter(given_at__isnull=True).update(given_at=now)


def settle_all(obj: models.Model, *, by: User, now: datetime) -> None:
    """Accepting ends every remark that still stands; inside the move that accepts."""
    Remark.objects.about(obj).standing().filter(settled_at__isnull=True).update(settled_at=now, settled_by=by)


def kept(obj: models.Model) -> int:
    """How many remarks a return would hand over now."""
    return Remark.objects.about(obj).standing().filter(given_at__isnull=True).count()


def unanswered(obj: models.Model) -> list[Remark]:
    """What must be answered before `obj` is handed in again: a hard check for its rules."""
    return list(Remark.objects.about(obj).unanswered())


@dataclass(frozen=True)
class Desk:
    """The remarks of one thing as a page shows them to one person; a part takes it as `desk` (plans/_remarks.html).

    `key` marks the forms of this page; `add_url` is where a new remark is sent, "" when this person may not.
    """

    obj: models.Model
    kind: Kind
    remarks: list[Remark]
    may_remark: bool
    may_answer: bool
    changes: Mapping[str, list] = field(default_factory=dict)
    key: uuid.UUID = field(default_factory=uuid.uuid4)

    def to_read(self) -> "Desk":
        """The same for a page on which nothing is reviewed: no new remarks, no changes."""
        return replace(self, may_remark=False, changes={})

    @property
    def add_url(self) -> str:
        return reverse("remark_add", args=[self.kind.slug, self.obj.pk]) if self.may_remark else ""

    @property
    def page_url(self) -> str:
        """Where all of them stand, round by round."""
        return reverse("remark_list", args=[self.kind.slug, self.obj.pk])

    def of(self, part: str) -> list[Remark]:
        """Those pinned to a part, oldest first; withdrawn ones only on the page of all."""
        return [remark for remark in self.remarks if remark.part == part and not remark.withdrawn_at]

    def standing(self, part: str) -> list[Remark]:
        """Those on a part that were given and are not settled, oldest first: what whoever edits it reads there."""
        return [remark for remark in self.of(part) if remark.given_at and not remark.settled_at]

    @property
    def open(self) -> list[Remark]:
        """Those that still wait for an answer."""
        return [remark for remark in self.remarks if remark.state == "open_remark"]


def desk(obj: models.Model, user: User, on: date) -> Desk:
    """Everything a page needs to show the remarks on `obj`; two queries. What reviewers keep, only they see."""
    kind = kind_of(obj)
    may_remark = kind.may_remark(user, obj, on) is not None
    rows = Remark.objects.about(obj)
    rows = rows if may_remark else rows.given()
    changes = kind.changes(obj) if kind.changes and may_remark else {}
    return Desk(obj, kind, list(rows), may_remark, kind.may_answer(user, obj, on) is not None, changes)


def _hold(obj: models.Model) -> models.Model:
    """The row as it is stored, held until the transaction ends."""
    return type(obj).objects.select_for_update(of=("self",)).get(pk=obj.pk)


def _hold_about(remark: Remark) -> models.Model:
    return kind_of(remark).model.objects.select_for_update(of=("self",)).get(pk=remark.object_id)


@transaction.atomic
def _reviewed(remark: Remark, what: str, words: str, *, by: User, now: datetime) -> None:
    obj = _hold_about(remark)
    post = kind_of(remark).may_remark(by, obj, now.date())
    if post is None:
        raise PermissionDenied
    standing = Remark.objects.filter(pk=remark.pk, withdrawn_at=None, settled_at=None)
    changed = standing.update(**{f"{what}_at": now, f"{what}_by": by})
    remark.refresh_from_db()
    if changed and remark.given_at:
        _log(remark, obj, words, f"{what}_remark", by=by, post=post, at=now, reason=remark.text)


def _log(remark: Remark, obj: models.Model, words: str, action: str, *, post: Post, **facts) -> None:
    Event.record(
        obj, action=action, label=words % remark.part_label[:150], agency_id=obj.agency_id, post=post, **facts,
        on_behalf_of=post.on_behalf_of, data={"remark": remark.pk, "part": remark.part, "round": remark.round},
    )  # fmt: skip
