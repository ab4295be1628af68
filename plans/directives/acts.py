"""Giving a directive, and its moves.

given → taken_up → answered → accepted | returned; withdrawn. Carried out by a unit or a post, judged by who gave it.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from accounts.models import Event, Role, Unit, User
from accounts.notices import holders, notify
from accounts.proof import files_follow_the_transaction
from accounts.workflow import Context, Move, MoveRefused, Workflow
from documents.dates import short_date
from documents.uploads import CheckedFile
from plans import perms
from plans.deadlines.periods import end_of
from plans.deadlines.workdays import VIETNAM
from plans.directives.about import About
from plans.directives.days import wrong_day
from plans.models import Directive, DirectiveAnswer, DirectiveFile, DirectiveState
from plans.models.directive import OWNER_ROLES, WITH_OWNER

S = DirectiveState


@transaction.atomic
def give(
    *, agency_id: int, by: User, now: datetime, key: str, owner: Unit | Role, text: str, day: date, about: About
) -> Directive:
    """Tell a unit or a post to do something by the end of `day`; the same `key` gives what was given first.

    Raises PermissionDenied, or MoveRefused for a day that is past or too far away.
    """
    now = now.astimezone(VIETNAM)
    post = perms.may_direct(by, now.date(), agency_id)
    if post is None:
        raise PermissionDenied
    if faults := list(wrong_day(day, now.date())):
        raise MoveRefused(faults)
    unit = owner if isinstance(owner, Unit) else None
    if (unit and unit.agency_id != agency_id) or (unit is None and owner not in OWNER_ROLES):
        raise PermissionDenied
    directive, made = Directive.objects.get_or_create(
        key=key,
        defaults={
            "agency_id": agency_id, "unit": unit, "owner_role": "" if unit else owner, "text": text,
            "about_kind": about.kind, "about_id": about.id, "about": about.words, "about_url": about.url,
            "given_at": now, "given_by": by, "for_director": post.role == Role.CHIEF_OF_OFFICE, "due_at": end_of(day),
        },
    )  # fmt: skip
    if not made:
        if directive.given_by_id != by.pk:
            raise PermissionDenied
        return directive
    Event.record(
        directive, at=now, by=by, post=post, action="give", label=_g("Giao ý kiến chỉ đạo"), agency_id=agency_id,
        to_state=directive.state, on_behalf_of=_g("Giám đốc Sở") if directive.for_director else post.on_behalf_of,
    )  # fmt: skip
    title = _g("Ý kiến chỉ đạo, hạn %(day)s: %(what)s") % {"day": short_date(day), "what": directive}
    _tell(directive, carriers(directive, now), title, now, text)
    return directive


@transaction.atomic
def answer(
    directive: Directive, *, by: User, now: datetime, key: str, text: str, links: str = "",
    files: Iterable[CheckedFile] = (),
) -> None:  # fmt: skip
    """Say what was done, with proof; once a `key`. Raises PermissionDenied, MoveRefused or StaleState."""
    if DirectiveAnswer.objects.filter(key=key, by=by).exists():
        return
    with files_follow_the_transaction() as stored:
        said = {"text": text, "links": links, "files": list(files), "key": key, "stored": stored}
        DIRECTIVE.move(directive, "answer", by=by, now=now, **said)


def _says_something(directive: Directive, context: Context):
    if not context.data.get("text", "").strip():
        yield _g("Nhập kết quả thực hiện.")


def _answered(directive: Directive, context: Context) -> None:
    said = context.data
    row = DirectiveAnswer.objects.create(
        directive=directive, text=said["text"], links=said.get("links", ""), at=context.now, by=context.by,
        key=said["key"],
    )  # fmt: skip
    for file in {each.sha256: each for each in said.get("files", ())}.values():
        kept = DirectiveFile(
            answer=row, name=file.name, extension=file.extension, content_type=file.content_type,
            size=len(file.content), sha256=file.sha256,
        )  # fmt: skip
        kept.file.save(file.name, ContentFile(file.content), save=False)
        said["stored"].append(kept.file)
        kept.save()
    title = _g("%(who)s trả lời ý kiến chỉ đạo: %(what)s") % {"who": directive.owner, "what": directive}
    _tell(directive, judges(directive, context.now).exclude(pk=context.by.pk), title, context.now, said["text"])


def _return_gaps(directive: Directive, context: Context):
    if day := context.data.get("day"):
        yield from wrong_day(day, context.now.date())


def _return_stamps(directive: Directive, context: Context) -> dict:
    day = context.data.get("day")
    return {"extended_due_at": end_of(day)} if day else {}


def _told(words):
    """An effect that tells those who carry it out."""

    def effect(directive: Directive, context: Context) -> None:
        _tell(directive, carriers(directive, context.now), str(words) % directive, context.now, context.reason)

    return effect


def _closes(directive: Directive, context: Context) -> dict:
    return {"closed_at": context.now}


def carriers(directive: Directive, now: datetime):
    """The people who carry it out: editors and head of the unit, or the holders of the post."""
    on = now.astimezone(VIETNAM).date()
    if directive.unit_id:
        roles = (Role.UNIT_EDITOR, Role.UNIT_HEAD)
        return holders(*roles, agency_id=directive.agency_id, unit_id=directive.unit_id, on=on)
    return holders(directive.owner_role, agency_id=directive.agency_id, on=on)


def judges(directive: Directive, now: datetime):
    """Who gave it; of what the chief of office gave in the Director's name, the chief alone is told."""
    return User.objects.filter(pk=directive.given_by_id, is_active=True)


def _tell(directive: Directive, people, title: str, now: datetime, body: str, more: str = "") -> None:
    notify(
        people, key=f"directive:{directive.pk}:{more or directive.version}", title=title, body=body, now=now,
        url=reverse("directive_detail", args=[directive.pk]), due_at=directive.effective_due_at,
    )  # fmt: skip


def _in_whose_name(directive: Directive) -> str:
    return _g("Giám đốc Sở") if directive.for_director else ""


DIRECTIVE = Workflow(
    Move("take_up", _("Nhận việc"), (S.GIVEN,), S.TAKEN_UP, perms.may_carry_out),
    Move(
        "answer", _("Trả lời kết quả"), WITH_OWNER, S.ANSWERED, perms.may_carry_out, guard=_says_something,
        stamps=lambda directive, context: {"answered_at": context.now}, effect=_answered,
    ),
    Move(
        "accept", _("Chấp nhận kết quả"), (S.ANSWERED,), S.ACCEPTED, perms.may_judge_directive, stamps=_closes,
        effect=_told(_("Đã chấp nhận kết quả thực hiện: %s")), on_behalf_of=_in_whose_name,
    ),
    Move(
        "send_back", _("Trả lại, làm tiếp"), (S.ANSWERED,), S.RETURNED, perms.may_judge_directive,
        guard=_return_gaps, stamps=_return_stamps, effect=_told(_("Cần làm tiếp ý kiến chỉ đạo: %s")),
        needs_reason=True, asks=_("Cần làm thêm gì (người thực hiện sẽ đọc)"), on_behalf_of=_in_whose_name,
    ),
    Move(
        "withdraw", _("Rút ý kiến chỉ đạo"), WITH_OWNER, S.WITHDRAWN, perms.may_judge_directive, stamps=_closes,
        effect=_told(_("Đã rút ý kiến chỉ đạo: %s")), needs_reason=True, on_behalf_of=_in_whose_name,
    ),
)  # fmt: skip
