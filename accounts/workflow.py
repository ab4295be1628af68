"""States change here and nowhere else: a table of moves, and one `move()` that takes a row of it.

Each app keeps its own table (plans.workflow, reporting.workflow). A move is one transaction:
permission on that day, guards, compare-and-swap on the old state and version, event, effect.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import Event, Post, User
from documents.dates import TZ as VIETNAM
from documents.vietnamese import InvalidCharacters, clean, is_blank

REASON_MAX = 2_000


class MoveRefused(Exception):
    """A guard said no; `messages` say in Vietnamese what is missing and what to do."""

    def __init__(self, messages: Iterable[str]):
        self.messages = [str(message) for message in messages]
        super().__init__(" ".join(self.messages))


class StaleState(Exception):
    """Someone else moved or edited the object first; nothing was changed."""


@dataclass(frozen=True)
class Context:
    """What a guard or an effect may look at; `post` is the one that allows the move (None for the schedule)."""

    by: User | None
    now: datetime
    reason: str
    from_state: str
    data: Mapping = field(default_factory=dict)
    post: Post | None = None


@dataclass(frozen=True)
class Move:
    """One row of a transitions table.

    `may(user, obj, on)` gives the post that allows the move, or None; None instead of a function
    means the schedule only. `guard(obj, context)` gives messages; `stamps(obj, context)` gives the
    fields that are written in the same statement as the state; `effect(obj, context)` runs inside
    the transaction after that. `on_behalf_of(obj)` names whom the person stands in for. `asks` is
    what the reason must say, in place of the usual label; without `needs_reason` it may stay blank.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    may: Callable[[User, models.Model, object], Post | None] | None
    guard: Callable[[models.Model, Context], Iterable[str]] | None = None
    stamps: Callable[[models.Model, Context], dict] | None = None
    effect: Callable[[models.Model, Context], None] | None = None
    needs_reason: bool = False
    on_behalf_of: Callable[[models.Model], str] | None = None
    asks: str = ""


class Workflow:
    """The moves of one model, whose rows have `state`, `version` and `agency_id`."""

    def __init__(self, *moves: Move):
        self.moves = {(move.name, source): move for move in moves for source in move.sources}

    def find(self, name: str, state: str) -> Move | None:
        return self.moves.get((name, state))

    def open_to(self, user: User, obj: models.Model, *, on) -> list[Move]:
        """The moves this person may make from the present state, in the order of the table."""
        return [
            move
            for (_name, source), move in self.moves.items()
            if source == obj.state and move.may and move.may(user, obj, on)
        ]

    def move(self, obj: models.Model, name: str, *, by: User | None, now: datetime, reason: str = "", **data):
        """Make the move or raise PermissionDenied, MoveRefused or StaleState; nothing partial is stored."""
        move = self.find(name, obj.state)
        if move is None:
            raise StaleState(_("Trạng thái đã thay đổi, hãy tải lại trang."))
        now = now.astimezone(VIETNAM)  # posts are judged by the day in Vietnam, whatever zone the caller has
        post = self._post(move, obj, by, now)
        context = Context(by, now, self._reason(move, reason), obj.state, data, post)
        before = dict(obj.__dict__)
        try:
            with transaction.atomic():
                self._make(move, obj, context)
        except Exception:
            obj.__dict__ = before  # the object in hand says what the database says
            raise
        return obj

    def move_all(self, rows: models.QuerySet, name: str, *, by: User | None, now: datetime) -> int:
        """Make a move that has neither guard nor effect on every row of its source states, in two statements.

        Part of another move, which has checked the permission; gives the number of rows moved.
        """
        ready = [(obj, move) for obj in rows.select_for_update() if (move := self.find(name, obj.state))]
        if not ready:
            return 0
        target = ready[0][1].target
        rows.model.objects.filter(pk__in=[obj.pk for obj, _move in ready]).update(
            state=target, version=models.F("version") + 1
        )
        Event.record_all(
            (obj for obj, _move in ready), at=now, by=by, action=name, label=ready[0][1].label, to_state=target
        )
        return len(ready)

    def _make(self, move: Move, obj: models.Model, context: Context) -> None:
        post = context.post
        self._claim(obj)
        if move.guard and (messages := list(move.guard(obj, context))):
            raise MoveRefused(messages)
        self._write(obj, move, context)
        Event.record(
            obj,
            at=context.now,
            by=context.by,
            post=post or "",
            on_behalf_of=move.on_behalf_of(obj) if move.on_behalf_of else post.on_behalf_of if post else "",
            action=move.name,
            label=move.label,
            agency_id=obj.agency_id,
            from_state=context.from_state,
            to_state=move.target,
            reason=context.reason,
        )
        if move.effect:
            move.effect(obj, context)

    @staticmethod
    def _reason(move: Move, reason: str) -> str:
        try:
            reason = clean(reason).strip()
        except InvalidCharacters:
            raise MoveRefused([_("Lý do có ký tự không hợp lệ. Hãy xóa phần đó hoặc gõ lại.")]) from None
        if move.needs_reason and is_blank(reason):
            raise MoveRefused([_("Nhập lý do.")])
        if len(reason) > REASON_MAX:
            raise MoveRefused([_("Lý do tối đa 2.000 ký tự, hiện có %d.") % len(reason)])
        return reason

    @staticmethod
    def _post(move: Move, obj: models.Model, by: User | None, now: datetime) -> Post | None:
        if by is None:
            return None
        post = move.may(by, obj, now.date()) if move.may else None
        if post is None:
            raise PermissionDenied
        return post

    @staticmethod
    def _claim(obj: models.Model) -> None:
        """Compare-and-swap: only who still sees the stored state and version goes on."""
        claimed = (
            type(obj)
            .objects.filter(pk=obj.pk, state=obj.state, version=obj.version)
            .update(version=models.F("version") + 1)
        )
        if not claimed:
            raise StaleState(_("Có người vừa thay đổi nội dung này, hãy tải lại trang."))

    @staticmethod
    def _write(obj: models.Model, move: Move, context: Context) -> None:
        changed = {"state": move.target, **(move.stamps(obj, context) if move.stamps else {})}
        type(obj).objects.filter(pk=obj.pk).update(**changed)
        for name, value in {**changed, "version": obj.version + 1}.items():
            setattr(obj, name, value)
